"""Accusations and denials from events made by hand: what denies, who is named, and what makes an answer."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.analysis.disputes import asserted, find_disputes, is_denial
from dragoman.model.records import Span
from dragoman.record.answers import StoredEvent

# ruff: noqa: E501 - one case a line reads best

# A sentence, its type; whether it denies a claim.
DENIALS = [
    ("Gondor *denied* the charge.", "REJECT", True), ("Gondor *denied* the charge.", "ACCUSE", False),
    ("Gondor was *denied* the charge.", "REJECT", False),
    ("Gondor *denied* the envoys entry.", "REJECT", False),
    ("Gondor *denied* claims of blocked entry.", "REJECT", True),
    (f"Gondor *denied* {'x' * 33} entry.", "REJECT", False),
    (f"Gondor *denied* {'x' * 34} entry.", "REJECT", True),
    ("Gondor *dismissed* the allegations.", "REJECT", True),
    ("Gondor *dismissed* the envoys.", "REJECT", False),
    (f"Gondor *dismissed* {'x' * 37} false.", "REJECT", True),
    (f"Gondor *dismissed* {'x' * 39} false.", "REJECT", False),
    ("Gondor *opposed* the allegations.", "REJECT", False),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "denies"), DENIALS)
def test_denials(told, offset: int, marked: str, kind: str, denies: bool) -> None:
    assert is_denial(told(marked, kind, offset=offset, by="Gondor").event) is denies


def _moved(
    stored: StoredEvent, start: int, end: int = 0, issue: Span | None = None, **changed: object
) -> StoredEvent:
    """Return an event whose trigger stands elsewhere, in evidence up to a character."""
    event = stored.event
    length = len(event.trigger.text)
    given: dict[str, object] = {
        "trigger": Span(start, start + length, event.trigger.text),
        "issue": issue,
        **changed,
    }
    if end:
        given["evidence"] = Span(0, end, event.evidence.text)
    return msgspec.structs.replace(stored, event=msgspec.structs.replace(event, **given))


# Where an act stands, after a denial whose word ends at 13 and whose clause at 30; its report and type; whether it
# is asserted.
ACTS = [
    (12, "d", "AID", True), (13, "d", "AID", False), (29, "d", "AID", False), (30, "d", "AID", True),
    (20, "e", "AID", True), (20, "d", "ACCUSE", True),
]  # fmt: skip


@pytest.mark.parametrize(("start", "document", "kind", "is_kept"), ACTS)
def test_acts_inside_a_denied_clause(told, start: int, document: str, kind: str, is_kept: bool) -> None:
    denial = _moved(told("Gondor *denied* the charge.", "REJECT", by="Gondor"), 7, 30)
    act = _moved(told("Gondor *helped* Arnor.", kind, by="Gondor", to="Arnor", document=document), start)
    assert asserted([denial, act]) == ([denial, act] if is_kept else [denial])
    assert asserted([act, denial]) == ([act, denial] if is_kept else [denial])


@pytest.mark.parametrize(("start", "is_kept"), [(39, False), (40, True)])
def test_the_issue_of_a_denial_is_part_of_it(told, start: int, is_kept: bool) -> None:
    denial = told("Gondor *denied* the charge.", "REJECT", by="Gondor")
    denial = _moved(denial, 7, 30, issue=Span(32, 40, "of theft"))
    act = _moved(told("Gondor *helped* Arnor.", "AID", by="Gondor", to="Arnor"), start)
    assert (act in asserted([denial, act])) is is_kept


def test_a_denial_inside_a_denial_is_kept(told) -> None:
    first = _moved(told("Gondor *denied* the charge.", "REJECT", by="Gondor"), 7, 60)
    second = _moved(told("Gondor *denied* the other charge.", "REJECT", by="Gondor"), 20, 60)
    assert asserted([first, second]) == [first, second]


ACCUSED = "Arnor *accused* Gondor of sheltering northern rebels."
DENIED = "Gondor *denied* sheltering northern rebels."


def _accuse(
    told, marked: str = ACCUSED, *, by: str = "Arnor", to: str = "Gondor", **changed: object
) -> StoredEvent:
    return told(marked, changed.pop("kind", "ACCUSE"), by=by, to=to, **changed)


def _deny(told, marked: str = DENIED, *, by: str = "Gondor", to: str = "", **changed: object) -> StoredEvent:
    return told(marked, "REJECT", by=by, to=to, **{"document": "e", "day": 2, **changed})


def _rows(events, **options: object) -> list[str]:
    return [
        f"{' '.join(p.id for p in d.accusers)} > {' '.join(p.id for p in d.accused)}: "
        f"{len(d.accusations)} {len(d.denials)}"
        for d in find_disputes(events, **options)
    ]


# What is changed in the accusation; whether it is one.
CHARGES = [
    ({}, True), ({"event_mode": "allege"}, True), ({"event_mode": "disapprove"}, False),
    ({"kind": "REJECT"}, False),
    ({"factuality": "possible"}, True), ({"factuality": "unknown"}, False), ({"conditional": True}, False),
    ({"marked": "Arnor did not *accuse* Gondor of sheltering northern rebels."}, False),
    ({"marked": "Arnor may *accuse* Gondor of sheltering northern rebels."}, False),
    ({"marked": "Arnor *visited* Gondor over northern rebels."}, False), ({"by": ""}, False),
    ({"to": ""}, False),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("changed", "is_charge"), CHARGES)
def test_charges(told, offset: int, changed: dict[str, object], is_charge: bool) -> None:
    assert _rows([_accuse(told, offset=offset, **changed)], unanswered=True) == (
        ["ARN > GON: 1 0"] if is_charge else []
    )
    assert _rows([_accuse(told, offset=offset, **changed)]) == []


# What is changed in the denial; the rows with the accusation.
ANSWERS = [
    ({}, ["ARN > GON: 1 1"]),
    ({"by": "Rohan", "marked": "Rohan *denied* sheltering northern rebels."}, [" > ROH: 0 1"]),
    # It names another accuser, or the accuser.
    ({"to": "Rohan", "marked": "Gondor *denied* Rohan's claims of sheltering northern rebels."}, ["ROH > GON: 0 1"]),
    ({"to": "Arnor", "marked": "Gondor *denied* Arnor's claims of sheltering northern rebels."}, ["ARN > GON: 1 1"]),
    ({"to": "Rohan", "marked": "Gondor *denied* claims by Rohan of sheltering northern rebels."}, ["ROH > GON: 0 1"]),
    ({"to": "Rohan", "marked": "Gondor *denied* Rohan and its rebels of northern ones."}, ["ARN > GON: 1 1"]),
    ({"to": "Rohan", "marked": "Gondor *denied* its northern rebels lived by Rohan."}, ["ARN > GON: 1 1"]),
    # In another report two words must be shared.
    ({"marked": "Gondor *denied* sheltering orphans."}, [" > GON: 0 1"]),
    ({"marked": "Gondor *denied* sheltering orphans.", "document": "d"}, ["ARN > GON: 1 1"]),
    ({"marked": "Gondor *denied* feeding orphans.", "document": "d"}, [" > GON: 0 1"]),
    ({"factuality": "unknown"}, []), ({"conditional": True}, []), ({"by": ""}, []),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("changed", "rows"), ANSWERS)
def test_answers(told, offset: int, changed: dict[str, object], rows: list[str]) -> None:
    assert _rows([_accuse(told), _deny(told, offset=offset, **changed)]) == rows


# Contexts of both; whether they show one matter.
@pytest.mark.parametrize(
    ("contexts", "others", "shared"),
    [(("military",), ("military",), ("military",)), (("military", "cyber"), ("cyber",), ("cyber",)),
     (("military",), ("cyber",), None), (("legal",), ("legal",), None)],
)  # fmt: skip
def test_contexts_show_one_matter(told, contexts, others, shared) -> None:
    accusation = msgspec.structs.replace(_accuse(told))
    denial = _deny(told, "Gondor *denied* feeding orphans.", document="d")
    events = [
        msgspec.structs.replace(stored, event=msgspec.structs.replace(stored.event, contexts=each))
        for stored, each in ((accusation, contexts), (denial, others))
    ]
    found = [d.shared for d in find_disputes(events) if d.accusations]
    assert found == ([shared] if shared else [])


# Where "Gondor denied it" stands in the report of the accusation at 0; whether it answers.
@pytest.mark.parametrize(
    ("start", "answers"), [(-1, False), (0, False), (1, True), (600, True), (601, False)]
)
def test_a_denial_without_words_follows(told, start: int, answers: bool) -> None:
    denial = told("Gondor *denied* it.", "REJECT", by="Gondor")
    event = denial.event
    length = len(event.evidence.text)
    event = msgspec.structs.replace(
        event, evidence=Span(start, start + length, event.evidence.text), trigger=Span(start + 7, start + 13, "denied"),
        actors=tuple(msgspec.structs.replace(r, start=start, end=start + 6) for r in event.actors),
    )  # fmt: skip
    found = find_disputes([_accuse(told), msgspec.structs.replace(denial, event=event)])
    assert [d.shared for d in found] == ([("follows",)] if answers else [])


# Days between an accusation and a denial in another report; whether it answers.
@pytest.mark.parametrize(
    ("days", "answers"), [(-4, False), (-3, True), (0, True), (60, True), (61, False), (None, False)]
)
def test_days_between(told, days: int | None, answers: bool) -> None:
    day = dt.date(2022, 2, 1) + dt.timedelta(days=days) if days is not None else None
    denial = msgspec.structs.replace(_deny(told), published_on=day)
    rows = _rows([_accuse(told), denial])
    assert ("ARN > GON: 1 1" in rows) is answers


def test_the_fields_of_a_dispute(told) -> None:
    (found,) = find_disputes([_deny(told, day=5), _accuse(told, day=3)], names={"ARN": "the North"})
    assert (found.accusers[0].name, found.accused[0].name) == ("the North", "Gondor")
    assert found.matter == "Arnor accused Gondor of sheltering northern rebels."
    assert found.shared == ("northern", "rebel", "shelter")
    assert (found.first_day, found.last_day) == (dt.date(2022, 2, 3), dt.date(2022, 2, 5))
    (other,) = find_disputes([_accuse(told, "Arnor *accused* Gondor of {grain theft}.")], unanswered=True)
    assert (other.matter, other.shared) == ("grain theft", ())
    (alone,) = find_disputes([_deny(told)], names={"GON": "the South"})
    assert (alone.matter, alone.accused[0].name, alone.first_day) == (
        "sheltering northern rebels",
        "the South",
        dt.date(2022, 2, 2),
    )
    assert (alone.accusers, alone.accusations, alone.shared, alone.last_day) == (
        (),
        (),
        (),
        dt.date(2022, 2, 2),
    )


def test_accusations_with_the_same_denials_are_one_dispute(told) -> None:
    again = _accuse(
        told, "Arnor *blamed* Gondor for sheltering northern rebels in tents.", document="f", day=4
    )
    denial = _deny(told, "Gondor *denied* sheltering northern rebels in tents.", day=3)
    (found,) = find_disputes([_accuse(told), again, denial])
    assert [s.document_id for s in found.accusations] == ["d", "f"]
    assert (found.shared, found.first_day.day, found.last_day.day) == (
        ("northern", "rebel", "shelter", "tent"),
        1,
        4,
    )
    assert _rows([_accuse(told), again], unanswered=True) == ["ARN > GON: 1 0", "ARN > GON: 1 0"]


def test_disputes_come_by_day(told) -> None:
    events = [
        _accuse(told, document="c", day=3), _accuse(told, document="b", day=2),
        msgspec.structs.replace(_accuse(told, document="a"), published_on=None), _accuse(told, document="0", day=3),
    ]  # fmt: skip
    found = find_disputes(events, unanswered=True)
    assert [d.accusations[0].document_id for d in found] == ["b", "0", "c", "a"]
