"""Words that name a party only to exclude it: *Arnor but not Gondor*, *all but Gondor*, *Gondor did not*.

Read from the sequence of words, since these constructions are parsed in many ways.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.syntax.phrases import find_phrases
from dragoman.coding.syntax.verb_phrases import is_verb
from dragoman.knowledge.wordlists import load_gate_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

_IN_A_NOUN_PHRASE = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_BEFORE_NAMES = frozenset(
    {"to", "from", "with", "on", "against", "in", "at", "by", "for", "of", "toward", "towards"}
)
_JOINING = frozenset({"and", "or", "nor"})
_BEFORE_NEVER = frozenset({"but", "and", "though", ","})
_NOT_DENYING_BEFORE = frozenset({"or", "if", "why", "whether"})
_STOPS = frozenset({".", ",", ";", "!", "?", ":", "—", "–", "-", ")", '"', "”"})
_HOW_FAR_BACK = 4


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The words of a document, from `start` to before `end`, that name excluded parties.

    `only_for` bounds the words for which they are: None for all outside of `start` to `end`. `by_negation` is
    true where "neither" or "nor" says so, which negates what is told of them too.
    """

    start: int
    end: int
    only_for: tuple[int, int] | None = None
    by_negation: bool = False

    def holds_for(self, trigger: Token) -> bool:
        """Return True if they are excluded from the act of a word."""
        if self.start <= trigger.i < self.end:
            return False
        return self.only_for is None or self.only_for[0] <= trigger.i < self.only_for[1]


def left_out_in(sentence: Span) -> Iterator[LeftOut]:
    """Yield every span of a sentence that names excluded parties."""
    for token in sentence:
        word = token.lower_
        if word == "not":
            yield from _behind_not(token, sentence)
        elif word in ("neither", "nor"):
            yield from (replace(found, by_negation=True) for found in _names_behind(token.i, sentence))
        elif word == "never" and _is_contrast(token, sentence):
            yield from _names_behind(token.i, sentence)
        elif word == "but":
            yield from _behind_universal(token.i, token.i, sentence)
        if word in ("not", "n't", "n’t"):
            yield from _before_bare_auxiliary(token, sentence)
            yield from _objects_of_negated(token)
    yield from _behind_phrases(sentence)


def _is_contrast(never: Token, sentence: Span) -> bool:
    return never.i > sentence.start and never.nbor(-1).lower_ in _BEFORE_NEVER


def _behind_not(token: Token, sentence: Span) -> Iterator[LeftOut]:
    """Yield the excluded in *not **Gondor** but Rohan*; never in *did not*, *not only*, *whether or not*."""
    if token.i > sentence.start:
        before = token.nbor(-1)
        is_of_verb = before.pos_ == "AUX" and before.lemma_ != "be"
        if is_of_verb or before.lower_ in _NOT_DENYING_BEFORE:
            return
    if token.i + 1 < sentence.end and token.nbor(1).lower_ in load_gate_words()["not_negating"]:
        return
    yield from _names_behind(token.i, sentence)


def _behind_phrases(sentence: Span) -> Iterator[LeftOut]:
    words = load_gate_words()
    for _, end in find_phrases(sentence, words["not_chosen"]):
        yield from _names_behind(end - 1, sentence)
    for start, end in find_phrases(sentence, words["exceptions"]):
        before = {t.lower_ for t in sentence.doc[sentence.start : start]}
        everyone = {t.lower_ for t in sentence}
        if not before & words["none_else"] and not everyone & words["additions"]:
            yield from _names_behind(end - 1, sentence)
            yield from _behind_universal(start, end - 1, sentence)


def _behind_universal(start: int, last: int, sentence: Span) -> Iterator[LeftOut]:
    """Yield the excluded in *all members **but Gondor***; also members, who would count as Gondor's."""
    universals, doc = load_gate_words()["universals"], sentence.doc
    for token in reversed(doc[max(sentence.start, start - _HOW_FAR_BACK) : start]):
        if is_verb(token) or token.is_punct:
            return
        if token.lower_ in universals:
            yield from _names_behind(last, sentence, all_joined=True)
            yield LeftOut(token.i, start)
            return


def _names_behind(place: int, sentence: Span, *, all_joined: bool = False) -> Iterator[LeftOut]:
    """Yield the noun phrase right after a word, with its conjuncts.

    Args:
        place: The word.
        sentence: Its sentence.
        all_joined: Whether conjuncts after *and* are included even before a verb.
    """
    doc = sentence.doc
    start = place + 1
    if start < sentence.end and doc[start].lower_ in _BEFORE_NAMES:
        start += 1
    end, joined = start, None
    while end < sentence.end:
        token = doc[end]
        if token.lower_ in _JOINING and end > start and _continues(doc, end, sentence):
            joined = end if token.lower_ == "and" else joined
        elif not _is_nominal(token):
            break
        end += 1
    if joined is not None and not all_joined and end < sentence.end and _is_finite(doc[end]):
        end = joined  # "Not Gondor and Rohan left": Rohan did.
    if any(t.pos_ in _NOUNS or t.text[:1].isupper() for t in doc[start:end]):
        yield LeftOut(start, end)


def _continues(doc: Doc, place: int, sentence: Span) -> bool:
    return place + 1 < sentence.end and _is_nominal(doc[place + 1])


def _is_nominal(token: Token) -> bool:
    return token.pos_ in _IN_A_NOUN_PHRASE or token.tag_ == "POS" or token.text == "-" or token.lower_ == "of"


def _is_finite(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD")


def _before_bare_auxiliary(negation: Token, sentence: Span) -> Iterator[LeftOut]:
    """Yield the excluded in *Arnor attacked, **Gondor** did not*: an auxiliary with nothing after it."""
    doc, place = negation.doc, negation.i - 1
    if place <= sentence.start or doc[place].pos_ not in ("AUX", "VERB"):
        return
    behind = doc[negation.i + 1] if negation.i + 1 < sentence.end else None
    if behind is not None and behind.text not in _STOPS and behind.pos_ not in ("CCONJ", "SCONJ"):
        return
    start = place
    while start > sentence.start and _is_nominal(doc[start - 1]):
        start -= 1
    if start < place:
        yield LeftOut(start, place)


def _objects_of_negated(negation: Token) -> Iterator[LeftOut]:
    """Yield the objects of a negated act: *did not sanction **Gondor** but condemned Rohan*."""
    verb = negation.head
    if negation.dep_ != "neg" or not is_verb(verb):
        return
    other = next((c for c in verb.children if c.dep_ == "conj" and is_verb(c) and c.i > verb.i), None)
    if other is None or not any(c.lower_ == "but" for c in verb.children if verb.i < c.i < other.i):
        return
    for child in verb.children:
        if verb.i < child.i < other.i and child.dep_ in ("dobj", "prep", "dative", "ccomp", "xcomp"):
            yield LeftOut(
                child.left_edge.i, child.right_edge.i + 1, only_for=(other.i, other.right_edge.i + 1)
            )
