"""Objections to recording a proposal: the tests that rules alone treat as verdicts, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.decision import non_assertion
from dragoman.coding.decision.relevance import is_between_countries, is_in_scope
from dragoman.coding.decision.subjects import is_mishap, is_publication, is_sport

if TYPE_CHECKING:
    from dragoman.coding.decision.proposals import Proposal
    from dragoman.coding.factuality.assessment import Modality

# These bar an event whatever its probability: the text does not say that it was done, planned or feared.
BARRING = frozenset({*non_assertion.TESTS, "no party", "negated", "mishap", "sport", "publication"})

# Acts between players and clubs; a state that boycotts games or agrees on them is not sport.
_OF_GAMES = frozenset({"ASSAULT", "COERCE", "RETREAT", "ACCUSE", "CONCEDE", "SUPPORT"})
_NOT_ASSERTED = {**non_assertion.TESTS, "what ends": non_assertion.is_what_ends}


def objections_to(proposal: Proposal, modality: Modality) -> tuple[str, ...]:
    """Return the names of the tests that a proposal fails; those in `BARRING` are final."""
    candidate = proposal.candidate
    # What a rule keeps has passed these tests, or is asserted regardless of its clause ("should have used").
    tests = _NOT_ASSERTED if proposal.rule is None else {}
    found = [name for name, test in tests.items() if test(proposal.token)]
    if not candidate.actors and not candidate.recipients:
        found.append("no party")
    elif not is_in_scope(candidate):
        found.append("out of scope")
    if candidate.event_type == "ASSAULT" and proposal.rule is None and is_mishap(proposal.token):
        found.append("mishap")
    if (
        candidate.event_type in _OF_GAMES
        and proposal.rule is None
        and is_sport(proposal.token, candidate.event_type)
    ):
        found.append("sport")
    if candidate.event_type == "RETREAT" and is_publication(proposal.token):
        found.append("publication")
    if modality.polarity == "negative" and proposal.rule is None:
        found.append("negated")
    if modality.factuality in ("unknown", "possible") and not modality.conditional:
        found.append("doubtful")
    if modality.conditional and not is_between_countries(candidate):
        found.append("condition at home")
    return tuple(found)
