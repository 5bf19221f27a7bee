"""Events as W3C Web Annotations: each field refers to its words by position and by quotation.

The context is only an address in the file; it is never fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.model.documents import Document
    from dragoman.model.records import Event
    from dragoman.record.answers import StoredEvent

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Characters before and after a quotation that locate it after the text has moved.
_AROUND = 32


def annotate_events(
    events: Iterable[StoredEvent], *, document: Callable[[str], Document]
) -> Iterator[dict[str, object]]:
    """Yield one annotation for each event: its fields as bodies, their words as targets.

    Args:
        events: The events.
        document: Returns the report with an id.
    """
    last: Document | None = None
    for stored in events:
        if last is None or last.id != stored.document_id:
            last = document(stored.document_id)
        yield _annotation(stored.event, last)


def _annotation(event: Event, document: Document) -> dict[str, object]:
    source = document.url if (document.url or "").startswith(("http://", "https://")) else None
    kind = f"{event.event_type}/{event.event_mode}" if event.event_mode else event.event_type
    parties = [("actor", ref) for ref in event.actors] + [("recipient", ref) for ref in event.recipients]
    parties += [("speaker", ref) for ref in event.speaker]
    spans = [("evidence", event.evidence.start, event.evidence.end)]
    spans += [("trigger", event.trigger.start, event.trigger.end)]
    spans += [(part, ref.start, ref.end) for part, ref in parties]
    return {
        "id": f"urn:dragoman:event:{event.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": kind},
            {"type": "TextualBody", "purpose": "classifying", "value": event.factuality},
            *(
                {"type": "SpecificResource", "purpose": "identifying", "role": part, "name": ref.name,
                 "source": f"urn:dragoman:actor:{ref.id}"}
                for part, ref in parties
            ),
        ],
        "target": [
            {
                "type": "SpecificResource",
                "source": source or f"urn:dragoman:document:{document.id}",
                "role": part,
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    _quotation(document.text, start, end),
                ],
            }
            for part, start, end in spans
        ],
    }  # fmt: skip


def _quotation(text: str, start: int, end: int) -> dict[str, object]:
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
