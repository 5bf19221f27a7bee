"""Words that place an event in the past without a date: historical periods, "decades ago", lifetimes.

They are found in the text of a report; `telling` attaches them to events.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.knowledge.telling_words import load_telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.coding.dates.binding import Kind
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.terms import TimeBasis

# An obituary opens with the death; deaths at 60 or more are seldom news for other reasons.
_LEAD = 500
_OLD = 60
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650, "century": 36500}
_UNIT = "days?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations"
_PART = "(?:(?:few|two|three) )?(?:day|week|month|year|hour|stage|phase|part)s?"
# Minimum distance in days at which an event counts as background to the news.
BACKGROUND_DAYS = 31


@dataclass(frozen=True, slots=True)
class PastWords:
    """Words of the past at characters `start` to `end`, and the status they give to an event."""

    start: int
    end: int
    basis: TimeBasis
    kind: Kind = "on"


@dataclass(frozen=True, slots=True)
class Distance:
    """Two years after, before or since: the words at `start` to `end`; the linking word begins at `link`.

    `count` is None when it is not stated ("years after"); `is_after` is False for "before".
    """

    start: int
    end: int
    link: int
    unit: str
    count: int | None
    is_after: bool

    @property
    def is_long(self) -> bool:
        """True if the distance is long enough to make one event background to the other."""
        return (self.count or 2) * _UNITS.get(self.unit, _UNITS["year"]) >= BACKGROUND_DAYS


@dataclass(frozen=True, slots=True)
class PastTelling:
    """Words of the past found in a report.

    Attributes:
        words: Historical periods, other periods, "decades ago".
        distances: "Two years after", "before", "since".
        anniversaries: "The 20th anniversary": the position of the noun and the number.
        life: Position of the words that mark an obituary; None in other reports.
    """

    words: tuple[PastWords, ...]
    distances: tuple[Distance, ...]
    anniversaries: tuple[Distance, ...]
    life: tuple[int, int] | None


def find_past_words(annotated: AnnotatedDocument) -> PastTelling:
    """Find the words of a report that place an event in the past without a date."""
    text = annotated.document.text
    patterns = _patterns()
    return PastTelling(
        words=tuple(_words(text, patterns)),
        distances=tuple(_distances(text, patterns.distance)),
        anniversaries=tuple(_anniversaries(text, patterns.anniversary)),
        life=_life(text, patterns),
    )


@dataclass(frozen=True, slots=True)
class _Patterns:
    era: re.Pattern[str]
    phase: re.Pattern[str]
    period: re.Pattern[str]
    ago: re.Pattern[str]
    distance: re.Pattern[str]
    anniversary: re.Pattern[str]
    death: re.Pattern[str]
    violent: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    words, calendar = load_telling_words(), load_calendar_words()
    openers = _any(words.distance_openers)
    numbers = _any(calendar.numbers)
    links = _any((*words.after_words, *words.before_words))
    return _Patterns(
        era=re.compile(rf"\b(?:{_any(words.eras)})\b"),
        phase=re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Tt]hroughout) the (?:{_any(words.war_phases)}) {_PART} of"
            rf" (?:the|its|their|that) (?:[\w-]+ )?(?:{_any(words.wars)})\b"
        ),
        period=re.compile(rf"\b(?i:{_any(words.periods)})\b"),
        ago=re.compile(
            rf"\b(?i:(?:(?:{openers})\s+)?(?:{_any(words.distances)})\s+ago|{_any(words.far_adverbs)})\b"
        ),
        distance=re.compile(
            rf"\b(?i:(?:(?P<n>\d{{1,3}}|{numbers}|{openers})\s+)?(?P<unit>{_UNIT})\s+(?P<link>{links}))\b"
        ),
        anniversary=re.compile(
            rf"\b(?i:(?:(?P<n>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{_any(words.ordinals)}))"
            rf"[\s-]+(?P<link>anniversary))\b"
        ),
        death=re.compile(rf"\b(?:{_any(words.dying)})\b[^.!?]{{0,80}}?\b(?:{_any(words.ages)})\s+(?P<age>\d{{2,3}})\b"),
        violent=re.compile(rf"\b(?i:{_any(words.violent)})\b"),
    )  # fmt: skip


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))


def _words(text: str, patterns: _Patterns) -> Iterator[PastWords]:
    for match in patterns.era.finditer(text):
        yield PastWords(match.start(), match.end(), "background_era")
    for match in patterns.phase.finditer(text):
        yield PastWords(match.start(), match.end(), "background_period")
    for match in patterns.period.finditer(text):
        yield PastWords(match.start(), match.end(), "background_period")
    for match in patterns.ago.finditer(text):
        yield PastWords(match.start(), match.end(), "background_distance")


def _distances(text: str, pattern: re.Pattern[str]) -> Iterator[Distance]:
    after = {" ".join(word.split()) for word in load_telling_words().after_words}
    numbers = load_calendar_words().numbers
    for match in pattern.finditer(text):
        given, unit = (match["n"] or "").lower(), match["unit"].lower()
        singular = "century" if unit.startswith("centur") else unit.removesuffix("s")
        count = int(given) if given.isdigit() else numbers.get(given)
        if count is None and (singular == unit or singular in ("day", "week")):
            # "Year after year", "days after": the distance is not stated, or is short.
            continue
        link = " ".join(match["link"].lower().split())
        yield Distance(match.start(), match.end(), match.start("link"), singular, count, link in after)


def _anniversaries(text: str, pattern: re.Pattern[str]) -> Iterator[Distance]:
    ordinals = load_telling_words().ordinals
    for match in pattern.finditer(text):
        count = int(match["n"]) if match["n"] else ordinals[match["word"].lower()]
        yield Distance(match.start(), match.end(), match.start("link"), "year", count, is_after=True)


def _life(text: str, patterns: _Patterns) -> tuple[int, int] | None:
    """Return where a report states the non-violent death of an old person."""
    match = patterns.death.search(text, 0, _LEAD)
    if match is None or int(match["age"]) < _OLD:
        return None
    begin = max(text.rfind(mark, 0, match.start()) for mark in ".!?\n") + 1
    ends = [place for mark in ".!?\n" if (place := text.find(mark, match.end())) >= 0]
    if patterns.violent.search(text, match.start(), min(ends, default=len(text))):
        return None
    return begin, min(ends, default=len(text))
