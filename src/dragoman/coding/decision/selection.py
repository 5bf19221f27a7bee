"""Selection of the proposals that become events: those probable enough, each act once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.decision.gate.verdict import barring
from dragoman.coding.decision.objections import BARRING
from dragoman.coding.decision.one_act import is_bare_toll, is_one_act
from dragoman.coding.decision.relevance import is_domestic_talk
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.coding.decision.gate.verdict import Finding
    from dragoman.coding.decision.proposals import Proposal
    from dragoman.coding.factuality.assessment import Modality

# Maximum distance in words within a sentence at which two words report one act if type and parties agree.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a proposal: its probability, and why it is not kept (None if it is).

    `findings` are those of the gate; `proposal` and `modality` are as the gate left them.
    """

    proposal: Proposal
    modality: Modality
    probability: float
    objections: tuple[str, ...] = ()
    dropped: str | None = None
    findings: tuple[Finding, ...] = ()


# Minimum probability of domestic politics in long texts: below it, careful coders do not record half of them.
DOMESTIC_TALK_THRESHOLD = 0.65


def select(decisions: Sequence[Decision], *, threshold: float, talk_threshold: float = 0.0) -> list[Decision]:
    """Return every decision with its outcome, in text order.

    Args:
        decisions: All decisions of one document, none dropped yet.
        threshold: Proposals below this probability are dropped.
        talk_threshold: The same for words between parties of one country, if it is higher.
    """
    kept: dict[int, list[Decision]] = {}
    fates: dict[int, str | None] = {}
    for decision in sorted(decisions, key=lambda d: (is_bare_toll(d.proposal.token), -d.probability)):
        is_talk = talk_threshold > threshold and is_domestic_talk(decision.proposal.candidate)
        check_time()
        fate = _barred(decision, talk_threshold if is_talk else threshold)
        if fate is None:
            of_sentence = kept.setdefault(decision.proposal.token.sent.start, [])
            again = next(
                (other for other in of_sentence if tells_again(decision.proposal, other.proposal)), None
            )
            fate = f"again: {again.proposal.token.text}" if again is not None else None
            if again is None:
                of_sentence.append(decision)
        fates[id(decision)] = fate
    result = [replace(d, dropped=fates[id(d)]) for d in decisions]
    return sorted(result, key=lambda d: d.proposal.token.i)


def _barred(decision: Decision, threshold: float) -> str | None:
    stopped = barring(decision.findings)
    if stopped is not None:
        return str(stopped)
    final = next((name for name in decision.objections if name in BARRING), None)
    if final is not None:
        return final
    if decision.probability < threshold:
        return f"unlikely: {decision.probability:.2f} below {threshold:.2f}"
    return None


def tells_again(proposal: Proposal, other: Proposal) -> bool:
    """Return True if two proposals report one act: at one word, by grammar, or near, of one type and side."""
    if proposal.token == other.token:
        # One word may report an act and the charge that it was done, by two rules.
        return not (proposal.rule and other.rule)
    if proposal.token.sent != other.token.sent:
        return False
    if is_one_act(proposal.candidate, other.candidate):
        return True
    same_type = proposal.candidate.event_type == other.candidate.event_type
    if not same_type or abs(proposal.token.i - other.token.i) > _NEAR:
        return False
    mine, theirs = _parties(proposal), _parties(other)
    return not mine or bool(mine & theirs)


def _parties(proposal: Proposal) -> set[str]:
    everyone: Iterable[str] = (ref.id for ref in (*proposal.candidate.actors, *proposal.candidate.recipients))
    return set(everyone)
