"""Sentences gathered into passages, with the place of each word and mention in them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.coding.candidates.party_mention import PartyMention
from dragoman.coding.reading.passages import Passage, passages_of
from dragoman.coding.reading.word_pieces import WordPieces

FIRST, LAST = 1, 2
# Without a language a vocabulary does not know which words are spaces.
VOCABULARY = spacy.blank("en").vocab


class Letters:
    """A vocabulary in which a word has as many pieces as letters, all with the number of the first one."""

    first, last = FIRST, LAST

    @staticmethod
    def pieces(word: str) -> tuple[int, ...]:
        return (ord(word[0]),) * len(word)


def passages(sentences: list[str], mentioned: tuple[int, ...] = ()) -> list[Passage]:
    """Return the passages of sentences whose words are parted by bars."""
    words = [word for sentence in sentences for word in sentence.split("|")]
    starts = [number == 0 for sentence in sentences for number, _ in enumerate(sentence.split("|"))]
    doc = Doc(VOCABULARY, words=words, sent_starts=starts)
    annotated = cast("Any", SimpleNamespace(doc=doc))
    mentions = [PartyMention(token, cast("Any", f"party {token}"), "name") for token in mentioned]
    return list(passages_of(annotated, mentions, cast("WordPieces", Letters())))


def test_a_passage_holds_pieces_words_sentences_and_mentions() -> None:
    (passage,) = passages(["abc|de", "f|gg"], mentioned=(1, 3, 3))
    a, d, f, g = map(ord, "adfg")
    assert passage.pieces == (FIRST, a, a, a, d, d, f, g, g, LAST)
    assert passage.tokens == (0, 1, 2, 3)
    assert passage.first == (1, 4, 6, 7)
    assert passage.sentences == (0, 0, 1, 1)
    assert [(position, mention.token) for position, mention in passage.mentions] == [(1, 1), (3, 3), (3, 3)]


# Letters of each sentence, the sentences of each passage.
GROUPS = [
    ([80, 80, 1], [[0, 1], [2]]),  # 160 pieces fit, 161 do not
    ([80, 81], [[0], [1]]),
    ([200, 10, 10], [[0], [1, 2]]),
    ([10, 200, 10], [[0], [1], [2]]),
    ([1], [[0]]),
]


@pytest.mark.parametrize(("lengths", "groups"), GROUPS)
def test_as_many_sentences_as_fit(lengths: list[int], groups: list[list[int]]) -> None:
    found = passages(["a" * length for length in lengths])
    assert [sorted(set(passage.sentences)) for passage in found] == groups
    assert [token for passage in found for token in passage.tokens] == list(range(len(lengths)))


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    (passage,) = passages(["|".join(["aaaaaaa"] * 100)], mentioned=(0, 99))
    # One piece at the beginning, then 57 words of 7 pieces: exactly 400.
    assert len(passage.tokens) == 57
    assert len(passage.pieces) == 1 + 57 * 7 + 1
    assert [mention.token for _, mention in passage.mentions] == [0]


def test_a_mention_is_counted_from_the_beginning_of_its_passage() -> None:
    _, second = passages(["a" * 200, "b|c"], mentioned=(2,))
    assert (second.tokens, second.sentences, second.first) == ((1, 2), (1, 1), (1, 2))
    assert [(position, mention.token) for position, mention in second.mentions] == [(1, 2)]


def test_spaces_are_no_words() -> None:
    (passage,) = passages(["a|\n\n|b"])
    assert (passage.tokens, passage.first) == ((0, 2), (1, 2))


def test_nothing_but_spaces_is_no_passage() -> None:
    assert passages(["\n"]) == []
