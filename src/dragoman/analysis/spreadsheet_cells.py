"""Text in cells of spreadsheets: the words of a report must never be read as a formula."""

from __future__ import annotations

# A spreadsheet reads text that begins with one of these as a formula, or skips it and reads what follows.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
# Before the text, this keeps it text.
_AS_TEXT = "'"


def to_cell(text: str) -> str:
    """Return a text for a cell, with an apostrophe before it if it could be read as a formula."""
    return f"{_AS_TEXT}{text}" if text.startswith(_FORMULA_SIGNS) else text


def from_cell(cell: str) -> str:
    """Return the text of a cell that `to_cell` wrote."""
    return cell[1:] if cell.startswith(tuple(_AS_TEXT + sign for sign in _FORMULA_SIGNS)) else cell
