"""The outermost layer: which hosts are answered, how much may be sent, what every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from dragoman.web.responses import HEADERS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The longest report that may be pasted, each character four bytes and percent-encoded, and its other fields.
MAX_BODY = 1024 * 1024


class Guard:
    """Refuses foreign hosts, foreign origins and long bodies; adds the headers of every answer.

    A page elsewhere can make a browser send requests here under another name (DNS rebinding): only the
    names that the server was told are answered. What changes something must come from a page of ours.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        host = headers.get("host", "")
        if "*" not in self._hosts and _bare(host) not in self._hosts:
            await _refuse(send, 421, "wrong_host", "this server is not known by that name")
            return
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _is_foreign(headers, host):
            await _refuse(send, 403, "not_allowed", "the request comes from another site")
            return
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            await _refuse(send, 413, "too_large", f"more than {MAX_BODY:,} bytes")
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            # A body without a length ends where the limit is; what is cut does not parse.
            return {"type": "http.disconnect"} if taken > MAX_BODY else message

        async def decorated(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.decode("latin-1").lower() not in HEADERS]
                added = [(key.encode(), value.encode()) for key, value in HEADERS.items()]
                message = {**message, "headers": kept + added}
            await send(message)

        await self._app(scope, bounded, decorated)


def _is_foreign(headers: dict[str, str], host: str) -> bool:
    """Return True if a browser says that another site's page sends this; a program says nothing."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    return (site or "none") not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc != host
    )


def _bare(host: str) -> str:
    """Return a host without its port."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    hint = "open the server by the name it was started with, or name it with --allow-host"
    body = msgspec.json.encode(
        {"error": {"code": code, "message": message, "hint": hint if status == 421 else ""}}
    )
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    headers += [(key.encode(), value.encode()) for key, value in HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
