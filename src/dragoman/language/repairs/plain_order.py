"""A verb that was parsed as the head noun of the preceding phrase: *the Gondorian army **raids** camps*.

The tree is nearly right then: the noun before the word is its subject, and what hangs on the left hangs on
that noun. To read such a sentence again would give the same at a hundred times the cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.repairs.tree import NOUN_TAGS, SUBJECT_LABELS, attach, has_child, is_finite

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = frozenset({"compound", "amod", "nmod", "dep"})
_OF_SUBJECT = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "predet"})
_OBJECTS = frozenset({"appos", "npadvmod", "dep"})
_CLAUSES = frozenset({"acl", "relcl"})


def subject_before(word: Token) -> Token | None:
    """Return the noun directly before the root that would be its subject if the root were a verb."""
    if word.i == word.sent.start or has_child(word, SUBJECT_LABELS):
        return None
    noun = word.nbor(-1)
    fits = noun.head == word and noun.dep_ in _PARTS and not any(c.dep_ == "cc" for c in word.lefts)
    return noun if fits else None


def make_verb(word: Token, subject: Token, tag: str) -> None:
    """Turn the root of a sentence into a verb with its subject, object and clauses."""
    word.tag_ = tag
    subject.dep_ = "nsubj"
    if subject.tag_ not in NOUN_TAGS:
        subject.tag_ = "NNP" if subject.text[:1].isupper() else "NN"
    for child in list(word.lefts):
        if child.i < subject.i and child.dep_ in _OF_SUBJECT:
            attach(child, subject, child.dep_)
    for child in list(word.rights):
        if child.dep_ in _OBJECTS and child.tag_ in NOUN_TAGS and not has_child(word, frozenset({"dobj"})):
            child.dep_ = "dobj"
        elif child.dep_ in _CLAUSES:
            child.dep_ = _label_of_clause(child)


def _label_of_clause(clause: Token) -> str:
    """Return the label of a clause attached to a verb instead of a noun."""
    if any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children):
        return "xcomp"
    if has_child(clause, SUBJECT_LABELS) and is_finite(clause):
        return "ccomp"
    return "advcl" if clause.tag_ == "VBG" else clause.dep_
