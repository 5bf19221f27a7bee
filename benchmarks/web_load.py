"""Response times of the pages under load: many readers at once while an ingest adds to the record.

    python benchmarks/web_load.py RECORD [--readers 20] [--seconds 20] [--pause 1]

Serves the record (create one with record_size.py) while ingesting invented reports into it, and has readers
fetch pages and API responses and search, with a pause between requests if one is given. Prints requests,
errors and the median, 95th percentile and longest time of each address. Readers, server and writer share the
cores.
"""

from __future__ import annotations

import argparse
import collections
import http.client
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec

from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.running.ingest import ingest
from record_size import make_reports

# Replaced by words of a report, different for each request.
SEARCH = "/reports?q={words}"
# The most frequent parties of the invented record.
ADDRESSES = (
    "/",
    "/ledger",
    "/ledger?party=AKP&type=THREATEN",
    "/api/events?limit=50",
    "/api/events?actor=AKQ&limit=50",
    "/api/dyads/series?actor=AKP&recipient=AKQ&by=month",
    "/api/network?since=2020-01-01&until=2020-12-31",
    "/network?since=2020-01-01&until=2020-12-31",
    SEARCH,
    "/api/search?q={words}",
    "/ledger?text={words}",
)
WRITES_A_SECOND = 5


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server responds."""
    for _ in range(100):
        try:
            fetch(port, "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def fetch(port: int, address: str) -> int:
    """Fetch one address and return its status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def write(path: Path, stop: threading.Event) -> None:
    """Ingest a few reports per second until stopped."""
    made = {}
    for number, report in enumerate(make_reports(8_000, seed=int(time.time()))):
        name = f"load-{time.time_ns()}-{number}"
        events = tuple(
            msgspec.structs.replace(event, id=f"{name}-{turn}") for turn, event in enumerate(report.events)
        )
        document = msgspec.structs.replace(report.document, id=name)
        made[name] = CodedDocument(id=name, document=document, events=events, attributions=())

    def code(document: Document) -> CodedDocument:
        stop.wait(1 / WRITES_A_SECOND)
        return made[document.id]

    documents = [coded.document for coded in made.values()]
    with Record.open(path, create=False) as record:
        run = record.begin_run("load")
        for _ in ingest(documents, code=code, coder="load", record=record, run_id=run, stop=stop.is_set):
            pass


def read(
    port: int,
    until: float,
    seed: int,
    pause: float,
    times: dict[str, list[float]],
    errors: list[str],
    words: list[str],
) -> None:
    """Fetch addresses until the time limit."""
    chance = random.Random(seed)
    while time.monotonic() < until:
        time.sleep(chance.uniform(0, 2 * pause))
        address = chance.choice(ADDRESSES)
        began = time.perf_counter()
        try:
            some = "+".join(chance.choices(words, k=chance.randint(1, 3)))
            status = fetch(port, address.format(words=some))
        except OSError as error:
            errors.append(f"{address}: {error}")
            continue
        times[address].append(time.perf_counter() - began)
        if status >= 400:
            errors.append(f"{address}: {status}")


def main() -> None:
    """Serve, write, read and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds a reader looks at a page")
    given = parser.parse_args()
    port, stop = free_port(), threading.Event()
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(given.record), "--port", str(port)]
    with Record.open_to_read(given.record) as record:
        reports, _ = record.document_page(limit=200)
    words = sorted({word for report in reports for word in report.text.replace(".", "").split()})
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    times: dict[str, list[float]] = collections.defaultdict(list)
    errors: list[str] = []
    try:
        wait_for(port)
        threading.Thread(target=write, args=(given.record, stop), daemon=True).start()
        until = time.monotonic() + given.seconds
        readers = [
            threading.Thread(target=read, args=(port, until, seed, given.pause, times, errors, words))
            for seed in range(given.readers)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    finally:
        stop.set()
        server.terminate()
        server.wait()
    every = [taken for taken_list in times.values() for taken in taken_list]
    print(f"{len(every)} requests in {given.seconds:g} s by {given.readers} readers, {len(errors)} errors")
    for error, count in collections.Counter(errors).most_common(5):
        print(f"    {count} x {error}")
    for address in (*ADDRESSES, "all"):
        taken_list = sorted(every if address == "all" else times[address])
        if taken_list:
            late = taken_list[int(len(taken_list) * 0.95)]
            print(
                f"{address:60} median {statistics.median(taken_list) * 1e3:6.0f} ms, "
                f"95 % {late * 1e3:6.0f} ms, longest {taken_list[-1] * 1e3:6.0f} ms"
            )


if __name__ == "__main__":
    main()
