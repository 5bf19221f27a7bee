"""The result of the gate for a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.factuality.assessment import Modality

# Barred: no event. Struck: a party removed. Doubted: only possible. Supposed: only inside a condition.
# Retyped: an act of words where arms were read. Moved: a party moved to the other side.
Effect = Literal["barred", "struck", "doubted", "supposed", "retyped", "moved"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the gate: its name, the words it rests on, and its effect on the proposal."""

    name: str
    words: str
    effect: Effect

    def __str__(self) -> str:
        return f"{self.name}: {self.words} ({self.effect})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A proposal as it leaves the gate."""

    candidate: EventCandidate
    modality: Modality
    findings: tuple[Finding, ...] = ()

    @property
    def barred(self) -> str | None:
        """Return what bars the proposal; None if it may become an event."""
        found = barring(self.findings)
        return found.name if found is not None else None


def barring(findings: Iterable[Finding]) -> Finding | None:
    """Return the first finding that bars a proposal; None if none does."""
    return next((finding for finding in findings if finding.effect == "barred"), None)
