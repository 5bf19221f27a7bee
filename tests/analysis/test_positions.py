"""Who stands where, from events made by hand: the side a word takes, and what takes none."""

from __future__ import annotations

import pytest

from dragoman.analysis.positions import find_positions
from dragoman.knowledge.issues import load_issues

# A sentence, its type, what is changed; the stance, None where no side is taken.
STANCES = [
    ("Arnor *backed* {the grain corridor}.", "SUPPORT", {}, "for"),
    ("Arnor *condemned* {the grain corridor}.", "ACCUSE", {}, "against"),
    ("Arnor *opposed* {the grain corridor}.", "REJECT", {}, "against"),
    ("Arnor *opposed* an end to {the grain corridor}.", "REJECT", {}, None),
    ("Arnor *met* {the grain corridor}.", "CONSULT", {}, None),
    ("Arnor *voiced* opposition to {nato enlargement}.", "REJECT", {}, "against"),
    ("Arnor *voiced* support for {nato enlargement}.", "SUPPORT", {}, "for"),
    ("Arnor *voiced* no support for {nato enlargement}.", "SUPPORT", {}, None),
    ("Arnor *voiced* hope for {nato enlargement}.", "SUPPORT", {}, None),
    # Not told as so, or inside an if.
    ("Arnor *backed* {the grain corridor}.", "SUPPORT", {"factuality": "probable"}, "for"),
    ("Arnor *backed* {the grain corridor}.", "SUPPORT", {"factuality": "possible"}, None),
    ("Arnor *backed* {the grain corridor}.", "SUPPORT", {"factuality": "unknown"}, None),
    ("Arnor *backed* {the grain corridor}.", "SUPPORT", {"conditional": True}, None),
    ("Arnor did not *back* {the grain corridor}.", "SUPPORT", {}, None),
    ("Arnor might *back* {the grain corridor}.", "SUPPORT", {}, None),
    # A denial, a charge, a type that has no sides.
    ("Arnor *denied* {the grain corridor}.", "REJECT", {}, None),
    ("Arnor *backed* {the grain corridor}.", "ASSAULT", {}, None),
    # No words for a matter, or too few, or a party.
    ("Arnor *backed* Gondor.", "SUPPORT", {"to": "Gondor"}, None),
    ("Arnor *backed* {Gondor}.", "SUPPORT", {"to": "Gondor"}, None),
    ("Arnor *backed* {grain}.", "SUPPORT", {}, None),
    # The matter stands before the word, or a clause lies between.
    ("{The grain corridor} Arnor *backed* it.", "SUPPORT", {}, None),
    ("Arnor *backed* Gondor before {the grain corridor}.", "SUPPORT", {}, None),
    ("Arnor *backed* Gondor while on {the grain corridor}.", "SUPPORT", {}, None),
]


@pytest.mark.parametrize(("marked", "kind", "changed", "stance"), STANCES)
def test_stances(told, marked: str, kind: str, changed: dict[str, object], stance: str | None) -> None:
    found = find_positions([told(marked, kind, **changed)], issues=load_issues())
    assert [position.stance for position in found] == ([stance] if stance else [])


def test_a_position_rests_on_all_its_sources(told) -> None:
    events = [
        told("Arnor *backed* {the grain corridor}.", "SUPPORT", document="b", day=5),
        told("Arnor *backed* {the grain corridor}.", "SUPPORT", document="a", day=2),
        told("Arnor *opposed* {the grain corridor}.", "REJECT", document="c", day=3),
        told("Gondor *backed* {the grain corridor}.", "SUPPORT", by="Gondor", document="d", day=4),
    ]
    found = find_positions(events, issues=load_issues(), names={"ARN": "Kingdom of Arnor"})
    assert [(p.actor.id, p.stance, [s.document_id for s in p.sources]) for p in found] == [
        ("ARN", "against", ["c"]), ("ARN", "for", ["a", "b"]), ("GON", "for", ["d"]),
    ]  # fmt: skip
    assert found[1].actor.name == "Kingdom of Arnor"
    assert (found[1].first_day.day, found[1].last_day.day) == (2, 5)
    assert found[0].matter == "grain corridor"
