"""The commands of codebooks and actors, and overlays in the commands that code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli.main import app
from dragoman.coding.coder import Coder
from dragoman.errors import DragomanError
from dragoman.knowledge.loading import data_folder
from dragoman.record.store import Record
from dragoman.running.fingerprint import fingerprint

pytestmark = pytest.mark.pipeline
INVENTED = data_folder() / "actors_invented"


def run(*words: object) -> Result:
    result = CliRunner().invoke(app, list(map(str, words)))
    if result.exception is not None and not isinstance(result.exception, SystemExit | DragomanError):
        raise result.exception
    return result


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    assert run("codebook", "new", tmp_path / "mine").exit_code == 0
    return tmp_path / "mine"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "news" / "a.txt"
    path.parent.mkdir()
    path.write_text("Mordor hoodwinked Rohan. Arnor attacked Gondor.", encoding="utf-8")
    return path


def test_the_examples_of_the_template_are_right(mine: Path) -> None:
    done = run("codebook", "test", mine)
    assert done.exit_code == 0, done.output
    assert "5 examples, 5 right, 0 false" in done.stdout


def test_a_false_example_fails_with_its_place_and_the_reason(mine: Path) -> None:
    path = mine / "types" / "DISINFORM.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("actors: [ARN], recipients: [GON]", "actors: [GON]", 1), encoding="utf-8")
    done = run("codebook", "test", mine)
    assert done.exit_code == 1
    assert "DISINFORM.yaml:" in done.stdout
    assert (
        "DISINFORM/deceive-plain is false: DISINFORM wanted; nearest differs in actors (ARN)" in done.stdout
    )
    assert "5 examples, 4 right, 1 false" in done.stdout


def test_a_known_failure_that_is_right_fails(mine: Path) -> None:
    path = mine / "types" / "DISINFORM.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  - id: never  ", "  - id: never\n    known_failure: x\n   "), encoding="utf-8"
    )
    done = run("codebook", "test", mine)
    assert done.exit_code == 1 and "take the mark away" in done.stdout


def test_a_folder_without_examples_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sets.yaml").write_text("mine: [ram]\n", encoding="utf-8")
    done = run("codebook", "test", tmp_path)
    assert done.exit_code == 1 and "no examples" in str(done.exception)


def test_differences_as_lines_and_rows(mine: Path) -> None:
    done = run("codebook", "diff", mine)
    assert "+ type DISINFORM: " in done.stdout and "~ set talks: +powwow" in done.stdout
    rows = [
        json.loads(line) for line in run("codebook", "diff", mine, "--format", "jsonl").stdout.splitlines()
    ]
    assert {row["how"] for row in rows} == {"added", "changed"}


def test_an_overlay_changes_what_ingest_codes(mine: Path, report: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.sqlite"
    words = (
        "ingest",
        report.parent,
        "--record",
        record,
        "--actors",
        INVENTED,
        "--fast",
        "--no-stories",
        "--list",
    )
    assert "coded" in run(*words).stdout
    assert "unchanged" in run(*words).stdout
    # With an overlay, with another of it, and with the overlay changed it is coded again.
    assert "coded" in run(*words, "--codebook", mine).stdout
    assert "unchanged" in run(*words, "--codebook", mine).stdout
    with Record.open(record) as kept:
        types = {stored.event.event_type: stored.event for stored in kept}
    assert types.keys() == {"DISINFORM", "ASSAULT"}
    assert types["DISINFORM"].quad_class == "material_conflict"
    assert types["DISINFORM"].intensity == -4
    over = tmp_path / "over"
    (over / "types").mkdir(parents=True)
    (over / "types" / "DISINFORM.yaml").write_text("id: DISINFORM\nintensity: -7\n", encoding="utf-8")
    assert "coded" in run(*words, "--codebook", mine, "--codebook", over).stdout
    with Record.open(record) as kept:
        assert {s.event.intensity for s in kept if s.event.event_type == "DISINFORM"} == {-7}
    # What a record holds can be asked for, though the package does not know it.
    found = run("events", "--record", record, "--type", "disinform", "--format", "csv")
    assert found.exit_code == 0 and found.stdout.count("DISINFORM") == 2
    assert "DISINFORM" in run("list", "types", "--record", record).stdout
    unknown = run("events", "--record", record, "--type", "disinfrom")
    assert unknown.exit_code == 1 and "DISINFORM" in str(unknown.exception)


def test_order_and_content_of_folders_make_the_fingerprint(mine: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sets.yaml").write_text("mine: [ram]\n", encoding="utf-8")
    both = {fingerprint(codebook=[mine, other]), fingerprint(codebook=[other, mine])}
    single = {fingerprint(), fingerprint(codebook=mine), fingerprint(codebook=[other])}
    assert len(both | single) == 5
    assert fingerprint(codebook=mine) == fingerprint(codebook=[mine])
    before = fingerprint(codebook=[mine, other])
    (other / "sets.yaml").write_text("mine: [sling]\n", encoding="utf-8")
    assert fingerprint(codebook=[mine, other]) != before


def test_code_and_explain_take_overlays(mine: Path, report: Path) -> None:
    coded = run("code", report, "--codebook", mine, "--actors", INVENTED, "--fast", "--format", "jsonl")
    assert {event["event_type"] for event in json.loads(coded.stdout)["events"]} == {"DISINFORM", "ASSAULT"}
    shown = run("explain", "Mordor hoodwinked Rohan.", "--codebook", mine, "--actors", INVENTED).stdout
    assert "DISINFORM/deceive" in shown and "event: MOR DISINFORM ROH" in shown
    assert "DISINFORM" in run("codebook", "show", "disinform", "--codebook", mine).stdout


def test_a_file_that_is_shown_is_coded_with_overlays(mine: Path, report: Path, tmp_path: Path) -> None:
    overlays = ("--codebook", mine, "--actors", INVENTED)
    assert "DISINFORM" in run("show", report, *overlays).stdout
    assert run("page", report, *overlays, "-o", tmp_path / "a.html").exit_code == 0
    assert "DISINFORM" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_an_overlay_reaches_contexts_and_governors(mine: Path) -> None:
    coder = Coder(codebook=mine, actors=[INVENTED], reading="rules")
    (event,) = coder.code("Arnor accused Gondor over the goodwill match.").events
    assert "sports_diplomacy" in event.contexts
    (promise,) = coder.code("Arnor vouched to send aid to Gondor.").events
    assert promise.event_type == "AGREE"


def test_removed_types_are_not_coded(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "ASSAULT.yaml").write_text("id: ASSAULT\nremove: yes\n", encoding="utf-8")
    coder = Coder(codebook=tmp_path, actors=[INVENTED], reading="fast")
    text = "Arnor attacked Gondor. Arnor accused Gondor of spying. Rohan threatened to attack Mordor."
    assert {event.event_type for event in coder.code(text).events} == {"ACCUSE", "THREATEN"}


@pytest.mark.parametrize("option", ["--codebook", "--actors"])
def test_a_wrong_folder_is_an_error_that_says_what_is_expected(report: Path, option: str) -> None:
    done = run("code", report, option, report.parent)
    assert done.exit_code == 1
    assert "a.txt: would not be read" in str(done.exception) and "yaml" in str(done.exception)


def test_a_template_of_actors_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    assert run("actors", "new", folder).exit_code == 0
    assert run("actors", "check", folder).stdout == "actors: no errors\n"
    found = json.loads(
        run("resolve", "the Arnorian foreign minister", "--on", "2020-01-01", "--actors", folder).stdout
    )
    assert (found["id"], found["country"]) == ("P:gilraen-dirhael", "XAR")
    assert run("actors", "new", folder).exit_code == 1
