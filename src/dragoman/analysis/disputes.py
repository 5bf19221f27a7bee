"""Disputes: accusations with the denials that answer them, and denials that name their charge.

Reports of which one says that something was done and another that it was not are in `differing_reports`.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.assertions import assertion_of, doers, first, has, is_in, targets
from dragoman.analysis.view_sources import (
    Party,
    ViewSource,
    day_of,
    first_and_last,
    in_order,
    matter_words,
    parties_of,
    source_of,
)
from dragoman.knowledge.view_words import load_view_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.model.records import ActorRef, Event
    from dragoman.record.store import StoredEvent

# A denial answers accusations made up to this long before it, or reported shortly after it.
_BEFORE = 60
_AFTER = 3
# Maximum distance of "denied it" after an accusation; of the words of a denial's own charge; of goods.
_FOLLOWS = 600
_FEWEST_WORDS = 1
# Minimum number of words shared by an accusation and a denial of another report.
_ACROSS_REPORTS = 2
_GOODS_REACH = 40
_CHARGE_REACH = 45
_OWNED_REACH = 40
_OWN_CHARGE = re.compile(
    r"['’]s?\s|\s+(?:and\s+\w+\s+)?\w*(?:accusations?|allegations?|claims?|charges?|criticism)", re.IGNORECASE
)
_VOICED = re.compile(r"\b(?:by|from|of)\s+(?:the\s+)?$", re.IGNORECASE)
# Contexts too general to show that two events are about one matter.
_WIDE = frozenset({"diplomatic", "executive", "legal"})


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """An accusation, and the denial that answers it; or a denial that names its charge itself.

    Where reports differ, `accusations` are those that say it was done, `denials` those that say it was not.

    Attributes:
        accusers: Who accuses, or according to whom it was done; empty when a denial names nobody.
        accused: Whom; where reports differ, who did it or did not.
        matter: The charge, in the words of the accusation, or of the denial if no accusation is on record.
        accusations: Sources of the accusation; empty if only the denial refers to it.
        denials: Sources of the denial; empty for an unanswered accusation.
        shared: The words or contexts that show that both are about one matter.
        first_day: Day of the first source.
        last_day: Day of the last.
    """

    accusers: tuple[Party, ...]
    accused: tuple[Party, ...]
    matter: str
    accusations: tuple[ViewSource, ...]
    denials: tuple[ViewSource, ...]
    shared: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None


class _Side(msgspec.Struct, frozen=True):
    """One event of a dispute with the features it is compared by."""

    stored: StoredEvent
    by: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    contexts: frozenset[str]
    source: ViewSource


def is_denial(event: Event) -> bool:
    """Return True if an event denies a claim, rather than refusing an act."""
    if event.event_type != "REJECT":
        return False
    at = assertion_of(event)
    if at.is_passive:
        # "Was denied a meeting" is a refusal; "the claim was dismissed by" may be a court ruling.
        return False
    if is_in("denying", at.word):
        # "Denied the envoys entry" is a refusal.
        goods = first("denied_goods", at.after[:_GOODS_REACH])
        return goods is None or has("charges", at.after[: goods.start()])
    return is_in("dismissing", at.word) and has("charges", at.after[:_CHARGE_REACH])


def _is_accusation(event: Event) -> bool:
    if event.event_type != "ACCUSE" or event.event_mode not in (None, "allege"):
        return False
    at = assertion_of(event)
    return has("accusing", f"{at.word}{at.after}")


def asserted(events: Iterable[StoredEvent]) -> list[StoredEvent]:
    """Drop events inside a denied clause: "denied that it had promised grain" is not a promise."""
    kept = list(events)
    denied: dict[str, list[tuple[int, int]]] = {}
    for stored in kept:
        event = stored.event
        if is_denial(event):
            end = max(event.evidence.end, event.issue.end if event.issue else 0)
            denied.setdefault(stored.document_id, []).append((event.trigger.end, end))
    return [
        stored
        for stored in kept
        if not any(a <= stored.event.trigger.start < b for a, b in denied.get(stored.document_id, ()))
        or is_denial(stored.event)
        or stored.event.event_type == "ACCUSE"
    ]


def find_disputes(
    events: Iterable[StoredEvent], *, unanswered: bool = False, names: dict[str, str] | None = None
) -> list[Dispute]:
    """Find accusations and the denials that answer them.

    A denial answers an accusation if the accused denies, no other accuser is named, the two are close in
    time, and they share a word or a context that shows one matter - or the denial names no matter and follows
    in the same report. A denial that answers no accusation on record is a line of its own if it states what
    is denied.

    Args:
        events: Events of a record, in any order.
        unanswered: Also return unanswered accusations.
        names: Names of states by code, for display.

    Returns:
        Disputes, by first day.
    """
    accusations: list[_Side] = []
    denials: list[_Side] = []
    for stored in events:
        event = stored.event
        if event.factuality == "unknown" or event.conditional or not doers(event):
            continue
        at = assertion_of(event)
        if at.is_negated or at.is_supposed:
            continue
        if is_denial(event):
            denials.append(_side(stored))
        elif _is_accusation(event) and targets(event):
            accusations.append(_side(stored))
    answers, used = _answers(accusations, denials)
    found = [
        _dispute(accusation, answers.get(i, []), names)
        for i, accusation in enumerate(accusations)
        if unanswered or i in answers
    ]
    alone = [_denial_alone(denial, names) for i, denial in enumerate(denials) if i not in used]
    found += [dispute for dispute in alone if dispute is not None]
    return in_order_of_days(_merged(found))


def in_order_of_days(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Return disputes by first day, document and place in the text."""
    return sorted(disputes, key=_place)


def _place(dispute: Dispute) -> tuple[dt.date, str, int]:
    source = (*dispute.accusations, *dispute.denials)[0]
    return dispute.first_day or dt.date.max, source.document_id, source.start


def _denial_alone(denial: _Side, names: dict[str, str] | None) -> Dispute | None:
    """Make a line of a denial whose accusation is not on record, if it states what is denied."""
    event = denial.stored.event
    if len(denial.words) < _FEWEST_WORDS:
        return None
    by = _named_accusers(event)
    return Dispute(
        accusers=tuple(party for party in parties_of(targets(event), names) if party.id in by),
        accused=parties_of(doers(event), names),
        matter=assertion_of(event).after.strip(" ,.") or event.evidence.text,
        accusations=(), denials=(denial.source,), shared=(),
        first_day=denial.source.day, last_day=denial.source.day,
    )  # fmt: skip


def _named_accusers(event: Event) -> frozenset[str]:
    """Return the parties that a denial names as accusers: "Arnor's accusations", "allegations by Arnor"."""
    text, offset = event.evidence.text, event.evidence.start
    found = []
    for ref in event.recipients:
        start, end = ref.start - offset, ref.end - offset
        if not 0 <= start <= end <= len(text):
            continue
        owned = _OWN_CHARGE.match(text[end:]) and has("charges", text[end : end + _OWNED_REACH])
        voiced = _VOICED.search(text[:start]) and has("charges", text[max(0, start - _OWNED_REACH) : start])
        if owned or voiced:
            found.append(ref)
    return frozenset(party.id for party in parties_of(found))


def _side(stored: StoredEvent) -> _Side:
    event = stored.event
    issue = event.issue.text if event.issue else ""
    return _Side(
        stored,
        _ids(doers(event)),
        _named_accusers(event) if event.event_type == "REJECT" else _ids(targets(event)),
        matter_words(f"{issue} {event.evidence.text}") - _form_words() - _names_in(event),
        frozenset(event.contexts) - _WIDE,
        source_of(stored),
    )


def _ids(refs: Iterable[ActorRef]) -> frozenset[str]:
    return frozenset(party.id for party in parties_of(refs))


@functools.cache
def _form_words() -> frozenset[str]:
    """Return the forms of the verbs of accusing and denying, which every pair shares."""
    return matter_words(" ".join(load_view_words().words("form_of_disputes")))


def _names_in(event: Event) -> frozenset[str]:
    """Return the words of the parties' names, which both sides of any dispute mention."""
    refs = (*event.actors, *event.recipients, *event.speaker)
    return frozenset().union(*(matter_words(f"{ref.text} {ref.name}") for ref in refs))


def _answers(
    accusations: Sequence[_Side], denials: Sequence[_Side]
) -> tuple[dict[int, list[tuple[_Side, set[str]]]], set[int]]:
    """Return the denials that answer each accusation, by its position, and the set of these denials."""
    by_accused: dict[str, list[int]] = {}
    for i, accusation in enumerate(accusations):
        for party in accusation.about:
            by_accused.setdefault(party, []).append(i)
    found: dict[int, list[tuple[_Side, set[str]]]] = {}
    used: set[int] = set()
    for position, denial in enumerate(denials):
        candidates = {i for party in denial.by for i in by_accused.get(party, ())}
        for i in sorted(candidates):
            shared = _shared(accusations[i], denial)
            if shared:
                found.setdefault(i, []).append((denial, shared))
                used.add(position)
    return found, used


def _shared(accusation: _Side, denial: _Side) -> set[str]:
    """Return the evidence that a denial answers an accusation; empty if there is none."""
    if denial.about and not denial.about & accusation.by:
        return set()
    same_report = accusation.stored.document_id == denial.stored.document_id
    if not same_report and not _is_near(accusation.stored, denial.stored):
        return set()
    if not same_report and len(accusation.words & denial.words) < _ACROSS_REPORTS:
        return set()
    shared = {*(accusation.words & denial.words), *(accusation.contexts & denial.contexts)}
    follows = same_report and 0 < denial.source.start - accusation.source.start <= _FOLLOWS
    if not shared and follows and len(denial.words) < _FEWEST_WORDS:
        return {"follows"}
    return shared


def _is_near(accusation: StoredEvent, denial: StoredEvent) -> bool:
    first, second = day_of(accusation), day_of(denial)
    return first is not None and second is not None and -_AFTER <= (second - first).days <= _BEFORE


def _dispute(
    accusation: _Side, answers: list[tuple[_Side, set[str]]], names: dict[str, str] | None
) -> Dispute:
    event = accusation.stored.event
    denials = in_order(denial.source for denial, _ in answers)
    first, last = first_and_last((accusation.source, *denials))
    return Dispute(
        accusers=parties_of(doers(event), names), accused=parties_of(targets(event), names),
        matter=event.issue.text if event.issue else event.evidence.text,
        accusations=(accusation.source,), denials=denials,
        shared=tuple(sorted(set().union(*(shared for _, shared in answers)))) if answers else (),
        first_day=first, last_day=last,
    )  # fmt: skip


def _merged(disputes: list[Dispute]) -> list[Dispute]:
    """Merge disputes of the same parties that are answered by the same denials."""
    kept: dict[object, Dispute] = {}
    for new in disputes:
        key = (
            frozenset(p.id for p in new.accusers), frozenset(p.id for p in new.accused),
            tuple(d.event_id for d in new.denials) or tuple(a.event_id for a in new.accusations),
        )  # fmt: skip
        old = kept.get(key)
        if old is None:
            kept[key] = new
            continue
        sources = in_order((*old.accusations, *new.accusations))
        first, last = first_and_last((*sources, *old.denials))
        kept[key] = msgspec.structs.replace(
            old,
            accusations=sources,
            shared=tuple(sorted({*old.shared, *new.shared})),
            first_day=first,
            last_day=last,
        )
    return list(kept.values())
