"""Acts performed by statements: "Gondor must withdraw", "they shelled our town".

A statement that another party must do something is a demand. A statement that another party harmed the
speaker's own side is an accusation. Both need two different parties; no other statement becomes an act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.candidates.event_candidate import EventCandidate, composed_code
from dragoman.coding.syntax import arguments, noun_phrases, subordination, verb_phrases
from dragoman.knowledge.wordlists import is_act_word, load_act_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.knowledge.codebook import Codebook
    from dragoman.model.records import ActorRef

_OBLIGATIONS = frozenset({"must", "should", "ought", "shall"})
_OBLIGING_VERBS = frozenset({"need", "have"})
_WILL = frozenset({"will", "shall", "'ll"})
_BINDING = _OBLIGATIONS | _WILL
_OWN = frozenset({"we", "i"})
_HARM = frozenset({"ASSAULT", "COERCE"})


def may_bind(clause: Token) -> bool:
    """Return True if a clause may be a demand or a threat (*must*, *will*, *has to*); a fast first test."""
    if any(c.dep_ == "aux" and c.lower_ in _BINDING for c in clause.children):
        return True
    return clause.dep_ == "xcomp" and clause.head.lemma_ in _OBLIGING_VERBS


def demand_in(
    clause: Token,
    speaker: Sequence[ActorRef],
    *,
    parties: Parties,
    candidate_at: Callable[[Token], EventCandidate | None],
    book: Codebook,
) -> EventCandidate | None:
    """Read "X said Y must do Z" as X's demand of Y, and "Y should have done Z" as X's reproach.

    Args:
        clause: The predicate of what was said.
        speaker: Who said it, resolved.
        parties: The parties of the document.
        candidate_at: Function that reads the act at a word, to identify what is demanded.
        book: The codebook, which gives the resulting type.
    """
    if not speaker or not _is_obliged(clause) or verb_phrases.is_passive(clause):
        return None
    if any(head.lower_ in _OWN for head in arguments.subjects(clause)):
        return None
    addressed = _addressed(clause, parties)
    if not addressed or _same_side(addressed, speaker) or any(ref.country is None for ref in addressed):
        return None
    event_type: str
    mode: str | None
    code: str | None = None
    if _is_reproach(clause):
        event_type, mode = "ACCUSE", "disapprove"
    else:
        below = [
            candidate_at(clause),
            *[candidate_at(lower) for lower in subordination.complements(clause)],
        ]
        inner = next((act for act in below if act is not None), None)
        outcome = book.outcome("demand", inner.event_type if inner else None)
        if outcome is None:
            return None
        event_type, mode = outcome
        code = composed_code(inner, "demand", book)
    known = mode if mode in book.types[event_type].modes else None
    return EventCandidate(
        event_type=event_type, mode=known, rule="statement/obligation", trigger=clause,
        actors=tuple(speaker), recipients=tuple(addressed), strength="likely", class_name="demand",
        cameo=code, absorbed=tuple(subordination.complements(clause)),
    )  # fmt: skip


def threat_in(clause: Token, speaker: Sequence[ActorRef], *, parties: Parties) -> EventCandidate | None:
    """Read "X said Y will pay a price" as X's threat to Y.

    Args:
        clause: The predicate of what was said.
        speaker: Who said it, resolved.
        parties: The parties of the document.
    """
    will = any(c.dep_ == "aux" and c.lower_ in _WILL for c in clause.children)
    if (
        not speaker
        or not will
        or verb_phrases.is_negated(clause)
        or not is_act_word(clause.lemma_, "threatened_with")
    ):
        return None
    met = {head.lemma_ for head in arguments.objects(clause)}
    if clause.lemma_ != "regret" and not met & load_act_words()["consequences"]:
        return None
    addressed = [
        ref for head in arguments.subjects(clause) for ref in parties.resolve(head, include_possessors=False)
    ]
    if not addressed or _same_side(addressed, speaker) or any(ref.country is None for ref in addressed):
        return None
    return EventCandidate(
        event_type="THREATEN", mode=None, rule="statement/consequence", trigger=clause,
        actors=tuple(speaker), recipients=tuple(addressed), strength="likely", class_name="threaten",
    )  # fmt: skip


def grievance_in(clause: Token, speaker: Sequence[ActorRef], *, parties: Parties) -> EventCandidate | None:
    """Read "Y has violated our border", said by X, as X's accusation of Y.

    Args:
        clause: The predicate of what was said.
        speaker: Who said it, resolved.
        parties: The parties of the document.
    """
    if (
        not speaker
        or not is_act_word(clause.lemma_, "wronging")
        or verb_phrases.is_negated(clause)
        or verb_phrases.is_passive(clause)
    ):
        return None
    wronged = arguments.objects(clause)
    ours = any(head.lower_ == "us" and head.text != "US" for head in wronged) or any(
        owner.lower_ in ("our", "my") for head in wronged for owner in noun_phrases.possessors(head)
    )
    if not ours or clause.tag_ not in ("VBD", "VBN", "VBZ", "VBP", "VBG"):
        return None
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in clause.children):
        return None
    blamed = [
        ref for head in arguments.subjects(clause) for ref in parties.resolve(head, include_possessors=False)
    ]
    if not blamed or _same_side(blamed, speaker) or any(ref.country is None for ref in blamed):
        return None
    return EventCandidate(
        event_type="ACCUSE", mode="allege", rule="statement/grievance", trigger=clause,
        actors=tuple(speaker), recipients=tuple(blamed), strength="likely", class_name="accuse",
    )  # fmt: skip


def _addressed(clause: Token, parties: Parties) -> list[ActorRef]:
    """Return the parties that are to do it: the subject, or "an opportunity **for Gondor** to ..."."""
    for child in (*clause.children, *[g for c in clause.children if c.dep_ == "attr" for g in c.subtree]):
        if (child.dep_ == "prep" and child.lower_ == "for") or (
            child.dep_ == "mark" and child.lower_ == "for"
        ):
            heads = [t for t in child.children if t.dep_ == "pobj"]
            if child.dep_ == "mark":
                heads = [t for t in child.head.children if t.dep_ == "nsubj"]
            found = [ref for head in heads for ref in parties.resolve(head, include_possessors=False)]
            if found and child.head.dep_ != "ROOT":
                return found
    return [
        ref for head in arguments.subjects(clause) for ref in parties.resolve(head, include_possessors=False)
    ]


def _is_obliged(clause: Token) -> bool:
    obliging = next((c for c in clause.children if c.dep_ == "aux" and c.lower_ in _OBLIGATIONS), None)
    if obliging is not None:
        # "Should Gondor attack, ...": a condition.
        return not any(subject.i > obliging.i for subject in arguments.own_subjects(clause))
    head = clause.head
    is_infinitive = clause.dep_ == "xcomp" and any(
        c.lower_ == "to" for c in clause.children if c.dep_ == "aux"
    )
    return is_infinitive and head.lemma_ in _OBLIGING_VERBS and head.tag_ in ("VBZ", "VBP")


def _is_reproach(clause: Token) -> bool:
    words = [c.lower_ for c in clause.children if c.dep_ == "aux"]
    return "should" in words and "have" in words


def _same_side(ours: Sequence[ActorRef], theirs: Sequence[ActorRef]) -> bool:
    """Return True if a demand is domestic: the same party, or two of one country."""
    countries = {r.country for r in ours if r.country} & {r.country for r in theirs if r.country}
    return bool(countries or {r.id for r in ours} & {r.id for r in theirs})


def accusation_in(act: EventCandidate, clause: Token, speaker: Sequence[ActorRef]) -> EventCandidate | None:
    """Read "X said Y had bombed X's town" as X accusing Y, in addition to the claimed act.

    Args:
        act: The harm reported by the clause.
        clause: The predicate of what was said.
        speaker: Who said it, resolved.
    """
    if act.event_type not in _HARM or not speaker or not act.actors:
        return None
    victims, doers = act.recipients, act.actors
    ours = {ref.id for ref in speaker} | {ref.country for ref in speaker if ref.kind != "person"} - {None}
    hurt = {ref.id for ref in victims} | {ref.country for ref in victims if ref.kind != "person"} - {None}
    same = {ref.id for ref in doers} | {ref.country for ref in doers if ref.kind != "person"} - {None}
    if not ours & hurt or ours & same:
        return None
    return EventCandidate(
        event_type="ACCUSE", mode="allege", rule="statement/victim", trigger=clause,
        actors=tuple(speaker), recipients=doers, class_name="accuse",
    )  # fmt: skip
