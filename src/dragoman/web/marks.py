"""HTML fragments of a coded report: marks in the text, and the fields of an event in words.

Reports are untrusted input: all their text is escaped, and characters that change the writing direction are
shown as visible codes.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from dragoman.model.escaping import attribute, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dragoman.model.records import ActorRef, Attribution, Event

    Wording = Callable[[str], str]

# Paragraphs are separated by empty lines; if there are none, each line is a paragraph.
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_BREAK = re.compile(r"\n\s*")
_FINDERS = {"rule": "a rule", "model": "the model", "both": "rule and model"}


class Note(NamedTuple):
    """Marginal note on a statement in a paragraph."""

    number: int
    speaker: str
    cue: str
    quoted: bool
    depth: int
    spans: tuple[tuple[int, int], ...]


class Paragraph(NamedTuple):
    """Paragraph of the report as HTML, with notes on the statements in it."""

    html: Markup
    notes: tuple[Note, ...]


def spans_of(event: Event) -> Iterator[tuple[str, int, int]]:
    """Yield (field, start, end) for each span of an event."""
    yield "evidence", event.evidence.start, event.evidence.end
    yield "trigger", event.trigger.start, event.trigger.end
    for field in ("actors", "recipients", "speaker"):
        for ref in getattr(event, field):
            yield field, ref.start, ref.end
    for amount in event.amounts:
        yield "amounts", amount.start, amount.end
    for field in ("cue", "issue", "place", "condition", "consequence"):
        found = getattr(event, field)
        if found is not None:
            yield field, found.start, found.end
    date = event.event_date
    if date is not None and date.start_char is not None and date.end_char is not None:
        yield "date", date.start_char, date.end_char


def names_of(parties: Iterable[ActorRef], wording: Wording | None = None) -> str:
    """Return the names of parties, each with its country and sector.

    Args:
        parties: The parties.
        wording: Function that returns the name of a country or sector code; None to keep codes.
    """
    words = []
    for ref in parties:
        parts = [part for part in (ref.country, ref.sector) if part and part != ref.id]
        if wording is not None:
            # "IGO" means no country.
            parts = [wording(part) for part in dict.fromkeys(parts) if part != "IGO"]
        about = (" " if wording is None else ", ").join(parts)
        words.append(f"{ref.name} ({about})" if about and about != ref.name else ref.name)
    return ", ".join(words)


def sentence_of(event: Event, wording: Wording | None = None) -> str:
    """Return an event as one plain line: actor, type, recipient, source and modality."""
    said = f", according to {names_of(event.speaker, wording)}" if event.speaker else ""
    to = f" toward {names_of(event.recipients, wording)}" if event.recipients else ""
    what = event.event_type.lower() + (f" ({event.event_mode.replace('_', ' ')})" if event.event_mode else "")
    return f"{names_of(event.actors, wording) or 'somebody'}: {what}{to}{said}; {firmness_of(event)}"


def firmness_of(event: Event) -> str:
    """Return how firmly an event is asserted."""
    negated = "not done" if event.polarity == "negative" else ""
    inside = "inside an if" if event.conditional else ""
    verbatim = "verbatim" if event.quoted else ""
    return ", ".join(part for part in (event.factuality, event.tense, negated, inside, verbatim) if part)


def days_of(event: Event) -> str:
    """Return the day or days of an event, and its narrative status if not current; else an empty string."""
    told = f"reported as {event.told_as}" if event.told_as != "current" else ""
    date = event.event_date
    if date is None:
        return told
    start, end = date.start.isoformat(), date.end.isoformat()
    days = start if start == end else f"{start} to {end}"
    return f"{days}, {told}" if told else days


def amounts_of(event: Event) -> str:
    """Return the amounts of an event in words."""
    return "; ".join(f"{a.value:,.10g} {a.of or a.unit}" for a in event.amounts)


def place_of(event: Event, wording: Wording | None = None) -> str:
    """Return the place of an event, with its precision unless it is an exact location."""
    place = event.place
    if place is None:
        return ""
    grades = {
        "town": "by it or in its district",
        "region": "somewhere in the region",
        "country": "in the country",
    }
    country = wording(place.country) if wording and place.country else place.country
    if place.name == country:
        country = None
    comma = "," if wording and country else ""
    words = f"{place.name}{comma} {country or ''}".strip()
    return f"{words} ({grades[place.precision]})" if place.precision in grades else words


def fields_of(event: Event, wording: Wording | None = None) -> list[tuple[str, str, str]]:
    """Return the nonempty fields of an event as (field, label, words)."""
    place = place_of(event, wording)
    scores = [f"{signed(event.intensity)} ({event.intensity_scale})"]
    if event.cameo:
        scores.append(f"CAMEO {event.cameo}")
    if event.goldstein is not None:
        scores.append(f"Goldstein {signed(event.goldstein)}")
    rows = [
        ("actors", "who", names_of(event.actors, wording)),
        ("trigger", "what", event.event_type + (f" / {event.event_mode}" if event.event_mode else "")),
        ("recipients", "toward whom", names_of(event.recipients, wording)),
        ("speaker", "according to", names_of(event.speaker, wording) or "the publisher"),
        ("cue", "in the word", event.cue.text if event.cue else ""),
        ("trigger", "how firmly", firmness_of(event)),
        ("issue", "about", event.issue.text if event.issue else ""),
        ("amounts", "how much", amounts_of(event)),
        ("date", "when", days_of(event)),
        ("place", "where", place),
        ("condition", "if", event.condition.text if event.condition else ""),
        ("consequence", "then", event.consequence.text if event.consequence else ""),
        ("evidence", "contexts", ", ".join(event.contexts).replace("_", " ")),
        ("evidence", "intensity", ", ".join(scores)),
        ("trigger", "rule", rule_of(event)),
    ]
    return [(field, label, words) for field, label, words in rows if words]


def rule_of(event: Event) -> str:
    """Return the rule that found an event and its confidence, in words."""
    by = _FINDERS[event.carried_by]
    return f"{event.rule}, confidence {event.confidence:.2f}, found by {by}"


def signed(value: float, digits: int | None = None) -> str:
    """Return a number with its sign, a minus instead of a hyphen; zero without digits has none."""
    if digits is None:
        return f"{value:+g}".replace("-", "−") if value else "0"
    return f"{value:+.{digits}f}".replace("-", "−")


def shorten(text: str, limit: int = 90) -> str:
    """Return text on one line, truncated with an ellipsis if it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def mark_paragraphs(
    text: str,
    events: Sequence[Event],
    attributions: Sequence[Attribution],
    wording: Wording | None = None,
) -> list[Paragraph]:
    """Split a report into paragraphs with marked events and marginal notes on statements.

    The text is split at every edge of a mark, so that overlapping marks need no nesting; each piece has its
    start offset. Every character of the report is in exactly one piece.
    """
    edges = {0, len(text)}
    for event in events:
        for _, start, end in spans_of(event):
            edges.update((start, end))
    for attribution in attributions:
        for start, end in attribution.content:
            edges.update((start, end))
        for span in (attribution.cue, attribution.speaker_span):
            if span is not None:
                edges.update((span.start, span.end))
    ends = _BLANK.search(text) is not None
    gaps = [match.span() for match in (_BLANK if ends else _BREAK).finditer(text)]
    for gap in gaps:
        edges.update(gap)
    starts = dict(gaps)
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    triggers = {event.trigger.start: n for n, event in reversed(list(enumerate(events)))}
    clauses = sorted((event.evidence.start, event.evidence.end) for event in events)
    paragraphs: list[Paragraph] = []
    pieces: list[str] = []
    notes = _notes(text, attributions)
    begin = 0
    inside_gap = 0
    for start, end in itertools.pairwise(cuts):
        inside_gap = max(inside_gap, starts.get(start, 0))
        if end <= inside_gap and start not in triggers:
            pieces.append(f'<span data-at="{start}" class="gap">{visible(text[start:end])}</span>')
        else:
            pieces.append(_piece(text, start, end, events, triggers, clauses, wording))
        if end == inside_gap and text[begin:end].strip():
            paragraphs.append(_paragraph(pieces, notes, begin, end))
            pieces, begin = [], end
    if pieces:
        paragraphs.append(_paragraph(pieces, notes, begin, len(text) + 1))
    return paragraphs


def _piece(
    text: str,
    start: int,
    end: int,
    events: Sequence[Event],
    triggers: dict[int, int],
    clauses: Sequence[tuple[int, int]],
    wording: Wording | None,
) -> str:
    words = visible(text[start:end])
    if start in triggers:
        number = triggers[start]
        event = events[number]
        label = attribute(f"{text[start:end]}: {sentence_of(event, wording)}")
        return (
            f'<button type="button" class="mark {event.quad_class}" data-event="{number}" data-at="{start}"'
            f' aria-pressed="false" aria-label="{label}">{words}</button>'
        )
    held = any(low <= start and end <= high for low, high in clauses)
    return f'<span data-at="{start}"{" class=clause" if held else ""}>{words}</span>'


def _paragraph(pieces: list[str], notes: Sequence[Note], begin: int, end: int) -> Paragraph:
    here = tuple(note for note in notes if note.spans and begin <= note.spans[0][0] < end)
    # All of it is our own text or was escaped by `visible`.
    return Paragraph(Markup("".join(pieces)), here)  # noqa: S704


def _notes(text: str, attributions: Sequence[Attribution]) -> list[Note]:
    notes = []
    for number, attribution in enumerate(attributions):
        span, ref = attribution.speaker_span, attribution.speaker
        name = ref.name if ref else span.text if span else "somebody"
        depth, inner = 0, attribution.nested_in
        while inner is not None and depth < 4 and inner < len(attributions):
            depth, inner = depth + 1, attributions[inner].nested_in
        spans = tuple((start, end) for start, end in attribution.content if text[start:end].strip())
        cue = attribution.cue.text if attribution.cue else ""
        notes.append(Note(number, shorten(name, 44), shorten(cue, 30), attribution.quoted, depth, spans))
    return notes
