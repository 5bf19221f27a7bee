"""A check of office holders against linked news: a link to an office right before a link to a person.

Encyclopaedias link "[Prime Minister] [Jane Doe]" to the articles of the office and of the person. The author
of the news knew the office, so the name, resolved as by the coder on the day of the news, must have it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from dragoman.errors import BadLineError
from dragoman.knowledge.office_titles import Office, load_office_titles, read_title
from dragoman.knowledge.offices import Person
from dragoman.running.gold_lines import convert, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.offices import Tenure
    from dragoman.running.gold_lines import GoldLine

Verdict = Literal["right", "wrong", "unknown"]

_GAP = re.compile(r"[\s\xa0]{1,2}")
_BEFORE = re.compile(r"(?:[\w.'’-]+ ){1,3}$")
# A person's name has at least two capitalised words; the title of an article about a thing does not.
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*)(?: [\w.'’-]+){1,5}")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
# News assigns an office to the winner some weeks before the term begins.
_SOON = dt.timedelta(days=92)


class _Item(msgspec.Struct):
    text: str
    published_on: str
    links: list[tuple[int, int, str]]


class OfficePair(NamedTuple):
    """A person named in a text right after the office.

    Attributes:
        where: File and line.
        on: The day of the text.
        title: The article of the office.
        name: The article of the person, without text in brackets.
        office: The office according to the title.
        is_elect: True for a person who will take the office.
        written: The name as written in the text.
        text: The text, for the resolution of the name in it.
        start: Offset of the name.
    """

    where: str
    on: dt.date
    title: str
    name: str
    office: Office
    is_elect: bool
    written: str
    text: str
    start: int


def office_pairs(gold: Path, book: ActorBook) -> Iterator[OfficePair]:
    """Yield the pairs of a file of linked texts: `text`, `published_on` and `links` as [start, end, article].

    Lines of another form are skipped.

    Raises:
        UnreadableError: The file cannot be opened.
    """
    for line in read_gold(gold):
        if line.fault is None:
            yield from _pairs_of(line, book)


def _pairs_of(line: GoldLine, book: ActorBook) -> Iterator[OfficePair]:
    try:
        item = convert(line, _Item)
        day = dt.date.fromisoformat(item.published_on[:10])
    except (BadLineError, ValueError):
        return
    for (start, end, title), (after, until, person) in zip(item.links, item.links[1:], strict=False):
        if not _GAP.fullmatch(item.text[end:after]):
            continue
        name = _IN_BRACKETS.sub("", person)
        office = _office_told(book, title, item.text, start, end, day)
        if office is None or office.country is None or not _is_person(book, name):
            continue
        written = item.text[after:until]
        is_elect = load_office_titles().is_of_elect(f"{title} {item.text[start:end]}")
        yield OfficePair(line.where, day, title, name, office, is_elect, written, item.text, after)


def _office_told(book: ActorBook, title: str, text: str, start: int, end: int, day: dt.date) -> Office | None:
    """Return the office from the article's title, else from the linked words and those before them."""
    found = read_title(book, title, on=day)
    if found is None or found.country is not None:
        return found
    before = _BEFORE.search(text[max(0, start - 60) : start])
    words = before[0].split() if before else []
    for size in range(len(words) + 1):
        near = read_title(book, " ".join((*words[len(words) - size :], text[start:end])), on=day)
        if near is not None and near.country is not None:
            return near
    return found


def _is_person(book: ActorBook, name: str) -> bool:
    """Return True if an article's title can be that of a person; places and offices are excluded."""
    if not _NAME.fullmatch(name) or read_title(book, name) is not None:
        return bool(book.persons and any(m.kind == "person" for m in book.find_in_phrase(name)))
    words = [word for word in name.split() if word[:1].isalpha()]
    if sum(word[0].isupper() for word in words) < 2:
        return False
    return not any(m.kind != "person" for m in book.find_in_phrase(name))


def verdict_on(pair: OfficePair, book: ActorBook) -> tuple[Verdict, str]:
    """Compare the offices of a name in the actor tables with the office in the text.

    Former and soon-to-be holders are right as well: texts give them the office.

    Returns:
        The verdict, and a description of the known offices.
    """
    person = _resolved(pair, book)
    if person is None:
        return "unknown", "nobody of this name"
    known = "; ".join(f"{t.country} {t.office} {t.start}..{t.end or ''}" for t in person.tenures)
    begun = [t for t in person.tenures if pair.is_elect or t.start <= pair.on + _SOON]
    if any(_is_it(pair.office, tenure, book) for tenure in begun):
        return "right", known
    return "wrong", f"{person.id}: {known}"


def _is_it(told: Office, tenure: Tenure, book: ActorBook) -> bool:
    """Return True if an office of the tables is the one a title refers to."""
    titles = load_office_titles()
    country, _ = book.country_and_sector_of_office(tenure.country, tenure.office)
    if told.country not in (tenure.country, country):
        return False
    held = titles.office_in(tenure.country, tenure.office)
    return titles.is_same_office(told.office, tenure.office) or titles.is_same_office(told.office, held)


def _resolved(pair: OfficePair, book: ActorBook) -> Person | None:
    """Resolve the name in its text, else the full name alone, as the coder does for that day."""
    for match in book.find(pair.text, on=pair.on):
        if match.kind == "person" and match.start <= pair.start < match.end and " " in match.text:
            return book.persons.get(match.id)
    for name in (pair.name, pair.written):
        resolution = book.resolve(name, on=pair.on)
        if resolution is not None and resolution.id in book.persons:
            return book.persons[resolution.id]
    return None


class Tally(NamedTuple):
    """Numbers of right, wrong and unknown pairs, and one line for each that was not right."""

    right: int
    wrong: int
    unknown: int
    faults: list[str]

    @property
    def pairs(self) -> int:
        """All pairs."""
        return self.right + self.wrong + self.unknown


def tally(pairs: Iterable[OfficePair], book: ActorBook) -> Tally:
    """Judge pairs and count the verdicts."""
    counts: dict[Verdict, int] = {"right": 0, "wrong": 0, "unknown": 0}
    faults = []
    for pair in pairs:
        verdict, known = verdict_on(pair, book)
        counts[verdict] += 1
        if verdict != "right":
            told = f"{pair.office.country} {pair.office.office}"
            faults.append(
                f"{verdict}: {pair.on} {pair.title} = {told}, {pair.name} ({pair.written}): {known}"
            )
    return Tally(counts["right"], counts["wrong"], counts["unknown"], faults)
