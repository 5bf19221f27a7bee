"""The pieces that reading an export is made of: days, broken lines, labels, splitting."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.readers.kinds import KINDS
from dragoman.readers.office.page_layout import PageLine, join_lines, ordered_lines, without_running_heads
from dragoman.readers.vendors import factiva, layouts
from dragoman.readers.vendors.articles import is_byline, plain_publisher, read_labelled, read_words
from dragoman.readers.vendors.days import day_of_line, find_day
from dragoman.readers.vendors.layouts import VENDORS, load_layouts
from dragoman.readers.vendors.lines import tidy_lines, unwrapped
from dragoman.readers.vendors.markup import markup_lines
from dragoman.readers.vendors.reading import recognise, split_articles

DAY = dt.date(2022, 3, 7)


@pytest.mark.parametrize(
    "written",
    [
        "March 7, 2022 Monday",
        "Monday, March 7, 2022",
        "7 March 2022",
        "Monday 7 March 2022 09:15 GMT",
        "07 Mar 2022",
        "Mar. 7, 2022",
        "Mar 7, 2022",
        "March 7, 2022 Monday 4:05 PM EST",
        "Monday 7th March 2022",
        "7-March-2022",
        "MARCH 7, 2022",
    ],
)
def test_a_day_in_the_forms_of_databases(written: str) -> None:
    assert find_day(written) == DAY
    assert day_of_line(written) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "March 2022",
        "03/07/2022",
        "February 30, 2022",
        "The March 7, 2022 edition",
        "March 7, 2022 was the day on which the envoys of the two countries met again in the town of Bree.",
        "",
    ],
)
def test_a_line_that_is_no_day(line: str) -> None:
    assert day_of_line(line) is None


def test_lines_that_were_broken_to_a_width_are_joined() -> None:
    nexis = load_layouts()["nexis"]
    long = (
        "Arnor recalled its ambassador from Gondor on Monday after soldiers crossed the river between them."
    )
    short = "Gondor denied it."
    lines = [
        *textwrap.wrap(long, 60),
        "",
        short,
        "",
        "SECTION: NEWS; Pg. 4",
        "LENGTH: 60 words",
        " " * 20 + "The Times",
    ]
    assert unwrapped(lines, nexis) == [
        long, "", short, "", "SECTION: NEWS; Pg. 4", "LENGTH: 60 words", "The Times",
    ]  # fmt: skip
    # A label is a line of its own, also after a line that is full to the edge.
    full = "Gondor denied that any soldier of it had crossed the border."
    assert unwrapped([full, "LENGTH: 60 words", "", full, "to anywhere."], nexis) == [
        full, "LENGTH: 60 words", "", f"{full} to anywhere.",
    ]  # fmt: skip
    # Whole paragraphs, one a line, were not broken.
    assert unwrapped([long * 2, short], nexis) == [long * 2, short]
    # A line on which the next word would have fitted ends its paragraph.
    assert unwrapped([*textwrap.wrap(long, 60), "And", "so it goes."], nexis)[-2:] == ["And", "so it goes."]


def test_what_cannot_be_seen_goes_and_cells_keep_their_tab() -> None:
    assert tidy_lines(["\ufeffLength:\u00a087\u00a0words\u200b", "", "", "a \t b", "HD   A title"]) == [
        "Length: 87 words", "", "a\tb", "HD\tA title",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Times, The (London, England)", "The Times"),
        ("The Times (London)", "The Times (London)"),
        ("Bree Herald (Bree, Arnor)", "Bree Herald"),
        ("Post, The", "The Post"),
        ("Life, Death and Taxes", "Life, Death and Taxes"),
    ],
)
def test_the_name_of_a_newspaper(given: str, name: str) -> None:
    assert plain_publisher(given) == name


def test_bylines_and_word_counts() -> None:
    assert is_byline("By ELROND HALF-ELVEN")
    assert not is_byline("By noon the envoys had left the town.")
    assert (read_words("1,204 words"), read_words("words"), read_words("9" * 40)) == (1204, None, None)


def test_the_facts_of_factiva_end_with_the_copyright_notice() -> None:
    lines = [
        "Arnor waits", "12 words", "7 March 2022", "The Times", "TIMS", "English", "(c) 2022 The Times",
        "Arnor waits.",
        "It has waited for long.",
    ]  # fmt: skip
    article = factiva.read_article(lines, load_layouts()["factiva"])
    assert article.paragraphs == ["Arnor waits.", "It has waited for long."]
    assert (article.title, article.publisher, article.day, article.words) == (
        "Arnor waits",
        "The Times",
        DAY,
        12,
    )


def test_the_cells_of_a_row_are_one_line() -> None:
    first = "<tr><td><b>HD</b></td><td>A <i>short</i>\n title</td></tr>"
    rows = f"<table>{first}<tr><td>WC</td><td>9</td></tr></table>"
    lines = tidy_lines(markup_lines(f"<head><title>x</title></head>{rows}<p>a<br>b</p>", where="x"))
    assert [item for item in lines if item] == ["HD\tA short title", "WC\t9", "a", "b"]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_paragraph_that_begins_like_a_label_is_part_of_the_text(vendor: str) -> None:
    layout = load_layouts()[vendor]
    if not layout.closing:
        pytest.skip("nothing but a line of its own ends its text")
    label = sorted(layout.closing)[0]
    opener = {"nexis": "Body", "gale": "Full Text:", "proquest": "Full text:"}.get(vendor, "Text:")
    paragraphs = ["Arnor spoke.", f"{label}: what Gondor wants.", "Rohan waits."]
    read = read_labelled([opener, *paragraphs, f"{label}: x", f"{label}: y"], layout)
    assert read.article.paragraphs == paragraphs


def test_splitting_keeps_what_stands_behind_the_last_end() -> None:
    nexis = load_layouts()["nexis"]
    assert list(split_articles(["a", "End of Document", "", "b", "End of Document", "c"], nexis)) == [
        ["a"], ["", "b"], ["c"],
    ]  # fmt: skip
    numbered = ["cover", "1 of 2 DOCUMENTS", "a", "2 of 2 DOCUMENTS", "b"]
    assert list(split_articles(numbered, nexis)) == [["1 of 2 DOCUMENTS", "a"], ["2 of 2 DOCUMENTS", "b"]]


@pytest.mark.parametrize(
    "text",
    [
        "The document was signed on Monday.\nEnd of Document",
        "Subject: the treaty\nFull text: see below\nPublication title: none",
        "Paper: not found\nRecord: broken",
        "He quoted 1 of 3 DOCUMENTS.\nLENGTH: 3 feet",
        "Document 3 of the archive\n877 words",
        "HD television\nPD James\nDocument found",
    ],
)
def test_a_text_that_is_no_export(text: str) -> None:
    assert recognise(text) is None


def test_every_database_is_a_kind() -> None:
    assert set(VENDORS) <= set(KINDS)


def test_a_faulty_file_of_layouts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    monkeypatch.setattr(layouts, "data_folder", lambda: tmp_path)
    whole = (Path(layouts.__file__).parents[2] / "data" / "exports" / "layouts.yaml").read_text("utf-8")
    for changed in (
        whole.replace("nexis:\n", "nexus:\n", 1),
        whole.replace("  signs:", "  omens:", 1),
        whole.replace("    section: [Section]", "    chapter: [Section]", 1),
        whole.replace("'End of Document'", "'End of (Document'", 1),
    ):
        (folder / "layouts.yaml").write_text(changed, "utf-8")
        layouts.load_layouts.cache_clear()
        with pytest.raises(KnowledgeError):
            layouts.load_layouts()
    monkeypatch.undo()
    layouts.load_layouts.cache_clear()
    assert set(layouts.load_layouts()) == set(VENDORS)


def line(text: str, left: float, top: float, width: float = 200.0) -> PageLine:
    return PageLine(text=text, left=left, right=left + width, top=top, bottom=top + 10, page_height=800)


def test_the_order_of_columns_below_a_heading() -> None:
    heading = line("heading", 50, 100, 500)
    left = [line(f"left {n}", 50, 130 + 12 * n) for n in range(3)]
    right = [line(f"right {n}", 350, 136 + 12 * n) for n in range(3)]
    foot = line("foot across", 50, 300, 500)
    mixed = [right[1], foot, left[2], heading, right[0], left[0], right[2], left[1]]
    assert [item.text for item in ordered_lines(mixed)] == [
        "heading", "left 0", "left 1", "left 2", "right 0", "right 1", "right 2", "foot across",
    ]  # fmt: skip


def test_running_heads_go_and_a_line_that_stands_once_at_the_edge_stays() -> None:
    pages = [
        [line(f"Courier No. {n}", 50, 20), line(f"Text {n}", 50, 200), line(str(n), 300, 780)]
        for n in range(4)
    ]
    pages[0].append(line("A title at the very top", 50, 40))
    kept = [[item.text for item in page] for page in without_running_heads(pages)]
    assert kept == [["Text 0", "A title at the very top"], ["Text 1"], ["Text 2"], ["Text 3"]]


def test_hyphens_at_line_ends() -> None:
    def joined(*texts: str) -> str:
        lines = ordered_lines([line(text, 50, 100 + 12 * n) for n, text in enumerate(texts)])
        return " | ".join(join_lines(lines))

    assert joined("The ambas-", "sador left.") == "The ambassador left."
    # The document writes it with its hyphen elsewhere.
    assert (
        joined("A cross-border raid is a cross-", "border raid.")
        == "A cross-border raid is a cross-border raid."
    )
    assert joined("The Arnor-", "Gondor treaty.") == "The Arnor-Gondor treaty."
