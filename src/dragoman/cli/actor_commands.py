"""The commands `actors ...`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import ActorFolders, Format, read_day

actors_app = typer.Typer(no_args_is_help=True, help="Show, check and update the actor files.")


def add_actor_commands(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    app.add_typer(actors_app, name="actors")


@actors_app.command("new")
def actors_new(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a folder of actors to begin with: every file, with comments and an entry or two.

    Example:
      dragoman actors new my_actors
    """
    from dragoman.knowledge.templates import write_template

    for path in write_template("actors", folder):
        typer.echo(f"written: {path}")
    typer.echo(f"next: dragoman actors check {folder}", err=True)


@actors_app.command("check")
def actors_check(folder: Annotated[Path | None, typer.Argument(help="An actors folder.")] = None) -> None:
    """Check the actor files: ids, names shared by two actors, dates in order."""
    from dragoman.knowledge.actors_checking import check_actors

    faults = check_actors(folder)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo("actors: no errors")


@actors_app.command("show")
def actors_show(
    actor: Annotated[str, typer.Argument(help="An actor's id (RUS, NATO, P:vladimir-putin).")],
    actors: ActorFolders = None,
) -> None:
    """Print the entry of one actor."""
    from dragoman.cli.output import print_actor
    from dragoman.knowledge.actors import load_actors

    print_actor(load_actors(extra=tuple(actors or [])), actor)


@actors_app.command("import")
def actors_import(
    file: Annotated[Path, typer.Argument(help="Downloaded file; see docs/actors.md.")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write your own actors to.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List the changes without writing.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Day on which the file was downloaded, YYYY-MM-DD; default: today."),
    ] = None,
    actors: ActorFolders = None,
    form: Format = "table",
) -> None:
    """Import office holders from Wikidata, OpenSanctions or your own table, and list the changes.

    Reads a result of query.wikidata.org (JSON or CSV; `dragoman actors query` prints the query), an export
    of politically exposed persons by OpenSanctions (targets.simple.csv, or nested JSON, one entity a line),
    or a table with columns country, office, person, other_names, from, to. Nothing is fetched.

    What is new, changed or ended goes into a table in the folder that --out names; --actors loads it. Rows
    that clash with others or cannot be read are reported with their line and left out.

    Example:
      dragoman actors import query.json --out my_actors

      dragoman code news/ --actors my_actors
    """
    from dragoman.cli.office_import import import_offices

    import_offices(
        file, out=out, is_dry=dry_run, as_of=read_day(as_of, "--as-of"), actors=tuple(actors or ()), form=form
    )


@actors_app.command("query")
def actors_query() -> None:
    """Print the query to run at https://query.wikidata.org."""
    from dragoman.knowledge.loading import data_folder

    typer.echo((data_folder() / "actors" / "wikidata_offices.rq").read_text(encoding="utf-8"), nl=False)


@actors_app.command("stale")
def actors_stale(
    record: Annotated[
        Path | None, typer.Option("--record", help="Compare with the newest document of this record.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="Compare with this day, YYYY-MM-DD.")] = None,
    actors: ActorFolders = None,
    form: Format = "table",
) -> None:
    """List offices whose latest known holder is more than two years older than the newest document.

    Without --record and --on, they are compared with today.

    Example:
      dragoman actors stale --record news.sqlite
    """
    from dragoman.cli.office_import import list_stale

    list_stale(record, read_day(on, "--on"), actors=tuple(actors or ()), form=form)
