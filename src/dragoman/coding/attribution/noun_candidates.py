"""Possible attributions whose cue is a noun or an adjective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.attribution.candidate import Candidate
from dragoman.coding.attribution.spans import subtree, subtree_without
from dragoman.coding.syntax import arguments, noun_phrases, verb_phrases
from dragoman.knowledge.wordlists import is_saying_word
from dragoman.language.annotated import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.language.annotated import AnnotatedDocument

# Prepositions after a noun that introduce the speaker: *support **from Arnor***, *anger **among voters***.
_SPEAKER_PREPOSITIONS = frozenset({"by", "from", "among"})


def of_noun(noun: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield a noun's content: *claim **that ...***, *call **for a truce***, ***merger** announcement*."""
    owner = _owner(noun)
    cue = span_of(noun)
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp"):
            marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "aux")}
            frame = "noun-that" if "that" in marks else "noun-to" if "to" in marks else f"noun-{child.dep_}"
            verb = noun.head.head
            if frame != "noun-acl" and _is_where_it_is_said(noun):
                # "Said in a statement that ...": the verb is the cue, not the statement.
                speaker, content = next(iter(arguments.subjects(verb)), None), subtree(child, noun, annotated)
                yield Candidate(verb, "ccomp", speaker, content, span_of(verb))
                return
            yield Candidate(noun, frame, owner, subtree(child, noun, annotated), cue)
        elif child.dep_ == "prep" and child.lower_ not in _SPEAKER_PREPOSITIONS:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    content = subtree(inner, noun, annotated)
                    yield Candidate(noun, f"noun-{child.lower_}", owner, content, cue)
        elif child.dep_ in ("compound", "poss"):
            by = _said_by(noun)
            yield Candidate(noun, f"noun-{child.dep_}", by, subtree(child, noun, annotated), cue)
    yield from _is_told(noun, owner, annotated)


def _is_told(noun: Token, owner: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Read *The fear **is that** ...*, *In Bard's view, ...*."""
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.lemma_ == "be":
        for child in verb.children:
            if child.dep_ in ("ccomp", "xcomp"):
                yield Candidate(
                    noun, f"noun-is-{child.dep_}", owner, subtree(child, noun, annotated), span_of(noun)
                )
    elif noun.dep_ == "pobj" and verb.lower_ in ("in", "by") and verb.head.pos_ in ("VERB", "AUX"):
        content = subtree_without(verb.head, verb, annotated)
        speaker = next(iter(noun_phrases.possessors(noun)), None) or _said_by(noun)
        yield Candidate(noun, f"noun-host-{verb.lower_}", speaker, content, span_of(noun))


def _is_where_it_is_said(noun: Token) -> bool:
    """Return True for *said in a **statement***."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "in" and is_saying_word(noun.head.head.lemma_, "plain")


def _owner(noun: Token) -> Token | None:
    """Return the speaker of a noun: its possessor, a phrase after it, or else the subject of its verb."""
    owner = next(iter(noun_phrases.possessors(noun)), None) or _said_by(noun)
    if owner is None and noun.dep_ in verb_phrases.OBJECT_LABELS:
        return next(iter(arguments.subjects(noun.head)), None)
    return owner


def _said_by(noun: Token) -> Token | None:
    """Return the speaker in a phrase after a noun: *support from **Arnor***."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _SPEAKER_PREPOSITIONS:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def of_adjective(adjective: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield the content of an adjective: *is worried **that ...***, *is ready **to talk***."""
    host = adjective.head
    speaker: Token | None = None
    if host.pos_ in ("VERB", "AUX"):
        speaker = next(iter(arguments.subjects(host)), None)
    elif adjective.dep_ in ("amod", "acl", "relcl", "appos"):
        speaker = host
    cue = span_of(adjective)
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        if child.dep_ in ("ccomp", "xcomp"):
            content = subtree(child, adjective, annotated)
            yield Candidate(adjective, f"adjective-{child.dep_}", speaker, content, cue)
        elif child.dep_ == "prep":
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    content = subtree(inner, adjective, annotated)
                    yield Candidate(adjective, f"adjective-{child.lower_}", speaker, content, cue)
