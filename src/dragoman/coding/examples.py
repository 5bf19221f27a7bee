"""Checks of the codebook's worked examples: what is coded against what each one expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.coder import Coder
    from dragoman.knowledge.codebook import Example
    from dragoman.model.records import ActorRef, Event


def faults_of(example: Example, coder: Coder) -> list[str]:
    """Code an example and return the differences from its `expect`; empty if there are none."""
    coded = coder.code(example.text, published_on=example.published_on, id=example.id)
    left = list(coded.events)
    faults = []
    for row in example.expect:
        tries = sorted(((_differences(row, event), event) for event in left), key=lambda pair: len(pair[0]))
        if tries and not tries[0][0]:
            left.remove(tries[0][1])
        elif tries:
            faults.append(f"{row['event_type']} wanted; nearest differs in {', '.join(tries[0][0])}")
        else:
            faults.append(f"{row['event_type']} wanted; nothing coded")
    if not example.partial:
        faults += [f"not wanted: {describe(event)}" for event in left]
    return faults


def describe(event: Event) -> str:
    """Return a one-line description of an event."""
    who = "+".join(_key(ref) for ref in event.actors) or "-"
    whom = "+".join(_key(ref) for ref in event.recipients) or "-"
    kind = f"{event.event_type}/{event.event_mode}" if event.event_mode else event.event_type
    return f"{who} {kind} {whom} [{event.trigger.text}; {event.rule}]"


def _key(ref: ActorRef) -> str:
    return ref.country if ref.country and ref.kind in ("state", "territory", "group") else ref.id


def _differences(row: dict[str, Any], event: Event) -> list[str]:
    return [f"{key} ({_shown(key, event)})" for key, wanted in row.items() if not _CHECKS[key](wanted, event)]


def _parties_match(wanted: list[str], parties: tuple[ActorRef, ...]) -> bool:
    """Return True if each wanted id is the id or country of a party, and no other party is present."""
    keys = [{ref.id, ref.country, ref.sector} for ref in parties]
    return all(any(w in k for k in keys) for w in wanted) and all(any(w in k for w in wanted) for k in keys)


def _yes(value: str) -> bool:
    return value in ("yes", "true", "True")


_CHECKS: dict[str, Callable[[Any, Event], bool]] = {
    "event_type": lambda w, e: bool(e.event_type == w),
    "event_mode": lambda w, e: (e.event_mode or "none") == w,
    "actors": lambda w, e: _parties_match(w, e.actors),
    "recipients": lambda w, e: _parties_match(w, e.recipients),
    "speaker": lambda w, e: _parties_match(w, e.speaker),
    "factuality": lambda w, e: bool(e.factuality == w),
    "polarity": lambda w, e: bool(e.polarity == w),
    "tense": lambda w, e: bool(e.tense == w),
    "conditional": lambda w, e: e.conditional == _yes(w),
    "quoted": lambda w, e: e.quoted == _yes(w),
    "contexts": lambda w, e: set(w) <= set(e.contexts),
    "amount": lambda w, e: any(a.value == float(w) for a in e.amounts),
    "trigger": lambda w, e: e.trigger.text.lower() == str(w).lower(),
    "place": lambda w, e: e.place is not None and e.place.country == w,
}


def _shown(key: str, event: Event) -> str:
    if key in ("actors", "recipients", "speaker"):
        return "+".join(_key(ref) for ref in getattr(event, key)) or "none"
    return str(getattr(event, key, "none"))
