"""The web application: pages and an API over one record. It makes no network requests."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

import dragoman
from dragoman.errors import DragomanError
from dragoman.study.reader_agreement import load_statistics
from dragoman.web import (
    routes_adjudication,
    routes_api,
    routes_code,
    routes_compare,
    routes_dossiers,
    routes_front,
    routes_ledger,
    routes_reader,
    routes_reference,
    routes_review,
    routes_search,
    routes_world,
)
from dragoman.web.assets import Assets
from dragoman.web.guarding import Guard
from dragoman.web.openapi import describe
from dragoman.web.preparing import prepare
from dragoman.web.request_limits import RequestLimits
from dragoman.web.responses import HEADERS, RateLimit, error_response, fault_response
from dragoman.web.shown import read_shown
from dragoman.web.site import Settings, Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from dragoman.coding.coder import Coder

__all__ = ["Settings", "create_app"]

_CODES = {403: "not_allowed", 404: "not_found", 405: "not_allowed", 413: "too_large"}


def create_app(settings: Settings, *, coder: Coder | None = None) -> FastAPI:
    """Create the application.

    Args:
        settings: The record file and the server settings.
        coder: Coder for pasted reports; if None, one is created when first needed.

    Raises:
        NotFoundError: The record does not exist.
        RecordError: The file is not a record.
    """
    site = Site(settings, coder=coder)
    site.record().close()
    app = FastAPI(
        title="Dragoman",
        version=dragoman.__version__,
        description="Who did, said or undertook what, toward whom, according to whom: a sourced record.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan(site),
        dependencies=[Depends(read_shown)],
    )
    app.state.site = site
    app.state.rate = RateLimit(settings.rate)
    app.state.limits = RequestLimits()
    if settings.review_token is not None:
        threading.Thread(target=load_statistics, daemon=True).start()
    for module in (
        routes_api,
        routes_code,
        routes_compare,
        routes_reader,
        routes_ledger,
        routes_dossiers,
        routes_front,
        routes_world,
        routes_reference,
        routes_search,
        routes_adjudication,
        routes_review,
    ):
        app.include_router(module.router)
    app.mount("/static", Assets(), name="static")
    _add_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)
    app.add_middleware(Guard, hosts=settings.hosts, limits=app.state.limits)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def _lifespan(site: Site) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Data for the first requests is prepared in the background; no request waits for all of it.
        site.background.start(lambda: prepare(site))
        yield
        site.close()

    return lifespan


def _add_handlers(app: FastAPI) -> None:
    async def ours(request: Request, error: Any) -> Response:
        return fault_response(request, error)

    async def invalid(request: Request, error: Any) -> Response:
        return error_response(request, 422, "not_valid", _validation_message(error))

    async def http(request: Request, error: Any) -> Response:
        code = _CODES.get(error.status_code, "bad_request")
        message = f"there is nothing at {request.url.path}" if error.status_code == 404 else str(error.detail)
        response = error_response(request, error.status_code, code, message)
        response.headers.update(error.headers or {})
        return response

    async def broken(request: Request, error: Any) -> Response:
        # This response is created outside the guard, which adds the headers to all other responses.
        response = error_response(request, 500, "broken", "something broke inside")
        response.headers.update(HEADERS)
        return response

    app.add_exception_handler(DragomanError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, broken)


def _validation_message(error: RequestValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part not in ("query", "body", "path"))
    return f"{where or 'the request'}: {first['msg'].removeprefix('Value error, ')}"
