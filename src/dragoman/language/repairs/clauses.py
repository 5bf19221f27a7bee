"""Clauses attached to the wrong clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.wordlists import load_grammar_words, load_saying_words
from dragoman.language.repairs.tree import (
    AUXILIARY_LABELS,
    FINITE_TAGS,
    NOUN_TAGS,
    SUBJECT_LABELS,
    attach,
    has_child,
    lift,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames


def mend_while(word: Token, named: KnownNames) -> bool:
    """Attach *, while Gondor denied it* to *Arnor said ...* instead of to the content of *said*."""
    clause = word.head
    if word.dep_ != "mark" or clause.dep_ != "advcl" or word.i == 0 or word.nbor(-1).text != ",":
        return False
    subject = next((c for c in clause.children if c.dep_ in SUBJECT_LABELS), None)
    if subject is None or subject.pos_ not in ("NOUN", "PROPN") or clause.i < clause.head.i:
        return False
    content = clause.head
    while content.dep_ == "conj" and content.head.pos_ in ("VERB", "AUX"):
        content = content.head
    teller = content.head
    if content.dep_ != "ccomp" or teller.i > content.i:
        return False
    words = load_grammar_words()
    if teller.lemma_ not in words["saying"]:
        return False
    if clause.lemma_ not in words["saying"] | words["answers"] and not _is_told_apart(
        content, clause, subject
    ):
        return False
    return attach(clause, teller, "advcl")


def _is_told_apart(content: Token, clause: Token, subject: Token) -> bool:
    """Return True if the tense separates the clauses: *said it had fled, while Bree won*."""
    is_shifted = any(c.dep_ in AUXILIARY_LABELS and c.lower_ in ("had", "would") for c in content.children)
    is_plain = clause.tag_ == "VBD" and not has_child(clause, AUXILIARY_LABELS)
    return is_shifted and is_plain and subject.pos_ == "PROPN"


def part_clauses(clause: Token, named: KnownNames) -> bool:
    """Separate two clauses when the first was parsed as the content of the second.

    *Arnor accused Gondor; Gondor denied it*; *Arnor said Gondor had fired, Gondor denied it*.
    """
    second = clause.head
    if clause.i > second.i or not has_child(clause, SUBJECT_LABELS):
        return False
    subject = next(
        (c for c in second.children if c.dep_ in SUBJECT_LABELS and clause.i < c.i < second.i), None
    )
    if subject is None or any(token.is_quote for token in clause.doc[clause.i : subject.i]):
        return False
    if not (
        _has_semicolon(clause, subject)
        or _tells_itself(clause, second)
        or _is_spliced(clause, second, subject)
    ):
        return False
    lift(clause, second, "conj")
    above = clause.head
    follows = next((c for c in above.children if c.dep_ in SUBJECT_LABELS and clause.i < c.i < above.i), None)
    if clause.dep_ == "ccomp" and follows is not None and _is_spliced(clause, above, follows):
        # "Arnor did this, Gondor did that, Rohan urged calm": the next comma also joins clauses.
        part_clauses(clause, named)
    return True


def _has_semicolon(clause: Token, subject: Token) -> bool:
    return any(token.text == ";" for token in clause.doc[clause.i : subject.i])


def _is_spliced(clause: Token, second: Token, subject: Token) -> bool:
    """Return True if a comma joins the clauses and the object of the second is not an addressee.

    *Arnor expelled an envoy, Bree urged calm*; but *Arnor expelled an envoy, Bree told reporters*.
    """
    if subject.left_edge.i == 0 or subject.left_edge.nbor(-1).text != "," or is_marked(clause):
        return False
    if second.lemma_ in load_saying_words()["addressing"]:
        return False
    return any(c.dep_ in ("dobj", "xcomp") and c.i > second.i and not _is_when(c) for c in second.children)


def is_marked(clause: Token) -> bool:
    """Return True if a word before a clause makes it subordinate: *that*, *if*, *what*."""
    return any(c.dep_ == "mark" or c.tag_ in ("WP", "WRB", "WDT") for c in clause.children if c.i < clause.i)


def _is_when(noun: Token) -> bool:
    return is_calendar_name(noun.lower_) or noun.lemma_.lower() in load_saying_words()["times"]


def _tells_itself(clause: Token, second: Token) -> bool:
    """Return True if the first clause has its own content clause and the second is not a speech verb."""
    saying = load_grammar_words()["saying"]
    has_content = any(c.dep_ == "ccomp" and c.i > clause.i for c in clause.children)
    is_telling = second.lemma_ in saying and not has_child(second, frozenset({"dobj"}))
    return has_content and clause.lemma_ in saying and not is_telling


def mend_subject(noun: Token, named: KnownNames) -> bool:
    """Make the noun directly before a finite verb its subject, if it was parsed as part of the verb."""
    verb = noun.head
    if verb.pos_ not in ("VERB", "AUX") or verb.tag_ not in FINITE_TAGS or noun.i + 1 != verb.i:
        return False
    if has_child(verb, SUBJECT_LABELS) or verb.dep_ not in ("ROOT", "ccomp", "advcl"):
        return False
    if noun.tag_ not in NOUN_TAGS and noun not in named:
        return False
    if noun.tag_ not in NOUN_TAGS:
        noun.tag_, noun.pos_, noun.lemma_ = "NNP", "PROPN", noun.text
    return attach(noun, verb, "nsubj")


def mend_that(word: Token, named: KnownNames) -> bool:
    """Make *that* the marker of a clause that has another subject."""
    clause = word.head
    if word.tag_ != "IN" or word.dep_ not in ("nsubj", "nsubjpass", "dobj", "det") or clause.dep_ != "ccomp":
        return False
    subjects = [c for c in clause.children if c.dep_ in SUBJECT_LABELS and c != word]
    if not subjects or word.i > subjects[0].i:
        return False
    word.dep_ = "mark"
    return True
