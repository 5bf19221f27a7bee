"""The factuality of an event, by the modality of its clause and by the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.coding.reading.trigger_reading import TriggerReading

# Below this score the reader treats what the clause states as a plan, a suspicion or a possibility.
_NOT_FIRM = 0.35
# From this score on it treats what the clause calls likely as asserted fact: a threat or promise made, a
# reported event. What is only possible stays so, however certain the reader is.
_FIRM = 0.8


def firmness(modality: Modality, reading: TriggerReading | None) -> Modality:
    """Return the modality corrected by the reader: less firm, or firm if the clause says probable."""
    if reading is None:
        return modality
    if modality.factuality == "certain" and reading.firm < _NOT_FIRM:
        return replace(modality, factuality="possible")
    if modality.factuality == "probable" and reading.firm >= _FIRM and not modality.conditional:
        return replace(modality, factuality="certain")
    return modality
