"""Words cut into pieces of a small vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.reading.word_pieces import WordPieces
from dragoman.errors import KnowledgeError

PIECES = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "gondor", "gond", "##or", "##ian", "attack", "##s", "e", "-", ".",
    "$", "co", "op", "a", "##b",
]  # fmt: skip
NUMBER = {piece: number for number, piece in enumerate(PIECES)}


@pytest.fixture
def words(tmp_path: Path) -> WordPieces:
    path = tmp_path / "words.txt"
    path.write_text("\n".join(PIECES), encoding="utf-8")
    return WordPieces(path)


WORDS = [
    ("gondor", "gondor"),
    ("GONDOR", "gondor"),
    ("Góndör", "gondor"),  # accents are stripped
    ("gondorian", "gondor ##ian"),  # the longest piece first
    ("attacks", "attack ##s"),
    ("co-op", "co - op"),  # parted at punctuation
    ("gondor.", "gondor ."),
    ("$gondor", "$ gondor"),
    ("gondorx", "[UNK]"),  # no cut fits: the whole part is unknown
    ("co-xyz", "co - [UNK]"),
    ("or", "[UNK]"),  # a piece of a word's middle does not begin a word
    ("a\u200bco", "a co"),
    ("a co", "a co"),
    ("", "[UNK]"),
    ("\u200b", "[UNK]"),
    ("." * 12, ". . . . . . . ."),  # no more than eight pieces of a word
]


@pytest.mark.parametrize(("word", "pieces"), WORDS)
def test_pieces(words: WordPieces, word: str, pieces: str) -> None:
    assert words.pieces(word) == tuple(NUMBER[piece] for piece in pieces.split(" "))


def test_a_passage_begins_and_ends_with_pieces_of_its_own(words: WordPieces) -> None:
    assert (words.first, words.last) == (NUMBER["[CLS]"], NUMBER["[SEP]"])


def test_a_vocabulary_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.txt"):
        WordPieces(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("missing", ["[CLS]", "[SEP]", "[UNK]"])
def test_a_file_that_is_no_vocabulary(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text("\n".join(piece for piece in PIECES if piece != missing), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="not a vocabulary"):
        WordPieces(path)
