"""Datelines: "KYIV, Ukraine (AP) — ", with the place, date and agency of a report.

A dateline is not part of the following sentence. It is recognised by a place in capitals or an agency in
brackets at the beginning of a paragraph, followed by a sentence; a place alone before a dash must be in the
gazetteer.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.language.text_words import load_text_words

if TYPE_CHECKING:
    from collections.abc import Iterable

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+"
_TITLE_CASE = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
# Minimum population of a place before a colon, where most words in capitals are speakers.
_GREAT_PLACE = 500_000


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline and its parts as character offsets; `date` and `agency` may be None."""

    start: int
    end: int
    place: tuple[int, int]
    date: tuple[int, int] | None
    agency: tuple[int, int] | None


def find_datelines(text: str, starts: Iterable[int]) -> list[Dateline]:
    """Find the datelines at the given beginnings of paragraphs; `end` is where the sentence begins."""
    found = []
    for start in starts:
        for pattern in _patterns():
            match = pattern.match(text, start)
            if match is not None and _is_dateline(match):
                found.append(_dateline(match))
                break
    return found


def _dateline(match: re.Match[str]) -> Dateline:
    start = match.start("place")
    place_end = match.end("region") if match["region"] else start + len(match["place"].rstrip("."))
    return Dateline(
        start=start,
        end=match.end(),
        place=(start, place_end),
        date=match.span("date") if match["date"] else None,
        agency=match.span("agency") if match["agency"] else None,
    )


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns: a place in capitals, and a place in Title Case followed by an agency."""
    months = "|".join(sorted((name for name in load_calendar_words().months), key=len, reverse=True))
    month = rf"(?i:{months})\.?"
    date = rf"(?P<date>{month} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {month}(?:,? \d{{4}})?)"
    region = rf"(?P<region>, (?!{month} \d){_TITLE_CASE}(?: (?:of|and|the|{_TITLE_CASE})){{0,3}}?)?"
    agency = r"(?:[ ,]*[(/\[](?P<agency>[A-Za-z][^()\[\]\n]{1,40}?)[)/\]])"
    dash = r"\s*(?P<dash>—|–|―|--+|-(?=\s)|:(?=\s))"
    begins = r"\s*(?=[\"“‘'(]*[A-ZÀ-ÖØ-Þ0-9])"
    capitals = rf"[ \t]*(?P<place>{_CAPITALS}(?:(?: ?/ ?| ){_CAPITALS}){{0,4}})"
    title_case = rf"[ \t]*(?P<place>{_TITLE_CASE}(?:(?: ?/ ?| ){_TITLE_CASE}){{0,3}}?)"
    return (
        re.compile(rf"{capitals}{region}(?:[,.]? {date})?{agency}?{dash}{begins}"),
        re.compile(rf"{capitals}{region}[,.]? {date}{agency}(?P<dash>\.?)\s{begins}"),
        re.compile(rf"{title_case}{region}(?:[,.]? {date})?{agency}{dash}{begins}"),
        re.compile(rf"{title_case}{region}(?P<date>\Z)?{agency}(?P<dash>){begins}"),
    )


def _is_dateline(match: re.Match[str]) -> bool:
    place, agency = match["place"], match["agency"]
    if place.lower() in load_text_words()["not_datelines"]:
        return False
    if agency is not None and not place.isupper():
        return _is_agency(agency) and _is_place(place)
    if agency is not None:
        return _is_agency(agency) or (bool(match["dash"]) and agency.isupper())
    if match["date"]:
        return True
    if match["dash"] == ":":
        return not match["region"] and _is_great(place)
    region = (match["region"] or "").removeprefix(", ")
    return _is_place(place) or bool(region and place.isupper() and _is_region(region))


def _is_agency(name: str) -> bool:
    known = load_text_words()["agencies"]
    return name in known or any(part.strip() in known for part in re.split(r"[/,;-]| via ", name))


def _is_place(name: str) -> bool:
    if name.lower() in load_text_words()["dateline_places"]:
        return True
    gazetteer = load_gazetteer()
    return any(len(part) > 3 and bool(gazetteer.lookup(part.strip().title())) for part in name.split("/"))


def _is_great(name: str) -> bool:
    candidates = load_gazetteer().lookup(name.title())
    return any(c.place.kind == "capital" or c.place.population >= _GREAT_PLACE for c in candidates)


def _is_region(name: str) -> bool:
    gazetteer = load_gazetteer()
    return bool(
        gazetteer.lookup(name) or gazetteer.lookup_abbreviation(name.rstrip(".")) or name.endswith(".")
    )
