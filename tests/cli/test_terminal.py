"""Words of reports cannot control a terminal; output that cannot be written is told in a line."""

from __future__ import annotations

import datetime as dt
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli.terminal import visible
from dragoman.model.documents import Document, Failure
from dragoman.record.store import Record
from dragoman.running.grouping import regroup

# Clears the screen, sets a title, goes up a line; as one byte too; turns the direction of writing.
HOSTILE = "\x1b[2J\x1b]0;owned\x07\x1b[1A\x9b2J\u202e\x08\r\x7f"


@pytest.fixture
def record(tmp_path: Path, quick_code) -> Path:
    path = tmp_path / "r.sqlite"
    with Record.open(path) as kept:
        run_id = kept.begin_run("x")
        # What a library may put in; readers take these out of ids and titles, not out of texts.
        document = Document(
            id=f"d{HOSTILE}", title=f"t{HOSTILE}", publisher=f"p{HOSTILE}", published_on=dt.date(2022, 2, 1),
            text=f"Arnor accused Gondor of {HOSTILE} hiding rebels. Arnor attacked Gondor{HOSTILE}.",
        )  # fmt: skip
        kept.add(quick_code(document), run_id=run_id)
        kept.add_failure(Failure(document_id="f", error="X", message=f"m{HOSTILE}"), run_id=run_id)
        regroup(kept)
    return path


def in_terminal(*words: str) -> str:
    """Run a command in a terminal of its own and return what came to it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dragoman", *words], stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
    )  # fmt: skip
    os.close(theirs)
    content = b""
    try:
        while select.select([ours], [], [], 60)[0]:
            content += os.read(ours, 65536)
    # What Linux gives at the end of a terminal.
    except OSError:
        pass
    process.wait()
    os.close(ours)
    return content.decode()


COMMANDS = [
    ["events"],
    ["events", "--format", "csv"],
    ["events", "--format", "jsonl"],
    ["documents"],
    ["failures"],
    ["entries"],
    ["stories", "list"],
    ["search", "rebels"],
    ["show", f"d{HOSTILE}"],
    ["show", f"nobody{HOSTILE}"],
    ["counts", "publisher", "--format", "csv"],
    ["record", "check"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(map(visible, words)) for words in COMMANDS])
def test_no_control_of_a_report_reaches_a_terminal(record: Path, words: list[str]) -> None:
    shown = in_terminal(*words, "--record", str(record))
    assert shown.strip()
    # Colours are ours: letters and digits between ESC [ and m.
    ours = re.sub(r"\x1b\[[\d;]*m", "", shown).replace("\r\n", "\n")
    assert ours == visible(ours)


def test_a_file_gets_what_there_is(record: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "events", "--format", "csv", "--record", str(record)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert HOSTILE.encode() in done.stdout


@pytest.mark.parametrize("words", [["events", "--format", "jsonl"], ["documents"], ["record", "stats"]])
def test_output_that_cannot_be_written_is_told(record: Path, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "dragoman", *words, "--record", str(record)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert (
        done.stderr
        == "dragoman: the output: No space left on device; free some space, or give another place\n"
    )
