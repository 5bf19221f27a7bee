"""Which attributions a word is the content of, and the nouns that name their speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.coding.attribution.extraction import FoundAttribution


class ContentIndex:
    """The attributions of one document, looked up by a word of their content.

    It gives speakers as words only, so that it can be built before any party is resolved.
    """

    def __init__(self, attributions: Sequence[FoundAttribution] = ()) -> None:
        self.attributions = attributions
        self._covering_at: dict[int, list[FoundAttribution]] = {}

    def covering(self, token: Token) -> list[FoundAttribution]:
        """Return the attributions whose content holds a word, innermost first; never one whose cue it is."""
        if token.i not in self._covering_at:
            self._covering_at[token.i] = self._find_covering(token)
        return self._covering_at[token.i]

    def _find_covering(self, token: Token) -> list[FoundAttribution]:
        start, end = token.idx, token.idx + len(token)
        found = [
            a
            for a in self.attributions
            if any(s <= start and end <= e for s, e in a.content)
            and not (a.cue_token is not None and a.cue_token.i == token.i)
        ]
        return sorted(found, key=lambda a: sum(e - s for s, e in a.content))

    def speaker_heads(self, token: Token) -> Iterator[list[Token]]:
        """Yield the noun heads of the speaker of each attribution around a word, innermost first."""
        return (speaker_heads_of(found) for found in self.covering(token))


def speaker_heads_of(attribution: FoundAttribution) -> list[Token]:
    """Return the noun heads that name the speaker of an attribution; empty when nobody is named."""
    head = attribution.speaker_head
    return [] if head is None else [head, *[c for c in head.children if c.dep_ == "conj"]]
