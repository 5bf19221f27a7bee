"""Encyclopedia article titles and their actors, for `evaluate links`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.names import fold
from dragoman.knowledge.offices import person_id

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dragoman.knowledge.actors import ActorBook

LinkKind = Literal["states", "persons in office", "organisations and armed groups"]
KINDS: tuple[LinkKind, ...] = ("states", "persons in office", "organisations and armed groups")

_KEYS = {"of_states", "titles", "persons", "organisations", "not_names"}
_OF_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
_STATES = ("state", "territory")
# "Georgia (country)", "Kim Moon-soo (politician)": disambiguators of encyclopedia titles.
_BRACKETS = re.compile(r" \(([^)]*)\)$")


class Titled(NamedTuple):
    """The actor an article is about. `id` is None if the tables do not contain it.

    `whole` is the parent body: the state of an army or parliament, the organisation of an agency, the armed
    group of a branch. Coding the parent counts as correct.
    """

    id: str | None
    kind: LinkKind
    whole: str | None = None


class ArticleTitles:
    """Mapping of article titles to the actors they are about, if any."""

    def __init__(
        self, by_title: dict[str, Titled], roles: Collection[str], countries: Mapping[str, str | None]
    ) -> None:
        self._by_title = by_title
        self._roles = roles
        self._countries = countries

    def actor(self, title: str, words: str) -> Titled | None:
        """Return the actor of a linked title; None if there is none or the link text is not a name.

        "The president" and, at the start of a sentence, "Police" name no state: noun phrase resolution
        handles them.
        """
        found = self._by_title.get(_key(title)) or self._without_brackets(title)
        if found is None or words == words.lower() or (found.kind == "states" and _key(words) in self._roles):
            return None
        return found

    def _without_brackets(self, title: str) -> Titled | None:
        """Look up a title without its brackets, unless they name another state: *Congress (Gondor)*."""
        brackets = _BRACKETS.search(title)
        if brackets is None:
            return None
        found = self._by_title.get(_key(title[: brackets.start()]))
        state = self._by_title.get(_key(brackets[1]))
        if found is None or state is None or state.kind != "states" or found.kind == "states":
            return found
        own = self._countries.get(found.id or "")
        return found if own in (None, state.id) else None


def load_article_titles(book: ActorBook, path: Path | None = None) -> ArticleTitles:
    """Load the titles and link them to the actors of a book.

    Raises:
        KnowledgeError: The file has an unknown key.
    """
    content, lines = load_yaml(path or data_folder() / "measuring" / "article_titles.yaml")
    refuse_unknown(lines.at(content), content, _KEYS)
    found: dict[str, Titled] = {}
    for entry_id, titles in content["titles"].items():
        found.update((_key(title), Titled(entry_id, _kind_of(book, entry_id))) for title in titles)
    for name in content["persons"]:
        plain = _BRACKETS.sub("", name)
        found.setdefault(_key(name), Titled(_known_person(book, plain), "persons in office"))
    _add_names(book, found)
    _add_bodies_of_states(book, content["of_states"], found)
    for name in content["organisations"]:
        found.setdefault(_key(name), Titled(None, "organisations and armed groups"))
    for name in content["not_names"]:
        found.pop(_key(name), None)
    return ArticleTitles(
        {title: titled._replace(whole=whole_of(book, titled.id)) for title, titled in found.items()},
        frozenset(book.roles.roles) | book.roles.titles,
        {entry.id: entry.country for entry in book.entries.values()},
    )


def whole_of(book: ActorBook, entry_id: str | None) -> str | None:
    """Return the parent of a body or armed group; None for states, persons and independent bodies.

    Args:
        book: The actors.
        entry_id: The body or group.
    """
    entry = book.entries.get(entry_id or "")
    if entry is None or entry.kind in (*_STATES, "group"):
        return None
    above = book.entries.get(entry.country or "")
    if above is not None and above is not entry and above.kind == "organisation":
        return above.id
    return entry.country if entry.sector_on(None) in _OF_STATE else entry.parent


def _add_names(book: ActorBook, found: dict[str, Titled]) -> None:
    """Add the full names of the tables as titles; abbreviations and surnames are excluded."""
    for entry in book.entries.values():
        if entry.kind != "group":
            for name in entry.names:
                found.setdefault(_key(name), Titled(entry.id, _kind_of(book, entry.id)))
    for person in book.persons.values():
        for name in person.names:
            if " " in name:
                found.setdefault(_key(name), Titled(person.id, "persons in office"))


def _add_bodies_of_states(book: ActorBook, forms: list[str], found: dict[str, Titled]) -> None:
    for surface in book.names.surfaces:
        entry = book.entries.get(surface.target)
        if entry is None or entry.kind != "state" or surface.form not in ("name", "demonym"):
            continue
        for form in forms:
            if "{" + surface.form + "}" in form:
                title = form.format(**{surface.form: surface.text})
                found.setdefault(_key(title), Titled(entry.id, "states"))


def _kind_of(book: ActorBook, entry_id: str) -> LinkKind:
    if entry_id in book.persons:
        return "persons in office"
    entry = book.entries.get(entry_id)
    return "states" if entry is not None and entry.kind in _STATES else "organisations and armed groups"


def _known_person(book: ActorBook, name: str) -> str | None:
    folded = fold(name)
    known: Any = book.persons.get(person_id(name))
    if known is None:
        known = next((p for p in book.persons.values() if folded in map(fold, p.names)), None)
    return known.id if known else None


def _key(title: str) -> str:
    return fold(title).removeprefix("the ")
