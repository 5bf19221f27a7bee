"""Rule pass: the result of the codebook's rules for each clause, and the reasons to drop a candidate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.candidates.contact_purpose import contact_above, done_by_contact, is_only_contact
from dragoman.coding.candidates.event_candidate import EventCandidate, as_type, composed_code, tense_of
from dragoman.coding.candidates.implicit_recipients import harmed_beside, infer_recipient, supposed_recipient
from dragoman.coding.candidates.labelling import blamed_below, named_wrong
from dragoman.coding.candidates.speech_acts import accusation_in, demand_in, grievance_in, may_bind, threat_in
from dragoman.coding.decision import non_assertion
from dragoman.coding.decision.duplicates import is_repetition
from dragoman.coding.decision.relevance import is_between_countries, scope_fault
from dragoman.coding.factuality.event_modality import assess_event, is_absolute
from dragoman.coding.reading.rule_matching import RuleMatcher
from dragoman.coding.reading.triggers import words_with_rules
from dragoman.coding.syntax import arguments
from dragoman.knowledge.wordlists import is_act_word
from dragoman.language.clauses import governing_clause
from dragoman.language.word_columns import word_columns
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.coding.attribution.speaker_index import SpeakerIndex
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.coding.parties.resolver import Parties
    from dragoman.knowledge.codebook import Codebook, Outcome
    from dragoman.knowledge.modality import ModalityLexicon
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef

# Governors whose act is already about the future: "will promise" stays a promise.
_ABOUT_FUTURE = frozenset(
    {
        "undertake",
        "refuse",
        "demand",
        "threaten",
        "deny",
        "accuse",
        "support",
        "oppose",
        "propose",
        "consider",
    }
)


# Acts done by stating them: as certain as the statement, not as its content.
_OF_WHOEVER_SAYS_IT = frozenset(
    {"statement/obligation", "statement/consequence", "statement/grievance", "naming/what-they-call"}
)
_BLAMING = frozenset({"ACCUSE", "PROTEST", "REJECT"})
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_THREATENED = frozenset({"ASSAULT", "COERCE", "SANCTION"})


@dataclass(frozen=True, slots=True)
class RuleCandidate:
    """A result that the rules would keep: a candidate and its factuality."""

    candidate: EventCandidate
    modality: Modality


@dataclass(frozen=True, slots=True)
class RuleDrop:
    """A word on which a rule matched without giving an event by the rules, and why.

    `candidate` is None for a word that is part of another event.
    """

    token: Token
    reason: str
    candidate: EventCandidate | None = None


class RulePass:
    """Applies the codebook's rules to one document; when done, `dropped` contains what it did not keep."""

    def __init__(
        self,
        *,
        annotated: AnnotatedDocument,
        book: Codebook,
        parties: Parties,
        modality: ModalityLexicon,
        speakers: SpeakerIndex,
    ) -> None:
        self._annotated = annotated
        self._book = book
        self._wrongs = frozenset(book.sets.get("wrongs", ()))
        self._parties = parties
        self._modality = modality
        self._speakers = speakers
        self._matcher = RuleMatcher(book, parties)
        self._ruled = words_with_rules(annotated.doc, book)
        self._tried = self._words_to_try()
        self._previous: list[tuple[int, EventCandidate]] = []
        self._sentence = 0
        self.dropped: list[RuleDrop] = []
        self._negated: list[RuleCandidate] = []

    def candidates(self) -> Iterator[RuleCandidate]:
        """Yield the candidates that the rules would keep, in the order of their triggers."""
        for number, sent in enumerate(self._annotated.doc.sents):
            check_time()
            self._sentence = number
            kept: list[tuple[EventCandidate, Modality]] = []
            for act, modality in self._acts(sent.root):
                tense = tense_of(act, modality)
                again = (is_repetition(act, a) and tense_of(a, m) == tense for a, m in kept)
                if any(again):
                    self._drop(act, "already reported in the sentence")
                else:
                    kept.append((act, modality))
                    self._previous.append((number, act))
            kept.sort(key=lambda pair: pair[0].trigger.i)
            yield from (RuleCandidate(act, modality) for act, modality in kept)

    def negations(self) -> Iterator[RuleCandidate]:
        """Yield what the rules find negated, outermost first in each sentence, once `candidates` is done.

        What a negated governor takes below it is part of it: *did not demand an end to **sanctions***.
        """
        absorbed: set[int] = set()
        kept: list[EventCandidate] = []
        for found in self._negated:
            act = found.candidate
            again = any(
                other.trigger.sent == act.trigger.sent and is_repetition(act, other) for other in kept
            )
            if act.trigger.i in absorbed or again:
                self._drop(act, "negated: part of another negation")
                continue
            absorbed.update(token.i for token in self._absorbed_by(act))
            kept.append(act)
            yield found

    def _acts(self, root: Token) -> Iterator[tuple[EventCandidate, Modality]]:
        """Yield the acts of a sentence that are kept, outermost first; absorbed ones are skipped."""
        absorbed: dict[int, Token] = {}
        for word in self._from_the_top(root):
            if word in absorbed:
                if word in self._ruled:
                    part_of = f"part of the event of {absorbed[word].text!r}"
                    self.dropped.append(RuleDrop(root.doc[word], part_of))
                continue
            token = root.doc[word]
            found = self._act_at(token)
            if found is None:
                continue
            act, modality = found
            absorbed.update((t.i, token) for t in self._absorbed_by(act))
            yield act, modality
            said = accusation_in(act, token, self._speakers.of(token).speaker)
            happened = modality.factuality in ("certain", "probable") and modality.tense != "future"
            if said is not None and happened and not modality.conditional:
                yield said, self._assessed(self._speakers.cue_token(token) or token)

    def _words_to_try(self) -> set[int]:
        """Return the words that may be an act: by a rule, by a label others give it, or by a statement."""
        columns, wrongs = word_columns(self._annotated.doc), self._wrongs
        return self._ruled | {
            word
            for word, (word_class, lemma) in enumerate(zip(columns.classes, columns.lemmas, strict=True))
            if word_class in _VERBAL or (word_class in _NOMINAL and lemma in wrongs)
        }

    def _act_at(self, token: Token) -> tuple[EventCandidate, Modality] | None:
        act = self._obligation(token) or self._named(token) or self._plain(token)
        if act is None:
            return None
        reason = scope_fault(act)
        if reason is None and is_only_contact(act, self._purpose, self._parties):
            reason = "only the way in which something else was said"
        if reason is None and act.rule in _OF_WHOEVER_SAYS_IT:
            return act, self._assessed(self._speakers.cue_token(token) or token)
        reason = reason or non_assertion.why_not_told(token)
        if reason is None and non_assertion.is_what_ends(token):
            reason = "what is to end" if self._assessed(token.head).tense == "future" else None
        if reason is None:
            return self._as_asserted(act, token)
        self._drop(act, reason)
        return None

    def _as_asserted(self, act: EventCandidate, token: Token) -> tuple[EventCandidate, Modality] | None:
        """Return an act adjusted for polarity and tense; None if nothing is left or it is too uncertain."""
        modality = self._assessed(contact_above(token) or token)
        directed = self._directed(act)
        found = self._apply_polarity_and_tense(directed, modality)
        if found is None and modality.polarity == "negative":
            self._negated.append(RuleCandidate(replace(directed, polarity="negative"), modality))
            return None
        if found is None:
            self._drop(act, "announced, and nobody is threatened")
            return None
        reason = _why_uncertain(found, modality)
        if reason is not None:
            self._drop(act, reason)
            return None
        return found, modality

    def _drop(self, act: EventCandidate, reason: str) -> None:
        self.dropped.append(RuleDrop(act.trigger, reason, act))

    def _plain(self, token: Token) -> EventCandidate | None:
        """Return the codebook's act for a word; a call's purpose is directed at whoever was called."""
        if token.i not in self._ruled:
            return None
        if contact_above(token) is None:
            act = self._matcher.candidate_at(token)
            return act if act is not None else self._completed(self._purpose(token))
        act = self._purpose(token)
        return act and done_by_contact(token, act, self._parties)

    def _completed(self, act: EventCandidate | None) -> EventCandidate | None:
        """Give an act that lacks only its recipient the one given by its context."""
        if act is None or act.recipients or not act.actors or act.strength == "weak":
            return None
        hit: tuple[ActorRef, ...] = ()
        if act.event_type == "ASSAULT":
            hit = harmed_beside(act, self._parties)
        if act.event_type in _THREATENED:
            # "If Mordor attacks, Gondor will impose sanctions": on Mordor.
            hit = hit or supposed_recipient(act, self._parties)
        found = replace(act, recipients=hit) if hit else self._infer_recipient(act)
        return found if found.recipients else None

    def _infer_recipient(self, act: EventCandidate) -> EventCandidate:
        return infer_recipient(
            act, self._previous, sentence=self._sentence, annotated=self._annotated, parties=self._parties
        )

    def _purpose(self, token: Token) -> EventCandidate | None:
        return self._matcher.candidate_at(token, governed=True)

    def _assessed(self, token: Token) -> Modality:
        return assess_event(token, self._annotated, lexicon=self._modality)

    def _obligation(self, token: Token) -> EventCandidate | None:
        """Return the act performed by a statement: a demand, a threat, a grievance."""
        if token.pos_ not in _VERBAL:
            return None
        speaker = self._speakers.speaker_of(token)
        grievance = grievance_in(token, speaker, parties=self._parties)
        if grievance is not None or not may_bind(token):
            return grievance
        threat = threat_in(token, speaker, parties=self._parties)
        return threat or demand_in(
            token, speaker, parties=self._parties, candidate_at=self._matcher.candidate_at, book=self._book
        )

    def _named(self, token: Token) -> EventCandidate | None:
        """Return the accusation in "what they call an invasion"; the clause above may give its recipient."""
        wrongs = self._wrongs
        if token.lemma_.lower() not in wrongs:
            return None
        above = governing_clause(token)
        while above is not None and above.head != above and not self._matcher.candidate_at(above):
            if is_act_word(above.lemma_, "doing"):
                break
            above = governing_clause(above)
        protested = self._blamed_by(above) if above is not None else ()
        return named_wrong(token, wrongs=wrongs, parties=self._parties, protested=protested)

    def _blamed_by(self, clause: Token) -> tuple[ActorRef, ...]:
        """Return the parties a clause is directed against, or its actors if others call its act a wrong."""
        if is_act_word(clause.lemma_, "doing"):
            doers = [
                ref
                for head in arguments.subjects(clause)
                for ref in self._parties.resolve(head, include_possessors=False)
            ]
            return tuple(doers)
        act = self._matcher.candidate_at(clause)
        return act.recipients if act and act.event_type in (*_BLAMING, "SANCTION") else ()

    def _directed(self, act: EventCandidate) -> EventCandidate:
        """Give "condemned what it called Gondor's aggression" its recipient."""
        act = act if act.recipients else self._infer_recipient(act)
        if act.event_type == "THREATEN" and not act.recipients:
            # "If Mordor attacks, Gondor will hit back": Mordor is the recipient.
            return replace(act, recipients=supposed_recipient(act.inner or act, self._parties))
        if act.recipients or act.event_type not in _BLAMING or act.trigger.pos_ != "VERB":
            return act
        accused = blamed_below(act.trigger, wrongs=self._wrongs, parties=self._parties)
        ours = {ref.id for ref in act.actors}
        return act if ours & {ref.id for ref in accused} else replace(act, recipients=accused)

    def _apply_polarity_and_tense(self, act: EventCandidate, modality: Modality) -> EventCandidate | None:
        """Return an act adjusted for negation and future tense; None if nothing is left to code."""
        if modality.polarity == "negative":
            outcome = self._book.outcome("negated", act.event_type) if modality.tense == "future" else None
            return self._composed(act, "negated", outcome) if outcome else None
        # "Should Gondor attack": a condition is not a threat made by its subject.
        is_condition = "inverted condition" in modality.reason
        if modality.tense == "future" and not is_condition and act.class_name not in _ABOUT_FUTURE:
            outcome = self._book.outcome("future", act.event_type)
            if outcome and outcome[0] == "THREATEN" and not act.recipients:
                return None  # "Will extend its curfew": no party is threatened.
            if outcome and outcome[0] != act.event_type:
                return self._composed(act, "future", outcome)
            if outcome:
                return replace(act, cameo=composed_code(act, "future", self._book))
        return act

    def _composed(self, act: EventCandidate, class_name: str, outcome: Outcome) -> EventCandidate:
        code = composed_code(act, class_name, self._book)
        return as_type(act, *outcome, f"composition/{class_name}", cameo=code)

    def _from_the_top(self, root: Token) -> Iterator[int]:
        """Yield the words of a sentence to be tried, each before its dependents."""
        first, end = root.left_edge.i, root.right_edge.i + 1
        below: dict[int, list[int]] = {}
        for word, head in enumerate(word_columns(root.doc).heads[first:end], start=first):
            if word != head:
                below.setdefault(head, []).append(word)
        queue = [root.i]
        for word in queue:
            if word in self._tried:
                yield word
            queue += below.get(word, ())

    def _absorbed_by(self, act: EventCandidate) -> Iterator[Token]:
        own = {ref.id for ref in act.actors}
        for head in act.absorbed:
            lower = self._matcher.candidate_at(head)
            presupposed = (
                head.pos_ in ("NOUN", "PROPN")
                and lower is not None
                and bool(lower.actors)
                and not {ref.id for ref in lower.actors} & own
                and act.class_name not in ("end", "begin", "demand", "undertake", "refuse", "threaten")
            )
            if not presupposed:
                yield from _content(head)


def _why_uncertain(act: EventCandidate, modality: Modality) -> str | None:
    """Return why an act is too uncertain to be reported; None if it is not.

    Merely possible acts are excluded; acts that depend on a condition are kept, marked as conditional.
    """
    if modality.factuality in ("unknown", "possible") and not modality.conditional:
        return f"only {modality.factuality}: {modality.reason}"
    if modality.conditional and not is_between_countries(act):
        return "conditional, and not between two countries"
    return None


def _content(head: Token) -> Iterator[Token]:
    """Yield the words governed by a governor, without inner clauses that make their own statement."""
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(child for child in token.children if not _says_its_own(child))


def _says_its_own(clause: Token) -> bool:
    """Return True for a relative clause, or one with its own subject: *with Arnor massing troops*."""
    if clause.dep_ == "relcl":
        return True
    return is_absolute(clause) or any(
        is_absolute(child) for child in clause.children if clause.dep_ == "prep"
    )
