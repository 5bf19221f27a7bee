"""What is near a stretch of text is found without looking at the rest."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from dragoman.language.nearby import nearby


class Span(NamedTuple):
    start: int
    end: int


SPANS = [Span(at, at + 20) for at in range(0, 100_000, 50)]


@pytest.mark.parametrize("stretch", [(0, 100), (40_000, 40_300), (40_010, 40_011), (99_900, 120_000), (5, 5)])
def test_all_that_overlap_are_found(stretch: tuple[int, int]) -> None:
    start, end = stretch
    found = nearby(SPANS, start, end)
    assert {span for span in SPANS if span.start < end and span.end > start} <= set(found)


def test_most_of_the_rest_is_not_looked_at() -> None:
    assert len(nearby(SPANS, 40_000, 40_300)) < 20
    assert list(nearby([], 0, 10)) == []


def test_the_start_may_be_given_by_a_part() -> None:
    pairs = [(index, span) for index, span in enumerate(SPANS)]
    found = nearby(pairs, 40_000, 40_050, start_of=lambda pair: pair[1].start)
    assert (800, SPANS[800]) in found
