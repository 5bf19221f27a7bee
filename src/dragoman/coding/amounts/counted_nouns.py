"""The noun that a bare number counts: the following one, or the people that a verb like *kill* implies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.units import load_units
from dragoman.knowledge.wordlists import is_function_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FURTHEST_NOUN = 7
_PASSED = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM", "VERB"})


class CountedNoun(NamedTuple):
    """The counted noun, and the end of its words."""

    of: str
    end: int


def counted_noun(doc: Doc, start: int, end: int) -> CountedNoun | None:
    """Return what the number at these characters counts, or None if it is not a countable noun."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if _is_model_number(doc, span[0]):
        return None
    noun = _noun_after(doc, span.end, furthest=_FURTHEST_NOUN if not _looks_like_year(span.text) else 2)
    if noun is not None:
        return noun
    return _implied_people(doc, span[-1], span.end)


def _looks_like_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def _is_model_number(doc: Doc, number: Token) -> bool:
    """Return True if a number is part of the preceding name: "31 Leopard 2 tanks"."""
    if number.i == 0 or not number.text.isdigit() or len(number.text) > 3:
        return False
    before = doc[number.i - 1]
    if before.pos_ != "PROPN" or before.sent != number.sent:
        return False
    return number.head == before or (
        before.dep_ in ("compound", "nmod") and before.head in (number, number.head)
    )


def _noun_after(doc: Doc, first: int, *, furthest: int) -> CountedNoun | None:
    """Return the last countable noun in the sequence of words after a number."""
    units = load_units()
    best: CountedNoun | None = None
    for index in range(first, min(first + furthest, len(doc))):
        token = doc[index]
        if token.is_sent_start and index > first:
            break
        if is_function_word(token.lower_, "before_counted"):
            if token.lower_ in ("of", "and") and (best is not None or token.lower_ == "and"):
                break
            continue
        if token.pos_ not in _PASSED or (token.pos_ == "VERB" and token.tag_ not in ("VBN", "VBG")):
            break
        if is_function_word(token.lemma_.lower(), "time_units") or (
            token.pos_ == "NUM" and doc[index - 1].pos_ != "PROPN"
        ):
            break
        if token.pos_ == "VERB" and best is not None:
            break
        of = _of(doc, index, first, units.counted) or _people_of(token)
        if of is not None:
            best = CountedNoun(of, token.idx + len(token.text))
    return best


def _of(doc: Doc, index: int, first: int, counted: dict[str, str]) -> str | None:
    """Look up a noun, with the two preceding words if they form one term ("air defence system")."""
    token = doc[index]
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    for begin in range(max(first, index - 2), index + 1):
        words = [t.lower_ for t in doc[begin:index]]
        for last in (token.lower_, token.lemma_.lower()):
            of = counted.get(" ".join([*words, last]))
            if of is not None and (token.pos_ != "ADJ" or token.tag_ == "NNS"):
                return of
    return None


def _people_of(token: Token) -> str | None:
    """Count "Muslims", "Palestinians" as people."""
    if not token.text[:1].isupper() or token.text.isupper():
        return None
    if token.text in load_units().peoples:
        return "people"
    is_plural = token.tag_ == "NNPS" or (token.pos_ in ("NOUN", "PROPN") and token.text.endswith("s"))
    singular = token.text.removesuffix("s")
    return "people" if is_plural and load_gazetteer().country_of_demonym(singular) else None


def _implied_people(doc: Doc, number: Token, after: int) -> CountedNoun | None:
    units = load_units()
    end = number.idx + len(number.text)
    if after < len(doc) and doc[after].lower_ in units.people_adjectives:
        follower = doc[after]
        return CountedNoun("people", follower.idx + len(follower.text))
    is_argument = number.dep_ in ("dobj", "nsubjpass", "nsubj", "obj") and number.head.pos_ in ("VERB", "AUX")
    if is_argument and number.head.lemma_ in units.people_verbs:
        return CountedNoun("people", end)
    return None
