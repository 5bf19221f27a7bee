"""Document frequencies of words in general news, the reference for which words are rare."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class WordSpread(msgspec.Struct, frozen=True):
    """Number of the `reports` background reports that contain each word; unlisted words are rare."""

    reports: int
    counts: Mapping[str, int]

    def share(self, word: str) -> float:
        """Return the share of reports that contain a lower-case word."""
        return self.counts.get(word, 0) / self.reports


def read_word_spread(path: Path) -> WordSpread:
    """Read a table of words and counts; the line `*` gives the number of reports.

    Raises:
        KnowledgeError: A line is not a word and a count, or the number of reports is missing.
    """
    counts: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        word, _, count = line.partition("\t")
        if not count.isdigit() or int(count) < 1:
            message = f"not a word and a count: {line!r}; write WORD, a tab, a whole number from 1"
            raise KnowledgeError(where=f"{path.name}:{number}", message=message)
        counts[word] = int(count)
    reports = counts.pop("*", 0)
    if not reports:
        raise KnowledgeError(where=path.name, message="no line `*` with the number of reports; add it")
    return WordSpread(reports=reports, counts=counts)


@functools.cache
def load_word_spread(language: str = "en") -> WordSpread:
    """Load the table of the package; cached."""
    return read_word_spread(data_folder() / "lexicon" / language / "word_spread.tsv")
