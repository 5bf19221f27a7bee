"""Positions: who is for or against what, by issue, each with its sources."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.analysis.assertions import Assertion, assertion_of, count, doers, first, has, is_in
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
    from collections.abc import Iterable

    from dragoman.knowledge.issues import IssueBook, Match
    from dragoman.model.records import Event
    from dragoman.record.store import StoredEvent

Stance = Literal["for", "against"]
# Types whose triggers express a stance.
TYPES = ("SUPPORT", "AGREE", "CONCEDE", "REQUEST", "REJECT", "PROTEST", "ACCUSE")
_ATTITUDES = frozenset({"SUPPORT", "REJECT", "PROTEST", "ACCUSE"})
# Modes of accusing a party of an act, which express no stance on a matter.
_ALLEGING = frozenset({"allege"})
# Maximum distance between a matter and its stance.
_FARTHEST = 90
_CLAUSE_END = re.compile(r"[;:!?]|\.\s|,\s+(?:and\s+)?(?:\w+ed|\w+ing|which|who)\b")
_BY = re.compile(r"\W*(?:\w+\s+){0,2}by\b", re.IGNORECASE)
# Leading words that a matter in its own words does not need: "ruled out the plan".
_OPENING = re.compile(r"^(?:out|down|off)\s+|^(?:the|an?)\s+", re.IGNORECASE)
_FEWEST_WORDS = 2
# Maximum distance between the verb and the noun after it: "voiced its strong opposition".
_NOUN_REACH = 40


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """The position of a party on an issue.

    Attributes:
        actor: The party; speakers for a state count as the state.
        issue: Id of a known issue, or None if the matter is only known in the report's words.
        matter: Name of the issue, or those words.
        stance: For or against.
        sources: Its sources, by day.
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
    """Find the positions of parties on issues.

    The trigger gives the stance (support, a call, an agreement: for; a refusal, a protest, criticism:
    against). Each reversing word between it and its matter reverses it ("an end to", "not be included"), and
    so does a matter named by its opposite ("reunification"). Denials, conditions, refusals to condemn, talks
    about a matter and mere possibilities express no stance.

    Args:
        events: Events of a record, in any order.
        issues: The issues to look for.
        names: Names of states by code, for display.

    Returns:
        Positions by actor, known issues first, then by matter and stance.
    """
    found: dict[tuple[str, object, Stance], list[tuple[Party, _Taken, ViewSource]]] = {}
    for stored in events:
        taken = _taken(stored.event, issues)
        if taken is None:
            continue
        key = taken.issue or matter_words(taken.matter)
        for party in parties_of(doers(stored.event), names):
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


def _taken(event: Event, issues: IssueBook) -> _Taken | None:
    """Return the position that an event expresses; None if it expresses none."""
    at = assertion_of(event)
    if event.event_type not in TYPES or not is_told_firmly(event) or is_denial(event):
        return None
    if at.is_negated or at.is_supposed or at.follows_other_noun:
        return None
    if event.event_mode in _ALLEGING and not is_in("stances_for", at.word):
        return None
    at, stance = _stance_of(at)
    if stance is None:
        return None
    match, gap = _match(at, issues)
    if match is not None:
        if _is_open(gap, at):
            return None
        turned = match.is_opposite != bool(count("turns", gap) % 2)
        return _Taken(match.issue.id, match.issue.name, _turned(stance, turned))
    return _in_own_words(at, stance)


def _stance_of(at: Assertion) -> tuple[Assertion, Stance | None]:
    """Return the stance of a word, and the clause split at the word that has it: "voiced its opposition"."""
    if is_in("stances_for", at.word):
        return at, "for"
    if is_in("stances_against", at.word):
        return at, "against"
    if is_in("expressing", at.word):
        stances: tuple[tuple[str, Stance], ...] = (("nouns_for", "for"), ("nouns_against", "against"))
        for name, stance in stances:
            noun = first(name, at.after[:_NOUN_REACH])
            if noun is not None and not has("negators", at.after[: noun.start()]):
                return at._replace(word=noun[0], after=at.after[noun.end() :]), stance
    return at, None


def _match(at: Assertion, issues: IssueBook) -> tuple[Match | None, str]:
    """Return the issue of the stance, and the words between the two."""
    match = issues.match(at.after)
    if match is not None:
        return match, at.after[: match.start]
    if at.is_passive and _BY.match(at.after):
        match = issues.match(at.before)
        if match is not None:
            # "An end to the sanctions was demanded by": the words before the matter reverse the stance.
            return match, at.before[: match.start]
    return None, ""


def _is_open(gap: str, at: Assertion) -> bool:
    """Return True if the words before a matter leave the stance open."""
    if len(gap) > _FARTHEST or _CLAUSE_END.search(gap) or has("adjuncts", gap) or has("neutral", gap):
        return True
    return is_in("refusing", at.word) and has("unsaid_after_refusal", gap)


def _in_own_words(at: Assertion, stance: Stance) -> _Taken | None:
    """Return a position on a matter that is not a known issue, if its words are informative enough."""
    issue = at.event.issue
    if (
        issue is None
        or not is_in("attitudes", at.event.trigger.text)
        or len(matter_words(issue.text)) < _FEWEST_WORDS
    ):
        return None
    if at.event.event_type not in _ATTITUDES or issue.start < at.event.trigger.end:
        return None
    between = at.after[: max(0, issue.start - at.event.trigger.end)]
    if _is_open(between, at) or count("turns", between):
        return None
    if any(ref.start <= issue.start and issue.end <= ref.end for ref in at.event.recipients):
        # "Backs Arnor": a supported party is not a matter.
        return None
    whole = f"{between.strip()} {issue.text}".strip()
    return _Taken(None, _OPENING.sub("", whole), stance)


def _turned(stance: Stance, is_turned: bool) -> Stance:
    if not is_turned:
        return stance
    return "against" if stance == "for" else "for"
