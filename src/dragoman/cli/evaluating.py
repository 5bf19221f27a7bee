"""Implementation of `evaluate`: predictions to a file, scores to standard output, errors to stderr."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from dragoman.cli.output import errors, progress
from dragoman.cli.rows import print_table
from dragoman.cli.terminal import standard_output
from dragoman.coding.coder import Coder
from dragoman.errors import UnreadableError, UsageError
from dragoman.running.evaluation import TASKS, predict
from dragoman.running.scoring import EventScoring, scoring_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from dragoman.running.evaluation import Answer
    from dragoman.running.scoring import Scoring

FORMATS = ("table", "json")


@dataclass(frozen=True, kw_only=True)
class Options:
    """Options other than the task and the files."""

    form: str = "table"
    is_detailed: bool = False
    blind_from: int | None = None
    min_confidence: float | None = None
    codebook: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()
    calibration: Path | None = None


def evaluate_task(task: str, gold: Path, predictions: Path, options: Options) -> None:
    """Write the predictions of an evaluation task and print its scores.

    Raises:
        UsageError: An option cannot be used, or both files are the same.
        UnreadableError: A file cannot be opened.
    """
    _check(task, gold, predictions, options)
    _check_readable(gold)
    coder = Coder(
        codebook=options.codebook, actors=options.actors, min_confidence=options.min_confidence,
        calibration=options.calibration,
    )  # fmt: skip
    scoring = scoring_of(task, blind_from=options.blind_from, is_detailed=options.is_detailed)
    answers = predict(task, gold, coder)
    try:
        with predictions.open("wb") as file:
            written, bad = _write(progress(answers, task), scoring, file)
    except OSError as error:
        raise UnreadableError(where=str(predictions), why=error.strerror or str(error)) from error
    _print_scores(scoring, options.form)
    told = f"{written} predictions written to {predictions}"
    errors.print(Text(f"{told}; {bad} bad lines, counted as wrong" if bad else told))


def _check(task: str, gold: Path, predictions: Path, options: Options) -> None:
    if task not in TASKS:
        raise UsageError(message=f"no task {task!r}; use one of {', '.join(TASKS)}")
    if options.form not in FORMATS:
        raise UsageError(message=f"--format {options.form!r}: use one of {', '.join(FORMATS)}")
    if task != "events" and (options.is_detailed or options.blind_from is not None):
        raise UsageError(message=f"--detail and --blind-from are for events, not for {task}")
    if predictions.exists() and gold.exists() and predictions.samefile(gold):
        raise UsageError(message=f"--predictions {predictions}: that is the gold file; choose another")


def _check_readable(gold: Path) -> None:
    """Raise an error if the gold file cannot be opened, before the predictions file is created."""
    try:
        gold.open("rb").close()
    except OSError as error:
        raise UnreadableError(where=str(gold), why=error.strerror or str(error)) from error


def _write(answers: Iterable[Answer], scoring: Scoring, file: BinaryIO) -> tuple[int, int]:
    """Write and score the predictions; return the number of predictions and of invalid lines."""
    encoder = msgspec.json.Encoder()
    written = bad = 0
    for answer in answers:
        if answer.prediction is not None:
            file.write(encoder.encode(answer.prediction) + b"\n")
            written += 1
        wrong_gold = scoring.add(answer)
        fault = answer.fault or wrong_gold
        if fault is not None:
            bad += 1
            errors.print(Text(f"{answer.line.where}: {fault}", style="red"))
    return written, bad


def _print_scores(scoring: Scoring, form: str) -> None:
    figures = scoring.figures()
    detail = scoring.detail if isinstance(scoring, EventScoring) else []
    if form == "json":
        shown = {**figures, "detail": detail} if detail else figures
        standard_output().write(json.dumps(shown, indent=1, ensure_ascii=False) + "\n")
        return
    if not figures:
        standard_output().write("no scores: the file has no gold fields for this task\n")
        return
    for rows in _tables(figures):
        columns, *cells = rows
        print_table(columns, cells)
        standard_output().write("\n")
    standard_output().writelines(f"{' '.join(line.split())}\n" for line in detail)


def _tables(figures: Mapping[str, Any]) -> list[list[list[str]]]:
    """Return tables of scores: plain scores first, then one row for each heading or set."""
    tables: list[list[list[str]]] = [[["figure", "value"]]]
    for name, value in figures.items():
        if not isinstance(value, dict):
            tables[0].append([name.replace("_", " "), _cell(value)])
        elif not value:
            continue
        elif not any(isinstance(inner, dict) for inner in value.values()):
            tables[0] += [[f"{name} {inner}".replace("_", " "), _cell(v)] for inner, v in value.items()]
        elif "by_heading" in value:
            # A subset of the texts: its tables follow under its name.
            for rows in _tables(value):
                tables.append([[f"{name.replace('_', ' ')}: {rows[0][0]}", *rows[0][1:]], *rows[1:]])
        else:
            tables.append(_by_row(name, value))
    return [rows for rows in tables if len(rows) > 1]


def _by_row(name: str, rows: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    columns = list(next(iter(rows.values())))
    head = [name.removeprefix("by_").replace("_", " "), *(column.replace("_", " ") for column in columns)]
    return [head, *([label, *(_cell(row[column]) for column in columns)] for label, row in rows.items())]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if isinstance(value, float) else str(value)
