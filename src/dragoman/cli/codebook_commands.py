"""The commands `codebook ...`: create, check, compare, test and show codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import ActorFolders, CodebookFolders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.coding.coder import Coder
    from dragoman.knowledge.codebook import Example

Folder = Annotated[Path, typer.Argument(help="A codebook folder.")]
Folders = Annotated[
    list[Path], typer.Argument(help="A codebook folder, or several, later ones over earlier ones.")
]
OptionalFolders = Annotated[
    list[Path] | None, typer.Argument(help="Codebook folders; none for the package's own.")
]
_SIGNS = {"added": "+", "changed": "~", "removed": "-"}

codebook_app = typer.Typer(no_args_is_help=True, help="Begin, check, compare, test and show codebooks.")


def add_codebook_commands(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    app.add_typer(codebook_app, name="codebook")


@codebook_app.command("new")
def new(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a codebook folder to begin with: commented files that change a little of the package's codebook.

    Example:
      dragoman codebook new my_codebook
    """
    from dragoman.knowledge.templates import write_template

    for path in write_template("codebook", folder):
        typer.echo(f"written: {path}")
    typer.echo(f"next: dragoman codebook test {folder}", err=True)


@codebook_app.command("check")
def check(folders: OptionalFolders = None) -> None:
    """Check a codebook: every key, set, slot, mode, code and example; faults with file and line."""
    from dragoman.knowledge.codebook import load_codebook
    from dragoman.knowledge.codebook_checking import check_codebook

    book = load_codebook(folders)
    faults = check_codebook(folders)
    for fault in faults:
        typer.echo(fault, err=True)
    rules = sum(len(entry.patterns) for entry in book.types.values())
    examples = sum(len(entry.examples) for entry in book.types.values())
    typer.echo(
        f"{len(book.types)} types, {rules} patterns, {len(book.governors)} governors, {examples} examples"
    )
    if faults:
        raise typer.Exit(1)


@codebook_app.command("diff")
def diff(
    folders: Folders,
    form: Annotated[str, typer.Option("--format", help="lines, table, jsonl or csv.")] = "lines",
) -> None:
    """List what folders add (+), change (~) and remove (-) against the codebook of the package.

    Example:
      dragoman codebook diff my_codebook
    """
    from dragoman.cli.rows import print_rows
    from dragoman.knowledge.codebook_changes import Change, codebook_changes

    changes = codebook_changes(folders)
    if form != "lines":
        print_rows([change._asdict() for change in changes], Change._fields, form)
        return
    for change in changes:
        detail = f": {change.detail}" if change.detail else ""
        typer.echo(f"{_SIGNS[change.how]} {change.what} {change.name}{detail}")
    counts = (f"{sum(c.how == how for c in changes)} {how}" for how in _SIGNS)
    typer.echo(", ".join(counts), err=True)


@codebook_app.command("test")
def test(
    folders: Folders,
    every: Annotated[
        bool, typer.Option("--all", help="Also run the examples of the package: a minute or two.")
    ] = False,
    reading: Annotated[
        str, typer.Option("--reading", help="full, fast or rules: with learned readers or by rules alone.")
    ] = "rules",
    actors: ActorFolders = None,
) -> None:
    """Code the worked examples of a codebook and report which fail, and why.

    The invented states of the package's examples (Arnor, Gondor ...) are known. Examples are coded by rules
    alone unless --reading says otherwise. Exit code 1 when an example is false.

    Example:
      dragoman codebook test my_codebook
    """
    from dragoman.coding.coder import Coder
    from dragoman.errors import UsageError
    from dragoman.knowledge.loading import data_folder
    from dragoman.model.terms import READINGS

    chosen = next((one for one in READINGS if one == reading), None)
    if chosen is None:
        raise UsageError(message=f"--reading {reading!r}: use one of {', '.join(READINGS)}")
    coder = Coder(
        codebook=folders, actors=[data_folder() / "actors_invented", *(actors or [])], reading=chosen
    )
    examples = _examples(coder, folders, every=every)
    if not examples:
        message = f"{', '.join(map(str, folders))}: no examples; write some under examples: in a type file"
        raise UsageError(message=message)
    false = 0
    for name, example, reason in _reasons(examples, coder):
        false += bool(reason)
        if reason:
            typer.echo(f"{example.where}: {name} is false: {reason}\n    {example.text}")
    typer.echo(f"{len(examples)} examples, {len(examples) - false} right, {false} false")
    if false:
        raise typer.Exit(1)


def _examples(coder: Coder, folders: Sequence[Path], *, every: bool) -> list[tuple[str, Example]]:
    from dragoman.knowledge.codebook_layers import read_layers

    given = read_layers(folders).own_examples
    own = set().union(*(given.get(folder, set()) for folder in folders))
    return [
        (f"{entry.id}/{example.id}", example)
        for entry in coder.book.types.values()
        for example in entry.examples
        if every or (entry.id, example.id) in own
    ]


def _reasons(examples: Sequence[tuple[str, Example]], coder: Coder) -> Iterator[tuple[str, Example, str]]:
    """Code each example; yield the reason of each failure, nothing if it is correct or known to fail."""
    from dragoman.coding.examples import faults_of

    for name, example in examples:
        faults = faults_of(example, coder)
        if example.known_failure:
            reason = "" if faults else "marked as a known failure, but coded right: take the mark away"
        else:
            reason = "; ".join(faults)
        yield name, example, reason


@codebook_app.command("show")
def show(
    event_type: Annotated[str, typer.Argument(help="An event type (AGREE, ASSAULT ...).")],
    codebook: CodebookFolders = None,
) -> None:
    """Print one event type: what it means, its boundaries, modes, patterns and examples."""
    from dragoman.cli.output import print_type
    from dragoman.knowledge.codebook import load_codebook

    print_type(load_codebook(codebook).entry(event_type.upper()))
