"""Limit of nesting: depth is counted, and given back also after errors."""

from __future__ import annotations

import pytest

from dragoman.coding.nesting import NestingLimit


def depth_reached(limit: NestingLimit, most: int = 50) -> int:
    with limit as allowed:
        return 1 + depth_reached(limit, most - 1) if allowed and most else 0


@pytest.mark.parametrize("most", [0, 1, 5])
def test_blocks_are_allowed_to_the_limit(most: int) -> None:
    assert depth_reached(NestingLimit(most)) == most


def test_depth_is_given_back_after_each_block() -> None:
    limit = NestingLimit(3)
    assert [depth_reached(limit) for _ in range(3)] == [3, 3, 3]


def test_depth_is_given_back_after_an_error() -> None:
    limit = NestingLimit(1)
    with pytest.raises(ValueError, match="broken"), limit:
        raise ValueError("broken")
    assert depth_reached(limit) == 1
