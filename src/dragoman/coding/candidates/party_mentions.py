"""Mentions of parties: every word of a report that stands for somebody, with who that is.

Wider than the parties that a rule finds in its slots: towns and countries that only say where something
happened, names that no table knows, and groups such as "police" that take their country from the report.
Whether a mention takes part in an event is decided later, event by event.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.coding.parties.mentions import phrase_span
from dragoman.coding.parties.ties import tied_noun
from dragoman.coding.syntax.noun_phrases import is_first_person
from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.wordlists import is_party_word, is_place_word, load_party_words
from dragoman.language.word_columns import word_columns
from dragoman.model.records import ActorRef
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.coding.places.extraction import GazetteerNames
    from dragoman.knowledge.actors import ActorBook
    from dragoman.language.annotated import AnnotatedDocument

# How a mention was resolved: by the tables, as a group noun, a place, a pronoun, the first person, a name
# that no table knows but whose surroundings say whose it is, or a capitalised name alone.
FoundBy = Literal["name", "group", "place", "pronoun", "first", "unknown", "capital"]
FOUND_BY: tuple[FoundBy, ...] = ("name", "group", "place", "pronoun", "first", "unknown", "capital")

# Another who may rule where rebels fight.
_PLACES_OF_RULE = frozenset({"territory"})
_REBELS = frozenset({"REB", "UAF", "PRM"})
_OF_STATES = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
_NAMING = frozenset({"place", "name", "group"})
_SHORTEST_NAME = 3
# Each mention is scored with each act of its sentence. A sentence of news names some twenty parties at the
# most; what names more is a list.
_MOST_IN_SENTENCE = 50
# How far above a name the word that puts it somewhere is looked for.
_PHRASES_UP = 4


@dataclass(frozen=True, slots=True)
class PartyMention:
    """One word that stands for a party.

    `token` is its index in the document. `is_inferred` is true when the country is not said by the words
    but taken from the sentence, else from the report.
    """

    token: int
    party: ActorRef
    found_by: FoundBy
    is_inferred: bool = False


def is_known_party(mention: PartyMention) -> bool:
    """Return True if a mention names or means a country or a known body; unknown names do not count."""
    return bool(mention.party.country) or mention.found_by not in ("capital", "unknown", "group")


def find_party_mentions(
    annotated: AnnotatedDocument, *, parties: Parties, actors: ActorBook, places: GazetteerNames
) -> list[PartyMention]:
    """Find every mention of a party, in the order of the text.

    Args:
        annotated: A report that has been through the language layer.
        parties: Its parties.
        actors: The known actors, for the names of states.
        places: The gazetteer names of the report.
    """
    found: dict[int, list[PartyMention]] = {}
    for mention in _resolved(annotated, parties):
        found.setdefault(mention.token, []).append(mention)
    for mention in _from_places(annotated, parties, actors, places, taken=found):
        found.setdefault(mention.token, []).append(mention)
    for mention in _capitalised(annotated, parties, actors, taken=found):
        found.setdefault(mention.token, []).append(mention)
    mentions = [
        mention
        for token in _bounded(found, annotated)
        for mention in found[token]
        if not parties.is_only_near(annotated.doc[mention.token], mention.party)
    ]
    tied = {noun.i for token in found if (noun := tied_noun(annotated.doc[token])) is not None}
    return _with_countries(
        annotated, mentions, actors, publisher=parties.publisher_country, of_no_country=tied
    )


def _bounded(words: Iterable[int], annotated: AnnotatedDocument) -> Iterator[int]:
    """Yield words in order, at most a fixed number of each sentence."""
    sentences = word_columns(annotated.doc).sentences
    for _, of_sentence in itertools.groupby(sorted(words), key=sentences.__getitem__):
        yield from itertools.islice(of_sentence, _MOST_IN_SENTENCE)


def _resolved(annotated: AnnotatedDocument, parties: Parties) -> Iterator[PartyMention]:
    """Yield what the party resolver finds; a name of several words is found at its last word."""
    doc, columns = annotated.doc, word_columns(annotated.doc)
    for index, (word_class, label) in enumerate(zip(columns.classes, columns.labels, strict=True)):
        match = parties.name_of_word(index)
        if match is not None:
            if parties.name_of_word(index + 1) is match:
                continue
        elif word_class not in _NOMINAL or (label == "compound" and word_class != "PROPN"):
            continue
        token = doc[index]
        check_time()
        for party in parties.resolve(token, include_possessors=False):
            is_in_name = label == "compound" and token.head.pos_ == "PROPN"
            if match is None and is_in_name and party.kind == "group":
                continue  # "President Faramir", "the National Guard": part of the name that follows.
            yield PartyMention(index, party, _found_by(token) if match is None else "name")


def _found_by(token: Token) -> FoundBy:
    if is_first_person(token):
        return "first"
    if token.pos_ in ("NOUN", "ADJ"):
        return "group"
    return "unknown" if token.pos_ == "PROPN" else "pronoun"


def _from_places(
    annotated: AnnotatedDocument,
    parties: Parties,
    actors: ActorBook,
    places: GazetteerNames,
    *,
    taken: dict[int, list[PartyMention]],
) -> Iterator[PartyMention]:
    doc = annotated.doc
    for name, country in places.countries(besides=taken):
        if _is_first_name(doc[name.last], actors) or _is_in_name(doc[name.last], country, parties, taken):
            continue
        start, last = doc[name.first].idx, doc[name.last]
        end = last.idx + len(last.text)
        entry = actors.get(country)
        party = ActorRef(
            id=country, name=entry.name if entry else country, kind="state", country=country, sector=None,
            text=annotated.text_of(start, end), start=start, end=end,
        )  # fmt: skip
        yield PartyMention(name.last, party, "place")


def _is_in_name(
    token: Token, country: str, parties: Parties, taken: dict[int, list[PartyMention]]
) -> bool:
    """Return True if a place's name is part of another: ***Bree** Liberation Front*, *killed **Bree** Smith*."""
    name = parties.name_at(token)
    if name is not None:
        return name.country != country
    whole = token.head
    if token.dep_ != "compound" or whole.i != token.i + 1 or _is_locative(token):
        return False
    return any(mention.party.kind == "person" for mention in taken.get(whole.i, ()))


def _is_first_name(token: Token, actors: ActorBook) -> bool:
    """Return True if a place's name is a first name: ***Bree** Smith, the acting minister, ...*."""
    surname = token.head
    if token.dep_ != "compound" or surname.i != token.i + 1 or surname.pos_ != "PROPN":
        return False
    return any(c.dep_ == "appos" and actors.role(c.lemma_.lower()) for c in surname.children)


def _capitalised(
    annotated: AnnotatedDocument, parties: Parties, actors: ActorBook, *, taken: dict[int, list[PartyMention]]
) -> Iterator[PartyMention]:
    """Yield names that no table has, and bodies identified by what they are (*coalition aircraft*)."""
    doc = annotated.doc
    covered = set(taken)
    columns, bodies = word_columns(doc), load_party_words()["bodies_without_name"]
    for index, (word_class, label, lower) in enumerate(
        zip(columns.classes, columns.labels, columns.lowers, strict=True)
    ):
        may_be_name = word_class == "PROPN" and label != "compound"
        if not (may_be_name or lower in bodies) or index in covered:
            continue
        token = doc[index]
        is_party = lower in bodies or token.text[:1].isupper()
        if not is_party or parties.name_of_word(index) is not None:
            continue
        start, end = phrase_span(token)
        text = annotated.text_of(start, end)
        if len(text) < _SHORTEST_NAME or re.search(r"\d", text) or is_calendar_name(text.split()[0]):
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or any(index in covered for index in range(span.start, span.end)):
            continue
        covered.add(token.i)
        # "Minister", "Foreign Secretary": an office, though it is written like a name.
        sector = actors.role(token.lower_)
        key = f"G:{sector}:{token.lower_}" if sector else "N:" + re.sub(r"\W+", "-", text.lower()).strip("-")
        party = ActorRef(
            id=key, name=text, kind="group" if sector else "organisation", country=None, sector=sector,
            text=text, start=start, end=end,
        )  # fmt: skip
        yield PartyMention(token.i, party, "capital")


def _with_countries(
    annotated: AnnotatedDocument,
    mentions: Sequence[PartyMention],
    actors: ActorBook,
    *,
    publisher: str | None,
    of_no_country: Container[int],
) -> list[PartyMention]:
    """Give groups without a country that of the nearest place in the sentence, else of the report.

    The report's is that of its dateline, else the one that it names most; a government that faces rebels is
    that of their country if no other is named. A group that is said to be of several countries ("European
    leaders") gets none. In what a government publishes, ministers and spokesmen without a country are its own.
    """
    first = word_columns(annotated.doc).sentences
    named: dict[int, list[PartyMention]] = {}
    counts: Counter[str] = Counter()
    borders: Counter[str] = Counter()
    for mention in mentions:
        country, kind = mention.party.country, mention.party.kind
        if mention.found_by in _NAMING and country and kind in ("state", "group"):
            (borders if _is_of_border(annotated.doc[mention.token]) else counts)[country] += 1
            named.setdefault(first[mention.token], []).append(mention)
    dateline = _dateline_country(annotated, actors)
    main = dateline or _most_named(counts)
    main_state = dateline or _most_named({c: n for c, n in counts.items() if _is_state(c, actors)})
    others = any(mention.party.kind in _PLACES_OF_RULE for mention in mentions)
    homes = [] if others else _homes_of_rebels(mentions, actors)
    result = []
    for mention in mentions:
        if publisher is not None and mention.party.country is None and mention.party.sector == "GOV":
            result.append(replace(mention, party=of_country(mention.party, publisher), is_inferred=True))
            continue
        is_open = mention.party.kind == "group" and mention.party.country is None
        if (
            is_open
            and mention.token not in of_no_country
            and not _is_of_several(mention)
            and not _faces(annotated.doc, mention, named.get(first[mention.token], ()))
        ):
            near = _nearest_country(annotated.doc, mention, named.get(first[mention.token], ()))
            report = main_state if mention.party.sector == "MIL" else main
            inferred = near or report or _home_of_foe(mention, homes, first) or _most_named(borders)
            if inferred is not None:
                result.append(replace(mention, party=of_country(mention.party, inferred), is_inferred=True))
                continue
        result.append(mention)
    return result


def _most_named(counts: Mapping[str, int]) -> str | None:
    return max(counts, key=counts.__getitem__, default=None)


def _is_state(country: str, actors: ActorBook) -> bool:
    """Return True for what has an army of its own."""
    entry = actors.get(country)
    return entry is not None and entry.kind == "state" and not is_party_word(country.lower(), "without_army")


def _dateline_country(annotated: AnnotatedDocument, actors: ActorBook) -> str | None:
    """Return the country of the report's dateline: *MANILA*, *AKRON, Ohio*."""
    for place in annotated.dateline_places:
        name = place.title() if place.isupper() else place
        named = [match.country for match in actors.find_in_phrase(name) if match.country]
        found = named[-1] if named else actors.place_in(re.findall(r"[^\W\d_]+", name))
        if found is not None:
            return found
    return None


def _homes_of_rebels(mentions: Sequence[PartyMention], actors: ActorBook) -> list[tuple[int, str]]:
    """Return where each armed group that fights its own state is at home, by its place in the text.

    Groups that rule, and those of a territory whose own government is not the one they fight, do not count.
    """
    homes = []
    for mention in mentions:
        party = mention.party
        if party.kind == "armed_group" and party.sector in _REBELS and party.country:
            if _is_state(party.country, actors):
                homes.append((mention.token, party.country))
    return homes


def _home_of_foe(
    mention: PartyMention, homes: Sequence[tuple[int, str]], sentences: Sequence[int]
) -> str | None:
    """Return the country of the rebels whom a government, its forces or courts face without a name of theirs."""
    if mention.party.sector not in _OF_STATES:
        return None
    here = {country for token, country in homes if sentences[token] == sentences[mention.token]}
    found = here or {country for _, country in homes}
    return found.pop() if len(found) == 1 else None


def _faces(doc: Doc, mention: PartyMention, named: Sequence[PartyMention]) -> bool:
    """Return True for the office of a person who acts on the only country named: of no known country.

    *Bree Smith, the acting **minister**, warned Gondor.*
    """
    office = doc[mention.token]
    person = office.head
    if office.dep_ != "appos" or person.pos_ != "PROPN" or person.dep_ != "nsubj":
        return False
    if len({other.party.country for other in named}) != 1:
        return False
    return any(
        doc[other.token].head == person.head and doc[other.token].dep_ in ("dobj", "dative")
        for other in named
    )


def _is_of_several(mention: PartyMention) -> bool:
    """Return True for a group of no single country: *several other European leaders*."""
    words = load_party_words()["of_several_countries"]
    return any(word in words for word in re.findall(r"[a-z]+", mention.party.text.lower()))


def _nearest_country(doc: Doc, mention: PartyMention, named: Sequence[PartyMention]) -> str | None:
    """Return the country of where the sentence puts something, else of the nearest place, else party.

    *People protest against Israel on the streets of **Tehran***: not the nearest name, but the one that says
    where.
    """
    sure = [other for other in named if not _is_of_border(doc[other.token])]
    where = [other for other in sure if _is_locative(doc[other.token])]
    nearest = where or [other for other in sure if other.found_by == "place"] or sure
    if not nearest:
        return None
    return min(nearest, key=lambda other: abs(other.token - mention.token)).party.country


def _is_of_border(token: Token) -> bool:
    """Return True for whose a border is: *near the **Gondorian** border* is on either side of it."""
    return token.dep_ in ("amod", "compound", "poss", "nmod") and is_party_word(token.head.lemma_.lower(), "borders")


def _is_locative(token: Token) -> bool:
    """Return True if a name stands where its sentence puts something: *in Arnor*, *in the hills of Arnor*."""
    above = token
    for _ in range(_PHRASES_UP):
        above = above.head
        if above.pos_ == "ADP":
            if above.lower_ == "on" or is_place_word(above.lower_, "at"):
                return True
            if above.lower_ != "of":
                return False
        elif above.pos_ not in ("PROPN", "NOUN"):
            return False
    return False


def of_country(party: ActorRef, country: str) -> ActorRef:
    """Return a group or person as one of a country; a person keeps the id."""
    key = f"{country}:{party.sector}" if party.kind == "group" else party.id
    return msgspec.structs.replace(party, id=key, country=country)
