"""Positions: who is for or against what, by issue, each with the words it rests on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.analysis.disputes import is_denial
from dragoman.analysis.view_sources import (
    Party,
    ViewSource,
    first_and_last,
    in_order,
    is_told_firmly,
    matter_words,
    parties_of,
    source_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.knowledge.issues import IssueBook
    from dragoman.model.records import Event
    from dragoman.record.store import StoredEvent

Stance = Literal["for", "against"]
# What an act says of its matter when nothing in the matter turns it.
_STANCES: dict[str, Stance] = {
    "SUPPORT": "for", "AGREE": "for", "CONCEDE": "for", "REQUEST": "for",
    "REJECT": "against", "PROTEST": "against", "ACCUSE": "against",
}  # fmt: skip
# Without an issue of its own an act's evidence is looked at, if it is no longer than this.
_SHORT = 140
_FEWEST_WORDS = 2


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where a party stands on an issue.

    Attributes:
        actor: The party; those who speak for a state stand for it.
        issue: Id of a known issue, or None when the matter is only known in the report's words.
        matter: Name of the issue, or those words.
        stance: For or against.
        sources: What it rests on, by day.
        first_day: Day of the first.
        last_day: Day of the last.
    """

    actor: Party
    issue: str | None
    matter: str
    stance: Stance
    sources: tuple[ViewSource, ...]
    first_day: dt.date | None
    last_day: dt.date | None


class _Taken(msgspec.Struct, frozen=True):
    issue: str | None
    matter: str
    stance: Stance


def find_positions(
    events: Iterable[StoredEvent], *, issues: IssueBook, names: dict[str, str] | None = None
) -> list[Position]:
    """Find who stands where.

    Support, agreement and demands stand for their matter; refusals, protests and criticism against it.
    A matter named by its opposite ("reunification", "not be included") turns the stance. A threat stands
    against what it is to prevent. Denials, ifs and what is only possible take no side.

    Args:
        events: Events of a record, in any order.
        issues: The issues to look for.
        names: Names of states by code, for showing.

    Returns:
        Positions by actor, known issues first, then by matter and stance.
    """
    found: dict[tuple[str, object, Stance], list[tuple[Party, _Taken, ViewSource]]] = {}
    for stored in events:
        for taken in _taken(stored.event, issues):
            key = taken.issue or matter_words(taken.matter)
            for party in parties_of(stored.event.actors, names):
                held = (party, taken, source_of(stored))
                found.setdefault((party.id, key, taken.stance), []).append(held)
    positions = [_position(rows) for rows in found.values()]
    return sorted(positions, key=lambda p: (p.actor.id, p.issue is None, p.matter.lower(), p.stance))


def _position(rows: list[tuple[Party, _Taken, ViewSource]]) -> Position:
    party, taken, _ = rows[0]
    sources = in_order(source for _, _, source in rows)
    first, last = first_and_last(sources)
    return Position(
        actor=party, issue=taken.issue, matter=taken.matter, stance=taken.stance, sources=sources,
        first_day=first, last_day=last,
    )  # fmt: skip


def _taken(event: Event, issues: IssueBook) -> Iterator[_Taken]:
    """Yield the sides that an event takes."""
    if event.event_type == "THREATEN":
        yield from _prevented(event, issues)
        return
    stance = _STANCES.get(event.event_type)
    if stance is None or not is_told_firmly(event) or is_denial(event):
        return
    if event.event_type == "ACCUSE" and event.event_mode != "disapprove":
        return
    if "+REJECT/" in event.rule:
        # "Ready to resist sanctions": the matter is the resisting itself, which they are for.
        stance = "for"
    if event.issue is None:
        match = issues.match(event.evidence.text) if len(event.evidence.text) <= _SHORT else None
        if match:
            yield _Taken(match.issue.id, match.issue.name, _turned(stance, match.is_turned))
        return
    match = issues.match(event.issue.text)
    if match:
        yield _Taken(match.issue.id, match.issue.name, _turned(stance, match.is_turned))
    elif _names_its_matter(event):
        yield _Taken(None, event.issue.text, stance)


def _names_its_matter(event: Event) -> bool:
    """Return True if the words of an issue that is not known are telling enough to stand for it."""
    plain = event.event_type in ("SUPPORT", "REJECT") and "+REJECT/" not in event.rule
    return plain and event.issue is not None and len(matter_words(event.issue.text)) >= _FEWEST_WORDS


def _prevented(event: Event, issues: IssueBook) -> Iterator[_Taken]:
    if event.condition is None or (event.tense == "past" and event.factuality == "unknown"):
        return
    match = issues.match(event.condition.text)
    if match:
        unless = event.condition.text.lower().startswith("unless")
        stance: Stance = "for" if unless else "against"
        yield _Taken(match.issue.id, match.issue.name, _turned(stance, match.is_turned))


def _turned(stance: Stance, is_turned: bool) -> Stance:
    if not is_turned:
        return stance
    return "against" if stance == "for" else "for"
