"""The way up from a word through what holds it as its content."""

from __future__ import annotations

import pytest

from dragoman.coding.syntax.content_path import content_path, is_content_clause, opens_inside

pytestmark = pytest.mark.pipeline

# The word in brackets, what is met on the way up.
WAYS = [
    ("Rohan denied that Gondor [attacked] Dale.", ["denied"]),
    ("Rohan failed to [attack] Dale.", ["failed"]),
    ("Rohan denied the claim that Gondor [attacked] Dale.", ["claim", "denied"]),
    ("Rohan left when Gondor [attacked] Dale.", []),
    ("Rohan met the man who [attacked] Dale.", []),
    ("Rohan slept and Gondor [attacked] Dale.", []),
    ("Gondor [attacked] Dale.", []),
]


@pytest.mark.parametrize(("text", "above"), WAYS)
def test_what_holds_a_word(reading, text, above):
    assert [head.text for _, head in content_path(reading(text).word)] == above


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("The film in which Gondor [attacks] Dale is long.", True),
        ("The town where Gondor [met] Dale is small.", True),
        ("The film which Gondor [made] is long.", False),
        ("The man who [met] Dale is old.", False),
    ],
)
def test_a_clause_inside_a_noun(reading, text, inside):
    assert opens_inside(reading(text).word) is inside


def test_a_relative_clause_is_no_content(reading):
    assert not is_content_clause(reading("The man who [met] Dale is old.").word)
    assert not is_content_clause(reading("The truce that [failed] was old.").word)
