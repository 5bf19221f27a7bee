"""Writing of exports; the file appears only when it is complete."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dragoman.analysis.exports import SHAPES, export, shape_name
from dragoman.cli.filters import say_why_empty
from dragoman.errors import RecordError
from dragoman.files import replacing
from dragoman.knowledge.actors import load_actors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.cli.filters import Asked
    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record


def export_to(record: Path, shape: str, output: Path, *, asked: Asked, everything: bool) -> None:
    """Export to a file or standard output, and print the number of rows to standard error."""
    shape = shape_name(shape)
    with asked.open(record) as kept, writing(output) as out:
        wanted = asked.read(kept)
        count = export(kept, shape, out, wanted=wanted, everything=everything, names=actor_names())
        if not count:
            _say_why_nothing(kept, wanted)
    sys.stderr.write(f"{count} written as {shape}: {SHAPES[shape].says}\n")


def _say_why_nothing(kept: Record, wanted: EventFilter) -> None:
    total = kept.total(wanted)
    if total:
        sys.stderr.write(
            f"{total:,} events fit, and none is a fact that this shape takes; --all writes them\n"
        )
    else:
        say_why_empty(kept, wanted)


def actor_names() -> dict[str, str]:
    """Return the names of all known actors by id."""
    return {id: entry.name for id, entry in load_actors().entries.items()}


@contextmanager
def writing(output: Path) -> Iterator[BinaryIO]:
    """Open the output: a temporary file in the same folder, renamed to the target at the end."""
    if str(output) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with replacing(output) as out:
            yield out
    except OSError as error:
        raise RecordError(where=str(output), message=f"cannot be written: {error.strerror}") from error
