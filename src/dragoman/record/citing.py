"""The source reports of events: numbers, address and title, and the number of reports of the same event."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dragoman.record.answers import Citation
from dragoman.record.field_counts import FieldCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

_CITATIONS = (
    "SELECT e.id, e.number, d.number, d.url, d.title, d.language, x.entry_id, n.events, n.documents"
    " FROM json_each(?) AS j CROSS JOIN events AS e ON e.id = j.value"
    " CROSS JOIN documents AS d ON d.number = e.document"
    " LEFT JOIN entry_events AS x ON x.event = e.number LEFT JOIN entries AS n ON n.id = x.entry_id"
)
# Each report without a publisher counts as one source.
_SOURCES = (
    "SELECT x.entry_id, count(DISTINCT coalesce(d.publisher, d.id)) FROM json_each(?) AS j"
    " CROSS JOIN entry_events AS x ON x.entry_id = j.value CROSS JOIN events AS e ON e.number = x.event"
    " CROSS JOIN documents AS d ON d.number = e.document GROUP BY x.entry_id"
)


class Citing(FieldCounts):
    """Queries about the source reports of events."""

    def citations(self, event_ids: Sequence[str]) -> dict[str, Citation]:
        """Return the source report of each event, by the id of the event.

        Args:
            event_ids: Ids of events; those that are not in the record are ignored.
        """
        rows = self._connection.execute(_CITATIONS, (json.dumps(list(event_ids)),)).fetchall()
        entries = sorted({row[6] for row in rows if row[6] is not None})
        sources = dict(self._connection.execute(_SOURCES, (json.dumps(entries),)).fetchall())
        return {
            row[0]: Citation(
                number=row[1], document_number=row[2], url=row[3], title=row[4], language=row[5],
                entry=row[6], mentions=row[7] or 1, articles=row[8] or 1, sources=sources.get(row[6], 1),
            )
            for row in rows
        }  # fmt: skip
