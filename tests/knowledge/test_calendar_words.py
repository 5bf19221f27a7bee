"""The words of the calendar: numbers of months and days, named days, and what a faulty file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.calendar_words import is_calendar_name, is_time_word, load_calendar_words
from dragoman.knowledge.loading import data_folder

FILE = data_folder() / "lexicon" / "en" / "dates.yaml"


def test_months_and_weekdays_are_numbered():
    words = load_calendar_words()
    assert (words.months["january"], words.months["dec"]) == (1, 12)
    assert (words.weekdays["monday"], words.weekdays["sunday"]) == (0, 6)
    assert words.numbers["twelve"] == 12


@pytest.mark.parametrize(
    ("word", "is_name", "is_time"),
    [("Monday", True, True), ("may", True, True), ("Sept", True, True), ("week", False, True),
     ("Eve", False, True), ("rain", False, False), ("Bree", False, False)],
)  # fmt: skip
def test_names_of_the_calendar_and_words_for_time(word, is_name, is_time):
    assert (is_calendar_name(word), is_time_word(word)) == (is_name, is_time)


FAULTS = [
    ("weekdays:", "wekdays:", "unknown key 'wekdays'"),
    ("  Sunday: []\n", "", "weekdays must have 7 entries"),
    ("  December: [Dec]\n", "", "months must have 12 entries"),
    ("  twelve: 12", "  twelve: dozen", "give a number"),
]


@pytest.mark.parametrize(("old", "new", "fault"), FAULTS)
def test_a_faulty_file_is_refused(tmp_path: Path, old, new, fault):
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "dates.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        load_calendar_words(path)


@pytest.mark.parametrize(
    ("day", "fault"),
    [("25", "is no day"), ("12/25", "is no day"), ("a-b", "is no day"), ("1-2-3-4", "is no day")],
)
def test_a_day_is_a_month_and_a_day(tmp_path: Path, day, fault):
    path = tmp_path / "dates.yaml"
    path.write_text(FILE.read_text("utf-8").replace("\ndays:\n", f"\ndays:\n  Yuletide: {day}\n", 1), "utf-8")
    with pytest.raises(KnowledgeError, match=fault):
        load_calendar_words(path)
