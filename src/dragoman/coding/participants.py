"""Which parties stand at a noun: names, groups with a country, unknown people, references back.

Only this module turns words into parties. It reads the noun phrase by its head: "Russian troops" are
Russia's military, "the ambassador of Japan to Poland" is Japan's government, never Poland's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.coding import grammar
from dragoman.language.coreference import (
    PLURAL,
    SINGULAR_PERSON,
    THING,
    Mention,
    is_pair_reference,
    resolve_pair,
    resolve_pronoun,
)
from dragoman.model.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from spacy.tokens import Token

    from dragoman.knowledge.actors import ActorBook, NameMatch
    from dragoman.language.annotated import AnnotatedDocument

_REFERENCES = SINGULAR_PERSON | PLURAL | THING
_WE = frozenset({"we", "us", "our", "ourselves"})
# Prepositions after a group noun that say whose it is; "to" and "on" never do.
_OWNING = ("of", "from", "in", "within", "across")
# After a thing these name the other side: "the border with Rohan", "a treaty with Gondor".
_BESIDE = ("with", "near", "between", "off", "against")
_TITLES = {"mr": "male", "mrs": "female", "ms": "female", "king": "male", "queen": "female",
           "chairman": "male", "spokesman": "male", "spokeswoman": "female", "chairwoman": "female",
           "prince": "male", "princess": "female", "sheikh": "male"}  # fmt: skip
# Words that name a body by what it is; alone and definite, they refer back ("the ministry").
_BODIES = frozenset(
    {"government", "ministry", "alliance", "bloc", "regime", "kingdom", "republic", "union", "organization",
     "organisation", "group", "court", "parliament", "council", "committee", "administration", "country",
     "nation", "state", "movement", "militia", "party", "agency", "body", "army", "military", "president",
     "minister", "premier", "chancellor", "king", "leader", "spokesman", "spokeswoman", "spokesperson",
     "ambassador", "diplomat", "envoy", "secretary", "chief", "commission", "bank", "company"}
)  # fmt: skip
# Bodies that are whoever is in them.
_BODIES_OF_PEOPLE = frozenset(
    {"group", "team", "delegation", "band", "crowd", "member", "majority", "number", "pair", "trio",
     "handful", "contingent", "column", "convoy", "gang", "mob", "coalition"}
)  # fmt: skip
# People who come from somewhere: with "from" behind them that is whose they are.
_SENT = frozenset(
    {"diplomat", "ambassador", "envoy", "official", "citizen", "national", "journalist", "immigrant",
     "migrant", "refugee", "student", "tourist", "traveller", "traveler", "visitor", "good", "product",
     "import"}
)  # fmt: skip
_PARTS_OF_STATES = frozenset(
    {"province", "city", "town", "region", "capital", "state", "district", "village", "island", "area"}
)
_HOSTING = frozenset({"host", "hold", "organize", "organise", "stage", "run", "own", "build"})
# Somebody's surname, and far more often a day: "on Friday" is never Godwin Friday.
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "may", "march"}
)
# Where things are written, not who is written to.
_PLATFORMS = frozenset(
    {"twitter", "facebook", "youtube", "instagram", "telegram", "whatsapp", "weibo", "tiktok"}
)
_STATE_NOUNS = frozenset({"country", "nation", "state"})
# What one state is to another: with a name beside it, the name says who it is.
_STATE_ROLES = frozenset(
    {"neighbor", "neighbour", "ally", "rival", "enemy", "foe", "partner", "country", "power"}
)
_NEIGHBOUR = frozenset({"neighbor", "neighbour"})
_OFFICE_HEADS = frozenset(
    {"president", "minister", "premier", "chancellor", "king", "leader", "spokesman", "spokeswoman",
     "spokesperson", "ambassador", "diplomat", "envoy", "secretary", "chief"}
)  # fmt: skip
_COUNTRY_WORDS = frozenset({"country", "nation", "state", "kingdom", "republic", "government", "regime"})


# Last words of a name that say what the thing is: never somebody.
_THINGS = frozenset(
    {"act", "plan", "assessment", "medal", "prize", "award", "report", "review", "accord", "agreement",
     "treaty", "deal", "bill", "law", "project", "program", "programme", "initiative", "street", "house",
     "avenue", "square", "river", "sea", "island", "islands", "airport", "building", "hall", "tower",
     "convention", "conference", "summit", "forum", "games", "cup", "day", "week", "year", "war", "election",
     "amendment", "constitution", "resolution", "doctrine", "strategy", "crisis", "show", "book", "museum",
     "stadium", "hospital", "school", "university", "college", "liberties", "rights", "freedom", "spring"}
)  # fmt: skip


_HALVES = {"North": "PRK", "South": "KOR"}


def _has_article(head: Token) -> bool:
    return any(c.lower_ in ("a", "an", "one") for c in head.children)


def _is_a_company(head: Token) -> bool:
    """Tell whether a demonym stands alone as a name: *American pledged to hire* is no country."""
    alone = not any(c.dep_ in ("det", "amod", "nummod", "poss") for c in head.children)
    return alone and head.tag_ in ("NNP", "JJ") and head.dep_ == "nsubj" and head.lower_.endswith("an")


def _is_part_of_name(first: Token) -> bool:
    """Tell whether letters before a country's name make another name of it: *RT America*."""
    before = first.nbor(-1) if first.i > first.sent.start else None
    return (
        before is not None
        and before.pos_ == "PROPN"
        and before.text.isupper()
        and before.text.isalpha()
        and before.text not in ("US", "UK", "EU", "UN", "NATO")
        and before.dep_ == "compound"
        and before.head in (first, first.head)
    )


class Parties:
    """The parties of one document, found once and remembered by word."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        *,
        actors: ActorBook,
        borders: Mapping[str, frozenset[str]],
        common: Container[str],
    ) -> None:
        self._borders = borders
        self._common = common
        self._annotated = annotated
        self._actors = actors
        self._on = annotated.document.published_on
        self._match_at: dict[int, NameMatch] = {}
        self._place_names(actors.find(annotated.document.text, on=self._on))
        self._sentence_of = {t.i: n for n, sent in enumerate(annotated.doc.sents) for t in sent}
        self._known: dict[tuple[int, bool], tuple[ActorRef, ...]] = {}
        self._surnames: dict[str, ActorRef] = {}
        self._names_learned = False
        self._mentions: list[Mention[ActorRef]] | None = None
        self._titles: dict[str, set[str]] = {}
        self._genders: dict[str, str] = {}
        self.reasons: dict[int, str] = {}
        # Says who speaks at a word, so that "we" and "us" in a quote can be resolved; set by the event maker.
        self.spoken_by: Callable[[Token], tuple[ActorRef, ...]] = lambda token: ()

    def _place_names(self, matches: list[NameMatch]) -> None:
        doc = self._annotated.doc
        for match in matches:
            if match.text.lower() in (_DAYS if match.form == "person" else _PLATFORMS):
                continue
            span = doc.char_span(match.start, match.end, alignment_mode="expand")
            if span is not None and (self._is_namesake(match) or _is_part_of_name(span[0])):
                continue
            # "Russian-backed rebels" are not Russia's: only a name that stands by itself is a party.
            for token in span if span is not None and not match.compound else ():
                self._match_at[token.i] = match

    def _is_namesake(self, match: NameMatch) -> bool:
        """Tell whether a bare surname is somebody else's here: the report names *Alicia Machado*."""
        if match.form != "person" or " " in match.text:
            return False
        text = self._annotated.document.text
        firsts = re.findall(rf"\b([A-Z][\w.'’-]+) {re.escape(match.text)}\b", text)
        given = {first for first in firsts if self._actors.is_given_name(first)}
        return bool(given) and not any(first in match.name for first in given)

    def name_at(self, token: Token) -> NameMatch | None:
        """Return the actor name that covers a word, if any."""
        return self._match_at.get(token.i)

    def at(self, head: Token, *, loose: bool = True) -> tuple[ActorRef, ...]:
        """Return the parties that a noun head stands for.

        Args:
            head: The head of a noun phrase, a modifier such as a demonym, or a pronoun.
            loose: Also take the owner of a thing ("Ukrainian cities", "Gondor's border").
        """
        key = (head.i, loose)
        if key not in self._known:
            self._known[key] = ()
            self._known[key] = self._resolve(head, loose)
        return self._known[key]

    def _resolve(self, head: Token, loose: bool) -> tuple[ActorRef, ...]:
        if head.lower_ in _REFERENCES or head.lower_ == "both":
            return self._refer(head)
        match = self._match_at.get(head.i)
        if match is not None:
            return self._named(head, match)
        if head.lower_ in _WE and head.text != "US":
            return self._own_side(head)
        if head.pos_ in ("NOUN", "ADJ", "PRON", "NUM", "DET") and is_pair_reference(head):
            return self._refer(head)
        if head.pos_ == "PROPN":
            named = self._half_of_country(head) or self._unknown_name(head)
            return named or (self._owner_told_before(head) if loose else ())
        if head.pos_ in ("NOUN", "ADJ", "VERB"):
            return self._group(head, loose)
        return ()

    # Names ------------------------------------------------------------------------------------------

    def _named(self, head: Token, match: NameMatch) -> tuple[ActorRef, ...]:
        if match.kind == "person":
            return (self._ref_of_match(match),)
        if match.form == "demonym" and _is_a_company(head):
            return ()
        if match.form == "demonym" and head.tag_ in ("NN", "NNP") and _has_article(head):
            # "An Afghan stabbed ...": one of its people, not the state.
            return (self._as_group(self._ref_of_match(match), "CVL", head),)
        return (self._ref_of_match(match),)

    def _half_of_country(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve *the North* and *the South* in a report that names one of the Koreas."""
        whole = _HALVES.get(head.text)
        words = {c.lower_ for c in head.children}
        if whole is None or "the" not in words or words - {"the", "'s", "’s", ","}:
            return ()
        named = {match.id for match in self._match_at.values()}
        entry = self._actors.get(whole)
        if entry is None or not named & set(_HALVES.values()):
            return ()
        end = head.idx + len(head.text)
        return (
            ActorRef(id=whole, name=entry.name, kind="state", country=whole, sector=None,
                     text=head.text, start=head.idx, end=end),
        )  # fmt: skip

    def _ref_of_match(self, match: NameMatch) -> ActorRef:
        return ActorRef(
            id=match.id, name=match.name, kind=match.kind, country=match.country, sector=match.sector,
            text=match.text, start=match.start, end=match.end,
        )  # fmt: skip

    def _unknown_name(self, head: Token) -> tuple[ActorRef, ...]:
        """Keep a person or body that nobody knows, with what the words around it say."""
        self._learn_names()
        start, end = self._name_span(head)
        text = self._annotated.text_of(start, end)
        known = self._surnames.get(text.lower())
        if known is not None:
            return (self._moved(known, text, start, end),)
        if not re.match(r"[^\W\d_][\w.'’-]+", text) or len(text) < 3:
            return ()
        country, sector = self._around_name(head)
        words = text.split()
        has_first_name = len(words) > 1 and self._actors.is_given_name(words[0])
        if words[-1].lower() in _THINGS:
            return ()
        if words[-1] in self._common and not has_first_name and not self._is_titled(head):
            # "Olympic Games", "Security Bill": a thing with a name, not somebody.
            return ()
        is_name = len(words) > 1 or country is not None or sector is not None
        if not is_name:
            return ()
        kind = "person" if self._looks_like_person(head, words, sector) else "organisation"
        if kind == "organisation" and country is None:
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
        """Take a town for its country: *shelled Haifa*; never a word that is part of another name."""
        if head.pos_ != "PROPN" or head.i in self._match_at or head.ent_type_ not in ("GPE", "LOC"):
            return ()
        start, end = self._name_span(head)
        text = self._annotated.text_of(start, end)
        country = None if self._is_titled(head) else self._actors.place_in(text.split())
        entry = self._actors.get(country) if country else None
        if country is None or entry is None or not self._actors.is_place(text):
            return ()
        return (
            ActorRef(id=country, name=entry.name, kind="state", country=country, sector=None,
                     text=text, start=start, end=end),
        )  # fmt: skip

    def _learn_names(self) -> None:
        """Read every name given in full once, so that a bare surname finds it wherever it is asked for."""
        if self._names_learned:
            return
        self._names_learned = True
        for token in self._annotated.doc:
            in_full = any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in token.lefts)
            if (
                token.pos_ == "PROPN"
                and in_full
                and token.dep_ != "compound"
                and token.i not in self._match_at
            ):
                self.at(token, loose=False)

    def _is_titled(self, head: Token) -> bool:
        before = [t.lower_.rstrip(".") for t in head.lefts]
        return any(word in _TITLES or self._actors.role(word) for word in before)

    def _owner_told_before(self, head: Token) -> tuple[ActorRef, ...]:
        """Find whose a named thing is from where it was named in full: *the Games* hosted by Arnor."""
        own = self._owner_of_thing(head)
        if own or any(c.dep_ == "compound" for c in head.children):
            # "The Justice Department" is not the department that was named before.
            return own
        for token in reversed(self._annotated.doc[: head.i]):
            if token.pos_ in ("PROPN", "NOUN") and token.lemma_.lower() == head.lemma_.lower():
                told = self._owner_of_thing(token)
                if told:
                    start, end = self._phrase(head)
                    text = self._annotated.text_of(start, end)
                    return tuple(self._moved(ref, text, start, end) for ref in told)
        return ()

    def _owner_of_thing(self, head: Token) -> tuple[ActorRef, ...]:
        found = self._owners(head, whole=False)
        if found:
            return tuple(found)
        for clause in head.children:
            if clause.dep_ in ("acl", "relcl") and clause.lemma_ in _HOSTING:
                doers = [ref for t in grammar.subjects(clause) for ref in self.at(t, loose=False)]
                if doers:
                    return tuple(doers)
        return ()

    def _name_span(self, head: Token) -> tuple[int, int]:
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
        """Read country and sector from the words before a name and from its apposition."""
        before = [t for t in grammar.modifiers(head)]
        country, sector = self._country_and_sector(before)
        for child in head.children:
            if child.dep_ == "appos":
                inner_country, inner_sector = self._country_and_sector([*child.subtree])
                country, sector = country or inner_country, sector or inner_sector
            elif child.dep_ == "prep" and child.lower_ in ("of", "from"):
                country = country or self._country_and_sector([*child.subtree])[0]
        if head.dep_ == "appos":
            told = [head.head, *grammar.modifiers(head.head), *grammar.possessors(head.head)]
            told += [noun for preposition, noun in grammar.prepositions(head.head) if preposition in _OWNING]
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

    # Groups -----------------------------------------------------------------------------------------

    def _group(self, head: Token, loose: bool) -> tuple[ActorRef, ...]:
        if head.lemma_.lower() in _NEIGHBOUR and not self._appositive(head):
            return self._neighbour(head)
        members = self._members(head)
        if members:
            return members
        sector = self._sector_of(head)
        owners = self._owners(head, whole=sector is not None) or self._senders(head)
        person = self._appositive(head)
        if person and (head.lemma_.lower() in _STATE_ROLES or (sector and person[0].kind == "person")):
            return person
        if sector is None:
            return tuple(owners) if loose and owners else person
        if owners:
            return tuple(self._as_group(owner, sector, head) for owner in owners)
        if person:
            return person
        if self._is_bare_definite(head):
            back = self._refer_body(head)
            if back:
                return back
        start, end = self._phrase(head)
        text = self._annotated.text_of(start, end)
        key = f"G:{sector}:{head.lemma_.lower()}"
        return (
            ActorRef(
                id=key, name=text, kind="group", country=None, sector=sector, text=text, start=start, end=end
            ),
        )

    def _members(self, head: Token) -> tuple[ActorRef, ...]:
        """Take a body of people for the people: *a group of Arnorian lawmakers*."""
        if head.lemma_.lower() not in _BODIES_OF_PEOPLE or grammar.modifiers(head):
            return ()
        for preposition, noun in grammar.prepositions(head):
            if preposition == "of":
                inner = [ref for ref in self.at(noun, loose=False) if ref.kind == "group" and ref.country]
                start, end = self._phrase(head)
                text = self._annotated.text_of(start, end)
                return tuple(self._moved(ref, text, start, end) for ref in inner)
        return ()

    def _senders(self, head: Token) -> list[ActorRef]:
        """Whose people they are where the parse gives *from* to the verb: *expelled diplomats from*."""
        if head.lemma_.lower() not in _SENT or head.i + 1 >= len(head.doc):
            return []
        after = head.nbor(1)
        if after.lower_ != "from" or after.head != head.head:
            return []
        found: dict[str, ActorRef] = {}
        for child in after.children:
            if child.dep_ == "pobj":
                for noun in grammar.coordinated(child):
                    self._take_owner(noun, found)
        return list(found.values())

    def _neighbour(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve *its neighbor*: the last state named before that touches the owner."""
        owners = [ref for t in grammar.possessors(head) for ref in self.at(t, loose=False)]
        touching = (
            self._borders.get(owners[0].country or "", frozenset()) if len(owners) == 1 else frozenset()
        )
        sentence = self._sentence_of[head.i]
        for mention in reversed(self._all_mentions()):
            near = mention.token.i < head.i and sentence - mention.sentence <= 1
            if near and len(mention.parties) == 1 and mention.parties[0].country in touching:
                start, end = self._phrase(head)
                return (self._moved(mention.parties[0], self._annotated.text_of(start, end), start, end),)
        self.reasons[head.i] = "no neighbour named before"
        return ()

    def _sector_of(self, head: Token) -> str | None:
        lemma = head.lemma_.lower()
        for modifier in grammar.modifiers(head):
            compound = self._actors.role(f"{modifier.lower_} {lemma}")
            if compound:
                return compound
        if head.tag_ == "VBG" or (head.pos_ == "ADJ" and head.dep_ == "amod"):
            return None
        return self._actors.role(lemma)

    def _appositive(self, head: Token) -> tuple[ActorRef, ...]:
        for child in head.children:
            if child.dep_ == "appos" and (child.pos_ == "PROPN" or child.i in self._match_at):
                return self.at(child, loose=False)
        return ()

    def _owners(self, head: Token, *, whole: bool) -> list[ActorRef]:
        """Return the states or bodies whose thing or people a noun names."""
        found: dict[str, ActorRef] = {}
        # "his Russian counterpart" is Russia's: what a modifier names comes before a pronoun.
        for token in (*grammar.modifiers(head), *grammar.possessors(head)):
            if not (found and token.pos_ == "PRON"):
                self._take_owner(token, found)
        if not found:
            for preposition, noun in grammar.prepositions(head):
                if preposition in _OWNING or (not whole and preposition in _BESIDE):
                    self._take_owner(noun, found)
                    of_place = noun.pos_ == "PROPN" or noun.lemma_.lower() in _PARTS_OF_STATES
                    if not found and (of_place if whole else preposition == "of"):
                        for deeper in self._owners(noun, whole=False):
                            found.setdefault(deeper.id, deeper)
        return list(found.values())

    def _take_owner(self, token: Token, found: dict[str, ActorRef]) -> None:
        match = self._match_at.get(token.i)
        if match is not None:
            ref = self._ref_of_match(match)
            found.setdefault(ref.id, ref)
        elif token.lower_ in ("their", "its", "his", "her") or is_pair_reference(token):
            for ref in self._refer(token):
                found.setdefault(ref.id, ref)
        elif token.pos_ == "NOUN" and token.dep_ == "poss":
            for ref in self._group(token, loose=True):
                if ref.country:
                    found.setdefault(ref.id, ref)

    def _as_group(self, owner: ActorRef, sector: str, head: Token) -> ActorRef:
        start, end = self._phrase(head)
        country = owner.country
        if owner.kind in ("organisation", "armed_group") and owner.sector not in (None, "GOV", "IGO"):
            sector = owner.sector or sector
        if owner.kind in ("organisation", "armed_group"):
            key = owner.id
        else:
            key = f"{country}:{sector}" if country else owner.id
        text = self._annotated.text_of(start, end)
        kind = owner.kind if owner.kind in ("organisation", "armed_group") else "group"
        return ActorRef(
            id=key, name=text, kind=kind, country=country, sector=sector, text=text, start=start, end=end
        )

    def _phrase(self, head: Token) -> tuple[int, int]:
        """Characters from the first modifier of a noun to the noun itself."""
        lefts = [t for t in head.lefts if t.dep_ not in ("det", "punct", "predet", "cc", "advmod", "mark")]
        first = min((t.left_edge for t in lefts), key=lambda t: t.i, default=head)
        return first.idx, head.idx + len(head.text)

    # References back --------------------------------------------------------------------------------

    def _refer(self, token: Token) -> tuple[ActorRef, ...]:
        if token.lower_.endswith(("self", "selves")):
            return ()
        mentions, sentence = self._all_mentions(), self._sentence_of[token.i]
        if token.lower_ in _REFERENCES:
            link = resolve_pronoun(token, sentence, mentions, lambda ref: ref.id)
        else:
            link = resolve_pair(token, sentence, mentions, _state_of)
        if not link.parties:
            self.reasons[token.i] = link.reason
        end = token.idx + len(token.text)
        refs = self._not_named_beside(token, link.parties)
        if token.lemma_.lower() in _STATE_NOUNS:
            refs = tuple(self._state(ref) for ref in refs)
        return tuple(self._moved(ref, token.text, token.idx, end) for ref in refs)

    def _not_named_beside(self, token: Token, refs: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """Leave a subject empty whose clause names the same party again: *she met Buhari*."""
        if token.dep_ != "nsubj" or token.lower_ not in _REFERENCES:
            return refs
        named = {
            self._match_at[head.i].id for head in grammar.objects(token.head) if head.i in self._match_at
        }
        if named & {ref.id for ref in refs}:
            self.reasons[token.i] = "the one it would mean is named beside it"
            return ()
        return refs

    def _own_side(self, token: Token) -> tuple[ActorRef, ...]:
        """Resolve *we*, *us*, *our* to the country or body of who speaks."""
        start, end = token.idx, token.idx + len(token.text)
        refs = self.spoken_by(token)
        if not refs:
            self.reasons[token.i] = "speaker not known"
        sides = [ref if ref.kind == "organisation" else self._state(ref) for ref in refs]
        return tuple(
            self._moved(ref, token.text, start, end) for ref in sides if ref.country or ref.kind != "person"
        )

    def _state(self, ref: ActorRef) -> ActorRef:
        """The state itself, where people or ministries of it were named: *the two countries*."""
        entry = self._actors.get(ref.country) if ref.country else None
        if entry is None or ref.country is None:
            return ref
        return ActorRef(
            id=ref.country, name=entry.name, kind="state", country=ref.country, sector=None,
            text=ref.text, start=ref.start, end=ref.end,
        )  # fmt: skip

    def _is_bare_definite(self, head: Token) -> bool:
        has_the = any(c.lower_ in ("the", "that", "this") for c in head.children if c.dep_ == "det")
        return has_the and head.lemma_.lower() in _BODIES and not grammar.modifiers(head)

    def _refer_body(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve *the ministry*, *the alliance*, *the president* to the last one that fits."""
        lemma, sentence = head.lemma_.lower(), self._sentence_of[head.i]
        fitting: dict[str, ActorRef] = {}
        for mention in reversed(self._all_mentions()):
            if mention.token.i >= head.i or sentence - mention.sentence > 3:
                continue
            if len(mention.parties) == 1 and self._fits(lemma, mention):
                fitting.setdefault(mention.parties[0].id, mention.parties[0])
                if mention.sentence < sentence or mention.is_subject:
                    break
        if len(fitting) != 1:
            self.reasons[head.i] = "more than one it could mean" if fitting else "nothing named before fits"
            return ()
        start, end = self._phrase(head)
        return (self._moved(next(iter(fitting.values())), self._annotated.text_of(start, end), start, end),)

    def _fits(self, lemma: str, mention: Mention[ActorRef]) -> bool:
        if lemma not in _OFFICE_HEADS:
            return _fits(lemma, mention)
        ref = mention.parties[0]
        if lemma in ref.text.lower():
            return mention.is_person
        return ref.kind == "person" and lemma in self._titles.get(ref.id, frozenset())

    def _note_titles(self, token: Token, ref: ActorRef) -> None:
        """Remember what a person was called: *President Bard*, *Bard, the king of Dale*."""
        words = {t.lemma_.lower() for t in token.lefts}
        for child in token.children:
            if child.dep_ == "appos":
                words |= {child.lemma_.lower(), *(t.lemma_.lower() for t in child.lefts)}
        if token.dep_ == "appos":
            words |= {token.head.lemma_.lower(), *(t.lemma_.lower() for t in token.head.lefts)}
        self._titles.setdefault(ref.id, set()).update(words & _OFFICE_HEADS)

    def _all_mentions(self) -> list[Mention[ActorRef]]:
        if self._mentions is None:
            self._mentions = []
            for token in self._annotated.doc:
                mention = self._mention(token)
                if mention is not None:
                    self._mentions.append(mention)
        return self._mentions

    def _mention(self, token: Token) -> Mention[ActorRef] | None:
        """Make a mention of a noun head; a reference back is one too, made from the mentions before it."""
        if token.dep_ == "nsubj" and (token.lower_ in _REFERENCES or is_pair_reference(token)):
            return self._reference_mention(token)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.dep_ == "compound":
            return None
        if token.pos_ == "ADJ" and token.i not in self._match_at:
            return None
        heads = grammar.coordinated(token) if token.dep_ != "conj" else [token]
        if token.pos_ != "PROPN" and token.i not in self._match_at and self._is_bare_definite(token):
            return None
        parties: dict[str, ActorRef] = {}
        for head in heads:
            if not is_pair_reference(head):
                for ref in self.at(head, loose=False):
                    parties.setdefault(ref.id, ref)
        if not parties:
            return None
        refs = tuple(parties.values())
        gender = self._gender(token)
        if len(refs) == 1:
            self._note_titles(token, refs[0])
            if gender is not None:
                self._genders.setdefault(refs[0].id, gender)
            gender = gender or self._genders.get(refs[0].id)
        is_person = len(refs) == 1 and (refs[0].kind == "person" or token.lemma_.lower() in _OFFICE_HEADS)
        match = self._match_at.get(token.i)
        named_once = match is not None and match.form in ("name", "capital", "acronym") and len(refs) == 1
        plural = not named_once and (len(refs) > 1 or token.tag_ in ("NNS", "NNPS"))
        return Mention(
            token=token, sentence=self._sentence_of[token.i], parties=refs, is_person=is_person,
            is_plural=plural, is_subject=token.dep_ in ("nsubj", "nsubjpass"), gender=gender,
            is_body=len(refs) == 1 and refs[0].kind in ("organisation", "armed_group"),
        )  # fmt: skip

    def _reference_mention(self, token: Token) -> Mention[ActorRef] | None:
        refs = self.at(token, loose=False)
        if not refs:
            return None
        gender = {"he": "male", "she": "female"}.get(token.lower_)
        return Mention(
            token=token, sentence=self._sentence_of[token.i], parties=refs,
            is_person=token.lower_ in SINGULAR_PERSON, is_plural=len(refs) > 1 or token.lower_ in PLURAL,
            is_subject=True, gender=gender,
        )  # fmt: skip

    def _gender(self, token: Token) -> str | None:
        for word in (*token.lefts, token):
            gender = _TITLES.get(word.lower_.rstrip("."))
            if gender:
                return gender
        return None

    def _moved(self, ref: ActorRef, text: str, start: int, end: int) -> ActorRef:
        return ActorRef(
            id=ref.id, name=ref.name, kind=ref.kind, country=ref.country, sector=ref.sector,
            text=text, start=start, end=end,
        )  # fmt: skip


def _state_of(ref: ActorRef) -> str | None:
    return ref.country if ref.kind != "organisation" and ref.country not in ("IGO", "UNO") else None


def _fits(lemma: str, mention: Mention[ActorRef]) -> bool:
    ref = mention.parties[0]
    if lemma in _COUNTRY_WORDS:
        return ref.kind in ("state", "territory")
    if lemma in ref.name.lower() or lemma in ref.text.lower():
        return True
    if lemma in ("alliance", "bloc", "union", "organization", "organisation", "body", "agency"):
        return ref.kind == "organisation"
    return lemma in ("group", "movement", "militia") and ref.kind == "armed_group"
