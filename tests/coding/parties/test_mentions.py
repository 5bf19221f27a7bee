"""The words of a party: from the first modifier of its noun to the noun."""

from __future__ import annotations

import pytest

from dragoman.coding.parties.mentions import phrase_span, ref_of_match, seen_at, seen_in_phrase

pytestmark = pytest.mark.pipeline

PHRASES = [
    ("The [troops] left.", "troops"),
    ("The Arnorian [troops] left.", "Arnorian troops"),
    ("Two elite Arnorian [troops] left.", "Two elite Arnorian troops"),
    ("Arnor's [troops] left.", "Arnor's troops"),
    ("A foreign ministry [spokesman] left.", "foreign ministry spokesman"),
    ("[Troops] of Arnor left.", "Troops"),
    ("Even the [troops] left.", "troops"),
]


@pytest.mark.parametrize(("text", "words"), PHRASES)
def test_the_span_of_a_noun_phrase(reading, text, words):
    found = reading(text)
    assert found.annotated.text_of(*phrase_span(found.word)) == words


def test_a_party_seen_elsewhere_stays_who_it_is(reading):
    found = reading("<Arnor> left. The old [kingdom] fell.")
    (ref,) = found.wanted()
    (seen,) = seen_in_phrase([ref], found.word, found.annotated)
    assert (seen.id, seen.name, seen.country, seen.text) == (ref.id, ref.name, ref.country, "old kingdom")
    assert found.annotated.text_of(seen.start, seen.end) == "old kingdom"
    moved = seen_at(ref, "x", 3, 4)
    assert (moved.id, moved.kind, moved.text, moved.start, moved.end) == (ref.id, ref.kind, "x", 3, 4)


def test_a_name_of_the_tables_is_a_party_where_it_stands(reading):
    found = reading("Troops of [Arnor] left.")
    match = found.parties.name_at(found.word)
    ref = ref_of_match(match)
    assert (ref.id, ref.kind, ref.country) == ("ARN", "state", "ARN")
    assert found.annotated.text_of(ref.start, ref.end) == ref.text == "Arnor"
