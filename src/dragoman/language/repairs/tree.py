"""Changes of a dependency tree that keep it a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

FINITE_TAGS = frozenset({"VBZ", "VBP", "VBD", "MD"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NAME_TAGS = frozenset({"NNP", "NNPS"})
SUBJECT_LABELS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
AUXILIARY_LABELS = frozenset({"aux", "auxpass"})
CLAUSE_LABELS = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis"})


def attach(token: Token, head: Token, label: str) -> bool:
    """Attach a word to another with a label; return False, without a change, if it would make a cycle."""
    if token == head or token.is_ancestor(head) or token.sent != head.sent:
        return False
    if token.head != head:
        token.head = head
    token.dep_ = label
    return True


def lift(token: Token, above: Token, label: str) -> None:
    """Put a word in the place of one of its ancestors, which is then attached to it with a label."""
    place, head = above.dep_, above.head
    token.head = token if head == above else head
    token.dep_ = place
    above.head = token
    above.dep_ = label


def rebuild(sentence: Span, reading: Doc) -> None:
    """Copy tags and tree of another reading, which has the same words, to a sentence."""
    doc = sentence.doc
    columns: list[int | str] = ["HEAD", "DEP", "TAG"]
    table: Any = doc.to_array(columns)
    # Heads are relative offsets, so the rows of a sentence are valid at any position.
    table[sentence.start : sentence.end] = reading.to_array(columns)
    doc.from_array(columns, table)


def is_finite(verb: Token) -> bool:
    """Return True if a word is a finite verb, alone or with an auxiliary."""
    if verb.tag_ in FINITE_TAGS:
        return True
    return any(c.dep_ in AUXILIARY_LABELS and c.tag_ in FINITE_TAGS for c in verb.children)


def has_child(token: Token, labels: frozenset[str]) -> bool:
    """Return True if a child of a word has one of the labels."""
    return any(child.dep_ in labels for child in token.children)
