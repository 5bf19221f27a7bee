"""The factuality of an event, by the modality of its clause and by the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.coding.reading.trigger_reading import TriggerReading

# Below this the reader takes what the clause states for a plan, a suspicion or a possibility.
_NOT_FIRM = 0.35
# From here on it takes what the clause calls likely for asserted as fact: a threat or a promise made, what
# somebody says has happened. What only may be stays so, however sure the reader is.
_FIRM = 0.8


def firmness(modality: Modality, reading: TriggerReading | None) -> Modality:
    """Return the modality as the reader corrects it: less firm, or firm where the clause says probable."""
    if reading is None:
        return modality
    if modality.factuality == "certain" and reading.firm < _NOT_FIRM:
        return replace(modality, factuality="possible")
    if modality.factuality == "probable" and reading.firm >= _FIRM and not modality.conditional:
        return replace(modality, factuality="certain")
    return modality
