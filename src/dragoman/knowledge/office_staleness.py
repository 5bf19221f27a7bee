"""Offices whose holders are out of date: the tables end long before the news."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.offices import SINGLE_OFFICES

if TYPE_CHECKING:
    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.offices import Person, Tenure

# Maximum time between the newest holder and the newest document.
REACH = dt.timedelta(days=731)
# Alternative offices of a state: a lapsed one is not stale while another is held.
_HEADS = frozenset({"HOS", "MONARCH", "LEADER", "COUNCILPRES", "HOG"})


class StaleOffice(NamedTuple):
    """An office, its newest holder, and the last day covered by the tables."""

    country: str
    office: str
    person: str
    start: dt.date
    known_to: dt.date


def stale_offices(book: ActorBook, newest: dt.date) -> list[StaleOffice]:
    """Return offices whose newest holder is more than two years older than the newest document.

    A holder is known up to the last day in office or, while in office, up to the date of the table.
    """
    found = []
    heads = {office: _newest(book, *office) for office in book.offices() if office[1] in _HEADS}
    for country, office in sorted(book.offices()):
        entry = book.entries.get(country)
        if office not in SINGLE_OFFICES or (entry is not None and (entry.end or newest) < newest):
            continue
        tenure, person = heads.get((country, office)) or _newest(book, country, office)
        known_to = _known_to(tenure, book)
        if newest - known_to <= REACH:
            continue
        if office in _HEADS and any(
            key[0] == country and newest - _known_to(other, book) <= REACH
            for key, (other, _) in heads.items()
        ):
            continue
        found.append(StaleOffice(country, office, person.name, tenure.start, known_to))
    return found


def _newest(book: ActorBook, country: str, office: str) -> tuple[Tenure, Person]:
    return max(book.holders(country, office), key=lambda pair: (pair[0].start, pair[0].end or dt.date.max))


def _known_to(tenure: Tenure, book: ActorBook) -> dt.date:
    return tenure.end or tenure.known_to or book.as_of
