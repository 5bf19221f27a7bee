"""Outcomes of pledges: kept or broken if later events say so, else open.

Nothing is inferred from missing reports: a pledge that no later event mentions is open, and so is a pledge
not to act as long as no such act is reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.analysis.assertions import Assertion, any_in, assertion_of, doers, first, has, is_in, targets
from dragoman.analysis.disputes import is_denial
from dragoman.analysis.view_sources import (
    day_of,
    in_order,
    is_told_firmly,
    parties_of,
    same_amounts,
    source_of,
    telling_words,
)
from dragoman.knowledge.verb_forms import base_form

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from dragoman.analysis.view_lines import Line
    from dragoman.model.records import Event
    from dragoman.record.store import StoredEvent

# A later event refers to a pledge if at least this share of the words of the shorter is in the other.
_SAME_WORDS, _FEWEST_SHARED = 0.6, 2
# Events more than this many days later are assumed to be unrelated.
_MOST_DAYS = 730
# Statements do not keep a pledge.
_WORDS_ALONE = frozenset({"REQUEST", "REJECT", "THREATEN", "ACCUSE", "PROTEST", "INVESTIGATE"})
# An act of these types keeps a pledge even if another verb reports it: "will provide", "delivered".
_COOPERATION = frozenset({"verbal_cooperation", "material_cooperation"})
# The possessor between "broke" and "promise" owns the promise; a name would be another party.
_OWN = re.compile(r"\W*(?:(?:on|from|of)\s+)?(?:its|their|his|her|an?|the|that|this)\s+(?:[a-z]+\s+){0,2}$")


class _Told(NamedTuple):
    """A later event that may decide the outcome of a pledge."""

    stored: StoredEvent
    day: dt.date
    parties: frozenset[str]
    words: frozenset[str]
    verb: str
    says: str


def with_outcomes(pledges: Iterable[Line], events: Iterable[StoredEvent]) -> list[Line]:
    """Return pledges with their `outcome` and `outcome_sources`.

    A pledge is kept by a later act of its makers, in the same words: with the same verb, or with another one
    if the act is cooperation. It is broken by such an act if it was a pledge not to act, by a refusal to act,
    and by a report that they broke or withdrew it. The act must not have other recipients or contradict the
    amounts. A report of a breach outweighs one of an act.

    Args:
        pledges: As returned by `undertakings.find_pledges`.
        events: Events of the record, in any order.
    """
    lines = list(pledges)
    by_party = _by_party({party.id for line in lines for party in line.actors}, events) if lines else {}
    return [_with_outcome(line, by_party) for line in lines]


def _by_party(acting: set[str], events: Iterable[StoredEvent]) -> dict[str, list[_Told]]:
    """Return the events that may refer to a pledge, by their actors."""
    found: dict[str, list[_Told]] = {}
    for stored in events:
        event = stored.event
        by = {party.id for party in parties_of(event.actors)} & acting
        day = day_of(stored)
        says = _says(event) if by and day is not None else None
        if says is None or day is None:
            continue
        at = assertion_of(event)
        by &= {party.id for party in parties_of(doers(event))}
        # What is refused or broken follows the trigger; for an act, all words except the actors' count.
        words = at.after if says in ("refused", "broken") else f"{at.before} {at.word} {at.after}"
        told = _Told(
            stored, day, frozenset(party.id for party in parties_of(targets(event))),
            _words(words, named=(ref.text for ref in event.actors)), base_form(at.word), says,
        )  # fmt: skip
        for party in by:
            found.setdefault(party, []).append(told)
    return found


def _says(event: Event) -> str | None:
    """Return what an event may report about a pledge: acted, refused, broken; None if nothing."""
    if event.polarity != "positive" or not is_told_firmly(event) or is_denial(event):
        return None
    at = assertion_of(event)
    if at.is_supposed or at.follows_other_noun:
        return None
    if _is_breach(at):
        return "broken"
    if event.event_type == "REJECT":
        return "refused" if any_in(("refusing", "deals_refused"), at.word) and not at.is_negated else None
    if at.is_negated or event.tense == "future" or event.event_type in _WORDS_ALONE:
        return None
    return "acted"


def _is_breach(at: Assertion) -> bool:
    """Return True for "broke its promise", whichever of the two words is the trigger."""
    text = f"{at.before}{at.word}{at.after}"
    broken = first("pledge_broken", text)
    if (
        broken is None
        or has("negators", text[: broken.start()])
        or has("suppositions", text[: broken.start()])
    ):
        return False
    pledge = first("pledge_nouns", text[broken.end() :])
    return pledge is not None and _OWN.fullmatch(text[broken.end() :][: pledge.start()]) is not None


def _with_outcome(line: Line, by_party: dict[str, list[_Told]]) -> Line:
    words = _words(line.matter, named=(party.name for party in line.actors))
    named = _words(" ".join(party.name for party in line.recipients), named=())
    sources: dict[str, list[StoredEvent]] = {"kept": [], "broken": []}
    own = {source.event_id for source in line.sources}
    for told in _all_told(line, by_party):
        if (
            told.stored.event.id in own
            or not _is_later(told, line)
            or not _tells_of(told, line, words, named)
        ):
            continue
        outcome = _outcome(told, line)
        if outcome is not None:
            sources[outcome].append(told.stored)
    for outcome in ("broken", "kept"):
        if sources[outcome]:
            found = in_order(source_of(stored) for stored in sources[outcome])
            return msgspec.structs.replace(line, outcome=outcome, outcome_sources=found)
    return msgspec.structs.replace(line, outcome="open", outcome_sources=())


def _all_told(line: Line, by_party: dict[str, list[_Told]]) -> Sequence[_Told]:
    found = {told.stored.event.id: told for party in line.actors for told in by_party.get(party.id, ())}
    return list(found.values())


def _is_later(told: _Told, line: Line) -> bool:
    return line.first_day is not None and 0 < (told.day - line.first_day).days <= _MOST_DAYS


def _tells_of(told: _Told, line: Line, words: frozenset[str], named: frozenset[str]) -> bool:
    """Return True if an event concerns the matter of a pledge."""
    shared = words & told.words
    if len(shared) < _FEWEST_SHARED or len(shared) / min(len(words), len(told.words)) < _SAME_WORDS:
        return False
    # "Sent wheat to Rohan" does not keep a promise of troops: more than the verb and names must be shared.
    telling = words - named - {*_verbs(line)[:1]}
    if not (shared & telling if telling else shared - named):
        return False
    toward = {party.id for party in line.recipients}
    if toward and told.parties and not toward & told.parties:
        return False
    return same_amounts(line.amounts, told.stored.event.amounts)


def _outcome(told: _Told, line: Line) -> str | None:
    """Return the outcome that an event about the matter of a pledge gives it."""
    if told.says in ("refused", "broken"):
        return None if line.is_negative else "broken"
    same_verb = told.verb in _verbs(line)
    if line.is_negative:
        return "broken" if same_verb else None
    return "kept" if same_verb or told.stored.event.quad_class in _COOPERATION else None


def _verbs(line: Line) -> tuple[str, ...]:
    """Return the candidates for the verb of the promised act: the first content words."""
    names = {word for party in line.actors for word in telling_words(party.name)}
    found = [word for word in telling_words(line.matter) if word not in names and not _is_promise(word)]
    return tuple(base_form(word) for word in found[:2])


def _is_promise(word: str) -> bool:
    return is_in("pledge_nouns", word) or is_in("futures", f"{word} to")


def _words(text: str, *, named: Iterable[str]) -> frozenset[str]:
    """Return the base forms of the content words, without names, numbers and words of promising."""
    left_out = {word for name in named for word in telling_words(name)}
    return frozenset(
        base_form(word)
        for word in telling_words(text)
        if word not in left_out and not word.isdigit() and not _is_promise(word)
    )
