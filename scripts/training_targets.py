"""Training targets of an annotated event: its trigger word and the roles of the mentions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.analysis.event_scoring import stands_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.candidates.party_mention import PartyMention


@dataclass
class RoleTargets:
    """For each role (actor, recipient, speaker, place), the mentions that have it and those that do not.

    `inside` has one list for each annotated party: one of its mentions must have the role. `outside` are the
    mentions that certainly do not have it; mentions in neither are ignored.
    """

    inside: list[list[list[int]]] = field(default_factory=list)
    outside: list[list[int]] = field(default_factory=list)


def root_of(doc: Any, evidence: dict[str, Any]) -> int | None:
    """Return the root of the annotated words: preferably a verb, with the most words below it."""
    inside = [t for t in doc if evidence["start"] <= t.idx < evidence["end"] and not t.is_space]
    if not inside:
        return None
    indexes = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in indexes or t.head == t]
    content = [t for t in tops if t.pos_ not in ("PUNCT", "DET", "ADP", "CCONJ", "SCONJ", "PART")] or tops
    best = max(content, key=lambda t: (t.pos_ in ("VERB", "AUX"), sum(s.i in indexes for s in t.subtree)))
    return int(best.i)


def role_targets(event: dict[str, Any], mentions: Sequence[PartyMention]) -> RoleTargets:
    """Return the targets of one annotated event for the mentions that are scored."""
    targets = RoleTargets()
    parties = [mention.party for mention in mentions]
    unsure = [any(stands_for(label, [party]) for label in event.get("either", ())) for party in parties]
    for key in ("actors", "recipients", "speaker"):
        hits = [
            [k for k, party in enumerate(parties) if stands_for(label, [party])]
            for label in event.get(key, ())
        ]
        taken = {k for hit in hits for k in hit}
        targets.inside.append([hit for hit in hits if hit])
        targets.outside.append([k for k in range(len(parties)) if k not in taken and not unsure[k]])
    country = event.get("place_country")
    places = [k for k, m in enumerate(mentions) if m.found_by in ("place", "name")] if country else []
    there = [k for k in places if parties[k].country == country]
    targets.inside.append([there] if there else [])
    targets.outside.append([k for k in places if k not in there])
    return targets
