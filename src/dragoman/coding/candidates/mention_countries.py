"""Countries of groups mentioned without one: *police*, *the government*, *protesters*.

They get the country of the nearest place in the sentence, else that of the report: the one named repeatedly,
that of the dateline, or the one named most. A government that faces rebels is that of their country if no
other is named. A group of several countries ("European leaders") gets none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from dragoman.knowledge.group_ids import group_id
from dragoman.knowledge.wordlists import is_party_word, is_place_word, load_party_words
from dragoman.language.word_columns import word_columns

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.knowledge.actors import ActorBook
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef

_NAMING = frozenset({"place", "name", "group"})
# A country named at least this often is the topic of a report, wherever it was written.
_OFTEN = 3
# The codes of bodies of many countries.
_BODIES = frozenset({"IGO", "UNO"})
_REBELS = frozenset({"REB", "UAF", "PRM"})
_OF_STATES = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
# The maximum depth at which the locative word above a name is sought.
_PHRASES_UP = 4


def with_countries(
    annotated: AnnotatedDocument,
    mentions: Sequence[PartyMention],
    actors: ActorBook,
    *,
    publisher: str | None,
    of_no_country: Container[int],
) -> list[PartyMention]:
    """Return mentions with inferred countries for groups mentioned without one, marked as inferred.

    Args:
        annotated: The report.
        mentions: Its mentions.
        actors: The known actors.
        publisher: The state that publishes the report, if any; the report's ministers and spokesmen are its
            own.
        of_no_country: Words of groups that the report describes by a tie to another party.
    """
    known = _KnownCountries(annotated, mentions, actors)
    result = []
    for mention in mentions:
        country: str | None = None
        if mention.party.country is None:
            if publisher is not None and mention.party.sector == "GOV":
                country = publisher
            elif mention.party.kind == "group" and mention.token not in of_no_country:
                country = known.inferred(mention)
        if country is not None:
            mention = replace(mention, party=of_country(mention.party, country), is_inferred=True)
        result.append(mention)
    return result


class _KnownCountries:
    """The countries named in a report, by sentence and overall."""

    def __init__(
        self, annotated: AnnotatedDocument, mentions: Sequence[PartyMention], actors: ActorBook
    ) -> None:
        self._doc, self._actors = annotated.doc, actors
        self._sentences = word_columns(annotated.doc).sentences
        self._named: dict[int, list[PartyMention]] = {}
        self._counts: Counter[str] = Counter()
        self._borders: Counter[str] = Counter()
        for mention in mentions:
            country, kind = mention.party.country, mention.party.kind
            if mention.found_by not in _NAMING or not country or country in _BODIES:
                continue
            if kind in ("state", "group"):
                counts = self._borders if _is_of_border(self._doc[mention.token]) else self._counts
                counts[country] += 1
                self._named.setdefault(self._sentences[mention.token], []).append(mention)
        self._dateline = _dateline_country(annotated, actors)
        self._homes = self._homes_of_rebels(mentions)

    def inferred(self, mention: PartyMention) -> str | None:
        """Return the country that a group most likely belongs to; None if the report gives none."""
        named = self._named.get(self._sentences[mention.token], ())
        if _is_of_several(mention) or _faces(self._doc, mention, named):
            return None
        near = _nearest_country(self._doc, mention, named)
        report = self._of_report(only_with_army=mention.party.sector == "MIL")
        return near or report or self._home_of_foe(mention) or _most_named(self._borders)

    def _of_report(self, *, only_with_army: bool) -> str | None:
        """Return the country that is the topic of the report, or where it was written."""
        counts, dateline = self._counts, self._dateline
        if only_with_army:
            counts = Counter({country: n for country, n in counts.items() if self._has_army(country)})
            dateline = dateline if dateline is not None and self._has_army(dateline) else None
        most = _most_named(counts)
        return most if most is not None and counts[most] >= _OFTEN else dateline or most

    def _has_army(self, country: str) -> bool:
        entry = self._actors.get(country)
        return entry is not None and not is_party_word(country.lower(), "without_army")

    def _homes_of_rebels(self, mentions: Sequence[PartyMention]) -> list[tuple[int, str]]:
        """Return the home of each armed group that fights its own state, with its position in the text.

        Ruling groups are ignored, and all groups if a report names a territory with its own rulers.
        """
        if any(mention.party.kind == "territory" for mention in mentions):
            return []
        return [
            (mention.token, mention.party.country)
            for mention in mentions
            if mention.party.kind == "armed_group"
            and mention.party.sector in _REBELS
            and mention.party.country
            and self._has_army(mention.party.country)
        ]

    def _home_of_foe(self, mention: PartyMention) -> str | None:
        """Return the country of the rebels that a government, its forces or its courts face."""
        if mention.party.sector not in _OF_STATES:
            return None
        sentence = self._sentences[mention.token]
        here = {country for token, country in self._homes if self._sentences[token] == sentence}
        found = here or {country for _, country in self._homes}
        return found.pop() if len(found) == 1 else None


def _most_named(counts: Mapping[str, int]) -> str | None:
    return max(counts, key=counts.__getitem__, default=None)


def _dateline_country(annotated: AnnotatedDocument, actors: ActorBook) -> str | None:
    """Return the country of the report's dateline: *MANILA*, *AKRON, Ohio*."""
    for place in annotated.dateline_places:
        name = place.title() if place.isupper() else place
        named = [match.country for match in actors.find_in_phrase(name) if match.country]
        found = named[-1] if named else actors.place_in(re.findall(r"[^\W\d_]+", name))
        if found is not None:
            return found
    return None


def _faces(doc: Doc, mention: PartyMention, named: Sequence[PartyMention]) -> bool:
    """Return True for the office of a person who acts on the only country named; its country is unknown.

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
    """Return the country of a location in the sentence, else of the nearest place, else of the nearest party.

    *People protest against Israel on the streets of **Tehran***: not the nearest name, but the locative one.
    """
    sure = [other for other in named if not _is_of_border(doc[other.token])]
    where = [other for other in sure if is_locative(doc[other.token])]
    nearest = where or [other for other in sure if other.found_by == "place"] or sure
    if not nearest:
        return None
    return min(nearest, key=lambda other: abs(other.token - mention.token)).party.country


def _is_of_border(token: Token) -> bool:
    """Return True for the owner of a border: *near the **Gondorian** border* can be on either side of it."""
    return token.dep_ in ("amod", "compound", "poss", "nmod") and is_party_word(
        token.head.lemma_.lower(), "borders"
    )


def is_locative(token: Token) -> bool:
    """Return True if a name is a location in its sentence: *in Arnor*, *in the hills of Arnor*."""
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
    """Return a group or person with a country assigned; a person keeps the id."""
    key = group_id(country, party.sector, "") if party.kind == "group" else party.id
    return msgspec.structs.replace(party, id=key, country=country)
