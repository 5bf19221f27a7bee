"""Results of queries of the record: small frozen data classes without SQL."""

from __future__ import annotations

import datetime as dt

import msgspec

from dragoman.model.display import events_html
from dragoman.model.records import Event


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the document it was coded from.

    Attributes:
        document_id: The document.
        published_on: Day of publication.
        publisher: Publisher.
        day: The day under which the event is listed: its own first day, else that of publication.
        event: The event itself.
    """

    document_id: str
    published_on: dt.date | None
    publisher: str | None
    event: Event
    day: dt.date | None = None

    def _repr_html_(self) -> str:
        return events_html((self.event,))


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """The source report of an event, and the number of reports of the same occurrence.

    Attributes:
        number: The number of the event in the record; it is stable until the report is coded again.
        document_number: The number of its report.
        url: The address of the report.
        title: Its title.
        language: Its language.
        entry: The id of its entry, as in `entries`; None if reports were not grouped.
        mentions: Number of events of the entry, including this one.
        articles: Number of reports.
        sources: Number of publishers.
    """

    number: int
    document_number: int
    url: str | None
    title: str | None
    language: str | None
    entry: str | None
    mentions: int
    articles: int
    sources: int


class DyadPoint(msgspec.Struct, frozen=True, kw_only=True):
    """What one party did toward another in one day, week or month.

    Attributes:
        start: First day of the period.
        events: Number of events.
        counts: Number of events by quad class; classes without events are excluded.
        intensity: Mean intensity.
    """

    start: dt.date
    events: int
    counts: dict[str, int]
    intensity: float


class DyadPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """What one party did toward another in one period of a panel.

    Attributes:
        start: First day of the period.
        actor: Actor: a country or an organisation.
        recipient: Recipient: a country or an organisation.
        reports: Number of reports of the record published in the period, regardless of their content.
        events: Number of events.
        counts: Number of events by quad class; classes without events are excluded.
        goldstein_sum: Sum of the Goldstein values.
        goldstein_mean: Mean over the events that have one; 0 without events.
        intensity_mean: Mean of PLOVER's scores; 0 without events.
    """

    start: dt.date
    actor: str
    recipient: str
    reports: int
    events: int
    counts: dict[str, int]
    goldstein_sum: float
    goldstein_mean: float
    intensity_mean: float


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """All events of one country or organisation toward another in a period of time."""

    actor: str
    recipient: str
    events: int
    counts: dict[str, int]
    intensity: float


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """The events between two countries or organisations in a period of time, in either direction.

    Attributes:
        one: The first of the two by its id.
        other: The second.
        events: Number of events; an event with both as actors counts once.
        counts: Number of events by quad class; classes without events are excluded.
    """

    one: str
    other: str
    events: int
    counts: dict[str, int]


class CountedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place, or a country as a whole, and the events that happened there.

    Attributes:
        key: The value for `EventFilter.place`.
        name: Its name; None for a country, whose count covers all its places.
        country: Alpha-3 code, or None if the place is in no country or the country is unknown.
        latitude: Degrees (WGS 84), or None if unknown.
        longitude: Degrees.
        precision: How exactly the reports locate the events: exact, town, region, country or none.
        events: Number of events.
        counts: Number of events by quad class; classes without events are excluded.
    """

    key: str
    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: str
    events: int
    counts: dict[str, int]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A document found by a search.

    Attributes:
        snippet: Part of the text; words that match are between [ and ].
        parts: The same part in pieces; True for those that match.
    """

    document_id: str
    title: str | None
    published_on: dt.date | None
    publisher: str | None
    snippet: str
    parts: tuple[tuple[str, bool], ...] = ()


class StoredStory(msgspec.Struct, frozen=True, kw_only=True):
    """A story of the record: reports of the same occurrence.

    Attributes:
        id: Its id, which can disappear when the story is merged with another.
        title: The title of its first report.
        first_day: Day of its first dated report.
        last_day: Day of its last.
        documents: Number of reports.
        publishers: Number of publishers.
        independent: Number of reports that share neither a source nor a text with another.
    """

    id: str
    title: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    documents: int
    publishers: int
    independent: int


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """A difference between the reports of one event.

    Attributes:
        kind: "amount", "factuality" or "polarity".
        what: The thing counted ("troops"), for an amount.
        values: Each reported value, and the ids of the events that report it.
    """

    kind: str
    what: str | None
    values: dict[str, tuple[str, ...]]


class StoredEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence with all its reports.

    Attributes:
        id: Its id.
        lead: The event that represents it: the most firmly reported one.
        first_day: Day of the first of its events.
        last_day: Day of the last.
        events: Number of events coded for it.
        documents: Number of documents.
        corroboration: Number of these documents that are independent: not copies, not of one publisher.
        contradictions: The differences between them.
        document_ids: The documents, by day.
    """

    id: str
    lead: StoredEvent
    first_day: dt.date | None
    last_day: dt.date | None
    events: int
    documents: int
    corroboration: int
    contradictions: tuple[Contradiction, ...]
    document_ids: tuple[str, ...] = ()
