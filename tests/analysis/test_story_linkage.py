"""Average linkage: means at the threshold, ties, merged sums, and reachable items."""

from __future__ import annotations

import pytest

from dragoman.analysis.story_linkage import connected, group

Pairs = dict[str, float]


def _likeness(pairs: Pairs) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for (one, other), value in pairs.items():
        found.setdefault(one, {})[other] = value
        found.setdefault(other, {})[one] = value
    return found


# Similarities of pairs; the groups of a to e at a threshold of 0.5.
GROUPS = [
    ({}, "a b c d e"), ({"ab": 0.5}, "ab c d e"), ({"ab": 0.499}, "a b c d e"),
    ({"ab": 1.0, "cd": 1.0}, "ab cd e"),
    # (0.6 + 0.4) / 2 reaches the threshold, (0.6 + 0.39) / 2 does not.
    ({"ab": 0.9, "ac": 0.6, "bc": 0.4}, "abc d e"), ({"ab": 0.9, "ac": 0.6, "bc": 0.39}, "ab c d e"),
    # The most similar first: b goes with c, so a stays alone.
    ({"ab": 0.6, "bc": 0.7}, "a bc d e"), ({"ab": 0.7, "bc": 0.6}, "ab c d e"),
    # Of equal pairs the first in the alphabet.
    ({"ab": 0.6, "bc": 0.6}, "ab c d e"), ({"bc": 0.6, "cd": 0.6, "ad": 0.6}, "ad bc e"),
    # Two pairs: (0.9 + 0.9 + 0.1 + 0.1) / 4.
    ({"ab": 1.0, "cd": 1.0, "ac": 0.9, "bd": 0.9, "ad": 0.1, "bc": 0.1}, "abcd e"),
    ({"ab": 1.0, "cd": 1.0, "ac": 0.9, "bd": 0.9, "ad": 0.1, "bc": 0.09}, "ab cd e"),
    # Three and then a fourth: (0.5 + 0.5 + 0.5) / 3; missing pairs count as 0.
    ({"ab": 0.9, "ac": 0.8, "bc": 0.8, "ad": 0.5, "bd": 0.5, "cd": 0.5}, "abcd e"),
    ({"ab": 0.9, "ac": 0.8, "bc": 0.8, "ad": 0.75, "bd": 0.74}, "abc d e"),
    ({"ab": 0.9, "ac": 0.8, "bc": 0.8, "ad": 0.75, "bd": 0.75}, "abcd e"),
    ({"ab": 0.9, "cd": 0.9, "ae": 0.55, "be": 0.55, "ce": 0.6, "de": 0.6}, "ab cde"),
]  # fmt: skip


@pytest.mark.parametrize(("pairs", "groups"), GROUPS)
def test_groups(pairs: Pairs, groups: str) -> None:
    for names in ("abcde", "edcba", "aabbccddee"):
        assert [set(each) for each in groups.split()] == group(names, _likeness(pairs), 0.5)


def test_items_outside_are_ignored() -> None:
    likeness = _likeness({"ab": 0.9, "bx": 1.0})
    assert group("ab", likeness, 0.5) == [{"a", "b"}]
    assert group("", likeness, 0.5) == []
    assert likeness == _likeness({"ab": 0.9, "bx": 1.0})


# Similarities, the limit; what can be reached from a at a threshold of 0.5.
REACHED = [
    ({}, 9, "a"), ({"ab": 0.5}, 9, "ab"), ({"ab": 0.49}, 9, "a"),
    ({"ab": 0.5, "bc": 0.5, "de": 0.9}, 9, "abc"),
    ({"ab": 0.5, "bc": 0.5, "ca": 0.5}, 9, "abc"), ({"ab": 0.5, "bc": 0.5, "cd": 0.5}, 2, "abc"),
    ({"ab": 0.5, "bc": 0.5, "cd": 0.5}, 1, "ab"), ({"ab": 0.5}, 0, "a"),
]  # fmt: skip


@pytest.mark.parametrize(("pairs", "limit", "reached"), REACHED)
def test_reached(pairs: Pairs, limit: int, reached: str) -> None:
    assert connected("a", _likeness(pairs), 0.5, limit) == set(reached)
