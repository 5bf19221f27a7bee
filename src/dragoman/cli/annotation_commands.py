"""`dragoman annotate`: export events to annotation tools, and import annotations as gold data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.filters import Asked, say_why_empty, with_filters
from dragoman.cli.options import RecordOption
from dragoman.files import replacing

Tool = Annotated[str, typer.Option("--tool", help="label-studio, prodigy, doccano or inception.")]


def add_annotation_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Exchange events with annotation tools.")
    group.command("export")(export_annotations)
    group.command("import")(import_annotations)
    app.add_typer(group, name="annotate")


@with_filters()
def export_annotations(
    record: RecordOption,
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write; for INCEpTION a folder.")],
    tool: Tool,
    asked: Asked,
) -> None:
    """Export documents with their events as annotations to correct.

    Example:
      dragoman annotate export --record news.sqlite --tool label-studio -o tasks.json
    """
    from dragoman.study.exchange.annotations import texts_of
    from dragoman.study.exchange.tools import write_for

    with asked.open(record) as kept:
        wanted = asked.read(kept)
        number = write_for(tool, texts_of(kept, wanted), output)
        if not number:
            say_why_empty(kept, wanted)
    typer.echo(f"written: {output}, {number} documents")


def import_annotations(
    path: Annotated[Path, typer.Argument(help="Export of the tool; for INCEpTION a folder.")],
    tool: Tool,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The JSONL file to write.")] = None,
) -> None:
    """Convert annotated documents to a gold file (JSONL) for `dragoman evaluate events`.

    Example:
      dragoman annotate import project-7.json --tool label-studio -o gold.jsonl
    """
    import msgspec

    from dragoman.knowledge.actors import load_actors
    from dragoman.study.exchange.annotations import gold_of
    from dragoman.study.exchange.tools import read_from

    actors = load_actors()
    lines = [msgspec.json.encode(gold_of(text, actors=actors)) + b"\n" for text in read_from(tool, path)]
    if output is None:
        sys.stdout.buffer.write(b"".join(lines))
    else:
        with replacing(output) as out:
            out.writelines(lines)
        typer.echo(f"written: {output}, {len(lines)} documents")
