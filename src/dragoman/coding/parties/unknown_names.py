"""Unlisted names: persons and bodies, with a stable id and what the words around them say of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.coding.parties.anaphora import TITLES
from dragoman.coding.parties.mentions import seen_at
from dragoman.coding.parties.sectors import sector_of_noun
from dragoman.coding.syntax import noun_phrases
from dragoman.knowledge.wordlists import is_party_word
from dragoman.language.word_columns import word_columns
from dragoman.model.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from spacy.tokens import Token

    from dragoman.knowledge.actors import ActorBook, NameMatch
    from dragoman.language.annotated import AnnotatedDocument


class UnknownNames:
    """The unlisted names of one document, collected as they occur."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        *,
        actors: ActorBook,
        common: Container[str],
        resolve: Callable[..., tuple[ActorRef, ...]],
        match_at: Mapping[int, NameMatch],
    ) -> None:
        self._annotated = annotated
        self._actors = actors
        self._common = common
        self._resolve = resolve
        self._match_at = match_at
        self._surnames: dict[str, ActorRef] = {}
        self._names_learned = False
        self._named: frozenset[str] | None = None

    def find(self, head: Token) -> tuple[ActorRef, ...]:
        """Record and return an unknown person or body, with country and sector from the words around it."""
        self._learn_names()
        start, end = self._span(head)
        text = self._annotated.text_of(start, end)
        known = self._surnames.get(text.lower())
        if known is not None:
            return (seen_at(known, text, start, end),)
        if not re.match(r"[^\W\d_][\w.'’-]+", text) or len(text) < 3:
            return ()
        country, sector = self._around_name(head)
        words = text.split()
        has_first_name = len(words) > 1 and self._actors.is_given_name(words[0])
        if is_party_word(words[-1].lower(), "things"):
            return ()
        if words[-1] in self._common and not has_first_name and not self._is_titled(head):
            # "Olympic Games", "Security Bill": a named thing, not a person or body.
            return ()
        is_name = len(words) > 1 or country is not None or sector is not None
        if not is_name:
            return ()
        kind = "person" if self._looks_like_person(head, words, sector) else "organisation"
        if kind == "organisation":
            sector = sector or sector_of_noun(head, self._actors, self._match_at)
            country = country or (self._actors.place_in(words) if sector else None)
            if country is None:
                return ()
        slug = re.sub(r"[^\w]+", "-", text.lower()).strip("-")
        ref = ActorRef(
            id=f"{'P' if kind == 'person' else 'O'}:{slug}", name=text, kind=kind,  # type: ignore[arg-type]
            country=country, sector=sector, text=text, start=start, end=end,
        )  # fmt: skip
        self._surnames.setdefault(text.lower(), ref)
        self._surnames.setdefault(words[-1].lower(), ref)
        return (ref,)

    def town(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a town to its country: *shelled Haifa*; never a word that is part of another name."""
        if head.pos_ != "PROPN" or head.i in self._match_at:
            return ()
        start, end = self._span(head)
        text = self._annotated.text_of(start, end)
        country = None if self._is_titled(head) else self._actors.place_in(text.split())
        country = self._state_behind(head) or country
        entry = self._actors.get(country) if country else None
        if country is None or entry is None or not self._actors.is_place(text):
            return ()
        if not self._is_expected(country) and not self._actors.is_great_place(text):
            # A medium-sized town has namesakes: it counts only in a report that names its country.
            return ()
        return (
            ActorRef(id=country, name=entry.name, kind="state", country=country, sector=None,
                     text=text, start=start, end=end),
        )  # fmt: skip

    def _state_behind(self, head: Token) -> str | None:
        """Return the state given as a town's location: *Tripoli, **Lebanon***."""
        behind = (self._match_at.get(c.i) for c in head.children if c.dep_ == "appos" and c.i > head.i)
        found = next((match for match in behind if match is not None), None)
        return found.country if found is not None and found.kind == "state" else None

    def _is_expected(self, country: str) -> bool:
        """Return True if the report names a country."""
        if self._named is None:
            self._named = frozenset(match.country for match in self._match_at.values() if match.country)
        return country in self._named

    def _learn_names(self) -> None:
        """Read every full name once, so that a surname alone is resolved to it wherever it occurs."""
        if self._names_learned:
            return
        self._names_learned = True
        columns = word_columns(self._annotated.doc)
        for word, (word_class, label) in enumerate(zip(columns.classes, columns.labels, strict=True)):
            if word_class != "PROPN" or label == "compound" or word in self._match_at:
                continue
            token = self._annotated.doc[word]
            if any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in token.lefts):
                self._resolve(token, include_possessors=False)

    def _is_titled(self, head: Token) -> bool:
        before = [t.lower_.rstrip(".") for t in head.lefts]
        if any(word in TITLES or self._actors.role(word) for word in before):
            return True
        told = [c.lemma_.lower() for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
        return any(self._actors.role(word) for word in told)

    def _span(self, head: Token) -> tuple[int, int]:
        parts = [head]
        for child in reversed(list(head.lefts)):
            if child.dep_ != "compound" or child.pos_ != "PROPN" or child.i != parts[-1].i - 1:
                break
            if child.i in self._match_at:
                break
            parts.append(child)
        first = parts[-1]
        return first.idx, head.idx + len(head.text)

    def _looks_like_person(self, head: Token, words: list[str], sector: str | None) -> bool:
        if any(
            child.dep_ == "relcl" and any(g.lower_ == "who" for g in child.subtree) for child in head.children
        ):
            return True
        role = self._actors.role(words[-1].lower())
        return (role is None and 2 <= len(words) <= 4) or (sector in ("GOV", "MIL", "LEG") and role is None)

    def _around_name(self, head: Token) -> tuple[str | None, str | None]:
        """Return the country and sector from the words before a name and from its apposition."""
        before = [t for t in noun_phrases.modifiers(head)]
        country, sector = self._country_and_sector(before)
        for child in head.children:
            if child.dep_ == "appos":
                inner_country, inner_sector = self._country_and_sector([*child.subtree])
                country, sector = country or inner_country, sector or inner_sector
            elif child.dep_ == "prep" and child.lower_ in ("of", "from"):
                country = country or self._country_and_sector([*child.subtree])[0]
        if head.dep_ == "appos":
            told = [head.head, *noun_phrases.modifiers(head.head), *noun_phrases.possessors(head.head)]
            told += [
                noun
                for preposition, noun in noun_phrases.prepositions(head.head)
                if is_party_word(preposition, "owning")
            ]
            country2, sector2 = self._country_and_sector(told)
            country, sector = country or country2, sector or sector2
        return country, sector

    def _country_and_sector(self, tokens: list[Token]) -> tuple[str | None, str | None]:
        country = sector = None
        for token in tokens:
            match = self._match_at.get(token.i)
            if match is not None:
                country = country or match.country
                if match.kind == "organisation":
                    sector = sector or match.sector
            elif token.pos_ in ("NOUN", "PROPN"):
                sector = sector or self._actors.role(token.lemma_.lower())
        return country, sector
