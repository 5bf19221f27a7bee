"""Passages: consecutive sentences that are encoded together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.coding.reading.word_pieces import WordPieces
    from dragoman.language.annotated import AnnotatedDocument

# Maximum word pieces of a passage: enough for a paragraph, so that a sentence is read with its neighbours,
# and short enough that attention, whose cost is quadratic, is cheap.
_MOST_PIECES = 160
# The encoder's own limit is 512 pieces; a longer sentence is truncated.
_LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of a document, as input of the encoder.

    `pieces` are the numbers of the word pieces, `tokens` the token index of each word read, `first` the
    position in `pieces` at which each of these words begins, and `sentences` the number of the sentence of
    each. `mentions` pairs the position (in `tokens`) with each party mention.
    """

    pieces: tuple[int, ...]
    tokens: tuple[int, ...]
    first: tuple[int, ...]
    sentences: tuple[int, ...]
    mentions: tuple[tuple[int, PartyMention], ...]


def passages_of(
    annotated: AnnotatedDocument, mentions: Sequence[PartyMention], words: WordPieces
) -> Iterator[Passage]:
    """Yield the passages of a document in order; each sentence is in exactly one.

    Args:
        annotated: A report annotated by the language layer.
        mentions: The party mentions of the report.
        words: The vocabulary of the encoder.
    """
    at: dict[int, list[PartyMention]] = {}
    for mention in mentions:
        at.setdefault(mention.token, []).append(mention)
    for group in _grouped(_cut_sentences(annotated, words)):
        pieces, tokens, first, sentences = [words.first], [], [], []
        for number, sentence in group:
            for token, cut in sentence:
                if len(pieces) + len(cut) > _LONGEST_SENTENCE:
                    break
                tokens.append(token)
                first.append(len(pieces))
                sentences.append(number)
                pieces += cut
        if tokens:
            found = tuple((k, m) for k, token in enumerate(tokens) for m in at.get(token, ()))
            yield Passage((*pieces, words.last), tuple(tokens), tuple(first), tuple(sentences), found)


_Sentence = list[tuple[int, tuple[int, ...]]]


def _cut_sentences(annotated: AnnotatedDocument, words: WordPieces) -> Iterator[tuple[int, _Sentence]]:
    for number, sent in enumerate(annotated.doc.sents):
        yield number, [(t.i, words.pieces(t.text)) for t in sent if not t.is_space]


def _grouped(sentences: Iterator[tuple[int, _Sentence]]) -> Iterator[list[tuple[int, _Sentence]]]:
    """Yield groups of as many consecutive sentences as fit into one passage."""
    group: list[tuple[int, _Sentence]] = []
    size = 0
    for number, sentence in sentences:
        length = sum(len(cut) for _, cut in sentence)
        if group and size + length > _MOST_PIECES:
            yield group
            group, size = [], 0
        group.append((number, sentence))
        size += length
    if group:
        yield group
