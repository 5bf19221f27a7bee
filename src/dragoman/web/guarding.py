"""Outermost middleware: allowed hosts, maximum size of requests, and headers of every response."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dragoman.web.responses import HEADERS, error_body

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from dragoman.web.request_limits import RequestLimits, RequestTime

# Size of the longest report that may be pasted, with four percent-encoded bytes per character, and its other
# fields.
MAX_BODY = 1024 * 1024
# Requests whose body has not arrived after this time are dropped.
SECONDS_TO_SEND = 20.0


class Guard:
    """Middleware that refuses foreign hosts, foreign origins and long bodies and adds headers to responses.

    A foreign page can make a browser send requests here under another host name (DNS rebinding), so only the
    configured names are served. Requests that change something must come from this site's own pages; other
    sites may link to a page, but their scripts may not request anything.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], limits: RequestLimits) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        with self._limits.request() as time:
            await self._answer(scope, receive, send, time)

    def _refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str, str] | None:
        """Return the status, code and message of a refusal, or None if the request is allowed."""
        host = headers.get("host", "")
        if "*" not in self._hosts and _bare(host) not in self._hosts:
            return 421, "wrong_host", "this server is not known by that name"
        is_asking = method in ("GET", "HEAD", "OPTIONS")
        if _is_behind_a_page(headers) if is_asking else _is_foreign(headers, host):
            return 403, "not_allowed", "the request comes from another site"
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > MAX_BODY:
            return 413, "too_large", f"more than {MAX_BODY:,} bytes"
        if self._limits.is_full:
            return 503, "busy", "too many requests at once; try again in a minute"
        return None

    async def _answer(self, scope: Scope, receive: Receive, send: Send, time: RequestTime) -> None:
        taken, until = 0, asyncio.get_running_loop().time() + SECONDS_TO_SEND
        left: asyncio.Task[None] | None = None

        async def leaving() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            time.leave()

        async def bounded() -> Message:
            nonlocal taken, left
            if left is not None:
                # The body is complete; only a disconnect can follow.
                await asyncio.shield(left)
                return {"type": "http.disconnect"}
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                return {"type": "http.disconnect"}
            taken += len(message.get("body", b""))
            if message["type"] == "http.request" and not message.get("more_body"):
                left = asyncio.ensure_future(leaving())
            # A body without a declared length is truncated at the limit; truncated bodies do not parse.
            return {"type": "http.disconnect"} if taken > MAX_BODY else message

        async def decorated(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.decode("latin-1").lower() not in HEADERS]
                added = [(key.encode(), value.encode()) for key, value in HEADERS.items()]
                message = {**message, "headers": kept + added}
            await send(message)
            time.restart()

        given: Receive = bounded
        if scope["method"] in ("GET", "HEAD"):
            # The application does not read the body of these requests; reading it here detects a disconnect.
            first = await bounded()
            given = _again(first, bounded)
        try:
            await self._app(scope, given, decorated)
        finally:
            if left is not None:
                left.cancel()


def _again(first: Message, receive: Receive) -> Receive:
    """Return a receiver that yields an already received message, then the following ones."""
    waiting = [first]

    async def given() -> Message:
        return waiting.pop() if waiting else await receive()

    return given


def _is_behind_a_page(headers: dict[str, str]) -> bool:
    """Return True if a page of another site sent the request, without a user following a link."""
    is_led = headers.get("sec-fetch-mode", "navigate") == "navigate"
    return headers.get("sec-fetch-site") == "cross-site" and not is_led


def _is_foreign(headers: dict[str, str], host: str) -> bool:
    """Return True if browser headers name another site; other programs send no such headers."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if (site or "none") not in ("same-origin", "none"):
        return True
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != host
    # Not a valid address, such as "http://[".
    except ValueError:
        return True


def _bare(host: str) -> str:
    """Return a host name without its port."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    hint = "open the server by the name it was started with, or name it with --allow-host"
    body = error_body(code, message, hint if status == 421 else "")
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    headers += [(key.encode(), value.encode()) for key, value in HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
