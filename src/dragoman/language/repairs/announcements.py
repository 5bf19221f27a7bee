"""Headlines with an infinitive whose subject was parsed as the head: *Elrond **to visit** Gondor*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.repairs.tree import SUBJECT_LABELS, has_child, is_finite, lift

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames

_STOPS = frozenset({".", "!", "?", "”", '"'})


def mend_announcement(verb: Token, named: KnownNames) -> bool:
    """Make the infinitive the head of a headline, and the name before it the subject."""
    subject = verb.head
    if (
        verb.tag_ != "VB"
        or subject.dep_ != "ROOT"
        or subject.i != verb.i - 2
        or has_child(verb, SUBJECT_LABELS)
    ):
        return False
    if verb.nbor(-1).lower_ != "to" or subject not in named or any(is_finite(t) for t in verb.sent):
        return False
    last = next((t for t in reversed(list(verb.sent)) if not t.is_space), verb)
    if last.text in _STOPS:
        return False
    lift(verb, subject, "nsubj")
    # A single name at the beginning may be tagged as a noun.
    subject.tag_, subject.pos_ = "NNP", "PROPN"
    return True
