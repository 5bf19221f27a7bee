"""The same report reads the same in every format, packed or not, whatever the file is called."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read

from .conftest import DAY, FORMATS, PARAGRAPHS, TEXT, TITLE, URL, html_page, news_please

Write = Callable[[str, bytes], str]
ROOT = Path(__file__).parents[2]
STORIES = ROOT.parent / "shared" / "gold" / "stories.jsonl"
PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.compress}


def only(path: str, **options: object) -> Document:
    (item,) = read([path], **options)  # type: ignore[arg-type]
    assert isinstance(item, Document), item
    return item


def check(document: Document) -> None:
    assert document.text.split() == TEXT.split()
    assert document.title == TITLE
    assert document.published_on == DAY
    assert document.publisher == "Arnor Times"
    assert (document.url or "").startswith(URL)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_report(write: Write, name: str) -> None:
    check(only(write(name, FORMATS[name])))


def test_every_format_gives_the_same_id(write: Write) -> None:
    assert len({only(write(name, content)).id for name, content in FORMATS.items()}) == 1


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("suffix", PACKERS)
def test_every_format_is_read_packed(write: Write, name: str, suffix: str) -> None:
    check(only(write(f"{name}{suffix}", PACKERS[suffix](FORMATS[name]))))


@pytest.mark.parametrize("name", [n for n in FORMATS if not n.endswith((".csv", ".tsv"))])
def test_the_kind_is_seen_without_a_suffix(write: Write, name: str) -> None:
    check(only(write("nameless", FORMATS[name])))


@pytest.mark.parametrize("name", ["page.html", "feed.xml", "crawl.warc", "table.parquet"])
@pytest.mark.parametrize("lie", [".txt", ".json", ".xml", ".dat"])
def test_the_kind_is_seen_when_the_suffix_lies(write: Write, name: str, lie: str) -> None:
    check(only(write(f"lying{lie}", FORMATS[name])))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_from_standard_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BufferedReader(io.BytesIO(FORMATS[name]))  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "stdin", Input)
    check(only("-", kind="csv" if name.endswith((".csv", ".tsv")) else None))


def test_a_zip_of_documents(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FORMATS.items():
            archive.writestr(f"folder/{name}", content)
        archive.writestr("folder/page.html.gz", gzip.compress(FORMATS["page.html"]))
        archive.writestr("folder/picture.png", b"\x89PNG")
        archive.writestr("__MACOSX/._page.html", b"\x00")
    items = list(read([str(path)]))
    assert len(items) == len(FORMATS) + 1
    for item in items:
        assert isinstance(item, Document), item
        check(item)


def test_a_folder_and_a_glob(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, content in FORMATS.items():
        (tmp_path / "in" / name).write_bytes(content)
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "in" / ".hidden.html").write_bytes(b"<html></html>")
    items = list(read([str(tmp_path / "in" / "*.[hxajpwt]*[!g]")]))
    assert all(isinstance(item, Document) for item in items), items
    assert len(items) >= len(FORMATS) - 3
    items = list(read([str(tmp_path)]))
    assert sum(isinstance(item, Document) for item in items) == len(FORMATS)
    # What cannot be read is named, never passed over in silence.
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert failure.message.startswith("picture.png: .png files cannot be read")


def test_text_that_looks_like_markup_stays_as_it_is(write: Write) -> None:
    text = (
        "<Arnor> {Gondor}\r\nRead more: Arnor attacked Gondor on Monday.\n\nRead more: Arnor attacked Gondor."
    )
    assert only(write("a.txt", text.encode())).text == text


def test_meta_beside_a_page_is_believed(write: Write, tmp_path: Path) -> None:
    path = write("page.html", html_page().encode())
    (tmp_path / "page.meta.json").write_text(json.dumps({"id": "mine", "published_on": "2022-03-01"}))
    document = only(path)
    assert (document.id, str(document.published_on), document.title) == ("mine", "2022-03-01", TITLE)


def test_columns_of_the_callers_own(write: Write) -> None:
    content = f'nr,what,when,odd\n7,"{TEXT}",2022-02-15,x\n'.encode()
    document = only(write("a.csv", content), columns={"id": "nr", "text": "what", "published_on": "when"})
    assert (document.id, document.text, document.published_on) == ("7", TEXT, DAY)


def test_gdelt_article_list_gives_headlines(write: Write) -> None:
    rows = [{"url": URL, "title": TITLE, "seendate": "20220215T233000Z", "domain": "arnor-times.example",
             "language": "English", "sourcecountry": "Arnor"}]  # fmt: skip
    document = only(write("a.json", json.dumps({"articles": rows}).encode()))
    assert (document.text, document.published_on) == (TITLE, DAY)
    assert document.publisher == "arnor-times.example"


def test_a_text_of_news_please_that_is_none_is_a_failure(write: Write) -> None:
    (item,) = read([write("a.json", json.dumps({**news_please(), "maintext": None}).encode())])
    assert isinstance(item, Failure)
    assert "a.json" in item.message


def test_plain_text_loads_none_of_the_libraries(write: Write) -> None:
    path = write("a.txt", TEXT.encode())
    program = (
        "import sys; from dragoman.readers.base import read; "
        f"assert len(list(read([{path!r}]))) == 1; "
        "print([m for m in ('trafilatura', 'pyarrow', 'feedparser', 'fastwarc', 'lxml', 'http.client')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not STORIES.exists(), reason="the shared reports are not here")
def test_shared_reports_read_the_same_in_all_formats(tmp_path: Path) -> None:
    path = ROOT / "benchmarks" / "formats.py"
    spec = importlib.util.spec_from_file_location("formats", path)
    assert spec is not None
    assert spec.loader is not None
    formats = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(formats)
    rows = [json.loads(line) for line in STORIES.read_text(encoding="utf-8").splitlines()[:100]]
    found = {name: list(read(paths)) for name, paths in formats.render(rows, tmp_path).items()}
    for name in ("html", "rss", "warc"):
        for given, other in zip(found["jsonl"], found[name], strict=True):
            assert formats.is_same(given, other), (name, given.url)


def test_nothing_but_the_notices_is_left_out(write: Write) -> None:
    assert only(write("page.html", html_page().encode())).text.split("\n\n") == list(PARAGRAPHS)
