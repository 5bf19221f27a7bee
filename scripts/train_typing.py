"""Train the typing model on given relations and on the codebook's worked examples.

    python scripts/train_typing.py RELATIONS.jsonl [--folds 10] [--predictions OUT.jsonl] [--write]

RELATIONS contains one object per line: text, actor [start, end], recipient [start, end], event_type (YIELD
stands for CONCEDE and RETREAT). With --folds it predicts each line by a model not trained on it and writes
the predictions; with --write it trains on everything and saves src/dragoman/data/models/typing.npz.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from dragoman.coding.coder import Coder
from dragoman.coding.reading.relations import RelationFinder, evidence
from dragoman.coding.reading.typing_features import pair_features
from dragoman.coding.reading.typing_model import ROWS, rows_of
from dragoman.knowledge.loading import data_folder

# Set by cross-validation on the development relations: 3, 10, 30, 100 were tried.
STRENGTH = 30.0
# A weight this close to zero does not change a prediction; omitting it halves the file.
NEGLIGIBLE = 1e-3


def features_of(coder: Coder, finder: RelationFinder, case: dict) -> tuple[list[str], list]:
    """Return the features of one case and the acts that held for it."""
    annotated = coder.annotate_text(case["text"])
    actor, recipient = tuple(case["actor"]), tuple(case["recipient"])
    held = finder.held(annotated, actor, recipient)
    return pair_features(annotated.doc, actor, recipient, evidence(held)), held


def example_cases(coder: Coder) -> list[dict]:
    """Convert correctly coded worked examples to cases with spans."""
    cases = []
    for entry in coder.book.types.values():
        for example in entry.examples:
            coded = coder.code(example.text)
            if len(coded.events) != len(example.expect):
                continue
            for event in coded.events:
                parties = (*event.actors, *event.recipients)
                if len(parties) >= 2:
                    a, b = parties[0], parties[-1]
                    kind = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(event.event_type, event.event_type)
                    cases.append({"text": example.text, "actor": [a.start, a.end],
                                  "recipient": [b.start, b.end], "event_type": kind})  # fmt: skip
    return cases


def matrix(rows: list[list[int]]) -> csr_matrix:
    """Return the design matrix, each row scaled to unit length."""
    indptr = np.cumsum([0, *[len(r) for r in rows]])
    values = np.concatenate([np.full(len(r), 1 / np.sqrt(max(len(r), 1))) for r in rows])
    return csr_matrix((values, np.concatenate(rows).astype(int), indptr), shape=(len(rows), ROWS))


def fit(rows: list[list[int]], kinds: list[str]) -> LogisticRegression:
    """Fit the softmax regression."""
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    return model.fit(matrix(rows), kinds)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("relations", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    # By rules only, as pairs are typed: the output of learned readers changes with their training.
    coder = Coder(actors=[data_folder() / "actors_invented"], reading="rules")
    finder = RelationFinder(book=coder.book, modality=coder.modality, model=None)
    cases = [json.loads(line) for line in options.relations.read_text().splitlines()]
    ours = example_cases(coder)
    seen = [features_of(coder, finder, case) for case in (*cases, *ours)]
    rows = [rows_of(features) for features, _ in seen]
    kinds = [case["event_type"] for case in (*cases, *ours)]
    if options.predictions:
        validate(options, cases, rows, kinds, [held for _, held in seen])
    if options.write:
        store(fit(rows, kinds))


def validate(
    options: argparse.Namespace, cases: list[dict], rows: list, kinds: list[str], held: list
) -> None:
    """Predict each case by a model not trained on it; rules decide when they are certain."""
    n = len(cases)
    extra = list(range(n, len(rows)))
    said: dict[int, tuple[str, float, str]] = {}
    for train, test in StratifiedKFold(options.folds, shuffle=True, random_state=0).split(
        rows[:n], kinds[:n]
    ):
        chosen = [*train, *extra]
        model = fit([rows[i] for i in chosen], [kinds[i] for i in chosen])
        for i, chances in zip(test, model.predict_proba(matrix([rows[j] for j in test])), strict=True):
            by_kind = dict(zip(model.classes_, chances, strict=True))
            sure = [act for act, how in held[i] if how == "both" and act.strength == "sure"]
            best, by = str(max(by_kind, key=by_kind.get)), "model"
            if sure:
                kind = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(sure[0].event_type, sure[0].event_type)
                if by_kind.get(kind, 0) > RelationFinder.LEAST:
                    best, by = kind, "rule"
            said[i] = best, float(by_kind.get(best, 0)), by
    with options.predictions.open("w") as file:
        for i, case in enumerate(cases):
            kind, chance, by = said[i]
            row = {"id": case["id"], "event_type": kind, "chance": round(chance, 4), "by": by}
            file.write(json.dumps(row) + "\n")


def store(model: LogisticRegression) -> None:
    """Save the weights as numbers without words."""
    weights = model.coef_.T
    rows, columns = np.nonzero(np.abs(weights) > NEGLIGIBLE)
    np.savez_compressed(
        data_folder() / "models" / "typing.npz",
        rows=rows.astype(np.uint16), columns=columns.astype(np.uint8),
        values=weights[rows, columns].astype(np.float16),
        bias=model.intercept_.astype(np.float32), types=np.array([str(c) for c in model.classes_]),
    )  # fmt: skip


if __name__ == "__main__":
    main()
