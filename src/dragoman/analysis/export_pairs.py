"""Events as pairs: one for each actor and recipient, as in most tables of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from dragoman.analysis.export_sources import SourcedEvent
    from dragoman.model.records import ActorRef, Event
    from dragoman.record.answers import Citation, StoredEvent

# Maximum number of pairs of one event that a numeric id can distinguish.
_MOST_PAIRS = 99
_FIRM = frozenset({"certain", "probable"})


class Pair(NamedTuple):
    """One actor and one recipient of an event; `number` counts the pairs of an event from 1."""

    source: SourcedEvent
    number: int
    actor: ActorRef | None
    recipient: ActorRef | None

    @property
    def stored(self) -> StoredEvent:
        """The event."""
        return self.source.stored

    @property
    def citation(self) -> Citation:
        """The report of the event."""
        return self.source.citation

    @property
    def numeric_id(self) -> int:
        """The number of the event in the record, and of the pair in the last two digits.

        It fits into 32 bits up to 21 million events.
        """
        return self.citation.number * (_MOST_PAIRS + 1) + self.number

    @property
    def id(self) -> str:
        """The id of the row: the event's id, and the number of the pair if there are several."""
        return f"{self.stored.event.id}-{self.number}"

    @property
    def day(self) -> dt.date | None:
        """The day of the event, or of its report; undated background has none."""
        return self.stored.event.listed_on(self.stored.published_on)


def is_told_as_fact(event: Event) -> bool:
    """Return True if an event is reported as certain or probable, and not conditional."""
    return event.factuality in _FIRM and not event.conditional and event.polarity == "positive"


def pairs_of(events: Iterable[SourcedEvent]) -> Iterator[Pair]:
    """Yield the pairs of events, in order; a mutual act gives each ordered pair of its actors."""
    for source in events:
        event = source.stored.event
        if event.recipients:
            found: list[tuple[ActorRef | None, ActorRef | None]] = [
                (actor, recipient) for actor in (event.actors or (None,)) for recipient in event.recipients
            ]
        elif len(event.actors) > 1:
            found = [(one, other) for one in event.actors for other in event.actors if one.id != other.id]
        else:
            found = [(actor, None) for actor in event.actors]
        for number, (actor, recipient) in enumerate(found, 1):
            yield Pair(source, number, actor, recipient)


def numbered_pairs_of(events: Iterable[SourcedEvent]) -> Iterator[Pair]:
    """Yield the pairs that have a numeric id: the first 99 of an event."""
    return (pair for pair in pairs_of(events) if pair.number <= _MOST_PAIRS)


def one_of_each_entry(events: Iterable[SourcedEvent]) -> Iterator[SourcedEvent]:
    """Yield the first event of each entry, and all events without an entry."""
    seen: set[str] = set()
    for source in events:
        entry = source.citation.entry
        if entry is None:
            yield source
        elif entry not in seen:
            seen.add(entry)
            yield source
