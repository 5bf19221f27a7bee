"""The commands of `dragoman`. Heavy imports are inside the commands, so that --help is fast."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dragoman.cli import counting, keeping, options, watching
from dragoman.cli.actor_commands import add_actor_commands
from dragoman.cli.annotation_commands import add_annotation_commands
from dragoman.cli.arguments import check_commands
from dragoman.cli.codebook_commands import add_codebook_commands
from dragoman.cli.evaluate_command import add_evaluate
from dragoman.cli.export_commands import add_export_commands
from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.listing import add_list
from dragoman.cli.options import ActorFolders, CodebookFolders, Format, RecordOption
from dragoman.cli.review_commands import add_review_commands
from dragoman.cli.second_commands import add_second_commands
from dragoman.cli.serving import add_serving
from dragoman.cli.study_commands import add_study_commands
from dragoman.cli.terminal import visible
from dragoman.cli.view_commands import add_view_commands
from dragoman.errors import DragomanError
from dragoman.files import replacing
from dragoman.settings import MAX_CODING_SECONDS

app = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help=(
        "Code news reports about relations between states into an event record: who did what to whom, "
        "when, where, about which issue, and according to which source.\n\n"
        "[bold]Start here[/bold]\n\n"
        "  dragoman code report.txt                     code a report and print a table\n\n"
        "  dragoman ingest news/ --record news.sqlite   code new reports of a folder into a record\n\n"
        "  dragoman events --record news.sqlite --actor RUS --type THREATEN\n\n"
        "  dragoman show report.txt                     print the report, each event below its sentence\n\n"
        "  dragoman page report.txt -o report.html      the same as an HTML page, evidence marked"
    ),
)
add_codebook_commands(app)
add_actor_commands(app)
keeping.register(app)
counting.register(app)
add_view_commands(app)
add_export_commands(app)
add_serving(app)
watching.register(app)
add_evaluate(app)
add_list(app)
add_study_commands(app)
add_review_commands(app)
add_annotation_commands(app)
add_second_commands(app)


def _print_version(asked: bool) -> None:
    if asked:
        import dragoman

        typer.echo(f"dragoman {dragoman.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def run() -> None:
    """Run the command line; print package and system errors as one line and exit with code 1."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except DragomanError as error:
        _end(str(error))
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except OSError as error:
        _drop_output()
        where = error.filename or "the output"
        _end(f"{where}: {error.strerror or error}; free some space, or give another place")


def _end(message: str) -> NoReturn:
    sys.stderr.write(f"dragoman: {visible(message)}\n")
    sys.exit(1)


def _drop_output() -> None:
    """Discard output that cannot be written; otherwise Python would try again on exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@app.command()
def code(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files (text, HTML, RSS, Atom, JSON, JSONL, CSV, Parquet, WARC; also compressed), "
            "folders, globs, or - for standard input."
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="Output format: table or jsonl (one line per document).",
        ),
    ] = "table",
    record: Annotated[
        Path | None, typer.Option("--record", help="Also store the result in this record file.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Also output every predicate with its factuality (JSONL).")
    ] = False,
    columns: options.Columns = None,
    date_format: options.DateFormat = None,
    dayfirst: options.DayFirst = None,
    kind: options.KindOption = None,
    fast: options.FastOption = False,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    negations: options.NegationsOption = False,
    min_confidence: options.MinConfidence = None,
    language_model: options.LanguageModel = None,
    calibration: options.CalibrationOption = None,
    time_budget: options.TimeBudget = MAX_CODING_SECONDS,
) -> None:
    """Code reports and print their events, or store them in a record.

    A .txt file may have a .meta.json beside it with id, title, published_on, publisher, url. A line of a
    .jsonl file is an object with the same keys and text. Documents that cannot be coded are reported on
    standard error, stored as failures in the record, and do not stop the run.

    Examples:
      dragoman code report.txt

      dragoman code news/*.jsonl --format jsonl > coded.jsonl

      dragoman code page.html feed.xml crawl.warc.gz

      dragoman code table.csv --columns text=body,published_on=day

      cat report.txt | dragoman code - --record news.sqlite
    """
    from dragoman.cli.coding import code_paths

    code_paths(
        paths, form=form, record=record, full=full, codebook=codebook or [], actors=actors or [],
        columns=columns,
        date_form=options.date_form(date_format, dayfirst), kind=kind, fast=fast,
        negations=negations, min_confidence=min_confidence, language_model=language_model,
        time_budget=time_budget, calibration=calibration,
    )  # fmt: skip


@app.command()
@with_filters()
def events(
    record: RecordOption,
    asked: Asked,
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of rows.")] = None,
    form: Format = "table",
) -> None:
    """List the events of a record, filtered.

    Filters accept names, ids and codes in any case; an unknown value is an error.

    Example:
      dragoman events --record news.sqlite --actor China --recipient usa --since 2022-02 --format csv
    """
    from dragoman.cli.asking import ask_events

    ask_events(record, asked, limit=limit, form=form)


DocumentArgument = Annotated[
    str, typer.Argument(help="Id of a document in the record, or a file to code now.")
]


@app.command()
def show(
    document: DocumentArgument,
    record: Annotated[Path | None, typer.Option("--record", help="The record file.")] = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    negations: options.NegationsOption = False,
    calibration: options.CalibrationOption = None,
    reviewed: options.ReviewedOption = False,
    reader: options.ReaderOption = None,
) -> None:
    """Print a report with each event below its sentence."""
    from dragoman.cli.asking import Shown, find_coded
    from dragoman.cli.output import print_reading

    shown = Shown(
        codebook or [], actors or [], calibration, reviewed=reviewed, reader=reader, negations=negations
    )
    print_reading(find_coded(document, record, shown))


@app.command()
def page(
    document: DocumentArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write.")],
    record: Annotated[Path | None, typer.Option("--record", help="The record file.")] = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    negations: options.NegationsOption = False,
    calibration: options.CalibrationOption = None,
    reviewed: options.ReviewedOption = False,
    reader: options.ReaderOption = None,
) -> None:
    """Write a report as one HTML page in which the evidence of each field is marked."""
    from dragoman.cli.asking import Shown, find_coded
    from dragoman.web.page import render_page

    shown = Shown(
        codebook or [], actors or [], calibration, reviewed=reviewed, reader=reader, negations=negations
    )
    text = render_page(find_coded(document, record, shown))
    with replacing(output) as out:
        out.write(text.encode("utf-8"))
    typer.echo(f"written: {output}")


@app.command()
def documents(record: RecordOption) -> None:
    """List the documents of a record."""
    from dragoman.cli.asking import list_documents

    list_documents(record)


@app.command()
def failures(record: RecordOption) -> None:
    """List documents that could not be read or coded, with the reason."""
    from dragoman.cli.asking import list_failures

    list_failures(record)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A sentence.")],
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    negations: options.NegationsOption = False,
    calibration: options.CalibrationOption = None,
) -> None:
    """Explain how a sentence is coded: clauses, rules that matched, and why other rules did not match."""
    from dragoman.cli.asking import explain_text

    explain_text(
        text, codebook=codebook or [], actors=actors or [], calibration=calibration, negations=negations
    )


@app.command()
def resolve(
    phrase: Annotated[str, typer.Argument(help="A noun phrase as it stands in a report.")],
    on: Annotated[
        str | None, typer.Option(help="Day of the report, YYYY-MM-DD: holders of offices change.")
    ] = None,
    actors: ActorFolders = None,
) -> None:
    """Show the actor that a phrase refers to.

    Example:
      dragoman resolve "the Russian president" --on 2010-05-01
    """
    from dragoman.cli.asking import resolve_phrase

    resolve_phrase(phrase, on=options.read_day(on, "--on"), actors=actors or [])


check_commands(app)
