"""Figures of an evaluation: their shares, and what is listed."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.event_report import EventReport
from dragoman.model.documents import Document


def test_shares_have_four_decimals() -> None:
    report = EventReport()
    report.whole.fields["firm"] = [True, False, False]
    report.whole.fields["date"] = [True, True, False]
    assert report.figures()["fields"] == {
        "firm": {"n": 3, "right": 0.3333}, "date": {"n": 3, "right": 0.6667},
    }  # fmt: skip


def test_bands_of_confidence_come_in_order() -> None:
    report = EventReport()
    for band, verdicts in ((9, [True]), (0, [False]), (5, [True, False])):
        report.whole.bands[band] = verdicts
    assert report.figures()["confidence"] == {
        "0.0-0.1": {"n": 1, "right": 0.0}, "0.5-0.6": {"n": 2, "right": 0.5},
        "0.9-1.0": {"n": 1, "right": 1.0},
    }  # fmt: skip
    assert list(report.figures()["confidence"]) == ["0.0-0.1", "0.5-0.6", "0.9-1.0"]


@pytest.mark.parametrize(("headings", "told"), [(["War", None, "Aid"], ["Aid", "War", "all"]), ([], [])])
def test_figures_by_heading(headings: list[str | None], told: list[str]) -> None:
    report = EventReport()
    for heading in headings:
        report.add("a", heading, [], [], [])
    assert list(report.figures()["by_heading"]) == told
    assert report.figures()["items"] == len(headings)
    assert all(figures["items"] == 1 for figures in report.figures()["by_heading"].values())


def test_errors_are_listed_only_if_asked_for() -> None:
    missed = {"types": ["AID", "SUPPORT"], "actors": ["ARN", "ROH"], "recipients": ["GON"],
              "evidence": {"text": "helped", "start": 0, "end": 6}}  # fmt: skip
    quiet, listed = EventReport(), EventReport()
    quiet.add("a", None, [missed], [], [])
    listed.add("a", None, [missed], [], [], is_listed=True)
    assert quiet.detail == []
    assert listed.detail == ["a missed AID/SUPPORT ARN ROH > GON | helped"]


def test_a_wrong_event_is_listed_with_all_its_parties(quick_code) -> None:
    coded = quick_code(Document(id="a", text="Arnor attacked Gondor."))
    event = msgspec.structs.replace(
        coded.events[0], actors=(*coded.events[0].actors, *coded.events[0].recipients)
    )
    report = EventReport()
    report.add("a", None, [], [], [event], is_listed=True)
    assert report.detail == ["a wrong ASSAULT ARN GON > GON | Arnor attacked Gondor. | quick, rule, 0.90"]


# Right and wrong events, annotated ones and those found; precision, recall and F1.
F1 = [
    (1, 1, 2, 1, (0.5, 0.5, 0.5)), (2, 0, 2, 2, (1.0, 1.0, 1.0)), (0, 2, 2, 0, (0.0, 0.0, 0.0)),
    (1, 3, 2, 1, (0.25, 0.5, 0.3333)), (0, 0, 2, 0, (0.0, 0.0, 0.0)),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "annotated", "found", "figures"), F1)
def test_f1(right: int, wrong: int, annotated: int, found: int, figures: tuple[float, ...]) -> None:
    report = EventReport()
    report.whole.fates.update(right=right, wrong=wrong)
    report.whole.annotated, report.whole.found = annotated, found
    told = report.figures()
    assert (told["precision"], told["recall"], told["f1"]) == figures
