"""Reading office-holders from exports of other projects: Wikidata, OpenSanctions, plain tables.

Every reader yields rows and errors: a bad row is reported with line and reason, the others are read. No
network access; the user downloads the file.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.errors import KnowledgeError, UnreadableError
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.office_titles import Office, read_title
from dragoman.knowledge.offices import OFFICE_SECTORS, read_office_day

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from dragoman.knowledge.actors import ActorBook

# The columns of a plain table, and their names in other formats.
_COLUMNS = {
    "country": ("country", "iso3", "countryLabel", "jurisdiction"),
    "office": ("office", "positionLabel", "position", "title", "role"),
    "person": ("person", "personLabel", "name", "holder"),
    "names": ("other_names", "aliases", "alias"),
    "start": ("from", "start", "startDate", "start_date", "first_day"),
    "end": ("to", "end", "endDate", "end_date", "last_day"),
}
# Precision of Wikidata dates (9 year, 10 month, 11 day) and the number of characters kept.
_PRECISION = {"7": 0, "8": 0, "9": 4, "10": 7, "11": 10}
_DATE = re.compile(r"\+?(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.]*Z?)?$")
_WIKIDATA_ID = re.compile(r"Q\d+$")
_NO_VALUE = re.compile(r"^(?:_:|t\d+$|https?://\S+/genid/)")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NOT_IN_NAMES = re.compile(r"[\t\r\n;/]+")
_MOST_NAMES = 12
_LATIN = re.compile(r"[^\W\d_][\w .,'’‘ʻ`´-]*")


class OfficeRow(NamedTuple):
    """One spell in an office in an export; dates are YYYY, YYYY-MM or YYYY-MM-DD.

    `office` is None if the export gives only a person and a country.
    """

    where: str
    country: str
    office: str | None
    person: str
    names: tuple[str, ...]
    start: str
    end: str

    @property
    def first(self) -> dt.date:
        """The first day."""
        return read_office_day(self.start, self.where, last=False)

    @property
    def last(self) -> dt.date | None:
        """The last day; None while the office is held."""
        return read_office_day(self.end, self.where, last=True) if self.end else None


class BadRow(NamedTuple):
    """An unusable row: file and line, and the reason."""

    where: str
    why: str


class _Told(NamedTuple):
    """An uninterpreted row."""

    where: str
    country: str
    title: str
    person: str
    names: tuple[str, ...]
    start: str
    end: str
    needs_office: bool = True


def read_export(path: Path, book: ActorBook) -> Iterator[OfficeRow | BadRow]:
    """Read office-holders from an export; its format is detected from its content.

    Args:
        path: A result of query.wikidata.org as JSON or CSV, an export of OpenSanctions as CSV
            (targets.simple.csv) or as nested JSON, one entity a line, or a table with a header line.
        book: The known actors, which resolve countries and offices.

    Yields:
        Rows, including unusable ones, in file order.

    Raises:
        UnreadableError: The file cannot be opened, or has another format.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for told in _told_in(file, path.name):
                yield told if isinstance(told, BadRow) else _understood(told, book)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(where=str(path), why=str(error)) from error


def _told_in(file: TextIO, name: str) -> Iterator[_Told | BadRow]:
    first = next((line for line in file if line.strip()), "")
    if not first:
        raise UnreadableError(where=name, why="the file is empty")
    lines = itertools.chain([first], file)
    if first.lstrip()[0] not in "{[":
        return _of_table(lines, name)
    if _is_entity(first):
        return _of_entities(lines, name)
    return _of_query(lines, name)


def _is_entity(line: str) -> bool:
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        return False
    return isinstance(found, dict) and "schema" in found


# Wikidata -------------------------------------------------------------------------------------------------


def _of_query(lines: Iterable[str], name: str) -> Iterator[_Told | BadRow]:
    """Read a JSON result of Wikidata: SPARQL JSON with bindings, or a list of plain objects."""
    try:
        content = json.loads("".join(lines))
    except json.JSONDecodeError as error:
        raise UnreadableError(where=name, why=f"not JSON: {error}") from error
    if isinstance(content, dict):
        content = (
            content.get("results", {}).get("bindings") if isinstance(content.get("results"), dict) else None
        )
    if not isinstance(content, list):
        raise UnreadableError(
            where=name, why="JSON, but neither a result of query.wikidata.org nor a list of entities"
        )
    for number, row in enumerate(content, start=1):
        where = f"{name}, result {number}"
        if not isinstance(row, dict):
            yield BadRow(where, "not an object")
            continue
        yield _of_row({key: _bound(value) for key, value in row.items()}, where)


def _bound(value: Any) -> str:
    """Return the value of a result cell, which is an object in SPARQL JSON."""
    inner = value.get("value", "") if isinstance(value, dict) else value
    return "" if inner is None else str(inner)


# Tables ---------------------------------------------------------------------------------------------------


def _of_table(lines: Iterable[str], name: str) -> Iterator[_Told | BadRow]:
    """Read a table with a header line: Wikidata CSV, OpenSanctions targets.simple.csv, or the user's own."""
    kept = iter(lines)
    skipped, head = next(((i, line) for i, line in enumerate(kept) if not line.startswith("#")), (0, ""))
    reader = csv.reader(itertools.chain([head], kept), delimiter="\t" if "\t" in head else ",")
    columns = [cell.strip() for cell in next(reader, [])]
    if not any(column in _COLUMNS["person"] for column in columns):
        wanted = ", ".join(_COLUMNS)
        raise UnreadableError(where=name, why=f"no column person or name; a table has {wanted}")
    is_simple = {"schema", "countries", "aliases"} <= set(columns)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(f"{name}:{reader.line_num + skipped}", f"not CSV: {error}")
            continue
        where = f"{name}:{reader.line_num + skipped}"
        if not any(cells) or cells[0].startswith("#"):
            continue
        if len(cells) != len(columns):
            yield BadRow(where, f"{len(cells)} cells; the head line has {len(columns)}")
            continue
        row = dict(zip(columns, cells, strict=True))
        if not is_simple:
            yield _of_row(row, where)
        elif row["schema"] == "Person":
            yield from _of_target(row, where)


def _of_row(row: Mapping[str, str], where: str) -> _Told | BadRow:
    given = {key: _first_of(row, names) for key, names in _COLUMNS.items()}
    # Wikidata gives the label next to the item's address, which has the shorter column name.
    for key in ("person", "office"):
        label = row.get(f"{'position' if key == 'office' else key}Label", "").strip()
        given[key] = label or given[key]
    if not given["person"] or _WIKIDATA_ID.search(given["person"]):
        return BadRow(where, f"no English name of the person ({given['person'] or 'empty'})")
    names = re.split(r"[|;]", given["names"])
    start = _cut(given["start"], row.get("startPrecision", ""))
    end = _cut(given["end"], row.get("endPrecision", ""))
    return _Told(where, given["country"], given["office"], given["person"], tuple(names), start, end)


def _first_of(row: Mapping[str, str], names: Iterable[str]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _cut(date: str, precision: str) -> str:
    """Truncate a date to its precision; return an empty string for an unknown value."""
    if _NO_VALUE.match(date):
        return ""
    found = _DATE.match(date)
    if found is None:
        return date
    return "-".join(part for part in found.groups() if part)[: _PRECISION.get(precision, 10)]


# OpenSanctions --------------------------------------------------------------------------------------------


def _of_target(row: Mapping[str, str], where: str) -> Iterator[_Told]:
    """Read a line of targets.simple.csv, which has names and countries but no office."""
    names = tuple(row["aliases"].split(";"))
    for country in row["countries"].split(";"):
        yield _Told(where, country, "", row["name"], names, "", "", needs_office=False)


def _of_entities(lines: Iterable[str], name: str) -> Iterator[_Told | BadRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            entity = json.loads(line)
            if entity.get("schema") == "Person":
                yield from _of_person(entity, where)
        except (json.JSONDecodeError, AttributeError, TypeError, IndexError) as error:
            yield BadRow(where, f"no entity: {error}")


def _of_person(entity: dict[str, Any], where: str) -> Iterator[_Told | BadRow]:
    """Read a person with nested offices; without nesting, positions have no dates."""
    properties = entity.get("properties", {})
    person = entity.get("caption") or (properties.get("name") or [""])[0]
    names = (*properties.get("name", ()), *properties.get("alias", ()), *properties.get("weakAlias", ()))
    occupancies = [o for o in properties.get("positionOccupancies", ()) if isinstance(o, dict)]
    if not occupancies:
        yield BadRow(where, f"{person}: no dated office in the file (positionOccupancies)")
    for occupancy in occupancies:
        told = occupancy.get("properties", {})
        post = next((p for p in told.get("post", ()) if isinstance(p, dict)), {}).get("properties", {})
        title = (post.get("name") or [""])[0]
        country = (post.get("country") or properties.get("country") or [""])[0]
        start, end = ((told.get(key) or [""])[0] for key in ("startDate", "endDate"))
        yield _Told(where, country, title, person, names, start[:10], end[:10])


# Interpretation -------------------------------------------------------------------------------------------


def _understood(told: _Told, book: ActorBook) -> OfficeRow | BadRow:
    person = _clean(told.person)
    names = _spellings(told.names, person)
    if not told.needs_office:
        country = country_of(told.country, book)
        if country is None:
            return BadRow(told.where, f"{person}: unknown country {told.country!r}")
        return OfficeRow(told.where, country, None, person, names, "", "")
    try:
        office = _office(told, book)
        row = OfficeRow(told.where, office.country or "", office.office, person, names, told.start, told.end)
        if not told.start:
            return BadRow(told.where, f"{person}: no first day in {told.title!r}")
        first, last = row.first, row.last
        if last is not None and last < first:
            return BadRow(told.where, f"{person}: leaves on {told.end}, before {told.start}")
    except KnowledgeError as error:
        return BadRow(told.where, f"{person}: {error.facts['message']}")
    return row


def _office(told: _Told, book: ActorBook) -> Office:
    """Resolve an office, given as a code or a title; the country column takes precedence.

    Raises:
        KnowledgeError: The office or the country is not known.
    """
    given = country_of(told.country, book) if told.country else None
    read = Office(None, told.title) if told.title in OFFICE_SECTORS else read_title(book, told.title)
    if read is None:
        codes = "a code (HOS, HOG, FM ...) or a title such as 'Prime Minister of Gondor'"
        raise KnowledgeError(where=told.where, message=f"unknown office {told.title!r}; write {codes}")
    if told.country and given is None:
        raise KnowledgeError(where=told.where, message=f"unknown country {told.country!r}")
    if given is None and read.country is None:
        raise KnowledgeError(where=told.where, message=f"{told.title!r} does not name a country")
    # Exports give the nationality of the head of a body: the title identifies the body.
    entry = book.entries.get(read.country or "")
    is_state = entry is not None and entry.kind in ("state", "territory")
    return Office(given if given and (read.country is None or is_state) else read.country, read.office)


def country_of(written: str, book: ActorBook) -> str | None:
    """Return the id of a country or body given as an id, a two-letter code, an address or a name."""
    upper = written.strip().upper()
    if upper in book.entries:
        return upper
    if len(upper) == 2:
        return _alpha2().get(upper)
    found = [m for m in book.find_in_phrase(written) if m.end - m.start == len(written.strip())]
    return found[0].id if found and found[0].id in book.entries else None


@functools.lru_cache(maxsize=1)
def _alpha2() -> dict[str, str]:
    text = (data_folder() / "actors" / "alpha2.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs}


def _clean(name: str) -> str:
    return " ".join(_NOT_IN_NAMES.sub(" ", _IN_BRACKETS.sub("", name)).split())


def _spellings(names: Iterable[str], person: str) -> tuple[str, ...]:
    """Choose other names that are safe to search for: Latin letters, at least two words."""
    cleaned = dict.fromkeys(_clean(name) for name in names)
    safe = [n for n in cleaned if " " in n and n != person and n[:1].isupper() and _is_latin(n)]
    return tuple(safe[:_MOST_NAMES])


def _is_latin(name: str) -> bool:
    return bool(_LATIN.fullmatch(name)) and all(ord(letter) < 0x250 or letter in "’‘ʻ" for letter in name)
