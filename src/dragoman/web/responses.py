"""Responses: JSON with an ETag, pages with a content security policy, errors in one format for both."""

from __future__ import annotations

import collections
import hashlib
import threading
import time
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from dragoman.errors import (
    ConflictError,
    DocumentError,
    DragomanError,
    EmptyDocumentError,
    NotFoundError,
    QueryTimeError,
    RecordError,
    TooLargeError,
    UsageError,
)
from dragoman.web.refusals import RefusedError

if TYPE_CHECKING:
    from dragoman.web.site import Site

# No external resources, and no inline scripts or styles.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_ENCODER = msgspec.json.Encoder()
_TITLES = {
    400: "This cannot be asked", 403: "Not allowed", 404: "Not in the record", 405: "Not allowed",
    409: "Saved twice", 413: "Too long", 422: "This cannot be read", 429: "Too many at once",
    500: "Something broke", 503: "The record cannot be read",
}  # fmt: skip
_HINTS = {
    "not_found": "look in the ledger or search the reports",
    "bad_request": "see /api for what each parameter takes",
    "not_valid": "see /api for what each parameter takes",
    "conflict": "go back, load the page again and look at what was saved; then save again",
    "too_large": "send one report at a time",
    "too_many": "wait a minute and try again",
    "not_allowed": "see /api for what can be asked and how",
    "took_too_long": "ask for less: fewer words, a shorter span of days",
    "busy": "wait a minute and try again",
    "unavailable": "try again; if it stays, run: dragoman record check",
    "broken": "this is a fault of the program; please report what you did",
}


class RateLimit:
    """Limit on the number of texts coded per minute and address."""

    def __init__(self, a_minute: int) -> None:
        self._limit = a_minute
        self._times: dict[str, collections.deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, address: str) -> None:
        """Count a request.

        Raises:
            RefusedError: The limit is exceeded.
        """
        now = time.monotonic()
        with self._lock:
            if len(self._times) > 10_000:
                self._times.clear()
            times = self._times.setdefault(address, collections.deque())
            while times and times[0] < now - 60:
                times.popleft()
            if len(times) >= self._limit:
                raise RefusedError(
                    message=f"more than {self._limit} texts in a minute", status=429, code="too_many"
                )
            times.append(now)


def as_json(request: Request, content: object, *, status: int = 200) -> Response:
    """Return content as JSON, or status 304 if the client has it already."""
    return tagged(request, _ENCODER.encode(content), "application/json", status=status)


def tagged(request: Request, body: bytes, media_type: str, *, status: int = 200) -> Response:
    """Return a body with its ETag, or status 304 if the client has it already."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    given = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in given or given == ["*"]:
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, media_type=media_type, headers=headers)


def as_page(request: Request, template: str, *, status: int = 200, **content: Any) -> Response:
    """Return a page rendered from a template."""
    from dragoman.web.review_view import review_view

    site: Site = request.app.state.site
    here, query = request.url.path, request.url.query
    with review_view(request) as review:
        text = site.templates.get_template(template).render(
            here=here, keep=site.settings.keep, review=review, review_on=site.review_access is not None,
            back=f"{here}?{query}" if query else here, **content,
        )  # fmt: skip
    return HTMLResponse(text, status_code=status, headers={"cache-control": "no-cache"})


def wants_page(request: Request) -> bool:
    """Return True if an error should be shown as a page."""
    return not request.url.path.startswith("/api")


def error_response(request: Request, status: int, code: str, message: str, hint: str = "") -> Response:
    """Return an error response: a page for browsers, a stable JSON format for programs."""
    hint = hint or _HINTS.get(code, "")
    if wants_page(request):
        title = _TITLES.get(status, "This did not work")
        return as_page(
            request, "error.html", status=status, title=title, message=message, hint=hint, code=code
        )
    return Response(error_body(code, message, hint), status_code=status, media_type="application/json")


def error_body(code: str, message: str, hint: str = "") -> bytes:
    """Return an error as JSON, in the format of all errors of the server."""
    return _ENCODER.encode({"error": {"code": code, "message": message, "hint": hint}})


def fault_response(request: Request, error: DragomanError) -> Response:
    """Return the response to one of our own errors."""
    if isinstance(error, RefusedError):
        return error_response(request, int(str(error.facts["status"])), str(error.facts["code"]), str(error))
    if isinstance(error, NotFoundError):
        message = f"{error.facts.get('what')} {error.facts.get('name')!r} is not there"
        return error_response(request, 404, "not_found", message, str(error.facts.get("hint", "")))
    if isinstance(error, ConflictError):
        return error_response(request, 409, "conflict", str(error))
    if isinstance(error, UsageError):
        return error_response(request, 400, "bad_request", str(error))
    if isinstance(error, TooLargeError):
        return error_response(request, 413, "too_large", str(error))
    if isinstance(error, EmptyDocumentError | DocumentError):
        return error_response(request, 422, "not_valid", str(error))
    if isinstance(error, QueryTimeError):
        return error_response(request, 503, "took_too_long", str(error))
    if isinstance(error, RecordError):
        return error_response(request, 503, "unavailable", "the record cannot be read just now")
    return error_response(request, 500, "broken", "something broke inside")
