"""Possible attributions: every word with its content, before it is decided whether it is a cue.

A candidate's `frame` says how the content depends on the cue; with the cue's lemma it decides whether this
is an attribution (knowledge.reporting).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.attribution.candidate import Candidate
from dragoman.coding.attribution.noun_candidates import of_adjective, of_noun
from dragoman.coding.attribution.spans import runs, sentence_of, subtree_without
from dragoman.coding.attribution.verb_candidates import of_verb
from dragoman.knowledge.wordlists import is_saying_word
from dragoman.language.annotated import span_of
from dragoman.language.word_columns import word_columns
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

    from dragoman.language.annotated import AnnotatedDocument

_WORDS_BETWEEN_CHECKS = 50


def candidates(
    annotated: AnnotatedDocument, *, may_report: Callable[[str], bool] | None = None
) -> Iterator[Candidate]:
    """Yield every place where a text may report that someone says, thinks or wants something.

    Args:
        annotated: The document.
        may_report: Predicate on the lemma of a noun or adjective: whether it is considered. None considers
            all.
    """
    return (candidate for candidate in _candidates(annotated, may_report) if candidate.content)


def _candidates(
    annotated: AnnotatedDocument, may_report: Callable[[str], bool] | None
) -> Iterator[Candidate]:
    doc, columns = annotated.doc, word_columns(annotated.doc)
    words = zip(columns.classes, columns.lowers, columns.lemmas, strict=True)
    for word, (word_class, lower, lemma) in enumerate(words):
        if word % _WORDS_BETWEEN_CHECKS == 0:
            check_time()
        if lower == "according":
            yield from _according(doc[word], annotated)
        if word_class in ("VERB", "AUX"):
            yield from of_verb(doc[word], annotated)
        elif word_class in ("NOUN", "ADJ"):
            if may_report is None or may_report(lemma):
                yield from (of_noun if word_class == "NOUN" else of_adjective)(doc[word], annotated)
        elif word_class == "ADV" and is_saying_word(lower, "hearsay"):
            yield from _hearsay(doc[word], annotated)


def _according(token: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    preposition = next((c for c in token.children if c.lower_ == "to"), None)
    speaker = next((c for c in preposition.children if c.dep_ == "pobj"), None) if preposition else None
    if preposition is None or speaker is None:
        return
    cue = (token.idx, preposition.idx + 2)
    content = subtree_without(token.head, token, annotated)
    if content:
        yield Candidate(token, "according", speaker, content, cue)
    first, end = sentence_of(token)
    whole = runs(set(range(first, end)) - {t.i for t in token.subtree}, annotated)
    if whole and whole != content:
        yield Candidate(token, "according", speaker, whole, cue, "rest")


def _hearsay(adverb: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Read *Arnor has **reportedly** closed the border*: the speaker is not named."""
    verb = adverb.head
    if verb.pos_ in ("VERB", "AUX"):
        content = subtree_without(verb, adverb, annotated)
        yield Candidate(adverb, "hearsay", None, content, span_of(adverb))
