"""Building of events from candidates: speaker, factuality, date, place, issue, contexts, amounts, reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.amounts.extraction import amounts_of
from dragoman.coding.attribution.backing import saying_of
from dragoman.coding.attribution.speaker_index import AttributedSpan, span_at
from dragoman.coding.candidates.event_candidate import EventCandidate, tense_of
from dragoman.coding.dates.telling import timing_of
from dragoman.coding.factuality.conditions import condition_of
from dragoman.coding.places.binding import is_of_other_clause
from dragoman.coding.places.extraction import place_of
from dragoman.coding.topics.contexts import contexts_of
from dragoman.coding.topics.issues import issue_of
from dragoman.knowledge.wordlists import is_place_word
from dragoman.language.clauses import clause_root, clause_span
from dragoman.model.identity import content_id
from dragoman.model.records import Event, Place, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.attribution.speaker_index import SpeakerIndex
    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.coding.dates.binding import FoundDate
    from dragoman.coding.dates.past_words import PastTelling
    from dragoman.coding.dates.telling import Timing
    from dragoman.coding.factuality.assessment import Modality
    from dragoman.coding.parties.resolver import Parties
    from dragoman.coding.places.binding import FoundPlace
    from dragoman.coding.reading.trigger_reading import RoleScores, TriggerReading
    from dragoman.knowledge.codebook import Codebook
    from dragoman.knowledge.contexts import ContextLexicon
    from dragoman.knowledge.modality import ModalityLexicon
    from dragoman.knowledge.reporting import ReportingCues
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef, Amount
    from dragoman.model.terms import CarriedBy

INTENSITY_SCALE = "plover"
# A clause with all its dependents may fill a paragraph; beyond this only the clause itself is shown.
_LONGEST_EVIDENCE = 300
# The minimum role scores at which the reader names a speaker or a place that the rules did not find.
_SPEAKER_THRESHOLD = 0.5
_PLACE_THRESHOLD = 0.5
# Acts that have a location; for acts of words it must be stated where they were spoken.
_DONE_SOMEWHERE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Findings:
    """The dates, past-time words, amounts and places found in a document."""

    dates: tuple[FoundDate, ...]
    past: PastTelling
    amounts: tuple[Amount, ...]
    places: tuple[FoundPlace, ...]


class EventBuilder:
    """Builds the events of one document."""

    def __init__(
        self,
        *,
        annotated: AnnotatedDocument,
        book: Codebook,
        parties: Parties,
        modality: ModalityLexicon,
        contexts: ContextLexicon,
        speakers: SpeakerIndex,
        findings: Findings,
        cues: ReportingCues,
    ) -> None:
        self._annotated = annotated
        self._book = book
        self._parties = parties
        self._modality = modality
        self._contexts = contexts
        self._speakers = speakers
        self._findings = findings
        self._cues = cues

    def build(
        self,
        act: EventCandidate,
        modality: Modality,
        *,
        confidence: float,
        carried_by: CarriedBy = "rule",
        reading: TriggerReading | None = None,
    ) -> Event:
        """Build one event.

        Args:
            act: The act, with its parties.
            modality: Its factuality.
            confidence: The probability that a careful coder would record it.
            carried_by: Whether a rule, the model or both found it.
            reading: The reader's result for the trigger; gives speaker and place if the rules have none.
        """
        token, annotated = act.trigger, self._annotated
        attributed = self._speaker(act, reading)
        evidence = span_at(annotated, *_evidence(act))
        found = self._findings
        is_planned = modality.tense == "future"
        timing = timing_of(token, annotated, found.dates, found.past, is_planned=is_planned)
        place = place_of(token, annotated, self._findings.places) or self._place_read(act, reading)
        issue = issue_of(token, act.event_type, annotated=annotated, parties=self._parties)
        contexts = dict.fromkeys((*act.contexts, *contexts_of(token, annotated, self._contexts)))
        reasons = self._reasons(act, attributed, timing, place, issue)
        supposed = condition_of(token, annotated, lexicon=self._modality)
        trigger = span_at(annotated, token.idx, token.idx + len(token.text))
        entry_mode = act.mode if act.mode in self._book.types[act.event_type].modes else None
        cameo = self._book.cameo_for_words(
            act.event_type, act.cameo or self._book.cameo(act.event_type, entry_mode), _words_of(token)
        )
        return Event(
            id=content_id(annotated.document.id, act.event_type, trigger.start, trigger.end, act.rule),
            event_type=act.event_type,
            event_mode=entry_mode,
            contexts=tuple(contexts),
            quad_class=self._book.types[act.event_type].quad_class,  # type: ignore[arg-type]
            intensity=self._book.intensity(act.event_type, entry_mode),
            intensity_scale=INTENSITY_SCALE,
            cameo=cameo,
            goldstein=self._book.goldstein(cameo),
            actors=act.actors,
            recipients=act.recipients,
            speaker=attributed.speaker,
            cue=attributed.cue,
            quoted=annotated.is_quoted(trigger.start, trigger.end),
            factuality=modality.factuality,
            polarity=act.polarity,
            tense=tense_of(act, modality),
            conditional=modality.conditional,
            issue=issue,
            amounts=amounts_of(token, annotated, self._findings.amounts),
            event_date=timing.date,
            place=place,
            evidence=evidence,
            trigger=trigger,
            rule=act.rule,
            confidence=confidence,
            carried_by=carried_by,
            condition=supposed.condition,
            consequence=supposed.consequence,
            reasons=reasons,
            told_as=timing.told_as,
            time_basis=timing.basis,
        )

    def _speaker(self, act: EventCandidate, reading: TriggerReading | None) -> AttributedSpan:
        """Return the speaker by the attributions of the report, or else by the reader and the text."""
        attributed = self._speakers.of(act.trigger, act.actors)
        if reading is None:
            return attributed
        if attributed.speaker:
            refs = tuple(_with_inferred_country(ref, reading) for ref in attributed.speaker)
            return replace(attributed, speaker=refs)
        best = _best(reading, "speaker", _SPEAKER_THRESHOLD)
        if best is None or self._annotated.doc[best.mention.token].sent != act.trigger.sent:
            return attributed
        return self._backed(best.mention, act.trigger, attributed)

    def _backed(self, mention: PartyMention, trigger: Token, attributed: AttributedSpan) -> AttributedSpan:
        """Return the speaker named by the reader if a word or a quote in the text supports it."""
        annotated = self._annotated
        saying = saying_of(annotated.doc[mention.token], trigger, self._cues)
        if saying is None:
            is_quoted = annotated.is_quoted(trigger.idx, trigger.idx + len(trigger.text))
            is_outside = not annotated.is_quoted(mention.party.start, mention.party.end)
            if not (is_quoted and is_outside):
                return attributed
            return AttributedSpan((mention.party,), attributed.cue)
        cue = attributed.cue or span_at(annotated, saying.idx, saying.idx + len(saying.text))
        return AttributedSpan((mention.party,), cue)

    def _place_read(self, act: EventCandidate, reading: TriggerReading | None) -> Place | None:
        """Return the place named by the reader; a country has no coordinates."""
        best = _best(reading, "place", _PLACE_THRESHOLD) if reading is not None else None
        if best is None or best.mention.party.country is None:
            return None
        if is_of_other_clause(self._annotated.doc[best.mention.token], act.trigger):
            return None
        if act.event_type not in _DONE_SOMEWHERE and not self._is_located(best.mention):
            return None
        party = best.mention.party
        for found in self._findings.places:
            if found.token == best.mention.token:
                return found.place
        return Place(
            name=self._place_name(best.mention),
            country=party.country,
            latitude=None,
            longitude=None,
            geonames_id=None,
            text=party.text,
            start=party.start,
            end=party.end,
        )

    def _place_name(self, mention: PartyMention) -> str:
        """Return the name of a place; for people, groups and bodies that of their country."""
        party = mention.party
        if mention.found_by == "place":
            return party.text
        if party.kind in ("state", "territory") or party.country is None:
            return party.name
        return self._parties.country_name(party.country)

    def _is_located(self, mention: PartyMention) -> bool:
        """Return True if a mention names a place or is a location in the sentence: *in Arnor*."""
        if mention.found_by == "place":
            return True
        # "In Annuminas, Arnor": through the name it is attached to, never beyond a verb.
        for above in self._annotated.doc[mention.token].ancestors:
            if above.pos_ == "ADP":
                return is_place_word(above.lower_, "at")
            if above.pos_ not in ("PROPN", "NOUN", "ADJ"):
                return False
        return False

    def _reasons(
        self,
        act: EventCandidate,
        attributed: AttributedSpan,
        timing: Timing,
        place: Place | None,
        issue: Span | None,
    ) -> dict[str, str]:
        reasons = {}
        if not act.actors:
            reasons["actors"] = "no actor named in the clause"
        if not act.recipients:
            reasons["recipients"] = "mutual act" if act.is_mutual else "no recipient named in the clause"
        if not attributed.speaker:
            reasons["speaker"] = attributed.reason or "only the publisher says so"
        if timing.date is None:
            reasons["event_date"] = _why_undated(timing)
        if place is None:
            reasons["place"] = "the clause gives no place"
        if issue is None:
            reasons["issue"] = "the clause does not say"
        return reasons


def _why_undated(timing: Timing) -> str:
    if timing.told_as != "background":
        return "the clause gives no date"
    return f"reported as background by {timing.words!r}, without a date"


def _evidence(act: EventCandidate) -> tuple[int, int]:
    """Return the clause of a verb, with the content it governs; for an event noun, its noun phrase."""
    token = act.trigger
    bare = token.pos_ in ("NOUN", "PROPN") and clause_root(token) != token
    if bare and token.dep_ not in ("dobj", "nsubjpass", "ROOT", "attr"):
        return token.left_edge.idx, token.right_edge.idx + len(token.right_edge.text)
    start, end = clause_span(token, embedded=bool(act.absorbed))
    return (start, end) if end - start <= _LONGEST_EVIDENCE else clause_span(token)


def _words_of(token: Token) -> set[str]:
    """Return the words of a trigger, its auxiliaries and its object: *must leave*, *issued a demand*."""
    nouns = {c.lemma_.lower() for c in token.children if c.dep_ == "dobj" and c.pos_ == "NOUN"}
    return {token.lemma_.lower(), *(c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass"))} | nouns


def _with_inferred_country(ref: ActorRef, reading: TriggerReading) -> ActorRef:
    """Give *a government spokesman* the country that the report is about, as in party mentions."""
    if ref.country is not None or ref.kind != "group":
        return ref
    parties = (scores.mention.party for scores in reading.roles)
    return next((party for party in parties if party.start == ref.start and party.country), ref)


def _best(reading: TriggerReading, role: str, threshold: float) -> RoleScores | None:
    best = max(reading.roles, key=lambda scores: getattr(scores, role), default=None)
    return best if best is not None and getattr(best, role) >= threshold else None
