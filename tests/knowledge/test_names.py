from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.names import NameIndex, Surface, fold, is_acronym, longest


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Çetin", "cetin"), ("al-Shabaab", "al shabaab"), ("Łódź’s", "lodz's"), ("İzmir", "izmir")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"), [("WHO", True), ("AfD", True), ("LeT", True), ("Gondor", False), ("U.S.", True)]
)
def test_acronyms(text: str, expected: bool) -> None:
    assert is_acronym(text) is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Iran", ["Iran"]),
        ("Iranian", []),
        ("Iran-backed", ["Iran"]),
        ("IRAN", ["IRAN"]),
        ("iran", []),
        ("the Bank of Iran is in Iran.", ["Bank of Iran", "Iran"]),
        ("who, WHO", ["WHO"]),
        ("www.Iran.org", []),
    ],
)
def test_hits(text: str, found: list[str]) -> None:
    index = NameIndex(Surface(name, "name", name) for name in ("Iran", "Bank of Iran", "WHO"))
    assert [text[h.start : h.end] for h in longest(index.hits(text))] == found
