"""Index from a word to the attributions whose content contains it, and to their speakers' nouns."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from dragoman.language.word_columns import word_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.attribution.extraction import FoundAttribution


class ContentIndex:
    """The attributions of one document, indexed by the words of their content.

    It gives speakers as words only, so that it can be built before any party is resolved.
    """

    def __init__(self, attributions: Sequence[FoundAttribution] = ()) -> None:
        self.attributions = attributions
        self._covering_at: dict[int, list[FoundAttribution]] | None = None

    def covering(self, token: Token) -> list[FoundAttribution]:
        """Return the attributions whose content contains a word (not as the cue), innermost first."""
        if self._covering_at is None:
            self._covering_at = self._by_word(token.doc)
        return self._covering_at.get(token.i) or []

    def _by_word(self, doc: Doc) -> dict[int, list[FoundAttribution]]:
        """Return for each attributed word the attributions around it, innermost first."""
        columns = word_columns(doc)
        starts, ends = columns.starts, columns.ends
        found: dict[int, list[FoundAttribution]] = {}
        for attribution in sorted(self.attributions, key=lambda a: sum(e - s for s, e in a.content)):
            cue = attribution.cue_token.i if attribution.cue_token is not None else -1
            inside = {
                word
                for start, end in attribution.content
                for word in range(bisect.bisect_left(starts, start), bisect.bisect_right(ends, end))
            }
            for word in inside - {cue}:
                found.setdefault(word, []).append(attribution)
        return found

    def speaker_heads(self, token: Token) -> Iterator[list[Token]]:
        """Yield the noun heads of the speaker of each attribution around a word, innermost first."""
        return (speaker_heads_of(found) for found in self.covering(token))


def speaker_heads_of(attribution: FoundAttribution) -> list[Token]:
    """Return the noun heads that name the speaker of an attribution; empty if none is named."""
    head = attribution.speaker_head
    return [] if head is None else [head, *[c for c in head.children if c.dep_ == "conj"]]
