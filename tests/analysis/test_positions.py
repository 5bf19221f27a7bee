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


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "stance"), STANCES)
def test_stances(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], stance: str | None
) -> None:
    found = find_positions([told(marked, kind, offset=offset, **changed)], issues=load_issues())
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


# More stances: a sentence, its type, what is changed; the stance, None where no side is taken.
MORE_STANCES = [
    ("Arnor *voiced* its opposition to {the grain corridor}.", "REJECT", {}, None),
    (f"Arnor *voiced* {'x' * 26} opposition to {{nato enlargement}}.", "REJECT", {}, "against"),
    (f"Arnor *voiced* {'x' * 31} opposition to {{nato enlargement}}.", "REJECT", {}, None),
    ("Arnor *opposed* {nato enlargement}.", "REJECT", {}, "against"),
    ("Arnor *opposed* a halt to {nato enlargement}.", "REJECT", {}, "for"),
    ("Arnor *opposed* a ban on a halt to {nato enlargement}.", "REJECT", {}, "against"),
    ("Arnor *backed* a halt to {nato enlargement}.", "SUPPORT", {}, "against"),
    ("Arnor *backed* talks on {nato enlargement}.", "SUPPORT", {}, None),
    ("Arnor *backed* it after {nato enlargement}.", "SUPPORT", {}, None),
    ("Arnor *backed* it; {nato enlargement} came.", "SUPPORT", {}, None),
    (f"Arnor *backed* {'x' * 88} {{nato enlargement}}.", "SUPPORT", {}, "for"),
    (f"Arnor *backed* {'x' * 89} {{nato enlargement}}.", "SUPPORT", {}, None),
    ("Arnor *refused* to condemn {nato enlargement}.", "REJECT", {}, None),
    ("Arnor *refused* to back {nato enlargement}.", "REJECT", {}, "against"),
    ("{Nato enlargement} was *backed* by Arnor.", "SUPPORT", {}, "for"),
    ("A halt to {nato enlargement} was *backed* by Arnor.", "SUPPORT", {}, "against"),
    ("{Nato enlargement} was *backed* in Arnor.", "SUPPORT", {}, None),
    ("Arnor *accused* Gondor of {nato enlargement}.", "ACCUSE", {"event_mode": "allege"}, None),
    ("Arnor *condemned* {nato enlargement}.", "ACCUSE", {"event_mode": "allege"}, None),
    ("Arnor *condemned* {nato enlargement}.", "ACCUSE", {"event_mode": "disapprove"}, "against"),
    ("Arnor *urged* {nato enlargement}.", "ACCUSE", {"event_mode": "allege"}, "for"),
    ("Men *backing* {nato enlargement} left Arnor.", "SUPPORT", {}, None),
    # In its own words: only attitudes, and only behind the word.
    ("Arnor *urged* {the grain corridor}.", "REQUEST", {}, None),
    ("Arnor *backed* {the grain corridor}.", "AGREE", {}, None),
    ("Arnor *backed* the end of {the grain corridor}.", "SUPPORT", {}, None),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "stance"), MORE_STANCES)
def test_more_stances(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], stance: str | None
) -> None:
    found = find_positions([told(marked, kind, offset=offset, **changed)], issues=load_issues())
    assert [position.stance for position in found] == ([stance] if stance else [])


def test_the_words_of_a_matter(told) -> None:
    for marked, matter in (
        ("Arnor *backed* {the grain corridor}.", "grain corridor"),
        ("Arnor *backed* all of {the grain corridor}.", "all of the grain corridor"),
        ("Arnor *ruled* out {a grain corridor}.", "a grain corridor"),
    ):
        (found,) = find_positions([told(marked, "SUPPORT")], issues=load_issues())
        assert (found.issue, found.matter) == (None, matter)
    (known,) = find_positions([told("Arnor *backed* {nato enlargement}.", "SUPPORT")], issues=load_issues())
    assert known.issue is not None
    assert known.matter == load_issues().issues[known.issue].name


def test_known_issues_come_first(told) -> None:
    events = [
        told("Arnor *backed* {the grain corridor}.", "SUPPORT", document="a"),
        told("Arnor *backed* {an ample grain supply}.", "SUPPORT", document="b"),
        told("Arnor *backed* {nato enlargement}.", "SUPPORT", document="c"),
    ]
    found = find_positions(events, issues=load_issues())
    assert [p.sources[0].document_id for p in found] == ["c", "b", "a"]
