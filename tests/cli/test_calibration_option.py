"""`--calibration` in every command that codes or queries: used if the file is right, else a clear error."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.decision.calibration import FORMAT, Calibration, Line
from dragoman.errors import KnowledgeError, UsageError
from dragoman.record.store import Record

from .running import run

pytestmark = pytest.mark.pipeline
TEXT = "Germany accused France of spying."
# Commands that take the option, with what they need besides; {0} is a report, {1} a record, {2} a new file.
CODING = {
    "code": ("{0}", "--fast"),
    "ingest": ("{0}", "--record", "{2}", "--fast"),
    "show": ("{0}",),
    "page": ("{0}", "-o", "{2}"),
    "explain": (TEXT,),
    "demands": ("{0}",),
    "watch": ("http://127.0.0.1:9/feed", "--record", "{2}", "--once"),
    "evaluate": ("events", "{3}", "--predictions", "{2}"),
    "serve": ("--record", "{1}"),
}
QUERYING = {
    "events": ("--record", "{1}"),
    "counts": ("event_type", "--record", "{1}"),
    "network": ("--record", "{1}"),
    "series": ("DEU", "FRA", "--record", "{1}"),
    "entries": ("--record", "{1}"),
    "export": ("csv", "--record", "{1}", "-o", "{2}"),
}


@pytest.fixture
def files(tmp_path: Path, coder: Coder) -> tuple[Path, ...]:
    report, record, gold = (tmp_path / name for name in ("report.txt", "r.sqlite", "gold.jsonl"))
    report.write_text(TEXT)
    gold.write_text(json.dumps({"id": "a", "text": TEXT, "events": []}) + "\n")
    with Record.open(record) as kept:
        kept.add(coder.code(TEXT, id="a", published_on="2022-02-09"), run_id=kept.begin_run("test"))
    return report, record, tmp_path / "new", gold


def calibration(folder: Path, *, shift: float = -2.0) -> Path:
    found = Calibration(
        format=FORMAT, line=Line(slope=1.0, shift=shift), threshold=None, models=None, verdicts=200,
        accepted=100,
    )  # fmt: skip
    path = folder / f"calibration{shift}.json"
    path.write_bytes(msgspec.json.encode(found))
    return path


@pytest.mark.parametrize("command", [*CODING, *QUERYING])
@pytest.mark.parametrize("content", [None, b"{}"])
def test_a_file_that_is_none_is_an_error(
    files: tuple[Path, ...], tmp_path: Path, command: str, content: bytes | None
) -> None:
    wrong = tmp_path / "wrong.json"
    if content is not None:
        wrong.write_bytes(content)
    words = [word.format(*files) for word in (CODING | QUERYING)[command]]
    with pytest.raises(KnowledgeError, match=r"wrong\.json.*dragoman calibrate"):
        run(command, *words, "--calibration", wrong)


def confidences(command: str, said: str) -> float:
    if command == "evaluate":
        said = Path(said).read_text()
    return json.loads(said.splitlines()[0])["events"][0]["confidence"]


def test_what_is_coded_and_evaluated_has_the_calibrated_confidence(
    files: tuple[Path, ...], tmp_path: Path
) -> None:
    file = calibration(tmp_path, shift=1.0)
    report, _, _, gold = files
    plain, changed = (
        confidences("code", run("code", report, "--format", "jsonl", *more).stdout)
        for more in ((), ("--calibration", file))
    )
    assert changed > plain
    out = tmp_path / "out.jsonl"
    run("evaluate", "events", gold, "--predictions", out, "--calibration", file)
    assert confidences("evaluate", str(out)) == pytest.approx(changed)
    assert Coder(calibration=file).code(TEXT).events[0].confidence == pytest.approx(changed)


def test_queries_show_it_and_filter_by_it(files: tuple[Path, ...], tmp_path: Path) -> None:
    record, file = files[1], calibration(tmp_path)
    plain, changed = (
        json.loads(run("events", "--record", record, "--format", "jsonl", *more).stdout)["event"][
            "confidence"
        ]
        for more in ((), ("--calibration", file))
    )
    assert changed < plain
    between = ("--min-confidence", (plain + changed) / 2, "--format", "csv")
    assert run("events", "--record", record, *between).stdout.count("\n") == 2
    assert run("events", "--record", record, *between, "--calibration", file).stdout.count("\n") == 1


def test_a_record_coded_with_it_is_not_calibrated_twice(files: tuple[Path, ...], tmp_path: Path) -> None:
    report, record = files[0], tmp_path / "kept.sqlite"
    file, other = calibration(tmp_path, shift=1.0), calibration(tmp_path, shift=0.5)
    run("ingest", report, "--record", record, "--calibration", file)
    plain, same = (
        json.loads(run("events", "--record", record, "--format", "jsonl", *more).stdout)["event"][
            "confidence"
        ]
        for more in ((), ("--calibration", file))
    )
    assert same == pytest.approx(plain)
    with pytest.raises(UsageError, match="another calibration"):
        run("events", "--record", record, "--calibration", other)
