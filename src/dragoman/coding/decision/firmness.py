"""How firmly the text holds an event, by the modality of its clause and by the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.coding.reading.trigger_reading import TriggerReading

# Below this the reader takes what the clause states for a plan, a suspicion or a possibility.
_NOT_FIRM = 0.35


def firmness(modality: Modality, reading: TriggerReading | None) -> Modality:
    """Return the modality, made no firmer than the reader holds it."""
    if reading is None or reading.firm >= _NOT_FIRM or modality.factuality != "certain":
        return modality
    return replace(modality, factuality="possible")
