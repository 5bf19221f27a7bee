"""Where an event happened: names in locative position, told apart, bound to the clause of the event.

A name counts only where the sentence puts something there ("in Homs", "near the Syrian town of Homs"):
a country that acts or is acted upon is no place. What is named but not in the gazetteer gives nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from dragoman.coding.place_binding import bind
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.model.records import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.knowledge.gazetteer import Candidate, Gazetteer, GazetteerPlace
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef

Position = Literal["at", "from", "to", "visited", "dateline"]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place named in locative position.

    `token` is the index of the word that carries it in the parse, `preposition` of the word that puts
    something there; `position` is how: at it, from it, to it, as the object of a visit, or as a dateline.
    """

    place: Place
    position: Position
    token: int
    preposition: int | None
    is_country: bool = False


class _Name(NamedTuple):
    """A gazetteer name at tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    candidates: tuple[Candidate, ...]


# Words that may stand between the preposition and the name, or after it: "the eastern city of ...".
_KINDS_OF_STATE = frozenset({"country", "province", "disputed", "region"})
_DATELINE = re.compile(
    r"^[ \t]*(?P<name>[A-ZÀ-Ý][\w.'’-]*(?: (?:of|de|la|el|al|[A-ZÀ-Ý][\w.'’-]*))*)"
    r"(?P<more>(?:, [\w. /]{2,40}?)?)[ \t]*(?:\([^)\n]{2,40}\))?[ \t]*(?:—|–|--|-(?=\s)|―)",
    re.MULTILINE,
)
# A country named in the sentence weighs like a hundredfold population, one named all over the report
# like a thirtyfold; measured on the cases in tests/coding/test_places.py.
_SENTENCE_WEIGHT = 2.0
_DOCUMENT_WEIGHT = 1.5
_CAPITAL_WEIGHT = 1.0
_OTHER_NAME_WEIGHT = -1.5
_EXPLICIT_WEIGHT = 20.0


def find_places(
    annotated: AnnotatedDocument, actor_matches: Iterable[ActorRef] | None = None
) -> list[FoundPlace]:
    """Find the places of a report that stand in locative position.

    Names that cannot be told apart are given to the place that the context and its size speak for.

    Args:
        annotated: A report that has been through the language layer.
        actor_matches: Parties found in it; a name inside a person's or an organisation's is no place.

    Returns:
        Places in the order of their names in the text.
    """
    gazetteer = load_gazetteer()
    names = _names_in(annotated.doc, gazetteer)
    named = {index for name in names for index in range(name.first, name.last + 1)}
    if not names:
        return []
    barred = _barred(actor_matches)
    context = _Context(annotated.doc, names, gazetteer)
    found = _datelines(annotated, names, context)
    taken = {place.token for place in found}
    for name in names:
        if name.last in taken or annotated.doc[name.first].idx in barred:
            continue
        position = _position(annotated.doc, name, named)
        if position is None:
            continue
        how, preposition = position
        best = context.choose(name)
        found.append(
            FoundPlace(_place(annotated, name, best), how, name.last, preposition, best.kind == "country")
        )
    return sorted(found, key=lambda place: place.place.start)


def place_of(trigger: Token, annotated: AnnotatedDocument, found: Sequence[FoundPlace]) -> Place | None:
    """Return the place of one event, or None when its clause does not give one.

    Looks at what hangs on the trigger and its clause, then at the clause that governs it if both are
    one happening ("met in Minsk to sign"). The place of a reporting verb is never that of what is said.
    """
    chosen = bind(trigger, annotated.doc, [f for f in found if f.position != "dateline"])
    return chosen.place if chosen is not None else None


def _barred(actor_matches: Iterable[ActorRef] | None) -> set[int]:
    kinds = {"person", "organisation", "armed_group", "office"}
    starts: set[int] = set()
    for match in actor_matches or ():
        if match.kind in kinds and match.end - match.start > len(match.name) // 2:
            starts.update(range(match.start, match.end))
    return starts


def _names_in(doc: Doc, gazetteer: Gazetteer) -> list[_Name]:
    """Find the longest gazetteer names that begin with a capital."""
    names: list[_Name] = []
    index = 0
    while index < len(doc):
        token = doc[index]
        if not token.text[:1].isupper():
            index += 1
            continue
        name = _longest_name(doc, index, gazetteer)
        if name is None:
            index += 1
            continue
        names.append(name)
        index = name.last + 1
    return names


def _longest_name(doc: Doc, first: int, gazetteer: Gazetteer) -> _Name | None:
    text = doc.text
    begin = doc[first].idx
    for last in range(min(first + gazetteer.longest_name, len(doc)) - 1, first - 1, -1):
        token = doc[last]
        if last > first and (token.is_sent_start or not token.text[0].isalnum()):
            continue
        piece = text[begin : token.idx + len(token.text)]
        if len(piece) < 3 and piece not in ("US", "UK"):
            continue
        candidates = gazetteer.lookup(piece if not piece.isupper() or len(piece) < 5 else piece.title())
        if candidates:
            return _Name(first, last, tuple(candidates))
    return None


class _Context:
    """What a report says about which country its names are in."""

    def __init__(self, doc: Doc, names: list[_Name], gazetteer: Gazetteer) -> None:
        self._doc = doc
        self._by_first = {name.first: name for name in names}
        self._sentences: dict[int, Counter[str]] = {}
        self._document: Counter[str] = Counter()
        self._gazetteer = gazetteer
        for name in names:
            country = _sure_country(name)
            if country is not None:
                self._note(doc[name.first], country)
        for token in doc:
            if token.text[:1].isupper():
                country = gazetteer.country_of_demonym(token.text)
                if country is not None:
                    self._note(token, country)

    def _note(self, token: Token, country: str) -> None:
        self._sentences.setdefault(token.sent.start, Counter())[country] += 1
        self._document[country] += 1

    def choose(self, name: _Name) -> GazetteerPlace:
        """Return the place that a name most likely means here."""
        if len(name.candidates) == 1:
            return name.candidates[0].place
        explicit = self._explicit(name)
        return max(name.candidates, key=lambda candidate: self._score(candidate, name, explicit)).place

    def _score(self, candidate: Candidate, name: _Name, explicit: set[str]) -> float:
        place = candidate.place
        score = math.log10(max(place.population, 1000))
        score += _CAPITAL_WEIGHT if place.kind == "capital" else 0.0
        score += 2.5 if place.kind == "country" else 0.0
        score += 0.0 if candidate.is_own_name else _OTHER_NAME_WEIGHT
        # "New York", "Washington": the city, unless "state" stands beside it.
        score += (
            -2.0 if place.kind == "province" and place.country == "USA" and len(name.candidates) > 1 else 0.0
        )
        if place.country and place.country in explicit:
            score += _EXPLICIT_WEIGHT
        if place.admin and place.admin in explicit and place.name != place.admin:
            score += _EXPLICIT_WEIGHT
        score += self._kind_bonus(place, name)
        if place.country:
            here = self._sentences.get(self._doc[name.first].sent.start, Counter())
            score += _SENTENCE_WEIGHT if here[place.country] else 0.0
            total = sum(self._document.values())
            score += _DOCUMENT_WEIGHT * self._document[place.country] / total if total else 0.0
        return score

    def _kind_bonus(self, place: GazetteerPlace, name: _Name) -> float:
        """Weigh "the city of Gaza", "Idlib province", "Washington state"."""
        after = self._doc[name.last + 1].lower_ if name.last + 1 < len(self._doc) else ""
        before = (
            self._doc[name.first - 2].lower_
            if name.first >= 2 and self._doc[name.first - 1].lower_ == "of"
            else ""
        )
        word = after if after in words["kinds_of_place"] else before
        if word in {"city", "town", "port", "suburb", "village", "capital", "resort"}:
            return 4.0 if place.kind in ("city", "capital") else 0.0
        if word in {"province", "state", "region", "governorate", "oblast", "district", "strip"}:
            return 4.0 if place.kind in ("province", "region", "disputed") else 0.0
        return 0.0

    def _explicit(self, name: _Name) -> set[str]:
        """Return the countries and provinces that the words right beside a name say it is in."""
        return self._after(name) | self._before(name)

    def _after(self, name: _Name) -> set[str]:
        """Read "Paris, Texas", "Tripoli in Lebanon", "Tripoli, in northern Lebanon"."""
        index, doc = name.last + 1, self._doc
        separated = False
        while index < len(doc) and index <= name.last + 6:
            token = doc[index]
            if index in self._by_first:
                return _labels(self._by_first[index]) if separated else set()
            if token.text == "," or token.lower_ in ("in", "of"):
                separated = True
            elif token.text == "(" and not separated:
                separated = True
            elif not (
                token.lower_ in words["directions"]
                or token.lower_ in words["kinds_of_place"]
                or token.lower_ in ("the", "'s", "’s")
            ):
                return set()
            index += 1
        return set()

    def _before(self, name: _Name) -> set[str]:
        """Read "the Lebanese city of Tripoli", "Lebanon's Tripoli", "northern Lebanon's port of Tripoli"."""
        index, doc = name.first - 1, self._doc
        ends = {other.last: other for other in self._by_first.values()}
        possessive = False
        while index >= 0 and index >= name.first - 7 and not doc[index + 1].is_sent_start:
            token = doc[index]
            if index in ends:
                return _labels(ends[index]) if possessive else set()
            country = self._gazetteer.country_of_demonym(token.text) if token.text[:1].isupper() else None
            if country is not None:
                return {country}
            if token.lower_ in ("'s", "’s") or (token.tag_ == "POS"):
                possessive = True
            elif not (
                token.lower_ in words["directions"]
                or token.lower_ in words["kinds_of_place"]
                or token.lower_ in ("of", "the", "second", "largest", "main")
            ):
                return set()
            index -= 1
        return set()


def _sure_country(name: _Name) -> str | None:
    """Return the country that a name stands for or surely lies in."""
    countries = {candidate.place.country for candidate in name.candidates if candidate.is_own_name}
    states = [c.place.country for c in name.candidates if c.place.kind == "country"]
    if states:
        return states[0]
    return countries.pop() if len(countries) == 1 else None


def _labels(name: _Name) -> set[str]:
    labels: set[str] = set()
    for candidate in name.candidates:
        place = candidate.place
        if place.kind == "country" and place.country:
            labels.add(place.country)
        elif place.kind in _KINDS_OF_STATE:
            labels.add(place.name)
            if place.kind != "province" and place.country:
                labels.add(place.country)
    return labels


def _position(doc: Doc, name: _Name, named: set[int]) -> tuple[Position, int | None] | None:
    """Say how a name is put in its sentence; None if nothing is put there."""
    if _is_part_of_longer_name(doc, name):
        return None
    preposition = _preposition_before(doc, name.first, named)
    if preposition is not None:
        word = preposition.lower_
        if word in words["at"]:
            return "at", preposition.i
        if word in words["from"]:
            return "from", preposition.i
        if word in words["to"]:
            return ("to", preposition.i) if preposition.dep_ == "prep" else None
        return None
    head = doc[name.last]
    while head.head != head and name.first <= head.head.i <= name.last:
        head = head.head
    if head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in words["visits"]:
        return "visited", None
    if head.dep_ in ("conj", "appos") and head.head != head:
        return _joined_position(doc, head)
    return None


def _joined_position(doc: Doc, head: Token) -> tuple[Position, int | None] | None:
    """Read "in Homs and Hama", "in the capital, Damascus"."""
    first = head.head
    while first.dep_ in ("conj", "appos") and first.head != first:
        first = first.head
    if first.dep_ != "pobj" or not (first.text[:1].isupper() or first.lower_ in words["kinds_of_place"]):
        return None
    word = first.head.lower_
    if word in words["at"]:
        return "at", first.head.i
    return ("from", first.head.i) if word in words["from"] else None


def _preposition_before(doc: Doc, first: int, named: set[int]) -> Token | None:
    """Walk left from a name over words like "the eastern city of" to the preposition."""
    index = first - 1
    passed_of = False
    while index >= 0 and index >= first - 9 and not doc[index + 1].is_sent_start:
        token = doc[index]
        word = token.lower_
        if (
            word == "of"
            and not passed_of
            and index >= 1
            and doc[index - 1].lower_ in words["kinds_of_place"] | words["directions"]
        ):
            passed_of = True
        elif (
            word == "of"
            and index >= 1
            and doc[index - 1].lower_ in ("outside", "inside", "north", "south", "east", "west", "out")
        ):
            passed_of = True
        elif word in words["at"] or word in words["from"] or word in words["to"]:
            return token
        elif word == "," and index >= 1 and doc[index - 1].lower_ in words["kinds_of_place"]:
            pass
        elif not (_may_stand_before(token) or (passed_of and index in named)):
            return None
        index -= 1
    return None


def _may_stand_before(token: Token) -> bool:
    word = token.lower_
    if (
        word in words["directions"]
        or word in words["kinds_of_place"]
        or word in ("the", "'s", "’s", "parts", "much", "all", "of")
    ):
        return True
    if word in (
        "most",
        "largest",
        "main",
        "second",
        "biggest",
        "both",
        "historic",
        "ancient",
        "holy",
        "southernmost",
    ):
        return True
    # Demonyms and possessors: "the Syrian city of", "Syria's Idlib".
    if token.pos_ == "ADJ" and token.text[:1].isupper():
        return True
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return token.pos_ == "PROPN" and following is not None and following.tag_ == "POS"


def _is_part_of_longer_name(doc: Doc, name: _Name) -> bool:
    """Tell whether a name is a piece of another: "Paris Hilton", "Beijing's view", "Ukraine talks"."""
    if name.first > 0 and doc[name.first - 1].dep_ == "compound" and doc[name.first - 1].text[:1].isupper():
        before = doc[name.first - 1]
        if name.first <= before.head.i <= name.last and before.pos_ == "PROPN":
            return True
    following = doc[name.last + 1] if name.last + 1 < len(doc) else None
    if following is None or following.is_punct:
        return False
    if following.tag_ == "POS":
        owned = doc[name.last].head
        return not (
            owned.lower_ in words["kinds_of_place"]
            or owned.lower_ in words["directions"]
            or owned.pos_ == "PROPN"
        )
    token = doc[name.last]
    if token.dep_ not in ("compound", "amod", "nmod", "poss") or token.head.i <= name.last:
        return False
    if token.head.lower_ in words["kinds_of_place"]:
        return False
    # The parser hangs a place on a following weekday or month: "in Beijing Friday".
    return token.head.lower_ not in words["calendar"] and following.lower_ not in words["calendar"]


def _datelines(annotated: AnnotatedDocument, names: list[_Name], context: _Context) -> list[FoundPlace]:
    """Read "BEIRUT, Lebanon (AP) -" at the head of the first paragraphs."""
    starts = {annotated.doc[name.first].idx: name for name in names}
    found = []
    for match in _DATELINE.finditer(annotated.document.text[:1500]):
        name = starts.get(match.start("name"))
        if name is not None:
            place = _place(annotated, name, context.choose(name))
            found.append(FoundPlace(place, "dateline", name.last, None))
    return found


def _place(annotated: AnnotatedDocument, name: _Name, place: GazetteerPlace) -> Place:
    start = annotated.doc[name.first].idx
    last = annotated.doc[name.last]
    end = last.idx + len(last.text)
    return Place(
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames_id=place.geonames_id,
        text=annotated.text_of(start, end),
        start=start,
        end=end,
    )
