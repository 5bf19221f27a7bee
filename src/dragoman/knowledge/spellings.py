"""Spelling variants of personal names: transliterations, word orders, particles with and without capitals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.knowledge.offices import Person

_KEYS = {"words", "endings", "surnames", "reversed", "particles"}


class Spellings(NamedTuple):
    """Spelling variants of names; words are folded."""

    words: dict[str, tuple[str, ...]]
    endings: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]
    is_reversed_in: frozenset[str]
    particles: re.Pattern[str]

    def names_of(self, person: Person) -> set[str]:
        """Return every spelling of a person's full name that is not in the tables."""
        given = set(person.names)
        found = {other for name in person.names if " " in name for other in self._respelt(name)}
        if any(t.country in self.is_reversed_in for t in person.tenures):
            found |= {turned for name in person.names if (turned := _turned(name, person.surname))}
        return {self.softened(name) for name in found | given} - given

    def surnames_of(self, person: Person) -> set[str]:
        """Return every spelling of a person's surname, that of the tables first."""
        if person.surname is None:
            return set()
        low = fold(person.surname)
        found = {person.surname, self.softened(person.surname)}
        found |= {_as_written(other) for other in self.surnames.get(low, ())}
        found |= {_as_written(other) for other in self._other_endings(low)}
        return found

    def softened(self, name: str) -> str:
        """Return a name with its particles in lower case, so that they match either case in a text."""
        return self.particles.sub(lambda m: m[0].lower(), name)

    def _respelt(self, name: str) -> Iterator[str]:
        """Yield a full name with one of its words, or its surname, in another spelling."""
        words = name.split()
        for at, word in enumerate(words):
            low = fold(word)
            others = self.words.get(low, ())
            if at == len(words) - 1:
                others = (*others, *self.surnames.get(low, ()), *self._other_endings(low))
            for other in others:
                if other != low:
                    yield " ".join([*words[:at], _as_written(other), *words[at + 1 :]])

    def _other_endings(self, low: str) -> Iterator[str]:
        for ending, others in self.endings.items():
            if low.endswith(ending) and len(low) > len(ending) + 2:
                yield from (low[: -len(ending)] + other for other in others if other != ending)
                return


def load_spellings(path: Path | None = None) -> Spellings:
    """Load the spelling variants of names.

    Raises:
        KnowledgeError: The file has an unknown key.
    """
    content, lines = load_yaml(path or data_folder() / "lexicon" / "en" / "spellings.yaml")
    refuse_unknown(lines.at(content), content, _KEYS)
    particles = "|".join(content["particles"])
    return Spellings(
        words=_joined(content["words"]),
        endings=dict(sorted(_joined(content["endings"]).items(), key=lambda pair: -len(pair[0]))),
        surnames=_joined(content["surnames"]),
        is_reversed_in=frozenset(content["reversed"]),
        particles=re.compile(rf"\b(?:{particles})\b(?= )", re.IGNORECASE),
    )


def _joined(rows: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each word all words of the rows that contain it."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for word in row:
            found.setdefault(word, {}).update(dict.fromkeys(row))
    return {word: tuple(others) for word, others in found.items()}


def _turned(name: str, surname: str | None) -> str | None:
    """Return a name with its surname moved to the other end; None if it is at neither end."""
    if surname is None or " " not in name:
        return None
    if name.startswith(surname + " "):
        return f"{name[len(surname) + 1 :]} {surname}"
    return f"{surname} {name[: -len(surname) - 1]}" if name.endswith(" " + surname) else None


def _as_written(low: str) -> str:
    return " ".join(word.capitalize() if word not in ("al", "el") else word for word in low.split())
