"""Review in the terminal and readings in files, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import msgspec
import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from dragoman.cli.main import app
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.model.readings import EventReading
from dragoman.record.store import Record

TEXTS = {
    "one": "Before that, nothing was said. Arnor accused Gondor of spying. Envoys left the city.",
    "two": "Rohan attacked Mordor. Gondor sanctioned Rohan.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    path = tmp_path_factory.mktemp("review") / "r.sqlite"
    with Record.open(path) as record:
        for name, text in TEXTS.items():
            record.add(coder.code(text, id=name, published_on="2022-02-09"), run_id=record.begin_run("test"))
    return path


@pytest.fixture
def kept(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "r.sqlite"))


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch):
    """Give the keys that are pressed, one after another."""

    def press(sequence: str) -> None:
        pressed = iter(sequence)
        monkeypatch.setattr(typer, "getchar", lambda: next(pressed))

    return press


def run(*words: object, answers: str = "") -> Result:
    done = CliRunner().invoke(app, list(map(str, words)), input=answers)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def verdicts(path: Path, reader: str = "anna") -> list[tuple[str, str]]:
    with Record.open(path) as record:
        return [(each.verdict, each.event_type) for each in record.readings(reader=reader)]


def test_one_key_a_verdict(kept: Path, keys) -> None:
    keys("arnq")
    done = run("review", "--record", kept, "--reader", "anna", "--least-sure")
    assert sorted(verdict for verdict, _ in verdicts(kept)) == ["accept", "reject"]
    assert "0 of 3 judged" in done.stdout
    assert "2 of 3 judged" in done.stdout
    assert "2 verdicts kept as anna" in done.stdout


def test_the_sentence_stands_between_its_neighbours(kept: Path, keys) -> None:
    keys("q")
    shown = run("review", "--record", kept, "--reader", "anna", "--type", "accuse").stdout
    assert "nothing was said. Arnor accused Gondor of spying. Envoys left" in " ".join(shown.split())
    assert "confidence" in shown


def test_undo_asks_the_event_again(kept: Path, keys) -> None:
    keys("auarq")
    run("review", "--record", kept, "--reader", "anna")
    assert len(verdicts(kept)) == 2
    keys("uuq")
    done = run("review", "--record", kept, "--reader", "anna")
    assert "nothing to undo" in done.stdout
    assert len(verdicts(kept)) == 2


def test_end_of_the_queue_can_be_undone(kept: Path, keys) -> None:
    keys("aurx")
    run("review", "--record", kept, "--reader", "anna", "--type", "ACCUSE")
    assert verdicts(kept) == [("reject", "ACCUSE")]


def test_edit_asks_for_each_field(kept: Path, keys) -> None:
    keys("eq")
    run(
        "review", "--record", kept, "--reader", "anna", "--type", "ACCUSE",
        answers="REJECT\n\nChina\n\n\nprobable\n\n2022-02-01\n",
    )  # fmt: skip
    with Record.open(kept) as record:
        (reading,) = record.readings()
        assert reading.changed == ("event_type", "actors", "factuality", "day")
        event = reading.event
        assert event is not None
        assert (event.event_type, event.actors[0].id, event.factuality) == ("REJECT", "CHN", "probable")
        assert event.quad_class == "verbal_conflict"
        assert (event.recipients[0].id, str(event.event_date.start)) == ("GON", "2022-02-01")


@pytest.mark.parametrize("answers", ["\n" * 8, "NONSENSE\n" + "\n" * 7, "\n\nnobody known\n" + "\n" * 5])
def test_a_wrong_edit_keeps_nothing_and_asks_again(kept: Path, keys, answers: str) -> None:
    keys("eaq")
    run("review", "--record", kept, "--reader", "anna", "--type", "ACCUSE", answers=answers)
    assert verdicts(kept) == [("accept", "ACCUSE")]


def test_an_added_event_rests_on_words_of_the_report(kept: Path, keys) -> None:
    keys("+a" + "q")
    words = "left\nRETREAT\n\nArnor\n\n\n\n\n\n"
    run("review", "--record", kept, "--reader", "anna", "--document", "one", answers=words)
    assert verdicts(kept) == [("add", "RETREAT"), ("accept", "ACCUSE")]
    listed = run("events", "--record", kept, "--reviewed", "--type", "RETREAT", "--format", "csv").stdout
    assert "Envoys left the city." in listed
    assert "Envoys left" not in run("events", "--record", kept, "--format", "csv").stdout
    keys("+q")
    refused = run("review", "--record", kept, "--reader", "ben", "--document", "one", answers="absent\n" * 9)
    assert "is not in the report" in refused.stdout


def sampled(kept: Path, *more: str, reader: str = "anna") -> str:
    words = ("review", "--record", kept, "--reader", reader, "--sample", "2", "--seed", "1", *more)
    return run(*words).stdout


def test_a_sample_is_judged_and_continued(kept: Path, keys) -> None:
    keys("aq")
    assert "0 of 2 judged" in sampled(kept)
    first = verdicts(kept)
    keys("rx")
    said = sampled(kept)
    assert "1 of 2 judged" in said and "nothing is left" in said
    assert len(verdicts(kept)) == 2 and verdicts(kept)[0] == first[0]
    # Another reviewer with the same seed is asked about the same events; another seed draws others.
    keys("aax")
    sampled(kept, reader="ben")
    with Record.open(kept) as record:
        anna, ben = ({r.event_id for r in record.readings(reader=name)} for name in ("anna", "ben"))
    assert anna == ben and len(anna) == 2


def test_a_sample_takes_filters_and_strata(kept: Path, keys) -> None:
    keys("ax")
    assert "0 of 1 judged" in sampled(kept, "--type", "ACCUSE", "--stratify", "type")
    assert verdicts(kept) == [("accept", "ACCUSE")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--seed", "1"), "need --sample"),
        (("--stratify", "type"), "need --sample"),
        (("--sample", "2", "--least-sure"), "order is random"),
        (("--sample", "2", "--stratify", "typ"), "type"),
        (("--only", "secnd"), "second"),
        (("--only", "second"), "no second reader"),
        (("--sample", "2", "--type", "AID"), "nothing to sample"),
    ],
)
def test_samples_that_cannot_be(kept: Path, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        run("review", "--record", kept, "--reader", "anna", *words)


def test_events_of_the_second_reader_are_judged(kept: Path, keys) -> None:
    with Record.open(kept) as record:
        for stored in record.events():
            event = stored.event
            is_new = event.event_type == "ASSAULT"
            added = msgspec.structs.replace(event, id="theirs", event_type="THREATEN")
            record.add_readings([EventReading(
                document_id=stored.document_id, reader="llm", kind="model",
                verdict="add" if is_new else "accept", event_id=None if is_new else event.id,
                event_type="THREATEN" if is_new else event.event_type, trigger_start=event.trigger.start,
                trigger_end=event.trigger.end, event=added if is_new else None,
            )])  # fmt: skip
    keys("rx")
    said = run("review", "--record", kept, "--reader", "anna", "--only", "second").stdout
    assert "0 of 1 judged" in said and "THREATEN" in said
    assert verdicts(kept) == [("reject", "THREATEN")]
    keys("aaax")
    words = ("review", "--record", kept, "--reader", "ben", "--sample", "3", "--stratify", "found_by")
    assert "0 of 3 judged" in run(*words).stdout
    with Record.open(kept) as record:
        assert "theirs" in {reading.event_id for reading in record.readings(reader="ben")}
    listed = run("events", "--record", kept, "--reader", "either", "--format", "csv").stdout
    assert "theirs" in listed
    assert "theirs" not in run("events", "--record", kept, "--format", "csv").stdout


def test_events_as_reviewed(kept: Path, keys) -> None:
    keys("rq")
    run("review", "--record", kept, "--reader", "anna", "--type", "ACCUSE")
    types = [row["event_type"] for row in _rows(run("events", "--record", kept, "--format", "csv").stdout)]
    left = run("events", "--record", kept, "--reviewed", "--format", "csv").stdout
    assert "ACCUSE" in types
    assert sorted(types) == sorted(["ACCUSE", *(row["event_type"] for row in _rows(left))])


def test_another_process_saved_meanwhile(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.model.readings import EventReading

    pressed = iter("aq")

    def press() -> str:
        key = next(pressed)
        if key == "a":
            with Record.open(kept) as record:
                (item,) = record.review_queue(reader="anna", order="newest")
                event = item.stored.event
                record.add_readings([EventReading(
                    document_id=item.stored.document_id, reader="anna", kind="person", verdict="reject",
                    event_id=event.id, event_type=event.event_type, trigger_start=event.trigger.start,
                    trigger_end=event.trigger.end,
                )])  # fmt: skip
        return key

    monkeypatch.setattr(typer, "getchar", press)
    done = run("review", "--record", kept, "--reader", "anna")
    assert "has saved another reading in the meantime" in " ".join(done.stdout.split())
    assert [verdict for verdict, _ in verdicts(kept)] == ["reject"]


@pytest.mark.parametrize("name", ["r.jsonl", "r.xlsx", "r.csv"])
def test_out_and_in_again(kept: Path, made: Path, keys, tmp_path: Path, name: str) -> None:
    keys("are" + "q")
    run("review", "--record", kept, "--reader", "=anna", answers="PROTEST\n" + "\n" * 7)
    file, copy = tmp_path / name, Path(shutil.copy(made, tmp_path / "copy.sqlite"))
    assert "3 readings" in run("readings", "export", "--record", kept, "-o", file).stdout
    assert "3 kept, 0 there already, 0 not kept" in run("readings", "import", file, "--record", copy).stdout
    with Record.open(kept) as one, Record.open(copy) as other:
        assert one.readings() == other.readings()
    assert "0 kept, 3 there already" in run("readings", "import", file, "--record", copy).stdout


def test_a_bad_line_stops_no_other(kept: Path, made: Path, keys, tmp_path: Path) -> None:
    keys("aaq")
    run("review", "--record", kept, "--reader", "anna")
    file = tmp_path / "r.jsonl"
    run("readings", "export", "--record", kept, "-o", file)
    first, second = file.read_text().splitlines()
    gone = json.dumps({**json.loads(first), "document_id": "elsewhere"})
    maybe = json.dumps({**json.loads(first), "verdict": "maybe"})
    file.write_text("\n".join((first, "{broken", gone, maybe, second)) + "\n")
    copy = Path(shutil.copy(made, tmp_path / "copy.sqlite"))
    done = run("readings", "import", file, "--record", copy)
    assert "2 kept, 0 there already, 3 not kept" in done.stdout
    assert [f"line {n}:" in done.stderr for n in (1, 2, 3, 4, 5)] == [False, True, True, True, False]
    assert len(verdicts(copy)) == 2


def test_a_sheet_filled_in_by_hand(kept: Path, keys, tmp_path: Path) -> None:
    keys("aq")
    run("review", "--record", kept, "--reader", "anna")
    file = tmp_path / "r.xlsx"
    run("readings", "export", "--record", kept, "-o", file)
    book = openpyxl.load_workbook(file)
    sheet = book["sample"]
    head = [cell.value for cell in sheet[1]]
    for column, value in (("reader", "ben"), ("verdict", "reject"), ("note", "-no"), ("made_at", "")):
        sheet.cell(2, head.index(column) + 1).value = value
    assert sheet.cell(2, head.index("sentence") + 1).value
    book.save(file)
    run("readings", "import", file, "--record", kept)
    with Record.open(kept) as record:
        (reading,) = record.readings(reader="ben")
        assert (reading.verdict, reading.note) == ("reject", "-no")


def test_readings_find_their_event_under_another_id(kept: Path, keys, tmp_path: Path, coder: Coder) -> None:
    import msgspec

    keys("aaaq")
    run("review", "--record", kept, "--reader", "anna")
    file = tmp_path / "r.jsonl"
    run("readings", "export", "--record", kept, "-o", file)
    other = tmp_path / "other.sqlite"
    with Record.open(other) as record:
        for name, text in TEXTS.items():
            coded = coder.code(text, id=name)
            events = [
                msgspec.structs.replace(e, id=f"x-{e.id}") for e in coded.events if e.event_type != "ACCUSE"
            ]
            record.add(msgspec.structs.replace(coded, events=tuple(events)), run_id=record.begin_run("test"))
    done = run("readings", "import", file, "--record", other)
    assert "3 kept" in done.stdout
    assert "1 of an event that is not coded here" in " ".join(done.stdout.split())
    listed = _rows(run("readings", "unmatched", "--record", other, "--format", "csv").stdout)
    assert [(row["event_type"], row["word"]) for row in listed] == [("ACCUSE", "accused")]


def test_list_and_its_filters(kept: Path, keys) -> None:
    keys("arq")
    run("review", "--record", kept, "--reader", "anna")
    rows = _rows(run("readings", "list", "--record", kept, "--verdict", "reject", "--format", "csv").stdout)
    assert [row["reader"] for row in rows] == ["anna"]
    with pytest.raises(UsageError, match="did you mean anna"):
        run("readings", "list", "--record", kept, "--reader", "ana")
    with pytest.raises(UsageError, match="reject"):
        run("readings", "list", "--record", kept, "--verdict", "rejected")


def test_a_name_is_needed(kept: Path) -> None:
    with pytest.raises(UsageError, match="name"):
        run("review", "--record", kept, "--reader", " ")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))
