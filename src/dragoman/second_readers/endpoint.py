"""An endpoint that speaks the OpenAI protocol: vLLM, llama.cpp, Ollama, LM Studio or a commercial one."""

from __future__ import annotations

import os
import random
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from dragoman.errors import EndpointError, MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

# The key is read only from the environment and is never stored or printed.
KEY_VARIABLE = "DRAGOMAN_API_KEY"
_RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0
# Maximum size of a response; an answer is a list of events and never larger.
_MOST_BYTES = 2_000_000


class Usage(msgspec.Struct, kw_only=True):
    """Token counts of one or more calls, as reported by the endpoint."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class Endpoint:
    """Client for chat completions that follow a JSON schema.

    Args:
        url: The base address, as in http://127.0.0.1:8000/v1.
        model: The name of the model at the endpoint.
        timeout: Timeout of one call in seconds.
        tries: Maximum number of attempts per call.
        per_minute: Maximum number of calls per minute; None for no limit.
        max_tokens: Maximum number of tokens of an answer.
        wait: Function that waits a number of seconds; replaced in tests.

    Raises:
        UsageError: The address is invalid.
        MissingExtraError: httpx is not installed.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        timeout: float = 120.0,
        tries: int = 5,
        per_minute: int | None = None,
        max_tokens: int = 2048,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise UsageError(message=f"--endpoint {url!r}: give an address such as http://127.0.0.1:8000/v1")
        try:
            import httpx
        except ModuleNotFoundError as error:
            raise MissingExtraError(package="httpx", extra="llm", what="second readers") from error
        self.model = model
        self._url = url.rstrip("/") + "/chat/completions"
        self._tries, self._max_tokens, self._wait = max(1, tries), max_tokens, wait
        self._pace = _Pace(per_minute, wait)
        key = os.environ.get(KEY_VARIABLE)
        headers = {"authorization": f"Bearer {key}"} if key else {}
        # No redirects: a key is sent only to the given address.
        self._client = httpx.Client(timeout=timeout, headers=headers, follow_redirects=False)
        self._transport_errors = (httpx.TransportError, httpx.StreamError)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, *, system: str, user: str, schema: dict[str, Any]) -> tuple[str, Usage]:
        """Return the text of an answer and its token counts.

        Raises:
            EndpointError: All attempts failed.
        """
        body = {
            "model": self.model, "temperature": 0, "max_tokens": self._max_tokens,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "response_format": {
                "type": "json_schema", "json_schema": {"name": "events", "strict": True, "schema": schema},
            },
        }  # fmt: skip
        reason = ""
        for turn in range(self._tries):
            self._pace.take()
            try:
                status, data, headers = self._post(body)
            except self._transport_errors as error:
                reason, wait = f"{type(error).__name__}", None
            else:
                if status == 200:
                    return _answer_of(data)
                reason, wait = f"status {status}", _seconds(headers.get("retry-after"))
                if status not in _RETRIED:
                    raise EndpointError(model=self.model, why=f"{reason}: {_said(data)}")
            if turn + 1 < self._tries:
                self._wait(min(_LONGEST_WAIT, wait if wait is not None else _back_off(turn)))
        raise EndpointError(model=self.model, why=f"{reason}, after {self._tries} tries")

    def _post(self, body: dict[str, Any]) -> tuple[int, bytes, Any]:
        with self._client.stream("POST", self._url, json=body) as answer:
            data = b""
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > _MOST_BYTES:
                    raise EndpointError(model=self.model, why=f"an answer of over {_MOST_BYTES:,} bytes")
            return answer.status_code, data, answer.headers


class _Pace:
    """Rate limiter with a maximum number of calls per minute."""

    def __init__(self, per_minute: int | None, wait: Callable[[float], None]) -> None:
        self._gap = 60.0 / per_minute if per_minute else 0.0
        self._next = 0.0
        self._lock = threading.Lock()
        self._wait = wait

    def take(self) -> None:
        if not self._gap:
            return
        with self._lock:
            now = time.monotonic()
            due = max(self._next, now)
            self._next = due + self._gap
        if due > now:
            self._wait(due - now)


def _answer_of(data: bytes) -> tuple[str, Usage]:
    """Return the text of a chat completion; anything else gives an empty answer, counted as malformed."""
    try:
        body = msgspec.json.decode(data)
        text = body["choices"][0]["message"]["content"] or ""
        used = body.get("usage") or {}
        usage = Usage(
            prompt_tokens=int(used.get("prompt_tokens") or 0),
            completion_tokens=int(used.get("completion_tokens") or 0),
        )
    except (msgspec.DecodeError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return "", Usage()
    return (text if isinstance(text, str) else ""), usage


def _said(data: bytes) -> str:
    words = data[:300].decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else " " for letter in words).strip() or "no message"


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None


def _back_off(turn: int) -> float:
    return float(2**turn) * (0.5 + random.random() / 2)  # noqa: S311 - spreads calls, nothing secret
