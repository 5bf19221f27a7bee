"""Calendar words of one language, from lexicon/<language>/dates.yaml."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.wordlists import is_function_word

if TYPE_CHECKING:
    from pathlib import Path

_LISTS = (
    "before_months", "before_may", "before_years", "not_before_years",
    "future_words", "future_governors", "timetable_verbs",
)  # fmt: skip
_MAPPINGS = ("months", "weekdays", "numbers", "seasons", "days")


class CalendarWords(msgspec.Struct, frozen=True, kw_only=True):
    """Calendar words. `months` and `weekdays` give the number (1-12, 0-6) of each form, lower case.

    `days` gives the year (0 if every year), month and day of named days.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    seasons: dict[str, int]
    days: dict[str, tuple[int, int, int]]
    before_months: frozenset[str]
    before_may: frozenset[str]
    before_years: frozenset[str]
    not_before_years: frozenset[str]
    future_words: frozenset[str]
    future_governors: frozenset[str]
    timetable_verbs: frozenset[str]


@functools.cache
def load_calendar_words(path: Path | None = None) -> CalendarWords:
    """Load the calendar words; cached.

    Raises:
        KnowledgeError: A part is missing, unknown or of the wrong type.
    """
    source = path or data_folder() / "lexicon" / "en" / "dates.yaml"
    content, lines = load_yaml(source)
    if not isinstance(content, dict):
        raise KnowledgeError(where=source.name, message="not a mapping; see the file of the package")
    refuse_unknown(lines.at(content), content, {*_LISTS, *_MAPPINGS})
    for name in (*_LISTS, *_MAPPINGS):
        if not isinstance(content.get(name), list if name in _LISTS else dict):
            kind = "list" if name in _LISTS else "mapping"
            raise KnowledgeError(where=source.name, message=f"{name!r} is not a {kind}; write one")
    for name, length in (("months", 12), ("weekdays", 7)):
        if len(content[name]) != length:
            raise KnowledgeError(where=lines.at(content[name]), message=f"{name} must have {length} entries")
    return CalendarWords(
        months=_forms(content["months"], first=1),
        weekdays=_forms(content["weekdays"], first=0),
        numbers=_integers("numbers", content, lines),
        seasons=_integers("seasons", content, lines),
        days={
            name.lower(): _day(name, value, lines.at(content["days"]))
            for name, value in content["days"].items()
        },
        **{name: frozenset(content[name]) for name in _LISTS},
    )


def _forms(entries: dict[str, list[str]], *, first: int) -> dict[str, int]:
    return {
        form.lower(): number
        for number, (name, others) in enumerate(entries.items(), start=first)
        for form in [name, *others]
    }


def _integers(name: str, content: dict[str, Any], lines: Any) -> dict[str, int]:
    try:
        return {word: int(value) for word, value in content[name].items()}
    except (TypeError, ValueError) as error:
        raise KnowledgeError(
            where=lines.at(content[name]), message=f"{name}: {error}; give a number"
        ) from error


def _day(name: str, value: str, where: str) -> tuple[int, int, int]:
    parts = value.split("-")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        raise KnowledgeError(where=where, message=f"{name}: {value!r} is no day; write MM-DD or YYYY-MM-DD")
    year = int(parts[0]) if len(parts) == 3 else 0
    return year, int(parts[-2]), int(parts[-1])


def is_time_word(word: str) -> bool:
    """Return True if a word denotes a time: a calendar name, or a noun such as *week*."""
    return is_function_word(word.lower(), "times") or is_calendar_name(word)


def is_calendar_name(word: str) -> bool:
    """Return True if a word is the name of a month, a weekday or a named day."""
    words, lower = load_calendar_words(), word.lower()
    return lower in words.months or lower in words.weekdays or lower in words.days
