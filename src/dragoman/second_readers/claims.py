"""What a language model is asked to answer: events with words of the paragraph, as a JSON schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from dragoman.knowledge.codebook import Codebook

# A paragraph that reports more than this is not read but made up.
MOST_EVENTS = 40


class ClaimedEvent(msgspec.Struct, kw_only=True):
    """One event as a model claims it; every string but type and mode is copied from the paragraph."""

    type: str
    mode: str | None = None
    trigger: str
    evidence: str
    actors: list[str] = []
    recipients: list[str] = []


class Answer(msgspec.Struct, kw_only=True):
    """All events of one paragraph."""

    events: list[ClaimedEvent]


def answer_schema(book: Codebook) -> dict[str, Any]:
    """Return the JSON schema of an answer for a codebook: its types and modes, nothing else.

    In the form that structured output asks for: every key required, no further ones.
    """
    modes = sorted({mode for entry in book.types.values() for mode in entry.modes})
    words = {"type": "array", "items": {"type": "string"}}
    properties: dict[str, Any] = {
        "type": {"type": "string", "enum": list(book.types)},
        "mode": {"anyOf": [{"type": "string", "enum": modes}, {"type": "null"}]},
        "trigger": {"type": "string"},
        "evidence": {"type": "string"},
        "actors": words,
        "recipients": words,
    }
    event = {
        "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip
    return {
        "type": "object", "properties": {"events": {"type": "array", "items": event}},
        "required": ["events"], "additionalProperties": False,
    }  # fmt: skip
