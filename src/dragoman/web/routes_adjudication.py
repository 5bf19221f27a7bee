"""Pages for events on which reviewers disagree: agreement statistics and an adjudicator's decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from dragoman.errors import ConflictError, NotFoundError
from dragoman.study.added_disagreements import AddedDisagreement, added_disagreements
from dragoman.study.reader_agreement import Disagreement, compare_readers, latest_by_reader
from dragoman.web.responses import as_page
from dragoman.web.review_view import event_context, latest_decision
from dragoman.web.routes_review import Back, Id, Number, Short, Token, go_back, reader_of, reviewer_of

if TYPE_CHECKING:
    from dragoman.model.readings import EventReading
    from dragoman.record.store import Record
    from dragoman.study.reader_agreement import ReaderAgreement
    from dragoman.web.site import Site

router = APIRouter(prefix="/review", include_in_schema=False)
_PAGE = 10


@router.get("/adjudicate")
def adjudicate(request: Request, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """List the events on which reviewers disagree, undecided ones first, with their agreement."""
    reader_of(request)
    site: Site = request.app.state.site

    def make() -> tuple[list[Disagreement | AddedDisagreement], list[ReaderAgreement]]:
        with site.coded_record() as record:
            judged, agreement = compare_readers(record)
            added = added_disagreements(record.readings(verdict="add") + record.verdicts_on_added())
        return sorted([*judged, *added], key=lambda each: each.is_decided), agreement

    found, agreement = site.cached(("disagreements",), make)
    listed = found[(page - 1) * _PAGE : page * _PAGE]
    with site.coded_record() as record:
        readings = record.readings_of([each.event_id for each in listed if isinstance(each, Disagreement)])
        shown = [
            _event_case(record, each.event_id, readings[each.event_id])
            if isinstance(each, Disagreement)
            else _added_case(record, each)
            for each in listed
        ]
    settled = sum(each.is_decided for each in found)
    return as_page(
        request, "adjudicate.html", cases=shown, agreement=agreement, open=len(found) - settled,
        settled=settled, page=page, more=len(found) > page * _PAGE,
    )  # fmt: skip


def _event_case(record: Record, event_id: str, readings: list[EventReading]) -> dict[str, Any]:
    stored = record.event(event_id)
    text = record.document(stored.document_id).text
    return {
        "stored": stored, "around": event_context(text, stored.event), "decided": latest_decision(readings),
        "readings": list(latest_by_reader(readings).values()), "added": None,
    }  # fmt: skip


def _added_case(record: Record, case: AddedDisagreement) -> dict[str, Any]:
    first = case.versions[0]
    assert first.event is not None
    text = record.document(case.document_id).text
    return {
        "stored": record.event_to_judge(first.event.id), "around": event_context(text, first.event),
        "decided": case.decisions[-1] if case.decisions else None, "chosen": case.chosen,
        "readings": case.versions, "added": first.id,
    }  # fmt: skip


@router.post("/adjudicate/added")
def decide_added(
    request: Request,
    about: Number,
    take: Number,
    seen: Number,
    form_token: Token = "",
    back: Back = "/review/adjudicate",
    note: Short = "",
) -> Response:
    """Decide between events that reviewers added at the same span: one of them, or none (`take` 0)."""
    reader = reviewer_of(request, form_token)
    site: Site = request.app.state.site
    with site.record_to_write() as record, record.batch():
        cases = added_disagreements(record.readings(verdict="add") + record.verdicts_on_added())
        case = next((each for each in cases if int(about) in [one.id for one in each.versions]), None)
        versions = case.versions if case is not None else []
        taken = next((each for each in versions if each.id == int(take)), None)
        if case is None or (taken is None and int(take)):
            raise _withdrawn(take if case is not None else about)
        latest = case.decisions[-1] if case.decisions else None
        _refuse_newer(latest, seen, event=str(latest.event_id or about) if latest is not None else about)
        record.add_readings(case.choose(taken, reader=reader, note=note.strip()))
    return go_back(request, back)


@router.post("/adjudicate")
def decide(
    request: Request,
    event: Id,
    take: Number,
    seen: Number,
    form_token: Token = "",
    back: Back = "/review/adjudicate",
    note: Short = "",
) -> Response:
    """Decide an event by adopting the reading of one of its reviewers."""
    reader = reviewer_of(request, form_token)
    site: Site = request.app.state.site
    with site.record_to_write() as record, record.batch():
        readings = record.readings(event_id=event)
        taken = next((each for each in readings if each.id == int(take) and each.kind == "person"), None)
        if taken is None:
            raise _withdrawn(take)
        _refuse_newer(latest_decision(readings), seen, event=event)
        new = msgspec.structs.replace(
            taken, reader=reader, kind="adjudicator", note=note.strip(), made_at="", id=0
        )
        record.add_readings([new])
    return go_back(request, back)


def _withdrawn(reading: str) -> NotFoundError:
    return NotFoundError(what="reading", name=reading, hint="it was withdrawn meanwhile; load the page again")


def _refuse_newer(latest: EventReading | None, seen: str, *, event: str) -> None:
    """Refuse a decision if another one was saved after the adjudicator loaded the page.

    Raises:
        ConflictError: The latest decision has a higher number than the one on the page.
    """
    if latest is not None and latest.id > int(seen):
        raise ConflictError(reader=latest.reader, event=event)
