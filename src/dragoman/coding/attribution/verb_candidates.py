"""Possible attributions whose cue is a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.attribution.candidate import Candidate
from dragoman.coding.attribution.colon_candidates import behind_a_colon, behind_a_quote, said_at_the_end
from dragoman.coding.attribution.spans import (
    quotes_beside,
    runs,
    sentence_of,
    subtree,
    subtree_without,
    with_quotes,
)
from dragoman.coding.syntax import arguments, verb_phrases
from dragoman.knowledge.wordlists import is_saying_word
from dragoman.language.annotated import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.coding.attribution.spans import Span
    from dragoman.language.annotated import AnnotatedDocument

# Dependents that may follow an object and predicate something of it.
_SAID_OF = frozenset({"dobj", "obj", "prep", "oprd", "acomp", "xcomp", "advcl", "attr"})
_SUBJECTS = verb_phrases.SUBJECT_LABELS | verb_phrases.PASSIVE_SUBJECT_LABELS
# Words that introduce a content clause, other than "that": *feels **like** it has won*.
_LOOSE_MARKS = frozenset({"like", "as", "for", "if", "whether", "how", "about"})
# Dependents of a cue that are not part of the content around it.
_OF_THE_CUE = frozenset({"aux", "auxpass", "neg", "advmod", "npadvmod", "prt", "punct", "mark"})


def of_verb(verb: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield the possible contents of a verb: clauses, quotes, infinitives, objects, phrases, its host."""
    speaker = next((s for s in arguments.subjects(verb) if not _is_time(s)), None)
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    behind = behind_a_colon(verb, speaker, annotated)
    if behind is not None:
        yield behind
        return
    if not clauses and verb.dep_ == "parataxis" and verb.head.pos_ in ("VERB", "AUX"):
        span = subtree_without(verb.head, verb, annotated)
        yield Candidate(verb, "around", speaker, span, span_of(verb))
        yield from _all_around(verb, speaker, annotated)
        return
    if not clauses and not any(c.dep_ in verb_phrases.SUBJECT_LABELS for c in verb.children):
        yield from said_at_the_end(verb, annotated)
    quoted = quotes_beside(verb, annotated)
    for clause in clauses:
        yield from _of_clause(clause, verb, speaker, annotated, is_quoted=bool(quoted))
    if clauses:
        return
    if quoted:
        yield Candidate(verb, "quote", speaker, tuple(quoted), span_of(verb))
    else:
        yield from behind_a_quote(verb, speaker, annotated)
    yield from _of_phrase(verb, speaker, annotated)
    yield from _of_host(verb, speaker, annotated)


def _of_clause(
    clause: Token, verb: Token, speaker: Token | None, annotated: AnnotatedDocument, *, is_quoted: bool
) -> Iterator[Candidate]:
    frame = "quote" if is_quoted else "ccomp"
    told = _told(clause, verb, annotated)
    content = with_quotes(told, verb, annotated)
    yield Candidate(verb, frame, speaker, content, span_of(verb))
    if clause.i < verb.i:
        yield from _all_around(verb, speaker, annotated)


def _all_around(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield the whole sentence except *he said*: *It is, **he said**, time to go*."""
    first, end = sentence_of(verb)
    own = {verb.i}
    for child in verb.children:
        if child == speaker or child.dep_ in _SUBJECTS:
            own.update(t.i for t in child.subtree)
        elif child.dep_ in _OF_THE_CUE:
            own.add(child.i)
    content = with_quotes(runs(set(range(first, end)) - own, annotated), verb, annotated)
    if content:
        yield Candidate(verb, "around", speaker, content, span_of(verb), "rest")


def _of_phrase(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield as content an infinitive, an object, a prepositional phrase, or all that follows the verb."""
    cue = span_of(verb)
    for child in verb.children:
        label = child.dep_
        if label == "xcomp":
            yield Candidate(verb, "xcomp", speaker, subtree(child, verb, annotated), cue)
        elif label in verb_phrases.OBJECT_LABELS:
            yield from _of_object(child, verb, speaker, annotated)
        elif label in ("acomp", "oprd", "attr", "intj") and child.i > verb.i:
            yield Candidate(verb, label, speaker, subtree(child, verb, annotated), cue)
        elif label == "advcl" and child.i > verb.i and child.left_edge.lower_ in _LOOSE_MARKS:
            frame = f"advcl-{child.left_edge.lower_}"
            yield Candidate(verb, frame, speaker, subtree(child, verb, annotated), cue)
        elif label in ("prep", "agent"):
            for noun in child.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    content = subtree(noun, verb, annotated)
                    yield Candidate(verb, f"prep-{child.lower_}", speaker, content, cue)
        elif label in verb_phrases.PASSIVE_SUBJECT_LABELS:
            yield from _of_passive(child, verb, speaker, annotated)
    yield from _all_that_follows(verb, speaker, annotated)
    yield from _raised(verb, annotated)


def _of_object(
    noun: Token, verb: Token, speaker: Token | None, annotated: AnnotatedDocument
) -> Iterator[Candidate]:
    """Yield an object with all its dependents, and without those that follow it."""
    content = subtree(noun, verb, annotated)
    yield Candidate(verb, "dobj", speaker, content, span_of(verb))
    core = runs(range(noun.left_edge.i, noun.i + 1), annotated)
    if core != content:
        yield Candidate(verb, "dobj", speaker, core, span_of(verb), "core")


def _of_passive(
    subject: Token, verb: Token, speaker: Token | None, annotated: AnnotatedDocument
) -> Iterator[Candidate]:
    """Yield the subject of a passive as content: ***Gondor** was criticised by Arnor*."""
    yield Candidate(verb, "passive", speaker, subtree(subject, verb, annotated), span_of(verb))


def _raised(verb: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield the content around *is expected to*, *is seen as*: ***Arnor** is expected **to act***."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    passive = subject is not None and subject.dep_ in verb_phrases.PASSIVE_SUBJECT_LABELS
    if subject is None or not (passive or is_saying_word(verb.lemma_, "raising")):
        return
    for child in verb.children:
        told = child.dep_ in ("xcomp", "oprd") or (passive and child.dep_ == "prep" and child.lower_ == "as")
        if told and child.i > verb.i:
            words = [t.i for part in (subject, child) for t in part.subtree]
            speaker = next(iter(arguments.subjects(verb)), None) if passive else None
            frame = f"raised-{'passive' if passive else 'active'}-{child.dep_}"
            yield Candidate(verb, frame, speaker, runs(words, annotated), span_of(verb))


def _all_that_follows(
    verb: Token, speaker: Token | None, annotated: AnnotatedDocument
) -> Iterator[Candidate]:
    """Yield an object and its predicate: *accused **Gondor of murder***, *called **it a lie***."""
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in _SAID_OF and not _stands_beside(c)]
    if len(after) > 1 and any(c.dep_ in verb_phrases.OBJECT_LABELS for c in after):
        words = [t.i for child in after for t in child.subtree]
        yield Candidate(verb, "object-and-more", speaker, runs(words, annotated), span_of(verb))


def _of_host(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield the host of a clause that has no content of its own.

    ***Bree fell**, as Arnor reported*; ***the truce** that Arnor wants*; ***a truce** announced by Arnor*.
    """
    label, host, cue = verb.dep_, verb.head, span_of(verb)
    if label == "advcl" and host.pos_ in ("VERB", "AUX"):
        first = verb.left_edge.lower_
        has_object = any(c.dep_ in verb_phrases.OBJECT_LABELS for c in verb.children)
        if not has_object and (first == "as" or verb.i < host.i):
            frame = "host-as" if first == "as" else "host-advcl"
            yield Candidate(verb, frame, speaker, subtree_without(host, verb, annotated), cue)
    elif label == "relcl" and host.pos_ in ("NOUN", "PROPN", "PRON"):
        relative = next((c for c in verb.children if c.tag_ in ("WDT", "WP") or c.dep_ == "dobj"), None)
        if relative is None or (relative.tag_ in ("WDT", "WP") and relative.dep_ not in _SUBJECTS):
            yield Candidate(verb, "host-relcl", speaker, subtree_without(host, verb, annotated), cue)
        if relative is not None and relative.dep_ in verb_phrases.PASSIVE_SUBJECT_LABELS:
            yield Candidate(verb, "host-relcl-passive", speaker, subtree_without(host, verb, annotated), cue)
    elif label in ("acl", "amod") and verb.tag_ == "VBN" and host.pos_ in ("NOUN", "PROPN"):
        yield Candidate(verb, f"host-{label}", speaker, subtree_without(host, verb, annotated), cue)


def _is_time(noun: Token) -> bool:
    """Return True if a noun is a time, not a speaker: *The year saw*, *Monday saw*."""
    return arguments.is_time(noun) or (noun.pos_ == "NOUN" and is_saying_word(noun.lemma_, "times"))


def _stands_beside(clause: Token) -> bool:
    """Return True if a clause is not part of the content: *accused Gondor of spying, **while Bree won***."""
    if clause.lower_ == "according":
        return True
    if clause.dep_ != "advcl" or not any(c.dep_ in verb_phrases.SUBJECT_LABELS for c in clause.children):
        return False
    first = clause.left_edge
    return first.lower_ in ("while", "whereas") and first.i > 0 and first.nbor(-1).text == ","


def _told(clause: Token, verb: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Return the content of a clause and of clauses conjoined to its verb that have their own *that*."""
    if clause.i < verb.i:
        return subtree(clause, verb, annotated)
    more = [c for c in verb.children if c.dep_ == "conj" and c.i > clause.i and _has_own_that(c)]
    return runs((t.i for root in (clause, *more) for t in root.subtree), annotated)


def _has_own_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
