"""Output of `stories` and `entries`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from dragoman.cli.filters import say_why_empty
from dragoman.cli.output import console, party_words
from dragoman.cli.rows import print_json_lines, print_rows
from dragoman.errors import UsageError
from dragoman.record.store import Record

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.cli.filters import Asked
    from dragoman.record.answers import StoredEntry, StoredStory


ENTRY_COLUMNS = (
    "entry_id", "first_day", "last_day", "actors", "event_type", "event_mode", "recipients", "polarity",
    "factuality", "events", "documents", "corroboration", "contradictions", "document_ids", "lead_event_id",
    "evidence",
)  # fmt: skip
# Maximum number of documents of an entry named in a table.
_NAMED = 3


def list_stories(path: Path, *, least: int, limit: int, form: str) -> None:
    """Print stories."""
    with Record.open_to_read(path) as record:
        found, _ = record.stories(limit=limit, least=least)
    if form == "jsonl":
        print_json_lines(found)
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


def list_entries(path: Path, asked: Asked, *, least: int, contradicted: bool, limit: int, form: str) -> None:
    """Print entries."""
    with asked.open(path) as record:
        wanted = asked.read(record)
        found, _ = record.entries(
            limit=limit, least=least, contradicted=contradicted, background=wanted.background,
            negations=wanted.negations, wanted=wanted,
        )  # fmt: skip
        if not found and not record.total(wanted):
            say_why_empty(record, wanted)
    if form == "jsonl":
        print_json_lines(found)
    elif form == "csv":
        print_rows(map(_row_of_entry, found), ENTRY_COLUMNS, "csv")
    elif form == "table":
        _print_entries(found)
    else:
        raise UsageError(message=f"--format {form!r}: use table, jsonl or csv")


def _row_of_entry(entry: StoredEntry) -> dict[str, object]:
    event = entry.lead.event
    return {
        "entry_id": entry.id, "first_day": entry.first_day, "last_day": entry.last_day,
        "actors": " ".join(ref.id for ref in event.actors), "event_type": event.event_type,
        "event_mode": event.event_mode, "recipients": " ".join(ref.id for ref in event.recipients),
        "polarity": event.polarity, "factuality": event.factuality, "events": entry.events,
        "documents": entry.documents, "corroboration": entry.corroboration,
        "contradictions": "; ".join(c.what or c.kind for c in entry.contradictions),
        "document_ids": " ".join(entry.document_ids), "lead_event_id": event.id,
        "evidence": event.evidence.text,
    }  # fmt: skip


def _print_entries(entries: list[StoredEntry]) -> None:
    table = Table(show_edge=False, pad_edge=False)
    for column in (
        "entry",
        "day",
        "actors",
        "event",
        "recipients",
        "reports",
        "independent",
        "contradictions",
        "evidence",
        "documents",
    ):
        table.add_column(column, overflow="fold")
    for entry in entries:
        event = entry.lead.event
        name = event.event_type + (f"/{event.event_mode}" if event.event_mode else "")
        name = f"not: {name}" if event.polarity == "negative" else name
        differ = "; ".join(
            f"{c.what or c.kind}: {' or '.join(sorted(c.values))}" for c in entry.contradictions
        )
        cells = (
            entry.id, entry.first_day or "", party_words(event.actors), name, party_words(event.recipients),
            entry.documents, entry.corroboration, differ, event.evidence.text, _few(entry.document_ids),
        )  # fmt: skip
        table.add_row(*(Text(" ".join(str(cell).split())) for cell in cells))
    console.print(table)


def _few(names: tuple[str, ...]) -> str:
    """Return the names of the first documents; `--format csv` gives all."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _check_form(form: str) -> None:
    if form != "table":
        raise UsageError(message=f"--format {form!r}: use table or jsonl")
