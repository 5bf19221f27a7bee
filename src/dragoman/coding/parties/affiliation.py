"""Affiliation: the owner of the people or things named, as in "the Arnorian army", "an envoy of Gondor"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.parties.mentions import ref_of_match
from dragoman.coding.syntax import noun_phrases
from dragoman.knowledge.wordlists import is_party_word
from dragoman.language.coreference import is_pair_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spacy.tokens import Token

    from dragoman.knowledge.actors import NameMatch
    from dragoman.model.records import ActorRef

# Prepositions that, after a thing, introduce the other side: "the border with Rohan", "a treaty with Gondor".
_BESIDE = ("with", "near", "between", "off", "against")
# "Our embassy" belongs to the speaker.
_OWNERS = frozenset({"their", "its", "his", "her", "our", "my"})
_EMPLOYING = ("of", "for", "at", "from", "with", "in")


class Affiliations:
    """Finds owners in one document.

    Args:
        match_at: The actor name that covers a word, by word index.
        resolve: Function from a noun head to its parties.
        group: Function from a group noun to its parties.
        refer: Function from an anaphor to its antecedents.
        town: Function from a town to its country.
        role: Function from a word for people or a body to the sector that it implies, if any.
    """

    def __init__(
        self,
        *,
        match_at: Mapping[int, NameMatch],
        resolve: Callable[..., tuple[ActorRef, ...]],
        group: Callable[..., tuple[ActorRef, ...]],
        refer: Callable[[Token], tuple[ActorRef, ...]],
        town: Callable[[Token], tuple[ActorRef, ...]],
        role: Callable[[str], str | None],
    ) -> None:
        self._match_at = match_at
        self._resolve = resolve
        self._group = group
        self._refer = refer
        self._town = town
        self._role = role

    def origins_of(self, head: Token) -> list[ActorRef]:
        """Return the owners of people if the parse attaches *from* to the verb: *expelled diplomats from*."""
        if not is_party_word(head.lemma_.lower(), "sent") or head.i + 1 >= len(head.doc):
            return []
        after = head.nbor(1)
        if after.lower_ != "from" or after.head != head.head:
            return []
        found: dict[str, ActorRef] = {}
        for child in after.children:
            if child.dep_ == "pobj":
                for noun in noun_phrases.coordinated(child):
                    self._take_owner(noun, found)
        return list(found.values())

    def affiliations_of(self, head: Token, *, whole: bool) -> list[ActorRef]:
        """Return the states or bodies that own the thing or people named by a noun."""
        found: dict[str, ActorRef] = {}
        # "his Russian counterpart" is Russia's: a name in a modifier takes precedence over a pronoun.
        for token in (*noun_phrases.modifiers(head), *noun_phrases.possessors(head)):
            if not (found and token.pos_ == "PRON") and not self._only_says_where(token, head):
                self._take_owner(token, found)
        if not found:
            against = is_party_word(head.lemma_.lower(), "opponents")
            for preposition, noun in () if against else _phrases(head):
                if is_party_word(preposition, "owning") or (not whole and preposition in _BESIDE):
                    self._take_owner(noun, found)
                    if not found and self._leads_deeper(preposition, noun, whole=whole):
                        towns = self._town(noun) if whole else ()
                        for deeper in self.affiliations_of(noun, whole=False) or towns:
                            found.setdefault(deeper.id, deeper)
                    if not found and not whole and preposition == "from":
                        # "A request from the Gondorian authorities" belongs to them.
                        found.update(
                            {
                                ref.id: ref
                                for ref in self._resolve(noun, include_possessors=False)
                                if ref.country
                            }
                        )
                elif (
                    whole and preposition in _EMPLOYING and is_party_word(noun.lemma_.lower(), "institutions")
                ):
                    for employer in self._employer(noun):
                        found.setdefault(employer.id, employer)
        if not found and whole:
            found.update({ref.id: ref for ref in self._employers(head)})
        return _most_telling(list(found.values()))

    def _only_says_where(self, modifier: Token, head: Token) -> bool:
        """Return True if a capital before a harm is its location: *the Paris attacks*."""
        match = self._match_at.get(modifier.i)
        placed = match is not None and match.form == "capital" and modifier.dep_ != "poss"
        return placed and is_party_word(head.lemma_.lower(), "harms")

    def _leads_deeper(self, preposition: str, noun: Token, *, whole: bool) -> bool:
        """Return True if the contents of a phrase give the owner of the people or thing."""
        lemma = noun.lemma_.lower()
        if not whole:
            in_place = noun.pos_ == "PROPN" or is_party_word(lemma, "parts_of_states")
            return preposition == "of" or (preposition == "in" and in_place)
        if (
            noun.pos_ == "PROPN"
            or is_party_word(lemma, "parts_of_states")
            or is_party_word(lemma, "institutions")
        ):
            return True
        # "The leader of the Gondorian rebels" belongs to Gondor as they do.
        return preposition == "of" and self._role(lemma) is not None

    def _employer(self, noun: Token) -> tuple[ActorRef, ...]:
        named = self._match_at.get(noun.i)
        return (ref_of_match(named),) if named else tuple(self.affiliations_of(noun, whole=False))

    def _employers(self, head: Token) -> tuple[ActorRef, ...]:
        """Return the stated employers of people: *aid workers **employed by** the United Nations*."""
        for clause in head.children:
            if clause.dep_ == "acl" and clause.lemma_ in ("employ", "work", "serve", "base", "live"):
                for _, noun in noun_phrases.prepositions(clause):
                    found = self._employer(noun)
                    if found:
                        return found
        # "A California man": a town or region before people is their origin.
        towns = [ref for word in head.lefts if word.dep_ == "compound" for ref in self._town(word)]
        return tuple(towns[:1])

    def _take_owner(self, token: Token, found: dict[str, ActorRef]) -> None:
        match = self._match_at.get(token.i)
        if match is not None:
            ref = ref_of_match(match)
            found.setdefault(ref.id, ref)
        elif token.lower_ in _OWNERS or is_pair_reference(token):
            for ref in self._refer(token):
                found.setdefault(ref.id, ref)
        elif token.dep_ == "poss" and (token.pos_ == "NOUN" or self._role(token.lower_)):
            for ref in self._group(token, include_possessors=True):
                if ref.country:
                    found.setdefault(ref.id, ref)


def _phrases(head: Token) -> Iterator[tuple[str, Token]]:
    """Return the phrases on a noun; *across the border **from Rohan*** is a direction, not an owner."""
    bordering = head.lemma_.lower() == "border"
    return (
        (word, noun) for word, noun in noun_phrases.prepositions(head) if not (bordering and word == "from")
    )


def _most_telling(owners: list[ActorRef]) -> list[ActorRef]:
    """Exclude a state next to a body of its own: *a Yemeni Houthi missile* is the Houthis'."""
    bodies = {ref.country for ref in owners if ref.kind in ("organisation", "armed_group")}
    return [ref for ref in owners if ref.kind != "state" or ref.country not in bodies]
