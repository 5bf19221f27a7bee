"""What `stories` and `entries` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from rich.table import Table
from rich.text import Text

from dragoman.cli.output import console, party_words
from dragoman.cli.terminal import standard_output
from dragoman.errors import UsageError
from dragoman.record.store import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dragoman.record.answers import StoredEntry, StoredStory


def list_stories(path: Path, *, least: int, limit: int, form: str) -> None:
    """Print stories."""
    with Record.open_to_read(path) as record:
        found, _ = record.stories(limit=limit, least=least)
    if form == "jsonl":
        _print_lines(found)
        return
    _check_form(form)
    table = Table(show_edge=False, pad_edge=False)
    for column in ("story", "from", "to", "reports", "publishers", "independent", "title"):
        table.add_column(column, overflow="fold")
    for story in found:
        table.add_row(*(Text(str(cell)) for cell in _story_cells(story)))
    console.print(table)


def _story_cells(story: StoredStory) -> tuple[object, ...]:
    return (story.id, story.first_day or "", story.last_day or "", story.documents, story.publishers,
            story.independent, story.title or "")  # fmt: skip


def show_story(path: Path, story_id: str) -> None:
    """Print a story's reports and entries."""
    with Record.open_to_read(path) as record:
        story = record.story(story_id)
        documents = record.story_documents(story_id)
        entries, _ = record.entries(story=story_id, limit=200)
    console.print(
        Text(f"{story.title or story.id}: {story.documents} reports, {story.independent} independent")
    )
    for document in documents:
        cells = (
            str(document.published_on or ""),
            document.publisher or "",
            document.id,
            document.title or "",
        )
        console.print(Text("  " + "  ".join(cells)))
    _print_entries(entries)


def list_entries(
    path: Path, *, least: int, contradicted: bool, story: str | None, background: bool, limit: int, form: str
) -> None:
    """Print entries."""
    with Record.open_to_read(path) as record:
        found, _ = record.entries(
            limit=limit, least=least, contradicted=contradicted, story=story, background=background
        )
    if form == "jsonl":
        _print_lines(found)
        return
    _check_form(form)
    _print_entries(found)


def _print_entries(entries: list[StoredEntry]) -> None:
    table = Table(show_edge=False, pad_edge=False)
    for column in (
        "day",
        "actors",
        "event",
        "recipients",
        "reports",
        "independent",
        "they differ in",
        "evidence",
    ):
        table.add_column(column, overflow="fold")
    for entry in entries:
        event = entry.lead.event
        name = event.event_type + (f"/{event.event_mode}" if event.event_mode else "")
        name = f"not: {name}" if event.polarity == "negative" else name
        differ = "; ".join(
            f"{c.what or c.kind}: {' or '.join(sorted(c.values))}" for c in entry.contradictions
        )
        cells = (entry.first_day or "", party_words(event.actors), name, party_words(event.recipients),
                 entry.documents, entry.corroboration, differ, event.evidence.text)  # fmt: skip
        table.add_row(*(Text(" ".join(str(cell).split())) for cell in cells))
    console.print(table)


def _print_lines(found: Iterable[object]) -> None:
    encoder = msgspec.json.Encoder()
    for each in found:
        standard_output().write(encoder.encode(each).decode("utf-8") + "\n")


def _check_form(form: str) -> None:
    if form != "table":
        raise UsageError(message=f"--format {form!r}: use table or jsonl")
