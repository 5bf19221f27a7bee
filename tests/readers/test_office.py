"""Documents of word processors, PDF files, workbooks and mail; broken and hostile ones."""

from __future__ import annotations

import builtins
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from dragoman.model.documents import DatabaseArticle, Document, Failure
from dragoman.readers.base import read

from . import exported_articles as exports
from .exported_articles import ARTICLES
from .office_files import docx_file, odt_file, page, pdf_file, rtf_file

Write = Callable[[str, bytes], str]
TITLE = "Arnor recalls its envoy"
PARAGRAPHS = (
    "Arnor recalled its ambassador from Gondor on Monday.",
    "“We will not be silent,” the foreign minister, Éomer, told reporters – twice.",
    "Gondor said it regretted the decision and called for talks.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def one(path: str, **options: Any) -> Document:
    items = list(read([path], **options))
    assert len(items) == 1, items
    assert isinstance(items[0], Document), items
    return items[0]


def failed(path: str, **options: Any) -> Failure:
    items = list(read([path], **options))
    assert len(items) == 1, items
    assert isinstance(items[0], Failure), items
    return items[0]


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("report.docx", docx_file(PARAGRAPHS), None),
        ("headed.docx", docx_file(PARAGRAPHS, heading=TITLE), TITLE),
        ("report.rtf", rtf_file(PARAGRAPHS), None),
        ("called.doc", rtf_file(PARAGRAPHS), None),
        ("report.odt", odt_file(PARAGRAPHS), None),
        ("headed.odt", odt_file(PARAGRAPHS, heading=TITLE), TITLE),
        ("nameless", docx_file(PARAGRAPHS), None),
        ("misnamed.txt", docx_file(PARAGRAPHS), None),
        ("misnamed.html", rtf_file(PARAGRAPHS), None),
    ],
)
def test_a_report_of_a_word_processor(write: Write, name: str, content: bytes, title: str | None) -> None:
    document = one(write(name, content))
    assert document.title == title
    assert document.text == (f"{title}\n\n{TEXT}" if title else TEXT)


def test_facts_beside_an_office_file(write: Write) -> None:
    write("report.meta.json", b'{"published_on": "2022-03-07", "publisher": "Arnor Times"}')
    document = one(write("report.docx", docx_file(PARAGRAPHS)))
    assert (document.published_on, document.publisher) == (dt.date(2022, 3, 7), "Arnor Times")


def test_tracked_deletions_tables_and_controls_of_a_word_document(write: Write) -> None:
    content = docx_file(["Arnor recalled its envoy.", "MARK", "Subject:\tpeace"])
    body = (
        '</w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>Gondor lied.</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>Gondor regretted it.</w:t></w:r></w:ins><w:r><w:t>'
    )
    changed = _changed(content, "word/document.xml", lambda xml: xml.replace(b"MARK", body.encode()))
    assert (
        one(write("a.docx", changed)).text
        == "Arnor recalled its envoy.\n\nGondor regretted it.\n\nSubject: peace"
    )


def _changed(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == member else data)
    return out.getvalue()


def test_bytes_that_a_code_page_does_not_have_do_not_lose_the_rest(write: Write) -> None:
    content = rtf_file([PARAGRAPHS[0]]).replace(b"Monday", b"Monday\\'81")
    assert one(write("a.rtf", content)).text.startswith("Arnor recalled its ambassador from Gondor on Monday")


# PDF


LEFT = (
    "Arnor recalled its ambassador from",
    "Gondor on Monday after sol-",
    "diers crossed the river between the",
    "two, the foreign ministry said.",
    "It called the cross-",
    "border raid a grave breach of the",
    "treaty and demanded an apology.",
)
RIGHT = (
    "Gondor denied that a cross-border raid",
    "took place. It said it regretted the",
    "decision and called for talks.",
    "Rohan offered to host them.",
)


def columns(number: int) -> list[tuple[float, float, str]]:
    placed = [(60.0, 40.0, f"THE MINAS COURIER, March {number}, 2022"), (300.0, 770.0, str(number))]
    placed += [(60.0, 90.0, f"{TITLE}, part {number}, and a heading right across both of the columns of it")]
    placed += [(60.0, 130.0 + 12 * row, line) for row, line in enumerate(LEFT)]
    placed += [(330.0, 130.0 + 12 * row, line) for row, line in enumerate(RIGHT)]
    return placed


def test_columns_hyphens_and_running_heads_of_a_pdf(write: Write) -> None:
    document = one(write("a.pdf", pdf_file([columns(number) for number in (1, 2, 3)])))
    expected = [
        paragraph
        for number in (1, 2, 3)
        for paragraph in (
            f"{TITLE}, part {number}, and a heading right across both of the columns of it",
            "Arnor recalled its ambassador from Gondor on Monday after soldiers crossed the river "
            "between the two, the foreign ministry said.",
            "It called the cross-border raid a grave breach of the treaty and demanded an apology.",
            "Gondor denied that a cross-border raid took place. It said it regretted the decision and "
            "called for talks.",
            "Rohan offered to host them.",
        )
    ]
    assert document.text.split("\n\n") == expected


def test_a_sentence_that_goes_on_in_the_next_column(write: Write) -> None:
    placed = [(60.0, 100.0 + 12 * row, line) for row, line in enumerate(LEFT[:3])]
    placed += [(330.0, 100.0 + 12 * row, line) for row, line in enumerate(LEFT[3:4])]
    assert one(write("a.pdf", pdf_file([placed]))).text == (
        "Arnor recalled its ambassador from Gondor on Monday after soldiers crossed the river between "
        "the two, the foreign ministry said."
    )


def test_an_export_as_pdf(write: Write) -> None:
    lines = [line.replace("\u00a0", " ") for line in exports.nexis_uni() if line and "Search" not in line]
    articles: list[list[tuple[float, float, str]]] = [[]]
    top = 100.0
    for line in lines:
        for part in _broken(line):
            articles[-1].append((60.0, top, part))
            top += 12
        top += 14
        if line == "End of Document" or top > 640:
            articles.append([])
            top = 100.0
    items = list(read([write("a.pdf", pdf_file(articles))]))
    assert [(i.title, i.publisher, i.published_on, i.section, i.byline, i.words) for i in items] == [
        (a.title, a.publisher, a.day, a.section.upper(), a.byline, a.words) for a in ARTICLES
    ]
    assert [item.text for item in items] == [a.text for a in ARTICLES]


def _broken(line: str) -> list[str]:
    import textwrap

    return textwrap.wrap(line, 92) or [""]


def test_a_scan_is_said_to_have_no_text(write: Write) -> None:
    failure = failed(write("scan.pdf", pdf_file([[], []])))
    assert failure.error == "NoArticleError"
    assert "without a text layer" in failure.message


def test_too_many_pages(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.readers.office.pdf.MAX_PDF_PAGES", 2)
    failure = failed(write("a.pdf", pdf_file([columns(1)] * 3)))
    assert failure.error == "OversizeError"


def test_a_pdf_that_unpacks_to_a_bomb(write: Write) -> None:
    bomb = zlib.compress(b"0 0 m " * 20_000_000, 9)
    content = pdf_file([columns(1)]).replace(
        b"%%EOF", b"9 0 obj\n<< >>\nstream\n" + bomb + b"\nendstream\n%%EOF"
    )
    assert failed(write("a.pdf", content)).error == "PackedTooTightError"


# Workbooks


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_a_report_a_row(write: Write) -> None:
    content = workbook(
        {
            "Reports": [
                ["headline", "body", "date", "source"],
                [TITLE, TEXT, dt.datetime(2022, 3, 7), "Arnor Times"],
                [None, None, None, None],
                ["Another", PARAGRAPHS[2], "8 March 2022", "Arnor Times"],
                ["Undated", PARAGRAPHS[0], "someday", None],
                ["Empty", None, None, None],
            ],
            "Notes": [["what", "who"], ["ask for more", "me"]],
            "Blank": [],
        }
    )
    items = list(read([write("a.xlsx", content)]))
    documents = [item for item in items if isinstance(item, Document)]
    assert [(d.title, d.published_on, d.publisher) for d in documents] == [
        (TITLE, dt.date(2022, 3, 7), "Arnor Times"),
        ("Another", dt.date(2022, 3, 8), "Arnor Times"),
    ]
    assert documents[0].text == TEXT
    failures = [item.message for item in items if isinstance(item, Failure)]
    assert failures[0].startswith("a.xlsx, sheet Reports, row 5: published_on is 'someday'")
    assert failures[1].startswith("a.xlsx, sheet Reports, row 6: no text")
    assert failures[2].startswith("a.xlsx, sheet Notes: no column 'text'; found what, who")
    assert len(failures) == 3


def test_columns_of_a_workbook_that_the_caller_names(write: Write) -> None:
    content = workbook({"A": [["story", "when"], [TEXT, "2022-03-07"]]})
    document = one(write("a.xlsx", content), columns={"text": "story", "published_on": "when"})
    assert (document.text, document.published_on) == (TEXT, dt.date(2022, 3, 7))


# Mail


def message(**parts: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Arnor Times <news@arnor.example>"
    made["To"] = "reader@shire.example"
    made["Subject"] = TITLE
    made["Date"] = "Mon, 07 Mar 2022 23:30:00 -0500"
    made.set_content(parts.get("plain", "\r\n\r\n".join(PARAGRAPHS)))
    if "html" in parts:
        made.add_alternative(parts["html"], subtype="html")
    return made


def test_a_message(write: Write) -> None:
    document = one(write("a.eml", message().as_bytes()))
    assert document.text == TEXT
    assert (document.title, document.publisher) == (TITLE, "Arnor Times")
    assert document.published_on == dt.date(2022, 3, 7)
    assert one(write("nameless", message().as_bytes())).text == TEXT


def test_a_message_that_is_only_a_page(write: Write) -> None:
    made = message()
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    made.set_content(
        f"<html><body>{body}<img src='https://track.example/x.gif'></body></html>", subtype="html"
    )
    assert one(write("a.eml", made.as_bytes())).text == TEXT


def test_files_in_a_message_are_read_and_what_cannot_be_is_named(write: Write) -> None:
    made = message(plain="The export is attached, as promised on Monday.")
    made.add_attachment(
        docx_file(exports.nexis_uni()), maintype="application", subtype="x", filename="nexis.docx"
    )
    made.add_attachment(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50,
        maintype="application",
        subtype="x",
        filename="old.doc",
    )
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    items = list(read([write("a.eml", made.as_bytes())]))
    assert [item.title for item in items[1:6]] == [a.title for a in ARTICLES]
    assert isinstance(items[6], Failure)
    assert items[6].message.startswith("a.eml/old.doc: .doc files cannot be read (this one is a Word, Excel")
    assert len(items) == 7


def test_an_export_that_was_mailed(write: Write) -> None:
    made = message(plain="See below.")
    made.set_content(page(exports.factiva()).decode(), subtype="html")
    items = list(read([write("a.eml", made.as_bytes())]))
    assert [item.title for item in items] == [a.title for a in ARTICLES]
    assert all(isinstance(item, DatabaseArticle) for item in items)


def test_a_mailbox(write: Write) -> None:
    second = message(plain="From the border, Gondor denied it.\n\nFrom Arnor came no answer on Tuesday.")
    empty = message(plain="")
    separator = b"From news@arnor.example Mon Mar  7 23:30:00 2022\n"
    parts = [part.as_bytes().replace(b"\nFrom ", b"\n>From ") for part in (message(), second, empty)]
    content = b"\n".join(separator + part for part in parts)
    for name in ("a.mbox", "nameless"):
        first, other, failure = read([write(name, content)])
        assert isinstance(first, Document)
        assert isinstance(other, Document)
        assert first.text == TEXT
        assert other.text == "From the border, Gondor denied it.\n\nFrom Arnor came no answer on Tuesday."
        assert isinstance(failure, Failure)
        assert failure.message.startswith(f"{name}, message 3: no text")


def test_a_message_that_is_too_large(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.readers.office.mail.MAX_MESSAGE_BYTES", 2_000)
    separator = b"From news@arnor.example Mon Mar  7 23:30:00 2022\n"
    large = message(plain="Arnor waits. " * 1_000).as_bytes()
    first, second = read([write("a.mbox", separator + large + b"\n\n" + separator + message().as_bytes())])
    assert isinstance(first, Failure)
    assert (first.error, isinstance(second, Document)) == ("OversizeError", True)


# What is no such file, broken or hostile


def bomb(size: int = 40_000_000) -> bytes:
    out = io.BytesIO(docx_file(PARAGRAPHS))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bmp", b"\x00" * size)
    return out.getvalue()


def with_entities(content: bytes, member: str) -> bytes:
    def declared(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"?>")
        entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return head + b"?>" + entity + rest

    return _changed(content, member, declared)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BAD: list[tuple[str, bytes, str, str]] = [
    ("old.doc", OLE, "UnknownKindError", "save it as .docx"),
    ("old.xls", OLE, "UnknownKindError", "of the old kind"),
    ("old.txt", OLE, "WrongKindError", "this is a Word, Excel, PowerPoint or Outlook file of the old kind"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "WrongKindError", "this is a PNG picture"),
    (
        "picture.docx",
        b"\xff\xd8\xff\xe0" + b"\x00" * 50,
        "WrongKindError",
        "a JPEG picture, not a Word document",
    ),
    ("text.docx", b"Arnor recalled its envoy.", "WrongKindError", "not a Word document"),
    ("text.pdf", b"Arnor recalled its envoy.", "WrongKindError", "not a PDF file"),
    (
        "slides.pptx",
        zipped(ppt__presentation__xml=b"<x/>").replace(b"presentation/xml", b"presentation.xml"),
        "WrongKindError",
        "a PowerPoint presentation",
    ),
    ("cut.docx", docx_file(PARAGRAPHS)[:-200], "BrokenFileError", ""),
    ("cut.odt", odt_file(PARAGRAPHS)[:-200], "BrokenFileError", ""),
    ("cut.pdf", pdf_file([columns(1)])[:120], "BrokenFileError", ""),
    ("bomb.docx", bomb(), "PackedTooTightError", "expands to more than"),
    (
        "entities.docx",
        with_entities(docx_file(PARAGRAPHS), "word/document.xml"),
        "BrokenFileError",
        "entities",
    ),
    ("entities.odt", with_entities(odt_file(PARAGRAPHS), "content.xml"), "BrokenFileError", "entities"),
    (
        "broken.docx",
        _changed(docx_file(PARAGRAPHS), "word/document.xml", lambda xml: xml[:200]),
        "BrokenFileError",
        "",
    ),
    (
        "broken.odt",
        _changed(odt_file(PARAGRAPHS), "content.xml", lambda xml: xml[:200]),
        "BrokenFileError",
        "",
    ),
    (
        "broken.xlsx",
        _changed(workbook({"A": [["text"], [TEXT]]}), "xl/worksheets/sheet1.xml", lambda xml: xml[:90]),
        "BrokenFileError",
        "",
    ),
    ("empty.docx", docx_file([]), "EmptyDocumentError", ""),
    ("empty.rtf", rtf_file([]), "EmptyDocumentError", ""),
    ("empty.xlsx", workbook({"A": []}), "EmptyDocumentError", ""),
    ("nested.rtf", b"{\\rtf1 " + b"{" * 200_000, "EmptyDocumentError", ""),
    ("binary.rtf", b"{\\rtf1\\ansi\\u99999999?\\u-70000? \\'zz" + bytes(range(256)) + b"}", "", ""),
    ("nothing.eml", b"Subject: x\r\nFrom: a@b.c\r\n\r\n", "EmptyDocumentError", ""),
]


@pytest.mark.parametrize(("name", "content", "error", "words"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_one_failure(write: Write, name: str, content: bytes, error: str, words: str) -> None:
    (item,) = read([write(name, content)])
    if not error:
        return
    assert isinstance(item, Failure)
    assert (item.error, words in item.message) == (error, True), item


def test_a_folder_lists_what_cannot_be_read(tmp_path: Path) -> None:
    files = {
        "a.docx": docx_file(PARAGRAPHS),
        "b.doc": OLE,
        "c.jpg": b"\xff\xd8\xff\xe0",
        "d.sqlite": b"SQLite format 3\x00",
        "README": b"Arnor recalled its envoy on Monday.",
        "e": docx_file(["Another report of Arnor."]),
        "f.7z": b"7z\xbc\xaf\x27\x1c",
        ".hidden": b"x",
        "a.meta.json": b"{}",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    items = list(read([str(tmp_path)]))
    assert sum(isinstance(item, Document) for item in items) == 2
    messages = [item.message for item in items if isinstance(item, Failure)]
    assert [message.partition(":")[0] for message in messages] == [
        "README",
        "b.doc",
        "c.jpg",
        "d.sqlite",
        "f.7z",
    ]
    assert "this one is a JPEG picture" in messages[2]


def test_office_files_in_a_zip_and_a_zip_of_one_kind(write: Write) -> None:
    content = zipped(a=docx_file(PARAGRAPHS))
    assert one(write("a.zip", content)).text == TEXT
    assert one(write("b.zip", content), kind="docx").text == TEXT


@pytest.mark.parametrize(
    ("name", "content", "package", "words"),
    [
        ("a.docx", docx_file(PARAGRAPHS), "docx", "a Word document"),
        ("a.rtf", rtf_file(PARAGRAPHS), "striprtf", "a Rich Text file"),
        ("a.odt", odt_file(PARAGRAPHS), "odfdo", "an OpenDocument text"),
        ("a.pdf", pdf_file([columns(1)]), "pdfminer", "a PDF file"),
        ("a.xlsx", workbook({"A": [["text"], [TEXT]]}), "openpyxl", "an Excel workbook"),
    ],
)
def test_without_the_extra_it_says_what_to_install(
    write: Write, name: str, content: bytes, package: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(wanted: str, *rest: Any, **named: Any) -> Any:
        if wanted.partition(".")[0] == package:
            raise ModuleNotFoundError(wanted)
        return real(wanted, *rest, **named)

    path = write(name, content)
    monkeypatch.setattr(builtins, "__import__", without)
    assert failed(path).message == f"{name}: {words}; to read it: pip install 'dragoman[office]'"
