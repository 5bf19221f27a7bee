"""Normalisation of a text for the parser, with a mapping back to the original text.

Traces of printing and conversion are undone: HTML entities and tags, ligatures, invisible characters, wrapped
lines, hyphenated words, missing spaces between sentences. Datelines and credits are removed. Regular text is
not changed.
"""

from __future__ import annotations

import contextlib
import functools
import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.datelines import Dateline, find_datelines
from dragoman.language.line_wrapping import paragraph_breaks, wrapped_ends
from dragoman.language.text_map import Edit, TextMap
from dragoman.language.text_words import load_text_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});"
_COMMENT = "<!--.{0,2000}?-->"
_TAG = (
    r"</?[A-Za-z][A-Za-z0-9]{0,11}(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*/?>"
    rf"|{_COMMENT}"
)
_LIGATURES = "\ufb00-\ufb06"
# Soft hyphens, zero-width characters, direction marks.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ACCENTS = "\u0300-\u036f"
# UTF-8 decoded as Windows-1252: the characters of a first byte and of the following bytes.
_FIRST_BYTES = "\u00c2-\u00c5\u00d0\u00d1\u00d7-\u00db\u00e0-\u00ef"
_NEXT_BYTES = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_MISREAD = f"[{_FIRST_BYTES}][{_NEXT_BYTES}]{{1,3}}"
# Closing quotation marks lose their last byte, which is undefined in Windows-1252.
_HALF_QUOTE, _CLOSING_QUOTE = "\u00e2\u20ac", "\u201d"
# A fast search for the first character; the full pattern is then tried there.
_SUSPECT_MISREAD = f"[{_FIRST_BYTES}](?=[{_NEXT_BYTES}])"
_SUSPECT = re.compile(f"[&<{_LIGATURES}{_UNSEEN}{_SPACES}]|[^\\W\\d_](?=[{_ACCENTS}])|{_SUSPECT_MISREAD}")
_SUSPECT_WITHOUT_ACCENTS = re.compile(f"[&<{_LIGATURES}{_UNSEEN}{_SPACES}]|{_SUSPECT_MISREAD}")
_HAS_ACCENTS = re.compile(f"[{_ACCENTS}]")
_SUSPECT_ASCII = re.compile("[&<]")
_ODD = re.compile(
    f"{_ENTITY}|{_TAG}|[{_LIGATURES}{_UNSEEN}{_SPACES}]|{_MISREAD}|[^\\W\\d_][{_ACCENTS}]+", re.DOTALL
)
_UNPRINTED = re.compile(f"[\\n\\t{_UNSEEN}{_SPACES}]")
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_PARAGRAPH_BREAK = "\n\n"

_WRAP = re.compile(r"[ \t\r]*\n[ \t]*")
_PARTED = re.compile(r"([^\W_][\w’'-]*)-\Z")
_FIRST_WORD = re.compile(r"[\w’'-]+")
_LONGEST_WORD = 60

_GLUED = re.compile(r"(?<=[\w%)\]])[.!?]+(?P<close>[”’)\]]*)(?P<mark>\"?)(?=[“‘(]?[A-Z])")
# "... left .Then they came": the full stop belongs to the preceding word.
_STOP_APART = re.compile(r"(?<=\w) \.(?=[A-Z][a-z]+ )")
_BEFORE = re.compile(r"\S*\Z")
_LAST_LETTERS = re.compile(r"[^\W\d_]*\Z")
_AFTER = re.compile(r"[\"“‘(]?([A-Z][\w'’-]*)")
_SENTENCE_GOES_ON = re.compile(r"[\"“‘(]?[A-Z][a-z]+\s[a-z]")
_ADDRESS = re.compile(r"://|@|\.\w+/|www\.|\w_\w")
_SENTENCE_LETTERS = 2
_LONGEST_ABBREVIATION = 4
_LONGEST_QUOTE = 2000
_LONGEST_CREDIT = 450


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """The normalised text with its mapping, and the datelines as offsets into the original text."""

    text_map: TextMap
    datelines: tuple[Dateline, ...] = ()

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.text_map.text


def normalize(text: str, *, known_words: Container[str] = frozenset()) -> NormalizedText:
    """Return a text normalised for the parser.

    Args:
        text: Any text.
        known_words: Dictionary words in lower case, to decide whether a hyphen at the end of a line belongs
            to
            the word.
    """
    text_map = TextMap(text).edited(_character_edits(text))
    text_map = text_map.edited(_line_edits(text_map.text, known_words))
    text_map = text_map.edited(_stop_edits(text_map.text))
    text_map = text_map.edited(_glued_edits(text_map.text))
    starts = [0, *paragraph_breaks(text_map.text)]
    datelines = find_datelines(text_map.text, starts)
    cuts = [Edit(line.start, line.end) for line in datelines]
    cuts += _credit_edits(text_map.text, [*starts[1:], len(text_map.text)])
    given = tuple(_as_given(line, text_map) for line in datelines)
    return NormalizedText(text_map.edited(cuts), given)


def _as_given(line: Dateline, text_map: TextMap) -> Dateline:
    start, end = text_map.original_span(line.start, line.end)
    return Dateline(
        start=start,
        end=end,
        place=text_map.original_span(*line.place),
        date=text_map.original_span(*line.date) if line.date else None,
        agency=text_map.original_span(*line.agency) if line.agency else None,
    )


def _character_edits(text: str) -> Iterator[Edit]:
    at = 0
    for suspect in _suspects(text).finditer(text):
        match = _ODD.match(text, suspect.start()) if suspect.start() >= at else None
        if match is None:
            continue
        at = match.end()
        written = _written(match[0])
        if written != match[0]:
            yield Edit(match.start(), at, written)


def _suspects(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _SUSPECT_ASCII
    return _SUSPECT if _HAS_ACCENTS.search(text) else _SUSPECT_WITHOUT_ACCENTS


def _written(found: str) -> str:
    """Return the replacement of an entity, a tag, a ligature or a mark."""
    if found[0] == "<":
        return _instead_of_tag(found)
    if found[0] == "&" and len(found) > 1:
        found = _unescaped(found)
    if re.match(_MISREAD, found):
        return _read_again(found)
    plain = re.sub(f"[{_UNSEEN}]", "", re.sub(f"[{_SPACES}]", " ", found))
    if re.match(f"[{_LIGATURES}]", plain):
        return unicodedata.normalize("NFKC", plain)
    return unicodedata.normalize("NFC", plain)


def _read_again(found: str) -> str:
    """Repair UTF-8 decoded as Windows-1252; other text is returned unchanged."""
    for length in range(len(found), 1, -1):
        with contextlib.suppress(UnicodeError):
            return _bytes_of(found[:length]).decode("utf-8") + found[length:]
    if found.startswith(_HALF_QUOTE):
        return _CLOSING_QUOTE + found[len(_HALF_QUOTE) :]
    return found


def _bytes_of(characters: str) -> bytes:
    """Return the original bytes; five are undefined in Windows-1252 and were kept unchanged."""
    return b"".join(bytes([ord(c)]) if "\x80" <= c <= "\x9f" else c.encode("cp1252") for c in characters)


def _unescaped(entity: str) -> str:
    """Decode an entity, including one with an escaped &; unknown ones are returned unchanged."""
    found = entity
    while (plain := html.unescape(found)) != found and plain.startswith("&") and len(plain) > 1:
        found = plain
    return plain if len(plain) <= 2 and (plain.isprintable() or _UNPRINTED.fullmatch(plain)) else entity


def _instead_of_tag(tag: str) -> str:
    if tag.startswith("<!--"):
        return ""
    name = _TAG_NAME.match(tag)
    words = load_text_words()
    if name is not None and name[1].lower() in words["block_tags"]:
        return _PARAGRAPH_BREAK
    return "" if name is not None and name[1].lower() in words["inline_tags"] else tag


def _line_edits(text: str, known_words: Container[str]) -> Iterator[Edit]:
    suspending = load_text_words()["suspending"]
    for end in wrapped_ends(text):
        start = end
        while start and text[start - 1] in " \t\r":
            start -= 1
        match = _WRAP.match(text, start)
        if match is None:
            continue
        parted = _PARTED.search(text, max(0, start - _LONGEST_WORD), start)
        following = _FIRST_WORD.match(text, match.end())
        if parted is None or following is None or following[0].lower() in suspending:
            yield Edit(start, match.end(), " ")
        elif _keeps_hyphen(parted[1], following[0], known_words):
            yield Edit(start, match.end())
        else:
            yield Edit(start - len("-"), match.end())


def _keeps_hyphen(first: str, second: str, known_words: Container[str]) -> bool:
    """Return True if a hyphen at the end of a line is part of the word: "Anglo-Irish", "17th-century"."""
    last = first.rsplit("-", 1)[-1]
    if not last.isalpha() or not second[0].islower() or len(last) != len(first):
        return True
    whole = (last + second.split("-", 1)[0].split("'", 1)[0].split("’", 1)[0]).lower()
    if whole in known_words:
        return False
    is_prefix = last.lower() in load_text_words()["prefixes"]
    return is_prefix or (last.lower() in known_words and second.lower() in known_words)


def _stop_edits(text: str) -> Iterator[Edit]:
    """Move a full stop attached to the next sentence to the end of its own."""
    for match in _STOP_APART.finditer(text):
        after = _AFTER.match(text, match.end())
        if after is not None and after[1].lower() not in load_text_words()["address_endings"]:
            yield Edit(match.start(), match.end(), ". ")


def _glued_edits(text: str) -> Iterator[Edit]:
    for match in _GLUED.finditer(text):
        if not _is_new_sentence(text, match):
            continue
        at = match.end()
        if match["mark"] and _opens_quote(text, match.start("mark")):
            at = match.start("mark")
        yield Edit(at, at, " ")


def _is_new_sentence(text: str, match: re.Match[str]) -> bool:
    """Return True if a capital after a full stop begins a sentence: not in "U.S.Senate" or an address."""
    begin = max(0, match.start() - _LONGEST_WORD)
    before_match = _BEFORE.search(text, begin, match.start())
    after_match = _AFTER.match(text, match.end())
    if before_match is None or after_match is None:
        return False
    before, after = before_match[0].lstrip("\"“‘'(["), after_match[1]
    if _is_address(before, after, text[match.end() : match.end() + _LONGEST_WORD]):
        return False
    if match["close"] or match["mark"]:
        return True
    goes_on = bool(_SENTENCE_GOES_ON.match(text, match.end()))
    return _may_part(before, after, goes_on=goes_on)


def _is_address(before: str, after: str, behind: str) -> bool:
    """Return True if a full stop is part of an address or a file name."""
    words = behind.split(None, 1)
    if _ADDRESS.search(f"{before}.") or (words and ("://" in words[0] or "@" in words[0])):
        return True
    return after.lower() in load_text_words()["address_endings"]


def _may_part(before: str, after: str, *, goes_on: bool) -> bool:
    """Return True if two words with a full stop between them belong to two sentences.

    Args:
        before: The text before the full stop, up to the last white space.
        after: The word after it.
        goes_on: True if that word is followed by one in lower case.
    """
    words = load_text_words()
    is_opener = after.lower() in words["openers"]
    letters = _LAST_LETTERS.search(before)
    last = letters[0] if letters is not None else ""
    if last.islower() and len(last) > _SENTENCE_LETTERS and last not in words["may_end"]:
        return _is_lone_word(before) and (is_opener or len(after) > 1)
    if is_opener:
        return after[1:].islower()
    is_short = len(last) <= _LONGEST_ABBREVIATION or last in words["titles"]
    return not is_short and last == before and goes_on


def _is_lone_word(before: str) -> bool:
    """Return True if the word before the full stop contains no other, as host names do."""
    return not re.search(r"[^\W_]\.[^\W\d_]", before) or bool(re.search(r"[.!?][A-Z]", before))


def _opens_quote(text: str, at: int) -> bool:
    """Return True if a straight mark opens a quotation: the marks before it in the paragraph are paired."""
    begin = max(text.rfind("\n", 0, at) + 1, at - _LONGEST_QUOTE)
    return text.count('"', begin, at) % 2 == 0


@functools.cache
def _credit_pattern() -> re.Pattern[str]:
    openers = "|".join(sorted(load_text_words()["credits"], key=len, reverse=True))
    return re.compile(rf"\s*[(\[](?i:{openers})\s+[A-Z][^()\[\]\n]{{1,400}}[)\]][\s.]*\Z")


def _credit_edits(text: str, ends: list[int]) -> Iterator[Edit]:
    """Remove credits in brackets after the last sentence of a paragraph."""
    for end in ends:
        furthest = max(0, end - _LONGEST_CREDIT)
        last = max(text.rfind(mark, furthest, end) for mark in "([")
        if last < 0:
            continue
        begin = last
        while begin and text[begin - 1] in " \t":
            begin -= 1
        match = _credit_pattern().match(text, begin, end)
        if match is not None:
            stop = begin + len(text[begin:end].rstrip())
            yield Edit(begin, stop)
