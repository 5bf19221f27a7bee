"""Final check of the parties of a kept event: none on both sides, no office of an unknown state.

A reader may put the only party of a sentence on both sides. The grammar decides its side, else the reader's
scores if they differ clearly; otherwise it stays on both. Acts of a state toward its own people are kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.decision.gate.sides_of_clauses import head_of
from dragoman.coding.decision.gate.verdict import Finding
from dragoman.coding.decision.proposals import best_scores
from dragoman.coding.syntax import arguments
from dragoman.coding.syntax.noun_phrases import modifiers, possessors, prepositions
from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.wordlists import is_gate_word, is_party_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.decision.selection import Decision
    from dragoman.coding.reading.trigger_reading import RoleScores
    from dragoman.model.records import ActorRef

_STATES = frozenset({"state", "territory"})
# Acts of a state toward its inhabitants, and of them toward it.
_AT_HOME = frozenset({"PROTEST", "COERCE", "ASSAULT", "RETREAT"})
# The minimum difference of the reader's scores of the two sides if the grammar does not decide.
_CLEAR = 0.4
# Path from the head of a noun phrase to a name inside it that represents the whole.
_INSIDE = frozenset({"compound", "amod", "nmod", "conj", "appos", "det"})


def with_final_sides(act: EventCandidate, roles: Sequence[RoleScores], doc: Doc) -> EventCandidate:
    """Return an act with each party on one side, without offices of a state that is not named.

    Args:
        act: The act.
        roles: The reader's scores of the mentions around its trigger; may be empty.
        doc: The report.
    """
    for name in dict.fromkeys(ref.id for ref in act.actors):
        act = _on_one_side(act, name, roles, doc)
    act = _without_own_government(act)
    known = tuple(ref for ref in act.actors if not _is_unplaced_office(ref, doc))
    return act if not known and not act.recipients else replace(act, actors=known)


def decision_with_final_sides(decision: Decision, doc: Doc) -> Decision:
    """Return a decision with the final sides of its proposal; parties that are removed are findings."""
    proposal = decision.proposal
    roles = proposal.reading.roles if proposal.reading is not None else ()
    candidate = with_final_sides(proposal.candidate, roles, doc)
    if candidate is proposal.candidate:
        return decision
    before, after = proposal.candidate, candidate
    gone = [ref for ref in before.actors if ref not in after.actors]
    gone += [ref for ref in before.recipients if ref not in after.recipients]
    return replace(
        decision,
        proposal=replace(proposal, candidate=candidate),
        findings=(*decision.findings, *(Finding("not on this side", ref.text, "struck") for ref in gone)),
    )


def _on_one_side(act: EventCandidate, name: str, roles: Sequence[RoleScores], doc: Doc) -> EventCandidate:
    as_actor = [ref for ref in act.actors if ref.id == name]
    as_recipient = [ref for ref in act.recipients if ref.id == name]
    if not as_recipient:
        return act
    is_alone = len(as_actor) == len(act.actors) and len(as_recipient) == len(act.recipients)
    if is_alone and act.event_type in _AT_HOME and as_actor[0].kind in _STATES:
        return act
    doers, suffering = _arguments_of(act.trigger)
    doing, hit = _parties_at(doers, roles), _parties_at(suffering, roles)
    both = [*as_actor, *as_recipient]
    is_actor = _by_grammar(act.trigger, both, (doers, doing), (suffering, hit), doc)
    if is_actor is None:
        done, suffered = (best_scores(roles, role).get(name, 0.0) for role in ("actor", "recipient"))
        if abs(done - suffered) < _CLEAR:
            return act
        is_actor = done > suffered
    # An empty side is filled with the party that the grammar puts there.
    if is_actor:
        recipients = tuple(ref for ref in act.recipients if ref.id != name)
        return replace(act, recipients=recipients or tuple(hit))
    actors = tuple(ref for ref in act.actors if ref.id != name)
    return replace(act, actors=actors or tuple(doing))


def _by_grammar(
    trigger: Token,
    refs: Sequence[ActorRef],
    doing: tuple[Sequence[Token], Sequence[ActorRef]],
    hit: tuple[Sequence[Token], Sequence[ActorRef]],
    doc: Doc,
) -> bool | None:
    """Return True if the grammar makes a party the actor, False for the recipient, None if neither.

    Args:
        trigger: The trigger.
        refs: The mentions of the party.
        doing: The nouns of the actor's side, and the parties that they denote.
        hit: The same of the recipient's side.
        doc: The report.
    """
    heads = [head_of(ref, doc) for ref in refs]
    for is_actor, (nouns, parties) in ((True, doing), (False, hit)):
        if any(_is_inside(head, noun) for head in heads for noun in nouns) or _is_among(refs[0], parties):
            return is_actor
        if any(_shares_a_name(noun, ref) for noun in nouns for ref in refs):
            return is_actor
    words = {head.head.lower_ for head in heads if head.dep_ == "pobj" and head.sent == trigger.sent}
    if any(is_gate_word(word, "done_by") for word in words):
        return True
    # "Protests, which began on Monday, against the king": wherever it is attached.
    return False if "against" in words else None


def _shares_a_name(noun: Token, ref: ActorRef) -> bool:
    """Return True for a member of a body, by a word of its name: *a **clan** member* of *the Took clan*."""
    words = ref.text.lower().split()
    return any(child.dep_ == "compound" and child.lower_ in words for child in noun.children)


def _arguments_of(trigger: Token) -> tuple[list[Token], list[Token]]:
    """Return the nouns that the grammar puts on either side of a trigger."""
    around = [*prepositions(trigger), *(arguments.object_phrases(trigger) if is_verb(trigger) else [])]
    doers = [noun for word, noun in around if is_gate_word(word, "done_by")]
    others = [noun for word, noun in around if is_gate_word(word, "directed")]
    if is_verb(trigger):
        doers = [*arguments.subjects(trigger), *doers]
        objects = [*arguments.objects(trigger), *arguments.indirect_objects(trigger)]
        # "Rejected Gondor's offer", "an offer from Gondor": on Gondor.
        owners = [owner for noun in objects for owner in possessors(noun)]
        return doers, [*objects, *owners, *[noun for word, noun in around if word == "from"], *others]
    return [*possessors(trigger), *modifiers(trigger), *doers], others


def _parties_at(nouns: Sequence[Token], roles: Sequence[RoleScores]) -> list[ActorRef]:
    """Return the parties that nouns denote, as the reader saw them, excluding owners of things."""
    found = {
        scores.mention.party.id: scores.mention.party
        for scores in roles
        for noun in nouns
        if noun.i == scores.mention.token and noun.dep_ != "poss"
    }
    return list(found.values())


def _is_among(party: ActorRef, refs: Sequence[ActorRef]) -> bool:
    """Return True if a party is one of several, or the state of one."""
    return any(r.id == party.id or (party.kind in _STATES and r.country == party.country) for r in refs)


def _is_inside(token: Token, noun: Token) -> bool:
    while token != noun and token.dep_ in _INSIDE:
        token = token.head
    return token == noun


def _without_own_government(act: EventCandidate) -> EventCandidate:
    """Remove a capital that denotes the speaking government: *Gondor's minister warned Minas Tirith*."""
    if act.event_type in _AT_HOME or not act.actors:
        return act
    if any(ref.kind != "state" and ref.sector != "GOV" for ref in act.actors):
        return act
    own = {ref.country for ref in act.actors}
    if len(own) != 1:
        return act
    kept = tuple(
        ref
        for ref in act.recipients
        if not (ref.kind == "state" and ref.sector == "GOV" and ref.country in own)
    )
    return replace(act, recipients=kept)


def _is_unplaced_office(ref: ActorRef, doc: Doc) -> bool:
    """Return True for *the government*, *the army* of a state that the report does not name."""
    is_nobody = ref.kind == "group" and ref.country is None
    return is_nobody and is_party_word(head_of(ref, doc).lemma_.lower(), "bodies_of_states")
