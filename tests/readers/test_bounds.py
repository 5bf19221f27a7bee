"""Bombs, broken archives, endless lines: one failure in one line, and no more memory than a report needs."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from dragoman.errors import UsageError
from dragoman.model.documents import Document, Failure
from dragoman.readers import base
from dragoman.readers.base import read
from dragoman.readers.documents import make_document
from dragoman.readers.format_readers import reader_of

from .conftest import FORMATS, TEXT, atom_feed, html_page

Write = Callable[[str, bytes], str]
MEGABYTE = 1024 * 1024
ZEROS = b"a" * (20 * MEGABYTE)
BOMBS = {
    "bomb.txt.gz": gzip.compress(ZEROS, 9),
    "bomb.html.bz2": bz2.compress(ZEROS),
    "bomb.jsonl.xz": lzma.compress(ZEROS),
    "bomb.csv.zst": zstandard.compress(ZEROS),
    "bomb.warc.gz": gzip.compress(b"WARC/1.0\r\n" + ZEROS, 9),
    "twice.txt.gz": gzip.compress(gzip.compress(ZEROS, 9), 9),
}


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def table_of(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


BROKEN = [
    ("cut.txt.gz", gzip.compress(TEXT.encode())[:-30], "BrokenFileError", "gzip"),
    ("cut.txt.xz", lzma.compress(TEXT.encode())[:-30], "BrokenFileError", "xz"),
    ("cut.txt.bz2", bz2.compress(TEXT.encode())[:-9], "BrokenFileError", "bzip2"),
    ("cut.txt.zst", zstandard.compress(TEXT.encode() * 99)[:-9], "BrokenFileError", "zstd"),
    ("cut.zip", zip_of(a=b"x")[:-8], "BrokenFileError", "zip"),
    ("none.zip", zip_of(**{"a.png": b"x"}), "NoArticleError", "no report in the zip"),
    ("cut.parquet", FORMATS["table.parquet"][:-9], "BrokenFileError", "Parquet"),
    (
        "other.parquet",
        table_of(n=[1]),
        "ColumnError",
        "found n; name the text column with --columns text=COLUMN",
    ),
    ("numbers.parquet", table_of(text=[1]), "BadLineError", "numbers.parquet, row 1"),
    ("other.csv", b"a,b\n1,2\n", "ColumnError", "no column 'text'; found a, b"),
    ("open.csv", b'text,id\n"never closed, ' + b"x" * 900_000, "BrokenFileError", "open.csv, row 2"),
    ("mac.csv", b"text,id\rArnor left,1\r", "BrokenFileError", "mac.csv, row 1: broken row"),
    ("nothing.csv", b"\n\n", "EmptyDocumentError", "no text"),
    ("cut.json", b'{"text": "a', "BrokenFileError", "JSON"),
    ("deep.json", b"[" * 100_000, "BrokenFileError", "nested too deep"),
    ("number.json", b'{"text": ' + b"9" * 5000 + b"}", "BrokenFileError", "too long"),
    ("half.jsonl", b'{"text": "\\ud800"}', "EmptyDocumentError", "no text"),
    ("text.html", b"<html><body></body></html>", "NoArticleError", "no report found on the page"),
    ("tags.html", b"<html><body>" + b"<p>x" * 70_000, "NoArticleError", "more than 60,000 tags"),
    ("binary.html", bytes(range(256)) * 9, "NotTextError", "binary"),
    (
        "empty.xml",
        b"<rss version='2.0'><channel><title>x</title></channel></rss>",
        "NoArticleError",
        "no items",
    ),
    ("no.xml", b"<?xml version='1.0'?><catalogue/>", "BrokenFileError", "neither RSS nor Atom"),
    ("laughs.xml", b"<!DOCTYPE r [<!ENTITY a 'b'>]>" + atom_feed().encode(), "BrokenFileError", "entities"),
    ("no.warc", b"WARC/1.0\r\nnonsense", "NoArticleError", "no page"),
    ("cut.warc", FORMATS["crawl.warc"].replace(b"WARC/1.", b"WRAC/1."), "BrokenFileError", ""),
    ("picture.jpg", b"\xff\xd8\xff\xe0", "UnknownKindError", ".jpg files cannot be read"),
    ("a.tar.gz", gzip.compress(b"x\x00" * 600), "UnknownKindError", ".tar files cannot be read"),
    ("german.html", html_page().encode(), "LanguageError", "'de', not English"),
    ("x" * 251 + ".txt", None, "UnreadableError", "x"),
]


@pytest.mark.parametrize(("name", "content", "error", "words"), BROKEN, ids=[row[0][:20] for row in BROKEN])
def test_a_broken_file_is_one_failure(
    write: Write, name: str, content: bytes | None, error: str, words: str
) -> None:
    if name.startswith("german"):
        sentence = "Das Außenministerium erklärte am Montag, man werde die Verhandlungen nicht fortsetzen. "
        content = f"<html><body><article><p>{sentence * 5}</p></article></body></html>".encode()
    path = write(name, content) if content is not None else name
    (item,) = read([path])
    assert isinstance(item, Failure)
    assert (item.error, words in item.message) == (error, True), item
    assert item.message.isprintable()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_memory(write: Write, name: str) -> None:
    path = write(name, BOMBS[name])
    tracemalloc.start()
    try:
        (item,) = read([path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(item, Failure)
    assert item.error != "EmptyDocumentError", item
    assert peak < 64 * MEGABYTE


def test_bombs_in_a_zip_do_not_take_the_others_with_them(write: Write) -> None:
    inner = zip_of(**{"a.txt": ZEROS})
    nested = zip_of(**{"b.zip": zip_of(**{"c.zip": zip_of(**{"d.zip": inner})})})
    content = zip_of(**{"a.html": ZEROS, "b.zip": nested, "good.html": html_page().encode()})
    items = list(read([write("all.zip", content)]))
    assert [type(item) for item in items] == [Failure, Failure, Document]
    assert "more than three times over" in items[1].message  # type: ignore[union-attr]


def test_a_zip_member_that_lies_about_its_size(write: Write) -> None:
    content = bytearray(zip_of(**{"a.html": ZEROS}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    (item,) = read([write("lie.zip", bytes(content))])
    assert isinstance(item, Failure)


def test_a_zip_member_without_a_name_is_passed_over(write: Write) -> None:
    content = zip_of(**{"X.txt": b"nothing", "good.html": html_page().encode()}).replace(b"X.txt", b"\0.txt")
    (item,) = read([write("nameless.zip", content)])
    assert isinstance(item, Document)


def test_a_fault_of_a_reader_is_told_as_one_and_the_rest_is_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(source: object) -> Iterator[Document]:
        yield make_document({"text": TEXT, "id": "first"}, where="here")
        raise IndexError("list index out of range")

    monkeypatch.setattr(base, "reader_of", lambda kind: faulty if kind == "jsonl" else reader_of(kind))
    items = list(read([write("a.jsonl", b"{}"), write("b.html", html_page().encode())]))
    assert [type(item) for item in items] == [Document, Failure, Document]
    assert items[1].error == "ReaderFaultError"  # type: ignore[union-attr]
    assert "IndexError: list index out of range" in items[1].message  # type: ignore[union-attr]


def test_an_encrypted_member_is_told(write: Write) -> None:
    content = bytearray(zip_of(**{"a.txt": TEXT.encode()}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (item,) = read([write("secret.zip", bytes(content))])
    assert isinstance(item, Failure)
    assert "encrypted" in item.message


def test_a_line_without_end_is_one_failure_and_the_next_line_is_read(write: Write, tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": TEXT}).encode()
    path = write("a.jsonl", b'{"text": "' + b"x" * (9 * MEGABYTE) + b'"}\n' + good)
    first, second = read([path])
    assert isinstance(first, Failure)
    assert "a.jsonl:1: more than" in first.message
    assert isinstance(second, Document)


def test_a_file_of_something_else_does_not_fill_the_record(write: Write) -> None:
    items = list(read([write("a.jsonl.gz", gzip.compress(b"{}\n" * 1_000_000))]))
    assert len(items) == 102
    assert "1000 lines in a row are no reports" in items[-2].message  # type: ignore[union-attr]


def test_many_lines_are_streamed(write: Write) -> None:
    line = json.dumps({"text": TEXT + " More of it." * 3000}).encode()
    path = write("a.jsonl", b"\n".join(line for _ in range(500)))
    tracemalloc.start()
    try:
        assert sum(isinstance(item, Document) for item in read([path])) == 500
        assert tracemalloc.get_traced_memory()[1] < 8 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_one_broken_row_does_not_take_the_table_with_it(write: Write) -> None:
    rows = [
        "id,text,published_on",
        f'a,"{TEXT}",2022-02-15',
        f'b,"{TEXT}",03/04/2022',
        "c,,",
        f'd,"{TEXT} Now."',
    ]
    items = list(read([write("a.csv", "\n".join(rows).encode())]))
    assert [item.id if isinstance(item, Document) else item.error for item in items] == [
        "a", "BadDateError", "EmptyDocumentError", "d",
    ]  # fmt: skip
    assert "a.csv, row 3: published_on is '03/04/2022'" in items[1].message  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "options",
    [{"kind": "papyrus"}, {"columns": {"body": "text"}}, {"columns": {"text": ""}}],
    ids=["kind", "field", "column"],
)
def test_what_the_caller_got_wrong_is_said_at_once(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        read(["a.txt"], **options)  # type: ignore[arg-type]
