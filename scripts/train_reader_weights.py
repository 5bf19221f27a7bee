"""Fit the weights of the sentence encoder and the log-linear reader in the joint reader.

    python scripts/train_reader_weights.py GOLD_FOLDER READERS_FOLDER [--folds 2] [--use 0]

READERS_FOLDER contains the output of scripts/train_reader.py and scripts/train_linear_reader.py. Every text
is read by the readers that were not trained on its day, story or document; about twenty numbers are fitted to
their scores, and written to every folder as reader_weights.json. Blind texts are never read here.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import minimize

from dragoman.coding.coder import Coder
from dragoman.coding.reading.encoder_reader import EncoderReader
from dragoman.coding.reading.joint_reader import FILE, ReaderWeights
from dragoman.coding.reading.linear_reader import LinearReader
from dragoman.coding.reading.probabilities import LEAST, log_odds
from dragoman.coding.reading.trigger_reading import ROLES, TYPE_NUMBER, RoleScores, TriggerReading

sys.path.insert(0, str(Path(__file__).parent))
from training_targets import RoleTargets, role_targets, root_of
from training_texts import Text, load_texts

TYPES = 17


@dataclass
class Word:
    """Scores of both readers for one word, and its annotation: types (empty: no event)."""

    encoder: TriggerReading
    linear: TriggerReading
    types: list[int]
    firm: bool | None = None
    targets: RoleTargets = field(default_factory=RoleTargets)


def words_of(text: Text, coder: Coder, encoder: EncoderReader, linear: LinearReader) -> list[Word]:
    """Return the words of a text that a reader or the annotation marks as triggers."""
    annotated = coder.annotate(text.document)
    mentions, doc = coder.mentions_of(annotated), annotated.doc
    events: dict[int, list[dict[str, Any]]] = {}
    for event in text.events:
        root = root_of(doc, event["evidence"])
        if root is not None:
            events.setdefault(root, []).append(event)
    masked = [(event["evidence"]["start"], event["evidence"]["end"]) for event in text.optional]
    first = encoder.read(annotated, mentions, wanted=events)
    second = linear.read(annotated, mentions, wanted=first)
    found = []
    for index, reading in first.items():
        here = events.get(index, [])
        if not here and any(start <= doc[index].idx < end for start, end in masked):
            continue
        word = Word(reading, second[index], sorted({TYPE_NUMBER[n] for e in here for n in e["types"]}))
        if here:
            word.firm = here[0].get("firm")
            word.targets = role_targets(here[0], [scores.mention for scores in reading.roles])
        found.append(word)
    return found


def fit_types(words: list[Word]) -> list[float]:
    """Return the multipliers and the shift that maximise the likelihood of the annotated types."""
    encoder = np.log(np.maximum(np.array([word.encoder.types for word in words]), LEAST))
    linear = np.log(np.maximum(np.array([word.linear.types for word in words]), LEAST))
    allowed = np.zeros((len(words), TYPES))
    for row, word in enumerate(words):
        allowed[row, word.types or [0]] = 1.0

    def loss(given: np.ndarray) -> float:
        scores = given[0] * encoder + given[1] * linear
        scores[:, 0] += given[2]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        return float(-np.log((chances * allowed).sum(axis=1) + 1e-9).mean())

    return [float(x) for x in minimize(loss, [0.5, 0.5, 0.0], method="Nelder-Mead").x]


def fit_role(words: list[Word], column: int) -> list[float]:
    """Return the five numbers of a role: an annotated party has it if its best mention has."""
    encoder, linear, missing = [], [], []
    inside: list[list[int]] = []
    outside: list[int] = []
    role = ROLES[column]
    for word in words:
        if not word.targets.inside:
            continue
        start = len(encoder)
        other: dict[int, RoleScores] = {id(s.mention): s for s in word.linear.roles}
        for scores in word.encoder.roles:
            match = other.get(id(scores.mention))
            encoder.append(log_odds(getattr(scores, role)))
            linear.append(log_odds(getattr(match, role)) if match else 0.0)
            missing.append(match is None)
        inside += [[start + k for k in hit] for hit in word.targets.inside[column]]
        outside += [start + k for k in word.targets.outside[column]]
    first, second, is_missing = np.array(encoder), np.array(linear), np.array(missing)
    flat, starts = np.concatenate(inside), np.cumsum([0, *(len(hit) for hit in inside[:-1])])

    def loss(given: np.ndarray) -> float:
        scores = np.where(
            is_missing, given[3] * first + given[4], given[0] * first + given[1] * second + given[2]
        )
        best = np.maximum.reduceat(scores[flat], starts)
        return float(np.logaddexp(0, -best).sum() + np.logaddexp(0, scores[outside]).sum())

    start = [0.5, 0.5, 0.0, 1.0, 0.0]
    return [float(x) for x in minimize(loss, start, method="Nelder-Mead", options={"maxiter": 1500}).x]


def fit_firm(words: list[Word]) -> list[float]:
    """Return the multipliers and the shift of firmness."""
    known = [word for word in words if word.firm is not None]
    truth = np.array([word.firm for word in known], dtype=float)
    encoder = np.array([log_odds(word.encoder.firm) for word in known])
    linear = np.array([log_odds(word.linear.firm) for word in known])

    def loss(given: np.ndarray) -> float:
        scores = given[0] * encoder + given[1] * linear + given[2]
        return float(np.logaddexp(0, np.where(truth > 0, -scores, scores)).sum())

    return [float(x) for x in minimize(loss, [0.5, 0.5, 0.0], method="Nelder-Mead").x]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("readers", type=Path)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--use", type=int, nargs="*", help="folds whose readers are there; default all")
    options = parser.parse_args()
    texts = [text for text in load_texts(options.gold) if text.fold is not None and not text.is_blind]
    coder = Coder(reading="rules")
    words: list[Word] = []
    for fold in options.use if options.use is not None else range(options.folds):
        folder = options.readers / f"fold{fold}"
        readers = EncoderReader(folder), LinearReader(coder.book, folder)
        mine = [text for text in texts if text.fold % options.folds == fold]
        words += [word for text in mine for word in words_of(text, coder, *readers)]
    weights = ReaderWeights(
        types=tuple(fit_types(words)),
        firm=tuple(fit_firm(words)),
        roles=tuple(tuple(fit_role(words, column)) for column in range(len(ROLES))),
    )
    print(weights)
    for folder in [*(options.readers / f"fold{k}" for k in range(options.folds)), options.readers / "final"]:
        if folder.is_dir():
            (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(weights)))


if __name__ == "__main__":
    main()
