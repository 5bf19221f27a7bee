"""What the record answers with: small frozen records, free of SQL."""

from __future__ import annotations

import datetime as dt

import msgspec

from dragoman.model.display import events_html
from dragoman.model.records import Event


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the document it was coded from.

    Attributes:
        document_id: The document.
        published_on: When it was printed.
        publisher: Publisher.
        day: The day the event is listed under: its own first day, else that of publication.
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
    """The report behind an event, and how many reports describe the same occurrence.

    Attributes:
        number: The number of the event in the record; it stays until its report is coded again.
        document_number: The number of its report.
        url: The address of the report.
        title: Its title.
        language: Its language.
        entry: The id of its entry, as `entries` lists it; None when reports were not grouped.
        mentions: How many events the entry has, this one included.
        articles: In how many reports.
        sources: From how many publishers.
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
        events: How many events.
        counts: How many of each quad class; classes without events are left out.
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
        actor: Who acts: a country or an organisation.
        recipient: Toward whom.
        reports: How many reports of the record were published in the period, whatever they report.
        events: How many events.
        counts: How many of each quad class; classes without events are left out.
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
    """All that one country or organisation did toward another in a span of time."""

    actor: str
    recipient: str
    events: int
    counts: dict[str, int]
    intensity: float


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """The events between two countries or organisations in a span of time, in either direction.

    Attributes:
        one: The first of the two by its id.
        other: The second.
        events: How many events; an event with both as actors counts once.
        counts: How many of each quad class; classes without events are left out.
    """

    one: str
    other: str
    events: int
    counts: dict[str, int]


class CountedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place, or a country as a whole, and the events that happened there.

    Attributes:
        key: What `EventFilter.place` takes.
        name: Its name; None for a country, whose count covers all its places.
        country: Alpha-3 code, or None when it lies in none or is unknown.
        latitude: Degrees (WGS 84), or None when not known.
        longitude: Degrees.
        precision: How exactly the reports say where: exact, town, region, country or none.
        events: How many events.
        counts: How many of each quad class; classes without events are left out.
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
    """A document that a search found; `snippet` has the words found between [ and ]."""

    document_id: str
    title: str | None
    published_on: dt.date | None
    publisher: str | None
    snippet: str


class StoredStory(msgspec.Struct, frozen=True, kw_only=True):
    """A story of the record: reports of the same thing.

    Attributes:
        id: Its id; it can go when the story is joined with another.
        title: The title of its first report.
        first_day: Day of its first dated report.
        last_day: Day of its last.
        documents: How many reports.
        publishers: How many publishers.
        independent: How many of the reports share neither a source nor a text with another.
    """

    id: str
    title: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    documents: int
    publishers: int
    independent: int


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Where the reports of one event differ.

    Attributes:
        kind: "amount", "factuality" or "polarity".
        what: What the values are of ("troops"), for an amount.
        values: Each value told, and the ids of the events that tell it.
    """

    kind: str
    what: str | None
    values: dict[str, tuple[str, ...]]


class StoredEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, with all its reports.

    Attributes:
        id: Its id.
        lead: The event that stands for it: the most firmly told.
        first_day: Day of the first of its events.
        last_day: Day of the last.
        events: How many events were coded of it.
        documents: In how many documents.
        corroboration: How many of these are independent: not copies, not of one publisher.
        contradictions: Where they differ.
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
