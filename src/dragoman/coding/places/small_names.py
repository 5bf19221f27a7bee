"""Selection and disambiguation of the names of small places in a text.

A town of a few thousand people usually shares its name with a person or a thing. So its name counts only with
its country: stated next to it, named in the report or by the publisher. Names that are also words, surnames
or firms need the country directly next to them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.coding.places.containers import REGION_KINDS, TOWN_KINDS, Name, is_in, is_near
from dragoman.coding.places.names import Context, capitalised, furthest, is_kind_of_name, sure_country
from dragoman.knowledge.wordlists import is_place_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Doc, Token

    from dragoman.knowledge.gazetteer import Candidate, GazetteerPlace
    from dragoman.knowledge.small_places import SmallPlaces

_SHORTEST = 3
# A region that a container names ("Butembo, North Kivu") when the country of that name is uncertain.
_REGION_OF_COUNTRY_WEIGHT = 10.0
_REGION_WEIGHT = -1.5
_REGION_WORD_WEIGHT = 4.0
# Degrees of a great circle from the centre of a province to its far end.
_WIDTH_OF_PROVINCE = 2.0
_PUBLISHER_WEIGHT = 1.5
# Below this, a name does not compete with a well-known place whose country the report does not name.
_WELL_KNOWN = 1_000_000
# A town of this size has districts that the news names.
_LARGE_TOWN = 200_000
# Names of more than this many words are not also surnames.
_LONGEST_AMBIGUOUS = 1
_LONG = 6


def with_small_places(names: list[Name], doc: Doc, text: str, small: SmallPlaces) -> list[Name]:
    """Return the names with their possible small places, and the names that only small places have."""
    taken = {index: name for name in names for index in range(name.first, name.last + 1)}
    found: dict[int, Name] = {name.first: name for name in names}
    for name in _small_names(doc, text, small):
        covered = {taken[index] for index in range(name.first, name.last + 1) if index in taken}
        same = next(
            (other for other in covered if (other.first, other.last) == (name.first, name.last)), None
        )
        if same is not None:
            found[same.first] = same._replace(small=name.small, is_held_back=name.is_held_back)
        elif all(name.first <= other.first and other.last <= name.last for other in covered):
            for other in covered:
                found.pop(other.first, None)
            found[name.first] = name
    return [found[first] for first in sorted(found)]


def _small_names(doc: Doc, text: str, small: SmallPlaces) -> Iterable[Name]:
    behind = 0
    for first in capitalised(doc):
        if first < behind or is_kind_of_name(doc, first) or not small.may_begin(doc[first].text):
            continue
        name = _longest(doc, text, first, small)
        if name is not None:
            yield name
            behind = name.last + 1


def _longest(doc: Doc, text: str, first: int, small: SmallPlaces) -> Name | None:
    begin = doc[first].idx
    for last in range(furthest(doc, first, 8), first - 1, -1):
        token = doc[last]
        piece = text[begin : token.idx + len(token.text)]
        if not token.text[-1].isalnum() or len(piece) < _SHORTEST or (piece.isupper() and len(piece) < 5):
            continue
        found = small.lookup(piece) or (small.lookup(piece.replace("-", "")) if "-" in piece else None)
        if found is not None:
            return Name(first, last, (), found.candidates, found.is_held_back)
    return None


class PlaceChooser:
    """Disambiguation among all places of a name, with stricter conditions for small ones."""

    def __init__(
        self, doc: Doc, context: Context, names: list[Name], publisher: Collection[str] = ()
    ) -> None:
        self._doc = doc
        self._context = context
        self._publisher = frozenset(publisher)
        self._persons = _persons(doc, names)

    def choose(self, name: Name) -> GazetteerPlace | None:
        """Return the most likely place of a name in locative position, or None."""
        place = self._best(name)
        return None if place is not None and self._is_far_from_town(place, name) else place

    def _is_far_from_town(self, place: GazetteerPlace, name: Name) -> bool:
        """Return True if a smaller place is in a town of another state: "North Kensington, London"."""
        if place.kind not in TOWN_KINDS or place.kind == "capital" or place.population >= _WELL_KNOWN:
            return False
        town = self._context.containers.firm(name)
        if town is None or not town.candidates or self._context.containers.is_listed(town):
            return False
        inside = self._context.choose(town)
        is_town = inside is not None and inside.kind in TOWN_KINDS and inside.population >= _LARGE_TOWN
        return is_town and inside is not None and inside.country != place.country

    def _best(self, name: Name) -> GazetteerPlace | None:
        known = self._context.choose(name) if name.candidates else None
        if known is None and name.candidates and self.word_beside(name, "region_kinds"):
            # "Talladega County, Alabama" is near enough to Talladega.
            known = self._context.stated_place(name)
        if not (name.small or self._publisher) or self._is_settled(name, known):
            return known
        stated = self._context.containers.explicit(name)
        countries = self._countries_stated(name)
        every = {c.place: c for c in (*name.small, *name.candidates)}.values()
        best = max(every, key=lambda candidate: self._score(candidate, name, stated, countries)).place
        if any(best == candidate.place for candidate in name.candidates):
            return best if best.country in self._publisher and not stated else known
        if self._is_elsewhere(best, name, stated, countries):
            return known
        return best if self._is_supported(best, name, stated, countries) else known

    def _is_settled(self, name: Name, known: GazetteerPlace | None) -> bool:
        """Return True if there is no evidence against the well-known place."""
        if known is None:
            return False
        if known.kind not in TOWN_KINDS:
            return not self.word_beside(name, "town_kinds", "region_kinds")
        if any(self._is_region_apart(c.place, known) for c in name.small) or (
            self.word_beside(name, "region_kinds") and any(c.place.kind in REGION_KINDS for c in name.small)
        ):
            return False
        if known.country is None or self._context.containers.explicit(name):
            return is_in(known, self._context.containers.explicit(name))
        # A name with a certain country is itself a mention of that country.
        times = self._context.named_countries[known.country] - (sure_country(name) == known.country)
        return known.population >= _WELL_KNOWN or times > 0

    def _score(self, candidate: Candidate, name: Name, stated: set[str], countries: set[str]) -> float:
        place = candidate.place
        score = self._context.score(candidate, name, stated)
        if place.country in countries:
            around = [
                r
                for r in self._context.containers.regions_after(name)
                if r.country == place.country and is_near(r, place)
            ]
            score += max(
                (_REGION_OF_COUNTRY_WEIGHT + math.log10(max(r.population, 1)) for r in around), default=0.0
            )
        if place.country in self._publisher:
            score += _PUBLISHER_WEIGHT
        if place.kind in REGION_KINDS:
            towns = [c.place for c in (*name.small, *name.candidates) if c.place.kind in TOWN_KINDS]
            if self.word_beside(name, "region_kinds"):
                score += _REGION_WORD_WEIGHT
            elif any(town.admin == place.admin and town.country == place.country for town in towns):
                # "in Puebla" is the town, the seat of the state of that name.
                score += _REGION_WEIGHT
        return score

    def _is_region_apart(self, region: GazetteerPlace, town: GazetteerPlace) -> bool:
        """Return True if a much larger province shares the name of a town outside it."""
        return (
            region.kind == "province"
            and region.country == town.country
            and region.population > 10 * town.population
            and not is_near(region, town, _WIDTH_OF_PROVINCE)
        )

    def _is_elsewhere(self, place: GazetteerPlace, name: Name, stated: set[str], countries: set[str]) -> bool:
        """Return True if the text locates a place in another country, or in another region of its country."""
        if is_in(place, stated):
            return False
        return bool(stated or countries) and not any(
            region.country == place.country and is_near(region, place)
            for region in self._context.containers.regions_after(name)
        )

    def _countries_stated(self, name: Name) -> set[str]:
        """Return the countries of the regions adjacent to a name: "Butembo, North Kivu"."""
        return {region.country for region in self._context.containers.regions_after(name) if region.country}

    def _is_supported(self, place: GazetteerPlace, name: Name, stated: set[str], countries: set[str]) -> bool:
        """Return True if the report supports a small place."""
        said = is_in(place, stated) or place.country in countries
        if said or (place.geonames_id is None and name.last > name.first):
            return True
        is_named = place.country is not None and (
            self._context.named_countries[place.country] > 0 or place.country in self._publisher
        )
        if name.is_held_back and name.last - name.first < _LONGEST_AMBIGUOUS:
            return is_named and self.word_beside(name, "town_kinds", "region_kinds")
        if any(index in self._persons for index in range(name.first, name.last + 1)):
            return False
        if place.geonames_id is None or is_named:
            return True
        return self._is_unmistakable(name)

    def _is_unmistakable(self, name: Name) -> bool:
        """Return True if a name is unique in the gazetteer and too long to mean much else."""
        owners = {c.place.country for c in name.small if c.is_own_name} or {
            c.place.country for c in name.small
        }
        if len(owners) != 1:
            return False
        length = sum(len(self._doc[index].text) for index in range(name.first, name.last + 1))
        return not self._context.named_countries or name.last > name.first or length >= _LONG

    def word_beside(self, name: Name, *lists: str) -> bool:
        """Return True if a word of these lists directly follows a name, or precedes it with *of* or *the*."""
        doc = self._doc
        if name.last + 1 < len(doc) and is_place_word(doc[name.last + 1].lower_, *lists):
            return True
        if name.first and is_place_word(doc[name.first - 1].lower_, *lists):
            return True
        is_of = name.first >= 2 and doc[name.first - 1].lower_ == "of"
        return is_of and is_place_word(doc[name.first - 2].lower_, *lists)


def _persons(doc: Doc, names: list[Name]) -> frozenset[int]:
    """Return the words that end a person's name elsewhere in the report: "Maria Lincoln ... Lincoln"."""
    long_names = {
        index for name in names if name.last > name.first for index in range(name.first, name.last + 1)
    }
    surnames = {token.text for token in doc if token.i not in long_names and _is_surname(token)}
    return frozenset(token.i for token in doc if token.text in surnames)


def _is_surname(token: Token) -> bool:
    """Return True if a capitalised word follows a capitalised dependent, such as a first name."""
    if token.i == 0 or not token.text[:1].isupper():
        return False
    before = token.nbor(-1)
    is_name = before.pos_ == "PROPN" and before.dep_ == "compound" and before.head == token
    return is_name and not is_place_word(token.lower_, "kinds_of_place", "region_kinds", "town_kinds")
