"""The views over a record: their names, the events they need and how they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis.differing_reports import find_differing_reports
from dragoman.analysis.disputes import Dispute, asserted, find_disputes, in_order_of_days
from dragoman.analysis.mediation import TYPES as MEDIATION_TYPES
from dragoman.analysis.mediation import find_mediation
from dragoman.analysis.positions import TYPES as POSITION_TYPES
from dragoman.analysis.positions import Position, find_positions
from dragoman.analysis.sanctions import TYPES as SANCTION_TYPES
from dragoman.analysis.sanctions import find_sanctions
from dragoman.analysis.undertakings import DEAL_TYPES, find_deals, find_demands, find_pledges
from dragoman.analysis.warnings import find_warnings
from dragoman.errors import UsageError
from dragoman.knowledge.issues import load_issues
from dragoman.model.terms import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dragoman.analysis.view_lines import Line
    from dragoman.analysis.view_sources import Party
    from dragoman.record.store import StoredEvent

VIEWS = ("positions", "pledges", "demands", "deals", "disputes", "warnings", "sanctions", "mediation")
# The event types of each view, so that no others are read; denials (REJECT) show which events are not
# asserted.
TYPES_OF: dict[str, tuple[str, ...]] = {
    "positions": POSITION_TYPES,
    # Any later act may keep or break a pledge.
    "pledges": EVENT_TYPES,
    "demands": ("REQUEST", "REJECT"),
    "deals": DEAL_TYPES,
    "disputes": ("ACCUSE", "REJECT"),
    "warnings": EVENT_TYPES,
    "sanctions": SANCTION_TYPES,
    "mediation": MEDIATION_TYPES,
}
_LINES = {
    "pledges": find_pledges, "demands": find_demands, "deals": find_deals, "warnings": find_warnings,
    "sanctions": find_sanctions, "mediation": find_mediation,
}  # fmt: skip
# A view only uses events that are more likely right than wrong.
LIKELY = 0.5
# In these views a party is searched for on both sides.
_EITHER = ("deals", "warnings", "sanctions", "mediation")


def make_view(
    name: str,
    events: Iterable[StoredEvent],
    *,
    party: str | None = None,
    issues: tuple[Path, ...] = (),
    unanswered: bool = False,
    names: dict[str, str] | None = None,
    min_confidence: float = LIKELY,
) -> list[Position] | list[Line] | list[Dispute]:
    """Make one view.

    Args:
        name: One of `VIEWS`.
        events: The events it is made of.
        party: Only lines of this party, as the one that takes a position, promises, demands, agrees, warns,
            mediates, imposes, accuses or denies.
        issues: Folders with user-defined issues, for positions.
        unanswered: For disputes: also unanswered accusations.
        names: Names of states by code, for display.
        min_confidence: Events with lower confidence are excluded.

    Returns:
        The lines of the view, in its order.

    Raises:
        UsageError: There is no such view.
    """
    told = [stored for stored in events if stored.event.confidence >= min_confidence]
    # Only disputes are about what is said not to be so; in the other views it would stand as done.
    events = asserted(stored for stored in told if stored.event.polarity == "positive")
    if name == "positions":
        positions = find_positions(events, issues=load_issues(issues), names=names)
        return [p for p in positions if party is None or party in _ids(p.actor)]
    if name == "disputes":
        own = [stored for stored in events if stored.event.event_type in TYPES_OF["disputes"]]
        disputes = find_disputes(own, unanswered=unanswered, names=names)
        disputes = in_order_of_days((*disputes, *find_differing_reports(told, names=names)))
        return [d for d in disputes if party is None or party in _ids(*d.accusers, *d.accused)]
    if name not in _LINES:
        raise UsageError(message=f"no view {name!r}; use one of {', '.join(VIEWS)}")
    lines = _LINES[name](events, names=names)
    either = name in _EITHER
    return [
        line
        for line in lines
        if party is None or party in _ids(*line.actors, *(line.recipients if either else ()))
    ]


def _ids(*parties: Party) -> set[str]:
    return {id for party in parties for id in (party.id, party.country) if id is not None}
