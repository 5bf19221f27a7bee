"""One report as one HTML page: events as marks in the text, each field with the words it rests on.

The page holds everything it needs and asks for nothing. A report is hostile until shown otherwise: all its
text is escaped, the data travels as JSON that cannot close its own element, and characters that turn
writing around are shown as visible codes. A policy in the page forbids every request.
"""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.model.records import ActorRef, CodedDocument, Event

_STATIC = Path(__file__).parent / "static"
# Characters that change the direction of writing: shown, never obeyed.
_TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"


def render_page(coded: CodedDocument) -> str:
    """Return the page of one coded report."""
    script, style = _asset("page.js"), _asset("page.css")
    title = coded.document.title or coded.id
    facts = [
        str(coded.document.published_on or ""),
        coded.document.publisher or "",
        f"{len(coded.events)} events",
    ]
    body = _marked_text(coded)
    return _PAGE.format(
        policy=_policy(script, style),
        title=visible(title),
        facts=visible(" · ".join(fact for fact in facts if fact)),
        text=body,
        entries="\n".join(_entry(number, event) for number, event in enumerate(coded.events)),
        data=_json({"events": [_fields(event) for event in coded.events]}),
        style=style,
        script=script,
    )


def visible(text: str) -> str:
    """Escape text for HTML; direction controls become visible codes."""
    escaped = html.escape(text, quote=True)
    for char in _TURNING:
        escaped = escaped.replace(char, f'<span class="control">U+{ord(char):04X}</span>')
    return escaped.replace("\x00", "\ufffd")


def _asset(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def _policy(script: str, style: str) -> str:
    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")

    return f"default-src 'none'; script-src 'sha256-{digest(script)}'; style-src 'sha256-{digest(style)}'"


def _json(data: Any) -> str:
    """Write JSON that can stand in a script element: no "<", no line separators."""
    text = json.dumps(data, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _marked_text(coded: CodedDocument) -> str:
    """Cut the text at every edge of a mark, so that overlapping marks nest in nobody."""
    text = coded.document.text
    cuts = {0, len(text)}
    for event in coded.events:
        for _, start, end in _spans(event):
            cuts.update((start, end))
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    pieces = []
    triggers = {event.trigger.start: n for n, event in reversed(list(enumerate(coded.events)))}
    for start, end in itertools.pairwise(edges):
        piece = visible(text[start:end])
        if start in triggers:
            event = coded.events[triggers[start]]
            label = visible(_sentence(event))
            pieces.append(
                f'<button type="button" class="mark {event.quad_class}" data-event="{triggers[start]}" '
                f'data-at="{start}" aria-label="{label}">{piece}</button>'
            )
        else:
            pieces.append(f'<span data-at="{start}">{piece}</span>')
    return "".join(pieces)


def _spans(event: Event) -> Iterator[tuple[str, int, int]]:
    """Yield (field, start, end) of everything an event points at."""
    yield "evidence", event.evidence.start, event.evidence.end
    yield "trigger", event.trigger.start, event.trigger.end
    for field in ("actors", "recipients", "speaker"):
        for ref in getattr(event, field):
            yield field, ref.start, ref.end
    for amount in event.amounts:
        yield "amounts", amount.start, amount.end
    for field in ("cue", "issue", "place"):
        found = getattr(event, field)
        if found is not None:
            yield field, found.start, found.end
    date = event.event_date
    if date is not None and date.start_char is not None and date.end_char is not None:
        yield "date", date.start_char, date.end_char


def _fields(event: Event) -> dict[str, Any]:
    return {"spans": [list(span) for span in _spans(event)]}


def _names(parties: Iterable[ActorRef]) -> str:
    words = []
    for ref in parties:
        about = " ".join(part for part in (ref.country, ref.sector) if part and part != ref.id)
        words.append(f"{ref.name} ({about})" if about and about != ref.name else ref.name)
    return ", ".join(words)


def _sentence(event: Event) -> str:
    said = f", according to {_names(event.speaker)}" if event.speaker else ""
    to = f" toward {_names(event.recipients)}" if event.recipients else ""
    firmly = "if" if event.conditional else event.factuality
    return f"{_names(event.actors) or 'somebody'}: {event.event_type.lower()}{to}{said}; {firmly}"


def _entry(number: int, event: Event) -> str:
    kind = f"{event.event_type} / {event.event_mode}" if event.event_mode else event.event_type
    date = event.event_date
    rows = [
        ("actors", "who", _names(event.actors)),
        ("recipients", "toward whom", _names(event.recipients)),
        ("speaker", "according to", _names(event.speaker) or "the publisher"),
        ("trigger", "how firmly", _firmly(event)),
        ("issue", "about", event.issue.text if event.issue else ""),
        ("amounts", "how much", "; ".join(f"{a.value:,.10g} {a.of or a.unit}" for a in event.amounts)),
        ("date", "when", _when(date.start.isoformat(), date.end.isoformat()) if date else ""),
        ("place", "where", f"{event.place.name} {event.place.country or ''}" if event.place else ""),
        ("evidence", "contexts", ", ".join(event.contexts)),
        ("trigger", "rule", f"{event.rule}, confidence {event.confidence:.2f}"),
    ]
    cells = "".join(
        f'<div data-field="{field}"><dt>{name}</dt><dd>{visible(value)}</dd></div>'
        for field, name, value in rows
        if value
    )
    return (
        f'<li id="event-{number}" class="{event.quad_class}"><button type="button" data-event="{number}">'
        f"<b>{visible(kind)}</b> <span>{visible(_short(event.evidence.text))}</span></button>"
        f"<dl>{cells}</dl></li>"
    )


def _firmly(event: Event) -> str:
    marks = ("inside an if" if event.conditional else "", "verbatim" if event.quoted else "")
    parts = (event.factuality, event.tense, *marks)
    return ", ".join(part for part in parts if part)


def _when(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"


def _short(text: str, limit: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><p class="house">Dragoman</p><h1>{title}</h1><p class="facts">{facts}</p>
<ul class="legend"><li class="verbal_cooperation">words of cooperation</li><li
class="material_cooperation">deeds of cooperation</li><li class="verbal_conflict">words of conflict</li><li
class="material_conflict">deeds of conflict</li></ul></header>
<main>
<article id="report" aria-label="The report">{text}</article>
<aside aria-label="The events"><h2>The record</h2><p class="hint">Choose an event to see the words it rests
on. Keys: n next, p previous, Escape lets go.</p><ol id="events">{entries}</ol></aside>
</main>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""
