"""Result of a learned reader for a word: the event type, its firmness, and the roles of the mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.language.annotated import AnnotatedDocument

# The types that a reader distinguishes, in the order of its scores; 0 is "no event".
EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TYPE_NUMBER = {name: number for number, name in enumerate(EVENT_TYPES, start=1)}
# Roles of a mention in an event, in the order of a reader's scores.
ROLES = ("actor", "recipient", "speaker", "place")
# Words below this probability of any event are not returned, unless requested.
FLOOR = 0.05


def is_known_type(event_type: str) -> bool:
    """Return True if readers were trained on a type; a user's own codebook may have others."""
    return event_type in TYPE_NUMBER


@dataclass(frozen=True, slots=True)
class RoleScores:
    """The probability of each role of one mention in one event."""

    mention: PartyMention
    actor: float
    recipient: float
    speaker: float
    place: float


@dataclass(frozen=True, slots=True)
class TriggerReading:
    """One word read as the trigger of an event.

    `types` contains the probability of no event and of each of `EVENT_TYPES`, 17 numbers that sum to one.
    `firm` is the probability that the text presents it as a fact.
    """

    token: int
    types: tuple[float, ...]
    firm: float
    roles: tuple[RoleScores, ...]

    @property
    def probability(self) -> float:
        """Return the probability that the word is the trigger of an event of any type."""
        return 1.0 - self.types[0]

    @property
    def best_type(self) -> str:
        """Return the most probable type, ignoring the probability of no event."""
        return EVENT_TYPES[max(range(len(EVENT_TYPES)), key=lambda number: self.types[number + 1])]

    def type_probability(self, event_type: str) -> float:
        """Return the probability of one type; 0 for a type that the reader was not trained on."""
        number = TYPE_NUMBER.get(event_type)
        return 0.0 if number is None else self.types[number]


class Reader(Protocol):
    """A learned model that reads a document word by word."""

    def read(
        self, annotated: AnnotatedDocument, mentions: Sequence[PartyMention], *, wanted: Iterable[int] = ()
    ) -> dict[int, TriggerReading]:
        """Return the readings of possible trigger words, by token index.

        Args:
            annotated: A report annotated by the language layer.
            mentions: The party mentions of the report.
            wanted: Tokens that are always read.
        """
        ...
