"""Further spellings of the names of bodies that contain the name of their country.

"Japanese Communist Party" is also "Communist Party of Japan" and "Japan's Communist Party".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.names import Surface, fold, is_acronym

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dragoman.knowledge.actors_reading import Entry

# A single word that remains without the country is not a name: "British Petroleum", "Bank of America".
_FEWEST_WORDS = 2
_BODIES = frozenset({"organisation", "armed_group"})
# Demonyms with these endings are nouns; the others are also adjectives.
_NATIONALS = ("man", "men", "woman", "women")


class _CountryWords(NamedTuple):
    """Words for a country in names of bodies: all of them, and those used in new spellings."""

    words: frozenset[str]
    name: str
    adjective: str


def variants(entries: Mapping[str, Entry], surfaces: Collection[Surface]) -> list[Surface]:
    """Return the further names of bodies, except names in use and those that two bodies would share.

    Args:
        entries: All actors.
        surfaces: All names in the tables.
    """
    countries = _words_of_countries(entries, surfaces)
    taken = {fold(surface.text) for surface in surfaces}
    found: dict[str, Surface | None] = {}
    for entry in entries.values():
        country = countries.get(entry.country or "") if entry.kind in _BODIES else None
        if country is None:
            continue
        for written in (way for name in entry.names for way in _ways(name, country)):
            key = fold(written)
            # "Jamaica's Labour Party" is found as Jamaica and its party.
            is_found = written.startswith(f"{country.name}'s ") and key.partition("'s ")[2] in taken
            if key not in taken and not is_found:
                known = found.get(key, Surface(written, "name", entry.id))
                found[key] = known if known is not None and known.target == entry.id else None
    return [surface for surface in found.values() if surface is not None]


def _words_of_countries(
    entries: Mapping[str, Entry], surfaces: Iterable[Surface]
) -> dict[str, _CountryWords]:
    words: dict[str, list[Surface]] = {}
    for surface in surfaces:
        entry = entries.get(surface.target)
        if entry is not None and entry.kind == "state" and surface.form in ("name", "acronym", "demonym"):
            words.setdefault(entry.id, []).append(surface)
    found = {}
    for key, written in words.items():
        adjective = next((s.text for s in written if s.form == "demonym" and _is_adjective(s.text)), None)
        if adjective is not None:
            all_words = frozenset(surface.text for surface in written)
            found[key] = _CountryWords(all_words, entries[key].name, adjective)
    return found


def _is_adjective(word: str) -> bool:
    return not word.endswith(_NATIONALS)


def _ways(name: str, country: _CountryWords) -> Iterator[str]:
    """Yield the spellings of a name with its country before it, as a possessive, or after it."""
    core = _without_country(name, country)
    if core is None or len(core.split()) < _FEWEST_WORDS or not core[:1].isupper() or is_acronym(core):
        return
    yield f"{country.adjective} {core}"
    yield f"{country.name}'s {core}"
    if " of " not in core:
        yield f"{core} of {country.name}"
        yield f"{core} of the {country.name}"


def _without_country(name: str, country: _CountryWords) -> str | None:
    """Return a name without its country; None if it contains no country, or names a purpose."""
    if " for " in name:
        return None
    for word in country.words:
        for owner in (word, f"{word}'s"):
            if name.startswith(f"{owner} "):
                return name[len(owner) + 1 :]
    before, _, behind = name.rpartition(" of ")
    return before if behind.removeprefix("the ") in country.words else None
