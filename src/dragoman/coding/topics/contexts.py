"""The contexts of an event, from the words of its clause."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dragoman.language.clauses import clause_root, clause_tokens, is_predicate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from dragoman.knowledge.contexts import ContextLexicon, Cue
    from dragoman.language.annotated import AnnotatedDocument

MOST_CONTEXTS = 4
# A strong cue in the event's own clause counts 2, a word 1, and half of that in embedded clauses; a strong
# cue elsewhere in the sentence counts only when the clause itself has no cue.
_STRONG, _WORD = 2.0, 1.0
_OWN, _BELOW, _ELSEWHERE = 1.0, 0.6, 0.3
_LEAST = 0.6


def contexts_of(trigger: Token, annotated: AnnotatedDocument, lexicon: ContextLexicon) -> tuple[str, ...]:
    """Return the contexts of one event, ordered by weight of evidence, at most four.

    Args:
        trigger: The word that carries the event.
        annotated: The report.
        lexicon: Result of `load_contexts`.
    """
    sentence = list(trigger.sent)
    root = clause_root(trigger)
    own = {token.i for token in clause_tokens(root)}
    near: defaultdict[str, float] = defaultdict(float)
    far: defaultdict[str, float] = defaultdict(float)
    for start, cue in _cues_in(sentence, lexicon):
        token = sentence[start]
        weight = _STRONG if cue.is_strong else _WORD
        if token.i in own or (trigger != root and _is_told_below(token, trigger)):
            near[cue.context or ""] += weight * _OWN
        elif _is_told_below(token, root):
            near[cue.context or ""] += weight * _BELOW
        elif cue.is_strong:
            far[cue.context or ""] += weight * _ELSEWHERE
    scores = {name: score for name, score in near.items() if score >= _LEAST} or far
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    return tuple(ranked[:MOST_CONTEXTS])


def _is_told_below(token: Token, root: Token) -> bool:
    """Return True if a token is below the root of a clause, and not in a conjunct of it."""
    while token != root:
        if token.head == token or (token.dep_ == "conj" and is_predicate(token)):
            return False
        token = token.head
    return True


def _cues_in(tokens: Sequence[Token], lexicon: ContextLexicon) -> list[tuple[int, Cue]]:
    """Find the cues of a sentence; for each context only the longest at each position counts."""
    found: list[tuple[int, Cue]] = []
    taken: defaultdict[str, set[int]] = defaultdict(set)
    matches = [
        (start, cue)
        for start, token in enumerate(tokens)
        for first in {token.lemma_.lower(), token.lower_, token.text}
        for cue in lexicon.cues.get(first, ())
        if _matches(tokens, start, cue)
    ]
    matches.sort(key=lambda match: (-len(match[1].words), match[0], not match[1].is_strong))
    for start, cue in matches:
        name = cue.context or cue.blocks or ""
        places = set(range(start, start + len(cue.words)))
        if places & taken[name]:
            continue
        taken[name] |= places
        if cue.context is not None:
            found.append((start, cue))
    return sorted(found, key=lambda match: match[0])


def _matches(tokens: Sequence[Token], start: int, cue: Cue) -> bool:
    if start + len(cue.words) > len(tokens):
        return False
    return all(_is_word(tokens[start + offset], word) for offset, word in enumerate(cue.words))


def _is_word(token: Token, word: str) -> bool:
    if not word.islower() and any(char.isupper() for char in word):
        return token.text == word
    return word in (token.lemma_.lower(), token.lower_)
