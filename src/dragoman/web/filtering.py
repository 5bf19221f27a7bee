"""Filters of a request: parsed like those of the command line, and written back as links."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dragoman.analysis.filters import near
from dragoman.errors import UsageError
from dragoman.model.terms import EVENT_TYPES
from dragoman.web.shown import ShownQuery

if TYPE_CHECKING:
    from dragoman.analysis.filters import FilterReader
    from dragoman.knowledge.issues import Issue, IssueBook
    from dragoman.record.queries import EventFilter

# The label of each filter on the pages.
LABELS = {
    "actor": "actor", "recipient": "recipient", "party": "party", "speaker": "according to",
    "between": "between", "dyad": "one toward the other", "about": "about", "place": "place",
    "type": "type", "mode": "mode", "quad": "class", "factuality": "factuality",
    "polarity": "polarity", "firm": "asserted as fact", "context": "context", "publisher": "publisher",
    "text": "words", "issue": "issue", "story": "story", "entry": "entry", "document": "report",
    "since": "since", "until": "until", "min_confidence": "confidence from",
    "background": "with undated background", "negations": "with negations",
    "one_a_day": "one a day",
    "reviewed": "after review", "reader": "found by",
}  # fmt: skip


class FilterQuery(ShownQuery):
    """Selection of events. Empty values are the same as missing ones."""

    model_config = ConfigDict(extra="forbid")

    actor: str | None = Field(None, max_length=200, description="Who acts: an id or a country (RUS, NATO).")
    recipient: str | None = Field(None, max_length=200, description="Whom it is directed at.")
    party: str | None = Field(None, max_length=200, description="Either of the two.")
    speaker: str | None = Field(None, max_length=200, description="According to whom.")
    type: str | None = Field(
        None, max_length=40, description="An event type (THREATEN).",
        json_schema_extra={"examples": [*EVENT_TYPES]},
    )  # fmt: skip
    mode: str | None = Field(None, max_length=60, description="A mode of the type.")
    quad: str | None = Field(None, max_length=60, description="A quad class: material conflict, 4.")
    factuality: str | None = Field(None, max_length=40, description="How firmly it is told: certain.")
    polarity: str | None = Field(
        None, max_length=40, description="positive, or negative for what is said not to be so."
    )
    firm: bool | None = Field(None, description="Told as a fact: certain or probable, not denied, in no if.")
    context: str | None = Field(None, max_length=60, description="One of the 37 contexts.")
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
    since: str | None = Field(None, max_length=20, description="First day: YYYY-MM-DD, YYYY-MM or YYYY.")
    until: str | None = Field(None, max_length=20, description="Last day: YYYY-MM-DD, YYYY-MM or YYYY.")
    min_confidence: float | None = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="Only events of this confidence or more, 0 to 1."
    )
    background: bool = Field(
        False, description="Also what is reported as background without a date: it is on no day."
    )
    negations: bool = Field(False, description="Also what a report says was not done: polarity negative.")
    one_a_day: bool = Field(False, description="Of the same parties and type, one event a day.")

    def wanted(self, reader: FilterReader) -> EventFilter:
        """Return the record filter for this query.

        Raises:
            UsageError: A value is unknown; the message lists similar ones.
        """
        asked = {_READ_AS.get(name, name): getattr(self, name) for name in _READ_ALONE}
        if self.about is not None:
            if self.issue is not None:
                raise UsageError(message="give either a known issue (about) or words of one (issue)")
            asked["issue"] = known_issue(self.about, reader.known_issues).id
        return reader.read(asked)

    def query(self, wanted: EventFilter | None = None, issues: IssueBook | None = None) -> dict[str, str]:
        """Return the parameters that are set, as the query string of a link.

        Args:
            wanted: The parsed filter; if given, values are written as ids instead of as typed.
            issues: The known issues, if `wanted` is given.
        """
        found = self.model_dump(mode="json", include={*FilterQuery.model_fields}, exclude_defaults=True)
        if wanted is not None and issues is not None:
            found = _canonical(wanted, found, issues)
        return {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in found.items()
        }


# Parameters with a different name in the record's filter.
_READ_AS = {"type": "event_type", "mode": "event_mode", "quad": "quad_class"}
_READ_ALONE = tuple(
    name for name in FilterQuery.model_fields if name != "about" and name not in ShownQuery.model_fields
)


def _canonical(wanted: EventFilter, given: dict[str, Any], issues: IssueBook) -> dict[str, Any]:
    """Return a query with its values replaced by ids and codes."""
    read = {name: getattr(wanted, _READ_AS.get(name, name), None) for name in given}
    if wanted.between is not None:
        read["between"] = ",".join(wanted.between)
    found = given | {name: value for name, value in read.items() if value is not None}
    if wanted.matter is not None:
        # The name of a known issue may also be given as free text.
        found["about"] = known_issue(str(given.get("about") or given.get("issue")), issues).id
        found.pop("issue", None)
    return found


def known_issue(typed: str, book: IssueBook) -> Issue:
    """Return a known issue by its id or name.

    Raises:
        UsageError: There is no such issue; the message suggests similar ones.
    """
    issues = book.issues
    for issue in issues.values():
        if typed.casefold() in (issue.id.casefold(), issue.name.casefold()):
            return issue
    raise UsageError(message=f"no known issue {typed!r}; {near(typed, list(issues))}")


class EventQuery(FilterQuery):
    """Query for a page of events."""

    order: Literal["newest", "oldest"] = "newest"
    limit: int = Field(50, ge=1, le=500)
    cursor: str | None = Field(None, max_length=80, description="What the page before gave as next.")


class ReviewQuery(FilterQuery):
    """Query for the queue of a reviewer."""

    order: Literal["least_sure", "newest", "oldest"] = "least_sure"
    cursor: str | None = Field(None, max_length=80)
    event: str | None = Field(None, max_length=400, description="This event, whatever was said of it.")

    @model_validator(mode="after")
    def _refuse_shown(self) -> ReviewQuery:
        if self.reviewed or self.reader != "first":
            raise ValueError("the queue has the coded events; leave reviewed and reader out")
        return self

    def kept(self) -> dict[str, str]:
        """Return the filter and the order as a query string."""
        return self.query() | ({"order": self.order} if self.order != "least_sure" else {})


class CountQuery(FilterQuery):
    """Query for counts of events."""

    by: Literal[
        "event_type", "event_mode", "quad_class", "factuality", "polarity", "publisher", "day", "month",
        "year", "actor", "recipient", "speaker", "party", "context",
    ]  # fmt: skip
    limit: int = Field(50, ge=1, le=1000)


class NetworkQuery(FilterQuery):
    """Query for the dyads of the events of a filter."""

    limit: int = Field(500, ge=1, le=5000)


class ViewQuery(ShownQuery):
    """Query for a view."""

    model_config = ConfigDict(extra="forbid")

    party: str | None = Field(None, max_length=200, description="Only lines of this party.")
    since: dt.date | None = None
    until: dt.date | None = None
    unanswered: bool = Field(False, description="For disputes: accusations that nothing answers too.")
    background: bool = Field(
        False, description="Also what is reported as background without a date: it is on no day."
    )


class PageQuery(ShownQuery):
    """Query for a page of any list."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=500)
    cursor: str | None = Field(None, max_length=120, description="What the page before gave as next.")


class EntryQuery(FilterQuery):
    """Query for a page of entries with an event that matches the filter."""

    limit: int = Field(50, ge=1, le=500)
    cursor: str | None = Field(None, max_length=120, description="What the page before gave as next.")


class SpanQuery(FilterQuery):
    """Filter query of networks and maps; their other parameters are ignored here."""

    model_config = ConfigDict(extra="ignore")


class CodeRequest(BaseModel):
    """Report to be coded. It is not stored."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=60_000, description="The report.")
    title: str | None = Field(None, max_length=500)
    published_on: dt.date | None = None
    publisher: str | None = Field(None, max_length=200)
