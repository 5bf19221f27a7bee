"""The commands that take the record elsewhere: `export` and `plot`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.counting import Background, MinConfidence

RecordOption = Annotated[Path, typer.Option("--record", help="The record file (SQLite).")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write; - for standard output.")]
Since = Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.")]
plot_app = typer.Typer(no_args_is_help=True, help="Draw answers as SVG.")


def add_export_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(export)
    app.add_typer(plot_app, name="plot")


def export(
    shape: Annotated[
        str,
        typer.Argument(
            help="csv, parquet, pairs-csv, pairs-parquet, plover, icews, polecat, gdelt1, gdelt2, graphml,"
            " gexf or annotations."
        ),
    ],
    record: RecordOption,
    output: Output,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is not told as fact, in shapes that cannot say so.")
    ] = False,
    actor: Annotated[str | None, typer.Option(help="Actor: an id or a country (RUS, NATO).")] = None,
    recipient: Annotated[str | None, typer.Option(help="Recipient: an id or a country.")] = None,
    party: Annotated[str | None, typer.Option(help="Either of the two.")] = None,
    event_type: Annotated[str | None, typer.Option("--type", help="An event type (THREATEN).")] = None,
    quad_class: Annotated[str | None, typer.Option("--quad", help="verbal_conflict, ...")] = None,
    factuality: Annotated[str | None, typer.Option(help="certain, probable, possible, unknown.")] = None,
    context: Annotated[str | None, typer.Option(help="One of the 37 contexts (cyber).")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who printed it.")] = None,
    min_confidence: MinConfidence = None,
    background: Background = False,
    one_a_day: Annotated[bool, typer.Option("--one-a-day", help="One for each pair, type and day.")] = False,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the events of a record in a shape that others read; docs/exports.md tells each.

    Example:
      dragoman export icews --record news.sqlite --since 2022-01-01 -o events.tab
    """
    from dragoman.cli.exporting import export_to
    from dragoman.cli.rows import read_day
    from dragoman.record.queries import EventFilter

    wanted = EventFilter(
        actor=actor, recipient=recipient, party=party, event_type=event_type.upper() if event_type else None,
        quad_class=quad_class, factuality=factuality, context=context, publisher=publisher,
        min_confidence=min_confidence, background=background, one_a_day=one_a_day,
        since=read_day(since, "--since"), until=read_day(until, "--until"),
    )  # fmt: skip
    export_to(record, shape, output, wanted=wanted, everything=everything)


@plot_app.command()
def dyad(
    actor: Annotated[str, typer.Argument(help="A country or an id (RUS).")],
    recipient: Annotated[str, typer.Argument(help="Another (UKR).")],
    record: RecordOption,
    output: Output,
    by: Annotated[str, typer.Option(help="day, week, month or year.")] = "month",
    since: Since = None,
    until: Until = None,
) -> None:
    """Draw what one party did toward another over time, with the breaks in its intensity.

    Example:
      dragoman plot dyad RUS UKR --record news.sqlite -o dyad.svg
    """
    from dragoman.cli.exporting import plot_dyad_to
    from dragoman.cli.rows import read_day

    days = (read_day(since, "--since"), read_day(until, "--until"))
    plot_dyad_to(record, actor, recipient, output, by=by, since=days[0], until=days[1])
