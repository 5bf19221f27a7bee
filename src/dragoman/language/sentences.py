"""Sentence boundaries: set before parsing where they are certain, otherwise left to the parser.

A sentence begins behind a stop, a line end, a bullet or a dateline, and nowhere else but for a few marks (a
colon, a dash, a closing quotation mark) behind which one may begin. Whether a full stop ends a sentence or an
abbreviation is decided by the word before it and the word after it.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.language.datelines import find_datelines
from dragoman.language.line_wrapping import paragraph_breaks
from dragoman.language.text_words import load_text_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from spacy.tokens import Doc

BEGINS, OPEN, GOES_ON = 1, 0, -1

_STOP = re.compile(
    r"(?P<stop>\.(?: ?\.)+|[.!?…]+)(?P<close>[\"'”’»)\]*]*(?: [\"”](?=\s))?)\s+(?P<opens>[\"'“‘«(\[]*)(?=\S)"
)
_BEFORE = re.compile(r"\S+\Z")
_LONGEST_WORD = 40
_NEXT = re.compile(r"[^\W_][\w'’-]*(?:\.[A-Za-z]\b)*")
_INITIALS = re.compile(r"(?:[A-Z][.-])*[A-Z]")
_ACRONYM = re.compile(r"(?:[a-z]\.)+[a-z]")
_ENUMERATOR = re.compile(r"(?:^|\n)[ \t]*\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})\Z")
_OPENING_MARKS = "\"'“‘«([—–-/•●▪◦‣*"
# A sentence may begin after these; "mark" is the text before the white space.
_MAY_BEGIN = re.compile(r"(?P<mark>[:;—–|>/*)\]\"”’»'-])\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\s(?=[(\[*])")
# Without a space between; certain cases were corrected by the normalisation.
_GLUED = re.compile(r"[.!?](?<=[a-z].)[.!?]*[\"”’)]*(?=[A-Z])")
_BULLET = re.compile(r"[•●▪◦‣](?<=\s.)(?=\s*\S)")
_CAPITAL = re.compile(r"\s(?<=\w\s)\s*(?=([A-Z]\w*)(\s[a-z])?)")
# Maximum length of a sentence in a report; in longer stretches the parser may begin one anywhere.
_LONGEST_SENTENCE = 150
# Participants are scored for all pairs of words of a sentence, so its length is bounded. Longer stretches
# without a full stop are lists and tables: two of 13,000 in news articles.
MOST_WORDS = 200
# Longer stretches are split after one of these, if there is one in the second half.
_PARTING = frozenset({",", ";", ":", "-", "–", "—", "|", "/"})


class SentenceStarts:
    """A component before the parser that sets `is_sent_start` to True or False where it is certain.

    Args:
        common: Dictionary words; one with a capital may begin a sentence without a preceding full stop.
    """

    def __init__(self, common: Container[str] = frozenset()) -> None:
        self._common = common

    def __call__(self, doc: Doc, text: str | None = None) -> Doc:
        """Set where sentences begin and where they do not.

        Args:
            doc: A text with its tokens.
            text: The text, if known; else it is put together from the tokens.
        """
        from spacy.attrs import IDX, IS_SPACE, SENT_START  # type: ignore[import-not-found]

        if len(doc) < 2:
            return doc
        table: Any = doc.to_array([IDX, IS_SPACE])
        text = doc.text if text is None else text
        found = dict(sentence_starts(text, common=self._common))
        values = _token_values(text, found, table[:, 0].astype("int64"), table[:, 1].astype(bool))
        _part_long_stretches(values, doc)
        _open_long_stretches(values)
        doc.from_array([SENT_START], values.astype("int64").view("uint64"))
        return doc


def _token_values(text: str, found: dict[int, int], begins: Any, is_space: Any) -> Any:
    """Return for each token if a sentence begins there: `BEGINS`, `OPEN` or `GOES_ON`."""
    values = np.full(len(begins), GOES_ON, dtype="int64")
    values[0] = BEGINS
    offsets = np.array(list(found), dtype="int64")
    at = np.searchsorted(begins, offsets)
    for offset, value, index in zip(offsets.tolist(), found.values(), at.tolist(), strict=True):
        while index < len(begins) and is_space[index]:
            index += 1
        if index >= len(begins):
            continue
        if begins[index] == offset or text[offset : begins[index]].isspace():
            values[index] = value
        elif index:
            # Not a token boundary: left to the parser.
            values[index - 1 : index + 1] = np.maximum(values[index - 1 : index + 1], OPEN)
    return values


def _part_long_stretches(values: Any, doc: Doc) -> None:
    """Split stretches that are too long, where a sentence may begin or after a punctuation mark."""
    starts = [*np.flatnonzero(values == BEGINS).tolist(), len(values)]
    for first, last in itertools.pairwise(starts):
        while last - first > MOST_WORDS:
            first = _parting_place(values, doc, first)
            values[first] = BEGINS


def _parting_place(values: Any, doc: Doc, first: int) -> int:
    """Return the last suitable place for a sentence to begin within the maximum length."""
    end = first + MOST_WORDS
    half = range(end, first + MOST_WORDS // 2, -1)
    may_begin = next((word for word in half if values[word] == OPEN), None)
    if may_begin is not None:
        return may_begin
    return next((word for word in half if doc[word - 1].text in _PARTING), end)


def _open_long_stretches(values: Any) -> None:
    starts = [*np.flatnonzero(values == BEGINS).tolist(), len(values)]
    for first, last in itertools.pairwise(starts):
        if last - first > _LONGEST_SENTENCE:
            values[first + 1 : last] = OPEN


def sentence_starts(text: str, *, common: Container[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Yield offsets at which a sentence begins (`BEGINS`), may begin (`OPEN`) or does not begin (`GOES_ON`).

    A later one about the same offset counts more. Where nothing is yielded, none begins.

    Args:
        text: The text.
        common: Dictionary words in lower case.
    """
    openers = load_text_words()["openers"]
    for match in _CAPITAL.finditer(text):
        word = match[1].lower()
        is_word = word != "i" and (word in openers or (bool(match[2]) and word in common))
        if is_word or text[match.start() - 1].isdigit():
            yield match.end(), OPEN
    for match in _MAY_BEGIN.finditer(text):
        yield match.end(), OPEN
    for match in _GLUED.finditer(text):
        yield match.end(), OPEN
    for match in _STOP.finditer(text):
        yield match.start("opens"), _verdict(text, match)
    for match in _BULLET.finditer(text):
        yield match.start(), BEGINS
    breaks = paragraph_breaks(text)
    for offset in breaks:
        yield offset, BEGINS
    for line in find_datelines(text, [0, *breaks]):
        yield line.end, BEGINS


def _verdict(text: str, match: re.Match[str]) -> int:
    """Decide if a sentence begins after a full stop."""
    word = _NEXT.match(text, match.end())
    following = word[0] if word is not None else ""
    if not following:
        return _behind_mark(text[match.end()])
    if match["stop"] == "." and not match["close"]:
        return _behind_full_stop(text, match, following)
    if following[0].islower():
        return OPEN if match["close"] == ")" else GOES_ON
    if match["close"] and "." not in match["stop"] and _names_speaker(text, match.end()):
        return GOES_ON
    if match["stop"] == "…" or (len(match["stop"]) > 1 and "." in match["stop"]):
        return BEGINS if match["opens"] or following.lower() in load_text_words()["openers"] else OPEN
    if match["opens"][:1] in ("(", "["):
        return OPEN
    if match["stop"] == ".":
        return _behind_closed(text, match, following)
    return BEGINS


def _behind_mark(mark: str) -> int:
    """Decide if a sentence begins at an isolated mark: not at a comma or a dash."""
    return OPEN if mark in "•●*—–-#@$€£" else GOES_ON


def _behind_closed(text: str, match: re.Match[str], following: str) -> int:
    """Decide if a sentence begins after a full stop and a closing mark."""
    kind = _kind_of(_word_before(text, match.start()))
    if kind is not None and match["close"] in (")", "]"):
        return BEGINS if following.lower() in load_text_words()["openers"] else OPEN
    return BEGINS


def _behind_full_stop(text: str, match: re.Match[str], following: str) -> int:
    before = _word_before(text, match.start())
    kind = _kind_of(before)
    is_number = following[0].isdigit()
    if kind is not None and not (kind == "before_numbers" and not is_number):
        return _behind_abbreviation(kind, following, is_quoted=bool(match["opens"]))
    if _INITIALS.fullmatch(before):
        return BEGINS if _is_opener(following) and following != "A" else GOES_ON
    if _ACRONYM.fullmatch(before.lower()):
        return _behind_abbreviation("may_end", following, is_quoted=bool(match["opens"]))
    if _ENUMERATOR.search(text, max(0, match.start() - 8), match.start()):
        return GOES_ON
    if following[0].islower():
        return OPEN
    if match["opens"][:1] in ("(", "["):
        return OPEN
    return BEGINS if not _looks_short(before) or _is_opener(following) else OPEN


def _looks_short(word: str) -> bool:
    """Return True if a capitalised word may be an abbreviation that is in no list: "Pvt"."""
    return word[:1].isupper() and len(word) < 5 and not re.search("[aeiouy]", word[1:].lower())


def _is_opener(word: str) -> bool:
    return word[0].isupper() and word.split("'")[0].split("’")[0].lower() in load_text_words()["openers"]


def _behind_abbreviation(kind: str, following: str, *, is_quoted: bool) -> int:
    if following[0].islower():
        return GOES_ON
    if kind == "titles" or (kind in ("months", "before_numbers") and following[0].isdigit()):
        return GOES_ON
    if _is_opener(following):
        return BEGINS
    if is_quoted:
        return OPEN
    return GOES_ON if kind in ("before_nouns", "months") else OPEN


@functools.cache
def _kinds() -> Mapping[str, str]:
    """Return the list of each abbreviation."""
    words, calendar = load_text_words(), load_calendar_words()
    kinds = {
        form.capitalize(): "months"
        for names in (calendar.months, calendar.weekdays)
        for form, number in names.items()
        if any(other == number and len(name) > len(form) for name, other in names.items())
    }
    for name in ("may_end", "before_nouns", "before_numbers", "titles"):
        kinds.update(dict.fromkeys(words[name], name))
    return kinds


def _kind_of(word: str) -> str | None:
    """Return the list of an abbreviation; None for other words."""
    kinds = _kinds()
    kind = kinds.get(word) or kinds.get(word.lower())
    if kind is None and word.isupper() and len(word) > 1:
        kind = kinds.get(word.capitalize())
    return kind


def _word_before(text: str, stop: int) -> str:
    found = _BEFORE.search(text, max(0, stop - _LONGEST_WORD), stop)
    return found[0].lstrip(_OPENING_MARKS) if found is not None else ""


def _names_speaker(text: str, at: int) -> bool:
    """Return True if the following words name the speaker of the preceding ones: *"Who?" Mr Smith asked*.

    A capital letter that is not a name's begins a sentence: *"Who?" He said he did not know.*
    """
    words = text[at : at + 60].split()[:5]
    said = load_text_words()["said"]
    if words and _is_opener(words[0]):
        return False
    return any(word.strip(",.") in said for word in words[1:]) or (bool(words) and words[0] in said)
