"""Persons and the offices they held, by day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.names import fold

# PLOVER sector of each office code, in order of rank for persons who hold several.
OFFICE_SECTORS = {
    "LEADER": "GOV", "HOS": "GOV", "HOG": "GOV", "MONARCH": "GOV", "COMPRES": "GOV", "COUNCILPRES": "GOV",
    "SG": "IGO", "FM": "GOV", "DM": "GOV", "VP": "GOV", "MINISTER": "GOV", "FINANCE": "GOV",
    "INTERIOR": "GOV", "GOVERNOR": "GOV", "UNAMB": "GOV", "AMBASSADOR": "GOV", "ENVOY": "IGO", "SPY": "SPY",
    "CDS": "MIL", "MIL": "MIL", "JUD": "JUD", "LEG": "LEG", "OPP": "OPP", "PTY": "PTY", "REB": "REB",
    "UAF": "UAF", "CRM": "CRM", "REL": "REL", "BUS": "BUS", "CVL": "CVL",
}  # fmt: skip
_RANKS = {code: rank for rank, code in enumerate(OFFICE_SECTORS)}

# Offices whose holders are referred to by bare surname everywhere.
CHIEF_OFFICES = frozenset({"LEADER", "HOS", "HOG", "MONARCH", "COMPRES", "COUNCILPRES", "SG"})

# Offices that only one person holds at a time.
SINGLE_OFFICES = frozenset({"HOS", "HOG", "MONARCH", "LEADER", "FM", "DM", "COMPRES", "COUNCILPRES", "SG"})

# Maximum difference of dates between sources, and maximum overlap of holders during a handover.
OVERLAP = dt.timedelta(days=31)
# In a text without a date, a person counts as in office who left it less than this before the end of the
# tables: most reports were written in the last ten years.
UNDATED_REACH = dt.timedelta(days=3653)

_COLUMNS = ("country", "office", "person", "other_names", "from", "to")
_LAST_DAY = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


class Tenure(msgspec.Struct, frozen=True):
    """One office held from `start` to `end`, inclusive; `end` is None while it is held.

    `known_to` is the day up to which its table is current.
    """

    country: str
    office: str
    start: dt.date
    end: dt.date | None
    known_to: dt.date | None = None

    @property
    def sector(self) -> str:
        """The PLOVER sector of the office."""
        return OFFICE_SECTORS[self.office]

    @property
    def rank(self) -> int:
        """The rank of the office; a lower number is a higher rank."""
        return _RANKS[self.office]

    def meets(self, other: Tenure) -> bool:
        """Return True if two spells are of one office and overlap or follow each other within a month."""
        return (self.country, self.office) == (other.country, other.office) and spells_meet(
            (self.start, self.end), (other.start, other.end)
        )

    def holds_on(self, day: dt.date) -> bool:
        """Return True if the office is held on this day."""
        return self.start <= day and (self.end is None or day <= self.end)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person who holds or held an office. `id` is stable: `P:vladimir-putin`."""

    id: str
    name: str
    names: tuple[str, ...]
    surname: str | None
    tenures: tuple[Tenure, ...]

    def office_on(self, day: dt.date) -> Tenure | None:
        """Return the highest office held on this day."""
        return min((t for t in self.tenures if t.holds_on(day)), key=lambda t: t.rank, default=None)

    def latest(self) -> Tenure:
        """Return the current or most recent office."""
        far = dt.date.max
        return max(self.tenures, key=lambda t: (t.end or far, -t.rank))

    def had_office_before(self, day: dt.date) -> bool:
        """Return True if any office began before this day."""
        return any(t.start <= day for t in self.tenures)


Spell = tuple[dt.date, dt.date | None]


def spells_meet(one: Spell, other: Spell) -> bool:
    """Return True if two spells overlap or follow each other within a month."""
    far = dt.date.max - OVERLAP
    return one[0] <= min(other[1] or far, far) + OVERLAP and other[0] <= min(one[1] or far, far) + OVERLAP


def person_id(name: str) -> str:
    """Return the stable key of a person with this name."""
    return "P:" + "-".join(re.findall(r"\w+", fold(name)))


def load_persons(paths: list[Path]) -> tuple[dict[str, Person], dt.date]:
    """Read tables of office-holders.

    A table is tab-separated: country, office, person, other names (by ";"), first day, last day. Slashes mark
    a surname that is not the last word of the name ("/Xi/ Jinping"). A comment line "# as of YYYY-MM-DD"
    gives the day up to which the facts are current. An entry of a later folder for a person in an office
    replaces those of earlier folders for that time.

    Returns:
        The persons by id, and the latest day up to which the tables are current.

    Raises:
        KnowledgeError: A line has the wrong number of cells, an unknown office or a bad date.
    """
    gathered: dict[str, _Gathered] = {}
    as_of = dt.date.min
    folders = list(dict.fromkeys(path.parent for path in paths))
    for path in paths:
        known_to: dt.date | None = None
        for number, line in _lines(path):
            if line.startswith("#"):
                if line.startswith("# as of "):
                    known_to = read_office_day(line[8:18], f"{path.name}:{number}", last=True)
                    as_of = max(as_of, known_to)
                continue
            where = f"{path.name}:{number}"
            cells = line.split("\t")
            if len(cells) != len(_COLUMNS):
                message = f"{len(cells)} cells; a line has {len(_COLUMNS)}: {', '.join(_COLUMNS)}"
                raise KnowledgeError(where=where, message=message)
            _gather(cells, where, gathered, folders.index(path.parent), known_to)
    return {key: found.person() for key, found in gathered.items()}, as_of


class _Gathered:
    """A person while the tables are being read."""

    def __init__(self, key: str, name: str) -> None:
        self.id, self.name = key, name
        self.names: dict[str, None] = {name: None}
        self.surname: str | None = None
        self.tenures: list[tuple[int, Tenure]] = []

    def _latest_told(self) -> list[Tenure]:
        """Return the spells without those that a later folder redefines."""
        if len({folder for folder, _ in self.tenures}) == 1:
            return [tenure for _, tenure in self.tenures]
        return [
            tenure
            for folder, tenure in self.tenures
            if not any(later > folder and other.meets(tenure) for later, other in self.tenures)
        ]

    def person(self) -> Person:
        return Person(
            id=self.id,
            name=self.name,
            names=tuple(self.names),
            surname=self.surname,
            tenures=tuple(sorted(self._latest_told(), key=lambda t: t.start)),
        )


def _gather(
    cells: list[str], where: str, gathered: dict[str, _Gathered], folder: int, known_to: dt.date | None
) -> None:
    country, office, written, others, start, end = cells
    if office not in OFFICE_SECTORS:
        message = f"unknown office {office!r}; use one of {', '.join(OFFICE_SECTORS)}"
        raise KnowledgeError(where=where, message=message)
    name = written.replace("/", "")
    key = person_id(name)
    found = gathered.get(key)
    if found is None:
        found = gathered[key] = _Gathered(key, name)
        found.surname = _surname(written, office)
    found.names.update(dict.fromkeys(other for other in others.split(";") if other))
    first = read_office_day(start, where, last=False)
    until = read_office_day(end, where, last=True) if end else None
    if until and until < first:
        raise KnowledgeError(where=where, message=f"{name} leaves {office} on {end}, before {start}")
    found.tenures.append((folder, Tenure(country, office, first, until, known_to)))


def _surname(written: str, office: str) -> str | None:
    """Return the surname; None for monarchs and persons with a single name."""
    marked = re.search(r"/(.+)/", written)
    if marked:
        return marked[1]
    words = written.split()
    if office == "MONARCH" or len(words) == 1 or re.fullmatch(r"[IVX]+", words[-1]):
        return None
    return words[-1]


def read_office_day(written: str, where: str, *, last: bool) -> dt.date:
    """Read YYYY, YYYY-MM or YYYY-MM-DD as the first or last day of that time.

    Raises:
        KnowledgeError: The text is not a date.
    """
    parts = written.split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else (12 if last else 1)
        day = int(parts[2]) if len(parts) > 2 else (_LAST_DAY[month] if last else 1)
        return dt.date(year, month, day)
    except (ValueError, KeyError) as error:
        message = f"{written!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY"
        raise KnowledgeError(where=where, message=message) from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(where=str(path), message=f"cannot be read: {error}") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.rstrip("\n")
