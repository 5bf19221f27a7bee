"""Options and values shared by several commands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from dragoman.errors import UsageError

RecordOption = Annotated[Path, typer.Option("--record", help="The record file (SQLite).")]
Format = Annotated[str, typer.Option("--format", help="Output format: table, jsonl or csv.")]
CodebookFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--codebook",
        help="A codebook folder of your own, laid over that of the package; may be repeated, later ones "
        "over earlier ones.",
    ),
]
ActorFolders = Annotated[
    list[Path] | None, typer.Option("--actors", help="A folder with actors of your own; may be repeated.")
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", help="Minimum confidence of an event, 0 to 1.", metavar="P"),
]
KindOption = Annotated[
    str | None, typer.Option("--kind", help="File kind, if it cannot be detected: html, feed, csv, ...")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--columns", "--column", help="Map fields to columns: text=body,url=link."),
]
DateFormat = Annotated[
    str | None,
    typer.Option("--date-format", help="Format of dates in tables, JSON and feeds: %d.%m.%Y."),
]
DayFirst = Annotated[
    bool | None,
    typer.Option(
        "--dayfirst/--monthfirst", help="How to read dates such as 03/04/2022; without it they are refused."
    ),
]
FastOption = Annotated[
    bool,
    typer.Option(
        "--fast", help="Use the log-linear model without the encoder: faster, slightly lower recall."
    ),
]
NegationsOption = Annotated[
    bool,
    typer.Option(
        "--negations", help="Also keep what is firmly said not to have been done, with polarity negative."
    ),
]
LanguageModel = Annotated[
    str | None,
    typer.Option("--language-model", help="Another English spaCy model: package name or path."),
]
CalibrationOption = Annotated[
    Path | None,
    typer.Option("--calibration", help="Calibrate the confidence with this file of `dragoman calibrate`."),
]
ReviewedOption = Annotated[
    bool,
    typer.Option(
        "--reviewed", help="Events of a record after review: without rejected, edited as edited, with added."
    ),
]
ReaderOption = Annotated[
    str | None,
    typer.Option(
        "--reader",
        help="Events of a record found by the first reader (the coder), the second, both or either.",
    ),
]
TimeBudget = Annotated[
    float,
    typer.Option(
        "--time-budget",
        metavar="SECONDS",
        help="CPU time limit for coding one report; a report that exceeds it is a failure.",
    ),
]


def date_form(date_format: str | None, dayfirst: bool | None) -> str | None:
    """Return the date format selected by the two options.

    Raises:
        UsageError: Both options are given.
    """
    from dragoman.readers.dates import DAY_FIRST, MONTH_FIRST

    if date_format is not None and dayfirst is not None:
        raise UsageError(
            message="give --date-format or --dayfirst, not both: a format says which comes first"
        )
    if dayfirst is None:
        return date_format
    return DAY_FIRST if dayfirst else MONTH_FIRST


def read_day(text: str | None, option: str) -> dt.date | None:
    """Return the day given by an option; unlike in filters, a month or a year is not enough.

    Raises:
        UsageError: The value is not a day.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(message=f"{option} {text!r}: write a day as YYYY-MM-DD") from None
