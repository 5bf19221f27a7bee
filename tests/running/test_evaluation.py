"""Predictions and scores over a gold file with good and bad lines, with a coder that needs no model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import MissingModelError, UsageError
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.running.evaluation import TASKS, Answer, predict
from dragoman.running.scoring import EventScoring, Scoring, scoring_of

TEXT = "Arnor accused Gondor of spying."


class QuickCoder:
    """Codes with the one pattern of quick_coder.py."""

    def __init__(self, code: Callable[[Document], CodedDocument]) -> None:
        self.code_document = code


@pytest.fixture
def quick(quick_code: Callable[[Document], CodedDocument]) -> Coder:
    return cast("Coder", QuickCoder(quick_code))


def annotated(words: str = TEXT, kind: str = "ACCUSE") -> dict[str, Any]:
    span = {"start": 0, "end": len(words), "text": words}
    return {"evidence": span, "types": [kind], "actors": ["ARN"], "recipients": ["GON"], "firm": True}


def row(name: str, text: object = TEXT, **fields: object) -> dict[str, object]:
    return {"id": name, "text": text, "events": [annotated()], "optional": [], **fields}


def answers_of(
    task: str, rows: list[object], folder: Path, coder: Coder, scoring: Scoring
) -> tuple[list[Answer], list[str | None]]:
    gold = folder / "gold.jsonl"
    gold.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows))
    answers = list(predict(task, gold, coder))
    return answers, [scoring.add(answer) for answer in answers]


def test_events(tmp_path: Path, quick: Coder) -> None:
    scoring = EventScoring(is_detailed=True)
    answers, _ = answers_of("events", [row("a"), row("b", "Arnor met Gondor.")], tmp_path, quick, scoring)
    assert [answer.prediction.id for answer in answers] == ["a", "b"]  # type: ignore[union-attr]
    assert isinstance(answers[0].prediction, CodedDocument)
    figures = scoring.figures()
    assert (figures["right"], figures["wrong"], figures["recall"]) == (1, 1, 0.5)
    assert [line.split()[:2] for line in scoring.detail] == [["b", "missed"], ["b", "wrong"]]


# A line of the file, words of its fault, how many annotated events it adds, whether a line is written.
BAD = [
    ("{not json", "not JSON", 0, False),
    ([1], "not an object", 0, False),
    ({"text": TEXT, "events": [annotated()]}, "no field 'id'", 1, False),
    (row("x", ["text"]), "Expected `str`", 1, True),
    ({"id": "x", "events": [annotated()]}, "`text`", 1, True),
    (row("x", published_on="someday"), "someday", 1, True),
    (row("x", "impossible"), "ValueError: cannot be coded", 1, True),
]


@pytest.mark.parametrize(("bad", "fault", "missed", "is_written"), BAD)
def test_bad_lines_are_wrong_and_stop_nothing(
    tmp_path: Path, quick: Coder, bad: object, fault: str, missed: int, is_written: bool
) -> None:
    scoring = EventScoring()
    answers, wrong_gold = answers_of("events", [row("a"), bad, row("b")], tmp_path, quick, scoring)
    assert wrong_gold == [None, None, None]
    assert answers[1].line.where == "gold.jsonl:2"
    assert fault in (answers[1].fault or "")
    assert (answers[1].prediction is not None) is is_written
    if is_written:
        assert answers[1].prediction == {"id": "x", "error": answers[1].fault}
    figures = scoring.figures()
    assert (figures["annotated"], figures["right"], figures["coded"]) == (2 + missed, 2, 2)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"events": None}, "Expected `array`"),
        ({"events": [{"evidence": "words"}]}, "evidence"),
        ({"events": [{**annotated(), "actors": "ARN"}]}, "actors"),
        ({"optional": 5}, "optional"),
        ({"heading": 5}, "heading"),
    ],
)
def test_wrong_gold_is_told_and_not_scored(
    tmp_path: Path, quick: Coder, fields: dict[str, object], fault: str
) -> None:
    scoring = EventScoring()
    answers, wrong_gold = answers_of("events", [row("a", **fields), row("b")], tmp_path, quick, scoring)
    assert isinstance(answers[0].prediction, CodedDocument)
    assert fault in (wrong_gold[0] or "")
    assert scoring.figures()["items"] == 1


def test_blind_texts_are_scored_apart_and_never_listed(tmp_path: Path, quick: Coder) -> None:
    scoring = EventScoring(blind_from=25, is_detailed=True)
    rows = [
        row("open", "Arnor met Gondor.", published_on="2022-02-24"),
        row("first blind", published_on="2022-02-25"),
        row("blind", "Arnor met Gondor.", published_on="2022-03-31"),
        row("undated", published_on=None),
        row("misdated", "Arnor met Gondor.", published_on="someday"),
    ]
    answers_of("events", rows, tmp_path, quick, scoring)
    figures = scoring.figures()
    assert set(figures) == {"before_25", "from_25"}
    assert (figures["before_25"]["items"], figures["before_25"]["right"]) == (2, 1)
    assert (figures["from_25"]["items"], figures["from_25"]["right"]) == (3, 1)
    assert {line.split()[0] for line in scoring.detail} == {"open"}


def test_what_is_wrong_with_the_program_is_no_bad_line(tmp_path: Path) -> None:
    def code(document: Document) -> CodedDocument:
        raise MissingModelError(looked_for="a model")

    with pytest.raises(MissingModelError):
        answers_of("events", [row("a")], tmp_path, cast("Coder", QuickCoder(code)), EventScoring())


def test_an_unknown_task_is_told(tmp_path: Path, quick: Coder) -> None:
    with pytest.raises(UsageError, match="relations"):
        list(predict("dreams", tmp_path / "gold.jsonl", quick))


def test_stories_keep_the_place_of_bad_lines(tmp_path: Path) -> None:
    text = "The river rose above the bridges of Tharbad on Monday and the harbour was closed. " * 3
    rows: list[object] = [
        {"id": "a", "text": text, "story": "1"}, {"id": "b", "lead": 5, "text": text, "story": "1"},
        "{", {"id": "c", "text": text, "story": "1"}, {"id": "d", "text": "Wolves came to Bree.", "story": 2},
    ]  # fmt: skip
    scoring = scoring_of("stories")
    answers, wrong_gold = answers_of("stories", rows, tmp_path, cast("Coder", None), scoring)
    assert [answer.line.where[-1] for answer in answers] == ["1", "2", "3", "4", "5"]
    assert [answer.fault is not None for answer in answers] == [False, True, True, False, False]
    assert wrong_gold == [None] * 5
    said = [cast("dict[str, Any]", answers[number].prediction)["story"] for number in (0, 3, 4)]
    assert said[0] == said[1] != said[2]
    assert scoring.figures()["n"] == 4


@pytest.mark.parametrize(
    ("gold", "fault"),
    [
        ({}, None),
        ({"events": [{"source": "ARN", "target": "GON", "code": "112"}]}, None),
        ({"events": 5}, "array"),
    ],
)
def test_only_lines_with_gold_fields_are_scored(
    tmp_path: Path, quick: Coder, gold: dict[str, object], fault: str | None
) -> None:
    scoring = scoring_of("cameo")
    answers, wrong_gold = answers_of("cameo", [{"id": "a", "text": TEXT, **gold}], tmp_path, quick, scoring)
    assert cast("dict[str, Any]", answers[0].prediction)["events"][0]["event_type"] == "ACCUSE"
    assert (wrong_gold[0] is None) is (fault is None)
    figures = scoring.figures()
    assert figures == (
        {"n": 1, "tuple": {"precision": 1.0, "recall": 1.0, "f1": 1.0}} if gold and not fault else {}
    )


def test_a_denial_is_no_event_of_a_tuple(tmp_path: Path, quick: Coder) -> None:
    rows: list[object] = [{"id": "a", "text": "Arnor did not attack Gondor."}]
    answers, _ = answers_of("tuples", rows, tmp_path, quick, scoring_of("tuples"))
    assert answers[0].prediction == {"id": "a", "events": []}


@pytest.mark.pipeline
@pytest.mark.parametrize(
    ("task", "fields", "figure", "value"),
    [
        ("relations", {"actor": [0, 5], "recipient": [14, 20], "event_type": "ACCUSE"}, "root_macro_f1", 1.0),
        ("factuality", {"predicates": [{"start": 6, "end": 13, "score": 3.0}]}, "a", None),
        ("actors", {"text": "Gondor", "expect": {"country": "GON"}}, "accuracy", 1.0),
        ("attribution", {"attributions": []}, "n", 1),
    ],
)
def test_the_other_tasks_print_scores(
    tmp_path: Path, coder: Coder, task: str, fields: dict[str, object], figure: str, value: object
) -> None:
    scoring = scoring_of(task)
    answers, _ = answers_of(task, [{"id": "a", "text": TEXT, **fields}], tmp_path, coder, scoring)
    assert answers[0].fault is None
    figures = scoring.figures()
    assert figures[figure] == value if value is not None else figures[figure]["unanswered"] == 0


@pytest.mark.parametrize(
    ("task", "fields"),
    [
        ("relations", {"actor": [0, 5]}),
        ("relations", {"actor": [0, 5], "recipient": [14, 900]}),
        ("relations", {"actor": [5, 0], "recipient": [14, 20]}),
        ("factuality", {"predicates": "none"}),
        ("actors", {"on": "someday"}),
    ],
)
def test_fields_that_a_task_cannot_use(
    tmp_path: Path, coder: Coder, task: str, fields: dict[str, object]
) -> None:
    (answer,), _ = answers_of(task, [{"id": "a", "text": TEXT, **fields}], tmp_path, coder, scoring_of(task))
    assert answer.fault is not None
    assert not answer.fault.startswith(("KeyError", "TypeError", "AttributeError", "AssertionError"))


BAD = [
    {"text": ""},
    {"text": "  "},
    {"text": None},
    {"published_on": "2022-02-31"},
    {"published_on": "9999-12-27"},
    {"published_on": []},
    {"on": "x"},
    {"predicates": [{"start": -5, "end": 900, "score": 1}]},
    {"actor": [9, 2]},
]


@pytest.mark.pipeline
@pytest.mark.parametrize("task", list(TASKS))
def test_empty_texts_and_bad_days_in_the_gold_end_nothing(tmp_path: Path, coder: Coder, task: str) -> None:
    fields = {
        "text": "Arnor attacked Gondor on Monday.", "published_on": "2022-02-01", "events": [], "story": "s",
        "actor": [0, 5], "recipient": [15, 21], "predicates": [{"start": 6, "end": 14, "score": 3}],
        "attributions": [], "links": [[0, 5, "Arnor"]], "event_type": "ASSAULT", "country": "ARN",
        "sector": "",
    }  # fmt: skip
    rows = [{"id": str(number), **fields, **over} for number, over in enumerate([{}, *BAD, {}])]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows))
    scoring = scoring_of(task, blind_from=25 if task == "events" else None, is_detailed=True)
    answers = list(predict(task, gold, coder))
    assert [answer.line.id for answer in answers] == [row["id"] for row in rows]
    for answer in answers:
        scoring.add(answer)
    assert scoring.figures() is not None
    assert answers[0].fault is None
    assert answers[-1].fault is None
