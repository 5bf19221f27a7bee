"""The speaker and the cue of each event, from the attributions of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.attribution.content_index import speaker_heads_of
from dragoman.model.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.coding.attribution.content_index import ContentIndex
    from dragoman.coding.attribution.extraction import FoundAttribution
    from dragoman.coding.parties.resolver import Parties
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef


@dataclass(frozen=True, slots=True)
class AttributedSpan:
    """Who says so, with which word; empty when only the publisher does."""

    speaker: tuple[ActorRef, ...] = ()
    cue: Span | None = None
    reason: str | None = None


class SpeakerIndex:
    """The resolved speakers of one document, looked up by a word of what they say."""

    def __init__(self, annotated: AnnotatedDocument, contents: ContentIndex, parties: Parties) -> None:
        self._annotated = annotated
        self._contents = contents
        self._parties = parties
        # Asked at every verb of what somebody says; attributions are kept by `contents`, so their ids stay.
        self._speakers: dict[int, tuple[ActorRef, ...]] = {}

    def of(self, token: Token, actors: tuple[ActorRef, ...] = ()) -> AttributedSpan:
        """Return the nearest known speaker; one who only speaks of own acts gives way to a reporter."""
        reason, own = None, None
        doers = {ref.id for ref in actors}
        for attribution in self._contents.covering(token):
            speaker = self._speaker(attribution)
            cue = span_at(self._annotated, *attribution.cue_span) if attribution.cue_span else None
            if speaker and not {ref.id for ref in speaker} <= doers:
                return AttributedSpan(speaker, cue)
            if speaker:
                own = own or AttributedSpan(speaker, cue)
            reason = "speaker not known"
        return own or AttributedSpan(reason=reason or "only the publisher says so")

    def _speaker(self, attribution: FoundAttribution) -> tuple[ActorRef, ...]:
        key = id(attribution)
        if key not in self._speakers:
            self._speakers[key] = self._parties.resolve_together(speaker_heads_of(attribution))
        return self._speakers[key]

    def speaker_of(self, token: Token) -> tuple[ActorRef, ...]:
        """Return the nearest known speaker alone."""
        speakers = map(self._speaker, self._contents.covering(token))
        return next((speaker for speaker in speakers if speaker), ())

    def cue_token(self, token: Token) -> Token | None:
        """Return the reporting word above a word, if any."""
        return next((a.cue_token for a in self._contents.covering(token) if a.cue_token is not None), None)

    def all(self) -> Iterator[Attribution]:
        """Yield every attribution of the document, with its speaker resolved where that can be."""
        for found in self._contents.attributions:
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
