"""The command `evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.counting import MinConfidence
from dragoman.cli.folders import ActorFolders, CodebookFolders


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
    predictions: Annotated[
        Path, typer.Option("--predictions", help="Where to write the predictions, JSONL.")
    ],
    form: Annotated[str, typer.Option("--format", help="How scores are printed: table or json.")] = "table",
    detail: Annotated[
        bool, typer.Option("--detail", help="For events: list what was missed or coded wrong.")
    ] = False,
    blind_from: Annotated[
        int | None,
        typer.Option(
            "--blind-from",
            min=1,
            max=31,
            help="For events: score texts of this day of a month or later apart, and never list them.",
        ),
    ] = None,
    min_confidence: MinConfidence = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
) -> None:
    """Write predictions for a measuring task, one JSON line per gold line, and print their scores.

    What a gold line holds beside its id, and the fields that scores need, in brackets:

      events       text, published_on, title, publisher, url if known (events, optional, heading)

      relations    text, actor and recipient as start, end (event_type)

      tuples       text, published_on if known (event_type, actors, recipients)

      cameo        text, published_on if known (events: source, target, code)

      attribution  text (attributions: speaker, content as spans)

      factuality   text, predicates with start, end (score of each, -3 to +3)

      actors       text (a phrase), on if known (expect: country, sector)

      links        text, links as start, end, title of an article, published_on if known

      stories      text, and if known title, lead, published_on, publisher (story)

    A bad line is reported with its number on standard error and counted as wrong where its gold can be read.

    Example:
      dragoman evaluate events gold.jsonl --predictions out.jsonl --detail
    """
    from dragoman.cli.evaluating import Options, evaluate_task

    options = Options(
        form=form, is_detailed=detail, blind_from=blind_from, min_confidence=min_confidence,
        codebook=tuple(codebook or ()), actors=tuple(actors or ()),
    )  # fmt: skip
    evaluate_task(task, gold, predictions, options)
