"""Every number of a page is the number of rows that its link opens."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

ARDA = data_folder() / "actors_invented"
TEXTS = {
    "2022-03-01": (
        "Arnor and Rohan signed an agreement on grain in Geneva."
        " Gondor, Rohan and Arnor agreed to hold joint exercises."
    ),
    "2022-03-02": "Russia attacked Kyiv on Monday. Ukraine condemned Russia over the attack on Kharkiv.",
    "2022-05-11": (
        "China opposes arms sales to Taiwan, Beijing said."
        " The United States promised to sell weapons to Taiwan."
    ),
    "2023-01-05": "NATO and Russia held talks in Brussels. NATO condemned Russia's attack on Ukraine.",
    "2023-02-07": (
        "In the Cold War, Russia invaded Hungary. France expelled three Russian diplomats from Paris."
    ),
}


class _Links(HTMLParser):
    """The links of a page: addresses, and those that show a number."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.counted: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        href = given.get("href")
        if tag == "a" and href and not urlsplit(href).netloc:
            self.addresses.add(href.partition("#")[0])
            if given.get("data-count") is not None:
                self.counted.append((href, int(given["data-count"] or 0)))


def _world_record(path: Path, coder: Coder) -> Path:
    with Record.open(path) as record:
        run = record.begin_run("test")
        for day, text in TEXTS.items():
            document = Document(
                id=f"world-{day}", text=text, title=f"Report of {day}", publisher="The Bree Courier",
                published_on=dt.date.fromisoformat(day),
            )  # fmt: skip
            record.add(coder.code_document(document), run_id=run)
        regroup(record)
    return path


def _judge(path: Path) -> None:
    """Give readings of each kind: rejected, edited and added events, and those of a model."""
    with Record.open(path) as record:
        events = [stored for stored in record.events() if stored.event.actors]
        given = []
        for number, stored in enumerate(events):
            event = stored.event
            common: dict[str, Any] = {
                "document_id": stored.document_id, "event_id": event.id, "event_type": event.event_type,
                "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
            }  # fmt: skip
            verdict = ("reject", "edit", "accept", "add")[number % 4]
            edited = msgspec.structs.replace(
                event, actors=event.recipients or event.actors, recipients=event.actors
            )
            if verdict == "add":
                new = msgspec.structs.replace(event, id=f"new-{event.id}", event_type="REJECT")
                common |= {"event_id": None, "event_type": "REJECT"}
                given.append(EventReading(reader="llm", kind="model", verdict="add", event=new, **common))
                if number % 8 == 3:
                    continue
                new = msgspec.structs.replace(new, id=f"own-{event.id}", event_type="ACCUSE")
                common["event_type"] = "ACCUSE"
                given.append(EventReading(reader="anna", kind="person", verdict="add", event=new, **common))
                continue
            given.append(EventReading(
                reader="anna", kind="person", verdict=verdict, event=edited if verdict == "edit" else None,
                changed=("actors", "recipients") if verdict == "edit" else (), **common,
            ))  # fmt: skip
            if number % 3 == 0:
                given.append(EventReading(reader="llm", kind="model", verdict="accept", **common))
        record.add_readings(given)


@pytest.fixture(scope="module", params=["invented", "world", "world reviewed", "world either"])
def browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, record_file: Path, coder: Coder
):
    path = record_file
    name, _, shown = request.param.partition(" ")
    if name == "world":
        path = _world_record(tmp_path_factory.mktemp("counts") / "world.sqlite", coder)
    if shown:
        _judge(path)
    app = create_app(Settings(record=path, actors=(ARDA,), rate=1000), coder=coder)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=True) as client:
        app.state.start = {"": "", "reviewed": "reviewed=true", "either": "reader=either"}[shown]
        yield client


def _rows(client: TestClient, href: str) -> int:
    """Count what a link opens, by asking for all of it page by page."""
    parts = urlsplit(href)
    if parts.path.startswith("/api/"):
        return len(client.get(href).json())
    assert parts.path == "/ledger", href
    asked = dict(parse_qsl(parts.query))
    # The page itself says how many rows there are.
    page = client.get(href)
    assert page.status_code == 200, href
    said = int(re.search(r'data-rows="(\d+)"', page.text)[1])  # type: ignore[index]
    kind = "events" if asked.pop("rows", "entries") == "events" else "entries"
    api = f"/api/{kind}?{urlencode(asked)}"
    found = _items(client, api)
    assert said == found, href
    return found


def _items(client: TestClient, api: str) -> int:
    """Count the items of all pages of an answer."""
    seen, cursor = 0, None
    while True:
        more = urlencode({"limit": 7, **({"cursor": cursor} if cursor else {})})
        answer = client.get(api + ("&" if "?" in api else "?") + more)
        assert answer.status_code == 200, (api, answer.text)
        body = answer.json()
        seen += len(body["items"])
        cursor = body["next"]
        if cursor is None:
            return seen


def test_every_number_is_what_its_link_opens(browser: TestClient) -> None:
    start: str = browser.app.state.start  # type: ignore[attr-defined]
    waiting, seen, numbers = [f"/?{start}"], set(), dict[str, int]()
    while waiting:
        address = waiting.pop()
        # Other selections of events are shown by the same pages: fewer addresses are enough.
        if address in seen or len(seen) > (250 if start else 900):
            continue
        seen.add(address)
        answer = browser.get(address)
        assert answer.status_code == 200, address
        if "html" not in answer.headers["content-type"]:
            continue
        links = _Links()
        links.feed(answer.text)
        for href, number in links.counted:
            # A number is counted among the same events as what its link opens.
            assert start in href, (address, href)
            full = urljoin(f"http://127.0.0.1{address}", href).removeprefix("http://127.0.0.1")
            if full not in numbers:
                numbers[full] = _rows(browser, full)
            assert numbers[full] == number, (address, full)
        # Pages on the actor files and the codebook are the same for every record and count nothing in it.
        waiting += [
            each
            for each in (urljoin(address, href) for href in links.addresses)
            if each.startswith("/") and not each.startswith(("/api", "/static", "/actors", "/codebook"))
            and "cursor" not in each and "look=" not in each and "order=" not in each
            # Filters added to filters are counted in the same way.
            and not (each.startswith("/ledger") and each.count("=") > 2 + start.count("="))
            # Links that leave this selection of events lead to the pages of the other cases.
            and start in each
        ]  # fmt: skip
    assert len(numbers) > 40


PATHS = (
    "/network", "/map", "/map?show=part", "/dossiers", "/", "/dossiers/issue?id=taiwan-arms", "/ledger",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_pages_with_numbers_say_what_they_count(browser: TestClient, path: str) -> None:
    # A number in a list of counts stands in a link that lists what was counted.
    page = browser.get(path).text
    for item in re.findall(r'<ol class="tally[^"]*">(.*?)</ol>', page, re.DOTALL):
        for line in re.findall(r"<li.*?</li>", item, re.DOTALL):
            assert "data-count" in line or not re.search(r"<span>[\d,]+", line), line


def test_a_mutual_event_counts_once_between_two(browser: TestClient) -> None:
    links = _Links()
    links.feed(browser.get("/network").text)
    between = {href: number for href, number in links.counted if "between=" in href}
    assert between
    for href, number in between.items():
        query = urlsplit(href).query.removeprefix("rows=events&")
        ids = {each["event"]["id"] for each in browser.get(f"/api/events?{query}").json()["items"]}
        assert len(ids) == number


def test_the_map_leads_by_place_not_by_party(browser: TestClient) -> None:
    links = _Links()
    links.feed(browser.get("/map").text)
    assert links.counted
    for href, _ in links.counted:
        query = urlsplit(href).query.removeprefix("rows=events&")
        assert "place=" in query and "party=" not in query
        for stored in browser.get(f"/api/events?{query}").json()["items"]:
            assert stored["event"]["place"] is not None


def test_an_unknown_issue_is_an_error_with_the_near_ones(browser: TestClient) -> None:
    answer = browser.get("/api/events?about=taiwan-arm")
    assert answer.status_code == 400
    assert "taiwan-arms" in answer.json()["error"]["message"]


def test_counts_by_filter_and_by_day_agree(browser: TestClient) -> None:
    """Answers from daily counts equal counts of single events."""
    settings = browser.app.state.site.settings  # type: ignore[attr-defined]
    from dragoman.record.queries import EventFilter

    with Record.open(settings.record, create=False) as record:
        plain = (record.ties(), record.places())
        # A filter by confidence cannot be answered from daily counts, even if every event fits.
        asked = EventFilter(min_confidence=0.0)
        assert (record.ties(wanted=asked), record.places(wanted=asked)) == plain
        assert msgspec.to_builtins(plain[1])
