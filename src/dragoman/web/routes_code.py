"""Paste a report: text in, coded page or JSON out. Nothing is kept unless its reader asks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request, Response

import dragoman
from dragoman.errors import UsageError
from dragoman.model.days import is_publication_day
from dragoman.model.documents import Document, Failure
from dragoman.model.identity import content_id
from dragoman.readers.dates import read_date
from dragoman.readers.documents import make_document
from dragoman.web.filtering import CodeRequest
from dragoman.web.openapi import answer, of
from dragoman.web.responses import RefusedError, as_json, as_page
from dragoman.web.routes_reader import reader_page
from dragoman.web.site import MAX_PASTED

if TYPE_CHECKING:
    from dragoman.model.records import CodedDocument
    from dragoman.web.site import Site

router = APIRouter()


@router.post("/api/code", tags=["coding"], responses=answer(of("CodedDocument"), "The report, coded."))
def code_text(request: Request, given: CodeRequest) -> Response:
    """Code a text. Nothing of it is kept."""
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
    coded = _code(request, fields, is_kept=bool(keep))
    notice = "Nothing of this was kept; the page is gone when you leave it."
    if keep:
        _keep(site, coded)
        notice = "Kept in the record."
    return reader_page(request, coded, kept=bool(keep), others=[], notice=notice)


def _code(request: Request, fields: dict[str, Any], *, is_kept: bool = False) -> CodedDocument:
    """Code a report; if it will be kept, it is checked as documents of the readers are.

    Raises:
        RefusedError: It is too long, cannot be coded, or there is too much to do.
        DocumentError: It is no report.
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
        document = make_document(fields, where=where)
    else:
        day = read_date(fields["published_on"], where=where)
        document = Document(**{**fields, "id": content_id(text), "published_on": day})
    coded = site.code(document)
    if isinstance(coded, Failure):
        raise RefusedError(message=coded.message, status=422, code="not_valid")
    return coded


def _keep(site: Site, coded: CodedDocument) -> None:
    with site.record_to_write() as record:
        run = record.begin_run(dragoman.__version__)
        record.add(coded, run_id=run)
        record.end_run(run, documents=1, failures=0)
    site.forget()


def _is_day(text: str) -> bool:
    try:
        return is_publication_day(dt.date.fromisoformat(text))
    except ValueError:
        return False
