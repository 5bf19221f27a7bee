"""A possible attribution, before it is decided whether it is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.attribution.spans import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible cue with its speaker's head and its content.

    Attributes:
        cue: The word that may express saying, thinking or wanting.
        frame: How the content depends on the cue.
        speaker: The head of the speaker; None when no speaker is named.
        content: The character spans of what is said.
        cue_span: The character span of the cue.
        extent: How much of the clause the content covers, if there is a choice: empty for all dependents of
            its head, `core` for a noun without what follows it, `rest` for the whole sentence.
    """

    cue: Token
    frame: str
    speaker: Token | None
    content: tuple[Span, ...]
    cue_span: Span
    extent: str = ""
