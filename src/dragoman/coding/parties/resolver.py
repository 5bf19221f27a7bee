"""Resolution of nouns to parties: names, groups with a country, unlisted people, anaphora.

Only this module resolves words to parties. It reads a noun phrase by its head: "Russian troops" are
Russia's military, "the ambassador of Japan to Poland" is Japan's government, never Poland's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.nesting import NestingLimit
from dragoman.coding.parties.affiliation import Affiliations
from dragoman.coding.parties.anaphora import REFERENCES, AnaphoraResolver
from dragoman.coding.parties.mentions import phrase_span, ref_of_match, seen_at, seen_in_phrase
from dragoman.coding.parties.sectors import is_role_in_capitals, office_held, sector_of_noun, sector_of_title
from dragoman.coding.parties.ties import tied_noun
from dragoman.coding.parties.unknown_names import UnknownNames
from dragoman.coding.syntax import arguments, noun_phrases
from dragoman.knowledge.actors_reading import Entry
from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.group_ids import group_id
from dragoman.knowledge.wordlists import is_party_word, is_saying_word, load_saying_words
from dragoman.language.coreference import is_pair_reference
from dragoman.language.word_columns import word_columns
from dragoman.model.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from spacy.tokens import Token

    from dragoman.knowledge.actors import ActorBook, NameMatch
    from dragoman.language.annotated import AnnotatedDocument

_WE = frozenset({"we", "us", "our", "ourselves"})
_I = frozenset({"i", "me", "my", "myself"})
_NEIGHBOUR = frozenset({"neighbor", "neighbour"})
_MAY_BE_PAIRS = frozenset({"NOUN", "ADJ", "PRON", "NUM", "DET"})
# Sectors of fighters, and of people known only by what they did.
_ARMED = frozenset({"MIL", "REB", "UAF", "PRM"})
_OF_ANYBODY = frozenset({"CVL", "CRM", "OPP", "GOV", "LEG"})
_HALVES = {"North": "PRK", "South": "KOR"}


def _has_article(head: Token) -> bool:
    return any(c.lower_ in ("a", "an", "one") for c in head.children)


def _is_a_company(head: Token) -> bool:
    """Return True if a demonym stands alone as a name: *American pledged to hire* is not a country."""
    alone = not any(c.dep_ in ("det", "amod", "nummod", "poss") for c in head.children)
    return alone and head.tag_ in ("NNP", "JJ") and head.dep_ == "nsubj" and head.lower_.endswith("an")


def _is_part_of_name(first: Token) -> bool:
    """Return True if letters before a country's name make it another name: *RT America*."""
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


# Nouns resolved for the sake of one another, as in a chain of appositions.
_MAX_NESTING = 12


def _no_speakers(token: Token) -> tuple[Sequence[Token], ...]:
    return ()


class Parties:
    """The parties of one document; each noun head is resolved once and cached.

    Args:
        annotated: A report processed by the language layer.
        actors: The known actors.
        borders: The neighbours of each country.
        common: Words that are common nouns as well as names.
        speaker_heads: The noun heads of the speakers around a word, innermost first. They determine the
            referents of "we" and "us"; without them the first person is the publisher's.
        publisher_id: The state or body that the publisher speaks for; the referent of "we" outside attributed
            text.
    """

    def __init__(
        self,
        annotated: AnnotatedDocument,
        *,
        actors: ActorBook,
        borders: Mapping[str, frozenset[str]],
        common: Container[str],
        speaker_heads: Callable[[Token], Iterable[Sequence[Token]]] = _no_speakers,
        publisher_id: str | None = None,
    ) -> None:
        self._borders = borders
        self._annotated = annotated
        self._actors = actors
        self._on = annotated.document.published_on
        self._match_at: dict[int, NameMatch] = {}
        self._place_names(actors.find(annotated.document.text, on=self._on))
        self._known: dict[tuple[int, bool], tuple[ActorRef, ...]] = {}
        self._nesting = NestingLimit(_MAX_NESTING)
        self.reasons: dict[int, str] = {}
        self._anaphora = AnaphoraResolver(
            annotated, actors=actors, resolve=self.resolve, match_at=self._match_at, reasons=self.reasons
        )
        self._unknown = UnknownNames(
            annotated, actors=actors, common=common, resolve=self.resolve, match_at=self._match_at
        )
        self._affiliations = Affiliations(
            match_at=self._match_at,
            resolve=self.resolve,
            group=self._group,
            refer=self._owner_meant,
            town=self.town,
            role=actors.role,
        )
        self._speaker_heads = speaker_heads
        self._publisher_id = publisher_id

    def _place_names(self, matches: list[NameMatch]) -> None:
        doc = self._annotated.doc
        for match in matches:
            if _is_no_party(match):
                continue
            span = doc.char_span(match.start, match.end, alignment_mode="expand")
            if span is not None and _is_part_of_name(span[0]):
                continue
            # "Russian-backed rebels" are not Russia's: only a separate name is a party.
            for token in span if span is not None and not match.compound else ():
                self._match_at[token.i] = match

    def town(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a town to its country: *shelled Haifa*."""
        return self._unknown.town(head)

    @property
    def publisher_country(self) -> str | None:
        """Return the state that the publisher speaks for; a ministry publishes what its ministers say."""
        refs = self._publisher()
        return refs[0].country if refs else None

    def country_name(self, country: str) -> str:
        """Return the name of a country, or its code if the name is not known."""
        entry = self._actors.get(country)
        return entry.name if entry is not None else country

    def name_of_word(self, index: int) -> NameMatch | None:
        """Return the actor name that covers the word at an index, if any."""
        return self._match_at.get(index)

    def name_at(self, token: Token) -> NameMatch | None:
        """Return the actor name that covers a word, if any."""
        return self._match_at.get(token.i)

    def resolve(self, head: Token, *, include_possessors: bool = True) -> tuple[ActorRef, ...]:
        """Return the parties that a noun head denotes.

        Args:
            head: The head of a noun phrase, a modifier such as a demonym, or a pronoun.
            include_possessors: Whether to include the owner of a thing ("Ukrainian cities", "Gondor's
                border").
        """
        key = (head.i, include_possessors)
        if key in self._known:
            return self._known[key]
        with self._nesting as allowed:
            if not allowed:
                return ()
            self._known[key] = ()
            self._known[key] = self._find(head, include_possessors)
        return self._known[key]

    def is_only_near(self, head: Token, ref: ActorRef) -> bool:
        """Return True for a party named only as one that another has ties to: *a bank linked to **Gondor***.

        Fighters act for those they have ties to, and a person with ties to an armed group may be a member.

        Args:
            head: The word at which the party is mentioned.
            ref: The party.
        """
        noun = tied_noun(head)
        if noun is None:
            return False
        role = self._actors.role(noun.lemma_.lower())
        if ref.kind == "armed_group":
            return role is not None and role not in _ARMED | _OF_ANYBODY
        return role not in _ARMED

    def resolve_together(self, heads: Iterable[Token]) -> tuple[ActorRef, ...]:
        """Return the distinct parties that several noun heads denote, excluding owners of things."""
        refs: dict[str, ActorRef] = {}
        for head in heads:
            for ref in self.resolve(head, include_possessors=False):
                refs.setdefault(ref.id, ref)
        return tuple(refs.values())

    def named_in_capitals(self, start: int, end: int) -> tuple[ActorRef, ...]:
        """Return the people named by words in capitals, as if these were written as names."""
        words = self._annotated.text_of(start, end)
        matches = self._actors.find_in_phrase(words.title(), on=self._on) if words.isupper() else []
        people = [ref_of_match(match) for match in matches if match.kind == "person"]
        return tuple(seen_at(ref, words, start, end) for ref in people)

    def _find(self, head: Token, include_possessors: bool) -> tuple[ActorRef, ...]:
        lower, word_class = head.lower_, head.pos_
        if head.tag_ == "VBN" and head.dep_ == "amod":
            return ()  # "A suspected attack": no suspect.
        if lower in REFERENCES or lower == "both":
            return self._anaphora.refer(head)
        match = self._match_at.get(head.i)
        if match is not None:
            return self._named(head, match)
        if lower in _WE and head.text != "US":
            return self._own_side(head)
        if lower in _I:
            return self._speaking(head)
        if word_class in _MAY_BE_PAIRS and is_pair_reference(head):
            return self._anaphora.refer(head)
        if word_class == "NUM" or is_party_word(head.lemma_.lower(), "counting"):
            return self._counted(head, include_possessors)
        if word_class == "PROPN":
            named = self._half_of_country(head) or self._role_in_capitals(head)
            named = named or self._unknown.find(head) or self._outlet(head) or self._institution(head)
            return named or (self._owner_told_before(head) if include_possessors else ())
        if word_class in ("NOUN", "ADJ", "VERB"):
            return self._group(head, include_possessors)
        return ()

    # Names ------------------------------------------------------------------------------------------

    def _named(self, head: Token, match: NameMatch) -> tuple[ActorRef, ...]:
        if match.kind == "person":
            return (self._titled(head, match),)
        if match.form == "demonym" and _is_a_company(head):
            return ()
        if match.form == "demonym" and head.tag_ in ("NN", "NNP") and _has_article(head):
            # "An Afghan stabbed ...": a citizen, not the state.
            return (self._as_group(ref_of_match(match), "CVL", head),)
        return (ref_of_match(match),)

    def _titled(self, head: Token, match: NameMatch) -> ActorRef:
        """Give a person the sector of the title in the text, more specific than the tables of offices."""
        first = head
        while first.i > 0 and self._match_at.get(first.i - 1) is match:
            first = first.nbor(-1)
        ref, sector = ref_of_match(match), sector_of_title(head, self._actors, first.i)
        return ref if sector is None else msgspec.structs.replace(ref, sector=sector)

    def _half_of_country(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve *the North* and *the South* in a report that names one of the Koreas."""
        whole = _HALVES.get(head.text)
        if whole is None:
            return ()
        words = {c.lower_ for c in head.children}
        if "the" not in words or words - {"the", "'s", "’s", ","}:
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

    def _role_in_capitals(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a role written like a name: *the Gondorian **Army***, *Arnor's Prime **Minister***."""
        if not is_role_in_capitals(head, self._actors, self._match_at):
            return ()
        return self._group(head, include_possessors=False)

    def _outlet(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a named outlet described as belonging to a state: *Gondor's state-run **APN***."""
        words = {t.lower_ for t in head.subtree if t.i <= head.i}
        if self._sector_of(head) != "JRN" and not words & load_saying_words()["of_the_state"]:
            return ()
        owners = self._affiliations.affiliations_of(head, whole=True)
        return tuple(self._as_group(owner, "JRN", head) for owner in owners if owner.kind == "state")

    def _owner_told_before(self, head: Token) -> tuple[ActorRef, ...]:
        """Find the owner of a named thing from its full mention: *the Games* hosted by Arnor."""
        own = self._owner_of_thing(head)
        if own or any(c.dep_ == "compound" for c in head.children):
            # "The Justice Department" is not the department named before.
            return own
        columns, lemma = word_columns(self._annotated.doc), head.lemma_.lower()
        for word in range(head.i - 1, -1, -1):
            if columns.lemmas[word] == lemma and columns.classes[word] in ("PROPN", "NOUN"):
                told = self._owner_of_thing(self._annotated.doc[word])
                if told:
                    return seen_in_phrase(told, head, self._annotated)
        return ()

    def _owner_of_thing(self, head: Token) -> tuple[ActorRef, ...]:
        found = self._affiliations.affiliations_of(head, whole=False)
        if found:
            return tuple(found)
        for clause in head.children:
            if clause.dep_ in ("acl", "relcl") and is_party_word(clause.lemma_, "hosting"):
                doers = [
                    ref
                    for t in arguments.subjects(clause)
                    for ref in self.resolve(t, include_possessors=False)
                ]
                if doers:
                    return tuple(doers)
        return ()

    # Groups -----------------------------------------------------------------------------------------

    def _group(self, head: Token, include_possessors: bool) -> tuple[ActorRef, ...]:
        if head.lemma_.lower() in _NEIGHBOUR and not self._appositive(head):
            return self._neighbour(head)
        if self._anaphora.is_everybody(head):
            return ()
        members = self._members(head) or self._person_of_person(head)
        if members:
            return members
        sector = self._sector_of(head)
        owners = self._affiliations.affiliations_of(
            head, whole=sector is not None
        ) or self._affiliations.origins_of(head)
        person = self._appositive(head)
        if person and (
            is_party_word(head.lemma_.lower(), "state_roles") or (sector and person[0].kind == "person")
        ):
            return person
        if sector is None:
            if not owners and self._anaphora.is_the_country(head):
                return self._anaphora.refer_body(head)
            return tuple(owners) if include_possessors and owners else person
        if sector is not None and not owners:
            owners = list(self._anaphora.side_of_spokesman(head))
        if owners:
            holder = self._holder(head, owners)
            return holder or tuple(self._as_group(owner, sector, head) for owner in owners)
        if person:
            return person
        if self._anaphora.is_bare_definite(head):
            back = self._anaphora.refer_body(head)
            if back:
                return back
        return self._told_by_phrase(head) or (self._of_no_country(head, sector),)

    def _of_no_country(self, head: Token, sector: str) -> ActorRef:
        start, end = phrase_span(head)
        text = self._annotated.text_of(start, end)
        key = group_id(None, sector, head.lower_)
        return ActorRef(
            id=key, name=text, kind="group", country=None, sector=sector, text=text, start=start, end=end
        )

    def _told_by_phrase(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a group by its whole phrase if the parse attaches its country elsewhere.

        "A professor of history at the University of Lagos": the place is attached to "history".
        """
        behind = [noun.right_edge for _, noun in noun_phrases.prepositions(head)]
        return self._read_alone(head, max(behind, key=lambda word: word.i)) if behind else ()

    def _institution(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a body named after its town: *the Osaka District **Court***."""
        return self._read_alone(head, head) if self._actors.role(head.lower_) else ()

    def _read_alone(self, head: Token, last: Token) -> tuple[ActorRef, ...]:
        """Resolve a phrase as if it stood alone, if it is a group with a country and a sector."""
        start, end = phrase_span(head)
        words = self._annotated.text_of(start, last.idx + len(last.text))
        found = self._actors.resolve(words, on=self._on)
        if found is None or found.country is None or found.kind != "group" or found.sector is None:
            return ()
        text = self._annotated.text_of(start, end)
        return (
            ActorRef(id=found.id, name=text, kind="group", country=found.country, sector=found.sector,
                     text=text, start=start, end=end),
        )  # fmt: skip

    def _holder(self, head: Token, owners: Sequence[ActorRef]) -> tuple[ActorRef, ...]:
        """Resolve an office of a state to its holder on the day: *the Gondorian **president***."""
        if self._on is None or len(owners) != 1 or owners[0].kind not in ("state", "territory"):
            return ()
        found = office_held(head, owners[0].id, self._actors, self._match_at, self._on)
        if found is None:
            return ()
        person, country, sector = found
        start, end = phrase_span(head)
        text = self._annotated.text_of(start, end)
        return (
            ActorRef(id=person.id, name=person.name, kind="person", country=country, sector=sector,
                     text=text, start=start, end=end),
        )  # fmt: skip

    def _person_of_person(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a person described by another: *Faramir's guest* is not Faramir, but from his country."""
        if not is_party_word(head.lemma_.lower(), "persons_of_persons"):
            return ()
        owners = [ref for token in noun_phrases.possessors(head) for ref in self.resolve(token)]
        if not any(ref.kind == "person" for ref in owners):
            return ()
        return (
            self._appositive(head) or tuple(self._as_group(o, "CVL", head) for o in owners if o.country)[:1]
        )

    def _members(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve a body of people to the people: *a group of Arnorian lawmakers*."""
        if not is_party_word(head.lemma_.lower(), "bodies_of_people") or noun_phrases.modifiers(head):
            return ()
        for preposition, noun in noun_phrases.prepositions(head):
            if preposition == "of":
                inner = [ref for ref in self.resolve(noun, include_possessors=False) if ref.kind == "group"]
                return seen_in_phrase(inner, head, self._annotated)
        return ()

    def _counted(self, head: Token, include_possessors: bool) -> tuple[ActorRef, ...]:
        """Resolve a number to what is counted: *one of the Gondorian captives*, *$2 billion of ...*."""
        for preposition, noun in noun_phrases.prepositions(head):
            if preposition == "of":
                return seen_in_phrase(
                    self.resolve(noun, include_possessors=include_possessors), head, self._annotated
                )
        return ()

    def _neighbour(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve *its neighbor*: the last state named before that borders the owner."""
        owners = [
            ref for t in noun_phrases.possessors(head) for ref in self.resolve(t, include_possessors=False)
        ]
        touching = (
            self._borders.get(owners[0].country or "", frozenset()) if len(owners) == 1 else frozenset()
        )
        sentence = self._anaphora.sentence_of(head)
        for mention in reversed(self._anaphora.mentions()):
            near = mention.token.i < head.i and sentence - mention.sentence <= 1
            if near and len(mention.parties) == 1 and mention.parties[0].country in touching:
                state = self._anaphora.state(mention.parties[0])
                return seen_in_phrase((state,), head, self._annotated)
        self.reasons[head.i] = "no neighbour named before"
        return ()

    def _sector_of(self, head: Token) -> str | None:
        return sector_of_noun(head, self._actors, self._match_at)

    def _appositive(self, head: Token) -> tuple[ActorRef, ...]:
        for child in head.children:
            if child.dep_ == "appos" and (child.pos_ == "PROPN" or child.i in self._match_at):
                return self.resolve(child, include_possessors=False)
        return ()

    def _as_group(self, owner: ActorRef, sector: str, head: Token) -> ActorRef:
        start, end = phrase_span(head)
        country = owner.country
        if owner.kind in ("organisation", "armed_group") and owner.sector not in (None, "GOV", "IGO"):
            sector = owner.sector or sector
        if owner.kind in ("organisation", "armed_group"):
            key = owner.id
        else:
            key = group_id(country, sector, head.lower_) if country else owner.id
        text = self._annotated.text_of(start, end)
        kind = owner.kind if owner.kind in ("organisation", "armed_group") else "group"
        return ActorRef(
            id=key, name=text, kind=kind, country=country, sector=sector, text=text, start=start, end=end
        )

    # First person -------------------------------------------------------------------------------------

    def _owner_meant(self, token: Token) -> tuple[ActorRef, ...]:
        """Resolve a word that denotes an owner: in *our embassy*, *my country* the speaker's side."""
        if token.lower_ in _WE or token.lower_ in _I:
            return self._own_side(token)
        return self._anaphora.refer(token)

    def _own_side(self, token: Token) -> tuple[ActorRef, ...]:
        """Resolve *we*, *us*, *our* to the country or body of the speaker."""
        start, end = token.idx, token.idx + len(token.text)
        sides = self._sides_of(self._speaker_of(token)) or self._sides_of(self._publisher())
        if not sides:
            self.reasons[token.i] = "speaker not known"
        return tuple(seen_at(ref, token.text, start, end) for ref in sides)

    def _sides_of(self, refs: Iterable[ActorRef]) -> list[ActorRef]:
        """Return the states and bodies that speakers represent: none for a person of an unknown state."""
        sides = (ref if ref.kind == "organisation" else self._anaphora.state(ref) for ref in refs)
        return [ref for ref in sides if ref.country or ref.kind != "person"]

    def _speaking(self, token: Token) -> tuple[ActorRef, ...]:
        """Resolve *I*, *me*, *my* to the speaker, else to the state or body that the publisher speaks for."""
        refs = self._speaker_of(token)
        if not any(ref.country for ref in refs):
            # An unknown minister speaks for the state that publishes the text.
            refs = self._publisher() or refs
        if not refs:
            self.reasons[token.i] = "speaker not known"
        end = token.idx + len(token.text)
        return tuple(seen_at(ref, token.text, token.idx, end) for ref in refs)

    @property
    def publisher_refs(self) -> tuple[ActorRef, ...]:
        """Return the state or body that the publisher speaks for; empty for a newspaper."""
        return self._publisher()

    def _publisher(self) -> tuple[ActorRef, ...]:
        entry = self._actors.get(self._publisher_id) if self._publisher_id else None
        if not isinstance(entry, Entry):
            return ()
        return (
            ActorRef(id=entry.id, name=entry.name, kind=entry.kind, country=entry.country,
                     sector=entry.sector_on(self._on), text="", start=0, end=0),
        )  # fmt: skip

    def _speaker_of(self, token: Token) -> tuple[ActorRef, ...]:
        """Return the innermost resolvable speaker of a word."""
        resolved = (self.resolve_together(heads) for heads in self._speaker_heads(token))
        return next((refs for refs in resolved if refs), ())


def _is_no_party(match: NameMatch) -> bool:
    """Return True for a surname that is a day (never Godwin Friday) and for a platform for posts."""
    if match.form == "person":
        return is_calendar_name(match.text)
    return is_saying_word(match.text.lower(), "platforms")
