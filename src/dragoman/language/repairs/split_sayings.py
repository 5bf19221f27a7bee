"""A saying told inside of what is said: *"Mordor," said the king, "attacked Bree"*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_saying_words
from dragoman.language.repairs.tree import NOUN_TAGS, SUBJECT_LABELS, attach, has_child, lift

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames

_COMMAS = frozenset({",", '"', "\u201c", "\u201d", "'", "\u2018", "\u2019", "''", "``"})
_PASSIVE = frozenset({"auxpass"})


def mend_split_saying(said: Token, named: KnownNames) -> bool:
    """Give the subject before a saying to the verb behind it, and the saying who says it."""
    if said.dep_ != "parataxis" or said.i > said.head.i or not _splits(said):
        return False
    subjects = [c for c in said.children if c.dep_ in SUBJECT_LABELS]
    if not subjects or has_child(said.head, SUBJECT_LABELS):
        return False
    speaker = subjects[1] if len(subjects) > 1 else _apposed(subjects[0], said)
    if speaker is None or not _is_apart(subjects[0], min(said.i, speaker.left_edge.i)):
        return False
    return _set(subjects[0], said, said.head, speaker)


def mend_split_below(told: Token, named: KnownNames) -> bool:
    """The same where what is said was hung below the saying: *Mordor, said the king, attacked Bree*."""
    said = told.head
    if told.i < said.i or has_child(told, SUBJECT_LABELS) or not _splits(said):
        return False
    subject = next((c for c in said.children if c.dep_ in SUBJECT_LABELS and c.i < said.i), None)
    speaker = next((c for c in said.children if c.dep_ == "dobj" and said.i < c.i < told.i), None)
    if subject is None:
        return False
    speaker = speaker or _apposed(subject, said)
    if speaker is None or not _is_apart(subject, min(said.i, speaker.left_edge.i)):
        return False
    if said.doc[max(said.i, speaker.right_edge.i) + 1].text != ",":
        return False
    lift(told, said, "parataxis")
    return _set(subject, said, told, speaker)


def _set(subject: Token, said: Token, told: Token, speaker: Token) -> bool:
    if speaker.head != said and not attach(speaker, said, "nsubj"):
        return False
    speaker.dep_ = "nsubj"
    return attach(subject, told, "nsubjpass" if has_child(told, _PASSIVE) else "nsubj")


def _splits(said: Token) -> bool:
    return said.tag_ in ("VBD", "VBZ") and said.lemma_ in load_saying_words()["splitting"]


def _apposed(subject: Token, said: Token) -> Token | None:
    """Return the noun right before the saying that was taken for another name of the subject."""
    for child in subject.children:
        if child.dep_ == "appos" and child.tag_ in NOUN_TAGS and child.right_edge.i + 1 == said.i:
            return child
    return None


def _is_apart(subject: Token, start: int) -> bool:
    """Return True if a comma, and a mark of quotation if there is one, ends right before a place."""
    between = subject.doc[subject.i + 1 : start]
    return any(t.text == "," for t in between) and all(
        t.text in _COMMAS or subject.is_ancestor(t) for t in between
    )
