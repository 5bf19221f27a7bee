"""Date expressions: regular expressions over the text, each with its resolution.

Expressions that need the day of the report are not resolved when it is unknown. Vague ones ("in recent
weeks") and lengths of time ("four decades") are deliberately excluded.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.dates import calendar
from dragoman.coding.dates.relative_expressions import RELATIVE_RULES
from dragoman.knowledge.calendar_words import load_calendar_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from dragoman.coding.dates.calendar import Interval, Moment
    from dragoman.knowledge.calendar_words import CalendarWords


class Rule(NamedTuple):
    """A date pattern. `is_absolute`: it contains its year; `accepts` checks the surrounding words."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Moment], Interval | None]
    is_absolute: bool
    accepts: Callable[[re.Match[str], CalendarWords], bool] | None


class RawDate(NamedTuple):
    """A match of one rule, not yet resolved."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]
    is_sure: bool


_YEAR = r"(?:1[6-9]\d\d|20\d\d|21[0-4]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DASH = r"\s?[-–—]\s?"
_PART = r"(?:early|mid|late|(?:the )?(?:beginning|start|middle|end|close|(?:first|second) half) of)"
_PLACEHOLDER = re.compile(r"<([A-Z]+)>")
_UNIT = r"(?:day|week|month|year|hour|decade)"


@functools.lru_cache(maxsize=2)
def find_raw(text: str) -> tuple[RawDate, ...]:
    """Find every date expression, the longest at each place, without overlaps, in order.

    Both the dates and the amounts of a document need them, so the last results are cached.
    """
    words = load_calendar_words()
    hints = _Hints(text)
    found = [raw for rule in _rules() if hints.allow(rule.name) for raw in _matches(rule, text, words)]
    found.sort(key=lambda raw: (raw.start, raw.start - raw.end, not raw.is_sure))
    kept: list[RawDate] = []
    for raw in found:
        if not kept or raw.start >= kept[-1].end:
            kept.append(raw)
    return tuple(kept)


class _Hints:
    """Date patterns that a text can contain at all: a quick check that avoids most of the searches."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = " ".join(text.casefold().replace("’", "'").split())
        self._answers: dict[re.Pattern[str], bool] = {}

    def allow(self, name: str) -> bool:
        """Return True if a text contains a phrase that the rule requires, or the rule requires none."""
        phrases = _phrases().get(name)
        if phrases is not None and not any(phrase in self._folded for phrase in phrases):
            return False
        core = _cores().get(name)
        return core is None or self._holds(core)

    def _holds(self, core: re.Pattern[str]) -> bool:
        # Several rules share one core.
        if core not in self._answers:
            self._answers[core] = core.search(self._text) is not None
        return self._answers[core]


def _matches(rule: Rule, text: str, words: CalendarWords) -> Iterator[RawDate]:
    for match in rule.pattern.finditer(text):
        is_sure = rule.accepts is None or rule.accepts(match, words)
        yield RawDate(match.start(), match.end(), rule, match, is_sure)


def word_before(match: re.Match[str]) -> str:
    """Return the lower-case word before a match, "" at the start of a line."""
    before = re.search(r"(\w+)[\s-]*$", match.string[max(0, match.start() - 24) : match.start()])
    return before.group(1).lower() if before else ""


@functools.cache
def _parts() -> dict[str, str]:
    """Return the substitutions for the names in angle brackets."""
    words = load_calendar_words()
    return {
        "MON": _names(words.months),
        "WD": _names(words.weekdays),
        "SEASON": "(?:" + "|".join(words.seasons) + ")",
        "NUM": r"(?:\d{1,3}|" + "|".join(sorted(words.numbers, key=len, reverse=True)) + ")",
        "NAMED": "(?:" + "|".join(map(_apostrophes, sorted(words.days, key=len, reverse=True))) + ")",
        "YEAR": _YEAR, "DAY": _DAY, "ORD": _ORDINAL, "DASH": _DASH, "PART": _PART, "UNIT": _UNIT,
        "D": r"(?P<d><DAY>)<ORD>", "DTO": r"(?P<d2><DAY>)<ORD>",
        "M": r"(?P<mon><MON>)", "Y": r"(?P<y><YEAR>)",
        "ON": r"(?:<WD>,?\s+\(?)?",
        "TO": r"(?:<DASH>| to | and | through | until )", "THE": r"(?:the\s+)?",
        "PARTS": r"(?:(?i:(?P<part><PART>))[\s-]*)?", "FROM": r"(?:(?:from|between)\s+)?",
        "WHICH": r"last|next|this past|this coming|the coming|this",
    }  # fmt: skip


def _filled(source: str) -> str:
    names = _parts()
    while _PLACEHOLDER.search(source):
        source = _PLACEHOLDER.sub(lambda found: names[found.group(1)], source)
    return source


@functools.cache
def _rules() -> tuple[Rule, ...]:
    rules = []
    for name, source, resolve, is_absolute, accepts in (*_ABSOLUTE_RULES, *RELATIVE_RULES):
        pattern = re.compile(rf"(?<![\w/])(?<!\d[.,:-])(?:{_filled(source)})(?![\w])(?![.,]\d)")
        rules.append(Rule(name, pattern, resolve, is_absolute, accepts))
    return tuple(rules)


@functools.cache
def _cores() -> dict[str, re.Pattern[str]]:
    """Return a pattern found in every match of each rule; few initial letters make the search fast."""
    return {name: re.compile(_filled(core)) for core, names in _CORES.items() for name in names}


def _apostrophes(name: str) -> str:
    """Match a name with a straight or a curved apostrophe."""
    return re.escape(name).replace("'", "['’]")


def _names(forms: dict[str, int]) -> str:
    """Match names as written in news: capitalised or in capitals; short forms may have a dot."""
    spelled = sorted({shape for form in forms for shape in (form.capitalize(), form.upper())}, key=len)
    short = "|".join(form for form in reversed(spelled) if len(form) <= 5)
    full = "|".join(form for form in reversed(spelled) if len(form) > 5)
    return rf"(?:(?:{full})\b|(?:{short})\b(?:\.(?=\s*[\da-z,]))?)"


def _number(forms: dict[str, int], text: str) -> int:
    return forms[text.rstrip(".").lower()]


def _ymd(match: re.Match[str], moment: Moment) -> Interval | None:
    day = calendar.make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return calendar.one_day(day) if day else None


def _month_day(match: re.Match[str], moment: Moment) -> Interval | None:
    month = _number(moment.words.months, match["mon"])
    groups = match.groupdict()
    if groups.get("mon2") and _number(moment.words.months, match["mon2"]) != month:
        return None
    day = _day_of(moment, month, int(match["d"]), groups.get("y"))
    return calendar.one_day(day) if day else None


def _day_of(moment: Moment, month: int, day: int, year: str | None) -> dt.date | None:
    if year:
        return calendar.make_day(int(year), month, day)
    if moment.published is None:
        return None
    return calendar.nearest_day(month, day, moment.published, moment.direction)


def _days_of_month(match: re.Match[str], moment: Moment) -> Interval | None:
    month, year = _number(moment.words.months, match["mon"]), match.groupdict().get("y")
    last = _day_of(moment, month, int(match["d2"]), year)
    first = calendar.make_day(last.year, month, int(match["d"])) if last else None
    if first is None or last is None:
        return None
    return calendar.span(calendar.one_day(first), calendar.one_day(last))


def _numeric(match: re.Match[str], moment: Moment) -> Interval | None:
    """Read 4/2/2022 only where one order of day and month is possible; with dots the day is first."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." or first > 12:
        day = calendar.make_day(year, second, first)
    elif second > 12 or first == second:
        day = calendar.make_day(year, first, second)
    else:
        return None
    return calendar.one_day(day) if day else None


def _month_year(match: re.Match[str], moment: Moment) -> Interval | None:
    whole = calendar.month_of(int(match["y"]), _number(moment.words.months, match["mon"]))
    return _part(whole, match["part"])


def _part(whole: Interval, part: str | None) -> Interval:
    if not part:
        return whole
    word = part.lower().removeprefix("the ").split()[0].rstrip("-")
    return calendar.part_of(whole, word)


def _year(match: re.Match[str], moment: Moment) -> Interval | None:
    return _part(calendar.year_of(int(match["y"])), match["part"])


def _decade(match: re.Match[str], moment: Moment) -> Interval | None:
    digits = match["dec"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    cuts = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}
    begin, end = cuts.get((match["part"] or "").rstrip("- ").lower(), (0, 9))
    return calendar.years(first + begin, first + end)


def _century(match: re.Match[str], moment: Moment) -> Interval | None:
    first = (int(match["n"]) - 1) * 100 + 1
    return calendar.years(first, first + 99) if 16 <= int(match["n"]) <= 21 else None


def _year_range(match: re.Match[str], moment: Moment) -> Interval | None:
    first, end = int(match["y"]), match["y2"]
    last = int(end) if len(end) == 4 else int(match["y"][:2] + end)
    return calendar.years(first, last) if first < last else None


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


def _quarter_of_year(match: re.Match[str], moment: Moment) -> Interval | None:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else _QUARTERS[match["nth"].lower()]
    if (groups.get("what") or "quarter").lower() == "half":
        half = match["nth"].lower()
        return calendar.part_of(calendar.year_of(int(match["y"])), half) if half in calendar.HALVES else None
    return calendar.months(int(match["y"]), 3 * number - 2, 3)


def _season_of_year(match: re.Match[str], moment: Moment) -> Interval | None:
    return calendar.months(int(match["y"]), moment.words.seasons[match["season"].lower()], 3)


def _named_day(match: re.Match[str], moment: Moment) -> Interval | None:
    year, month, day = moment.words.days[match["named"].lower().replace("’", "'")]
    given = match.groupdict().get("y")
    found = _day_of(moment, month, day, given or (str(year) if year else None))
    return calendar.one_day(found) if found else None


def _bare_year_is_date(match: re.Match[str], words: CalendarWords) -> bool:
    if match["part"]:
        return True
    before = word_before(match)
    if before in ("the", "a", "and", "to", "its", "their") and match["y"].endswith("00"):
        return False
    return before in words.before_years and before not in words.not_before_years


def _decade_is_date(match: re.Match[str], words: CalendarWords) -> bool:
    return len(match["dec"]) == 4 or match.group(0).lower().startswith(("the", "'", "’"))


# Upper-case names in angle brackets are filled in by `_rules`.
_ABSOLUTE_RULES = (
    (
        "iso",
        r"<Y>(?P<s>[-/])(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?:T[\d:.]+Z?)?",
        _ymd, True, None,
    ),
    ("month-day-year", r"<ON><M>\s+<D>,?\s+(?:(?P<mon2><MON>)\s+)?<Y>", _month_day, True, None),
    ("day-month-year", r"<ON><THE><D>\s+(?:of\s+)?<M>,?\s+<Y>", _month_day, True, None),
    ("month-day", r"<ON><M>\s+<D>", _month_day, False, None),
    ("day-month", r"<ON><THE><D>\s+(?:of\s+)?<M>", _month_day, False, None),
    ("month-days-year", r"<M>\s+<D><TO><DTO>,?\s+<Y>", _days_of_month, True, None),
    ("month-days", r"<M>\s+<D><TO><DTO>", _days_of_month, False, None),
    ("days-month-year", r"<FROM><THE><D><TO><THE><DTO>\s+(?:of\s+)?<M>,?\s+<Y>", _days_of_month, True, None),
    ("days-month", r"<FROM><THE><D><TO><THE><DTO>\s+(?:of\s+)?<M>", _days_of_month, False, None),
    ("numeric", r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)<Y>", _numeric, True, None),
    ("month-year", r"<PARTS><M>,?\s+(?:of\s+)?<Y>", _month_year, True, None),
    ("year", r"<PARTS><Y>", _year, True, _bare_year_is_date),
    (
        "decade",
        r"(?:(?:the|The)\s+)?(?:(?i:(?P<part>early|mid|late))[\s-]+)?"
        r"['’]?(?P<dec>(?:1[6-9]|20)\d0|[3-9]0)['’]?s",
        _decade, True, _decade_is_date,
    ),
    ("century", r"<THE>(?P<n>1[6-9]|2[01])(?:th|st)[ -]century", _century, True, None),
    ("years", r"<Y>(?:[-–/])(?P<y2><YEAR>|\d\d)", _year_range, True, None),
    (
        "quarter",
        r"<THE>(?:(?i:(?P<nth>first|second|third|fourth|last|final)) (?P<what>quarter|half)|Q(?P<q>[1-4]))"
        r"(?: of|,)?\s+<Y>",
        _quarter_of_year, True, None,
    ),
    ("season-year", r"<THE>(?i:(?P<season><SEASON>))(?: of|,)?\s+<Y>", _season_of_year, True, None),
    ("named-day", r"(?i:(?P<named><NAMED>))(?:,?\s+<Y>)?", _named_day, False, None),
)  # fmt: skip

# Text contained in each match of a rule, and the rules. Keep both consistent: a core may match too much,
# never too little.
_CORES = {
    r"<YEAR>[-/]\d": ("iso",),
    r"<MON>\s+\d": ("month-day-year", "month-day", "month-days-year", "month-days"),
    r"\d(?:st|nd|rd|th)?\s+(?:of\s+)?<MON>": (
        "day-month-year", "day-month", "days-month-year", "days-month",
    ),
    r"\d[./]\d{1,2}[./]<YEAR>": ("numeric",),
    r"<MON>,?\s+(?:of\s+)?<YEAR>": ("month-year",),
    "<MON>": ("month",),
    "<YEAR>": ("year", "quarter", "season-year"),
    r"0['’]?s": ("decade",),
    r"<YEAR>[-–/]\d\d": ("years",),
    "<WD>": ("weekday",),
}  # fmt: skip
_BESIDE_UNITS = ("last", "past", "coming", "this", "next")
_UNITS = ("week", "month", "year", "quarter")
_WHOSE = ("the", "its", "their", "these")
_BESIDE_NUMBERS = ("past", "last", "next", "coming")


@functools.cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Return for each rule the lower-case phrases of which every match contains at least one."""
    words = load_calendar_words()
    units = (*_UNITS, *(season.casefold() for season in words.seasons))
    return {
        "century": ("century",),
        "quarter": ("quarter", "half", "q1", "q2", "q3", "q4"),
        "season-year": tuple(season.casefold() for season in words.seasons),
        "named-day": tuple(day.casefold() for day in words.days),
        "day-word": (
            "today", "yesterday", "tomorrow", "tonight", "last night", "last evening", "this morning",
            "this afternoon", "this evening", "overnight",
        ),
        "unit": tuple(f"{which} {unit}" for which in _BESIDE_UNITS for unit in units),
        "unit-of-report": ("earlier in the ", "later in the "),
        "end-of-unit": ("of the week", "of the month", "of the year"),
        "weekend": ("the weekend",),
        "ago": (" ago",),
        "stretch": tuple(f"{whose} {which}" for whose in _WHOSE for which in _BESIDE_NUMBERS),
        "bare-quarter": ("quarter", "half of"),
    }  # fmt: skip
