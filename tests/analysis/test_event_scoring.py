"""Which coded events count as right, and every figure that follows."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.analysis.event_report import EventReport
from dragoman.analysis.event_scoring import (
    Annotation,
    EventScores,
    closeness,
    has_parties,
    is_alike,
    pair,
    stands_for,
)
from dragoman.model.records import ActorRef, Event, EventDate, Place, Span
from dragoman.model.terms import QUAD_CLASS_OF

SHARED = Path(__file__).parents[3] / "shared"


def party(name: str, country: str | None = None, text: str | None = None) -> ActorRef:
    return ActorRef(
        id=name,
        name=text or name,
        kind="state",
        country=country,
        sector=None,
        text=text or name,
        start=0,
        end=1,
    )


def event(
    event_type: str = "ACCUSE",
    actors: str = "ARN",
    recipients: str = "GON",
    *,
    trigger: int = 10,
    evidence: tuple[int, int] = (0, 40),
    **fields: object,
) -> Event:
    given: dict[str, object] = {
        "id": "e", "event_type": event_type, "event_mode": None, "contexts": (),
        "quad_class": QUAD_CLASS_OF[event_type], "intensity": 0.0, "intensity_scale": "plover",
        "cameo": None, "goldstein": None,
        "actors": tuple(party(name, name) for name in actors.split()),
        "recipients": tuple(party(name, name) for name in recipients.split()),
        "speaker": (), "cue": None, "quoted": False, "factuality": "certain", "polarity": "positive",
        "tense": "past", "conditional": False, "issue": None, "amounts": (), "event_date": None,
        "place": None, "evidence": Span(*evidence, "e"), "trigger": Span(trigger, trigger + 3, "t"),
        "rule": "r", "confidence": 0.85,
    }  # fmt: skip
    return Event(**{**given, **fields})  # type: ignore[arg-type]


def annotation(
    types: str = "ACCUSE", actors: str = "ARN", recipients: str = "GON", *, start: int = 0, end: int = 40,
    **fields: object,
) -> Annotation:  # fmt: skip
    return {
        "evidence": {"start": start, "end": end, "text": "the clause"}, "types": types.split("/"),
        "actors": actors.split(), "recipients": recipients.split(), **fields,
    }  # type: ignore[typeddict-item]  # fmt: skip


# Label, id, country and words of the coded party, whether it is the same.
PARTIES = [
    ("GON", "GON", "GON", "Gondor", True),
    ("GON", "GON:MIL", "GON", "Gondorian troops", True),
    ("GON", "ROH", "ROH", "Gon", False),  # a code is never found in words
    ("Corsairs", "CORSAIRS", None, "Corsairs of Umbar", True),
    ("Corsairs", "X", None, "a corsair", True),
    ("the Corsairs of Umbar", "X", None, "Corsairs", True),
    ("Corsairs", "URUKS", "MOR", "Uruk-hai", False),
    ("European Union", "EUR", None, "Brussels", True),
    ("United Nations", "UNO", None, "the world body", True),
    ("United Nations", "EUR", None, "Brussels", False),
    ("Uruk hai", "X", None, "Uruk-hai", True),
    ("Umbar", "X", None, "Um", False),  # too short to be found in a label
]


@pytest.mark.parametrize(("label", "id", "country", "text", "same"), PARTIES)
def test_stands_for(label: str, id: str, country: str | None, text: str, same: bool) -> None:
    assert stands_for(label, [party(id, country, text)]) is same


# Type, sides as annotated, sides as coded, whether all parties are there.
SIDES = [
    ("ACCUSE", "ARN", "GON", "ARN", "GON", True),
    ("ACCUSE", "ARN", "GON", "GON", "ARN", False),
    ("ACCUSE", "ARN", "GON", "ARN", "", False),
    ("ACCUSE", "ARN", "", "ARN", "GON", True),
    ("ACCUSE", "ARN ROH", "GON", "ARN", "GON", False),
    ("CONSULT", "ARN", "GON", "GON", "ARN", True),
    ("CONSULT", "ARN", "GON", "ARN GON", "", True),
    ("SUPPORT", "ARN", "GON", "ARN", "", False),
]


@pytest.mark.parametrize(("kind", "actors", "recipients", "coded", "toward", "there"), SIDES)
def test_has_parties(kind: str, actors: str, recipients: str, coded: str, toward: str, there: bool) -> None:
    assert has_parties(annotation(kind, actors, recipients), event(kind, coded, toward)) is there


# Annotated clause, trigger and evidence of the event, how close they are.
PLACES = [
    ((0, 40), 0, (0, 40), 2),
    ((0, 40), 39, (30, 90), 2),
    ((0, 40), 40, (20, 60), 1),  # 20 of 40 characters
    ((0, 40), 45, (21, 61), 0),  # 19 of 40
    ((0, 40), 45, (35, 45), 1),  # half of the shorter one
    ((0, 40), 60, (50, 90), 0),
    ((0, 40), 45, (40, 80), 0),  # beside each other
]


@pytest.mark.parametrize(("clause", "trigger", "evidence", "close"), PLACES)
def test_closeness(clause: tuple[int, int], trigger: int, evidence: tuple[int, int], close: int) -> None:
    there = annotation(start=clause[0], end=clause[1])
    coded = event(trigger=trigger, evidence=evidence)
    assert closeness(there, coded) == close
    assert is_alike(there, coded) is (close > 0)
    assert not is_alike(annotation("AID/REJECT", start=clause[0], end=clause[1]), coded)


# Coded events with the fate of each; annotated: ACCUSE ARN > GON at 0-40, AID ARN > ROH at 50-90,
# optional: REJECT at 0-40.
FATES = [
    ([event()], ["right"]),
    ([event(), event()], ["right", "again"]),
    ([event(trigger=60)], ["right"]),  # the clause alone
    ([event(trigger=60), event()], ["again", "right"]),  # the closest first
    ([event("REJECT", "DAL", "")], ["neutral"]),
    ([event("REJECT", trigger=60, evidence=(50, 90))], ["wrong"]),
    ([event(actors="ROH")], ["wrong"]),
    ([event("AID", "ARN", "ROH", trigger=60, evidence=(50, 90))], ["right"]),
    ([event("AID", "ARN", "ROH")], ["wrong"]),
    ([], []),
]


@pytest.mark.parametrize(("events", "fates"), FATES)
def test_fates(events: list[Event], fates: list[str]) -> None:
    annotated = [annotation(), annotation("AID", recipients="ROH", start=50, end=90)]
    pairing = pair(annotated, [annotation("REJECT", "ARN", "")], events)
    assert list(pairing.fates) == fates
    assert len(pairing.found) == fates.count("right")


def test_an_event_is_paired_once() -> None:
    pairing = pair([annotation(), annotation()], [], [event()])
    assert pairing.found == {0: 0}


def scored() -> EventReport:
    report = EventReport()
    report.add(
        "a", "War", [annotation(), annotation("AID", recipients="ROH", start=50, end=90)],
        [annotation("REJECT", "ARN", "")],
        [
            event(), event(), event("REJECT", confidence=0.4),
            event("AID", "DAL", "ROH", trigger=60, confidence=1.0, evidence=(50, 90)),
        ],
        is_listed=True,
    )  # fmt: skip
    report.add("b", None, [], [], [event(confidence=0.1)], is_listed=False)
    report.add("c", None, [], [annotation()], [event(confidence=0.1)], is_listed=True)
    report.add("d", None, [], [], [], is_listed=True)
    return report


def test_figures() -> None:
    figures = scored().figures()
    by_heading = figures.pop("by_heading")
    assert figures == {
        "items": 4, "annotated": 2, "coded": 6, "precision": 0.25, "recall": 0.5, "f1": 0.3333,
        "type_recall": 1.0, "right": 1, "wrong": 2, "again": 1, "neutral": 2,
        "texts_without_events": 2, "of_them_coded": 1, "fields": {"firm": {"n": 1, "right": 1.0}},
        "confidence": {
            "0.1-0.2": {"n": 1, "right": 0.0},
            "0.8-0.9": {"n": 2, "right": 0.5},
            "0.9-1.0": {"n": 1, "right": 0.0},
        },
    }  # fmt: skip
    assert {name: (f["items"], f["coded"], f["recall"]) for name, f in by_heading.items()} == {
        "War": (1, 4, 0.5),
        "all": (3, 2, 0.0),
    }
    assert by_heading["all"]["type_recall"] is None


def test_detail_lists_what_is_missed_wrong_and_again() -> None:
    assert scored().detail == [
        "a missed AID ARN > ROH | the clause",
        "a again ACCUSE ARN > GON | e | r, rule, 0.85",
        "a wrong AID DAL > ROH | e | r, rule, 1.00",
    ]


PELARGIR = Place(
    name="Pelargir", country="GON", latitude=None, longitude=None, geonames_id=None, text="P", start=0, end=1
)
DAY = dt.date(2022, 2, 1)
# Annotated field, coded fields, the field that is scored, whether it is right.
FIELDS = [
    ({}, {}, "firm", True),
    ({"firm": True}, {"factuality": "possible"}, "firm", False),
    ({"firm": False}, {"factuality": "possible"}, "firm", True),
    ({"firm": False}, {"conditional": True}, "firm", True),
    ({"firm": True}, {"conditional": True}, "firm", False),
    ({"speaker": ["ROH"]}, {"speaker": (party("ROH", "ROH"),)}, "speaker", True),
    ({"speaker": ["ROH"]}, {}, "speaker", False),
    ({"speaker": ["ROH", "DAL"]}, {"speaker": (party("ROH", "ROH"),)}, "speaker", False),
    ({"date": "2022-02-01"}, {"event_date": EventDate(start=DAY, end=DAY, precision="day")}, "date", True),
    ({"date": "2022-02-02"}, {"event_date": EventDate(start=DAY, end=DAY, precision="day")}, "date", False),
    ({"date": "2022-02-01"}, {}, "date", False),
    ({"place_country": "GON"}, {}, "place_country", False),
    (
        {"place_country": "GON"},
        {"place": PELARGIR},
        "place_country",
        True,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("annotated", "coded", "name", "right"), FIELDS)
def test_fields_of_found_events(
    annotated: dict[str, object], coded: dict[str, object], name: str, right: bool
) -> None:
    scores = EventScores()
    scores.add([annotation(**annotated)], [], [event(**coded)])  # type: ignore[arg-type]
    assert scores.fields[name] == [right]
    assert set(scores.fields) == {"firm", name}


def test_fields_of_events_that_were_not_found_are_not_scored() -> None:
    scores = EventScores()
    scores.add([annotation(speaker=["ROH"])], [], [event(actors="DAL")])
    assert scores.fields == {}


def test_nothing_to_divide_by() -> None:
    scores = EventScores()
    scores.add([], [], [])
    assert (scores.precision, scores.recall, scores.f1, scores.type_recall) == (None, None, None, None)
    scores.add([annotation()], [], [event(actors="DAL")])
    assert (scores.precision, scores.recall, scores.f1, scores.type_recall) == (0.0, 0.0, 0.0, 1.0)


@pytest.mark.pipeline
@pytest.mark.skipif(not SHARED.exists(), reason="the development gold is not beside the repository")
def test_figures_agree_with_the_scorer_of_the_gold(tmp_path: Path) -> None:
    gold, out = SHARED / "gold" / "reports.jsonl", tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "dragoman", "evaluate", "events", str(gold), "--predictions", str(out)]
    ours = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=True).stdout
    scorer = [sys.executable, str(SHARED / "score" / "score.py"), "events", str(gold), str(out)]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)
    found = json.loads(ours)
    for name in (
        "items", "annotated", "coded", "precision", "recall", "f1", "type_recall", "right", "wrong", "again",
        "neutral", "confidence", "by_heading",
    ):  # fmt: skip
        assert found[name] == theirs[name], name
    for name in ("firm", "speaker", "place_country"):
        assert found["fields"][name] == theirs[f"{name}_right"]
    assert (found["texts_without_events"], found["of_them_coded"]) == (
        theirs["items_with_nothing"],
        theirs["of_them_coded"],
    )
