"""The whole coding of sentences with acts that are kept or left out; see exact_rows.py."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pipeline

EXACT = "decision"


def test_everything_found_in_a_sentence(found_lines: list[str], exact_lines: list[str]) -> None:
    assert found_lines == exact_lines
