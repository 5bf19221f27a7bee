"""Extraction of attributions: who says, thinks or wants what, each with speaker, cue and content.

Candidates come from the parse and the quotation marks; the rate at which their cue was one decides. Then
quotes without a speaker named next to them get the speaker of the previous quote or statement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.attribution.beside_quotes import speaker_before, speaker_behind
from dragoman.coding.attribution.candidate import Candidate
from dragoman.coding.attribution.context_features import is_within, shared, size
from dragoman.coding.attribution.ranking import is_plain_saying, ranked_candidates
from dragoman.coding.attribution.span_index import SpanIndex
from dragoman.coding.attribution.turns import find_turns
from dragoman.coding.syntax import verb_phrases
from dragoman.knowledge.wordlists import is_saying_word
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from dragoman.coding.attribution.spans import Span
    from dragoman.knowledge.reporting import ReportingCues
    from dragoman.language.annotated import AnnotatedDocument, Quote

# Chosen on the training articles, cross-validated, for the best F1 of contents found: among 0.25 to 0.5; for
# words in quotation marks, which rarely lack a speaker, among 0.1 to 0.3.
LEAST = 0.34
LEAST_QUOTED = 0.15
# For plain objects, most of which are not content (*attacked Bree*).
LEAST_OBJECT = 0.41
_OBJECTS = frozenset({"dobj", "object-and-more"})
# Minimum overlap at which two contents count as one: with the same cue, and with two different cues.
_SAME = 0.25
_ALIKE = 0.4
# From this probability on, an attribution nested in another is kept in addition to it: *A says B vowed to*.
_NESTED = 0.85
# A speech verb followed by a colon leaves no doubt.
_COLON = 0.98
# A plain speech verb with a speaker and a clause or quote has at least this probability.
_PLAIN = 0.9
# A floating quote takes the speaker of a quote at most this many characters before it.
_REACH = 600
_MIN_FLOATING_WORDS = 5
_MIN_WITH_STOP = 3
# The class of content that has only a speaker label before it or a name below it.
LABEL = "label"
# The maximum distance in characters between parts of one attribution, separated only by its cue and speaker.
_CARRYING = 160


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """One attribution, its speaker not yet resolved to an actor."""

    speaker_span: Span | None
    speaker_head: Token | None
    cue_span: Span | None
    cue_token: Token | None
    cue_class: str
    content: tuple[Span, ...]
    quoted: bool
    nested_in: int | None = None


def find_attributions(annotated: AnnotatedDocument, *, cues: ReportingCues) -> list[FoundAttribution]:
    """Find the attributions of one report.

    Nested reports ("Arnor says Gondor refused") give one attribution per level. A quote that stands alone is
    assigned to the last speaker quoted. Text without a speaker gives none.

    Args:
        annotated: A report processed by the language layer.
        cues: Reporting words with their rates.

    Returns:
        Attributions, in the order of their content in the text.
    """
    likely = [(_at_least(chance, c), c) for chance, c in ranked_candidates(annotated, cues)]
    kept = _best_of_each([pair for pair in likely if pair[0] >= _least(pair[1], annotated)])
    found = [_attribution(candidate, annotated, cues) for candidate in kept]
    found = _carried_on([a for a in found if not _is_inside_own_speaker(a)], annotated)
    found += _floating(annotated, found)
    found += _in_turns(annotated)
    found.sort(key=lambda a: (a.content[0][0], -a.content[-1][1]))
    return _nested(found)


def _least(candidate: Candidate, annotated: AnnotatedDocument) -> float:
    """Return the minimum probability of a candidate."""
    in_quotes = shared(candidate.content, annotated.quoted_in(candidate.content))
    if 2 * in_quotes >= size(candidate.content):
        return LEAST_QUOTED
    return LEAST_OBJECT if candidate.frame in _OBJECTS and not in_quotes else LEAST


def _best_of_each(likely: list[tuple[float, Candidate]]) -> list[Candidate]:
    """Keep the most probable of candidates with nearly the same content."""
    kept: list[Candidate] = []
    index: SpanIndex[Candidate] = SpanIndex()
    for chance, candidate in sorted(likely, key=lambda pair: -pair[0]):
        check_time()
        nested = chance >= _NESTED
        if not any(_are_one(candidate, other, nested=nested) for other in index.near(candidate.content)):
            kept.append(candidate)
            index.add(candidate, candidate.content)
    return kept


def _are_one(one: Candidate, other: Candidate, *, nested: bool) -> bool:
    """Return True if two candidates have the same content; with different cues they may be nested."""
    if one.cue == other.cue:
        return _overlap(one.content, other.content) >= _SAME
    if nested and (is_within(one.cue_span, other.content) or is_within(other.cue_span, one.content)):
        return False
    return _overlap(one.content, other.content) >= _ALIKE


def _overlap(ours: tuple[Span, ...], theirs: tuple[Span, ...]) -> float:
    """Return the number of characters in both, as a share of those in either."""
    both = shared(ours, theirs)
    return both / (size(ours) + size(theirs) - both or 1)


def _at_least(chance: float, candidate: Candidate) -> float:
    """Return the probability of a candidate, raised if its form leaves little doubt."""
    if candidate.frame == "colon":
        return _COLON
    return max(chance, _PLAIN) if is_plain_saying(candidate) else chance


def _attribution(candidate: Candidate, annotated: AnnotatedDocument, cues: ReportingCues) -> FoundAttribution:
    head = candidate.speaker
    if head is not None and _is_nobody(head, candidate.cue):
        head = None
    named = _relative_pronoun(candidate.cue) or head
    return FoundAttribution(
        speaker_span=_phrase(named) if head is not None and named is not None else None,
        speaker_head=head,
        cue_span=candidate.cue_span,
        cue_token=candidate.cue,
        cue_class=cues.class_of.get(candidate.cue.lemma_.lower(), "say"),
        content=candidate.content,
        quoted=bool(annotated.quoted_in(candidate.content)),
    )


def _is_nobody(subject: Token, cue: Token) -> bool:
    """Return True for a subject that is not a speaker: ***that** shows*, ***Arnor** seems to have won*."""
    if subject.pos_ == "DET" and subject.dep_ == "nsubj" and subject.lower_ in ("that", "this"):
        return True
    return is_saying_word(cue.lemma_, "raising") and cue.pos_ == "VERB"


def _relative_pronoun(cue: Token) -> Token | None:
    """Return the pronoun next to the cue that refers to the speaker: *Bard, **who** said*."""
    if cue.dep_ != "relcl":
        return None
    labels = verb_phrases.SUBJECT_LABELS
    return next((c for c in cue.children if c.dep_ in labels and c.tag_ in ("WP", "WDT")), None)


def _phrase(head: Token) -> Span:
    """Return the noun phrase of a speaker, without the clauses attached to it."""
    words = [
        t
        for t in head.subtree
        if not any(a.dep_ in ("relcl", "acl", "conj", "cc") for a in _between(t, head)) and not t.is_space
    ]
    while len(words) > 1 and words[-1].is_punct:
        words.pop()
    while len(words) > 1 and words[0].is_punct:
        words.pop(0)
    return words[0].idx, words[-1].idx + len(words[-1].text)


def _between(token: Token, head: Token) -> list[Token]:
    found = []
    while token != head and token.head != token:
        found.append(token)
        token = token.head
    return found


def _is_inside_own_speaker(attribution: FoundAttribution) -> bool:
    span = attribution.speaker_span
    return span is not None and all(span[0] <= s and e <= span[1] for s, e in attribution.content)


def _carried_on(found: list[FoundAttribution], annotated: AnnotatedDocument) -> list[FoundAttribution]:
    """Merge a quote that continues after its *she said* into one attribution: *"A," she said. "B."*."""
    result = sorted(found, key=lambda a: a.content[0][0])
    text = annotated.document.text
    index: SpanIndex[int] = SpanIndex()
    for i, said in enumerate(result):
        index.add(i, said.content)
    for quote in annotated.quotes:
        check_time()
        if _is_somebodys(quote, (result[i] for i in index.near(((quote.start, quote.end),)))):
            continue
        before = (max(0, quote.start - _CARRYING), quote.start)
        for i in sorted(set(index.near((before,)))):
            said = result[i]
            end = said.content[-1][1]
            if not said.quoted or said.cue_span is None or not end <= said.cue_span[0] <= quote.start:
                continue
            between = text[end : quote.start]
            if len(between) <= _CARRYING and "\n" not in between.strip() and between.count(".") <= 2:
                result[i] = replace(said, content=(*said.content, (quote.start, quote.end)))
                index.add(i, ((quote.start, quote.end),))
                break
    return result


def _is_somebodys(quote: Quote, found: Iterable[FoundAttribution]) -> bool:
    """Return True if an attribution has words of a quote as content; one inside the quote is ignored."""
    return any(
        start < quote.end and end > quote.start
        for a in found
        if a.cue_span is None or not quote.start <= a.cue_span[0] < quote.end
        for start, end in a.content
    )


def _floating(annotated: AnnotatedDocument, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Assign unattributed quotes to the previous speaker; a colon names its speaker itself."""
    said = sorted((a for a in found if a.quoted or a.cue_class == "say"), key=lambda a: a.content[-1][1])
    floating: list[FoundAttribution] = []
    held, sayings = _index_of(found), _SayingsBefore(said)
    for quote in annotated.quotes:
        check_time()
        if not _is_sentence(quote, annotated) or not _stands_alone(quote, annotated):
            continue
        if _is_somebodys(quote, held.near(((quote.start, quote.end),))):
            continue
        last = sayings.last_before(quote)
        near = last is not None and quote.start - last.content[-1][1] <= _REACH
        source = last if near else None
        head = speaker_before(quote, annotated) or (None if source else speaker_behind(quote, annotated))
        if head is not None:
            floating.append(_without_verb(head, None, (quote.start, quote.end), quoted=True))
            sayings.add(floating[-1])
            continue
        floating.append(
            FoundAttribution(
                speaker_span=source.speaker_span if source else None,
                speaker_head=source.speaker_head if source else None,
                cue_span=source.cue_span if source else None,
                cue_token=None,
                cue_class="say",
                content=((quote.start, quote.end),),
                quoted=True,
            )
        )
        sayings.add(floating[-1])
    return floating


def _index_of(found: Iterable[FoundAttribution]) -> SpanIndex[FoundAttribution]:
    index: SpanIndex[FoundAttribution] = SpanIndex()
    for attribution in found:
        index.add(attribution, attribution.content)
    return index


class _SayingsBefore:
    """The attributions of a report, to look up the last one before a quote."""

    def __init__(self, found: Iterable[FoundAttribution]) -> None:
        self._index: SpanIndex[FoundAttribution] = SpanIndex()
        for attribution in found:
            self.add(attribution)

    def add(self, said: FoundAttribution) -> None:
        """Add an attribution, from its first character to its last."""
        self._index.add(said, ((said.content[0][0], said.content[-1][1]),))

    def last_before(self, quote: Quote) -> FoundAttribution | None:
        """Return the attribution that began before a quote and ended last, if it is close enough."""
        near = self._index.near(((max(0, quote.start - _REACH), quote.start),))
        before = [a for a in near if a.content[0][0] < quote.start]
        return max(before, key=lambda a: a.content[-1][1], default=None)


def _is_sentence(quote: Quote, annotated: AnnotatedDocument) -> bool:
    """Return True if a quote has enough words to be a sentence; one with a full stop needs fewer."""
    inner = annotated.text_of(quote.inner_start, quote.inner_end)
    count = len(inner.split())
    return count >= _MIN_FLOATING_WORDS or (
        count >= _MIN_WITH_STOP and inner[-1:] in ".!?" and inner[0].isupper()
    )


def _without_verb(
    head: Token | None, cue_span: Span | None, content: Span, *, quoted: bool
) -> FoundAttribution:
    return FoundAttribution(
        speaker_span=_phrase(head) if head is not None else None,
        speaker_head=head,
        cue_span=cue_span,
        cue_token=None,
        cue_class="say",
        content=(content,),
        quoted=quoted,
    )


def _in_turns(annotated: AnnotatedDocument) -> list[FoundAttribution]:
    """Return the attributions of the turns of a transcript and of signed posts."""
    turns = (turn for turn in find_turns(annotated) if turn.content[1] > turn.content[0])
    return [
        replace(_without_verb(turn.speaker, None, turn.content, quoted=False), cue_class=LABEL)
        for turn in turns
    ]


def _stands_alone(quote: Quote, annotated: AnnotatedDocument) -> bool:
    """Return True if a quote begins after a full stop, a line end or a colon, unlike a quoted phrase."""
    before = annotated.document.text[max(quote.start - 40, 0) : quote.start].rstrip(" ")
    return not before or before[-1] in '.!?:\n”"’'


def _nested(found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Record for each attribution the smallest other one that contains both its cue and its content."""
    result = []
    index: SpanIndex[int] = SpanIndex()
    for i, attribution in enumerate(found):
        index.add(i, attribution.content)
    for i, inner in enumerate(found):
        check_time()
        holding = [
            (size(found[j].content), j)
            for j in (index.near(inner.content[:1]) if inner.cue_span is not None else ())
            if i != j and _holds(found[j], inner)
        ]
        result.append(replace(inner, nested_in=min(holding)[1]) if holding else inner)
    return result


def _holds(outer: FoundAttribution, inner: FoundAttribution) -> bool:
    spans = [*inner.content, inner.cue_span or inner.content[0]]
    return all(is_within(span, outer.content) for span in spans)
