"""Quotation spans, found without the parse, so that parse errors cannot affect them.

A single mark is far more often an apostrophe: single marks count only when they hold several words and close
behind a stop or comma; two of them side by side are a double mark. A quote that is not closed ends with its
paragraph; when the next paragraph opens with a mark again, that goes on from it, as news style has it.
"""

from __future__ import annotations

import re

from dragoman.language.annotated import Quote

_MARKS = re.compile('["“”„«»\n]')
_STOPS = frozenset(".!?")
_OPENING, _CLOSING = "“„«", "”»"


_DOUBLED = re.compile(r"(?<![\w.,!?;:])''(?=\w)")
_SINGLE = re.compile(
    r"(?<![\w'‘’])(['‘])(?=\w)((?:[^'‘’\n\"“”]|(?<=\w)['’](?=\w)){12,400}[.,!?])(['’])(?![\w'])"
)
# One or two words with a comma before the closing mark, as occurs only in quotations: 'Arnor,' said ...
_SHORT = re.compile(r"(?<![\w'‘’])(['‘])(?=[A-Z])([^'‘’\n\"“”]{1,24},)(['’])(?=\s)")


def _in_double_marks(text: str) -> str:
    """Replace other quotation marks by double ones; offsets do not change."""
    if "''" in text:
        text = _DOUBLED.sub(' "', text).replace("''", '" ')
    text = _SHORT.sub(r'"\2"', text)
    return _SINGLE.sub(lambda m: f'"{m[2]}"' if len(m[2].split()) > 2 else m[0], text)


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Find the quotes in a text, in order, in one pass; never fails."""
    text = _in_double_marks(text)
    quotes: list[Quote] = []
    opened: int | None = None
    waiting = False  # the previous paragraph ended inside a quote
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if mark == "\n":
            if opened is not None:
                quotes.append(_quote(opened, at, closed=False, quotes=quotes, waiting=waiting))
                waiting, opened = True, None
            continue
        if opened is None:
            if mark in _CLOSING and not waiting:
                continue
            if mark in _OPENING or (mark == '"' and _opens(text, at)):
                waiting = waiting and not text[:at].rpartition("\n")[2].strip()
                opened = at
        elif mark == '"' and _opens(text, at) and text[:at].rstrip()[-1:] in _STOPS:
            # A closing mark is missing: the next sentence opens a new quote that continues this one.
            quotes.append(_quote(opened, at - 1, closed=False, quotes=quotes, waiting=waiting))
            waiting, opened = True, at
        elif mark in _CLOSING or mark == '"':
            quotes.append(_quote(opened, at + 1, closed=True, quotes=quotes, waiting=waiting))
            opened, waiting = None, False
    if opened is not None:
        quotes.append(_quote(opened, len(text), closed=False, quotes=quotes, waiting=waiting))
    return tuple(q for q in quotes if q.inner_end > q.inner_start)


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([—–-:,") and bool(after) and not after.isspace()


def _quote(start: int, end: int, *, closed: bool, quotes: list[Quote], waiting: bool) -> Quote:
    return Quote(
        start=start,
        end=end,
        inner_start=start + 1,
        inner_end=end - 1 if closed else end,
        closed=closed,
        continues=len(quotes) - 1 if waiting and quotes else None,
    )
