"""Conservative coreference: the antecedent of a pronoun or of a noun phrase without a name.

It selects among mentions that have already been resolved. If two are equally likely it selects none: an
empty field costs less than a wrong one.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from dragoman.knowledge.wordlists import is_act_word, is_party_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Token

PartyT = TypeVar("PartyT")

SINGULAR_PERSON = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
THING = frozenset({"it", "its", "itself"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
# The number of parties that a number word denotes.
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
_OVER = frozenset(
    {"over", "for", "after", "following", "because", "to", "in", "of", "against", "despite", "with"}
)
# Maximum distance of an antecedent in sentences: two, about a paragraph of a report.
_REACH = 2


@dataclass(frozen=True, slots=True)
class Mention(Generic[PartyT]):
    """A mention that has been resolved.

    `is_body`: an organisation, to which *they* may also refer. `is_somebody`: one unnamed person.
    """

    token: Token
    sentence: int
    parties: tuple[PartyT, ...]
    is_person: bool
    is_plural: bool
    is_subject: bool
    gender: str | None = None
    is_body: bool = False
    is_somebody: bool = False


@dataclass(frozen=True, slots=True)
class Link(Generic[PartyT]):
    """The parties that a reference denotes, or the reason why there are none."""

    parties: tuple[PartyT, ...]
    reason: str


def is_pair_reference(token: Token) -> bool:
    """Return True if a phrase refers to two parties named before: *the two countries*, *both sides*."""
    if not is_party_word(token.lemma_.lower(), "pair_nouns") and token.lower_ != "both":
        return token.lower_ in ("two", "both") and token.dep_ in ("nsubj", "dobj", "pobj")
    words = {child.lower_ for child in token.children}
    named = any(child.dep_ in ("amod", "poss", "compound") for child in token.children)
    return bool(words & _COUNTS.keys() or token.lower_ == "both") and not named


def _count_of(token: Token) -> int:
    """Return the number of parties that a phrase denotes: three for *the three countries*."""
    return next((_COUNTS[c.lower_] for c in token.children if c.lower_ in _COUNTS), 2)


def resolve_pair(
    token: Token,
    sentence: int,
    mentions: Sequence[Mention[PartyT]],
    country_of: Callable[[PartyT], str | None],
) -> Link[PartyT]:
    """Find the parties that *the two countries* or *the three allies* denotes.

    Searches backwards sentence by sentence for a subject that names exactly that number of countries, or for
    a sentence that names exactly that number.
    """
    count = _count_of(token)
    behind = bisect.bisect_left(mentions, token.i, key=_place)
    before = mentions[bisect.bisect_left(mentions, sentence - 4, hi=behind, key=_sentence) : behind]
    for number in range(sentence, sentence - 5, -1):
        here = [m for m in before if m.sentence == number]
        for mention in reversed(here):
            pair = _distinct(mention.parties, country_of)
            if mention.is_subject and len(pair) == count:
                return Link(tuple(pair.values()), "named together before")
        pair = _distinct([p for m in here for p in m.parties], country_of)
        if len(pair) == count:
            return Link(tuple(pair.values()), "the only countries of one sentence")
    return Link((), "not so many countries named before")


def _distinct(parties: Sequence[PartyT], country_of: Callable[[PartyT], str | None]) -> dict[str, PartyT]:
    found: dict[str, PartyT] = {}
    for party in parties:
        country = country_of(party)
        if country:
            found.setdefault(country, party)
    return found


def resolve_pronoun(
    token: Token, sentence: int, mentions: Sequence[Mention[PartyT]], key: Callable[[PartyT], str]
) -> Link[PartyT]:
    """Find the antecedent of *he*, *she*, *it* or *they* among the mentions before it."""
    word = token.lower_
    if word in _POSSESSIVE:
        own = _clause_subject(token, mentions, plural=word == "their", person=word in SINGULAR_PERSON)
        if own is not None:
            return Link(own.parties, "the subject of its clause")
    teller = _teller(token, mentions)
    if teller is not None:
        return Link(teller.parties, "the one who says it")
    behind = bisect.bisect_left(mentions, token.i, key=_place)
    first = bisect.bisect_left(mentions, sentence - _REACH, hi=behind, key=_sentence)
    before = mentions[first:behind]
    if word in SINGULAR_PERSON:
        return _resolve_person(token, sentence, before, key)
    if word in PLURAL:
        return _resolve_plural(token, sentence, before, key)
    if word in THING:
        return _resolve_thing(token, sentence, before, key)
    return Link((), "not a pronoun that is followed")


def _place(mention: Mention[PartyT]) -> int:
    return mention.token.i


def _sentence(mention: Mention[PartyT]) -> int:
    return mention.sentence


def _around(token: Token, mentions: Sequence[Mention[PartyT]]) -> dict[int, Mention[PartyT]]:
    """Return the mentions in a word's sentence by token index. `mentions` is in text order."""
    root = token
    while root.head != root:
        root = root.head
    first = bisect.bisect_left(mentions, root.left_edge.i, key=_place)
    end = bisect.bisect_right(mentions, root.right_edge.i, key=_place)
    return {m.token.i: m for m in mentions[first:end]}


def _clause_subject(
    token: Token, mentions: Sequence[Mention[PartyT]], *, plural: bool, person: bool
) -> Mention[PartyT] | None:
    """Return the subject of the nearest verb above a possessive, if it agrees: *Arnor massed its troops*."""
    by_word = _around(token, mentions)
    beside = by_word.get(token.head.head.i) if token.head.dep_ == "conj" else None
    if beside is not None and beside.is_person == person and beside.is_plural == plural:
        # "Attacked Gondor and its allies": the allies of the party named before *and*.
        return beside
    for above in token.ancestors:
        if above.pos_ not in ("VERB", "AUX"):
            continue
        dealt_with = _dealt_with(above, token)
        if dealt_with is not None:
            mention = by_word.get(dealt_with.i)
            if mention is not None and mention.is_person == person:
                return mention if mention.is_plural == plural or mention.is_body else None
        subjects = [c for c in above.lefts if c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i]
        if above.dep_ == "acl":
            subjects = subjects or [above.head]
        for subject in subjects:
            mention = by_word.get(subject.i)
            if mention is None:
                return None
            fits = mention.is_person == person and (mention.is_plural == plural or mention.is_body)
            return mention if fits else None
    return None


def _dealt_with(verb: Token, possessive: Token) -> Token | None:
    """Return the object of a verb such as *praise* or *blame* if the possessive is in the reason given."""
    if not is_act_word(verb.lemma_, "about_object") and not is_act_word(verb.lemma_, "laid_on"):
        return None
    reason = _reason_with(verb, possessive)
    if reason is None:
        return None
    told = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.i < reason.i]
    if is_act_word(verb.lemma_, "about_object"):
        owners = [c for head in told for c in head.children if c.dep_ == "poss" and c.i != possessive.i]
        return next(iter((*owners, *told)), None)
    laid = [
        c for head in (verb, *told) for c in head.children
        if c.dep_ == "prep" and c.lower_ in ("on", "against", "upon") and c.i < reason.i
    ]  # fmt: skip
    return next((noun for c in laid for noun in c.children if noun.dep_ == "pobj"), None)


def _reason_with(verb: Token, possessive: Token) -> Token | None:
    """Return the phrase after a verb and its object that contains a possessive: *over **its** attack*."""
    for above in possessive.ancestors:
        if above.i <= verb.i or not verb.is_ancestor(above):
            return None
        if above.dep_ in ("prep", "agent") and above.lower_ in _OVER:
            return above
        if above.dep_ in ("xcomp", "ccomp", "advcl") and above.head == verb:
            return above
    return None


def _teller(token: Token, mentions: Sequence[Mention[PartyT]]) -> Mention[PartyT] | None:
    """Return the subject of the verb whose content a clause is: *Arnor said **it** would withdraw*."""
    verb = token.head
    while verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.dep_ != "ccomp":
        return None
    subjects = [c for c in verb.head.lefts if c.dep_ == "nsubj" and c.i < token.i]
    mention = _around(token, mentions).get(subjects[0].i) if subjects else None
    if mention is None:
        return None
    word = token.lower_
    if word in SINGULAR_PERSON:
        fits = mention.is_person or mention.is_somebody
    elif word in PLURAL:
        fits = mention.is_plural or mention.is_body
    else:
        fits = not mention.is_person and not mention.is_plural
    return mention if fits else None


def _same_clause_object(token: Token, mention: Mention[PartyT]) -> bool:
    """Return True if a pronoun cannot refer to a mention, its clause's subject: *Putin met him*."""
    if token.lower_ in ("him", "her", "them", "it") and token.dep_ in ("dobj", "pobj", "dative"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        while verb.pos_ == "NOUN" and verb.head != verb:
            verb = verb.head if verb.dep_ != "pobj" else verb.head.head
        while verb.dep_ in ("advcl", "xcomp", "conj") and not any(c.dep_ == "nsubj" for c in verb.children):
            # "Called the king to thank him", "met him and voiced support for him": both verbs have the same
            # subject.
            verb = verb.head
        return mention.token.head == verb and mention.is_subject
    return False


def _resolve_person(
    token: Token, sentence: int, before: Sequence[Mention[PartyT]], key: Callable[[PartyT], str]
) -> Link[PartyT]:
    gender = "female" if token.lower_ in ("she", "her", "hers", "herself") else "male"
    people = [
        m
        for m in before
        if m.is_person
        and len(m.parties) == 1
        and m.gender in (None, gender)
        and not _same_clause_object(token, m)
    ]
    for number in range(sentence, sentence - _REACH - 1, -1):
        here = [m for m in before if m.sentence == number]
        together = next((m for m in here if m.is_subject and _are_people(m, people)), None)
        if together is not None and not any(m.is_subject for m in people if m.sentence == number):
            return Link((), "two people named together before")
        if any(m.sentence == number for m in people):
            break
    return _choose(people, sentence, key, "person")


def _are_people(mention: Mention[PartyT], people: Sequence[Mention[PartyT]]) -> bool:
    """Return True if the members of a plural subject are mentions themselves: *Bard and Bain met*."""
    words = {m.token.i for m in people}
    conjuncts = {t.i for t in mention.token.conjuncts}
    return len(mention.parties) > 1 and bool(words & conjuncts)


def _resolve_plural(
    token: Token, sentence: int, before: Sequence[Mention[PartyT]], key: Callable[[PartyT], str]
) -> Link[PartyT]:
    many = [m for m in before if m.is_plural and not _same_clause_object(token, m)]
    link = _choose(many, sentence, key, "plural")
    if link.parties or many:
        return link
    bodies = [m for m in before if m.is_body and not _same_clause_object(token, m)]
    return _choose(bodies, sentence, key, "plural")


def _resolve_thing(
    token: Token, sentence: int, before: Sequence[Mention[PartyT]], key: Callable[[PartyT], str]
) -> Link[PartyT]:
    things = [
        m
        for m in before
        if not m.is_person and not m.is_plural and len(m.parties) == 1 and not _same_clause_object(token, m)
    ]
    return _choose(things, sentence, key, "country or body")


def _choose(
    fitting: Sequence[Mention[PartyT]], sentence: int, key: Callable[[PartyT], str], what: str
) -> Link[PartyT]:
    """Return the only candidate, or the only subject, of the nearest sentence with candidates."""
    for number in range(sentence, sentence - _REACH - 1, -1):
        here = [m for m in fitting if m.sentence == number]
        if not here:
            continue
        groups = {tuple(sorted(key(p) for p in m.parties)): m for m in here}
        if len(groups) == 1:
            return Link(next(iter(groups.values())).parties, f"the only {what} named before")
        subjects = {tuple(sorted(key(p) for p in m.parties)): m for m in here if m.is_subject}
        if len(subjects) == 1:
            return Link(next(iter(subjects.values())).parties, f"the {what} that is subject before")
        main = {k: m for k, m in subjects.items() if m.token.head.dep_ == "ROOT"}
        if len(main) == 1:
            return Link(next(iter(main.values())).parties, f"the {what} that is subject before")
        return Link((), f"more than one {what} it could mean")
    return Link((), f"no {what} named before")
