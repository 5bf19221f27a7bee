"""Commands that count and search: `series`, `network`, `counts`, `search`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.errors import UsageError

RecordOption = Annotated[Path, typer.Option("--record", help="The record file (SQLite).")]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", help="Only events of this confidence or more, 0 to 1.", metavar="P"),
]
Background = Annotated[
    bool,
    typer.Option("--background", help="Also what is reported as background without a date: it is on no day."),
]
Format = Annotated[str, typer.Option("--format", help="table, jsonl or csv.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (series, network, counts, search):
        app.command()(command)


@with_filters(
    "event_type", "event_mode", "cameo", "quad_class", "factuality", "firm", "context", "issue", "publisher",
    "since", "until", "min_confidence", "one_a_day",
)  # fmt: skip
def series(
    record: RecordOption,
    asked: Asked,
    actor: Annotated[str | None, typer.Argument(help="Who acts: a name, id or country (NATO, RUS).")] = None,
    recipient: Annotated[str | None, typer.Argument(help="Toward whom.")] = None,
    panel: Annotated[bool, typer.Option("--panel", help="All dyads as one table, or all of ACTOR.")] = False,
    zeros: Annotated[
        bool,
        typer.Option("--zeros", help="Also periods without events, with zeros; a panel's for every dyad."),
    ] = False,
    by: Annotated[str, typer.Option(help="day, week, month or year.")] = "month",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write a panel to this file: .csv or .parquet.")
    ] = None,
    form: Format = "table",
) -> None:
    """Count what one party did toward another over time, by quad class, with the mean intensity.

    With --panel all dyads at once, as one table: counts, Goldstein sum and mean, the number of reports in the
    period, alpha-3 codes and the numbers of COW and of Gleditsch and Ward.

    Examples:
      dragoman series RUS UKR --record news.sqlite --by week --firm

      dragoman series --panel --zeros --by month --record news.sqlite -o panel.parquet
    """
    from dragoman.cli.panels import print_panel, print_series
    from dragoman.record.pairs import PERIODS
    from dragoman.record.store import Record

    period = next((known for known in PERIODS if known == by), None)
    if period is None:
        raise typer.BadParameter(f"use one of {', '.join(PERIODS)}", param_hint="--by")
    if not panel and (actor is None or recipient is None):
        raise UsageError(message="series: give ACTOR and RECIPIENT, or --panel for all dyads")
    if not panel and output is not None:
        raise UsageError(message="--output is for --panel; take --format csv, and > for a file")
    with Record.open_to_read(record) as kept:
        wanted = asked.read(kept, actor=actor, recipient=recipient)
        if panel:
            print_panel(kept, wanted, by=period, zeros=zeros, output=output, form=form)
        else:
            print_series(kept, wanted, by=period, zeros=zeros, form=form)


@with_filters()
def network(
    record: RecordOption,
    asked: Asked,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many pairs.")] = None,
    form: Format = "table",
) -> None:
    """Count who did what toward whom: countries and organisations, the busiest pairs first.

    Example:
      dragoman network --record news.sqlite --since 2022 --until 2022 --format csv
    """
    from dragoman.cli.filters import say_why_empty
    from dragoman.cli.rows import print_rows
    from dragoman.model.terms import QUAD_CLASSES
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        wanted = asked.read(kept)
        edges = kept.network(since=wanted.since, until=wanted.until, wanted=wanted, limit=limit)
        if not edges:
            say_why_empty(kept, wanted)
    rows = (
        {"actor": e.actor, "recipient": e.recipient, "events": e.events, "intensity": round(e.intensity, 2),
         **{quad: e.counts.get(quad, 0) for quad in QUAD_CLASSES}}
        for e in edges
    )  # fmt: skip
    print_rows(rows, ("actor", "recipient", "events", "intensity", *QUAD_CLASSES), form)


@with_filters()
def counts(
    by: Annotated[
        str,
        typer.Argument(
            help="event_type, quad_class, factuality, actor, recipient, party, speaker, context,"
            " publisher, day, month, year ..."
        ),
    ],
    record: RecordOption,
    asked: Asked,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    form: Format = "table",
) -> None:
    """Count events by type, party, publisher, month or another field.

    Example:
      dragoman counts recipient --record news.sqlite --actor China --type threats
    """
    from typing import cast

    from dragoman.cli.filters import say_why_empty
    from dragoman.cli.rows import print_rows
    from dragoman.record.reading import By
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        wanted = asked.read(kept)
        # What else is given is refused, with a list of what is known.
        found = kept.counts(wanted, by=cast("By", by), limit=limit)
        if not found and not kept.total(wanted):
            say_why_empty(kept, wanted)
    print_rows(({by: name, "events": count} for name, count in found.items()), (by, "events"), form)


def search(
    words: Annotated[str, typer.Argument(help='Words that all must be there; "in quotes", begin*.')],
    record: RecordOption,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    form: Format = "table",
) -> None:
    """Search the text of the reports, the best first.

    Example:
      dragoman search 'grain "Black Sea" export*' --record news.sqlite
    """
    from dragoman.cli.rows import print_rows
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        found = kept.search(words, limit=limit)
    rows = (
        {"document_id": f.document_id, "published_on": f.published_on, "publisher": f.publisher,
         "title": f.title, "snippet": " ".join(f.snippet.split())}
        for f in found
    )  # fmt: skip
    print_rows(rows, ("document_id", "published_on", "publisher", "title", "snippet"), form)
