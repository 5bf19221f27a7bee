"""Commands that maintain a record: `ingest`, `record ...`, `stories ...` and `entries`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import (
    ActorFolders,
    CalibrationOption,
    CodebookFolders,
    Columns,
    DateFormat,
    DayFirst,
    FastOption,
    Format,
    KindOption,
    LanguageModel,
    MinConfidence,
    NegationsOption,
    RecordOption,
    TimeBudget,
    date_form,
)
from dragoman.cli.terminal import visible
from dragoman.settings import MAX_CODING_SECONDS

record_app = typer.Typer(no_args_is_help=True, help="Maintain a record: check, back up, export, import.")
stories_app = typer.Typer(no_args_is_help=True, help="Stories: groups of reports on the same events.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(ingest)
    app.command()(entries)
    app.add_typer(record_app, name="record")
    app.add_typer(stories_app, name="stories")


def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
    record: RecordOption,
    stories: Annotated[
        bool,
        typer.Option(
            "--stories/--no-stories",
            help="Group reports into stories and events into deduplicated events (entries).",
        ),
    ] = True,
    listing: Annotated[
        bool,
        typer.Option(
            "--list", help="Print id, status and number of events of each report once it is stored."
        ),
    ] = False,
    kind: KindOption = None,
    columns: Columns = None,
    date_format: DateFormat = None,
    dayfirst: DayFirst = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    negations: NegationsOption = False,
    skim: Annotated[
        bool,
        typer.Option("--skim", help="Skip paragraphs that name no actor: faster, slightly lower recall."),
    ] = False,
    fast: FastOption = False,
    min_confidence: MinConfidence = None,
    language_model: LanguageModel = None,
    calibration: CalibrationOption = None,
    time_budget: TimeBudget = MAX_CODING_SECONDS,
    workers: Annotated[
        int, typer.Option(min=1, max=512, help="Number of processes; each needs about 0.5 GB of memory.")
    ] = 1,
    engine: Annotated[
        str,
        typer.Option("--engine", help="local, dask or ray (the last two need dragoman\\[dask] or \\[ray])."),
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(
            "--address", help="Address of the cluster; without it a cluster is started on this machine."
        ),
    ] = None,
    parquet: Annotated[
        str | None,
        typer.Option(
            "--parquet", help="Also store coded shards as Parquet files in this folder or at s3://..."
        ),
    ] = None,
) -> None:
    """Code new and changed reports and add them to a record; writes to the record.

    A report that is in the record with the same content, coded by the same program and codebook, is not
    coded again. The run can be interrupted (Ctrl-C) and resumed with the same command: reports listed
    as done are stored, and each report is stored completely or not at all.

    Examples:
      dragoman ingest news/ --record news.sqlite

      dragoman ingest today.jsonl --record news.sqlite --list

      dragoman ingest archive/ --record news.sqlite --workers 8
    """
    from dragoman.cli.ingesting import How, ingest_sources

    ingest_sources(
        sources, record=record, stories=stories, listing=listing, kind=kind, columns=columns or [],
        date_form=date_form(date_format, dayfirst),
        codebook=codebook or [], actors=actors or [], negations=negations, skim=skim, fast=fast,
        min_confidence=min_confidence,
        language_model=language_model, calibration=calibration, time_budget=time_budget,
        how=How(workers=workers, engine=engine, address=address, parquet=parquet),
    )  # fmt: skip


@with_filters(besides=("one_a_day",))
def entries(
    record: RecordOption,
    asked: Asked,
    least: Annotated[int, typer.Option(min=1, help="Minimum number of independent reports.")] = 1,
    contradicted: Annotated[
        bool, typer.Option("--contradicted", help="Only entries whose reports contradict each other.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of rows.")] = 50,
    form: Format = "table",
) -> None:
    """List deduplicated events (entries) with their reports and the number of independent reports.

    An entry is listed when one of its events fits the filters.

    Example:
      dragoman entries --record news.sqlite --least 2 --type assault --since 2022-02 --format csv
    """
    from dragoman.cli.groups import list_entries

    list_entries(record, asked, least=least, contradicted=contradicted, limit=limit, form=form)


@record_app.command("check")
def record_check(record: RecordOption) -> None:
    """Check a record: offsets match the texts, references are valid, counts are correct."""
    from dragoman.cli.output import errors
    from dragoman.record.store import Record

    def tell(part: str) -> None:
        if errors.is_terminal:
            errors.print(f"checking {part}", style="dim", markup=False)

    with Record.open_to_read(record) as kept:
        faults = kept.check(tell=tell)
        counts = kept.stats()
    for fault in faults:
        typer.echo(visible(fault), err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{record}: no faults in {counts['documents']} documents, {counts['events']} events")


@record_app.command("stats")
def record_stats(record: RecordOption) -> None:
    """Print the number of documents, events and other rows of a record."""
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        for name, count in kept.stats().items():
            typer.echo(f"{name.replace('_', ' '):16} {count:>12,}")
        for name, count in kept.failure_classes().items():
            typer.echo(f"  {name:30} {count:>12,}")
    typer.echo(f"{'bytes':16} {record.stat().st_size:>12,}")


@record_app.command("backup")
def record_backup(
    target: Annotated[Path, typer.Argument(help="The new file.")], record: RecordOption
) -> None:
    """Copy a record to a new file, even while it is being written to."""
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        kept.backup(target)
    typer.echo(f"written: {target}")


@record_app.command("export")
def record_export(
    folder: Annotated[Path, typer.Argument(help="The new folder.")], record: RecordOption
) -> None:
    """Write a record as Parquet files, one per table."""
    from dragoman.record.parquet import export_record
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        counts = export_record(kept, folder)
    typer.echo(f"written: {folder} ({', '.join(f'{count} {name}' for name, count in counts.items())})")


@record_app.command("import")
def record_import(
    folder: Annotated[Path, typer.Argument(help="A folder that `record export` wrote.")], record: RecordOption
) -> None:
    """Create a new record from the files that `record export` wrote."""
    from dragoman.record.parquet import import_record

    counts = import_record(folder, record)
    typer.echo(f"written: {record} ({', '.join(f'{count} {name}' for name, count in counts.items())})")


@record_app.command("remove")
def record_remove(
    documents: Annotated[
        list[str],
        typer.Argument(help="Ids of documents; names or files of failures.", metavar="ID..."),
    ],
    record: RecordOption,
) -> None:
    """Remove documents with everything that was coded from them; writes to the record.

    Their events, attributions and failures are removed too, and their stories and entries are rebuilt.
    Either all documents are removed or none. The absolute path of a file removes its failures.

    Example:
      dragoman record remove 3f2a91 8c11d0 --record news.sqlite
    """
    from dragoman.record.store import Record
    from dragoman.running.grouping import remove_documents

    with Record.open(record, create=False) as kept:
        remove_documents(kept, documents)
    typer.echo(f"removed: {', '.join(documents)}")


@record_app.command("rebuild")
def record_rebuild(record: RecordOption) -> None:
    """Rebuild keys, daily counts and full-text indexes from documents and events; writes to the record.

    This also updates a record of an older version.
    """
    from dragoman.record.store import Record

    with Record.open(record, create=False) as kept:
        kept.rebuild()
    typer.echo(f"rebuilt: {record}")


@stories_app.command("list")
def stories_list(
    record: RecordOption,
    least: Annotated[int, typer.Option(min=1, help="Minimum number of reports.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of rows.")] = 50,
    form: Annotated[str, typer.Option("--format", help="Output format: table or jsonl.")] = "table",
) -> None:
    """List stories, most recent reports first."""
    from dragoman.cli.groups import list_stories

    list_stories(record, least=least, limit=limit, form=form)


@stories_app.command("show")
def stories_show(story: Annotated[str, typer.Argument(help="Id of a story.")], record: RecordOption) -> None:
    """Print the reports and entries of a story."""
    from dragoman.cli.groups import show_story

    show_story(record, story)


@stories_app.command("rebuild")
def stories_rebuild(record: RecordOption) -> None:
    """Regroup all reports and events of a record, as if they had been added at once; writes to the record."""
    from dragoman.record.store import Record
    from dragoman.running.grouping import regroup

    with Record.open(record, create=False) as kept:
        regroup(kept)
        counts = kept.stats()
    typer.echo(f"{counts['stories']} stories, {counts['entries']} entries")
