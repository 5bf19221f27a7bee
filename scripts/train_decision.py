"""Train the decision model on the results of the fold readers for held-out texts.

    python scripts/train_decision.py GOLD_FOLDER READERS_FOLDER OUT_FILE [--reading full] [--folds 2]

READERS_FOLDER is the output of scripts/train_reader.py, scripts/train_linear_reader.py and, for --reading
full, scripts/train_reader_weights.py. Every text is read by the readers that were not trained on its day,
story or document. The trees are then cross-validated again, by the same groups, and the figures of the folds
are printed; the trees that are written are trained on all rows. Blind texts are never read here; score them
with `dragoman evaluate events`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dragoman.analysis.event_scoring import EventScores, is_alike, is_right
from dragoman.coding.coder import Coder
from dragoman.coding.decision.features import is_long, is_unaided
from dragoman.coding.decision.objections import BARRING
from dragoman.coding.decision.selection import DOMESTIC_TALK_THRESHOLD, Decision, select
from dragoman.coding.learned_models import DECISION_MODELS

sys.path.insert(0, str(Path(__file__).parent))
from training_texts import Text, load_texts
from tree_numbers import tree_numbers

GROUPS = 5
LONG_TEXT_WEIGHT = 3.0
# The default thresholds maximise F1 among those that reach this precision: the first on the items, for short
# texts; the second on the articles, for long ones, with the mean F1 of reports, statements and articles. F1
# is flat there, and a false event costs more trust than a missed one.
FLAT = 0.01
LEAST_PRECISION, LEAST_LONG_PRECISION = 0.8, 0.73
SETTINGS = {
    "max_iter": 160, "learning_rate": 0.05, "max_leaf_nodes": 8, "min_samples_leaf": 25,
    "l2_regularization": 3.0, "early_stopping": False, "random_state": 0,
}  # fmt: skip
EMPTY: dict[str, Any] = {
    "names": [], "base": 0.0, "threshold": 0.5, "long_threshold": 0.5, "feature": [], "limit": [], "low": [],
    "high": [], "value": [], "roots": [], "unaided": [1.0, 0.0],
}  # fmt: skip


@dataclass
class Row:
    """One proposal: its event, its features, whether it is right (None: undecided)."""

    decision: Decision
    event: Any
    features: dict[str, float]
    barred: bool
    right: bool | None
    chance: float = 0.0


def rows_of(text: Text, coder: Coder) -> list[Row]:
    """Return the proposals of one text, labelled by the annotation."""
    found = []
    for decision, features, event in coder.proposals_of(coder.annotate(text.document)):
        right: bool | None = any(is_right(annotation, event) for annotation in text.events)
        if not right and any(is_alike(annotation, event) for annotation in text.optional):
            right = None
        found.append(Row(decision, event, features, bool(BARRING & {*decision.objections}), right))
    return found


def matrix(rows: list[Row], names: list[str]) -> np.ndarray:
    return np.array([[row.features.get(name, 0.0) for name in names] for row in rows], dtype=np.float32)


def cross_validate(data: list[tuple[Text, list[Row]]], names: list[str], make: Any) -> None:
    """Assign each row the probability by a model that was not trained on its group."""
    for group in range(GROUPS):
        inside = [r for t, rows in data if _group(t) == group for r in rows]
        outside = [(r, weight_of(t)) for t, rows in data if _group(t) != group for r in rows]
        if not inside:
            continue
        model = fit(make(), outside, names)
        for row, chance in zip(inside, model.predict_proba(matrix(inside, names))[:, 1], strict=True):
            row.chance = float(chance)


def fit(model: Any, rows: list[tuple[Row, float]], names: list[str]) -> Any:
    """Fit a model to the rows labelled right or wrong."""
    known = [(row, weight) for row, weight in rows if row.right is not None]
    last = f"{model.steps[-1][0]}__sample_weight" if hasattr(model, "steps") else "sample_weight"
    given = {last: [weight for _, weight in known]}
    return model.fit(matrix([row for row, _ in known], names), [row.right for row, _ in known], **given)


def weight_of(text: Text) -> float:
    """Return the weight of the proposals of a text: long texts are few here, but most news is long."""
    return 1.0 if text.source in ("items", "news_items") else LONG_TEXT_WEIGHT


@dataclass(frozen=True)
class Calibration:
    """Slope and shift of the log-odds: for most proposals, and for those only by the model in long texts."""

    plain: tuple[float, float]
    unaided: tuple[float, float]

    def of(self, row: Row) -> float:
        slope, shift = self.unaided if is_unaided(row.features) else self.plain
        return float(1.0 / (1.0 + np.exp(-(slope * _odds(row.chance) + shift))))


def calibrate(data: list[tuple[Text, list[Row]]]) -> Calibration:
    """Fit the calibration of the log-odds to the labels in the folds, and apply it to the rows."""
    rows = [(t, r) for t, found in data for r in found if r.right is not None and not r.barred]
    # Articles written for this project count only where gold is scarce.
    calibration = Calibration(
        _fitted([r for t, r in rows if t.is_gold and not is_unaided(r.features)]),
        _fitted([r for _, r in rows if is_unaided(r.features)]),
    )
    for _, found in data:
        for row in found:
            row.chance = calibration.of(row)
    return calibration


def _fitted(rows: list[Row]) -> tuple[float, float]:
    odds = np.array([[_odds(row.chance)] for row in rows])
    fitted = LogisticRegression(C=1e6).fit(odds, [row.right for row in rows])
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _odds(chance: float) -> float:
    kept = min(max(chance, 1e-6), 1.0 - 1e-6)
    return float(np.log(kept / (1.0 - kept)))


def best_threshold(
    thresholds: list[float],
    gold: dict[str, list[tuple[Text, list[Row]]]],
    sets: tuple[str, ...],
    least_precision: float,
) -> float:
    """Return the threshold with the best mean F1 over some sets; the first must reach the precision.

    Of several within `FLAT` of the best, the lowest: its additional events are worth the errors.
    """
    figures = {t: [scores_at(gold[name], t) for name in sets] for t in thresholds}
    precise = [t for t in thresholds if (figures[t][0].precision or 0.0) >= least_precision]
    mean = {t: sum(s.f1 or 0.0 for s in figures[t]) / len(sets) for t in precise or thresholds}
    return min(t for t, f1 in mean.items() if f1 >= max(mean.values()) - FLAT)


def _group(text: Text) -> int:
    # The parity determines the reader; the rest of the number determines the group.
    return (text.fold or 0) // 2 % GROUPS


def scores_at(data: list[tuple[Text, list[Row]]], threshold: float) -> EventScores:
    """Score the events above a threshold."""
    scores = EventScores()
    for text, rows in data:
        event_of = {id(row.decision.proposal): row.event for row in rows}
        decided = [replace(row.decision, probability=row.chance) for row in rows]
        sentences = sum(1 for _ in decided[0].proposal.token.doc.sents) if decided else 0
        talk = DOMESTIC_TALK_THRESHOLD if is_long(sentences) else 0.0
        selected = select(decided, threshold=threshold, talk_threshold=talk)
        kept = [d for d in selected if d.dropped is None]
        scores.add(text.events, text.optional, [event_of[id(d.proposal)] for d in kept])
    return scores


def report(data: list[tuple[Text, list[Row]]], thresholds: list[float]) -> None:
    print(f"{'threshold':>10} {'precision':>10} {'recall':>8} {'f1':>8} {'coded':>6}")
    for threshold in thresholds:
        s = scores_at(data, threshold)
        print(f"{threshold:10.2f} {s.precision or 0:10.3f} {s.recall or 0:8.3f} {s.f1 or 0:8.3f} {s.coded:6}")


def trees_of(
    model: HistGradientBoostingClassifier,
    names: list[str],
    thresholds: tuple[float, float],
    calibration: Calibration,
) -> dict[str, Any]:
    """Return the calibrated trees as plain numbers, in the format of decision/model.py."""
    (slope, shift), (unaided_slope, unaided_shift) = calibration.plain, calibration.unaided
    # Converts the plain log-odds to those of proposals only by the model in long texts.
    ratio = unaided_slope / slope
    return {
        "names": names,
        "threshold": thresholds[0],
        "long_threshold": thresholds[1],
        "unaided": [round(ratio, 6), round(unaided_shift - ratio * shift, 6)],
        **tree_numbers(model, digits=6, slope=slope, shift=shift),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("readers", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reading", default="full", choices=sorted(DECISION_MODELS))
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--use", type=int, nargs="*", help="folds whose readers are there; default all")
    options = parser.parse_args()
    texts = [text for text in load_texts(options.gold) if text.fold is not None and not text.is_blind]
    data: list[tuple[Text, list[Row]]] = []
    for fold in options.use if options.use is not None else range(options.folds):
        folder = options.readers / f"fold{fold}"
        empty = folder / f"{DECISION_MODELS[options.reading]}.json"
        if not empty.exists():
            empty.write_text(json.dumps(EMPTY), encoding="utf-8")
        coder = Coder(reading=options.reading, models=folder)
        mine = [text for text in texts if text.fold % options.folds == fold]
        data += [(text, rows_of(text, coder)) for text in mine]
        print(f"fold {fold}: {len(mine)} texts", flush=True)
    names = sorted({name for _, rows in data for row in rows for name in row.features})
    gold: dict[str, list[tuple[Text, list[Row]]]] = defaultdict(list)
    for text, rows in data:
        gold[text.source if text.is_gold else "own"].append((text, rows))
        if text.source == "articles":
            gold["own articles"].append((text, rows))
    thresholds = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]
    makers = {
        "log-linear": lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=3000)),
        "trees": lambda: HistGradientBoostingClassifier(**SETTINGS),
    }
    calibration = Calibration((1.0, 0.0), (1.0, 0.0))
    for name, make in makers.items():
        cross_validate(data, names, make)
        calibration = calibrate(data)
        for source in ("items", "reports", "statements", "own articles"):
            print(f"\n{name}, {source}")
            report(gold[source], thresholds)
        _carriers(name, gold, 0.55)
        _bands(
            name, [pair for source, pairs in gold.items() if not source.startswith("own") for pair in pairs]
        )
    short = best_threshold(thresholds, gold, ("items",), LEAST_PRECISION)
    long = best_threshold(thresholds, gold, ("own articles", "reports", "statements"), LEAST_LONG_PRECISION)
    rows = [(row, weight_of(text)) for text, found in data for row in found]
    model = fit(makers["trees"](), rows, names)
    options.out.write_bytes(msgspec.json.encode(trees_of(model, names, (short, long), calibration)))
    print(
        f"\n{len(rows)} rows, {len(names)} features; thresholds {short} and {long}; written to {options.out}"
    )


def _carriers(name: str, gold: dict[str, list[tuple[Text, list[Row]]]], threshold: float) -> None:
    print(f"\n{name}, share right from {threshold} on, by what found the event")
    for source, pairs in gold.items():
        kept = [
            r
            for _, rows in pairs
            for r in rows
            if r.chance >= threshold and not r.barred and r.right is not None
        ]
        for carrier in ("rule", "both", "model"):
            of = [r.right for r in kept if r.event.carried_by == carrier]
            if of:
                print(f"  {source:14} {carrier:6} {len(of):5} {sum(of) / len(of):.3f}")


def _bands(name: str, data: list[tuple[Text, list[Row]]]) -> None:
    print(f"\n{name}, share right by band of probability, all gold")
    for band in range(2, 10):
        inside = [
            r.right
            for _, rows in data
            for r in rows
            if r.right is not None and not r.barred and band / 10 <= r.chance < (band + 1) / 10
        ]
        if inside:
            print(f"  {band / 10:.1f}-{(band + 1) / 10:.1f}: {len(inside):5} {sum(inside) / len(inside):.3f}")


if __name__ == "__main__":
    main()
