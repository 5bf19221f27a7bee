"""Unusual activity between parties: dyads whose tone changed, and dyads with more events than usual."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record.answers import Edge

# Tones are compared only if each span has at least this many events.
_LEAST = 3
# A count is unusual from this many standard deviations of a Poisson distribution above the usual.
_UNUSUAL = 3.0


class ToneChange(msgspec.Struct, frozen=True, kw_only=True):
    """A dyad whose mean intensity changed between two spans of time.

    Attributes:
        actor: The actor.
        recipient: The recipient.
        before: Mean intensity in the earlier span.
        after: Mean intensity in the later span.
        events_before: Events in the earlier span.
        events_after: Events in the later span.
    """

    actor: str
    recipient: str
    before: float
    after: float
    events_before: int
    events_after: int


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """A dyad with more events than usual.

    Attributes:
        actor: The actor.
        recipient: The recipient.
        events: Events in the span.
        usual: Usual number of events in a span of this length.
    """

    actor: str
    recipient: str
    events: int
    usual: float


def tone_changes(before: Iterable[Edge], after: Iterable[Edge], *, limit: int = 8) -> list[ToneChange]:
    """Return the dyads whose mean intensity changed most between two spans.

    Args:
        before: The network of the earlier span.
        after: The network of the later span.
        limit: Maximum number of results.
    """
    earlier = {(edge.actor, edge.recipient): edge for edge in before}
    found = []
    for edge in after:
        old = earlier.get((edge.actor, edge.recipient))
        if old is None or min(old.events, edge.events) < _LEAST or old.intensity == edge.intensity:
            continue
        found.append(
            ToneChange(
                actor=edge.actor, recipient=edge.recipient, before=old.intensity, after=edge.intensity,
                events_before=old.events, events_after=edge.events,
            )
        )  # fmt: skip
    found.sort(key=lambda change: (-abs(change.after - change.before), change.actor, change.recipient))
    return found[:limit]


def bursts(before: Iterable[Edge], now: Iterable[Edge], *, spans: float, limit: int = 6) -> list[Burst]:
    """Return the dyads that have more events now than usual, the most unusual first.

    Counts are compared with a Poisson distribution around the usual count.

    Args:
        before: The network of the previous time.
        now: The network of the span in question.
        spans: Number of spans of that length in the previous time.
        limit: Maximum number of results.

    Raises:
        ValueError: `spans` is not above 0.
    """
    if spans <= 0:
        raise ValueError("spans must be above 0")
    usual = {(edge.actor, edge.recipient): edge.events / spans for edge in before}
    found = []
    for edge in now:
        expected = usual.get((edge.actor, edge.recipient), 0.0)
        score = (edge.events - expected) / math.sqrt(max(expected, 1.0))
        if edge.events >= _LEAST and score >= _UNUSUAL:
            burst = Burst(
                actor=edge.actor, recipient=edge.recipient, events=edge.events, usual=round(expected, 2)
            )
            found.append((score, burst))
    found.sort(key=lambda pair: (-pair[0], pair[1].actor, pair[1].recipient))
    return [burst for _, burst in found[:limit]]
