"""The relation between two given spans: the event type of the pair.

The rules of the codebook are tried with the two spans as the only parties. If a rule holds for both, it
decides; otherwise the typing model chooses, with near matches among its evidence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.candidates.event_candidate import EventCandidate, as_type, composed_code
from dragoman.coding.factuality.assessment import assess
from dragoman.coding.reading.rule_matching import RuleMatcher
from dragoman.coding.reading.triggers import match_rules
from dragoman.coding.reading.typing_features import pair_features
from dragoman.knowledge.patterns import Pattern
from dragoman.model.records import ActorRef
from dragoman.model.terms import QUAD_CLASS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.coding.reading.typing_model import TypingModel
    from dragoman.knowledge.codebook import Codebook
    from dragoman.knowledge.modality import ModalityLexicon
    from dragoman.language.annotated import AnnotatedDocument

_ACTOR, _RECIPIENT = "actor", "recipient"
YIELDING = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_ABOUT_FUTURE = frozenset({"undertake", "refuse", "demand", "threaten", "deny", "accuse"})


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """Type of a pair of spans, the deciding `rule` ("model" when no rule held), and the confidence."""

    event_type: str
    event_mode: str | None
    quad_class: str
    confidence: float
    rule: str


class SpanParties:
    """Two given spans as the only parties of a text."""

    def __init__(
        self, annotated: AnnotatedDocument, actor: tuple[int, int], recipient: tuple[int, int]
    ) -> None:
        self._annotated = annotated
        self._spans = {_ACTOR: actor, _RECIPIENT: recipient}

    def resolve(self, head: Token, *, include_possessors: bool = True) -> tuple[ActorRef, ...]:
        """Return the given party that contains a noun; else, on request, one inside its noun phrase."""
        direct = self._given(head)
        if direct or not include_possessors:
            return direct
        for child in head.children:
            if child.dep_ in ("poss", "amod", "compound", "nmod", "appos"):
                below = self._given(child)
                if below:
                    return below
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "from"):
                for noun in child.children:
                    below = self._given(noun)
                    if below:
                        return below
        return ()

    def town(self, head: Token) -> tuple[ActorRef, ...]:
        """Return no parties: towns are not resolved, because the parties are given."""
        return ()

    def is_only_near(self, head: Token, ref: ActorRef) -> bool:
        """Return False: both parties are given, so neither is mentioned only because of a tie to another."""
        return False

    def _given(self, token: Token) -> tuple[ActorRef, ...]:
        for name, (start, end) in self._spans.items():
            if start <= token.idx < end:
                return (self._ref(name),)
        return ()

    def _ref(self, name: str) -> ActorRef:
        start, end = self._spans[name]
        text = self._annotated.text_of(start, end)
        return ActorRef(
            id=name, name=text, kind="state", country=name, sector=None, text=text, start=start, end=end
        )


class RelationFinder:
    """Finder of the types of given pairs; created once by the coder."""

    # A rule that holds for both parties is followed unless the model gives its type a probability below this;
    # chosen by cross-validation on the development relations among 0.02, 0.05, 0.1, 0.2.
    LEAST = 0.1

    def __init__(self, *, book: Codebook, modality: ModalityLexicon, model: TypingModel | None) -> None:
        self._book = book
        self._modality = modality
        self._model = model

    def relation(
        self, annotated: AnnotatedDocument, actor: tuple[int, int], recipient: tuple[int, int]
    ) -> Relation | None:
        """Return the relation of two spans; None when no rule holds and there is no model."""
        held = self.held(annotated, actor, recipient)
        if self._model is None:
            return self._by_rule(held[0][0]) if held else None
        sure = [act for act, how in held if how == "both" and act.strength == "sure"]
        features = pair_features(annotated.doc, actor, recipient, evidence(held))
        chances = self._model.probabilities(features)
        best = max(chances, key=lambda name: chances[name])
        if sure and self.decides(sure[0], chances):
            return self._by_rule(sure[0])
        if best == "YIELD":
            # The development relations do not distinguish CONCEDE from RETREAT; near matches do.
            best = next((act.event_type for act, _ in held if act.event_type in YIELDING), "RETREAT")
        mode = next((act.mode for act, _ in held if act.event_type == best), None)
        return Relation(
            event_type=best, event_mode=mode, quad_class=QUAD_CLASS_OF[best],
            confidence=_calibrated(max(chances.values())), rule="model",
        )  # fmt: skip

    @classmethod
    def decides(cls, act: EventCandidate, chances: dict[str, float]) -> bool:
        """Return True if a rule that holds for both parties is to be followed against the model."""
        kind = YIELDING.get(act.event_type, act.event_type)
        return chances.get(kind, 0.0) > cls.LEAST

    def _by_rule(self, act: EventCandidate) -> Relation:
        quad_class = self._book.types[act.event_type].quad_class
        return Relation(
            event_type=act.event_type, event_mode=act.mode, quad_class=quad_class,
            confidence=0.95, rule=act.rule,
        )  # fmt: skip

    def held(
        self, annotated: AnnotatedDocument, actor: tuple[int, int], recipient: tuple[int, int]
    ) -> list[tuple[EventCandidate, str]]:
        """Return the acts that hold for the pair, best first, each with the quality of its match."""
        parties = SpanParties(annotated, actor, recipient)
        matcher = RuleMatcher(self._book, parties)  # type: ignore[arg-type]
        found: list[tuple[tuple[int, ...], EventCandidate, str]] = []
        for token in annotated.doc:
            act = self._apply_polarity_and_tense(matcher.candidate_at(token), annotated)
            if act is None:
                found += [((9, token.i), a, "word") for a in self._by_word(token)]
                continue
            how = _how_well(act)
            if how == "one" and self._reaches(act, annotated, actor, recipient):
                how = "within"
            depth = len(list(token.ancestors))
            found.append(
                ((("both", "within", "swapped", "one", "none").index(how), depth, token.i), act, how)
            )
        return [(act, how) for _, act, how in sorted(found, key=lambda item: item[0])]

    def _reaches(
        self,
        act: EventCandidate,
        annotated: AnnotatedDocument,
        actor: tuple[int, int],
        recipient: tuple[int, int],
    ) -> bool:
        """Return True if the recipient is a descendant of the trigger of an act of the actor."""
        span = annotated.doc.char_span(*recipient, alignment_mode="expand")
        if span is None or _ACTOR not in {a.id for a in act.actors}:
            return False
        return act.trigger.is_ancestor(span.root)

    def _apply_polarity_and_tense(
        self, act: EventCandidate | None, annotated: AnnotatedDocument
    ) -> EventCandidate | None:
        if act is None:
            return None
        modality = assess(act.trigger, annotated, lexicon=self._modality)
        class_name = "negated" if modality.polarity == "negative" else "future"
        if class_name == "future" and (modality.tense != "future" or act.class_name in _ABOUT_FUTURE):
            return act
        outcome = self._book.outcome(class_name, act.event_type)
        if outcome is None:
            return act
        code = composed_code(act, class_name, self._book)
        return as_type(act, *outcome, "composition/turned", cameo=code)

    def _by_word(self, token: Token) -> Iterator[EventCandidate]:
        """Yield candidates of rules whose words and conditions hold but whose parties do not."""
        for rule_match in match_rules(token, self._book):
            rule = rule_match.rule
            if rule_match.failed is None and isinstance(rule, Pattern):
                yield EventCandidate(
                    event_type=rule.event_type, mode=rule.mode, rule=rule.rule,
                    trigger=token, actors=(), recipients=(), strength="weak",
                )  # fmt: skip


# Probability of the model's best type, and how often it was right, in ten-fold cross-validation on the
# development relations: the model is underconfident.
_MEASURED = ((0.0, 0.3), (0.2, 0.55), (0.3, 0.68), (0.4, 0.73), (0.5, 0.87), (0.7, 0.94), (1.0, 0.99))


def _calibrated(chance: float) -> float:
    """Return the measured accuracy at a model probability, by linear interpolation."""
    for (low, below), (high, above) in pairwise(_MEASURED):
        if chance <= high:
            return round(below + (above - below) * (chance - low) / (high - low), 3)
    return _MEASURED[-1][1]


def evidence(held: list[tuple[EventCandidate, str]]) -> list[tuple[str, str]]:
    """Return (type, match quality) of the acts, and separately of the first, for the typing model."""
    found = [(act.event_type, how) for act, how in held]
    if held:
        first, how = held[0]
        found += [(first.event_type, f"first-{how}"), (f"{first.event_type}/{first.mode}", "first-mode")]
        found.append((first.rule, "first-rule"))
        if first.inner is not None:
            found.append((f"{first.class_name}:{first.inner.event_type}", "composed"))
    return found


def _how_well(act: EventCandidate) -> str:
    doers, targets = {a.id for a in act.actors}, {r.id for r in act.recipients}
    if _ACTOR in doers and (_RECIPIENT in targets or _RECIPIENT in doers):
        return "both"
    if _RECIPIENT in doers and _ACTOR in targets:
        return "swapped"
    return "one" if doers | targets else "none"
