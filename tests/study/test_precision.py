"""Precision weighted back to the record, recall, agreement: against figures worked out by hand."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.study.agreement import cohen_kappa, disagreements, krippendorff_alpha, measure_agreement
from dragoman.study.appendix import write_appendix
from dragoman.study.precision import score_events, score_sentences


def judged(
    number: int, verdict: str, *, event_type: str = "ACCUSE", stratum: tuple[int, int] = (100, 10), **more
):
    return {
        "sample_id": f"s{number}", "event_id": f"e{number}", "sentence": f"Sentence {number}.",
        "event_type": event_type, "quad_class": "verbal_conflict", "confidence": "0.83",
        "stratum_events": str(stratum[0]), "stratum_drawn": str(stratum[1]), "judged_event": verdict, **more,
    }  # fmt: skip


def share(rows: list, by: str, group: str, **given) -> tuple[int, float]:
    found = {(e.by, e.group): e for e in score_events(rows, **given)}[by, group]
    assert found.low <= found.share <= found.high
    return found.n, found.share


def test_strata_are_weighted() -> None:
    # Ten of 100 events of one type, all right; ten of 900 of another, half of them right.
    rows = [judged(n, "right") for n in range(10)]
    rows += [
        judged(10 + n, "right" if n % 2 else "wrong", event_type="ASSAULT", stratum=(900, 10))
        for n in range(10)
    ]
    assert share(rows, "event_type", "ACCUSE") == (10, 1.0)
    assert share(rows, "event_type", "ASSAULT") == (10, 0.5)
    assert share(rows, "all", "all") == (20, pytest.approx((100 + 450) / 1000))
    assert share(rows, "confidence", "0.80-0.90")[0] == 20


def test_wilson_interval_of_a_plain_sample() -> None:
    rows = [judged(n, "right" if n < 8 else "wrong", stratum=(10, 10)) for n in range(10)]
    (overall,) = [e for e in score_events(rows) if e.by == "all"]
    # Wilson's interval of 8 of 10.
    assert (overall.low, overall.high) == (pytest.approx(0.4902, abs=1e-3), pytest.approx(0.9433, abs=1e-3))


def test_partly_and_fields_and_blanks() -> None:
    rows = [
        judged(0, "right", judged_actors="right"),
        judged(1, "Partly ", judged_actors="wrong"),
        judged(2, ""),
    ]
    for row in rows:
        row.setdefault("judged_actors", "")
    assert share(rows, "all", "all") == (2, 0.5)
    assert share(rows, "all", "all", partly_counts=True) == (2, 1.0)
    assert share(rows, "field", "actors") == (2, 0.5)
    with pytest.raises(UsageError, match="no row is judged"):
        score_events([judged(0, "")])
    with pytest.raises(UsageError, match=r"s3.*'yes'"):
        score_events([judged(3, "yes")])


def test_recall_of_sentences() -> None:
    rows = [
        {"sample_id": "m1", "coded_events": "2", "right_events": "1", "missed_events": "1"},
        {"sample_id": "m2", "coded_events": "0", "right_events": "", "missed_events": "2"},
        {"sample_id": "m3", "coded_events": "1", "right_events": "", "missed_events": "0"},
        {"sample_id": "m4", "coded_events": "1", "right_events": "", "missed_events": ""},
    ]
    found = {e.group: e for e in score_sentences(rows)}
    assert found["recall"].share == pytest.approx(2 / 5)
    assert found["precision"].share == pytest.approx(2 / 3, abs=1e-4)
    assert found["recall"].n == 3


# A table worked out by hand: 20 both right, 15 both wrong, 5 and 10 apart.
PAIRS = [("r", "r")] * 20 + [("r", "w")] * 5 + [("w", "r")] * 10 + [("w", "w")] * 15


def test_agreement_statistics() -> None:
    assert cohen_kappa(PAIRS) == pytest.approx(0.4)
    # Nominal alpha: observed disagreement 15/50; expected from 55 and 45 of 100 values.
    expected = 1 - (100 - 1) * (2 * 15) / (2 * 55 * 45)
    assert krippendorff_alpha(PAIRS) == pytest.approx(expected)
    assert cohen_kappa([("r", "r")] * 4) is None


def test_two_sheets() -> None:
    one = [judged(n, "right") for n in range(6)]
    other = [judged(n, "right" if n else "wrong", note="no") for n in range(5)]
    found = {(a.field, a.group): a for a in measure_agreement(one, other)}
    assert found["judged_event", "all"].percent == pytest.approx(0.8)
    assert found["judged_event", "all"].n == 5
    assert found["judged_event", "ACCUSE"].n == 5
    assert found["judged_event", "all"].percent_low <= 0.8 <= found["judged_event", "all"].percent_high
    (differ,) = disagreements(one, other)
    assert (differ["sample_id"], differ["first"], differ["second"], differ["second_note"]) == (
        "s0",
        "right",
        "wrong",
        "no",
    )
    with pytest.raises(UsageError, match="different samples"):
        measure_agreement(one, [row | {"sentence": "Another."} for row in other])
    with pytest.raises(UsageError, match="no sample_id in common"):
        measure_agreement(one, [row | {"sample_id": "x"} for row in other])
    with pytest.raises(UsageError, match=r"second sheet, row .*: judged_event 'yes': use right, partly"):
        measure_agreement(one, [row | {"judged_event": "yes"} for row in other])


@pytest.mark.parametrize(("form", "holds"), [
    ("markdown", "| event type | ACCUSE | 10 | 1.00 |"), ("latex", r"event type & ACCUSE & 10 & 1.00 &"),
    ("csv", "event_type,ACCUSE,10,1.0,"),
])  # fmt: skip
def test_the_appendix(form: str, holds: str) -> None:
    text = write_appendix(score_events([judged(n, "right") for n in range(10)]), form=form)
    assert holds in text
    if form != "csv":
        assert "random sample of 10 events" in text
        assert "100%" in text.replace("\\", "")
    with pytest.raises(UsageError, match="markdown"):
        write_appendix([], form="docx")
