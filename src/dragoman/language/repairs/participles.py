"""Participles after a comma that state the result of an act: *shelled a town, **killing** 12*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_grammar_words
from dragoman.language.repairs.tree import attach

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames


def mend_participle(participle: Token, named: KnownNames) -> bool:
    """Attach a participle of result to the verb of its clause instead of to the preceding noun."""
    words = load_grammar_words()
    if participle.tag_ != "VBG" or participle.lemma_ not in words["outcomes"]:
        return False
    if not _follows_comma(participle):
        return False
    noun = participle.head
    verb = _verb_above(noun) if noun.pos_ in ("NOUN", "PROPN") else None
    if verb is None or verb.i > noun.i or verb.lemma_ in words["saying"] or verb.lemma_ == "do":
        return False
    if noun.head.pos_ in ("ADP", "SCONJ") and noun.head.lower_ in words["beginnings"]:
        # "As the fight ends, forcing ...": the noun is a verb with a wrong tag.
        return False
    return attach(participle, verb, "advcl")


def _follows_comma(participle: Token) -> bool:
    first = participle.i - 1
    while first > 0 and participle.doc[first].tag_ == "RB":
        first -= 1
    return first >= 0 and participle.doc[first].text == ","


def _verb_above(noun: Token) -> Token | None:
    """Return the verb of the clause that contains a noun; relative clauses are skipped."""
    for above in noun.ancestors:
        if above.pos_ in ("VERB", "AUX") and above.dep_ not in ("relcl", "acl", "amod", "aux"):
            return above
    return None
