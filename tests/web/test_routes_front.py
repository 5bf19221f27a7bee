"""Front page: all of it for the small record, limits for a crowded one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from dragoman.record.answers import Edge
from dragoman.record.queries import EventFilter
from dragoman.web import routes_front

from .quick_record import client_of, count_of, data_of, stated, title_of, words_of, write_days

# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/",
        "Overview",
        """
        # A record of relations between states Dragoman reads news reports and records who did,
        said, promised, demanded or denied what toward whom, when and according to whom; every line
        leads to the words it rests on. In this record: [6](/ledger?rows=events = 6) events
        ([8](/ledger?rows=events &background=true &negations=true = 8) with undated background and
        negations) from [4 reports](/reports) of 3 publishers, [1 story](/stories). verbal
        cooperation [1](/ledger?rows=events &quad=verbal_cooperation = 1) material cooperation
        [1](/ledger?rows=events &quad=material_cooperation = 1) verbal conflict
        [2](/ledger?rows=events &quad=verbal_conflict = 2) material conflict [2](/ledger?rows=events
        &quad=material_conflict = 2) verbal cooperation material cooperation verbal conflict
        material conflict {None=} per 100 reports Save as SVG PNG CSV All events by day, 2022-02-04
        to 2022-02-10. The figures from | to | events | verbal cooperation | material cooperation |
        verbal conflict | material conflict | mean intensity | reports | 2022-02-10 | 2022-02-10 |
        [3](/ledger?rows=events &since=2022-02-10 &until=2022-02-10 = 3) | 0 | 0 |
        [1](/ledger?rows=events &since=2022-02-10 &until=2022-02-10 &quad=verbal_conflict = 1) |
        [2](/ledger?rows=events &since=2022-02-10 &until=2022-02-10 &quad=material_conflict = 2) |
        −7.33 | 2 | 2022-02-09 | 2022-02-09 | [2](/ledger?rows=events &since=2022-02-09
        &until=2022-02-09 = 2) | [1](/ledger?rows=events &since=2022-02-09 &until=2022-02-09
        &quad=verbal_cooperation = 1) | 0 | [1](/ledger?rows=events &since=2022-02-09
        &until=2022-02-09 &quad=verbal_conflict = 1) | 0 | −0.50 | 1 | 2022-02-04 | 2022-02-04 |
        [1](/ledger?rows=events &since=2022-02-04 &until=2022-02-04 = 1) | 0 |
        [1](/ledger?rows=events &since=2022-02-04 &until=2022-02-04 &quad=material_cooperation = 1)
        | 0 | 0 | +6.00 | 0 | The newest first; days without events are zeros and not listed. ##
        Recent events [ASSAULT](/event?id=river-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=river#e-river-1) 2022-02-10 · certain, past · The Courier · reported
        in [2](/ledger?rows=events &entry=E-# &background=true &negations=true = 2) events of 2
        reports, 2 independent [THREATEN](/event?id=river-2) if possible
        [Gondor](/dossiers/actor?id=GON) → [Mordor](/dossiers/actor?id=MOR) [Gondor threatened
        Mordor: if the river is closed, war will follow.](/report?id=river#e-river-2) 2022-02-10 ·
        possible, future, inside an if · The Courier [CONSULT](/event?id=council-3)
        [Gondor](/dossiers/actor?id=GON) → [Arnor](/dossiers/actor?id=ARN) [Gondor met
        Arnor.](/report?id=council#e-council-3) 2022-02-09 · according to [court of
        Rohan](/dossiers/actor?id=ROH%3AJUD) Rohan, courts · probable, past, verbatim · The Gazette
        [ACCUSE allege](/event?id=council-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1) 2022-02-09 · certain, past · about spying · The
        Gazette [AID](/event?id=council-2) [Rohan](/dossiers/actor?id=ROH) →
        [Gondor](/dossiers/actor?id=GON) [Rohan helped Gondor with 500 troops in Edoras on 4
        February.](/report?id=council#e-council-2) 2022-02-04 · certain, past · The Gazette [The
        ledger](/ledger) ## Unusual in the week to 2022-02-10 [Arnor →
        Gondor](/dossiers/dyad?actor=ARN &recipient=GON): [3](/ledger?rows=events &dyad=ARN%3EGON
        &since=2022-02-04 &until=2022-02-10 = 3) events; none in the half year before [Arnor
        attacked Gondor in Osgiliath.](/report?id=again#e-again-1), The Herald; [Arnor attacked
        Gondor in Osgiliath.](/report?id=river#e-river-1), The Courier; [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1), The Gazette ## Most active dyads, 2022-01-12 to
        2022-02-10 [Arnor → Gondor](/dossiers/dyad?actor=ARN &recipient=GON) [3](/ledger?rows=events
        &dyad=ARN%3EGON &since=2022-01-12 &until=2022-02-10 = 3) [Gondor →
        Arnor](/dossiers/dyad?actor=GON &recipient=ARN) [1](/ledger?rows=events &dyad=GON%3EARN
        &since=2022-01-12 &until=2022-02-10 = 1) [Gondor → Mordor](/dossiers/dyad?actor=GON
        &recipient=MOR) [1](/ledger?rows=events &dyad=GON%3EMOR &since=2022-01-12 &until=2022-02-10
        = 1) [Rohan → Gondor](/dossiers/dyad?actor=ROH &recipient=GON) [1](/ledger?rows=events
        &dyad=ROH%3EGON &since=2022-01-12 &until=2022-02-10 = 1) ## Most often on record
        [Gondor](/dossiers/actor?id=GON) [6](/ledger?rows=events &party=GON = 6)
        [Arnor](/dossiers/actor?id=ARN) [4](/ledger?rows=events &party=ARN = 4)
        [Mordor](/dossiers/actor?id=MOR) [1](/ledger?rows=events &party=MOR = 1)
        [Rohan](/dossiers/actor?id=ROH) [1](/ledger?rows=events &party=ROH = 1) ## For a first visit
        [Paste a report](/paste) and see how it is read, word by word. [The codebook](/codebook):
        the sixteen event types with worked examples. No record of your own yet? make demo codes ten
        bundled reports into a demo record. [The API](/api) gives everything on these pages as JSON.
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


def test_data_of_the_chart(small: TestClient) -> None:
    data = data_of(small.get("/").text)
    bars = data.pop("bars")
    assert data == {"title": "All events", "by": "day", "overview": [], "notable": [], "plain": True}
    assert [(bar["start"], bar["end"], bar["events"], bar["reports"]) for bar in bars] == [
        ("2022-02-04", "2022-02-04", 1, 0), ("2022-02-05", "2022-02-05", 0, 0),
        ("2022-02-06", "2022-02-06", 0, 0), ("2022-02-07", "2022-02-07", 0, 0),
        ("2022-02-08", "2022-02-08", 0, 0), ("2022-02-09", "2022-02-09", 2, 1),
        ("2022-02-10", "2022-02-10", 3, 2),
    ]  # fmt: skip
    assert bars[0]["href"] == "/ledger?rows=events&since=2022-02-04&until=2022-02-04"
    assert (bars[0]["counts"], bars[0]["intensity"]) == ({"material_cooperation": 1}, 6.0)
    assert (bars[1]["counts"], bars[1]["intensity"]) == ({}, None)


# Part of the page, and how many rows of it are listed.
LIMITS = [
    ("//h2[.='Recent events']/..//li", 8),
    ("//h2[starts-with(., 'Most active dyads')]/..//li", 8),
    ("//h2[.='Most often on record']/..//li", 10),
    ("//details//tbody/tr", 45),
]


@pytest.mark.parametrize(("path", "count"), LIMITS)
def test_limits(crowded: TestClient, path: str, count: int) -> None:
    assert count_of(crowded.get("/").text, path) == count


def test_spans_that_are_compared(crowded: TestClient) -> None:
    found = routes_front.facts(crowded.app.state.site)
    # The last report is of 2021-11-06: a month of 30 days and a week of 7 end with it.
    assert found["month"] == (dt.date(2021, 10, 8), dt.date(2021, 11, 6))
    assert found["week"] == (dt.date(2021, 10, 31), dt.date(2021, 11, 6))
    assert found["stats"] == {"documents": 326, "events": 355, "stories": 80}
    assert (found["events"], found["publishers"]) == (355, 112)
    assert found["unusual"] == found["changed"] == []


CHANGED = [
    ("accused", "ACCUSE", "2022-01-01"), ("accused", "ACCUSE", "2022-01-02"),
    ("accused", "ACCUSE", "2022-01-03"),
    ("met", "CONSULT", "2022-06-01"), ("met", "CONSULT", "2022-06-02"), ("met", "CONSULT", "2022-06-20"),
    ("met", "CONSULT", "2022-06-21"), ("met", "CONSULT", "2022-06-22"), ("met", "CONSULT", "2022-06-23"),
]  # fmt: skip


def test_dyads_that_changed_and_that_are_unusual(tmp_path: Path) -> None:
    client = client_of(write_days(tmp_path / "days.sqlite", CHANGED))
    text = " ".join(words_of(client.get("/").text))
    assert (
        "## Unusual in the week to 2022-06-23 [Arnor → Gondor](/dossiers/dyad?actor=ARN &recipient=GON): "
        "[4](/ledger?rows=events &dyad=ARN%3EGON &since=2022-06-17 &until=2022-06-23 = 4) events; "
        "0.2 a week are usual [Arnor met Gondor.](/report?id=r8#e-e8), Paper; [Arnor met "
        "Gondor.](/report?id=r7#e-e7), Paper; [Arnor met Gondor.](/report?id=r6#e-e6), Paper ## Most active"
    ) in text
    assert (
        "## Most changed dyads Mean intensity, −10 to +10, of the half year before and of the last month. "
        "[Arnor → Gondor](/dossiers/dyad?actor=ARN &recipient=GON) −3.0 "
        "([3](/ledger?rows=events &dyad=ARN%3EGON &since=2021-11-24 &until=2022-05-24 = 3)) to +2.0 "
        "([6](/ledger?rows=events &dyad=ARN%3EGON &since=2022-05-25 &until=2022-06-23 = 6)) ## Most often"
    ) in text


@pytest.mark.parametrize(
    ("path", "to"),
    [("/?q=grain", "/reports?q=grain"), ("/?cursor=a", "/reports?cursor=a"),
     ("/?q=a&cursor=b&reviewed=true", "/reports?q=a&cursor=b&reviewed=true")],
)  # fmt: skip
def test_old_addresses_of_reports(small: TestClient, path: str, to: str) -> None:
    answer = small.get(path)
    assert (answer.status_code, answer.headers["location"]) == (301, to)


def test_empty_record(empty: TestClient) -> None:
    words = " ".join(words_of(empty.get("/").text))
    assert "## The record is empty Code some reports into it: dragoman ingest news/ --record FILE" in words
    assert count_of(empty.get("/").text, "//main//script") == 0


def test_pairs_that_are_not_compared() -> None:
    """Groups without a name and a country are left out, and events of a party toward itself."""
    pairs = [("ARN", "GON"), ("ARN", "ARN"), ("G:MIL", "GON"), ("ARN", "G:MIL"), ("G:MIL", "G:MIL")]
    edges = [Edge(actor=one, recipient=other, events=1, counts={}, intensity=0.0) for one, other in pairs]
    assert routes_front._named(edges) == edges[:1]


def test_reports_of_an_unusual_dyad() -> None:
    """One event each of the three newest reports: the newest of its events."""
    names = ["a", "a", "b", "c", "b", "d"]
    events = [SimpleNamespace(document_id=name, number=number) for number, name in enumerate(names)]
    asked: list[int] = []

    def page(wanted: EventFilter, *, limit: int) -> tuple[list[SimpleNamespace], None]:
        asked.append(limit)
        return events, None

    found = routes_front._reports(SimpleNamespace(page=page), EventFilter())
    assert asked == [40]
    assert [(each.document_id, each.number) for each in found] == [("a", 0), ("b", 2), ("c", 3)]
