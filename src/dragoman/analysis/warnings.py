"""Warnings: who threatens or warns which party, the condition and the consequence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.assertions import Assertion, assertion_of, doers, has, is_in, targets, words_to
from dragoman.analysis.view_lines import Line, joined_lines, line_of
from dragoman.analysis.view_sources import parties_of
from dragoman.model.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.analysis.view_sources import Party
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.store import StoredEvent

_NEAR = 45
# Maximum distance between a threat and the condition that follows it.
_SAME_SENTENCE = 150
_REACH = 110
# "Warned of an attack by Mordor": not an act of the warning party.
_OTHERS = re.compile(r"\b(?:imminent|possible|by|from)\b", re.IGNORECASE)
# "Rockets that threaten to hit": not a party that threatens.
_IN = re.compile(r"\bin\s+(?:the\s+)?(?:\w+\s+and\s+)?$")
# The threatened act is among the first words after "threatened".
_FIRST_WORDS = 5
_OF_THINGS = re.compile(r"\b[a-z]+s\s+that\s+$")
_TO_DO = re.compile(r"\s+(?:not\s+)?to\b|\s+(?:\S+\s+){1,6}(?:with|to)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|of|over|against\s+\w+ing|because)\b|\bin\s+(?:the\s+)?$", re.IGNORECASE)
# Modes of a threat that are threats in themselves if they are in the future.
_FORCIBLE = frozenset({"violence"})


def find_warnings(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find threats, and statements that an act of one party would have consequences.

    A speaker who only states what another party would do is the actor; the party in the condition is the
    recipient.
    """
    lines = [line for line in (_line(stored, names) for stored in events) if line is not None]
    threats = [line for line in lines if line.event_type == "THREATEN"]
    others = [line for line in lines if line.event_type != "THREATEN"]
    others = [line for line in others if not any(_tells_of(threat, line) for threat in threats)]
    return joined_lines(_of_one_sentence([*threats, *others]))


def _tells_of(threat: Line, line: Line) -> bool:
    """Return True if a threat's own words contain the condition or the consequence of another line."""
    source, other = threat.sources[0], line.sources[0]
    spans = [span for span in (line.condition, line.consequence) if span is not None]
    return source.document_id == other.document_id and any(
        span.start < source.end + _SAME_SENTENCE and source.start < span.end for span in spans
    )


def _line(stored: StoredEvent, names: dict[str, str] | None) -> Line | None:
    event = stored.event
    if event.event_type == "THREATEN":
        return _threat(stored, names)
    if event.conditional and event.condition is not None and event.consequence is not None:
        return _supposed(stored, names)
    return None


def _threat(stored: StoredEvent, names: dict[str, str] | None) -> Line | None:
    event = stored.event
    at = assertion_of(event)
    actors, recipients = parties_of(doers(event), names), parties_of(targets(event), names)
    saying = parties_of(event.speaker, names)
    told = is_in("warnings", at.word) or is_in("threats", at.word) or _is_noun_of(at)
    if _is_of_things(event, at) or (is_in("threats", at.word) and not _has_content(event, at)):
        return None
    if told:
        if at.is_negated or event.factuality in ("unknown", "possible"):
            return None
        own = _is_own(at)
        addressed = [ref for ref in targets(event) if _is_addressed(ref, at)]
        recipients = parties_of((*addressed, *_inside_if(event)), names)
    elif event.condition is not None or event.event_mode in _FORCIBLE or has("warnings", at.before[-_REACH:]):
        if at.is_negated or not has("harm_done", f"{at.word}{at.after[:_REACH]}"):
            return None
        # A verb without its own subject shares that of the sentence.
        own = not saying or bool(_ids(actors) & _ids(saying)) or not at.before.strip()
        own = own or has("own_groups", at.before)
        recipients = parties_of((ref for ref in targets(event) if not _is_only_place(ref, event)), names)
        if not own:
            # "Arnor warned that Mordor would attack": Arnor warns.
            actors, recipients = saying, tuple(p for p in recipients if p.id not in _ids(saying))
    else:
        return None
    if not actors:
        return None
    line = line_of(stored, names=names, actors=actors, recipients=recipients)
    if not told and not own and not line.recipients and event.condition is None:
        return None
    condition, consequence = event.condition, event.consequence
    if condition is not None and condition.start <= event.trigger.start < condition.end:
        # The threat itself is inside the "if": it is unconditional.
        condition = consequence = None
    return msgspec.structs.replace(
        line, condition=condition, consequence=consequence or _what_follows(event), is_own_threat=own
    )


def _inside_if(event: Event) -> list[ActorRef]:
    """Return the recipients named in a threat's condition: these are warned."""
    condition = event.condition
    if condition is None:
        return []
    return [ref for ref in event.recipients if condition.start <= ref.start < condition.end]


def _is_addressed(ref: ActorRef, at: Assertion) -> bool:
    """Return True for the warned party, not for the topic of the warning: "warned of Mordor's plans"."""
    if ref.start < at.event.trigger.end:
        return at.is_passive or is_in("threats", at.word)
    if ref.start >= at.event.evidence.end:
        return False
    return _ABOUT.search(words_to(ref, at.event)) is None


def _is_noun_of(at: Assertion) -> bool:
    """Return True if a threat is the object of a light verb: "issued an ultimatum"."""
    return is_in("issuing", at.word) and (
        has("threats", at.after[:_NEAR]) or has("warnings", at.after[:_NEAR])
    )


def _is_of_things(event: Event, at: Assertion) -> bool:
    """Return True for "rockets that threaten to hit": not a party that threatens."""
    if at.before.strip().lower() == "that":
        return not any(0 <= event.evidence.start - ref.end <= 1 for ref in event.actors)
    return _OF_THINGS.search(at.before) is not None


def _is_only_place(ref: ActorRef, event: Event) -> bool:
    return ref.start >= event.trigger.end and _IN.search(words_to(ref, event)) is not None


def _has_content(event: Event, at: Assertion) -> bool:
    """Return True if a threat is to do something: "threatened the ceasefire" is not."""
    near = " ".join(at.after.split()[:_FIRST_WORDS])
    return has("harm_done", near) or _TO_DO.match(at.after[:_REACH]) is not None


def _is_own(at: Assertion) -> bool:
    """Return True if the actor is to act: "threatened to", "warned it would", "warned of retaliation"."""
    if is_in("threats", at.word):
        return True
    if not is_in("warnings", at.word):
        return has("threats", at.after[:_NEAR])
    after = at.after[:_REACH]
    if re.match(r"\s*(?:\S+\s+){0,6}?(?:of|against|with)\b", after) and has("own_consequences", after[:60]):
        return _OTHERS.search(after) is None
    return has("own_subjects", after[:50]) and has("harm_done", after)


def _supposed(stored: StoredEvent, names: dict[str, str] | None) -> Line | None:
    """Make a line of an event inside a condition or its consequence, if the speaker is named."""
    event = stored.event
    saying = parties_of(event.speaker, names)
    if not saying or event.condition is None or event.consequence is None:
        return None
    if not has("harm_done", event.consequence.text):
        return None
    inside = event.condition.start <= event.trigger.start < event.condition.end
    warned = parties_of(doers(event) if inside else targets(event), names)
    warned = tuple(p for p in warned if p.id not in _ids(saying))
    if not warned:
        return None
    line = line_of(stored, names=names, actors=saying, recipients=warned)
    own = not inside and bool(_ids(parties_of(doers(event), names)) & _ids(saying))
    return msgspec.structs.replace(
        line, condition=event.condition, consequence=event.consequence, is_own_threat=own
    )


def _of_one_sentence(lines: list[Line]) -> list[Line]:
    """Keep the threat among lines with one condition in one report; lines about events inside add nothing."""
    best: dict[object, Line] = {}
    for line in lines:
        source = line.sources[0]
        place = (source.document_id, line.condition.start) if line.condition else (source.event_id,)
        old = best.get(place)
        if old is None or _weight(line) > _weight(old):
            best[place] = line
    return list(best.values())


def _weight(line: Line) -> tuple[bool, bool, float]:
    return line.event_type == "THREATEN", bool(line.recipients), line.sources[0].confidence


def _what_follows(event: Event) -> Span:
    """Return the consequence of a threat without a condition: the issue, else the words after the trigger."""
    if event.issue is not None and event.issue.start >= event.trigger.start:
        return event.issue
    behind = event.evidence.text[event.trigger.end - event.evidence.start :]
    words = behind.strip()
    if not words:
        return event.evidence
    start = event.trigger.end + behind.index(words[0])
    return Span(start, start + len(words), words)


def _ids(parties: Iterable[Party]) -> set[str]:
    return {party.id for party in parties}
