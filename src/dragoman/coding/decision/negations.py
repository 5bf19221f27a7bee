"""Negations: acts that the report or a named speaker firmly says were not done.

*Arnor has not attacked* is such a negation. *Did not attack **until** May*, *did not lift **all** sanctions*
and *hardly attacked* are not: part of the act was done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments, noun_phrases
from dragoman.coding.syntax.phrases import find_phrases
from dragoman.knowledge.wordlists import is_gate_word, load_gate_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.attribution.speaker_index import SpeakerIndex
    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.decision.gate.examination import Gate
    from dragoman.coding.factuality.assessment import Modality

# The reason why a firm negation gives no event in a coder without the option.
LEFT_OUT = "firmly so; an event of polarity negative with --negations"
# Types of acts that consist of words and may not have been followed by deeds.
_MADE_BY_WORDS = frozenset({"THREATEN", "REQUEST", "AGREE"})
# Clauses with their own assertion; their words do not narrow the negation of the governing clause.
_OWN_CLAUSES = frozenset({"relcl", "ccomp", "parataxis", "acl", "conj", "advcl"})


@dataclass(frozen=True, slots=True)
class Negation:
    """A negated act of the rules after the gate; `dropped` is the reason why it gives no event."""

    candidate: EventCandidate
    modality: Modality
    dropped: str | None = None
    confidence: float = 0.0

    def above(self, threshold: float, confidence: float) -> Negation:
        """Return the negation with its confidence, dropped if that is below a threshold."""
        if self.dropped is None and confidence < threshold:
            return replace(self, dropped=f"unlikely: {confidence:.2f} below {threshold:.2f}")
        return replace(self, confidence=confidence)


def examine_negation(act: EventCandidate, modality: Modality, gate: Gate, speakers: SpeakerIndex) -> Negation:
    """Examine a negated act at the gate; return it with the reason why it is not kept, if any.

    Args:
        act: The negated act, with polarity negative.
        modality: Its factuality.
        gate: The gate of the document.
        speakers: The speakers of the document.
    """
    reason = _why_not_firm(act.trigger, modality) or _made_but_not_kept(act)
    if reason is None and not speakers.is_vouched_for(act.trigger, act.actors):
        reason = "said by nobody who is named"
    if reason is not None:
        return Negation(act, modality, reason)
    verdict = gate.examine(act, modality)
    weakened = _why_uncertain(verdict.modality)
    return Negation(verdict.candidate, verdict.modality, verdict.barred or weakened)


def _why_not_firm(trigger: Token, modality: Modality) -> str | None:
    uncertain = _why_uncertain(modality)
    if uncertain is not None:
        return uncertain
    doc = trigger.doc
    for start, end in modality.cues:
        words = doc.text[start:end]
        if is_gate_word(words.lower(), "weak_negations"):
            return f"not wholly: {words}"
    return _narrowed_by(trigger)


def _made_but_not_kept(act: EventCandidate) -> str | None:
    """Return the reason if words were not followed by deeds: *has not carried out **its threat***."""
    if act.event_type not in _MADE_BY_WORDS:
        return None
    owned = (noun for noun in arguments.objects(act.trigger) if noun_phrases.possessors(noun))
    return next((f"said, and not carried out: {noun.text}" for noun in owned), None)


def _why_uncertain(modality: Modality) -> str | None:
    """Return why a negation is not certain: it is only probable, in the future or conditional."""
    if modality.conditional:
        return f"only in a condition: {modality.reason}"
    if modality.factuality != "certain":
        return f"only {modality.factuality}: {modality.reason}"
    return "still to come" if modality.tense == "future" else None


def _narrowed_by(trigger: Token) -> str | None:
    """Return the words that limit a negation to a part: *not **until** May*, *not **all** of them*."""
    words = load_gate_words()
    sentence = trigger.sent
    for token in _own_words(trigger):
        if token.lower_ == "as" and token.dep_ == "advmod":
            return f"not wholly: {token.text} {token.head.text}"
        is_at_all = token.lower_ == "all" and token.i and token.nbor(-1).lower_ == "at"
        if is_gate_word(token.lower_, "narrowing") and not is_at_all:
            return f"not wholly: {token.text}"
    for list_name in ("exceptions", "comparisons"):
        for start, end in find_phrases(sentence, words[list_name]):
            return f"not wholly: {sentence.doc[start:end].text}"
    return None


def _own_words(trigger: Token) -> list[Token]:
    """Return the words of a trigger's clause, and the words that introduce its subordinate clauses."""
    found, queue = [], [trigger]
    while queue:
        for child in queue.pop().children:
            if child.dep_ in _OWN_CLAUSES:
                found += [
                    word for word in child.children if word.dep_ in ("mark", "prep") and word.i < child.i
                ]
                continue
            found.append(child)
            queue.append(child)
    return found
