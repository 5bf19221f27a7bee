"""Figures shared by several evaluation tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable


def precision_recall_f1(*, hits: int, said: int, true: int) -> dict[str, float]:
    """Return precision, recall and F1, each 0 if its denominator is 0.

    Args:
        hits: Number of right answers.
        said: Number of given answers.
        true: Number of expected answers.
    """
    precision = hits / said if said else 0.0
    recall = hits / true if true else 0.0
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def macro_f1(pairs: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Return the mean F1 over the true classes of (true, said) pairs."""
    known = list(pairs)
    classes = {true for true, _ in known}
    if not classes:
        return 0.0
    total = 0.0
    for name in classes:
        hits = sum(true == said == name for true, said in known)
        named = sum(said == name for _, said in known)
        # F1 of one class, computed without precision and recall, so that it is never undefined here.
        total += 2 * hits / (named + sum(true == name for true, _ in known))
    return round(total / len(classes), 4)


def share(part: int, whole: int) -> float:
    """Return a share; 0 if the total is 0."""
    return round(part / whole, 4) if whole else 0.0
