"""The places of a report in locative position, and the place of an event.

A name counts only in locative position ("in Homs", "near the Syrian town of Homs"): a country that is an
actor or a recipient is not a place. Names that are not in the gazetteer are ignored.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.places.binding import FoundPlace, bind
from dragoman.coding.places.containers import REGION_KINDS
from dragoman.coding.places.names import Context, countries_in, names_in
from dragoman.coding.places.positions import position_of
from dragoman.coding.places.precision import precision_of
from dragoman.coding.places.small_names import PlaceChooser, with_small_places
from dragoman.coding.places.unlisted import UnlistedPlace, UnlistedPlaces
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.small_places import load_small_places
from dragoman.knowledge.word_spread import load_word_spread
from dragoman.language.nearby import nearby
from dragoman.model.records import Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.places.containers import Name
    from dragoman.coding.places.positions import Position
    from dragoman.knowledge.gazetteer import GazetteerPlace
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef


_DATELINE = re.compile(
    r"^[ \t]*(?P<name>[A-ZÀ-Ý][\w.'’-]*(?: (?:of|de|la|el|al|[A-ZÀ-Ý][\w.'’-]*))*)"
    r"(?P<more>(?:, [\w. /]{2,40}?)?)[ \t]*(?:\([^)\n]{2,40}\))?[ \t]*(?:—|–|--|-(?=\s)|―)",
    re.MULTILINE,
)


class GazetteerNames:
    """Every gazetteer name of a report, in any position, with the place that the context supports.

    `names` are those of well-known places; `all_names` includes small places, which count only in locative
    position.
    """

    def __init__(self, annotated: AnnotatedDocument) -> None:
        gazetteer, doc, document = load_gazetteer(), annotated.doc, annotated.document
        self._doc = doc
        self.names = names_in(doc, document.text, gazetteer)
        self.all_names = with_small_places(self.names, doc, document.text, load_small_places())
        self.context = Context(doc, self.all_names, gazetteer)
        publisher = countries_in(document.publisher or "", gazetteer)
        self.chooser = PlaceChooser(doc, self.context, self.all_names, publisher)
        self.unlisted = UnlistedPlaces(doc, self.all_names, self.context, self.chooser)

    def countries(self, besides: Container[int] = ()) -> Iterator[tuple[Name, str]]:
        """Yield each name whose place is in a known country, with that country's alpha-3 code.

        A name that is a common word counts only in locative position: "federal police", "save the children".

        Args:
            besides: Words of other names; a name that contains one of them is ignored.
        """
        for name in self.names:
            if any(index in besides for index in range(name.first, name.last + 1)):
                continue
            if self._is_common(name) and position_of(self._doc, name, self._named) is None:
                continue
            place = self.context.choose(name)
            if place is not None and place.country:
                yield name, place.country

    @functools.cached_property
    def _named(self) -> set[int]:
        """The words of all well-known names; not needed for most reports."""
        return {i for name in self.names for i in range(name.first, name.last + 1)}

    def _is_common(self, name: Name) -> bool:
        words = [self._doc[index].lower_ for index in range(name.first, name.last + 1)]
        return all(load_word_spread().share(word) > 0 for word in words)


def find_places(
    annotated: AnnotatedDocument,
    actor_matches: Iterable[ActorRef] | None = None,
    *,
    gazetteer_names: GazetteerNames | None = None,
) -> list[FoundPlace]:
    """Find the places of a report in locative position.

    Names that cannot be distinguished are resolved to the place that context and size favour.

    Args:
        annotated: A report annotated by the language layer.
        actor_matches: Parties found in it; a name inside that of a person or an organisation is not a place.
        gazetteer_names: The names of the report, if already looked up.

    Returns:
        Places in the order of their names in the text.
    """
    found_names = gazetteer_names or GazetteerNames(annotated)
    names, chooser = found_names.all_names, found_names.chooser
    named = {index for name in names for index in range(name.first, name.last + 1)}
    if not names:
        return []
    barred = _barred(actor_matches)
    doc = annotated.doc
    found = _datelines(annotated, names, chooser)
    passed = {place.token for place in found}
    for unlisted in found_names.unlisted.find():
        position = position_of(doc, unlisted.name, named)
        if position is not None and doc[unlisted.name.first].idx not in barred:
            found.append(_unlisted(annotated, unlisted, *position))
            passed.update(range(unlisted.name.first, unlisted.name.last + 1))
            passed.update(_covered_by(doc, unlisted))
    for name in names:
        if name.last in passed or doc[name.first].idx in barred or found_names.unlisted.goes_on(name):
            continue
        position = position_of(doc, name, named)
        if position is None:
            continue
        best = chooser.choose(name)
        if best is None:
            located = found_names.unlisted.located(name)
            if located is not None:
                found.append(_unlisted(annotated, located, *position))
                passed.update(_covered_by(doc, located))
            continue
        container = found_names.context.containers.container_of(name, best)
        located = found_names.unlisted.located(name) if best.country is None else None
        # "In the Karakoram, Pakistan", but not "in the Indian Ocean west of Indonesia".
        if located is not None and doc[located.container.first - 1].lower_ != "of":
            container, best = located.container, best._replace(country=located.inside.country)
        if container is not None:
            passed.add(container.last)
        how, preposition = position
        place = _place(annotated, name, best)
        found.append(FoundPlace(place, how, name.last, preposition, best.kind == "country"))
    return sorted(found, key=lambda place: place.place.start)


def place_of(trigger: Token, annotated: AnnotatedDocument, found: Sequence[FoundPlace]) -> Place | None:
    """Return the place of one event, or None when its clause does not give one.

    Dependents of the trigger and its clause are searched first, then the governing clause if both describe
    one event ("met in Minsk to sign"). The place of a speech verb never applies to the reported clause.
    """
    sentence = trigger.sent
    near = nearby(found, sentence.start_char, sentence.end_char, start_of=lambda each: each.place.start)
    chosen = bind(trigger, annotated.doc, [f for f in near if f.position != "dateline"])
    return chosen.place if chosen is not None else None


def _barred(actor_matches: Iterable[ActorRef] | None) -> set[int]:
    kinds = {"person", "organisation", "armed_group", "office"}
    starts: set[int] = set()
    for match in actor_matches or ():
        if match.kind in kinds and match.end - match.start > len(match.name) // 2:
            starts.update(range(match.start, match.end))
    return starts


def _datelines(annotated: AnnotatedDocument, names: list[Name], chooser: PlaceChooser) -> list[FoundPlace]:
    """Find datelines ("BEIRUT, Lebanon (AP) -") at the start of the first paragraphs."""
    starts = {annotated.doc[name.first].idx: name for name in names}
    found = []
    for match in _DATELINE.finditer(annotated.document.text[:1500]):
        name = starts.get(match.start("name"))
        best = chooser.choose(name) if name is not None else None
        if name is not None and best is not None:
            found.append(FoundPlace(_place(annotated, name, best), "dateline", name.last, None))
    return found


def _covered_by(doc: Doc, unlisted: UnlistedPlace) -> set[int]:
    """Return the head of a region name that only locates a place: "Arden, *Weald County*".

    A town, or a region with its own preposition, is kept as a place: the event may be attached to it.
    """
    is_region = unlisted.inside.kind in (*REGION_KINDS, "country", "region")
    is_apposed = doc[unlisted.name.last + 1].text == "," if unlisted.name.last + 1 < len(doc) else False
    return {unlisted.container.last} if is_region and is_apposed else set()


def _unlisted(
    annotated: AnnotatedDocument, unlisted: UnlistedPlace, how: Position, preposition: int | None
) -> FoundPlace:
    """Return a place with the name in the text and the coordinates and precision of its container."""
    name, inside = unlisted.name, unlisted.inside
    place = _place(annotated, name, inside)
    precision = precision_of(annotated.doc, unlisted.container, inside)
    place = msgspec.structs.replace(place, name=place.text, geonames_id=None, precision=precision)
    return FoundPlace(place, how, name.last, preposition)


def _place(annotated: AnnotatedDocument, name: Name, place: GazetteerPlace) -> Place:
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
        precision=precision_of(annotated.doc, name, place),
    )
