"""Features of a possible attribution in context: rivals for the same words, others around it, quotes."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.coding.attribution.candidate import Candidate
    from dragoman.coding.attribution.spans import Span
    from dragoman.knowledge.reporting import CueCounts
    from dragoman.language.annotated import AnnotatedDocument

# The log-odds used if there is no rival.
NO_RIVAL = -9.0
# Two contents that share at least this fraction of their characters count as the same.
_SAME = 0.5
_MARKS = "\"“'"


def context_features(
    found: Sequence[Candidate],
    odds: Sequence[float],
    annotated: AnnotatedDocument,
    *,
    counts: CueCounts,
) -> NDArray[np.float32]:
    """Return a row of numbers for each candidate of a document.

    Args:
        found: The candidates of one document.
        odds: The log-odds of each candidate, scored alone.
        annotated: The document.
        counts: How often each word was a cue.
    """
    by_sentence: dict[int, list[int]] = collections.defaultdict(list)
    sentences = [candidate.cue.sent for candidate in found]
    for number, sentence in enumerate(sentences):
        by_sentence[sentence.start].append(number)
    rows = [
        (
            odds[number],
            *_rivals(number, by_sentence[sentence.start], found, odds),
            *_content(candidate, annotated),
            len(sentence),
            candidate.cue.i - sentence.start,
            0 if candidate.speaker is None else candidate.cue.i - candidate.speaker.i,
            annotated.is_quoted(*candidate.cue_span),
            candidate.cue.tag_ == "VBD",
            counts.log_odds(candidate.cue.lemma_.lower()),
            counts.log_odds(candidate.cue.lemma_.lower(), candidate.frame),
        )
        for number, (candidate, sentence) in enumerate(zip(found, sentences, strict=True))
    ]
    return np.array(rows, dtype=np.float32)


def _rivals(
    number: int, beside: Sequence[int], found: Sequence[Candidate], odds: Sequence[float]
) -> tuple[float, ...]:
    """Return the best log-odds of rivals: with its cue, with its words, around its cue and inside it."""
    mine = found[number]
    length = size(mine.content)
    own = alike = around = inside = sharing = NO_RIVAL
    for other in beside:
        theirs, chance = found[other], odds[other]
        if other == number:
            continue
        if theirs.cue == mine.cue:
            own = max(own, chance)
            continue
        both = shared(mine.content, theirs.content)
        if both:
            sharing = max(sharing, chance)
            if both >= _SAME * (length + size(theirs.content) - both):
                alike = max(alike, chance)
        if is_within(mine.cue_span, theirs.content):
            around = max(around, chance)
        if is_within(theirs.cue_span, mine.content):
            inside = max(inside, chance)
    return own, odds[number] - own, alike, around, inside, sharing


def _content(candidate: Candidate, annotated: AnnotatedDocument) -> tuple[float, ...]:
    """Return the length of the content, its quoted share, its distance from the cue and its parts."""
    content, (start, end) = candidate.content, candidate.cue_span
    first, last, text = content[0][0], content[-1][1], annotated.document.text
    in_quotes = shared(content, annotated.quoted_in(content))
    gap = first - end if first >= end else start - last if last <= start else -1
    length = size(content)
    words = text.count(" ", first, last) + 1
    return words, in_quotes / length, gap, len(content), text[first] in _MARKS, length


def shared(ours: Sequence[Span], theirs: Sequence[Span]) -> int:
    """Return the number of characters that two contents share."""
    return sum(min(b, d) - max(a, c) for a, b in ours for c, d in theirs if c < b and a < d)


def size(content: Sequence[Span]) -> int:
    """Return the number of characters in a content."""
    return sum(end - start for start, end in content)


def is_within(span: Span, content: Sequence[Span]) -> bool:
    """Return True if one part of a content contains the whole span."""
    return any(start <= span[0] and span[1] <= end for start, end in content)
