"""What is out of the ordinary between parties."""

from __future__ import annotations

import pytest

from dragoman.analysis.activity import bursts, tone_changes
from dragoman.record.answers import Edge


def _edge(actor: str, recipient: str, events: int, intensity: float = 0.0) -> Edge:
    return Edge(actor=actor, recipient=recipient, events=events, counts={}, intensity=intensity)


def test_the_largest_change_of_tone_comes_first() -> None:
    before = [_edge("ARN", "GON", 10, 2.0), _edge("ROH", "GON", 10, -1.0), _edge("ROH", "MOR", 9, -5.0)]
    after = [_edge("ARN", "GON", 4, -6.0), _edge("ROH", "GON", 5, 1.0), _edge("ROH", "MOR", 9, -5.0)]
    found = tone_changes(before, after)
    assert [(c.actor, c.recipient, c.before, c.after) for c in found] == [
        ("ARN", "GON", 2.0, -6.0), ("ROH", "GON", -1.0, 1.0),
    ]  # fmt: skip
    assert tone_changes(before, after, limit=1) == found[:1]


@pytest.mark.parametrize(("old", "new"), [(2, 9), (9, 2)])
def test_few_events_have_no_tone(old: int, new: int) -> None:
    assert tone_changes([_edge("ARN", "GON", old, 5.0)], [_edge("ARN", "GON", new, -5.0)]) == []


def test_the_other_direction_is_another_dyad() -> None:
    assert tone_changes([_edge("ARN", "GON", 9, 5.0)], [_edge("GON", "ARN", 9, -5.0)]) == []


@pytest.mark.parametrize(
    ("usual", "now", "unusual"),
    [(0, 3, True), (0, 2, False), (26, 4, True), (26, 3, False), (260, 15, False), (260, 25, True)],
)
def test_unusual_is_far_above_the_usual(usual: int, now: int, unusual: bool) -> None:
    before = [_edge("ARN", "GON", usual)] if usual else []
    found = bursts(before, [_edge("ARN", "GON", now)], spans=26)
    assert bool(found) is unusual
    if found:
        assert (found[0].events, found[0].usual) == (now, usual / 26)


def test_no_time_before_is_an_error() -> None:
    with pytest.raises(ValueError, match="above 0"):
        bursts([], [], spans=0)
