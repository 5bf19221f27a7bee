"""Explanation of the coding of a sentence: its clauses, what matched, what nearly matched and what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.decision.non_assertion import why_not_told
from dragoman.coding.reading.triggers import match_rules
from dragoman.knowledge.patterns import Pattern
from dragoman.language.clauses import clause_span, is_predicate
from dragoman.model.records import Event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from dragoman.coding.coder import Coder
    from dragoman.coding.rule_pass import RuleDrop
    from dragoman.knowledge.codebook import Rule
    from dragoman.language.annotated import AnnotatedDocument


_NO_PARTIES = "the parties that the rule needs were not found, are one and the same, or of another kind"
_NOTHING_GOVERNED = "it governs nothing that makes an event"


class TriedRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule tried on a word; `failed` is the condition that did not hold, None if all did."""

    rule: str
    word: str
    failed: str | None


class ExplainedClause(msgspec.Struct, frozen=True, kw_only=True):
    """One clause: its words, its predicate, and every rule tried on its words."""

    text: str
    predicate: str
    tried: tuple[TriedRule, ...]


class ExplainedProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A word read as an event, and the outcome.

    `start` is its first character in the text. `probability` is that of a careful coder recording it;
    `dropped` is the reason why it is not kept, None if it is; `objections` are the tests it fails, `gate`
    what the gate found, with the words it rests on, and `features` the input of the decision.
    """

    word: str
    start: int
    event_type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    probability: float
    carried_by: str
    rule: str
    objections: tuple[str, ...]
    dropped: str | None
    gate: tuple[str, ...]
    features: dict[str, float]


class ExplainedDrop(msgspec.Struct, frozen=True, kw_only=True):
    """A word on which a rule matched without giving an event, and why.

    `rule` and `event_type` are None for a word that is part of another event.
    """

    word: str
    rule: str | None
    event_type: str | None
    reason: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The coder's result for a text, clause by clause; `parties` are (words, id, why empty).

    `proposals` is empty for a coder that decides by rules alone. `drops` contains every word on which a rule
    matched without giving a proposal or an event: a question, a mere possibility, an act of a party on
    itself, an act out of scope.
    """

    clauses: tuple[ExplainedClause, ...]
    parties: tuple[tuple[str, str, str], ...]
    events: tuple[Event, ...]
    proposals: tuple[ExplainedProposal, ...] = ()
    drops: tuple[ExplainedDrop, ...] = ()


def explain(text: str, coder: Coder) -> Explanation:
    """Code a text and return what led to each event, and what nearly did.

    Args:
        text: One or a few sentences.
        coder: The coder whose codebook is used.
    """
    annotated = coder.annotate_text(text)
    clauses = [
        _clause(token, annotated, coder)
        for token in annotated.doc
        if is_predicate(token) and not token.is_space
    ]
    parties, drops = tuple(_parties(annotated, coder)), coder.rule_drops_of(annotated)
    held = _words_held(annotated, coder)
    proposals = tuple(_proposals(annotated, coder)) if coder.is_learned else ()
    events = coder.code_annotated(annotated).events
    decided = {event.trigger.start for event in events} | {proposal.start for proposal in proposals}
    return Explanation(
        clauses=tuple(clauses),
        parties=parties,
        proposals=proposals,
        events=events,
        drops=tuple(_drops(drops, held, decided)),
    )


def _words_held(annotated: AnnotatedDocument, coder: Coder) -> dict[Token, Rule]:
    """Return the words on which a rule matches, each with the most specific one."""
    held = {}
    for token in annotated.doc:
        fitting = [match for match in match_rules(token, coder.book) if match.failed is None]
        if fitting:
            held[token] = max(fitting, key=lambda match: match.specificity).rule
    return held


def _drops(
    drops: Sequence[RuleDrop], held: Mapping[Token, Rule], decided: Collection[int]
) -> Iterator[ExplainedDrop]:
    """Yield why words on which a rule matched gave no event, unless an event or a proposal contains them."""
    for drop in drops:
        act = drop.candidate
        # Why a negation is not kept is told beside a proposal too, which is dropped as negated.
        if drop.token.idx not in decided or (act is not None and act.polarity == "negative"):
            yield ExplainedDrop(
                word=drop.token.text,
                rule=act.rule if act else None,
                event_type=act.event_type if act else None,
                reason=drop.reason,
            )
    known = {drop.token.i for drop in drops}
    for token, rule in held.items():
        if token.i not in known and token.idx not in decided:
            missing = _NO_PARTIES if isinstance(rule, Pattern) else _NOTHING_GOVERNED
            yield ExplainedDrop(
                word=token.text,
                rule=rule.rule,
                event_type=rule.event_type if isinstance(rule, Pattern) else None,
                reason=why_not_told(token) or missing,
            )


def _proposals(annotated: AnnotatedDocument, coder: Coder) -> Iterator[ExplainedProposal]:
    for decision, features, event in coder.proposals_of(annotated):
        yield ExplainedProposal(
            word=event.trigger.text,
            start=event.trigger.start,
            event_type=event.event_type,
            actors=tuple(ref.id for ref in event.actors),
            recipients=tuple(ref.id for ref in event.recipients),
            probability=round(decision.probability, 3),
            carried_by=event.carried_by,
            rule=event.rule,
            objections=decision.objections,
            dropped=decision.dropped,
            gate=tuple(str(found) for found in decision.findings),
            features={name: round(value, 3) for name, value in features.items() if value},
        )


def _clause(predicate: Token, annotated: AnnotatedDocument, coder: Coder) -> ExplainedClause:
    start, end = clause_span(predicate)
    inside = [t for t in annotated.doc if start <= t.idx < end and _predicate_of(t) == predicate]
    tried = {
        TriedRule(rule=rule_match.rule.rule, word=token.text, failed=rule_match.failed)
        for token in inside
        for rule_match in match_rules(token, coder.book)
    }
    order = sorted(tried, key=lambda t: (t.failed is not None, t.word, t.rule))
    return ExplainedClause(text=annotated.text_of(start, end), predicate=predicate.text, tried=tuple(order))


def _predicate_of(token: Token) -> Token:
    while not is_predicate(token):
        token = token.head
    return token


def _parties(annotated: AnnotatedDocument, coder: Coder) -> list[tuple[str, str, str]]:
    parties = coder.parties_of(annotated)
    found = []
    for token in annotated.doc:
        if token.pos_ not in ("NOUN", "PROPN", "PRON") or token.dep_ == "compound":
            continue
        refs = parties.resolve(token, include_possessors=False)
        reason = parties.reasons.get(token.i, "")
        for ref in refs:
            found.append((ref.text, ref.id, ""))
        if not refs and reason:
            found.append((token.text, "", reason))
    return found
