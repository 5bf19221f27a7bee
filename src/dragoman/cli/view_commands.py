"""The commands of the views: positions, pledges, demands, deals, disputes, warnings, sanctions, mediation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.counting import Background
from dragoman.cli.folders import ActorFolders

Paths = Annotated[
    list[str] | None, typer.Argument(help="Reports to code instead of a record (files, folders, -).")
]
RecordOption = Annotated[Path | None, typer.Option("--record", help="The record file (SQLite).")]
Actor = Annotated[str | None, typer.Option("--actor", help="Only rows of this party (CHN, NATO).")]
Since = Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.")]
Form = Annotated[str, typer.Option("--format", help="table, jsonl or csv.")]


def add_view_commands(app: typer.Typer) -> None:
    """Add one command for each view."""
    for command in (positions, pledges, demands, deals, disputes, warnings, sanctions, mediation):
        app.command(rich_help_panel="Views")(command)


def positions(
    paths: Paths = None,
    record: RecordOption = None,
    actor: Actor = None,
    issue: Annotated[str | None, typer.Option(help="Only this issue (nato-enlargement).")] = None,
    issues: Annotated[
        list[Path] | None,
        typer.Option("--issues", help="Folder with your own issues; may be repeated. See docs/views.md."),
    ] = None,
    since: Since = None,
    until: Until = None,
    actors: ActorFolders = None,
    background: Background = False,
    form: Form = "table",
) -> None:
    """List positions: who supports or opposes what.

    Example:
      dragoman positions --record news.sqlite --actor CHN
    """
    from dragoman.cli.viewing import Asked, ask_view

    asked = Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background)
    ask_view("positions", asked, issues=tuple(issues or ()), issue=issue)


def pledges(
    paths: Paths = None, record: RecordOption = None, actor: Actor = None, since: Since = None,
    until: Until = None, actors: ActorFolders = None, background: Background = False, form: Form = "table",
) -> None:  # fmt: skip
    """List pledges: who promised to do what."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view(
        "pledges", Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background)
    )


def demands(
    paths: Paths = None, record: RecordOption = None, actor: Actor = None, since: Since = None,
    until: Until = None, actors: ActorFolders = None, background: Background = False, form: Form = "table",
) -> None:  # fmt: skip
    """List demands: who demanded what of whom."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view(
        "demands", Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background)
    )


def deals(
    paths: Paths = None, record: RecordOption = None, actor: Actor = None, since: Since = None,
    until: Until = None, actors: ActorFolders = None, background: Background = False, form: Form = "table",
) -> None:  # fmt: skip
    """List agreements that were made, planned, refused or ended, with documents and amounts."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view("deals", Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background))


def disputes(
    paths: Paths = None,
    record: RecordOption = None,
    actor: Actor = None,
    unanswered: Annotated[bool, typer.Option("--all", help="Include accusations without a denial.")] = False,
    since: Since = None,
    until: Until = None,
    actors: ActorFolders = None,
    background: Background = False,
    form: Form = "table",
) -> None:
    """List denials, matched with the accusations that they answer."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view(
        "disputes",
        Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background),
        unanswered=unanswered,
    )


def warnings(
    paths: Paths = None, record: RecordOption = None, actor: Actor = None, since: Since = None,
    until: Until = None, actors: ActorFolders = None, background: Background = False, form: Form = "table",
) -> None:  # fmt: skip
    """List threats and warnings: the condition and the announced consequence."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view(
        "warnings", Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background)
    )


def sanctions(
    paths: Paths = None, record: RecordOption = None, actor: Actor = None, since: Since = None,
    until: Until = None, actors: ActorFolders = None, background: Background = False, form: Form = "table",
) -> None:  # fmt: skip
    """List sanctions imposed, eased, threatened, planned, demanded, supported or opposed."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view(
        "sanctions", Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background)
    )


def mediation(
    paths: Paths = None, record: RecordOption = None, actor: Actor = None, since: Since = None,
    until: Until = None, actors: ActorFolders = None, background: Background = False, form: Form = "table",
) -> None:  # fmt: skip
    """List mediation: who mediates, offers to or is asked to, between whom."""
    from dragoman.cli.viewing import Asked, ask_view

    ask_view(
        "mediation", Asked(paths or [], record, actor, since, until, tuple(actors or ()), form, background)
    )
