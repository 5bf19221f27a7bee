"""What can be asked of the record, typed; and the SQL it becomes."""

from __future__ import annotations

import datetime as dt

import msgspec


class EventFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which events are wanted; None lets everything through.

    `actor`, `recipient`, `speaker` and `party` match an id or a country. `since` and `until` compare the
    event's own date, or the publication date when the report gives none.
    """

    actor: str | None = None
    recipient: str | None = None
    speaker: str | None = None
    party: str | None = None
    event_type: str | None = None
    quad_class: str | None = None
    factuality: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    document: str | None = None
    limit: int | None = None


_DAY = "coalesce(events.starts_on, documents.published_on)"
_LAST_DAY = "coalesce(events.ends_on, documents.published_on)"
_PARTY = (
    "events.id IN (SELECT event_id FROM event_parties WHERE part {parts} AND actor_id = ?"
    " UNION SELECT event_id FROM event_parties WHERE part {parts} AND country = ?)"
)
_COLUMNS = {
    "event_type": "events.event_type = ?",
    "quad_class": "events.quad_class = ?",
    "factuality": "events.factuality = ?",
    "document": "events.document_id = ?",
}


def select_events(wanted: EventFilter) -> tuple[str, list[str | int]]:
    """Return the query and its values for a filter."""
    clauses: list[str] = []
    values: list[str | int] = []
    for part in ("actor", "recipient", "speaker"):
        value = getattr(wanted, part)
        if value is not None:
            clauses.append(_PARTY.format(parts=f"= '{part}'"))
            values += [value, value]
    if wanted.party is not None:
        clauses.append(_PARTY.format(parts="IN ('actor', 'recipient')"))
        values += [wanted.party, wanted.party]
    for name, clause in _COLUMNS.items():
        value = getattr(wanted, name)
        if value is not None:
            clauses.append(clause)
            values.append(value)
    if wanted.since is not None:
        clauses.append(f"{_LAST_DAY} >= ?")
        values.append(wanted.since.isoformat())
    if wanted.until is not None:
        clauses.append(f"{_DAY} <= ?")
        values.append(wanted.until.isoformat())
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    # Every value is bound; only our own clauses are put together here.
    query = (
        "SELECT events.document_id, documents.published_on, documents.publisher, events.body"
        " FROM events JOIN documents ON documents.id = events.document_id"
    )
    query += f"{where} ORDER BY {_DAY}, events.document_id, events.start"
    if wanted.limit is not None:
        query += " LIMIT ?"
        values.append(wanted.limit)
    return query, values
