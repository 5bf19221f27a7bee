"""Pages for events on which reviewers disagree: agreement statistics and an adjudicator's decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from dragoman.errors import ConflictError, NotFoundError
from dragoman.study.reader_agreement import compare_readers, latest_by_reader
from dragoman.web.responses import as_page
from dragoman.web.review_view import event_context, latest_decision
from dragoman.web.routes_review import Back, Id, Number, Short, Token, go_back, reader_of, reviewer_of

if TYPE_CHECKING:
    from dragoman.study.reader_agreement import Disagreement, ReaderAgreement
    from dragoman.web.site import Site

router = APIRouter(prefix="/review", include_in_schema=False)
_PAGE = 10


@router.get("/adjudicate")
def adjudicate(request: Request, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """List the events on which reviewers disagree, undecided ones first, with their agreement."""
    reader_of(request)
    site: Site = request.app.state.site

    def make() -> tuple[list[Disagreement], list[ReaderAgreement]]:
        with site.coded_record() as record:
            return compare_readers(record)

    found, agreement = site.cached(("disagreements",), make)
    shown: list[dict[str, Any]] = []
    listed = [each.event_id for each in found[(page - 1) * _PAGE : page * _PAGE]]
    with site.coded_record() as record:
        readings = record.readings_of(listed)
        for event_id in listed:
            stored = record.event(event_id)
            text = record.document(stored.document_id).text
            shown.append({
                "stored": stored, "around": event_context(text, stored.event),
                "decided": latest_decision(readings[event_id]),
                "readings": list(latest_by_reader(readings[event_id]).values()),
            })  # fmt: skip
    settled = sum(each.is_decided for each in found)
    return as_page(
        request, "adjudicate.html", cases=shown, agreement=agreement, open=len(found) - settled,
        settled=settled, page=page, more=len(found) > page * _PAGE,
    )  # fmt: skip


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
            hint = "it was withdrawn meanwhile; load the page again"
            raise NotFoundError(what="reading", name=take, hint=hint)
        decided = latest_decision(readings)
        if decided is not None and decided.id > int(seen):
            raise ConflictError(reader=decided.reader, event=event)
        new = msgspec.structs.replace(
            taken, reader=reader, kind="adjudicator", note=note.strip(), made_at="", id=0
        )
        record.add_readings([new])
    return go_back(request, back)
