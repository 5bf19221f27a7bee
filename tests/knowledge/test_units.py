"""Words of quantity, of the calendar and of place: complete, and refused when wrong."""

from __future__ import annotations

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.knowledge.units import load_units
from dragoman.knowledge.wordlists import load_place_words, load_word_lists


def test_more_than_thirty_currencies_by_name():
    units = load_units()
    assert len(set(units.currencies.values())) > 30
    assert units.currencies["danish krone"] == "DKK"
    assert "krone" not in units.currencies, "Denmark's, Norway's or whose?"


def test_a_form_of_two_things_is_refused(tmp_path):
    source = load_units.__wrapped__.__globals__["data_folder"]() / "lexicon" / "en" / "units.yaml"
    path = tmp_path / "units.yaml"
    text = source.read_text(encoding="utf-8")
    path.write_text(text.replace("  marines: [marine]", "  marines: [marine, soldier]"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'soldier' stands for both"):
        load_units(path)
    path.write_text(text.replace('  "$": USD', '  "$": XXX'), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'XXX' is not among the currencies"):
        load_units(path)


def test_the_calendar():
    words = load_calendar_words()
    assert sorted(set(words.months.values())) == list(range(1, 13))
    assert sorted(set(words.weekdays.values())) == list(range(7))
    assert words.days["christmas day"] == (0, 12, 25)


def test_word_lists(tmp_path):
    assert "near" in load_place_words()["at"]
    path = tmp_path / "words.yaml"
    for text, message in [
        ("a: [one]\n", "'b' is missing"),
        ("a: [one]\nb: one\n", "not a list"),
        ("a: [one, one]\nb: [two]\n", "'one' is given twice"),
        ("a: [one]\nb: [two]\nc: [three]\n", "unknown key 'c'"),
    ]:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(KnowledgeError, match=message):
            load_word_lists(path, names=frozenset({"a", "b"}))
