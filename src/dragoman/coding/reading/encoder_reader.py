"""The encoder reader: a small sentence encoder that detects typed triggers and scores each party's role.

Trained by scripts/train_reader.py; its training data is described in src/dragoman/data/models/reader.md. The
encoder runs in onnxruntime with 8-bit weights; its heads are a few small matrices, multiplied here.
"""

from __future__ import annotations

import bisect
import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding.candidates.party_mention import FOUND_BY, is_known_party
from dragoman.coding.reading.passages import Passage, passages_of
from dragoman.coding.reading.probabilities import sigmoid, softmax
from dragoman.coding.reading.trigger_reading import FLOOR, RoleScores, TriggerReading
from dragoman.coding.reading.word_pieces import WordPieces
from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.language.annotated import AnnotatedDocument

    Floats = NDArray[np.float32]

KINDS = ("state", "organisation", "armed_group", "person", "group", "office")


class EncoderReader:
    """Reader of documents with the sentence encoder.

    Args:
        folder: Contains reader.onnx, reader_heads.npz and reader_words.txt; None for the bundled model.

    Raises:
        KnowledgeError: A file is missing or is not a valid model.
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
        """Return the readings of possible trigger words; passages without a party are skipped."""
        asked = frozenset(wanted)
        passages = [
            passage
            for passage in passages_of(annotated, mentions, self._words)
            if _names_a_party(passage) or asked.intersection(passage.tokens)
        ]
        readings = (
            each for passage in passages for each in self._read(passage, self._encode(passage), asked)
        )
        return {reading.token: reading for reading in readings}

    def _encode(self, passage: Passage) -> Floats:
        """Return the state of each word of a passage: (words, dimensions).

        One passage at a time: the 8-bit model sets its range from the whole batch, so the result for one
        passage would depend on the others. It is also faster, since nothing is padded.
        """
        pieces = np.array([passage.pieces], dtype=np.int64)
        (states,) = self._session.run(None, {"pieces": pieces, "mask": np.ones_like(pieces)})
        of_words: Floats = states[0, list(passage.first)]
        return of_words

    def _read(self, passage: Passage, states: Floats, asked: frozenset[int]) -> list[TriggerReading]:
        heads = self._heads
        check_time()
        types = softmax(states @ heads["type_weight"] + heads["type_bias"])
        firm = sigmoid(states @ heads["firm_weight"] + heads["firm_bias"])[:, 0]
        likely = (1.0 - types[:, 0] > FLOOR).tolist()
        read = [word for word, token in enumerate(passage.tokens) if likely[word] or token in asked]
        roles = self._roles(passage, states, read, types)
        return [
            TriggerReading(
                token=passage.tokens[word],
                types=tuple(types[word].tolist()),
                firm=float(firm[word]),
                roles=scores,
            )
            for word, scores in zip(read, roles, strict=True)
        ]

    def _roles(
        self, passage: Passage, states: Floats, words: Sequence[int], types: Floats
    ) -> Iterator[tuple[RoleScores, ...]]:
        """Yield for each given word the role scores of all mentions of the passage in its event."""
        if not passage.mentions or not words:
            yield from (() for _ in words)
            return
        for row in self._role_scores(passage, states, words, types).tolist():
            yield tuple(
                RoleScores(mention, *scores)
                for (_, mention), scores in zip(passage.mentions, row, strict=True)
            )

    def _role_scores(self, passage: Passage, states: Floats, words: Sequence[int], types: Floats) -> Floats:
        """Return the scores of all pairs at once: (words, mentions, roles)."""
        heads = self._heads
        triggers = states[list(words)]
        at = states[[position for position, _ in passage.mentions]]
        weights = types[list(words)]
        weights[:, 0] = 0.0
        weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
        of_trigger = (
            triggers @ heads["trigger_weight"] + heads["trigger_bias"] + weights @ heads["embed_type"]
        )
        of_mention = at @ heads["mention_weight"] + heads["mention_bias"] + heads["pair_bias"]
        hidden = (at[None] * triggers[:, None]) @ heads["pair_weight"] + of_trigger[:, None] + of_mention
        features = _features_of_pairs(passage, words)
        for column, name in enumerate(ROLE_FEATURES):
            hidden += heads[f"embed_{name}"][features[:, :, column]]
        hidden = _gelu(hidden)
        hidden = _gelu(hidden @ heads["hidden_weight"] + heads["hidden_bias"]) + hidden
        return sigmoid(hidden @ heads["role_weight"] + heads["role_bias"])


def _names_a_party(passage: Passage) -> bool:
    """Return True if a passage names or refers to a country or a known body."""
    return any(is_known_party(mention) for _, mention in passage.mentions)


# Features of a mention apart from its words; each has a table of its own.
ROLE_FEATURES = ("found_by", "kind", "distance", "inferred", "same_sentence")


def role_features(passage: Passage, word: int) -> NDArray[np.int64]:
    """Return the features of each mention for the event at a word: (mentions, 5), rows of the tables."""
    features: NDArray[np.int64] = _features_of_pairs(passage, [word])[0]
    return features


def _features_of_pairs(passage: Passage, words: Sequence[int]) -> NDArray[np.int64]:
    """Return the features of each mention for the event at each given word: (words, mentions, 5)."""
    features = np.empty((len(words), len(passage.mentions), len(ROLE_FEATURES)), dtype=np.int64)
    sentences, at = np.array(passage.sentences), [position for position, _ in passage.mentions]
    features[:, :, 0] = [FOUND_BY.index(m.found_by) for _, m in passage.mentions]
    features[:, :, 1] = [
        KINDS.index(kind) if (kind := m.party.kind) in KINDS else 0 for _, m in passage.mentions
    ]
    features[:, :, 2] = [[distance_class(position - word) for position in at] for word in words]
    features[:, :, 3] = [int(m.is_inferred) for _, m in passage.mentions]
    features[:, :, 4] = sentences[at] == sentences[list(words)][:, None]
    return features


DISTANCES = (1, 2, 4, 8, 16, 32)


def distance_class(words: int) -> int:
    """Return the class of a distance in words: 0-6 before the trigger, 7-13 after it."""
    step = bisect.bisect_left(DISTANCES, abs(words))
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


def _gelu(values: Floats) -> Floats:
    """Return the exact GELU (by the error function), the activation used in training the heads."""
    # erf by Abramowitz and Stegun 7.1.26, exact to 1.5e-7: numpy has no erf.
    x = np.abs(values) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.3275911 * x)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(values) * (1.0 - tail * np.exp(-x * x))
    result: Floats = (0.5 * values * (1.0 + erf)).astype(np.float32)
    return result
