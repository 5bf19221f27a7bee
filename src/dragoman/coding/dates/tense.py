"""Direction of the clause around a date: the past or the future of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.language.clauses import clause_root, governing_clause

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE_MODALS = frozenset({"will", "shall", "'ll", "’ll", "would", "wo", "'d", "’d"})
_MODALS = frozenset({"can", "could", "may", "might", "should", "must", "ca"})
_DEPTH = 6


def direction_at(token: Token) -> int:
    """Return -1 if a date at a token precedes the report, +1 if it follows; the default is -1."""
    words = load_calendar_words()
    climbing = token
    root = clause_root(token)
    while climbing != root:
        if climbing.lemma_.lower() in words.future_words and climbing != token:
            return 1
        if any(child.lower_ == "ahead" for child in climbing.children):
            return 1
        climbing = climbing.head
    if token.i > 0 and token.nbor(-1).lower_ in ("until", "till"):
        return 1
    return direction_of_clause(root)


def direction_of_clause(root: Token, depth: int = 0) -> int:
    """Return whether a clause refers to the past (-1) or the future (+1)."""
    words = load_calendar_words()
    auxiliaries = [child for child in root.children if child.dep_ in ("aux", "auxpass")]
    lemmas = {aux.lower_ for aux in auxiliaries}
    if lemmas & _FUTURE_MODALS:
        return -1 if "have" in lemmas and "would" in lemmas else 1
    if lemmas & _MODALS:
        return -1 if "have" in lemmas else 1
    if root.lemma_ in words.future_words and root.tag_ in ("VBN", "JJ"):
        return 1
    if root.tag_ == "VBD" or lemmas & {"had", "has", "have", "did", "was", "were"}:
        return -1
    if root.tag_ in ("VB", "VBG", "VBN"):
        return _of_nonfinite(root, lemmas, depth)
    if root.tag_ in ("VBZ", "VBP"):
        return _of_present(root)
    return -1


def _of_nonfinite(root: Token, auxiliaries: set[str], depth: int) -> int:
    if root.tag_ == "VBG" and auxiliaries & {"is", "are", "am", "'s", "'re", "’s", "’re"}:
        return 1
    if root.tag_ == "VBN" and "to" not in auxiliaries:
        return 1 if auxiliaries & {"is", "are", "be"} else -1
    words = load_calendar_words()
    if is_to_come(root):
        return 1
    above = governing_clause(root)
    if above is None or depth > _DEPTH:
        return -1
    governor = root.head
    if "to" in auxiliaries and governor.lemma_.lower() in words.future_governors:
        return 1
    if root.tag_ == "VB" and root.dep_ == "acl":
        return 1
    return direction_of_clause(above, depth + 1)


def _of_present(root: Token) -> int:
    """Return +1 for a timetable ("the summit opens on Friday"); captions, headlines and reports are past."""
    words = load_calendar_words()
    if is_headline(root):
        return -1
    if root.lemma_ in words.timetable_verbs:
        return 1
    # "takes effect", "takes place"
    is_taking = any(
        child.dep_ == "dobj" and child.lower_ in ("effect", "place", "office") for child in root.children
    )
    return 1 if is_taking else -1


def is_to_come(root: Token) -> bool:
    """Return True if a headline announces an event by an infinitive: "Elrond to visit Gondor in May"."""
    if root.tag_ != "VB" or not any(child.lower_ == "to" and child.dep_ == "aux" for child in root.children):
        return False
    if root.dep_ == "ROOT":
        return True
    # The parser often takes the name for the head and attaches the announced verb to it.
    above = root.head
    return (
        root.dep_ in ("relcl", "acl")
        and above.dep_ == "ROOT"
        and above.pos_ in ("NOUN", "PROPN")
        and (is_headline(above))
    )


def is_headline(token: Token) -> bool:
    """Return True if the sentence of a token is the first of the text and ends without a stop."""
    sentence = token.sent
    last = next((t for t in reversed(list(sentence)) if not t.is_space), token)
    return sentence.start <= 1 and last.text not in (".", "!", "?", "”", '"')
