"""Search results and suggestions."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .quick_record import count_of, stated, title_of, words_of

# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/search",
        "Search",
        """
        # Search Give the name of an actor, two actors (“China and Russia”), an issue, or words of
        reports.
        """,
    ),
    (
        "/search?q=Gondor",
        "Search: Gondor",
        """
        # Search: Gondor ## Actors [Gondor](/dossiers/actor?id=GON) 6 events [Council of
        Gondor](/dossiers/actor?id=GONASSEM) not on record ## Dyads [Gondor →
        Arnor](/dossiers/dyad?actor=GON &recipient=ARN) 1 event [Gondor →
        Mordor](/dossiers/dyad?actor=GON &recipient=MOR) 1 event ## Reports ### [Council of the
        north](/report?id=council) 2022-02-09 · The Gazette Arnor accused Gondor of spying. Rohan
        helped Gondor with 500 troops in Edoras on 4 February. The court of Rohan said: " Gondor met
        Arnor." ### [The river](/report?id=river) 2022-02-10 · The Courier Arnor attacked Gondor in
        Osgiliath. Gondor threatened Mordor: if the river is closed, war will follow. ### [The river
        again](/report?id=again) 2022-02-10 · The Herald Arnor attacked Gondor in Osgiliath. [Events
        with these words](/ledger?text=Gondor)
        """,
    ),
    (
        "/search?q=umbar",
        "Search: umbar",
        """
        # Search: umbar ## Actors [Umbar](/dossiers/actor?id=UMB) not on record [Corsairs of
        Umbar](/dossiers/actor?id=CORSAIRS) not on record
        """,
    ),
    (
        "/search?q=bro",
        "Search: bro",
        """
        # Search: bro ## Actors [Brookings Institution](/dossiers/actor?id=BROOKINGS) BROOKINGS; not
        on record [Brothers of Italy](/dossiers/actor?id=BROTHERSOFITAL) BROTHERSOFITAL; not on
        record [Bronislaw Geremek](/dossiers/actor?id=P%3Abronislaw-geremek) not on record
        [Bronislaw Komorowski](/dossiers/actor?id=P%3Abronislaw-komorowski) not on record [Brooke
        Rollins](/dossiers/actor?id=P%3Abrooke-rollins) not on record [Brownie
        Samukai](/dossiers/actor?id=P%3Abrownie-samukai) not on record [Amery
        Browne](/dossiers/actor?id=P%3Aamery-browne) not on record [Charles Q. Brown
        Jr.](/dossiers/actor?id=P%3Acharles-q-brown-jr) C.Q. Brown; not on record [Des
        Browne](/dossiers/actor?id=P%3Ades-browne) not on record [Gaston
        Browne](/dossiers/actor?id=P%3Agaston-browne) not on record [Gerry
        Brownlee](/dossiers/actor?id=P%3Agerry-brownlee) not on record [Gordon
        Brown](/dossiers/actor?id=P%3Agordon-brown) not on record [Hans van den
        Broek](/dossiers/actor?id=P%3Ahans-van-den-broek) not on record
        [IRIB](/dossiers/actor?id=IRIB) Islamic Republic of Iran Broadcasting; not on record [Josip
        Broz Tito](/dossiers/actor?id=P%3Ajosip-broz-tito) not on record [Muslim
        Brotherhood](/dossiers/actor?id=MUSBRO) not on record [Pedro
        Brolo](/dossiers/actor?id=P%3Apedro-brolo) not on record [Three Brotherhood
        Alliance](/dossiers/actor?id=THREEBROTHERHO) not on record
        """,
    ),
    (
        "/search?q=Arnor%20%3E%20Gondor",
        "Search: Arnor > Gondor",
        """
        # Search: Arnor > Gondor ## Dyads [Arnor → Gondor](/dossiers/dyad?actor=ARN &recipient=GON)
        what the first did toward the second [Gondor → Arnor](/dossiers/dyad?actor=GON
        &recipient=ARN) what the first did toward the second ## Reports ### [The river
        again](/report?id=again) 2022-02-10 · The Herald Arnor attacked Gondor in Osgiliath. ###
        [Council of the north](/report?id=council) 2022-02-09 · The Gazette Arnor accused Gondor of
        spying. Rohan helped Gondor with 500 troops in Edoras on 4 February. The court of Rohan
        said: " Gondor met Arnor ." ### [The river](/report?id=river) 2022-02-10 · The Courier Arnor
        attacked Gondor in Osgiliath. Gondor threatened Mordor: if the river is closed, war will
        follow. [Events with these words](/ledger?text=Arnor+%3E+Gondor)
        """,
    ),
    (
        "/search?q=%22",
        'Search: "',
        """
        # Search: " ## Nothing found Try fewer words, or the beginning of one with a star: sanction*
        . Words of events are searched in the [ledger](/ledger?text=%22).
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


def test_suggestions(small: TestClient) -> None:
    assert small.get("/api/suggest?q=gondor").json() == [
        {"kind": "actor", "label": "Gondor", "detail": "6 events", "href": "/dossiers/actor?id=GON"},
        {"kind": "actor", "label": "Council of Gondor", "detail": "not on record",
         "href": "/dossiers/actor?id=GONASSEM"},
        {"kind": "dyad", "label": "Gondor → Arnor", "detail": "1 event",
         "href": "/dossiers/dyad?actor=GON&recipient=ARN"},
        {"kind": "dyad", "label": "Gondor → Mordor", "detail": "1 event",
         "href": "/dossiers/dyad?actor=GON&recipient=MOR"},
        {"kind": "report", "label": "Council of the north", "detail": "2022-02-09 · The Gazette",
         "href": "/report?id=council"},
        {"kind": "report", "label": "The river", "detail": "2022-02-10 · The Courier",
         "href": "/report?id=river"},
    ]  # fmt: skip
    assert small.get("/api/suggest").json() == []


LIMITS = [
    ("/search?q=party", "//h2[.='Actors']/..//li", 40),
    ("/search?q=met", "//ol[@class='reports']/li", 50),
    ("/search?q=report", "//ol[@class='reports']/li", 50),
]


@pytest.mark.parametrize(("path", "part", "count"), LIMITS)
def test_limits(crowded: TestClient, path: str, part: str, count: int) -> None:
    page = crowded.get(path).text
    assert count_of(page, part) == count
    assert f"The first {count} are listed." in page


@pytest.mark.parametrize(("limit", "status"), [(1, 200), (50, 200), (0, 422), (51, 422)])
def test_number_of_suggestions(crowded: TestClient, limit: int, status: int) -> None:
    answer = crowded.get(f"/api/suggest?q=party&limit={limit}")
    assert answer.status_code == status
    if status == 200:
        assert len([each for each in answer.json() if each["kind"] == "actor"]) == max(limit - 3, 0)
