"""Reports: lists, search results and the page of one report."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from fastapi import Request
from starlette.testclient import TestClient

from dragoman.record.store import Record
from dragoman.web.routes_reader import reader_page

from .quick_record import (
    client_of,
    count_of,
    crowded_reports,
    data_of,
    html_of,
    links_of,
    small_reports,
    stated,
    title_of,
    words_of,
)

LATEST = """
    # Reports <get /reports: Search the reports {q=} Search > ## Latest reports verbal
    cooperation material cooperation verbal conflict material conflict ### [The river
    again](/report?id=again) 2022-02-10 · The Herald · [1](/ledger?rows=events &document=again
    &background=true &negations=true = 1) event ### [The river](/report?id=river) 2022-02-10 ·
    The Courier · [2](/ledger?rows=events &document=river &background=true &negations=true = 2)
    events ### [Council of the north](/report?id=council) 2022-02-09 · The Gazette ·
    [3](/ledger?rows=events &document=council &background=true &negations=true = 3) events ###
    [denial](/report?id=denial) no date · [2](/ledger?rows=events &document=denial
    &background=true &negations=true = 2) events
    """
# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/reports",
        "Reports",
        LATEST,
    ),
    (
        "/reports?q=river",
        "Reports with river",
        """
        # Reports with “river” <get /reports: Search the reports {q=river} Search > ## [The river
        again](/report?id=again) 2022-02-10 · The Herald Arnor attacked Gondor in Osgiliath. ## [The
        river](/report?id=river) 2022-02-10 · The Courier ... threatened Mordor: if the river is
        closed, war will follow.
        """,
    ),
    (
        "/reports?q=%20",
        "Reports",
        LATEST,
    ),
    (
        "/reports?q=nothing-of-this",
        "Reports with nothing-of-this",
        """
        # Reports with “nothing-of-this” <get /reports: Search the reports {q=nothing-of-this}
        Search > ## No report holds all these words Try fewer words, or the beginning of one with a
        star: sanction* . Words of events are searched in the
        [ledger](/ledger?text=nothing-of-this).
        """,
    ),
    (
        "/report?id=council",
        "Council of the north",
        """
        # Council of the north 2022-02-09 · The Gazette · [3 events](/ledger?rows=events
        &document=council &background=true &negations=true = 3) · [where it was
        printed](https://example.org/council) verbal cooperation material cooperation verbal
        conflict material conflict Arnor accused Gondor of spying. Rohan helped Gondor with 500
        troops in Edoras on 4 February. The court of Rohan said: "Gondor met Arnor." court of Rohan
        said “ ”, verbatim ## The record Keys: j next event, k the one before, Enter pins it, Esc
        releases it. ACCUSE allege Arnor → Gondor who Arnor what ACCUSE / allege toward whom Gondor
        according to the publisher how firmly certain, past about spying contexts intelligence,
        human rights intensity −3 (PLOVER) rule quick, confidence 0.90, found by a rule page [this
        event alone](/event?id=council-1) AID Rohan → Gondor who Rohan what AID toward whom Gondor
        according to the publisher how firmly certain, past how much 500 troops when 2022-02-04
        where Edoras, Rohan contexts military intensity +6 (PLOVER), CAMEO 072, Goldstein +8.3 rule
        quick, confidence 0.75, found by a rule page [this event alone](/event?id=council-2) CONSULT
        Gondor → Arnor who Gondor what CONSULT toward whom Arnor according to court of Rohan (Rohan,
        courts) in the word said how firmly probable, past, verbatim contexts military intensity +2
        (PLOVER) rule quick, confidence 0.90, found by rule and model page [this event
        alone](/event?id=council-3) ## Other reports of this story [denial](/report?id=denial) [The
        river again](/report?id=again) 2022-02-10 The Herald [The river](/report?id=river)
        2022-02-10 The Courier
        """,
    ),
    (
        "/report?id=river",
        "The river",
        """
        # The river 2022-02-10 · The Courier · [2 events](/ledger?rows=events &document=river
        &background=true &negations=true = 2) verbal cooperation material cooperation verbal
        conflict material conflict Arnor attacked Gondor in Osgiliath. Gondor threatened Mordor: if
        the river is closed, war will follow. ## The record Keys: j next event, k the one before,
        Enter pins it, Esc releases it. ASSAULT Arnor → Gondor who Arnor what ASSAULT toward whom
        Gondor according to the publisher how firmly certain, past where Osgiliath, Gondor contexts
        military intensity −9.5 (PLOVER) rule quick, confidence 0.90, found by a rule page [this
        event alone](/event?id=river-1) THREATEN Gondor → Mordor who Gondor what THREATEN toward
        whom Mordor according to the publisher how firmly possible, future, inside an if if if the
        river is closed then war will follow contexts military intensity −3 (PLOVER) rule quick,
        confidence 0.90, found by a rule page [this event alone](/event?id=river-2) ## Other reports
        of this story [denial](/report?id=denial) [Council of the north](/report?id=council)
        2022-02-09 The Gazette [The river again](/report?id=again) 2022-02-10 The Herald
        """,
    ),
    (
        "/report?id=denial",
        "denial",
        """
        # denial no date · [2 events](/ledger?rows=events &document=denial &background=true
        &negations=true = 2) verbal cooperation material cooperation verbal conflict material
        conflict Mordor did not attack Rohan. Long ago Harad sanctioned Rohan. ## The record Keys: j
        next event, k the one before, Enter pins it, Esc releases it. ASSAULT Mordor → Rohan who
        Mordor what ASSAULT toward whom Rohan according to the publisher how firmly certain, past,
        not done contexts military intensity −9.5 (PLOVER) rule quick, confidence 0.90, found by a
        rule page [this event alone](/event?id=denial-1) SANCTION Harad → Rohan who Harad what
        SANCTION toward whom Rohan according to the publisher how firmly certain, past when reported
        as background contexts military intensity −9.5 (PLOVER) rule quick, confidence 0.90, found
        by a rule page [this event alone](/event?id=denial-2) ## Other reports of this story
        [Council of the north](/report?id=council) 2022-02-09 The Gazette [The river
        again](/report?id=again) 2022-02-10 The Herald [The river](/report?id=river) 2022-02-10 The
        Courier
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


def test_spans_for_the_script(small: TestClient) -> None:
    data = data_of(small.get("/report?id=council").text)
    assert data["notes"] == [{"content": [[119, 138]], "cue": [113, 117], "speaker": [94, 112]}]
    assert data["events"][0] == [
        ["evidence", 0, 31], ["trigger", 6, 13], ["actors", 0, 5], ["recipients", 14, 20], ["issue", 24, 30],
    ]  # fmt: skip
    assert [len(spans) for spans in data["events"]] == [5, 7, 6]
    other = data_of(small.get("/report?id=denial").text)
    assert (len(other["events"]), other["notes"]) == (2, [])


def test_notes_without_a_speaker_and_a_cue(small: TestClient) -> None:
    (coded, *_) = small_reports()
    note = msgspec.structs.replace(coded.attributions[0], speaker_span=None, cue=None)
    coded = msgspec.structs.replace(coded, attributions=(note,))
    request = Request(
        {"type": "http", "app": small.app, "path": "/report", "query_string": b"", "headers": []}
    )
    page = reader_page(request, coded, kept=False, others=[]).body.decode()
    assert data_of(page)["notes"] == [{"content": [[119, 138]], "cue": None, "speaker": None}]
    words = " ".join(words_of(page))
    assert "this event alone" not in words
    assert "[where it was printed](https://example.org/council)" in words
    assert "Other reports of this story" not in words


def test_report_that_is_not_there(small: TestClient) -> None:
    answer = small.get("/report?id=nowhere")
    assert answer.status_code == 404
    assert "document 'nowhere' is not there" in html_of(answer.text).text_content()


# Path, part of the page, how many there are.
LIMITS = [
    ("/reports", "//ol[@class='reports']/li", 25),
    ("/reports?q=met", "//ol[@class='reports']/li", 50),
    ("/reports?q=attacked", "//ol[@class='reports']/li", 1),
    ("/report?id=alike-00", "//h2[.='Other reports of this story']/following-sibling::ul[1]/li", 12),
    ("/report?id=busy", "//ol[@id='events']/li", 45),
]


@pytest.mark.parametrize(("path", "part", "count"), LIMITS)
def test_limits(crowded: TestClient, path: str, part: str, count: int) -> None:
    assert count_of(crowded.get(path).text, part) == count


def test_marks_of_a_report_in_the_list_are_limited(tmp_path: Path) -> None:
    (busy,) = (coded for coded in crowded_reports() if coded.id == "busy")
    with Record.open(tmp_path / "busy.sqlite") as record:
        record.add(busy, run_id=record.begin_run("test"))
    page = client_of(tmp_path / "busy.sqlite").get("/reports").text
    assert count_of(page, "//p[@class='strip']/i") == 40
    assert "[45](/ledger?rows=events &document=busy" in " ".join(words_of(page))


def test_pages_of_reports(crowded: TestClient) -> None:
    first = crowded.get("/reports").text
    (following,) = (href for href in links_of(first) if href.startswith("/reports?cursor="))
    second = crowded.get(following).text
    assert "## Earlier reports" in " ".join(words_of(second))
    shown = [[href for href in links_of(page) if href.startswith("/report?")] for page in (first, second)]
    assert shown[0][0] == "/report?id=report-309"
    assert shown[1] == [f"/report?id=report-{number:03}" for number in range(284, 259, -1)]


def test_empty_record(empty: TestClient) -> None:
    assert "## The record is empty" in " ".join(words_of(empty.get("/reports").text))
