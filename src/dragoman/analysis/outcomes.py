"""What became of pledges: kept or broken when later events say so, else open.

Nothing is inferred from silence: a pledge of which no later event tells is open, and so is a pledge not to do
something as long as nobody is reported to have done it.
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

# A later event tells of a pledge when so large a share of the words of the shorter is in the other.
_SAME_WORDS, _FEWEST_SHARED = 0.6, 2
# Events later than this are about something else.
_MOST_DAYS = 730
# What is only said keeps no pledge.
_WORDS_ALONE = frozenset({"REQUEST", "REJECT", "THREATEN", "ACCUSE", "PROTEST", "INVESTIGATE"})
# An act of these types keeps a pledge even if another verb reports it: "will provide", "delivered".
_COOPERATION = frozenset({"verbal_cooperation", "material_cooperation"})
# Between "broke" and "promise" stands whose promise it is; a name would be somebody else's.
_OWN = re.compile(r"\W*(?:(?:on|from|of)\s+)?(?:its|their|his|her|an?|the|that|this)\s+(?:[a-z]+\s+){0,2}$")


class _Told(NamedTuple):
    """A later event that may tell what became of a pledge."""

    stored: StoredEvent
    day: dt.date
    parties: frozenset[str]
    words: frozenset[str]
    verb: str
    says: str


def with_outcomes(pledges: Iterable[Line], events: Iterable[StoredEvent]) -> list[Line]:
    """Return pledges with what became of them: `outcome` and `outcome_sources`.

    A pledge is kept by a later act of those who made it, in the same words: with the same verb, or with
    another one if the act is cooperation. It is broken by such an act if it was a pledge not to act, by their
    refusal to do it, and by a report that they broke or withdrew it. The act must not have other recipients
    or contradict the amounts. A report of a breach outweighs one of an act.

    Args:
        pledges: As `undertakings.find_pledges` gives them.
        events: Events of the record, in any order.
    """
    lines = list(pledges)
    by_party = _by_party({party.id for line in lines for party in line.actors}, events) if lines else {}
    return [_with_outcome(line, by_party) for line in lines]


def _by_party(acting: set[str], events: Iterable[StoredEvent]) -> dict[str, list[_Told]]:
    """Return what may tell of a pledge, by the parties that act in it."""
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
        # What is refused or broken stands behind the word; of an act, all words but those of who acts count.
        words = at.after if says in ("refused", "broken") else f"{at.before} {at.word} {at.after}"
        told = _Told(
            stored, day, frozenset(party.id for party in parties_of(targets(event))),
            _words(words, named=(ref.text for ref in event.actors)), base_form(at.word), says,
        )  # fmt: skip
        for party in by:
            found.setdefault(party, []).append(told)
    return found


def _says(event: Event) -> str | None:
    """Return what an event may tell of a pledge: acted, refused, broken; None if nothing."""
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
    """Return True for "broke its promise", whichever of the two words carries the event."""
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
    """Return True if an event is about what a pledge is about."""
    shared = words & told.words
    if len(shared) < _FEWEST_SHARED or len(shared) / min(len(words), len(told.words)) < _SAME_WORDS:
        return False
    # "Sent wheat to Rohan" does not keep a promise of troops: more than the verb and names is shared.
    telling = words - named - {*_verbs(line)[:1]}
    if not (shared & telling if telling else shared - named):
        return False
    toward = {party.id for party in line.recipients}
    if toward and told.parties and not toward & told.parties:
        return False
    return same_amounts(line.amounts, told.stored.event.amounts)


def _outcome(told: _Told, line: Line) -> str | None:
    """Return what an event about the matter of a pledge makes of it."""
    if told.says in ("refused", "broken"):
        return None if line.is_negative else "broken"
    same_verb = told.verb in _verbs(line)
    if line.is_negative:
        return "broken" if same_verb else None
    return "kept" if same_verb or told.stored.event.quad_class in _COOPERATION else None


def _verbs(line: Line) -> tuple[str, ...]:
    """Return the words of which one may be the verb of what was promised: the first that tell something."""
    names = {word for party in line.actors for word in telling_words(party.name)}
    found = [word for word in telling_words(line.matter) if word not in names and not _is_promise(word)]
    return tuple(base_form(word) for word in found[:2])


def _is_promise(word: str) -> bool:
    return is_in("pledge_nouns", word) or is_in("futures", f"{word} to")


def _words(text: str, *, named: Iterable[str]) -> frozenset[str]:
    """Return the base forms of the words that say something, without names, numbers, words of promising."""
    left_out = {word for name in named for word in telling_words(name)}
    return frozenset(
        base_form(word)
        for word in telling_words(text)
        if word not in left_out and not word.isdigit() and not _is_promise(word)
    )
