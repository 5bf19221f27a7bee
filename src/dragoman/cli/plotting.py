"""Plots of a record, written to files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.changes import find_changes
from dragoman.analysis.plot_files import plot_bytes, plot_kind
from dragoman.analysis.plots import MEASURES, MOST_SERIES, plot_comparison, plot_series
from dragoman.cli.exporting import actor_names, writing
from dragoman.cli.filters import say_why_empty
from dragoman.errors import UsageError
from dragoman.model.terms import QUAD_CLASSES
from dragoman.record.answers import DyadPoint
from dragoman.record.pairs import PERIODS, check_period, periods_between
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.record.tables import ARROW

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.cli.filters import Asked
    from dragoman.record.pairs import Period


def plot_dyad_to(
    record: Path, actor: str, recipient: str, output: Path, *, by: str, kind: str | None, asked: Asked
) -> None:
    """Plot the events of a dyad to a file or to standard output."""
    kind, period = plot_kind(output, kind), _period(by)
    with asked.open(record) as kept:
        wanted = asked.read(kept, actor=actor, recipient=recipient)
        series = _dyad(kept, wanted, period)
        _say_when_empty(kept, wanted, series)
    names = actor_names()
    title = " toward ".join(names.get(str(id), str(id)) for id in (wanted.actor, wanted.recipient))
    _write_series(output, series, title=title, by=by, kind=kind)


def plot_actor_to(record: Path, party: str, output: Path, *, by: str, kind: str | None, asked: Asked) -> None:
    """Plot the events of an actor to a file or to standard output."""
    kind, period = plot_kind(output, kind), _period(by)
    with asked.open(record) as kept:
        wanted = asked.read(kept, party=party)
        series = _party(kept, wanted, period)
        _say_when_empty(kept, wanted, series)
    title = actor_names().get(str(wanted.party), str(wanted.party))
    _write_series(output, series, title=title, by=by, kind=kind)


def plot_comparison_to(
    record: Path, members: list[str], output: Path, *, measure: str, by: str, kind: str | None, asked: Asked
) -> None:
    """Plot several actors or dyads to a file or to standard output."""
    kind, period, measure = plot_kind(output, kind), _period(by), measure.strip().replace(" ", "_")
    if measure not in MEASURES:
        raise UsageError(message=f"--measure {measure!r}: use events, intensity or {', '.join(QUAD_CLASSES)}")
    if len(members) > MOST_SERIES:
        raise UsageError(message=f"{len(members)} to compare; a chart takes up to {MOST_SERIES}")
    names = actor_names()
    found: dict[str, list[DyadPoint]] = {}
    with asked.open(record) as kept:
        for member in members:
            one, arrow, other = member.partition(ARROW)
            if arrow:
                wanted = asked.read(kept, actor=one.strip(), recipient=other.strip())
                ids, series = [wanted.actor, wanted.recipient], _dyad(kept, wanted, period)
            else:
                wanted = asked.read(kept, party=member)
                ids, series = [wanted.party], _party(kept, wanted, period)
            found[" toward ".join(names.get(str(id), str(id)) for id in ids)] = series
            _say_when_empty(kept, wanted, series)
    words = MEASURES[measure]
    title = f"{words[0].upper()}{words[1:]}: {', '.join(found)}"
    _write(output, plot_comparison(found, title=title, measure=measure, by=by), kind)
    sys.stderr.write(f"{len(found)} series drawn\n")


def _period(by: str) -> Period:
    check_period(by)
    return next(known for known in PERIODS if known == by)


def _dyad(kept: Record, wanted: EventFilter, by: Period) -> list[DyadPoint]:
    return kept.dyad_series(
        str(wanted.actor), str(wanted.recipient), by=by, since=wanted.since, until=wanted.until, zeros=True,
        wanted=wanted,
    )  # fmt: skip


def _party(kept: Record, wanted: EventFilter, by: Period) -> list[DyadPoint]:
    """Return the series of a party, with zeros for periods without events."""
    if msgspec.structs.replace(wanted, since=None, until=None) == EventFilter(party=wanted.party):
        points = kept.party_series(str(wanted.party), since=wanted.since, until=wanted.until, by=by)
    else:
        points = kept.event_series(wanted, by=by)
    if not points:
        return []
    known = {point.start: point for point in points}
    starts = periods_between(wanted.since or points[0].start, wanted.until or points[-1].start, by)
    return [
        known.get(start) or DyadPoint(start=start, events=0, counts={}, intensity=0.0) for start in starts
    ]


def _say_when_empty(kept: Record, wanted: EventFilter, series: list[DyadPoint]) -> None:
    if not series:
        say_why_empty(kept, wanted)


def _write_series(output: Path, series: list[DyadPoint], *, title: str, by: str, kind: str) -> None:
    _write(output, plot_series(series, title=title, changes=find_changes(series), by=by), kind)
    sys.stderr.write(f"{sum(point.events for point in series):,} events drawn\n")


def _write(output: Path, chart: Any, kind: str) -> None:
    content = plot_bytes(chart, kind)
    with writing(output) as out:
        out.write(content)
