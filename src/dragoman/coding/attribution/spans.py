"""Character spans of content: subtrees of the parse, and quotes."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from dragoman.language.word_columns import word_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dragoman.language.annotated import AnnotatedDocument, Quote

Span = tuple[int, int]
_EDGES = " \t\n\r,;:.-–—"
_QUOTED_EDGES = " \t\n\r,;:–—"
# A quote of fewer words is not a sentence.
_SENTENCE_WORDS = 4


def trim(text: str, start: int, end: int) -> Span:
    """Strip spaces and full stops at both ends; the full stop of a quoted sentence is kept."""
    while start < end and text[start] in _EDGES:
        start += 1
    edges = _QUOTED_EDGES if text[start : start + 1] in '"“' else _EDGES
    while end > start and text[end - 1] in edges:
        end -= 1
    return start, end


def runs(words: Iterable[int], annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Merge neighbouring words, given by index, into spans, without the punctuation at their edges."""
    found: list[list[int]] = []
    for i in sorted(words):
        if found and i == found[-1][1] + 1:
            found[-1][1] = i
        else:
            found.append([i, i])
    columns, text = word_columns(annotated.doc), annotated.document.text
    trimmed = (trim(text, columns.starts[first], columns.ends[last]) for first, last in found)
    return tuple(span for span in trimmed if span[1] - span[0] > 1)


def subtree(root: Token, cue: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Return the words below a word, without the cue's own clause if it is among them."""
    if root.is_ancestor(cue):
        return subtree_without(root, cue, annotated)
    return runs((t.i for t in root.subtree), annotated)


def subtree_without(root: Token, taken: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Return the words below one word that are not below another."""
    return runs({t.i for t in root.subtree} - {t.i for t in taken.subtree}, annotated)


def sentence_of(word: Token) -> tuple[int, int]:
    """Return the first word of a word's sentence and the word after its last."""
    sentences = word_columns(word.doc).sentences
    first = sentences[word.i]
    return first, bisect.bisect_right(sentences, first)


def quotes_beside(verb: Token, annotated: AnnotatedDocument) -> list[Span]:
    """Return the quotes of the verb's sentence that are long enough to be content."""
    return [
        (q.start, q.end)
        for q in _sentence_quotes(verb, annotated)
        if _word_count(q, annotated) >= _SENTENCE_WORDS and not _has_verb_between(verb, q)
    ]


def with_quotes(content: tuple[Span, ...], verb: Token, annotated: AnnotatedDocument) -> tuple[Span, ...]:
    """Extend content to the whole of every quote that it overlaps, also across sentence ends."""
    spans = [list(span) for span in content]
    for quote in _sentence_quotes(verb, annotated):
        touched = [s for s in spans if s[0] < quote.end and s[1] > quote.start]
        if touched and not quote.start < verb.idx < quote.end:
            touched[0][0] = min(touched[0][0], quote.start)
            touched[0][1] = max(touched[0][1], quote.end)
        elif (
            not touched
            and _word_count(quote, annotated) >= _SENTENCE_WORDS
            and not _has_verb_between(verb, quote)
        ):
            spans.append([quote.start, quote.end])
    spans.sort()
    merged: list[list[int]] = []
    for span in spans:
        if merged and span[0] <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], span[1])
        else:
            merged.append(span)
    return tuple((start, end) for start, end in merged)


def _sentence_quotes(verb: Token, annotated: AnnotatedDocument) -> list[Quote]:
    if not annotated.quotes:
        return []
    at = verb.idx
    if any(q.start < at for q in annotated.quotes_touching(at, at + 1)):
        return []
    first, end = sentence_of(verb)
    columns = word_columns(verb.doc)
    start_char, end_char = columns.starts[first], columns.ends[end - 1]
    return list(annotated.quotes_touching(start_char, end_char))


def _word_count(quote: Quote, annotated: AnnotatedDocument) -> int:
    return len(annotated.text_of(quote.inner_start, quote.inner_end).split())


def _has_verb_between(verb: Token, quote: Quote) -> bool:
    low, high = (quote.end, verb.idx) if quote.end <= verb.idx else (verb.idx + len(verb.text), quote.start)
    columns = word_columns(verb.doc)
    first, end = sentence_of(verb)
    first = bisect.bisect_left(columns.starts, low, first, end)
    end = bisect.bisect_left(columns.starts, high, first, end)
    return any(columns.classes[word] == "VERB" and word != verb.i for word in range(first, end))
