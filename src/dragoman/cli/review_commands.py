"""Commands for review by people: `review` and `readings ...`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import ActorFolders, CodebookFolders, Format, RecordOption

readings_app = typer.Typer(
    no_args_is_help=True, help="What people and models said of events: list, export, import."
)
ReaderOption = Annotated[str | None, typer.Option("--reader", help="Only those of this reader.")]
KindOption = Annotated[str | None, typer.Option("--kind", help="Only of person, model or adjudicator.")]
VerdictOption = Annotated[str | None, typer.Option("--verdict", help="Only accept, reject, edit or add.")]


def add_review_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(review)
    app.command()(calibrate)
    app.add_typer(readings_app, name="readings")


@with_filters(besides=("one_a_day",), coded_only=True)
def review(
    record: RecordOption,
    asked: Asked,
    reader: Annotated[
        str | None, typer.Option("--reader", help="Under which name; the name of your account if left out.")
    ] = None,
    least_sure: Annotated[
        bool, typer.Option("--least-sure", help="The events of the lowest confidence first.")
    ] = False,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="Judge a random sample of so many events.")
    ] = None,
    stratify: Annotated[
        str | None,
        typer.Option(
            help="Draw by type, year, publisher, confidence, quad, carried_by or found_by (which reader)."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Random seed of the sample; the same seed draws the same events.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(help="Only events found by both, first (the coder) or second (a model)."),
    ] = None,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
) -> None:
    """Judge events one by one in the terminal: one key for a verdict.

    a accepts the event, r rejects it, e edits its fields, + adds one that was missed, n skips it, u takes the
    last verdict back, q ends. Each verdict is in the record at once; verdicts of others are not shown. The
    same command continues where it ended: events that you have judged are not asked again.

    Examples:
      dragoman review --record news.sqlite --type THREATEN --least-sure --reader anna

      dragoman review --record news.sqlite --sample 200 --stratify type --seed 1 --reader anna
    """
    from dragoman.cli.reviewing import Drawing, review_events

    _check_drawing(sample=sample, stratify=stratify, seed=seed, only=only, least_sure=least_sure)
    drawing = None
    if sample is not None or only is not None:
        drawing = Drawing(sample, stratify, 7 if seed is None else seed, only)
    review_events(
        record, asked, reader=reader, order="least_sure" if least_sure else "newest", drawing=drawing,
        codebook=codebook or [], actors=actors or [],
    )  # fmt: skip


def _check_drawing(
    *, sample: int | None, stratify: str | None, seed: int | None, only: str | None, least_sure: bool
) -> None:
    from dragoman.analysis.filters import near
    from dragoman.cli.reviewing import FOUND_BY
    from dragoman.errors import UsageError
    from dragoman.second_readers.comparison import SIDES
    from dragoman.study.sampling import STRATA

    if sample is None and (stratify is not None or seed is not None):
        raise UsageError(message="--stratify and --seed need --sample N")
    if least_sure and (sample is not None or only is not None):
        raise UsageError(
            message="--least-sure orders all events; with --sample and --only the order is random"
        )
    if stratify is not None and stratify not in (*STRATA, FOUND_BY):
        raise UsageError(message=f"--stratify {stratify!r}: {near(stratify, (*STRATA, FOUND_BY))}")
    if only is not None and only not in SIDES:
        raise UsageError(message=f"--only {only!r}: {near(only, SIDES)}")


@readings_app.command("list")
def list_readings(
    record: RecordOption,
    reader: ReaderOption = None,
    kind: KindOption = None,
    verdict: VerdictOption = None,
    form: Format = "table",
) -> None:
    """List readings: who said what of which event."""
    from dragoman.cli.reading_listing import chosen_readings, print_readings
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        print_readings(kept, chosen_readings(kept, reader=reader, kind=kind, verdict=verdict), form)


@readings_app.command()
def unmatched(record: RecordOption, form: Format = "table") -> None:
    """List the readings whose event is no longer coded: the report or the codebook changed."""
    from dragoman.cli.reading_listing import print_readings
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        print_readings(kept, kept.unmatched_readings(), form)


@readings_app.command("export")
def export_readings(
    record: RecordOption,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .jsonl, .xlsx or .csv.")],
    reader: ReaderOption = None,
    kind: KindOption = None,
    verdict: VerdictOption = None,
) -> None:
    """Write readings to a file: JSONL for programs, a sheet with the sentences for people.

    Example:
      dragoman readings export --record news.sqlite --reader anna -o anna.xlsx
    """
    from dragoman.cli.reading_listing import chosen_readings
    from dragoman.record.store import Record
    from dragoman.study.reading_files import write_readings

    with Record.open_to_read(record) as kept:
        found = chosen_readings(kept, reader=reader, kind=kind, verdict=verdict)
        write_readings(kept, output, found)
    typer.echo(f"written: {output}, {len(found)} readings")


@readings_app.command("import")
def import_readings(
    file: Annotated[Path, typer.Argument(help="A file that `readings export` wrote, .jsonl, .xlsx or .csv.")],
    record: RecordOption,
) -> None:
    """Keep the readings of a file, made on another copy of the record; those that are there already stay.

    Example:
      dragoman readings import anna.xlsx --record news.sqlite
    """
    from dragoman.record.store import Record
    from dragoman.study import reading_files

    with Record.open(record, create=False) as kept:
        done = reading_files.import_readings(kept, file)
    for fault in done.faults:
        typer.echo(fault, err=True)
    typer.echo(
        f"{done.kept} kept, {done.known} there already, {len(done.faults)} not kept; {done.unmatched} of an"
        " event that is not coded here (dragoman readings unmatched)"
    )
    if done.faults and not done.kept + done.known:
        raise typer.Exit(1)


@with_filters(besides=("one_a_day",), coded_only=True)
def calibrate(
    record: RecordOption,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write (JSON).")],
    asked: Asked,
    agreement: Annotated[
        bool,
        typer.Option("--agreement", help="Refuse if there are too few verdicts to measure a second reader."),
    ] = False,
) -> None:
    """Fit the confidence of events to the verdicts of your reviewers.

    Shows how good confidence is before and after on reports that it was not fitted to (ten folds), and writes
    the calibration only if it is better. Where a second reader has read the reports, it also measures how
    many events are right that both readers found, or only one of them. Every command that codes takes the
    file with --calibration; commands that query a record show the confidence that follows from it.

    Examples:
      dragoman calibrate --record news.sqlite -o calibration.json

      dragoman events --record news.sqlite --calibration calibration.json
    """
    from dragoman.cli.calibrating import calibrate_record

    calibrate_record(record, asked, output, needs_agreement=agreement)
