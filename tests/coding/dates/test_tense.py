"""Whether a clause looks back from the report, or ahead."""

from __future__ import annotations

import pytest

from dragoman.coding.dates.tense import direction_at, direction_of_clause, is_headline

pytestmark = pytest.mark.pipeline

# The verb of the clause in brackets; -1 back, +1 ahead.
CLAUSES = [
    ("Arnor [attacked] Gondor on Friday.", -1),
    ("Arnor will [attack] Gondor on Friday.", 1),
    ("Arnor has [attacked] Gondor.", -1),
    ("Arnor is [attacking] Gondor on Friday.", 1),
    ("Arnor would have [attacked] Gondor on Friday.", -1),
    ("Arnor may [attack] Gondor on Friday.", 1),
    ("Arnor vowed to [attack] Gondor on Friday.", 1),
    ("Arnor managed to [attack] Gondor on Friday.", -1),
    ("It rained. The summit [opens] on Friday.", 1),
    ("It rained. Arnor [blames] Gondor.", -1),
    ("The summit is [scheduled] for Friday.", 1),
    ("Gondor was [attacked] on Friday.", -1),
]


@pytest.mark.parametrize(("text", "direction"), CLAUSES)
def test_the_direction_of_a_clause(reading, text, direction):
    assert direction_of_clause(reading(text).word) == direction


# The date in brackets.
DATES = [
    ("Arnor attacked Gondor on [Friday].", -1),
    ("Arnor postponed talks planned for [Friday].", 1),
    ("Arnor closed the border until [Friday].", 1),
    ("Arnor will meet Gondor on [Friday].", 1),
    ("Arnor delayed talks scheduled for [Friday].", 1),
    ("Arnor said Gondor left on [Friday].", -1),
]


@pytest.mark.parametrize(("text", "direction"), DATES)
def test_the_direction_at_a_date(reading, text, direction):
    assert direction_at(reading(text).word) == direction


HEADLINES = [
    ("Arnor [attacks] Gondor", True),
    ("Arnor [attacks] Gondor.", False),
    ("Arnor [attacks] Gondor!", False),
    ("It rained. Arnor [attacks] Gondor", False),
    ("Will Arnor [attack]?", False),
    ("Summit [opens] Friday", True),
]


@pytest.mark.parametrize(("text", "headline"), HEADLINES)
def test_what_is_a_headline(reading, text, headline):
    assert is_headline(reading(text).word) is headline
