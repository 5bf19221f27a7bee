"""Mentions of a party: the span of its noun phrase, and the party as it is named there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.model.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dragoman.knowledge.actors import NameMatch
    from dragoman.language.annotated import AnnotatedDocument


def phrase_span(head: Token) -> tuple[int, int]:
    """Return the characters from the first modifier of a noun to the noun itself."""
    lefts = [t for t in head.lefts if t.dep_ not in ("det", "punct", "predet", "cc", "advmod", "mark")]
    first = min((t.left_edge for t in lefts), key=lambda t: t.i, default=head)
    return first.idx, head.idx + len(head.text)


def seen_at(ref: ActorRef, text: str, start: int, end: int) -> ActorRef:
    """Return a party with the span of another mention in the text."""
    return ActorRef(
        id=ref.id, name=ref.name, kind=ref.kind, country=ref.country, sector=ref.sector,
        text=text, start=start, end=end,
    )  # fmt: skip


def seen_in_phrase(
    refs: Iterable[ActorRef], head: Token, annotated: AnnotatedDocument
) -> tuple[ActorRef, ...]:
    """Return parties with the span of the phrase of a noun that denotes them."""
    start, end = phrase_span(head)
    text = annotated.text_of(start, end)
    return tuple(seen_at(ref, text, start, end) for ref in refs)


def ref_of_match(match: NameMatch) -> ActorRef:
    """Return the party denoted by a name in the tables."""
    return ActorRef(
        id=match.id, name=match.name, kind=match.kind, country=match.country, sector=match.sector,
        text=match.text, start=match.start, end=match.end,
    )  # fmt: skip
