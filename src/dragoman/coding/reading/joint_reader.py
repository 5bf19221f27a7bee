"""Weighted combination of two readers: the sentence encoder and the log-linear model.

The encoder models word meaning, the log-linear model sentence structure. They make different errors: together
they are right more often than either, above all on roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from dragoman.coding.reading.probabilities import LEAST, chance_of, log_odds
from dragoman.coding.reading.trigger_reading import FLOOR, ROLES, RoleScores, TriggerReading
from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.coding.reading.trigger_reading import Reader
    from dragoman.language.annotated import AnnotatedDocument

    Floats = NDArray[np.float64]

FILE = "reader_weights.json"


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """Weights of the readers.

    `types` multiplies the log-probabilities of the encoder and of the log-linear model and shifts that of no
    event. `firm` does the same for log-odds. Each of `roles` has two more numbers, multiplier and shift for
    mentions scored by the encoder only: (encoder, linear, shift, encoder alone, shift alone).
    """

    types: tuple[float, float, float]
    firm: tuple[float, float, float]
    roles: tuple[tuple[float, float, float, float, float], ...]


class JointReader:
    """Reader of documents that combines the results of two readers.

    Args:
        encoder: Selects the words to read.
        linear: Reads these words too.
        weights: Weight of each reader.
    """

    def __init__(self, encoder: Reader, linear: Reader, weights: ReaderWeights) -> None:
        self._encoder = encoder
        self._linear = linear
        self._weights = weights

    def read(
        self, annotated: AnnotatedDocument, mentions: Sequence[PartyMention], *, wanted: Iterable[int] = ()
    ) -> dict[int, TriggerReading]:
        """Return the joint readings of possible trigger words, by token index."""
        asked = frozenset(wanted)
        first = self._encoder.read(annotated, mentions, wanted=asked)
        second = self._linear.read(annotated, mentions, wanted=first)
        joined = {
            word: joint(reading, second[word], self._weights) if word in second else reading
            for word, reading in sorted(first.items())
        }
        return {w: reading for w, reading in joined.items() if reading.probability > FLOOR or w in asked}


def joint(encoder: TriggerReading, linear: TriggerReading, weights: ReaderWeights) -> TriggerReading:
    """Return one reading from the two of a word."""
    of_encoder, of_linear, shift = weights.types
    scores = of_encoder * _log(np.array(encoder.types)) + of_linear * _log(np.array(linear.types))
    scores[0] += shift
    powers = np.exp(scores - scores.max())
    first, second, third = weights.firm
    return TriggerReading(
        token=encoder.token,
        types=tuple((powers / powers.sum()).tolist()),
        firm=chance_of(first * log_odds(encoder.firm) + second * log_odds(linear.firm) + third),
        roles=_roles(encoder.roles, linear.roles, weights),
    )


def _roles(
    encoder: Sequence[RoleScores], linear: Sequence[RoleScores], weights: ReaderWeights
) -> tuple[RoleScores, ...]:
    """Combine the scores of each mention that the encoder scored."""
    # Both readers get the same mention objects, so they can be matched by identity.
    of_linear = {id(scores.mention): scores for scores in linear}
    joined = []
    for scores in encoder:
        other = of_linear.get(id(scores.mention))
        joined.append(
            RoleScores(
                scores.mention,
                *(
                    _joined(getattr(scores, role), getattr(other, role) if other else None, given)
                    for role, given in zip(ROLES, weights.roles, strict=True)
                ),
            )
        )
    return tuple(joined)


def _joined(encoder: float, linear: float | None, weights: tuple[float, float, float, float, float]) -> float:
    of_encoder, of_linear, shift, alone, shift_alone = weights
    if linear is None:
        return chance_of(alone * log_odds(encoder) + shift_alone)
    return chance_of(of_encoder * log_odds(encoder) + of_linear * log_odds(linear) + shift)


def _log(chances: Floats) -> Floats:
    logs: Floats = np.log(np.maximum(chances, LEAST))
    return logs


def load_reader_weights(folder: Path | None = None) -> ReaderWeights:
    """Load the bundled weights, or those in another folder.

    Raises:
        KnowledgeError: The file is missing or not in the format of the training script.
    """
    path = (folder or data_folder() / "models") / FILE
    try:
        content: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        return msgspec.convert(content, ReaderWeights)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        message = f"cannot be used ({error}); write it with scripts/train_reader_weights.py"
        raise KnowledgeError(where=str(path), message=message) from error
