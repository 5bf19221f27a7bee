"""Searches are bounded: terms once, not too many, ranked before snippets are made, given up in time."""

from __future__ import annotations

import contextlib
import string
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman.errors import QueryTimeError, UsageError
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record import reading
from dragoman.record.building import new_record
from dragoman.record.full_text import (
    MAX_SEARCH_WORDS,
    Term,
    in_brackets,
    match_words,
    parse_words,
    snippet_parts,
)
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.record.time_limit import TimeLimit

LONG = 4000
COUNT = 300


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long reports, all of the same sixty words: each word is in each report many times."""
    path = tmp_path_factory.mktemp("wordy") / "wordy.sqlite"
    words = [f"{letter}{other}{letter}" for letter in "abcdefghijkl" for other in "aeiou"]
    with new_record(path) as record:
        run_id = record.begin_run("test")
        documents = (
            Document(id=f"d{number}", text=" ".join(words[(number + i) % 60] for i in range(LONG)))
            for number in range(COUNT)
        )
        record.fill(
            (CodedDocument(id=d.id, document=d, events=(), attributions=()) for d in documents), run_id=run_id
        )
    return path


@pytest.mark.parametrize(
    "words",
    [
        " ".join(f"{letter}{other}{letter}" for letter in "abcdefghijkl" for other in "aeiou")[: 4 * 60],
        " ".join(["aaa"] * 100),
        " ".join(f"{letter}a*" for letter in "abc"),
        " ".join(f"{letter}a{letter}*" for letter in "abcdefghijkl"),
        '"aaa aea aia" ' * 20,
    ],
)
def test_many_words_are_found_soon(wordy: Path, words: str) -> None:
    with Record.open_to_read(wordy) as record:
        began = time.process_time()
        found = record.search(words, limit=50)
        assert len(found) == 50
        assert all("[" in each.snippet for each in found)
        # Seconds for each of these before, minutes for the longest; a fiftieth now.
        assert time.process_time() - began < 2.0


def test_terms_are_taken_once() -> None:
    assert match_words("Grain grain GRAIN deal grain") == '"Grain" AND "deal"'
    assert match_words('"grain deal" "Grain Deal" grain*  grain') == '"grain deal" AND "grain"* AND "grain"'


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (" ".join(f"w{number}" for number in range(MAX_SEARCH_WORDS + 1)), "65 words"),
        ('"' + " ".join(f"w{number}" for number in range(100)) + '"', "100 words"),
        (" ".join(f"{letter}*" for letter in string.ascii_lowercase), "26 beginnings"),
        ("x" * 3000, "3,000 characters"),
    ],
)
def test_too_much_is_refused(wordy: Path, words: str, told: str) -> None:
    with Record.open_to_read(wordy) as record:
        with pytest.raises(UsageError, match=told):
            record.search(words)
        with pytest.raises(UsageError, match=told):
            record.page(EventFilter(text=words))


def test_a_search_is_given_up_in_time(wordy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with Record.open_to_read(wordy) as record:
        with pytest.raises(QueryTimeError, match="longer than"), record.limited(0.1):
            record._connection.execute(endless).fetchone()
        # The connection is as good as before, and a search has such a limit.
        assert record.search("aaa")
        used = []
        monkeypatch.setattr(
            reading, "limited", lambda connection, seconds: used.append(seconds) or contextlib.nullcontext()
        )
        assert record.search("aaa")
        assert used == [reading.SEARCH_SECONDS]


def test_a_limit_that_is_over_lets_nothing_begin(wordy: Path) -> None:
    limit = TimeLimit()
    record = Record.open_to_read(wordy, limit=limit)
    limit.stop("the reader has gone")
    record.close()
    with pytest.raises(QueryTimeError, match="the reader has gone"):
        Record.open_to_read(wordy, limit=limit)


def test_a_stopped_limit_ends_what_is_under_way(wordy: Path) -> None:
    endless = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    limit = TimeLimit()
    timer = threading.Timer(0.1, limit.stop, ["the reader has gone"])
    with (
        pytest.raises(QueryTimeError, match="the reader has gone"),
        Record.open_to_read(wordy, limit=limit) as record,
    ):
        timer.start()
        record._connection.execute(endless).fetchone()


@pytest.mark.parametrize(
    ("text", "typed", "snippet"),
    [
        ("Grain was shipped.", "grain", "[Grain] was shipped."),
        ("The grain deal holds.", '"grain deal"', "The [grain deal] holds."),
        ("Exports of grain", "export* gra*", "[Exports] of [grain]"),
        ("Élysée says no", "elysee", "[Élysée] says no"),
        ("nothing here", "grain", "nothing here"),
        # A phrase is found whole only, in its order; its last word may be a beginning.
        ("The grain here, the deal there.", '"grain deal"', "The grain here, the deal there."),
        ("A deal, grain.", '"grain deal"', "A deal, grain."),
        ("The grain", '"grain deal"', "The grain"),
        ("The grain deals hold.", '"grain deal"', "The grain deals hold."),
        ("The grain deals hold.", '"grain deal*"', "The [grain deals] hold."),
        ("grain grain deal", '"grain deal"', "grain [grain deal]"),
        ("grains of grain", "grain", "grains of [grain]"),
        ("an a", "a", "an [a]"),
        ("", "grain", ""),
    ],
)
def test_a_snippet_marks_what_was_found(text: str, typed: str, snippet: str) -> None:
    assert make_snippet(text, [term for _, term in parse_words(typed)]) == snippet


def make_snippet(text: str, terms: Sequence[Term]) -> str:
    return in_brackets(snippet_parts(text, terms))


def test_neighbours_that_match_are_one_part_and_brackets_of_the_text_are_not_marks() -> None:
    terms = [term for _, term in parse_words("grain deal")]
    parts = [("The ", False), ("grain deal", True), (" [sic] ended.", False)]
    assert snippet_parts("The grain deal [sic] ended.", terms) == parts


def test_a_snippet_is_the_piece_with_most_of_the_words() -> None:
    text = f"grain {'x ' * 100}the grain deal on the river {'y ' * 100}deal"
    found = make_snippet(text, [term for _, term in parse_words("grain deal river")])
    assert "the [grain deal] on the [river]" in found
    assert found.startswith(" ... ")
    assert found.endswith(" ... ")
    assert len(found.split()) <= 28


def test_a_snippet_has_some_words_before_the_first_found_and_24_in_all() -> None:
    words = [f"w{number}" for number in range(60)]
    words[30] = "grain"
    found = make_snippet(" ".join(words), [term for _, term in parse_words("grain")])
    assert found == " ... " + " ".join([*words[26:30], "[grain]", *words[31:50]]) + " ... "


def test_words_that_are_too_far_apart_are_in_no_one_snippet() -> None:
    def text(gap: int) -> str:
        return f"{'x ' * 30}grain {'y ' * gap}deal"

    terms = [term for _, term in parse_words("grain deal")]
    assert "[deal]" in make_snippet(text(18), terms)
    assert "[deal]" not in make_snippet(text(30), terms)
    assert "[grain]" in make_snippet(text(30), terms)


def test_only_the_beginning_of_a_long_report_is_searched() -> None:
    terms = [term for _, term in parse_words("grain")]
    assert "[grain]" in make_snippet("x " * 9_990 + "grain", terms)
    assert "[grain]" not in make_snippet("x " * 10_010 + "grain", terms)
