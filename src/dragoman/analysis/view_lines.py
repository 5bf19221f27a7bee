"""Lines of views: actors, recipients and matter; and the merging of lines that say the same."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.analysis.assertions import doers, targets
from dragoman.analysis.view_sources import (
    Party,
    ViewSource,
    first_and_last,
    in_order,
    matter_words,
    parties_of,
    same_amounts,
    source_of,
    tell_the_same,
)
from dragoman.model.records import Amount, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record.store import StoredEvent

Stage = Literal[
    "agreed", "planned", "refused", "ended",
    "imposed", "eased", "threatened", "called for", "supported", "opposed", "easing planned",
    "easing called for", "easing opposed", "mediates", "offered", "asked for",
]  # fmt: skip
Outcome = Literal["kept", "broken", "open"]
# Lines of the same parties and words are merged if they are at most this many days apart.
_NEAR = 30


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a view: actors, recipients, matter, days and sources.

    Attributes:
        actors: Who undertakes, demands, agrees, warns, mediates or imposes.
        recipients: The recipients; for mediation, the sides; empty for a mutual act.
        event_type: Type of its events.
        matter: What it is about, in the report's words.
        amounts: Amounts, such as money or troops.
        stage: For a deal: agreed, planned, refused or ended. For a sanction: imposed, eased, threatened,
            planned, called for, supported, opposed, and the same of its easing. For mediation: mediates,
            offered, asked for, refused or ended. Else None.
        is_negative: For a pledge: whether it is one not to do what `matter` states.
        outcome: For a pledge: kept or broken if later events say so, else open.
        outcome_sources: The sources of the outcome.
        measure: For a sanction: the words that name it ("travel ban").
        condition: For a warning: the condition.
        consequence: For a warning: the announced consequence.
        is_own_threat: For a warning: whether the actor threatens to act, or only states what would follow.
        sources: Its sources, by day.
        first_day: Day of the first.
        last_day: Day of the last.
    """

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    event_type: str
    matter: str
    amounts: tuple[Amount, ...]
    sources: tuple[ViewSource, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    stage: Stage | None = None
    is_negative: bool = False
    outcome: Outcome | None = None
    outcome_sources: tuple[ViewSource, ...] = ()
    measure: Span | None = None
    condition: Span | None = None
    consequence: Span | None = None
    is_own_threat: bool | None = None


def line_of(
    stored: StoredEvent,
    *,
    names: dict[str, str] | None,
    actors: tuple[Party, ...] | None = None,
    recipients: tuple[Party, ...] | None = None,
) -> Line:
    """Make a line of one event.

    Args:
        stored: The event.
        names: Names of states by code, for display.
        actors: The actors; None for those that the clause shows to act.
        recipients: The recipients; None for those of the event except the actors.
    """
    event, source = stored.event, source_of(stored)
    acting = parties_of(doers(event), names) if actors is None else actors
    toward = parties_of(targets(event), names) if recipients is None else recipients
    known = {party.id for party in acting}
    return Line(
        actors=acting, recipients=tuple(party for party in toward if party.id not in known),
        event_type=event.event_type, matter=matter_of(stored),
        amounts=event.amounts, sources=(source,), first_day=source.day, last_day=source.day,
    )  # fmt: skip


def matter_of(stored: StoredEvent) -> str:
    """Return what an event is about; the whole clause if it would be a single word, which says little."""
    event = stored.event
    if event.issue is not None and len(matter_words(event.issue.text)) > 1:
        return event.issue.text
    return event.evidence.text


def joined_lines(lines: Iterable[Line]) -> list[Line]:
    """Merge lines that say the same within a month into one line with all sources."""
    kept: dict[object, list[tuple[Line, frozenset[str]]]] = {}
    for new in lines:
        words = matter_words(new.matter)
        key = (
            frozenset(p.id for p in new.actors), frozenset(p.id for p in new.recipients),
            None if new.stage else new.event_type, new.stage, new.condition is None, new.is_negative,
        )  # fmt: skip
        rows = kept.setdefault(key, [])
        for position, (old, known) in enumerate(rows):
            alike = tell_the_same(words, known) and same_amounts(old.amounts, new.amounts)
            if (alike and _is_near(old, new)) or _overlap(old, new):
                rows[position] = (_joined(old, new), known)
                break
        else:
            rows.append((new, words))
    return sorted((row for rows in kept.values() for row, _ in rows), key=_place)


def _overlap(old: Line, new: Line) -> bool:
    """Return True if two lines have the same words of one report as source."""
    return any(
        one.document_id == other.document_id and one.start < other.end and other.start < one.end
        for one in old.sources
        for other in new.sources
    )


def _place(line: Line) -> tuple[dt.date, str, int]:
    return line.first_day or dt.date.max, line.sources[0].document_id, line.sources[0].start


def _is_near(old: Line, new: Line) -> bool:
    if old.first_day is None or old.last_day is None or new.first_day is None:
        return old.sources[0].document_id == new.sources[0].document_id
    before, after = (old.first_day - new.first_day).days, (new.first_day - old.last_day).days
    return before <= _NEAR and after <= _NEAR


def _joined(old: Line, new: Line) -> Line:
    sources = in_order((*old.sources, *new.sources))
    first, last = first_and_last(sources)
    return msgspec.structs.replace(
        old, sources=sources, first_day=first, last_day=last, amounts=old.amounts or new.amounts
    )
