"""Hostile files, and files with one broken part: reported, within limits, and the rest read."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from dragoman.model.documents import Document, Failure
from dragoman.readers import table_rows
from dragoman.readers.base import MOST_OF_A_KIND, read
from dragoman.settings import MAX_FEED_ITEMS, MAX_JSON_VALUES, MAX_TAG_ATTRIBUTES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Arnor recalled its ambassador from Gondor on Friday, the foreign ministry said."


def _read(folder: Path, name: str, content: bytes) -> list[Document | Failure]:
    path = folder / name
    path.write_bytes(content)
    return list(read([str(path)]))


def _told(items: list[Document | Failure]) -> list[str]:
    return [item.error if isinstance(item, Failure) else item.text for item in items]


def test_items_without_content_are_counted(tmp_path: Path) -> None:
    feed = b"<rss version='2.0'><channel>" + b"<item/>" * (MAX_FEED_ITEMS + 1) + b"</channel></rss>"
    (item,) = _read(tmp_path, "feed.xml.gz", gzip.compress(feed))
    assert isinstance(item, Failure)
    assert item.error == "OversizeError"
    assert "10,000 items in one feed" in item.message


@pytest.mark.parametrize("piece", [b"{},", b"[],", b"1,"])
def test_json_values_are_counted(tmp_path: Path, piece: bytes) -> None:
    content = b"[" + piece * MAX_JSON_VALUES + b"1]"
    (item,) = _read(tmp_path, "list.json", content)
    assert isinstance(item, Failure)
    assert "values in one JSON file" in item.message


def test_many_failures_of_one_kind_are_one_with_a_count(tmp_path: Path) -> None:
    rows = [{"id": str(number), "text": ""} for number in range(500)]
    content = "\n".join(map(json.dumps, [*rows, {"id": "good", "text": TEXT}])).encode()
    items = _read(tmp_path, "rows.jsonl", content)
    failures = [item for item in items if isinstance(item, Failure)]
    assert len(failures) == MOST_OF_A_KIND + 1
    assert "400 more failures" in failures[-1].message
    assert [item.id for item in items if isinstance(item, Document)] == ["good"]


@pytest.mark.parametrize("attribute", [" a{}", ' a{}="b"', " a{}='>'", "/a{}=b", "\na{} = b"])
def test_a_tag_has_so_many_attributes_at_most(tmp_path: Path, attribute: str) -> None:
    many = "".join(attribute.format(number) for number in range(2 * MAX_TAG_ATTRIBUTES))
    page = f"<html><body><p{many}>{TEXT}</p></body></html>".encode()
    (item,) = _read(tmp_path, "page.html", page)
    assert isinstance(item, Failure)
    assert "attributes" in item.message


def test_one_long_attribute_is_no_harm(tmp_path: Path) -> None:
    page = f'<html><body><article><p data-x="{"a b " * 4000}">{TEXT} {TEXT}</p></article></body></html>'
    (item,) = _read(tmp_path, "page.html", page.encode())
    assert isinstance(item, Document)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (b"Arnor\x00,b\n", "NotTextError"),
        (b'"never closed,b\n', "BrokenFileError"),
        (b",b\n", "EmptyDocumentError"),
    ],
)
def test_a_bad_row_loses_nothing_behind_it(tmp_path: Path, row: bytes, error: str) -> None:
    content = b"text,id\n" + TEXT.encode().replace(b",", b"") + b",a\n" + row + b"Mordor left,c\n"
    assert _told(_read(tmp_path, "rows.csv", content)) == [TEXT.replace(",", ""), error, "Mordor left"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_file_of_empty_lines_is_given_up(tmp_path: Path, name: str) -> None:
    (item,) = _read(tmp_path, name, (b"text,id\n" if name == "a.csv" else b"") + b"\n" * 200_000)
    assert isinstance(item, Failure)
    assert "100,000 empty lines in a row" in item.message


def test_a_row_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rows, "MAX_ROW_CHARACTERS", 1_000)
    endless = b'a,"\n",' * 300 + b"\n"
    items = _read(tmp_path, "rows.csv", b"text,id\n" + endless + b"Mordor left,c\n")
    assert "BrokenFileError" in _told(items)
    assert len(items) < 400


def test_what_lies_in_archives_in_archives_counts_once(tmp_path: Path) -> None:
    inner = gzip.compress(gzip.compress(gzip.compress((b"x" * 99_999 + b"\n") * 200)))
    items = _read(tmp_path, "deep.jsonl.gz", inner)
    assert "PackedTooTightError" in _told(items)


def test_the_files_of_a_small_zip_have_a_bound_together(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"{number}.jsonl", (b"x" * 99_999 + b"\n") * 80)
    items = _read(tmp_path, "many.zip", out.getvalue())
    assert "PackedTooTightError" in _told(items)


def _record(url: str, body: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {url}\r\nContent-Type: text/plain\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)


def test_a_record_that_is_cut_off_is_told_and_not_half_read(tmp_path: Path) -> None:
    whole = _record("http://arnor.example/1", TEXT.encode()) + _record(
        "http://arnor.example/2", TEXT.encode() * 3
    )
    items = _read(tmp_path, "cut.warc", whole[:-60])
    assert _told(items) == [TEXT, "BrokenFileError"]


def test_a_blank_record_is_told(tmp_path: Path) -> None:
    content = _record("http://arnor.example/1", b"  \n") + _record("http://arnor.example/2", TEXT.encode())
    assert _told(_read(tmp_path, "blank.warc", content)) == ["EmptyDocumentError", TEXT]


def _feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>x</title>{''.join(items)}</channel></rss>".encode()


def _item(day: str, text: str = TEXT) -> str:
    return f"<item><title>Envoy</title><pubDate>{day}</pubDate><description>{text}</description></item>"


@pytest.mark.parametrize("day", ["05/04/2023", "05.04.2023", "5-4-2023 10:00"])
def test_a_feed_day_that_can_be_read_two_ways_is_refused(tmp_path: Path, day: str) -> None:
    assert _told(_read(tmp_path, "feed.xml", _feed(_item(day)))) == ["BadDateError"]


@pytest.mark.parametrize("day", ["3 hours ago", "yesterday", "just now"])
def test_no_day_of_a_feed_is_taken_from_the_clock(tmp_path: Path, day: str) -> None:
    (item,) = _read(tmp_path, "feed.xml", _feed(_item(day)))
    assert isinstance(item, Document)
    assert item.published_on is None


def test_a_feed_that_is_cut_off_tells_of_its_last_item(tmp_path: Path) -> None:
    content = _feed(_item("Tue, 15 Feb 2022 10:00:00 GMT"), _item("Wed, 16 Feb 2022 10:00:00 GMT"))
    assert _told(_read(tmp_path, "feed.xml", content[: content.rindex(b"<pubDate>") + 9])) == [
        TEXT,
        "BrokenFileError",
    ]


def test_markup_that_is_escaped_twice_is_no_text(tmp_path: Path) -> None:
    text = "&amp;lt;p&amp;gt;Arnor recalled its envoy.&amp;lt;/p&amp;gt;"
    (item,) = _read(tmp_path, "feed.xml", _feed(_item("Tue, 15 Feb 2022 10:00:00 GMT", text)))
    assert isinstance(item, Document)
    assert item.text == "Arnor recalled its envoy."


def test_pasted_windows_text_does_not_spoil_the_rest(tmp_path: Path) -> None:
    content = "Éomer’s envoy left the café. ".encode() + "A naïve minister stayed.".encode("cp1252")
    (item,) = _read(tmp_path, "mixed.txt", content)
    assert isinstance(item, Document)
    assert item.text == "Éomer’s envoy left the café. A naïve minister stayed."


def test_rtf_is_read_as_what_it_is_and_refused_as_text(tmp_path: Path) -> None:
    content = b"{\\rtf1\\ansi Arnor left.\\par}"
    assert _told(_read(tmp_path, "a.txt", content)) == ["Arnor left."]
    assert _told(list(read([str(tmp_path / "a.txt")], kind="text"))) == ["WrongKindError"]


def test_half_a_character_is_dropped(tmp_path: Path) -> None:
    (item,) = _read(tmp_path, "a.jsonl", b'{"text": "Arnor \\ud83d left Gondor."}')
    assert isinstance(item, Document)
    assert item.text == "Arnor  left Gondor."


def test_a_page_changed_later_has_the_day_it_shows(tmp_path: Path) -> None:
    page = (
        '<html><head><meta name="last-modified" content="2024-11-01"></head><body><article>'
        f'<span class="date">Published 8 March 2022</span><p>{TEXT} {TEXT}</p></article></body></html>'
    )
    (item,) = _read(tmp_path, "page.html", page.encode())
    assert isinstance(item, Document)
    assert str(item.published_on) == "2022-03-08"


def test_a_second_report_of_an_id_fails_under_a_name_of_its_own(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": TEXT}, {"id": "a", "text": "Mordor left."}]
    first, second = _read(tmp_path, "rows.jsonl", "\n".join(map(json.dumps, rows)).encode())
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert second.document_id != first.id
