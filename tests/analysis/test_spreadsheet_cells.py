"""Text in cells of spreadsheets is never a formula, and is read back as it was."""

from __future__ import annotations

import pytest

from dragoman.analysis.spreadsheet_cells import from_cell, to_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@x", "\t=1", "\r=1"])
def test_a_formula_is_text(text: str) -> None:
    assert to_cell(text) == f"'{text}"
    assert from_cell(to_cell(text)) == text


@pytest.mark.parametrize("text", ["", "Arnor", "'quoted'", "a=b", "' =1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert to_cell(text) == from_cell(text) == text
