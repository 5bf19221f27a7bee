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


# Events and tones before and after; the changes of tone, at the limit of three events.
TONES = [
    ((3, 1.0), (3, 2.0), 1), ((2, 1.0), (3, 2.0), 0), ((3, 1.0), (2, 2.0), 0), ((3, 1.0), (3, 1.0), 0),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "found"), TONES)
def test_the_limit_of_tones(old: tuple[int, float], new: tuple[int, float], found: int) -> None:
    assert len(tone_changes([_edge("A", "B", *old)], [_edge("A", "B", *new)])) == found


def test_equal_changes_come_in_alphabetical_order() -> None:
    before = [_edge(*pair, 3, 0.0) for pair in ("BA", "AC", "AB")]
    after = [_edge(*pair, 5, tone) for pair, tone in (("BA", 1.0), ("AC", -1.0), ("AB", 1.0))]
    found = tone_changes(before, after)
    assert [c.actor + c.recipient for c in found] == ["AB", "AC", "BA"]
    assert [(c.events_before, c.events_after) for c in found] == [(3, 5)] * 3
    many = [_edge("A", f"P{n}", 3, 0.0) for n in range(9)]
    assert len(tone_changes(many, [_edge("A", f"P{n}", 3, 1.0) for n in range(9)])) == 8


def test_the_most_unusual_come_first() -> None:
    before = [_edge("A", "B", 8), _edge("A", "C", 2)]
    now = [_edge("A", "B", 12), _edge("A", "C", 6), _edge("B", "A", 6), _edge("A", "D", 3)]
    # (12 - 4) / 2, (6 - 1) / 1, (6 - 0) / 1, (3 - 0) / 1
    found = bursts(before, now, spans=2.0)
    assert [(b.actor + b.recipient, b.events, b.usual) for b in found] == [
        ("BA", 6, 0.0), ("AC", 6, 1.0), ("AB", 12, 4.0), ("AD", 3, 0.0),
    ]  # fmt: skip
    assert bursts([_edge("A", "B", 1)], [_edge("A", "B", 9)], spans=3.0)[0].usual == 0.33
    assert [b.recipient for b in bursts([], [_edge("A", f"P{n}", 3) for n in range(7)], spans=1.0)] == [
        f"P{n}" for n in range(6)
    ]
    assert len(bursts([_edge("A", "B", 1)], [_edge("A", "B", 4)], spans=0.5)) == 0
