"""Functions shared by all views: the side of a party, the source of a line, and which lines say the same."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.model.records import Amount, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.model.records import ActorRef, Event
    from dragoman.record.store import StoredEvent

# Speakers for the state: an office holder's position is the state's; a court's or a parliament's is not.
_STATE_SECTORS = frozenset({"GOV", "MIL", "SPY", "COP"})
_FIRM = frozenset({"certain", "probable"})
# Two lines of the same parties say the same if this share of the words of the shorter is in the other.
_SAME_WORDS = 0.6
# Words that do not describe the matter.
_EMPTY_WORDS = """
the a an of to in on at by for from with and or but its his her their our your my this that these those
as be is are was were been being will would shall should could may might must do does did have has had
not no any all some more most other new into over under about after before between it they he she we
who which what than then also very said say says
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")


class Party(msgspec.Struct, frozen=True):
    """A party that takes a position.

    Attributes:
        id: The state for its speakers, else the actor's own id.
        name: Display name.
        country: For a party that is not a speaker of a state, its country, if known.
    """

    id: str
    name: str
    country: str | None = None


class ViewSource(msgspec.Struct, frozen=True, kw_only=True):
    """The source of a line of a view: the words and their speaker.

    Attributes:
        document_id: The report.
        event_id: The event.
        publisher: The publisher, if known.
        day: The day of the event, or of the report if it gives none.
        speaker: Name of the speaker; empty if only the publisher says so.
        factuality: Factuality.
        text: The words, at characters `start` to `end` of the report.
        start: First character.
        end: Character after the last.
        cue: The trigger of the event.
        confidence: Of the event.
    """

    document_id: str
    event_id: str
    publisher: str | None
    day: dt.date | None
    speaker: tuple[str, ...]
    factuality: str
    text: str
    start: int
    end: int
    cue: Span
    confidence: float


def source_of(stored: StoredEvent) -> ViewSource:
    """Return the source of a line that is made of this event."""
    event = stored.event
    return ViewSource(
        document_id=stored.document_id,
        event_id=event.id,
        publisher=stored.publisher,
        day=day_of(stored),
        speaker=tuple(ref.name for ref in event.speaker),
        factuality=event.factuality,
        text=event.evidence.text,
        start=event.evidence.start,
        end=event.evidence.end,
        cue=event.trigger,
        confidence=event.confidence,
    )


def day_of(stored: StoredEvent) -> dt.date | None:
    """Return the first day of an event, or the day of its report; undated background has none."""
    return stored.event.listed_on(stored.published_on)


def party_of(ref: ActorRef, names: dict[str, str] | None = None) -> Party:
    """Return the side of a party: an office holder or a ministry counts as its state.

    Args:
        ref: The party.
        names: Names of states by code, for display.
    """
    speaks_for = ref.kind in ("state", "territory") or (
        ref.country is not None and (ref.sector in _STATE_SECTORS or ref.kind == "office")
    )
    if speaks_for and ref.country is not None:
        plain = ref.kind in ("state", "territory")
        return Party(ref.country, (names or {}).get(ref.country, ref.name if plain else ref.country))
    return own_party(ref)


def own_party(ref: ActorRef) -> Party:
    """Return a party as itself: the target of sanctions is a minister, not the state."""
    return Party(ref.id, ref.name, ref.country)


def parties_of(refs: Iterable[ActorRef], names: dict[str, str] | None = None) -> tuple[Party, ...]:
    """Return the sides of several parties, each once."""
    return tuple({party.id: party for party in (party_of(ref, names) for ref in refs)}.values())


def is_told_firmly(event: Event) -> bool:
    """Return True if an event is reported as more than possible and outside conditions."""
    return event.factuality in _FIRM and not event.conditional


def matter_words(text: str) -> frozenset[str]:
    """Return the content words of a text, without regular endings."""
    return frozenset(_stem(word) for word in telling_words(text))


def telling_words(text: str) -> list[str]:
    """Return the content words of a text, in lower case and in order."""
    words = (word.lower() for word in _WORD.findall(text))
    return [word for word in words if word not in _EMPTY]


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def tell_the_same(first: frozenset[str], second: frozenset[str]) -> bool:
    """Return True if two sets of words are similar enough to be merged into one line."""
    if not first or not second:
        return first == second
    return len(first & second) / min(len(first), len(second)) >= _SAME_WORDS


def same_amounts(first: Sequence[Amount], second: Sequence[Amount]) -> bool:
    """Return True if no amounts of the two contradict each other."""
    ours = {(a.unit, a.of): a.value for a in first}
    return all(ours.get((b.unit, b.of), b.value) == b.value for b in second)


def in_order(sources: Iterable[ViewSource]) -> tuple[ViewSource, ...]:
    """Return sources by day, document and place in the text, each once."""
    unique = {source.event_id: source for source in sources}
    return tuple(
        sorted(unique.values(), key=lambda s: (s.day or dt.date.max, s.document_id, s.start, s.event_id))
    )


def first_and_last(sources: Iterable[ViewSource]) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of some sources."""
    days = sorted(source.day for source in sources if source.day is not None)
    return (days[0], days[-1]) if days else (None, None)
