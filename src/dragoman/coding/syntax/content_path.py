"""The path from a word up through governors with it as content: claims that, films in which, failed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.subordination import stands_alone
from dragoman.coding.syntax.verb_phrases import PASSIVE_SUBJECT_LABELS, SUBJECT_LABELS, children_labelled
from dragoman.knowledge.wordlists import is_function_word, is_gate_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_SUBJECTS = SUBJECT_LABELS | PASSIVE_SUBJECT_LABELS
_LONGEST = 24


def content_path(token: Token) -> Iterator[tuple[Token, Token]]:
    """Yield each word on the path with its governor, as long as it is part of the governor's content.

    An adjunct clause ends the path: a clause of time or reason, a relative clause about a person, a clause
    conjoined by *and* that has a subject of its own. No path is longer than 24 words, more than any that
    a reader could follow; the chains of malformed text have hundreds.
    """
    node = token
    for _ in range(_LONGEST):
        if node.head == node:
            return
        head = node.head
        if node.dep_ == "conj":
            # The modality of the first conjunct need not apply to it; that of their common governor may.
            if _has_subject(node) and head.dep_ == "ROOT":
                return
            node = head
            continue
        if node.dep_ == "parataxis" or stands_alone(node):
            return
        if node.dep_ == "advcl" and _has_subject(node):
            return
        # "The picture that shows how ...": the clause is its content.
        tells = node != token and is_gate_word(node.lemma_.lower(), "telling")
        if node.dep_ == "relcl" and not (tells or is_content_clause(node) or opens_inside(node)):
            return
        yield node, head
        node = head


def is_content_clause(clause: Token) -> bool:
    """Return True if a clause is the content of a noun, although parsed as a relative clause."""
    subjects = children_labelled(clause, _SUBJECTS)
    that = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
    if that is None or not subjects or any(is_function_word(s.lower_, "relatives") for s in subjects):
        return False
    return that.dep_ not in ("nsubj", "nsubjpass") and (
        that.dep_ != "dobj" or len(children_labelled(clause, frozenset({"dobj"}))) > 1
    )


def opens_inside(clause: Token) -> bool:
    """Return True for *in which* and *where*: the event takes place in the noun."""
    before = clause.doc[clause.left_edge.i : clause.i]
    return any(
        (t.lower_ == "where" and t.head == clause)
        or (t.lower_ == "which" and t.i > 0 and t.nbor(-1).lower_ in ("in", "where"))
        for t in before
    )


def _has_subject(verb: Token) -> bool:
    return bool(children_labelled(verb, _SUBJECTS))
