"""Constructions that name an act without asserting that it was done, by syntax alone.

Acts that never happened, are only asked or imagined, or are avoided. For the factuality of what a text does
assert, see `factuality`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.verb_phrases import SUBJECT_LABELS
from dragoman.knowledge.wordlists import is_act_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_QUITE = frozenset({"would", "could", "might", "should"})


def is_what_ends(noun: Token) -> bool:
    """Return True if a noun names what a verb ends: *the **offensive** would end*."""
    return noun.dep_ in ("nsubj", "nsubjpass") and is_act_word(noun.head.lemma_, "ending")


def is_counterfactual(token: Token) -> bool:
    """Return True if a verb names what never happened: *would have rescued*, *could not have agreed*."""
    words = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    return bool(words & _NOT_QUITE) and "have" in words and token.tag_ == "VBN"


def is_supposed(token: Token) -> bool:
    """Return True if a sentence only invites the reader to imagine it: ***Say** Arnor demanded that ...*."""
    first = next((t for t in token.sent if t.is_alpha), token)
    imagined = first.lemma_ in ("say", "suppose", "imagine", "assume") and first.tag_ in ("VB", "VBP")
    above = first.head if first.dep_ in ("aux", "intj") else first
    return imagined and (above == token or above.is_ancestor(token)) and not _subjects(first)


def is_asked(token: Token) -> bool:
    """Return True if a sentence is a question: *Has Arnor called for talks?*."""
    sent = token.sent
    if "?" not in sent.text[-3:]:
        return False
    root = sent.root
    inverted = any(
        c.dep_ in ("aux", "auxpass") and any(s.i > c.i for s in _subjects(root)) for c in root.children
    )
    return inverted and (token == root or root.is_ancestor(token))


def is_avoided(token: Token) -> bool:
    """Return True if a gerund names what is avoided: *steers clear of criticizing*."""
    if token.tag_ == "VBG" and token.i and token.nbor(-1).lemma_ in ("avoid", "shun", "eschew"):
        return True
    if token.dep_ != "pcomp" or token.head.lower_ not in ("of", "from"):
        return False
    above = token.head.head
    return above.lower_ in ("clear", "short", "away", "shy") or above.lemma_ in ("stay", "steer", "shy")


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in SUBJECT_LABELS]


# The tests that a verb or noun must not meet to be coded at all, and the reason given if it does.
TESTS = {
    "counterfactual": is_counterfactual,
    "supposed": is_supposed,
    "asked": is_asked,
    "avoided": is_avoided,
}
_REASONS = {
    "counterfactual": "what never was",
    "supposed": "only imagined",
    "asked": "a question",
    "avoided": "avoided",
}


def why_not_told(token: Token) -> str | None:
    """Return why a word names an act without asserting that it was done; None if it asserts it."""
    return next((_REASONS[name] for name, test in TESTS.items() if test(token)), None)
