"""Rows of our own tables and of PLOVER records, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from dragoman.analysis.export_sources import SourcedEvent
from dragoman.analysis.export_tables import (
    EVENT_COLUMNS,
    PAIR_COLUMNS,
    event_rows,
    pair_rows,
    plover_rows,
)
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument, Span
from dragoman.record.answers import Citation
from dragoman.record.store import StoredEvent

TEXT = "Arnor attacked Gondor with 500 troops in Osgiliath."


@pytest.fixture
def source(quick_code: Callable[[Document], CodedDocument]) -> SourcedEvent:
    (event,) = quick_code(Document(id="a", text=TEXT)).events
    event = msgspec.structs.replace(
        event,
        speaker=event.recipients,
        condition=Span(0, 5, "Arnor"),
        issue=Span(0, 8, "the pass"),
        cameo="190",
    )
    stored = StoredEvent(document_id="a", published_on=dt.date(2022, 2, 1), publisher="Gazette", event=event)
    citation = Citation(
        number=7, document_number=3, url="https://x.example/1", title="War", language="en", entry="e",
        mentions=2, articles=2, sources=1,
    )  # fmt: skip
    return SourcedEvent(stored, citation, 1, TEXT, True)


REPORT = {"url": "https://x.example/1", "title": "War", "sentence_number": 1, "sentence": TEXT}


def test_a_row_of_an_event(source) -> None:
    (row,) = event_rows([source])
    assert tuple(row) == EVENT_COLUMNS
    event = source.stored.event
    day = dt.date(2022, 2, 1)
    assert row == REPORT | {
        "event_id": event.id, "document_id": "a", "published_on": day, "publisher": "Gazette", "day": day,
        "last_day": day, "event_type": "ASSAULT", "event_mode": None, "contexts": "military",
        "quad_class": "material_conflict", "intensity": -9.5, "intensity_scale": "PLOVER", "cameo": "190",
        "goldstein": None, "actors": "ARN", "recipients": "GON", "speaker": "GON", "quoted": False,
        "factuality": "certain", "polarity": "positive", "tense": "past", "conditional": False,
        "condition": "Arnor", "consequence": None, "issue": "the pass", "amounts": "500 troops",
        "place": "Osgiliath", "place_country": None, "place_precision": "none", "latitude": 1.0,
        "longitude": 1.0, "evidence": TEXT, "evidence_start": 0, "evidence_end": len(TEXT),
        "trigger": "attacked", "rule": "quick", "confidence": 0.9, "carried_by": "rule",
        "told_as": "current", "time_basis": None, "actor_names": "Arnor", "recipient_names": "Gondor",
        "speaker_names": "Gondor",
    }  # fmt: skip


def test_a_row_of_a_pair(source) -> None:
    (row,) = pair_rows([source])
    assert tuple(row) == PAIR_COLUMNS
    event = source.stored.event
    assert row == REPORT | {
        "pair_id": event.id, "event_id": event.id, "day": dt.date(2022, 2, 1), "actor": "ARN",
        "actor_name": "Arnor", "actor_country": "ARN", "actor_sector": "GOV", "recipient": "GON",
        "recipient_name": "Gondor", "recipient_country": "GON", "recipient_sector": "GOV",
        "event_type": "ASSAULT", "event_mode": None, "quad_class": "material_conflict", "intensity": -9.5,
        "cameo": "190", "goldstein": None, "factuality": "certain", "conditional": False,
        "document_id": "a", "publisher": "Gazette", "evidence": TEXT, "told_as": "current",
    } | {"pair_id": row["pair_id"]}  # fmt: skip


def test_a_pair_without_a_recipient_leaves_its_fields_empty(source) -> None:
    event = msgspec.structs.replace(source.stored.event, recipients=())
    alone = source._replace(stored=msgspec.structs.replace(source.stored, event=event))
    (row,) = pair_rows([alone])
    assert [row[f"recipient{part}"] for part in ("", "_name", "_country", "_sector")] == [None] * 4


def test_a_plover_record(source) -> None:
    (row,) = plover_rows([source])
    party = {"sector": "GOV"}
    event = source.stored.event
    assert row == {
        "id": event.id, "date": "2022-02-01", "story_id": "a", "url": "https://x.example/1",
        "publisher": "Gazette", "event_type": "ASSAULT", "event_mode": None, "event_context": ["military"],
        "quad_code": "material_conflict", "intensity": -9.5,
        "actor": [party | {"name": "Arnor", "country": "ARN", "text": "Arnor"}],
        "recipient": [party | {"name": "Gondor", "country": "GON", "text": "Gondor"}],
        "location": msgspec.to_builtins(event.place), "event_text": TEXT, "version": "dragoman",
    }  # fmt: skip
