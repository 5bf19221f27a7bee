"""The speaker and the cue of each event, from the attributions of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dragoman.coding.attribution.content_index import speaker_heads_of
from dragoman.coding.attribution.extraction import LABEL
from dragoman.coding.syntax import noun_phrases
from dragoman.model.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.coding.attribution.content_index import ContentIndex
    from dragoman.coding.attribution.extraction import FoundAttribution
    from dragoman.coding.parties.resolver import Parties
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef


@dataclass(frozen=True, slots=True)
class AttributedSpan:
    """The speaker and the cue of a statement; empty if only the publisher makes it."""

    speaker: tuple[ActorRef, ...] = ()
    cue: Span | None = None
    reason: str | None = None


class SpeakerIndex:
    """The resolved speakers of one document, indexed by the words of their content."""

    def __init__(self, annotated: AnnotatedDocument, contents: ContentIndex, parties: Parties) -> None:
        self._annotated = annotated
        self._contents = contents
        self._parties = parties
        # Called at every verb of a content; attributions are kept alive by `contents`, so their ids are
        # stable.
        self._speakers: dict[int, tuple[ActorRef, ...]] = {}

    def of(self, token: Token, actors: tuple[ActorRef, ...] = ()) -> AttributedSpan:
        """Return the nearest known speaker, but a reporter rather than one who only speaks of own acts."""
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
        if own is None and (reason is None or not self._contents.covering(token)[0].speaker_head):
            own = self._published(token)
        return own or AttributedSpan(reason=reason or "only the publisher says so")

    def _published(self, token: Token) -> AttributedSpan | None:
        """Return the state that publishes a statement as the speaker of what is in the first person in it."""
        refs = self._parties.publisher_refs
        if not refs or not any(map(noun_phrases.is_first_person, token.sent)):
            return None
        return AttributedSpan(refs)

    def _speaker(self, attribution: FoundAttribution) -> tuple[ActorRef, ...]:
        key = id(attribution)
        if key not in self._speakers:
            self._speakers[key] = self._found_speaker(attribution)
        return self._speakers[key]

    def speaker_of(self, token: Token) -> tuple[ActorRef, ...]:
        """Return only the nearest known speaker."""
        speakers = map(self._speaker, self._contents.covering(token))
        return next((speaker for speaker in speakers if speaker), ())

    def _found_speaker(self, attribution: FoundAttribution) -> tuple[ActorRef, ...]:
        heads = speaker_heads_of(attribution)
        refs = self._parties.resolve_together(heads)
        if attribution.cue_class == LABEL:
            # "Bree: Mordor attacked" is a headline with a place; a turn of a transcript has a speaker.
            return self._labelled(attribution, refs)
        return tuple(self._with_country(ref, heads) for ref in refs)

    def _labelled(self, attribution: FoundAttribution, refs: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """Return the person named by the label of a turn; capitals hide a name: *PRESIDENT MACRON*."""
        known = tuple(ref for ref in refs if ref.kind != "state")
        if any(ref.country for ref in known) or attribution.speaker_span is None:
            return known
        return self._parties.named_in_capitals(*attribution.speaker_span) or known

    def _with_country(self, ref: ActorRef, heads: Sequence[Token]) -> ActorRef:
        """Give an unknown person the country of the titles or appositions in the phrase.

        *Arnor's health minister **Ioreth Ivorwen***; *a spokesman for Faramir*.
        """
        if ref.country is not None or ref.kind not in ("person", "group"):
            return ref
        for head in heads:
            for word in _beside(head):
                for owner in self._parties.resolve(word, include_possessors=False):
                    if owner.country is not None:
                        return replace(ref, country=owner.country, sector=ref.sector or owner.sector)
        publisher = self._parties.publisher_country
        return replace(ref, country=publisher) if publisher else ref

    def is_vouched_for(self, token: Token, actors: tuple[ActorRef, ...] = ()) -> bool:
        """Return True for the report's own words and those of somebody with a name: not of *analysts*."""
        attributions = self._contents.covering(token)
        said = self.of(token, actors)
        if said.speaker:
            return any(ref.kind != "group" or ref.country is not None for ref in said.speaker)
        heads = [found.speaker_head for found in attributions]
        return not heads or any(head is not None and head.pos_ == "PROPN" for head in heads)

    def cue_token(self, token: Token) -> Token | None:
        """Return the reporting word above a word, if any."""
        return next((a.cue_token for a in self._contents.covering(token) if a.cue_token is not None), None)

    def all(self) -> Iterator[Attribution]:
        """Yield every attribution of the document, with its speaker resolved if possible."""
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


def _beside(head: Token) -> Iterator[Token]:
    """Yield what else describes a speaker: a title, an apposition, the party the speaker represents."""
    for child in head.children:
        if child.dep_ in ("compound", "appos", "nmod") and child.pos_ in ("NOUN", "PROPN"):
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("for", "of", "with"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield noun
                    yield from noun_phrases.modifiers(noun)
    if head.dep_ == "appos":
        yield head.head


def span_at(annotated: AnnotatedDocument, start: int, end: int) -> Span:
    """Return a span with its text."""
    return Span(start, end, annotated.text_of(start, end))
