"""Comparison of an export of offices with the known ones (new, changed, ended, clash), saved in a folder."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from dragoman.errors import UnreadableError
from dragoman.files import replacing
from dragoman.knowledge.names import fold
from dragoman.knowledge.office_exports import BadRow, OfficeRow
from dragoman.knowledge.office_titles import load_office_titles
from dragoman.knowledge.offices import (
    CHIEF_OFFICES,
    OVERLAP,
    SINGLE_OFFICES,
    Person,
    Tenure,
    person_id,
    read_office_day,
    spells_meet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dragoman.knowledge.actors import ActorBook

Kind = Literal["new", "changed", "ended", "clash"]

# File name of the table that an import writes into the user's folder.
TABLE = "offices_imported.tsv"
_HEAD = """\
# Offices held, imported; the folder is for --actors. Made by `dragoman actors import`.
# Columns, tab-separated: country or organisation, office, person, other names (by ";"), first day, last day.
"""
# Offices whose new holders are found by surname alone; for others the full name is required.
_BY_SURNAME = CHIEF_OFFICES | {"FM", "DM"}


class Change(NamedTuple):
    """A row of an export that differs from what is known.

    Attributes:
        kind: new: not known; changed: other days or spellings; ended: known as still held; clash:
            inconsistent with other rows or known facts.
        row: The row, under the known name and office code.
        why: The known facts, or what it clashes with.
    """

    kind: Kind
    row: OfficeRow
    why: str


class Comparison(NamedTuple):
    """Result of a comparison: the changes, the number of known rows, and the unusable rows."""

    changes: list[Change]
    known: int
    bad: list[BadRow]

    def of(self, kind: Kind) -> list[Change]:
        """Return the changes of one kind."""
        return [change for change in self.changes if change.kind == kind]


def compare(rows: Iterable[OfficeRow | BadRow], book: ActorBook) -> Comparison:
    """Compare the rows of an export with what is known.

    Clashing rows are two simultaneous holders of one office, one person twice in an office, and namesakes.
    """
    given = list(dict.fromkeys(rows))
    bad = [row for row in given if isinstance(row, BadRow)]
    found: list[Change] = []
    known = 0
    names = _Names(book)
    for row in given:
        if isinstance(row, BadRow):
            continue
        change = _compare_row(row, names)
        if isinstance(change, BadRow):
            bad.append(change)
        elif change is None:
            known += 1
        else:
            found.append(change)
    return Comparison(_with_clashes(found, book), known, bad)


class _Names:
    """Known persons by each spelling of their names."""

    def __init__(self, book: ActorBook) -> None:
        self.book = book
        self._ids: dict[str, set[str]] = defaultdict(set)
        for person in book.persons.values():
            for name in person.names:
                self._ids[fold(name)].add(person.id)

    def bearers(self, row: OfficeRow) -> list[Person]:
        """Return the persons a row can refer to: by its name, else by another name within the country."""
        found = {*self._ids.get(fold(row.person), ()), *({person_id(row.person)} & self.book.persons.keys())}
        if not found:
            others = (self._ids.get(fold(name), ()) for name in row.names)
            found = {id for ids in others for id in ids if self._belongs(self.book.persons[id], row.country)}
        return [self.book.persons[id] for id in sorted(found)]

    def _belongs(self, person: Person, country: str) -> bool:
        return any(country in (t.country, self.home(t.country)) for t in person.tenures)

    def home(self, id: str) -> str | None:
        """Return the country of a state, a subdivision, or a body."""
        return self.book.country_and_sector_of_office(id, "HOS")[0]

    def is_namesake(self, person: Person, row: OfficeRow) -> bool:
        """Return True if a known person of this name is a different one: of another state, not of a body."""
        entry = self.book.entries.get(row.country)
        if entry is None or entry.kind not in ("state", "territory"):
            return False
        homes = {self.home(t.country) for t in person.tenures}
        bodies = {
            home for home in homes if (e := self.book.entries.get(home or "")) is None or e.kind != "state"
        }
        return not bodies and self.home(row.country) not in homes


def _compare_row(row: OfficeRow, names: _Names) -> Change | BadRow | None:
    bearers = names.bearers(row)
    if len(bearers) > 1:
        return Change("clash", row, f"the name is that of {' and '.join(p.id for p in bearers)}")
    person = bearers[0] if bearers else None
    if person is not None and names.is_namesake(person, row):
        latest = person.latest()
        return Change("clash", row, f"{person.id} is known as {latest.country} {latest.office}: a namesake?")
    if row.office is None:
        return _new_spellings(row, person)
    if person is None:
        return Change("new", row, "nobody of this name is known")
    row = row._replace(person=person.name, names=_unknown_names(row, person))
    spell = _same_spell(row, person)
    if spell is None:
        return Change("new", row, f"{person.id} is known in other offices or at other times")
    return _difference(row._replace(office=spell.office), spell)


def _new_spellings(row: OfficeRow, person: Person | None) -> Change | BadRow | None:
    """Return the new spellings of a known person from a row without an office."""
    if person is None:
        return BadRow(row.where, f"{row.person}: nobody known, and the file has no office")
    names = _unknown_names(row, person)
    if not names:
        return None
    latest = person.latest()
    told = row._replace(
        country=latest.country, office=latest.office, person=person.name, names=names,
        start=str(latest.start), end=str(latest.end or ""),
    )  # fmt: skip
    return Change("changed", told, f"other names: {', '.join(names)}")


def _unknown_names(row: OfficeRow, person: Person) -> tuple[str, ...]:
    known = {fold(name) for name in person.names}
    return tuple(name for name in (row.person, *row.names) if fold(name) not in known and " " in name)


def _same_spell(row: OfficeRow, person: Person) -> Tenure | None:
    """Find the spell that a row refers to, under the same office or an equivalent one."""
    titles = load_office_titles()
    near = [
        t
        for t in person.tenures
        if t.country == row.country and spells_meet((t.start, t.end), (row.first, row.last))
    ]
    exact = [t for t in near if t.office == row.office]
    alike = [t for t in near if row.office and titles.is_same_office(row.office, t.office)]
    return next(iter(exact or alike), None)


def _difference(row: OfficeRow, spell: Tenure) -> Change | None:
    told = f"known from {spell.start} to {spell.end or 'now'}"
    if abs(row.first - spell.start) > OVERLAP and not str(spell.start).startswith(row.start):
        return Change("changed", row, told)
    if row.last is None:
        # Exports often lack the last day; the known one is kept.
        return None
    if spell.end is None:
        return Change("ended", row, told)
    is_other = abs(row.last - spell.end) > OVERLAP and not str(spell.end).startswith(row.end)
    return Change("changed", row, told) if is_other else None


class _Spell(NamedTuple):
    """A spell in an office; `change` is None for a known one."""

    start: dt.date
    end: dt.date | None
    person: str
    change: Change | None


def _with_clashes(found: list[Change], book: ActorBook) -> list[Change]:
    """Mark rows inconsistent with others, and end known spells that are followed by a newer one."""
    by_office: dict[tuple[str, str], list[Change]] = defaultdict(list)
    kept = [change for change in found if change.kind == "clash"]
    for change in found:
        if change.kind != "clash":
            by_office[change.row.country, change.row.office or ""].append(change)
    for (country, office), changes in by_office.items():
        if office in SINGLE_OFFICES:
            kept += _settled(changes, _known_spells(country, office, changes, book))
        else:
            kept += _once_each(changes)
    return sorted(kept, key=lambda change: (change.row.country, change.row.office or "", change.row.start))


def _once_each(changes: list[Change]) -> list[Change]:
    """Mark overlapping rows of one person in an office with several holders."""
    clashes: dict[int, str] = {}
    for (i, one), (j, other) in combinations(enumerate(changes), 2):
        if one.row.person == other.row.person and _overlap(_spell_of(one), _spell_of(other)):
            clashes.setdefault(i, f"overlapping dates: also {other.row.where}")
            clashes.setdefault(j, f"overlapping dates: also {one.row.where}")
    return _marked(changes, clashes)


def _known_spells(country: str, office: str, changes: Sequence[Change], book: ActorBook) -> list[_Spell]:
    """Return the known spells of an office, except those that the rows replace."""
    spells = []
    for tenure, person in book.holders(country, office):
        told = [c for c in changes if c.row.person == person.name]
        if not any(spells_meet((tenure.start, tenure.end), (c.row.first, c.row.last)) for c in told):
            spells.append(_Spell(tenure.start, tenure.end, person.name, None))
    return spells


def _settled(changes: list[Change], known: list[_Spell]) -> list[Change]:
    """Order the new and known spells of one office; mark those inconsistent with others."""
    spells = sorted([*known, *(_spell_of(c) for c in changes)], key=lambda s: (s.start, s.person))
    spells, ended = _with_ends(spells)
    clashes: dict[int, str] = {}
    for (i, one), (j, other) in combinations(enumerate(spells), 2):
        if _overlap(one, other):
            for at, beside in ((i, other), (j, one)):
                clashes.setdefault(
                    at, f"{beside.person} holds it from {beside.start} to {beside.end or 'now'}"
                )
    told = [(i, s.change) for i, s in enumerate(spells) if s.change is not None]
    marked = _marked([c for _, c in told], {n: clashes[i] for n, (i, _) in enumerate(told) if i in clashes})
    usable = {c.row.where for c in marked if c.kind != "clash"}
    return [*marked, *(change for change in ended if change.row.where in usable)]


def _with_ends(spells: list[_Spell]) -> tuple[list[_Spell], list[Change]]:
    """Set missing last days to the start of the successor, where holders follow each other up to now.

    Without such a sequence it is unknown who held the office after a spell that ended: nothing is set.
    """
    at = _begin_of_row(spells)
    ended: list[Change] = []
    for i, one in enumerate(spells[:-1]):
        following = spells[max(i + 1, at)] if at < len(spells) else None
        if one.end is not None or following is None or following.start <= one.start:
            continue
        change = one.change
        if change is not None:
            change = change._replace(row=change.row._replace(end=str(following.start)))
        elif following.change is not None:
            ended.append(_followed(one, following, following.change.row))
        spells[i] = one._replace(end=following.start, change=change)
    return spells, ended


def _begin_of_row(spells: Sequence[_Spell]) -> int:
    """Return the index at which the gapless sequence of holders up to the current one begins."""
    at = len(spells) - 1 if spells[-1].end is None else len(spells)
    while 0 < at < len(spells):
        before = spells[at - 1]
        if before.end is not None and spells[at].start > before.end + OVERLAP:
            break
        at -= 1
    return at


def _followed(one: _Spell, following: _Spell, row: OfficeRow) -> Change:
    """Return the change that ends a known spell because another began."""
    names: tuple[str, ...] = ()
    told = row._replace(person=one.person, names=names, start=str(one.start), end=str(following.start))
    return Change("ended", told, f"{following.person} follows")


def _spell_of(change: Change) -> _Spell:
    return _Spell(change.row.first, change.row.last, change.row.person, change)


def _overlap(one: _Spell, other: _Spell) -> bool:
    first, second = sorted((one, other), key=lambda s: s.start)
    end = min(first.end or dt.date.max, second.end or dt.date.max)
    return end - second.start > OVERLAP


def _marked(changes: Sequence[Change], clashes: dict[int, str]) -> list[Change]:
    return [
        Change("clash", change.row, clashes[i]) if i in clashes else change
        for i, change in enumerate(changes)
    ]


# Writing --------------------------------------------------------------------------------------------------


def write_folder(changes: Iterable[Change], folder: Path, book: ActorBook, *, as_of: dt.date) -> int:
    """Write new, changed and ended rows into the user's actor folder, keeping its content.

    Args:
        changes: The changes; clashes are ignored.
        folder: The folder, created if necessary; its other files are unchanged.
        book: The known actors.
        as_of: The day up to which the export is current.

    Returns:
        The number of rows written.

    Raises:
        UnreadableError: The folder or the table cannot be written.
    """
    fresh = [_line(change.row, book) for change in changes if change.kind != "clash"]
    path = folder / TABLE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        kept = [
            line for line in before if not line.startswith("#") and not any(_replaces(f, line) for f in fresh)
        ]
        lines = sorted({*kept, *fresh})
        text = f"{_HEAD}# as of {as_of}\n" + "".join(f"{line}\n" for line in lines)
        with replacing(path) as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        raise UnreadableError(where=str(path), why=error.strerror or str(error)) from error
    return len(fresh)


def _line(row: OfficeRow, book: ActorBook) -> str:
    known = book.persons.get(person_id(row.person))
    written = row.person if known is not None else _with_surname(row, book)
    return "\t".join((row.country, row.office or "", written, ";".join(row.names), row.start, row.end))


def _with_surname(row: OfficeRow, book: ActorBook) -> str:
    """Mark the surname of a new person as first or last, following the known persons of that country."""
    words = row.person.split()
    if len(words) < 2 or row.office == "MONARCH":
        return row.person
    if row.office not in _BY_SURNAME:
        return f"/{row.person}/"
    compatriots = [p for p in book.persons.values() if any(t.country == row.country for t in p.tenures)]
    first = sum(p.surname == p.name.split()[0] for p in compatriots if " " in p.name)
    return f"/{words[0]}/ {' '.join(words[1:])}" if first > len(compatriots) / 2 else row.person


def _replaces(fresh: str, line: str) -> bool:
    """Return True if two lines are about the same person, office and time."""
    new, old = fresh.split("\t"), line.split("\t")
    if new[:2] != old[:2] or person_id(new[2].replace("/", "")) != person_id(old[2].replace("/", "")):
        return False
    (start, end), (first, last) = (
        (
            read_office_day(cells[4], TABLE, last=False),
            read_office_day(cells[5], TABLE, last=True) if cells[5] else None,
        )
        for cells in (new, old)
    )
    return spells_meet((start, end), (first, last))
