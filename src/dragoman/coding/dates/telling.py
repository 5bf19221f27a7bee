"""Status of an event in a report (news, background or future) and the resulting day.

A clause without a date is news of the report's day only if nothing marks it as background: a historical
period, a distance ("twenty years after"), an anniversary, an obituary, a period ("since 2018"), a habit ("has
long"), or the pluperfect outside reported speech.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.dates import calendar
from dragoman.coding.dates.binding import bind_date, is_reporting
from dragoman.coding.dates.memories import remembered
from dragoman.coding.dates.past_words import BACKGROUND_DAYS
from dragoman.coding.dates.tense import is_to_come
from dragoman.knowledge.telling_words import load_telling_words
from dragoman.language.clauses import clause_root, first_joined, governing_clause, is_below
from dragoman.language.nearby import nearby
from dragoman.model.records import EventDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from dragoman.coding.dates.binding import FoundDate
    from dragoman.coding.dates.calendar import Interval
    from dragoman.coding.dates.past_words import Distance, PastTelling
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.terms import TimeBasis, ToldAs

# Words between a superlative ("first", "worst") and its "since".
_RANKED_WITHIN = 10
_PERFECT = frozenset({"has", "have", "'ve", "’ve"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Timing:
    """Date of an event, its status in the report, the reason, and the words that show it."""

    date: EventDate | None
    told_as: ToldAs
    basis: TimeBasis
    words: str | None = None


def timing_of(
    trigger: Token,
    annotated: AnnotatedDocument,
    dates: Sequence[FoundDate],
    past: PastTelling,
    *,
    is_planned: bool,
) -> Timing:
    """Return the date of an event and its status in the report.

    Args:
        trigger: The word that carries the event.
        annotated: The report.
        dates: Result of `find_dates` for the report.
        past: Result of `find_past_words` for the report.
        is_planned: Whether the event is reported as planned.
    """
    reading = _Reading(trigger, annotated, past)
    sentence = trigger.sent
    near = nearby(dates, sentence.start_char, sentence.end_char)
    own = bind_date(trigger, annotated.doc, [date for date in near if not reading.is_of_something_else(date)])
    if is_planned or is_to_come(clause_root(trigger)):
        return Timing(_dated(own, annotated), "planned", "stated" if own else "planned")
    if own is None or not own.is_absolute:
        counted = reading.by_distance(dates)
        if counted is not None:
            return counted
    if own is not None:
        return _by_date(own, reading, annotated)
    found = reading.background()
    if found is not None:
        return Timing(None, "background", *found)
    return Timing(None, "current", "publication" if annotated.document.published_on else "undated")


def _by_date(own: FoundDate, reading: _Reading, annotated: AnnotatedDocument) -> Timing:
    """Time an event by its date: a short interval dates it; a long one marks a summary or a habit."""
    published = annotated.document.published_on
    words = annotated.text_of(own.start, own.end)
    days = (own.last - own.first).days
    is_span = own.kind == "since" or own.rule == "stretch"
    is_so_far = own.rule == "unit" and own.last >= (published or own.last)
    if days > BACKGROUND_DAYS and (is_span or (is_so_far and reading.is_perfect)):
        return Timing(None, "background", "background_period", words)
    return _stated(_dated(own, annotated), words, published)


def _stated(date: EventDate | None, words: str, published: dt.date | None) -> Timing:
    is_far = date is not None and published is not None and (published - date.end).days > BACKGROUND_DAYS
    return Timing(date, "background" if is_far else "current", "stated", words)


def _dated(date: FoundDate | None, annotated: AnnotatedDocument) -> EventDate | None:
    if date is None:
        return None
    interval = calendar.Interval(date.first, date.last, date.precision)
    return _event_date(interval, annotated, date.start, date.end)


def _event_date(interval: Interval, annotated: AnnotatedDocument, start: int, end: int) -> EventDate:
    return EventDate(
        start=interval.first, end=interval.last, precision=interval.precision,
        text=annotated.text_of(start, end), start_char=start, end_char=end,
    )  # fmt: skip


class _Reading:
    """A trigger in its sentence, tested in turn for each kind of background."""

    def __init__(self, trigger: Token, annotated: AnnotatedDocument, past: PastTelling) -> None:
        self._trigger = trigger
        self._annotated = annotated
        self._past = past
        self._words = load_telling_words()
        root = clause_root(trigger)
        while root.dep_ == "xcomp" and root.tag_ in ("VB", "VBG"):
            root = clause_root(root.head)
        self._root = root
        self._auxiliaries = _auxiliaries(root)

    @property
    def is_perfect(self) -> bool:
        """True if the clause is in the present perfect."""
        return bool(self._auxiliaries & _PERFECT)

    @property
    def _is_verb(self) -> bool:
        return self._trigger.pos_ in ("VERB", "AUX", "ADJ")

    @property
    def _is_present(self) -> bool:
        """Return True if the clause describes the present: words of the past do not make it background."""
        if not self._is_verb:
            return False
        return self._root.tag_ in ("VBZ", "VBP") or bool(self._auxiliaries & {"is", "are", "am"})

    def is_of_something_else(self, date: FoundDate) -> bool:
        """Return True if a date is not the act's: the worst *since 2014*, protests a siege *since 2014*.

        The object of an act in the present may have lasted since then; the act itself has not.
        """
        if date.kind == "since" and self._is_present and not self.is_perfect:
            return True
        if date.kind != "since" and date.rule not in ("unit", "unit-of-report", "stretch"):
            return False
        span = self._annotated.doc.char_span(date.start, date.end, alignment_mode="expand")
        return span is not None and self._is_after_rank(span[0])

    def _is_after_rank(self, token: Token) -> bool:
        for before in reversed(list(token.sent)):
            if before.i >= token.i:
                continue
            if before.tag_ in _FINITE or before.is_punct or token.i - before.i > _RANKED_WITHIN:
                return False
            if before.tag_ in ("JJS", "RBS") or before.lower_ in self._words.ranking_words:
                return True
            if before.lower_[:-2].isdigit() and before.lower_[-2:] in ("st", "nd", "rd", "th"):
                return True
        return False

    # Distances and anniversaries ------------------------------------------------------------------

    def by_distance(self, dates: Sequence[FoundDate]) -> Timing | None:
        """Interpret "twenty years after Arnor invaded", "the tenth anniversary of the invasion"."""
        sentence = self._trigger.sent
        for each in (*self._past.distances, *self._past.anniversaries):
            if not sentence.start_char <= each.start < sentence.end_char:
                continue
            span = self._annotated.doc.char_span(each.link, each.end, alignment_mode="expand")
            if span is None:
                continue
            if each.is_after and self._hangs_below(span[0]):
                return self._counted_back(each, span[0], dates)
            before = span[0].doc.char_span(each.start, each.end, alignment_mode="expand")
            is_duration = before is not None and before.start > 0 and before[0].nbor(-1).lower_ == "for"
            is_either = self._stands_above(span[0]) or self._hangs_below(span[0])
            if not each.is_after and each.is_long and not is_duration and is_either:
                words = self._annotated.text_of(each.start, each.end)
                return Timing(None, "background", "background_distance", words)
        return None

    def _hangs_below(self, link: Token) -> bool:
        if link.dep_ == "mark":
            return link.head.head != link.head and is_below(self._trigger, link.head)
        return link != self._trigger and is_below(self._trigger, link)

    def _stands_above(self, link: Token) -> bool:
        head = link.head.head if link.dep_ == "mark" else link.head
        return clause_root(self._trigger) == clause_root(head) and not self._hangs_below(link)

    def _counted_back(self, each: Distance, link: Token, dates: Sequence[FoundDate]) -> Timing:
        words = self._annotated.text_of(each.start, each.end)
        published = self._annotated.document.published_on
        above = governing_clause(link.head if link.dep_ == "mark" else link)
        told = bind_date(above, self._annotated.doc, dates) if above is not None else None
        is_dated = told is not None and told.is_absolute and told.kind == "on"
        anchor = told.first if told is not None and is_dated else published
        if anchor is None or each.count is None:
            return Timing(None, "background", "background_distance", words)
        interval = calendar.far_back(anchor, each.unit, each.count)
        if interval is None:
            return Timing(None, "background", "background_distance", words)
        return _stated(_event_date(interval, self._annotated, each.start, each.end), words, published)

    # Background without a date --------------------------------------------------------------------

    def background(self) -> tuple[TimeBasis, str] | None:
        """Return the reason why an undated event is background, with the words that show it."""
        anniversary = self._anniversary()
        if anniversary is not None:
            return "background_anniversary", anniversary.text
        if self._is_present:
            return None
        bound = bind_date(self._trigger, self._annotated.doc, self._past.words)
        if bound is not None and self._is_of_time(bound.start, bound.basis):
            return bound.basis, self._annotated.text_of(bound.start, bound.end)
        if self._is_of_a_life():
            return "background_obituary", self._trigger.text
        found = remembered(self._root) if self._is_verb else None
        return found or self._habit() or self._since() or self._pluperfect()

    def _is_of_time(self, start: int, basis: TimeBasis) -> bool:
        """Return True if a historical period gives the time: "in the Cold War", "the Cold War invasion"."""
        if basis != "background_era":
            return True
        text = self._annotated.document.text
        before = " ".join(text[max(0, start - 40) : start].lower().split()).removesuffix(" the")
        before = before if before != "the" else ""
        return any(before == word or before.endswith(f" {word}") for word in self._words.era_openers) or (
            not self._is_verb and self._trigger.idx > start and "," not in text[start : self._trigger.idx]
        )

    def _anniversary(self) -> Token | None:
        below = self._trigger
        for above in self._trigger.ancestors:
            if above.pos_ == "NOUN" and above.lemma_.lower() in self._words.anniversary_nouns:
                return above
            is_object = below.dep_ in ("dobj", "nsubjpass", "pobj", "prep", "ccomp", "obj")
            if is_object and above.lemma_.lower() in self._words.commemorating_verbs:
                return above
            below = above
        if self._is_verb:
            return None
        # "Held a memorial for the victims of the attack": the purpose phrase is attached to the verb.
        objects = (child for child in self._root.children if child.dep_ in ("dobj", "nsubjpass"))
        return next((c for c in objects if c.lemma_.lower() in self._words.anniversary_nouns), None)

    def _is_of_a_life(self) -> bool:
        if self._past.life is None or not self._is_verb:
            return False
        begin, end = self._past.life
        root = first_joined(self._root)
        if begin <= root.idx < end:
            return self._is_before_a_death(root)
        own = {"he", "she"}
        under = any(
            child.lower_ == "under" and any(t.lower_ in ("him", "her") for t in child.children)
            for child in self._root.children
        )
        return under or any(child.dep_ == "nsubj" and child.lower_ in own for child in root.children)

    @staticmethod
    def _is_before_a_death(root: Token) -> bool:
        """Return True for a clause about the dead in a sentence that reports their death."""
        clauses = [root, *[t for t in root.ancestors if t.pos_ in ("VERB", "AUX")]]
        about = next((c for c in clauses if c.dep_ == "relcl"), None)
        if about is not None:
            is_of_dead = about.head.dep_ in ("nsubj", "appos", "nsubjpass")
            return is_of_dead and about.lemma_.lower() not in ("die", "pass")
        # "The minister, who has died aged 84, negotiated with Arnor".
        subjects = (c for c in root.children if c.dep_ in ("nsubj", "nsubjpass"))
        return any(
            c.dep_ == "relcl" and c.lemma_.lower() in ("die", "pass") for s in subjects for c in s.children
        )

    def _habit(self) -> tuple[TimeBasis, str] | None:
        if not self._is_verb:
            return None
        for child in self._root.children:
            word = child.lower_
            if child.dep_ != "advmod" or child.i > self._trigger.i + 1:
                continue
            follows = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if follows in self._words.not_after_once:
                continue
            is_perfect = self.is_perfect or "had" in self._auxiliaries
            if word in self._words.before_adverbs or (is_perfect and word in self._words.habit_adverbs):
                return "background_habit", child.text
        above = self._root.head
        used = next((t for t in (self._root, above) if t.lower_ == "used" and t.tag_ == "VBD"), None)
        if used is not None and used != self._trigger and self._trigger.tag_ == "VB":
            return "background_habit", used.text
        return None

    def _since(self) -> tuple[TimeBasis, str] | None:
        """Interpret events before a "since", and those summarised from it onward."""
        root = self._root
        mark = next((c for c in root.children if c.dep_ == "mark" and c.lower_ == "since"), None)
        if mark is not None and root.dep_ in ("advcl", "relcl", "acl"):
            above = root.head
            if (
                _auxiliaries(clause_root(above)) & _PERFECT
                or above.pos_ == "NOUN"
                or self._is_after_rank(mark)
            ):
                return "background_since", mark.text
        if not self.is_perfect or not self._is_verb:
            return None
        for child in root.children:
            is_clause = child.dep_ == "advcl" and any(c.lower_ == "since" for c in child.children)
            # "Has since attacked" describes a single act.
            is_phrase = child.lower_ == "since" and child.dep_ == "prep" and next(child.children, None)
            if (is_phrase or is_clause) and not self._is_after_rank(child.left_edge):
                return "background_period", "since"
        return None

    def _pluperfect(self) -> tuple[TimeBasis, str] | None:
        """Interpret "had attacked", except in reported speech or for precedence ("after it had attacked")."""
        root = self._root
        joined = first_joined(root)
        if not self._is_verb or "had" not in (self._auxiliaries | _auxiliaries(joined)) or root.tag_ == "VBD":
            return None
        if joined.dep_ in ("advcl", "ccomp", "pcomp", "csubj") or _is_said(joined):
            return None
        return "background_pluperfect", "had"


def _auxiliaries(root: Token) -> set[str]:
    return {child.lower_ for child in root.children if child.dep_ in ("aux", "auxpass")}


def _is_said(root: Token) -> bool:
    """Return True if a clause is reported speech: the pluperfect there stands for the speaker's perfect."""
    beside = (child for child in root.children if child.dep_ in ("parataxis", "ccomp", "dep"))
    if any(is_reporting(child) for child in beside):
        return True
    below = root
    for above in root.ancestors:
        if below.dep_ in ("ccomp", "parataxis") and is_reporting(above):
            return True
        below = above
    return False
