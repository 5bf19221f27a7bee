"""Who says so: from the attributions of a report to the speaker and the cue of each event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.model.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.coding.attribution import FoundAttribution
    from dragoman.coding.participants import Parties
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so, with which word; empty when only the publisher does."""

    speaker: tuple[ActorRef, ...] = ()
    cue: Span | None = None
    reason: str | None = None


class Sayings:
    """The attributions of one document, asked by word."""

    def __init__(
        self, annotated: AnnotatedDocument, attributions: Sequence[FoundAttribution], parties: Parties
    ) -> None:
        self._annotated = annotated
        self._attributions = attributions
        self._parties = parties
        self._covering_at: dict[int, list[FoundAttribution]] = {}

    def _covering(self, token: Token) -> list[FoundAttribution]:
        """Attributions whose content holds a word, innermost first; never one whose cue it is."""
        if token.i not in self._covering_at:
            self._covering_at[token.i] = self._find_covering(token)
        return self._covering_at[token.i]

    def _find_covering(self, token: Token) -> list[FoundAttribution]:
        start, end = token.idx, token.idx + len(token)
        found = [
            a
            for a in self._attributions
            if any(s <= start and end <= e for s, e in a.content)
            and not (a.cue_token is not None and a.cue_token.i == token.i)
        ]
        return sorted(found, key=lambda a: sum(e - s for s, e in a.content))

    def of(self, token: Token, actors: tuple[ActorRef, ...] = ()) -> Said:
        """Return the nearest known speaker; one who only speaks of own acts gives way to a reporter."""
        reason, own = None, None
        doers = {ref.id for ref in actors}
        for attribution in self._covering(token):
            speaker = self._speaker(attribution)
            cue = span_at(self._annotated, *attribution.cue_span) if attribution.cue_span else None
            if speaker and not {ref.id for ref in speaker} <= doers:
                return Said(speaker, cue)
            if speaker:
                own = own or Said(speaker, cue)
            reason = "speaker not known"
        return own or Said(reason=reason or "only the publisher says so")

    def _speaker(self, attribution: FoundAttribution) -> tuple[ActorRef, ...]:
        head = attribution.speaker_head
        if head is None:
            return ()
        refs: dict[str, ActorRef] = {}
        for token in (head, *[c for c in head.children if c.dep_ == "conj"]):
            for ref in self._parties.at(token, loose=False):
                refs.setdefault(ref.id, ref)
        return tuple(refs.values())

    def cue_token(self, token: Token) -> Token | None:
        """Return the reporting word above a word, if any."""
        return next((a.cue_token for a in self._covering(token) if a.cue_token is not None), None)

    def all(self) -> Iterator[Attribution]:
        """Yield every attribution of the document, with its speaker resolved where that can be."""
        for found in self._attributions:
            speaker = self._speaker(found)
            yield Attribution(
                speaker=speaker[0] if speaker else None,
                speaker_span=span_at(self._annotated, *found.speaker_span) if found.speaker_span else None,
                cue=span_at(self._annotated, *found.cue_span) if found.cue_span else None,
                content=tuple(found.content),
                quoted=found.quoted,
                nested_in=found.nested_in,
            )


def span_at(annotated: AnnotatedDocument, start: int, end: int) -> Span:
    """Return a span with its words."""
    return Span(start, end, annotated.text_of(start, end))
