"""The best matching codebook rule of a trigger, composed with its governors.

An act is not yet an event: it has no date, no speaker, no factuality. A governor (promise, refuse, demand,
stop) converts the act below it into another, according to the codebook's composition table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.candidates import location_recipients
from dragoman.coding.candidates.event_candidate import EventCandidate, composed_code
from dragoman.coding.nesting import NestingLimit
from dragoman.coding.parties.sides import sides
from dragoman.coding.reading.composition import (
    affected_heads,
    has_each_other,
    is_reciprocal,
    is_worth_coding,
    need_of,
    only_states,
)
from dragoman.coding.reading.triggers import RuleMatch, match_rules
from dragoman.coding.syntax import arguments, noun_phrases, subordination
from dragoman.coding.syntax.slots import carrier, inside, nouns_in
from dragoman.knowledge.group_ids import group_id
from dragoman.knowledge.patterns import NOUN_RECIPIENT, Governor, Pattern
from dragoman.knowledge.wordlists import is_act_word

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.knowledge.codebook import Codebook
    from dragoman.model.records import ActorRef

# Default recipient slots of each class of governor, when its rule does not specify them.
_GOVERNOR_RECIPIENT: dict[str, tuple[str, ...]] = {
    "demand": ("object", "indirect", "on", "upon", "of", "to", "from", "complement.subject", "object.any"),
    "undertake": ("indirect", "object", "to", "with", "for", "object.to", "object.for", "object.any"),
    "refuse": ("object", "object.possessor", "object.any", "to", "with"),
    "threaten": ("object", "indirect", "against", "to", "with", "object.any"),
    "deny": ("object.possessor", "object.by", "object.from"),
    "accuse": ("object", "against", "of", "complement.subject"),
    "support": ("object", "object.possessor", "object.any"),
    "oppose": ("object", "object.possessor", "complement.subject", "object.any", "to"),
    "help": ("object", "indirect", "to"),
    "allow": ("object", "indirect", "to"),
    "force": ("object",),
    "propose": ("to", "with", "indirect"),
}


# Acts whose recipient is the party at their place, when no other is named.
_AT_A_PLACE = frozenset({"AID", "ASSAULT"})


# Verbs and nouns that govern one another: *refused to agree to stop to ...*
_MAX_NESTING = 16


class RuleMatcher:
    """Interpreter of the clauses of one document; caches the result for each word."""

    def __init__(self, book: Codebook, parties: Parties) -> None:
        self._book = book
        self._parties = parties
        self._light = frozenset(book.sets.get("light", ()))
        self._transparent = frozenset(book.sets.get("transparent", ()))
        self._known: dict[tuple[int, bool], EventCandidate | None] = {}
        self._holding: dict[int, list[RuleMatch]] = {}
        self._nesting = NestingLimit(_MAX_NESTING)

    def candidate_at(self, token: Token, *, governed: bool = False) -> EventCandidate | None:
        """Return the act at this word, or None when no rule holds.

        Args:
            token: The trigger.
            governed: True if the word is below a governor, which supplies the missing parties.
        """
        key = (token.i, governed)
        if key in self._known:
            return self._known[key]
        with self._nesting as allowed:
            if not allowed:
                return None
            self._known[key] = None  # breaks cycles in malformed parses
            self._known[key] = self._best_match(token, governed)
        return self._known[key]

    def _best_match(self, token: Token, governed: bool) -> EventCandidate | None:
        # Called twice for each word, governed and not; the rules that hold are the same.
        holding = self._holding.get(token.i)
        if holding is None:
            holding = [
                rule_match for rule_match in match_rules(token, self._book) if rule_match.failed is None
            ]
            self._holding[token.i] = holding
        if not holding:
            return None
        candidates = [found for rule_match in holding if (found := self._apply(rule_match, governed))]
        if not candidates:
            return None
        return max(candidates, key=lambda pair: pair[0])[1]

    def _apply(
        self, rule_match: RuleMatch, governed: bool
    ) -> tuple[tuple[int, int, int], EventCandidate] | None:
        if isinstance(rule_match.rule, Pattern):
            act = self._from_pattern(rule_match.rule, rule_match.token, governed)
            understood = 1 if rule_match.specificity[0] else 0
        else:
            act = self._from_governor(rule_match.rule, rule_match.token, governed)
            understood = 2 if act is not None and act.inner is not None else -1
            if act is not None and act.inner is None and rule_match.specificity[0]:
                understood = 0
        if act is None:
            return None
        strength = {"sure": 2, "likely": 1, "weak": 0}[act.strength]
        return (understood, sum(rule_match.specificity), strength), act

    def _from_pattern(self, rule: Pattern, token: Token, governed: bool) -> EventCandidate | None:
        kind = rule.kind
        if rule.event_type == "AID" and self._means_harm(token):
            return None
        support = self._support(token, kind)
        actors = self._first(rule.actor, token, kind, support)
        recipients = self._recipients_or_place(rule, token, support, actors)
        if rule.event_type == "ASSAULT" and all(a.kind in ("person", "group") for a in actors):
            # "Rammed his car into ..." does not name the recipient.
            owned = {t.idx for head in arguments.objects(token) for t in noun_phrases.possessors(head)}
            recipients = tuple(r for r in recipients if r.start not in owned or r.text[:1].isupper())
        need = rule.conditions.need or self._default_need(rule, token, support)
        if rule.mutual and not recipients and kind == "noun":
            actors = self._mutual_actors(rule, token, support) or actors
        if not _kinds_hold(actors, rule.conditions.actor_is):
            return None
        if not _kinds_hold(recipients, rule.conditions.recipient_is):
            return None
        mutual = rule.mutual or rule.event_type in _SHARED_TYPES or is_reciprocal(token)
        if mutual and len({a.id for a in actors}) > 1 and has_each_other(token):
            recipients = ()
        act = EventCandidate(
            event_type=rule.event_type, mode=rule.mode, rule=rule.rule, trigger=token, actors=actors,
            recipients=recipients, strength=rule.strength, contexts=rule.contexts, cameo=rule.cameo,
            need=need, absorbed=tuple(self._absorbed(token, rule)),
        )  # fmt: skip
        return act if governed or _has_needed(act, mutual=mutual) else None

    def _means_harm(self, token: Token) -> bool:
        """Return True if an object given or sent is for use against a party: *sent jets to bomb Gondor*."""
        for clause in subordination.purposes(token):
            act = self.candidate_at(clause, governed=True)
            if is_act_word(clause.lemma_, "harming") or (
                act is not None and act.event_type in ("ASSAULT", "COERCE")
            ):
                return True
        return False

    def _recipients(
        self, rule: Pattern, token: Token, support: Token | None, actors: tuple[ActorRef, ...]
    ) -> tuple[ActorRef, ...]:
        """Return the recipients; condemning an attack is directed at the attacker, not at the attacked."""
        plain = tuple(slot for slot in rule.recipient if not slot.endswith(".any"))
        found = self._first(plain, token, rule.kind, support, besides=actors)
        if found and not (rule.event_type in _SPEECH_TYPES and rule.kind == "verb"):
            return found
        if rule.kind == "verb" and rule.event_type in _SPEECH_TYPES and "object" in rule.recipient:
            for head in arguments.objects(token):
                lower = self.candidate_at(head, governed=True)
                taken = {a.id for a in actors}
                doers = tuple(a for a in lower.actors if a.id not in taken) if lower else ()
                if doers:
                    return doers
        return found or self._first(rule.recipient, token, rule.kind, support, besides=actors)

    def _recipients_or_place(
        self, rule: Pattern, token: Token, support: Token | None, actors: tuple[ActorRef, ...]
    ) -> tuple[ActorRef, ...]:
        """Return the recipients; when none is named, those of aid and force are the parties at the place."""
        found = self._recipients(rule, token, support, actors)
        if not found and rule.mode == "visit" and rule.kind == "verb":
            return location_recipients.visited(token, actors, self._parties)
        nobody = not found or all(ref.kind == "group" and ref.country is None for ref in found)
        placed = rule.event_type in _AT_A_PLACE and rule.kind == "verb"
        if not nobody or not placed or not all(location_recipients.acts_abroad(ref) for ref in actors):
            return found
        there = location_recipients.states_at(token, actors, self._parties, helping=rule.event_type == "AID")
        if not found or len(there) != 1:
            return found or there
        country = there[0].country
        return tuple(
            msgspec.structs.replace(ref, id=group_id(country, ref.sector, ""), country=country)
            for ref in found
        )

    def _default_need(self, rule: Pattern, token: Token, support: Token | None) -> str:
        if rule.strength == "weak":
            return "both"
        if rule.kind == "noun" and support is None:
            return "actor" if noun_phrases.possessors(token) else "both"
        return "actor" if rule.kind == "noun" else "any"

    def _mutual_actors(self, rule: Pattern, token: Token, support: Token | None) -> tuple[ActorRef, ...]:
        found: dict[str, ActorRef] = {}
        for slot in rule.actor:
            for head in nouns_in(slot, token, rule.kind, support):
                for party in self._parties.resolve(head):
                    found.setdefault(party.id, party)
            if len(found) > 1:
                return tuple(found.values())
        return ()

    def _absorbed(self, token: Token, rule: Pattern) -> list[Token]:
        """Return the clauses that are the content of a speech act, not events of their own."""
        if rule.kind == "verb" and rule.event_type in _SPEECH_TYPES:
            return subordination.complements(token)
        if rule.kind == "noun":
            return [t for t in token.children if t.dep_ == "acl" and t.tag_ == "VB"] + [
                t for t in token.children if t.dep_ == "acl" and rule.event_type in _SPEECH_TYPES
            ]
        return (
            [t for t in subordination.complements(token) if t.tag_ in ("VB", "VBG")]
            if rule.kind == "verb"
            else []
        )

    def _from_governor(self, rule: Governor, token: Token, governed: bool) -> EventCandidate | None:
        support = self._support(token, rule.kind)
        actors = self._first(rule.actor, token, rule.kind, support)
        if only_states(token, rule) or self._warns_of_others(token, rule, actors):
            return None
        below = self._acts_below(token, rule)
        inner = next((act for act in below if act is not None), None)
        outcome = self._book.outcome(rule.class_name, inner.event_type if inner else None)
        if outcome is None:
            return None
        slots = rule.recipient or self._recipient_slots(rule)
        own = self._first(slots, token, rule.kind, support, besides=actors)
        if rule.class_name == "undertake" and rule.kind == "verb":
            # "Pledged 1,000 policemen": they are the object of the pledge, not its recipient.
            own = tuple(ref for ref in own if ref.country or ref.kind != "group")
        if not own and inner is None and rule.class_name in ("demand", "refuse"):
            own = self._inside_governed(token, rule, actors)
        actors, recipients = self._compose_parties(rule, actors, own, inner, token)
        act = EventCandidate(
            event_type=outcome[0],
            mode=self._mode(rule, outcome, inner),
            rule=rule.rule + (f"+{inner.rule}" if inner else ""),
            trigger=token,
            actors=actors,
            recipients=recipients,
            contexts=inner.contexts if inner else (),
            cameo=rule.cameo or composed_code(inner, rule.class_name, self._book),
            need=rule.conditions.need or need_of(rule, inner),
            absorbed=tuple(self._governed(token, rule)),
            class_name=rule.class_name,
            inner=inner,
        )
        if not _kinds_hold(actors, rule.conditions.actor_is) or not (governed or _has_needed(act)):
            return None
        if inner is None and not is_worth_coding(act, rule):
            return None
        return act

    def _warns_of_others(self, token: Token, rule: Governor, actors: tuple[ActorRef, ...]) -> bool:
        """Return True if a third party would act: *warned that Mordor would attack* is not a threat."""
        if rule.class_name != "threaten":
            return False
        own = sides(actors)
        for clause in subordination.complements(token):
            for subject in arguments.own_subjects(clause):
                doers = sides(self._parties.resolve(subject))
                if subject.pos_ != "PRON" and not doers & own and not is_act_word(clause.lemma_, "undergone"):
                    return True
        return False

    def _inside_governed(
        self, token: Token, rule: Governor, actors: tuple[ActorRef, ...]
    ) -> tuple[ActorRef, ...]:
        """Return the parties of the governed act: *called for a truce between Arnor and Gondor*."""
        taken = {ref.id for ref in actors}
        for head in self._governed(token, rule):
            found: dict[str, ActorRef] = {}
            for noun in affected_heads(head) if rule.class_name == "refuse" else inside(head):
                for ref in self._parties.resolve(noun):
                    if ref.id not in taken and ref.country:
                        found.setdefault(ref.id, ref)
                if found and rule.class_name == "refuse":
                    break
            if found:
                return tuple(found.values())
        return ()

    def _recipient_slots(self, rule: Governor) -> tuple[str, ...]:
        slots = _GOVERNOR_RECIPIENT.get(rule.class_name, ("object", "to", "with", "against", "object.any"))
        if rule.kind != "noun":
            return slots
        # A noun has no object: its recipient follows a preposition.
        return tuple(
            dict.fromkeys([*NOUN_RECIPIENT, *[s for s in slots if "object" not in s], "from", "for"])
        )

    def _mode(
        self, rule: Governor, outcome: tuple[str, str | None], inner: EventCandidate | None
    ) -> str | None:
        if outcome[1]:
            return outcome[1]
        return inner.mode if inner and inner.event_type == outcome[0] else None

    def _compose_parties(
        self,
        rule: Governor,
        actors: tuple[ActorRef, ...],
        own: tuple[ActorRef, ...],
        inner: EventCandidate | None,
        token: Token,
    ) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
        if inner is None:
            return actors, own
        if rule.class_name == "deny":
            return actors, own
        taken = {a.id for a in actors}
        theirs = tuple(r for r in inner.recipients if r.id not in taken)
        doers = tuple(a for a in inner.actors if a.id not in taken)
        if rule.class_name in ("support", "oppose") and inner.event_type in _HOSTILE:
            # Opposition to sanctions on Gondor is directed at those who impose them, not at Gondor.
            hurt = {ref.id for ref in inner.recipients}
            return actors, (doers or tuple(ref for ref in own if ref.id not in hurt))
        if rule.class_name in ("end", "begin"):
            return (actors or inner.actors), (theirs or own or (doers if actors else ()))
        if rule.class_name in ("undertake", "threaten", "refuse"):
            return (actors or inner.actors), (own if rule.class_name == "threaten" and own else theirs or own)
        if rule.class_name == "demand" and inner.mode == "release":
            # The person whose release is demanded is not the recipient of the demand.
            freed = {ref.id for ref in inner.recipients}
            return actors, tuple(ref for ref in own if ref.id not in freed) or doers
        return actors, (own or doers or theirs)

    def _acts_below(self, token: Token, rule: Governor) -> list[EventCandidate | None]:
        found = []
        for lower in self._governed(token, rule):
            act = self.candidate_at(lower, governed=True)
            if act is None and lower.lemma_ in self._light and lower.pos_ in ("VERB", "AUX"):
                # "refused to hold talks": the act is governed by the light verb
                nouns = [*arguments.objects(lower), *[noun for _, noun in noun_phrases.prepositions(lower)]]
                act = next((a for noun in nouns if (a := self.candidate_at(noun, governed=True))), None)
            found.append(act)
        return found

    def _governed(self, token: Token, rule: Governor) -> list[Token]:
        """Return the heads governed by a governor: clauses first, then event nouns."""
        nouns = arguments.objects(token) if rule.kind == "verb" else []
        if rule.class_name == "end":
            curbs = [noun for noun in noun_phrases.counted(nouns) if is_act_word(noun.lemma_, "curbs")]
            if curbs:
                # "Eased its curbs on aid": the curbs end, not the aid.
                return curbs
        below = [*subordination.complements(token), *nouns]
        below += [
            noun
            for preposition, noun in noun_phrases.prepositions(token)
            if preposition in ("for", "of", "to", "on", "against", "from", "in", "out")
        ]
        transparent = [t for head in below if head.lemma_ in self._transparent for t in inside(head)]
        return below + transparent

    def _support(self, token: Token, kind: str) -> Token | None:
        if kind != "noun":
            return None
        return carrier(token, light=self._light, transparent=self._transparent)

    def _first(
        self,
        slots: tuple[str, ...],
        token: Token,
        kind: str,
        support: Token | None,
        besides: tuple[ActorRef, ...] = (),
    ) -> tuple[ActorRef, ...]:
        """Return the parties of the first slot with any other than `besides` and their dependents."""
        taken = {ref.id for ref in besides}
        countries = {ref.country for ref in besides if ref.country}
        for slot in slots:
            found: dict[str, ActorRef] = {}
            within = slot.endswith((".any", ".possessor", ".modifier"))
            for head in nouns_in(slot, token, kind, support):
                for party in self._parties.resolve(head):
                    own = party.country in countries and (within or _has_own_mark(head))
                    own = own or (within and party.kind == "group" and party.country is None)
                    own = own or self._parties.is_only_near(head, party)
                    if party.id not in taken and not own:
                        found.setdefault(party.id, party)
                if found and slot.endswith(".any"):
                    break
            if found:
                return tuple(found.values())
        return ()


# Types in which two parties can act jointly without acting on each other in another sense.
_SHARED_TYPES = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "ACCUSE", "THREATEN", "REJECT"})
_SPEECH_TYPES = frozenset(
    {"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "CONCEDE", "SUPPORT", "PROTEST", "CONSULT"}
)


def _has_own_mark(head: Token) -> bool:
    """Return True if a noun has a possessive pronoun: *withdrew **its** troops*."""
    return any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children)


def _kinds_hold(parties: tuple[ActorRef, ...], allowed: frozenset[str]) -> bool:
    if not allowed:
        return True
    return any(party.kind in allowed or party.sector in allowed for party in parties)


def _has_needed(act: EventCandidate, *, mutual: bool = True) -> bool:
    if act.need == "both":
        return bool(act.actors and act.recipients) or (mutual and act.is_mutual)
    if act.need == "actor":
        return bool(act.actors)
    if act.need == "recipient":
        return bool(act.recipients)
    return bool(act.actors or act.recipients)
