"""Paste a report: text in, coded page or JSON out. Nothing is kept unless its reader asks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request, Response

import dragoman
from dragoman.errors import UsageError
from dragoman.record.store import Record
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
    coded = _code(
        request,
        text=given.text,
        title=given.title,
        published_on=given.published_on,
        publisher=given.publisher,
    )
    return as_json(request, coded)


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
        problem = f"“{published_on}” is not a day; write it as 2022-02-05."
    if problem:
        return as_page(request, "paste.html", status=422, limit=MAX_PASTED, given=given, problem=problem)
    coded = _code(
        request, text=text.replace("\r\n", "\n"), title=title.strip() or None,
        published_on=dt.date.fromisoformat(published_on) if published_on else None,
        publisher=publisher.strip() or None,
    )  # fmt: skip
    notice = "Nothing of this was kept; the page is gone when you leave it."
    if keep:
        _keep(site, coded)
        notice = "Kept in the record."
    return reader_page(request, coded, kept=bool(keep), others=[], notice=notice)


def _code(request: Request, **given: Any) -> CodedDocument:
    if len(given["text"]) > MAX_PASTED:
        message = f"the text has {len(given['text']):,} characters; the limit is {MAX_PASTED:,}"
        raise RefusedError(message=message, status=413, code="too_large")
    if any(0xD800 <= ord(char) < 0xE000 for char in "".join(str(value) for value in given.values())):
        raise UsageError(message="the text has half a character in it (a lone surrogate); send valid Unicode")
    request.app.state.rate.take(request.client.host if request.client else "")
    site: Site = request.app.state.site
    return site.code(**given)


def _keep(site: Site, coded: CodedDocument) -> None:
    if not site.settings.keep:
        message = "this server keeps nothing; start it with --keep to allow it"
        raise RefusedError(message=message, status=403, code="not_allowed")
    with Record.open(site.settings.record, create=False) as record:
        run = record.begin_run(dragoman.__version__)
        record.add(coded, run_id=run)
        record.end_run(run, documents=1, failures=0)
    site.forget()


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
