"""Place names in a text, and their disambiguation."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from dragoman.coding.places.containers import Containers, Name, is_in
from dragoman.knowledge.gazetteer import Candidate, Gazetteer, GazetteerPlace
from dragoman.knowledge.wordlists import is_place_word
from dragoman.language.remembering import own_key
from dragoman.language.word_columns import word_columns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


# A country named in the sentence counts like a hundredfold population, one named throughout the report like a
# thirtyfold; measured on the cases in tests/coding/places/test_extraction.py.
_SENTENCE_WEIGHT = 2.0
_DOCUMENT_WEIGHT = 1.5
_CAPITAL_WEIGHT = 1.0
_COUNTRY_WEIGHT = 2.5
_OTHER_NAME_WEIGHT = -1.5
_US_STATE_WEIGHT = -2.0
_KIND_WEIGHT = 4.0
_EXPLICIT_WEIGHT = 20.0
# Towns of this size need no stated container, and some of them are disputed between states.
_KNOWN_TO_ALL = 1_000_000
# Smaller ones are evidence for their country only if no small place elsewhere has the name.
_SURE_OF_COUNTRY = 100_000


def names_in(doc: Doc, text: str, gazetteer: Gazetteer) -> list[Name]:
    """Find the longest gazetteer names that begin with a capital letter."""
    names: list[Name] = []
    index = 0
    for capital in capitalised(doc):
        if capital < index or is_kind_of_name(doc, capital):
            continue
        name = _longest_name(doc, text, capital, gazetteer)
        if name is not None:
            names.append(name)
            index = name.last + 1
    return names


def is_kind_of_name(doc: Doc, index: int) -> bool:
    """Return True for a word that gives the kind of region of the preceding name: "Arden *Canton*"."""
    return (
        index > 0
        and not doc[index].is_sent_start
        and doc[index - 1].text[:1].isupper()
        and is_place_word(doc[index].lower_, "region_kinds")
    )


_CAPITALISED = own_key("capitalised")


def capitalised(doc: Doc) -> list[int]:
    """Return the words that begin with a capital letter; cached for each document."""
    known: dict[Any, Any] = doc.user_data
    if _CAPITALISED not in known:
        text = doc.text
        starts = word_columns(doc).starts
        known[_CAPITALISED] = [word for word, start in enumerate(starts) if text[start].isupper()]
    words: list[int] = known[_CAPITALISED]
    return words


def _longest_name(doc: Doc, text: str, first: int, gazetteer: Gazetteer) -> Name | None:
    begin = doc[first].idx
    abbreviated = gazetteer.lookup_abbreviation(doc[first].text)
    if abbreviated:
        return Name(first, first, tuple(abbreviated))
    for last in range(furthest(doc, first, gazetteer.longest_name), first - 1, -1):
        token = doc[last]
        if not token.text[0].isalnum():
            continue
        piece = text[begin : token.idx + len(token.text)]
        if len(piece) < 3 and piece not in ("US", "UK"):
            continue
        if _goes_on(text, token.idx + len(token.text)):
            continue
        candidates = gazetteer.lookup(piece if not piece.isupper() or len(piece) < 5 else piece.title())
        candidates = candidates or (gazetteer.lookup(piece.replace("-", "")) if "-" in piece else [])
        if candidates:
            return Name(first, last, tuple(candidates))
    return None


def _goes_on(text: str, end: int) -> bool:
    """Return True if a name continues after a hyphen: *Croix-des-Bouquets* is not in Croix."""
    return (
        text[end : end + 1] == "-"
        and re.match(r"(?:[a-z]{1,3}-)+[A-Z]", text[end + 1 : end + 12]) is not None
    )


def furthest(doc: Doc, first: int, longest: int) -> int:
    """Return the last possible token of a name that begins here: capitalised words and function words."""
    last = first
    while last + 1 < len(doc) and last + 1 < first + longest:
        token = doc[last + 1]
        if token.is_sent_start:
            break
        is_part = token.text[0].isupper() or is_place_word(token.lower_, "inside_names", "name_endings")
        if not is_part and not (
            last - first < 4 and is_place_word(token.lower_, "kinds_of_place", "sites", "before_sites")
        ):
            break
        last += 1
    return last


class Context:
    """Evidence in a report for the countries of its place names."""

    def __init__(self, doc: Doc, names: list[Name], gazetteer: Gazetteer) -> None:
        self._doc = doc
        self._gazetteer = gazetteer
        self.containers = Containers(doc, names, gazetteer)
        self._sentences: dict[int, Counter[str]] = {}
        self._document: Counter[str] = Counter()
        self._settled: dict[tuple[Candidate, ...], GazetteerPlace] = {}
        self._settle(names)
        for name in names:
            country = sure_country(name)
            if country is not None:
                self._note(doc[name.first], country)
        for word in capitalised(doc):
            country = gazetteer.country_of_demonym(doc[word].text)
            # "Russian-occupied Donetsk" is not evidence for Russia.
            if country is not None and doc[word + 1 : word + 2].text != "-":
                self._note(doc[word], country)

    def _note(self, token: Token, country: str) -> None:
        self._sentences.setdefault(token.sent.start, Counter())[country] += 1
        self._document[country] += 1

    @property
    def named_countries(self) -> Counter[str]:
        """Number of times the report names each country, or a well-known place in it."""
        return self._document

    def nationality(self, word: str) -> str | None:
        """Return the country of a demonym: "Lebanese"."""
        return self._gazetteer.country_of_demonym(word)

    def choose(self, name: Name) -> GazetteerPlace | None:
        """Return the most likely place of a name here; None if the text locates it elsewhere.

        "Banki, a town in Nigeria" is not the Banki of India, although that is the only one in the gazetteer.
        """
        explicit = self.containers.explicit(name)
        best = max(name.candidates, key=lambda candidate: self.score(candidate, name, explicit)).place
        if not is_in(best, explicit):
            best = self._settled.get(name.candidates, best)
        if best.kind == "city" and best.population < _KNOWN_TO_ALL and self.is_elsewhere(best, name):
            return None
        return best

    def stated_place(self, name: Name) -> GazetteerPlace | None:
        """Return the well-known place of a name that agrees with the stated container, if there is one."""
        explicit = self.containers.explicit(name)
        inside = [c.place for c in name.candidates if is_in(c.place, explicit)]
        return max(inside, key=lambda place: place.population, default=None)

    def _settle(self, names: list[Name]) -> None:
        """Record explicitly stated referents of names; they apply throughout the report."""
        for name in names:
            explicit = self.containers.explicit(name) if len(name.candidates) > 1 else set()
            meant = [candidate.place for candidate in name.candidates if is_in(candidate.place, explicit)]
            if meant:
                self._settled.setdefault(name.candidates, meant[0])

    def is_elsewhere(self, place: GazetteerPlace, name: Name) -> bool:
        """Return True if the text locates a name elsewhere than this place."""
        after = self._doc[name.last + 1].lower_ if name.last + 1 < len(self._doc) else ""
        stated = self.containers.stated(name)
        return after in ("county", "parish") or self.containers.is_outside(place, name, stated)

    def score(self, candidate: Candidate, name: Name, explicit: set[str]) -> float:
        """Return the score of a place from its size, the words next to the name and the countries named."""
        place = candidate.place
        score = math.log10(max(place.population, 1000)) + self._kind_bonus(place, name)
        score += {"capital": _CAPITAL_WEIGHT, "country": _COUNTRY_WEIGHT}.get(place.kind, 0.0)
        score += 0.0 if candidate.is_own_name else _OTHER_NAME_WEIGHT
        if place.kind == "province" and place.country == "USA":
            # "New York", "Washington": the city, unless "state" is adjacent.
            score += _US_STATE_WEIGHT
        if is_in(place, explicit):
            score += _EXPLICIT_WEIGHT
        return score + self._country_bonus(place.country, name)

    def _country_bonus(self, country: str | None, name: Name) -> float:
        if country is None:
            return 0.0
        here = self._sentences.get(self._doc[name.first].sent.start, Counter())
        elsewhere = self._document - here
        total = sum(elsewhere.values())
        share = elsewhere[country] / total if total else 0.0
        return (_SENTENCE_WEIGHT if here[country] else 0.0) + _DOCUMENT_WEIGHT * share

    def _kind_bonus(self, place: GazetteerPlace, name: Name) -> float:
        """Return the bonus for a stated kind: "the city of Gaza", "Idlib province", "Washington state"."""
        after = self._doc[name.last + 1].lower_ if name.last + 1 < len(self._doc) else ""
        before = (
            self._doc[name.first - 2].lower_
            if name.first >= 2 and self._doc[name.first - 1].lower_ == "of"
            else ""
        )
        word = after if is_place_word(after, "kinds_of_place") else before
        if word in {"city", "town", "port", "suburb", "village", "capital", "resort"}:
            return _KIND_WEIGHT if place.kind in ("city", "capital") else 0.0
        if word in {"province", "state", "region", "governorate", "oblast", "district", "strip"}:
            return _KIND_WEIGHT if place.kind in ("province", "region", "disputed") else 0.0
        return 0.0


def sure_country(name: Name) -> str | None:
    """Return the country that a name refers to or is certainly in."""
    # A small place counts if its name has several words: "Negros Oriental".
    every = name.candidates or (name.small if name.last > name.first else ())
    countries = {candidate.place.country for candidate in every if candidate.is_own_name}
    states = [c.place.country for c in name.candidates if c.place.kind == "country"]
    if states:
        return states[0]
    if max((c.place.population for c in name.candidates), default=_KNOWN_TO_ALL) < _SURE_OF_COUNTRY:
        # "Essex" is a town of Maryland, but also a county of England.
        countries |= {c.place.country for c in name.small if c.is_own_name}
    return countries.pop() if len(countries) == 1 else None


def countries_in(phrase: str, gazetteer: Gazetteer) -> set[str]:
    """Return the countries that a publisher's name refers to: "Voice of Nigeria", "The Kyiv Independent"."""
    found = set()
    for word in phrase.split():
        kinds = {c.place.kind: c.place.country for c in gazetteer.lookup(word) if c.is_own_name}
        country = gazetteer.country_of_demonym(word) or kinds.get("country") or kinds.get("capital")
        if country and word[:1].isupper():
            found.add(country)
    return found
