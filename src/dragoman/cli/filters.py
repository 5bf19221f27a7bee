"""Filters of all commands that query a record: one set of options with one parser."""

from __future__ import annotations

import functools
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.analysis.filters import FilterReader
    from dragoman.model.readings import ReaderChoice
    from dragoman.record.queries import EventFilter
    from dragoman.record.store import Record

_PARTY = "name, id or country (North Korea, PRK, NATO)"
# Name, option, type, help text.
_OPTIONS: dict[str, tuple[str, Any, str]] = {
    "actor": ("--actor", str, f"Source actor: {_PARTY}."),
    "recipient": ("--recipient", str, f"Recipient (target): {_PARTY}."),
    "party": ("--party", str, "Source actor or recipient."),
    "speaker": ("--speaker", str, "Speaker to whom the event is attributed."),
    "dyad": ("--dyad", str, "Events from the first party to the second, and mutual events: RUS,UKR."),
    "between": ("--between", str, "Events between two parties in either direction: RUS,UKR."),
    "event_type": ("--type", str, "Event type or a synonym (THREATEN, threats)."),
    "event_mode": ("--mode", str, "Mode of an event type (restrict)."),
    "cameo": ("--cameo", str, "CAMEO code or its first digits (19, 1411)."),
    "quad_class": ("--quad", str, "Quad class: verbal_conflict, material_cooperation, ..."),
    "factuality": ("--factuality", str, "Factuality: certain, probable, possible or unknown."),
    "polarity": ("--polarity", str, "Polarity: positive or negative (said not to be so)."),
    "firm": ("--firm/--not-firm", bool, "Asserted as fact: certain or probable, not denied, unconditional."),
    "context": ("--context", str, "PLOVER context (cyber)."),
    "issue": ("--issue", str, "Known issue (taiwan-arms; see `dragoman list issues`) or words of the issue."),
    "text": ("--text", str, 'Words in the evidence or the issue; "a phrase", word*.'),
    "place": ("--place", str, "Place of the event: a country or a place in the record."),
    "publisher": ("--publisher", str, "Publisher of the report."),
    "document": ("--document", str, "Id of a document."),
    "story": ("--story", str, "Id of a story."),
    "entry": ("--entry", str, "Id of an entry (deduplicated event): all of its events."),
    "since": ("--since", str, "First day: YYYY-MM-DD, YYYY-MM or YYYY."),
    "until": ("--until", str, "Last day: YYYY-MM-DD, YYYY-MM or YYYY."),
    "min_confidence": ("--min-confidence", float, "Minimum confidence of an event, 0 to 1."),
    "background": ("--background", bool, "Include background events without a date."),
    "negations": ("--negations", bool, "Include what a report says was not done."),
    "one_a_day": ("--one-a-day", bool, "Count one event per actors, recipients, type and day."),
}  # fmt: skip
# Selection of the events to which the filters apply.
_SHOWN: dict[str, tuple[str, Any, str]] = {
    "reviewed": ("--reviewed", bool, "Events after review: without rejected, edited as edited, with added."),
    "reader": ("--reader", str, "Events found by the first reader (the coder), the second, both or either."),
    "calibration": ("--calibration", Path, "Confidence by this file of `dragoman calibrate`."),
}
_FLAGS = ("background", "negations", "one_a_day", "reviewed")


class Asked(dict[str, Any]):
    """Filters of one call by name, as typed.

    Attributes:
        reviewed: Whether to select the events after review.
        reader: Reader whose events are selected.
        calibration: Calibration that determines confidence.
    """

    reviewed: bool = False
    reader: str = "first"
    calibration: Path | None = None

    def open(self, path: Path) -> Record:
        """Open a record with the selected events; close it when done.

        Raises:
            UsageError: The reader is unknown.
            DragomanError: The record cannot be read.
        """
        return open_shown(path, reviewed=self.reviewed, reader=self.reader, calibration=self.calibration)

    def is_any(self) -> bool:
        """Return True if any filter was given."""
        return any(value not in (None, False) for value in self.values()) or self.get("firm") is False

    def read(self, record: Record, **more: Any) -> EventFilter:
        """Return the parsed filter for a record.

        Raises:
            UsageError: A value is unknown.
        """
        return filter_reader(record).read({**self, **more})


def open_shown(path: Path, *, reviewed: bool, reader: str | None, calibration: Path | None = None) -> Record:
    """Open a record as coded, after review, or as another reader sees it.

    Raises:
        UsageError: The reader is unknown.
        DragomanError: The record cannot be read.
    """
    from dragoman.record.store import Record

    if not reviewed and reader in (None, "first") and calibration is None:
        return Record.open_to_read(path)
    from dragoman.running.reviewed_record import open_record

    chosen = cast("ReaderChoice", reader or "first")
    return open_record(path, reviewed=reviewed, reader=chosen, calibration=calibration)


def filter_reader(record: Record) -> FilterReader:
    """Return the filter parser for a record, with the knowledge of the package."""
    from dragoman.analysis.filters import FilterReader
    from dragoman.knowledge.actors import load_actors
    from dragoman.knowledge.codebook import load_codebook
    from dragoman.knowledge.issues import load_issues

    return FilterReader(
        record,
        actors=functools.cache(load_actors),
        codebook=functools.cache(load_codebook),
        issues=functools.cache(load_issues),
    )


def with_filters(
    *names: str, besides: tuple[str, ...] = (), coded_only: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the filter options to a command, which receives the typed values as `asked`.

    Args:
        names: Names of the filters; all if none is given.
        besides: Filters that this command does not accept.
        coded_only: Whether to omit the options that select events other than the coded ones.
    """
    chosen = [name for name in (names or _OPTIONS) if name not in besides]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def called(*args: Any, **given: Any) -> None:
            asked = Asked({name: given.pop(name) for name in chosen})
            if not coded_only:
                asked.reviewed, asked.reader = given.pop("reviewed"), given.pop("reader") or "first"
                asked.calibration = given.pop("calibration")
            command(*args, **given, asked=asked)

        own = [p for p in inspect.signature(command).parameters.values() if p.name != "asked"]
        hints = get_type_hints(command, include_extras=True)
        hints.pop("asked", None)
        options = []
        for name in (*chosen, *(() if coded_only else _SHOWN)):
            option, kind, says = _OPTIONS.get(name) or _SHOWN[name]
            hints[name] = _annotation(name, option, kind, says)
            default = False if name in _FLAGS else None
            options.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default))
        keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own]
        options = [p.replace(annotation=hints[p.name]) for p in options]
        called.__signature__ = inspect.Signature([*keyword, *options])  # type: ignore[attr-defined]
        called.__annotations__ = hints
        return called

    return decorate


def _annotation(name: str, option: str, kind: Any, says: str) -> Any:
    if name in _FLAGS:
        return Annotated[bool, typer.Option(option, help=says, rich_help_panel="Filters")]
    return Annotated[kind | None, typer.Option(option, help=says, rich_help_panel="Filters")]


def say_why_empty(record: Record, wanted: EventFilter) -> None:
    """Print to standard error which filter matched nothing."""
    from dragoman.analysis.filters import explain_empty

    sys.stderr.write("no event matches the filters\n")
    for line in explain_empty(record, wanted):
        sys.stderr.write(f"  {line}\n")
