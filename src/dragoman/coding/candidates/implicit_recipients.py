"""Recipients that are not named in a clause but given by its context.

"Condemned **the attack**" is directed at whoever attacked in the sentences before; "if Mordor responds,
Gondor will hit back" at Mordor; "demanded the envoy's release" at whoever arrested him. A gap is filled only
by a party of an act already reported; if two parties fit, it is left empty.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.parties.mentions import seen_in_phrase
from dragoman.coding.parties.sides import sides
from dragoman.coding.syntax import arguments, noun_phrases, subordination, verb_phrases
from dragoman.knowledge.wordlists import is_act_word, load_act_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.parties.resolver import Parties
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef

# The maximum distance in sentences to the report of "the attack".
_REACH = 2
# A deal is a topic of the report: it may have been reported a little earlier.
_DEAL_REACH = 4
_AGREED = frozenset({"AGREE", "SUPPORT", "COOPERATE"})
_CHARGED = frozenset({"ACCUSE"})
_REACTING = frozenset({"ACCUSE", "REJECT", "PROTEST", "SUPPORT"})
_FORCE = frozenset({"ASSAULT"})
_PRESSURE = frozenset({"COERCE", "SANCTION"})
_WORDS = frozenset({"ACCUSE", "THREATEN", "REQUEST", "REJECT"})
# A decision or a step refers to an act of the previous sentence.
_DEED = _FORCE | _PRESSURE | frozenset({"MOBILIZE", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
# Event types that a noun with *the* or *this* may refer back to.
_TELLS = {
    "attack": _FORCE, "strike": _FORCE, "airstrike": _FORCE, "raid": _FORCE, "assault": _FORCE,
    "bombing": _FORCE, "shelling": _FORCE, "bombardment": _FORCE, "killing": _FORCE, "incursion": _FORCE,
    "invasion": _FORCE, "offensive": _FORCE, "massacre": _FORCE, "aggression": _FORCE,
    "sanction": _PRESSURE, "tariff": _PRESSURE, "embargo": _PRESSURE, "restriction": _PRESSURE,
    "measure": _PRESSURE, "expulsion": _PRESSURE, "closure": _PRESSURE, "ban": _PRESSURE,
    "seizure": _PRESSURE,
    "arrest": _PRESSURE, "detention": _PRESSURE, "verdict": _PRESSURE, "sentence": _PRESSURE,
    "ruling": _PRESSURE, "deployment": frozenset({"MOBILIZE"}), "buildup": frozenset({"MOBILIZE"}),
    "exercise": frozenset({"COOPERATE", "MOBILIZE"}), "drill": frozenset({"COOPERATE", "MOBILIZE"}),
    "criticism": _CHARGED, "accusation": _CHARGED,
    "allegation": _CHARGED, "charge": _CHARGED, "remark": _WORDS, "comment": _WORDS,
    "claim": _CHARGED, "threat": frozenset({"THREATEN"}), "warning": frozenset({"THREATEN"}),
    "ultimatum": frozenset({"THREATEN", "REQUEST"}), "demand": frozenset({"REQUEST"}),
    "request": frozenset({"REQUEST"}), "appeal": frozenset({"REQUEST"}), "offer": frozenset({"AGREE"}),
    "pledge": frozenset({"AGREE"}), "proposal": frozenset({"AGREE", "REQUEST"}),
    "withdrawal": frozenset({"RETREAT"}), "release": frozenset({"RETREAT"}),
    "veto": frozenset({"REJECT"}), "decision": _DEED, "move": _DEED, "step": _DEED, "action": _DEED,
    "announcement": _DEED,
}  # fmt: skip
# What is rejected or refuted was directed at the party that rejects it.
_AIMED = frozenset({"ACCUSE", "THREATEN", "REQUEST"})
_HOLDING = frozenset({"COERCE", "SANCTION", "ASSAULT", "ACCUSE"})


def infer_recipient(
    act: EventCandidate,
    previous: Sequence[tuple[int, EventCandidate]],
    *,
    sentence: int,
    annotated: AnnotatedDocument,
    parties: Parties,
) -> EventCandidate:
    """Return the act with the recipient given by its context; unchanged if there is none.

    Args:
        act: An act without recipients.
        previous: The acts of the report so far, each with the number of its sentence.
        sentence: The number of the sentence of the act.
        annotated: The report.
        parties: Its parties.
    """
    if act.recipients or not act.actors:
        return act
    near = [(number, before) for number, before in previous if sentence - number <= _REACH]
    if act.event_type == "REQUEST" and act.inner is not None and act.inner.mode == "release":
        found = _holder(act.inner, near)
        return replace(act, recipients=found) if found else act
    lately = [pair for pair in previous if sentence - pair[0] <= _DEAL_REACH]
    if act.event_type == "CONSULT" and act.mode == "third-party":
        found = _agreed(act, [*_broker_nouns(act.trigger)], lately)
        return replace(act, recipients=found) if found else act
    if act.event_type == "MOBILIZE":
        return replace(act, recipients=_deterred(act, parties))
    if act.event_type == "SANCTION":
        return replace(act, recipients=_same_target(act, sentence, previous))
    if act.event_type in _REACTING:
        partners = _agreed(act, [*_referring(act.trigger, load_act_words()["deals"])], lately)
        return replace(act, recipients=partners or _reacted_to(act, near, sentence, annotated))
    return act


def _reacted_to(
    act: EventCandidate,
    near: Sequence[tuple[int, EventCandidate]],
    sentence: int,
    annotated: AnnotatedDocument,
) -> tuple[ActorRef, ...]:
    """Return who made the charge that is denied, or who did *the attack*, *the decision*."""
    denied = _denied_charge(act)
    if denied is not None:
        return seen_in_phrase(_doers(act, _CHARGED, near, aimed_only=True), denied, annotated)
    for noun in _referring(act.trigger):
        wanted = _TELLS[noun.lemma_.lower()]
        reach = 1 if wanted is _DEED else _REACH
        doers = _doers(act, wanted, [pair for pair in near if sentence - pair[0] <= reach])
        if doers:
            return seen_in_phrase(doers, noun, annotated)
    return ()


def supposed_recipient(act: EventCandidate, parties: Parties) -> tuple[ActorRef, ...]:
    """Return the actor of an *if* clause: *if **Mordor** attacks, Gondor will hit back*."""
    for clause in _conditions(act.trigger):
        found = [
            ref
            for head in arguments.subjects(clause)
            for ref in parties.resolve(head, include_possessors=False)
        ]
        others = _others(act, (ref for ref in found if ref.country))
        if others:
            return others
    return ()


def _deterred(act: EventCandidate, parties: Parties) -> tuple[ActorRef, ...]:
    """Return the parties against which forces are moved: *sent warships **to deter Mordor***."""
    heads = [
        head
        for clause in subordination.purposes(act.trigger)
        if is_act_word(clause.lemma_, "facing")
        for head in arguments.objects(clause)
    ]
    return _others(act, (ref for head in heads for ref in parties.resolve(head)))


def _others(act: EventCandidate, refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    """Return the parties that are not on the actor's side."""
    own = sides(act.actors)
    return tuple(ref for ref in refs if (ref.country or ref.id) not in own)


def _same_target(
    act: EventCandidate, sentence: int, previous: Sequence[tuple[int, EventCandidate]]
) -> tuple[ActorRef, ...]:
    """Return a target already named: *Arnor cut ties with Mordor, while Dale recalled its envoy*."""
    for number, before in reversed(previous):
        if number == sentence and before.event_type == "SANCTION" and before.recipients:
            return _others(act, before.recipients)
    return ()


def _broker_nouns(trigger: Token) -> Iterator[Token]:
    """Yield the brokered deal: *the **deal**, brokered by Umbar*; *Umbar brokered the **truce***."""
    heads = [trigger.head] if trigger.dep_ in ("acl", "relcl") else arguments.objects(trigger)
    yield from (noun for noun in heads if is_act_word(noun.lemma_.lower(), "deals"))


def _agreed(
    act: EventCandidate, nouns: Sequence[Token], near: Sequence[tuple[int, EventCandidate]]
) -> tuple[ActorRef, ...]:
    """Return the two or more parties to the deal that a noun refers back to, without the actor."""
    if not nouns:
        return ()
    for _, before in sorted(near, key=lambda pair: -pair[1].trigger.i):
        if before.event_type in _AGREED and before.is_mutual and before.trigger.i < act.trigger.i:
            return _others(act, before.actors)
    return ()


def harmed_beside(act: EventCandidate, parties: Parties) -> tuple[ActorRef, ...]:
    """Return those harmed in the clause above: *two **soldiers** were killed when Mordor opened fire*."""
    clause, above = act.trigger, act.trigger.head
    if clause.dep_ in ("pobj", "pcomp") and above.lower_ in ("in", "during", "by"):
        # "Killed in Mordorian shelling", "wounded by a Mordorian rocket attack".
        verb = above.head
        hurt = (
            arguments.objects(verb)
            if is_act_word(verb.lemma_, "hurting_people") and verb_phrases.is_passive(verb)
            else []
        )
        return tuple(ref for head in hurt for ref in parties.resolve(head, include_possessors=False))
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    if (
        clause.dep_ != "advcl"
        or not is_act_word(above.lemma_, "hurting_people")
        or not marks & {"when", "after", "as"}
    ):
        return ()
    heads = arguments.objects(above) if verb_phrases.is_passive(above) else arguments.subjects(above)
    return tuple(ref for head in heads for ref in parties.resolve(head, include_possessors=False))


def _conditions(trigger: Token) -> Iterator[Token]:
    node = trigger
    while True:
        for child in node.children:
            marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
            if child.dep_ == "advcl" and marks & {"if", "unless"}:
                yield child
        if node.dep_ not in ("xcomp", "conj", "advcl") or node.head == node:
            return
        node = node.head


def _referring(trigger: Token, words: Container[str] = _TELLS) -> Iterator[Token]:
    """Yield objects that refer back with *the* or *this* and do not name an owner."""
    nouns = [
        *arguments.objects(trigger),
        *[n for word, n in noun_phrases.prepositions(trigger) if word in ("to", "at")],
    ]
    for noun in nouns:
        pointed = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these") for c in noun.children)
        bare = not any(c.dep_ in ("poss", "compound", "relcl", "acl") for c in noun.children)
        phrases = {word for word, _ in noun_phrases.prepositions(noun)}
        if pointed and bare and noun.lemma_.lower() in words and not phrases - {"as", "in", "on"}:
            yield noun


def _denied_charge(act: EventCandidate) -> Token | None:
    """Return the *it* or *a charge* of a denial, directed at whoever made the charge."""
    if act.class_name != "deny":
        return None
    charges = {"it", "this", "that", "charge", "claim", "accusation", "allegation"}
    return next((noun for noun in arguments.objects(act.trigger) if noun.lemma_.lower() in charges), None)


def _doers(
    act: EventCandidate,
    wanted: frozenset[str],
    near: Sequence[tuple[int, EventCandidate]],
    *,
    aimed_only: bool = False,
) -> tuple[ActorRef, ...]:
    """Return the actors of the act a noun refers to, from the nearest sentence with it, one side only."""
    own = sides(act.actors)
    for number in sorted({number for number, _ in near}, reverse=True):
        doers: dict[frozenset[str], tuple[ActorRef, ...]] = {}
        aimed: dict[frozenset[str], tuple[ActorRef, ...]] = {}
        for at, before in near:
            others = _others(act, before.actors)
            alone = bool(others) and len(others) == len(before.actors)
            earlier = at == number and before.trigger.i < act.trigger.i
            if not (alone and earlier and before.event_type in wanted):
                continue
            side = frozenset(ref.id for ref in others)
            if own & sides(before.recipients):
                aimed[side] = others
            elif act.event_type == "REJECT" and before.event_type in _AIMED:
                continue
            doers[side] = others
        # Of several acts, the one directed at the party that reacts.
        found = aimed or ({} if aimed_only else doers)
        if found:
            return next(iter(found.values())) if len(found) == 1 else ()
    return ()


def _holder(release: EventCandidate, near: Sequence[tuple[int, EventCandidate]]) -> tuple[ActorRef, ...]:
    """Return the holder of the person whose release is requested."""
    held = {ref.id for ref in release.recipients}
    for _, before in sorted(near, key=lambda pair: -pair[1].trigger.i):
        if before.event_type in _HOLDING and held & {ref.id for ref in before.recipients} and before.actors:
            return before.actors
    return ()
