"""Precision of a place, on the scale of ACLED: exact site or town, near a town, a region, a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import is_place_word

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.coding.places.containers import Name
    from dragoman.knowledge.gazetteer import GazetteerPlace
    from dragoman.model.terms import PlacePrecision

_TOWNS = frozenset({"city", "capital", "town", "settlement"})
_WIDE = frozenset(
    {
        "province", "region", "disputed", "sea", "border", "river", "lake", "strait", "mountains", "island",
        "islands", "park", "part",
    }
)  # fmt: skip
# Distance before a name within which "near", "20 kilometres south of" and similar phrases are searched.
_REACH = 6


def precision_of(doc: Doc, name: Name, place: GazetteerPlace) -> PlacePrecision:
    """Return the precision with which a name in its sentence locates an event."""
    if place.latitude is None and place.kind != "country":
        return "none"
    if place.kind == "country":
        return "country"
    if place.kind in _WIDE:
        return "region"
    if place.kind == "district":
        return "town"
    after = doc[name.last + 1].lower_ if name.last + 1 < len(doc) else ""
    if place.kind in _TOWNS and is_place_word(after, "region_kinds"):
        return "town" if is_place_word(after, "small_regions") else "region"
    return "town" if place.kind in _TOWNS and _is_beside(doc, name.first) else "exact"


def _is_beside(doc: Doc, first: int) -> bool:
    """Return True if the words before a town mean near it: "near", "on the outskirts of"."""
    for index in range(first - 1, max(first - 1 - _REACH, -1), -1):
        token = doc[index]
        if is_place_word(token.lower_, "beside_towns"):
            return True
        is_between = token.lower_ in ("of", "the", "from") or is_place_word(
            token.lower_, "directions", "kinds_of_place", "town_kinds"
        )
        if not (is_between or token.pos_ == "ADJ" or token.tag_ == "POS" or token.text[:1].isupper()):
            return False
        if token.is_sent_start:
            return False
    return False
