"""Parsing of long documents in pieces, so that memory does not grow with their length.

The parser allocates some kilobytes per word. A document longer than any report is split where a sentence
is known to begin, and the trees of the pieces are joined.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

    Parse = Callable[[list[Doc]], list[Doc]]

# Words parsed together; twice the length of the longest development article.
MOST_TOGETHER = 20_000
_COLUMNS: list[int | str] = ["TAG", "HEAD", "DEP"]


def parse_in_pieces(docs: Sequence[Doc], parse: Parse) -> list[Doc]:
    """Parse documents: short ones together, long ones in pieces, a bounded number of words at a time.

    Args:
        docs: Documents in which known sentence starts are set.
        parse: Tags and parses documents in one batch.
    """
    parsed: list[Doc] = []
    for group in _groups(docs):
        check_time()
        parsed += parse(group) if len(group[0]) <= MOST_TOGETHER else [_parse_long(group[0], parse)]
    return parsed


def _groups(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """Yield documents in order: a long one alone, the others until they have as many words together."""
    group: list[Doc] = []
    held = 0
    for doc in docs:
        if group and held + len(doc) > MOST_TOGETHER:
            yield group
            group, held = [], 0
        group.append(doc)
        held += len(doc)
    if group:
        yield group


def _parse_long(doc: Doc, parse: Parse) -> Doc:
    starts = [token.i for token in doc if token.is_sent_start and token.i]
    cuts = [0]
    for start, following in pairwise([*starts, len(doc)]):
        if following - cuts[-1] > MOST_TOGETHER and start > cuts[-1]:
            cuts.append(start)
    columns = []
    for first, end in pairwise([*cuts, len(doc)]):
        check_time()
        (piece,) = parse([_piece(doc, first, end)])
        columns.append(piece.to_array(_COLUMNS))
    trees: Any = np.concatenate(columns)
    return doc.from_array(_COLUMNS, trees)


def _piece(doc: Doc, first: int, end: int) -> Doc:
    from spacy.tokens import Doc

    tokens = [doc[i] for i in range(first, end)]
    return Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        sent_starts=[token.is_sent_start for token in tokens],
    )
