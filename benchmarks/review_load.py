"""Response times of the review pages with many readings in the record.

    python benchmarks/review_load.py [READINGS]

Creates a record of invented reports without the language model, adds readings of two reviewers and a model,
and requests each page as a reviewer's browser would. Prints the first, the median and the slowest request,
and the CPU time, which does not depend on other work on the machine.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from dragoman.model.readings import EventReading
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "running")]
import killable  # noqa: E402

import quick_coder  # noqa: E402

TOKEN = "a-token-for-the-benchmark"  # noqa: S105 - of a server that nobody reaches
TIMES = 7
PAGES = (
    "/review", "/review?order=newest", "/review?type=ASSAULT", "/review?text=rebels", "/review/adjudicate",
    "/review/adjudicate?page=20", "/ledger", "/ledger?type=ASSAULT", "/report?id=r0003", "/",
    "/api/events?reviewed=true", "/ledger?reviewed=true", "/?reviewed=true",
)  # fmt: skip


def fill(path: Path, readings: int) -> None:
    """Create the record: every second event is judged by both reviewers, who differ on one in seven."""
    with Record.open(path) as record:
        run = record.begin_run("review load")
        for document in killable.reports(readings):
            record.add(quick_coder.code(document), run_id=run)
        events = list(record.events())
        made = []
        for number, stored in enumerate(events):
            event = stored.event
            for turn, (reader, kind) in enumerate((("anna", "person"), ("ben", "person"), ("llm", "model"))):
                differs = turn and number % 7 == 0
                made.append(EventReading(
                    document_id=stored.document_id, reader=reader, kind=kind, event_id=event.id,
                    verdict="reject" if differs else "accept", event_type=event.event_type,
                    trigger_start=event.trigger.start, trigger_end=event.trigger.end,
                ))  # fmt: skip
            if len(made) >= readings:
                break
        record.add_readings(made[:readings])
        sys.stdout.write(f"{len(events)} events, {len(made[:readings])} readings\n")


def enter(client: TestClient) -> str:
    """Log in as a reviewer; return the form token."""
    client.get("/review/enter", params={"token": TOKEN})
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/review").text)
    assert token is not None
    client.post("/review/name", data={"form_token": token[1], "name": "anna"})
    return token[1]


def main() -> None:
    """Fill the record, fetch the pages and print the times."""
    readings = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.sqlite"
        fill(path, readings)
        app = create_app(Settings(record=path, review_token=TOKEN))
        with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
            form_token = enter(client)
            for page in PAGES:
                took = [timed(client, page) for _ in range(TIMES)]
                (first, _), later = took[0], took[1:]
                median, slowest = statistics.median(wall for wall, _ in later), max(wall for wall, _ in later)
                worked = statistics.median(cpu for _, cpu in later)
                told = (
                    f"first {first:.3f}, median {median:.3f}, slowest {slowest:.3f}, processor {worked:.3f} s"
                )
                sys.stdout.write(f"{page}: {told}\n")
            sys.stdout.write(f"saving a verdict: {statistics.median(saved(client, form_token)):.3f} s\n")
            rejected = [
                timed(client, "/ledger?reviewed=true") for _ in saved_each(client, form_token, "reject")
            ]
            walls, works = ([one[part] for one in rejected] for part in (0, 1))
            sys.stdout.write(
                f"/ledger?reviewed=true after a new verdict: median {statistics.median(walls):.3f},"
                f" slowest {max(walls):.3f}, processor {statistics.median(works):.3f} s\n"
            )


def timed(client: TestClient, page: str) -> tuple[float, float]:
    """Return the wall and CPU time of a page that is not cached."""
    client.app.state.site.forget()
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(page)
    took = time.perf_counter() - began, time.process_time() - worked
    assert answer.status_code == 200, answer.text
    return took


def saved(client: TestClient, form_token: str) -> list[float]:
    """Return the times to save verdicts."""
    return list(saved_each(client, form_token, "accept"))


def saved_each(client: TestClient, form_token: str, verdict: str) -> Iterator[float]:
    """Yield the time to save each verdict."""
    for _ in range(TIMES):
        page = client.get("/review").text
        event = re.search(r'name="event" value="([^"]+)"', page)
        assert event is not None
        data = {"form_token": form_token, "event": event[1], "verdict": verdict, "seen": "0"}
        began = time.perf_counter()
        assert client.post("/review/verdict", data=data).status_code == 303
        yield time.perf_counter() - began


if __name__ == "__main__":
    main()
