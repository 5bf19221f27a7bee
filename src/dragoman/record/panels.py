"""Panel data of dyads: all pairs of parties by day, week, month or year."""

from __future__ import annotations

import collections
import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from dragoman.record.answers import DyadPeriod
from dragoman.record.pairs import FIRST_DAY, Pairs, check_period, period_of, periods_between
from dragoman.record.queries import EventFilter
from dragoman.record.tables import ARROW, NO_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record.pairs import Period

# The expression for the day is the same as in the index of documents, so that no document is read.
_REPORTS = (
    "SELECT coalesce(published_on, '') AS day, count(*) AS reports FROM documents"
    " WHERE coalesce(published_on, '') BETWEEN ? AND ? GROUP BY coalesce(published_on, '')"
)


class Panels(Pairs):
    """Queries about all pairs of parties at once."""

    def reports_by_period(
        self, *, by: Period = "month", since: dt.date | None = None, until: dt.date | None = None
    ) -> dict[dt.date, int]:
        """Count the reports of the record by the period they were published in.

        Args:
            by: The length of a period.
            since: First day.
            until: Last day.
        """
        check_period(by)
        query = f"SELECT {FIRST_DAY[by].format('day')}, sum(reports) FROM ({_REPORTS}) GROUP BY 1"
        counts: dict[dt.date, int] = collections.defaultdict(int)
        for day, reports in self._connection.execute(query, (str(since or "0"), str(until or "9"))):
            counts[period_of(dt.date.fromisoformat(day), by)] += reports
        return dict(sorted(counts.items()))

    def dyad_panel(
        self,
        *,
        by: Period = "month",
        since: dt.date | None = None,
        until: dt.date | None = None,
        zeros: bool = False,
        wanted: EventFilter | None = None,
    ) -> Iterator[DyadPeriod]:
        """Yield what each party did toward each other party, by period, actor and recipient.

        Parties are countries and organisations, as in `network`; a mutual act counts in both directions.
        A panel leaves out events without a day (those of undated reports, and background without a date) and
        what is said not to have been done.

        Args:
            by: The length of a period.
            since: First day; None for that of the first event.
            until: Last day; None for that of the last event.
            zeros: Include a row in every period for each dyad that occurs in any, with zeros if nothing is
                reported.
            wanted: A further filter, for example on factuality. `actor` and `recipient` are countries or
                organisations, and restrict the panel to their dyads.

        Raises:
            UsageError: `by` is not a period.
        """
        check_period(by)
        wanted = msgspec.structs.replace(
            wanted or EventFilter(), since=since, until=until, background=False, negations=False
        )
        sums = self._panel_sums(wanted, by)
        reports = self.reports_by_period(by=by, since=since, until=until)
        dyads = sorted({key[1] for key in sums})
        present = sorted({key[0] for key in sums})
        if zeros and dyads:
            present = list(periods_between(since or present[0], until or present[-1], by))
        for start in present:
            for dyad in dyads:
                found = sums.get((start, dyad))
                if found is not None or zeros:
                    yield (found or _PanelSum()).row(start, dyad, reports.get(start, 0))

    def _panel_sums(self, wanted: EventFilter, by: Period) -> dict[tuple[dt.date, str], _PanelSum]:
        sums: dict[tuple[dt.date, str], _PanelSum] = collections.defaultdict(_PanelSum)
        for dyad, day, quad, intensity, goldstein in self.dyad_events(wanted):
            actor, _, recipient = dyad.partition(ARROW)
            # An event of France and Britain matches a filter for France, but yields no row for Britain.
            asked = wanted.actor in (None, actor) and wanted.recipient in (None, recipient)
            if day == NO_DAY or not asked:
                continue
            sums[period_of(dt.date.fromisoformat(day), by), dyad].add(quad, intensity, goldstein)
        return sums


class _PanelSum:
    __slots__ = ("counts", "goldstein", "intensity", "scored")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.goldstein = self.intensity = 0.0
        self.scored = 0

    def add(self, quad: str, intensity: float, goldstein: float | None) -> None:
        self.counts[quad] = self.counts.get(quad, 0) + 1
        self.intensity += intensity
        if goldstein is not None:
            self.goldstein += goldstein
            self.scored += 1

    def row(self, start: dt.date, dyad: str, reports: int) -> DyadPeriod:
        actor, _, recipient = dyad.partition(ARROW)
        events = sum(self.counts.values())
        return DyadPeriod(
            start=start, actor=actor, recipient=recipient, reports=reports, events=events,
            counts=self.counts, goldstein_sum=round(self.goldstein, 6),
            goldstein_mean=round(self.goldstein / self.scored, 6) if self.scored else 0.0,
            intensity_mean=round(self.intensity / events, 6) if events else 0.0,
        )  # fmt: skip
