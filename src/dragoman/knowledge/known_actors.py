"""Interface to the actors for name finding and phrase resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from dragoman.knowledge.actors_reading import Entry
    from dragoman.knowledge.name_match import NameMatch
    from dragoman.knowledge.offices import Person
    from dragoman.knowledge.roles import RoleLexicon


class KnownActors(Protocol):
    """Protocol of the known actors; see `ActorBook`."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """States, organisations and groups by id."""

    @property
    def persons(self) -> Mapping[str, Person]:
        """Office-holders by id."""

    @property
    def roles(self) -> RoleLexicon:
        """Role nouns."""

    @property
    def as_of(self) -> dt.date:
        """The day up to which the tables of offices are current."""

    def find_in_phrase(self, phrase: str, *, on: dt.date | None = None) -> list[NameMatch]:
        """Return the actors named in a noun phrase."""

    def standing(self, person: Person, on: dt.date | None) -> tuple[str | None, str | None]:
        """Return a person's country and sector on a day."""

    def holder(self, country: str, office: str, on: dt.date | None = None) -> Person | None:
        """Return the holder of an office on a day."""

    def of_table(self, phrase: str) -> Entry | None:
        """Return the actor whose name is the whole phrase."""

    def is_given_name(self, word: str) -> bool:
        """Return True for a first name."""

    def country_and_sector_of_office(self, id: str, office: str) -> tuple[str | None, str]:
        """Return the country and sector of the holder of an office."""

    def place_in(self, words: Sequence[str]) -> str | None:
        """Return the country of a place named in a list of words."""

    def is_place(self, name: str) -> bool:
        """Return True for the name of a place."""

    def recased(self, phrase: str) -> str:
        """Return a phrase with its names capitalised."""
