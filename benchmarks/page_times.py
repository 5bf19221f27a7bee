"""How long each page takes and what it weighs, on a record of many events with places and entries.

    python benchmarks/page_times.py RECORD [--events 200000] [--browser]

Makes the record when the file is not there: made-up events between real states, half of them with a place,
a tenth of them told twice. Prints for each page the time of the first answer and of the next one to somebody
else (in milliseconds), its size as it is sent, that of the scripts, fonts and data it loads, and with
`--browser` the first paint in Chromium. Libraries are fetched once and kept by the browser.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import uvicorn
from starlette.testclient import TestClient

import dragoman.web
from dragoman.knowledge.actors import load_actors
from dragoman.model.records import ActorRef, CodedDocument, Event, Place
from dragoman.record.building import new_record
from dragoman.record.group_writing import EntryRow
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app
from record_size import STATES, make_reports

STATIC = Path(dragoman.web.__file__).parent / "static"
PLACES = 400
PAGES = (
    "/", "/ledger", "/ledger?rows=events", "/ledger?party={a}&type=THREATEN", "/ledger?text=sa*", "/dossiers",
    "/dossiers/actor?id={a}", "/dossiers/dyad?actor={a}&recipient={b}", "/dossiers/issue?id=sanctions",
    "/compare?a={a}&b={b}&c={a}>{b}", "/network", "/network?ego={a}", "/network?type=ASSAULT", "/map",
    "/map?show=part", "/map?type=ASSAULT", "/reports", "/search?q={a}", "/api/suggest?q=rus",
    "/event?id={event}",
)  # fmt: skip


def reports(events: int) -> Iterator[CodedDocument]:
    """Yield made-up reports about real states, with places."""
    chance = random.Random(5)
    states = [key for key, entry in load_actors().entries.items() if entry.kind == "state"][:STATES]
    real: dict[str, str] = {}
    places = [
        Place(
            name=f"Town {n}", country=chance.choice(states), latitude=chance.uniform(-40, 60),
            longitude=chance.uniform(-120, 140), geonames_id=n + 1, text="", start=0, end=0,
            precision=chance.choice(("exact", "town", "region", "country")),
        )
        for n in range(PLACES)
    ]  # fmt: skip

    def known(ref: ActorRef) -> ActorRef:
        code = real.setdefault(ref.id, states[len(real) % len(states)])
        return msgspec.structs.replace(ref, id=code, country=code)

    def placed(event: Event) -> Event:
        return msgspec.structs.replace(
            event, actors=tuple(map(known, event.actors)), recipients=tuple(map(known, event.recipients)),
            place=chance.choice(places) if chance.random() < 0.5 else None,
        )  # fmt: skip

    for coded in make_reports(events):
        yield msgspec.structs.replace(coded, events=tuple(map(placed, coded.events)))


def make(path: Path, events: int) -> None:
    """Make the record."""
    with new_record(path) as record:
        record.fill(reports(events), run_id=record.begin_run("benchmark"))
    with Record.open(path) as record, record.batch():
        chance = random.Random(6)
        ungrouped = [stored for some in record.ungrouped_events() for stored in some]
        while ungrouped:
            told = [ungrouped.pop() for _ in range(min(len(ungrouped), 2 if chance.random() < 0.1 else 1))]
            name = f"entry-{told[0].event.id}"
            for stored in told:
                record.put_in_entry(stored.event.id, entry_id=name, bucket="made")
            told.sort(key=lambda stored: str(stored.day))
            record.write_entry(
                EntryRow(
                    id=name,
                    bucket="made",
                    lead=told[0].event.id,
                    first_day=told[0].day,
                    last_day=told[-1].day,
                    documents=len(told),
                    corroboration=len(told),
                )
            )


def assets(page: str) -> list[Path]:
    """Return the files that a page loads, with those that its scripts and styles load."""
    names = re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css|svg))"', page)
    more = [] if "map.js" not in page else ["vendor/countries-50m.json", "vendor/country-codes.json"]
    fonts = ["vendor/source-serif-4-latin.woff2", "vendor/inter-latin.woff2"]
    return [STATIC / name for name in [*names, *more, *fonts]]


def sent(content: bytes, name: str) -> int:
    """Return how many bytes travel."""
    return len(content) if name.endswith("woff2") else len(gzip.compress(content, 5))


def paints(base: str, paths: list[str]) -> Iterator[float]:
    """Yield the first contentful paint of each page in Chromium, in milliseconds."""
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
                driver.get(base + path)
                time.sleep(0.6)
                yield float(driver.execute_script(script))
        finally:
            driver.quit()


def main() -> None:
    """Make the record, ask for the pages, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--browser", action="store_true", help="measure the first paint too")
    given = parser.parse_args()
    if not given.record.exists():
        began = time.perf_counter()
        make(given.record, given.events)
        print(f"made in {time.perf_counter() - began:.0f} s", flush=True)
    with Record.open(given.record, create=False) as record:
        edge = record.network(limit=1)[0]
        event = record.page(limit=1)[0][0].event.id
    app = create_app(Settings(record=given.record, rate=1000))
    paths = [path.format(a=edge.actor, b=edge.recipient, event=event) for path in PAGES]
    rows = []
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.get("/codebook")
        for path in paths:
            times = []
            for _ in range(2):
                began = time.perf_counter()
                answer = client.get(path)
                times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, (path, answer.text[:300])
            files = assets(answer.text) if "html" in answer.headers["content-type"] else []
            weight = sum(sent(file.read_bytes(), file.name) for file in dict.fromkeys(files))
            rows.append([path, *times, len(gzip.compress(answer.content, 5)) / 1000, weight / 1000])
        if given.browser:
            config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off")
            server = uvicorn.Server(config)
            threading.Thread(target=server.run, daemon=True).start()
            while not server.started:
                time.sleep(0.02)
            base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
            for row, paint in itertools.zip_longest(rows, paints(base, paths)):
                row.append(paint)
            server.should_exit = True
    print(f"{'page':44} first ms  next ms  page kB  loads kB" + ("  paint ms" if given.browser else ""))
    for path, *numbers in rows:
        print(f"{path:44}" + "".join(f"{number:9.0f}" for number in numbers))
    slowest = {"slowest_first": max(row[1] for row in rows), "slowest_next": max(row[2] for row in rows)}
    print(json.dumps(slowest))


if __name__ == "__main__":
    main()
