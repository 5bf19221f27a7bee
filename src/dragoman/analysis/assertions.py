"""What the sentence of an event asserts around the word that carries it: who does it, whether it is so."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.view_words import ViewWords, load_view_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.model.records import ActorRef, Event

# So many characters before a word may hold what denies or supposes it.
_REACH = 45
# A party that opens a sentence with "by" behind the word that carries the event.
_BY = re.compile(r"\b(?:by|from|between|among|with)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|gets?|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_STOPS = re.compile(r"[;:.!?]|,\s+(?:and|but|while|who|which)\b|\b(?:but|while|whereas)\b|[\"“”]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_LAST_WORD = re.compile(r"([\w'’-]+)\W*$")


class Assertion(NamedTuple):
    """The words of an event's clause, cut at the word that carries it.

    Attributes:
        event: The event.
        before: The evidence up to the word.
        word: The word.
        after: The evidence behind it, with the issue when that stands beyond.
    """

    event: Event
    before: str
    word: str
    after: str

    @property
    def is_passive(self) -> bool:
        """Return True for "was condemned": who did it stands behind "by"."""
        return _PASSIVE.search(self.before) is not None and self.word.lower().endswith(("ed", "en", "n", "t"))

    @property
    def is_negated(self) -> bool:
        """Return True if the clause says that the word is not so: "did not back", "refused to back"."""
        return _words().has("negators", self._close)

    @property
    def is_supposed(self) -> bool:
        """Return True if the clause only supposes it: "if", "might", "considers"."""
        return self.event.conditional or _words().has("suppositions", self._close)

    @property
    def _close(self) -> str:
        """The words just before, back to where the clause begins."""
        near = self.before[-_REACH:]
        stop = None
        for stop in _STOPS.finditer(near):
            pass
        return near[stop.end() :] if stop else near

    @property
    def follows_other_noun(self) -> bool:
        """Return True for a participle that belongs to a noun which is no party: "protests demanding"."""
        if not self.word.lower().endswith("ing") or not self.before.strip():
            return False
        last = _LAST_WORD.search(self.before)
        if last is None or self.before.rstrip().endswith((",", "—", "-")):
            return False
        word = last[1]
        if word[:1].isupper() or word.lower().endswith("ly") or _words().is_in("joining", word.lower()):
            return False
        offset = self.event.evidence.start + last.start(1)
        return not any(ref.start <= offset < ref.end for ref in self.event.actors)


def assertion_of(event: Event) -> Assertion:
    """Cut an event's evidence at the word that carries it."""
    text, start = event.evidence.text, event.trigger.start - event.evidence.start
    end = start + len(event.trigger.text)
    if not 0 <= start <= len(text):
        return Assertion(event, "", event.trigger.text, text)
    after = text[end:]
    issue = event.issue
    if issue is not None and issue.start >= event.evidence.end:
        after = f"{after} {issue.text}"
    return Assertion(event, text[:start], event.trigger.text, after)


def doers(event: Event) -> tuple[ActorRef, ...]:
    """Return the actors that the words show to do it: before the word, behind its "by", or its speakers."""
    at, speaking = assertion_of(event), {ref.id for ref in event.speaker}
    found = tuple(ref for ref in event.actors if _does(ref, at, speaking))
    recipients = {ref.id for ref in event.recipients}
    plain = tuple(ref for ref in found if ref.id not in recipients)
    return plain or found


def _does(ref: ActorRef, at: Assertion, speaking: set[str]) -> bool:
    event = at.event
    if _is_place(ref, event):
        return False
    if ref.start < event.trigger.start:
        return True
    between = event.evidence.text[event.trigger.end - event.evidence.start : ref.start - event.evidence.start]
    return ref.id in speaking or _BY.search(between) is not None or ref.start < event.trigger.end


def _is_place(ref: ActorRef, event: Event) -> bool:
    """Return True for "rallied in Arnor": the place of an act is nobody who acts."""
    start = ref.start - event.evidence.start
    if not 0 < start <= len(event.evidence.text):
        return False
    lead = event.evidence.text[:start].rstrip()
    last = _LAST_WORD.search(lead)
    return last is not None and last.end() == len(lead) and _words().is_in("place_openers", last[1].lower())


def targets(event: Event) -> tuple[ActorRef, ...]:
    """Return the recipients, but for those that also act and for owners of what is really meant."""
    acting = {ref.id for ref in doers(event)}
    found = tuple(ref for ref in event.recipients if ref.id not in acting)
    plain = tuple(ref for ref in found if not _owns(ref, event))
    return plain or found


def _owns(ref: ActorRef, event: Event) -> bool:
    """Return True for "Arnor's allies", where another recipient is meant."""
    end = ref.end - event.evidence.start
    return 0 < end < len(event.evidence.text) and (
        _POSSESSIVE.match(event.evidence.text, end) is not None or ref.text.endswith(("'s", "’s"))
    )


def has(name: str, text: str) -> bool:
    """Return True if a text holds a word of one of the views' lists."""
    return _words().has(name, text)


def is_in(name: str, word: str) -> bool:
    """Return True if a word is one of one of the views' lists."""
    return _words().is_in(name, word.lower())


def count(name: str, text: str) -> int:
    """Return how often words of one of the views' lists stand in a text."""
    return sum(1 for _ in _words().finds(name, text))


def first(name: str, text: str) -> re.Match[str] | None:
    """Return where the first word of one of the views' lists stands in a text."""
    return _words().find(name, text)


def any_in(names: Sequence[str], word: str) -> bool:
    """Return True if a word is in any of some lists."""
    return any(is_in(name, word) for name in names)


@functools.cache
def _words() -> ViewWords:
    return load_view_words()
