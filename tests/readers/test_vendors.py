"""Exports of news databases: each layout in each format gives the same five articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.model.documents import DatabaseArticle, Document, Failure
from dragoman.readers.base import read

from . import exported_articles as exports
from .exported_articles import ARTICLES
from .office_files import docx_file, odt_file, page, rtf_file, table_page

Write = Callable[[str, bytes], str]


def text(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode()


def coded(gap: str, indent: str = "") -> list[str]:
    """Rows of codes as text: the code, a gap, and the lines of the field below each other."""
    lines: list[str] = []
    for code, value in exports.factiva_codes():
        first, *others = value.split("\n")
        lines += [f"{code}{gap}{first}" if code else "", *(f"{indent}{other}" for other in others)]
    return lines


FILES: dict[str, bytes] = {
    "nexis-uni.docx": docx_file(exports.nexis_uni()),
    "nexis-uni.rtf": rtf_file(exports.nexis_uni()),
    "nexis-uni.odt": odt_file(exports.nexis_uni()),
    "nexis-uni.txt": text(exports.nexis_uni()),
    "nexis-uni.html": page(exports.nexis_uni()),
    "lexisnexis.txt": text(exports.lexisnexis()),
    "lexisnexis.html": page(exports.lexisnexis(width=None)),
    "lexisnexis.doc": rtf_file(exports.lexisnexis(width=None)),
    "lexisnexis.docx": docx_file(exports.lexisnexis(width=None)),
    "factiva.txt": text(exports.factiva()),
    "factiva.html": page(exports.factiva(), title="Factiva"),
    "factiva.rtf": rtf_file(exports.factiva()),
    "factiva-codes.html": table_page(exports.factiva_codes()),
    "factiva-codes.txt": text(coded("  ", "    ")),
    "factiva-codes.rtf": rtf_file(coded("\t")),
    "proquest.txt": text(exports.proquest()),
    "proquest.html": page(exports.proquest()),
    "proquest-details.docx": docx_file(exports.proquest_details()),
    "proquest-details.rtf": rtf_file(exports.proquest_details()),
    "gale.txt": text(exports.gale()),
    "gale.html": page(exports.gale()),
    "gale-source.txt": text(exports.gale_source()),
    "gale-source.html": page(exports.gale_source()),
    "newsbank.txt": text(exports.newsbank()),
    "newsbank.html": page(exports.newsbank()),
    "newsbank-labels.txt": text(exports.newsbank_labels()),
    "newsbank-labels.html": page(exports.newsbank_labels()),
    "westlaw.txt": text(exports.westlaw()),
    "westlaw.docx": docx_file(exports.westlaw()),
    "westlaw.rtf": rtf_file(exports.westlaw()),
}
# What a layout does not give.
NO_SECTION = frozenset({"nexis-uni"})
NO_WORDS = frozenset({"proquest", "proquest-details", "gale-source", "newsbank-labels"})
NO_BYLINE = frozenset({"proquest"})


@pytest.mark.parametrize("name", FILES)
def test_an_export_gives_its_articles(write: Write, name: str) -> None:
    items = list(read([write(name, FILES[name])]))
    assert all(isinstance(item, DatabaseArticle) for item in items), items
    assert [(i.title, i.publisher, i.published_on) for i in items] == [
        (a.title, a.publisher, a.day) for a in ARTICLES
    ]
    assert [item.text for item in items] == [article.text for article in ARTICLES]
    layout = name.partition(".")[0]
    for item, article in zip(items, ARTICLES, strict=True):
        section = article.section.upper() if layout in NO_SECTION else article.section
        assert item.section == section
        assert item.words == (None if layout in NO_WORDS else article.words)
        assert item.byline == (None if layout in NO_BYLINE else article.byline)


def test_the_same_article_has_the_same_id_in_every_export(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    items = list(read([str(tmp_path)]))
    assert [item for item in items if isinstance(item, Failure)] == []
    assert len(items) == len(ARTICLES) * len(FILES)
    assert len({item.id for item in items}) == len(ARTICLES)


@pytest.mark.parametrize(
    "name", ["nexis-uni.txt", "factiva.rtf", "proquest.txt", "newsbank.html", "westlaw.docx"]
)
def test_a_second_copy_in_one_export_is_named(
    write: Write, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "ARTICLES", (*ARTICLES, ARTICLES[1]))
    maker = {"nexis-uni": exports.nexis_uni, "factiva": exports.factiva, "proquest": exports.proquest,
             "newsbank": exports.newsbank, "westlaw": exports.westlaw}[name.partition(".")[0]]  # fmt: skip
    writer = {"txt": text, "rtf": rtf_file, "html": page, "docx": docx_file}[name.partition(".")[2]]
    *items, last = read([write(name, writer(maker()))])
    assert len(items) == len(ARTICLES)
    assert isinstance(last, Failure)
    assert last.error == "DuplicateArticleError"
    assert last.message == f"{name}, article 6: the same text as article 2 of this file; it is stored once"


def test_an_article_without_a_day_is_still_one(write: Write) -> None:
    lines = [
        line for line in exports.nexis_uni() if line != "Tuesday 8 March 2022" and "8 March 2022" not in line
    ]
    items = list(read([write("export.txt", text(lines))]))
    assert [item.published_on for item in items] == [None if a is ARTICLES[1] else a.day for a in ARTICLES]
    assert [item.title for item in items] == [a.title for a in ARTICLES]


def test_an_article_cut_off_by_the_end_of_the_file_is_read(write: Write) -> None:
    whole = exports.nexis_uni()
    cut = whole[: whole.index(ARTICLES[-1].paragraphs[-1])]
    items = list(read([write("export.txt", text(cut))]))
    assert [item.title for item in items] == [a.title for a in ARTICLES]
    assert items[-1].text == ARTICLES[-1].paragraphs[0]


def test_an_article_without_text_is_named(write: Write) -> None:
    lines = [line for line in exports.nexis_uni() if line not in ARTICLES[3].paragraphs]
    items = list(read([write("export.txt", text(lines))]))
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert failure.error == "EmptyDocumentError"
    assert failure.message.startswith("export.txt, article 4: no text")
    assert len(items) == len(ARTICLES)


def test_a_citation_without_full_text_is_named(write: Write) -> None:
    lines = [line for line in exports.proquest() if line not in ARTICLES[1].paragraphs[1:]]
    lines = ["Full text: Not available." if ARTICLES[1].paragraphs[0] in line else line for line in lines]
    items = list(read([write("export.txt", text(lines))]))
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert (failure.error, failure.document_id) == ("EmptyDocumentError", "export.txt, article 2")


def test_a_foreign_article_is_named_and_the_rest_is_read(write: Write) -> None:
    german = (
        "Das Außenministerium erklärte am Montag, man werde die Verhandlungen vorerst nicht fortsetzen. " * 3
    )
    lines = [german if line == ARTICLES[0].paragraphs[0] else line for line in exports.factiva()]
    lines = [line for line in lines if line not in ARTICLES[0].paragraphs[1:]]
    first, *others = read([write("export.txt", text(lines))])
    assert isinstance(first, Failure)
    assert (first.error, len(others)) == ("LanguageError", 4)


def test_a_label_with_an_ambiguous_day_is_refused(write: Write, tmp_path: Path) -> None:
    lines = ["Publication date: 05/04/2022" if "Mar 8, 2022" in line else line for line in exports.proquest()]
    items = list(read([write("export.txt", text(lines))]))
    (failure,) = [item for item in items if isinstance(item, Failure)]
    assert failure.error == "BadDateError"
    assert "article 2" in failure.message
    items = list(read([str(tmp_path / "export.txt")], date_form="day first"))
    assert items[1].published_on == dt.date(2022, 4, 5)


def test_the_kind_forces_a_layout(write: Write) -> None:
    # Without its "Load-Date", "Length" and "Body" nothing shows the file to be an export.
    unlike = [
        line
        for line in exports.nexis_uni()
        if not line.startswith(("Load-Date", "Length", "Publication-Type")) and line != "Body"
    ]
    path = write("export.txt", text(unlike))
    assert len(list(read([path]))) == 1
    items = list(read([path], kind="nexis"))
    assert [item.title for item in items] == [a.title for a in ARTICLES]


@pytest.mark.parametrize("name", ["factiva.txt", "gale.html", "westlaw.docx"])
def test_a_forced_layout_that_does_not_fit_is_said(write: Write, name: str) -> None:
    plain = ["Arnor recalled its envoy from Gondor on Monday.", "Gondor said it regretted the decision."]
    writer = {"txt": text, "html": page, "docx": docx_file}[name.partition(".")[2]]
    (failure,) = read([write(name, writer(plain))], kind=name.partition(".")[0])
    assert isinstance(failure, Failure)
    assert failure.error == "NoArticleError"
    assert "no article in the layout of" in failure.message


def test_a_forced_text_is_kept_to_the_letter(write: Write) -> None:
    content = FILES["nexis-uni.txt"]
    (item,) = read([write("export.txt", content)], kind="text")
    assert isinstance(item, Document)
    assert item.text == content.decode()


def test_a_report_that_mentions_a_database_is_no_export(write: Write) -> None:
    report = (
        "Arnor recalled its envoy from Gondor, according to documents found in Nexis Uni and Factiva.\n\n"
        "Section: the committee will read the copyright of each document.\n\nEnd of Document\n"
    )
    (item,) = read([write("report.txt", report.encode())])
    assert not isinstance(item, DatabaseArticle)
    assert item.text == report


def test_more_articles_than_a_file_may_have_are_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.readers.vendors.reading.MAX_EXPORT_ARTICLES", 3)
    items = list(read([write("export.txt", FILES["nexis-uni.txt"])]))
    assert [isinstance(item, Failure) for item in items] == [False] * 3 + [True]
    assert items[-1].error == "TooManyArticlesError"


def test_an_export_larger_than_one_report_may_be(write: Write) -> None:
    long = "Arnor recalled its envoy from Gondor on Monday after talks. " * 3_000
    lines = [f"{long}{line}" if line in ARTICLES[0].paragraphs else line for line in exports.nexis_uni()]
    content = text(lines * 4)
    assert len(content) > 1_600_000
    items = list(read([write("export.txt", content)]))
    assert sum(isinstance(item, Document) for item in items) == len(ARTICLES) - 1
    assert {item.error for item in items if isinstance(item, Failure)} == {
        "DuplicateArticleError",
        "TooLargeError",
    }
