"""The command `evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import ActorFolders, CalibrationOption, CodebookFolders, MinConfidence


def add_evaluate(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(evaluate)


def evaluate(
    task: Annotated[
        str,
        typer.Argument(
            help="events, relations, tuples, cameo, attribution, factuality, actors, links or stories."
        ),
    ],
    gold: Annotated[Path, typer.Argument(help="The gold file, JSONL.")],
    predictions: Annotated[Path, typer.Option("--predictions", help="JSONL file for the predictions.")],
    form: Annotated[str, typer.Option("--format", help="Format of the scores: table or json.")] = "table",
    detail: Annotated[
        bool, typer.Option("--detail", help="For events: list missed and wrong events.")
    ] = False,
    blind_from: Annotated[
        int | None,
        typer.Option(
            "--blind-from",
            min=1,
            max=31,
            help="For events: score texts from this day of the month on separately, and never list them.",
        ),
    ] = None,
    min_confidence: MinConfidence = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    calibration: CalibrationOption = None,
) -> None:
    """Evaluate a task: write one JSON prediction per gold line and print the scores.

    Fields of a gold line besides its id; fields needed for scoring in brackets:

      events       text, published_on, title, publisher, url if known (events, optional, heading)

      relations    text, actor and recipient as start, end (event_type)

      tuples       text, published_on if known (event_type, actors, recipients)

      cameo        text, published_on if known (events: source, target, code)

      attribution  text (attributions: speaker, content as spans)

      factuality   text, predicates with start, end (score of each, -3 to +3)

      actors       text (a phrase), on if known (expect: country, sector)

      links        text, links as start, end, title of an article, published_on if known

      stories      text, and if known title, lead, published_on, publisher (story)

    An invalid line is reported on standard error with its number, and counts as wrong if its gold can be
    read.

    Example:
      dragoman evaluate events gold.jsonl --predictions out.jsonl --detail
    """
    from dragoman.cli.evaluating import Options, evaluate_task

    options = Options(
        form=form, is_detailed=detail, blind_from=blind_from, min_confidence=min_confidence,
        codebook=tuple(codebook or ()), actors=tuple(actors or ()), calibration=calibration,
    )  # fmt: skip
    evaluate_task(task, gold, predictions, options)
