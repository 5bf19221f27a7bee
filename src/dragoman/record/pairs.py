"""Queries about pairs: what one party did toward another over time, and who did what to whom.

They are answered from the daily counts, unless a filter makes distinctions that these do not make.
"""

from __future__ import annotations

import collections
import datetime as dt
import itertools
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.errors import UsageError
from dragoman.model.days import shift_days
from dragoman.record.answers import CountedPlace, DyadPoint, Edge, Tie
from dragoman.record.citing import Citing
from dragoman.record.counted import counts_of, stored_key
from dragoman.record.queries import EventFilter, asks_more, choose, daily_clauses
from dragoman.record.rows import mean_intensity, ordered_pairs, thousandths
from dragoman.record.tables import ARROW, BETWEEN, DYAD, NO_DAY, PARTY, PLACE, TIE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Period = Literal["day", "week", "month", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "year")
# SQL for the first day of the period of a day, if SQLite computes it quickly; else the day itself.
FIRST_DAY: dict[Period, str] = {
    "day": "{0}", "week": "{0}", "month": "substr({0}, 1, 7) || '-01'",
    "year": "substr({0}, 1, 4) || '-01-01'",
}  # fmt: skip
# A day or a key, a quad class, the number of events, and the sum of their intensity.
_Row = tuple[str, str, int, int]
_GOLDSTEIN = "(SELECT json_extract(body, '$.goldstein') FROM event_bodies WHERE number = e.number)"


class Pairs(Citing):
    """Queries about pairs of parties."""

    def dyad_series(
        self,
        actor: str,
        recipient: str,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        by: Period = "day",
        wanted: EventFilter | None = None,
        zeros: bool = False,
    ) -> list[DyadPoint]:
        """Return what one party did toward another, by day, week (from Monday), month or year.

        A mutual act counts in both directions.

        Args:
            actor: A country, or the id of an organisation or a person.
            recipient: The same kinds of party.
            since: First day.
            until: Last day.
            by: The length of a period.
            wanted: A further filter, for example on factuality.
            zeros: Include periods without events, from the first day to the last.

        Raises:
            UsageError: `by` is not one of these periods.
        """
        check_period(by)
        wanted = msgspec.structs.replace(
            _counting(wanted), actor=actor, recipient=recipient, since=since, until=until
        )
        sums = _by_period(self._dyad_rows(wanted, by), by)
        if zeros and sums:
            for start in periods_between(since or min(sums), until or max(sums), by):
                sums.setdefault(start, _Sum())
        return _points(sums)

    def party_series(
        self,
        party: str,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        by: Period = "month",
    ) -> list[DyadPoint]:
        """Return all events of a party, as actor or recipient, by day, week, month or year.

        Args:
            party: A country, or the id of an organisation or a person.
            since: First day.
            until: Last day.
            by: The length of a period.
        """
        rows = self._daily_rows(PARTY, party, EventFilter(since=since, until=until), by)
        return _points(_by_period(rows, by))

    def _dyad_rows(self, wanted: EventFilter, by: Period) -> Iterable[_Row]:
        key = f"{wanted.actor}{ARROW}{wanted.recipient}"
        if not self._seldom(DYAD, key):
            # Pairs are stored by country or organisation, not for persons.
            return self._rows_of_events(wanted)
        wanted = msgspec.structs.replace(wanted, dyad=key, actor=None, recipient=None)
        if asks_more(wanted, besides=("dyad",)):
            return self._rows_of_events(wanted)
        return self._daily_rows(DYAD, key, wanted, by)

    def _rows_of_events(self, wanted: EventFilter) -> Iterator[_Row]:
        choice = choose(wanted, seldom=self._seldom)
        query = f"SELECT e.day, e.signature, e.quad_class, e.intensity FROM {choice.tables}{choice.where}"
        seen: set[tuple[str, int]] = set()
        for day, signature, quad, intensity in self._connection.execute(query, choice.values):
            if day == NO_DAY or (wanted.one_a_day and (day, signature) in seen):
                continue
            seen.add((day, signature))
            yield day, quad, 1, thousandths(intensity)

    def edges_of(self, party: str) -> list[Edge]:
        """Return the edges of `network` that begin or end at a country or an organisation."""
        counts, values = counts_of(DYAD, EventFilter())
        # There is no index on the second party of a pair, but there are far fewer pairs than events.
        query = (
            f"SELECT key, quad_class, events, intensity FROM ({counts})"
            " WHERE substr(key, 1, ?) = ? OR substr(key, ?) = ?"
        )
        begin, end = f"{party}{ARROW}", f"{ARROW}{party}"
        values += [len(begin), begin, -len(end), end]
        return _edges(self._connection.execute(query, values))

    def network(
        self,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        wanted: EventFilter | None = None,
        limit: int | None = None,
    ) -> list[Edge]:
        """Return the edges of the network of countries and organisations, most frequent first.

        Args:
            since: First day.
            until: Last day.
            wanted: A further filter; one on quad class or `firm` takes no extra time.
            limit: Maximum number of edges.
        """
        wanted = msgspec.structs.replace(_counting(wanted), since=since, until=until)
        rows: Iterable[_Row]
        if asks_more(wanted):
            rows = (
                (key, quad, 1, thousandths(intensity))
                for key, _, quad, intensity, _ in self.dyad_events(wanted, goldstein=False)
            )
        else:
            rows = self._daily_sums(DYAD, wanted)
        return _edges(rows)[:limit]

    def ties(
        self,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        wanted: EventFilter | None = None,
        limit: int | None = None,
    ) -> list[Tie]:
        """Return the events between two parties in either direction, most frequent pairs first.

        Args:
            since: First day.
            until: Last day.
            wanted: A further filter; one on quad class or `firm` takes no extra time.
            limit: Maximum number of ties.
        """
        wanted = msgspec.structs.replace(_counting(wanted), since=since, until=until)
        found = self._counted(BETWEEN, wanted)
        return [
            Tie(one=key.partition(TIE)[0], other=key.partition(TIE)[2], events=s.events, counts=s.counts)
            for key, s in found[:limit]
        ]

    def places(
        self,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        wanted: EventFilter | None = None,
    ) -> list[CountedPlace]:
        """Return the places of events: each place, and each country with all places in it.

        Args:
            since: First day.
            until: Last day.
            wanted: A further filter; one on quad class or `firm` takes no extra time.
        """
        wanted = msgspec.structs.replace(_counting(wanted), since=since, until=until)
        rows = self._connection.execute(
            "SELECT key, name, country, latitude, longitude, precision FROM places"
        )
        known = {key: about for key, *about in rows}
        found = []
        for key, s in self._counted(PLACE, wanted):
            name, country, latitude, longitude, precision = known.get(key, (None, key, None, None, "country"))
            found.append(
                CountedPlace(
                    key=key, name=name, country=country, latitude=latitude, longitude=longitude,
                    precision=precision, events=s.events, counts=s.counts,
                )
            )  # fmt: skip
        return found

    def _counted(self, part: str, wanted: EventFilter) -> list[tuple[str, _Sum]]:
        """Count the events of a filter under each key of a part, the largest count first."""
        if not asks_more(wanted):
            return _most_frequent(self._daily_sums(part, wanted))
        choice = choose(wanted, seldom=self._seldom)
        counted = "count(DISTINCT f.day || '|' || f.signature)" if wanted.one_a_day else "count(*)"
        # Keys map parties to events, not the reverse, so all keys of the part are scanned once.
        query = (
            f"SELECT o.key, f.quad_class, {counted}, 0 FROM event_keys AS o"
            " CROSS JOIN events AS f ON f.number = o.event"
            f" WHERE o.part = ? AND o.event IN (SELECT {choice.number} FROM {choice.tables}"
            f"{choice.where})"
            " GROUP BY o.key, f.quad_class"
        )
        return _most_frequent(self._connection.execute(query, (part, *choice.values)))

    def event_series(self, wanted: EventFilter, *, by: Period = "month") -> list[DyadPoint]:
        """Return the number of events of a filter by day, week (from Monday), month or year.

        Events without a day and periods without events are excluded.
        """
        wanted = _counting(wanted)
        found = stored_key(wanted)
        rows = self._rows_of_events(wanted) if found is None else self._daily_rows(*found, wanted, by)
        return _points(_by_period(rows, by))

    def _daily_rows(self, part: str, key: str, wanted: EventFilter, by: Period) -> Iterable[_Row]:
        """Return the counts of one key by quad class and day, or first day of a month or year, in order.

        Events without a day are excluded.
        """
        clauses, values = daily_clauses(wanted)
        query = (
            f"SELECT {FIRST_DAY[by].format('day')} AS start, quad_class, sum(events), sum(intensity)"
            f" FROM daily WHERE part = ? AND key = ? AND day > ''{clauses}"
            " GROUP BY start, quad_class ORDER BY start"
        )
        return self._connection.execute(query, (part, key, *values))

    def _daily_sums(self, part: str, wanted: EventFilter) -> Iterable[_Row]:
        """Return the counts of each key of a part by quad class."""
        counts, values = counts_of(part, wanted)
        return self._connection.execute(f"SELECT key, quad_class, events, intensity FROM ({counts})", values)

    def dyad_events(
        self, wanted: EventFilter, *, goldstein: bool = True
    ) -> Iterator[tuple[str, str, str, float, float | None]]:
        """Yield dyad, day, quad class, intensity and Goldstein value of each event of each dyad.

        Args:
            wanted: A filter that selects the events.
            goldstein: Whether to return the Goldstein value, which takes longer.
        """
        choice = choose(wanted, seldom=self._seldom)
        where = f"{choice.where} {'AND' if choice.where else 'WHERE'} p.part IN ('actor', 'recipient')"
        query = (
            "SELECT e.number, e.day, e.signature, e.quad_class, e.intensity,"
            f" {_GOLDSTEIN if goldstein else 'NULL'}, p.part, coalesce(p.country, p.actor_id)"
            f" FROM {choice.tables} CROSS JOIN event_parties AS p ON p.event = e.number{where}"
        )
        seen: set[tuple[str, int]] = set()
        rows = self._connection.execute(query, choice.values)
        for _, group in itertools.groupby(rows, key=lambda row: row[0]):
            parties = list(group)
            _, day, signature, quad, intensity, value, _, _ = parties[0]
            if wanted.one_a_day and (day, signature) in seen:
                continue
            seen.add((day, signature))
            actors = {row[7] for row in parties if row[6] == "actor"}
            recipients = {row[7] for row in parties if row[6] == "recipient"}
            for one, other in ordered_pairs(actors, recipients):
                yield f"{one}{ARROW}{other}", day, quad, intensity, value


def _counting(wanted: EventFilter | None) -> EventFilter:
    """Return a filter for counts of what happened: negations are in them only if they alone are asked for."""
    return msgspec.structs.replace(wanted or EventFilter(), negations=False)


class _Sum:
    __slots__ = ("counts", "events", "total")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.events = 0
        self.total = 0

    def add(self, quad: str, events: int, intensity: int) -> None:
        self.counts[quad] = self.counts.get(quad, 0) + events
        self.events += events
        self.total += intensity


def _by_period(rows: Iterable[_Row], by: Period) -> dict[dt.date, _Sum]:
    """Sum counts by day to counts by period."""
    sums: dict[dt.date, _Sum] = collections.defaultdict(_Sum)
    for day, quad, events, intensity in rows:
        sums[period_of(dt.date.fromisoformat(day), by)].add(quad, events, intensity)
    return sums


def _points(sums: dict[dt.date, _Sum]) -> list[DyadPoint]:
    return [
        DyadPoint(start=start, events=s.events, counts=s.counts, intensity=mean_intensity(s.total, s.events))
        for start, s in sorted(sums.items())
    ]


def _edges(rows: Iterable[_Row]) -> list[Edge]:
    """Sum counts by dyad, most frequent first."""
    return [
        Edge(
            actor=key.partition(ARROW)[0], recipient=key.partition(ARROW)[2], events=s.events,
            counts=s.counts, intensity=mean_intensity(s.total, s.events),
        )
        for key, s in _most_frequent(rows)
    ]  # fmt: skip


def _most_frequent(rows: Iterable[_Row]) -> list[tuple[str, _Sum]]:
    """Sum counts by key, largest count first."""
    sums: dict[str, _Sum] = collections.defaultdict(_Sum)
    for key, quad, events, intensity in rows:
        sums[key].add(quad, events, intensity)
    return sorted(sums.items(), key=lambda pair: (-pair[1].events, pair[0]))


def check_period(by: str) -> None:
    """Check the length of a period.

    Raises:
        UsageError: It is not one of `PERIODS`.
    """
    if by not in PERIODS:
        raise UsageError(message=f"by={by!r}: use one of {', '.join(PERIODS)}")


def periods_between(first: dt.date, last: dt.date, by: Period) -> Iterator[dt.date]:
    """Yield the first day of each period, from that of one day to that of another."""
    start = period_of(first, by)
    while start <= last:
        yield start
        following = next_period(start, by)
        if following <= start or period_of(following, by) != following:
            return  # The end of the calendar.
        start = following


def next_period(start: dt.date, by: Period) -> dt.date:
    """Return the first day of the period that follows the one beginning on a day."""
    length = {"day": 1, "week": 7, "month": 31, "year": 366}[by]
    try:
        return period_of(start + dt.timedelta(days=length), by)
    except OverflowError:
        return dt.date.max


def period_of(day: dt.date, by: Period) -> dt.date:
    """Return the first day of the period that contains a day; weeks begin on Mondays."""
    if by == "week":
        return shift_days(day, -day.weekday())
    if by == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if by == "year" else day
