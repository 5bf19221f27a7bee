"""Lines of a gold file: what is no case is a fault with its place, and the rest is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.errors import BadDateError, BadLineError, UnreadableError
from dragoman.running.gold_lines import document_of, read_gold, why_of

GOOD = b'{"id": "a", "text": "Arnor met Gondor."}'
BAD = [
    (b"{not json", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'{"id": "a", "text": "\xff"}', "not JSON"),
    (b'{"id": "a", "text": "\\ud800"}', "not JSON"),
    (b'{"id": "a", "n": NaN}', "not JSON"),
    (b"[1]", "not an object"),
    (b"null", "not an object"),
    (b'{"text": "x"}', "no field 'id'"),
    (b'{"id": 5, "text": "x"}', "the id is not text"),
    (b'{"id": "", "text": "x"}', "the id is not text"),
]


@pytest.mark.parametrize(("content", "fault"), BAD)
def test_bad_lines_stop_nothing(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n".join([GOOD, b"", content, b"  ", GOOD]))
    first, bad, last = read_gold(path)
    assert (first.where, first.id, first.fault) == ("gold.jsonl:1", "a", None)
    assert bad.where == "gold.jsonl:3"
    assert bad.fault is not None
    assert bad.fault.startswith(fault)
    assert (last.where, last.fault) == ("gold.jsonl:5", None)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD + b"\r\n")
    (line,) = read_gold(path)
    assert (line.id, line.fault) == ("a", None)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere\.jsonl"):
        list(read_gold(tmp_path / "nowhere.jsonl"))


FIELDS = [
    (b'{"id": "a", "text": ["x"]}', BadLineError),
    (b'{"id": "a"}', BadLineError),
    (b'{"id": "a", "text": "x", "title": 5}', BadLineError),
    (b'{"id": "a", "text": "x", "published_on": "someday"}', BadDateError),
    (b'{"id": "a", "text": "x", "published_on": [1]}', BadDateError),
]


@pytest.mark.parametrize(("content", "error"), FIELDS)
def test_fields_of_the_wrong_type(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    (line,) = read_gold(path)
    with pytest.raises(error, match=r"gold\.jsonl:1"):
        document_of(line)


def test_a_document_has_all_fields_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"id": "a", "text": "x", "title": "t", "publisher": "p", "url": "u", "published_on": "2022-02-01"}'
    )
    (line,) = read_gold(path)
    document = document_of(line)
    assert (document.title, document.publisher, document.url) == ("t", "p", "u")
    assert document.published_on == dt.date(2022, 2, 1)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BadLineError(where="g:1", why="not an object"), "not an object"),
        (
            BadDateError(where="g:1", value="x"),
            "published_on is 'x'; write YYYY-MM-DD, between 1600 and 2199",
        ),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (KeyError(), "KeyError: KeyError"),
    ],
)
def test_why_is_one_short_line_without_its_place(error: Exception, told: str) -> None:
    assert why_of(error, "g:1") == told
