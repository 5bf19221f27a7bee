"""Context-independent properties of a spelling, computed once because they are needed for every name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from dragoman.knowledge.actors_reading import Entry
    from dragoman.knowledge.name_match import Form
    from dragoman.knowledge.names import Surface


class Meaning(NamedTuple):
    """The actor that an unambiguous spelling refers to on a day."""

    day: dt.date | None
    entry: Entry
    sector: str | None
    form: Form


class NameFacts:
    """A spelling with the actors it may refer to.

    Attributes:
        first: The first surface; its target is the actor of the context tests.
        entry: The actor of the first surface; None for persons and surnames.
        named: The surfaces other than surnames, or all if there are none.
        persons: The keys of the persons with this full name.
        is_surname: It is only a surname.
        is_blocked: It is listed as not an actor.
        is_state: The first actor is a state or a territory.
        is_capital: The first surface is the name of a capital.
        is_abbreviated: The first surface is an acronym or a short name.
        is_person_like: The first actor's name is also a personal name.
        is_shared: It is only a short name of some actor and may refer to others.
        known: The surfaces of actors other than persons.
        has_tests: Non-adjacent words can rule it out, as far as its kind is concerned.
        meaning: The actor it refers to on the most recently requested day.
    """

    __slots__ = (
        "entry", "first", "has_tests", "is_abbreviated", "is_blocked", "is_capital", "is_person_like",
        "is_shared", "is_state", "is_surname", "known", "meaning", "named", "persons",
    )  # fmt: skip

    def __init__(self, surfaces: tuple[Surface, ...], entries: Mapping[str, Entry]) -> None:
        first = self.first = surfaces[0]
        entry = self.entry = entries.get(first.target)
        self.named = [s for s in surfaces if s.form != "surname"] or list(surfaces)
        self.persons = [s.target for s in surfaces if s.form == "person"]
        self.is_surname = all(s.form == "surname" for s in surfaces)
        self.is_blocked = any(s.form == "blocked" for s in self.named)
        self.is_state = entry is not None and entry.kind in ("state", "territory") and not self.is_surname
        self.is_capital = first.form == "capital"
        self.is_abbreviated = first.form in ("acronym", "short")
        self.is_person_like = entry is not None and first.text in entry.person_like
        self.is_shared = any(s.form == "short" for s in surfaces)
        self.known = [s for s in surfaces if s.target in entries]
        self.has_tests = (
            entry is None
            or self.is_surname
            or bool(
                self.is_abbreviated or self.is_person_like or entry.unless or entry.kind == "organisation"
            )
        )
        self.meaning: Meaning | None = None
