"""Tests whether a surname refers to the known person: titles, countries and full names around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.knowledge.actors_sharing import BODIES_OF_STATES
from dragoman.knowledge.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dragoman.knowledge.offices import Person
    from dragoman.knowledge.roles import RoleLexicon

# Maximum distance of title and country from a surname, in characters.
_NEAR = 60
_BEFORE = re.compile(r"([A-Z][\w-]+) ((?:[A-Za-z-]+ ){1,3})$")
_OF = re.compile(r" (?:of|from) (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)?)")
# Sectors of titles that are compatible with an office of state: a king, a minister, a senator, a general, a
# spy chief.
_OF_STATE = frozenset({"GOV", "LEG", "MIL", "SPY", "ELI", "PTY", "OPP", "IGO"})


class PersonContext:
    """Tests on the context of a person's surname."""

    def __init__(
        self, roles: RoleLexicon, countries: Mapping[str, str], given_names: Collection[str]
    ) -> None:
        self._roles = roles
        self._countries = countries
        self._given = given_names

    def is_contradicted(
        self, text: str, start: int, end: int, person: Person, country: str | None, *, is_common: bool
    ) -> bool:
        """Return True if the title or country next to a surname indicates another person."""
        before = text[max(0, start - _NEAR) : start]
        title = fold(before.split()[-1]).rstrip(".,") if before.split() else ""
        if title in self._roles.private_titles:
            return True
        if (
            country
            and country not in BODIES_OF_STATES
            and self._is_of_another_country(text, before, end, country)
        ):
            return True
        if title in self._roles.ranks and not self._is_soldier(person):
            return country is None or not self._names(text, country)
        role = self._roles.roles.get(title)
        if role is None or not before.endswith(" "):
            return False
        held = {tenure.sector for tenure in person.tenures}
        if is_common:
            return role.sector not in held
        return role.sector not in held | _OF_STATE

    def _is_soldier(self, person: Person) -> bool:
        return any(tenure.sector in ("MIL", "REB", "UAF") for tenure in person.tenures)

    def _names(self, text: str, country: str) -> bool:
        """Return True if a text names a country."""
        return any(
            self._countries.get(fold(word)) == country for word in set(re.findall(r"[A-Z][\w-]+", text))
        )

    def _is_of_another_country(self, text: str, before: str, end: int, country: str) -> bool:
        """Return True for *Captain Zelensky **of the Polish navy***, ***Kenyan** constable Modi*."""
        after = _OF.match(text, end)
        if after:
            words = after[1].split()
            other = self._countries.get(fold(after[1])) or self._countries.get(fold(words[0]))
            if other is not None and other != country:
                return True
        told = _BEFORE.search(before)
        if told is None:
            return False
        other = self._countries.get(fold(told[1]))
        titled = all(self._is_title(word) for word in told[2].split())
        return other is not None and other != country and titled

    def _is_title(self, word: str) -> bool:
        low = fold(word)
        return low in self._roles.titles or low in self._roles.roles

    def is_namesake(self, text: str, surname: str, at: int, person: Person, full: Collection[int]) -> bool:
        """Return True if a text assigns the surname to another person: *Alicia Machado*, *Hunter Biden*.

        Args:
            text: The whole text.
            surname: The surname as written in the text.
            at: Offset of its first bare occurrence; for a person in office, only a namesake named earlier can
                replace them.
            person: The known person of that surname.
            full: Positions where the person is named in full.
        """
        if full:
            return False
        titled = False
        in_office = any(tenure.end is None for tenure in person.tenures)
        others = set()
        for found in re.finditer(rf"\b([\w.'’-]+) {re.escape(surname)}\b", text):
            low = fold(found[1]).rstrip(".")
            if low in self._roles.titles or low in self._roles.roles:
                titled = titled or low not in self._roles.private_titles
            elif found[1][:1].isupper() and low in self._given and (found.start() < at or not in_office):
                others.add(found[1])
        own = {fold(word) for name in person.names for word in name.split()}
        return bool(others) and not titled and not any(fold(other) in own for other in others)
