"""A failure stays until its own report is right, and goes when it is no longer true."""

from __future__ import annotations

import functools
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.readers.base import read
from dragoman.readers.origins import in_stream
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper, remove_documents
from dragoman.running.ingest import ingest, keep_coded
from dragoman.running.job import code_all, one_by_one
from dragoman.running.parts import code_into_parts
from dragoman.running.shard import in_process

Code = Callable[[Document], CodedDocument]
GOOD = "Arnor attacked Gondor with 500 troops in Osgiliath."
OTHER = "Mordor met Rohan. Horse traders agreed on saddle prices at the autumn fair of the plains."
BAD_DAY = {"text": GOOD, "published_on": "no day"}
FINE = {"text": GOOD, "published_on": "2022-02-15"}


def line(name: str | None, fields: dict[str, str]) -> str:
    return json.dumps({**fields, **({"id": name} if name else {})})


def write(folder: Path, files: dict[str, list[str] | None]) -> None:
    """Write files of lines; None removes one. A zip has a member for each line, `name: line`."""
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if lines is None:
            path.unlink()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path, "w") as archive:
                for number, text in enumerate(lines):
                    archive.writestr(f"{number}.jsonl", text)
        else:
            path.write_text("\n".join(lines) + "\n")


def keep(record: Record, paths: Iterable[Path], code: Code) -> None:
    grouper = Grouper.open(record)
    documents = read(map(str, paths))
    run_id = record.begin_run("test")
    list(ingest(documents, code=code, coder="1", record=record, run_id=run_id, grouper=grouper))
    grouper.close()


def keep_by_shards(record: Record, paths: Iterable[Path], code: Code) -> None:
    run_id, engine = record.begin_run("test"), in_process(one_by_one(code))
    list(ingest(read(map(str, paths)), engine=engine, coder="1", record=record, run_id=run_id))


def keep_by_parts(record: Record, paths: Iterable[Path], code: Code, *, parts: Path) -> None:
    run_id, engine = record.begin_run("test"), in_process(one_by_one(code))
    coded = code_into_parts(read(map(str, paths)), engine, str(parts), coder="1")
    list(keep_coded(coded, coder="1", record=record, run_id=run_id))


def keep_at_once(record: Record, paths: Iterable[Path], code: Code) -> None:
    run_id = record.begin_run("test")
    list(code_all(read(map(str, paths)), code=code, record=record, run_id=run_id, coder="1"))


WAYS = ("ingest", "shards", "parts", "code")


def way(name: str, folder: Path) -> Callable[[Record, Iterable[Path], Code], None]:
    ways = {
        "ingest": keep, "shards": keep_by_shards, "code": keep_at_once,
        "parts": functools.partial(keep_by_parts, parts=folder / "parts"),
    }  # fmt: skip
    return ways[name]


def shown(record: Record, folder: Path) -> list[str]:
    """Return each failure as file, member, position and error."""
    found = []
    for failure in record.failures():
        origin = failure.origin
        file = Path(origin.file).relative_to(folder) if origin.file else ""
        member = f"/{origin.member}" if origin.member else ""
        found.append(f"{file}{member} {origin.position} {failure.error}")
    return found


# What is there first and then, what is read each time, and the failures that are left.
CASES = {
    "repaired in place": (
        {"a.jsonl": [line("x", BAD_DAY)]}, {"a.jsonl": [line("x", FINE)]}, ["a.jsonl"], ["a.jsonl"], [],
    ),
    "not repaired": (
        {"a.jsonl": [line("x", BAD_DAY)]}, {}, ["a.jsonl"], ["a.jsonl"], ["a.jsonl 1 BadDateError"],
    ),
    "another fault than before": (
        {"a.jsonl": [line("x", BAD_DAY)]}, {"a.jsonl": [line("x", {"text": GOOD + "\x00"})]},
        ["a.jsonl"], ["a.jsonl"], ["a.jsonl 1 NotTextError"],
    ),
    "the same name in another file": (
        {"a.jsonl": [line("x", BAD_DAY)], "b.jsonl": [line("x", FINE)]}, {}, ["a.jsonl"], ["b.jsonl"],
        ["a.jsonl 1 BadDateError"],
    ),
    "the same file name in another folder": (
        {"one/a.jsonl": [line("x", BAD_DAY)], "two/a.jsonl": [line("x", FINE)]}, {}, ["one"], ["two"],
        ["one/a.jsonl 1 BadDateError"],
    ),
    "the same name in another member": (
        {"a.zip": [line("x", BAD_DAY), line("x", FINE)]}, {}, ["a.zip"], ["a.zip"],
        ["a.zip/0.jsonl 1 BadDateError"],
    ),
    "a member repaired, the other not": (
        {"a.zip": [line("x", BAD_DAY), line("y", BAD_DAY)]}, {"a.zip": [line("x", FINE), line("y", BAD_DAY)]},
        ["a.zip"], ["a.zip"], ["a.zip/1.jsonl 1 BadDateError"],
    ),
    "a line put before it": (
        {"a.jsonl": [line("x", BAD_DAY)]}, {"a.jsonl": [line("y", FINE), line("x", BAD_DAY)]},
        ["a.jsonl"], ["a.jsonl"], ["a.jsonl 2 BadDateError"],
    ),
    "the line taken out": (
        {"a.jsonl": [line("x", BAD_DAY), line("y", FINE)]}, {"a.jsonl": [line("y", FINE)]},
        ["a.jsonl"], ["a.jsonl"], [],
    ),
    "a line without a name repaired": (
        {"a.jsonl": ["{no json", line("y", FINE)]}, {"a.jsonl": [line(None, FINE), line("y", FINE)]},
        ["a.jsonl"], ["a.jsonl"], [],
    ),
    "repaired under another name in the folder": (
        {"in/a.jsonl": ["{no json"]}, {"in/a.jsonl": None, "in/a-repaired.jsonl": [line("x", FINE)]},
        ["in"], ["in"], [],
    ),
    "repaired under another name, and only that given": (
        {"in/a.html": ["<html></html>"]}, {"in/a.html": None, "in/b.txt": [GOOD]},
        ["in/a.html"], ["in/b.txt"], [],
    ),
    "a copy repaired, the old one still there": (
        {"in/a.jsonl": ["{no json"]}, {"in/b.jsonl": [line("x", FINE)]}, ["in"], ["in"],
        ["in/a.jsonl 1 BadLineError"],
    ),
    "gone, but from a folder that was not read": (
        {"in/a.jsonl": [line("x", BAD_DAY)]}, {"in/a.jsonl": None, "out/a.jsonl": [line("x", FINE)]},
        ["in"], ["out"], ["in/a.jsonl 1 BadDateError"],
    ),
    "the folder in the folder is gone": (
        {"in/deep/a.jsonl": [line("x", BAD_DAY)], "in/b.jsonl": [line("y", FINE)]}, {"in/deep/a.jsonl": None},
        ["in"], ["in"], [],
    ),
    "a second report of the name, first one changed": (
        {"a.jsonl": [line("x", FINE)], "b.jsonl": [line("x", {"text": OTHER})]},
        {"a.jsonl": [line("x", {"text": GOOD + " More."})]}, ["a.jsonl", "b.jsonl"], ["a.jsonl"],
        ["b.jsonl 1 DuplicateIdError"],
    ),
    "a second report of the name, given one of its own": (
        {"a.jsonl": [line("x", FINE)], "b.jsonl": [line("x", {"text": OTHER})]},
        {"b.jsonl": [line("y", {"text": OTHER})]}, ["a.jsonl", "b.jsonl"], ["a.jsonl", "b.jsonl"], [],
    ),
    "a second report of the name, made the same": (
        {"a.jsonl": [line("x", FINE)], "b.jsonl": [line("x", {"text": OTHER})]},
        {"b.jsonl": [line("x", FINE)]}, ["a.jsonl", "b.jsonl"], ["a.jsonl", "b.jsonl"], [],
    ),
    "hidden by a new fault of the file": (
        {"a.json": [f"[{line('x', FINE)}, {line('y', BAD_DAY)}]"]}, {"a.json": [f"[{line('x', FINE)}, "]},
        ["a.json"], ["a.json"], ["a.json 0 BrokenFileError", "a.json 2 BadDateError"],
    ),
    "hidden by a quote that is left open": (
        {"a.csv": ["id,text,published_on", f"x,{GOOD},2022-02-15", f"y,{GOOD},no day"]},
        {"a.csv": ["id,text,published_on", f'x,"{GOOD},2022-02-15', f"y,{GOOD},no day"]},
        ["a.csv"], ["a.csv"], ["a.csv 1 BrokenFileError", "a.csv 2 BadDateError"],
    ),
    "could not be coded, then could": (
        {"a.jsonl": [line("x", {"text": "impossible " + GOOD})]}, {"a.jsonl": [line("x", FINE)]},
        ["a.jsonl"], ["a.jsonl"], [],
    ),
    "could not be coded, and the name is in another file": (
        {"a.jsonl": [line("x", {"text": "impossible " + GOOD})], "b.jsonl": [line("x", FINE)]}, {},
        ["a.jsonl"], ["b.jsonl"], ["a.jsonl 1 ValueError"],
    ),
    "a file that could not be read at all": (
        {"a.jsonl": ["\x00\x01\x02"]}, {"a.jsonl": [line("x", FINE)]}, ["a.jsonl"], ["a.jsonl"], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("by", WAYS)
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_failures_tell_the_truth(case: tuple, by: str, tmp_path: Path, quick_code: Code) -> None:
    first, then, paths, again, expected = case
    news, run = tmp_path / "news", way(by, tmp_path)
    with Record.open(tmp_path / "r.sqlite") as record:
        write(news, first)
        run(record, [news / name for name in paths], quick_code)
        assert record.failures() != []
        write(news, then)
        run(record, [news / name for name in again], quick_code)
        assert shown(record, news) == expected
        assert record.check() == []


def test_a_stopped_run_clears_nothing_that_it_has_not_read(tmp_path: Path, quick_code: Code) -> None:
    news = tmp_path / "a.jsonl"
    with Record.open(tmp_path / "r.sqlite") as record:
        write(tmp_path, {"a.jsonl": [line("x", FINE), line("y", BAD_DAY)]})
        keep(record, [news], quick_code)
        # A line comes in before: at the place of the failure stands a good report now.
        write(tmp_path, {"a.jsonl": [line("w", FINE), line("x", FINE), line("y", BAD_DAY)]})
        read_so_far = iter([False, False, True])
        list(
            ingest(
                read([str(news)]), code=quick_code, coder="1", record=record,
                run_id=record.begin_run("test"), stop=lambda: next(read_so_far),
            )
        )  # fmt: skip
        assert shown(record, tmp_path) == ["a.jsonl 2 BadDateError"]
        keep(record, [news], quick_code)
        assert shown(record, tmp_path) == ["a.jsonl 3 BadDateError"]


def test_a_stream_goes_by_its_address_and_the_name(tmp_path: Path, quick_code: Code) -> None:
    bad = Failure(document_id="x", error="BadDateError", message="x: no day")
    good = Document(id="x", text=GOOD)

    def fetch(feed: str, item: Document | Failure) -> int:
        steps, run_id = in_stream(feed, [item]), record.begin_run("test")
        list(ingest(steps, code=quick_code, coder="1", record=record, run_id=run_id))
        return len(record.failures())

    with Record.open(tmp_path / "r.sqlite") as record:
        assert fetch("https://a.example/feed", bad) == 1
        assert fetch("https://b.example/feed", good) == 1
        assert fetch("https://a.example/feed", bad) == 1
        # It is in the record by now and not coded again, and right all the same.
        assert fetch("https://a.example/feed", good) == 0


def test_failures_of_a_file_can_be_removed_by_its_path(tmp_path: Path, quick_code: Code) -> None:
    write(tmp_path, {"a.jsonl": ["{no json", "[no json"], "b.jsonl": ["{no json"]})
    with Record.open(tmp_path / "r.sqlite") as record:
        keep(record, [tmp_path / "a.jsonl", tmp_path / "b.jsonl"], quick_code)
        remove_documents(record, [str(tmp_path / "a.jsonl")])
        assert shown(record, tmp_path) == ["b.jsonl 1 BadLineError"]
