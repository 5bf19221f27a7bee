"""The commands of the views: positions, pledges, demands, deals, disputes, warnings, sanctions, mediation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.filters import Asked, with_filters
from dragoman.cli.options import ActorFolders, Format, NegationsOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.cli import viewing

Paths = Annotated[
    list[str] | None, typer.Argument(help="Reports to code instead of a record (files, folders, -).")
]
RecordOption = Annotated[Path | None, typer.Option("--record", help="The record file (SQLite).")]
Actor = Annotated[str | None, typer.Option("--actor", help="Only rows of this party (CHN, NATO).")]
# Views without options of their own, in the order of the help, and what each lists.
_PLAIN = {
    "pledges": "List pledges: who promised to do what.",
    "demands": "List demands: who demanded what of whom.",
    "deals": "List agreements that were made, planned, refused or ended, with documents and amounts.",
    "warnings": "List threats and warnings: the condition and the announced consequence.",
    "sanctions": "List sanctions imposed, eased, threatened, planned, demanded, supported or opposed.",
    "mediation": "List mediation: who mediates, offers to or is asked to, between whom.",
}
_with_filters = with_filters("since", "until", "background")


def add_view_commands(app: typer.Typer) -> None:
    """Add one command for each view."""
    commands = {name: _plain_view(name, says) for name, says in _PLAIN.items()}
    commands |= {"positions": positions, "disputes": disputes}
    for name in (
        "positions",
        "pledges",
        "demands",
        "deals",
        "disputes",
        "warnings",
        "sanctions",
        "mediation",
    ):
        app.command(name, rich_help_panel="Views")(commands[name])


def _plain_view(name: str, says: str) -> Callable[..., None]:
    """Return the command of a view that has only the options common to all views."""

    def view(
        asked: Asked,
        paths: Paths = None,
        record: RecordOption = None,
        actor: Actor = None,
        actors: ActorFolders = None,
        form: Format = "table",
    ) -> None:
        from dragoman.cli import viewing

        viewing.ask_view(name, _wanted(asked, paths, record, actor, actors, form))

    view.__doc__ = says
    return _with_filters(view)


def _wanted(
    asked: Asked,
    paths: list[str] | None,
    record: Path | None,
    actor: str | None,
    actors: list[Path] | None,
    form: str,
) -> viewing.Asked:
    from dragoman.cli import viewing

    return viewing.Asked(
        paths or [], record, actor, actors=tuple(actors or ()), form=form, calibration=asked.calibration,
        reviewed=asked.reviewed, reader=asked.reader, **asked,
    )  # fmt: skip


@_with_filters
def positions(
    asked: Asked,
    paths: Paths = None,
    record: RecordOption = None,
    actor: Actor = None,
    issue: Annotated[str | None, typer.Option(help="Only this issue (nato-enlargement).")] = None,
    issues: Annotated[
        list[Path] | None,
        typer.Option("--issues", help="Folder with your own issues; may be repeated. See docs/views.md."),
    ] = None,
    actors: ActorFolders = None,
    form: Format = "table",
) -> None:
    """List positions: who supports or opposes what.

    Example:
      dragoman positions --record news.sqlite --actor CHN
    """
    from dragoman.cli import viewing

    wanted = _wanted(asked, paths, record, actor, actors, form)
    viewing.ask_view("positions", wanted, issues=tuple(issues or ()), issue=issue)


@_with_filters
def disputes(
    asked: Asked,
    paths: Paths = None,
    record: RecordOption = None,
    actor: Actor = None,
    unanswered: Annotated[bool, typer.Option("--all", help="Include accusations without a denial.")] = False,
    actors: ActorFolders = None,
    negations: NegationsOption = False,
    form: Format = "table",
) -> None:
    """List denials, matched with the accusations that they answer, and reports that contradict each other.

    That one report says something was done and another that it was not is known of a record that was coded
    with --negations, and of reports given here with --negations.
    """
    from dragoman.cli import viewing

    wanted = _wanted(asked, paths, record, actor, actors, form)._replace(negations=negations)
    viewing.ask_view("disputes", wanted, unanswered=unanswered)
