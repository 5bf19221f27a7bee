"""Stated containers of places: "Paris, Texas", "Tripoli in Lebanon", "the Lebanese city of Tripoli"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.wordlists import is_place_word

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.knowledge.gazetteer import Candidate, Gazetteer, GazetteerPlace


class Name(NamedTuple):
    """A gazetteer name at tokens `first` to `last` (inclusive).

    `small` are the small places of that name; `is_held_back` is True if the name usually means something
    else.
    """

    first: int
    last: int
    candidates: tuple[Candidate, ...]
    small: tuple[Candidate, ...] = ()
    is_held_back: bool = False

    @property
    def places(self) -> list[GazetteerPlace]:
        """All places of that name, the well-known ones first."""
        return [candidate.place for candidate in (*self.candidates, *self.small)]


REGION_KINDS = frozenset({"province", "district", "part"})
TOWN_KINDS = frozenset({"city", "capital", "town"})
_KINDS_OF_STATE = frozenset({"country", "disputed", "region", *REGION_KINDS})
_OUTER_KINDS = frozenset({"province", "country"})
# Maximum number of words between a name and its container, and how many of them may be an unknown name.
_REACH_AFTER = 6
_UNKNOWN_WORDS = 3
_REACH_BEFORE = 7
# Degrees of a great circle from the centre of a region to its far end; the wide ones apply only to places
# without a known region.
_WIDTH_OF_REGION = 3.5
_WIDTH_OF_LARGE_REGION = 10.0


class Containers:
    """Containers stated next to the names of a document."""

    def __init__(self, doc: Doc, names: list[Name], gazetteer: Gazetteer) -> None:
        self._doc = doc
        self._by_first = {name.first: name for name in names}
        self._by_last = {name.last: name for name in names}
        self._gazetteer = gazetteer

    def after(self, name: Name) -> Name | None:
        """Return the container directly after a name: "Paris, Texas", "Tripoli, in northern Lebanon"."""
        return self._behind(name, unknown=0)

    def beyond(self, name: Name) -> Name | None:
        """Return the container after a name, even past an unlisted one: "Arden, Weald County, Kenya"."""
        return self._behind(name, unknown=_UNKNOWN_WORDS)

    def _behind(self, name: Name, *, unknown: int) -> Name | None:
        doc, separated, passed = self._doc, False, 0
        for index in range(name.last + 1, min(name.last + 1 + _REACH_AFTER, len(doc))):
            token = doc[index]
            if index in self._by_first:
                return self._container(name, self._by_first[index]) if separated else None
            if token.lower_ in (",", "in", "of", "(") or self._is_on_island(index):
                separated = True
            elif is_place_word(
                token.lower_, "directions", "kinds_of_place", "before_names", "articles", "region_kinds"
            ):
                continue
            elif token.text[:1].isupper() and (separated or passed) and passed < unknown:
                passed, separated = passed + 1, False
            else:
                return None
        return None

    def _is_on_island(self, index: int) -> bool:
        """Return True for the *on* of "on the island of Bree"."""
        words = [token.lower_ for token in self._doc[index : index + 4]]
        return (
            words[:2] == ["on", "the"] and words[3:] == ["of"] and is_place_word(words[2], "kinds_of_place")
        )

    def _container(self, name: Name, other: Name) -> Name | None:
        """Return the other name unless it is the next item of a list: "in Punjab, Sindh and Bihar"."""
        places, others = name.places, other.places
        is_list = (
            bool(places and others)
            and self._doc[name.last + 1].text == ","
            and all(place.kind in _OUTER_KINDS for place in places)
            and all(place.kind == "province" for place in others)
        )
        return None if is_list else other

    def before(self, name: Name) -> set[str]:
        """Return the countries and regions stated before a name.

        "The Lebanese city of Tripoli", "Lebanon's Tripoli", "the U.S. state of Georgia".
        """
        index, doc = name.first - 1, self._doc
        tied = False
        while index >= 0 and index >= name.first - _REACH_BEFORE and not doc[index + 1].is_sent_start:
            token = doc[index]
            if index in self._by_last:
                return labels_of(self._by_last[index]) if tied else set()
            country = self._gazetteer.country_of_demonym(token.text) if token.text[:1].isupper() else None
            if country is not None:
                return {country}
            if (
                token.tag_ == "POS"
                or token.lower_ in ("'s", "’s")
                or is_place_word(token.lower_, "kinds_of_place")
            ):
                tied = True
            elif not (
                is_place_word(token.lower_, "directions", "kinds_of_place")
                or token.lower_ in ("of", "the", "second", "largest", "main")
            ):
                return set()
            index -= 1
        return set()

    def explicit(self, name: Name) -> set[str]:
        """Return the countries and provinces of a name stated by the adjacent words."""
        following = self.beyond(name)
        return (labels_of(following) if following else set()) | self.before(name)

    def stated(self, name: Name) -> set[str]:
        """Return the explicitly stated container of a place: by *in*, a comma, a demonym, a possessor."""
        following = self.firm(name)
        return labels_of(following) if following is not None else self.before(name)

    def firm(self, name: Name) -> Name | None:
        """Return the explicitly stated container that follows a name.

        "In York, Maine." but not "in Kabul, Pakistan's army ...", "in Bath, Turkey said".
        """
        following = self.after(name)
        return following if following is not None and self.is_firm(name, following) else None

    def is_firm(self, name: Name, container: Name) -> bool:
        """Return True if *in* precedes the container, or a clause or sentence ends after it."""
        between = self._doc[name.last : container.first]
        return any(token.lower_ == "in" for token in between) or self.is_closed(container)

    def is_closed(self, container: Name) -> bool:
        """Return True if a sentence or a part of it ends after a container and its type words."""
        behind = container.last + 1
        while behind < len(self._doc) and is_place_word(
            self._doc[behind].lower_, "kinds_of_place", "region_kinds"
        ):
            behind += 1
        return behind >= len(self._doc) or self._doc[behind].is_punct

    def container_of(self, name: Name, place: GazetteerPlace) -> Name | None:
        """Return the directly following name that contains this place ("Tripoli, Lebanon")."""
        following = self.after(name)
        if following is None:
            return None
        if {place.country, place.admin} & labels_of(following):
            return following
        if place.kind == "country" or any(other.kind in TOWN_KINDS for other in following.places):
            return None
        regions = [region for region in self.regions_after(name) if region.country == place.country]
        return following if any(is_near(region, place) for region in regions) else None

    def is_listed(self, name: Name) -> bool:
        """Return True if another name follows as the last item of a list: "in Bree, *Dale* and Esgaroth"."""
        doc = self._doc
        words = [doc[index].text for index in range(name.last + 1, min(name.last + 4, len(doc)))]
        if words[:1] == [","]:
            del words[0]
        return len(words) > 1 and words[0] in ("and", "or") and words[1][:1].isupper()

    def regions_after(self, name: Name) -> list[GazetteerPlace]:
        """Return the regions and states that the container after a name may refer to."""
        following = self.after(name)
        places = following.places if following is not None else []
        return [place for place in places if place.kind in REGION_KINDS or place.kind == "country"]

    def is_outside(self, place: GazetteerPlace, name: Name, stated: set[str]) -> bool:
        """Return True if the text locates a name in another country, or in another region of this one."""
        if not stated or is_in(place, stated):
            return False
        return not any(
            region.country == place.country and is_near(region, place) for region in self.regions_after(name)
        )


def is_in(place: GazetteerPlace, labels: set[str]) -> bool:
    """Return True if a place is in one of these countries and regions."""
    return place.country in labels or (place.admin in labels and place.name != place.admin)


def is_near(region: GazetteerPlace, place: GazetteerPlace, reach: float | None = None) -> bool:
    """Return True if a place may be in a region whose name in the gazetteer may differ from the text."""
    if region.kind == "country":
        return True
    if reach is None:
        reach = _WIDTH_OF_REGION if place.admin else _WIDTH_OF_LARGE_REGION
    if (
        region.latitude is None
        or region.longitude is None
        or place.latitude is None
        or place.longitude is None
    ):
        return False
    north = region.latitude - place.latitude
    east = (region.longitude - place.longitude) * math.cos(math.radians(place.latitude))
    return math.hypot(north, east) < reach


def labels_of(name: Name) -> set[str]:
    """Return the countries and regions that a container name refers to."""
    labels: set[str] = set()
    for place in name.places:
        if place.kind == "country" and place.country:
            labels.add(place.country)
        elif place.kind in _KINDS_OF_STATE:
            labels |= {place.name, *((place.admin,) if place.kind == "province" and place.admin else ())}
            if place.kind not in REGION_KINDS and place.country:
                labels.add(place.country)
    return labels
