"""Date expressions relative to the day of the report: "last week", "on Friday", "two days ago"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from dragoman.coding.dates import calendar

if TYPE_CHECKING:
    from dragoman.coding.dates.calendar import Interval, Moment
    from dragoman.knowledge.calendar_words import CalendarWords

_STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


def _step(word: str) -> int:
    return _STEP[word.lower().split()[-1]]


def _weekday(match: re.Match[str], moment: Moment) -> Interval | None:
    published = moment.published
    if published is None:
        return None
    weekday = moment.words.weekdays[match["wd"].rstrip(".").lower()]
    if match["week"]:
        week = calendar.week_of(published, _step(match["week"]))
        return calendar.one_day(week.first + dt.timedelta(days=weekday))
    which = (match["which"] or "").lower()
    if which == "last" or which.endswith("past"):
        return calendar.one_day(calendar.nearest_weekday(weekday, published - dt.timedelta(days=1), -1))
    if which in ("next", "coming", "this coming", "the coming"):
        return calendar.one_day(calendar.nearest_weekday(weekday, published + dt.timedelta(days=1), 1))
    return calendar.one_day(
        calendar.nearest_weekday(weekday, published, moment.direction, moment.written_until)
    )


def _weekday_ago(match: re.Match[str], moment: Moment) -> Interval | None:
    """Resolve "a week ago on Monday": that weekday in the week at the given distance."""
    if moment.published is None:
        return None
    weekday = moment.words.weekdays[match["wd"].rstrip(".").lower()]
    week = calendar.week_of(moment.published, -_count(match["n"], moment))
    return calendar.one_day(week.first + dt.timedelta(days=weekday))


def _night_of_weekday(match: re.Match[str], moment: Moment) -> Interval | None:
    """Resolve "overnight on Monday", and "overnight into Tuesday", which begins the day before."""
    if moment.published is None:
        return None
    weekday = moment.words.weekdays[match["wd"].rstrip(".").lower()]
    day = calendar.nearest_weekday(weekday, moment.published, moment.direction, moment.written_until)
    if match["way"].lower() == "on":
        return calendar.one_day(day)
    return calendar.Interval(day - dt.timedelta(days=1), day, "range")


def _next_to(match: re.Match[str], moment: Moment) -> Interval | None:
    """Resolve "the day prior", "two days later", counted from the day of `moment`."""
    if moment.published is None:
        return None
    count = _count(match["n"], moment) if match["n"] else 1
    words = match.group(0).lower()
    is_later = any(word in words for word in ("later", "after", "next", "following"))
    return calendar.one_day(moment.published + dt.timedelta(days=count if is_later else -count))


def _is_not_next_to_event(match: re.Match[str], words: CalendarWords) -> bool:
    """Return True unless the expression is relative to what follows: "the day before the summit"."""
    following = re.match(r"\s+(\S+)", match.string[match.end() : match.end() + 30])
    is_open = match.group(0).lower().endswith(("before", "after"))
    return not (is_open and following is not None and following.group(1) not in ("and", "in", "on", "at"))


def _day_word(match: re.Match[str], moment: Moment) -> Interval | None:
    published = moment.published
    if published is None:
        return None
    word = re.sub(r"\s+", " ", match.group(0).lower())
    if word == "overnight":
        return calendar.Interval(published - dt.timedelta(days=1), published, "range")
    shift = 0
    if "yesterday" in word or word in ("last night", "last evening"):
        shift = -1
    if "tomorrow" in word:
        shift = 1
    shift *= 2 if word.startswith("the day") else 1
    return calendar.one_day(published + dt.timedelta(days=shift))


def _unit(match: re.Match[str], moment: Moment) -> Interval | None:
    """Resolve "last week", "earlier this year", "late last month", "later in the year"."""
    published = moment.published
    if published is None:
        return None
    groups = match.groupdict()
    step = _step(groups["which"]) if groups.get("which") else 0
    whole = _whole(match["unit"].lower(), published, step, moment)
    if whole is None:
        return None
    part = (groups.get("part") or "").lower()
    if part.startswith(("earlier", "so far")):
        return _clipped(whole, last=published)
    if part.startswith("later"):
        return _clipped(whole, first=published)
    if part:
        return calendar.part_of(whole, part.removeprefix("the ").split()[0].rstrip("-"))
    return whole


def _whole(unit: str, published: dt.date, step: int, moment: Moment) -> Interval | None:
    if unit == "week":
        return calendar.week_of(published, step)
    if unit == "weekend":
        return calendar.weekend_of(published, step)
    if unit == "month":
        return calendar.month_of(published.year, published.month + step)
    if unit == "year":
        return calendar.year_of(published.year + step)
    if unit == "quarter":
        first = (published.month - 1) // 3 * 3 + 1 + 3 * step
        return calendar.months(published.year, first, 3)
    return _season(unit, published, step, moment)


def _season(unit: str, published: dt.date, step: int, moment: Moment) -> Interval | None:
    first = moment.words.seasons.get(unit)
    if first is None:
        return None
    seasons = [calendar.months(published.year + shift, first, 3) for shift in (-2, -1, 0, 1, 2)]
    if step < 0:
        return max((s for s in seasons if s.last < published), default=None)
    if step > 0:
        return min((s for s in seasons if s.first > published), default=None)
    around = [s for s in seasons if s.first <= published <= s.last]
    return around[0] if around else next(s for s in seasons if s.first.year == published.year)


def _clipped(
    whole: Interval, *, first: dt.date | None = None, last: dt.date | None = None
) -> Interval | None:
    begin, end = max(whole.first, first or whole.first), min(whole.last, last or whole.last)
    return calendar.Interval(begin, end, "range") if begin <= end else None


def _weekend(match: re.Match[str], moment: Moment) -> Interval | None:
    """Resolve a bare weekend: the last one begun, or the next one."""
    published = moment.published
    if published is None:
        return None
    is_on = published.weekday() >= 5
    return calendar.weekend_of(published, 0 if is_on or moment.direction > 0 else -1)


def _count(text: str, moment: Moment) -> int:
    return int(text) if text.isdigit() else moment.words.numbers[text.lower()]


def _ago(match: re.Match[str], moment: Moment) -> Interval | None:
    return _moved(match, moment, -1)


def _ahead(match: re.Match[str], moment: Moment) -> Interval | None:
    return _moved(match, moment, 1) if moment.direction > 0 else None


def _moved(match: re.Match[str], moment: Moment, sign: int) -> Interval | None:
    """Shift by a number of units: to the day, else the week, month, year or decade at that distance."""
    published = moment.published
    if published is None:
        return None
    count, unit = sign * _count(match["n"], moment), match["unit"].lower()
    if unit == "hour":
        other = published + dt.timedelta(days=-(-abs(count) // 24) * sign)
        return calendar.Interval(min(other, published), max(other, published), "range")
    return calendar.far_back(published, unit, -count)


def _stretch(match: re.Match[str], moment: Moment) -> Interval | None:
    """Resolve "the past three months", "in the next two weeks": up to, or from, the report."""
    published = moment.published
    if published is None:
        return None
    count = _count(match["n"], moment) if match["n"] else 1
    unit = match["unit"].lower()
    sign = -1 if match["which"].lower() in ("past", "last") else 1
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count}.get(unit)
    if days is not None:
        other = published + dt.timedelta(days=sign * days)
    else:
        other = calendar.shift_months(published, sign * count * {"month": 1, "year": 12, "decade": 120}[unit])
    return calendar.Interval(min(other, published), max(other, published), "range")


def _bare_month(match: re.Match[str], moment: Moment) -> Interval | None:
    published = moment.published
    if published is None:
        return None
    month = moment.words.months[match["mon"].rstrip(".").lower()]
    groups = match.groupdict()
    if groups.get("year"):
        whole = calendar.month_of(published.year + _step(groups["year"]), month)
    else:
        whole = _month_by_word((groups.get("which") or "").lower(), month, published, moment.direction)
    part = (groups.get("part") or "").lower()
    if not part:
        return whole
    return calendar.part_of(whole, part.removeprefix("the ").split()[0].rstrip("-"))


def _month_by_word(which: str, month: int, published: dt.date, direction: int) -> Interval:
    this_month = calendar.month_of(published.year, published.month)
    if which in ("last", "past", "this past"):
        return calendar.nearest_month(month, this_month.first - dt.timedelta(days=1), -1)
    if which in ("next", "coming", "this coming"):
        return calendar.nearest_month(month, this_month.last + dt.timedelta(days=1), 1)
    if which == "this":
        return calendar.month_of(published.year, month)
    return calendar.nearest_month(month, published, direction)


def _bare_month_is_date(match: re.Match[str], words: CalendarWords) -> bool:
    groups = match.groupdict()
    if groups.get("part") or groups.get("which") or groups.get("year"):
        return True
    before = re.search(r"(\w+)[\s-]*$", match.string[max(0, match.start() - 24) : match.start()])
    word = before.group(1).lower() if before else ""
    if match["mon"].lower() == "may":
        return word in words.before_may
    if re.match(r"['’]s\b", match.string[match.end() : match.end() + 3]):
        return True
    return word in words.before_months


def _bare_quarter(match: re.Match[str], moment: Moment) -> Interval | None:
    published = moment.published
    if published is None:
        return None
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}[match["nth"].lower()]
    length = 6 if match["what"] else 3
    if number * length > 12:
        return None
    year = published.year
    if match["year"]:
        return calendar.months(year + _step(match["year"]), length * (number - 1) + 1, length)
    first = length * (number - 1) + 1
    quarter = calendar.months(year, first, length)
    if moment.direction > 0:
        return quarter if quarter.last >= published else calendar.months(year + 1, first, length)
    return quarter if quarter.first <= published else calendar.months(year - 1, first, length)


def _is_whole_weekday(match: re.Match[str], words: CalendarWords) -> bool:
    """Return False for a short form that may be a newspaper, a verb or the moon."""
    return len(match["wd"]) > 3


_TIMES = r"(?: morning| afternoon| evening| night)?"
# Upper-case names in angle brackets are filled in by dragoman.coding.dates.expressions.
RELATIVE_RULES = (
    (
        "weekday",
        r"(?:(?P<which>(?i:<WHICH>))\s+)?(?P<wd><WD>)(?i:" + _TIMES + r")"
        r"(?:\s+(?:of\s+)?(?i:(?P<week>last|this|next)) week)?",
        _weekday, False, _is_whole_weekday,
    ),
    (
        "day-word",
        r"(?i:(?:earlier |later )?today|the day before yesterday|the day after tomorrow"
        r"|(?:yesterday|tomorrow)" + _TIMES + r"|tonight|last (?:night|evening)"
        r"|this (?:morning|afternoon|evening)|overnight)",
        _day_word, False, None,
    ),
    (
        "unit",
        r"(?i:(?:(?P<part>earlier|later|so far|early|mid|late"
        r"|(?:the )?(?:beginning|start|middle|end|close) of)[\s-]+)?"
        r"(?P<which>last|this past|this coming|this|next)\s+"
        r"(?P<unit>week|weekend|month|year|quarter|<SEASON>))",
        _unit, False, None,
    ),
    (
        "unit-of-report",
        r"(?i:(?P<part>earlier|later) in the (?P<unit>week|month|year|<SEASON>))",
        _unit, False, None,
    ),
    (
        "end-of-unit",
        r"(?i:(?P<part>(?:the )?(?:beginning|start|middle|end|close) of) the (?P<unit>week|month|year))",
        _unit, False, None,
    ),
    ("weekend", r"(?i:(?:over|during|at|on) the weekend)", _weekend, False, None),
    (
        "weekday-ago",
        r"(?:(?i:(?P<n><NUM>) weeks? ago(?: on)?)\s+(?P<wd><WD>))",
        _weekday_ago, False, _is_whole_weekday,
    ),
    ("night", r"(?:(?i:overnight (?P<way>on|into))\s+(?P<wd><WD>))", _night_of_weekday, False, None),
    (
        "next-to",
        r"(?i:(?P<n><NUM>) days? (?:later|earlier)|the day (?:prior|before|after)"
        r"|the (?:next|following|previous|prior) day)",
        _next_to, False, _is_not_next_to_event,
    ),
    ("ago", r"(?i:(?P<n><NUM>)[\s-]+(?P<unit><UNIT>)s? ago)", _ago, False, None),
    (
        "ahead",
        r"(?i:(?:in|within) (?P<n><NUM>) (?P<unit>day|week|month|year)s?(?: from now|[’']s? time)?)",
        _ahead, False, None,
    ),
    (
        "stretch",
        r"(?i:(?:(?:in|over|during|for|within|across) )?(?:the |its |their |these )"
        r"(?P<which>past|last|next|coming)\s+(?:(?P<n><NUM>)\s+)?(?P<unit><UNIT>)s?)",
        _stretch, False, None,
    ),
    (
        "month",
        r"(?:(?i:(?P<part><PART>))[\s-]+)?(?:(?i:(?P<which><WHICH>))\s+)?<M>"
        r"(?:,?\s+(?:of\s+)?(?i:(?P<year>last|this|next)) year)?",
        _bare_month, False, _bare_month_is_date,
    ),
    (
        "bare-quarter",
        r"(?i:the (?P<nth>first|second|third|fourth|final) "
        r"(?:(?P<what>half) of|(?P<what2>quarter)(?: of)?)(?: (?:(?P<year>last|this|next) year|the year))?)",
        _bare_quarter, False, None,
    ),
)  # fmt: skip
