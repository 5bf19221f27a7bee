"""Anaphora: the antecedents of *he*, *the two countries*, *the ministry*, if any."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from dragoman.coding.parties.mentions import seen_at, seen_in_phrase
from dragoman.coding.syntax import arguments, noun_phrases
from dragoman.knowledge.wordlists import is_party_word, load_party_words
from dragoman.language.coreference import (
    PLURAL,
    SINGULAR_PERSON,
    THING,
    Mention,
    is_pair_reference,
    resolve_pair,
    resolve_pronoun,
)
from dragoman.language.word_columns import word_columns
from dragoman.model.records import ActorRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spacy.tokens import Token

    from dragoman.knowledge.actors import ActorBook, NameMatch
    from dragoman.language.annotated import AnnotatedDocument

REFERENCES = SINGULAR_PERSON | PLURAL | THING
TITLES = {"mr": "male", "mrs": "female", "ms": "female", "king": "male", "queen": "female",
           "chairman": "male", "spokesman": "male", "spokeswoman": "female", "chairwoman": "female",
           "prince": "male", "princess": "female", "sheikh": "male"}  # fmt: skip
_PERSON_ENDINGS = (
    "er", "or", "ist", "man", "woman", "person", "ian", "eer", "ant", "ent", "official", "general", "admiral",
)  # fmt: skip
# Sentences before a reference that it is looked for in; what reads them goes less far back.
_FURTHEST = 6
_NOUNS = frozenset({"NOUN", "PROPN"})


class AnaphoraResolver:
    """Resolves anaphors in a document to the parties named before them."""

    def __init__(
        self,
        annotated: AnnotatedDocument,
        *,
        actors: ActorBook,
        resolve: Callable[..., tuple[ActorRef, ...]],
        match_at: Mapping[int, NameMatch],
        reasons: dict[int, str],
    ) -> None:
        self._annotated = annotated
        self._actors = actors
        self._resolve = resolve
        self._match_at = match_at
        self._reasons = reasons
        self._sentence_of = [n for n, sent in enumerate(annotated.doc.sents) for _ in range(len(sent))]
        self._found: list[Mention[ActorRef]] | None = None
        self._titles: dict[str, set[str]] = {}
        self._genders: dict[str, str] = {}

    def sentence_of(self, token: Token) -> int:
        """Return the number of the sentence that contains a word."""
        return self._sentence_of[token.i]

    def refer(self, token: Token) -> tuple[ActorRef, ...]:
        """Resolve a pronoun or *the two countries*; empty, with the reason recorded, if it is ambiguous."""
        if token.lower_.endswith(("self", "selves")):
            return ()
        mentions, sentence = self._mentions_besides_doer(token), self._sentence_of[token.i]
        if token.lower_ in REFERENCES:
            link = resolve_pronoun(token, sentence, mentions, lambda ref: ref.id)
        else:
            link = resolve_pair(token, sentence, mentions, _state_of)
        if not link.parties:
            self._reasons[token.i] = link.reason
        end = token.idx + len(token.text)
        refs = self._not_named_beside(token, link.parties)
        if is_party_word(token.lemma_.lower(), "state_nouns"):
            refs = tuple(self.state(ref) for ref in refs)
        return tuple(seen_at(ref, token.text, token.idx, end) for ref in refs)

    def _mentions_besides_doer(self, token: Token) -> list[Mention[ActorRef]]:
        """Return the mentions but those of the actor of an object: *Bard thanked **him***, never himself."""
        if token.dep_ not in ("dobj", "dative"):
            return self.mentions()
        sentence = self._sentence_of[token.i]
        mentions = self._mentions_of(sentence - _FURTHEST, sentence + 1)
        doing = {word.i for word in arguments.subjects(token.head)}
        doers = {ref.id for mention in mentions if mention.token.i in doing for ref in mention.parties}
        return [m for m in mentions if not doers or not doers.issuperset(ref.id for ref in m.parties)]

    def _not_named_beside(self, token: Token, refs: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """Return no party for a subject whose clause names the same party again: *she met Buhari*."""
        if token.dep_ != "nsubj" or token.lower_ not in REFERENCES:
            return refs
        named = {
            self._match_at[head.i].id for head in arguments.objects(token.head) if head.i in self._match_at
        }
        if named & {ref.id for ref in refs}:
            self._reasons[token.i] = "the one it would mean is named beside it"
            return ()
        return refs

    def state(self, ref: ActorRef) -> ActorRef:
        """Return the state itself if its people or ministries were named: *the two countries*."""
        entry = self._actors.get(ref.country) if ref.country else None
        if entry is None or ref.country is None:
            return ref
        return ActorRef(
            id=ref.country, name=entry.name, kind="state", country=ref.country, sector=None,
            text=ref.text, start=ref.start, end=ref.end,
        )  # fmt: skip

    def side_of_spokesman(self, head: Token) -> tuple[ActorRef, ...]:
        """Return the side of *a foreign ministry spokesman*: the subject state of the previous sentence.

        The state spoke or acted there. Empty if there is no such subject or if the spokesman addresses that
        state.
        """
        lemma, words = head.lemma_.lower(), {t.lower_ for t in noun_phrases.modifiers(head)}
        if not is_party_word(lemma, "spokesmen") or not words & load_party_words()["offices_of_states"]:
            return ()
        sentence = self._sentence_of[head.i]
        before = [
            m for m in self._mentions_of(sentence - 1, sentence - 1) if m.is_subject and len(m.parties) == 1
        ]
        states = {m.parties[0].country: m.parties[0] for m in before if _state_of(m.parties[0])}
        verbs = [word for word in head.ancestors if word.pos_ == "VERB"]
        aimed_at = [
            ref for verb in verbs[:1] for noun in arguments.objects(verb) for ref in self._resolve(noun)
        ]
        beside = {ref.country for ref in aimed_at}
        if len(states) != 1 or set(states) & beside:
            return ()
        return (self.state(next(iter(states.values()))),)

    def is_the_country(self, head: Token) -> bool:
        """Return True if a noun is *the country* named before, not the speaker's own *this country*."""
        alone = not noun_phrases.modifiers(head) and head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
        return alone and head.lower_ == "country" and any(c.lower_ == "the" for c in head.children)

    def is_everybody(self, head: Token) -> bool:
        """Return True if a noun denotes all those concerned: *all parties*."""
        lemma = head.lemma_.lower()
        return lemma in ("party", "side") and head.tag_ == "NNS" and not noun_phrases.modifiers(head)

    def is_bare_definite(self, head: Token) -> bool:
        """Return True if a noun denotes a body only by its kind: *the ministry*."""
        has_the = any(c.lower_ in ("the", "that", "this") for c in head.children if c.dep_ == "det")
        return (
            has_the
            and is_party_word(head.lemma_.lower(), "named_by_kind")
            and not noun_phrases.modifiers(head)
        )

    def refer_body(self, head: Token) -> tuple[ActorRef, ...]:
        """Resolve *the ministry*, *the alliance*, *the president* to the last matching one."""
        lemma, sentence = head.lemma_.lower(), self._sentence_of[head.i]
        fitting: dict[str, ActorRef] = {}
        doing = (
            {token.i for token in self._doers_above(head)} if is_party_word(lemma, "state_nouns") else set()
        )
        for mention in reversed(self._mentions_of(sentence - 3, sentence)):
            if mention.token.i >= head.i or mention.token.i in doing:
                continue
            if len(mention.parties) == 1 and self._fits(lemma, mention):
                fitting.setdefault(mention.parties[0].id, mention.parties[0])
                if mention.sentence < sentence or mention.is_subject:
                    break
        if len(fitting) != 1:
            self._reasons[head.i] = "more than one it could mean" if fitting else "nothing named before fits"
            return ()
        return seen_in_phrase(fitting.values(), head, self._annotated)

    def _doers_above(self, head: Token) -> list[Token]:
        """Return the actors on *the country*, which are never the country itself."""
        verbs = (word for word in head.ancestors if word.pos_ == "VERB")
        return [subject for verb in verbs for subject in arguments.subjects(verb)]

    def _fits(self, lemma: str, mention: Mention[ActorRef]) -> bool:
        if not is_party_word(lemma, "office_heads"):
            return _fits(lemma, mention)
        ref = mention.parties[0]
        if lemma in ref.text.lower():
            return mention.is_person
        return ref.kind == "person" and lemma in self._titles.get(ref.id, frozenset())

    def _note_titles(self, token: Token, ref: ActorRef) -> None:
        """Record the titles of a person: *President Bard*, *Bard, the king of Dale*."""
        words = {t.lemma_.lower() for t in token.lefts}
        for child in token.children:
            if child.dep_ == "appos":
                words |= {child.lemma_.lower(), *(t.lemma_.lower() for t in child.lefts)}
        if token.dep_ == "appos":
            words |= {token.head.lemma_.lower(), *(t.lemma_.lower() for t in token.head.lefts)}
        self._titles.setdefault(ref.id, set()).update(words & load_party_words()["office_heads"])

    def mentions(self) -> list[Mention[ActorRef]]:
        """Return all mentions in the document, in order; computed on first use."""
        if self._found is None:
            self._found = []
            for word in self._words_that_may_name():
                mention = self._mention(self._annotated.doc[word])
                if mention is not None:
                    self._found.append(mention)
        return self._found

    def _mentions_of(self, first: int, last: int) -> list[Mention[ActorRef]]:
        """Return what is named in the sentences from one number to another."""
        mentions = self.mentions()
        begin = bisect.bisect_left(mentions, first, key=_sentence_number)
        return mentions[begin : bisect.bisect_right(mentions, last, key=_sentence_number)]

    def _words_that_may_name(self) -> list[int]:
        """Return the words that may become mentions; most do not."""
        columns = word_columns(self._annotated.doc)
        return [
            word
            for word, (label, kind) in enumerate(zip(columns.labels, columns.classes, strict=True))
            if label == "nsubj"
            or (label != "compound" and (kind in _NOUNS or (kind == "ADJ" and word in self._match_at)))
        ]

    def _mention(self, token: Token) -> Mention[ActorRef] | None:
        """Create a mention from a noun head; an anaphor gives one too, from the mentions before it."""
        if token.dep_ == "nsubj" and (token.lower_ in REFERENCES or is_pair_reference(token)):
            return self._reference_mention(token)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.dep_ == "compound":
            return None
        if token.pos_ == "ADJ" and token.i not in self._match_at:
            return None
        heads = noun_phrases.coordinated(token) if token.dep_ != "conj" else [token]
        if token.pos_ != "PROPN" and token.i not in self._match_at and self.is_bare_definite(token):
            return None
        parties: dict[str, ActorRef] = {}
        for head in heads:
            if not is_pair_reference(head):
                for ref in self._resolve(head, include_possessors=False):
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
        is_person = len(refs) == 1 and (
            refs[0].kind == "person" or is_party_word(token.lemma_.lower(), "office_heads")
        )
        match = self._match_at.get(token.i)
        if match is not None and match.form == "capital" and _is_setting(token):
            # "Met in Jakarta": the location, not a participant.
            return None
        named_once = match is not None and match.form in ("name", "capital", "acronym") and len(refs) == 1
        plural = not named_once and (len(refs) > 1 or token.tag_ in ("NNS", "NNPS"))
        return Mention(
            token=token, sentence=self._sentence_of[token.i], parties=refs, is_person=is_person,
            is_plural=plural, is_subject=token.dep_ in ("nsubj", "nsubjpass"), gender=gender,
            is_body=len(refs) == 1 and refs[0].kind in ("organisation", "armed_group"),
            is_somebody=len(refs) == 1 and self._is_somebody(token),
        )  # fmt: skip

    def _is_somebody(self, token: Token) -> bool:
        """Return True if a noun with a role is one person: *a lawmaker*, never *an army*."""
        lemma = token.lemma_.lower()
        like_a_person = lemma.endswith(_PERSON_ENDINGS) and not lemma.endswith("ment")
        return (
            token.tag_ == "NN"
            and like_a_person
            and not is_party_word(lemma, "named_by_kind")
            and bool(self._actors.role(lemma))
        )

    def _reference_mention(self, token: Token) -> Mention[ActorRef] | None:
        refs = self._resolve(token, include_possessors=False)
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
            gender = TITLES.get(word.lower_.rstrip("."))
            if gender:
                return gender
        return None


def _sentence_number(mention: Mention[ActorRef]) -> int:
    return mention.sentence


def _is_setting(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near", "outside")


def _state_of(ref: ActorRef) -> str | None:
    return ref.country if ref.kind != "organisation" and ref.country not in ("IGO", "UNO") else None


def _fits(lemma: str, mention: Mention[ActorRef]) -> bool:
    ref = mention.parties[0]
    if is_party_word(lemma, "country_words"):
        return ref.kind in ("state", "territory")
    if lemma in ref.name.lower() or lemma in ref.text.lower():
        return True
    if lemma in ("alliance", "bloc", "union", "organization", "organisation", "body", "agency"):
        return ref.kind == "organisation"
    return lemma in ("group", "movement", "militia") and ref.kind == "armed_group"
