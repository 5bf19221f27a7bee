"""Disputes: accusations joined to the denials that answer them - same matter, parties swapped."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.model.records import Event
    from dragoman.record.store import StoredEvent

_CHARGES = re.compile(
    r"(?<!\w)(?:accusations?|allegations?|charges?|claims?|reports?|criticism|involvement|responsibility)(?!\w)",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"(?<!\w)(?:den(?:y|ies|ied|ying|ials?)|reject\w*|dismiss\w*|refut\w*|rebut\w*|rubbish\w*)(?!\w)",
    re.IGNORECASE,
)
# A denial answers what was said up to so long before, and what a report says a little later.
_BEFORE = 60
_AFTER = 3
# Contexts too wide to show that two events are about one matter.
_WIDE = frozenset({"diplomatic", "executive", "legal"})
# Words of accusing and denying themselves, which every pair shares.
_FORM = matter_words(
    "accusation accusations accuse accused allegation allegations allege claim claims charge charges "
    "deny denied denies denial reject rejected rejects rejection dismiss dismissed "
    "government official officials repeatedly"
)


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """An accusation, and the denial that answers it.

    Attributes:
        accusers: Who accuses.
        accused: Whom.
        matter: Of what, in the words of the accusation.
        accusations: What the accusation rests on.
        denials: What the denial rests on; empty for an accusation that nobody answers.
        shared: What shows that both are about one matter.
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
    """One event of a dispute with what it is compared by."""

    stored: StoredEvent
    by: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    contexts: frozenset[str]
    source: ViewSource


def is_denial(event: Event) -> bool:
    """Return True if an event denies something, rather than refusing to do it."""
    if event.event_type != "REJECT":
        return False
    if "deny" in event.rule or "ACCUSE" in event.rule or "accuse" in event.rule:
        return True
    matter = event.issue.text if event.issue else ""
    return bool(_DENYING.fullmatch(event.trigger.text) and _CHARGES.search(matter))


def find_disputes(
    events: Iterable[StoredEvent], *, unanswered: bool = False, names: dict[str, str] | None = None
) -> list[Dispute]:
    """Find accusations and the denials that answer them.

    A denial answers an accusation when the accused denies, nobody else is named as the accuser, the two
    are near in time, and they share a word or a context that shows one matter - or the denial names no
    matter and follows in the same report.

    Args:
        events: Events of a record, in any order.
        unanswered: Also give accusations that nothing answers.
        names: Names of states by code, for showing.

    Returns:
        Disputes, by first day.
    """
    accusations: list[_Side] = []
    denials: list[_Side] = []
    for stored in events:
        if stored.event.factuality == "unknown" or stored.event.conditional:
            continue
        if is_denial(stored.event):
            denials.append(_side(stored))
        elif stored.event.event_type == "ACCUSE" and stored.event.event_mode in (None, "allege"):
            accusations.append(_side(stored))
    answers = _answers(accusations, denials)
    found = [
        _dispute(accusation, answers.get(i, []), names)
        for i, accusation in enumerate(accusations)
        if unanswered or i in answers
    ]
    return sorted(
        _merged(found), key=lambda d: (d.first_day or dt.date.max, d.accusations[0].document_id, d.matter)
    )


def _side(stored: StoredEvent) -> _Side:
    event = stored.event
    issue = event.issue.text if event.issue else ""
    return _Side(
        stored,
        frozenset(p.id for p in parties_of(event.actors)),
        frozenset(p.id for p in parties_of(event.recipients)),
        matter_words(f"{issue} {event.evidence.text}") - _FORM - _names_in(event),
        frozenset(event.contexts) - _WIDE,
        source_of(stored),
    )


def _names_in(event: Event) -> frozenset[str]:
    """Words of the parties' own names: both sides of a dispute name both, whatever it is about."""
    refs = (*event.actors, *event.recipients, *event.speaker)
    return frozenset().union(*(matter_words(f"{ref.text} {ref.name}") for ref in refs))


def _answers(
    accusations: Sequence[_Side], denials: Sequence[_Side]
) -> dict[int, list[tuple[_Side, set[str]]]]:
    """Return the denials that answer each accusation, by its position."""
    by_accused: dict[str, list[int]] = {}
    for i, accusation in enumerate(accusations):
        for party in accusation.about:
            by_accused.setdefault(party, []).append(i)
    found: dict[int, list[tuple[_Side, set[str]]]] = {}
    for denial in denials:
        candidates = {i for party in denial.by for i in by_accused.get(party, ())}
        for i in sorted(candidates):
            shared = _shared(accusations[i], denial)
            if shared:
                found.setdefault(i, []).append((denial, shared))
    return found


def _shared(accusation: _Side, denial: _Side) -> set[str]:
    """Return what shows that a denial answers an accusation; empty when nothing does."""
    if denial.about and not denial.about & accusation.by:
        return set()
    same_report = accusation.stored.document_id == denial.stored.document_id
    if not same_report and not _is_near(accusation.stored, denial.stored):
        return set()
    shared = {*(accusation.words & denial.words), *(accusation.contexts & denial.contexts)}
    if not shared and same_report and not denial.words and denial.source.start > accusation.source.start:
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
        accusers=parties_of(event.actors, names), accused=parties_of(event.recipients, names),
        matter=event.issue.text if event.issue else event.evidence.text,
        accusations=(accusation.source,), denials=denials,
        shared=tuple(sorted(set().union(*(shared for _, shared in answers)))) if answers else (),
        first_day=first, last_day=last,
    )  # fmt: skip


def _merged(disputes: list[Dispute]) -> list[Dispute]:
    """Join disputes of the same parties that the same denials answer."""
    kept: dict[object, Dispute] = {}
    for new in disputes:
        key = (
            frozenset(p.id for p in new.accusers), frozenset(p.id for p in new.accused),
            tuple(d.event_id for d in new.denials) or new.accusations[0].event_id,
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
