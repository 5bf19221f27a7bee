"""The commands of the views, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli import viewing

pytestmark = pytest.mark.pipeline

TEXT = (
    "France promised to send 50 tanks to Ukraine. Russia threatened to attack Poland if Poland sent its "
    "jets. China opposed any form of Taiwan independence. Japan and India signed a trade agreement worth $3 "
    "billion. Iran accused Israel of spying. Israel denied the allegations. Turkey demanded that "
    "Greece withdraw its troops. Norway imposed sanctions on Belarus. Qatar mediates between Chad and Sudan."
)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("code", str(folder / "a.txt"), "--record", str(folder / "r.sqlite"))
    assert done.returncode == 0
    return folder / "r.sqlite"


# The view, the one whose line is asked for, who else stands in it, words of it.
ASKED = [
    ("positions", "CHN", "taiwan-independence", "against"),
    ("pledges", "FRA", "UKR", "send 50 tanks"),
    ("demands", "TUR", "GRC", "withdraw its troops"),
    ("deals", "JPN", "IND", "3000000000"),
    ("disputes", "IRN", "ISR", "denied the allegations"),
    ("warnings", "RUS", "POL", "if Poland sent its jets"),
    ("sanctions", "NOR", "BLR", "imposed"),
    ("mediation", "QAT", "SDN", "mediates"),
]


@pytest.mark.parametrize(("view", "actor", "other", "words"), ASKED)
def test_a_view_of_a_record(record: Path, view: str, actor: str, other: str, words: str) -> None:
    done = run(view, "--record", str(record), "--actor", actor, "--format", "jsonl")
    (line,) = done.stdout.splitlines()
    assert words in line
    assert other in line
    assert json.loads(line)["first_day"] is None


def test_the_table_and_csv_say_the_same(record: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("deals", "--record", str(record), "--format", "csv").stdout))
    assert (row["actor"], row["stage"], row["amounts"]) == ("Japan, India", "agreed", "$3 billion")
    assert "$3 billion" in run("deals", "--record", str(record)).stdout


def test_the_new_views_have_their_columns(record: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("sanctions", "--record", str(record), "--format", "csv").stdout))
    assert (row["actor"], row["recipient"], row["stage"]) == ("Norway", "Belarus", "imposed")
    assert row["measure"] == "sanctions"
    (row,) = csv.DictReader(io.StringIO(run("mediation", "--record", str(record), "--format", "csv").stdout))
    assert (row["mediator"], row["between"], row["stage"]) == ("Qatar", "Chad, Sudan", "mediates")


def test_reports_can_be_asked_without_a_record(record: Path) -> None:
    done = run("pledges", str(record.parent / "a.txt"), "--format", "jsonl")
    assert [p["id"] for p in json.loads(done.stdout)["actors"]] == ["FRA"]


def test_nothing_found_is_said(record: Path) -> None:
    done = run("deals", "--record", str(record), "--actor", "BRA")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no agreements found\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["deals"], "give either --record FILE or reports"),
        (["deals", "--record", "none.sqlite"], "none.sqlite"),
        (["deals", "--record", "x", "--format", "xml"], "use one of table, jsonl, csv"),
        (["positions", "--record", "x", "--issue", "nato-enlargment"], "did you mean nato-enlargement"),
    ],
)
def test_bad_use_is_told_in_one_line(words: list[str], message: str) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


DAYS = 4


def test_a_table_is_made_of_the_last_events_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day = "\n".join(
        json.dumps({"id": f"d{n}", "text": TEXT, "published_on": f"2022-03-{n + 1:02}"}) for n in range(DAYS)
    )
    (tmp_path / "days.jsonl").write_text(day, encoding="utf-8")
    record = tmp_path / "r.sqlite"
    assert run("code", str(tmp_path / "days.jsonl"), "--record", str(record)).returncode == 0
    # Each day has three events that the view is read from: a demand and two of type REJECT.
    monkeypatch.setattr(viewing, "_ON_SCREEN", 6)

    def told(**given: object) -> tuple[str, str]:
        asked = {"actor": None, "since": None, "until": None, "form": "table", **given}
        viewing.ask_view("demands", viewing.Asked(paths=[], record=record, actors=(), **asked))
        done = capsys.readouterr()
        return done.out, done.err

    out, err = told()
    assert "showing events since 2022-03-03" in err
    assert "2022-03-03 \u2502 2022-03-04" in out
    for given in ({"since": "2022-01-01"}, {"form": "csv"}, {"until": "2022-03-02"}):
        out, err = told(**given)
        assert not err
        assert "2022-03-01" in out


DATED = [
    {"id": "may", "published_on": "2026-05-04", "text": "France promised to send 50 tanks to Ukraine."},
    {
        "id": "june",
        "published_on": "2026-06-04",
        "text": "Norway pledged to train Ukrainian troops in Poland.",
    },
    {"id": "undated", "text": "Japan promised to lend Ukraine $3 billion."},
]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a file of reports, and a record of them."""
    folder = tmp_path_factory.mktemp("dated")
    reports, record = folder / "reports.jsonl", folder / "r.sqlite"
    reports.write_text("\n".join(json.dumps(each) for each in DATED), encoding="utf-8")
    assert run("code", str(reports), "--record", str(record)).returncode == 0
    return reports, record


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], {"FRA", "NOR", "JPN"}),
        (["--since", "2026-05-20"], {"NOR"}),
        (["--since", "2026-05-04", "--until", "2026-05-20"], {"FRA"}),
    ],
)
def test_the_days_asked_for_hold_for_reports_and_records_alike(
    dated: tuple[Path, Path], days: list[str], expected: set[str]
) -> None:
    reports, record = dated
    for source in ([str(reports)], ["--record", str(record)]):
        done = run("pledges", *source, *days, "--format", "jsonl")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert {line["actors"][0]["id"] for line in lines} == expected, done.stderr
