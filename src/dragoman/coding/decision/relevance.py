"""Whether a candidate is in scope: an act between states, public bodies and those who speak for them.

Statements of private people of one country about each other are kept only if unambiguous.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.parties.sides import OFFICIAL_SECTORS, PUBLIC_KINDS, sides

if TYPE_CHECKING:
    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.model.records import ActorRef

# Acts that need two parties: a government does none of these to itself.
_BETWEEN_TWO = frozenset({"THREATEN", "SANCTION", "MOBILIZE", "ASSAULT"})
# Armed actors are never private; an office holder speaks for the state.
_ARMED = frozenset({"MIL", "REB", "UAF", "PRM", "COP", "SPY"})
# Types that consist of words only: one-sided ones are recorded if a party says them.
_WORDS_ALONE = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "CONSULT", "THREATEN", "CONCEDE", "COOPERATE", "AID"}
)


def is_in_scope(act: EventCandidate) -> bool:
    """Return True if an act is between parties in scope."""
    return scope_fault(act) is None


def scope_fault(act: EventCandidate) -> str | None:
    """Return why an act is out of scope; None if it is between parties in scope."""
    everyone = (*act.actors, *act.recipients)
    if not any(ref.country or ref.kind in PUBLIC_KINDS for ref in everyone):
        return "out of scope: no state, body or person of a known country"
    if {ref.id for ref in act.actors} == {ref.id for ref in act.recipients}:
        return "own act: the actor is its own recipient"
    if act.event_type in _BETWEEN_TWO and _is_one_government(everyone):
        return "own act: all parties are one government"
    if not _is_of_interest(act, everyone):
        return "out of scope: too little is known of the parties for this rule"
    return None


def _is_of_interest(act: EventCandidate, everyone: tuple[ActorRef, ...]) -> bool:
    """Return True if the parties and the strength of the rule make an act more than a private matter."""
    two_sided = bool(act.actors and act.recipients) or _is_shared(act)
    if act.event_type in _WORDS_ALONE and _is_at_home(everyone):
        # What one politician says of another is coded if it is unambiguous.
        if act.event_type == "CONSULT" and not _is_known(act.recipients or act.actors):
            return False
        official = any(_speaks_for_a_party(ref) for ref in everyone)
        return act.strength == "sure" if two_sided else official and act.strength != "weak"
    if not two_sided and act.event_type in _WORDS_ALONE:
        return act.strength != "weak" and any(_speaks_for_a_party(ref) for ref in everyone)
    if act.event_type == "ASSAULT" and not act.recipients and all(r.kind == "person" for r in act.actors):
        # A single person's "attacks" are mostly verbal.
        return act.trigger.pos_ == "VERB" and act.strength == "sure"
    if act.recipients and act.actors and act.strength != "sure":
        return _is_known(act.actors) and _is_known(act.recipients)
    return (act.strength != "weak" or two_sided) and (bool(act.recipients) or two_sided or not act.is_mutual)


def _is_one_government(everyone: tuple[ActorRef, ...]) -> bool:
    """Return True if all parties are one state and its speakers: a state does not threaten itself."""
    speaking = all(ref.kind == "state" or ref.sector == "GOV" for ref in everyone)
    return speaking and len(everyone) > 1 and len({ref.country for ref in everyone}) == 1


def _is_shared(act: EventCandidate) -> bool:
    """Return True if two known parties act with each other; a government and *a council* do not count."""
    known = sides(ref for ref in act.actors if ref.country or ref.kind != "group")
    return act.is_mutual and (len(known) > 1 or len({r.id for r in act.actors if r.kind != "group"}) > 1)


def _is_known(side: tuple[ActorRef, ...]) -> bool:
    """Return True if a side is more specific than *a network*, *a man*."""
    return any(ref.country or ref.kind != "group" for ref in side)


def _is_at_home(everyone: tuple[ActorRef, ...]) -> bool:
    """Return True if only private people of one country, or of no known country, are named."""
    private = all(ref.kind in ("person", "group") and ref.sector not in _ARMED for ref in everyone)
    return private and len({ref.country for ref in everyone if ref.country}) < 2


def _speaks_for_a_party(ref: ActorRef) -> bool:
    """Return True if a party is a state, a body, or holds an office of one."""
    return ref.kind in PUBLIC_KINDS or (ref.country is not None and ref.sector in OFFICIAL_SECTORS)


def is_between_countries(act: EventCandidate) -> bool:
    """Return True if actors and recipients belong to different countries or bodies."""
    doers, others = (
        sides(ref for ref in side if ref.country or ref.kind in PUBLIC_KINDS)
        for side in (act.actors, act.recipients)
    )
    return bool(doers and others and doers != others) or len(doers) > 1


def is_domestic_talk(act: EventCandidate) -> bool:
    """Return True for words between parties of one country, none of them armed: mostly domestic politics.

    A body of several countries, and its spokesperson, belongs to none. A charge that a state harmed the
    speaker reports repression, which is more than politics.
    """
    everyone = (*act.actors, *act.recipients)
    if any(_is_of_no_country(ref) for ref in everyone) or _is_charge_of_harm(act):
        return False
    countries = {ref.country for ref in everyone if ref.country}
    armed = any(ref.kind == "armed_group" or ref.sector in _ARMED for ref in everyone)
    return act.event_type in _WORDS_ALONE and len(countries) <= 1 and not armed


def _is_of_no_country(ref: ActorRef) -> bool:
    """Return True for a body of several countries and for its spokesperson."""
    return ref.country is None and (ref.kind == "organisation" or ref.sector == "IGO")


def _is_charge_of_harm(act: EventCandidate) -> bool:
    """Return True if a party without an office says that a state or its officials harmed it."""
    if act.event_type != "ACCUSE" or act.mode != "allege" or not act.actors:
        return False
    return not any(map(_holds_power, act.actors)) and any(map(_holds_power, act.recipients))


def _holds_power(ref: ActorRef) -> bool:
    """Return True for a state, a party or a body, and for an office holder or the spokesperson of a party."""
    return ref.kind in PUBLIC_KINDS or ref.sector in OFFICIAL_SECTORS | {"PTY", "OPP"}
