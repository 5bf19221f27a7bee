"""The encoder reader: a small sentence encoder that marks typed triggers and scores each party's role.

Trained by scripts/train_reader.py; src/dragoman/data/models/reader.md says on what. The encoder runs in
onnxruntime with weights of 8 bits; the heads above it are a few small matrices, multiplied here.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding.candidates.party_mentions import FOUND_BY, is_known_party
from dragoman.coding.reading.passages import Passage, passages_of
from dragoman.coding.reading.trigger_reading import FLOOR, RoleScores, TriggerReading
from dragoman.coding.reading.word_pieces import WordPieces
from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dragoman.coding.candidates.party_mentions import PartyMention
    from dragoman.language.annotated import AnnotatedDocument

    Floats = NDArray[np.float32]

KINDS = ("state", "organisation", "armed_group", "person", "group", "office")
# Passages run together; sorted by length first, so that little is padded.
_BATCH = 8


class EncoderReader:
    """Reads documents with the sentence encoder.

    Args:
        folder: Holds reader.onnx, reader_heads.npz and reader_words.txt; None for the package's own.

    Raises:
        KnowledgeError: A file is missing or is no such model.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or data_folder() / "models"
        self._words = WordPieces(folder / "reader_words.txt")
        self._session = _session(folder / "reader.onnx")
        try:
            with np.load(folder / "reader_heads.npz", allow_pickle=False) as stored:
                self._heads = {name: stored[name].astype(np.float32) for name in stored.files}
        except (OSError, ValueError) as error:
            raise KnowledgeError(where=str(folder), message=f"not a reader: {error}") from error

    def read(
        self, annotated: AnnotatedDocument, mentions: Sequence[PartyMention], *, wanted: Iterable[int] = ()
    ) -> dict[int, TriggerReading]:
        """Return the readings of words that may be triggers; passages that name no party are passed over."""
        asked = frozenset(wanted)
        passages = [
            passage
            for passage in passages_of(annotated, mentions, self._words)
            if _names_a_party(passage) or asked.intersection(passage.tokens)
        ]
        passages.sort(key=lambda passage: len(passage.pieces))
        found = {}
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            for passage, states in zip(batch, self._encode(batch), strict=True):
                found.update({reading.token: reading for reading in self._read(passage, states, asked)})
        return found

    def _encode(self, passages: Sequence[Passage]) -> list[Floats]:
        """Return the state of each word of each passage: (words, dimensions)."""
        longest = max(len(passage.pieces) for passage in passages)
        pieces = np.zeros((len(passages), longest), dtype=np.int64)
        mask = np.zeros_like(pieces)
        for row, passage in enumerate(passages):
            pieces[row, : len(passage.pieces)] = passage.pieces
            mask[row, : len(passage.pieces)] = 1
        (states,) = self._session.run(None, {"pieces": pieces, "mask": mask})
        return [states[row, list(passage.first)] for row, passage in enumerate(passages)]

    def _read(self, passage: Passage, states: Floats, asked: frozenset[int]) -> list[TriggerReading]:
        heads = self._heads
        types = _softmax(states @ heads["type_weight"] + heads["type_bias"])
        firm = _sigmoid(states @ heads["firm_weight"] + heads["firm_bias"])[:, 0]
        return [
            TriggerReading(
                token=token,
                types=tuple(types[word].tolist()),
                firm=float(firm[word]),
                roles=self._roles(passage, states, word, types[word]),
            )
            for word, token in enumerate(passage.tokens)
            if 1.0 - types[word, 0] > FLOOR or token in asked
        ]

    def _roles(self, passage: Passage, states: Floats, word: int, types: Floats) -> tuple[RoleScores, ...]:
        """Score every mention of the passage for each role in the event at a word."""
        if not passage.mentions:
            return ()
        heads = self._heads
        trigger = states[word]
        at = states[[position for position, _ in passage.mentions]]
        features = role_features(passage, word)
        weights = types.copy()
        weights[0] = 0.0
        hidden = (
            trigger @ heads["trigger_weight"] + heads["trigger_bias"]
            + at @ heads["mention_weight"] + heads["mention_bias"]
            + (at * trigger) @ heads["pair_weight"] + heads["pair_bias"]
            + (weights / max(float(weights.sum()), 1e-9)) @ heads["embed_type"]
        )  # fmt: skip
        for column, name in enumerate(ROLE_FEATURES):
            hidden = hidden + heads[f"embed_{name}"][features[:, column]]
        hidden = _gelu(hidden)
        hidden = _gelu(hidden @ heads["hidden_weight"] + heads["hidden_bias"]) + hidden
        scores = _sigmoid(hidden @ heads["role_weight"] + heads["role_bias"])
        return tuple(
            RoleScores(mention, *(float(score) for score in row))
            for (_, mention), row in zip(passage.mentions, scores, strict=True)
        )


def _names_a_party(passage: Passage) -> bool:
    """Return True if a passage names or means a country or a known body."""
    return any(is_known_party(mention) for _, mention in passage.mentions)


# What is known of a mention beside its words; each has a table of its own.
ROLE_FEATURES = ("found_by", "kind", "distance", "inferred", "same_sentence")


def role_features(passage: Passage, word: int) -> NDArray[np.int64]:
    """Return the features of each mention for the event at a word: (mentions, 5), rows of the tables."""
    rows = [
        (
            FOUND_BY.index(mention.found_by),
            KINDS.index(mention.party.kind) if mention.party.kind in KINDS else 0,
            distance_class(position - word),
            int(mention.is_inferred),
            int(passage.sentences[position] == passage.sentences[word]),
        )
        for position, mention in passage.mentions
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, len(ROLE_FEATURES))


DISTANCES = (1, 2, 4, 8, 16, 32)


def distance_class(words: int) -> int:
    """Return the class of a distance in words: 0-6 before the trigger, 7-13 behind it."""
    step = next((k for k, limit in enumerate(DISTANCES) if abs(words) <= limit), len(DISTANCES))
    return step if words < 0 else step + len(DISTANCES) + 1


@functools.lru_cache(maxsize=2)
def _session(path: Path) -> Any:
    """Open the encoder on one thread; several processes share a machine better than several threads."""
    import onnxruntime

    if not path.is_file():
        raise KnowledgeError(where=str(path), message="is missing; write it with scripts/train_reader.py")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = (powers / powers.sum(axis=-1, keepdims=True)).astype(np.float32)
    return result


def _sigmoid(scores: Floats) -> Floats:
    result: Floats = (1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))).astype(np.float32)
    return result


def _gelu(values: Floats) -> Floats:
    """Return the activation that the heads were trained with, by its error function."""
    # erf by Abramowitz and Stegun 7.1.26, exact to 1.5e-7: numpy has none.
    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(values) * (1.0 - tail * np.exp(-x * x))
    result: Floats = (0.5 * values * (1.0 + erf)).astype(np.float32)
    return result
