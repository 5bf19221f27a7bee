"""Clauses that the parser reads as a noun phrase, so that the party struck seems to be helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, children_labelled, is_verb
from dragoman.knowledge.wordlists import is_act_word, is_gate_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFYING = frozenset({"compound", "nmod", "amod", "poss"})


def strike_helped(trigger: Token, event_type: str) -> Token | None:
    """Return the act in *helped Gondor **attack** Rohan*, where *Gondor attack Rohan* is read as one name.

    Rohan is not helped; who attacks it cannot be told from such a parse.
    """
    if event_type != "AID" or not is_verb(trigger) or not is_gate_word(trigger.lemma_.lower(), "assisting"):
        return None
    for named in children_labelled(trigger, OBJECT_LABELS):
        for act in named.children:
            is_act = act.dep_ in _MODIFYING and is_act_word(act.lemma_.lower(), "harming")
            if is_act and any(c.pos_ == "PROPN" and c.i < act.i for c in (*act.children, *named.children)):
                return act
    return None
