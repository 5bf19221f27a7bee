"""Removal of paragraphs of a saved page or a feed that are not part of the report.

Only whole paragraphs are removed, and inside a paragraph only white space is changed, so that all offsets
refer to the text that is kept. Text given by a user as text is kept unchanged; there the coder ignores the
same paragraphs.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING

from dragoman.readers.notices import AGENCY, BARE_CREDIT, BEGINS, BYLINE, CREDIT, REPORTED, STAMP, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACES = re.compile(r"\s+")
# Invisible characters: soft hyphens, zero-width spaces, marks of writing direction.
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff"
_NOT_SEEN = re.compile(f"[{_UNSEEN}{_CONTROLS}]")
_BULLET = re.compile("\\A[-*\u2022\u25aa\u25cf\u2013]\\s+(?!.*\\s[-*\u2013]$)")
_BULLET_AS_READ = re.compile(
    f"([\\s{_UNSEEN}{_CONTROLS}]*)[-*\u2022\u25aa\u25cf\u2013][\\s{_UNSEEN}{_CONTROLS}]+"
)

# A paragraph that begins like a notice is a sentence of the report if it is longer than this.
_LONGEST_NOTICE = 220
_LONGEST_CAPTION = 400
_LONGEST_BYLINE = 120
_WORDS_OF_A_SENTENCE = 8


def clean_paragraphs(paragraphs: Iterable[str], *, title: str | None = None) -> list[str]:
    """Return the cleaned paragraphs of a report, without what a page put between them.

    Excluded are links to other reports, advertisements, credits and captions, bylines, time stamps, copyright
    notices, the title if it is the first paragraph, and a paragraph of eight words or more that repeats an
    earlier one.

    Args:
        paragraphs: The paragraphs as they are on the page.
        title: The report's title, if known.
    """
    tidied = [_tidy(paragraph) for paragraph in paragraphs]
    return [tidied[index] for index in _of_the_report(tidied, title)]


def report_spans(text: str, breaks: Iterable[int]) -> list[tuple[int, int]]:
    """Return the spans of a text that `clean_paragraphs` keeps, apart from white space.

    A headline that is given as part of the text is kept: it reports too.

    Args:
        text: The text.
        breaks: The offset at which each paragraph except the first begins.
    """
    ends = [*breaks, len(text)]
    paragraphs = list(itertools.pairwise([0, *ends]))
    tidied = [tidy_paragraph(text[start:end]) for start, end in paragraphs]
    plain = [_BULLET.sub("", paragraph) for paragraph in tidied]
    # A paragraph of white space is kept: it separates its neighbours.
    kept = {*_of_the_report(plain, None), *(i for i, paragraph in enumerate(plain) if not paragraph)}
    spans: list[tuple[int, int]] = []
    for number in sorted(kept):
        start, end = paragraphs[number]
        bullet = _BULLET_AS_READ.match(text, start, end) if plain[number] != tidied[number] else None
        if bullet:
            # The white space before the bullet is kept, so that paragraphs are not joined.
            spans += _seen_spans(text, start, bullet.end(1))
            start = bullet.end()
        spans += _seen_spans(text, start, end)
    return [(start, end) for start, end in spans if start < end]


def _seen_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _NOT_SEEN.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _tidy(paragraph: str) -> str:
    return _BULLET.sub("", tidy_paragraph(paragraph))


def _of_the_report(tidied: list[str], title: str | None) -> list[int]:
    kept: list[int] = []
    seen: set[str] = set()
    heading = _key(title) if title else ""
    ordinary = [i for i, p in enumerate(tidied) if p and not is_notice(p) and not _has_bare_credit(p)]
    last = ordinary[-1] if ordinary else -1
    for index, paragraph in enumerate(tidied):
        if not paragraph or is_notice(paragraph):
            continue
        # An agency in brackets is a caption's credit, or follows the last sentence of its report.
        if index < last and _has_bare_credit(paragraph):
            continue
        key = _key(paragraph)
        if not kept and heading and key == heading:
            continue
        if key in seen and len(key.split()) >= _WORDS_OF_A_SENTENCE:
            continue
        seen.add(key)
        kept.append(index)
    return kept


def _has_bare_credit(paragraph: str) -> bool:
    short = len(paragraph) <= _LONGEST_CAPTION
    return short and bool(BARE_CREDIT.search(paragraph)) and not REPORTED.search(paragraph)


def is_notice(paragraph: str) -> bool:
    """Return True if a paragraph belongs to the page and not to the report."""
    length = len(paragraph)
    if length > _LONGEST_CAPTION:
        return False
    if WHOLE.fullmatch(paragraph) or CREDIT.search(paragraph):
        return True
    if length <= _LONGEST_NOTICE and BEGINS.match(paragraph):
        return True
    return length <= _LONGEST_BYLINE and any(p.fullmatch(paragraph) for p in (BYLINE, AGENCY, STAMP))


def tidy_paragraph(paragraph: str) -> str:
    """Return a paragraph with composed characters and single spaces, without invisible characters."""
    visible = _NOT_SEEN.sub("", paragraph)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", visible)).strip()


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
