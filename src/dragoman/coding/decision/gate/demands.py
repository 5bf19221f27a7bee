"""Demands expressed by a noun: *calls by Arnor*, *at the request of Gondor*, *under pressure from Rohan*.

The author of a demand has no other part. The act that meets or defies it has another actor: *at
the request of Gondor, Arnor jailed a trader* is an act of Arnor, and Gondor is not its recipient.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.decision.gate.sides_of_clauses import head_of
from dragoman.coding.syntax import arguments
from dragoman.coding.syntax.noun_phrases import possessors, prepositions
from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, PASSIVE_SUBJECT_LABELS, is_verb
from dragoman.knowledge.wordlists import is_gate_word
from dragoman.language.clauses import is_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Span, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.model.records import ActorRef

# Done on request: the author may well be the beneficiary.
_FOR_OTHERS = frozenset({"AID", "COOPERATE", "SUPPORT", "AGREE", "CONSULT", "CONCEDE", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Demand:
    """A noun for a demand, the nouns for its authors, and the verb that it is attached to."""

    noun: Token
    authors: tuple[Token, ...]
    verb: Token | None

    @property
    def is_object(self) -> bool:
        """Return True if the demand is the object of the verb: *rejected calls*, *calls were ignored*."""
        return self.noun.dep_ in OBJECT_LABELS | PASSIVE_SUBJECT_LABELS

    def is_author(self, head: Token) -> bool:
        """Return True if the party at a word is an author."""
        return any(is_below(head, author) for author in self.authors)

    def names(self, head: Token) -> bool:
        """Return True if a word is part of the demand: its author, its addressee or its topic."""
        return is_below(head, self.noun) or self.is_author(head)


def demands_in(sentence: Span) -> Iterator[Demand]:
    """Yield each demand of a sentence whose author is named by its noun."""
    for token in sentence:
        if token.pos_ == "NOUN" and is_gate_word(token.lemma_.lower(), "demands"):
            named = [noun for word, noun in prepositions(token) if is_gate_word(word, "demand_authors")]
            authors = (*possessors(token), *named)
            if authors:
                yield Demand(token, authors, _verb_above(token))


def without_demands(
    act: EventCandidate, demands: Sequence[Demand], parties: Mapping[int, ActorRef], doc: Doc
) -> EventCandidate:
    """Return an act with its parties corrected by the demands of its sentence.

    Args:
        act: The act.
        demands: The demands of its sentence.
        parties: The party at each word of the report that denotes one.
        doc: The report.
    """
    for demand in demands:
        if act.trigger == demand.noun:
            act = _demanded(act, demand, parties, doc)
        elif act.trigger == demand.verb and demand.is_object:
            act = _answered(act, demand, doc)
        elif _stands_beside(act.trigger, demand):
            act = _apart(act, demand, doc)
    return act


def _demanded(
    act: EventCandidate, demand: Demand, parties: Mapping[int, ActorRef], doc: Doc
) -> EventCandidate:
    """Make the authors the actors of the demand; whoever is to meet it is its recipient."""
    if act.event_type != "REQUEST":
        return act
    everyone = {ref.id: ref for ref in (*act.actors, *act.recipients)}.values()
    authors = [ref for ref in everyone if demand.is_author(head_of(ref, doc))]
    authors = authors or [parties[noun.i] for noun in demand.authors if noun.i in parties]
    if not authors:
        return act
    known = {ref.id for ref in authors}
    others = [ref for ref in everyone if ref.id not in known]
    asked = [ref for ref in others if is_below(head_of(ref, doc), demand.noun)]
    return replace(
        act, actors=tuple(authors), recipients=tuple(asked or _doers(demand, others, parties, doc))
    )


def _doers(
    demand: Demand, others: Sequence[ActorRef], parties: Mapping[int, ActorRef], doc: Doc
) -> list[ActorRef]:
    """Return who answers the demand: the subject of the verb that it is attached to."""
    subjects = arguments.subjects(demand.verb) if demand.verb is not None else []
    found = [ref for ref in others if any(is_below(head_of(ref, doc), noun) for noun in subjects)]
    return found or [parties[noun.i] for noun in subjects if noun.i in parties]


def _answered(act: EventCandidate, demand: Demand, doc: Doc) -> EventCandidate:
    """Direct acts on a demand at its author: *rejected calls by Arnor to leave Gondor*."""
    authors = [ref for ref in (*act.actors, *act.recipients) if demand.is_author(head_of(ref, doc))]
    if not authors or _is_itself_the_demand(act, demand, doc):
        return act
    inside = [ref for ref in (*act.actors, *act.recipients) if demand.names(head_of(ref, doc))]
    gone = {(ref.start, ref.end) for ref in inside}
    actors = tuple(ref for ref in act.actors if (ref.start, ref.end) not in gone)
    if not actors and demand.noun.dep_ in PASSIVE_SUBJECT_LABELS:
        # "Arnor's calls for Gondor to leave were ignored": by Gondor.
        actors = tuple(ref for ref in inside if not demand.is_author(head_of(ref, doc)))
    return replace(act, actors=actors, recipients=tuple({ref.id: ref for ref in authors}.values()))


def _is_itself_the_demand(act: EventCandidate, demand: Demand, doc: Doc) -> bool:
    """Return True if the act is the demand, not an answer: *Gondor received an ultimatum from Mordor*."""
    subjects = arguments.subjects(act.trigger)
    return (
        bool(act.actors)
        and all(demand.is_author(head_of(ref, doc)) for ref in act.actors)
        and any(is_below(head_of(ref, doc), noun) for ref in act.recipients for noun in subjects)
    )


def _apart(act: EventCandidate, demand: Demand, doc: Doc) -> EventCandidate:
    """Remove from an act any party that only demanded it, or is only named in the demand."""
    actors = tuple(ref for ref in act.actors if not demand.names(head_of(ref, doc)))
    recipients = act.recipients
    if act.event_type not in _FOR_OTHERS:
        recipients = tuple(ref for ref in recipients if not demand.names(head_of(ref, doc)))
    return replace(act, actors=actors, recipients=recipients)


def _stands_beside(trigger: Token, demand: Demand) -> bool:
    """Return True if a word is the verb that a demand is attached to, or an object of it."""
    if demand.verb is None or demand.is_object or is_below(trigger, demand.noun):
        return False
    preposition = demand.noun.head
    if not is_gate_word(preposition.lower_, "beside_demands"):
        return False
    return trigger == demand.verb or (trigger.dep_ in OBJECT_LABELS and trigger.head == demand.verb)


def _verb_above(noun: Token) -> Token | None:
    return next((token for token in noun.ancestors if is_verb(token)), None)
