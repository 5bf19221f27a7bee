"""`check` finds what is broken; `rebuild` mends what follows from the rest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.record.store import Record

FAULTS = [
    ("UPDATE documents SET text = 'x' || text WHERE id = 'a'", "words differ"),
    ("UPDATE documents SET text = 'short' WHERE id = 'a'", "outside the text"),
    ("DELETE FROM event_bodies WHERE number = 1", "body is missing"),
    ("DELETE FROM documents WHERE id = 'a'", "broken reference"),
    ("UPDATE daily SET events = events + 1 WHERE part = 'd'", "daily counts are off"),
    ("INSERT INTO daily VALUES ('a', 'XXX', '2022-01-01', 'verbal_conflict', 1, 1, 1)", "without events"),
    ("DELETE FROM event_keys WHERE part = 'c'", "not found under"),
    (
        "UPDATE event_keys SET key = 'XXX' WHERE part = 'c' AND event = 1",
        "not found under",
    ),
    ("INSERT INTO event_keys VALUES ('a', 'XXX', '2022-01-01', 1)", "keys of events"),
    ("INSERT INTO stories VALUES ('S', NULL, NULL, NULL, 1, 1, 1)", "story without documents"),
    ("INSERT INTO entry_events VALUES (1, 'E', 'b', '')", "entry that is not there"),
    (
        "DROP TRIGGER document_text_out; UPDATE documents SET title = 'Other words' WHERE id = 'a'",
        "full text",
    ),
]
MENDED = {"daily counts are off", "without events", "not found under", "keys of events", "full text"}


@pytest.mark.parametrize(("damage", "told"), FAULTS)
def test_damage_is_found(small: Record, tmp_path: Path, damage: str, told: str) -> None:
    assert small.check() == []
    small.close()
    connection = sqlite3.connect(tmp_path / "small.sqlite")
    connection.executescript(damage)
    connection.close()
    with Record.open(tmp_path / "small.sqlite") as record:
        faults = record.check()
        assert any(told in fault for fault in faults), faults
        if told in MENDED:
            record.rebuild()
            assert record.check() == []


def test_a_file_with_torn_pages_is_told_not_raised(small: Record, tmp_path: Path) -> None:
    small.close()
    path = tmp_path / "small.sqlite"
    content = bytearray(path.read_bytes())
    for page in range(40, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(content)
    with Record.open(path) as record:
        assert record.check()


def test_a_hundred_faults_of_a_kind_are_enough(small: Record, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.sqlite")) as connection, connection:
        connection.executemany(
            "INSERT INTO daily VALUES ('a', ?, '', 'verbal_conflict', 1, 1, 1)",
            [(f"X{n}",) for n in range(150)],
        )
    connection.close()
    faults = small.check()
    assert len(faults) == 101
    assert faults[-1] == "and 50 more of this kind"


def test_each_part_is_told_before_it_is_checked(small: Record) -> None:
    told: list[str] = []
    small.check(tell=told.append)
    assert told[0] == "pages of the file"
    assert told[-1] == "words of the full-text indexes"
    assert len(set(told)) == len(told) == 9


def test_a_check_leaves_the_page_cache_as_it_was(small: Record) -> None:
    with small.reading() as connection:
        before = connection.execute("PRAGMA cache_size").fetchone()
    small.check()
    with small.reading() as connection:
        assert connection.execute("PRAGMA cache_size").fetchone() == before
