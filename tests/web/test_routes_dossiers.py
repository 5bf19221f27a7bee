"""Dossiers: actors, dyads, issues, their lists and how names lead to them."""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from dragoman.analysis.views import VIEWS
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.web import routes_dossiers

from .quick_record import client_of, count_of, data_of, event, html_of, party, stated, title_of, words_of

# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/dossiers/actor?id=GON",
        "Gondor",
        """
        Actor # Gondor state · [compare with others](/compare?a=GON) · [in the
        network](/network?ego=GON) [6](/ledger?rows=events &party=GON = 6) events on record;
        [deduplicated in the ledger](/ledger?party=GON). verbal cooperation material cooperation
        verbal conflict material conflict {None=} per 100 reports Save as SVG PNG CSV Events by day,
        2022-02-04 to 2022-02-10: cooperation above the line, conflict below it; under them the mean
        intensity, from −10 to +10. Drag over the lower strip to zoom. <get /dossiers/actor:
        {id=GON} From {since=} To {until=} By {by= of 5} Show > The figures from | to | events |
        verbal cooperation | material cooperation | verbal conflict | material conflict | mean
        intensity | reports | 2022-02-10 | 2022-02-10 | [3](/ledger?rows=events &party=GON
        &since=2022-02-10 &until=2022-02-10 = 3) | 0 | 0 | [1](/ledger?rows=events &party=GON
        &since=2022-02-10 &until=2022-02-10 &quad=verbal_conflict = 1) | [2](/ledger?rows=events
        &party=GON &since=2022-02-10 &until=2022-02-10 &quad=material_conflict = 2) | −7.33 | 2 |
        2022-02-09 | 2022-02-09 | [2](/ledger?rows=events &party=GON &since=2022-02-09
        &until=2022-02-09 = 2) | [1](/ledger?rows=events &party=GON &since=2022-02-09
        &until=2022-02-09 &quad=verbal_cooperation = 1) | 0 | [1](/ledger?rows=events &party=GON
        &since=2022-02-09 &until=2022-02-09 &quad=verbal_conflict = 1) | 0 | −0.50 | 1 | 2022-02-04
        | 2022-02-04 | [1](/ledger?rows=events &party=GON &since=2022-02-04 &until=2022-02-04 = 1) |
        0 | [1](/ledger?rows=events &party=GON &since=2022-02-04 &until=2022-02-04
        &quad=material_cooperation = 1) | 0 | 0 | +6.00 | 0 | The newest first; days without events
        are zeros and not listed. ## What is known also written Gondor, Realm of Gondor code GON ##
        Positions over time No position is on record. ## Pledges No pledge is on record. ## Demands
        No demand is on record. ## Deals No deal is on record. ## Disputes No denial is on record.
        ## Warnings No warning is on record. ## Sanctions No sanction is on record. ## Mediation No
        mediation is on record. ## With whom [Arnor → Gondor](/dossiers/dyad?actor=ARN
        &recipient=GON) [3](/ledger?rows=events &dyad=ARN%3EGON = 3) · −7.3 [Gondor →
        Arnor](/dossiers/dyad?actor=GON &recipient=ARN) [1](/ledger?rows=events &dyad=GON%3EARN = 1)
        · +2.0 [Gondor → Mordor](/dossiers/dyad?actor=GON &recipient=MOR) [1](/ledger?rows=events
        &dyad=GON%3EMOR = 1) · −3.0 [Rohan → Gondor](/dossiers/dyad?actor=ROH &recipient=GON)
        [1](/ledger?rows=events &dyad=ROH%3EGON = 1) · +6.0 ## Latest events
        [ASSAULT](/event?id=again-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=again#e-again-1) 2022-02-10 · certain, past · The Herald
        [THREATEN](/event?id=river-2) if possible [Gondor](/dossiers/actor?id=GON) →
        [Mordor](/dossiers/actor?id=MOR) [Gondor threatened Mordor: if the river is closed, war will
        follow.](/report?id=river#e-river-2) 2022-02-10 · possible, future, inside an if · The
        Courier [ASSAULT](/event?id=river-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=river#e-river-1) 2022-02-10 · certain, past · The Courier
        [CONSULT](/event?id=council-3) [Gondor](/dossiers/actor?id=GON) →
        [Arnor](/dossiers/actor?id=ARN) [Gondor met Arnor.](/report?id=council#e-council-3)
        2022-02-09 · according to [court of Rohan](/dossiers/actor?id=ROH%3AJUD) Rohan, courts ·
        probable, past, verbatim · The Gazette [ACCUSE allege](/event?id=council-1)
        [Arnor](/dossiers/actor?id=ARN) → [Gondor](/dossiers/actor?id=GON) [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1) 2022-02-09 · certain, past · about spying · The
        Gazette [AID](/event?id=council-2) [Rohan](/dossiers/actor?id=ROH) →
        [Gondor](/dossiers/actor?id=GON) [Rohan helped Gondor with 500 troops in Edoras on 4
        February.](/report?id=council#e-council-2) 2022-02-04 · certain, past · The Gazette [All
        events in the ledger](/ledger?rows=events &party=GON)
        """,
    ),
    (
        "/dossiers/actor?id=Harad",
        "Harad",
        """
        Actor # Harad state · [compare with others](/compare?a=HAR) · [in the
        network](/network?ego=HAR) ## Nothing is on record No event of the record has a part in
        this. See the [list of dossiers](/dossiers). ## What is known also written Harad, Haradwaith
        code HAR ## Positions over time No position is on record. ## Pledges No pledge is on record.
        ## Demands No demand is on record. ## Deals No deal is on record. ## Disputes No denial is
        on record. ## Warnings No warning is on record. ## Sanctions No sanction is on record. ##
        Mediation No mediation is on record.
        """,
    ),
    (
        "/dossiers/actor?id=ROH%3AJUD",
        "Rohan: courts",
        """
        Actor # Rohan: courts known from the reports only · [compare with
        others](/compare?a=ROH%3AJUD) · [in the network](/network?ego=ROH%3AJUD) ## Nothing is on
        record No event of the record has a part in this. See the [list of dossiers](/dossiers). ##
        Positions over time No position is on record. ## Pledges No pledge is on record. ## Demands
        No demand is on record. ## Deals No deal is on record. ## Disputes No denial is on record.
        ## Warnings No warning is on record. ## Sanctions No sanction is on record. ## Mediation No
        mediation is on record.
        """,
    ),
    (
        "/dossiers/actor?id=WCL",
        "White Council",
        """
        Actor # White Council organisation · [compare with others](/compare?a=WCL) · [in the
        network](/network?ego=WCL) ## Nothing is on record No event of the record has a part in
        this. See the [list of dossiers](/dossiers). ## What is known also written White Council,
        Council of the Wise members [Lorien](/dossiers/actor?id=LOR),
        [Gondor](/dossiers/actor?id=GON), [Rohan](/dossiers/actor?id=ROH),
        [Arnor](/dossiers/actor?id=ARN) code WCL ## Positions over time No position is on record. ##
        Pledges No pledge is on record. ## Demands No demand is on record. ## Deals No deal is on
        record. ## Disputes No denial is on record. ## Warnings No warning is on record. ##
        Sanctions No sanction is on record. ## Mediation No mediation is on record.
        """,
    ),
    (
        "/dossiers/dyad?actor=ARN&recipient=Gondor&since=2022-02-09&until=2022-02-10&by=week",
        "Arnor toward Gondor",
        """
        Dyad # Arnor toward Gondor all that the first did toward the second, and what both did
        together · [the other way round](/dossiers/dyad?actor=GON &recipient=ARN) · [compare both
        directions](/compare?a=ARN%3EGON &b=GON%3EARN) [3](/ledger?rows=events &dyad=ARN%3EGON = 3)
        events on record; [deduplicated in the ledger](/ledger?dyad=ARN%3EGON). verbal cooperation
        material cooperation verbal conflict material conflict {None=} per 100 reports Save as SVG
        PNG CSV Events by week, 2022-02-09 to 2022-02-10: cooperation above the line, conflict below
        it; under them the mean intensity, from −10 to +10. Drag over the lower strip to zoom. <get
        /dossiers/dyad: {actor=ARN} {recipient=GON} From {since=2022-02-09} To {until=2022-02-10} By
        {by=week of 5} Show [all days](/dossiers/dyad?actor=ARN &recipient=GON) > The figures from |
        to | events | verbal cooperation | material cooperation | verbal conflict | material
        conflict | mean intensity | reports | 2022-02-09 | 2022-02-10 | [3](/ledger?rows=events
        &dyad=ARN%3EGON &since=2022-02-09 &until=2022-02-10 = 3) | 0 | 0 | [1](/ledger?rows=events
        &dyad=ARN%3EGON &since=2022-02-09 &until=2022-02-10 &quad=verbal_conflict = 1) |
        [2](/ledger?rows=events &dyad=ARN%3EGON &since=2022-02-09 &until=2022-02-10
        &quad=material_conflict = 2) | −7.33 | 3 | The newest first; weeks without events are zeros
        and not listed. ## Positions over time No position is on record. ## Pledges No pledge is on
        record. ## Demands No demand is on record. ## Deals No deal is on record. ## Disputes No
        denial is on record. ## Warnings No warning is on record. ## Sanctions No sanction is on
        record. ## Mediation No mediation is on record. ## Latest events
        [ASSAULT](/event?id=again-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=again#e-again-1) 2022-02-10 · certain, past · The Herald
        [ASSAULT](/event?id=river-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=river#e-river-1) 2022-02-10 · certain, past · The Courier [ACCUSE
        allege](/event?id=council-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1) 2022-02-09 · certain, past · about spying · The
        Gazette [All events in the ledger](/ledger?rows=events &dyad=ARN%3EGON)
        """,
    ),
    (
        "/dossiers/dyad?actor=MOR&recipient=HAR",
        "Mordor toward Harad",
        """
        Dyad # Mordor toward Harad all that the first did toward the second, and what both did
        together · [the other way round](/dossiers/dyad?actor=HAR &recipient=MOR) · [compare both
        directions](/compare?a=MOR%3EHAR &b=HAR%3EMOR) ## Nothing is on record No event of the
        record has a part in this. See the [list of dossiers](/dossiers). ## Positions over time No
        position is on record. ## Pledges No pledge is on record. ## Demands No demand is on record.
        ## Deals No deal is on record. ## Disputes No denial is on record. ## Warnings No warning is
        on record. ## Sanctions No sanction is on record. ## Mediation No mediation is on record.
        """,
    ),
    (
        "/dossiers/issue?id=spying",
        "spying",
        """
        Issue # spying words of an issue [1](/ledger?rows=events &issue=spying = 1) event on record;
        [deduplicated in the ledger](/ledger?issue=spying). verbal cooperation material cooperation
        verbal conflict material conflict {None=} per 100 reports Save as SVG PNG CSV Events by day,
        2022-02-09 to 2022-02-09: cooperation above the line, conflict below it; under them the mean
        intensity, from −10 to +10. Drag over the lower strip to zoom. <get /dossiers/issue:
        {id=spying} From {since=} To {until=} By {by= of 5} Show > The figures from | to | events |
        verbal cooperation | material cooperation | verbal conflict | material conflict | mean
        intensity | reports | 2022-02-09 | 2022-02-09 | [1](/ledger?rows=events &issue=spying
        &since=2022-02-09 &until=2022-02-09 = 1) | 0 | 0 | [1](/ledger?rows=events &issue=spying
        &since=2022-02-09 &until=2022-02-09 &quad=verbal_conflict = 1) | 0 | −3.00 | 1 | The newest
        first; days without events are zeros and not listed. ## Positions over time No position is
        on record. ## Pledges No pledge is on record. ## Demands No demand is on record. ## Deals No
        deal is on record. ## Disputes No denial is on record. ## Warnings No warning is on record.
        ## Sanctions No sanction is on record. ## Mediation No mediation is on record. ## Latest
        events [ACCUSE allege](/event?id=council-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1) 2022-02-09 · certain, past · about spying · The
        Gazette [All events in the ledger](/ledger?rows=events &issue=spying)
        """,
    ),
    (
        "/dossiers/issue?id=taiwan-arms",
        "Arms for Taiwan",
        """
        Issue # Arms for Taiwan an issue that states take sides on ## Nothing is on record No event
        of the record has a part in this. See the [list of dossiers](/dossiers). ## Positions over
        time No position is on record. ## Pledges No pledge is on record. ## Demands No demand is on
        record. ## Deals No deal is on record. ## Disputes No denial is on record. ## Warnings No
        warning is on record. ## Sanctions No sanction is on record. ## Mediation No mediation is on
        record.
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


# Phrase, status, and where it leads or a word of the error.
FOUND = [
    ("", 303, "/dossiers"),
    ("  ", 303, "/dossiers"),
    ("GON", 303, "/dossiers/actor?id=GON"),
    ("gon", 303, "/dossiers/actor?id=GON"),
    ("Gondor", 303, "/dossiers/actor?id=GON"),
    (" White Council ", 303, "/dossiers/actor?id=WCL"),
    ("the Gondorian army", 303, "/dossiers/actor?id=GON"),
    ("nobody of this name", 404, "actor 'nobody of this name' is not there"),
]


@pytest.mark.parametrize(("phrase", "status", "to"), FOUND)
def test_names_lead_to_dossiers(small: TestClient, phrase: str, status: int, to: str) -> None:
    answer = small.get("/dossiers/find", params={"q": phrase})
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"] == to
    else:
        assert to in html.unescape(answer.text)
        assert "give a state, an organisation or a person by name, or an id such as RUS" in answer.text


def test_list_of_dossiers(small: TestClient) -> None:
    page = small.get("/dossiers").text
    words = " ".join(words_of(page))
    assert title_of(page) == "Dossiers · Dragoman"
    assert (
        "## Actors [Gondor](/dossiers/actor?id=GON) [6](/ledger?rows=events &party=GON = 6) "
        "[Arnor](/dossiers/actor?id=ARN) [4](/ledger?rows=events &party=ARN = 4) "
        "[Mordor](/dossiers/actor?id=MOR) [1](/ledger?rows=events &party=MOR = 1) "
        "[Rohan](/dossiers/actor?id=ROH) [1](/ledger?rows=events &party=ROH = 1) ## Who toward whom "
        "[Arnor → Gondor](/dossiers/dyad?actor=ARN &recipient=GON) "
        "[3](/ledger?rows=events &dyad=ARN%3EGON = 3) "
    ) in words
    issues = html_of(page).xpath("//h2[.='Issues']/..//li/a/text()")
    assert issues == sorted(issues)
    assert "Arms for Taiwan" in issues


# Path, part of the page, how many there are.
LIMITS = [
    ("/dossiers", "//h2[.='Actors']/..//li", 60),
    ("/dossiers", "//h2[.='Who toward whom']/..//li", 40),
    ("/dossiers/dyad?actor=ARN&recipient=GON", "//h2[.='Latest events']/..//li", 12),
    ("/dossiers/actor?id=ARN", "//h2[.='Latest events']/..//li", 12),
    ("/dossiers/actor?id=GON", "//h2[.='With whom']/..//li", 1),
]


@pytest.mark.parametrize(("path", "part", "count"), LIMITS)
def test_limits(crowded: TestClient, path: str, part: str, count: int) -> None:
    assert count_of(crowded.get(path).text, part) == count


def test_parties_that_are_known_nowhere(small: TestClient) -> None:
    for path in ("/dossiers/actor?id=nobody", "/dossiers/dyad?actor=GON&recipient=nobody"):
        answer = small.get(path)
        assert answer.status_code == 404
        assert "actor 'nobody' is not there" in html.unescape(answer.text)
    answer = small.get("/dossiers/actor?id=Gondr")
    assert answer.status_code == 404
    assert "Gondor" in answer.text


@pytest.mark.parametrize(
    ("path", "since", "bars"),
    [
        ("/dossiers/actor?id=GON&since=2022-02-10", "2022-02-10", 1),
        ("/dossiers/actor?id=GON&until=2022-02-04", "2022-02-04", 1),
        ("/dossiers/actor?id=GON&by=month", "2022-02-01", 1),
        ("/dossiers/dyad?actor=ARN&recipient=GON", "2022-02-09", 2),
        ("/dossiers/issue?id=spying&by=year", "2022-01-01", 1),
    ],
)
def test_span_of_the_chart(small: TestClient, path: str, since: str, bars: int) -> None:
    data = data_of(small.get(path).text)
    assert (data["bars"][0]["start"], len(data["bars"])) == (since, bars)


def test_title_of_the_chart_is_that_of_the_page(small: TestClient) -> None:
    for path, title in (("actor?id=GON", "Gondor"), ("dyad?actor=ARN&recipient=GON", "Arnor toward Gondor"),
                        ("issue?id=spying", "spying")):  # fmt: skip
        assert data_of(small.get(f"/dossiers/{path}").text)["title"] == title


def test_person_with_an_office(small: TestClient) -> None:
    site = small.app.state.site
    person = next(each for each in site.actors.persons.values() if each.tenures)
    last = person.tenures[-1]
    words = " ".join(words_of(small.get("/dossiers/actor", params={"id": person.id}).text))
    office = f"{last.office.replace('_', ' ')}, {site.name(last.country)}, since {last.start.year}"
    assert words.startswith(f"Actor # {person.name} {office} · [compare with others]")


def test_kinds_in_words(small: TestClient) -> None:
    site = small.app.state.site
    assert routes_dossiers._standing(site, "URUKS") == "armed group"
    assert routes_dossiers._standing(site, "GON") == "state"
    assert routes_dossiers._standing(site, "jan-jansen") == "known from the reports only"


def test_views_of_many_events_are_made_later(crowded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more events than the limit, the views are made in the background unless the page is to wait."""
    asked: list[bool] = []

    def soon(key: tuple[object, ...], make: object, *, wait: bool = False) -> None:
        asked.append(wait)

    monkeypatch.setattr(crowded.app.state.site, "soon", soon)
    paths = ("actor?id=ARN", "dyad?actor=ARN&recipient=GON", "issue?id=spying")
    for limit in (45, 44):
        monkeypatch.setattr(routes_dossiers, "_READ_AT_ONCE", limit)
        for path in paths:
            assert "the other views are being made" in crowded.get(f"/dossiers/{path}").text
    crowded.get("/dossiers/actor?id=ARN&wait=true")
    crowded.get("/dossiers/dyad?actor=ARN&recipient=GON&wait=true")
    assert asked == [True, True, True, False, False, True, True, True]


def test_dossier_of_many_events_says_so(crowded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The lines below are made of the newest 3,000 events."
    for limit, is_said in ((45, False), (44, True)):
        crowded.app.state.site.forget()
        monkeypatch.setattr(routes_dossiers, "VIEW_EVENTS", limit)
        for path in ("actor?id=ARN", "dyad?actor=ARN&recipient=GON"):
            assert (words in crowded.get(f"/dossiers/{path}").text) == is_said


def test_persons_without_a_dyad_of_states(tmp_path: Path) -> None:
    """A pair that is stored by its countries is found by actor and recipient."""
    text = "Boromir accused Saruman of treason."
    names = [
        party(text, name, id=id, country=country, kind="person")
        for name, id, country in (("Boromir", "P:boromir", "GON"), ("Saruman", "P:saruman", "MOR"))
    ]
    made = event("treason", text, text, "accused", "ACCUSE", actors=(names[0],), recipients=(names[1],))
    document = Document(id="treason", text=text, published_on=dt.date(2022, 3, 1))
    path = tmp_path / "persons.sqlite"
    with Record.open(path) as record:
        coded = CodedDocument(id="treason", document=document, events=(made,), attributions=())
        record.add(coded, run_id=record.begin_run("test"))
    client = client_of(path)
    words = " ".join(words_of(client.get("/dossiers/dyad?actor=P:boromir&recipient=P:saruman").text))
    assert "[1](/ledger?rows=events &actor=P%3Aboromir &recipient=P%3Asaruman = 1) event on record" in words
    words = " ".join(words_of(client.get("/dossiers/dyad?actor=GON&recipient=MOR").text))
    assert "[1](/ledger?rows=events &dyad=GON%3EMOR = 1) event on record" in words


def test_positions_of_an_issue_alone() -> None:
    one, other = (SimpleNamespace(issue=issue) for issue in ("a", "b"))
    views = {name: [] for name in VIEWS} | {"positions": [one, other]}
    seen: list[list[object]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routes_dossiers, "make_matrix", lambda positions: seen.append(list(positions)))
        routes_dossiers._views_of(views, "a")
        found = routes_dossiers._views_of(views)
    assert seen == [[one], [one, other]]
    assert [name for name, *_ in found["sections"]] == [name for name in VIEWS if name != "positions"]
    assert all((rows, total) == ([], 0) for *_, rows, total in found["sections"])
