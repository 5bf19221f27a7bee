"""Reports and events as HTML for notebooks: a report with its events marked, events as a table.

Uses only the standard library and no style sheet, which notebooks remove. All text of a report is escaped.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.model.escaping import attribute, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.model.documents import Document
    from dragoman.model.records import ActorRef, Event

# Maximum number of rows of a table; the total is stated below it.
MOST_ROWS = 50
# Maximum number of characters of a report that are shown.
_MOST_TEXT = 20_000
_COLORS = {
    "verbal_cooperation": "#cfe8f3",
    "material_cooperation": "#a9d6b8",
    "verbal_conflict": "#fbe3b5",
    "material_conflict": "#f5b7ab",
}
_HEADINGS = ("day", "actors", "event", "recipients", "according to", "factuality", "probability", "evidence")
_CELL = "text-align:left;vertical-align:top;padding:2px 8px"


def events_html(events: Sequence[Event], *, total: int | None = None) -> str:
    """Return a table of events.

    Args:
        events: The events; the first 50 are shown.
        total: The total number of events, if not all are given.
    """
    count = len(events) if total is None else total
    head = "".join(f'<th style="{_CELL}">{name}</th>' for name in _HEADINGS)
    rows = "".join(_row(event) for event in events[:MOST_ROWS])
    more = f"{min(count, MOST_ROWS)} of {count} events" if count > MOST_ROWS else f"{count} events"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{more}</p>"


def document_html(document: Document, events: Sequence[Event] = ()) -> str:
    """Return a report with the triggers of its events marked in the colour of their quad class."""
    facts = (document.published_on, document.publisher, document.url)
    told = " · ".join(visible(str(fact)) for fact in facts if fact)
    cut = len(document.text) > _MOST_TEXT
    rest = f"<p>... {len(document.text) - _MOST_TEXT} characters more</p>" if cut else ""
    return (
        f"<div><h4>{visible(document.title or document.id)}</h4><p>{told}</p>"
        f'<p style="white-space:pre-wrap">{_marked(document.text[:_MOST_TEXT], events)}</p>{rest}</div>'
    )


def say(event: Event) -> str:
    """Return a one-line plain-text summary of an event."""
    kind = f"{event.event_type}/{event.event_mode}" if event.event_mode else event.event_type
    parts = [_names(event.actors) or "?", kind, _names(event.recipients)]
    if event.speaker:
        parts.append(f"(according to {_names(event.speaker)})")
    return " ".join(part for part in parts if part) + f" · {_firmly(event)}"


def _marked(text: str, events: Iterable[Event]) -> str:
    """Mark triggers; of overlapping ones only the first is marked."""
    pieces, done = [], 0
    for (start, end), group in itertools.groupby(
        sorted(events, key=lambda e: (e.trigger.start, e.trigger.end)),
        key=lambda e: (e.trigger.start, e.trigger.end),
    ):
        told = list(group)
        if start < done or end > len(text):
            continue
        title = attribute("; ".join(say(event) for event in told))
        color = _COLORS.get(told[0].quad_class, "#ddd")
        pieces.append(visible(text[done:start]))
        pieces.append(
            f'<mark style="background:{color};color:#111" title="{title}">{visible(text[start:end])}</mark>'
        )
        done = end
    return "".join((*pieces, visible(text[done:])))


def _row(event: Event) -> str:
    kind = f"{event.event_type} / {event.event_mode}" if event.event_mode else event.event_type
    color = _COLORS.get(event.quad_class, "#ddd")
    day = str(event.event_date.start) if event.event_date else ""
    cells = (
        day, _names(event.actors), kind, _names(event.recipients), _names(event.speaker), _firmly(event),
        f"{event.confidence:.2f}", event.evidence.text,
    )  # fmt: skip
    styles = (f"{_CELL};background:{color};color:#111" if cell is kind else _CELL for cell in cells)
    return "<tr>" + "".join(
        f'<td style="{style}">{visible(cell)}</td>' for style, cell in zip(styles, cells, strict=True)
    ) + "</tr>"  # fmt: skip


def _names(refs: Iterable[ActorRef]) -> str:
    return ", ".join(ref.name for ref in refs)


def _firmly(event: Event) -> str:
    denied = "not " if event.polarity == "negative" else ""
    return f"{denied}{event.factuality}{', if' if event.conditional else ''}"


class EventTable(tuple["Event", ...]):
    """Events displayed as a table in notebooks: `EventTable(coded.events)`."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return events_html(self)
