"""Readings of an event shown to a reviewer: the own verdict and, once it is given, those of others."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from dragoman.study.reader_agreement import latest_by_reader
from dragoman.study.sampling import sentence_spans, text_around
from dragoman.web.review_access import reader_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fastapi import Request

    from dragoman.model.readings import EventReading
    from dragoman.model.records import Event
    from dragoman.record.store import Record
    from dragoman.web.site import Site


class Standing(NamedTuple):
    """The readings of an event that a reviewer may see.

    `own` is this reviewer's latest reading, `others` are the latest of each other person and model, `decided`
    is the adjudicator's. `others` and `decided` are empty until the reviewer has given a verdict. `seen` is
    the number that a save is checked against.
    """

    own: EventReading | None
    others: tuple[EventReading, ...]
    decided: EventReading | None
    seen: int


class ReviewView:
    """View of the record for the reviewer of one request; the record is opened on first use."""

    def __init__(self, site: Site, *, reader: str, form_token: str) -> None:
        self.reader = reader
        self.form_token = form_token
        self._site = site
        self._record: Record | None = None

    def of(self, event_id: str) -> Standing:
        """Return the readings of an event that this reviewer may see."""
        if self._record is None:
            self._record = self._site.coded_record()
        return standing_of(self._record.readings_of([event_id]).get(event_id, ()), self.reader)

    def close(self) -> None:
        """Close the record."""
        if self._record is not None:
            self._record.close()


def standing_of(readings: Iterable[EventReading], reader: str) -> Standing:
    """Return the readings of an event that a reviewer may see."""
    found = list(readings)
    mine = [each for each in found if each.reader == reader and each.kind == "person"]
    seen = max((each.id for each in found if each.reader == reader), default=0)
    if not mine:
        return Standing(None, (), None, seen)
    others = {**latest_by_reader(found), **{each.reader: each for each in found if each.kind == "model"}}
    others.pop(reader, None)
    return Standing(mine[-1], tuple(others.values()), latest_decision(found), seen)


def latest_decision(readings: Iterable[EventReading]) -> EventReading | None:
    """Return the latest decision of an adjudicator among the readings of an event."""
    return next((each for each in reversed(list(readings)) if each.kind == "adjudicator"), None)


def event_context(text: str, event: Event) -> dict[str, object]:
    """Return the sentence of an event's trigger, with the sentences before and after it."""
    return text_around(text, sentence_spans(text), event.trigger.start)


@contextmanager
def review_view(request: Request) -> Iterator[ReviewView | None]:
    """Yield the view of a reviewer with an open session and a name, else None."""
    site: Site = request.app.state.site
    access = site.review_access
    reader = reader_name(request)
    if access is None or not reader or not access.is_open(request):
        yield None
        return
    view = ReviewView(site, reader=reader, form_token=access.form_token(request))
    try:
        yield view
    finally:
        view.close()
