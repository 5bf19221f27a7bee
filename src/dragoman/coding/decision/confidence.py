"""The confidence of an event that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.decision.relevance import is_between_countries
from dragoman.coding.parties.sides import PUBLIC_KINDS

if TYPE_CHECKING:
    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.factuality.assessment import Modality

# The share of events of each kind found right in manual review; see docs/accuracy.md.
_CONFIDENCE = {"between": 0.87, "public": 0.78, "home": 0.67}
_LESS_SURE = {"sure": 0.0, "likely": 0.08, "weak": 0.2}


def confidence_of(act: EventCandidate, modality: Modality) -> float:
    """Return the probability that an event is right, by its parties and its factuality."""
    everyone = (*act.actors, *act.recipients)
    public = any(ref.kind in PUBLIC_KINDS for ref in everyone)
    reach = "between" if is_between_countries(act) else "public" if public else "home"
    base = _CONFIDENCE[reach] - _LESS_SURE[act.strength]
    if modality.factuality != "certain":
        base -= 0.05
    return round(max(base, 0.05), 3)
