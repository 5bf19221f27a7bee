"""Scores of linked names: whether a name is resolved to the actor that the linked article is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.figures import share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FATES = ("right", "wrong", "not_at_all")


class LinkGold(msgspec.Struct):
    """A text and its links: start, end, title of the article."""

    text: str
    links: list[tuple[int, int, str]]


class LinkScores:
    """The share of linked names resolved right, wrong and not at all, by kind of actor.

    Args:
        expected: Returns id, kind and whole (see `ArticleTitles`) of the actor of a title linked to by some
            words; None for a title that is not an actor's, or words that are not a name. A None id is an
            actor that is not in the tables.
    """

    gold = LinkGold

    def __init__(self, expected: Callable[[str, str], tuple[str | None, str, str | None] | None]) -> None:
        self._expected = expected
        self._fates: dict[str, Counter[str]] = {}
        self._texts = 0

    def add(self, gold: LinkGold, said: Mapping[str, Any]) -> None:
        """Score the links of one more text."""
        self._texts += 1
        answers = said.get("links") or [[] for _ in gold.links]
        for (start, end, title), found in zip(gold.links, answers, strict=True):
            actor = self._expected(title, gold.text[start:end])
            if actor is None:
                continue
            fate = fate_of(actor[0], actor[2], found)
            self._fates.setdefault(actor[1], Counter())[fate] += 1

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        by_kind = {}
        for kind, fates in sorted(self._fates.items()):
            total = fates.total()
            by_kind[kind] = {"links": total, **{fate: share(fates[fate], total) for fate in _FATES}}
        return {"n": self._texts, "links": sum(f.total() for f in self._fates.values()), "by_kind": by_kind}


def fate_of(expected: str | None, whole: str | None, found: list[dict[str, Any]]) -> str:
    """Return whether the actors found at a name are the expected one: right, wrong, not_at_all.

    A part (a ministry of a state, an agency of an organisation, a branch of an armed group) is right if the
    whole is expected, and the whole if a part of it is.
    """
    wanted = {expected, whole} - {None}
    if any(one["id"] in wanted or (expected is not None and one.get("whole") == expected) for one in found):
        return "right"
    return "wrong" if found else "not_at_all"
