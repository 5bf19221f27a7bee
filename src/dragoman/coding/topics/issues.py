"""The issue of an event in the report's own words: "Taiwan independence", "the border dispute"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments, noun_phrases, subordination
from dragoman.knowledge.calendar_words import is_time_word
from dragoman.knowledge.wordlists import is_function_word
from dragoman.model.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.parties.resolver import Parties
    from dragoman.language.annotated import AnnotatedDocument

_ABOUT = ("over", "about", "regarding", "concerning", "on", "for")
# Types whose object is itself the issue: what is supported or rejected.
_OBJECT_IS_ISSUE = frozenset({"SUPPORT", "REJECT", "REQUEST", "AGREE", "ACCUSE", "PROTEST"})
# Types whose issue may be a whole clause: what is promised, requested, threatened, denied.
_CONTENT_IS_ISSUE = frozenset({"AGREE", "CONCEDE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "ACCUSE"})
_LIMIT = 120
_EDGES = frozenset({",", ";", ".", ":", "-", "--", "–", "—"})


def issue_of(
    trigger: Token, event_type: str, *, annotated: AnnotatedDocument, parties: Parties
) -> Span | None:
    """Return the words of the issue of an event, or None when the clause does not contain one."""
    pairs = [*noun_phrases.prepositions(trigger)]
    objects = arguments.objects(trigger) if trigger.pos_ == "VERB" else []
    pairs += [pair for head in objects for pair in noun_phrases.prepositions(head)]
    for wanted in _ABOUT:
        for preposition, noun in pairs:
            if preposition == wanted and not _is_time_or_party(noun, parties):
                return _span(noun, annotated)
    if event_type in _OBJECT_IS_ISSUE:
        for head in objects:
            if not parties.resolve(head, include_possessors=False) and head.pos_ in ("NOUN", "PROPN"):
                return _span(head, annotated)
    return _undertaken(trigger, event_type, annotated)


def _undertaken(trigger: Token, event_type: str, annotated: AnnotatedDocument) -> Span | None:
    """Return what is promised, demanded, threatened: "to withdraw", "that Arnor leave"."""
    if event_type not in _CONTENT_IS_ISSUE:
        return None
    for clause in subordination.complements(trigger):
        if clause.i > trigger.i and clause.dep_ in ("xcomp", "ccomp", "acl"):
            return _clause(clause, annotated)
    return None


def _clause(clause: Token, annotated: AnnotatedDocument) -> Span | None:
    """Return the words of a clause without its subordinator and adjuncts."""
    apart = {t.i for c in clause.children if c.dep_ in ("advcl", "parataxis") for t in c.subtree}
    members = [t for t in clause.subtree if t.i not in apart]
    while members and (members[0].dep_ == "mark" or members[0].lower_ == "to" or members[0].is_punct):
        members.pop(0)
    if not members:
        return None
    start = members[0].idx
    members = [t for t in members if t.idx + len(t.text) - start <= _LIMIT]
    while members and (members[-1].is_punct or members[-1].dep_ in ("cc", "prep", "det")):
        members.pop()
    if not members:
        return None
    end = members[-1].idx + len(members[-1].text)
    return Span(start, end, annotated.text_of(start, end))


def _is_time_or_party(noun: Token, parties: Parties) -> bool:
    if (
        noun.ent_type_ in ("DATE", "TIME")
        or is_time_word(noun.lemma_)
        or is_function_word(noun.lemma_.lower(), "not_issues")
        or noun.like_num
    ):
        return True
    return noun.pos_ == "PRON" or parties.name_at(noun) is not None


def _span(head: Token, annotated: AnnotatedDocument) -> Span | None:
    members = [t for t in head.subtree if not any(_leads_away(a) and a.i >= head.i for a in _chain(t, head))]
    members = _to_the_point(members, head)
    start = members[0].idx
    end = members[-1].idx + len(members[-1].text)
    if end - start > _LIMIT:
        start, end = head.left_edge.idx, head.idx + len(head.text)
    text = annotated.text_of(start, end)
    for article in ("the ", "a ", "an "):
        if text.lower().startswith(article):
            start += len(article)
            break
    return Span(start, end, annotated.text_of(start, end))


def _leads_away(token: Token) -> bool:
    """Return True if a word begins text outside the issue; a further noun of a list is still part of it."""
    if token.dep_ == "conj":
        return token.pos_ not in ("NOUN", "PROPN") or any(t.pos_ in ("VERB", "AUX") for t in token.subtree)
    return token.dep_ == "relcl"


def _to_the_point(members: list[Token], head: Token) -> list[Token]:
    """Remove clauses added by a comma and a question word, and punctuation at the edges."""
    for before, after in itertools.pairwise(members):
        follows = after.tag_ in ("WDT", "WP", "WRB") or any(c.tag_ == "WDT" for c in after.subtree)
        if before.text == "," and follows and before.i > head.i:
            members = [t for t in members if t.i < before.i]
            break
    while len(members) > 1 and (members[0].text in _EDGES or members[0].is_space):
        members = members[1:]
    while len(members) > 1 and (members[-1].text in _EDGES or members[-1].is_space):
        members = members[:-1]
    return members


def _chain(token: Token, head: Token) -> list[Token]:
    found = []
    while token != head and token.head != token:
        found.append(token)
        token = token.head
    return found
