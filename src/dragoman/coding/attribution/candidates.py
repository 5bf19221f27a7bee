"""Possible attributions: every word with its content, before it is known to be a cue.

A candidate's `frame` says how the content hangs on the cue; with the cue's lemma it decides whether this
is an attribution (knowledge.reporting).
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments, noun_phrases, verb_phrases
from dragoman.knowledge.wordlists import is_saying_word, load_saying_words
from dragoman.language.annotated import span_of
from dragoman.language.word_columns import word_columns
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from dragoman.language.annotated import AnnotatedDocument, Quote

Span = tuple[int, int]
_WORDS_BETWEEN_CHECKS = 50
_EDGES = " \t\n\r,;:.-–—"
_QUOTED_EDGES = " \t\n\r,;:–—"


_PLAIN_SAYING = frozenset({"say", "tell", "add", "write", "report", "announce"})


_CONTENT_PREPOSITIONS = frozenset({"of", "about", "for", "on", "against", "with", "to", "over", "as", "in"})
_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us"})
# A colon stands at most so many words behind its verb.
_TO_COLON = 8
# What may stand behind an object and say something of it.
_SAID_OF = frozenset({"dobj", "obj", "prep", "oprd", "acomp", "xcomp", "advcl", "attr"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible cue with its speaker's head and its content."""

    cue: Token
    frame: str
    speaker: Token | None
    content: tuple[Span, ...]
    cue_span: Span


def candidates(annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Yield every place where somebody may be said to say, think or want something."""
    doc, columns = annotated.doc, word_columns(annotated.doc)
    for word, (word_class, lower) in enumerate(zip(columns.classes, columns.lowers, strict=True)):
        if word % _WORDS_BETWEEN_CHECKS == 0:
            check_time()
        if word_class in ("VERB", "AUX"):
            yield from _of_verb(doc[word], annotated)
        elif word_class == "NOUN":
            yield from _of_noun(doc[word], annotated)
        if lower == "according":
            yield from _according(doc[word], annotated)


def _of_verb(verb: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    speaker = next((s for s in arguments.subjects(verb) if not _is_time(s)), None)
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    behind = _behind_a_colon(verb, speaker, annotated)
    if behind is not None:
        yield behind
        return
    if not clauses and verb.dep_ == "parataxis" and verb.head.pos_ in ("VERB", "AUX"):
        span = _minus(verb.head, verb, annotated)
        yield Candidate(verb, "around", speaker, span, _span(verb))
        return
    if not clauses and not any(c.dep_ in verb_phrases.SUBJECT_LABELS for c in verb.children):
        yield from _said_at_the_end(verb, annotated)
    quoted = _quotes_beside(verb, annotated)
    for clause in clauses:
        content = _with_quotes(_told(clause, verb, annotated), verb, annotated)
        yield Candidate(verb, "quote" if quoted else "ccomp", speaker, content, _span(verb))
    if clauses:
        return
    if quoted:
        yield Candidate(verb, "quote", speaker, tuple(quoted), _span(verb))
        return
    yield from _behind_a_quote(verb, speaker, annotated)
    yield from _of_phrase(verb, speaker, annotated)


def _behind_a_colon(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Candidate | None:
    """Read *Faramir wrote on X: ...*, *Faramir took to X: ...*; the parse seldom sees that it is said."""
    colon = _colon_behind(verb)
    if colon is None or speaker is None or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    doc, text = verb.doc, annotated.document.text
    if colon.i + 1 >= len(doc) or annotated.is_quoted(verb.idx, verb.idx + 1):
        return None
    near = annotated.quotes_touching(colon.idx + 1, colon.idx + 3)
    quote = next((q for q in near if 0 < q.start - colon.idx <= 2), None)
    first = doc[colon.i + 1]
    if quote is not None:
        span = (quote.start, quote.end)
    elif first.is_space:
        span = _paragraphs_behind(first, annotated)
    else:
        last = doc[first.sent.end - 1]
        span = trim(text, first.idx, last.idx + len(last))
    return Candidate(verb, "colon", speaker, (span,), _span(verb)) if span[1] > span[0] else None


def _colon_behind(verb: Token) -> Token | None:
    """Return the colon behind a verb of saying, or behind where something is posted."""
    words = load_saying_words()
    is_said = verb.lemma_ in words["splitting"] or verb.lemma_ in words["posting"]
    for token in verb.doc[verb.i + 1 : verb.i + _TO_COLON]:
        if token.text == ":":
            return token if is_said else None
        is_said = is_said or token.lower_ in words["platforms"]
        if (
            token.is_sent_start
            or token.pos_ in ("VERB", "AUX", "SCONJ")
            or (token.is_punct and token.text != ",")
        ):
            return None
    return None


def _paragraphs_behind(space: Token, annotated: AnnotatedDocument) -> Span:
    """What stands below *Faramir said:*: the next paragraph, and all to the last in the first person.

    A report that quotes somebody so speaks of nobody else as *I* or *we* outside of quotation marks.
    """
    text = annotated.document.text
    start = space.idx + len(space)
    last = start
    for token in space.doc[space.i + 1 :]:
        if token.lower_ in _FIRST_PERSON and token.text != "US" and not annotated.is_quoted(*span_of(token)):
            last = token.idx
    end = text.find("\n", max(last, start))
    return trim(text, start, len(text) if end < 0 else end)


def _behind_a_quote(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Read '"Who will pay?" Bard asked.', where the parse has two sentences."""
    if speaker is None or verb.head != verb:
        return
    first = min(speaker.left_edge, verb, key=lambda t: t.i)
    quote = annotated.quote_before(first.idx)
    if quote is not None and not annotated.text_of(quote.end, first.idx).strip(" "):
        yield Candidate(verb, "quote", speaker, ((quote.start, quote.end),), _span(verb))


def _of_phrase(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """What is said as an infinitive, an object, a prepositional phrase, or all that follows the verb."""
    for child in verb.children:
        if child.dep_ == "xcomp":
            yield Candidate(verb, "xcomp", speaker, _subtree(child, verb, annotated), _span(verb))
        elif child.dep_ in verb_phrases.OBJECT_LABELS:
            yield Candidate(verb, "dobj", speaker, _subtree(child, verb, annotated), _span(verb))
        elif child.dep_ in ("acomp", "oprd") and child.i > verb.i:
            yield Candidate(verb, child.dep_, speaker, _subtree(child, verb, annotated), _span(verb))
        elif child.dep_ == "prep" and child.lower_ in _CONTENT_PREPOSITIONS:
            frame = f"prep-{child.lower_}"
            for noun in child.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    yield Candidate(verb, frame, speaker, _subtree(noun, verb, annotated), _span(verb))
    yield from _all_that_follows(verb, speaker, annotated)


def _all_that_follows(
    verb: Token, speaker: Token | None, annotated: AnnotatedDocument
) -> Iterator[Candidate]:
    """The object with what is said of it: *accused **Gondor of murder***, *called **it a lie***."""
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in _SAID_OF and not _stands_beside(c)]
    if len(after) > 1 and any(c.dep_ in verb_phrases.OBJECT_LABELS for c in after):
        words = [t.i for child in after for t in child.subtree]
        yield Candidate(verb, "object-and-more", speaker, _runs(words, annotated), _span(verb))


def _said_at_the_end(verb: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Read "..., Somebody, the so-and-so of somewhere, said on Friday." where the parse went astray."""
    if verb.lemma_ not in _PLAIN_SAYING or verb.tag_ not in ("VBD", "VBZ"):
        return
    start, best = verb.sent.start, None
    for token in reversed(verb.doc[start : verb.i]):
        if token.pos_ in ("VERB", "AUX"):
            break
        after = verb.doc[token.i + 1]
        if token.text == "," and (after.pos_ == "PROPN" or after.lower_ in ("a", "an", "the")):
            best = token
    if best is None or best.i - start < 3:
        return
    speaker = verb.doc[best.i + 1]
    while speaker.dep_ in ("compound", "det", "amod") and best.i < speaker.head.i < verb.i:
        speaker = speaker.head
    content = (trim(annotated.document.text, verb.doc[start].idx, best.idx),)
    yield Candidate(verb, "around", speaker, content, _span(verb))


def _of_noun(noun: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """What a noun tells: *the claim **that ...***, *her call **for a truce***."""
    owner = next(iter(noun_phrases.possessors(noun)), None)
    if owner is None and noun.dep_ in verb_phrases.OBJECT_LABELS:
        owner = next(iter(arguments.subjects(noun.head)), None)
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl"):
            marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "aux")}
            if child.dep_ == "relcl" or not marks & {"that", "to"}:
                continue
            frame = "noun-that" if "that" in marks else "noun-to"
            verb = noun.head.head
            if noun.dep_ == "pobj" and noun.head.lower_ == "in" and verb.lemma_ in _PLAIN_SAYING:
                # "Said in a statement that ...": the verb says it, not the statement.
                speaker = next(iter(arguments.subjects(verb)), None)
                yield Candidate(verb, "ccomp", speaker, _subtree(child, noun, annotated), _span(verb))
                return
            yield Candidate(noun, frame, owner, _subtree(child, noun, annotated), _span(noun))
            return
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("for", "of", "on", "about", "against", "to"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    frame = f"noun-{child.lower_}"
                    yield Candidate(noun, frame, owner, _subtree(inner, noun, annotated), _span(noun))


def _according(token: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    preposition = next((c for c in token.children if c.lower_ == "to"), None)
    speaker = next((c for c in preposition.children if c.dep_ == "pobj"), None) if preposition else None
    if preposition is None or speaker is None:
        return
    content = _minus(token.head, token, annotated)
    if content:
        yield Candidate(token, "according", speaker, content, (token.idx, preposition.idx + 2))


def _is_time(noun: Token) -> bool:
    """Return True if a noun is no speaker but a time: *The year saw*, *Monday saw*."""
    return arguments.is_time(noun) or (noun.pos_ == "NOUN" and is_saying_word(noun.lemma_, "times"))


def _stands_beside(clause: Token) -> bool:
    """Return True if a clause is no part of what is said: *accused Gondor of spying, **while Bree won***."""
    if clause.dep_ != "advcl" or not any(c.dep_ in verb_phrases.SUBJECT_LABELS for c in clause.children):
        return False
    first = clause.left_edge
    return first.lower_ in ("while", "whereas") and first.i > 0 and first.nbor(-1).text == ","


def _told(clause: Token, verb: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """What a clause tells, and a clause joined to its verb that has a *that* of its own."""
    if clause.i < verb.i:
        return _subtree(clause, verb, annotated)
    more = [c for c in verb.children if c.dep_ == "conj" and c.i > clause.i and _has_own_that(c)]
    return _runs((t.i for root in (clause, *more) for t in root.subtree), annotated)


def _has_own_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _span(token: Token) -> Span:
    return token.idx, token.idx + len(token.text)


def _subtree(root: Token, cue: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """The words below a token, the cue's own clause left out when it stands inside them."""
    if root.is_ancestor(cue):
        return _minus(root, cue, annotated)
    return _runs((t.i for t in root.subtree), annotated)


def _minus(root: Token, taken: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    return _runs({t.i for t in root.subtree} - {t.i for t in taken.subtree}, annotated)


def _runs(words: Iterable[int], annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Join neighbouring words, given by number, to spans, trimmed of the punctuation at their edges."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    columns, text = word_columns(annotated.doc), annotated.document.text
    trimmed = (trim(text, columns.starts[first], columns.ends[last]) for first, last in runs)
    return tuple(span for span in trimmed if span[1] - span[0] > 1)


def trim(text: str, start: int, end: int) -> Span:
    """Leave out spaces and stops at both ends; the stop of a quoted sentence stays."""
    while start < end and text[start] in _EDGES:
        start += 1
    edges = _QUOTED_EDGES if text[start : start + 1] in '"“' else _EDGES
    while end > start and text[end - 1] in edges:
        end -= 1
    return start, end


def _sentence_quotes(verb: Token, annotated: AnnotatedDocument) -> list[Quote]:
    if not annotated.quotes:
        return []
    at = verb.idx
    if any(q.start < at for q in annotated.quotes_touching(at, at + 1)):
        return []
    first, end = _sentence_of(verb)
    columns = word_columns(verb.doc)
    start_char, end_char = columns.starts[first], columns.ends[end - 1]
    return list(annotated.quotes_touching(start_char, end_char))


def _sentence_of(word: Token) -> tuple[int, int]:
    """Return the first word of a word's sentence and the word behind its last."""
    sentences = word_columns(word.doc).sentences
    first = sentences[word.i]
    return first, bisect.bisect_right(sentences, first)


def _quotes_beside(verb: Token, annotated: AnnotatedDocument) -> list[Span]:
    """Quotes of the verb's sentence that are long enough to be what is said."""
    found = [q for q in _sentence_quotes(verb, annotated) if _words(q, annotated) >= 4]
    near = [q for q in found if not _verb_between(verb, q)]
    return [(q.start, q.end) for q in near]


def _words(quote: Quote, annotated: AnnotatedDocument) -> int:
    return len(annotated.text_of(quote.inner_start, quote.inner_end).split())


def _verb_between(verb: Token, quote: Quote) -> bool:
    low, high = (quote.end, verb.idx) if quote.end <= verb.idx else (verb.idx + len(verb.text), quote.start)
    columns = word_columns(verb.doc)
    first, end = _sentence_of(verb)
    first = bisect.bisect_left(columns.starts, low, first, end)
    end = bisect.bisect_left(columns.starts, high, first, end)
    return any(columns.classes[word] == "VERB" and word != verb.i for word in range(first, end))


def _with_quotes(content: tuple[Span, ...], verb: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Widen content to the whole of every quote that it touches, over sentence ends too."""
    spans = [list(span) for span in content]
    for quote in _sentence_quotes(verb, annotated):
        touched = [s for s in spans if s[0] < quote.end and s[1] > quote.start]
        if touched and not quote.start < verb.idx < quote.end:
            touched[0][0] = min(touched[0][0], quote.start)
            touched[0][1] = max(touched[0][1], quote.end)
        elif not touched and _words(quote, annotated) >= 4 and not _verb_between(verb, quote):
            spans.append([quote.start, quote.end])
    spans.sort()
    merged: list[list[int]] = []
    for span in spans:
        if merged and span[0] <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], span[1])
        else:
            merged.append(span)
    return tuple((start, end) for start, end in merged)
