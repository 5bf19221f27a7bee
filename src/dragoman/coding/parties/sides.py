"""The side that a party is on, and the kinds of party that are states and public bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.model.records import ActorRef

# Kinds of party that make an act one of international relations even if no country is known.
PUBLIC_KINDS = frozenset({"state", "territory", "organisation", "armed_group"})
# Sectors whose members speak or act for a state, a body or an armed group.
OFFICIAL_SECTORS = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG", "IGO", "REB", "UAF", "PRM"})


def sides(refs: Iterable[ActorRef]) -> frozenset[str]:
    """Return the countries of parties; a body or person without one counts as its own side."""
    return frozenset(ref.country or ref.id for ref in refs)
