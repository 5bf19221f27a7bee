"""Implementation of `review`: show an event with its sentence, read a key, store the verdict."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import typer
from rich.text import Text

from dragoman.cli.output import console, party_words
from dragoman.errors import ConflictError, UsageError
from dragoman.model.readings import EventReading
from dragoman.record.queries import EventFilter, whole_document
from dragoman.record.store import Record
from dragoman.second_readers.comparison import compare_readers
from dragoman.study.event_editing import EDITABLE, EventEditor, parties_of, values_of
from dragoman.study.review_lists import DrawnList, FilteredList
from dragoman.study.sampling import STRATA, draw_ids, sentence_spans, stratum_of, text_around

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dragoman.cli.filters import Asked
    from dragoman.model.readings import Verdict
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.review_queue import QueuedEvent, QueueOrder
    from dragoman.study.review_lists import ReviewList

# Stratum available only for review: the reader that found an event.
FOUND_BY = "found_by"
KEYS = "a accept, r reject, e edit, + add, n skip, u undo, q quit"


def review_events(
    path: Path,
    asked: Asked,
    *,
    reader: str | None,
    order: QueueOrder,
    drawing: Drawing | None = None,
    codebook: Sequence[Path] = (),
    actors: Sequence[Path] = (),
) -> None:
    """Prompt for verdicts until no event is left or the reviewer quits.

    Raises:
        UsageError: There is no terminal, no name, or no event to sample from.
    """
    name = (reader if reader is not None else getpass.getuser()).strip()
    if not name:
        raise UsageError(message="--reader needs a name")

    def make_editor() -> EventEditor:
        from dragoman.knowledge.actors import load_actors
        from dragoman.knowledge.codebook import load_codebook

        return EventEditor(codebook=load_codebook(codebook), actors=load_actors(extra=tuple(actors)))

    with Record.open(path, create=False) as record:
        wanted = asked.read(record)
        events: ReviewList = FilteredList(record, wanted, reader=name, order=order)
        if drawing is not None:
            events = DrawnList(record, _drawn(record, wanted, drawing), reader=name)
        session = ReviewSession(record, events, reader=name, make_editor=make_editor)
        done = session.run()
    console.print(Text(f"{done} verdicts kept as {name}"))


class Drawing(NamedTuple):
    """Sample of events to review instead of all that match the filter.

    Attributes:
        sample: Number of events; None for all.
        stratify: Field to stratify by; None for a simple random sample.
        seed: Random seed; the same seed gives the same events.
        only: Restrict to events found by both readers, or only by the first or the second; None for coded
            events.
    """

    sample: int | None = None
    stratify: str | None = None
    seed: int = 7
    only: str | None = None


def _drawn(record: Record, wanted: EventFilter, drawing: Drawing) -> list[str]:
    """Return the ids of the events to review."""
    by_side = drawing.stratify == FOUND_BY
    stratum = next((name for name in STRATA if name == drawing.stratify), None)
    if drawing.only is None and not by_side:
        events = ((stored, stratum_of(stored, stratum)) for stored in record.events(wanted))
    else:
        compared = [
            each
            for each in compare_readers(record, wanted=wanted)
            if drawing.only is None or each.side == drawing.only
        ]
        events = (
            (each.stored, each.side if by_side else stratum_of(each.stored, stratum)) for each in compared
        )
        if not compared:
            raise UsageError(message="no second reader found an event of these reports; see `dragoman read`")
    return [each.event_id for each in draw_ids(events, size=drawing.sample or sys.maxsize, seed=drawing.seed)]


@dataclass(frozen=True, slots=True)
class _Given:
    """Verdict of this session, with its event."""

    number: int
    item: QueuedEvent


class ReviewSession:
    """Review session of one reviewer."""

    def __init__(
        self,
        record: Record,
        asked: ReviewList,
        *,
        reader: str,
        make_editor: Callable[[], EventEditor],
    ) -> None:
        self._record = record
        self._asked = asked
        self._reader = reader
        self._cursor: str | None = None
        self._given: list[_Given] = []
        self._make_editor = make_editor
        self._editor: EventEditor | None = None

    def run(self) -> int:
        """Prompt until no event is left or the reviewer quits; return the number of stored verdicts."""
        console.print(Text(KEYS, style="dim"))
        again: QueuedEvent | None = None
        while True:
            item = again or self._next()
            again = None
            if item is None:
                console.print(Text("nothing is left to judge here"))
                key = _read_key("u to undo, any other key to end")
                if key != "u":
                    return len(self._given)
                again = self._undo()
                continue
            self._show(item)
            key = _read_key(KEYS)
            if key == "q":
                return len(self._given)
            again = self._undo() or item if key == "u" else self._answer(key, item)

    def _next(self) -> QueuedEvent | None:
        return self._asked.following(self._cursor)

    def _answer(self, key: str, item: QueuedEvent) -> QueuedEvent | None:
        """Handle a key; return the event to show again, or None to continue."""
        if key == "n":
            self._cursor = item.cursor
            return None
        event = item.stored.event
        try:
            if key in ("a", "r"):
                verdict: Verdict = "accept" if key == "a" else "reject"
                self._keep(item, self._reading(item, verdict))
                return None
            if key == "e":
                edited, changed = self._edit(item)
                self._keep(item, self._reading(item, "edit", event=edited, changed=changed))
                return None
            if key == "+":
                self._keep(item, self._added(item))
                return item
        except ConflictError as error:
            console.print(Text(str(error), style="red"))
            return None
        except UsageError as error:
            console.print(Text(str(error), style="red"))
            return item
        console.print(Text(f"no key {key!r} for {event.event_type}: {KEYS}", style="red"))
        return item

    def _reading(
        self,
        item: QueuedEvent,
        verdict: Verdict,
        *,
        event: Event | None = None,
        changed: tuple[str, ...] = (),
    ) -> EventReading:
        about = item.stored.event
        return EventReading(
            document_id=item.stored.document_id, reader=self._reader, kind="person", verdict=verdict,
            event_id=about.id, event_type=about.event_type, trigger_start=about.trigger.start,
            trigger_end=about.trigger.end, event=event, changed=changed,
        )  # fmt: skip

    def _keep(self, item: QueuedEvent, reading: EventReading) -> None:
        # The queue contains only events this reader has not judged, so another verdict under this name was
        # stored meanwhile.
        (number,) = self._record.add_readings([reading], seen=0)
        self._given.append(_Given(number, item))

    def _undo(self) -> QueuedEvent | None:
        if not self._given:
            console.print(Text("nothing to undo", style="red"))
            return None
        last = self._given.pop()
        self._record.undo_reading(last.number, reader=self._reader)
        console.print(Text("taken back"))
        return last.item

    # Prompting for fields --------------------------------------------------------------------------------

    def _edit(self, item: QueuedEvent) -> tuple[Event, tuple[str, ...]]:
        event = item.stored.event
        console.print(Text("Enter keeps a field, - empties it; parties with ; between them", style="dim"))
        typed = {}
        for name, now in values_of(event).items():
            given = typer.prompt(EDITABLE[name], default=now, show_default=bool(now)).strip()
            typed[name] = "" if given == "-" else given
        document = self._record.document(item.stored.document_id)
        return self._made().edit(event, document, typed, known=self._parties(document.id))

    def _added(self, item: QueuedEvent) -> EventReading:
        document = self._record.document(item.stored.document_id)
        words = typer.prompt("the word that carries the event, as in the report")
        typed = {name: typer.prompt(label, default="").strip() for name, label in EDITABLE.items()}
        event = self._made().add(document, words, typed, known=self._parties(document.id))
        return EventReading(
            document_id=document.id, reader=self._reader, kind="person", verdict="add", event_id=None,
            event_type=event.event_type, trigger_start=event.trigger.start, trigger_end=event.trigger.end,
            event=event,
        )  # fmt: skip

    def _parties(self, document_id: str) -> tuple[ActorRef, ...]:
        found = self._record.events(whole_document(document_id))
        return parties_of(stored.event for stored in found)

    def _made(self) -> EventEditor:
        if self._editor is None:
            self._editor = self._make_editor()
        return self._editor

    # Showing ------------------------------------------------------------------------------------------

    def _show(self, item: QueuedEvent) -> None:
        event = item.stored.event
        document = self._record.document(item.stored.document_id)
        progress = self._asked.progress()
        about = (str(document.published_on or ""), document.publisher or "", document.title or document.id)
        console.print(Text(f"\n{progress.judged} of {progress.total} judged", style="dim"))
        console.print(Text(" · ".join(part for part in about if part), style="bold"))
        around = text_around(document.text, sentence_spans(document.text), event.trigger.start)
        words = Text(f"{around['before']} ".lstrip(), style="dim")
        words.append(_one_line(around["sentence"]), style="not dim")
        words.append(f" {around['after']}", style="dim")
        words.highlight_words([event.trigger.text], style="bold underline")
        console.print(words)
        for label, value in _fields(event):
            console.print(Text.assemble((f"  {label:<13}", "dim"), _one_line(value)))


def _fields(event: Event) -> list[tuple[str, str]]:
    kind = f"{event.event_type}/{event.event_mode}" if event.event_mode else event.event_type
    firmly = ", ".join(
        part
        for part in (
            event.factuality,
            event.tense,
            "not done" if event.polarity == "negative" else "",
            "inside an if" if event.conditional else "",
        )
        if part
    )
    rows = [
        ("who", party_words(event.actors)),
        ("what", f"{kind}  [{event.trigger.text}]"),
        ("toward whom", party_words(event.recipients)),
        ("according to", party_words(event.speaker) if event.speaker else ""),
        ("how firmly", firmly),
        ("about", event.issue.text if event.issue else ""),
        ("when", str(event.event_date.start) if event.event_date else ""),
        ("where", event.place.name if event.place else ""),
        ("confidence", f"{event.confidence:.2f}"),
    ]
    return [(label, value) for label, value in rows if value]


def _one_line(text: str) -> str:
    """Return report text without line ends and control characters, which a terminal would interpret."""
    return "".join(char if char.isprintable() else " " for char in text)


def _read_key(prompt: str) -> str:
    console.print(Text(f"[{prompt}] ", style="dim"), end="")
    try:
        key = typer.getchar()
    except EOFError:
        return "q"
    except OSError as error:
        message = "review needs a terminal; judge on a sheet with `dragoman sample`, or on pages with `serve`"
        raise UsageError(message=message) from error
    console.print(Text(key if key.isprintable() else ""))
    return key if key == "+" else key.lower()
