"""Train the trees that score a reading between -3 and +3, and cross-validate them.

    python scripts/train_factuality.py GOLD.jsonl [--check] [--predictions OUT.jsonl]

GOLD contains one object per line: id, text, predicates [{start, end, score}]. `--check` only cross-validates,
by document, and writes the held-out predictions; without it the trees trained on everything are also written
to the lexicon. The gold has no document boundaries: consecutive sentences are grouped.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import GradientBoostingRegressor

from dragoman.coding.factuality.projection import read
from dragoman.coding.factuality.score_features import features_of
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.modality import load_modality
from dragoman.language.pipeline import load_pipeline

FOLDS = 10
# Number of consecutive sentences kept in one fold.
DOCUMENT_LENGTH = 60
# Few and shallow trees over frequent features, so that they generalise to other texts.
SMALLEST_COUNT = 20
TREES = 140
DEPTH, SMALLEST_LEAF, RATE = 4, 20, 0.1
# The smaller part of the gold would otherwise have little influence.
PART_WEIGHT = {"MEANTIME": 5.0}
# Limits beyond which scores are moved to the end of the scale; chosen on the cross-validated scores.
HIGH, LOW = 1.95, -1.5


def rows_of(gold: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any], set[str]]]:
    """Return (sentence, predicate, features) for every gold predicate."""
    nlp, lexicon = load_pipeline(), load_modality()
    rows = []
    for sentence, doc in zip(gold, nlp.pipe(g["text"] for g in gold), strict=True):
        for predicate in sentence["predicates"]:
            span = doc.char_span(predicate["start"], predicate["end"], alignment_mode="expand")
            token = span.root
            rows.append((sentence, predicate, features_of(read(token, lexicon), token)))
    return rows


def vocabulary(feature_sets: list[set[str]]) -> list[str]:
    """Return the features frequent enough for training, sorted."""
    counts = Counter(name for names in feature_sets for name in names)
    return sorted(name for name, count in counts.items() if SMALLEST_COUNT <= count < len(feature_sets))


def matrix(feature_sets: list[set[str]], names: list[str]) -> csr_matrix:
    """Return the binary feature matrix."""
    index = {name: number for number, name in enumerate(names)}
    pairs = [(i, index[name]) for i, row in enumerate(feature_sets) for name in row if name in index]
    ones = np.ones(len(pairs), dtype=np.float32)
    place = tuple(np.array(pairs).T)
    return csr_matrix((ones, place), shape=(len(feature_sets), len(names)))


def grow(table: csr_matrix, scores: np.ndarray, weights: np.ndarray) -> GradientBoostingRegressor:
    """Train the trees to minimise the absolute error."""
    model = GradientBoostingRegressor(
        loss="absolute_error", n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE,
        min_samples_leaf=SMALLEST_LEAF, subsample=0.7, max_features=0.3, random_state=7,
    )  # fmt: skip
    return model.fit(table, scores, sample_weight=weights)


def export(model: GradientBoostingRegressor, names: list[str], path: Path) -> None:
    """Write the trees as plain numbers, with only the features that they test."""
    used = sorted({int(f) for stage in model.estimators_.ravel() for f in stage.tree_.feature if f >= 0})
    renumbered = {old: new for new, old in enumerate(used)}
    trees = []
    for stage in model.estimators_.ravel():
        tree = stage.tree_
        trees.append({
            "feature": [renumbered.get(int(f), -1) for f in tree.feature],
            "no": [max(int(n), 0) for n in tree.children_left],
            "yes": [max(int(n), 0) for n in tree.children_right],
            "value": [
                round(float(v) * model.learning_rate, 4) if f < 0 else 0
                for v, f in zip(tree.value.ravel(), tree.feature, strict=True)
            ],
        })  # fmt: skip
    base = round(float(model.init_.constant_.ravel()[0]), 4)
    content = {
        "base": base,
        "high": HIGH,
        "low": LOW,
        "features": [names[number] for number in used],
        "trees": trees,
    }
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes, {len(trees)} trees, {len(used)} features")


def to_ends(scores: np.ndarray) -> np.ndarray:
    """Move scores near an end of the scale to the end."""
    return np.where(scores >= HIGH, 3.0, np.where(scores <= LOW, -3.0, scores))


def _document(sentence_id: str) -> str:
    part, number = sentence_id.rsplit("-", 1)
    return f"{part}-{int(number) // DOCUMENT_LENGTH}"


def report(rows: list[tuple[Any, Any, Any]], predicted: np.ndarray) -> None:
    """Print the error and the correlation per part of the gold."""
    parts = sorted({sentence["id"].split("-")[0] for sentence, _, _ in rows})
    for part in parts:
        chosen = [i for i, row in enumerate(rows) if row[0]["id"].startswith(part)]
        true = np.array([rows[i][1]["score"] for i in chosen])
        mae = np.abs(true - predicted[chosen]).mean()
        print(f"{part}: n {len(chosen)}, MAE {mae:.4f}, r {np.corrcoef(true, predicted[chosen])[0, 1]:.4f}")


def write_predictions(rows: list[tuple[Any, Any, Any]], predicted: np.ndarray, path: Path) -> None:
    """Write the held-out predictions in the scorer's format."""
    by_id: dict[str, list[dict[str, float]]] = {}
    for (sentence, predicate, _), score in zip(rows, predicted, strict=True):
        by_id.setdefault(sentence["id"], []).append(
            {"start": predicate["start"], "end": predicate["end"], "score": round(float(score), 3)}
        )
    lines = [json.dumps({"id": key, "predicates": value}) for key, value in by_id.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Cross-validate, then train and write the trees."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--predictions", type=Path)
    arguments = parser.parse_args()
    gold = [json.loads(line) for line in arguments.gold.read_text(encoding="utf-8").splitlines() if line]
    rows = rows_of(gold)
    feature_sets = [row[2] for row in rows]
    scores = np.array([row[1]["score"] for row in rows])
    folds = np.array([zlib.crc32(_document(row[0]["id"]).encode()) % FOLDS for row in rows])
    weights = np.array([PART_WEIGHT.get(row[0]["id"].split("-")[0], 1.0) for row in rows])
    predicted, inside_errors = np.zeros(len(rows)), []
    for fold in range(FOLDS):
        inside, outside = np.where(folds != fold)[0], np.where(folds == fold)[0]
        names = vocabulary([feature_sets[i] for i in inside])
        model = grow(matrix([feature_sets[i] for i in inside], names), scores[inside], weights[inside])
        seen = to_ends(model.predict(matrix([feature_sets[i] for i in inside], names)))
        inside_errors.append(np.abs(seen - scores[inside])[weights[inside] == 1.0].mean())
        predicted[outside] = model.predict(matrix([feature_sets[i] for i in outside], names))
    predicted = to_ends(predicted)
    print(
        f"{FOLDS}-fold cross-validation by document; on what was learned from UW {np.mean(inside_errors):.4f}"
    )
    report(rows, predicted)
    if arguments.predictions:
        write_predictions(rows, predicted, arguments.predictions)
    if not arguments.check:
        names = vocabulary(feature_sets)
        target = data_folder() / "lexicon" / "en" / "modality_score.json"
        export(grow(matrix(feature_sets, names), scores, weights), names, target)


if __name__ == "__main__":
    main()
