"""The filters of a request: the same as the command line's, read from the query and written back to it."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from dragoman.errors import UsageError
from dragoman.knowledge.issues import load_issues
from dragoman.model.terms import CONTEXTS, EVENT_TYPES, Factuality, Polarity, QuadClass
from dragoman.record.queries import EventFilter

# What each filter is called where it is in use.
LABELS = {
    "actor": "actor", "recipient": "recipient", "party": "party", "speaker": "according to",
    "between": "between",
    "dyad": "one toward the other", "about": "about", "place": "place",
    "type": "type", "mode": "mode", "quad": "class", "factuality": "factuality",
    "polarity": "polarity", "firm": "told as fact", "context": "context", "publisher": "publisher",
    "text": "words", "issue": "issue", "story": "story", "entry": "entry", "document": "report",
    "since": "since", "until": "until", "min_confidence": "confidence from",
    "background": "with undated background", "one_a_day": "one a day",
}  # fmt: skip


class FilterQuery(BaseModel):
    """Which events are wanted. Empty values are the same as none."""

    model_config = ConfigDict(extra="forbid")

    actor: str | None = Field(None, max_length=200, description="Who acts: an id or a country (RUS, NATO).")
    recipient: str | None = Field(None, max_length=200, description="Whom it is directed at.")
    party: str | None = Field(None, max_length=200, description="Either of the two.")
    speaker: str | None = Field(None, max_length=200, description="According to whom.")
    type: str | None = Field(
        None,
        max_length=20,
        description="An event type (THREATEN).",
        json_schema_extra={"enum": [*EVENT_TYPES, None]},
    )
    mode: str | None = Field(None, max_length=60, description="A mode of the type.")
    quad: QuadClass | None = None
    factuality: Factuality | None = None
    polarity: Polarity | None = None
    firm: bool | None = Field(None, description="Told as a fact: certain or probable, not denied, in no if.")
    context: str | None = Field(
        None,
        max_length=40,
        description="One of the 37 contexts.",
        json_schema_extra={"enum": [*CONTEXTS, None]},
    )
    publisher: str | None = Field(None, max_length=200, description="Who printed it.")
    text: str | None = Field(None, max_length=200, description='Words of the evidence; "a phrase", word*.')
    issue: str | None = Field(None, max_length=200, description="Words of the issue.")
    between: str | None = Field(
        None, max_length=200, description="What either of two did toward the other: RUS,USA."
    )
    dyad: str | None = Field(
        None, max_length=200, description="What the first did toward the second, mutual acts too: RUS>USA."
    )
    about: str | None = Field(None, max_length=80, description="The id of a known issue (taiwan-arms).")
    place: str | None = Field(
        None, max_length=200, description="Where it happened: a country (UKR) or the key of a place."
    )
    story: str | None = Field(None, max_length=80, description="A story's id.")
    entry: str | None = Field(None, max_length=80, description="An entry's id.")
    document: str | None = Field(None, max_length=400, description="A document's id.")
    since: dt.date | None = Field(None, description="First day, YYYY-MM-DD.")
    until: dt.date | None = Field(None, description="Last day, YYYY-MM-DD.")
    min_confidence: float | None = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="Only events of this confidence or more, 0 to 1."
    )
    background: bool = Field(
        False, description="Also what is reported as background without a date: it is on no day."
    )
    one_a_day: bool = Field(False, description="Of the same parties and type, one event a day.")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        if isinstance(given, dict):
            return {name: value for name, value in given.items() if value not in ("", None, [""])}
        return given

    @field_validator("type")
    @classmethod
    def _is_type(cls, value: str | None) -> str | None:
        return _known_type(value)

    @field_validator("context")
    @classmethod
    def _is_context(cls, value: str | None) -> str | None:
        if value is not None and value not in CONTEXTS:
            raise ValueError(f"use one of {', '.join(CONTEXTS)}")
        return value

    def wanted(self) -> EventFilter:
        """Return the filter that the record understands."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(message=f"since {self.since} is after until {self.until}; swap them")
        pair = tuple(part.strip() for part in self.between.split(",")) if self.between else None
        if pair is not None and (len(pair) != 2 or not all(pair)):
            raise UsageError(message=f"between={self.between!r}: write two ids with a comma: RUS,USA")
        return EventFilter(
            dyad=self.dyad, place=self.place, matter=_matter(self.about),
            between=(pair[0], pair[1]) if pair else None,
            actor=self.actor, recipient=self.recipient, party=self.party, speaker=self.speaker,
            event_type=self.type, event_mode=self.mode, quad_class=self.quad, factuality=self.factuality,
            polarity=self.polarity, firm=self.firm, context=self.context, publisher=self.publisher,
            text=self.text, issue=self.issue, story=self.story, entry=self.entry, document=self.document,
            since=self.since, until=self.until, min_confidence=self.min_confidence, one_a_day=self.one_a_day,
            background=self.background,
        )  # fmt: skip

    @field_validator("about")
    @classmethod
    def _is_issue(cls, value: str | None) -> str | None:
        _matter(value)
        return value

    def query(self) -> dict[str, str]:
        """Return the filter as a query, only what is set, so that it can stand in a link."""
        names = FilterQuery.model_fields
        found = self.model_dump(mode="json", include=set(names), exclude_defaults=True)
        return {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in found.items()
        }


def _known_type(value: str | None) -> str | None:
    """Return an event type as it is written in the record."""
    if value is not None and value.upper() not in EVENT_TYPES:
        raise ValueError(f"use one of {', '.join(EVENT_TYPES)}")
    return value.upper() if value else None


def _matter(about: str | None) -> tuple[tuple[tuple[str, ...], ...], ...] | None:
    """Return the words that make an event one about a known issue."""
    if about is None:
        return None
    issues = load_issues(()).issues
    if about not in issues:
        near = difflib.get_close_matches(about, issues, n=3)
        raise ValueError(
            f"no such issue; use {' or '.join(near) if near else 'an id of the issues listed under Dossiers'}"
        )
    return issues[about].alternatives


class EventQuery(FilterQuery):
    """A page of events."""

    order: Literal["newest", "oldest"] = "newest"
    limit: int = Field(50, ge=1, le=500)
    cursor: str | None = Field(None, max_length=80, description="What the page before gave as next.")


class ReviewedEventQuery(EventQuery):
    """A page of events, as coded or after review."""

    as_reviewed: bool = Field(
        False, description="Without rejected events, edited ones as edited, with added ones."
    )


class ReviewQuery(FilterQuery):
    """The queue of a reviewer."""

    order: Literal["least_sure", "newest", "oldest"] = "least_sure"
    cursor: str | None = Field(None, max_length=80)
    event: str | None = Field(None, max_length=400, description="This event, whatever was said of it.")

    def kept(self) -> dict[str, str]:
        """Return the filter and the order as a query."""
        return self.query() | ({"order": self.order} if self.order != "least_sure" else {})


class CountQuery(FilterQuery):
    """Counts of events."""

    by: Literal[
        "event_type", "event_mode", "quad_class", "factuality", "polarity", "publisher", "day", "month",
        "year", "actor", "recipient", "speaker", "party", "context",
    ]  # fmt: skip
    limit: int = Field(50, ge=1, le=1000)


class NetworkQuery(FilterQuery):
    """Pairs of the events of a filter."""

    limit: int = Field(500, ge=1, le=5000)


class ViewQuery(BaseModel):
    """What a view is made of."""

    model_config = ConfigDict(extra="forbid")

    party: str | None = Field(None, max_length=200, description="Only lines of this party.")
    since: dt.date | None = None
    until: dt.date | None = None
    unanswered: bool = Field(False, description="For disputes: accusations that nothing answers too.")
    background: bool = Field(
        False, description="Also what is reported as background without a date: it is on no day."
    )


class PageQuery(BaseModel):
    """A page of anything."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=500)
    cursor: str | None = Field(None, max_length=120, description="What the page before gave as next.")


class EntryQuery(PageQuery):
    """A page of entries, of which an event fits the filter."""

    actor: str | None = Field(None, max_length=200, description="Who acts: an id or a country (RUS, NATO).")
    recipient: str | None = Field(None, max_length=200, description="Whom it is directed at.")
    party: str | None = Field(None, max_length=200, description="Either of the two.")
    type: str | None = Field(None, max_length=20, description="An event type (THREATEN).")
    publisher: str | None = Field(None, max_length=200, description="Who printed one of the reports.")
    since: dt.date | None = Field(None, description="First day, YYYY-MM-DD.")
    until: dt.date | None = Field(None, description="Last day, YYYY-MM-DD.")

    background: bool = Field(
        False, description="Also what is reported as background without a date: it is on no day."
    )

    @field_validator("type")
    @classmethod
    def _is_type(cls, value: str | None) -> str | None:
        return _known_type(value)

    def wanted(self) -> EventFilter:
        """Return the filter that one of an entry's events must fit."""
        return EventFilter(
            actor=self.actor, recipient=self.recipient, party=self.party, event_type=self.type,
            publisher=self.publisher, since=self.since, until=self.until,
        )  # fmt: skip


class SpanQuery(BaseModel):
    """A span of days, for networks and maps."""

    model_config = ConfigDict(extra="ignore")

    since: dt.date | None = None
    until: dt.date | None = None
    quad: QuadClass | None = None
    type: str | None = Field(None, max_length=20)
    text: str | None = Field(None, max_length=200)
    firm: bool | None = None
    min_confidence: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)
    background: bool = False

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        if isinstance(given, dict):
            return {name: value for name, value in given.items() if value not in ("", None, [""])}
        return given

    @field_validator("type")
    @classmethod
    def _is_type(cls, value: str | None) -> str | None:
        return _known_type(value)


class CodeRequest(BaseModel):
    """A report to be coded. Nothing of it is kept."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=60_000, description="The report.")
    title: str | None = Field(None, max_length=500)
    published_on: dt.date | None = None
    publisher: str | None = Field(None, max_length=200)
