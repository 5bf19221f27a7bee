"""Finding the actors named in a text: the position of each name and the actor it refers to."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.knowledge.actors_context import NameContext, is_compound, is_half_of_word, is_shouted_word
from dragoman.knowledge.actors_persons import PersonContext
from dragoman.knowledge.actors_sharing import Report, choose, is_same_body, report_of
from dragoman.knowledge.name_facts import Meaning, NameFacts
from dragoman.knowledge.name_match import Form, NameMatch
from dragoman.knowledge.names import Hit, NameIndex, Spelling, Surface, longest
from dragoman.knowledge.namesakes import Namesakes
from dragoman.knowledge.offices import CHIEF_OFFICES, UNDATED_REACH, Person, Tenure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.knowledge.actors_reading import Entry
    from dragoman.knowledge.known_actors import KnownActors

_JUNIOR = re.compile(r",? (?:Jr|Junior|II|III)\b")
# Locative prepositions, searched for within this many characters before a town; and the rest of a list.
_NEAR = 12
_PLACED = re.compile(r"\b(?:in|at|near|on|of|to|from|outside|around|into|inside) $")
_LISTED = re.compile(r",? (?:and|or) |, [A-Z]")


class Contexts(NamedTuple):
    """The context tests that a name finder uses."""

    names: NameContext
    persons: PersonContext
    namesakes: Namesakes
    seat_sectors: dict[tuple[str, str], str]


class _Scan(msgspec.Struct):
    """State of the search in one text.

    `full` are the positions of persons named in full, `starts` the start offsets of all names.
    """

    text: str
    on: dt.date | None
    strict: bool
    full: list[tuple[int, str]]
    hits: list[Hit] = []
    starts: frozenset[int] = frozenset()
    namesakes: dict[tuple[str, str], bool] = {}
    blocked: int = -1


# Maximum number of texts whose names are cached: those that are parsed together.
_TEXTS_KEPT = 16
# Maximum number of (surname, day) pairs whose referents are cached.
_SURNAMES_KEPT = 8192


class NameFinder:
    """Finder of the names of an actor book.

    Args:
        book: The actors.
        contexts: Tests on the context of names.
        by_surname: The bearers of each surname.
        index: All names.
    """

    def __init__(
        self,
        book: KnownActors,
        contexts: Contexts,
        by_surname: Mapping[str, Sequence[Person]],
        index: NameIndex,
    ) -> None:
        self._book = book
        self._context = contexts
        self._by_surname = by_surname
        # Headlines, repairs and parties request the names of the same text.
        self._hits = functools.lru_cache(maxsize=_TEXTS_KEPT)(index.hits)
        self._bearers = {surname: {person.id for person in known} for surname, known in by_surname.items()}
        self._bearer = functools.lru_cache(maxsize=_SURNAMES_KEPT)(self._find_bearer)
        self._standing = functools.lru_cache(maxsize=_SURNAMES_KEPT)(self._find_standing)

    def find(self, text: str, on: dt.date | None, *, strict: bool) -> list[NameMatch]:
        """Return the actors named in a text; with `strict`, common surnames only after a title."""
        hits = self._hits(text)
        if not hits and "(" not in text:
            return []
        read = [(hit, hit.surfaces.facts or self._facts_of(hit.surfaces)) for hit in hits]
        full = [(hit.start, target) for hit, facts in read if facts.persons for target in facts.persons]
        starts = frozenset(hit.start for hit in hits)
        scan = _Scan(text=text, on=on, strict=strict, full=full, hits=hits, starts=starts)
        usable = [pair for pair in read if self._is_usable(*pair, scan)]
        sure, open_hits = [], []
        for hit, facts in _longest(usable):
            if facts.is_shared and self._rivals(facts, on):
                open_hits.append(hit)
            elif (match := self._match(hit, facts, scan)) is not None:
                sure.append(match)
        if not open_hits and "(" not in text:
            return sure
        report = report_of(text, sure)
        decided = [m for hit in open_hits if (m := self._shared(hit, scan, report)) is not None]
        return self._explained(text, sorted([*sure, *decided], key=lambda m: m.start), report)

    def rivals(self, name: str, on: dt.date | None = None) -> list[Entry]:
        """Return the actors that share a short name on a day; empty for an unambiguous name."""
        name = name.strip().removeprefix("the ").removeprefix("The ")
        hits = [hit for hit in self._hits(name) if hit.end - hit.start == len(name)]
        return self._rivals(self._facts_of(hits[0].surfaces), on) if hits else []

    def _facts_of(self, surfaces: Spelling) -> NameFacts:
        facts: NameFacts | None = surfaces.facts
        if facts is None:
            facts = surfaces.facts = NameFacts(surfaces, self._book.entries)
        return facts

    def _is_usable(self, hit: Hit, facts: NameFacts, scan: _Scan) -> bool:
        if facts.is_state and self._is_another_thing(hit, facts, scan):
            return False
        return not facts.has_tests or self._passes_tests(hit, facts, scan)

    def _passes_tests(self, hit: Hit, facts: NameFacts, scan: _Scan) -> bool:
        if facts.is_surname:
            return self._surname_counts(hit, facts.first.target, scan)
        entry = facts.entry
        if entry is None:
            return facts.first.form != "person" or self._person_counts(hit, facts.first.target, scan)
        if facts.is_abbreviated and is_shouted_word(hit, scan.text, self._book.roles):
            return False
        if entry.kind == "organisation" and self._is_of_longer_name(hit, entry, scan):
            return False
        if facts.is_person_like and self._context.names.is_in_person_name(hit, scan.text):
            return False
        return not entry.unless or not any(word in scan.text for word in entry.unless)

    def _is_of_longer_name(self, hit: Hit, entry: Entry, scan: _Scan) -> bool:
        """Return True if a body's name or adjective is part of a longer name."""
        things, text = self._context.namesakes, scan.text
        if hit.surfaces[0].form == "demonym":
            # "Western Australia", "the Seoul Western District Court".
            return self._context.names.is_before_capital(hit, text)
        if text.startswith("$", hit.end):
            return True
        # "BBC Radio" belongs to the BBC.
        if entry.sector_on(scan.on) != "JRN" and things.is_lengthened(text, hit.end):
            return True
        return self._is_part_of_name(hit, entry, scan)

    def _is_part_of_name(self, hit: Hit, entry: Entry, scan: _Scan) -> bool:
        """Return True if a body's name is only the end or the beginning of another name."""
        things, text = self._context.namesakes, scan.text
        if not things.may_go_on(text[hit.start : hit.end]):
            return False
        ends = {h.end for h in scan.hits if h.surfaces[0].form != "surname"}
        if things.goes_on(text, hit.end) or self._context.names.is_end_of_name(hit, text, ends):
            return True
        # "Security Council of the Russian Federation"; among several actors of a name, the choice is made
        # later.
        at = things.owner_at(text, hit.end)
        owner = self._state_at(at, scan.hits) if at > 0 and len(hit.surfaces) == 1 else None
        return owner is not None and owner not in entry.countries

    def _state_at(self, start: int, hits: Sequence[Hit]) -> str | None:
        """Return the country of the state whose name begins at an offset."""
        for hit in hits:
            entry = self._book.entries.get(hit.surfaces[0].target) if hit.start == start else None
            if entry is not None and entry.kind == "state" and hit.surfaces[0].form == "name":
                return entry.country
        return None

    def _is_another_thing(self, hit: Hit, facts: NameFacts, scan: _Scan) -> bool:
        """Return True if a state's name refers to a town, a ship or a firm, or is a person's first name."""
        start, end, entry, text = hit.start, hit.end, facts.entry, scan.text
        if text.startswith(", ", end) and entry is not None:
            is_town = facts.is_capital
            if self._context.namesakes.is_town_abroad(text, end, own=entry.name, is_town=is_town):
                scan.blocked = end + 2
                return True
            if is_town and self._is_in_another_state(hit, entry, scan):
                return True
        # "Georgia" in "Athens, Georgia".
        if start == scan.blocked or self._context.namesakes.is_thing(text, start, end):
            return True
        given_like = entry.given_like if entry is not None else ()
        return bool(given_like) and self._context.names.is_given_name_of(hit, text, given_like)

    def _is_in_another_state(self, hit: Hit, entry: Entry, scan: _Scan) -> bool:
        """Return True for a town with the name of a capital: *in Tripoli, Lebanon*."""
        if not _PLACED.search(scan.text[max(0, hit.start - _NEAR) : hit.start]):
            return False
        behind = next((h for h in scan.hits if h.start == hit.end + 2), None)
        if behind is None or scan.text[hit.end : behind.start] != ", ":
            return False
        states = {
            s.target
            for s in behind.surfaces
            if s.form == "name" and s.target in self._book.entries
            and self._book.entries[s.target].kind in ("state", "territory")
        }  # fmt: skip
        return bool(states) and entry.id not in states and not _LISTED.match(scan.text, behind.end)

    def _person_counts(self, hit: Hit, key: str, scan: _Scan) -> bool:
        """Return True unless a full name is that of a ship or firm, or a single word and another person's."""
        things = self._context.namesakes
        if things.is_thing(scan.text, hit.start, hit.end) or things.is_honouring(scan.text, hit.end):
            return False
        if " " in scan.text[hit.start : hit.end]:
            return True
        # "Hannibal Gaddafi" is not the person known as "Gaddafi" alone.
        if not self._context.names.stands_alone(hit, scan.text, is_common=False):
            return False
        person = self._book.persons[key]
        country, _ = self._standing(person.id, scan.on)
        return not self._context.persons.is_contradicted(
            scan.text, hit.start, hit.end, person, country, is_common=False
        )

    def _surname_counts(self, hit: Hit, surname: str, scan: _Scan) -> bool:
        person, is_told = self._meant(hit, surname, scan)
        things = self._context.namesakes
        if person is None or things.is_thing(scan.text, hit.start, hit.end):
            return False
        if things.is_honouring(scan.text, hit.end) or is_half_of_word(hit, scan.text, scan.starts):
            return False
        is_common = surname in self._book.roles.common_surnames
        if not self._context.names.stands_alone(
            hit, scan.text, is_common=scan.strict and not is_told and is_common
        ):
            return False
        if is_told:
            return True
        country, _ = self._standing(person.id, scan.on)
        if self._context.persons.is_contradicted(
            scan.text, hit.start, hit.end, person, country, is_common=is_common
        ):
            return False
        return not self._is_somebody_else(hit, person, scan)

    def _is_somebody_else(self, hit: Hit, person: Person, scan: _Scan) -> bool:
        written = scan.text[hit.start : hit.end]
        key = (written, person.id)
        if key not in scan.namesakes:
            full = [start for start, target in scan.full if target == person.id]
            scan.namesakes[key] = self._context.persons.is_namesake(
                scan.text, written, hit.start, person, full
            )
        return scan.namesakes[key]

    def _meant(self, hit: Hit, surname: str, scan: _Scan) -> tuple[Person | None, bool]:
        """Return the person a bare surname refers to, and whether the full name precedes it in the text."""
        earlier = [key for start, key in scan.full if start < hit.start and self._bears(key, surname)]
        if earlier:
            return self._book.persons[earlier[-1]], True
        return self._bearer(surname, scan.on, scan.strict), False

    def _match(self, hit: Hit, facts: NameFacts, scan: _Scan) -> NameMatch | None:
        meaning = facts.meaning
        if meaning is not None and meaning.day == scan.on:
            return _entry_match(hit, meaning, scan.text)
        if facts.is_blocked or len(set(facts.persons)) > 1:
            return None
        surface = facts.named[0]
        if surface.form == "surname":
            person, _ = self._meant(hit, surface.target, scan)
            return None if person is None else self._person_match(hit, person, scan)
        if surface.form == "person":
            person = self._book.persons[surface.target]
            return (
                None
                if _is_another_generation(hit, scan.text, person)
                else self._person_match(hit, person, scan)
            )
        entry = self._existing(facts.named, scan.on)[0]
        facts.meaning = self._meaning(facts.named, entry, scan.on)
        return _entry_match(hit, facts.meaning, scan.text)

    def _existing(self, surfaces: Sequence[Surface], on: dt.date | None) -> list[Entry]:
        """Return the entries of a name that exist on the day, else the first one."""
        if len(surfaces) == 1:
            return [self._book.entries[surfaces[0].target]]
        entries = [self._book.entries[key] for key in dict.fromkeys(s.target for s in surfaces)]
        alive = [e for e in entries if on is None or ((e.start or on) <= on <= (e.end or on))]
        return alive or entries[:1]

    def _rivals(self, facts: NameFacts, on: dt.date | None) -> list[Entry]:
        """Return the entries that share a name which is only a short name of at least one of them."""
        return self._existing(facts.known, on) if facts.is_shared else []

    def _shared(self, hit: Hit, scan: _Scan, report: Report) -> NameMatch | None:
        facts = self._facts_of(hit.surfaces)
        owners = {s.target for s in facts.known if s.form != "short"}
        rivals = self._rivals(facts, scan.on)
        owner = next((entry for entry in rivals if entry.id in owners), None)
        entry = choose(scan.text, hit.start, hit.end, rivals, owner, report)
        if entry is None:
            return None
        return _entry_match(hit, self._meaning(facts.known, entry, scan.on), scan.text)

    def _explained(self, text: str, matches: list[NameMatch], report: Report) -> list[NameMatch]:
        """Resolve short names that a text introduces to the actors it introduces them for."""
        kept = [m for m in matches if not self._means_otherwise(m, report)]
        for short, meant in report.learned.items():
            if isinstance(meant, str):
                continue
            for found in re.finditer(rf"\b{re.escape(short)}\b", text):
                if not any(m.start < found.end() and found.start() < m.end for m in kept):
                    kept.append(_named_short(meant, found, text))
        return sorted(kept, key=lambda m: m.start)

    def _means_otherwise(self, match: NameMatch, report: Report) -> bool:
        """Return True if a text introduces a short name for a different actor than the tables do."""
        meant = report.learned.get(match.text)
        if meant is None or match.kind == "person":
            return False
        if isinstance(meant, str):
            entry = self._book.entries.get(match.id)
            return entry is None or not is_same_body(meant, entry)
        return meant.id != match.id

    def _meaning(self, surfaces: Sequence[Surface], entry: Entry, on: dt.date | None) -> Meaning:
        surface = next(s for s in surfaces if s.target == entry.id)
        sector = self._context.seat_sectors.get((surface.text, entry.id)) or entry.sector_on(on)
        form: Form = surface.form  # type: ignore[assignment]
        return Meaning(on, entry, sector, form)

    def _person_match(self, hit: Hit, person: Person, scan: _Scan) -> NameMatch:
        country, sector = self._standing(person.id, scan.on)
        return NameMatch(
            start=hit.start, end=hit.end, text=scan.text[hit.start : hit.end], id=person.id, name=person.name,
            kind="person", country=country, sector=sector, form="person",
            compound=is_compound(hit, scan.text),
        )  # fmt: skip

    def _bears(self, key: str, surname: str) -> bool:
        return key in self._bearers.get(surname, ())

    def _find_standing(self, key: str, on: dt.date | None) -> tuple[str | None, str | None]:
        return self._book.standing(self._book.persons[key], on)

    def _find_bearer(self, surname: str, on: dt.date | None, strict: bool) -> Person | None:
        """Find the person a bare surname refers to on a day; None if ambiguous."""
        bearers = self._by_surname.get(surname, ())
        day = on or self._book.as_of
        in_office = [p for p in bearers if p.office_on(day)]
        if len(in_office) > 1:
            chiefs = [p for p in in_office if (t := p.office_on(day)) and t.office in CHIEF_OFFICES]
            # "Bolsonaro" is the father who governed, not one of two sons in parliament.
            chiefs = chiefs or [
                p for p in bearers if any(_is_remembered(t, day, strict=True) for t in p.tenures)
            ]
            return chiefs[0] if len(chiefs) == 1 else None
        if in_office:
            return in_office[0]
        known = [p for p in bearers if any(_is_remembered(t, day, strict=strict) for t in p.tenures)]
        return known[0] if len(known) == 1 else None


def _longest(read: list[tuple[Hit, NameFacts]]) -> Sequence[tuple[Hit, NameFacts]]:
    """Keep the longest of overlapping hits, from the left."""
    behind = 0
    for hit, _ in read:
        if hit.start < behind:
            return [(hit, hit.surfaces.facts) for hit in longest(hit for hit, _ in read)]
        behind = hit.end
    return read


def _entry_match(hit: Hit, meaning: Meaning, text: str) -> NameMatch:
    start, end, entry = hit.start, hit.end, meaning.entry
    return NameMatch(
        start=start, end=end, text=text[start:end], id=entry.id, name=entry.name, kind=entry.kind,
        country=entry.country, sector=meaning.sector, form=meaning.form, compound=is_compound(hit, text),
    )  # fmt: skip


def _is_another_generation(hit: Hit, text: str, person: Person) -> bool:
    """Return True for a namesake of another generation, as in *Donald Trump Jr.*."""
    return bool(_JUNIOR.match(text, hit.end)) and not any(" Jr" in name for name in person.names)


def _named_short(meant: NameMatch, found: re.Match[str], text: str) -> NameMatch:
    return msgspec.structs.replace(
        meant, start=found.start(), end=found.end(), text=found[0], form="short",
        compound=is_compound(Hit(found.start(), found.end(), Spelling()), text),
    )  # fmt: skip


def _is_remembered(tenure: Tenure, day: dt.date, *, strict: bool) -> bool:
    """Return True if a former office-holder is still referred to by surname alone: chiefs in running text."""
    if (strict and tenure.office not in CHIEF_OFFICES) or tenure.start > day:
        return False
    return tenure.end is None or day - tenure.end < UNDATED_REACH
