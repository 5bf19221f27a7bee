"""Typed filters for queries of the record, and their translation to SQL."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from dragoman.errors import UsageError
from dragoman.model.checks import check_probability
from dragoman.record.full_text import match_words
from dragoman.record.rows import tie_key
from dragoman.record.tables import (
    ACTOR,
    ARROW,
    BETWEEN,
    CONTEXT,
    DYAD,
    PARTY,
    PLACE,
    PUBLISHER,
    RECIPIENT,
    SPEAKER,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Order = Literal["newest", "oldest"]
ORDERS: tuple[Order, ...] = ("newest", "oldest")


class EventFilter(msgspec.Struct, frozen=True, kw_only=True):
    """A filter that selects events; a field that is None imposes no restriction.

    `actor`, `recipient`, `speaker` and `party` match an id or a country. `since` and `until` compare the
    first day of the event itself, or the publication date when the report gives none. Background
    events without a date are left out unless `background` is true, and what is said not to have been done
    unless `negations` is true or `polarity` is given.

    Attributes:
        actor: Actor.
        recipient: Recipient (target).
        speaker: Speaker to whom the event is attributed.
        party: Actor or recipient.
        dyad: An ordered pair of countries or organisations, "RUS>UKR"; mutual events match both directions.
        event_type: One of the 16 types.
        event_mode: A mode of the type.
        cameo: A CAMEO code or its first digits: "11" matches 110 to 116.
        quad_class: verbal_conflict and so on.
        factuality: certain, probable, possible or unknown.
        polarity: positive or negative.
        firm: Whether the event is asserted as fact: certain or probable, not denied, not conditional.
        context: One of the 37 contexts.
        publisher: Publisher, as given in the document.
        text: Words in the evidence or the issue; "in quotes" for a phrase, word* for a prefix.
        issue: Words in the issue, in the same way.
        matter: Alternatives of which one must match; each is a tuple of lists, each of which must have a word
            in the evidence or the issue. `Issue.alternatives` gives them.
        between: Two countries or organisations: events in either direction.
        place: Place of the event: a country, or the key of a place as `Record.places` gives it.
        story: A story's id.
        entry: An entry's id: all reports of one event.
        since: First day.
        until: Last day.
        document: A document's id.
        min_confidence: Minimum confidence, 0 to 1.
        background: Include background events without a date.
        negations: Include events of polarity negative: what a report says was not done.
        one_a_day: One event per actors, recipients, type and day, the first that matches.
        limit: Maximum number of results.
    """

    actor: str | None = None
    recipient: str | None = None
    speaker: str | None = None
    party: str | None = None
    dyad: str | None = None
    event_type: str | None = None
    event_mode: str | None = None
    cameo: str | None = None
    quad_class: str | None = None
    factuality: str | None = None
    polarity: str | None = None
    firm: bool | None = None
    context: str | None = None
    publisher: str | None = None
    text: str | None = None
    issue: str | None = None
    matter: tuple[tuple[tuple[str, ...], ...], ...] | None = None
    between: tuple[str, str] | None = None
    place: str | None = None
    story: str | None = None
    entry: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    document: str | None = None
    min_confidence: float | None = None
    background: bool = False
    negations: bool = False
    one_a_day: bool = False
    limit: int | None = None


def whole_document(document_id: str, *, limit: int | None = None) -> EventFilter:
    """Return the filter for all events of a report, with those that are left out elsewhere."""
    return EventFilter(document=document_id, background=True, negations=True, limit=limit)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a query that selects events: what follows FROM and what follows WHERE."""

    tables: str
    day: str
    number: str
    clauses: tuple[str, ...]
    values: tuple[str | float, ...]

    @property
    def where(self) -> str:
        """The condition including WHERE, or an empty string."""
        return f" WHERE {' AND '.join(self.clauses)}" if self.clauses else ""


_EQUAL = ("event_type", "event_mode", "quad_class", "factuality", "polarity", "publisher", "firm")
_KEYS = (
    ("dyad", DYAD),
    ("actor", ACTOR),
    ("recipient", RECIPIENT),
    ("speaker", SPEAKER),
    ("party", PARTY),
    ("context", CONTEXT),
    ("place", PLACE),
)
_STATE = re.compile("[A-Z]{3}")
# Not a part of keys: words are found by full text; the key is the text that is searched for.
WORDS = "words"
# If words occur in this many events, testing the newest events is faster than sorting all events that contain
# them.
MANY_WITH_WORDS = 20_000
# These select few events through an index of their own, so the key is not needed.
_NARROW = ("document", "entry")
# The largest integer of SQLite.
_MOST_NUMBER = 2**63 - 1


def keys_wanted(wanted: EventFilter) -> list[tuple[str, str]]:
    """Return the (part, key) pairs that an event must be found under."""
    keys = [(part, value) for name, part in _KEYS if (value := getattr(wanted, name)) is not None]
    if wanted.between is not None:
        keys.append((BETWEEN, tie_key(*wanted.between)))
    return keys


def choose(
    wanted: EventFilter,
    *,
    seldom: Callable[[str, str], int],
    first_few: bool = False,
    by_event: bool = False,
) -> Choice:
    """Convert a filter to the tables and conditions of a query.

    Args:
        wanted: The filter.
        seldom: Returns how many events a (part, key) has, or some large number; the query starts from the
            rarest.
        first_few: Only the first events by day are needed, not all.
        by_event: The conditions are for events `e` that another part of the query selects.

    Raises:
        UsageError: `min_confidence` is not a probability.
    """
    check_probability(wanted.min_confidence, "min_confidence")
    keys = keys_wanted(wanted)
    one, other = wanted.actor, wanted.recipient
    if one and other and one != other and _STATE.fullmatch(one) and _STATE.fullmatch(other):
        # Pairs are stored by country: for two countries the pair selects all events, including mutual acts,
        # which have no recipient.
        keys = [(DYAD, f"{one}{ARROW}{other}"), *(key for key in keys if key != (ACTOR, one))]
    clauses: list[str] = []
    values: list[str | float] = []
    narrow = by_event or any(getattr(wanted, name) is not None for name in _NARROW)
    keys.sort(key=lambda pair: seldom(*pair))
    if wanted.publisher is not None and keys and not narrow:
        # A small newspaper has fewer events than a large state.
        narrow = seldom(PUBLISHER, wanted.publisher) < seldom(*keys[0])
    if keys and not narrow:
        tables = "event_keys AS k CROSS JOIN events AS e ON e.number = k.event"
        day, number = "k.day", "k.event"
        clauses.append("k.part = ? AND k.key = ?")
        values += keys.pop(0)
    else:
        tables, day, number = "events AS e", "e.day", "e.number"
    for part, key in keys:
        clauses.append(
            "EXISTS (SELECT 1 FROM event_keys AS o WHERE o.part = ? AND o.key = ? AND o.day = e.day"
            " AND o.event = e.number)"
        )
        values += (part, key)
    for name in _EQUAL:
        value = getattr(wanted, name)
        if value is not None:
            clauses.append(f"e.{name} = ?")
            values.append(int(value) if isinstance(value, bool) else value)
    if not wanted.background:
        clauses.append("NOT e.background")
    if not wanted.negations and wanted.polarity is None:
        clauses.append("e.polarity = 'positive'")
    if wanted.min_confidence is not None:
        clauses.append("e.confidence >= ?")
        values.append(wanted.min_confidence)
    _choose_by_lists(wanted, clauses, values)
    _choose_by_words(wanted, clauses, values, seldom=seldom, first_few=first_few, by_event=by_event)
    if wanted.since is not None:
        clauses.append(f"{day} >= ?")
        values.append(wanted.since.isoformat())
    if wanted.until is not None:
        # An event without a day is in no range of days.
        clauses.append(f"{day} > '' AND {day} <= ?")
        values.append(wanted.until.isoformat())
    return Choice(tables=tables, day=day, number=number, clauses=tuple(clauses), values=tuple(values))


def _choose_by_lists(wanted: EventFilter, clauses: list[str], values: list[str | float]) -> None:
    if wanted.document is not None:
        clauses.append("e.document = (SELECT number FROM documents WHERE id = ?)")
        values.append(wanted.document)
    if wanted.cameo is not None:
        clauses.append(
            "EXISTS (SELECT 1 FROM event_bodies AS c WHERE c.number = e.number"
            " AND json_extract(c.body, '$.cameo') GLOB ?)"
        )
        values.append(f"{''.join(filter(str.isalnum, wanted.cameo))}*")
    if wanted.story is not None:
        clauses.append("e.document IN (SELECT document FROM story_documents WHERE story_id = ?)")
        values.append(wanted.story)
    if wanted.entry is not None:
        clauses.append("e.number IN (SELECT event FROM entry_events WHERE entry_id = ?)")
        values.append(wanted.entry)


def _choose_by_words(
    wanted: EventFilter,
    clauses: list[str],
    values: list[str | float],
    *,
    seldom: Callable[[str, str], int],
    first_few: bool,
    by_event: bool,
) -> None:
    asked = [f"({match_words(wanted.text)})"] if wanted.text is not None else []
    asked += [f"issue : ({match_words(wanted.issue)})"] if wanted.issue is not None else []
    asked += [match_matter(wanted.matter)] if wanted.matter is not None else []
    for match in asked:
        # With a plus sign SQLite does not start from the full text, but tests the events selected otherwise.
        plus = "+" if by_event or (first_few and seldom(WORDS, match) >= MANY_WITH_WORDS) else ""
        clauses.append(f"{plus}e.number IN (SELECT rowid FROM event_text WHERE event_text MATCH ?)")
        values.append(match)


def asks_more(wanted: EventFilter, *, besides: tuple[str, ...] = ()) -> bool:
    """Return True if a filter makes a distinction that the daily counts do not make."""
    known = {"since", "until", "quad_class", "firm", "limit", *besides}
    rest = {name: value for name, value in msgspec.structs.asdict(wanted).items() if name not in known}
    return any(value not in (None, False) for value in rest.values())


def daily_clauses(wanted: EventFilter) -> tuple[str, list[str | float]]:
    """Return the conditions of a filter on `daily`, each preceded by AND."""
    clauses, values = "", cast("list[str | float]", [])
    for name in ("quad_class", "firm"):
        value = getattr(wanted, name)
        if value is not None:
            clauses += f" AND {name} = ?"
            values.append(value)
    if wanted.since is not None:
        clauses += " AND day >= ?"
        values.append(wanted.since.isoformat())
    if wanted.until is not None:
        clauses += " AND day > '' AND day <= ?"
        values.append(wanted.until.isoformat())
    return clauses, values


def match_matter(alternatives: Sequence[Sequence[Sequence[str]]]) -> str:
    """Convert lists of words, as issues have them, to a full-text query; a star matches any ending."""
    found = [
        " AND ".join("(" + " OR ".join(_term(word) for word in words) + ")" for words in lists)
        for lists in alternatives
        if lists
    ]
    return " OR ".join(f"({each})" for each in found)


def _term(word: str) -> str:
    bare = word.rstrip("*").replace('"', " ")
    return f'"{bare}"' + ("*" if word.endswith("*") else "")


def read_number(written: str) -> int:
    """Return the number of an event in a cursor.

    Raises:
        ValueError: It is not a number, or not one that SQLite can compare.
    """
    number = int(written)
    if not 0 <= number <= _MOST_NUMBER:
        raise ValueError(written)
    return number


def write_cursor(day: str, number: int) -> str:
    """Return a cursor for the end of a page, at which the next page begins."""
    return f"{day or '-'}_{number}"


def read_cursor(cursor: str) -> tuple[str, int]:
    """Read what `write_cursor` wrote.

    Raises:
        UsageError: The cursor is invalid.
    """
    day, _, number = cursor.partition("_")
    try:
        if day != "-":
            dt.date.fromisoformat(day)
        return ("" if day == "-" else day), read_number(number)
    except ValueError:
        message = f"cursor {cursor!r} is none of ours; leave it out to begin at the first page"
        raise UsageError(message=message) from None
