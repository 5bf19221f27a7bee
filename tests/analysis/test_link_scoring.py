"""Scores of linked names."""

from __future__ import annotations

import pytest

from dragoman.analysis.link_scoring import LinkGold, LinkScores, fate_of

ARNOR = {"id": "ARN", "whole": "ARN"}
STEWARD = {"id": "P:steward", "whole": "GON"}
ORCS = {"id": "ORCS", "whole": None}

FATES = [
    ("ARN", None, [ARNOR], "right"),
    ("ARN", None, [], "not_at_all"),
    ("ARN", None, [ORCS], "wrong"),
    ("ARN", None, [ORCS, ARNOR], "right"),
    ("GON", None, [STEWARD], "right"),
    ("P:king", None, [STEWARD], "wrong"),
    ("ARNARMY", "ARN", [ARNOR], "right"),
    ("ORCS", None, [{"id": "URUKS", "whole": "ORCS"}], "right"),
    ("URUKS", "ORCS", [ORCS], "right"),
    ("URUKS", "ORCS", [ARNOR], "wrong"),
    (None, None, [ARNOR], "wrong"),
    (None, None, [ORCS], "wrong"),
    (None, None, [], "not_at_all"),
]


@pytest.mark.parametrize(("expected", "whole", "found", "fate"), FATES)
def test_what_became_of_a_link(expected, whole, found, fate):
    assert fate_of(expected, whole, found) == fate


def expected(title, words):
    return {"Arnor": ("ARN", "states", None), "Orcs": ("ORCS", "groups", None)}.get(title)


def test_shares_by_kind():
    scores = LinkScores(expected)
    text = "Arnor and the Orcs met in Bree."
    gold = LinkGold(text=text, links=[(0, 5, "Arnor"), (14, 18, "Orcs"), (26, 30, "Bree")])
    scores.add(gold, {"links": [[ARNOR], [], []]})
    assert scores.figures() == {
        "n": 1,
        "links": 2,
        "by_kind": {
            "groups": {"links": 1, "right": 0.0, "wrong": 0.0, "not_at_all": 1.0},
            "states": {"links": 1, "right": 1.0, "wrong": 0.0, "not_at_all": 0.0},
        },
    }


def test_a_text_that_failed_counts_as_nothing_found():
    scores = LinkScores(expected)
    scores.add(LinkGold(text="Arnor", links=[(0, 5, "Arnor")]), {})
    assert scores.figures()["by_kind"]["states"]["not_at_all"] == 1.0
