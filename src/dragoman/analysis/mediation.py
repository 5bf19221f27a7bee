"""Mediation: who mediates between which parties, and about what."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.assertions import Assertion, assertion_of, first, has, is_in
from dragoman.analysis.disputes import is_denial
from dragoman.analysis.view_lines import Line, joined_lines, line_of
from dragoman.analysis.view_sources import parties_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.analysis.view_lines import Stage
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.store import StoredEvent

# The types that mediation, its offer, its refusal or a demand for it can be coded as.
TYPES = (
    "CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "REQUEST", "REJECT", "RETREAT", "SANCTION", "CONCEDE",
)  # fmt: skip
_REACH = 60
_BEFORE = 45
# An act and the words that name its broker are separated by a space or a comma.
_BESIDE = 3
_BETWEEN = re.compile(r"\b(?:between|among|in|with|to)\b", re.IGNORECASE)


def find_mediation(events: Iterable[StoredEvent], *, names: dict[str, str] | None = None) -> list[Line]:
    """Find who mediates, offers to, is asked to or is rejected, and between which parties."""
    found = []
    by_document: dict[str, list[StoredEvent]] = {}
    for stored in events:
        by_document.setdefault(stored.document_id, []).append(stored)
    for stored in itertools.chain.from_iterable(by_document.values()):
        event = stored.event
        if event.event_type not in TYPES or event.factuality == "unknown":
            continue
        at = assertion_of(event)
        stage = _stage(at)
        if stage is None:
            continue
        mediators, sides = _roles(at)
        if not mediators:
            continue
        sides = sides or _sides_beside(stored, mediators, by_document[stored.document_id])
        line = line_of(
            stored, names=names, actors=parties_of(mediators, names), recipients=parties_of(sides, names)
        )
        found.append(msgspec.structs.replace(line, stage=stage))
    return joined_lines(found)


def _sides_beside(
    stored: StoredEvent, mediators: tuple[ActorRef, ...], others: list[StoredEvent]
) -> tuple[ActorRef, ...]:
    """Return the parties of the preceding event: "signed a truce brokered by Rohan"."""
    known, start = {ref.id for ref in mediators}, stored.event.evidence.start
    if not stored.event.evidence.text[:1].islower():
        return ()
    for other in others:
        event = other.event
        if 0 <= start - event.evidence.end <= _BESIDE:
            return tuple(ref for ref in (*event.actors, *event.recipients) if ref.id not in known)
    return ()


def _mediating(at: Assertion) -> tuple[int, int] | None:
    """Return the offset in the evidence of the word at the trigger that names the act of mediating."""
    start = len(at.before)
    if is_in("mediating", at.word):
        return start, start + len(at.word)
    near = at.after[:_REACH]
    found = first("mediating", near)
    if found is None or has("adjuncts", near[: found.start()]):
        return None
    base = start + len(at.word)
    return base + found.start(), base + found.end()


def _stage(at: Assertion) -> Stage | None:
    """Return the stage of a mediation; None if the words mention none."""
    place = _mediating(at)
    text = at.event.evidence.text
    if place is None or has("not_mediating", text[max(0, place[0] - 15) : place[1] + 15]):
        return None
    word = text[place[0] : place[1]]
    if is_in("mediating_weak", word) and not has("peace_words", text):
        return None
    if at.is_negated or at.is_supposed or is_denial(at.event):
        return None
    lead = text[max(0, place[0] - _BEFORE) : place[0]]
    if at.event.event_type == "REJECT" or has("mediation_refused", lead):
        return "refused"
    if at.event.event_type == "REQUEST" or has("mediation_asked", lead):
        return "asked for"
    if at.event.event_type == "SANCTION" or has("mediation_ended", lead):
        return "ended"
    if at.event.tense == "future" or has("mediation_offered", lead):
        return "offered"
    return "mediates"


def _roles(at: Assertion) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Separate mediators from sides by position relative to the trigger: "brokered by Arnor", "between"."""
    place = _mediating(at)
    if place is None:
        return (), ()
    event = at.event
    refs = {ref.start: ref for ref in (*event.actors, *event.recipients)}
    ordered = [refs[start] for start in sorted(refs)]
    behind = [ref for ref in ordered if _is_by(ref, place[1], event)]
    asked = _asked(at, place[0]) if not behind else []
    mediators = (
        behind
        or asked
        or [ref for ref in ordered if ref.start < event.evidence.start + place[0] and not _is_side(ref, at)]
    )
    if behind:
        # "By the special envoy to Arnor": a party inside the mediator's name is not a side.
        ordered = [
            ref
            for ref in ordered
            if ref.start < event.evidence.start + place[1] or ref in behind or _is_side(ref, at)
        ]
    elif event.evidence.text[place[0] : place[1]].lower().endswith("ed") and not at.before.strip():
        # "Mediated" alone: the mediator is named outside the clause.
        return (), ()
    ids = {ref.id for ref in mediators}
    sides = tuple(
        ref for ref in ordered if ref.id not in ids and ref.start not in {m.start for m in mediators}
    )
    return tuple(mediators), sides


def _asked(at: Assertion, end: int) -> list[ActorRef]:
    """Return who is asked to mediate, or whose offer is rejected: the parties between the two words."""
    event = at.event
    if event.event_type not in ("REQUEST", "REJECT"):
        return []
    start, stop = event.trigger.end, event.evidence.start + end
    return [ref for ref in event.recipients if start <= ref.start < stop and not _is_side(ref, at)]


def _is_by(ref: ActorRef, end: int, event: Event) -> bool:
    start = ref.start - event.evidence.start
    if start <= end or ref.start >= event.evidence.end:
        return False
    between = event.evidence.text[end:start]
    if len(between) > 90 or re.search(r"\band\s+(?:\w+ed|\w+ing)\b", between):
        return False
    by = re.search(r"\b(?:by|from)\b", between, re.IGNORECASE)
    return (
        by is not None
        and _BETWEEN.search(between[by.end() :]) is None
        and between[: by.start()].strip() == ""
    )


def _is_side(ref: ActorRef, at: Assertion) -> bool:
    """Return True for a party after "between"."""
    start = ref.start - at.event.evidence.start
    lead = at.event.evidence.text[max(0, start - 40) : max(0, start)]
    return re.search(r"\b(?:between|among)\b", lead, re.IGNORECASE) is not None
