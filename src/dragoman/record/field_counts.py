"""Counts of the events of one filter by several fields at once, as shown next to a list of events."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Literal, get_args

from dragoman.record.counted import PART_OF, counts_of, stored_key
from dragoman.record.full_text import match_words
from dragoman.record.queries import MANY_WITH_WORDS, WORDS, EventFilter, choose, match_matter
from dragoman.record.reading import Reading
from dragoman.record.rows import IS_COUNTED, tie_key
from dragoman.record.tables import ALL, PARTY

if TYPE_CHECKING:
    from collections.abc import Iterator

Field = Literal["quad_class", "event_type", "factuality", "publisher", "party"]
FIELDS: tuple[Field, ...] = get_args(Field)
_COLUMNS = FIELDS[:-1]
# If the filter selects more than one in this many events of the record, scanning the keys of all parties is
# faster.
_SHARE_TO_SCAN = 8


class FieldCounts(Reading):
    """Queries that count events by several fields and return upper limits of their number."""

    def field_counts(self, wanted: EventFilter | None = None) -> dict[Field, dict[str, int]]:
        """Count the events that a filter selects by each of `FIELDS`, as `counts` does one by one.

        Args:
            wanted: The filter; its own `limit` is ignored.
        """
        wanted = wanted or EventFilter()
        found = stored_key(wanted)
        if wanted.one_a_day or (found is not None and found[0] == ALL):
            return {field: self.counts(wanted, by=field) for field in FIELDS}
        choice = choose(wanted, seldom=self._seldom)
        # All columns in one pass: finding the events of a key takes most of the time.
        query = (
            f"SELECT {', '.join(f'e.{name}' for name in _COLUMNS)}, count(*)"
            f" FROM {choice.tables}{choice.where} GROUP BY 1, 2, 3, 4"
        )
        counts: dict[Field, collections.Counter[str]] = {field: collections.Counter() for field in FIELDS}
        for *values, count in self._connection.execute(query, choice.values):
            for field, value in zip(_COLUMNS, values, strict=True):
                if value not in (None, ""):
                    counts[field][value] += count
        total = counts["quad_class"].total()
        if total * _SHARE_TO_SCAN > self.total():
            query = (
                "SELECT o.key, count(*) FROM event_keys AS o WHERE o.part = ? AND o.event IN"
                f" (SELECT {choice.number} FROM {choice.tables}{choice.where}) GROUP BY o.key"
            )
            counts["party"].update(dict(self._connection.execute(query, (PARTY, *choice.values))))
        else:
            counts["party"].update(self._party_counts(wanted))
        return {
            field: dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
            for field, found in counts.items()
        }

    def _party_counts(self, wanted: EventFilter) -> dict[str, int]:
        query, values = self._full_counts(wanted, "party")
        return {str(name): count for name, count in self._connection.execute(query, values) if name}

    def events_at_most(self, wanted: EventFilter) -> int | None:
        """Return a quickly found upper limit of the number of events of a filter; None if none is known."""
        if wanted.document is not None or wanted.entry is not None or wanted.story is not None:
            apart = EventFilter(
                document=wanted.document,
                entry=wanted.entry,
                story=wanted.story,
                background=True,
                negations=True,
            )
            return self.total(apart)
        matches = [match_words(words) for words in (wanted.text, wanted.issue) if words is not None]
        matches += [match_matter(wanted.matter)] if wanted.matter is not None else []
        with_words = [self._seldom(WORDS, match) for match in matches]
        rare = [count for count in with_words if count < MANY_WITH_WORDS]
        if rare:
            return min(rare)
        stored = [self._stored_total(part, key) for part, key in _stored_keys(wanted)]
        if not stored:
            if with_words:
                return None
            stored = [self._stored_total(ALL, "")]
        # Stored counts leave undated background and negations out.
        more = f"SELECT count(*) FROM events AS e WHERE NOT ({IS_COUNTED})"
        others = wanted.background or wanted.negations or wanted.polarity is not None
        return min(stored) + (self._connection.execute(more).fetchone()[0] if others else 0)

    def _stored_total(self, part: str, key: str) -> int:
        counts, values = counts_of(part, EventFilter(), key=key)
        row = self._connection.execute(f"SELECT coalesce(sum(events), 0) FROM ({counts})", values).fetchone()
        return int(row[0])


def _stored_keys(wanted: EventFilter) -> Iterator[tuple[str, str]]:
    for name, part in PART_OF.items():
        value = getattr(wanted, name)
        if value is not None:
            yield part, tie_key(*value) if name == "between" else str(value)
