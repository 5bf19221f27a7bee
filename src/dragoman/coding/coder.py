"""The coder, which turns a report into events and attributions.

`Coder` holds the knowledge and the language model, loaded on first use. It finds the attributions,
parties, dates, amounts and places of a document; `events` builds its events from them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dragoman.coding.amounts.extraction import find_amounts
from dragoman.coding.attribution.content_index import ContentIndex
from dragoman.coding.attribution.extraction import find_attributions
from dragoman.coding.attribution.speaker_index import SpeakerIndex
from dragoman.coding.candidates.claims import Claim, candidate_of
from dragoman.coding.candidates.contact_purpose import contact_above
from dragoman.coding.candidates.party_mentions import find_party_mentions
from dragoman.coding.dates.extraction import find_dates
from dragoman.coding.dates.past_words import find_past_words
from dragoman.coding.decision.calibration import load_calibration
from dragoman.coding.decision.confidence import confidence_of
from dragoman.coding.decision.features import features_of, is_long
from dragoman.coding.decision.final_sides import decision_with_final_sides, with_final_sides
from dragoman.coding.decision.firmness import firmness
from dragoman.coding.decision.gate.examination import Gate
from dragoman.coding.decision.gate.verdict import barring
from dragoman.coding.decision.negations import LEFT_OUT, Negation, examine_negation
from dragoman.coding.decision.objections import objections_to
from dragoman.coding.decision.probabilities import probabilities_of
from dragoman.coding.decision.proposals import propose
from dragoman.coding.decision.selection import DOMESTIC_TALK_THRESHOLD, Decision, select
from dragoman.coding.event_building import EventBuilder, Findings
from dragoman.coding.factuality.assessment import find_predicates, score
from dragoman.coding.factuality.event_modality import assess_event
from dragoman.coding.learned_models import load_models
from dragoman.coding.parties.resolver import Parties
from dragoman.coding.passing_over import Cut
from dragoman.coding.places.extraction import GazetteerNames, find_places
from dragoman.coding.reading.relations import Relation, RelationFinder
from dragoman.coding.reading.typing_model import load_typing_model
from dragoman.coding.rule_pass import RuleDrop, RulePass
from dragoman.errors import BadDateError, DragomanError, EmptyDocumentError, TooLargeError, UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.borders import load_borders
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.modality import load_modality
from dragoman.knowledge.publishers import load_publishers
from dragoman.knowledge.reporting import load_reporting
from dragoman.language.models import find_model
from dragoman.language.pipeline import annotate, common_words, load_pipeline
from dragoman.language.remembering import forget
from dragoman.language.threads import one_thread
from dragoman.model.checks import check_probability, check_seconds
from dragoman.model.days import is_publication_day
from dragoman.model.documents import Document
from dragoman.model.identity import content_id
from dragoman.model.records import CodedDocument
from dragoman.model.terms import DEFAULT_READING
from dragoman.model.time_budget import check_time, spent, time_budget
from dragoman.settings import MAX_CHARACTERS, MAX_CODING_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Token

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.coding.decision.features import Features
    from dragoman.coding.decision.gate.verdict import Verdict
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.knowledge.codebook import Folders
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import Event
    from dragoman.model.terms import Reading

Item = TypeVar("Item")

# The precision of claims by another reader has not been measured.
CLAIM_CONFIDENCE = 0.5


class Coder:
    """Coder of reports. Create one and reuse it: loading takes about a second, coding a report far less.

    Threads can share one: it codes one report at a time while the others wait. To code several at once, use
    one per process (`dragoman.running.local.Workers`).

    Args:
        codebook: A custom codebook folder, or several that override each other in order; see
            docs/codebook-format.md.
        actors: Folders with custom actors, added to those of the package.
        full: Whether to also return every predicate with its factuality.
        reading: How words are read: "full" by rules and the sentence encoder, "fast" by rules and the
            log-linear reader, "rules" by the rules of the codebook alone.
        min_confidence: Keep events from this probability on, 0 to 1; None for where F1 was best in
            cross-validation, and for all that the rules give where they decide alone.
        models: A folder with your own learned models; None for those that come with the package.
        negations: Also keep what a report or a named speaker firmly says was not done, as events of polarity
            negative; see docs/factuality.md.
        skim: Skip paragraphs that name no actor: nearly twice as fast on general news. Events that
            such a paragraph tells by pronouns alone are missed, and so is what is said in it.
        language_model: The package or the path of another English model of spaCy; see docs/grammar.md.
        calibration: A file written by `dragoman calibrate`, which fits confidence to reviewers' verdicts.
        time_budget: Maximum processor time per report, in seconds; None for no limit.

    Raises:
        KnowledgeError: A data file is invalid; the message gives file and line.
        MissingModelError: The language model is not installed.
        UsageError: `min_confidence` is not a probability, or `reading` is unknown.
    """

    def __init__(
        self,
        *,
        codebook: Folders = None,
        actors: Iterable[Path] = (),
        full: bool = False,
        negations: bool = False,
        skim: bool = False,
        reading: Reading = DEFAULT_READING,
        min_confidence: float | None = None,
        models: Path | None = None,
        language_model: str | None = None,
        calibration: Path | None = None,
        time_budget: float | None = MAX_CODING_SECONDS,
    ) -> None:
        check_probability(min_confidence, "min_confidence")
        self._seconds = check_seconds(time_budget, "time_budget")
        self.book = load_codebook(codebook)
        self._models = load_models(reading, models, self.book)
        self._threshold = min_confidence
        self._calibration = load_calibration(calibration) if calibration is not None else None
        self.actors = load_actors(extra=tuple(actors))
        self.borders = load_borders()
        self._contexts = self.book.contexts
        self.modality = load_modality()
        self._cues = load_reporting()
        self._publishers = load_publishers()
        self._full = full
        self._negations = negations
        self._skim = skim
        # Checked at once although loaded later: a wrong name is not an error of a document.
        self._language_model = str(find_model(language_model)) if language_model is not None else None
        self._nlp: Language | None = None
        # spaCy and the caches of a document are not safe for several threads.
        self._turn = threading.RLock()
        self._finder: RelationFinder | None = None

    @property
    def nlp(self) -> Language:
        """The language pipeline, loaded on first use."""
        with self._turn:
            if self._nlp is None:
                self._nlp = load_pipeline(self._language_model)
            return self._nlp

    def code(
        self,
        text: str,
        *,
        published_on: dt.date | str | None = None,
        title: str | None = None,
        id: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> CodedDocument:
        """Code one report given as text.

        Args:
            text: The report; all offsets in the result are character offsets in it.
            published_on: Its date, relative to which "on Friday" is resolved.
            title: Its title, if that is not part of the text.
            id: Its id; derived from the text if not given.
            publisher: Its publisher.
            url: Its URL.

        Raises:
            EmptyDocumentError: There is no text.
            TooLargeError: The text is over the limit in `dragoman.settings`.
            BadDateError: The date is invalid or outside the supported years.
            TookTooLongError: The time budget was exceeded.
        """
        name = id or content_id(text)
        document = Document(
            id=name, text=text, title=title, published_on=_read_day(published_on, where=name),
            publisher=publisher, url=url,
        )  # fmt: skip
        return self.code_document(document)

    def code_document(self, document: Document) -> CodedDocument:
        """Code one document; captions, "Read more" and similar parts of its text are skipped."""
        (code,) = self.prepare([document])
        return code()

    def code_documents(self, documents: Iterable[Document]) -> Iterator[CodedDocument]:
        """Code documents one by one, in order."""
        return (self.code_document(document) for document in documents)

    def prepare(self, documents: Sequence[Document]) -> list[Callable[[], CodedDocument]]:
        """Parse documents together, faster than one by one; return for each a function that codes it.

        An error in a document is raised when it is coded, and does not affect the others.
        """
        _ = self.nlp  # its loading does not count as time of a report
        began = spent()
        budget = None if self._seconds is None else self._seconds * len(documents)
        where = documents[0].id if len(documents) == 1 else "several reports"
        with self._turn, one_thread, time_budget(budget, where=where):
            cuts, faults, wanted, parsed = self._parsed(documents)
        # The time of joint parsing is distributed by length.
        used = (spent() - began) / max(sum(len(document.text) for document in documents), 1)
        return [
            functools.partial(
                self._code_parsed, cut, fault, next(parsed) if is_wanted else None, used * len(cut.whole.text)
            )
            for cut, fault, is_wanted in zip(cuts, faults, wanted, strict=True)
        ]

    def _parsed(
        self, documents: Sequence[Document]
    ) -> tuple[list[Cut], list[DragomanError | None], list[bool], Iterator[AnnotatedDocument]]:
        """Return for each document the part to code, its error, whether it is parsed; and the parses."""
        named, common = self._name_spans if self._skim else None, common_words(self.nlp)
        cuts = [Cut(document, named, known_words=common) for document in documents]
        # If skimming leaves nothing, the whole text shows whether there was any.
        faults = [self._fault(cut.document if cut.document.text.strip() else cut.whole) for cut in cuts]
        wanted = [
            bool(cut.document.text.strip()) and fault is None for cut, fault in zip(cuts, faults, strict=True)
        ]
        parsed = iter(self._annotate([cut.document for cut in itertools.compress(cuts, wanted)]))
        return cuts, faults, wanted, parsed

    def _code_parsed(
        self, cut: Cut, fault: DragomanError | None, annotated: AnnotatedDocument | None, used: float
    ) -> CodedDocument:
        if fault is not None:
            raise fault
        if annotated is None:
            return CodedDocument(id=cut.whole.id, document=cut.whole, events=(), attributions=())
        with self._turn, one_thread, time_budget(self._seconds, where=cut.whole.id, used=used):
            whole, lines = cut.whole.text, cut.datelines
            places = tuple(whole[start:end] for start, end in (line.place for line in lines))
            read = dataclasses.replace(annotated, datelines=lines, dateline_places=places)
            return cut.restore(self.code_annotated(read))

    def annotate(self, document: Document) -> AnnotatedDocument:
        """Run the language layer alone.

        Raises:
            EmptyDocumentError: There is no text.
            TooLargeError: The text is over the limit in `dragoman.settings`.
        """
        fault = self._fault(document)
        if fault is not None:
            raise fault
        return self._annotate([document])[0]

    def _annotate(self, documents: list[Document]) -> list[AnnotatedDocument]:
        with self._turn, one_thread:
            return annotate(self.nlp, documents, names=self._name_spans)

    @staticmethod
    def _fault(document: Document) -> DragomanError | None:
        if not document.text.strip():
            return EmptyDocumentError(where=document.id)
        if len(document.text) > MAX_CHARACTERS:
            return TooLargeError(where=document.id, size=len(document.text), limit=MAX_CHARACTERS)
        if document.published_on is not None and not is_publication_day(document.published_on):
            return BadDateError(where=document.id, value=str(document.published_on))
        return None

    def annotate_text(self, text: str) -> AnnotatedDocument:
        """Run the language layer on a text alone."""
        return self.annotate(Document(id=content_id(text), text=text))

    def relation(self, text: str, *, actor: tuple[int, int], recipient: tuple[int, int]) -> Relation | None:
        """Return the relation that a text states between two given spans.

        Args:
            text: One or a few sentences.
            actor: Character offsets (start, end) of the source actor.
            recipient: Character offsets (start, end) of the recipient.

        Returns:
            The relation, or None if there is none.
        """
        if self._finder is None:
            self._finder = RelationFinder(book=self.book, modality=self.modality, model=load_typing_model())
        return self._finder.relation(self.annotate_text(text), actor, recipient)

    def parties_of(self, annotated: AnnotatedDocument, contents: ContentIndex | None = None) -> Parties:
        """Return the parties of an annotated document.

        Args:
            annotated: The document.
            contents: Its attributions, which determine the referents of "we" and "us".
        """
        contents = contents or ContentIndex()
        document = annotated.document
        publisher = self._publishers.id_of(
            publisher=document.publisher, url=document.url, actors=self.actors, on=document.published_on
        )
        return Parties(
            annotated,
            actors=self.actors,
            borders=self.borders,
            common=common_words(self.nlp),
            speaker_heads=contents.speaker_heads,
            publisher_id=publisher,
        )

    def mentions_of(self, annotated: AnnotatedDocument) -> list[PartyMention]:
        """Return the party mentions of an annotated document, as used by the readers."""
        contents = ContentIndex(tuple(find_attributions(annotated, cues=self._cues)))
        parties = self.parties_of(annotated, contents)
        return find_party_mentions(
            annotated, parties=parties, actors=self.actors, places=GazetteerNames(annotated)
        )

    def scores(self, annotated: AnnotatedDocument, spans: Iterable[tuple[int, int]]) -> list[float]:
        """Return the factuality score of the predicate at each span.

        Args:
            annotated: The document.
            spans: Character offsets (start, end) in the document, each span with one predicate.

        Returns:
            A number for each span, in order: -3 for did not happen, 0 for unknown, +3 for happened.
        """
        found = []
        for start, end in spans:
            words = annotated.doc.char_span(start, end, alignment_mode="expand")
            root = words.root if words is not None else annotated.doc[0]
            found.append(score(root, lexicon=self.modality))
        return found

    def _name_spans(self, text: str) -> list[tuple[int, int]]:
        return [(match.start, match.end) for match in self.actors.find(text)]

    def code_annotated(self, annotated: AnnotatedDocument) -> CodedDocument:
        """Code a document processed by the language layer."""
        try:
            findings = self._findings(annotated)
            predicates = tuple(find_predicates(annotated, lexicon=self.modality)) if self._full else None
            return CodedDocument(
                id=annotated.document.id,
                document=annotated.document,
                events=tuple(self._events(findings)),
                attributions=tuple(findings.speakers.all()),
                predicates=predicates,
            )
        finally:
            forget(annotated.doc)

    @property
    def is_learned(self) -> bool:
        """Whether words are read by a learned model and events are decided by probability."""
        return self._models is not None

    def proposals_of(self, annotated: AnnotatedDocument) -> list[tuple[Decision, Features, Event]]:
        """Return each proposal with its features and its possible event, for training and explanation."""
        findings = self._findings(annotated)
        decisions, features = self._decide(findings)
        builder = self._builder(findings)
        return [
            (decision, row, self._built(builder, decision))
            for decision, row in zip(decisions, features, strict=True)
        ]

    def code_claims(self, document: Document, claims: Sequence[Claim]) -> list[Event | str]:
        """Build the events that another reader claims a report contains.

        Parties, dates, places, amounts and factuality are read by this coder; events that its gate bars (not
        done, untrue, in a film) are not built.

        Args:
            document: The report.
            claims: The claims, with character offsets in its text.

        Returns:
            For each claim its event, or the reason why there is none.
        """
        with self._turn:
            annotated = self.annotate(document)
            try:
                findings = self._findings(annotated)
                builder, gate = self._builder(findings), Gate(annotated.doc)
                return [self._claimed(claim, findings, builder, gate) for claim in claims]
            finally:
                forget(annotated.doc)

    def _claimed(
        self, claim: Claim, findings: _DocumentFindings, builder: EventBuilder, gate: Gate
    ) -> Event | str:
        """Return the event of a claim, or the reason why there is none."""
        annotated = findings.annotated
        candidate = candidate_of(claim, annotated, parties=findings.parties, actors=self.actors)
        if candidate is None or not (candidate.actors or candidate.recipients):
            return "no party that is known"
        verdict = gate.examine(candidate, self._modality_of(candidate.trigger, annotated))
        if verdict.barred:
            return f"barred: {verdict.barred}"
        return builder.build(
            verdict.candidate, verdict.modality, confidence=CLAIM_CONFIDENCE, carried_by="model"
        )

    def rule_drops_of(self, annotated: AnnotatedDocument) -> list[RuleDrop]:
        """Return the words on which a rule matched without giving an event, and why."""
        findings = self._findings(annotated)
        kept, gate = list(findings.rule_pass.candidates()), Gate(annotated.doc)
        drops = [
            RuleDrop(each.candidate.trigger, f"negated; {each.dropped or LEFT_OUT}", each.candidate)
            for each in self._examined_negations(findings, gate)
            if each.dropped is not None or not self._negations
        ]
        drops = findings.rule_pass.dropped + drops
        if self._models is not None:
            return drops
        return drops + [
            RuleDrop(found.candidate.trigger, reason, found.candidate)
            for found in kept
            if (reason := self._why_barred(gate.examine(found.candidate, found.modality))) is not None
        ]

    def _examined_negations(self, findings: _DocumentFindings, gate: Gate) -> Iterator[Negation]:
        """Yield what the rules find negated, with why it is not firmly so; after the rules have run."""
        for found in findings.rule_pass.negations():
            check_time()
            negation = examine_negation(found.candidate, found.modality, gate, findings.speakers)
            yield negation.above(self._threshold_above(0.0), self._rule_confidence(negation))

    def _negated_events(self, findings: _DocumentFindings, builder: EventBuilder) -> Iterator[Event]:
        for negation in self._examined_negations(findings, Gate(findings.annotated.doc)):
            if negation.dropped is None:
                yield builder.build(
                    negation.candidate, negation.modality, confidence=negation.confidence, carried_by="rule"
                )

    def _why_barred(self, verdict: Verdict) -> str | None:
        """Return why the gate or the threshold drops what the rules alone would keep."""
        found = barring(verdict.findings)
        if found is not None:
            return str(found)
        confidence, threshold = self._rule_confidence(verdict), self._threshold_above(0.0)
        return f"unlikely: {confidence:.2f} below {threshold:.2f}" if confidence < threshold else None

    def _rule_confidence(self, found: Verdict | Negation) -> float:
        """Return the probability of an event found by rules alone."""
        return round(self._scaled(confidence_of(found.candidate, found.modality)), 3)

    # The stages of one document ----------------------------------------------------------------------

    def _findings(self, annotated: AnnotatedDocument) -> _DocumentFindings:
        contents = ContentIndex(tuple(find_attributions(annotated, cues=self._cues)))
        parties = self.parties_of(annotated, contents)
        speakers = SpeakerIndex(annotated, contents, parties)
        check_time()
        names = GazetteerNames(annotated)
        found = Findings(
            dates=tuple(find_dates(annotated)),
            past=find_past_words(annotated),
            amounts=tuple(find_amounts(annotated)),
            places=tuple(find_places(annotated, gazetteer_names=names)),
        )
        rule_pass = RulePass(
            annotated=annotated, book=self.book, parties=parties, modality=self.modality, speakers=speakers
        )
        return _DocumentFindings(annotated, parties, speakers, names, found, rule_pass)

    def _events(self, findings: _DocumentFindings) -> list[Event]:
        """Return the events of a document, with the firm negations in the order of the text if asked for."""
        builder = self._builder(findings)
        events = list(self._happenings(findings, builder))
        if not self._negations:
            return events
        taken = {event.trigger.start for event in events}
        negated = [e for e in self._negated_events(findings, builder) if e.trigger.start not in taken]
        return sorted((*events, *negated), key=lambda event: event.trigger.start)

    def _happenings(self, findings: _DocumentFindings, builder: EventBuilder) -> Iterator[Event]:
        if self._models is None:
            gate = Gate(findings.annotated.doc)
            for found in findings.rule_pass.candidates():
                verdict = gate.examine(found.candidate, found.modality)
                if self._why_barred(verdict) is not None:
                    continue
                confidence = self._rule_confidence(verdict)
                candidate = with_final_sides(verdict.candidate, (), findings.annotated.doc)
                yield builder.build(candidate, verdict.modality, confidence=confidence)
            return
        for decision in _within_time(self._decide(findings)[0]):
            if decision.dropped is None:
                yield self._built(builder, decision)

    def _decide(self, findings: _DocumentFindings) -> tuple[list[Decision], list[Features]]:
        """Combine rules and readings, and decide which proposals are kept."""
        if self._models is None:
            raise UsageError(message="this coder uses rules only; create it without reading='rules'")
        annotated = findings.annotated
        ruled = list(findings.rule_pass.candidates())
        held = {found.candidate.trigger.i: found.modality for found in ruled}
        mentions = find_party_mentions(
            annotated, parties=findings.parties, actors=self.actors, places=findings.names
        )
        readings = self._models.reader.read(annotated, mentions, wanted=held)
        proposals = propose(
            annotated.doc, rules=[found.candidate for found in ruled], readings=readings, book=self.book
        )
        gate = Gate(annotated.doc, mentions)
        verdicts = [
            gate.examine(
                p.candidate,
                held[p.token.i] if p.rule is not None else self._modality_of(p.token, annotated),
                ruled=p.rule,
            )
            for p in _within_time(proposals)
        ]
        proposals = [
            dataclasses.replace(p, candidate=v.candidate) for p, v in zip(proposals, verdicts, strict=True)
        ]
        modalities = [verdict.modality for verdict in verdicts]
        objections = [objections_to(p, m) for p, m in zip(proposals, modalities, strict=True)]
        quoted = [annotated.is_quoted(p.token.idx, p.token.idx + len(p.token.text)) for p in proposals]
        features = features_of(proposals, modalities, objections, is_quoted=quoted)
        chances = [
            self._scaled(each)
            for each in probabilities_of(proposals, modalities, features, self._models.decision)
        ]
        decisions = [
            Decision(p, v.modality, chance, against, findings=v.findings)
            for p, v, chance, against in zip(proposals, verdicts, chances, objections, strict=True)
        ]
        sentences = sum(1 for _ in annotated.doc.sents)
        threshold = self._threshold_above(self._scaled(self._models.decision.threshold_for(sentences)))
        strict = self._threshold is None and is_long(sentences)
        talk = self._scaled(DOMESTIC_TALK_THRESHOLD) if strict else 0.0
        selected = select(decisions, threshold=threshold, talk_threshold=talk)
        row_of = {id(d.proposal): row for d, row in zip(decisions, features, strict=True)}
        rows = [row_of[id(d.proposal)] for d in selected]
        return [decision_with_final_sides(d, annotated.doc) for d in selected], rows

    def _scaled(self, probability: float) -> float:
        """Return a probability, calibrated if the user provided a calibration."""
        return probability if self._calibration is None else self._calibration.confidence(probability)

    def _threshold_above(self, default: float) -> float:
        """Return the user's threshold, or else the higher of a default and the calibration's."""
        if self._threshold is not None:
            return self._threshold
        fitted = self._calibration.threshold if self._calibration is not None else None
        return default if fitted is None else max(default, fitted)

    def _modality_of(self, token: Token, annotated: AnnotatedDocument) -> Modality:
        return assess_event(contact_above(token) or token, annotated, lexicon=self.modality)

    def _builder(self, findings: _DocumentFindings) -> EventBuilder:
        return EventBuilder(
            annotated=findings.annotated,
            book=self.book,
            parties=findings.parties,
            modality=self.modality,
            contexts=self._contexts,
            speakers=findings.speakers,
            findings=findings.found,
            cues=self._cues,
        )

    @staticmethod
    def _built(builder: EventBuilder, decision: Decision) -> Event:
        proposal = decision.proposal
        return builder.build(
            proposal.candidate,
            firmness(decision.modality, proposal.reading),
            confidence=round(decision.probability, 3),
            carried_by=proposal.carried_by,
            reading=proposal.reading,
        )


def _within_time(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        check_time()
        yield item


@dataclass(frozen=True, slots=True)
class _DocumentFindings:
    """The findings of one document before any event is built."""

    annotated: AnnotatedDocument
    parties: Parties
    speakers: SpeakerIndex
    names: GazetteerNames
    found: Findings
    rule_pass: RulePass


def _read_day(day: dt.date | str | None, *, where: str) -> dt.date | None:
    if not isinstance(day, str):
        return day
    try:
        return dt.date.fromisoformat(day)
    except ValueError as error:
        raise BadDateError(where=where, value=day[:60]) from error
