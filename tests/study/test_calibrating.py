"""Calibration: what the verdicts say is found again, folds are fair, and too little is refused."""

from __future__ import annotations

import math
import random
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.decision.calibration import Calibration, Line, load_calibration, log_odds
from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.loading import data_folder
from dragoman.model.readings import EventReading
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.study.calibrating import (
    JudgedAddition,
    JudgedEvent,
    calibrate,
    judged_additions,
    judged_events,
    quality_of,
    wilson_interval,
)

SLOPES = [(1.0, -1.0), (0.5, 0.0), (2.0, 0.5)]


def simulated(
    slope: float, shift: float, *, n: int = 4000, seed: int = 1, model: float = 0.0
) -> list[JudgedEvent]:
    """Events whose log-odds of being right are a line of those of their confidence; a model adds to them."""
    dice = random.Random(seed)
    found = []
    for number in range(n):
        confidence = dice.uniform(0.1, 0.95)
        accepts = dice.random() < 0.5 if model else None
        odds = slope * log_odds(confidence) + shift + (model * (1 if accepts else -1) if model else 0.0)
        found.append(JudgedEvent(
            document_id=f"d{number // 3}", confidence=confidence, model_accepts=accepts,
            is_right=dice.random() < 1 / (1 + math.exp(-odds)),
        ))  # fmt: skip
    return found


@pytest.mark.parametrize(("slope", "shift"), SLOPES)
def test_the_line_is_found_again_and_helps_in_folds(slope: float, shift: float) -> None:
    report = calibrate(simulated(slope, shift))
    assert report.calibration.line.slope == pytest.approx(slope, abs=0.15)
    assert report.calibration.line.shift == pytest.approx(shift, abs=0.15)
    assert report.after.calibration_error < report.before.calibration_error / 2
    assert report.improves


def test_confidence_that_is_right_stays(tmp_path: Path) -> None:
    report = calibrate(simulated(1.0, 0.0))
    assert report.calibration.confidence(0.8) == pytest.approx(0.8, abs=0.03)
    assert report.after.brier == pytest.approx(report.before.brier, abs=0.001)


def test_agreement_of_a_model_is_measured() -> None:
    found = calibrate(simulated(1.0, 0.0, model=1.0)).calibration
    assert found.models is not None
    assert found.models.accepted.shift == pytest.approx(1.0, abs=0.2)
    assert found.models.not_accepted.shift == pytest.approx(-1.0, abs=0.2)
    low, alone, high = (found.confidence(0.5, model_accepts=accepts) for accepts in (False, None, True))
    assert low < alone < high
    # Where no model has read, nothing is said of models.
    assert calibrate(simulated(1.0, 0.0)).calibration.models is None


def additions(right: int, wrong: int) -> list[JudgedAddition]:
    """Events that only a model found, with the confidence that all of them have."""
    verdicts = [True] * right + [False] * wrong
    random.Random(4).shuffle(verdicts)
    return [
        JudgedAddition(document_id=f"a{number}", confidence=0.5, is_right=verdict)
        for number, verdict in enumerate(verdicts)
    ]


def test_agreement_raises_confidence_by_the_measured_share() -> None:
    events, added = simulated(1.0, 0.0, model=1.0), additions(80, 320)
    report = calibrate(events, added, needs_agreement=True)
    agreement, gain = report.calibration.agreement, report.agreement
    assert agreement is not None and gain is not None
    both = [event.is_right for event in events if event.model_accepts]
    assert (agreement.both.judged, agreement.both.right) == (len(both), sum(both))
    assert agreement.second.share == 0.2
    assert agreement.both.share > agreement.first.share
    assert report.calibration.confidence_of_addition(0.5) == pytest.approx(0.2)
    # On reports that were not used to measure it.
    assert gain.events == len(events) + len(added)
    assert gain.improves and gain.after.calibration_error < gain.before.calibration_error


def test_agreement_that_says_nothing_is_left_out() -> None:
    """A model that accepts at random gains nothing in folds beyond chance, and then changes no confidence."""
    dice = random.Random(9)
    events = [
        msgspec.structs.replace(event, model_accepts=dice.random() < 0.5) for event in simulated(1.0, 0.0)
    ]
    report = calibrate(events)
    assert report.agreement is not None
    if not report.agreement.improves:
        assert report.calibration.models is None and report.calibration.agreement is None
    same = [report.calibration.confidence(0.7, model_accepts=accepts) for accepts in (True, False)]
    assert abs(same[0] - same[1]) < 0.03


@pytest.mark.parametrize(
    ("events", "says"),
    [
        (simulated(1.0, 0.0), "0 events were judged in reports that a model has read"),
        (simulated(1.0, 0.0, n=400, model=1.0)[:90] + simulated(1.0, 0.0, n=400), "90 events were judged in"),
        (
            [
                msgspec.structs.replace(e, model_accepts=n % 50 == 0)
                for n, e in enumerate(simulated(1.0, 0.0, n=500))
            ],
            "10 found by both",
        ),
    ],
)
def test_too_few_to_measure_agreement_are_refused(events: list[JudgedEvent], says: str) -> None:
    assert calibrate(events).calibration.models is None
    with pytest.raises(UsageError, match=says):
        calibrate(events, needs_agreement=True)


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (50, 100, 0.4038, 0.5962), (0, 0, 0.0, 1.0)],
)
def test_wilson_interval(right: int, judged: int, low: float, high: float) -> None:
    assert wilson_interval(right, judged) == pytest.approx((low, high), abs=1e-4)


def test_what_only_a_model_found_counts_apart(tmp_path: Path, coder: Coder) -> None:
    with Record.open(tmp_path / "r.sqlite") as record:
        coded = coder.code("Arnor accused Gondor of spying.", id="a", published_on="2022-02-09")
        record.add(coded, run_id=record.begin_run("test"))
        (event,) = coded.events
        theirs = msgspec.structs.replace(event, id="theirs", event_type="THREATEN")
        place = {"document_id": "a", "trigger_start": event.trigger.start, "trigger_end": event.trigger.end}
        added = EventReading(
            reader="llm",
            kind="model",
            verdict="add",
            event_id=None,
            event_type="THREATEN",
            event=theirs,
            **place,
        )
        record.add_readings([added])
        assert judged_additions(record) == []
        verdict = EventReading(
            reader="anna", kind="person", verdict="reject", event_id="theirs", event_type="THREATEN", **place
        )
        record.add_readings([verdict])
        assert judged_additions(record) == [
            JudgedAddition(document_id="a", confidence=theirs.confidence, is_right=False)
        ]
        assert judged_additions(record, EventFilter(event_type="ACCUSE")) == []
        assert judged_events(record) == []


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([], "0 events were judged"),
        (simulated(1.0, 0.0, n=99), "99 events were judged"),
        ([JudgedEvent(document_id=str(n), confidence=0.5, is_right=n > 5) for n in range(200)], "6 wrong"),
        ([JudgedEvent(document_id=str(n), confidence=0.5, is_right=n < 5) for n in range(200)], "5 right"),
    ],
)
def test_too_few_are_refused_and_counted(events: list[JudgedEvent], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        calibrate(events)


def test_verdicts_against_the_order_of_confidence_are_refused() -> None:
    with pytest.raises(UsageError, match="nothing can be fitted"):
        calibrate(simulated(-2.0, 0.0))


def test_threshold_leaves_out_what_is_mostly_wrong() -> None:
    bad = [JudgedEvent(document_id=f"b{n}", confidence=0.2, is_right=n % 20 == 0) for n in range(400)]
    good = [JudgedEvent(document_id=f"g{n}", confidence=0.8, is_right=n % 10 > 0) for n in range(400)]
    found = calibrate(bad + good).calibration
    assert found.threshold is not None
    assert found.confidence(0.2) < found.threshold < found.confidence(0.8)
    assert calibrate(simulated(1.0, 3.0)).calibration.threshold is None


def test_quality() -> None:
    perfect = quality_of(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert (perfect.calibration_error, perfect.brier) == (0.0, 0.0)
    # Two in one bin, half of them right: 0.9 is off by 0.4.
    found = quality_of(np.array([0.9, 0.9]), np.array([1.0, 0.0]))
    assert found.calibration_error == pytest.approx(0.4)
    assert found.brier == pytest.approx((0.01 + 0.81) / 2)


# What is taken from a record ------------------------------------------------------------------------


def test_verdicts_of_a_record(tmp_path: Path, coder: Coder) -> None:
    with Record.open(tmp_path / "r.sqlite") as record:
        texts = ("Arnor accused Gondor of spying.", "Rohan attacked Mordor.", "Gondor sanctioned Rohan.")
        for number, text in enumerate(texts):
            record.add(coder.code(text, id=f"d{number}"), run_id=record.begin_run("test"))
        events = {stored.document_id: stored.event for stored in record.events()}

        def give(document: str, verdict: str, kind: str = "person", reader: str = "anna", **more) -> None:
            event = events[document]
            edited = event if verdict == "edit" else None
            record.add_readings([EventReading(
                document_id=document, reader=reader, kind=kind, verdict=verdict, event_id=event.id,
                event_type=event.event_type, trigger_start=event.trigger.start,
                trigger_end=event.trigger.end, event=edited, **more,
            )])  # fmt: skip

        give("d0", "accept", kind="model", reader="m")
        assert judged_events(record) == []
        give("d0", "accept")
        give("d1", "edit", changed=("actors",))
        give("d2", "edit", changed=("factuality",))
        found = {each.document_id: each for each in judged_events(record)}
        assert {name: each.is_right for name, each in found.items()} == {"d0": True, "d1": False, "d2": True}
        assert [found[name].model_accepts for name in ("d0", "d1")] == [True, None]
        give("d0", "reject", kind="adjudicator", reader="chief")
        assert [each.is_right for each in judged_events(record, EventFilter(document="d0"))] == [False]


# What the coder makes of it -------------------------------------------------------------------------


def write(path: Path, **given) -> Path:
    values = {
        "format": "dragoman calibration 1", "line": Line(slope=1.0, shift=-1.0), "threshold": None,
        "models": None, "verdicts": 200, "accepted": 100, **given,
    }  # fmt: skip
    path.write_bytes(msgspec.json.encode(Calibration(**values)))
    return path


def test_the_coder_gives_calibrated_confidence(tmp_path: Path, coder: Coder) -> None:
    path = write(tmp_path / "c.json")
    text, arda = (
        "Arnor accused Gondor of spying. Rohan may attack Mordor.",
        [data_folder() / "actors_invented"],
    )
    calibrated = Coder(actors=arda, reading="rules", calibration=path)
    plain, changed = coder.code(text).events, calibrated.code(text).events
    scale = load_calibration(path).confidence
    assert [e.confidence for e in changed] == [round(scale(e.confidence), 3) for e in plain]
    middle = sorted(e.confidence for e in changed)[-1]
    higher = write(tmp_path / "d.json", threshold=middle)
    fewer = Coder(actors=arda, reading="rules", calibration=higher).code(text).events
    assert [e.confidence for e in fewer] == [e.confidence for e in changed if e.confidence >= middle]
    asked = Coder(actors=arda, reading="rules", calibration=higher, min_confidence=0.0)
    assert len(asked.code(text).events) == len(plain)


def test_the_learned_decision_is_calibrated(tmp_path: Path) -> None:
    path = write(tmp_path / "c.json", line=Line(slope=0.5, shift=0.3))
    text = "Arnor accused Gondor of spying. Rohan attacked Mordor on Monday."
    arda = [data_folder() / "actors_invented"]
    plain = Coder(actors=arda, reading="fast").code(text).events
    changed = Coder(actors=arda, reading="fast", calibration=path).code(text).events
    scale = load_calibration(path).confidence
    # The same events are kept: the coder's own threshold is on the same scale.
    assert [e.id for e in changed] == [e.id for e in plain]
    assert [e.confidence for e in changed] == pytest.approx([scale(e.confidence) for e in plain], abs=0.002)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"not json", b"[]", b'{"format": "other"}',
        b'{"format":"x","line":{"slope":1,"shift":0},"threshold":null,"models":null,"verdicts":1,"accepted":1}',
        b'{"format":"dragoman calibration 1","line":{"slope":-1,"shift":0},"threshold":null,"models":null,'
        b'"verdicts":1,"accepted":1}',
        b'{"format":"dragoman calibration 1","line":{"slope":1,"shift":0},"threshold":7,"models":null,'
        b'"verdicts":1,"accepted":1}',
    ],
)  # fmt: skip
def test_what_is_no_calibration_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"c\.json"):
        load_calibration(path)
    with pytest.raises(KnowledgeError):
        load_calibration(tmp_path / "absent.json")
