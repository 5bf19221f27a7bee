"""Commands of a validation: `sample`, `agreement`, `score`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import Format, RecordOption
from dragoman.files import replacing

SheetArgument = Annotated[Path, typer.Argument(help="A filled sheet, .xlsx or .csv.")]


def add_study_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(sample)
    app.command()(agreement)
    app.command()(score)


@with_filters(coded_only=True)
def sample(
    record: RecordOption,
    output: Annotated[Path, typer.Option("-o", "--output", help="Sheet to write: .xlsx or .csv.")],
    asked: Asked,
    n: Annotated[int, typer.Option("--n", min=1, help="Number of events or sentences.")] = 200,
    stratify: Annotated[
        str | None, typer.Option(help="Stratify by type, year, publisher, confidence, quad or carried_by.")
    ] = None,
    missed: Annotated[
        bool, typer.Option("--missed", help="Draw sentences instead of events, to estimate recall.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Random seed; the same seed draws the same sample.")] = 7,
) -> None:
    """Draw a random sample for manual judgement, with context and columns to fill in.

    Examples:
      dragoman sample --record news.sqlite --n 200 --stratify type -o sample.xlsx

      dragoman sample --record news.sqlite --n 300 --missed -o sentences.csv
    """
    from dragoman.analysis.filters import near
    from dragoman.errors import UsageError
    from dragoman.record.store import Record
    from dragoman.study.columns import EVENT_JUDGEMENTS, EVENT_SHEET, SENTENCE_JUDGEMENTS, SENTENCE_SHEET
    from dragoman.study.sampling import STRATA, draw_events, draw_sentences
    from dragoman.study.sheets import write_sheet

    stratum = next((name for name in STRATA if name == stratify), None)
    if stratify is not None and (stratum is None or missed):
        why = "sentences are drawn without strata" if missed else near(stratify, STRATA)
        raise UsageError(message=f"--stratify {stratify!r}: {why}")
    if output.suffix not in (".csv", ".xlsx"):
        raise UsageError(message=f"{output.name}: a sheet is written as .csv or .xlsx")
    with Record.open_to_read(record) as kept:
        if missed:
            wanted = asked.read(kept) if asked.is_any() else None
            rows = draw_sentences(kept, size=n, wanted=wanted, seed=seed)
        else:
            rows = draw_events(kept, size=n, wanted=asked.read(kept), stratify=stratum, seed=seed)
    columns, judgements = (SENTENCE_SHEET, SENTENCE_JUDGEMENTS) if missed else (EVENT_SHEET, EVENT_JUDGEMENTS)
    write_sheet(output, rows, columns, judgements)
    what = "sentences" if missed else "events"
    few = f"; the record has no more than that, {n} were asked for" if len(rows) < n else ""
    typer.echo(f"written: {output}, {len(rows)} {what}{few}")


def agreement(
    first: SheetArgument,
    second: SheetArgument,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the disagreements as a sheet: .xlsx or .csv.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Random seed of the bootstrap.")] = 7,
    form: Format = "table",
) -> None:
    """Compute agreement of two judges: percent, Cohen's kappa, Krippendorff's alpha.

    Example:
      dragoman agreement sample-anna.xlsx sample-ben.xlsx -o differ.xlsx
    """
    import msgspec

    from dragoman.cli.rows import print_rows
    from dragoman.study.agreement import Agreement, disagreements, measure_agreement
    from dragoman.study.sheets import read_sheet, write_sheet

    one, other = (read_sheet(path, needs=("sample_id", "sentence")) for path in (first, second))
    found = measure_agreement(one, other, seed=seed)
    print_rows(map(msgspec.structs.asdict, found), Agreement.__struct_fields__, form)
    differ = disagreements(one, other)
    typer.echo(f"{len(differ)} judgements differ", err=True)
    if output is not None:
        columns = tuple(differ[0]) if differ else ("sample_id", "field", "first", "second", "decision")
        write_sheet(output, differ, columns, {"decision": ("What both agree on.", ())})
        typer.echo(f"written: {output}", err=True)


def score(
    sheet: SheetArgument,
    form: Annotated[str, typer.Option("--format", help="markdown, latex or csv.")] = "markdown",
    partly: Annotated[bool, typer.Option("--partly", help='Count "partly" as right.')] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Compute precision from a judged sample, or recall from judged sentences.

    Precision is given for all events, by type, quad class and band of confidence, weighted back to the
    record, with 95 % Wilson intervals.

    Example:
      dragoman score sample.xlsx --format latex -o precision.tex
    """
    from dragoman.study.appendix import write_appendix
    from dragoman.study.precision import score_events, score_sentences
    from dragoman.study.sheets import read_sheet

    rows = read_sheet(sheet, needs=("sample_id",))
    of_sentences = bool(rows) and "missed_events" in rows[0]
    found = score_sentences(rows) if of_sentences else score_events(rows, partly_counts=partly)
    text = write_appendix(found, form=form, partly_counts=partly)
    if output is None:
        typer.echo(text, nl=False)
    else:
        with replacing(output) as out:
            out.write(text.encode("utf-8"))
        typer.echo(f"written: {output}")
