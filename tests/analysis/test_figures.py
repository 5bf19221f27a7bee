"""Figures that several tasks share, worked out by hand."""

from __future__ import annotations

import pytest

from dragoman.analysis.figures import macro_f1, precision_recall_f1, share


@pytest.mark.parametrize(
    ("hits", "said", "true", "figures"),
    [(1, 2, 4, (0.5, 0.25, 0.3333)), (0, 0, 4, (0, 0, 0)), (0, 3, 0, (0, 0, 0)), (2, 2, 2, (1, 1, 1))],
)
def test_precision_recall_f1(hits: int, said: int, true: int, figures: tuple[float, ...]) -> None:
    found = precision_recall_f1(hits=hits, said=said, true=true)
    assert (found["precision"], found["recall"], found["f1"]) == figures


@pytest.mark.parametrize(
    ("pairs", "mean"),
    [
        ("aa bb", 1.0),
        ("aa ab bb", 0.6667),  # both 2/3
        ("aa ac", 0.6667),  # c is no true class
        ("ab", 0.0),
        ("", 0.0),
    ],
)
def test_macro_f1(pairs: str, mean: float) -> None:
    assert macro_f1(tuple(pair) for pair in pairs.split()) == mean


def test_share() -> None:
    assert (share(1, 3), share(0, 0)) == (0.3333, 0.0)
