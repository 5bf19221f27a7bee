"""Review on the pages: entering, the queue, and verdicts on events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.errors import ConflictError, UsageError
from dragoman.model.readings import EventReading
from dragoman.record.queries import EventFilter, whole_document
from dragoman.record.review_queue import QueuedEvent
from dragoman.study.event_editing import EDITABLE, EventEditor, parties_of, values_of
from dragoman.web.filtering import LABELS, ReviewQuery
from dragoman.web.links import link
from dragoman.web.marks import fields_of
from dragoman.web.refusals import RefusedError
from dragoman.web.responses import as_page
from dragoman.web.review_access import keep_reader_name, reader_name
from dragoman.web.review_view import event_context

if TYPE_CHECKING:
    from dragoman.model.readings import Verdict
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.answers import StoredEvent
    from dragoman.record.store import Record
    from dragoman.web.review_access import ReviewAccess
    from dragoman.web.site import Site

router = APIRouter(prefix="/review", include_in_schema=False)
# Any number with this many digits fits an SQLite integer.
Number = Annotated[str, Form(pattern=r"^[0-9]{1,18}$")]
Id = Annotated[str, Form(min_length=1, max_length=400)]
Short = Annotated[str, Form(max_length=400)]
Back = Annotated[str, Form(max_length=2000)]
Token = Annotated[str, Form(max_length=200)]
_VERDICTS: dict[str, Verdict] = {"accept": "accept", "reject": "reject"}


# Entering ---------------------------------------------------------------------------------------------


@router.get("/enter")
def enter(request: Request, token: Annotated[str, Query(max_length=400)] = "") -> Response:
    """Open a session with the token in the address, or show the form for the token."""
    access = _access(request)
    if not token:
        return _entrance(request)
    response = RedirectResponse("/review", status_code=303)
    access.enter(request, response, token)
    return response


@router.post("/enter")
def entered(request: Request, token: Annotated[str, Form(max_length=400)] = "") -> Response:
    """Open a session with the token of the form."""
    response = RedirectResponse("/review", status_code=303)
    try:
        _access(request).enter(request, response, token)
    except RefusedError as error:
        return _entrance(request, problem=str(error), status=403)
    return response


@router.get("/name")
def ask_name(request: Request) -> Response:
    """Show the form for a reviewer's name."""
    return _entrance(request)


@router.post("/name")
def named(
    request: Request, form_token: Token = "", name: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Store a reviewer's name in the browser."""
    _access(request).check_form(request, form_token)
    response = RedirectResponse("/review", status_code=303)
    try:
        keep_reader_name(request, response, name)
    except UsageError as error:
        return _entrance(request, problem=str(error), status=422)
    return response


def _entrance(request: Request, *, problem: str = "", status: int = 200) -> Response:
    access = _access(request)
    return as_page(
        request, "review_enter.html", status=status, problem=problem, entered=access.is_open(request),
        form_token=access.form_token(request), name=reader_name(request),
    )  # fmt: skip


# The queue --------------------------------------------------------------------------------------------


@router.get("")
def queue(request: Request, query: Annotated[ReviewQuery, Query()]) -> Response:
    """Show the next event to review."""
    site, access = _site(request), _access(request)
    reader = reader_name(request)
    if not reader or not access.is_open(request):
        return _entrance(request)
    kept = query.kept()
    with site.coded_record() as record:
        wanted = query.wanted(site.filters(record))
        item = _asked(record, query, wanted, reader)
        progress = record.review_progress(wanted, reader=reader)
        last = record.last_reading(reader)
        document = record.document(item.stored.document_id) if item is not None else None
    chips = [
        (LABELS[name], value, {other: v for other, v in kept.items() if other != name})
        for name, value in query.query().items()
    ]
    content: dict[str, Any] = {"around": None, "fields": [], "skip": ""}
    if item is not None and document is not None:
        event = item.stored.event
        content["around"] = event_context(document.text, event)
        content["fields"] = fields_of(event, site.code_words)
        content["skip"] = link("/review", **kept, cursor=item.cursor)
    again = link("/review", **kept, cursor=query.cursor)
    return as_page(
        request, "review.html", item=item, document=document, progress=progress, chips=chips, query=query,
        kept=kept, last=last, again=again, **content,
    )  # fmt: skip


def _asked(record: Record, query: ReviewQuery, wanted: EventFilter, reader: str) -> QueuedEvent | None:
    """Return the event named in the query, or the next in the queue."""
    if query.event is not None:
        return QueuedEvent(stored=record.event_to_judge(query.event), cursor=query.cursor or "")
    found = record.review_queue(wanted, reader=reader, order=query.order, cursor=query.cursor)
    return found[0] if found else None


# Verdicts ---------------------------------------------------------------------------------------------


@router.post("/verdict")
def verdict(
    request: Request,
    event: Id,
    verdict: Annotated[str, Form(max_length=10)],
    seen: Number,
    form_token: Token = "",
    back: Back = "/review",
    note: Short = "",
) -> Response:
    """Save a verdict of accept or reject."""
    reader = reviewer_of(request, form_token)
    if verdict not in _VERDICTS:
        raise UsageError(message=f"verdict {verdict!r}: use accept or reject")
    with _site(request).record_to_write() as record:
        reading = _reading(record.event_to_judge(event), _VERDICTS[verdict], reader=reader, note=note.strip())
        _keep(record, reading, seen=int(seen))
    return go_back(request, back)


@router.post("/undo")
def undo(
    request: Request, reading: Number, form_token: Token = "", back: Back = "/review", ask_again: Short = ""
) -> Response:
    """Withdraw one of the reviewer's own readings."""
    reader = reviewer_of(request, form_token)
    with _site(request).record_to_write() as record:
        about = record.reading_numbered(int(reading)).event_id
        record.undo_reading(int(reading), reader=reader)
    if ask_again and about is not None:
        back = f"{back}{'&' if '?' in back else '?'}{link('', event=about).removeprefix('?')}"
    return go_back(request, back)


def _typed(
    event_type: Short = "",
    event_mode: Short = "",
    actors: Short = "",
    recipients: Short = "",
    speaker: Short = "",
    factuality: Short = "",
    polarity: Short = "",
    day: Short = "",
) -> dict[str, str]:
    """Return the fields of an event from a form, by name."""
    given = (event_type, event_mode, actors, recipients, speaker, factuality, polarity, day)
    return dict(zip(EDITABLE, given, strict=True))


Typed = Annotated[dict[str, str], Depends(_typed)]


@router.get("/edit")
def ask_edit(
    request: Request,
    event: Annotated[str, Query(min_length=1, max_length=400)],
    back: Annotated[str, Query(max_length=2000)] = "/review",
) -> Response:
    """Show the form that corrects an event."""
    reader = reader_of(request)
    with _site(request).coded_record() as record:
        stored = record.event_to_judge(event)
        readings = [each for each in record.readings(event_id=event, reader=reader) if each.kind == "person"]
        own = readings[-1] if readings else None
        values = values_of(own.event if own is not None and own.event is not None else stored.event)
        return _edit_page(
            request, record, stored, values, seen=str(own.id if own else 0), back=back, problem=""
        )


@router.post("/edit")
def edited(
    request: Request,
    event: Id,
    seen: Number,
    typed: Typed,
    form_token: Token = "",
    back: Back = "/review",
    note: Short = "",
) -> Response:
    """Save a corrected event."""
    reader = reviewer_of(request, form_token)
    with _site(request).record_to_write() as record:
        stored = record.event_to_judge(event)
        document = record.document(stored.document_id)
        try:
            corrected, changed = _editor(request).edit(
                stored.event, document, typed, known=_parties(record, document.id)
            )
        except UsageError as error:
            return _edit_page(
                request, record, stored, {**typed, "note": note}, seen=seen, back=back, problem=str(error)
            )
        reading = _reading(stored, "edit", reader=reader, note=note.strip(), event=corrected, changed=changed)
        _keep(record, reading, seen=int(seen))
    return go_back(request, back)


@router.get("/add")
def ask_add(
    request: Request,
    document: Annotated[str, Query(min_length=1, max_length=400)],
    back: Annotated[str, Query(max_length=2000)] = "/review",
) -> Response:
    """Show the form that adds an event the coder missed."""
    reader_of(request)
    values = {**dict.fromkeys(EDITABLE, ""), "factuality": "certain", "polarity": "positive", "words": ""}
    with _site(request).coded_record() as record:
        return _add_page(request, record, document, values, back=back, problem="")


@router.post("/add")
def added(
    request: Request,
    document: Id,
    typed: Typed,
    words: Annotated[str, Form(max_length=200)] = "",
    form_token: Token = "",
    back: Back = "/review",
    note: Short = "",
) -> Response:
    """Save an event that the coder missed."""
    reader = reviewer_of(request, form_token)
    with _site(request).record_to_write() as record:
        report = record.document(document)
        try:
            event = _editor(request).add(report, words, typed, known=_parties(record, document))
        except UsageError as error:
            values = {**typed, "words": words, "note": note}
            return _add_page(request, record, document, values, back=back, problem=str(error))
        record.add_readings([EventReading(
            document_id=document, reader=reader, kind="person", verdict="add", event_id=None,
            event_type=event.event_type, trigger_start=event.trigger.start, trigger_end=event.trigger.end,
            event=event, note=note.strip(),
        )])  # fmt: skip
    return go_back(request, back)


def _edit_page(
    request: Request,
    record: Record,
    stored: StoredEvent,
    values: dict[str, str],
    *,
    seen: str,
    back: str,
    problem: str,
) -> Response:
    around = event_context(record.document(stored.document_id).text, stored.event)
    return as_page(
        request, "review_edit.html", status=422 if problem else 200, heading="Edit the event",
        problem=problem, around=around, action="/review/edit", to=_local(back), text="", asks_words=False,
        hidden={"event": stored.event.id, "seen": seen}, values=_completed(values), modes=_modes(request),
    )  # fmt: skip


def _add_page(
    request: Request, record: Record, document_id: str, values: dict[str, str], *, back: str, problem: str
) -> Response:
    return as_page(
        request, "review_edit.html", status=422 if problem else 200, heading="Add an event",
        problem=problem, around=None, action="/review/add", to=_local(back), asks_words=True,
        text=record.document(document_id).text, hidden={"document": document_id},
        values=_completed(values), modes=_modes(request),
    )  # fmt: skip


def _completed(values: dict[str, str]) -> dict[str, str]:
    return {"words": "", "note": "", **values}


# Shared helpers -----------------------------------------------------------------------------------------


def _site(request: Request) -> Site:
    return request.app.state.site  # type: ignore[no-any-return]


def _access(request: Request) -> ReviewAccess:
    access = _site(request).review_access
    if access is None:
        message = "this server keeps no verdicts; start it with --review to allow it"
        raise RefusedError(message=message, status=403, code="not_allowed")
    return access


def reader_of(request: Request) -> str:
    """Return the name of the reviewer, who must have an open session."""
    reader = reader_name(request)
    if not _access(request).is_open(request) or not reader:
        message = "verdicts are kept for reviewers only: open /review, give the token and your name"
        raise RefusedError(message=message, status=403, code="not_allowed")
    return reader


def reviewer_of(request: Request, form_token: str) -> str:
    """Return the name of the reviewer who sent a form, after checking the form token."""
    _access(request).check_form(request, form_token)
    return reader_of(request)


def go_back(request: Request, back: str) -> Response:
    """Redirect to the page that a form was sent from, and clear the cache."""
    _site(request).forget()
    return RedirectResponse(_local(back), status_code=303)


def _local(back: str) -> str:
    """Return the path to continue at if it is on this site, else the review queue."""
    is_ours = back.startswith("/") and not back.startswith("//") and "\\" not in back and back.isprintable()
    return back if is_ours else "/review"


def _reading(
    stored: StoredEvent,
    verdict: Verdict,
    *,
    reader: str,
    note: str,
    event: Event | None = None,
    changed: tuple[str, ...] = (),
) -> EventReading:
    about = stored.event
    return EventReading(
        document_id=stored.document_id, reader=reader, kind="person", verdict=verdict, event_id=about.id,
        event_type=about.event_type, trigger_start=about.trigger.start, trigger_end=about.trigger.end,
        event=event, changed=changed, note=note,
    )  # fmt: skip


def _keep(record: Record, reading: EventReading, *, seen: int) -> None:
    """Save a reading, unless the same reader has saved another since the page was rendered.

    Raises:
        ConflictError: A different reading was saved meanwhile.
    """
    try:
        record.add_readings([reading], seen=seen)
    except ConflictError:
        latest = record.readings(event_id=reading.event_id, reader=reading.reader)[-1]
        # The form was submitted twice: the reading is already saved.
        if (latest.verdict, latest.event, latest.note) != (reading.verdict, reading.event, reading.note):
            raise


def _editor(request: Request) -> EventEditor:
    site = _site(request)
    return EventEditor(codebook=site.codebook, actors=site.actors)


def _parties(record: Record, document_id: str) -> tuple[ActorRef, ...]:
    found = record.events(whole_document(document_id))
    return parties_of(stored.event for stored in found)


def _modes(request: Request) -> dict[str, list[str]]:
    types = _site(request).codebook.types
    return {name: sorted(entry.modes) for name, entry in types.items() if entry.modes}
