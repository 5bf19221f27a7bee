"""A local server that speaks the protocol and answers from replies written beforehand."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator

import pytest


class ScriptedServer:
    """Answers chat completions in turn; after the last reply it repeats it."""

    def __init__(self) -> None:
        self.replies: list[object] = []
        self.asked: list[dict] = []
        self.headers: list[dict[str, str]] = []
        script = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                script.asked.append(json.loads(body))
                script.headers.append({key.lower(): value for key, value in self.headers.items()})
                number = min(len(script.asked), len(script.replies)) - 1
                script.answer(self, script.replies[number])

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, handler: http.server.BaseHTTPRequestHandler, reply: object) -> None:
        if callable(reply):
            reply = reply(self.asked[-1])
        status, headers = 200, {}
        if isinstance(reply, tuple):
            status, headers, reply = reply
        if reply == "slow":
            time.sleep(1.5)
        text = reply if isinstance(reply, str) else json.dumps(reply)
        data = json.dumps({
            "choices": [{"message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10},
        }).encode()  # fmt: skip
        if reply == "cut":
            data = data[:40]
        try:
            handler.send_response(status)
            for key, value in headers.items():
                handler.send_header(key, value)
            handler.send_header("content-length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)
        except OSError:
            pass

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


@pytest.fixture
def claim() -> Callable[..., dict]:
    def made(trigger: str, evidence: str, actors: list[str], recipients: list[str], **more: object) -> dict:
        given = {"type": "ACCUSE", "mode": None, "trigger": trigger, "evidence": evidence, "actors": actors,
                 "recipients": recipients}  # fmt: skip
        return {**given, **more}

    return made
