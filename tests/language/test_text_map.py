"""Every span of an edited text goes back to the characters of the original that it stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.text_map import Edit, TextMap

# Source, edits, edited text, a piece of the edited text, the piece of the original it stands for.
SPANS = [
    ("Arnor left.", [], "Arnor left.", "left", "left"),
    ("Ar\u00adnor left.", [Edit(2, 3)], "Arnor left.", "Arnor", "Ar\u00adnor"),
    ("Ar\u00adnor left.", [Edit(2, 3)], "Arnor left.", "left", "left"),
    ("(AP) Arnor left.", [Edit(0, 5)], "Arnor left.", "Arnor", "Arnor"),
    ("Arnor left. (AP)", [Edit(11, 16)], "Arnor left.", "left.", "left."),
    ("A &amp; B", [Edit(2, 7, "&")], "A & B", "&", "&amp;"),
    ("A &amp; B", [Edit(2, 7, "&")], "A & B", "B", "B"),
    ("A &amp; B", [Edit(2, 7, "&")], "A & B", "A & B", "A &amp; B"),
    ("o\ufb03ce", [Edit(1, 2, "ffi")], "office", "office", "o\ufb03ce"),
    ("o\ufb03ce", [Edit(1, 2, "ffi")], "office", "f", "\ufb03"),
    ("o\ufb03ce", [Edit(1, 2, "ffi")], "office", "ce", "ce"),
    ("left.The", [Edit(5, 5, " ")], "left. The", "The", "The"),
    ("left.The", [Edit(5, 5, " ")], "left. The", "left.", "left."),
    ("left.The", [Edit(5, 5, " ")], "left. The", " ", ""),
    ("ABC left", [Edit(0, 3, "Abc")], "Abc left", "bc", "BC"),
    ("x--y", [Edit(1, 2), Edit(2, 3)], "xy", "y", "y"),
]


@pytest.mark.parametrize(("source", "edits", "edited", "piece", "original"), SPANS)
def test_a_span_goes_back(source: str, edits: list[Edit], edited: str, piece: str, original: str) -> None:
    text_map = TextMap(source, edits)
    assert text_map.text == edited
    at = text_map.text.index(piece)
    start, end = text_map.original_span(at, at + len(piece))
    assert source[start:end] == original


def test_edits_of_an_edited_text_are_chained() -> None:
    source = "GENEVA - A &amp; B left.The end"
    first = TextMap(source).edited([Edit(11, 16, "&")])
    second = first.edited([Edit(first.text.index("The"), first.text.index("The"), " ")])
    third = second.edited([Edit(0, 9)])
    assert third.text == "A & B left. The end"
    for piece, original in (("A & B", "A &amp; B"), ("The", "The"), ("left.", "left.")):
        at = third.text.index(piece)
        start, end = third.original_span(at, at + len(piece))
        assert source[start:end] == original


def test_without_changes_it_is_the_same_map() -> None:
    text_map = TextMap("Arnor left.")
    assert text_map.edited([]) is text_map
    assert text_map.edited([Edit(0, 5, "Arnor")]) is text_map
    assert text_map.is_identity
    assert not text_map.edited([Edit(0, 1)]).is_identity


def test_an_edit_that_overlaps_an_earlier_one_is_left_out() -> None:
    assert TextMap("abcdef", [Edit(3, 5), Edit(1, 4, "x")]).text == "axef"


EDITS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 6), st.text("xyz", max_size=4)).map(
        lambda row: Edit(row[0], row[0] + row[1], row[2])
    ),
    max_size=6,
)


@given(st.text("abc \n", min_size=37, max_size=60), EDITS, EDITS)
def test_spans_are_inside_the_text_in_order_and_true(
    source: str, edits: list[Edit], more: list[Edit]
) -> None:
    """What no edit touched is the same letter in both texts; x, y and z come from edits only."""
    text_map = TextMap(source, edits)
    text_map = text_map.edited([edit for edit in more if edit.end <= len(text_map.text)])
    last = 0
    for at, letter in enumerate(text_map.text):
        start, end = text_map.original_span(at, at + 1)
        assert last <= start <= end <= len(source)
        last = start
        if letter not in "xyz":
            assert source[start:end] == letter
    length = len(text_map.text)
    for start in range(0, length, 5):
        for end in range(start, length + 1, 7):
            first, stop = text_map.original_span(start, end)
            assert 0 <= first <= stop <= len(source)
