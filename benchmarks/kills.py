"""Kill -9 all writing operations at random moments: nothing reported is lost, nothing is duplicated.

    python benchmarks/kills.py [--kills 200] [--reports 200] [--seed 1]

Each kind of writing runs in its own process over invented reports and is killed after a random part of its
duration. After each kill the record must be intact (`check` finds nothing), and its output must be complete
or absent. Then the operation is repeated to its end, and every row must equal that of an uninterrupted run.
Prints one line for each kind; the exit code is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.readers.watch import watch
from dragoman.record.building import new_record
from dragoman.record.parquet import export_record, import_record
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper, regroup, remove_documents
from dragoman.running.ingest import Batch, ingest, keep_coded
from dragoman.running.job import one_by_one
from dragoman.running.parts import code_into_parts
from dragoman.running.shard import in_process

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "running")]
import killable  # noqa: E402

import kills_of_readings as readings  # noqa: E402
import quick_coder  # noqa: E402

RECORD = "news.sqlite"
_FOR_CALIBRATION = 160
# What says when something was done, not what; and what differs between equal indexes of stories.
_LEFT_OUT = {"runs", "story_index"}
_TIMES = {"run_id", "number", "made_at"}
# The path of the folder that a record was made in.
_FOLDER = "replace(file, '{0}', '')"
_BY_ID = {
    "document": "(SELECT id FROM documents WHERE number = {0})",
    "event": "(SELECT id FROM events WHERE number = {0})",
    "lead": "(SELECT id FROM events WHERE number = {0})",
}


class Kind(NamedTuple):
    """A kind of writing: its preparation and its operation in a folder, repeatable after a kill."""

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], None]


def code(document: Document) -> CodedDocument:
    """Code by the single pattern of the tests."""
    return quick_coder.code(document)


def keep(
    record: Record,
    documents: list[Document | Failure],
    code: Callable[[Document], CodedDocument] = code,
) -> None:
    """Ingest documents with stories and entries, in small batches."""
    run_id, grouper = record.begin_run("kills"), Grouper.open(record)
    for _ in ingest(
        documents,
        code=code,
        coder="1",
        record=record,
        run_id=run_id,
        grouper=grouper,
        batch=Batch(documents=5),
    ):
        pass
    grouper.close()
    record.end_run(run_id, documents=len(documents), failures=0)


class Work:
    """All writing operations, in a folder, over a number of invented reports."""

    def __init__(self, count: int, feed: str, model: str) -> None:
        self.count = count
        self.feed = feed
        self.reports: list[Document | Failure] = killable.reports(count)
        self.second = readings.SecondReader(model)

    def nothing(self, folder: Path) -> None:
        """Start with an empty folder."""

    def ingest(self, folder: Path) -> None:
        """Ingest into a record."""
        with Record.open(folder / RECORD) as record:
            keep(record, self.reports)

    def parts(self, folder: Path) -> None:
        """Ingest through Parquet parts."""
        engine = in_process(one_by_one(code))
        coded = code_into_parts(iter(self.reports), engine, str(folder / "parts"), coder="1")
        with Record.open(folder / RECORD) as record:
            run_id, grouper = record.begin_run("kills"), Grouper.open(record)
            for _ in keep_coded(coded, coder="1", record=record, run_id=run_id, grouper=grouper):
                pass
            grouper.close()

    def watch(self, folder: Path) -> None:
        """Fetch a feed once."""

        def kept(documents: list[Document | Failure]) -> None:
            with Record.open(folder / RECORD) as record:
                keep(record, documents)

        watch(
            self.feed, state_path=folder / f"{RECORD}.feeds.json", every=60, once=True, keep=kept,
            tell=lambda error, wait: None,
        )  # fmt: skip

    def fill(self, folder: Path) -> None:
        """Create a record in one step."""
        with new_record(folder / RECORD) as record:
            coded = [code(item) for item in self.reports if isinstance(item, Document)]
            record.fill(coded, run_id=record.begin_run("kills"))

    def remove(self, folder: Path) -> None:
        """Remove every other report, one by one."""
        with Record.open(folder / RECORD) as record:
            there = record.document_ids()
            for number in range(0, self.count, 2):
                if f"r{number:04}" in there:
                    remove_documents(record, [f"r{number:04}"])

    def rebuild(self, folder: Path) -> None:
        """Rebuild keys, counts and full text."""
        with Record.open(folder / RECORD) as record:
            record.rebuild()

    def regroup(self, folder: Path) -> None:
        """Rebuild stories and entries."""
        with Record.open(folder / RECORD) as record:
            regroup(record)

    def older(self, folder: Path) -> None:
        """Prepare a record marked with the previous version."""
        self.ingest(folder)
        connection = sqlite3.connect(folder / RECORD)
        connection.execute("PRAGMA user_version = 3")
        connection.close()

    def open(self, folder: Path) -> None:
        """Upgrade a record."""
        Record.open(folder / RECORD).close()

    def backup(self, folder: Path) -> None:
        """Copy a record, unless already done."""
        if not (folder / "copy.sqlite").exists():
            with Record.open_to_read(folder / RECORD) as record:
                record.backup(folder / "copy.sqlite")

    def export(self, folder: Path) -> None:
        """Export a record, unless already done."""
        if not (folder / "export").exists():
            with Record.open_to_read(folder / RECORD) as record:
                export_record(record, folder / "export")

    def exported(self, folder: Path) -> None:
        """Prepare an export."""
        self.ingest(folder)
        self.export(folder)
        for file in folder.glob(f"{RECORD}*"):
            file.unlink()

    def imported(self, folder: Path) -> None:
        """Import an export, unless already done."""
        if not (folder / RECORD).exists():
            import_record(folder / "export", folder / RECORD)

    def filled(self, folder: Path) -> None:
        """Create a record in one step, unless already done."""
        if not (folder / RECORD).exists():
            self.fill(folder)

    def ingest_many(self, folder: Path) -> None:
        """Leave a record with as many events as a calibration needs, and a confidence for each."""

        def code_with_confidence(document: Document) -> CodedDocument:
            return readings.with_confidence(code(document))

        with Record.open(folder / RECORD) as record:
            documents = killable.reports(max(self.count, _FOR_CALIBRATION))
            keep(record, list(documents), code_with_confidence)

    def readings_file(self, folder: Path) -> None:
        """Leave a record and a file of readings."""
        self.ingest_many(folder)
        readings.leave_readings(folder)

    def judged(self, folder: Path) -> None:
        """Leave a record whose events are judged, and an older calibration."""
        self.ingest_many(folder)
        readings.leave_calibration(folder)

    def failed(self, folder: Path) -> None:
        """Leave a record with failures, half of which were repaired in the file since."""
        readings.leave_failures(folder, killable.reports(self.count), code)

    def repaired(self, folder: Path) -> None:
        """Ingest the repaired file."""
        readings.ingest_file(folder, code)


def kinds(work: Work) -> list[Kind]:
    """Return all kinds of writing."""
    return [
        Kind("ingest", work.nothing, work.ingest),
        Kind("ingest --parquet", work.nothing, work.parts),
        Kind("watch", work.nothing, work.watch),
        Kind("record remove", work.ingest, work.remove),
        Kind("record rebuild", work.ingest, work.rebuild),
        Kind("stories rebuild", work.ingest, work.regroup),
        Kind("record of version 3 opened", work.older, work.open),
        Kind("record backup", work.ingest, work.backup),
        Kind("record export", work.ingest, work.export),
        Kind("record import", work.exported, work.imported),
        Kind("Record.fill", work.nothing, work.filled),
        Kind("read, with a language model", work.ingest, work.second.read),
        Kind("review", work.ingest, readings.review),
        Kind("review on pages", work.ingest, readings.review_on_pages),
        Kind("review in the terminal", work.ingest, readings.review_in_terminal),
        Kind("readings import", work.readings_file, readings.import_file),
        Kind("calibrate", work.judged, readings.calibrate),
        Kind("ingest of a repaired file", work.failed, work.repaired),
    ]


def rows_of(path: Path) -> dict[str, str]:
    """Return a hash of the rows of each table, with row numbers replaced by ids."""
    with Record.open(path):
        pass
    connection = sqlite3.connect(path)
    found = {}
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    )
    for (table,) in tables.fetchall():
        if table in _LEFT_OUT or "_text" in table:
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        wanted = [
            _BY_ID[name].format(f"{table}.{name}") if name in _BY_ID else name
            for name in columns
            if name not in _TIMES
        ]
        if table == "failures":
            wanted[wanted.index("file")] = _FOLDER.format(path.parent)
        if table == "event_bodies":
            wanted.append(_BY_ID["event"].format("event_bodies.number"))
        # Names of tables and columns come from the record itself.
        query = f"SELECT {', '.join(wanted)} FROM {table}"  # noqa: S608
        rows = sorted(map(repr, connection.execute(query)))
        found[table] = hashlib.blake2b("\n".join(rows).encode(), digest_size=8).hexdigest()
    connection.close()
    return found


def result_of(folder: Path) -> dict[str, object]:
    """Return the complete output of a kind of writing in a folder, for comparison."""
    found: dict[str, object] = {}
    for path in sorted(folder.glob("*.sqlite")):
        found[path.name] = rows_of(path)
    for path in sorted(folder.glob("*.json")):
        found[path.name] = path.read_bytes()
    for path in sorted(folder.glob("*/*.parquet")):
        # Numbers of runs and blobs of indexes differ; the sizes of the other tables do not.
        if path.stem not in _LEFT_OUT and path.parent.name == "export":
            import pyarrow.parquet as pq

            found[f"{path.parent.name}/{path.name}"] = pq.read_metadata(path).num_rows
    return found


def in_child(act: Callable[[Path], None], folder: Path, after: float | None) -> bool:
    """Run an operation in its own process, killed after some seconds; return True if it completed."""
    child = os.fork()
    if not child:
        status = 1
        # What commands print is of no interest here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            act(folder)
            status = 0
        finally:
            os._exit(status)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status > 0:
        raise SystemExit(f"{act}: ended by itself with {status}")
    return status == 0


def faults_of(folder: Path) -> list[str]:
    """Return what is not whole after a kill."""
    faults = readings.calibration_faults(folder) + readings.lost_verdicts(folder)
    for path in folder.glob("*.sqlite"):
        with Record.open(path) as record:
            faults += [f"{path.name}: {fault}" for fault in record.check()]
    if (folder / "export").exists() and not (folder / "export" / "record.json").exists():
        faults.append("half an export")
    return faults


def try_kind(kind: Kind, kills: int, chance: random.Random, place: Path) -> tuple[int, int, list[str]]:
    """Kill a kind of writing repeatedly; return the kills in time, the differing results, and the faults."""
    before, undisturbed = place / "before", place / "undisturbed"
    before.mkdir()
    in_child(kind.prepare, before, None)
    shutil.copytree(before, undisturbed)
    began = time.monotonic()
    in_child(kind.run, undisturbed, None)
    seconds = time.monotonic() - began
    expected = result_of(undisturbed)
    in_time, differ, faults = 0, 0, []
    for number in range(kills):
        folder = place / f"kill-{number}"
        shutil.copytree(before, folder)
        in_time += not in_child(kind.run, folder, chance.uniform(0.02, 0.98) * seconds)
        faults += faults_of(folder)
        in_child(kind.run, folder, None)
        faults += faults_of(folder)
        found = result_of(folder)
        if found != expected:
            differ += 1
            faults += [f"differs: {name}" for name in expected if found.get(name) != expected[name]]
        shutil.rmtree(folder)
    return in_time, differ, faults


def serve_feed(count: int) -> ThreadingHTTPServer:
    """Serve a feed of the invented reports on this machine."""
    items = "".join(
        f"<item><title>{report.title}</title><link>https://arnor.example/{report.id}</link>"
        f"<pubDate>Tue, 15 Feb 2022 10:00:00 GMT</pubDate><description>{report.text}"
        " The foreign ministry in the capital said on Monday that it had heard of it.</description></item>"
        for report in killable.reports(count)
    )
    body = f"<rss version='2.0'><channel><title>Arnor Times</title>{items}</channel></rss>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main() -> None:
    """Kill all kinds of writing, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="only the kinds with these words")
    given = parser.parse_args()
    server = serve_feed(given.reports)
    model = readings.scripted_server()
    every = kinds(Work(given.reports, f"http://127.0.0.1:{server.server_address[1]}/feed", model.url))
    if given.only:
        every = [kind for kind in every if any(words in kind.name for words in given.only)]
    chance, total, bad = random.Random(given.seed), 0, 0
    for place, kind in enumerate(every):
        kills = given.kills // len(every) + (place < given.kills % len(every))
        with tempfile.TemporaryDirectory() as folder:
            in_time, differ, faults = try_kind(kind, kills, chance, Path(folder))
        total += in_time
        bad += bool(faults)
        print(
            f"{kind.name:28} {kills:4} kills, {in_time:4} of them before the end, {differ} differ,"
            f" {len(faults)} faults",
            flush=True,
        )
        for fault in sorted(set(faults))[:5]:
            print(f"    {fault}")
    server.shutdown()
    model.close()
    print(f"{total} of {given.kills} killed before their end")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
