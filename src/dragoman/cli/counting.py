"""Commands that count and search: `series`, `network`, `counts`, `search`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import Format, RecordOption
from dragoman.errors import UsageError

# Filter names of the fields used for counting.
_FIELDS = {"type": "event_type", "mode": "event_mode", "quad": "quad_class"}


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
    actor: Annotated[
        str | None, typer.Argument(help="Source actor: name, id or country (NATO, RUS).")
    ] = None,
    recipient: Annotated[str | None, typer.Argument(help="Recipient: name, id or country.")] = None,
    panel: Annotated[
        bool, typer.Option("--panel", help="One table of all dyads, or of all dyads of ACTOR.")
    ] = False,
    zeros: Annotated[
        bool,
        typer.Option("--zeros", help="Include periods without events as zeros; in a panel for every dyad."),
    ] = False,
    by: Annotated[str, typer.Option(help="Length of a period: day, week, month or year.")] = "month",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write a panel to this file: .csv or .parquet.")
    ] = None,
    form: Format = "table",
) -> None:
    """Count the events of a dyad over time, by quad class, with the mean intensity.

    With --panel, all dyads are put into one table: event counts, Goldstein sum and mean, the number of
    reports in the period, and ISO alpha-3, COW and Gleditsch-Ward codes.

    Examples:
      dragoman series RUS UKR --record news.sqlite --by week --firm

      dragoman series --panel --zeros --by month --record news.sqlite -o panel.parquet
    """
    from dragoman.cli.panels import print_panel, print_series
    from dragoman.record.pairs import PERIODS

    period = next((known for known in PERIODS if known == by), None)
    if period is None:
        raise typer.BadParameter(f"use one of {', '.join(PERIODS)}", param_hint="--by")
    if not panel and (actor is None or recipient is None):
        raise UsageError(message="series: give ACTOR and RECIPIENT, or --panel for all dyads")
    if not panel and output is not None:
        raise UsageError(
            message="--output needs --panel; for a series use --format csv and redirect the output"
        )
    with asked.open(record) as kept:
        wanted = asked.read(kept, actor=actor, recipient=recipient)
        if panel:
            print_panel(kept, wanted, by=period, zeros=zeros, output=output, form=form)
        else:
            print_series(kept, wanted, by=period, zeros=zeros, form=form)


@with_filters()
def network(
    record: RecordOption,
    asked: Asked,
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of dyads.")] = None,
    form: Format = "table",
) -> None:
    """Count the events of all dyads of countries and organisations, most frequent first.

    Example:
      dragoman network --record news.sqlite --since 2022 --until 2022 --format csv
    """
    from dragoman.cli.filters import say_why_empty
    from dragoman.cli.rows import print_rows
    from dragoman.model.terms import QUAD_CLASSES

    with asked.open(record) as kept:
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
    limit: Annotated[int | None, typer.Option(min=1, help="Maximum number of rows.")] = None,
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

    with asked.open(record) as kept:
        wanted = asked.read(kept)
        by = _FIELDS.get(by, by)
        # Other values are refused with a list of the known ones.
        found = kept.counts(wanted, by=cast("By", by), limit=limit)
        if not found and not kept.total(wanted):
            say_why_empty(kept, wanted)
    print_rows(({by: name, "events": count} for name, count in found.items()), (by, "events"), form)


def search(
    words: Annotated[str, typer.Argument(help='Words that must all occur; "a phrase", prefix*.')],
    record: RecordOption,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of rows.")] = 20,
    form: Format = "table",
) -> None:
    """Search the text of the reports; best matches first.

    Example:
      dragoman search 'grain "Black Sea" export*' --record news.sqlite
    """
    from dragoman.cli.rows import print_rows
    from dragoman.record.store import Record

    with Record.open_to_read(record) as kept:
        found = kept.search(words, limit=limit)
    if not found:
        typer.echo(f"no report holds {words!r}", err=True)
    rows = (
        {"document_id": f.document_id, "published_on": f.published_on, "publisher": f.publisher,
         "title": f.title, "snippet": " ".join(f.snippet.split())}
        for f in found
    )  # fmt: skip
    print_rows(rows, ("document_id", "published_on", "publisher", "title", "snippet"), form)
