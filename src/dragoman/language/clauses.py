"""Clauses of a parsed sentence: a predicate with what belongs to it, without the clauses inside it.

A clause is one predicate, finite ("Arnor withdrew") or not ("to withdraw", "withdrawing", "valued at"),
or the whole of a sentence that has none, such as a headline. Every token is in exactly one clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
# Labels under which a verb is a predicate of its own. `aux`, `auxpass`, `amod` and `compound` verbs are parts
# of another word's phrase ("has backed", "armed men", "peace-keeping force").
_CLAUSE_LABELS = frozenset(
    {
        "ROOT",
        "ccomp",
        "xcomp",
        "advcl",
        "relcl",
        "acl",
        "csubj",
        "csubjpass",
        "pcomp",
        "conj",
        "parataxis",
        "dep",
    }
)
# Labels of connecting words, which are never the first or last word of a clause's own text.
_EDGE_LABELS = frozenset({"cc", "punct", "mark", "preconj"})


def is_predicate(token: Token) -> bool:
    """Return True if a token heads a clause: a predicate verb, or the root of its sentence."""
    if token.dep_ == "ROOT":
        return True
    if token.pos_ not in _VERBAL or token.dep_ not in _CLAUSE_LABELS:
        return False
    # "armed and trained men": a verb conjoined with a non-predicate is not a predicate either.
    return token.dep_ != "conj" or token.head.pos_ not in _VERBAL or is_predicate(token.head)


def clause_root(token: Token) -> Token:
    """Return the predicate of the smallest clause that contains a token."""
    while not is_predicate(token):
        token = token.head
    return token


def clause_tokens(token: Token) -> list[Token]:
    """Return the tokens of the smallest clause that contains a token, in order, without embedded clauses."""
    return sorted(_own_tokens(clause_root(token)), key=lambda member: member.i)


def _own_tokens(root: Token) -> Iterator[Token]:
    stack = [root]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(child for child in token.children if not is_predicate(child))


def clause_span(token: Token, *, embedded: bool = False) -> tuple[int, int]:
    """Return the character span of the smallest clause that contains a token.

    The span runs from the first to the last token of the clause, so a clause embedded between them is
    included. Punctuation and conjunctions at either end are excluded.

    Args:
        token: Any token of the clause.
        embedded: Include its subordinate clauses, but not clauses conjoined with it by *and*.
    """
    root = clause_root(token)
    members = list(_with_embedded(root)) if embedded else clause_tokens(root)
    members.sort(key=lambda member: member.i)
    inside = {member.i for member in members}
    while len(members) > 1 and _is_edge(members[0], inside):
        inside.discard(members.pop(0).i)
    while len(members) > 1 and _is_edge(members[-1], inside):
        inside.discard(members.pop().i)
    return members[0].idx, members[-1].idx + len(members[-1].text)


def _with_embedded(root: Token) -> Iterator[Token]:
    yield root
    for child in root.children:
        if child.dep_ == "conj" and is_predicate(child):
            continue
        yield from child.subtree


def _is_edge(token: Token, inside: set[int]) -> bool:
    if is_predicate(token):
        return False
    if token.is_space or token.is_punct or token.dep_ in _EDGE_LABELS:
        # Excluded even if it pairs with a bracket or quotation mark inside: spans begin and end with words.
        return token.dep_ != "punct" or not token.is_currency
    # A preposition whose object is another clause ("by saying ...") is left without an object at the end.
    return token.dep_ in ("prep", "agent") and not any(child.i in inside for child in token.children)


def governing_clause(token: Token) -> Token | None:
    """Return the predicate that governs the clause of a token; None for a main clause.

    A conjoined clause is governed by what governs the first of the conjoined clauses.
    """
    root = first_joined(token)
    return None if root.dep_ == "ROOT" or root.head is root else clause_root(root.head)


def first_joined(token: Token) -> Token:
    """Return the first predicate of the conjoined clauses (*and*, *or*, *but*) that contain a token."""
    root = clause_root(token)
    while root.dep_ == "conj" and root.head.pos_ in _VERBAL and is_predicate(root.head):
        root = root.head
    return root


def is_below(token: Token, ancestor: Token) -> bool:
    """Return True if a token is `ancestor` or one of its descendants."""
    return token == ancestor or ancestor.is_ancestor(token)
