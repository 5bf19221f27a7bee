"""A possible attribution, before it is known to be one."""

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
        cue: The word that may express that somebody says, thinks or wants something.
        frame: How the content depends on the cue.
        speaker: The head of the speaker; None when no speaker is named.
        content: The characters of what is said.
        cue_span: The characters of the cue.
        extent: How much of the clause the content takes, where there is a choice: empty for all that depends
            on its head, `core` for a noun without what follows it, `rest` for the whole sentence.
    """

    cue: Token
    frame: str
    speaker: Token | None
    content: tuple[Span, ...]
    cue_span: Span
    extent: str = ""
