"""Attachment of the dates of a sentence to its events by the parse; never the date of a speech verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from dragoman.coding.dates.tense import direction_of_clause
from dragoman.knowledge.calendar_words import load_calendar_words
from dragoman.knowledge.wordlists import is_act_word, is_place_word
from dragoman.language.clauses import clause_root, first_joined, governing_clause, is_below

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.model.terms import Precision

Kind = Literal["on", "since", "until", "by", "before", "after", "between"]


# "Before" or "after" a date does not give the date of the event.
_BOUND_KINDS = frozenset({"before", "after"})
# Clauses of manner, circumstance or purpose that share the time of their governing clause.
_SAME_HAPPENING = frozenset({"xcomp", "advcl", "pcomp", "conj"})
_NOUN_LABELS = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
_AT_ONCE = frozenset({"as", "when", "while", "amid"})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: characters `start` to `end`, days `first` to `last`, inclusive.

    `kind` is the relation of the event to the date: on it, since it (the interval then ends at the report),
    by or until it, between two dates; "before" and "after" mark a date that the event precedes or follows.
    `is_absolute` is True when the words alone determine the year; `rule` is the name of the matched rule.
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: Precision
    kind: Kind
    is_absolute: bool
    rule: str = ""


class Timed(Protocol):
    """Words that state the time of an event, at characters `start` to `end`."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Character after the last."""

    @property
    def kind(self) -> Kind:
        """Relation of the event to the date."""


_T = TypeVar("_T", bound=Timed)


def bind_date(trigger: Token, doc: Doc, found: Sequence[_T]) -> _T | None:
    """Return the date of a trigger, from its own words, its clause or the governing clause."""
    sentence = trigger.sent
    begin, end = sentence.start_char, sentence.end_char
    here = [
        date for date in found if begin <= date.start and date.end <= end and date.kind not in _BOUND_KINDS
    ]
    if not here:
        return None
    root = clause_root(trigger)
    ranked = [
        (rank, abs(_anchor(doc, date).i - trigger.i), index)
        for index, date in enumerate(here)
        if (rank := _rank(trigger, root, doc, date)) is not None
    ]
    if ranked:
        return here[min(ranked)[2]]
    return _from_other_clause(root, doc, here)


def _head(doc: Doc, date: Timed) -> Token:
    """Return the token of a date that attaches it to its sentence."""
    span = doc.char_span(date.start, date.end, alignment_mode="expand")
    if span is None:
        return doc[0]
    inside = [
        token
        for token in span
        if token.head.i < span.start or token.head.i >= span.end or token.head == token
    ]
    dated = [token for token in inside if not token.is_punct]
    return (dated or inside or [span.root])[0]


def _anchor(doc: Doc, date: Timed) -> Token:
    """Return the token that a date modifies, skipping an intervening preposition."""
    token = _head(doc, date)
    above = _told_on(doc, date) or token.head
    while above.dep_ in ("prep", "pobj", "pcomp") and above.pos_ in ("ADP", "SCONJ") and above.head != above:
        above = above.head
    return above


def _told_on(doc: Doc, date: Timed) -> Token | None:
    """Return the speech verb directly before a date: in "said on Monday it had tested" the date is of "said".

    The parser often attaches such a date to the reported clause.
    """
    span = doc.char_span(date.start, date.end, alignment_mode="expand")
    at = span.start - 1 if span is not None else -1
    if at > 0 and doc[at].dep_ == "prep" and doc[at].lower_ in ("on", "late", "early"):
        at -= 1
    if at < 0 or doc[at].pos_ != "VERB" or not is_reporting(doc[at]):
        return None
    return doc[at] if any(child.dep_ == "ccomp" for child in doc[at].children) else None


def _rank(trigger: Token, root: Token, doc: Doc, date: Timed) -> int | None:
    head = _head(doc, date)
    anchor = _anchor(doc, date)
    if head.dep_ in _NOUN_LABELS and anchor.pos_ in ("NOUN", "PROPN") and anchor != head:
        # "Friday's attack", "the 2014 annexation": the date applies to that noun only.
        if anchor == trigger or _carries(trigger, anchor):
            return 0
        return 1 if _is_within(trigger, anchor) else None
    if anchor == trigger:
        return 0
    if clause_root(anchor) != root:
        return None
    if is_below(anchor, trigger):
        return 1
    if anchor == root:
        return 2 if _is_in_same_event(trigger, root) else None
    return 3 if trigger == root or _is_in_same_event(trigger, root) else None


def _carries(trigger: Token, noun: Token) -> bool:
    """Return True if a verb only states that its noun took place ("Friday's attack killed ..." does not)."""
    return (
        noun.dep_ in ("dobj", "obj", "nsubjpass")
        and noun.head == trigger
        and is_act_word(trigger.lemma_, "light_verbs")
    )


def _is_within(trigger: Token, noun: Token) -> bool:
    """Return True if a verb describes a result of its noun: "killed in yesterday's attack"."""
    is_in = noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") and noun.head.head == trigger
    return is_in and trigger.pos_ == "VERB" and not is_reporting(trigger)


def _is_in_same_event(trigger: Token, root: Token) -> bool:
    """Return True if a noun shares the time of its clause, and is not merely mentioned by a speaker in it."""
    if trigger == root or trigger.pos_ in ("VERB", "AUX", "ADJ"):
        return True
    return not is_reporting(root)


def is_reporting(verb: Token) -> bool:
    """Return True if a verb reports speech."""
    return is_place_word(verb.lemma_, "spoken_acts")


def _from_other_clause(root: Token, doc: Doc, here: list[_T]) -> _T | None:
    above = governing_clause(root)
    first = first_joined(root)
    if root.dep_ == "relcl":
        # "Yesterday, when it attacked".
        dated = [date for date in here if date.start <= root.head.idx < date.end]
        if dated:
            return dated[0]
    for other in (first if first != root else None, above):
        if other is not None and _is_one_happening(root, other):
            date = _direct(other, doc, here)
            if date is not None:
                return date
    stage = _below_stage(root, doc, here)
    if stage is not None:
        return stage
    if above is not None and root.dep_ == "ccomp" and is_reporting(above) and _is_present(root):
        # "said on Friday that it supports": a present state holds at the time of speech.
        return _direct(above, doc, here)
    return None


def _direct(root: Token, doc: Doc, here: list[_T]) -> _T | None:
    hanging = [
        date
        for date in here
        if date.kind != "until" and _hangs_on(_head(doc, date), _anchor(doc, date), root)
    ]
    return hanging[0] if hanging else None


def _hangs_on(head: Token, anchor: Token, root: Token) -> bool:
    """Return True if a date is attached to a verb or, by a preposition, to its object ("raid on Monday")."""
    if anchor == root:
        return True
    if anchor.head == root and anchor.dep_ == "nsubj" and anchor.i > root.i:
        # "said a spokesman on Monday"
        return True
    return anchor.head == root and anchor.dep_ in ("dobj", "obj") and head.dep_ == "pobj"


def _is_one_happening(root: Token, other: Token) -> bool:
    """Return True if a clause and its governing clause describe one event, at one time."""
    if root.dep_ not in _SAME_HAPPENING or is_reporting(other):
        return False
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in root.children)
    if root.dep_ == "conj":
        return not has_subject and direction_of_clause(root) == direction_of_clause(other)
    if root.dep_ == "advcl" and has_subject:
        marks = {child.lower_ for child in root.children if child.dep_ in ("mark", "advmod")}
        return bool(marks & _AT_ONCE) or root.tag_ == "VBG"
    if root.tag_ == "VB":
        return other.lemma_.lower() not in load_calendar_words().future_governors
    return True


def _below_stage(root: Token, doc: Doc, here: list[_T]) -> _T | None:
    """Interpret "began withdrawing on Friday": the date is attached to the lower verb and applies to both."""
    if not is_act_word(root.lemma_, "stages") and not (
        root.tag_ == "VBN" and is_act_word(root.lemma_, "timetables")
    ):
        return None
    for child in root.children:
        if child.dep_ == "xcomp":
            date = _direct(child, doc, here)
            if date is not None:
                return date
    return None


def _is_present(root: Token) -> bool:
    if root.tag_ in ("VBZ", "VBP"):
        return True
    auxiliaries = {child.lower_ for child in root.children if child.dep_ in ("aux", "auxpass")}
    return root.tag_ == "VBG" and bool(auxiliaries & {"is", "are", "am"})
