"""Output of a view of a record, or of reports coded now."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dragoman.analysis.disputes import Dispute
from dragoman.analysis.filters import FilterReader, near
from dragoman.analysis.positions import Position
from dragoman.analysis.spreadsheet_cells import to_cell
from dragoman.analysis.views import TYPES_OF, make_view
from dragoman.cli.filters import open_shown
from dragoman.cli.output import one_line, print_failure
from dragoman.cli.rows import print_json_lines, print_table
from dragoman.cli.terminal import standard_output
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.issues import load_issues
from dragoman.model.documents import Failure
from dragoman.record.answers import StoredEvent
from dragoman.record.queries import EventFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.analysis.view_lines import Line
    from dragoman.analysis.view_sources import Party, ViewSource
    from dragoman.record.store import Record

# A table on the screen uses only this many of the latest events, so that it appears at once.
_ON_SCREEN = 5_000
FORMATS = ("table", "jsonl", "csv")
# Filters accepted by views.
_FILTERS = ("actor", "since", "until", "background")
_COLUMNS = {
    "positions": ("actor", "stance", "matter", "sources", "since", "until", "words"),
    "pledges": ("actor", "recipient", "outcome", "pledge", "amounts", "sources", "since", "until", "words"),
    "demands": ("actor", "recipient", "demand", "amounts", "sources", "since", "until", "words"),
    "deals": ("actor", "recipient", "stage", "matter", "amounts", "sources", "since", "until", "words"),
    "disputes": ("accuser", "accused", "accusation", "denial", "shared", "sources", "since", "until"),
    "warnings": (
        "actor",
        "recipient",
        "condition",
        "consequence",
        "own threat",
        "according to",
        "sources",
        "since",
        "until",
    ),
    "sanctions": ("actor", "recipient", "stage", "measure", "sources", "since", "until", "words"),
    "mediation": ("mediator", "between", "stage", "matter", "sources", "since", "until", "words"),
}
_NOTHING = {
    "positions": "no positions found",
    "pledges": "no pledges found",
    "demands": "no demands found",
    "deals": "no agreements found",
    "disputes": "no denials found; --all also lists accusations without a denial",
    "warnings": "no threats or warnings found",
    "sanctions": "no sanctions found",
    "mediation": "no mediation found",
}


class Asked(NamedTuple):
    """Arguments of a view command: sources, party, period, actor folders and output format.

    `background` is true to take what is reported as background without a date too. `reviewed` and `reader`
    are for a record, `negations` to code reports with what they say was not done.
    """

    paths: list[str]
    record: Path | None
    actor: str | None
    since: str | None
    until: str | None
    actors: tuple[Path, ...]
    form: str
    background: bool = False
    negations: bool = False
    calibration: Path | None = None
    reviewed: bool = False
    reader: str = "first"


def ask_view(
    name: str,
    asked: Asked,
    *,
    issues: tuple[Path, ...] = (),
    issue: str | None = None,
    unanswered: bool = False,
) -> None:
    """Compute a view and print it.

    Raises:
        UsageError: The format or a filter is unknown, or neither or both of record and reports are given.
    """
    if asked.form not in FORMATS:
        raise UsageError(message=f"--format {asked.form!r}: use one of {', '.join(FORMATS)}")
    if (asked.record is None) == (not asked.paths):
        raise UsageError(message="give either --record FILE or reports to code")
    if asked.record is None and (asked.reviewed or asked.reader != "first"):
        raise UsageError(
            message="--reviewed and --reader need --record FILE: reports coded now have no readings"
        )
    wanted_issue = _issue(issue, issues)
    book = load_actors(extra=asked.actors)
    names = {id: entry.name for id, entry in book.entries.items()}
    with ExitStack() as opened:
        record = None if asked.record is None else opened.enter_context(_opened(asked.record, asked))
        reader = FilterReader(record, actors=lambda: book, codebook=load_codebook, issues=load_issues)
        wanted = reader.read({name: getattr(asked, name) for name in _FILTERS})
        events = _coded(asked, wanted) if record is None else _kept(name, wanted, record, form=asked.form)
        lines = make_view(name, events, party=wanted.actor, issues=issues, unanswered=unanswered, names=names)
    if wanted_issue is not None:
        lines = [line for line in lines if isinstance(line, Position) and line.issue == wanted_issue]
    _print(name, lines, asked.form)


def _opened(path: Path, asked: Asked) -> Record:
    return open_shown(path, reviewed=asked.reviewed, reader=asked.reader, calibration=asked.calibration)


def _issue(typed: str | None, folders: tuple[Path, ...]) -> str | None:
    """Return the id of an issue given by id or name.

    Raises:
        UsageError: There is no such issue; the message lists similar ones.
    """
    if typed is None:
        return None
    named: dict[str, str] = {}
    for known in load_issues(folders).issues.values():
        named |= {known.id.casefold(): known.id, known.name.casefold(): known.id}
    found = named.get(typed.strip().casefold())
    if found is None:
        raise UsageError(message=f"no issue {typed!r}; {near(typed.casefold(), named, means=named)}")
    return found


def _kept(name: str, asked: EventFilter, record: Record, *, form: str) -> Iterator[StoredEvent]:
    # Denials often name no other party: for disputes the events of all parties are needed.
    party = None if name == "disputes" else asked.actor
    # Besides threats and denials, warnings need only conditional events.
    filters = [
        EventFilter(
            event_type=kind, party=party, since=asked.since, until=asked.until, background=asked.background,
            firm=False if name == "warnings" and kind not in ("THREATEN", "REJECT") else None,
        )
        for kind in TYPES_OF[name]
    ]  # fmt: skip
    if asked.since is None and form == "table":
        first = _day_of_the_last(_ON_SCREEN, filters, record)
        if first is not None:
            sys.stderr.write(
                f"showing events since {first}; use --since DAY or --format csv for earlier ones\n"
            )
            filters = [msgspec.structs.replace(wanted, since=first) for wanted in filters]
    for wanted in filters:
        yield from record.events(wanted)
    if name == "disputes":
        yield from _reversed(record, filters)


def _reversed(record: Record, filters: list[EventFilter]) -> Iterator[StoredEvent]:
    """Yield what is said not to have been done, and the events of those types that accuse or deny nothing."""
    every = msgspec.structs.replace(filters[0], event_type=None)
    negations = msgspec.structs.replace(every, polarity="negative")
    yield from record.events(negations)
    read = {wanted.event_type for wanted in filters}
    for kind in sorted(record.counts(negations, by="event_type").keys() - read):
        yield from record.events(msgspec.structs.replace(every, event_type=kind))


def _day_of_the_last(most: int, filters: list[EventFilter], record: Record) -> dt.date | None:
    """Return the day since which there are at least `most` events, or None if there are not more in total."""
    if sum(record.total(wanted) for wanted in filters) <= most:
        return None
    by_day: Counter[str] = Counter()
    for wanted in filters:
        by_day.update(record.counts(wanted, by="day"))
    events = 0
    for day in sorted(by_day, reverse=True):
        events += by_day[day]
        if events >= most:
            return dt.date.fromisoformat(day)
    return None


def _coded(asked: Asked, wanted: EventFilter) -> Iterator[StoredEvent]:
    from dragoman.coding.coder import Coder
    from dragoman.readers.base import read

    coder = Coder(actors=list(asked.actors), calibration=asked.calibration, negations=asked.negations)
    for item in read(asked.paths):
        if isinstance(item, Failure):
            print_failure(item)
            continue
        for event in coder.code_document(item).events:
            day = event.listed_on(item.published_on)
            if (event.is_undated_background and not asked.background) or not _is_between(day, wanted):
                continue
            yield StoredEvent(
                document_id=item.id,
                published_on=item.published_on,
                publisher=item.publisher,
                event=event,
                day=day,
            )


def _is_between(day: dt.date | None, wanted: EventFilter) -> bool:
    """Return True if a day is in the wanted period; as in a record, undated events are not."""
    if wanted.since is None and wanted.until is None:
        return True
    return day is not None and (wanted.since or day) <= day <= (wanted.until or day)


def _print(name: str, lines: Sequence[Any], form: str) -> None:
    if form == "jsonl":
        print_json_lines(lines)
        return
    rows = [_row(name, line) for line in lines]
    if form == "csv":
        writer = csv.writer(standard_output())
        writer.writerow(_COLUMNS[name])
        writer.writerows([to_cell(cell) for cell in row] for row in rows)
        return
    if not rows:
        sys.stderr.write(f"{_NOTHING[name]}\n")
        return
    print_table(_COLUMNS[name], rows, width=None if sys.stdout.isatty() else 170)


def _row(name: str, line: Position | Line | Dispute) -> list[str]:
    if isinstance(line, Position):
        return [
            line.actor.name, line.stance, one_line(line.matter), *_when(line.sources), _words(line.sources)
        ]  # fmt: skip
    if isinstance(line, Dispute):
        sources = (*line.accusations, *line.denials)
        return [
            _names(line.accusers), _names(line.accused), _words(line.accusations), _words(line.denials),
            ", ".join(line.shared), *_when(sources),
        ]  # fmt: skip
    parties = [_names(line.actors), _names(line.recipients)]
    if name == "warnings":
        condition = line.condition.text if line.condition else ""
        consequence = line.consequence.text if line.consequence else ""
        said = ", ".join(dict.fromkeys(speaker for source in line.sources for speaker in source.speaker))
        own = "yes" if line.is_own_threat else "no"
        return [
            *parties,
            one_line(condition),
            one_line(consequence),
            own,
            said,
            *_when(line.sources),
        ]
    if name in ("sanctions", "mediation"):
        matter = line.measure.text if line.measure else line.matter
        return [
            *parties,
            line.stage or "",
            one_line(matter),
            *_when(line.sources),
            _words(line.sources),
        ]
    told: dict[str, str | None] = {"deals": line.stage, "pledges": line.outcome}
    stage = [told[name] or ""] if name in told else []
    matter = f"not: {line.matter}" if line.is_negative else line.matter
    amounts = ", ".join(amount.text for amount in line.amounts)
    return [
        *parties, *stage, one_line(matter), amounts, *_when(line.sources), _words(line.sources)
    ]  # fmt: skip


def _when(sources: Sequence[ViewSource]) -> list[str]:
    days = sorted(source.day for source in sources if source.day)
    return [str(len(sources)), str(days[0]) if days else "", str(days[-1]) if days else ""]


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.name for party in parties)


def _words(sources: Sequence[ViewSource]) -> str:
    if not sources:
        return ""
    source = sources[0]
    return f"{one_line(source.text)} [{one_line(source.document_id, 16)}:{source.start}]"
