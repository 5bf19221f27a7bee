"""Scores of actor labels and of stories, worked out by hand."""

from __future__ import annotations

import pytest

from dragoman.analysis.label_scoring import ActorGold, ActorScores, StoryGold, StoryScores


@pytest.mark.parametrize(
    ("wanted", "said", "right"),
    [
        ("ARN", {"country": "ARN"}, 1.0),
        ("ARN", {"country": "GON"}, 0.0),
        (["ARN", "GON"], {"country": "GON"}, 1.0),
        ("", {"country": ""}, 1.0),
        (None, {"country": ""}, 1.0),
        (None, {"country": "ARN"}, 0.0),
        (None, {"error": "bad"}, 0.0),  # what was not read is wrong
    ],
)
def test_one_field(wanted: object, said: dict[str, str], right: float) -> None:
    scores = ActorScores()
    scores.add(ActorGold(expect={"country": wanted}), said)  # type: ignore[dict-item]
    assert scores.figures() == {"n": 1, "accuracy": right, "country": right}


def test_fields_count_apart() -> None:
    scores = ActorScores()
    scores.add(ActorGold(expect={"country": "ARN", "sector": "GOV"}), {"country": "ARN", "sector": "MIL"})
    scores.add(ActorGold(expect={"country": "ARN"}), {"country": "ARN", "sector": ""})
    assert scores.figures() == {"n": 2, "accuracy": 0.6667, "country": 1.0, "sector": 0.0}


# True story and said story of each article; precision, recall, F1.
STORIES = [
    ("aabb", "xxyy", (1.0, 1.0, 1.0)),
    ("aabb", "xxxx", (0.5, 1.0, 0.6667)),
    ("aabb", "wxyz", (1.0, 0.5, 0.6667)),
    ("aab", "xxx", (0.5556, 1.0, 0.7143)),
    ("aabb", "xx--", (1.0, 0.75, 0.8571)),  # without a story each stands alone
]


@pytest.mark.parametrize(("true", "said", "figures"), STORIES)
def test_stories(true: str, said: str, figures: tuple[float, float, float]) -> None:
    scores = StoryScores()
    for story, answer in zip(true, said, strict=True):
        scores.add(StoryGold(story=story), {} if answer == "-" else {"story": answer})
    found = scores.figures()
    assert (found["precision"], found["recall"], found["f1"]) == figures
    assert (found["n"], found["stories"]) == (len(true), len(set(true)))


def test_no_stories_no_figures() -> None:
    nothing = {"n": 0, "stories": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert StoryScores().figures() == nothing
