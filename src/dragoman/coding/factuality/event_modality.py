"""The factuality of an event: the modality of its trigger, and presupposed events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.factuality.assessment import assess
from dragoman.coding.syntax import arguments, noun_phrases
from dragoman.knowledge.wordlists import is_act_word
from dragoman.language.clauses import clause_root

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.factuality.assessment import Modality
    from dragoman.knowledge.modality import ModalityLexicon
    from dragoman.language.annotated import AnnotatedDocument


def assess_event(token: Token, annotated: AnnotatedDocument, *, lexicon: ModalityLexicon) -> Modality:
    """Return the factuality of the event of a trigger.

    An event noun with an actor of its own is presupposed, whatever governs it ("must stop its attacks").

    Args:
        token: The trigger.
        annotated: The report.
        lexicon: The cues of modality.
    """
    taken = _occasion_taken(token)
    if taken is not None:
        return assess(taken, annotated, lexicon=lexicon)
    modality = assess(token, annotated, lexicon=lexicon)
    owned = token.pos_ in ("NOUN", "PROPN") and bool(noun_phrases.possessors(token))
    if owned and modality.tense == "future" and not any(c.dep_ == "amod" for c in token.children):
        # "Must stop its attacks": the attacks are ongoing.
        modality = replace(modality, tense="present")
    if (owned and modality.polarity == "positive") or is_absolute(token):
        return replace(modality, factuality="certain", polarity="positive", conditional=False)
    return modality


def _occasion_taken(token: Token) -> Token | None:
    """Return *took* for what an actor **took the occasion to do**: it was done."""
    root = clause_root(token)
    verb = root.head if root.dep_ in ("advcl", "xcomp") else root.head.head if root.dep_ == "acl" else root
    if verb == root or verb.lemma_ not in ("take", "use", "seize"):
        return None
    return verb if any(is_act_word(noun.lemma_, "occasions") for noun in arguments.objects(verb)) else None


def is_absolute(verb: Token) -> bool:
    """Return True if a verb heads *with SOMEBODY DOING something*, which holds whatever governs it."""
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return verb.dep_ == "pcomp" and verb.head.lower_ == "with" and own
