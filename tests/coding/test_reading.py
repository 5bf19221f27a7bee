"""The whole coding of sentences with words that carry an event; see exact_rows.py."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

EXACT = "reading"


def test_everything_found_in_a_sentence(found_lines: list[str], exact_lines: list[str]) -> None:
    assert found_lines == exact_lines
