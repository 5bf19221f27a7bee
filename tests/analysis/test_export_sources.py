"""Sentences of events: their numbers and words, the lead paragraph, and batches of citations."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis import export_sources
from dragoman.analysis.export_sources import sourced_events
from dragoman.model.documents import Document
from dragoman.model.records import Span
from dragoman.record.answers import StoredEvent


class _Record:
    """A record of reports that notes what is asked of it."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.asked: list[list[str]] = []
        self.read: list[str] = []

    def citations(self, ids: list[str]) -> dict[str, str]:
        self.asked.append(ids)
        return {id: f"citation of {id}" for id in ids}

    def document(self, id: str) -> Document:
        self.read.append(id)
        return Document(id=id, text=self.texts[id])


TEXT = "Arnor met  Gondor.\nRohan slept. Mordor left.\n\nIt rained."
# Where a trigger begins; the number of its sentence, its words, and whether it is in the first paragraph.
SENTENCES = [
    (0, 1, "Arnor met Gondor.", True), (18, 1, "Arnor met Gondor.", True), (19, 2, "Rohan slept.", False),
    (31, 2, "Rohan slept.", False), (32, 3, "Mordor left.", False), (46, 4, "It rained.", False),
    (55, 4, "It rained.", False),
]  # fmt: skip


def _stored(told, document: str, start: int, number: int = 0) -> StoredEvent:
    stored = told("Arnor *met* Gondor.", "CONSULT", document=document)
    event = msgspec.structs.replace(
        stored.event, id=f"{document}{number}", trigger=Span(start, start + 1, "x")
    )
    return msgspec.structs.replace(stored, event=event)


@pytest.mark.parametrize(("start", "number", "sentence", "in_lead"), SENTENCES)
def test_sentences(told, start: int, number: int, sentence: str, in_lead: bool) -> None:
    (found,) = sourced_events(_Record({"a": TEXT}), [_stored(told, "a", start)])  # type: ignore[arg-type]
    assert (found.sentence_number, found.sentence, found.in_lead) == (number, sentence, in_lead)
    assert found.citation == "citation of a0"


# A text; whether its sentences at 0 and at 12 are in the lead.
@pytest.mark.parametrize(
    ("text", "leads"),
    [("Arnor slept. Rohan met.", (True, True)), ("Arnor slept.\nRohan met.", (True, False)),
     ("\n\n\nArn slept. Rohan met.", (True, True)), ("Arn slept.  \n\nRohan met.", (True, False))],
)  # fmt: skip
def test_the_lead(told, text: str, leads: tuple[bool, bool]) -> None:
    events = [_stored(told, "a", start) for start in (3, 14)]
    found = sourced_events(_Record({"a": text}), events)  # type: ignore[arg-type]
    assert tuple(each.in_lead for each in found) == leads


def test_blank_lines_are_no_sentences(told) -> None:
    text = "\n\n\nArn slept.\n\n\nRohan met."
    found = sourced_events(_Record({"a": text}), [_stored(told, "a", start) for start in (3, 16)])  # type: ignore[arg-type]
    assert [(each.sentence_number, each.sentence) for each in found] == [(1, "Arn slept."), (2, "Rohan met.")]


def test_citations_are_read_in_batches_and_reports_once(told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_sources, "_AT_ONCE", 2)
    record = _Record({"a": TEXT, "b": TEXT})
    events = [_stored(told, name, 0, number) for number, name in enumerate("aaabb")]
    found = list(sourced_events(record, events))  # type: ignore[arg-type]
    assert [each.stored.event.id for each in found] == ["a0", "a1", "a2", "b3", "b4"]
    assert record.asked == [["a0", "a1"], ["a2", "b3"], ["b4"]]
    assert record.read == ["a", "b"]
    assert list(sourced_events(record, [])) == []  # type: ignore[arg-type]
