"""Scores of attributions and of factuality, worked out by hand."""

from __future__ import annotations

import msgspec

from dragoman.analysis.span_scoring import (
    AttributionGold,
    AttributionScores,
    FactualityGold,
    FactualityScores,
)


def attribution(speaker: list[int], content: list[int]) -> dict[str, object]:
    return {"speaker": [speaker] if speaker else [], "content": [content]}


def test_attributions() -> None:
    scores = AttributionScores()
    gold = [attribution([0, 5], [10, 20]), attribution([], [30, 40]), attribution([0, 5], [50, 60])]
    said = [
        attribution([4, 8], [10, 25]),  # 10 of 15 characters; the speakers touch
        attribution([0, 5], [30, 40]),  # a speaker where there is none
        attribution([0, 5], [50, 54]),  # 4 of 10
    ]
    scores.add(msgspec.convert({"attributions": gold}, AttributionGold), {"attributions": said})
    figures = scores.figures()
    assert figures["found"] == {"precision": 0.6667, "recall": 0.6667, "f1": 0.6667}
    assert figures["speaker_accuracy_where_found"] == 0.5
    assert figures["found_with_speaker"]["recall"] == 0.3333


def test_an_attribution_is_found_once_and_nobody_speaks_for_nobody() -> None:
    scores = AttributionScores()
    gold = msgspec.convert({"attributions": [attribution([], [0, 10])] * 2}, AttributionGold)
    scores.add(gold, {"attributions": [attribution([], [0, 10])]})
    figures = scores.figures()
    assert (figures["found"]["precision"], figures["found"]["recall"]) == (1.0, 0.5)
    assert figures["speaker_accuracy_where_found"] == 1.0


def test_a_text_that_was_not_coded_is_missed() -> None:
    scores = AttributionScores()
    scores.add(
        msgspec.convert({"attributions": [attribution([], [0, 10])]}, AttributionGold), {"error": "bad"}
    )
    assert scores.figures()["found"]["recall"] == 0.0


def predicates(*scored: tuple[int, int, float | None]) -> dict[str, object]:
    return {"predicates": [{"start": start, "end": end, "score": score} for start, end, score in scored]}


def test_factuality() -> None:
    scores = FactualityScores()
    gold = {"id": "UW-1", **predicates((0, 5, 3.0), (10, 15, -3.0), (20, 25, 0.0), (30, 35, None))}
    scores.add(msgspec.convert(gold, FactualityGold), predicates((4, 6, 2.0), (10, 15, -2.0), (25, 30, 0.0)))
    scores.add(msgspec.convert({"id": "MT-1", **predicates((0, 5, 1.0))}, FactualityGold), {"error": "bad"})
    figures = scores.figures()
    # |3 - 2|, |-3 - -2|, and the unanswered |0 - 3|.
    assert (figures["UW"]["n"], figures["UW"]["mae"], figures["UW"]["unanswered"]) == (3, 1.6667, 1)
    assert 0.7 < figures["UW"]["r"] < 0.9
    assert figures["MT"] == {"n": 1, "mae": 2.0, "r": 0.0, "unanswered": 1}


def test_where_one_side_never_varies_nothing_is_correlated() -> None:
    scores = FactualityScores()
    gold = {"id": "UW-1", **predicates((0, 5, 3.0), (10, 15, -3.0))}
    scores.add(msgspec.convert(gold, FactualityGold), predicates((0, 5, 1.0), (10, 15, 1.0)))
    assert scores.figures()["UW"]["r"] == 0.0
