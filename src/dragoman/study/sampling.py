"""Samples of a record for manual judgement: events, drawn by strata, or sentences, for missed events."""

from __future__ import annotations

import bisect
import collections
import hashlib
import random
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dragoman.errors import UsageError
from dragoman.language.sentences import BEGINS, sentence_starts
from dragoman.record.queries import EventFilter, whole_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dragoman.model.documents import Document
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.answers import StoredEvent
    from dragoman.record.store import Record

Stratum = Literal["type", "year", "publisher", "confidence", "quad", "carried_by"]
STRATA: tuple[Stratum, ...] = ("type", "year", "publisher", "confidence", "quad", "carried_by")
# Number of sentences before and after the one of an event.
_AROUND = 2
# Shorter ones are headings, bylines and remains of tables, which contain no events.
_FEWEST_WORDS = 3
Row = dict[str, Any]


def draw_events(
    record: Record,
    *,
    size: int,
    wanted: EventFilter | None = None,
    stratify: Stratum | None = None,
    seed: int = 0,
) -> list[Row]:
    """Draw events at random, with the surrounding text and empty columns for a judgement.

    With strata, about the same number is drawn from each stratum, from small ones all events;
    `stratum_events` and `stratum_drawn` let `score_events` weight the sample back to the record.

    Args:
        record: The record.
        size: Number of events.
        wanted: Only events that this filter selects.
        stratify: The strata; None draws from all events uniformly.
        seed: The same seed gives the same sample of the same record.

    Raises:
        UsageError: No event matches, or the size is not positive.
    """
    drawn = draw_ids(
        ((stored, stratum_of(stored, stratify)) for stored in record.events(wanted)), size=size, seed=seed
    )
    sentences: dict[str, list[tuple[int, int]]] = {}
    rows = []
    for number, each in enumerate(drawn, 1):
        stored = record.event(each.event_id)
        document = record.document(stored.document_id)
        spans = sentences.setdefault(document.id, sentence_spans(document.text))
        row: Row = {"sample_id": f"s{number:04d}", "event_id": each.event_id}
        row |= _about(document) | text_around(document.text, spans, stored.event.trigger.start)
        row |= _coded(stored)
        row |= {
            "stratum": each.stratum, "stratum_events": each.stratum_events,
            "stratum_drawn": each.stratum_drawn,
        }  # fmt: skip
        rows.append(row)
    return rows


class DrawnEvent(NamedTuple):
    """An event of a sample, with the size of its stratum and the number drawn from it."""

    event_id: str
    stratum: str
    stratum_events: int
    stratum_drawn: int


def draw_ids(events: Iterable[tuple[StoredEvent, str]], *, size: int, seed: int) -> list[DrawnEvent]:
    """Draw events at random, about the same number from each stratum, from small ones all events.

    An event is drawn by a hash of its report, type and trigger: the same seed draws the same events after the
    reports were coded again, and a record that grows changes the sample only where a new event is drawn.

    Args:
        events: The events, each with its stratum.
        size: Number of events.
        seed: Different seeds draw different events.

    Raises:
        UsageError: There is no event, or the size is not positive.
    """
    if size < 1:
        raise UsageError(message=f"a sample of {size}: give 1 or more")
    strata: dict[str, list[tuple[bytes, str]]] = collections.defaultdict(list)
    for stored, stratum in events:
        strata[stratum].append((_rank(stored, seed), stored.event.id))
    if not strata:
        raise UsageError(message="no event matches the filters: nothing to sample")
    shares = _shares({name: len(ids) for name, ids in strata.items()}, size)
    drawn = [(rank, event_id, name) for name, ids in strata.items()
             for rank, event_id in sorted(ids)[: shares[name]]]  # fmt: skip
    return [
        DrawnEvent(event_id, name, len(strata[name]), shares[name]) for _, event_id, name in sorted(drawn)
    ]


def _rank(stored: StoredEvent, seed: int) -> bytes:
    event = stored.event
    about = f"{seed}\0{stored.document_id}\0{event.event_type}\0{event.trigger.start}"
    return hashlib.blake2b(about.encode(), digest_size=8).digest()


def draw_sentences(
    record: Record, *, size: int, wanted: EventFilter | None = None, seed: int = 0
) -> list[Row]:
    """Draw sentences of the record's documents at random, with the events coded in each, for recall.

    Args:
        record: The record.
        size: Number of sentences.
        wanted: Only draw from documents with an event that this filter selects; None takes all documents.
        seed: The same seed gives the same sample of the same record.

    Raises:
        UsageError: There is no sentence, or the size is not positive.
    """
    if size < 1:
        raise UsageError(message=f"a sample of {size}: give 1 or more")
    names = None if wanted is None else set(record.counts(wanted, by="document"))
    pool: list[tuple[str, int]] = []
    for document in record.documents():
        if names is None or document.id in names:
            spans = sentence_spans(document.text)
            pool += [
                (document.id, place)
                for place, (start, end) in enumerate(spans)
                if len(document.text[start:end].split()) >= _FEWEST_WORDS
            ]
    if not pool:
        raise UsageError(message="no document matches the filters: nothing to sample")
    dice = random.Random(seed)  # noqa: S311
    chosen = dice.sample(pool, min(size, len(pool)))
    rows = []
    for number, (document_id, place) in enumerate(chosen, 1):
        document = record.document(document_id)
        spans = sentence_spans(document.text)
        start, end = spans[place]
        everything = record.events(whole_document(document_id))
        coded = [each.event for each in everything if start <= each.event.trigger.start < end]
        row: Row = (
            {"sample_id": f"m{number:04d}"} | _about(document) | text_around(document.text, spans, start)
        )
        row |= {"coded_events": len(coded), "coded": "; ".join(map(_line_of, coded))}
        rows.append(row)
    return rows


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text, without surrounding white space."""
    verdicts = dict(sentence_starts(text))
    starts = sorted({0, *(place for place, verdict in verdicts.items() if verdict == BEGINS)})
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        words = text[start:end]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            found.append((start + lead, start + len(words.rstrip())))
    return found


def stratum_of(stored: StoredEvent, by: Stratum | None) -> str:
    """Return the stratum of an event; "all" if there are no strata."""
    event = stored.event
    if by is None:
        return "all"
    if by == "confidence":
        return confidence_band(event.confidence)
    chosen: dict[str, Callable[[], str | None]] = {
        "type": lambda: event.event_type,
        "year": lambda: str(stored.day.year) if stored.day else None,
        "publisher": lambda: stored.publisher,
        "quad": lambda: event.quad_class,
        "carried_by": lambda: event.carried_by,
    }
    return chosen[by]() or "none"


def confidence_band(confidence: float) -> str:
    """Return the band of width 0.1 that contains a probability: "0.80-0.90"."""
    low = min(int(confidence * 10 + 1e-9), 9)
    return f"{low / 10:.2f}-{(low + 1) / 10:.2f}"


def _shares(sizes: dict[str, int], total: int) -> dict[str, int]:
    """Divide a sample over strata: equal shares, with the remainder of small ones given to the others."""
    shares = dict.fromkeys(sizes, 0)
    left = min(total, sum(sizes.values()))
    while left:
        open_ones = sorted(name for name in sizes if shares[name] < sizes[name])
        each = max(1, left // len(open_ones))
        for name in open_ones:
            more = min(each, sizes[name] - shares[name], left)
            shares[name] += more
            left -= more
    return shares


def _about(document: Document) -> Row:
    return {
        "document_id": document.id, "title": document.title or "", "publisher": document.publisher or "",
        "published_on": document.published_on, "url": document.url or "",
    }  # fmt: skip


def text_around(text: str, spans: Sequence[tuple[int, int]], place: int) -> Row:
    """Return the sentence at a character with those before and after it, each on one line.

    Args:
        text: The report.
        spans: Its sentences, as returned by `sentence_spans`.
        place: Offset of the character.
    """
    at = max(0, bisect.bisect_right([start for start, _ in spans], place) - 1)
    start, end = spans[at]

    def joined(part: Iterable[tuple[int, int]]) -> str:
        return " ".join(" ".join(text[one:other].split()) for one, other in part)

    return {
        "before": joined(spans[max(0, at - _AROUND) : at]), "sentence": " ".join(text[start:end].split()),
        "after": joined(spans[at + 1 : at + 1 + _AROUND]),
    }  # fmt: skip


def _coded(stored: StoredEvent) -> Row:
    event = stored.event
    return {
        "actors": _ids(event.actors), "actor_names": _names(event.actors), "event_type": event.event_type,
        "event_mode": event.event_mode or "", "recipients": _ids(event.recipients),
        "recipient_names": _names(event.recipients), "speaker": _names(event.speaker), "day": stored.day,
        "place": event.place.name if event.place else "", "issue": event.issue.text if event.issue else "",
        "contexts": " ".join(event.contexts), "factuality": event.factuality, "polarity": event.polarity,
        "conditional": event.conditional, "quad_class": event.quad_class, "cameo": event.cameo or "",
        "confidence": round(event.confidence, 4), "carried_by": event.carried_by,
        "evidence": " ".join(event.evidence.text.split()), "trigger": event.trigger.text,
    }  # fmt: skip


def _line_of(event: Event) -> str:
    mode = f"/{event.event_mode}" if event.event_mode else ""
    denied = "not " if event.polarity == "negative" else ""
    return f"{_ids(event.actors) or '?'} {denied}{event.event_type}{mode} {_ids(event.recipients)}".strip()


def _ids(refs: Sequence[ActorRef]) -> str:
    return " ".join(ref.id for ref in refs)


def _names(refs: Sequence[ActorRef]) -> str:
    return ", ".join(ref.name for ref in refs)
