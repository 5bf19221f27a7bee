"""The dates of a report, resolved against its day of publication, and the date of an event.

Weekdays follow the convention of news: the last such day up to the day of the report or, in a clause about
the future, the next one. Expressions that cannot be resolved are not returned: no date is guessed.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dragoman.coding.dates import calendar
from dragoman.coding.dates.binding import FoundDate
from dragoman.coding.dates.calendar import Moment
from dragoman.coding.dates.expressions import find_raw
from dragoman.coding.dates.tense import direction_at
from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.knowledge.telling_words import load_telling_words
from dragoman.language.remembering import own_key
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dragoman.coding.dates.binding import Kind
    from dragoman.coding.dates.calendar import Interval
    from dragoman.coding.dates.expressions import RawDate
    from dragoman.language.annotated import AnnotatedDocument

_JOINED = re.compile(r"\s*(?:,?\s+(?:and|to|until|till|through)\s+|\s?[-–—]\s?)(?:the\s+)?")
_RELATION = re.compile(
    r"(?P<word>(?i:ever since|since|until|till|up to|by the end of|by|no later than|before|ahead of|prior to"
    r"|after|following|between|from|beyond))\s+(?:(?:about|around|at least|late|early|the)\s+)?$"
)
# An actor that prepares for an event or keeps to a date refers to the future.
_UPCOMING = re.compile(
    r"(?i:\b(?:ahead of|until|till|no later than|set for|due on|due|scheduled for))\s+(?:the\s+)?$"
)
# Times of day next to a weekday name; a report opens with its news.
_HOURS = re.compile(r"(?i:^.*\b(?:early|late)(?: on)? |\b(?:morning|afternoon|evening|night)$)")
_LEAD = 600
_KINDS: dict[str, Kind] = {
    "ever since": "since", "since": "since", "until": "until", "till": "until", "up to": "until",
    "by": "by", "by the end of": "by", "no later than": "by", "before": "before", "ahead of": "before",
    "prior to": "before", "after": "after", "following": "after", "beyond": "after",
}  # fmt: skip


def find_dates(annotated: AnnotatedDocument) -> list[FoundDate]:
    """Find the dates of a report, in order, without overlaps.

    Without a day of publication, only dates with an explicit year are found.
    """
    raws = find_raw(annotated.document.text)
    found: list[FoundDate] = []
    index = 0
    while index < len(raws):
        check_time()
        pair = _pair(raws, index, annotated)
        if pair is not None:
            found.append(pair)
            index += 2
            continue
        single = _single(raws[index], annotated, found) if raws[index].is_sure else None
        if single is not None:
            found.append(single)
        index += 1
    return found


def _resolve(raw: RawDate, annotated: AnnotatedDocument, published: dt.date | None = None) -> Interval | None:
    document = annotated.document
    direction = -1 if published else _direction(raw, annotated)
    written_until = _written_until_once(annotated) if direction < 0 and published is None else 0
    moment = Moment(published or document.published_on, direction, load_calendar_words(), written_until)
    return calendar.within_calendar(lambda: raw.rule.resolve(raw.match, moment))


def _direction(raw: RawDate, annotated: AnnotatedDocument) -> int:
    if _UPCOMING.search(annotated.document.text[max(0, raw.start - 16) : raw.start]):
        return 1
    span = annotated.doc.char_span(raw.start, raw.end, alignment_mode="expand")
    return direction_at(span.root) if span is not None and len(span) else -1


def _written_until_once(annotated: AnnotatedDocument) -> int:
    """Return the cached result of `_written_until`, which searches the whole text of the document."""
    known: dict[Any, Any] = annotated.doc.user_data
    document = annotated.document
    key = own_key("written until", document.title, document.published_on)
    if key not in known:
        known[key] = _written_until(annotated)
    days: int = known[key]
    return days


def _written_until(annotated: AnnotatedDocument) -> int:
    """Return the number of days after its day of publication on which a report was still edited.

    A report marked as updated may refer to three more days. One that opens with the hours of the next day
    ("early Tuesday", printed on Monday) refers to that day: no report opens with the times of six days ago.
    """
    document = annotated.document
    marks = _update_marks()
    if any(marks.search(text) for text in (document.title, document.text) if text):
        return calendar.CHANGED_WITHIN
    published = document.published_on
    if published is None:
        return 0
    words = load_calendar_words()
    for raw in find_raw(document.text):
        if raw.start > _LEAD:
            break
        if raw.rule.name != "weekday" or not _HOURS.search(document.text[max(0, raw.start - 9) : raw.end]):
            continue
        is_bare = raw.match["which"] is None and raw.match["week"] is None
        weekday = words.weekdays[raw.match["wd"].rstrip(".").lower()]
        is_next = (weekday - published.weekday()) % 7 == 1
        if is_bare and is_next and _direction(raw, annotated) < 0:
            return 1
    return 0


@functools.cache
def _update_marks() -> re.Pattern[str]:
    marks = "|".join(load_telling_words().update_marks)
    return re.compile(rf"(?im)(?:^\s*|[(\[|•]\s*)(?:{marks})\b(?!\s+(?:its|his|her|their|the|a)\b)")


def _single(raw: RawDate, annotated: AnnotatedDocument, before: Sequence[FoundDate]) -> FoundDate | None:
    interval = _next_to(raw, annotated, before) if raw.rule.name == "next-to" else _resolve(raw, annotated)
    if interval is None:
        return None
    found = FoundDate(
        raw.start,
        raw.end,
        interval.first,
        interval.last,
        interval.precision,
        "on",
        raw.rule.is_absolute,
        raw.rule.name,
    )
    relation = _relation_before(raw, annotated)
    if relation is None:
        return found
    word, start = relation
    kind = _KINDS.get(word)
    if kind is None:
        return found
    found = replace(found, kind=kind, start=start)
    return _opened(found, kind, annotated.document.published_on)


def _next_to(raw: RawDate, annotated: AnnotatedDocument, before: Sequence[FoundDate]) -> Interval | None:
    """Resolve "the day before" from the previous date in the sentence, else from the report."""
    span = annotated.doc.char_span(raw.start, raw.end, alignment_mode="expand")
    begin = span.sent.start_char if span is not None and len(span) else raw.start
    last = before[-1] if before and before[-1].start >= begin else None
    if last is not None:
        return _resolve(raw, annotated, last.last) if last.precision == "day" else None
    is_back = raw.match.group(0).lower().endswith(("prior", "before", "previous day", "prior day"))
    return _resolve(raw, annotated) if is_back else None


def _relation_before(raw: RawDate, annotated: AnnotatedDocument) -> tuple[str, int] | None:
    begin = max(0, raw.start - 32)
    match = _RELATION.search(annotated.document.text[begin : raw.start])
    if match is None or (match.start() > 0 and match.string[match.start() - 1].isalnum()):
        return None
    return match["word"].lower(), begin + match.start()


def _opened(found: FoundDate, kind: Kind, published: dt.date | None) -> FoundDate | None:
    """Extend "since" and "by" to or from the day of the report."""
    if kind == "since":
        if published is None or found.first > published:
            return None if published is None else replace(found, kind="on")
        return replace(found, last=published, precision="range")
    if kind in ("by", "until") and published is not None and found.last > published:
        return replace(found, first=min(published, found.first), precision="range")
    return found


def _pair(raws: tuple[RawDate, ...], index: int, annotated: AnnotatedDocument) -> FoundDate | None:
    """Resolve "between 2014 and 2016", "from March to May 2014", "Jan. 3 - Feb. 5"."""
    if index + 1 >= len(raws):
        return None
    first, second = raws[index], raws[index + 1]
    between = annotated.document.text[first.end : second.start]
    if len(between) > 14 or not _JOINED.fullmatch(between):
        return None
    relation = _relation_before(first, annotated)
    opener = relation[0] if relation else ""
    is_dash = any(dash in between for dash in "-–—")
    if opener not in ("between", "from") and not is_dash:
        return None
    if opener and (opener == "between") != (" and " in between):
        return None
    return _ranged(first, second, relation[1] if relation else first.start, annotated)


def _ranged(first: RawDate, second: RawDate, start: int, annotated: AnnotatedDocument) -> FoundDate | None:
    end = _resolve(second, annotated)
    if end is None:
        return None
    # "between March and May 2014": the second date gives the year of the first.
    begin = _resolve(first, annotated, None if first.rule.is_absolute else end.last)
    whole = calendar.span(begin, end) if begin is not None else None
    if whole is None:
        return None
    is_absolute = second.rule.is_absolute
    return FoundDate(start, second.end, whole.first, whole.last, "range", "between", is_absolute)
