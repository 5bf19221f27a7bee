"""Recollections in a report: the war in which an event happened, a monument to it, a memory recalled.

None of these gives a date; each marks its dependents as background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.telling_words import load_telling_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.model.terms import TimeBasis

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def remembered(root: Token) -> tuple[TimeBasis, str] | None:
    """Return why a clause is a recollection, with the words that show it; None if it is not.

    Args:
        root: The predicate of the clause.
    """
    war = _war_around(root)
    if war is not None:
        return "background_era", war.text
    keeper = _keeper_of(root)
    return ("background_anniversary", keeper.text) if keeper is not None else None


def _war_around(root: Token) -> Token | None:
    """Return the war that contains a clause in the past tense.

    *The **war** in which Arnor attacked Gondor*, *the **war** began when it attacked*.
    """
    words = load_telling_words()
    if root.tag_ not in ("VBD", "VBN"):
        return None
    above = root.head
    opener = next((c for c in root.subtree if c.lower_ in ("which", "when") and c.i < root.i), None)
    if opener is None:
        return None
    if root.dep_ == "relcl" and above.lemma_.lower() in words.wars:
        return above
    if root.dep_ != "advcl" or above.tag_ != "VBD" or above.lemma_.lower() not in words.beginning_verbs:
        return None
    begun = (child for child in above.children if child.dep_ in _SUBJECTS)
    return next((noun for noun in begun if noun.lemma_.lower() in words.wars), None)


def _keeper_of(root: Token) -> Token | None:
    """Return the word that recalls a clause.

    *A **monument** to those whom it killed*, ***veterans** recall how it attacked*.
    """
    words = load_telling_words()
    below = root
    for above in root.ancestors:
        if above.lemma_.lower() in words.memory_keepers and above.pos_ in ("NOUN", "PROPN"):
            return above
        if above.pos_ == "VERB":
            recalls = above.lemma_.lower() in words.recollecting_verbs and below.dep_ == "ccomp"
            keeps = (c for c in above.children if c.dep_ in _SUBJECTS and c != below)
            keeper = next((c for c in keeps if c.lemma_.lower() in words.memory_keepers), None)
            if recalls or keeper is not None:
                return keeper or above
        below = above
    return None
