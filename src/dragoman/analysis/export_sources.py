"""Events with their sources: address and title of the report, the sentence, number of reports."""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING, NamedTuple

from dragoman.language.sentences import BEGINS, sentence_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.record.answers import Citation, StoredEvent
    from dragoman.record.store import Record

_AT_ONCE = 500


class SourcedEvent(NamedTuple):
    """An event with its report.

    Attributes:
        stored: The event.
        citation: Numbers, address and title of the report, and the counts of its entry.
        sentence_number: Number of the sentence in which its words begin, from 1.
        sentence: That sentence.
        in_lead: Whether that sentence is in the first paragraph.
    """

    stored: StoredEvent
    citation: Citation
    sentence_number: int
    sentence: str
    in_lead: bool


class _Sentences:
    """Offsets of the sentences of a report."""

    def __init__(self, text: str) -> None:
        found = dict(sentence_starts(text))
        self._text = text
        starts = sorted({0, *(start for start, value in found.items() if value == BEGINS)})
        # A blank line between paragraphs is not a sentence.
        bounds = itertools.pairwise([*starts, len(text)])
        self._starts = [start for start, end in bounds if text[start:end].strip()] or [0]
        self._lead_end = next((start for start in self._starts if "\n" in text[:start].lstrip()), len(text))

    def at(self, offset: int) -> tuple[int, str, bool]:
        number = bisect.bisect_right(self._starts, offset)
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        sentence = " ".join(self._text[self._starts[number - 1] : end].split())
        return number, sentence, offset < self._lead_end


def sourced_events(record: Record, events: Iterable[StoredEvent]) -> Iterator[SourcedEvent]:
    """Yield events with their sources, in the given order; memory use is constant.

    Args:
        record: The record of the events.
        events: The events.
    """
    ongoing = iter(events)
    last: tuple[str, _Sentences] | None = None
    while batch := list(itertools.islice(ongoing, _AT_ONCE)):
        citations = record.citations([stored.event.id for stored in batch])
        for stored in batch:
            if last is None or last[0] != stored.document_id:
                last = (stored.document_id, _Sentences(record.document(stored.document_id).text))
            number, sentence, in_lead = last[1].at(stored.event.trigger.start)
            yield SourcedEvent(stored, citations[stored.event.id], number, sentence, in_lead)
