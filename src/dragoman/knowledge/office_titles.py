"""Parsing of office titles in reference works into a country and an office code.

"Minister of Foreign Affairs (Russia)" is RUS FM, "Premier of Ontario" is CAN GOVERNOR. The words are in
`data/lexicon/en/office_titles.yaml`; states and bodies are found by the actors' names.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.names import fold
from dragoman.knowledge.offices import OFFICE_SECTORS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dragoman.knowledge.actors import ActorBook, NameMatch

_KEYS = frozenset({"offices", "whole", "of_parts", "of_bodies", "always_of_parts", "fits", "ties", "elect"})
_IN_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")
_NOT_WORDS = re.compile(r"[^\w\s'’-]+")
# Ids of subdivisions contain a hyphen: BA-RS.
_PART = "-"
_OWNERS = frozenset({"state", "territory", "organisation", "armed_group"})


class Office(NamedTuple):
    """An office of a state or body; `country` is None if the title does not name one."""

    country: str | None
    office: str


class OfficeTitles(NamedTuple):
    """The long forms of titles, keys folded."""

    offices: dict[str, str]
    whole: dict[str, Office]
    of_parts: dict[str, str]
    of_bodies: dict[str, dict[str, str]]
    always_of_parts: frozenset[str]
    fits: dict[str, frozenset[str]]
    ties: frozenset[str]
    elect: frozenset[str]

    def office_in(self, country: str, office: str) -> str:
        """Return the equivalent state office: the president of a constituent republic is a governor."""
        return self.of_parts.get(office, office) if _PART in country else office

    def is_of_elect(self, title: str) -> bool:
        """Return True if a title is that of a person who has not yet taken office."""
        return not self.elect.isdisjoint(fold(title).split())

    def is_same_office(self, told: str, held: str) -> bool:
        """Return True if an office with the code `held` in a table can be the one reported as `told`."""
        return held in self.fits.get(told, {told})


@functools.lru_cache(maxsize=4)
def load_office_titles(path: Path | None = None) -> OfficeTitles:
    """Load the titles of offices.

    Raises:
        KnowledgeError: The file has an unknown key or an unknown office.
    """
    content, lines = load_yaml(path or data_folder() / "lexicon" / "en" / "office_titles.yaml")
    refuse_unknown(lines.at(content), content, _KEYS)
    pairs = {title: written.split() for title, written in content["whole"].items()}
    used = [*content["offices"], *content["of_parts"].values(), *(office for _, office in pairs.values())]
    for office in used:
        if office not in OFFICE_SECTORS:
            message = f"unknown office {office!r}; use one of {', '.join(OFFICE_SECTORS)}"
            raise KnowledgeError(where=lines.at(content), message=message)
    ties = frozenset(content["ties"])
    return OfficeTitles(
        offices={_key(title, ties): code for code, titles in content["offices"].items() for title in titles},
        whole={_key(title, ties): Office(*written) for title, written in pairs.items()},
        of_parts=dict(content["of_parts"]),
        of_bodies={sector: dict(codes) for sector, codes in content["of_bodies"].items()},
        always_of_parts=frozenset(content["always_of_parts"]),
        ties=ties,
        elect=frozenset(content["elect"]),
        fits={code: frozenset(held) for code, held in content["fits"].items()},
    )


def read_title(book: ActorBook, title: str, *, on: dt.date | None = None) -> Office | None:
    """Return the office of a title.

    Args:
        book: The known actors.
        title: The title in the form of a reference work ("President of France", "French president").
        on: The day, for states that exist for a limited time.

    Returns:
        The office; its country is None if the title names none. None if the title is not a known office.
    """
    titles = load_office_titles()
    found = titles.whole.get(_key(title, titles.ties))
    if found is not None:
        return found
    bracket = _IN_BRACKETS.search(title)
    spoken = f"{title[: bracket.start()]} of {bracket[1]}" if bracket else title
    for owner in _owners(book, spoken, on):
        rest = f"{spoken[: owner.start]} {spoken[owner.end :]}"
        office = _office_of(book, titles, rest)
        if office is not None:
            return _held_of(book, titles, owner, office)
    return _of_a_part(book, titles, spoken) or _bare(book, titles, spoken)


def _held_of(book: ActorBook, titles: OfficeTitles, owner: NameMatch, office: str) -> Office | None:
    """Return the state office equivalent to an office of its subdivision or body; None if there is none."""
    if owner.form == "capital":
        return Office(owner.country, titles.of_parts.get(office, office))
    if _PART in owner.id:
        return Office(owner.country, titles.office_in(owner.id, office))
    country = _country_of(book, owner)
    if owner.kind == "organisation" and country != owner.id:
        # Parliaments have presidents, central banks governors; the president of a university has no office.
        office = titles.of_bodies.get(owner.sector or "", {}).get(office, "")
    return Office(country, office) if office else None


def _owners(book: ActorBook, title: str, on: dt.date | None) -> list[NameMatch]:
    """Return the states and bodies that a title names, last first; party leaders hold no office."""
    named = reversed(book.find_in_phrase(title, on=on))
    return [m for m in named if m.kind in _OWNERS and (m.kind != "organisation" or m.sector != "PTY")]


def _country_of(book: ActorBook, owner: NameMatch) -> str:
    """Return the owner of an office: the state for a ministry, a parliament or an armed group."""
    entry = book.entries.get(owner.country or "")
    is_of_state = (
        owner.kind in ("organisation", "armed_group") and entry is not None and entry.kind == "state"
    )
    return entry.id if is_of_state and entry is not None else owner.id


def _office_of(book: ActorBook, titles: OfficeTitles, words: str) -> str | None:
    key = _key(words, titles.ties)
    return titles.offices.get(key) or book.roles.offices.get(key)


def _of_a_part(book: ActorBook, titles: OfficeTitles, title: str) -> Office | None:
    """Read an office of a province or town: "Governor of Texas", "Ontario Premier"."""
    head, of, place = title.partition(" of ")
    cuts = [(head, place)] if of else []
    words = title.split()
    cuts += [(" ".join(words[at:]), " ".join(words[:at])) for at in range(1, len(words))]
    for left, right in cuts:
        told = _office_of(book, titles, left)
        office = titles.of_parts.get(told or "")
        # Universities and courts have presidents as well: only the name of a place alone is that of a
        # governed area.
        is_sure = told in titles.always_of_parts or book.is_place(right.removeprefix("the "))
        country = book.place_in(_NOT_WORDS.sub(" ", right).split()) if office and is_sure else None
        if office and country:
            return Office(country, office)
    return None


def _bare(book: ActorBook, titles: OfficeTitles, title: str) -> Office | None:
    office = _office_of(book, titles, title)
    return Office(None, office) if office else None


def _key(title: str, ties: frozenset[str]) -> str:
    """Return the lookup key of a title: folded, without punctuation, and without "of the" at its ends."""
    words = fold(_NOT_WORDS.sub(" ", title)).replace("'s", " ").split()
    while words and words[0] in ties:
        words.pop(0)
    while words and words[-1] in ties:
        words.pop()
    return " ".join(words)
