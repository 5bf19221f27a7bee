"""What `ingest`, `stories` and `entries` do; progress and the summary are told on standard error."""

from __future__ import annotations

import collections
import signal
import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from dragoman.cli.output import console, errors, party_words
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.readers.base import read
from dragoman.readers.fields import parse_columns
from dragoman.record.store import Record
from dragoman.running.estimating import count_reports
from dragoman.running.fingerprint import fingerprint
from dragoman.running.grouping import Grouper
from dragoman.running.ingest import ingest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import FrameType

    from dragoman.record.answers import StoredEntry, StoredStory
    from dragoman.running.ingest import Outcome

# What a shell gives for a command that Ctrl-C ended.
_INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Tally:
    """What became of the reports of a run."""

    def __init__(self) -> None:
        self.outcomes: collections.Counter[str] = collections.Counter()
        self.failures: collections.Counter[str] = collections.Counter()
        self.events = 0
        self._began = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.outcomes[outcome.status] += 1
        self.events += outcome.events
        if outcome.failure is not None:
            self.failures[outcome.failure.error] += 1

    @property
    def rate(self) -> float:
        """Reports a second."""
        return self.outcomes.total() / max(time.monotonic() - self._began, 1e-9)

    def lines(self) -> Iterator[str]:
        """Yield the summary."""
        seconds = time.monotonic() - self._began
        yield (
            f"{self.outcomes['coded']} coded ({self.events} events), {self.outcomes['unchanged']} unchanged,"
            f" {self.outcomes['failed']} failed in {seconds:.1f} s ({self.rate:.1f} a second)"
        )
        for name, count in self.failures.most_common():
            yield f"  {name}: {count}"


def ingest_sources(
    sources: list[str],
    *,
    record: Path,
    stories: bool,
    listing: bool,
    kind: str | None,
    columns: list[str],
    codebook: Path | None,
    actors: list[Path],
) -> None:
    """Code what is new and keep it; tell what became of it."""
    coder = Coder(codebook=codebook, actors=actors)
    tally = Tally()
    with Record.open(record) as kept, _stoppable() as stop:
        run_id = kept.begin_run(version("dragoman"))
        grouper = Grouper.open(kept) if stories else None
        outcomes = ingest(
            read(sources, columns=parse_columns(columns), kind=kind), code=coder.code_document,
            coder=fingerprint(codebook=codebook, actors=actors), record=kept, run_id=run_id, grouper=grouper,
            stop=stop,
        )  # fmt: skip
        for outcome in _shown(outcomes, sources, tally):
            if listing:
                sys.stdout.write(f"{outcome.document_id}\t{outcome.status}\t{outcome.events}\n")
                sys.stdout.flush()
        if grouper is not None:
            grouper.close()
        kept.end_run(run_id, documents=tally.outcomes["coded"], failures=tally.outcomes["failed"])
    for line in tally.lines():
        errors.print(Text(line))
    if tally.failures:
        errors.print(Text(f"see why: dragoman failures --record {record}"))
    if stop():
        errors.print(Text("stopped; run the same command again to go on"))
        sys.exit(_INTERRUPTED)
    if tally.outcomes["failed"] and tally.outcomes["failed"] == tally.outcomes.total():
        sys.exit(1)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C ask for an end after the report at hand, the second end at once."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = [(number, signal.signal(number, ask)) for number in _SIGNALS]
    try:
        yield lambda: asked
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _shown(outcomes: Iterable[Outcome], sources: list[str], tally: Tally) -> Iterator[Outcome]:
    if not sys.stderr.isatty():
        for outcome in outcomes:
            tally.add(outcome)
            yield outcome
        return
    columns = (
        TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:.1f}/s"),
        TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(), TextColumn("{task.fields[told]}"),
    )  # fmt: skip
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("reports", total=count_reports(sources), rate=0.0, told="")
        for outcome in outcomes:
            tally.add(outcome)
            failed = tally.outcomes["failed"]
            told = f"{tally.events} events" + (f", {failed} failed" if failed else "")
            bar.update(task, advance=1, rate=tally.rate, told=told)
            yield outcome


def list_stories(path: Path, *, least: int, limit: int, form: str) -> None:
    """Print stories."""
    with Record.open(path, create=False) as record:
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
    with Record.open(path, create=False) as record:
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
    path: Path, *, least: int, contradicted: bool, story: str | None, limit: int, form: str
) -> None:
    """Print entries."""
    with Record.open(path, create=False) as record:
        found, _ = record.entries(limit=limit, least=least, contradicted=contradicted, story=story)
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
        sys.stdout.write(encoder.encode(each).decode("utf-8") + "\n")


def _check_form(form: str) -> None:
    if form != "table":
        raise UsageError(message=f"--format {form!r}: use table or jsonl")
