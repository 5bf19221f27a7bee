"""Reference pages: codebook, actors and stories."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from .quick_record import count_of, html_of, links_of, stated, title_of, words_of

# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/stories",
        "Stories",
        """
        # Stories Groups of reports on the same events, with their publishers and the number of
        independent reports. ## [Council of the north](/ledger?story=S-#) 2022-02-09 to
        2022-02-10 · 4 reports, 4 independent, 3 publishers [denial](/report?id=denial) [Council of
        the north](/report?id=council) The Gazette [The river again](/report?id=again) The Herald
        [The river](/report?id=river) The Courier
        """,
    ),
    (
        "/actors?q=rohan",
        "Actors",
        """
        # Actors States, territories, organisations, armed groups; persons by name. <get /actors:
        Name or id {q=rohan} Kind {kind= of 6} Find > 1 found [Rohan](/dossiers/actor?id=ROH) ROH
        state
        """,
    ),
    (
        "/actors?kind=armed_group&q=UMBAR",
        "Actors",
        """
        # Actors States, territories, organisations, armed groups; persons by name. <get /actors:
        Name or id {q=UMBAR} Kind {kind=armed_group of 6} Find > 1 found [Corsairs of
        Umbar](/dossiers/actor?id=CORSAIRS) CORSAIRS
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


def test_list_of_types(small: TestClient) -> None:
    page = small.get("/codebook").text
    assert title_of(page) == "Codebook · Dragoman"
    links = links_of(page)
    assert [link for link in links if link.startswith("/codebook/")] == [
        f"/codebook/{name}" for name in small.app.state.site.codebook.types
    ]


@pytest.mark.parametrize(("name", "status"), [("PROTEST", 200), ("protest", 200), ("PROTESTS", 404)])
def test_page_of_a_type(small: TestClient, name: str, status: int) -> None:
    answer = small.get(f"/codebook/{name}")
    assert answer.status_code == status
    assert title_of(answer.text) == (
        "PROTEST · Dragoman" if status == 200 else "Not in the record · Dragoman"
    )


def test_long_names_of_types_are_cut(small: TestClient) -> None:
    answer = small.get("/codebook/" + "x" * 41)
    assert answer.status_code == 404
    assert "X" * 40 in answer.text
    assert "X" * 41 not in answer.text


def test_actors_are_limited_and_in_order(small: TestClient) -> None:
    site = small.app.state.site
    page = small.get("/actors").text
    names = html_of(page).xpath("//ul[@class='names']/li/a/bdi/text()")
    every = sorted(entry.name for entry in site.actors.entries.values())
    assert names == every[:300]
    assert f"{len(every):,} found, the first 300 shown" in page
    kinds = html_of(page).xpath("//select[@name='kind']/option/@value")
    assert kinds == ["", *sorted({entry.kind for entry in site.actors.entries.values()})]


def test_persons_by_name(small: TestClient) -> None:
    persons = small.app.state.site.actors.persons.values()
    words = "an"
    named = sorted(person.name for person in persons if words in person.name.casefold())
    assert len(named) > 60
    page = small.get(f"/actors?q=%20{words.upper()}").text
    (heading,) = html_of(page).xpath("//h2[starts-with(., 'Persons')]")
    assert heading.text_content() == f"Persons {len(named):,}"
    assert heading.xpath("following-sibling::ul[1]/li/a/bdi/text()") == named[:60]
    # With a kind of entries, and without words, no person is listed.
    for path in (f"/actors?q={words}&kind=state", "/actors"):
        assert "Persons" not in small.get(path).text
    assert "## Nobody of that name is known" in " ".join(words_of(small.get("/actors?q=qzxqzx").text))


def test_old_address_of_an_actor(small: TestClient) -> None:
    answer = small.get("/actors/one?id=a b")
    assert (answer.status_code, answer.headers["location"]) == (301, "/dossiers/actor?id=a+b")


def test_pages_of_stories(crowded: TestClient) -> None:
    page = crowded.get("/stories").text
    assert count_of(page, "//ol[@class='reports']/li") == 40
    (following,) = (href for href in links_of(page) if href.startswith("/stories?cursor="))
    assert count_of(crowded.get(following).text, "//ol[@class='reports']/li") == 40
    (busiest,) = html_of(page + crowded.get(following).text).xpath(
        "//li[@class='small'][contains(., 'more')]"
    )[:1]
    assert len(busiest.getparent().findall("li")) == 7


def test_no_story(empty: TestClient) -> None:
    assert "## No story yet" in " ".join(words_of(empty.get("/stories").text))


def test_description_of_the_interface(small: TestClient) -> None:
    answer = small.get("/api/openapi.json")
    assert answer.json() == json.loads(json.dumps(small.app.openapi()))
    assert (
        small.get("/api/openapi.json", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    )
    page = small.get("/api").text
    assert title_of(page) == "API · Dragoman"
    for path in answer.json()["paths"]:
        assert path in page
