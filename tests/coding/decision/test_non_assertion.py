"""Constructions that name an act without asserting that it was done."""

from __future__ import annotations

import pytest

from dragoman.coding.decision.non_assertion import (
    is_asked,
    is_avoided,
    is_counterfactual,
    is_supposed,
    is_what_ends,
)

pytestmark = pytest.mark.pipeline

ROWS = [
    (is_what_ends, "The [offensive] would end on Monday.", True),
    (is_what_ends, "The [offensive] ceased.", True),
    (is_what_ends, "The [offensive] began.", False),
    (is_what_ends, "Arnor ended the [offensive].", False),
    (is_counterfactual, "Arnor would have [rescued] Gondor.", True),
    (is_counterfactual, "Arnor could not have [agreed].", True),
    (is_counterfactual, "Arnor has [rescued] Gondor.", False),
    (is_counterfactual, "Arnor would [rescue] Gondor.", False),
    (is_supposed, "Suppose Arnor [attacked] Gondor.", True),
    (is_supposed, "Imagine that Arnor [attacked] Gondor.", True),
    (is_supposed, "Arnor [attacked] Gondor.", False),
    (is_supposed, "Officials say Arnor [attacked] Gondor.", False),
    (is_asked, "Has Arnor [attacked] Gondor?", True),
    (is_asked, "Did Arnor [leave] Bree?", True),
    pytest.param(
        is_asked,
        "Did Arnor [attack] Gondor?",
        True,
        marks=pytest.mark.xfail(reason="the verb of the question is tagged as a noun"),
    ),
    (is_asked, "Arnor [attacked] Gondor.", False),
    (is_asked, "Who [attacked] Gondor?", False),
    (is_avoided, "Arnor steers clear of [criticizing] Gondor.", True),
    (is_avoided, "Arnor avoided [criticizing] Gondor.", True),
    (is_avoided, "Arnor began [criticizing] Gondor.", False),
    (is_avoided, "Arnor was accused of [criticizing] Gondor.", False),
]


@pytest.mark.parametrize(("test", "text", "holds"), ROWS)
def test_what_is_named_but_not_told(reading, test, text, holds):
    assert test(reading(text).word) is holds


# None of these may be coded as done.
NEVER_DONE = [
    "Arnor would have attacked Gondor.",
    "Suppose Arnor attacked Gondor.",
    "Did Arnor attack Gondor?",
    "Arnor avoided attacking Gondor.",
    "Arnor did not attack Gondor.",
    "Nobody attacked Gondor.",
    "Arnor could not have attacked Gondor.",
]


@pytest.mark.parametrize("text", NEVER_DONE)
def test_what_was_not_done_is_not_coded(reading, text):
    assert [e for e in reading(text).coded.events if e.event_type == "ASSAULT"] == []
