"""Repairs on trees made by hand, for what a model takes wrong only now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.language.repairs.known_names import KnownNames
from dragoman.language.repairs.structure import repair_structure
from dragoman.language.repairs.tree import attach, lift

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline

# A word, its tag, word class, label, and the place of its head.
Words = list[tuple[str, str, str, str, int]]
TAKEN_AS_APPOSITION: Words = [
    ("Mordor", "NNP", "PROPN", "nsubj", 1),
    ("warned", "VBD", "VERB", "ROOT", 1),
    ("Arnor", "NNP", "PROPN", "dobj", 1),
    (",", ",", "PUNCT", "punct", 2),
    ("Gondor", "NNP", "PROPN", "appos", 2),
    (",", ",", "PUNCT", "punct", 4),
    ("and", "CC", "CCONJ", "cc", 4),
    ("Rohan", "NNP", "PROPN", "conj", 4),
    (".", ".", "PUNCT", "punct", 1),
]
ADJECTIVE_BEFORE_VERB: Words = [
    ("Dale", "JJ", "ADJ", "amod", 1),
    ("closes", "VBZ", "VERB", "ROOT", 1),
    ("its", "PRP$", "PRON", "poss", 3),
    ("gates", "NNS", "NOUN", "dobj", 1),
    (".", ".", "PUNCT", "punct", 1),
]
LEMMAS = {"causing": "cause", "left": "leave", "closes": "close"}


def participle_behind(noun: str, preposition: str) -> Words:
    """A clause, a preposition with a noun, and a participle of outcome hung on the noun."""
    return [
        ("Many", "JJ", "ADJ", "nsubj", 1),
        ("left", "VBD", "VERB", "ROOT", 1),
        (preposition, "IN", "ADP", "prep", 1),
        ("the", "DT", "DET", "det", 4),
        (noun, "NNS", "NOUN", "pobj", 2),
        (",", ",", "PUNCT", "punct", 4),
        ("causing", "VBG", "VERB", "acl", 4),
        ("hunger", "NN", "NOUN", "dobj", 6),
        (".", ".", "PUNCT", "punct", 1),
    ]


def made(coder: Coder, words: Words) -> Doc:
    from spacy.tokens import Doc

    forms, tags, classes, labels, heads = (list(column) for column in zip(*words, strict=True))
    lemmas = [LEMMAS.get(form, form) for form in forms]
    return Doc(coder.nlp.vocab, words=forms, tags=tags, pos=classes, deps=labels, heads=heads, lemmas=lemmas)


def repaired(coder: Coder, words: Words) -> Doc:
    doc = made(coder, words)
    repair_structure(doc, KnownNames(doc, doc.text, coder._name_spans))
    return doc


def test_a_list_taken_as_apposition(coder: Coder) -> None:
    second = repaired(coder, TAKEN_AS_APPOSITION)[4]
    assert (second.dep_, second.head.text) == ("conj", "Arnor")


@pytest.mark.parametrize("place", [2, 4])
def test_of_names_not_known_nothing_is_said(coder: Coder, place: int) -> None:
    words = [*TAKEN_AS_APPOSITION]
    words[place] = ("Gorbag", *words[place][1:])
    assert repaired(coder, words)[4].dep_ == "appos"


def test_a_subject_before_its_verb(coder: Coder) -> None:
    name = repaired(coder, ADJECTIVE_BEFORE_VERB)[0]
    assert (name.dep_, name.pos_, name.tag_, name.lemma_) == ("nsubj", "PROPN", "NNP", "Dale")


def test_an_adjective_that_is_no_name_stays(coder: Coder) -> None:
    words = [("Old", *ADJECTIVE_BEFORE_VERB[0][1:]), *ADJECTIVE_BEFORE_VERB[1:]]
    assert repaired(coder, words)[0].dep_ == "amod"


def test_an_outcome_hangs_on_the_verb(coder: Coder) -> None:
    participle = repaired(coder, participle_behind("farms", "without"))[6]
    assert (participle.dep_, participle.head.text) == ("advcl", "left")


@pytest.mark.parametrize("preposition", ["as", "after", "since"])
def test_a_noun_that_may_be_a_verb_keeps_its_outcome(coder: Coder, preposition: str) -> None:
    assert repaired(coder, participle_behind("drags", preposition))[6].dep_ == "acl"


def test_no_word_hangs_below_itself(coder: Coder) -> None:
    doc = made(coder, TAKEN_AS_APPOSITION)
    assert not attach(doc[2], doc[7], "conj")
    assert not attach(doc[2], doc[2], "conj")
    assert (doc[2].dep_, doc[2].head.text) == ("dobj", "warned")


def test_a_word_lifted_to_the_root(coder: Coder) -> None:
    doc = made(coder, TAKEN_AS_APPOSITION)
    lift(doc[4], doc[1], "conj")
    assert (doc[4].dep_, doc[4].head.i, doc[1].dep_, doc[1].head.i) == ("ROOT", 4, "conj", 4)
    assert len(list(doc.sents)) == 1
