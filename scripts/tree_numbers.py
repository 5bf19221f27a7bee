"""Conversion of scikit-learn trees to the plain numbers of `dragoman.knowledge.boosted_trees`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier


def tree_numbers(
    model: HistGradientBoostingClassifier, *, digits: int, slope: float = 1.0, shift: float = 0.0
) -> dict[str, Any]:
    """Return the trees of a fitted classifier.

    Args:
        model: A fitted classifier of two classes.
        digits: Number of decimal places of the values.
        slope: Multiplier of the log-odds, for calibration.
        shift: Added to them afterwards.
    """
    content: dict[str, Any] = {
        "base": round(slope * float(model._baseline_prediction.item()) + shift, digits)
    }
    content.update((name, []) for name in ("feature", "limit", "low", "high", "value", "roots"))
    for (tree,) in model._predictors:
        start = len(content["feature"])
        content["roots"].append(start)
        for node in tree.nodes:
            leaf = bool(node["is_leaf"])
            content["feature"].append(-1 if leaf else int(node["feature_idx"]))
            # Thresholds are often values of the data: nine digits preserve each 32-bit number exactly.
            content["limit"].append(0.0 if leaf else float(f"{node['num_threshold']:.9g}"))
            content["low"].append(0 if leaf else start + int(node["left"]))
            content["high"].append(0 if leaf else start + int(node["right"]))
            content["value"].append(round(slope * float(node["value"]), digits) if leaf else 0.0)
    return content
