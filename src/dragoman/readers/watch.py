"""Repeated fetching of a feed: the only reader that uses the network, and only on request.

Downloads are limited in size and time. Redirects are followed only to http and https, and never from a public
address to a private one: the address is checked after the connection is established and before anything is
sent, so that a name that changes its address in between gains nothing. Proxies are not used.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import json
import os
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec

from dragoman.errors import (
    BusyRecordError,
    DocumentError,
    DragomanError,
    FetchError,
    PackedTooTightError,
    StateError,
)
from dragoman.files import replacing
from dragoman.readers.documents import tidy
from dragoman.readers.sources import look_ahead
from dragoman.readers.unpacking import packing, unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.model.documents import Document, Failure

# The largest of 1,850 feeds examined has 9 MB.
MAX_FEED_BYTES = 32 * 1024 * 1024
_TIMEOUT = 20.0
# The connection to a server that sends only occasional bytes is closed after this time.
_DEADLINE = 120.0
_TOO_LATE = f"not done after {_DEADLINE:.0f} s"
# Seconds until the next attempt if another process is writing to the record.
_BUSY_WAIT = 15.0
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WAIT = frozenset({429, 503})
# Back-off: the wait doubles after each consecutive failure, up to this.
_LONGEST_WAIT = 6 * 3600.0
_SHORTEST_WAIT = 30.0
_MOST_STATE_BYTES = 1_000_000


class FeedState(msgspec.Struct, kw_only=True):
    """The state of a feed after the last fetch.

    Attributes:
        etag: The entity tag that the server gave.
        last_modified: The time of the last change as given by the server.
        failures: Number of consecutive failures.
        retry_after: Number of seconds that the server requested to wait.
    """

    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    retry_after: float | None = None


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A response: the bytes, or None if nothing changed, and the state for the next request."""

    body: bytes | None
    etag: str | None
    last_modified: str | None


def fetch(url: str, *, state: FeedState | None = None, limit: int = MAX_FEED_BYTES) -> Fetched:
    """Fetch an address, unless it has not changed since the state.

    Args:
        url: An http or https address. If it is private itself, redirects to private addresses are followed.
        state: The state from the last fetch.
        limit: Maximum number of bytes, before and after unpacking.

    Raises:
        FetchError: The address cannot be fetched; `facts["retry_after"]` holds the seconds that the server
            requests.
    """
    try:
        private = _is_private_host(url)
    except ValueError as error:
        raise FetchError(where=url[:200], why="is no address") from error
    deadline = time.monotonic() + _DEADLINE
    address, secure = url, False
    for _ in range(_MOST_REDIRECTS + 1):
        parts = _parts(url, address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            leads = "is" if address == url else f"leads to {address[:200]!r}, which is"
            raise FetchError(where=url, why=f"{leads} no http or https address")
        if secure and parts.scheme == "http":
            raise FetchError(where=url, why="leads from https to http")
        secure = parts.scheme == "https"
        answer = _ask(url, address, state=state, private=private, limit=limit, deadline=deadline)
        if isinstance(answer, Fetched):
            return answer
        address = _next(url, address, answer)
    raise FetchError(where=url, why=f"leads on more than {_MOST_REDIRECTS} times")


def _parts(url: str, address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise FetchError(where=url, why=f"leads to {address[:200]!r}, which is no address") from error


def _next(url: str, address: str, answer: str) -> str:
    try:
        return urljoin(address, answer)
    except ValueError as error:
        raise FetchError(where=url, why=f"leads to {answer[:200]!r}, which is no address") from error


def _ask(
    url: str, address: str, *, state: FeedState | None, private: bool, limit: int, deadline: float
) -> Fetched | str:
    """Send a request to one address; return the response or the target of the redirect."""
    connection = _connect(url, address, private=private, deadline=deadline)
    clock = _Clock(connection.sock, deadline)
    try:
        connection.request("GET", _target(address), headers=_headers(state))
        # If the server ends the connection, the response takes it over and must be closed too.
        with connection.getresponse() as response:
            taken = _take(url, response, state=state, limit=limit, deadline=deadline)
        if clock.is_over:
            # A response cut off by the deadline can look complete.
            raise FetchError(where=url, why=_TOO_LATE)
        return taken
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        raise FetchError(where=url, why=_TOO_LATE if clock.is_over else _reason(error)) from error
    except FetchError as error:
        if clock.is_over:
            raise FetchError(where=url, why=_TOO_LATE) from error
        raise
    finally:
        clock.stop()
        connection.close()


class _Clock:
    """A timer that ends a connection at a deadline, even while data arrives: headers can be endless."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self.is_over = False
        # A duplicate handle: the connection may close its own at any time.
        self._socket = socket.socket(fileno=os.dup(connected.fileno()))
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._end)
        self._timer.daemon = True
        self._timer.start()

    def _end(self) -> None:
        self.is_over = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Cancel the deadline."""
        self._timer.cancel()
        self._timer.join()
        self._socket.close()


def _take(
    url: str, response: http.client.HTTPResponse, *, state: FeedState | None, limit: int, deadline: float
) -> Fetched | str:
    if response.status in _REDIRECTS:
        return response.getheader("Location") or ""
    if response.status == 304 and state is not None:
        return Fetched(body=None, etag=state.etag, last_modified=state.last_modified)
    if response.status != 200:
        raise FetchError(
            where=url, why=f"the server answers {response.status} {tidy(response.reason[:80]) or ''}",
            retry_after=_retry_after(response) if response.status in _WAIT else None,
        )  # fmt: skip
    body = _read_body(url, response, limit=limit, deadline=deadline)
    etag, modified = response.getheader("ETag"), response.getheader("Last-Modified")
    return Fetched(body=body, etag=etag, last_modified=modified)


def _connect(url: str, address: str, *, private: bool, deadline: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    connection: http.client.HTTPConnection | None = None
    try:
        host, port = parts.hostname or "", parts.port
        left = deadline - time.monotonic()
        if left <= 0:
            raise FetchError(where=url, why=_TOO_LATE)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(host, port, timeout=_TIMEOUT)
        connection.sock = _reach(host, connection.port, deadline)
        peer = connection.sock.getpeername()[0]
        if parts.scheme == "https" and (private or _is_public(peer)):
            _secure(connection, host, deadline)
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        if connection is not None:
            connection.close()
        raise FetchError(where=url, why=_reason(error)) from error
    if not private and not _is_public(peer):
        connection.close()
        raise FetchError(where=url, why=f"is at the private address {peer}; give that address if you mean it")
    return connection


def _reach(host: str, port: int, deadline: float) -> socket.socket:
    """Connect to the first address of a name that responds; the deadline applies to all attempts."""
    failed: OSError = TimeoutError()
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        left = min(_TIMEOUT, deadline - time.monotonic())
        if left <= 0:
            break
        connected = socket.socket(family, kind, protocol)
        try:
            connected.settimeout(left)
            connected.connect(address)
        except OSError as error:
            connected.close()
            failed = error
            continue
        connected.settimeout(_TIMEOUT)
        return connected
    raise failed


def _secure(connection: http.client.HTTPConnection, host: str, deadline: float) -> None:
    """Start TLS on a connection; the deadline also applies to the handshake."""
    clock = _Clock(connection.sock, deadline)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    finally:
        clock.stop()


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_global and not found.is_multicast


def _is_private_host(url: str) -> bool:
    """Return True if the given address is itself private, by number or by its well-known name."""
    host = urlsplit(url).hostname or ""
    try:
        return not _is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _target(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _headers(state: FeedState | None) -> dict[str, str]:
    headers = {
        "User-Agent": f"dragoman/{version('dragoman')}",
        "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    if state is not None and state.etag:
        headers["If-None-Match"] = state.etag
    if state is not None and state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _read_body(url: str, response: http.client.HTTPResponse, *, limit: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(1 << 16):
        size += len(piece)
        pieces.append(piece)
        if size > limit:
            raise FetchError(where=url, why=f"more than {limit:,} bytes")
        if time.monotonic() > deadline:
            raise FetchError(where=url, why=_TOO_LATE)
    if response.length:
        raise FetchError(where=url, why="the connection broke off")
    body = b"".join(pieces)
    if packing(body) != "gzip":
        return body
    _, stream = look_ahead(unpack(io.BufferedReader(io.BytesIO(body)), form="gzip", where=url), where=url)
    unpacked = stream.read(limit + 1)
    if len(unpacked) > limit:
        raise PackedTooTightError(where=url, ratio=limit // max(len(body), 1))
    return unpacked


def _retry_after(response: http.client.HTTPResponse) -> float | None:
    value = (response.getheader("Retry-After") or "").strip()
    if value.isdigit():
        return min(float(value[:9]), _LONGEST_WAIT)
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - time.time()), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {_TIMEOUT:.0f} s"
    if isinstance(error, zlib.error):
        return "broken gzip data"
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return tidy(why) or type(error).__name__


def poll(url: str, state: FeedState) -> tuple[list[Document | Failure], FeedState]:
    """Fetch a feed once.

    Returns:
        The documents of its items, none if it has not changed, and the state for the next fetch. Store the
        state only if the documents are stored.

    Raises:
        DocumentError: The feed cannot be fetched, or is not a feed.
    """
    from dragoman.readers.feeds import feed_documents

    fetched = fetch(url, state=state)
    after = FeedState(etag=fetched.etag, last_modified=fetched.last_modified)
    if fetched.body is None:
        return [], after
    return list(feed_documents(fetched.body, where=url)), after


def next_wait(state: FeedState, every: float) -> float:
    """Return the seconds to wait: as requested, or longer after failures or if the server requests it."""
    wait = max(every, _SHORTEST_WAIT if state.failures else 0.0)
    for _ in range(min(state.failures, 16)):
        wait = min(wait * 2, max(_LONGEST_WAIT, every))
    return max(wait, state.retry_after or 0.0)


def failed(state: FeedState, error: DocumentError) -> FeedState:
    """Return the state after a failure: the feed's data are unchanged, the next wait is longer."""
    asked = error.facts.get("retry_after")
    return FeedState(
        etag=state.etag, last_modified=state.last_modified, failures=state.failures + 1,
        retry_after=float(asked) if isinstance(asked, (int, float)) else None,
    )  # fmt: skip


def load_state(path: Path, url: str) -> FeedState:
    """Read a feed's state from the file next to the record; return a new state if none can be read."""
    return _load(path).get(url, FeedState())


def save_state(path: Path, url: str, state: FeedState) -> None:
    """Write a feed's state, completely or not at all.

    Raises:
        StateError: The file cannot be written.
    """
    states = {**_load(path), url: FeedState(etag=state.etag, last_modified=state.last_modified)}
    content = json.dumps(msgspec.to_builtins(states), indent=1)
    try:
        with replacing(path) as file:
            file.write(content.encode())
    except OSError as error:
        raise StateError(where=str(path), why=error.strerror or str(error)) from error


def _load(path: Path) -> dict[str, FeedState]:
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_MOST_STATE_BYTES), type=dict[str, FeedState])
    # Without the file, the whole feed is fetched once more; nothing is lost.
    except (OSError, msgspec.MsgspecError):
        return {}


def watch(
    url: str,
    *,
    state_path: Path,
    every: float,
    once: bool,
    keep: Callable[[list[Document | Failure]], None],
    tell: Callable[[DragomanError, float], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch a feed repeatedly and pass its documents to `keep`.

    While another process has the record locked, the documents stay in memory and storing is retried.

    Args:
        url: The feed.
        state_path: The file in which the states of feeds are stored between runs.
        every: Seconds between two fetches.
        once: Fetch once and return; errors are then raised, not passed to `tell`.
        keep: Stores the documents; the state is saved when it returns.
        tell: Called with each failure and the wait that follows.
        sleep: Waits for a number of seconds.

    Raises:
        DocumentError: With `once`, the feed cannot be fetched or is not a feed.
        StateError: The states of feeds cannot be stored.
    """
    state = load_state(state_path, url)
    while True:
        try:
            documents, after = poll(url, state)
            _keep(documents, keep=keep, tell=tell, sleep=sleep)
            state = after
            save_state(state_path, url, state)
        except DocumentError as error:
            if once:
                raise
            state = failed(state, error)
            tell(error, next_wait(state, every))
        if once:
            return
        sleep(next_wait(state, every))


def _keep(
    documents: list[Document | Failure],
    *,
    keep: Callable[[list[Document | Failure]], None],
    tell: Callable[[DragomanError, float], None],
    sleep: Callable[[float], None],
) -> None:
    while True:
        try:
            keep(documents)
        except BusyRecordError as error:
            tell(error, _BUSY_WAIT)
            sleep(_BUSY_WAIT)
        else:
            return
