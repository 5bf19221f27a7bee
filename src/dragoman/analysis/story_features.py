"""Features of articles: their words, those of the head twice, each weighted by its rarity.

Two articles of one story share names, places and figures; those are rare words. Title and lead summarise the
story, so they count as much as the whole article.
"""

from __future__ import annotations

import collections
import math
import re
import sys
from typing import TYPE_CHECKING

import msgspec

from dragoman.knowledge.word_spread import load_word_spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.knowledge.word_spread import WordSpread
    from dragoman.model.documents import Document

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d,.]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s$")
# Without a lead, the start of the text is used.
_LEAD_CHARACTERS = 300
# A word in more than this share of all background reports does not characterise a story.
_TOO_COMMON = 0.3
# Words kept of the whole article and words compared: more changes no figure on the development stories.
_KEPT_WORDS = 200
_COMPARED_WORDS = 150
# The background weighs as much as this many articles: a collection of ten still has idf values, one of ten
# thousand has its own.
_BACKGROUND_WEIGHT = 1000
# A word in half an article: keeps an unseen word's idf finite.
_UNSEEN = 0.5


class Features(msgspec.Struct, frozen=True):
    """Word counts of an article's head (title and lead) and of the whole, and its day as an ordinal."""

    head: dict[str, int]
    whole: dict[str, int]
    day: int | None = None

    def words(self) -> set[str]:
        """Return all words, each once."""
        return self.head.keys() | self.whole.keys()


def features_of(document: Document, *, lead: str | None = None) -> Features:
    """Count the words of a document.

    Args:
        document: The article.
        lead: Its lead, if the source gives it separately; else the start of the text is used.
    """
    spread = load_word_spread()
    title = document.title or ""
    head = _counts(f"{title}\n{lead or document.text[:_LEAD_CHARACTERS]}", spread)
    whole = _counts(f"{title}\n{lead or ''}\n{document.text}", spread)
    kept = sorted(whole, key=lambda word: (-_tf(whole[word]) * _rarity(word, spread), word))[:_KEPT_WORDS]
    day = document.published_on.toordinal() if document.published_on else None
    return Features(head=head, whole={word: whole[word] for word in kept}, day=day)


def weigh(features: Features, seen: Mapping[str, int], articles: int) -> dict[str, float]:
    """Return the article's words with their weights, a vector of length one.

    Args:
        features: The article's counts.
        seen: The number of articles of the collection that contain each word.
        articles: Number of articles in the collection.
    """
    spread = load_word_spread()
    factor = _BACKGROUND_WEIGHT / spread.reports
    mixed: dict[str, float] = collections.defaultdict(float)
    for counts in (features.head, features.whole):
        part = {}
        for word, count in counts.items():
            holding = _UNSEEN + seen.get(word, 0) + factor * spread.counts.get(word, 0)
            part[word] = _tf(count) * math.log(1 + (articles + _BACKGROUND_WEIGHT) / holding)
        for word, weight in _unit(part).items():
            mixed[word] += weight
    kept = sorted(mixed, key=lambda word: (-mixed[word], word))[:_COMPARED_WORDS]
    return _unit({word: mixed[word] for word in kept})


def _counts(text: str, spread: WordSpread) -> dict[str, int]:
    # Interned: a word that occurs in many articles is stored once.
    words = (sys.intern(_POSSESSIVE.sub("", word.lower())) for word in _WORD.findall(text))
    counts = collections.Counter(words)
    return {word: count for word, count in counts.items() if spread.share(word) <= _TOO_COMMON}


def _tf(count: int) -> float:
    return 1 + math.log(count)


def _rarity(word: str, spread: WordSpread) -> float:
    return math.log(1 + spread.reports / (_UNSEEN + spread.counts.get(word, 0)))


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}
