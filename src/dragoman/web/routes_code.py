"""Coding of pasted reports: returns a page or JSON, with progress if it takes long.

Nothing is stored in the record unless the user requests it.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.errors import NotFoundError, UsageError
from dragoman.model.days import is_publication_day
from dragoman.model.documents import Document, Failure
from dragoman.model.identity import content_id
from dragoman.readers.dates import read_date
from dragoman.readers.documents import make_document
from dragoman.web.filtering import CodeRequest
from dragoman.web.links import link
from dragoman.web.openapi import answer, of
from dragoman.web.refusals import RefusedError
from dragoman.web.responses import as_json, as_page
from dragoman.web.routes_reader import reader_page
from dragoman.web.site import MAX_PASTED

if TYPE_CHECKING:
    from dragoman.model.records import CodedDocument
    from dragoman.web.coding_jobs import Job
    from dragoman.web.site import Site

router = APIRouter()
JobId = Annotated[str, Query(min_length=1, max_length=60)]


@router.post("/api/code", tags=["coding"], responses=answer(of("CodedDocument"), "The report, coded."))
def code_text(request: Request, given: CodeRequest) -> Response:
    """Code a text. It is not stored."""
    return as_json(request, _code(request, given.model_dump()))


@router.get("/paste", include_in_schema=False)
def paste(request: Request) -> Response:
    """Show the form."""
    return as_page(
        request,
        "paste.html",
        limit=MAX_PASTED,
        given=dict.fromkeys(("text", "title", "published_on", "publisher"), ""),
        problem="",
    )


@router.post("/paste", include_in_schema=False)
def pasted(
    request: Request,
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form(max_length=500)] = "",
    published_on: Annotated[str, Form(max_length=20)] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
    keep: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Show a pasted report, coded."""
    site: Site = request.app.state.site
    given = {"text": text, "title": title, "published_on": published_on, "publisher": publisher}
    problem = ""
    if not text.strip():
        problem = "There is no text yet: paste a report of at least one sentence."
    elif len(text) > MAX_PASTED:
        problem = (
            f"The text has {len(text):,} characters; the limit is {MAX_PASTED:,}. Paste a single report."
        )
    elif published_on and not _is_day(published_on):
        problem = f"“{published_on}” is not a day of a report; write it as 2022-02-05."
    if problem:
        return as_page(request, "paste.html", status=422, limit=MAX_PASTED, given=given, problem=problem)
    fields = {
        "text": text.replace("\r\n", "\n"), "title": title.strip() or None,
        "published_on": published_on or None, "publisher": publisher.strip() or None,
    }  # fmt: skip
    document = _document(request, fields, is_kept=bool(keep))
    job = site.jobs.start(document, given | {"keep": keep}, keep=bool(keep))
    if job.wait(site.settings.patience):
        if job.problem is not None:
            raise job.problem
        return _finished(request, job)
    return RedirectResponse(link("/paste/progress", id=job.id), status_code=303)


@router.get("/paste/progress", include_in_schema=False)
def progress(request: Request, id: JobId) -> Response:
    """Show the progress of coding a pasted report, and the report once it is coded."""
    site: Site = request.app.state.site
    job = _job(site, id)
    if job.state == "done":
        return _finished(request, job)
    if job.state in ("failed", "cancelled"):
        problem = "Cancelled; nothing was kept." if job.state == "cancelled" else _said(job)
        return as_page(request, "paste.html", limit=MAX_PASTED, given=job.given, problem=problem)
    return as_page(request, "progress.html", job=job, told=_told(site, job))


@router.get("/paste/state", include_in_schema=False)
def state(request: Request, id: JobId) -> Response:
    """Return the progress of coding a pasted report."""
    site: Site = request.app.state.site
    job = _job(site, id)
    return as_json(request, {"finished": job.finished.is_set(), **_told(site, job)})


@router.post("/paste/cancel", include_in_schema=False)
def cancel(request: Request, id: Annotated[str, Form(max_length=60)]) -> Response:
    """Cancel the coding of a pasted report."""
    site: Site = request.app.state.site
    job = _job(site, id)
    site.jobs.cancel(job)
    return RedirectResponse(link("/paste/progress", id=job.id), status_code=303)


def _job(site: Site, id: str) -> Job:
    job = site.jobs.get(id)
    if job is None:
        hint = "a pasted report is forgotten ten minutes after it was coded; paste it again"
        raise NotFoundError(what="pasted report", name=id, hint=hint)
    return job


def _finished(request: Request, job: Job) -> Response:
    assert job.coded is not None
    is_kept = bool(job.given["keep"])
    notice = (
        "Kept in the record."
        if is_kept
        else "Nothing of this was kept in the record; the server forgets it in ten minutes."
    )
    return reader_page(request, job.coded, kept=is_kept, others=[], notice=notice)


def _said(job: Job) -> str:
    words = str(job.problem)
    return f"{words[:1].upper()}{words[1:]}."


def _told(site: Site, job: Job) -> dict[str, Any]:
    """Return the message on an unfinished job and the elapsed share of the expected time."""
    seconds = time.monotonic() - job.progress.began
    if job.state == "loading":
        return {"words": "The coder is being loaded; this takes some seconds, once.", "share": None}
    if job.state != "coding":
        before = site.jobs.before(job)
        words = f"{before} other report{'' if before == 1 else 's'} first." if before else "About to begin."
        return {"words": f"Waiting: {words}" if before else words, "share": None}
    expected = site.jobs.expected(job)
    usual = f"{len(job.document.text):,} characters usually take about {expected:.0f} s"
    words = f"Being coded for {seconds:.0f} s; {usual}."
    return {"words": words, "share": round(min(0.95, seconds / expected), 2)}


def _code(request: Request, fields: dict[str, Any]) -> CodedDocument:
    """Code a report and wait for the result.

    Raises:
        RefusedError: The report is too long or cannot be coded, or the server is busy.
        DocumentError: The text is not a report.
    """
    site: Site = request.app.state.site
    coded = site.code(_document(request, fields))
    if isinstance(coded, Failure):
        raise RefusedError(message=coded.message, status=422, code="not_valid")
    return coded


def _document(request: Request, fields: dict[str, Any], *, is_kept: bool = False) -> Document:
    """Return the document of a form; if it is to be stored, validate it as file readers do.

    Raises:
        RefusedError: The report is too long or may not be stored, or its sender exceeded the limit.
        DocumentError: The text is not a report.
    """
    site: Site = request.app.state.site
    if is_kept and not site.settings.keep:
        message = "this server keeps nothing; start it with --keep to allow it"
        raise RefusedError(message=message, status=403, code="not_allowed")
    text = fields["text"]
    if len(text) > MAX_PASTED:
        message = f"the text has {len(text):,} characters; the limit is {MAX_PASTED:,}"
        raise RefusedError(message=message, status=413, code="too_large")
    if any(0xD800 <= ord(char) < 0xE000 for char in "".join(str(value) for value in fields.values())):
        raise UsageError(message="the text has half a character in it (a lone surrogate); send valid Unicode")
    request.app.state.rate.take(request.client.host if request.client else "")
    where = "the pasted text"
    if is_kept:
        return make_document(fields, where=where)
    day = read_date(fields["published_on"], where=where)
    return Document(**{**fields, "id": content_id(text), "published_on": day})


def _is_day(text: str) -> bool:
    try:
        return is_publication_day(dt.date.fromisoformat(text))
    except ValueError:
        return False
