"""The probabilities of proposals: those of the decision model, corrected where it saw too few examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.decision.confidence import confidence_of
from dragoman.coding.reading.trigger_reading import is_known_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.decision.features import Features
    from dragoman.coding.decision.model import DecisionModel
    from dragoman.coding.decision.proposals import Proposal
    from dragoman.coding.factuality.assessment import Modality


def probabilities_of(
    proposals: Sequence[Proposal],
    modalities: Sequence[Modality],
    features: Sequence[Features],
    model: DecisionModel,
) -> list[float]:
    """Return the probability of each proposal; for user-defined types that of the rule.

    A conditional threat also has at least that of the rule: readers saw few of them in training, and read
    only the condition. The same holds for an act announced by an infinitive in a headline.

    Args:
        proposals: The proposals of a document.
        modalities: The factuality of each.
        features: The features of each.
        model: The decision model.
    """
    chances = model.probabilities(features)
    threats: dict[int, float] = {}
    for number, (proposal, modality) in enumerate(zip(proposals, modalities, strict=True)):
        if proposal.rule is None:
            continue
        if not is_known_type(proposal.rule.event_type):
            chances[number] = confidence_of(proposal.rule, modality)
        elif _is_announced(modality) and proposal.candidate.event_type == proposal.rule.event_type:
            chances[number] = max(chances[number], confidence_of(proposal.rule, modality))
        elif modality.conditional and proposal.candidate.event_type == "THREATEN":
            chances[number] = max(chances[number], confidence_of(proposal.rule, modality))
            threats[proposal.token.i] = chances[number]
    # A threatened act is not done: the rule takes precedence over a reading of the word as the act.
    for number, proposal in enumerate(proposals):
        if proposal.rule is None and proposal.token.i in threats:
            chances[number] = min(chances[number], threats[proposal.token.i] / 2)
    return chances


def _is_announced(modality: Modality) -> bool:
    """Return True for an act announced by a headline: *Elrond to visit Gondor*."""
    return modality.tense == "future" and "headline future" in modality.reason
