"""Places missing from the gazetteer, located by their container in the text.

*In Arden, Weald County, Kenya* is a place of Kenya, and *at Arden Memorial Hospital in Nairobi* one of
Nairobi, though the gazetteer knows neither. They get the name in the text and the coordinates of their
container; the precision is that of those coordinates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.places.containers import Name, is_in
from dragoman.coding.places.names import capitalised
from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.word_spread import load_word_spread
from dragoman.knowledge.wordlists import is_place_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from dragoman.coding.places.containers import Containers
    from dragoman.coding.places.names import Context
    from dragoman.coding.places.small_names import PlaceChooser
    from dragoman.knowledge.gazetteer import GazetteerPlace

_LONGEST = 7
_SHORTEST = 4
# Maximum number of lower-case words that continue the name of a site: "railway station".
_WORDS_OF_SITE = 3


class UnlistedPlace(NamedTuple):
    """A name missing from the gazetteer, and its container according to the text."""

    name: Name
    inside: GazetteerPlace
    container: Name


class UnlistedPlaces:
    """Finder of unlisted names in locative position with a stated container."""

    def __init__(self, doc: Doc, names: list[Name], context: Context, chooser: PlaceChooser) -> None:
        self._doc = doc
        self._containers: Containers = context.containers
        self._context = context
        self._chooser = chooser
        self._names = {index: name for name in names for index in range(name.first, name.last + 1)}

    def located(self, name: Name) -> UnlistedPlace | None:
        """Return the location of a gazetteer name when the text means none of its listed places."""
        return self._inside(name) if self._containers.firm(name) is not None else None

    def find(self) -> Iterator[UnlistedPlace]:
        """Yield the unlisted names that are those of sites, or precede their region."""
        behind = 0
        for first in capitalised(self._doc):
            if first < behind:
                continue
            last, is_site = self._end(first)
            known = self._names.get(first)
            if known is not None and not self._is_longer(known, last):
                continue
            behind = last + 1
            found = self._site(first, last) if is_site else self._settlement(first, last)
            if found is not None:
                yield found

    def goes_on(self, name: Name) -> bool:
        """Return True if a gazetteer name begins a longer name: "*Stade* du 5 Juillet"."""
        doc, index = self._doc, name.last + 1
        return (
            index + 1 < len(doc)
            and not doc[index + 1].is_sent_start
            and self._is_tied(index)
            and doc[index + 1].text[:1].isalnum()
            and not doc[index + 1].text[:1].islower()
        )

    def _is_longer(self, known: Name, last: int) -> bool:
        """Return True if a name is more than a known name with its type word: not "Homs district"."""
        is_area = last == known.last + 1 and is_place_word(
            self._doc[last].lower_, "region_kinds", "town_kinds", "kinds_of_place"
        )
        # "The U.S. Arden Air Base" is Arden Air Base.
        is_state = any(place.kind == "country" for place in known.places)
        is_owner = is_state or (known.last + 1 < len(self._doc) and self._doc[known.last + 1].tag_ == "POS")
        return last > known.last and not is_area and not is_owner

    def _end(self, first: int) -> tuple[int, bool]:
        """Return the last word of a name that begins here, and whether it names a site."""
        doc, last, site = self._doc, first, -1
        for index in range(first + 1, min(first + _LONGEST, len(doc))):
            token = doc[index]
            is_ending = doc[index - 1].text == "-" and is_place_word(token.lower_, "name_endings")
            if site == index - 1 and token.lower_ == "of" and site > first:
                break
            if token.is_sent_start or not (token.text[:1].isupper() or is_ending or self._is_joint(index)):
                break
            if token.text[:1].isupper() or is_ending:
                last = index
                site = index if is_place_word(token.lower_, "sites") else site
        is_leading = (
            is_place_word(doc[first].lower_, "leading_sites")
            and last > first
            and doc[first + 1].lower_ == "of"
        )
        behind = last if is_leading or site == last else self._site_word_behind(last)
        return (behind, True) if behind >= last else (last, False)

    def _is_joint(self, index: int) -> bool:
        """Return True if a function word links two parts of a name: "Heart *of* Arden", "Arden*-i-*Weald"."""
        doc = self._doc
        if is_place_word(doc[index].lower_, "between_places") or not is_place_word(
            doc[index].lower_, "inside_names"
        ):
            return False
        for following in range(index + 1, min(index + 4, len(doc))):
            if doc[following].text[:1].isupper():
                return True
            if doc[index].text == "-" and is_place_word(doc[following].lower_, "name_endings"):
                return True
            if not is_place_word(doc[following].lower_, "inside_names"):
                return False
        return False

    def _site_word_behind(self, last: int) -> int:
        """Return the index of the lower-case site word that follows a name, or -1."""
        for index in range(last + 1, min(last + 1 + _WORDS_OF_SITE, len(self._doc))):
            word = self._doc[index].lower_
            if is_place_word(word, "sites"):
                return index
            if not is_place_word(word, "before_sites"):
                return -1
        return -1

    def _site(self, first: int, last: int) -> UnlistedPlace | None:
        name = Name(first, last, ())
        if not self._is_name_of_site(first, last):
            return None
        return self._inside(name) or self._of_town(name)

    def _is_name_of_site(self, first: int, last: int) -> bool:
        """Return True if a name is more than a site word with its possessor.

        "Arden Hospital", "Arden railway station", but not "the Russian consulate", "a Sunday market".
        """
        own = [self._doc[index] for index in range(first, last) if self._doc[index].text[:1].isupper()]
        is_told_apart = any(not is_calendar_name(word.lower_) for word in own)
        if self._doc[last].text[:1].isupper() or not is_told_apart:
            return is_told_apart
        is_proper = own[-1].pos_ == "PROPN" or own[-1].i in self._names
        return is_proper and self._context.nationality(own[0].text) is None

    def _settlement(self, first: int, last: int) -> UnlistedPlace | None:
        """Return a rare name directly after a locative preposition: "in Arden, Weald County, Kenya"."""
        doc, name = self._doc, Name(first, last, ())
        words = [doc[index] for index in range(first, last + 1)]
        if not first or not is_place_word(doc[first - 1].lower_, "before_settlements"):
            return None
        if last == first + 1 and is_place_word(words[-1].lower_, "region_kinds") and first in self._names:
            return None
        if not _is_rare(words) or sum(len(word.text) for word in words) < _SHORTEST:
            return None
        following = self._containers.beyond(name)
        is_closed = following is not None and self._containers.is_closed(following)
        return self._inside(name) if is_closed else None

    def _is_tied(self, index: int) -> bool:
        """Return True for a function word that occurs only inside names, such as *am* and *ez*."""
        word = self._doc[index].lower_
        return is_place_word(word, "inside_names") and not is_place_word(word, "loose_joints")

    def _inside(self, name: Name) -> UnlistedPlace | None:
        """Return the place of the container after a name; the next one if that has no state."""
        container = self._containers.beyond(name)
        if container is None or not self._containers.is_firm(name, container):
            return None
        while container is not None:
            place = self._chooser.choose(container)
            if place is not None and place.country:
                return UnlistedPlace(name, place, container)
            container = self._containers.beyond(container)
        return None

    def _of_town(self, name: Name) -> UnlistedPlace | None:
        """Return the town of a site named after it: "Arden railway station", "University of Arden"."""
        is_leading = is_place_word(self._doc[name.first].lower_, "leading_sites")
        town = self._names.get(name.last if is_leading else name.first)
        if town is None or not (name.first <= town.first and town.last <= name.last):
            return None
        place = self._chooser.choose(town)
        if place is None or place.country is None or place.kind == "country":
            return None
        stated = self._containers.before(name)
        if stated and not is_in(place, stated):
            return None
        is_told = self._context.named_countries[place.country] > 1 or place.kind == "capital"
        return UnlistedPlace(name, place, town) if is_told or is_leading else None


def _is_rare(words: list[Token]) -> bool:
    """Return True if a name has a word that is rare in general news, and is not an abbreviation."""
    spread = load_word_spread()
    if any(word.text.isupper() or word.text.isdigit() or is_calendar_name(word.lower_) for word in words):
        return False
    if any(word.text == "-" for word in words):
        return True
    return any(spread.share(word.lower_) == 0 and word.text[:1].isupper() for word in words)
