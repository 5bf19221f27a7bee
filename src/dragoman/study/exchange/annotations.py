"""Types shared by all annotation tools: a text, labelled spans, and relations of events to parties."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import BadAnnotationError
from dragoman.model.terms import EVENT_TYPES
from dragoman.record.queries import EventFilter
from dragoman.study.sampling import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.knowledge.actors import ActorBook
    from dragoman.model.records import Event
    from dragoman.record.store import Record

ROLES = ("actor", "recipient", "speaker", "place")
# Labels of spans: a type marks the trigger of an event, a role marks one of its parties.
LABELS = (*EVENT_TYPES, *ROLES)
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled stretch of text.

    Attributes:
        id: Identifier, unique in its text.
        start: First character.
        end: Character after the last.
        label: One of `LABELS`.
        value: The id of a party, or the mode of an event.
    """

    id: str
    start: int
    end: int
    label: str
    value: str = ""


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """A relation from an event's trigger to one of its parties; `label` is the role."""

    head: str
    child: str
    label: str


class AnnotatedText(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its annotations."""

    id: str
    text: str
    title: str = ""
    published_on: str = ""
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()


def texts_of(record: Record, wanted: EventFilter | None = None) -> Iterator[AnnotatedText]:
    """Yield each document that has an event of a filter, with all its events that the filter selects."""
    wanted = wanted or EventFilter()
    for name in sorted(record.counts(wanted, by="document")):
        document = record.document(name)
        chosen = msgspec.structs.replace(wanted, document=name)
        events = [stored.event for stored in record.events(chosen)]
        spans, relations = _marks(events)
        yield AnnotatedText(
            id=name, text=document.text, title=document.title or "",
            published_on=document.published_on.isoformat() if document.published_on else "",
            spans=spans, relations=relations,
        )  # fmt: skip


def _marks(events: Iterable[Event]) -> tuple[tuple[Span, ...], tuple[Relation, ...]]:
    spans: dict[tuple[int, int, str], Span] = {}

    def span(start: int, end: int, label: str, value: str) -> str:
        key = (start, end, label)
        spans.setdefault(key, Span(id=f"s{len(spans) + 1}", start=start, end=end, label=label, value=value))
        return spans[key].id

    relations = []
    for event in sorted(events, key=lambda each: (each.trigger.start, each.id)):
        head = span(event.trigger.start, event.trigger.end, event.event_type, event.event_mode or "")
        parts = [("actor", event.actors), ("recipient", event.recipients), ("speaker", event.speaker)]
        for role, refs in parts:
            for ref in refs:
                child = span(ref.start, ref.end, role, ref.id)
                relations.append(Relation(head=head, child=child, label=role))
        if event.place is not None:
            child = span(event.place.start, event.place.end, "place", event.place.country or "")
            relations.append(Relation(head=head, child=child, label="place"))
    return tuple(spans.values()), tuple(dict.fromkeys(relations))


def gold_of(text: AnnotatedText, *, actors: ActorBook) -> dict[str, Any]:
    """Return a gold line in the format of `dragoman evaluate events`.

    A party annotated with an id has that id; any other is resolved from its words.

    Args:
        text: The annotated text.
        actors: Resolves parties marked by annotators.
    """
    by_id = {span.id: span for span in text.spans}
    day = dt.date.fromisoformat(text.published_on) if text.published_on else None
    sentences = sentence_spans(text.text)
    events = []
    for head in sorted(text.spans, key=lambda span: (span.start, span.id)):
        if head.label in ROLES:
            continue
        parties = [(rel.label, by_id[rel.child]) for rel in text.relations if rel.head == head.id]
        start, end = next((s for s in sentences if s[0] <= head.start < s[1]), (head.start, head.end))
        ids: dict[str, list[str]] = {role: [] for role in ROLES}
        for role, span in parties:
            name = span.value or _resolved(text.text[span.start : span.end], actors, day)
            if name and name not in ids[role]:
                ids[role].append(name)
        events.append({
            "evidence": {"start": start, "end": end, "text": text.text[start:end]},
            "trigger": {"start": head.start, "end": head.end, "text": text.text[head.start : head.end]},
            "types": [head.label], "mode": head.value or None,
            "actors": [_key(each, actors) for each in ids["actor"]],
            "recipients": [_key(each, actors) for each in ids["recipient"]],
            "speaker": [_key(each, actors) for each in ids["speaker"]],
            "place_country": ids["place"][0] if ids["place"] else None,
            "parties": [
                {"role": role, "start": span.start, "end": span.end, "text": text.text[span.start : span.end],
                 "id": span.value or None}
                for role, span in parties
            ],
        })  # fmt: skip
    return {
        "id": text.id, "published_on": text.published_on or None, "title": text.title or None,
        "text": text.text, "events": events, "optional": [],
    }  # fmt: skip


def _resolved(words: str, actors: ActorBook, day: dt.date | None) -> str:
    found = actors.resolve(words, on=day)
    return found.id if found is not None else ""


def _key(identifier: str, actors: ActorBook) -> str:
    """Return the label of a party in gold lines: its country, else its id."""
    known = actors.get(identifier)
    country = getattr(known, "country", None) if known is not None else None
    if country is None and len(identifier) > 3 and identifier[3] == ":":
        country = identifier[:3]
    return country or identifier


def tokens_of(text: str) -> list[tuple[int, int]]:
    """Return the spans of words and punctuation marks."""
    return [(match.start(), match.end()) for match in _TOKEN.finditer(text)]


def check_spans(text: AnnotatedText) -> AnnotatedText:
    """Return the text if it contains every span and every label and relation is known.

    Raises:
        BadAnnotationError: A span, label or relation is invalid; the message names it.
    """
    ids = set()
    for span in text.spans:
        ids.add(span.id)
        if not 0 <= span.start < span.end <= len(text.text):
            raise BadAnnotationError(
                where=text.id, why=f"span {span.id}: {span.start} to {span.end} is outside the text"
            )
        if span.label not in LABELS:
            why = f"span {span.id}: no label {span.label!r}; use an event type or one of {', '.join(ROLES)}"
            raise BadAnnotationError(where=text.id, why=why)
    for relation in text.relations:
        if relation.head not in ids or relation.child not in ids:
            raise BadAnnotationError(where=text.id, why=f"a relation {relation.label!r} points to no span")
        if relation.label not in ROLES:
            why = f"no role {relation.label!r}; use one of {', '.join(ROLES)}"
            raise BadAnnotationError(where=text.id, why=why)
    return text


def place_of(text: str, start: int, end: int, words: str | None) -> tuple[int, int]:
    """Return character offsets for offsets that may count UTF-16 units, as in browsers.

    Args:
        text: The text.
        start: First unit.
        end: Unit after the last.
        words: The annotated words, to decide between the two; None assumes characters.
    """
    if words is None or text[start:end] == words:
        return start, end
    units = [0]
    for letter in text:
        units.append(units[-1] + (2 if ord(letter) > 0xFFFF else 1))
    places = {unit: place for place, unit in enumerate(units)}
    one, other = places.get(start), places.get(end)
    return (
        (one, other) if one is not None and other is not None and text[one:other] == words else (start, end)
    )


def string(mapping: Mapping[str, Any], key: str) -> str:
    """Return a value as text, "" if there is none."""
    value = mapping.get(key)
    return "" if value is None else str(value)


@contextmanager
def reading(what: str, where: str) -> Iterator[None]:
    """Convert errors of reading a tool's line into one that names its place and what is missing.

    Args:
        what: Description of the line, as in "a line of doccano".
        where: Its place in the file.

    Raises:
        BadAnnotationError: The line does not match the description.
    """
    try:
        yield
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise BadAnnotationError(where=where, why=f"not {what}: {_lacking(error)}") from error


def _lacking(error: Exception) -> str:
    """Return a description of what a tool's line lacks, from the error of reading it."""
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]!r}"
    return f"a value is not what it should be ({error})"
