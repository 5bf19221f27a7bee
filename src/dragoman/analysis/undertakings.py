"""Pledges, demands and deals: what parties undertake or demand, each with its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.assertions import (
    Assertion,
    any_in,
    assertion_of,
    doers,
    first,
    has,
    is_in,
    targets,
    words_to,
)
from dragoman.analysis.disputes import is_denial
from dragoman.analysis.outcomes import with_outcomes
from dragoman.analysis.view_lines import Line, joined_lines, line_of
from dragoman.analysis.view_sources import is_told_firmly, matter_words, parties_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.analysis.view_lines import Stage
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.store import StoredEvent

# Maximum distance between the trigger and a document that is the event's own.
_REACH = 60
# Maximum distance between a word and its complement: "called for", "broke its promise".
_OPENING = 28
_NEAR_BEFORE = 40
_NOT = re.compile(r"\b(?:not|never|no longer|nor)\b|n[’']t\b", re.IGNORECASE)
# No addressee of a demand follows these words: "urged Arnor to attack Gondor", "talks with".
_FARTHER = re.compile(
    r"\b(?:to\s+[\"'‘’“]?(?!the\b|[A-Z])\w+|against|with|between|in|at|over|about|on\s+(?=\w+\s+on)|"
    r"(?:sanctions?|embargo|ban|measures|pressure|tariffs?)\s+on)\b|(?<=\w)\s+of\b|\bthat\s+\w+\s+\w+\s+\w+",
)
_TO_BE = re.compile(r"[^.;]{0,20}?\s+(?:to\s+)?(?:\w+ly\s+)?be\s", re.IGNORECASE)
_WORDS = re.compile(r"[\w'’-]+")
_FROM = re.compile(r"(?:by|from|on)\b|(?:any|every)(?:one|body)\b|people\W*$", re.IGNORECASE)
_CONTENT = re.compile(r"\b(?:to|for|that|not|stop|end|of|hold|against)\b|(?<=\w)\s+from\b", re.IGNORECASE)
_WILL_NOT = re.compile(
    r"\s*(?:that\s+)?(?:[\w'’.-]+\s+){0,4}?(?:would|will|shall)\s+(?:not|never|no longer)\b", re.IGNORECASE
)
_WOULD = re.compile(r"(?:\bwould|['’]d)\s+$", re.IGNORECASE)
_OBLIGED = re.compile(r"\b(?:must|should|needs? to|has to|have to|ought to)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_SIGN = re.compile(
    r"\s+to\s+(?:sign|reach|conclude|finali[sz]e|negotiate|ratify|draft|seek|join)\w*", re.IGNORECASE
)
_KNOWN = re.compile(r"(?:\b(?:its|their|his|her|the|this|that)\s+|['’]s\s+)(?:\w+\s+){0,2}$", re.IGNORECASE)
_AGREEING = ("AGREE", "SUPPORT", "COOPERATE", "CONCEDE", "AID", "CONSULT", "RETREAT")
_UNDOING = ("SANCTION", "RETREAT", "REJECT", "COERCE")
DEAL_TYPES = (*_AGREEING, "SANCTION", "REJECT", "COERCE")


def find_pledges(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find what parties promised to do, or not to do, and the outcome if later events report it."""
    found, kept = [], list(events)
    for stored in kept:
        if not _is_pledge(stored.event):
            continue
        line = line_of(stored, names=names)
        if not line.actors:
            continue
        if _is_promised_not(assertion_of(stored.event)):
            matter = _behind_not(line.matter)
            line = msgspec.structs.replace(line, is_negative=True, matter=matter)
        found.append(line)
    return with_outcomes(joined_lines(found), kept)


def find_demands(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find what parties demanded of others."""
    found = []
    for stored in events:
        if _is_demand(stored.event):
            asked = tuple(ref for ref in targets(stored.event) if _is_asked(ref, stored.event))
            matter = _demanded(stored.event)
            line = line_of(stored, names=names, recipients=parties_of(asked, names))
            if matter is not None:
                found.append(msgspec.structs.replace(line, matter=matter))
    return joined_lines(line for line in found if line.actors)


def find_deals(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find agreements that have a document, or money and two parties, and their stage."""
    found = []
    for stored in events:
        stage = _stage(stored.event)
        line = line_of(stored, names=names)
        if stage is not None and line.actors:
            # "A deal with Arnor on Monday": an issue that names no deal is not what was agreed.
            matter = line.matter if has("papers", line.matter) else stored.event.evidence.text
            found.append(msgspec.structs.replace(line, stage=stage, matter=matter))
    return joined_lines(found)


def _is_so(event: Event) -> bool:
    """Return True if an event is reported as more than a question; an undertaking may be conditional."""
    return event.factuality != "unknown" and event.polarity == "positive"


def _is_pledge(event: Event) -> bool:
    if event.event_type not in ("AGREE", "CONCEDE") or not _is_so(event):
        return False
    at = assertion_of(event)
    lead = at.before[-_NEAR_BEFORE:]
    broken = first("broken", lead)
    if broken is not None and is_in("promises", at.word):
        # "Would never abandon its commitment" is a pledge not to act; "broke its promise" is not a pledge.
        return _NOT.search(lead[: broken.start()]) is not None and has("futures", lead[: broken.start()])
    if broken is not None or at.follows_other_noun:
        return False
    if is_in("promises", at.word):
        # "Did not promise", "refused to offer"; a promise that was broken or turned down.
        harm = first("harms", at.after[:_REACH])
        if at.is_negated or (harm is not None and not has("turns", at.after[: harm.start()])):
            return False
        return event.tense == "future" or event.event_type == "CONCEDE"
    if not has("futures", lead) or has("harms", f"{at.word} {at.after[:20]}"):
        return False
    inside = any(event.evidence.start <= ref.start < event.trigger.start for ref in doers(event))
    return event.tense == "future" and inside and _is_own(event)


def _is_own(event: Event) -> bool:
    """Return True if the future actor is the speaker, or no other speaker is named."""
    acting = {party.id for party in parties_of(doers(event))}
    saying = {party.id for party in parties_of(event.speaker)}
    return not saying or bool(acting & saying)


def _is_promised_not(at: Assertion) -> bool:
    """Return True for a promise not to do something: "will never abandon", "promised not to attack"."""
    if is_in("promises", at.word):
        broken = first("broken", at.before[-_NEAR_BEFORE:])
        if broken is not None:
            return True
        return _NOT.match(at.after.lstrip()) is not None or _WILL_NOT.match(at.after) is not None
    return _NOT.search(at.before[-_NEAR_BEFORE:]) is not None


def _demanded(event: Event) -> str | None:
    """Return what is demanded, the words after the demanding word; None if they do not name it."""
    at = assertion_of(event)
    if at.is_passive and not _CONTENT.search(at.after):
        return at.before.strip() or None
    words = at.after.strip() if is_in("demands", at.word) else f"{at.word}{at.after}".strip()
    telling = [word for word in _WORDS.findall(words) if not is_in("demands", word)]
    if not matter_words(" ".join(telling)):
        return None
    # "Urged its allies", "a request from Arnor": the sender or addressee is not what is demanded.
    names_party = any(event.trigger.end <= ref.start < event.evidence.end for ref in event.recipients)
    if (names_party or _FROM.match(words)) and not _CONTENT.search(words):
        return None
    return words


def _is_asked(ref: ActorRef, event: Event) -> bool:
    """Return True for the addressee of a demand, not for a party it is about, with or against.

    The addressee precedes a passive or "must", or follows the trigger with only names and titles between.
    """
    if not event.evidence.start <= ref.start < event.evidence.end:
        return False
    if ref.start < event.trigger.end:
        at = assertion_of(event)
        return at.is_passive or _OBLIGED.search(at.before) is not None
    behind = event.evidence.text[ref.end - event.evidence.start :]
    return _FARTHER.search(words_to(ref, event)) is None and _TO_BE.match(behind) is None


def _behind_not(matter: str) -> str:
    """Return the act that is promised not to be done: "attack Rohan" of "not to attack Rohan"."""
    found = _NOT.search(matter)
    words = matter[found.end() :] if found else matter
    return words.strip().removeprefix("to ")


def _is_demand(event: Event) -> bool:
    if event.event_type != "REQUEST" or not is_told_firmly(event):
        return False
    at = assertion_of(event)
    if at.is_negated or at.is_supposed or at.follows_other_noun or _WOULD.search(at.before):
        return False
    known = {ref.id for ref in event.speaker}
    if event.carried_by == "model" and not any(
        ref.start >= event.evidence.start or ref.id in known for ref in doers(event)
    ):
        return False
    near = f"{at.word}{at.after[:_OPENING]}"
    if has("demand_never", near):
        return False
    said = is_in("demands", at.word) or has("demands", at.before[-_OPENING:])
    opened = not is_in("demand_needs_opener", at.word) or has("demand_openers", at.after[:_REACH])
    return said and opened


def _stage(event: Event) -> Stage | None:
    """Return the stage of a deal, or None if it is not a deal."""
    if not is_told_firmly(event):
        return None
    at = assertion_of(event)
    has_money = any(amount.unit == "money" for amount in event.amounts)
    mutual = len({ref.id for ref in doers(event)}) > 1
    named = _names_paper(at)
    if not named and not (has_money and mutual and event.event_type == "AGREE"):
        return None
    if event.event_type in _UNDOING and any_in(("deals_ended", "deals_refused"), at.word):
        return _undone(event, at)
    if event.event_type not in _AGREEING or not is_in("deals_made", at.word):
        return None
    if (
        at.is_negated
        or at.is_supposed
        or has("deals_wanted", f"{at.before[-_NEAR_BEFORE:]}{at.word}{at.after[:_OPENING]}")
    ):
        return None
    if len({p.id for p in parties_of((*doers(event), *targets(event)))}) < 2:
        return None
    if _names_known_paper(at):
        return None
    to_come = is_in("planning", at.word) or _TO_SIGN.match(at.after) is not None
    return "planned" if to_come or has("futures", at.before[-_OPENING:]) else "agreed"


def _names_known_paper(at: Assertion) -> bool:
    """Return True for a noun that names an existing deal: "its treaty with Gondor"."""
    return is_in("papers", at.word) and _KNOWN.search(at.before) is not None


def _undone(event: Event, at: Assertion) -> Stage | None:
    if at.is_negated or at.is_supposed or event.tense == "future" or is_denial(event):
        return None
    if event.event_type == "REJECT":
        return "refused" if is_in("deals_refused", at.word) else None
    return "ended" if is_in("deals_ended", at.word) else None


def _names_paper(at: Assertion) -> bool:
    """Return True if a document is named at the trigger."""
    near = f"{at.word}{at.after[:_REACH]}"
    if at.is_passive and has("papers", at.before):
        return True
    found = first("papers", near)
    if found is None or has("not_papers", near):
        return False
    # "Suspended talks on a deal": there is no deal yet.
    return not has("neutral", near[len(at.word) : found.start()])
