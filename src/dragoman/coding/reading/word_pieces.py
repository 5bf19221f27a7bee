"""Segmentation of words into the pieces of the sentence encoder (WordPiece, uncased English)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dragoman.errors import KnowledgeError
from dragoman.model.caching import kept_for_words

if TYPE_CHECKING:
    from pathlib import Path

# Maximum number of pieces used of one word; a longer word is an address or noise.
_MOST_PIECES = 8


class WordPieces:
    """The vocabulary of the encoder: one piece per line, numbered by line.

    Raises:
        KnowledgeError: The file is missing or lacks the special pieces.
    """

    def __init__(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise KnowledgeError(where=str(path), message=f"cannot be read: {error}") from error
        self._number = {piece: number for number, piece in enumerate(lines)}
        try:
            self.first, self.last = self._number["[CLS]"], self._number["[SEP]"]
            self._unknown = self._number["[UNK]"]
        except KeyError as error:
            raise KnowledgeError(
                where=path.name, message=f"has no piece {error}; not a vocabulary"
            ) from error
        self._longest = max(map(len, self._number))
        self.pieces = kept_for_words(65_536, self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        numbers = [number for part in _parts(word) for number in self._cut(part)]
        return tuple(numbers[:_MOST_PIECES]) or (self._unknown,)

    def _cut(self, part: str) -> list[int]:
        """Segment a part greedily, the longest piece first; unknown when no segmentation fits."""
        found, start = [], 0
        while start < len(part):
            for end in range(min(len(part), start + self._longest), start, -1):
                piece = part[start:end] if start == 0 else f"##{part[start:end]}"
                number = self._number.get(piece)
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def _parts(word: str) -> list[str]:
    """Lower-case a word, strip its accents and split it at punctuation."""
    parts, current = [], ""
    for char in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(char)
        if category == "Mn":
            continue
        if category[0] in "PS":
            parts += [current, char]
            current = ""
        elif char.isspace() or category[0] == "C":
            parts.append(current)
            current = ""
        else:
            current += char
    return [part for part in (*parts, current) if part]
