"""Sanctions: sender, target and measure; imposed, eased, threatened, planned, called for or opposed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.assertions import Assertion, assertion_of, doers, first, has, is_in, targets
from dragoman.analysis.view_lines import Line, joined_lines, line_of
from dragoman.analysis.view_sources import is_told_firmly, own_party, parties_of
from dragoman.model.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.analysis.view_lines import Stage
    from dragoman.analysis.view_sources import Party
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.store import StoredEvent

# The types that sanctions can be coded as, depending on the codebook.
TYPES = (
    "COERCE", "SANCTION", "RETREAT", "THREATEN", "REQUEST", "AGREE", "REJECT", "SUPPORT", "CONCEDE", "ACCUSE",
    "AID", "PROTEST", "COOPERATE",
)  # fmt: skip
# Maximum distance between the trigger and a measure that follows it.
_REACH = 75
_BEFORE = 40
_PLANNED = re.compile(
    r"\b(?:will|would|shall|plans?|intends?|to|going|agreed|agrees?|pledg\w+|promis\w+|vow\w+)\W+(?:\w+\W+){0,2}$",
    re.I,
)
_EXEMPT = re.compile(
    r"[\s-]*(?:exemptions?|relief|waivers?|rates?\s+cut|negotiations?|talks)\b", re.IGNORECASE
)
_IMPOSED = re.compile(r"[\s,]*(?:that\s+\w+\s+)?(?:imposed|introduced|announced|levied)\b", re.IGNORECASE)
_TO_EASE = re.compile(r"\b(?:to|will|would|shall)\b", re.IGNORECASE)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|new|further|more|of|over|and|on|to|under|about|against|potential|[\w.]+['’]s)\s+)$",
    re.IGNORECASE,
)
_SUBJECT_VERB = re.compile(r"\s+(?:the|an?|[A-Z])")
# Maximum distance between a noun that names a measure and the party that takes it.
_AT_HAND = 30
_TALKED_OF = frozenset({"called for", "supported", "opposed", "easing called for", "easing opposed"})
_DONE = ("COERCE", "SANCTION")
_ASKING = ("REQUEST", "SUPPORT", "ACCUSE", "AGREE")
_OPPOSING = ("REJECT", "ACCUSE", "PROTEST", "SUPPORT")


def find_sanctions(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find sanctions, embargoes, tariffs, bans and so on, whatever type the codebook gives them."""
    found = []
    for stored in events:
        event = stored.event
        if event.event_type not in TYPES or event.factuality == "unknown":
            continue
        at = assertion_of(event)
        measure = _measure(at)
        stage = _stage(at, measure) if measure is not None else None
        if measure is None or stage is None or not _is_at_hand(at):
            continue
        line = line_of(stored, names=names, recipients=_hit(event, measure, stage, names))
        if line.actors:
            found.append(
                msgspec.structs.replace(line, stage=stage, measure=measure, matter=event.evidence.text)
            )
    return joined_lines(found)


def _hit(event: Event, measure: Span, stage: Stage, names: dict[str, str] | None) -> tuple[Party, ...]:
    """Return the targets of a measure: persons as individuals, and no party of the actors' own country.

    For measures that are only discussed, return parties after the measure's words: a party that takes the
    measure, or is asked to, is not a target.
    """
    own = {ref.country for ref in doers(event) if ref.country is not None}
    foreign = [ref for ref in targets(event) if ref.country is None or ref.country not in own]
    if stage in _TALKED_OF:
        foreign = [ref for ref in foreign if measure.end <= ref.start < event.evidence.end]
    hit = [p for ref in foreign for p in (parties_of((ref,), names) if _is_state(ref) else (own_party(ref),))]
    return tuple({party.id: party for party in hit}.values())


def _is_state(ref: ActorRef) -> bool:
    return ref.kind in ("state", "territory")


def _is_at_hand(at: Assertion) -> bool:
    """Return False if a bare noun names the measure and no party nearby does: "talks on the sanctions"."""
    is_noun = is_in("measures", at.word) and _NOUN_BEFORE.search(at.before) is not None
    if not is_in("measures", at.word) or (not is_noun and _SUBJECT_VERB.match(at.after)):
        return True
    event = at.event
    return any(
        -_AT_HAND <= event.trigger.start - ref.end <= _AT_HAND
        or 0 <= ref.start - event.trigger.end <= _AT_HAND
        for ref in doers(event)
    )


def _measure(at: Assertion) -> Span | None:
    """Return the words that name the measure: the trigger itself, or words shortly after it."""
    start = at.event.trigger.start
    near = f"{at.word}{at.after[:_REACH]}"
    found = first("measures", near)
    if found is not None and has("adjuncts", near[len(at.word) : found.start()]):
        return None
    if found is None and at.is_passive:
        near = at.before[-_REACH:]
        start -= len(near)
        found = first("measures", near)
    if found is None or has("not_measures", near) or _EXEMPT.match(near[found.end() :]):
        return None
    return Span(start + found.start(), start + found.end(), found[0])


def _stage(at: Assertion, measure: Span) -> Stage | None:
    """Return the stage of a measure, from the trigger and the words before the measure."""
    event = at.event
    gap = at.after[: max(0, measure.start - event.trigger.end)]
    if at.is_negated or at.is_supposed or not _is_told(event) or has("about", gap):
        return None
    eased = has("lasting", gap)
    if is_in("calling_for", at.word) and event.event_type in _ASKING:
        return _asked_for(event, eased=eased)
    if is_in("opposing", at.word) and event.event_type in _OPPOSING:
        return "easing opposed" if eased else "opposed"
    # "Vowed to lift the embargo" is no threat.
    if is_in("threatening", at.word) or (has("threatening", at.before[-_BEFORE:]) and not _eases(at)):
        return None if eased else "threatened"
    if event.event_type == "REJECT":
        return None
    return _done(at, _is_ahead(at, gap, eased=eased), eased=eased)


def _asked_for(event: Event, *, eased: bool) -> Stage:
    if eased:
        return "easing called for"
    return "supported" if event.event_type == "SUPPORT" else "called for"


def _is_ahead(at: Assertion, gap: str, *, eased: bool) -> bool:
    """Return True for a future act: "will impose", "signed a deal to lift"."""
    if eased and _TO_EASE.search(gap):
        return True
    if _IMPOSED.match(at.after):
        return False
    return at.event.tense == "future" or _PLANNED.search(at.before[-_BEFORE:]) is not None


def _done(at: Assertion, ahead: bool, *, eased: bool) -> Stage | None:
    """Return the stage of a measure that is taken or eased, now or later."""
    if eased or _eases(at):
        return "easing planned" if ahead else "eased"
    if at.event.event_type == "THREATEN":
        if not is_in("imposing", at.word):
            return None
        return "planned" if ahead else "threatened"
    if not is_in("imposing", at.word) and not is_in("measures", at.word):
        return None
    if ahead:
        return "planned"
    return "imposed" if at.event.event_type in _DONE else None


def _eases(at: Assertion) -> bool:
    """Return True for "lifted the embargo"; "suspended exports" restricts and "cut tariffs" eases."""
    return is_in("easing", at.word) and at.event.event_type not in ("SANCTION", "THREATEN", "REQUEST")


def _is_told(event: Event) -> bool:
    return is_told_firmly(event) or (event.event_type == "THREATEN" and event.factuality != "unknown")
