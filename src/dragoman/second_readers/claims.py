"""Answer format of a language model: events with words of the paragraph, as a JSON schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from dragoman.knowledge.codebook import Codebook

# Maximum number of events of a paragraph; more indicate an invented answer.
MOST_EVENTS = 40


class ClaimedEvent(msgspec.Struct, kw_only=True):
    """One event claimed by a model; all strings except type and mode are copied from the paragraph."""

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
    """Return the JSON schema of an answer, restricted to the types and modes of a codebook.

    In the form required for structured output: all keys required, no additional ones.
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
