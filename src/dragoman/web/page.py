"""Report as a single HTML page: events marked in the text, each field with its evidence.

The page is self-contained and makes no requests; its content security policy forbids them. Reports are
untrusted input: all their text is escaped, the data is embedded as JSON that cannot close its own element,
and characters that change the writing direction are shown as visible codes.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.model.escaping import attribute, policy_hash, script_json, visible
from dragoman.web.marks import (
    amounts_of,
    days_of,
    firmness_of,
    names_of,
    rule_of,
    sentence_of,
    shorten,
    spans_of,
)

if TYPE_CHECKING:
    from dragoman.model.records import CodedDocument, Event

_STATIC = Path(__file__).parent / "static"


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
        policy=f"default-src 'none'; script-src {policy_hash(script)}; style-src {policy_hash(style)}",
        title=visible(title),
        facts=visible(" · ".join(fact for fact in facts if fact)),
        text=body,
        entries="\n".join(_entry(number, event) for number, event in enumerate(coded.events)),
        data=script_json({"events": [_fields(event) for event in coded.events]}),
        style=style,
        script=script,
    )


def _asset(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def _marked_text(coded: CodedDocument) -> str:
    """Split the text at every edge of a mark, so that overlapping marks need no nesting."""
    text = coded.document.text
    cuts = {0, len(text)}
    for event in coded.events:
        for _, start, end in spans_of(event):
            cuts.update((start, end))
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    pieces = []
    triggers = {event.trigger.start: n for n, event in reversed(list(enumerate(coded.events)))}
    for start, end in itertools.pairwise(edges):
        piece = visible(text[start:end])
        if start in triggers:
            event = coded.events[triggers[start]]
            label = attribute(sentence_of(event))
            pieces.append(
                f'<button type="button" class="mark {event.quad_class}" data-event="{triggers[start]}" '
                f'data-at="{start}" aria-label="{label}">{piece}</button>'
            )
        else:
            pieces.append(f'<span data-at="{start}">{piece}</span>')
    return "".join(pieces)


def _fields(event: Event) -> dict[str, Any]:
    return {"spans": [list(span) for span in spans_of(event)]}


def _entry(number: int, event: Event) -> str:
    kind = f"{event.event_type} / {event.event_mode}" if event.event_mode else event.event_type
    rows = [
        ("actors", "who", names_of(event.actors)),
        ("recipients", "toward whom", names_of(event.recipients)),
        ("speaker", "according to", names_of(event.speaker) or "the publisher"),
        ("trigger", "how firmly", firmness_of(event)),
        ("issue", "about", event.issue.text if event.issue else ""),
        ("amounts", "how much", amounts_of(event)),
        ("date", "when", days_of(event)),
        ("place", "where", f"{event.place.name} {event.place.country or ''}" if event.place else ""),
        ("evidence", "contexts", ", ".join(event.contexts)),
        ("trigger", "rule", rule_of(event)),
    ]
    cells = "".join(
        f'<div data-field="{field}"><dt>{name}</dt><dd>{visible(value)}</dd></div>'
        for field, name, value in rows
        if value
    )
    return (
        f'<li id="event-{number}" class="{event.quad_class}"><button type="button" data-event="{number}">'
        f"<b>{visible(kind)}</b> <span>{visible(shorten(event.evidence.text))}</span></button>"
        f"<dl>{cells}</dl></li>"
    )


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
<ul class="legend"><li class="verbal_cooperation">verbal cooperation</li><li
class="material_cooperation">material cooperation</li><li class="verbal_conflict">verbal conflict</li><li
class="material_conflict">material conflict</li></ul></header>
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
