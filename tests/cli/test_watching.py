"""`dragoman watch` keeps what is new in a feed, once."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.cli.watching import read_seconds, watch
from dragoman.errors import FetchError, UsageError
from dragoman.knowledge.loading import data_folder
from dragoman.record.store import Record

ITEM = (
    "<item><title>{0}</title><link>https://arnor.example/{0}</link>"
    "<pubDate>Tue, 15 Feb 2022 10:00:00 GMT</pubDate>"
    "<description>On Monday, Arnor accused Gondor of sheltering rebels, item {0}.</description></item>"
)


@pytest.mark.parametrize(
    ("given", "seconds"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400), ("30", 30)]
)
def test_spans_are_read(given: str, seconds: int) -> None:
    assert read_seconds(given) == seconds


@pytest.mark.parametrize("given", ["", "1s", "soon", "-5m", "1.5h"])
def test_other_spans_are_refused(given: str) -> None:
    with pytest.raises(UsageError, match="--every"):
        read_seconds(given)


@pytest.mark.pipeline
def test_what_is_new_is_kept_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = [ITEM.format(1)]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            channel = f"<channel><title>Arnor Times</title>{''.join(items)}</channel>"
            body = f"<rss version='2.0'>{channel}</rss>".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/feed"
    record = tmp_path / "news.sqlite"
    actors = [data_folder() / "actors_invented"]
    told = []
    try:
        for number in (1, 1, 2):
            items[:] = [ITEM.format(i + 1) for i in range(number)]
            watch(url, record, once=True, every="15m", codebook=[], actors=actors)
            told.append(capsys.readouterr().err)
    finally:
        server.shutdown()
        server.server_close()
    assert "1 coded, 0 unchanged, 0 failed; 1 events" in told[0]
    assert "0 coded, 1 unchanged" in told[1]
    assert "1 coded, 1 unchanged" in told[2]
    with Record.open(record, create=False) as kept:
        assert len(list(kept.documents())) == 2
    with pytest.raises(FetchError):
        watch(url, record, once=True, every="15m", codebook=[], actors=actors)
