"""What the clause of an event asserts about its trigger: who acts, and whether it is negated or supposed."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.view_words import ViewWords, load_view_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.model.records import ActorRef, Event

# Number of characters before a word that are searched for a negation or supposition.
_REACH = 45
# A party introduced by "by" after the trigger.
_BY = re.compile(r"\b(?:by|from|between|among|with)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|gets?|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_STOPS = re.compile(
    r"[;:.!?]|,\s+(?:and|but|while|who|which)\b|\b(?:but|while|whereas)\b|[\"“”]", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
# A possessor and the noun are separated by a few modifiers at most: "Arnor's new sanctions".
_ADJECTIVES = re.compile(r"['’]?s?\s*(?:[\w-]+\s+){0,3}", re.IGNORECASE)
_BEHIND_BY = re.compile(
    r"\s+(?:\w+ed\s+)?by\s+(?:the\s+|an?\s+)?(?:(?!(?:with|of|in|on|to|for|its|their|his)\s)[\w.-]+\s+){0,3}",
    re.IGNORECASE,
)
# "A request from Arnor"; a verb with "from" does not name an actor: "withdrew from".
_BEHIND_FROM = re.compile(
    r"\s+from\s+(?:the\s+)?(?:(?!(?:with|of|in|on|to|for|its|their|his)\s)[\w.-]+\s+){0,3}"
)
_ARTICLE = re.compile(r"\b(?:an?|the|new|another|any|further|urgent|repeated)\s+$", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:between|among)\s+(?:the\s+)?(?:[\w'’.()-]+\s+){0,8}$", re.IGNORECASE)
_IN_TOWN = re.compile(r"\b(?:in|at|near|across)\s+[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*,\s*$")
_LAST_WORD = re.compile(r"([\w'’-]+)\W*$")


class Assertion(NamedTuple):
    """An event's clause, split at the trigger.

    Attributes:
        event: The event.
        before: The evidence up to the trigger.
        word: The trigger.
        after: The evidence after it, and the issue if that follows the evidence.
    """

    event: Event
    before: str
    word: str
    after: str

    @property
    def is_passive(self) -> bool:
        """Return True for "was condemned", where "by" introduces the actor."""
        return _PASSIVE.search(self.before) is not None and self.word.lower().endswith(("ed", "en", "n", "t"))

    @property
    def is_negated(self) -> bool:
        """Return True if the clause negates the trigger: "did not back", "refused to back"."""
        return _words().has("negators", self._close)

    @property
    def is_supposed(self) -> bool:
        """Return True if the clause only supposes the act: "if", "might", "considers"."""
        return self.event.conditional or _words().has("suppositions", self._close)

    @property
    def _close(self) -> str:
        """Return the words just before the trigger, back to the start of the clause."""
        near = self.before[-_REACH:]
        return _STOPS.split(near)[-1]

    @property
    def follows_other_noun(self) -> bool:
        """Return True for a participle that modifies a noun other than a party: "protests demanding"."""
        if not self.word.lower().endswith("ing"):
            return False
        if not self.before.strip():
            return self.event.carried_by == "model"
        last = _LAST_WORD.search(self.before)
        if last is None or self.before.rstrip().endswith((",", "—", "-")):
            return False
        word = last[1]
        if word[:1].isupper() or word.lower().endswith("ly") or _words().is_in("joining", word.lower()):
            return False
        offset = self.event.evidence.start + last.start(1)
        return not any(ref.start <= offset < ref.end for ref in self.event.actors)


def assertion_of(event: Event) -> Assertion:
    """Split an event's evidence at its trigger."""
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
    """Return the actors that the clause shows to act: before the trigger, after its "by", or its speakers.

    Of several, return those in the event's own clause; for a noun, its possessor or the party after "by".
    """
    at, speaking = assertion_of(event), {ref.id for ref in event.speaker}
    owners = [ref for ref in (*event.actors, *event.recipients) if _owns_word(ref, at)]
    if owners:
        return tuple(owners)
    found = tuple(ref for ref in event.actors if _does(ref, at, speaking))
    opening = event.evidence.start + at.before.rfind(";") + 1
    near = tuple(ref for ref in found if opening <= ref.start < event.trigger.start)
    recipients = {ref.id for ref in event.recipients}
    if not near and opening > event.evidence.start:
        # The actor after a semicolon differs from the one before it.
        found = tuple(ref for ref in found if not event.evidence.start <= ref.start < opening)
    found = near or found
    plain = tuple(ref for ref in found if ref.id not in recipients)
    return plain or found


def _owns_word(ref: ActorRef, at: Assertion) -> bool:
    """Return True for the possessor of an act named by a noun: "Arnor's sanctions", "a call by Arnor"."""
    event = at.event
    if ref.end <= event.trigger.start:
        between = event.evidence.text[max(0, ref.end - event.evidence.start) : len(at.before)]
        owned = ref.text.endswith(("'s", "’s")) or between.lstrip().startswith(("'s", "’s"))
        return owned and ref.start >= event.evidence.start and _ADJECTIVES.fullmatch(between) is not None
    between = event.evidence.text[len(at.before) + len(at.word) : max(0, ref.start - event.evidence.start)]
    if _ARTICLE.search(at.before) and _BEHIND_FROM.fullmatch(between):
        return True
    return _BEHIND_BY.fullmatch(between) is not None


def _does(ref: ActorRef, at: Assertion, speaking: set[str]) -> bool:
    event = at.event
    if _is_place(ref, event):
        return False
    if ref.start < event.trigger.start:
        lead = event.evidence.text[: max(0, ref.start - event.evidence.start)]
        return _BESIDE.search(lead) is None
    between = event.evidence.text[event.trigger.end - event.evidence.start : ref.start - event.evidence.start]
    return ref.id in speaking or _BY.search(between) is not None or ref.start < event.trigger.end


def _is_place(ref: ActorRef, event: Event) -> bool:
    """Return True for "rallied in Arnor": the place of an act is not an actor."""
    start = ref.start - event.evidence.start
    if not 0 < start <= len(event.evidence.text):
        return False
    lead = event.evidence.text[:start].rstrip()
    if _IN_TOWN.search(event.evidence.text[:start]) is not None:
        return True
    last = _LAST_WORD.search(lead)
    return last is not None and last.end() == len(lead) and _words().is_in("place_openers", last[1].lower())


def targets(event: Event) -> tuple[ActorRef, ...]:
    """Return the recipients, except those that also act, possessors of the real recipient and bystanders."""
    acting = {ref.id for ref in doers(event)}
    saying = {ref.id for ref in event.speaker}
    found = tuple(
        ref
        for ref in event.recipients
        if ref.id not in acting
        and not _stands_aside(ref, event)
        and not (ref.id in saying and ref.start < event.evidence.start)
    )
    plain = tuple(ref for ref in found if not _owns(ref, event))
    return plain or found


def words_to(ref: ActorRef, event: Event) -> str:
    """Return the words between the trigger and a party that follows it."""
    start = event.trigger.end - event.evidence.start
    return event.evidence.text[max(0, start) : max(0, ref.start - event.evidence.start)]


def _stands_aside(ref: ActorRef, event: Event) -> bool:
    """Return True for a party in an adjunct of the act: "despite Arnor", "after Arnor left"."""
    if ref.start < event.trigger.end:
        return False
    return _words().has("adjuncts", words_to(ref, event))


def _owns(ref: ActorRef, event: Event) -> bool:
    """Return True for "Arnor's allies", where the recipient is not Arnor."""
    end = ref.end - event.evidence.start
    return 0 < end < len(event.evidence.text) and (
        _POSSESSIVE.match(event.evidence.text, end) is not None or ref.text.endswith(("'s", "’s"))
    )


def has(name: str, text: str) -> bool:
    """Return True if a text contains a word of one of the views' word lists."""
    return _words().has(name, text)


def is_in(name: str, word: str) -> bool:
    """Return True if a word is in one of the views' word lists."""
    return _words().is_in(name, word.lower())


def count(name: str, text: str) -> int:
    """Return how often words of one of the views' word lists occur in a text."""
    return sum(1 for _ in _words().finds(name, text))


def first(name: str, text: str) -> re.Match[str] | None:
    """Return the position of the first word of one of the views' word lists in a text."""
    return _words().find(name, text)


def any_in(names: Sequence[str], word: str) -> bool:
    """Return True if a word is in any of several lists."""
    return any(is_in(name, word) for name in names)


@functools.cache
def _words() -> ViewWords:
    return load_view_words()
