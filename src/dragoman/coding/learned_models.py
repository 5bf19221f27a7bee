"""The learned models of a coder: a reader of words and the decision model trained with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.decision.model import load_decision_model
from dragoman.coding.reading.joint_reader import JointReader, load_reader_weights
from dragoman.coding.reading.linear_reader import LinearReader
from dragoman.errors import UsageError
from dragoman.model.terms import READINGS

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.coding.decision.model import DecisionModel
    from dragoman.coding.reading.trigger_reading import Reader
    from dragoman.knowledge.codebook import Codebook
    from dragoman.model.terms import Reading

# The decision model that was trained with each reader.
DECISION_MODELS: dict[Reading, str] = {"full": "decision", "fast": "decision_fast"}


@dataclass(frozen=True, slots=True)
class LearnedModels:
    """A reader of words and a decision model."""

    reader: Reader
    decision: DecisionModel


def load_models(reading: Reading, folder: Path | None, book: Codebook) -> LearnedModels | None:
    """Load the models of a reading; None if it uses rules only.

    Args:
        reading: "full", "fast" or "rules".
        folder: A folder with learned models; None for those of the package.
        book: The codebook.

    Raises:
        UsageError: There is no such reading.
        KnowledgeError: A model file is missing or invalid.
    """
    if reading == "rules":
        return None
    if reading not in READINGS:
        raise UsageError(message=f"no reading {reading!r}; use one of {', '.join(READINGS)}")
    decision = load_decision_model(DECISION_MODELS[reading], folder)
    if reading == "fast":
        return LearnedModels(LinearReader(book, folder), decision)
    # Imported here so that other uses do not load onnxruntime.
    from dragoman.coding.reading.encoder_reader import EncoderReader

    reader = JointReader(EncoderReader(folder), LinearReader(book, folder), load_reader_weights(folder))
    return LearnedModels(reader, decision)
