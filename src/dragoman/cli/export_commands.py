"""The commands `export` and `plot`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import RecordOption

Output = Annotated[Path, typer.Option("-o", "--output", help="File to write; - for standard output.")]
plot_app = typer.Typer(no_args_is_help=True, help="Draw answers as SVG, PNG, PDF or a page.")


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


_BY = typer.Option(help="Length of a period: day, week, month or year.")
_FORMAT = typer.Option("--format", help="svg, png, pdf or html; otherwise the ending of the file's name.")


@plot_app.command()
@with_filters(besides=("actor", "recipient", "party", "dyad", "between"))
def dyad(
    actor: Annotated[str, typer.Argument(help="Source actor: name, country or id (RUS).")],
    recipient: Annotated[str, typer.Argument(help="Recipient: name, country or id (UKR).")],
    record: RecordOption,
    output: Output,
    asked: Asked,
    by: Annotated[str, _BY] = "month",
    kind: Annotated[str | None, _FORMAT] = None,
) -> None:
    """Draw the events of a dyad over time, with the change points of its intensity.

    Example:
      dragoman plot dyad RUS UKR --record news.sqlite -o dyad.svg
    """
    from dragoman.cli.plotting import plot_dyad_to

    plot_dyad_to(record, actor, recipient, output, by=by, kind=kind, asked=asked)


@plot_app.command()
@with_filters(besides=("actor", "recipient", "party", "dyad", "between"))
def actor(
    party: Annotated[str, typer.Argument(metavar="ACTOR", help="Name, country or id (RUS).")],
    record: RecordOption,
    output: Output,
    asked: Asked,
    by: Annotated[str, _BY] = "month",
    kind: Annotated[str | None, _FORMAT] = None,
) -> None:
    """Draw the events that an actor took part in over time, with the change points of their intensity.

    Example:
      dragoman plot actor NATO --record news.sqlite --since 2021 --by week -o nato.pdf
    """
    from dragoman.cli.plotting import plot_actor_to

    plot_actor_to(record, party, output, by=by, kind=kind, asked=asked)


@plot_app.command()
@with_filters(besides=("actor", "recipient", "party", "dyad", "between"))
def compare(
    members: Annotated[
        list[str],
        typer.Argument(metavar="ACTOR|DYAD...", help="Up to six: Russia, NATO, 'Russia > Ukraine'."),
    ],
    record: RecordOption,
    output: Output,
    asked: Asked,
    measure: Annotated[
        str, typer.Option(help="events, a quad class (material_conflict) or intensity (mean).")
    ] = "events",
    by: Annotated[str, _BY] = "month",
    kind: Annotated[str | None, _FORMAT] = None,
) -> None:
    """Draw up to six actors or dyads in one chart.

    Example:
      dragoman plot compare Russia 'Russia > Ukraine' --record news.sqlite -o compare.png
    """
    from dragoman.cli.plotting import plot_comparison_to

    plot_comparison_to(record, members, output, measure=measure, by=by, kind=kind, asked=asked)
