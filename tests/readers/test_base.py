"""Every kind of bad input gives one failure that says where; the rest is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read

ENGLISH = "Arnor recalled its ambassador from Gondor on Friday, the foreign ministry in the capital said."

BAD = [
    ("empty.txt", b"", "EmptyDocumentError", "no text"),
    ("blank.txt", b" \n \n", "EmptyDocumentError", "no text"),
    ("big.txt", b"Arnor attacked Gondor on Monday. " * 160_000, "TooLargeError", "limit"),
    ("binary.txt", bytes(range(256)) * 40, "NotTextError", "binary"),
    ("nul.txt", b"Arnor\x00Gondor", "NotTextError", "not text"),
    ("chinese.txt", ("中国外交部发言人表示反对" * 12).encode(), "LanguageError", "zh"),
    ("lines.jsonl", b"not json\n", "BadLineError", "lines.jsonl:1"),
    ("list.jsonl", b"[1, 2]\n", "BadLineError", "not an object"),
    ("notext.jsonl", b'{"id": "a"}\n', "BadLineError", "no text"),
    ("date.jsonl", json.dumps({"text": ENGLISH, "published_on": "soon"}).encode(), "BadDateError", "soon"),
    ("picture.png", b"\x89PNG", "UnknownKindError", ".png"),
]


@pytest.mark.parametrize(("name", "content", "error", "words"), BAD, ids=[row[0] for row in BAD])
def test_bad_input_is_one_failure_and_the_rest_is_read(
    tmp_path: Path, name: str, content: bytes, error: str, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.txt"
    good.write_text(ENGLISH)
    items = list(read([str(tmp_path / name), str(good)]))
    failures = [item for item in items if isinstance(item, Failure)]
    assert [failure.error for failure in failures] == [error]
    assert words in failures[0].message
    assert "\n" not in failures[0].message
    assert [item.id for item in items if isinstance(item, Document)] == ["good"]


def test_latin_1_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(f"{ENGLISH} The café of José stayed open.".encode("latin-1"))
    (item,) = read([str(path)])
    assert isinstance(item, Document)
    assert "café of José" in item.text


def test_text_is_kept_exactly_as_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"  {ENGLISH}\r\n\r\n{ENGLISH}\n".encode())
    (item,) = read([str(path)])
    assert isinstance(item, Document)
    assert item.text == f"  {ENGLISH}\r\n\r\n{ENGLISH}\n"


def test_facts_beside_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "a.meta.json").write_text('{"id": "x", "title": "T", "published_on": "2022-02-05"}')
    (item,) = read([str(tmp_path)])
    assert isinstance(item, Document)
    assert (item.id, item.title, str(item.published_on)) == ("x", "T", "2022-02-05")


def test_missing_path_is_a_failure() -> None:
    (item,) = read(["nowhere/at-all.txt"])
    assert isinstance(item, Failure)
    assert "nowhere/at-all.txt" in item.message


def test_same_id_with_another_text_is_a_failure(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": ENGLISH}, {"id": "a", "text": f"{ENGLISH} Again."}]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    first, second = read([str(tmp_path / "a.jsonl")])
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert second.error == "DuplicateIdError"


def test_a_line_without_id_gets_the_same_one_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ENGLISH}))
    ids = {
        item.id for _ in range(2) for item in read([str(tmp_path / "*.jsonl")]) if isinstance(item, Document)
    }
    assert len(ids) == 1
