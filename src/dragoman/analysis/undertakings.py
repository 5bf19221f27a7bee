"""Pledges, demands, deals and warnings: what parties undertake or ask, each with the words it rests on."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING, Literal

import msgspec

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
    from collections.abc import Callable, Iterable

    from dragoman.model.records import Event
    from dragoman.record.store import StoredEvent

Stage = Literal["agreed", "planned", "refused", "ended"]
# Lines of the same parties and words are one line when no more days than this lie between them.
_NEAR = 30
_PAPERS = re.compile(
    r"(?<!\w)(?:deals?|agreements?|treat(?:y|ies)|pacts?|accords?|contracts?|memorand(?:um|a|ums)|protocols?"
    r"|conventions?|declarations?|communiqu[eé]s?|joint statements?|settlements?|mou)(?!\w)",
    re.IGNORECASE,
)
# A document is the event's own when it is named this near to the word that carries the event.
_REACH = 60
_STAGES: dict[str, Stage] = {
    "AGREE": "agreed", "SUPPORT": "agreed", "COOPERATE": "agreed", "CONCEDE": "agreed",
    "REJECT": "refused", "SANCTION": "ended", "RETREAT": "ended",
}  # fmt: skip


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a view: who, toward whom, what, since when, on which words.

    Attributes:
        actors: Who undertakes, demands, agrees or warns.
        recipients: Toward whom; empty for a mutual act.
        event_type: Of the events behind it.
        matter: What it is about, in the report's words.
        amounts: Money, troops and the like.
        stage: For a deal: agreed, planned, refused or ended; else None.
        condition: For a warning: the if.
        consequence: For a warning: what is to follow.
        is_own_threat: For a warning: whether the actor threatens to do it, or somebody only says what
            would follow.
        sources: What it rests on, by day.
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
    condition: Span | None = None
    consequence: Span | None = None
    is_own_threat: bool | None = None


def find_pledges(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find what parties promised to do: cooperation that lies ahead, and yielding that lies ahead."""
    wanted = (s for s in events if _is_pledge(s.event))
    return _lines(wanted, functools.partial(_line, names=names))


def find_demands(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find what parties asked of others."""
    wanted = (s for s in events if s.event.event_type == "REQUEST" and _is_so(s.event))
    return _lines(wanted, functools.partial(_line, names=names))


def find_deals(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find agreements that have a document or an amount of money, and what became of them."""
    wanted = (s for s in events if _stage(s.event) is not None)

    def line(stored: StoredEvent) -> Line:
        return msgspec.structs.replace(_line(stored, names=names), stage=_stage(stored.event))

    return _lines(wanted, line)


def find_warnings(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find threats, and acts that somebody sets inside an if, with what is to follow."""
    wanted = (s for s in events if s.event.event_type == "THREATEN" or _is_supposed(s.event))
    return _lines(wanted, functools.partial(_warning, names=names))


def _warning(stored: StoredEvent, *, names: dict[str, str] | None) -> Line:
    event = stored.event
    return msgspec.structs.replace(
        _line(stored, names=names),
        condition=event.condition,
        consequence=event.consequence or (event.evidence if event.event_type == "THREATEN" else None),
        is_own_threat=event.event_type == "THREATEN",
    )


def _line(stored: StoredEvent, *, names: dict[str, str] | None) -> Line:
    event, source = stored.event, source_of(stored)
    return Line(
        actors=parties_of(event.actors, names), recipients=parties_of(event.recipients, names),
        event_type=event.event_type, matter=_matter(event),
        amounts=event.amounts, sources=(source,), first_day=source.day, last_day=source.day,
    )  # fmt: skip


def _matter(event: Event) -> str:
    """Return what an event is about: a single word hardly says it, so then the whole clause."""
    if event.issue is not None and len(matter_words(event.issue.text)) > 1:
        return event.issue.text
    return event.evidence.text


def _is_so(event: Event) -> bool:
    """Return True if an event is reported as more than a question: an undertaking may hang on an if."""
    return event.factuality != "unknown" and event.polarity == "positive"


def _is_pledge(event: Event) -> bool:
    return event.event_type in ("AGREE", "CONCEDE") and event.tense == "future" and _is_so(event)


def _is_supposed(event: Event) -> bool:
    return event.conditional and event.condition is not None and event.consequence is not None


def _stage(event: Event) -> Stage | None:
    """Return how far a deal is, or None for what is no deal."""
    stage = _STAGES.get(event.event_type)
    if stage is None or not _is_so(event) or event.conditional:
        return None
    has_money = any(amount.unit == "money" for amount in event.amounts)
    if not _names_paper(event) and not (has_money and event.event_type == "AGREE"):
        return None
    if stage == "agreed" and not event.recipients and len(event.actors) < 2:
        return None
    return "planned" if stage == "agreed" and event.tense == "future" else stage


def _names_paper(event: Event) -> bool:
    if event.issue is not None and _PAPERS.search(event.issue.text):
        return True
    at = event.trigger.start - event.evidence.start
    near = event.evidence.text[max(0, at - _REACH) : at + len(event.trigger.text) + _REACH]
    return _PAPERS.search(near) is not None


def _lines(events: Iterable[StoredEvent], line: Callable[[StoredEvent], Line]) -> list[Line]:
    """Make lines of events; those that tell the same within a month become one with all sources."""
    kept: dict[object, list[tuple[Line, frozenset[str]]]] = {}
    for stored in events:
        new = line(stored)
        words = matter_words(new.matter)
        key = (
            frozenset(p.id for p in new.actors), frozenset(p.id for p in new.recipients), new.event_type,
            new.stage, new.condition is None,
        )  # fmt: skip
        rows = kept.setdefault(key, [])
        for position, (old, known) in enumerate(rows):
            if tell_the_same(words, known) and _is_near(old, new) and same_amounts(old.amounts, new.amounts):
                rows[position] = (_joined(old, new), known)
                break
        else:
            rows.append((new, words))
    return sorted((row for rows in kept.values() for row, _ in rows), key=_place)


def _place(line: Line) -> tuple[dt.date, str, int]:
    return line.first_day or dt.date.max, line.sources[0].document_id, line.sources[0].start


def _is_near(old: Line, new: Line) -> bool:
    if old.first_day is None or old.last_day is None or new.first_day is None:
        return old.sources[0].document_id == new.sources[0].document_id
    return (old.first_day - new.first_day).days <= _NEAR and (new.first_day - old.last_day).days <= _NEAR


def _joined(old: Line, new: Line) -> Line:
    sources = in_order((*old.sources, *new.sources))
    first, last = first_and_last(sources)
    return msgspec.structs.replace(
        old, sources=sources, first_day=first, last_day=last, amounts=old.amounts or new.amounts
    )
