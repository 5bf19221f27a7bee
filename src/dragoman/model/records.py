"""Content of the record: events and attributions, each with its spans of the text."""

from __future__ import annotations

import datetime as dt

import msgspec

from dragoman.model.documents import Document
from dragoman.model.terms import (
    ActorKind,
    CarriedBy,
    Factuality,
    PlacePrecision,
    Polarity,
    Precision,
    QuadClass,
    Tense,
    TimeBasis,
    ToldAs,
)


class Span(msgspec.Struct, frozen=True):
    """Characters `start` to `end` (exclusive) of the document's text, and the text there."""

    start: int
    end: int
    text: str


class ActorRef(msgspec.Struct, frozen=True, kw_only=True):
    """A mention of a party in a text, and its resolution.

    `id` is the alpha-3 code for a state, a short fixed code for an organisation, a stable key for a person or
    group. `country` is alpha-3 or None. `sector` is a PLOVER sector code or None. For a party found by
    coreference, `start` and `end` are the span of the mention and `name` is the resolved name.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    text: str
    start: int
    end: int


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity in an event: `of` is a currency code or the counted noun ("troops")."""

    value: float
    unit: str
    of: str | None
    approximate: bool
    text: str
    start: int
    end: int


class EventDate(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day of an event, inclusive; `text` is None if it is the publication date."""

    start: dt.date
    end: dt.date
    precision: Precision
    text: str | None = None
    start_char: int | None = None
    end_char: int | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event happened; coordinates in degrees (WGS 84), None if unknown.

    `precision` is the spatial precision: a facility or a town itself, near a town or in a small district of
    it, in a region or a sea, in a country; `none` if the words show only that it is a place.
    """

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    text: str
    start: int
    end: int
    precision: PlacePrecision = "none"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One act, statement or undertaking, as reported by one clause.

    `event_type` is one of `EVENT_TYPES`, or one of a codebook of the user's own. `actors` with no
    `recipients` and more than one member is a mutual act. `speaker` is empty when only the publisher says
    so. `condition` is the if that the event stands in or depends on, and `consequence` what the report says
    follows from it. `confidence` is the probability that a careful coder would record the event with these
    parties and this type, and `carried_by` what found it. `told_as` says whether the report tells it as its
    news, as background or as to come, and `time_basis` why `event_date` is what it is; None in events that
    were coded before it was asked. `polarity` is negative for what the report says was not done. `reasons`
    says, for each empty field, why it is empty.
    """

    id: str
    event_type: str
    event_mode: str | None
    contexts: tuple[str, ...]
    quad_class: QuadClass
    intensity: float
    intensity_scale: str
    cameo: str | None
    goldstein: float | None
    actors: tuple[ActorRef, ...]
    recipients: tuple[ActorRef, ...]
    speaker: tuple[ActorRef, ...]
    cue: Span | None
    quoted: bool
    factuality: Factuality
    polarity: Polarity
    tense: Tense
    conditional: bool
    issue: Span | None
    amounts: tuple[Amount, ...]
    event_date: EventDate | None
    place: Place | None
    evidence: Span
    trigger: Span
    rule: str
    confidence: float
    carried_by: CarriedBy = "rule"
    condition: Span | None = None
    consequence: Span | None = None
    reasons: dict[str, str] = {}
    told_as: ToldAs = "current"
    time_basis: TimeBasis | None = None

    @property
    def is_undated_background(self) -> bool:
        """Return True for background without a date: its day is not even approximately known."""
        return self.told_as == "background" and self.event_date is None

    @property
    def is_counted(self) -> bool:
        """Return True for what counts as having happened: not said not to be so, no undated background."""
        return self.polarity == "positive" and not self.is_undated_background

    def _repr_html_(self) -> str:
        from dragoman.model.display import events_html

        return events_html((self,))

    def listed_on(self, published_on: dt.date | None) -> dt.date | None:
        """Return the day it is listed under: its own first day, else the day of its report.

        Background without a date is listed under no day: it did not happen when the report was printed.
        """
        if self.event_date is not None:
            return self.event_date.start
        return None if self.told_as == "background" else published_on


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution of something said, thought or wanted to a speaker. `content` may have several spans.

    `speaker` and `speaker_span` are None if the text names no speaker. `nested_in` is the index of the
    attribution, in the same document, whose content contains this one.
    """

    speaker: ActorRef | None
    speaker_span: Span | None
    cue: Span | None
    content: tuple[tuple[int, int], ...]
    quoted: bool
    nested_in: int | None = None


class Predicate(msgspec.Struct, frozen=True, kw_only=True):
    """One predicate of a report and its factuality; `score` runs from -3 to +3."""

    start: int
    end: int
    text: str
    factuality: Factuality
    polarity: Polarity
    tense: Tense
    conditional: bool
    score: float


class CodedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A report with all its codings."""

    id: str
    document: Document
    events: tuple[Event, ...]
    attributions: tuple[Attribution, ...]
    predicates: tuple[Predicate, ...] | None = None

    def _repr_html_(self) -> str:
        from dragoman.model.display import document_html, events_html

        return document_html(self.document, self.events) + events_html(self.events)
