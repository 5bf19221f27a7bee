"""Content after a colon, before a final *X said*, or in a quote parsed as a separate sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.attribution.candidate import Candidate
from dragoman.coding.attribution.spans import trim
from dragoman.coding.syntax import noun_phrases
from dragoman.knowledge.wordlists import is_saying_word, load_saying_words
from dragoman.language.annotated import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from dragoman.coding.attribution.spans import Span
    from dragoman.language.annotated import AnnotatedDocument

# The maximum distance in words from a verb to its colon.
_TO_COLON = 8


def behind_a_colon(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Candidate | None:
    """Read *Faramir wrote on X: ...*, *Faramir took to X: ...*; the parse rarely shows it."""
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
    return Candidate(verb, "colon", speaker, (span,), span_of(verb)) if span[1] > span[0] else None


def _colon_behind(verb: Token) -> Token | None:
    """Return the colon after a speech verb, or after the name of a platform."""
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
    """Return what follows *Faramir said:*: the next paragraph, and all up to the last first-person one.

    In such a report *I* and *we* outside of quotation marks refer only to the speaker.
    """
    text = annotated.document.text
    start = space.idx + len(space)
    last = start
    for token in space.doc[space.i + 1 :]:
        if noun_phrases.is_first_person(token) and not annotated.is_quoted(*span_of(token)):
            last = token.idx
    end = text.find("\n", max(last, start))
    return trim(text, start, len(text) if end < 0 else end)


def behind_a_quote(verb: Token, speaker: Token | None, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Read '"Who will pay?" Bard asked.', parsed as two sentences."""
    if speaker is None or verb.head != verb:
        return
    first = min(speaker.left_edge, verb, key=lambda t: t.i)
    quote = annotated.quote_before(first.idx)
    if quote is not None and not annotated.text_of(quote.end, first.idx).strip(" "):
        yield Candidate(verb, "quote", speaker, ((quote.start, quote.end),), span_of(verb))


def said_at_the_end(verb: Token, annotated: AnnotatedDocument) -> Iterator[Candidate]:
    """Read "..., Bard, the king of Dale, said on Friday." where the parse is wrong."""
    if not is_saying_word(verb.lemma_, "plain") or verb.tag_ not in ("VBD", "VBZ"):
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
    yield Candidate(verb, "around", speaker, content, span_of(verb))
