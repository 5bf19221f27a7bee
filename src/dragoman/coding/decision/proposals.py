"""Proposals: the results of the rules and the learned reader for a word, merged, with the parties of both.

A proposal is one word read as one type of event. The rules bring modes, composition and parties found by
syntax; the reader brings a probability for each type and a score for each party. The decision model then
estimates the probability that a careful coder would record it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.reading.triggers import match_rules
from dragoman.knowledge.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.reading.trigger_reading import RoleScores, TriggerReading
    from dragoman.knowledge.codebook import Codebook
    from dragoman.model.records import ActorRef
    from dragoman.model.terms import CarriedBy

# Minimum score of a mention that takes part in an event; if none reaches it, the lower one for the best
# mention.
PARTY_THRESHOLD = 0.4
LONE_PARTY_THRESHOLD = 0.2
# Minimum score of a mention that is added to the parties found by a rule.
SURE_PARTY_THRESHOLD = 0.5
# Minimum probability of a rule's type at which rule and reader agree.
AGREEMENT = 0.5
# A party whose score on one side is below this share of its score on the other is excluded from the first.
_CLEARLY_LESS = 0.3
MODEL_RULE = "model"
_STATES = frozenset({"state", "territory"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One word read as one type of event.

    `rule` is what the rules would keep there, `reading` the reader's result for the word; one of them may be
    missing. `candidate` combines them.
    """

    candidate: EventCandidate
    rule: EventCandidate | None
    reading: TriggerReading | None

    @property
    def token(self) -> Token:
        """Return the trigger."""
        return self.candidate.trigger

    @property
    def type_probability(self) -> float:
        """Return the reader's probability of this type at this word."""
        return self.reading.type_probability(self.candidate.event_type) if self.reading else 0.0

    @property
    def carried_by(self) -> CarriedBy:
        """Return its source: a rule, the model, or both."""
        if self.rule is None:
            return "model"
        return "both" if self.type_probability >= AGREEMENT else "rule"


def propose(
    doc: Doc,
    *,
    rules: Iterable[EventCandidate],
    readings: Mapping[int, TriggerReading],
    book: Codebook,
) -> list[Proposal]:
    """Return a proposal for the most probable type of each word read, and for each type given by a rule.

    Args:
        doc: The parsed report.
        rules: What the rules would keep.
        readings: The reader's results, by token index.
        book: The codebook; types that it does not contain are not proposed.
    """
    by_word: dict[int, list[EventCandidate]] = defaultdict(list)
    for found in rules:
        by_word[found.trigger.i].append(found)
    proposals = []
    for index in sorted(by_word.keys() | readings.keys()):
        reading, at_word = readings.get(index), by_word.get(index, [])
        proposals += [_joined(found, reading) for found in at_word]
        if reading is None or reading.best_type not in book.types:
            continue
        if all(found.event_type != reading.best_type for found in at_word):
            proposals.append(_of_reading(doc[index], reading, book))
    return proposals


def _joined(found: EventCandidate, reading: TriggerReading | None) -> Proposal:
    """Combine the result of a rule with the reading of its word.

    Sides filled by a rule are kept; if both agree, the reader adds parties it is certain of. A side that the
    rule left empty is filled by the reader if it finds an event of any type there.
    """
    if reading is None or reading.probability < AGREEMENT:
        return Proposal(found, found, reading)
    agree = reading.type_probability(found.event_type) >= AGREEMENT
    actors, recipients = _sides(reading.roles)
    if found.actors:
        actors = _merged(found.actors, found.recipients, reading.roles, "actor", add=agree)
    if found.recipients or found.is_mutual:
        recipients = _merged(found.recipients, found.actors, reading.roles, "recipient", add=agree)
    return Proposal(replace(found, actors=actors, recipients=recipients), found, reading)


def _of_reading(token: Token, reading: TriggerReading, book: Codebook) -> Proposal:
    event_type = reading.best_type
    pattern = _pattern_at(token, event_type, book)
    actors, recipients = _sides(reading.roles)
    candidate = EventCandidate(
        event_type=event_type,
        mode=pattern.mode if pattern else None,
        rule=MODEL_RULE,
        trigger=token,
        actors=actors,
        recipients=recipients,
        contexts=pattern.contexts if pattern else (),
        cameo=pattern.cameo if pattern else None,
    )
    return Proposal(candidate, None, reading)


def _pattern_at(token: Token, event_type: str, book: Codebook) -> Pattern | None:
    """Return the most specific pattern of a type that matches a word, regardless of the parties."""
    fitting = [
        (match.specificity, match.rule)
        for match in match_rules(token, book)
        if match.failed is None and isinstance(match.rule, Pattern) and match.rule.event_type == event_type
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def best_scores(roles: Sequence[RoleScores], role: str) -> dict[str, float]:
    """Return the best score of each party in a role, by the party's id."""
    best: dict[str, float] = {}
    for scores in roles:
        name = scores.mention.party.id
        best[name] = max(best.get(name, 0.0), getattr(scores, role))
    return best


def _sides(roles: Sequence[RoleScores]) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Return both sides by the reader; a party that scores far higher on one is excluded from the other.

    A state may be on both: protesters in a country against its government.
    """
    as_actor, as_recipient = best_scores(roles, "actor"), best_scores(roles, "recipient")
    actors = _without_doubles(_chosen(roles, "actor", PARTY_THRESHOLD))
    recipients = _without_doubles(_chosen(roles, "recipient", PARTY_THRESHOLD))
    return (
        tuple(r for r in actors if not _clearly_less(r.id, as_actor, as_recipient)),
        tuple(r for r in recipients if not _clearly_less(r.id, as_recipient, as_actor)),
    )


def _clearly_less(name: str, here: Mapping[str, float], there: Mapping[str, float]) -> bool:
    """Return True if a party belongs to the other side: its score there is far higher than here."""
    return name in here and here[name] < _CLEARLY_LESS * there.get(name, 0.0)


def _merged(
    ruled: tuple[ActorRef, ...],
    opposite: tuple[ActorRef, ...],
    roles: Sequence[RoleScores],
    role: str,
    *,
    add: bool,
) -> tuple[ActorRef, ...]:
    """Return the parties of a side filled by a rule; if `add`, with those the reader is certain of."""
    elsewhere = {ref.id for ref in opposite}
    # A group without a country that the mentions assigned one: "police" of the town named in the sentence.
    known = {
        (s.mention.party.start, s.mention.party.end): s.mention.party for s in roles if s.mention.is_inferred
    }
    found = (ref if ref.country else known.get((ref.start, ref.end), ref) for ref in ruled)
    kept = {ref.id: ref for ref in found}
    for ref in _chosen(roles, role, SURE_PARTY_THRESHOLD) if add else ():
        if ref.id not in elsewhere:
            kept.setdefault(ref.id, ref)
    return _without_doubles(kept.values())


def _chosen(roles: Sequence[RoleScores], role: str, threshold: float) -> list[ActorRef]:
    """Return each party that takes the role, at the mention that scores best.

    If none reaches the threshold, only the most probable is returned, if it reaches the lower one: a
    bystander next to the right party does more harm than a doubtful party alone.
    """
    best: dict[str, RoleScores] = {}
    for scores in roles:
        name = scores.mention.party.id
        if name not in best or getattr(scores, role) > getattr(best[name], role):
            best[name] = scores
    sure = [s for s in best.values() if getattr(s, role) >= threshold]
    if not sure and threshold <= PARTY_THRESHOLD:
        likeliest = max(best.values(), key=lambda s: getattr(s, role), default=None)
        sure = [likeliest] if likeliest and getattr(likeliest, role) >= LONE_PARTY_THRESHOLD else []
    return [scores.mention.party for scores in sure]


def _without_doubles(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """Drop a state if one of its people or bodies is present: *police* in *Khartoum*, *Arnor's army*."""
    kept = list(refs)
    told = {ref.country for ref in kept if ref.kind not in _STATES}
    return tuple(ref for ref in kept if ref.kind not in _STATES or ref.country not in told)
