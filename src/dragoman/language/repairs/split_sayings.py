"""A speech verb inside the clause that it reports: *"Mordor," said the king, "attacked Bree"*."""

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
    """Attach the subject before a speech verb to the verb after it, and the speaker to the speech verb."""
    if said.dep_ != "parataxis" or said.i > said.head.i or not _splits(said):
        return False
    if has_child(said.head, SUBJECT_LABELS):
        return False
    return _part(said, said.head)


def mend_split_below(told: Token, named: KnownNames) -> bool:
    """The same for a clause attached below the speech verb: *Mordor, said the king, attacked Bree*."""
    said = told.head
    if told.i < said.i or has_child(told, SUBJECT_LABELS) or not _splits(said):
        return False
    if not any(token.text == "," for token in said.doc[said.i : told.left_edge.i]):
        return False
    return _part(said, told)


def _part(said: Token, told: Token) -> bool:
    subject = next((c for c in said.children if c.dep_ in SUBJECT_LABELS and c.i < said.i), None)
    speaker = _speaker(subject, said, told) if subject is not None else None
    if subject is None or speaker is None or not _is_apart(subject, min(said.i, speaker.left_edge.i)):
        return False
    if told.head == said:
        lift(told, said, "parataxis")
    if speaker.head != said and not attach(speaker, said, "nsubj"):
        return False
    speaker.dep_ = "nsubj"
    return attach(subject, told, "nsubjpass" if has_child(told, _PASSIVE) else "nsubj")


def _speaker(subject: Token, said: Token, told: Token) -> Token | None:
    """Return the speaker: a second subject, a noun parsed as an apposition to the first, or the object."""
    others = [c for c in said.children if c.dep_ in SUBJECT_LABELS and subject.i < c.i < told.i]
    apposed = [c for c in subject.children if c.dep_ == "appos" and c.right_edge.i + 1 == said.i]
    objects = [c for c in said.children if c.dep_ == "dobj" and c.left_edge.i == said.i + 1 and c.i < told.i]
    return next((noun for noun in (*others, *apposed, *objects) if noun.tag_ in NOUN_TAGS), None)


def _splits(said: Token) -> bool:
    return said.tag_ in ("VBD", "VBZ") and said.lemma_ in load_saying_words()["splitting"]


def _is_apart(subject: Token, start: int) -> bool:
    """Return True if a comma, with an optional quotation mark, directly precedes a position."""
    between = subject.doc[subject.i + 1 : start]
    return any(t.text == "," for t in between) and all(
        t.text in _COMMAS or subject.is_ancestor(t) for t in between
    )
