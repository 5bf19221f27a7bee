"""The actors of the world: who a name in a text is, on the day of the text.

The data stand in `data/actors`: states.yaml, organisations.yaml, groups.yaml, not_actors.yaml and tables
of offices held (offices*.tsv). This module reads them into an `ActorBook`, which finds names in running
text. `actors_phrases` resolves noun phrases; `offices` and `roles` hold persons and role nouns.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.knowledge.actors_context import NameContext, is_compound, is_shouted_word
from dragoman.knowledge.actors_reading import Entry, Gazette, read_folder
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.names import Hit, NameIndex, Surface, fold, longest
from dragoman.knowledge.offices import CHIEF_OFFICES, OFFICE_SECTORS, Person, Tenure, load_persons
from dragoman.knowledge.roles import RoleLexicon, load_roles
from dragoman.model.terms import ActorKind

if TYPE_CHECKING:
    from dragoman.knowledge.actors_phrases import Resolution

Form = Literal["name", "demonym", "capital", "seat", "person", "acronym"]

# In a text without a date, somebody counts as in office who left it less than this long before the
# tables end: most reports that are read were written in the last ten years.
UNDATED_REACH = dt.timedelta(days=3653)

# How many times larger than its namesakes abroad a town must be to be meant without further words: with
# three, Valencia and Victoria stay open while Sydney, Birmingham and Amherst are decided.
# A name that stands for its country without more words must be that of a place of some size.
_LARGE_TOWN = 50_000
# A town of so many is meant even where somebody is called like it: Sydney, Riyadh.
_GREAT_TOWN = 1_000_000
# A town of so many needs no mention of its country in the report.
_WELL_KNOWN_TOWN = 500_000
_DOMINANCE = 3
# The longest name of a state that is looked for in small letters, and a row of words that may hold one.
_CASED_WORDS = 3
_LOWER_NAME = re.compile(r"[\w.'’-]+?(?=[’']s?\b|[,;:)]|$| )(?: [\w.-]+?(?=[’']s?\b|[,;:)]|$| ))?")
_TOWNS = frozenset({"city", "capital", "province"})

# Sectors that are left with the office; others (rebels, opposition) are not.
_LEFT_WITH_OFFICE = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "IGO", "COP"})


class NameMatch(msgspec.Struct, frozen=True, kw_only=True):
    """An actor's name at one place in a text, resolved for the day.

    `form` tells how the actor is named; a capital can also be just a place. `compound` is true where
    the name is only part of a hyphenated word ("Russian-backed", "pro-Moscow").
    """

    start: int
    end: int
    text: str
    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    form: Form
    compound: bool = False


# Texts whose names are kept: those that are parsed together.
_TEXTS_KEPT = 16


class ActorBook:
    """All known actors. Built by `load_actors`; does not change afterwards."""

    def __init__(
        self, gazette: Gazette, persons: dict[str, Person], roles: RoleLexicon, *, as_of: dt.date
    ) -> None:
        self.entries = gazette.entries
        self.persons = persons
        self.roles = roles
        self.as_of = as_of
        self._seat_sectors = {(s.text, s.target): sector for s, sector in gazette.surfaces if sector}
        self._demonyms = {
            fold(s.text): s.target for s, _ in reversed(gazette.surfaces) if s.form == "demonym"
        }
        self._places = gazette.places
        self._cased = {
            s.text.lower(): s.text
            for s, _ in gazette.surfaces
            if s.form in ("demonym", "name", "capital") and s.text.count(" ") < _CASED_WORDS
            and self.entries[s.target].kind in ("state", "territory")
        }  # fmt: skip
        self._holders: dict[tuple[str, str], list[tuple[Tenure, Person]]] = {}
        for person in persons.values():
            for tenure in person.tenures:
                self._holders.setdefault((tenure.country, tenure.office), []).append((tenure, person))
        self._by_surname: dict[str, list[Person]] = {}
        for person in persons.values():
            if person.surname:
                self._by_surname.setdefault(fold(person.surname), []).append(person)
        self._given_names = {fold(p.name.split()[0]) for p in persons.values() if " " in p.name}
        self._context = NameContext(roles, self._demonyms.keys(), self._given_names)
        self._index = NameIndex(self._all_surfaces(gazette))
        # Headlines, repairs and parties ask for the names of the same text.
        self._hits = functools.lru_cache(maxsize=_TEXTS_KEPT)(self._index.hits)

    def _all_surfaces(self, gazette: Gazette) -> Iterable[Surface]:
        yield from (surface for surface, _ in gazette.surfaces)
        yield from (Surface(name, "blocked", "") for name in gazette.blocked)
        for person in self.persons.values():
            yield from (Surface(name, "person", person.id) for name in person.names)
        for surname, bearers in self._by_surname.items():
            for written in {p.surname for p in bearers if p.surname}:
                yield Surface(written, "surname", surname)

    @property
    def names(self) -> NameIndex:
        """The index of all names, for those who measure it or add to it."""
        return self._index

    def find(self, text: str, *, on: dt.date | None = None) -> list[NameMatch]:
        """Find all actors named in running text.

        A bare surname counts when one office-holder of that name fits the day, or when the full name
        stood earlier in the text. Roles without a name ("soldiers") are not found; see `resolve`.

        Args:
            text: Any text.
            on: The day of the text, for offices and states that begin and end.

        Returns:
            Matches that do not overlap, in the order of the text.
        """
        return self._matches(text, on, strict=True)

    def find_in_phrase(self, phrase: str, *, on: dt.date | None = None) -> list[NameMatch]:
        """Find actors as `find` does, but take surnames that would be too common in running text."""
        return self._matches(phrase, on, strict=False)

    def _matches(self, text: str, on: dt.date | None, *, strict: bool) -> list[NameMatch]:
        hits = self._hits(text)
        full = [(h.start, s.target) for h in hits for s in h.surfaces if s.form == "person"]
        usable = [h for h in hits if self._is_usable(h, text, on, full, strict=strict)]
        found = []
        for hit in longest(usable):
            match = self._match(hit, text, on, full, strict=strict)
            if match is not None:
                found.append(match)
        return found

    def _is_usable(
        self, hit: Hit, text: str, on: dt.date | None, full: list[tuple[int, str]], *, strict: bool
    ) -> bool:
        surface = hit.surfaces[0]
        if all(s.form == "surname" for s in hit.surfaces):
            earlier = any(start < hit.start and self._bears(key, surface.target) for start, key in full)
            return (
                earlier or self._bearer(surface.target, on, strict=strict) is not None
            ) and self._context.stands_alone(
                hit, text, is_common=strict and not earlier and surface.target in self.roles.common_surnames
            )
        entry = self.entries.get(surface.target)
        if entry is None:
            return True
        if surface.form == "acronym" and is_shouted_word(hit, text, self.roles):
            return False
        if surface.text in entry.person_like and self._context.is_in_person_name(hit, text):
            return False
        return not any(word in text for word in entry.unless)

    def _match(
        self, hit: Hit, text: str, on: dt.date | None, full: list[tuple[int, str]], *, strict: bool
    ) -> NameMatch | None:
        surfaces = [s for s in hit.surfaces if s.form != "surname"] or list(hit.surfaces)
        if any(s.form == "blocked" for s in surfaces):
            return None
        people = {s.target for s in surfaces if s.form == "person"}
        if len(people) > 1:
            return None
        surface = surfaces[0]
        if surface.form == "surname":
            earlier = [key for start, key in full if start < hit.start and self._bears(key, surface.target)]
            person = self.persons[earlier[-1]] if earlier else self._bearer(surface.target, on, strict=strict)
            return None if person is None else self._person_match(hit, text, person, on)
        if surface.form == "person":
            return self._person_match(hit, text, self.persons[surface.target], on)
        entry = self.entries[self._pick(surfaces, on)]
        surface = next(s for s in surfaces if s.target == entry.id)
        sector = self._seat_sectors.get((surface.text, entry.id)) or entry.sector_on(on)
        form: Form = surface.form  # type: ignore[assignment]
        return NameMatch(
            start=hit.start, end=hit.end, text=text[hit.start : hit.end], id=entry.id, name=entry.name,
            kind=entry.kind, country=entry.country, sector=sector, form=form, compound=is_compound(hit, text),
        )  # fmt: skip

    def _pick(self, surfaces: Sequence[Surface], on: dt.date | None) -> str:
        """Choose among entries of one name: the first that exists on the day."""
        for surface in surfaces:
            entry = self.entries[surface.target]
            if on is None or ((entry.start or on) <= on <= (entry.end or on)):
                return entry.id
        return surfaces[0].target

    def _person_match(self, hit: Hit, text: str, person: Person, on: dt.date | None) -> NameMatch:
        country, sector = self.standing(person, on)
        return NameMatch(
            start=hit.start, end=hit.end, text=text[hit.start : hit.end], id=person.id, name=person.name,
            kind="person", country=country, sector=sector, form="person", compound=is_compound(hit, text),
        )  # fmt: skip

    def _bears(self, key: str, surname: str) -> bool:
        written = self.persons[key].surname
        return written is not None and fold(written) == surname

    def _bearer(self, surname: str, on: dt.date | None, *, strict: bool) -> Person | None:
        """Find the one person a bare surname means on a day; None when it may be several."""
        bearers = self._by_surname.get(surname, [])
        day = on or self.as_of
        in_office = [p for p in bearers if p.office_on(day)]
        if len(in_office) > 1:
            chiefs = [p for p in in_office if (t := p.office_on(day)) and t.office in CHIEF_OFFICES]
            return chiefs[0] if len(chiefs) == 1 else None
        if in_office:
            return in_office[0]
        known = [p for p in bearers if any(_is_remembered(t, day, strict=strict) for t in p.tenures)]
        return known[0] if len(known) == 1 else None

    def standing(self, person: Person, on: dt.date | None) -> tuple[str | None, str | None]:
        """Give a person's country and sector on a day.

        In office: the sector of the office. After it: ELI. Before the first office: no sector. With no
        day, the latest office, unless it was left more than ten years before the tables end.
        """
        if on is None:
            latest = person.latest()
            is_recent = latest.end is None or self.as_of - latest.end < UNDATED_REACH
            return self._country_of(latest), latest.sector if is_recent else _afterwards(latest)
        tenure = person.office_on(on)
        if tenure is not None:
            return self._country_of(tenure), tenure.sector
        before = [t for t in person.tenures if t.start <= on]
        if before:
            return self._country_of(before[-1]), _afterwards(before[-1])
        return self._country_of(person.tenures[0]), None

    def _country_of(self, tenure: Tenure) -> str | None:
        entry = self.entries.get(tenure.country)
        return entry.country if entry else tenure.country

    def holder(self, country: str, office: str, on: dt.date | None = None) -> Person | None:
        """Give the person who held an office on a day, or holds it as far as the tables go.

        Args:
            country: Alpha-3 code, or the id of an organisation.
            office: HOS head of state, HOG head of government, FM, DM, MONARCH, LEADER, VP, SG ...
            on: The day; None for the last day of the tables.
        """
        day = on or self.as_of
        held = [(t.start, p) for t, p in self._holders.get((country, office), ()) if t.holds_on(day)]
        return max(held, key=lambda pair: pair[0])[1] if held else None

    def offices(self) -> list[tuple[str, str]]:
        """List every office that somebody holds or held: country or organisation, and code."""
        return list(self._holders)

    def holders(self, country: str, office: str) -> list[tuple[Tenure, Person]]:
        """List everybody who held an office, with the spell, in no order."""
        return list(self._holders.get((country, office), ()))

    def get(self, id: str) -> Entry | Person | None:
        """Give the entry or person of this id."""
        return self.entries.get(id) or self.persons.get(id)

    def is_member(self, organisation: str, country: str, on: dt.date | None = None) -> bool:
        """Tell whether a country belongs to an organisation on a day."""
        entry = self.entries.get(organisation)
        day = on or self.as_of
        return entry is not None and any(
            m.country == country and (m.start or day) <= day <= (m.end or day) for m in entry.members
        )

    def is_given_name(self, word: str) -> bool:
        """Tell whether a word is the first name of a known person."""
        return fold(word) in self._given_names

    def nationality(self, word: str) -> str | None:
        """Give the country of a demonym or adjective of nationality ("Dutch": NLD)."""
        key = self._demonyms.get(fold(word)) if word[:1].isupper() else None
        return self.entries[key].country if key else None

    def role(self, word: str) -> str | None:
        """Give the sector a role noun implies, singular or plural ("soldiers": MIL)."""
        role = self.roles.roles.get(fold(word))
        return role.sector if role else None

    def country_and_sector_of_office(self, id: str, office: str) -> tuple[str | None, str]:
        """Give the country and sector that whoever holds an office of a state or organisation has."""
        entry = self.entries.get(id)
        return (entry.country if entry else id), OFFICE_SECTORS[office]

    def place_in(self, words: Sequence[str]) -> str | None:
        """Give the country of a town or region among the words of a phrase; None when unsure."""
        capitalised = [word if word[:1].isupper() else "" for word in words]
        for size in range(min(4, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                part = capitalised[start : start + size]
                if all(part) and (country := self._country_of_place(" ".join(part))):
                    return country
        return None

    def is_place(self, name: str) -> bool:
        """Tell whether a whole name is that of a large town or known region, surely in one country."""
        large = any(c.place.population >= _LARGE_TOWN for c in load_gazetteer().lookup(name))
        return (large or fold(name) in self._places) and self._country_of_place(name) is not None

    def is_great_place(self, name: str) -> bool:
        """Tell whether a place is known to everybody: a region of the tables or a town of half a million."""
        great = any(c.place.population >= _WELL_KNOWN_TOWN for c in load_gazetteer().lookup(name))
        return great or fold(name) in self._places

    def _country_of_place(self, name: str) -> str | None:
        """Look a town or region up; the largest of its name counts if it is far larger than others abroad."""
        known = self._places.get(fold(name))
        if known is not None:
            return known
        towns = [c for c in load_gazetteer().lookup(name) if c.place.kind in _TOWNS]
        found = [c.place for c in towns if c.is_own_name] or [c.place for c in towns]
        if not found or found[0].country is None:
            return None
        best = max(found, key=lambda place: place.population)
        if best.population < _GREAT_TOWN and (
            fold(name) in self._given_names or fold(name) in self._by_surname
        ):
            return None
        abroad = max((p.population for p in found if p.country != best.country), default=0)
        return best.country if best.population >= _DOMINANCE * abroad else None

    def recased(self, phrase: str) -> str:
        """Write the states of a phrase that is all in small letters as they are written in texts.

        Offsets stay. Words that are also common nouns or pronouns as they stand ("us") are left alone.
        """
        if phrase != phrase.lower() or self._index.hits(phrase):
            return phrase
        return _LOWER_NAME.sub(lambda m: self._cased_as(m[0]), phrase)

    def _cased_as(self, words: str) -> str:
        written = self._cased.get(words)
        if written is not None and fold(words) not in self.roles.unknown:
            return written
        first, space, rest = words.partition(" ")
        head = self._cased.get(first, first) if fold(first) not in self.roles.unknown else first
        return f"{head}{space}{self._cased_as(rest)}" if rest else head

    def code(self, phrase: str, *, on: dt.date | None = None) -> tuple[str, str]:
        """Give country and sector as PLOVER coders write them.

        Both are empty where there is none; the sector is UNK for nobody known and JNK for a time.
        """
        if fold(phrase).strip() in self.roles.junk:
            return "", "JNK"
        found = self.resolve(phrase, on=on)
        return ("", "UNK") if found is None else (found.country or "", found.sector or "")

    def resolve(self, phrase: str, *, on: dt.date | None = None) -> Resolution | None:
        """Say who a noun phrase means; see `actors_phrases.resolve`."""
        from dragoman.knowledge.actors_phrases import resolve

        return resolve(self, phrase, on=on)


def load_actors(folder: Path | None = None, extra: Sequence[Path] = ()) -> ActorBook:
    """Read the actors.

    Args:
        folder: Folder of the data files; None for those that come with the package.
        extra: Folders of the same shape, read afterwards; their entries replace those of the same id.

    Raises:
        KnowledgeError: A data file is wrong; says file, line, what is allowed.
    """
    folders = [folder or data_folder() / "actors", *extra]
    gazette = Gazette({}, [], [], {})
    for place in folders:
        read_folder(place, gazette)
    tables = [path for place in folders for path in sorted(place.glob("offices*.tsv"))]
    persons, as_of = load_persons(tables)
    return ActorBook(gazette, persons, load_roles(), as_of=as_of)


def _is_remembered(tenure: Tenure, day: dt.date, *, strict: bool) -> bool:
    """Tell whether somebody out of office is still named by the surname alone: chiefs in running text."""
    if (strict and tenure.office not in CHIEF_OFFICES) or tenure.start > day:
        return False
    return tenure.end is None or day - tenure.end < UNDATED_REACH


def _afterwards(tenure: Tenure) -> str:
    return "ELI" if tenure.sector in _LEFT_WITH_OFFICE else tenure.sector
