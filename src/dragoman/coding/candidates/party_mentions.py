"""Mentions of parties: every word of a report that denotes one, with the actor that it denotes.

Broader than the parties that a rule finds in its slots: includes towns and countries that are only locations,
names in no table, and groups such as "police" whose country is inferred from the report. Whether a mention
takes part in an event is decided later, event by event.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from dragoman.coding.candidates.mention_countries import is_locative, with_countries
from dragoman.coding.candidates.party_mention import FoundBy, PartyMention
from dragoman.coding.parties.mentions import phrase_span
from dragoman.coding.parties.ties import tied_noun
from dragoman.coding.syntax.noun_phrases import is_first_person
from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.group_ids import group_id
from dragoman.knowledge.wordlists import load_party_words
from dragoman.language.word_columns import word_columns
from dragoman.model.records import ActorRef
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.coding.places.extraction import GazetteerNames
    from dragoman.knowledge.actors import ActorBook
    from dragoman.language.annotated import AnnotatedDocument

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
_SHORTEST_NAME = 3
# Each mention is scored with each act of its sentence. A news sentence names at most about twenty parties;
# one that names more is a list.
_MOST_IN_SENTENCE = 50


def find_party_mentions(
    annotated: AnnotatedDocument, *, parties: Parties, actors: ActorBook, places: GazetteerNames
) -> list[PartyMention]:
    """Find every mention of a party, in text order.

    Args:
        annotated: A report processed by the language layer.
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
    return with_countries(
        annotated, mentions, actors, publisher=parties.publisher_country, of_no_country=tied
    )


def _bounded(words: Iterable[int], annotated: AnnotatedDocument) -> Iterator[int]:
    """Yield words in order, up to a maximum number per sentence."""
    sentences = word_columns(annotated.doc).sentences
    for _, of_sentence in itertools.groupby(sorted(words), key=sentences.__getitem__):
        yield from itertools.islice(of_sentence, _MOST_IN_SENTENCE)


def _resolved(annotated: AnnotatedDocument, parties: Parties) -> Iterator[PartyMention]:
    """Yield the results of the party resolver; a name of several words is found at its last word."""
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
            if match is None and party.kind == "group" and _is_title(token, parties):
                continue
            yield PartyMention(index, party, _found_by(token) if match is None else "name")


def _is_title(token: Token, parties: Parties) -> bool:
    """Return True for the title before a known name: ***President** Faramir*."""
    name = parties.name_at(token.head) if token.dep_ == "compound" else None
    return name is not None and name.kind == "person"


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


def _is_in_name(token: Token, country: str, parties: Parties, taken: dict[int, list[PartyMention]]) -> bool:
    """Return True if a place's name is part of another: ***Bree** Front*, *killed **Bree** Smith*."""
    name = parties.name_at(token)
    if name is not None:
        return name.country != country
    whole = token.head
    if token.dep_ != "compound" or whole.i != token.i + 1 or is_locative(token):
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
    """Yield names in no table, and bodies identified by a common noun (*coalition aircraft*)."""
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
        # "Minister", "Foreign Secretary": an office, although written like a name.
        sector = actors.role(token.lower_)
        key = (
            group_id(None, sector, token.lower_)
            if sector
            else "N:" + re.sub(r"\W+", "-", text.lower()).strip("-")
        )
        party = ActorRef(
            id=key, name=text, kind="group" if sector else "organisation", country=None, sector=sector,
            text=text, start=start, end=end,
        )  # fmt: skip
        yield PartyMention(token.i, party, "capital")
