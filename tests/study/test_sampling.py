"""Samples: the same seed the same rows, strata of like size, the text around each event."""

from __future__ import annotations

import collections

import msgspec
import pytest

from dragoman.errors import UsageError
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.study.columns import CODED_COLUMNS, READING_COLUMNS, STRATUM_COLUMNS
from dragoman.study.sampling import STRATA, draw_events, draw_ids, draw_sentences, sentence_spans


def test_the_same_seed_draws_the_same(record: Record) -> None:
    one = draw_events(record, size=10, seed=3)
    assert one == draw_events(record, size=10, seed=3)
    assert [row["event_id"] for row in one] != [
        row["event_id"] for row in draw_events(record, size=10, seed=4)
    ]
    assert len({row["event_id"] for row in one}) == 10


def test_a_row_has_the_event_and_its_sentence(record: Record) -> None:
    for row in draw_events(record, size=12, seed=1):
        assert set(row) == {*READING_COLUMNS, *CODED_COLUMNS, *STRATUM_COLUMNS}
        stored = record.event(row["event_id"])
        text = record.document(row["document_id"]).text
        assert row["trigger"] in row["sentence"]
        assert row["sentence"] in text
        assert row["sentence"].count(".") == 1
        for side in (row["before"], row["after"]):
            assert side == "" or side in text
        assert (row["event_type"], row["publisher"]) == (stored.event.event_type, stored.publisher)


def test_a_growing_record_keeps_most_of_a_sample(record: Record) -> None:
    """An event is drawn by its own hash: leaving some out replaces only those."""
    every = draw_events(record, size=10, seed=3)
    gone = every[0]["document_id"]
    smaller = [s for s in record.events() if s.document_id != gone]
    drawn = {each.event_id for each in draw_ids(((s, "all") for s in smaller), size=10, seed=3)}
    kept = {row["event_id"] for row in every if row["document_id"] != gone}
    assert kept < drawn


def test_a_sample_survives_coding_again(record: Record) -> None:
    """Ids change with the rules; the report, type and word of an event do not."""
    events = list(record.events())
    renamed = [
        msgspec.structs.replace(s, event=msgspec.structs.replace(s.event, id=f"new-{s.event.id}"))
        for s in events
    ]
    one = [each.event_id for each in draw_ids(((s, "all") for s in events), size=12, seed=5)]
    two = [each.event_id for each in draw_ids(((s, "all") for s in renamed), size=12, seed=5)]
    # Events of one type at one word have the same hash; their order follows their ids.
    assert {f"new-{name}" for name in one} == set(two)


@pytest.mark.parametrize("by", STRATA)
def test_strata_weigh_back_to_the_record(record: Record, by: str) -> None:
    rows = draw_events(record, size=14, stratify=by, seed=1)  # type: ignore[arg-type]
    strata = {row["stratum"]: (row["stratum_events"], row["stratum_drawn"]) for row in rows}
    assert collections.Counter(row["stratum"] for row in rows) == {n: d for n, (_, d) in strata.items()}
    assert sum(events for events, _ in strata.values()) == record.total()
    # A stratum gives less than another only when it has no more.
    most = max(drawn for _, drawn in strata.values())
    assert all(drawn == events or drawn >= most - 1 for events, drawn in strata.values())


def test_a_filter_and_a_small_record(record: Record) -> None:
    wanted = EventFilter(event_type="THREATEN")
    rows = draw_events(record, size=500, wanted=wanted)
    assert len(rows) == record.total(wanted)
    assert {row["event_type"] for row in rows} == {"THREATEN"}
    with pytest.raises(UsageError, match="nothing to sample"):
        draw_events(record, size=5, wanted=EventFilter(actor="XXX"))


def test_sentences_say_what_was_coded_in_them(record: Record) -> None:
    rows = draw_sentences(record, size=1000, seed=1)
    assert rows == draw_sentences(record, size=1000, seed=1)
    assert sum(row["coded_events"] for row in rows) == record.total(EventFilter(background=True))
    weather = [row for row in rows if "weather" in row["sentence"]]
    assert len(weather) == 5
    assert all(row["coded_events"] == 0 and row["coded"] == "" for row in weather)
    assert any("ASSAULT" in row["coded"] for row in rows)


def test_sentences_hold_at_abbreviations() -> None:
    text = "Gen. Boromir met U.S. troops on Nov. 3.  They left.\n\nNothing else happened!"
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "Gen. Boromir met U.S. troops on Nov. 3.", "They left.", "Nothing else happened!",
    ]  # fmt: skip
