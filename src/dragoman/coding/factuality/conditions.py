"""The condition that an event depends on or is part of, and its consequence, in the report's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.factuality.cues import clause_opening
from dragoman.model.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.knowledge.modality import ModalityLexicon
    from dragoman.language.annotated import AnnotatedDocument

# Maximum number of characters shown of a clause.
_LIMIT = 300


class Condition(NamedTuple):
    """The words of a condition and of its consequence."""

    condition: Span | None = None
    consequence: Span | None = None


def condition_of(trigger: Token, annotated: AnnotatedDocument, *, lexicon: ModalityLexicon) -> Condition:
    """Return the conditional clause of an event, with its consequence; empty when there is none.

    Args:
        trigger: The word that carries the event.
        annotated: Its document.
        lexicon: Contains the words that introduce a condition.
    """
    for node in _upwards(trigger):
        if node.dep_ == "advcl" and node.head != node and clause_opening(node, lexicon) == "conditional":
            return Condition(
                _span(_members(node), annotated), _span(_members(node.head, without=node), annotated)
            )
    for node in (*_governing(trigger), *_governed(trigger)):
        for child in node.children:
            if child.dep_ == "advcl" and clause_opening(child, lexicon) == "conditional":
                return Condition(
                    _span(_members(child), annotated), _span(_members(node, without=child), annotated)
                )
    return Condition()


def _upwards(token: Token) -> Iterator[Token]:
    yield token
    while token.head != token:
        token = token.head
        yield token


def _governing(trigger: Token) -> Iterator[Token]:
    """Yield the trigger and its governors, as far as a single condition can apply to them."""
    node = trigger
    yield node
    while node.head != node and node.dep_ in (
        "xcomp",
        "ccomp",
        "acl",
        "conj",
        "dobj",
        "pobj",
        "prep",
        "acomp",
    ):
        node = node.head
        yield node


def _governed(trigger: Token) -> Iterator[Token]:
    """Yield the content of a warning or promise: the condition may be attached there."""
    for child in trigger.children:
        if child.dep_ in ("xcomp", "ccomp", "acl"):
            yield child


def _members(node: Token, *, without: Token | None = None) -> list[Token]:
    """Return the words of a clause without an embedded clause and the words that only follow that one."""
    left_out = {t.i for t in without.subtree} if without is not None else set()
    later = {
        t.i
        for c in node.children
        if without is not None and c.dep_ == "advcl" and c != without and c.i > node.i
        for t in c.subtree
    }
    members = [t for t in node.subtree if t.i not in left_out and t.i not in later]
    if without is not None and without.i < node.i:
        members = [t for t in members if t.i > without.i]
    return members


def _span(members: list[Token], annotated: AnnotatedDocument) -> Span | None:
    """Return the words from the first to the last member, without punctuation at the edges."""
    kept = list(members)
    while kept and (kept[0].is_punct or kept[0].is_space or kept[0].dep_ == "cc"):
        kept.pop(0)
    while kept and (kept[-1].is_punct or kept[-1].is_space):
        kept.pop()
    if not kept:
        return None
    start = kept[0].idx
    inside = [t for t in kept if t.idx + len(t.text) - start <= _LIMIT]
    end = inside[-1].idx + len(inside[-1].text)
    return Span(start, end, annotated.text_of(start, end))
