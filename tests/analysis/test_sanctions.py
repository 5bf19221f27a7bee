"""Sanctions by stage, from events made by hand."""

from __future__ import annotations

import pytest

from dragoman.analysis.sanctions import find_sanctions

# A sentence, its type, what is changed; the stage and whom it hits; None for no row.
STAGES = [
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {}, ("imposed", "GON")),
    ("Arnor *imposed* sanctions on Gondor.", "COERCE", {}, ("imposed", "GON")),
    ("Arnor *imposed* sanctions on Gondor.", "CONSULT", {}, None),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"factuality": "probable"}, ("imposed", "GON")),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"factuality": "possible"}, None),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"factuality": "unknown"}, None),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"conditional": True}, None),
    ("Arnor did not *impose* sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor might *impose* sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *imposed* silence on Gondor.", "SANCTION", {}, None),
    ("Arnor will *impose* sanctions on Gondor.", "SANCTION", {"tense": "future"}, ("planned", "GON")),
    ("Arnor *lifted* sanctions on Gondor.", "CONCEDE", {}, ("eased", "GON")),
    ("Arnor will *lift* sanctions on Gondor.", "CONCEDE", {"tense": "future"}, ("easing planned", "GON")),
    ("Arnor *threatened* sanctions on Gondor.", "THREATEN", {}, ("threatened", "GON")),
    (
        "Arnor *threatened* sanctions on Gondor.",
        "THREATEN",
        {"factuality": "possible"},
        ("threatened", "GON"),
    ),
    ("Arnor *threatened* sanctions on Gondor.", "THREATEN", {"factuality": "unknown"}, None),
    ("Arnor *urged* sanctions on Gondor.", "REQUEST", {}, ("called for", "GON")),
    ("Arnor *urged* sanctions on Gondor.", "SUPPORT", {}, ("supported", "GON")),
    ("Arnor *urged* lifting sanctions on Gondor.", "REQUEST", {}, ("easing called for", "GON")),
    ("Arnor *opposed* sanctions on Gondor.", "REJECT", {}, ("opposed", "GON")),
    ("Arnor *opposed* lifting sanctions on Gondor.", "REJECT", {}, ("easing opposed", "GON")),
]


@pytest.mark.parametrize(("marked", "kind", "changed", "row"), STAGES)
def test_stages(
    told, marked: str, kind: str, changed: dict[str, object], row: tuple[str, str] | None
) -> None:
    found = find_sanctions([told(marked, kind, to="Gondor", **changed)])
    assert [(line.stage, " ".join(p.id for p in line.recipients)) for line in found] == ([row] if row else [])
    if row:
        assert found[0].measure.text == "sanctions"
        assert found[0].matter == marked.replace("*", "")


def test_who_is_asked_is_not_hit(told) -> None:
    (line,) = find_sanctions(
        [told("Arnor *urged* Rohan to back sanctions on Gondor.", "REQUEST", to="Rohan Gondor")]
    )
    assert [party.id for party in line.recipients] == ["GON"]


def test_a_measure_without_a_taker_is_no_row(told) -> None:
    assert find_sanctions([told("Gondor faces the *sanctions*.", "SANCTION", by="", to="Gondor")]) == []
