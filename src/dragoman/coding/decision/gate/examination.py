"""The gate: every proposal, from whichever reading, is examined before it becomes an event.

It bars what the text says was not done, is untrue, or is only fiction, a question or a game; removes parties
that are named only to be excluded; and marks what is supposed. Each finding names the words it rests on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.candidates.event_candidate import as_type
from dragoman.coding.decision.gate.blamed import with_blamed_as_actors
from dragoman.coding.decision.gate.business import business_of
from dragoman.coding.decision.gate.bystanders import bystanders
from dragoman.coding.decision.gate.demands import Demand, demands_in, without_demands
from dragoman.coding.decision.gate.fiction import asked_whether, fiction_of, question_about
from dragoman.coding.decision.gate.figurative import act_of_words, game_of
from dragoman.coding.decision.gate.kept_from import bound_not_to, keeping_phrase, refused_by
from dragoman.coding.decision.gate.left_out import LeftOut, left_out_in
from dragoman.coding.decision.gate.misread import strike_helped
from dragoman.coding.decision.gate.sides_of_clauses import undergone, without_other_clauses
from dragoman.coding.decision.gate.supposed import (
    Supposition,
    expecting,
    suppositions_in,
    when_to_come,
)
from dragoman.coding.decision.gate.untrue import untrue_subject, untruth_of
from dragoman.coding.decision.gate.verdict import Finding, Verdict
from dragoman.coding.syntax.noun_phrases import possessors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.model.records import ActorRef

_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "PRON", "NUM"})
_DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "AID", "RETREAT"})
_MODES = {"ACCUSE": "disapprove", "REJECT": None}
# An act inside a condition is not done, but stating it may be an act: a threat, a demand.
_SAID = frozenset({"THREATEN", "REQUEST", "ACCUSE", "AGREE"})


class Gate:
    """Examines the proposals of one document.

    Args:
        doc: The parsed report.
        mentions: Its party mentions, which give the author of a demand that a reader assigned to others.
    """

    def __init__(self, doc: Doc, mentions: Iterable[PartyMention] = ()) -> None:
        self._doc = doc
        self._party_at = {mention.token: mention.party for mention in mentions}
        self._demands: dict[int, list[Demand]] = {}
        self._left_out: dict[int, list[LeftOut]] = {}
        self._suppositions: dict[int, list[Supposition]] = {}

    def examine(
        self, act: EventCandidate, modality: Modality, *, ruled: EventCandidate | None = None
    ) -> Verdict:
        """Return a proposal as it leaves the gate, with the findings.

        Args:
            act: The proposed act.
            modality: Its factuality.
            ruled: The act that a rule found there, if any.
        """
        barred = next(self._bars(act, modality), None)
        if barred is not None:
            return Verdict(act, modality, (barred,))
        findings: list[Finding] = []
        act = self._retyped(act, findings)
        modality = self._weakened(act, modality, findings)
        act = self._turned(act, findings)
        act, modality = self._with_blamed(act, modality, findings)
        act = self._struck(act, findings)
        act = self._kept_apart(act, ruled, findings)
        act = self._without_bystanders(act, findings)
        act = self._apart_from_demands(act, findings)
        return Verdict(act, modality, tuple(findings))

    # What bars ------------------------------------------------------------------------------------------

    def _bars(self, act: EventCandidate, modality: Modality) -> Iterator[Finding]:
        token = act.trigger
        if act.event_type == "THREATEN" and modality.reason.startswith("expectation"):
            yield Finding("only expected", modality.reason, "barred")
        # What "stopped short of" keeps from being done is what a negation says.
        kept = refused_by(act) or (keeping_phrase(act) if act.polarity == "positive" else None)
        if kept is not None:
            yield Finding("not done", kept.text, "barred")
        negation = bound_not_to(act)
        if negation is not None:
            yield Finding("promised not to", negation.text, "barred")
        untruth = untruth_of(token)
        if untruth is not None and untruth[1]:
            yield Finding("not so", untruth[0].text, "barred")
        subject = untrue_subject(token) if act.event_type in _DEEDS else None
        if subject is not None:
            yield Finding("not so", subject.text, "barred")
        for supposition in self._suppositions_at(token):
            if supposition.is_counterfactual and supposition.start <= token.i < supposition.last:
                yield Finding("never was", supposition.words(self._doc), "barred")
        struck = strike_helped(token, act.event_type)
        if struck is not None:
            yield Finding("helps against it", struck.text, "barred")
        yield from self._other_subjects(act)

    def _other_subjects(self, act: EventCandidate) -> Iterator[Finding]:
        """Yield findings that a word belongs to another subject: a film, a game, business."""
        token = act.trigger
        fiction = fiction_of(token, act.event_type)
        if fiction is not None:
            yield Finding("fiction", fiction.text, "barred")
        asked = question_about(token)
        if asked is not None:
            yield Finding("asked", asked.text, "barred")
        game = game_of(token, act.event_type)
        if game is not None:
            yield Finding("game", game, "barred")
        firm = business_of(act, self._doc)
        if firm is not None:
            yield Finding("business of firms", firm, "barred")
        figure = act_of_words(token, act.event_type)
        if figure is not None and figure[1] is None:
            yield Finding("no arms", figure[0].text, "barred")

    # What changes ---------------------------------------------------------------------------------------

    def _retyped(self, act: EventCandidate, findings: list[Finding]) -> EventCandidate:
        figure = act_of_words(act.trigger, act.event_type)
        if figure is None or figure[1] is None:
            return act
        findings.append(Finding("no arms", figure[0].text, "retyped"))
        return as_type(act, figure[1], _MODES[figure[1]], "gate/words")

    def _weakened(self, act: EventCandidate, modality: Modality, findings: list[Finding]) -> Modality:
        token = act.trigger
        untruth = untruth_of(token)
        if untruth is not None and modality.factuality in ("certain", "probable"):
            findings.append(Finding("only said", untruth[0].text, "doubted"))
            modality = replace(modality, factuality="possible")
        whether = asked_whether(token)
        if whether is not None and modality.factuality in ("certain", "probable"):
            findings.append(Finding("asked", whether.text, "doubted"))
            modality = replace(modality, factuality="unknown")
        expected = expecting(token) if act.event_type in _DEEDS else None
        if expected is not None:
            findings.append(Finding("only expected", expected.text, "doubted"))
            modality = replace(modality, factuality="possible", tense="future")
        if modality.conditional:
            return modality
        opener = when_to_come(token)
        words = opener.text if opener is not None else None
        for supposition in self._suppositions_at(token):
            # "Unless it lifts its blockade": the blockade is there.
            inside = supposition.start <= token.i < supposition.end and not possessors(token)
            follows = supposition.end <= token.i < supposition.last
            if inside or (follows and act.event_type not in _SAID):
                words = supposition.words(self._doc)
        if words is None:
            return modality
        findings.append(Finding("supposed", words, "supposed"))
        return replace(modality, factuality="unknown", conditional=True)

    def _turned(self, act: EventCandidate, findings: list[Finding]) -> EventCandidate:
        """Move the subject of a passive to the recipients."""
        turned = undergone(act, self._doc)
        if turned is None:
            return act
        moved = {ref.text for ref in act.actors} - {ref.text for ref in turned.actors}
        findings.extend(Finding("done to", text, "moved") for text in sorted(moved))
        return turned

    def _with_blamed(
        self, act: EventCandidate, modality: Modality, findings: list[Finding]
    ) -> tuple[EventCandidate, Modality]:
        """Make the parties that an act is blamed on its actors, and the act only possible."""
        found = with_blamed_as_actors(act, self._doc) if act.event_type in _DEEDS else None
        if found is None:
            return act, modality
        findings.append(Finding("only attributed", found[1].text, "doubted"))
        return found[0], replace(modality, factuality="possible")

    def _without_bystanders(self, act: EventCandidate, findings: list[Finding]) -> EventCandidate:
        """Remove parties that are named only in relation to another."""
        found = list(bystanders(act, self._doc))
        if not found:
            return act
        gone = {id(ref) for ref, _ in found}
        findings.extend(Finding(why, ref.text, "struck") for ref, why in found)
        return replace(
            act,
            actors=tuple(ref for ref in act.actors if id(ref) not in gone),
            recipients=tuple(ref for ref in act.recipients if id(ref) not in gone),
        )

    def _apart_from_demands(self, act: EventCandidate, findings: list[Finding]) -> EventCandidate:
        """Assign a demand to its author, and remove the author from the act that meets or defies it."""
        kept = without_demands(act, self._demands_near(act.trigger), self._party_at, self._doc)
        staying = {ref.id for ref in (*kept.actors, *kept.recipients)}
        gone = [ref for ref in (*act.actors, *act.recipients) if ref.id not in staying]
        findings.extend(Finding("in a demand", ref.text, "struck") for ref in gone)
        return kept

    def _kept_apart(
        self, act: EventCandidate, ruled: EventCandidate | None, findings: list[Finding]
    ) -> EventCandidate:
        """Remove parties that take part only in the act of another clause."""
        kept = without_other_clauses(act, ruled, self._doc)
        gone = [r for r in (*act.actors, *act.recipients) if r not in (*kept.actors, *kept.recipients)]
        findings.extend(Finding("in another clause", ref.text, "struck") for ref in gone)
        return kept

    def _struck(self, act: EventCandidate, findings: list[Finding]) -> EventCandidate:
        """Strike parties that are named only to be left out; nobody left on a side bars the event."""
        left_out = [
            stretch
            for stretch in self._left_out_near(act.trigger)
            # "Neither Arnor nor Gondor attacked": they are left out of an attack, not of its negation.
            if stretch.holds_for(act.trigger) and not (act.polarity == "negative" and stretch.by_negation)
        ]
        if not left_out:
            return act
        actors = tuple(ref for ref in act.actors if not self._is_in(ref, left_out))
        recipients = tuple(ref for ref in act.recipients if not self._is_in(ref, left_out))
        gone = {ref.text for ref in (*act.actors, *act.recipients)} - {r.text for r in (*actors, *recipients)}
        alone = act.is_mutual and len({ref.id for ref in actors}) < len({ref.id for ref in act.actors}) == 2
        if alone or (act.actors and not actors) or (act.recipients and not recipients):
            if all(stretch.only_for is not None for stretch in left_out):
                return act
            findings.append(Finding("left out", ", ".join(sorted(gone)), "barred"))
        findings.extend(Finding("left out", text, "struck") for text in sorted(gone))
        return replace(act, actors=actors, recipients=recipients)

    def _is_in(self, ref: ActorRef, stretches: list[LeftOut]) -> bool:
        """Return True if all words naming a party are within one of several spans."""
        span = self._doc.char_span(ref.start, ref.end, alignment_mode="expand")
        named = [t.i for t in span if t.pos_ in _NAMING] if span is not None else []
        return bool(named) and any(all(s.start <= i < s.end for i in named) for s in stretches)

    # The contents of a sentence, found once -------------------------------------------------------------

    def _left_out_near(self, token: Token) -> list[LeftOut]:
        sentence = token.sent
        if sentence.start not in self._left_out:
            self._left_out[sentence.start] = list(left_out_in(sentence))
        return self._left_out[sentence.start]

    def _demands_near(self, token: Token) -> list[Demand]:
        sentence = token.sent
        if sentence.start not in self._demands:
            self._demands[sentence.start] = list(demands_in(sentence))
        return self._demands[sentence.start]

    def _suppositions_at(self, token: Token) -> list[Supposition]:
        sentence = token.sent
        if sentence.start not in self._suppositions:
            self._suppositions[sentence.start] = list(suppositions_in(sentence))
        return self._suppositions[sentence.start]
