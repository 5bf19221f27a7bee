"""The commands that take the record elsewhere: `export` and `plot`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import RecordOption

Output = Annotated[Path, typer.Option("-o", "--output", help="File to write; - for standard output.")]
plot_app = typer.Typer(no_args_is_help=True, help="Draw answers as SVG.")


def add_export_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(export)
    app.add_typer(plot_app, name="plot")


@with_filters()
def export(
    shape: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="csv, parquet, pairs-csv, pairs-parquet, plover, icews, polecat, gdelt1, gdelt2, graphml,"
            " gexf or annotations.",
        ),
    ],
    record: RecordOption,
    output: Output,
    asked: Asked,
    everything: Annotated[
        bool, typer.Option("--all", help="Include non-factual events in formats that cannot mark factuality.")
    ] = False,
) -> None:
    """Write the events of a record in another format; docs/exports.md documents each.

    Example:
      dragoman export icews --record news.sqlite --since 2022-01-01 -o events.tab
    """
    from dragoman.cli.exporting import export_to

    export_to(record, shape, output, asked=asked, everything=everything)


@plot_app.command()
@with_filters("since", "until")
def dyad(
    actor: Annotated[str, typer.Argument(help="Source actor: country or id (RUS).")],
    recipient: Annotated[str, typer.Argument(help="Recipient: country or id (UKR).")],
    record: RecordOption,
    output: Output,
    asked: Asked,
    by: Annotated[
        str,
        typer.Option(help="Length of a period: day, week, month or year."),
    ] = "month",
) -> None:
    """Draw the events of a dyad over time, with the change points of its intensity.

    Example:
      dragoman plot dyad RUS UKR --record news.sqlite -o dyad.svg
    """
    from dragoman.cli.exporting import plot_dyad_to

    plot_dyad_to(record, actor, recipient, output, by=by, asked=asked)
