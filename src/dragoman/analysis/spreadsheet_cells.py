"""Text in cells of spreadsheets: the words of a report must never be parsed as a formula."""

from __future__ import annotations

# A spreadsheet parses text that begins with one of these as a formula, or skips it and parses the rest.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# As a prefix, this marks the cell as text.
_AS_TEXT = "'"


def to_cell(text: str) -> str:
    """Return a text for a cell, prefixed with an apostrophe if it could be parsed as a formula."""
    return f"{_AS_TEXT}{text}" if text.startswith(_FORMULA_SIGNS) else text


def from_cell(cell: str) -> str:
    """Return the text of a cell that `to_cell` wrote."""
    return cell[1:] if cell.startswith(tuple(_AS_TEXT + sign for sign in _FORMULA_SIGNS)) else cell
