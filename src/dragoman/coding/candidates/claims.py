"""Event candidates from the claims of another reader, located by character offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.model.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.coding.parties.resolver import Parties
    from dragoman.knowledge.actors import ActorBook
    from dragoman.language.annotated import AnnotatedDocument

CharacterSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that a text reports an event; all spans are character offsets in the text."""

    event_type: str
    mode: str | None
    trigger: CharacterSpan
    actors: tuple[CharacterSpan, ...] = ()
    recipients: tuple[CharacterSpan, ...] = ()
    source: str = "claim"


def candidate_of(
    claim: Claim, annotated: AnnotatedDocument, *, parties: Parties, actors: ActorBook
) -> EventCandidate | None:
    """Return a claim as a candidate with resolved parties; None if there is no word at its trigger."""
    words = annotated.doc.char_span(*claim.trigger, alignment_mode="expand")
    if words is None:
        return None

    def refs(spans: Iterable[CharacterSpan]) -> tuple[ActorRef, ...]:
        found: dict[str, ActorRef] = {}
        for span in spans:
            for ref in party_at(span, annotated, parties=parties, actors=actors):
                found.setdefault(ref.id, ref)
        return tuple(found.values())

    doers, receivers = refs(claim.actors), refs(claim.recipients)
    ids = {ref.id for ref in doers}
    return EventCandidate(
        event_type=claim.event_type, mode=claim.mode, rule=claim.source, trigger=words.root, actors=doers,
        recipients=tuple(ref for ref in receivers if ref.id not in ids),
    )  # fmt: skip


def party_at(
    span: CharacterSpan, annotated: AnnotatedDocument, *, parties: Parties, actors: ActorBook
) -> tuple[ActorRef, ...]:
    """Return the parties at a character span: resolved in the report, or else by the words alone."""
    words = annotated.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return ()
    refs = parties.resolve(words.root)
    if refs:
        return refs
    text = annotated.text_of(*span)
    found = actors.resolve(text, on=annotated.document.published_on)
    if found is None:
        return ()
    return (
        ActorRef(
            id=found.id, name=found.name, kind=found.kind, country=found.country, sector=found.sector,
            text=text, start=span[0], end=span[1],
        ),
    )  # fmt: skip
