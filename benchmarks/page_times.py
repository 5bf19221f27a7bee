"""Response time and size of each page, on a record of many events with places, entries and stories.

    python benchmarks/page_times.py RECORD [--events 200000] [--rounds 5] [--browser] [--only TEXT]

Creates the record if the file does not exist (see made_record.py). Prints for each page, as medians: the time
of a newly computed response ("new", as after the record changed) and of the next one ("next"), with the user
CPU time of each, in milliseconds; its transfer size and that of the scripts, styles, fonts and data it loads;
and with `--browser` the first paint in Chromium ("paint"). Before that a server is started in its own
process, and the time of its first response for each page is printed ("cold"). Libraries are fetched once and
cached by the browser.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.client
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn
from starlette.testclient import TestClient

import dragoman.web
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app
from made_record import make_record
from web_load import free_port

STATIC = Path(dragoman.web.__file__).parent / "static"
PAGES = (
    "/", "/ledger", "/ledger?rows=events", "/ledger?look=table", "/ledger?party={a}",
    "/ledger?party={a}&type=THREATEN", "/ledger?quad=4&since=2015", "/ledger?text=sa*",
    "/ledger?text=missile",
    "/dossiers", "/dossiers/actor?id={a}", "/dossiers/dyad?actor={a}&recipient={b}",
    "/dossiers/issue?id=sanctions", "/compare?a={a}&b={b}&c={a}>{b}", "/network", "/network?ego={a}",
    "/network?type=ASSAULT", "/network?since=2015&until=2015", "/map", "/map?show=part", "/map?type=ASSAULT",
    "/reports", "/reports?q=missile", "/report?id={report}", "/stories", "/event?id={event}", "/search?q={a}",
    "/api/suggest?q=rus", "/codebook", "/codebook/ASSAULT", "/actors", "/paste", "/api",
)  # fmt: skip
COLUMNS = ("cold", "new", "new CPU", "next", "next CPU", "page kB", "loads kB", "paint")


def assets(page: str) -> list[Path]:
    """Return the files that a page loads, including those loaded by its scripts and styles."""
    names = re.findall(r'(?:src|href|data-later)="/static/([^"?]+\.(?:js|css|svg))', page)
    more = [] if "map.js" not in page else ["vendor/countries-50m.json", "vendor/country-codes.json"]
    fonts = ["vendor/source-serif-4-latin.woff2", "vendor/inter-latin.woff2"]
    return [STATIC / name for name in dict.fromkeys([*names, *more, *fonts])]


def sent(content: bytes, name: str) -> int:
    """Return the number of bytes transferred."""
    return len(content) if name.endswith("woff2") else len(gzip.compress(content, 5))


def measured(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and the user CPU time of a call, in milliseconds."""
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    ask()
    passed = time.perf_counter() - began
    return passed * 1000, (resource.getrusage(resource.RUSAGE_SELF).ru_utime - used) * 1000


def medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the median wall and CPU times."""
    return statistics.median(wall for wall, _ in pairs), statistics.median(user for _, user in pairs)


def cold(record: Path, paths: list[str]) -> Iterator[float]:
    """Start a server; yield its start-up time, then the time of the first response for each page, in ms."""
    port = free_port()
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(record), "--port", str(port)]
    began = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        while True:
            try:
                _fetch(port, "/codebook")
                break
            except OSError:
                time.sleep(0.02)
        yield (time.perf_counter() - began) * 1000
        for path in paths:
            began = time.perf_counter()
            _fetch(port, path)
            yield (time.perf_counter() - began) * 1000
    finally:
        server.terminate()
        server.wait()


def _fetch(port: int, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        connection.request("GET", path, headers={"accept-encoding": "gzip"})
        connection.getresponse().read()
    finally:
        connection.close()


def paints(base: str, paths: list[str], rounds: int) -> Iterator[float]:
    """Yield the median first contentful paint of each page in Chromium, in milliseconds."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as folder:
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        script = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
        try:
            for path in paths:
                times = []
                for _ in range(rounds):
                    driver.get(base + path)
                    time.sleep(0.3)
                    times.append(float(driver.execute_script(script)))
                yield statistics.median(times)
        finally:
            driver.quit()


def main() -> None:
    """Create the record, request the pages and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--browser", action="store_true", help="measure the first paint too")
    parser.add_argument("--only", default="", help="only pages whose address has this text")
    parser.add_argument("--no-cold", action="store_true", help="start no server of its own")
    given = parser.parse_args()
    if not given.record.exists():
        make_record(given.record, given.events)
    with Record.open(given.record, create=False) as record:
        edge = record.network(limit=1)[0]
        stored = record.page(limit=1)[0][0]
    facts = {"a": edge.actor, "b": edge.recipient, "event": stored.event.id, "report": stored.document_id}
    paths = [path.format(**facts) for path in PAGES if given.only in path]
    first = [] if given.no_cold else list(cold(given.record, paths))
    if first:
        print(f"a new server answers after {first.pop(0):.0f} ms")
    app = create_app(Settings(record=given.record, rate=1000))
    print(f"{'page':44} " + "".join(f"{name:>9}" for name in COLUMNS), flush=True)
    server = base = None
    rows = []
    with TestClient(app, base_url="http://127.0.0.1") as client:
        if given.browser:
            config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off")
            server = uvicorn.Server(config)
            threading.Thread(target=server.run, daemon=True).start()
            while not server.started:
                time.sleep(0.02)
            base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        client.get("/codebook")
        for path in paths:
            new, following = [], []
            for _ in range(given.rounds):
                app.state.site.forget()
                new.append(measured(functools.partial(client.get, path)))
            for _ in range(given.rounds):
                following.append(measured(functools.partial(client.get, path)))
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.text[:300])
            files = assets(answer.text) if "html" in answer.headers["content-type"] else []
            weight = sum(sent(file.read_bytes(), file.name) for file in files)
            size = len(gzip.compress(answer.content, 5)) / 1000
            rows.append([*medians(new), *medians(following), size, weight / 1000])
            if not given.browser:
                _print(path, [first[len(rows) - 1] if first else -1, *rows[-1]])
        if server is not None and base is not None:
            for number, paint in enumerate(paints(base, paths, given.rounds)):
                rows[number].append(paint)
                _print(paths[number], [first[number] if first else -1, *rows[number]])
            server.should_exit = True
    print(
        json.dumps({"slowest_new": max(row[0] for row in rows), "slowest_next": max(row[2] for row in rows)})
    )


def _print(path: str, numbers: list[float]) -> None:
    print(f"{path:44} " + "".join(f"{number:9.0f}" for number in numbers), flush=True)


if __name__ == "__main__":
    main()
