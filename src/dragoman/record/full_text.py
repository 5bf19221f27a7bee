"""Full-text search: queries of bounded cost from typed words, and snippets of matching reports.

The run time of SQLite's own `snippet` is quadratic in the number of words found in a report, and it runs on
every report before the best are chosen. Here a snippet takes one pass over the beginning of a few reports.
"""

from __future__ import annotations

import collections
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Larger than any realistic query; each word costs a pass over all its occurrences.
MAX_SEARCH_WORDS = 64
MAX_SEARCH_CHARACTERS = 2_000
# A prefix of one or two letters matches a tenth of all words, so only a few of them can be combined within
# the time limit.
SHORT_BEGINNING = 3
MAX_SHORT_BEGINNINGS = 3
# Number of characters of a report that are searched for a snippet, and number of words in a snippet.
_LOOKED_THROUGH = 20_000
_SNIPPET_WORDS = 24
_WORD = re.compile(r"[^\W_]+")


class Term(NamedTuple):
    """A required word or phrase, folded; the last word may be a prefix."""

    words: tuple[str, ...]
    is_beginning: bool


def parse_words(typed: str) -> list[tuple[str, Term]]:
    """Return the distinct terms of a typed query, each folded and in SQLite's full-text syntax.

    Raises:
        UsageError: The query contains no word, or too many.
    """
    if len(typed) > MAX_SEARCH_CHARACTERS:
        message = f"{len(typed):,} characters to look for; give {MAX_SEARCH_CHARACTERS:,} at most"
        raise UsageError(message=message)
    terms: dict[Term, str] = {}
    # A null character would truncate the query.
    for turn, piece in enumerate(typed.replace("\x00", " ").split('"')):
        # Every second piece was quoted.
        for term in [piece] if turn % 2 else piece.split():
            bare = term.rstrip("*").strip()
            is_beginning = term.endswith("*")
            words = tuple(_fold(word) for word in _WORD.findall(bare))
            if words:
                terms.setdefault(Term(words, is_beginning), f'"{bare}"' + ("*" if is_beginning else ""))
    _check_terms(typed, terms)
    return [(written, term) for term, written in terms.items()]


def _check_terms(typed: str, terms: dict[Term, str]) -> None:
    if not terms:
        raise UsageError(message=f"no word to look for in {typed[:80]!r}; give one or more words")
    count = sum(len(term.words) for term in terms)
    if count > MAX_SEARCH_WORDS:
        raise UsageError(message=f"{count} words to look for; give {MAX_SEARCH_WORDS} at most")
    short = [term for term in terms if term.is_beginning and len(term.words[-1]) < SHORT_BEGINNING]
    if len(short) > MAX_SHORT_BEGINNINGS:
        message = (
            f"{len(short)} beginnings of fewer than {SHORT_BEGINNING} letters;"
            f" give {MAX_SHORT_BEGINNINGS} of these at most, or longer ones"
        )
        raise UsageError(message=message)


def match_words(typed: str) -> str:
    """Convert a typed query to a full-text query: all words, phrases in quotes, prefixes with *.

    Raises:
        UsageError: The query contains no word, or too many.
    """
    return " AND ".join(written for written, _ in parse_words(typed))


def in_brackets(parts: Iterable[tuple[str, bool]]) -> str:
    """Return the parts of a snippet as one string, with [ and ] around those that match."""
    return "".join(f"[{words}]" if is_match else words for words, is_match in parts)


def snippet_parts(text: str, terms: Sequence[Term]) -> list[tuple[str, bool]]:
    """Return the part of a text with the most different terms, in pieces; True for those that match a term.

    Args:
        text: A report; only its beginning is searched.
        terms: The terms of the query.
    """
    found = [(match.start(), match.end()) for match in _WORD.finditer(text[:_LOOKED_THROUGH])]
    words = [_fold(text[start:end]) for start, end in found]
    # The terms that a word can begin, indexed by its first letters.
    by_letters: dict[str, list[tuple[int, Term]]] = collections.defaultdict(list)
    for number, term in enumerate(terms):
        by_letters[term.words[0][:SHORT_BEGINNING]].append((number, term))
    hits: list[tuple[int, int, int]] = []
    for place, word in enumerate(words):
        for length in range(1, SHORT_BEGINNING + 1):
            for number, term in by_letters.get(word[:length], ()):
                if len(word) >= length and _stands_at(words, place, term):
                    hits.append((place, place + len(term.words), number))
    first = _best_window(hits)
    last = min(first + _SNIPPET_WORDS, len(words))
    if not words:
        return [(text[:200], False)]
    return _written(text, found, hits, first, last)


def _stands_at(words: list[str], place: int, term: Term) -> bool:
    here = words[place : place + len(term.words)]
    if len(here) < len(term.words) or tuple(here[:-1]) != term.words[:-1]:
        return False
    return here[-1].startswith(term.words[-1]) if term.is_beginning else here[-1] == term.words[-1]


def _best_window(hits: list[tuple[int, int, int]]) -> int:
    """Return the first word of the earliest window with the most different terms."""
    best, most, counts = 0, 0, collections.Counter[int]()
    left = 0
    for place, _, number in hits:
        counts[number] += 1
        while hits[left][0] <= place - _SNIPPET_WORDS:
            gone = hits[left][2]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            left += 1
        if len(counts) > most:
            most, best = len(counts), hits[left][0]
    # Include some words before the first match.
    return max(0, best - 4)


def _written(
    text: str, found: list[tuple[int, int]], hits: list[tuple[int, int, int]], first: int, last: int
) -> list[tuple[str, bool]]:
    marked = [False] * (last - first)
    for start, end, _ in hits:
        for place in range(max(start, first), min(end, last)):
            marked[place - first] = True
    pieces = [(" ... " if first else "", False)]
    at = found[first][0] if first else 0
    for place in range(first, last):
        start, end = found[place]
        # The space between two words that match is marked with them.
        pieces += [(text[at:start], marked[place - first] and place > first and marked[place - first - 1])]
        pieces += [(text[start:end], marked[place - first])]
        at = end
    goes_on = last < len(found) or len(text) > _LOOKED_THROUGH
    pieces.append((" ... " if goes_on else text[at:], False))
    return [
        ("".join(words for words, _ in group), is_match)
        for is_match, group in itertools.groupby((piece for piece in pieces if piece[0]), key=_is_match)
    ]


def _is_match(piece: tuple[str, bool]) -> bool:
    return piece[1]


def _fold(word: str) -> str:
    """Return a word as the full-text index compares it: lower case, without diacritics."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
