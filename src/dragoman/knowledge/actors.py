"""Known actors: resolution of names in a text to actors on the date of the text.

The data files are in `data/actors`: states.yaml, organisations.yaml, groups.yaml, not_actors.yaml and tables
of office-holders (offices*.tsv). This module reads them into an `ActorBook`, which finds names in running
text. `actors_phrases` resolves noun phrases; `offices` and `roles` contain persons and role nouns.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.knowledge.actors_context import NameContext
from dragoman.knowledge.actors_finding import Contexts, NameFinder
from dragoman.knowledge.actors_persons import PersonContext
from dragoman.knowledge.actors_reading import Entry, Gazette, read_folder
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.name_match import NameMatch as NameMatch
from dragoman.knowledge.name_variants import variants
from dragoman.knowledge.names import NameIndex, Surface, fold
from dragoman.knowledge.namesakes import load_namesakes
from dragoman.knowledge.offices import OFFICE_SECTORS, UNDATED_REACH, Person, Tenure, load_persons
from dragoman.knowledge.roles import LEFT_WITH_OFFICE, RoleLexicon, load_roles
from dragoman.knowledge.spellings import load_spellings

if TYPE_CHECKING:
    from dragoman.knowledge.actors_phrases import Resolution

# How many times larger than its namesakes abroad a town must be to be chosen without further evidence
# (`_DOMINANCE`): with 3, Valencia and Victoria stay ambiguous; Sydney, Birmingham and Amherst are resolved.
# Minimum population of a place whose name alone identifies its country.
_LARGE_TOWN = 50_000
# Population from which a town is preferred to a person of the same name: Sydney, Riyadh.
_GREAT_TOWN = 1_000_000
# Population from which a town needs no mention of its country in the report.
_WELL_KNOWN_TOWN = 500_000
_DOMINANCE = 3
# Maximum number of words of a state name searched for in lower case, and a sequence of words that may contain
# one.
_CASED_WORDS = 3
# Minimum number of letters of a place name written in capitals.
_SHORTEST_SHOUTED = 5
_LOWER_NAME = re.compile(r"[\w.'’-]+?(?=[’']s?\b|[,;:)]|$| )(?: [\w.-]+?(?=[’']s?\b|[,;:)]|$| ))?")
# "Rio de Janeiro", "Frankfurt am Main": lower-case words inside town names.
_INSIDE_TOWNS = frozenset({"de", "do", "da", "dos", "del", "la", "le", "di", "du", "am", "al", "el", "sur"})
_TOWNS = frozenset({"city", "capital", "province"})


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
        self._spellings = load_spellings()
        self._by_surname: dict[str, list[Person]] = {}
        self._surnames: dict[str, list[str]] = {}
        self._gather_surnames()
        self._given_names = {fold(p.name.split()[0]) for p in persons.values() if " " in p.name}
        self._given_names |= roles.given_names
        self._tables = {fold(name): entry.id for entry in self.entries.values() for name in entry.tables}
        self._index = NameIndex(self._all_surfaces(gazette))
        self._finder = NameFinder(self, self._context_of(gazette), self._by_surname, self._index)

    def _gather_surnames(self) -> None:
        """Return the bearers of each surname, keyed by each of its spellings."""
        for person in self.persons.values():
            for surname in self._spellings.surnames_of(person):
                bearers = self._by_surname.setdefault(fold(surname), [])
                if person not in bearers:
                    bearers.append(person)
                self._surnames.setdefault(fold(surname), []).append(surname)

    def _context_of(self, gazette: Gazette) -> Contexts:
        countries = {
            fold(s.text): country
            for s, _ in gazette.surfaces
            if s.form in ("name", "demonym", "capital")
            and self.entries[s.target].kind in ("state", "territory")
            and (country := self.entries[s.target].country)
        }  # fmt: skip
        return Contexts(
            names=NameContext(self.roles, self._demonyms.keys(), self._given_names, self._by_surname.keys()),
            persons=PersonContext(self.roles, countries, self._given_names),
            namesakes=load_namesakes(),
            seat_sectors=self._seat_sectors,
        )

    def _all_surfaces(self, gazette: Gazette) -> Iterable[Surface]:
        listed = [surface for surface, _ in gazette.surfaces]
        listed += (Surface(name, "blocked", "") for name in gazette.blocked)
        yield from listed
        yield from variants(self.entries, listed)
        given = {fold(name) for person in self.persons.values() for name in person.names}
        for person in self.persons.values():
            yield from (Surface(name, "person", person.id) for name in person.names)
            # An alternative spelling never overrides the primary spelling of another person's name.
            for name in sorted(self._spellings.names_of(person)):
                if fold(name) not in given or fold(name) in {fold(own) for own in person.names}:
                    yield Surface(name, "person", person.id)
        for surname, written in self._surnames.items():
            yield from (Surface(one, "surname", surname) for one in dict.fromkeys(written))

    @property
    def names(self) -> NameIndex:
        """The index of all names, for code that measures or extends it."""
        return self._index

    def find(self, text: str, *, on: dt.date | None = None) -> list[NameMatch]:
        """Find all actors named in running text.

        A bare surname counts when exactly one office-holder of that name fits the day, or when the full name
        occurs earlier in the text. Roles without a name ("soldiers") are not found; see `resolve`.

        Args:
            text: Any text.
            on: The date of the text, for offices and states that exist for a limited time.

        Returns:
            Non-overlapping matches, in text order.
        """
        return self._finder.find(text, on, strict=True)

    def find_in_phrase(self, phrase: str, *, on: dt.date | None = None) -> list[NameMatch]:
        """Find actors as `find` does, but accept surnames that are too common for running text."""
        return self._finder.find(phrase, on, strict=False)

    def standing(self, person: Person, on: dt.date | None) -> tuple[str | None, str | None]:
        """Return a person's country and sector on a day.

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
        """Return the person who held an office on a day, by default the last day of the tables.

        Args:
            country: Alpha-3 code, or the id of an organisation.
            office: HOS head of state, HOG head of government, FM, DM, MONARCH, LEADER, VP, SG ...
            on: The day; None for the last day of the tables.
        """
        day = on or self.as_of
        held = [(t.start, p) for t, p in self._holders.get((country, office), ()) if t.holds_on(day)]
        return max(held, key=lambda pair: pair[0])[1] if held else None

    def offices(self) -> list[tuple[str, str]]:
        """Return every office with a known holder, as country or organisation and code."""
        return list(self._holders)

    def holders(self, country: str, office: str) -> list[tuple[Tenure, Person]]:
        """Return all holders of an office with their tenures, in arbitrary order."""
        return list(self._holders.get((country, office), ()))

    def get(self, id: str) -> Entry | Person | None:
        """Return the entry or person with this id."""
        return self.entries.get(id) or self.persons.get(id)

    def of_table(self, phrase: str) -> Entry | None:
        """Return the state with this name in tables of states, as in *Korea, Dem. Rep.*."""
        key = self._tables.get(fold(phrase).strip())
        return self.entries[key] if key else None

    def rivals(self, name: str, on: dt.date | None = None) -> list[Entry]:
        """Return the actors that share a short name; empty for an unambiguous name."""
        return self._finder.rivals(name, on)

    def is_member(self, organisation: str, country: str, on: dt.date | None = None) -> bool:
        """Return True if a country belongs to an organisation on a day."""
        entry = self.entries.get(organisation)
        day = on or self.as_of
        return entry is not None and any(
            m.country == country and (m.start or day) <= day <= (m.end or day) for m in entry.members
        )

    def is_given_name(self, word: str) -> bool:
        """Return True if a word is the first name of a known person."""
        return fold(word) in self._given_names

    def nationality(self, word: str) -> str | None:
        """Return the country of a demonym or nationality adjective ("Dutch": NLD)."""
        key = self._demonyms.get(fold(word)) if word[:1].isupper() else None
        return self.entries[key].country if key else None

    def role(self, word: str) -> str | None:
        """Return the sector a role noun implies, singular or plural ("soldiers": MIL)."""
        role = self.roles.roles.get(fold(word))
        return role.sector if role else None

    def country_and_sector_of_office(self, id: str, office: str) -> tuple[str | None, str]:
        """Return the country and sector of the holder of an office of a state or organisation."""
        entry = self.entries.get(id)
        return (entry.country if entry else id), OFFICE_SECTORS[office]

    def place_in(self, words: Sequence[str]) -> str | None:
        """Return the country of a town or region named in a phrase; None if ambiguous."""
        # Short words in capitals, such as "PA", are abbreviations rather than towns.
        may_be = [
            word[:1].isupper() and not (word.isupper() and len(word) < _SHORTEST_SHOUTED) for word in words
        ]
        for size in range(min(4, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                part = words[start : start + size]
                fits = may_be[start] and may_be[start + size - 1]
                if (
                    fits
                    and all(may_be[start + at] or word in _INSIDE_TOWNS for at, word in enumerate(part))
                    and (country := self._country_of_place(" ".join(part)))
                ):
                    return country
        return None

    def is_place(self, name: str) -> bool:
        """Return True if a whole name is that of a large town or known region in one unambiguous country."""
        large = any(c.place.population >= _LARGE_TOWN for c in load_gazetteer().lookup(name))
        return (large or fold(name) in self._places) and self._country_of_place(name) is not None

    def is_great_place(self, name: str) -> bool:
        """Return True for a well-known place: a region in the tables or a town of half a million."""
        great = any(c.place.population >= _WELL_KNOWN_TOWN for c in load_gazetteer().lookup(name))
        return great or fold(name) in self._places

    def _country_of_place(self, name: str) -> str | None:
        """Return the country of a place name: that of the largest, if far larger than namesakes abroad."""
        # "Bavarians" belong to the place of "Bavarian".
        folded = fold(name)
        known = self._places.get(folded) or self._places.get(folded.removesuffix("s"))
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
        """Return an all-lower-case phrase with its state names in their usual case.

        Offsets are preserved. Words that are also common nouns or pronouns in lower case ("us") are
        unchanged.
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
        """Return country and sector in PLOVER notation.

        Missing values are empty strings; the sector is UNK for an unknown actor and JNK for a time
        expression.
        """
        if fold(phrase).strip() in self.roles.junk:
            return "", "JNK"
        found = self.resolve(phrase, on=on)
        return ("", "UNK") if found is None else (found.country or "", found.sector or "")

    def resolve(self, phrase: str, *, on: dt.date | None = None) -> Resolution | None:
        """Resolve a noun phrase to an actor; see `actors_phrases.resolve`."""
        from dragoman.knowledge.actors_phrases import resolve

        return resolve(self, phrase, on=on)


def load_actors(folder: Path | None = None, extra: Sequence[Path] = ()) -> ActorBook:
    """Read the actors.

    Args:
        folder: Folder of the data files; None for those of the package.
        extra: Folders of the same structure, read afterwards; their entries replace those with the same id.

    Raises:
        KnowledgeError: A data file is invalid; the message gives file, line and allowed values.
    """
    folders = [folder or data_folder() / "actors", *extra]
    gazette = Gazette({}, [], [], {})
    for place in folders:
        read_folder(place, gazette)
    tables = [path for place in folders for path in sorted(place.glob("offices*.tsv"))]
    persons, as_of = load_persons(tables)
    return ActorBook(gazette, persons, load_roles(), as_of=as_of)


def _afterwards(tenure: Tenure) -> str:
    return "ELI" if tenure.sector in LEFT_WITH_OFFICE else tenure.sector
