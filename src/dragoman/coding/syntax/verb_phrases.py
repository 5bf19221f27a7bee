"""Facts about a single verb: its voice, negation and particles, and the labels of its children."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.calendar_words import is_time_word
from dragoman.language.remembering import known

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT_LABELS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECT_LABELS = frozenset({"nsubjpass", "csubjpass"})
OBJECT_LABELS = frozenset({"dobj", "obj"})


@known
def is_passive(verb: Token) -> bool:
    """Return True if a verb form is passive, with or without its auxiliary."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass", "agent") for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    has_auxiliary = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
    bare = verb.dep_ in ("acl", "advcl", "amod", "pcomp", "conj", "ROOT", "ccomp", "dep")
    if verb.dep_ == "conj" and verb.head.tag_ in ("VBN", "VBD", "VBZ", "VBP"):
        return is_passive(verb.head) and not children_labelled(verb, OBJECT_LABELS)
    return (
        bare
        and not has_auxiliary
        and not children_labelled(verb, OBJECT_LABELS)
        and not children_labelled(verb, SUBJECT_LABELS)
    )


def children_labelled(token: Token, labels: frozenset[str]) -> list[Token]:
    """Return the children of a word that have one of the given dependency labels."""
    return [child for child in token.children if child.dep_ in labels]


def is_verb(token: Token) -> bool:
    """Return True if a word is tagged as a verb or an auxiliary."""
    return token.pos_ in ("VERB", "AUX")


def particles(verb: Token) -> set[str]:
    """Return the particles and prepositions that may form a phrasal verb with it."""
    return {
        child.lower_
        for child in verb.children
        if child.dep_ in ("prt", "advmod", "prep", "agent", "acomp", "oprd")
        and child.i > verb.i
        and not _says_when(child)
    }


def _says_when(preposition: Token) -> bool:
    """Return True if a phrase gives a time: the *on* of *called him on Monday* is not part of *call on*."""
    nouns = [child for child in preposition.children if child.dep_ == "pobj"]
    return any(is_time_word(noun.lemma_) or noun.like_num for noun in nouns)


def is_negated(token: Token) -> bool:
    """Return True if a word carries its own negation (*not*, *never*, *no*)."""
    return any(c.dep_ == "neg" or c.lower_ in ("no", "never", "neither") for c in token.children)
