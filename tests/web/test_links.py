"""Addresses of pages."""

from __future__ import annotations

import pytest

from dragoman.web.links import events_link, link, safe_url


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, "/ledger"),
        ({"party": "RUS"}, "/ledger?party=RUS"),
        ({"party": None, "text": ""}, "/ledger"),
        ({"text": 'a&b "c"'}, "/ledger?text=a%26b+%22c%22"),
    ],
)
def test_a_link_has_the_given_values_escaped_and_no_empty_ones(
    query: dict[str, object], address: str
) -> None:
    assert link("/ledger", **query) == address


def test_counts_link_to_single_events() -> None:
    assert events_link(dyad="RUS>UKR") == "/ledger?rows=events&dyad=RUS%3EUKR"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b", True), ("http://a.example", True), ("javascript:alert(1)", False),
        ("https:///b", False), ("//a.example", False), ("https://[", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_only_web_addresses_are_linked(url: str | None, expected: bool) -> None:
    assert safe_url(url) == (url if expected else None)
