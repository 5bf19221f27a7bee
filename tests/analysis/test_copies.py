"""Copies of texts: runs of words, limits of length and share, groups, and what is stored."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from dragoman.analysis.copies import CopyIndex, Report, credited_agency, independent_reports, word_runs


def words(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last + 1))


def hashed(*runs: str) -> list[int]:
    return sorted(zlib.crc32(run.encode()) for run in runs)


# A text; its runs of five words.
RUNS = [
    ("", []), ("a b c d", []), ("a b c d e", ["a b c d e"]), ("A, b. C d E f", ["a b c d e", "b c d e f"]),
    ("a a a a a a", ["a a a a a"]), ("it's Arnor’s a b c", ["it's arnor’s a b c"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "runs"), RUNS)
def test_runs(text: str, runs: list[str]) -> None:
    assert word_runs(text).tolist() == hashed(*runs)
    assert word_runs(text).dtype == np.uint32


def test_only_the_first_words_count() -> None:
    assert len(word_runs(words(1, 1500))) == 1496
    assert len(word_runs(words(1, 1501))) == 1496


# Words of each of two equal texts; whether they have the 30 runs of five words that make a copy.
@pytest.mark.parametrize(("count", "is_copy"), [(33, False), (34, True)])
def test_the_shortest_copy(count: int, is_copy: bool) -> None:
    index = CopyIndex()
    assert index.add("a", words(1, count)) == {}
    assert index.add("b", words(1, count)) == ({"a": 1.0} if is_copy else {})


def test_a_short_text_is_no_copy_of_a_long_one() -> None:
    index = CopyIndex()
    index.add("short", words(1, 33))
    assert index.add("long", words(1, 90)) == {}


def test_the_share_is_that_of_the_shorter_text() -> None:
    index = CopyIndex()
    index.add("a", words(1, 104))  # 100 runs
    assert index.add("b", words(51, 204)) == {"a": 0.5}  # 150 runs, 50 of them shared
    assert index.add("c", words(52, 60) + words(900, 990)) == {}
    one_less = CopyIndex()
    one_less.add("a", words(1, 104))
    assert one_less.add("b", words(52, 204)) == {}
    strict = CopyIndex(share=0.6)
    strict.add("a", words(1, 104))
    assert strict.add("b", words(51, 204)) == {}


def filled() -> CopyIndex:
    index = CopyIndex()
    for name, first, last in (("c", 1, 100), ("a", 30, 130), ("b", 60, 160), ("x", 900, 999)):
        index.add(name, words(first, last))
    return index


def test_groups_are_linked_by_copying() -> None:
    index = filled()
    assert index.copies("c").keys() == {"a"}
    assert index.copies("a").keys() == {"b", "c"}
    assert index.groups(["b", "c", "a", "x", "new"]) == {"a": "a", "b": "a", "c": "a", "x": "x", "new": "new"}
    # Without the text between them the two others are not linked.
    assert index.groups(["b", "c"]) == {"b": "b", "c": "c"}
    assert index.groups([]) == {}


def test_an_answer_is_a_copy_of_what_is_stored() -> None:
    index = filled()
    index.copies("c").clear()
    index.add("d", words(1, 100)).clear()
    assert index.copies("c").keys() == {"a", "d"}
    assert index.copies("d").keys() == {"a", "c"}
    assert index.copies("none") == {}


def test_a_text_that_is_added_again_replaces_the_first() -> None:
    index = filled()
    index.add("a", words(700, 800))
    assert index.copies("c") == index.copies("b") == index.copies("a") == {}
    index.remove("none")


def test_rows_give_the_same_index_again() -> None:
    index = filled()
    rows, matches = list(index.rows()), list(index.match_rows())
    assert [name for name, _ in rows] == ["c", "a", "b", "x"]
    assert [len(body) for _, body in rows] == [96 * 4, 97 * 4, 97 * 4, 96 * 4]
    assert sorted((one, other) for one, other, _ in matches) == [("a", "b"), ("a", "c")]
    again = CopyIndex.from_rows(rows, matches)
    assert {name: again.copies(name) for name in "abcx"} == {name: index.copies(name) for name in "abcx"}
    assert again.add("y", words(900, 999)) == {"x": 1.0}
    again.remove("b")
    assert again.copies("a").keys() == {"c"}


def test_nothing_is_kept_of_a_removed_text() -> None:
    index = filled()
    for name in "abcx":
        index.remove(name)
    assert (list(index.rows()), list(index.match_rows())) == ([], [])
    assert index.add("n", words(1, 160)) == {}


# The start of a text, the characters of it that are searched: 300 for a credit, 400 at the end for a notice.
CREDITS = [
    ("BREE (Reuters) - x", "Reuters"), ("BREE (The Associated Press) - x", "AP"), ("By AFP\nx", "AFP"),
    ("By The Associated Press | x", "AP"), ("TASS, in Bree", None), ("x" * 291 + "(Reuters)", "Reuters"),
    ("x" * 292 + "(Reuters)", None), ("x" * 900 + "© 2031 AFP", "AFP"),
    ("Copyright (c) AFP", None), ("Copyright 2031, AFP." + "y" * 380, "AFP"),
    ("Copyright 2031, AFP." + " y" * 191, None), ("(AFP) x. Copyright 2031 AP", "AFP"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "agency"), CREDITS)
def test_credits(text: str, agency: str | None) -> None:
    assert credited_agency(text) == agency


# Reports as "id publisher agency text"; the ids of the independent ones.
INDEPENDENT = [
    ([], []),
    ([("b", "y", None, None), ("a", "x", None, None)], ["a", "b"]),
    ([("b", "x", None, "t"), ("a", "y", None, "t")], ["b"]),
    # The first of a source stands for a text that it printed twice.
    ([("b", "x", None, "t"), ("a", "x", None, "t")], ["a"]),
    # y gets the text that x could also have; x moves to its other one.
    ([("a", "x", None, "s"), ("b", "x", None, "t"), ("c", "y", None, "s")], ["b", "c"]),
    # Three sources, two texts.
    ([("a", "x", None, "s"), ("b", "y", None, "t"), ("c", "z", None, "s"), ("d", "z", None, "t")],
     ["a", "b"]),
    # A chain of moves: x has s or t, y has s or u, z only s.
    ([("a", "x", None, "s"), ("b", "x", None, "t"), ("c", "y", None, "s"), ("d", "y", None, "u"),
      ("e", "z", None, "s")], ["b", "d", "e"]),
    ([("a", "x", "AP", "s"), ("b", "y", "AP", "t"), ("c", "x", None, "u")], ["a", "c"]),
    ([("a", None, None, None), ("b", "", None, None), ("c", "Reuters.com", None, None),
      ("d", None, "Reuters", None)], ["a", "c"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "ids"), INDEPENDENT)
def test_which_reports_are_independent(rows: list[tuple[str, str, str, str]], ids: list[str]) -> None:
    reports = [Report(document_id=i, publisher=p, agency=a, copy_group=c) for i, p, a, c in rows]
    assert independent_reports(reports) == ids


def test_the_source_of_a_report() -> None:
    assert Report(document_id="a").source == "unknown"
    assert Report(document_id="a", publisher=" WWW.Bree.example ").source == "bree.example"
    assert Report(document_id="a", publisher="Bree", agency="AP").source == "AP"
