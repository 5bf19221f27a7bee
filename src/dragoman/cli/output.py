"""Terminal output: tables, reports with their events, progress. Report text is never parsed as markup."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from dragoman.cli.terminal import SafeConsole
from dragoman.errors import NotFoundError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.codebook import TypeEntry
    from dragoman.model.documents import Failure
    from dragoman.model.records import ActorRef, CodedDocument, Event

console = SafeConsole(highlight=False, soft_wrap=True)
errors = SafeConsole(stderr=True, highlight=False, soft_wrap=True)
# Maximum number of characters of evidence in a cell.
_EVIDENCE = 70
_STYLES = {
    "verbal_cooperation": "green",
    "material_cooperation": "bold green",
    "verbal_conflict": "red",
    "material_conflict": "bold red",
}
T = TypeVar("T")


def progress(items: Iterable[T], what: str) -> Iterator[T]:
    """Yield items, with a progress bar on standard error if it is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(what, total=None)
        for item in items:
            yield item
            bar.advance(task)


def print_failure(failure: Failure, *, with_file: bool = False) -> None:
    """Print one failure as one line on standard error, with the whole path of its file if wished."""
    line = " ".join(failure.message.split())
    if with_file and failure.origin.file and failure.origin.file not in line:
        line += f" ({failure.origin.file})"
    errors.print(Text(f"{failure.error}: {line}", style="red"))


def party_words(parties: Iterable[ActorRef]) -> str:
    """Return parties in a few words: country or id, and sector."""
    words = []
    for ref in parties:
        name = (
            ref.name
            if ref.kind == "person"
            else (ref.country if ref.kind == "group" and ref.country else ref.id)
        )
        suffix = "".join(
            f" {part}" for part in (ref.country if ref.kind == "person" else None, ref.sector) if part
        )
        words.append(f"{name}{suffix}")
    return ", ".join(words) or "-"


def _factuality_words(event: Event) -> str:
    words: list[str] = [event.factuality] if event.factuality != "certain" else []
    words += ["not done"] if event.polarity == "negative" else []
    words += ["conditional"] if event.conditional else []
    return ", ".join(words)


def _when(event: Event) -> str:
    if event.event_date is None:
        return "background" if event.told_as == "background" else ""
    return str(event.event_date.start)


def _where(event: Event) -> str:
    """Return the place, with its precision if it is only a region or country."""
    place = event.place
    if place is None:
        return ""
    return f"{place.name} ({place.precision})" if place.precision in ("region", "country") else place.name


def _found_by(event: Event) -> str:
    return f"{event.carried_by} {event.confidence:.2f}"


def print_events(
    title: str | None, events: Iterable[Event], *, days: Sequence[dt.date | None] | None = None
) -> None:
    """Print events as a table.

    Args:
        title: Title of the table.
        events: The events.
        days: The day under which a record lists each event that has no date of its own.
    """
    table = Table(title=Text(title) if title else None, title_justify="left", show_edge=False, pad_edge=False)
    for column in (
        "date",
        "actors",
        "event",
        "recipients",
        "according to",
        "factuality",
        "found by",
        "evidence",
    ):
        table.add_column(column, overflow="fold")
    for number, event in enumerate(events):
        kind = f"{event.event_type}/{event.event_mode}" if event.event_mode else event.event_type
        table.add_row(
            _when(event) or str((days[number] if days else None) or ""),
            Text(party_words(event.actors)),
            Text(kind, style=_STYLES[event.quad_class]),
            Text(party_words(event.recipients)),
            Text(party_words(event.speaker) if event.speaker else ""),
            _factuality_words(event),
            _found_by(event),
            Text(one_line(event.evidence.text, _EVIDENCE)),
        )
    # Files and pipes have no window width; this width keeps the columns unbroken.
    width = None if sys.stdout.isatty() else 170
    SafeConsole(highlight=False, width=width).print(table)


def one_line(text: str, limit: int = 120) -> str:
    """Return a text on one line, truncated with an ellipsis to a maximum number of characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def print_reading(coded: CodedDocument) -> None:
    """Print a report with each event below the line that contains its trigger."""
    text, at = coded.document.text, 0
    waiting = sorted(coded.events, key=lambda event: event.trigger.start)
    for sentence in _sentences(text):
        end = at + len(sentence)
        console.print(Text(" ".join(sentence.split()))) if sentence.strip() else None
        while waiting and waiting[0].trigger.start < end:
            _print_under(waiting.pop(0))
        at = end


def _sentences(text: str) -> Iterator[str]:
    """Split a text after full stops and line ends; every character is in exactly one piece."""
    start = 0
    for i, char in enumerate(text):
        ends = char == "\n" or (char in ".?!" and text[i + 1 : i + 2] in ("", " ", "\n", "”", '"'))
        if ends and i + 1 - start > 20:
            close = i + 2 if text[i + 1 : i + 2] in ("”", '"') else i + 1
            if close > start:
                yield text[start:close]
                start = close
    if start < len(text):
        yield text[start:]


def _print_under(event: Event) -> None:
    kind = f"{event.event_type}/{event.event_mode}" if event.event_mode else event.event_type
    line = Text("    ")
    line.append(f"{party_words(event.actors)} ")
    line.append(kind, style=_STYLES[event.quad_class])
    line.append(f" {party_words(event.recipients)}")
    if event.speaker:
        line.append(f" · according to {party_words(event.speaker)}", style="cyan")
    details = [_factuality_words(event), event.tense if event.tense == "future" else ""]
    details += [amount.text for amount in event.amounts]
    details += [
        f"on {event.event_date.start}" if event.event_date else "",
        _where(event),
    ]
    line.append("".join(f" · {detail}" for detail in details if detail))
    line.append(f" [{event.trigger.text}; {event.rule}; {_found_by(event)}]", style="dim")
    console.print(line)


def print_type(entry: TypeEntry) -> None:
    """Print one entry of the codebook."""
    console.print(Text(f"{entry.id}  {entry.quad_class}  {entry.intensity:+g}", style="bold"))
    console.print(Text(entry.definition))
    for title, lines in (
        ("Includes", [*entry.includes]),
        ("Excludes", [f"{what} -> {instead}" for what, instead in entry.excludes]),
        ("Modes", [f"{m.id} ({m.intensity:+g}): {m.definition}" for m in entry.modes.values()]),
        (
            "Patterns",
            [f"{p.rule}: {p.kind} {', '.join(' '.join(t) for t in p.triggers)}" for p in entry.patterns],
        ),
        ("Examples", [f"{e.text}  => {len(e.expect)} event(s)" for e in entry.examples]),
    ):
        console.print(Text(f"\n{title}", style="bold"))
        for line in lines:
            console.print(Text(f"  {line}"))


def print_actor(book: ActorBook, name: str) -> None:
    """Print one entry of the actor book."""
    import msgspec

    found = book.get(name)
    if found is None:
        raise NotFoundError(what="actor", name=name, hint="find one with: dragoman resolve PHRASE")
    console.print_json(msgspec.json.encode(found).decode("utf-8"))
