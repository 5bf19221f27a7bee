"""Entries: each happening is one entry, regardless of how many reports refer to it.

Events belong to one entry only if they agree in type, mode, parties, polarity, and in whether they are past
or future, conditional or not: these fields define their bucket. An event and its reversal are worded almost
the same, so similar words alone never merge two. Within a bucket days, places and words decide.
"""

from __future__ import annotations

import collections
import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.model.days import shift_days
from dragoman.model.identity import content_id
from dragoman.model.records import Event
from dragoman.record.answers import Contradiction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dragoman.model.records import ActorRef, Amount

# A report that does not date its event refers to at most this many days before its publication; twice as many
# within one story, whose later reports still refer to the same event.
_LATE_DAYS = 3
_LATE_DAYS_IN_STORY = 6
# Explicit days may differ by one: time zones, "overnight".
_APART = 1
# Maximum distance in days between two events of an entry: otherwise daily shelling would grow into one event.
SPAN_DAYS = 7
# Minimum share of content words that two sentences have in common, counted in the shorter one. Within one
# story parties, type and day decide most, but the sentences must still be about the same thing.
_SHARED_IN_STORY = 0.2
_SHARED = 0.4
# If one of them only names a month or a year ("one month after", "ten years ago").
_SHARED_COARSELY = 0.5
# Numbers with "about" and "more than" are equal within a tenth, others within a hundredth.
_ROUGHLY = 0.1
_EXACTLY = 0.01
_WORD = re.compile(r"[^\W\d_]{4,}")
# Words with the same first six letters are treated as one: attack, attacked, attackers.
_STEM = 6
# Minimum length of the last part of a compound.
_PART = 4
_COMMON_WORDS = """
    about after again against also because before being been between could does down during each from have
    having here into just like made make many more most much must near only other over said same says shall
    should since some such than that their them then there these they this those through told under until
    upon were what when where which while whom whose will with within without would your monday tuesday
    wednesday thursday friday saturday sunday
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_FIRMNESS = {"certain": 3, "probable": 2, "possible": 1, "unknown": 0}
_DOUBTED = ("possible", "unknown")
# Acts with physical traces: two of one type, parties and story that are reported for the same day are one,
# without comparing words. If only the day of publication is known, one may be the background of the other.
_MATERIAL = ("material_conflict", "material_cooperation")
# Parties that are compared by sector, not by country.
_OWN = ("armed_group", "organisation", "group")
# Sectors of people described by a role: pupils, workers, refugees, patients, believers.
_PEOPLE = ("CVL", "EDU", "LAB", "REF", "REL", "MED", "BUS", "CIV")


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """An event as reported by one document, and the story of the document."""

    event: Event
    document_id: str
    published_on: dt.date | None
    story: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The day it is listed under: its own first day, else that of publication; None for background."""
        return self.event.listed_on(self.published_on)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """The combined statement of all sightings of one event.

    Attributes:
        lead: The id of the event that represents it: highest factuality, then highest confidence.
        first_day: Day of the first sighting.
        last_day: Day of the last.
        documents: Number of documents that report it.
        corroboration: Number of these that are independent of each other.
        contradictions: Fields in which the sightings differ.
    """

    lead: str
    first_day: dt.date | None
    last_day: dt.date | None
    documents: int
    corroboration: int
    contradictions: tuple[Contradiction, ...]


def bucket_of(event: Event, *, polarity: str | None = None) -> str:
    """Return a hash of the fields that two events must share to be the same.

    Args:
        event: The event.
        polarity: A polarity other than its own, for the bucket of contrary events.
    """
    where = event.place.country if event.place is not None else None
    actors = sorted({_who(ref, where) for ref in event.actors})
    recipients = sorted({_who(ref, where) for ref in event.recipients})
    return content_id(
        event.event_type, event.event_mode, polarity or event.polarity, event.conditional,
        event.tense == "future", " ".join(actors), " ".join(recipients),
        *(("background",) if event.is_undated_background else ()),
    )  # fmt: skip


def contrary_bucket(event: Event) -> str:
    """Return the bucket of events that state the contrary of an event."""
    return bucket_of(event, polarity="negative" if event.polarity == "positive" else "positive")


def _who(ref: ActorRef, where: str | None) -> str:
    """Return a party's key: a state, its government, army and capital are one; an armed group is its own.

    Unnamed people are the people of their country, else of the place of the event: one report calls them
    girls, another schoolgirls.
    """
    country = ref.country or where
    if ref.kind == "group" and country is not None and ref.sector in _PEOPLE:
        return f"{country}:people"
    return ref.id if ref.kind in _OWN or ref.country is None else ref.country


def likeness(one: Sighting, other: Sighting) -> float:
    """Return the similarity of two sightings of one bucket, up to 2; 0 if they are not the same event."""
    near = one.story is not None and one.story == other.story
    near = near or one.document_id == other.document_id
    if not (one.event.actors or one.event.recipients) and one.document_id != other.document_id:
        return 0.0
    if not _days_agree(one, other, near=near) or places_differ(one.event, other.event):
        return 0.0
    shared = _shared_words(one.event, other.event)
    if shared is None:
        return 1.0 if near else 0.0
    told = _told(one.event) is not None and _told(other.event) is not None
    if near and told and one.event.quad_class in _MATERIAL:
        return 1.0 + shared
    if shared < (_SHARED_IN_STORY if near else _SHARED):
        return 0.0
    if not near and (is_coarse(one) or is_coarse(other)) and shared < _SHARED_COARSELY:
        return 0.0
    return shared + (1.0 if near else 0.0)


def _days_agree(one: Sighting, other: Sighting, *, near: bool) -> bool:
    if one.day is None or other.day is None:
        return near
    coarse = is_coarse(one) or is_coarse(other)
    if abs((one.day - other.day).days) > SPAN_DAYS and not coarse:
        return False
    late = _LATE_DAYS_IN_STORY if near else _LATE_DAYS
    told_one, told_other = _told(one.event), _told(other.event)
    if told_one is not None and told_other is not None:
        return (told_one[0] - told_other[1]).days <= _APART and (told_other[0] - told_one[1]).days <= _APART
    if told_one is None and told_other is None:
        return abs((one.day - other.day).days) <= late
    if coarse:
        # A month or year named in retrospect is not the day of another report.
        return False
    told, printed = (told_one, other.day) if told_one is not None else (told_other, one.day)
    assert told is not None
    return (told[0] - printed).days <= _APART and (printed - told[1]).days <= late


def is_coarse(sighting: Sighting) -> bool:
    """Return True if the report only names the month or the year of an event."""
    date = sighting.event.event_date
    return date is not None and date.text is not None and date.precision in ("month", "year")


def days_to_compare(sighting: Sighting) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that another report of the same event may have; None without a day.

    A report that only names a month or a year is listed under its first day.
    """
    day = sighting.day
    if day is None:
        return None
    date = sighting.event.event_date
    last = date.end if date is not None and is_coarse(sighting) else day
    first = day.replace(month=1, day=1)
    return min(first, shift_days(day, -SPAN_DAYS)), shift_days(last, SPAN_DAYS)


def _told(event: Event) -> tuple[dt.date, dt.date] | None:
    date = event.event_date
    return (date.start, date.end) if date is not None and date.text is not None else None


def places_differ(one: Event, other: Event) -> bool:
    """Return True if two events happened in different places; a country does not gainsay a town."""
    if one.place is None or other.place is None:
        return False
    if one.place.geonames_id is not None and other.place.geonames_id is not None:
        same = one.place.geonames_id == other.place.geonames_id
    else:
        same = one.place.name == other.place.name
    # A country is less precise than a town in it, and does not contradict it.
    wide = one.place.country == other.place.country and (_is_wide(one) or _is_wide(other))
    return not same and not wide


def _is_wide(event: Event) -> bool:
    place = event.place
    return place is not None and (place.latitude is None or place.precision in ("country", "region"))


def _shared_words(one: Event, other: Event) -> float | None:
    """Return the share of common words; None if one has no words to compare."""
    words, others = _telling(one), _telling(other)
    if not words or not others:
        return None
    few, many = sorted((words, others), key=len)
    return sum(_is_told_in(word, many) for word in few) / len(few)


def _is_told_in(word: str, words: set[str]) -> bool:
    """Return True if a word, a compound that ends in it ("schoolgirl", "girl"), or its last part occurs."""
    stem = word[:_STEM]
    return any(
        stem == other[:_STEM]
        or (min(len(word), len(other)) >= _PART and (word.endswith(other) or other.endswith(word)))
        for other in words
    )


def _telling(event: Event) -> set[str]:
    """Return the evidence's words that name neither parties nor speakers nor the act (the type has it)."""
    words = {word.casefold() for word in _WORD.findall(event.evidence.text)} - _COMMON
    for ref in (*event.actors, *event.recipients, *event.speaker):
        words -= {word.casefold() for word in _WORD.findall(f"{ref.text} {ref.name}")}
    words -= {word.casefold() for word in _WORD.findall(event.trigger.text)}
    return {word.removesuffix("s") for word in words}


def choose_entry(sighting: Sighting, near: Sequence[tuple[str, Sighting]]) -> str | None:
    """Return the entry that an event belongs to, or None if it starts a new one.

    Args:
        sighting: The event.
        near: Sightings of the same bucket within `SPAN_DAYS`, each with its entry.
    """
    members: dict[str, list[Sighting]] = collections.defaultdict(list)
    for entry_id, other in near:
        members[entry_id].append(other)
    scores: dict[str, float] = {}
    for entry_id, others in members.items():
        values = [likeness(sighting, other) for other in others]
        days = [other.day for other in others if other.day is not None and not is_coarse(other)]
        if sighting.day is not None and days and not is_coarse(sighting):
            span = max(*days, sighting.day) - min(*days, sighting.day)
            if span.days > SPAN_DAYS:
                continue
        if any(places_differ(sighting.event, other.event) for other in others):
            continue
        scores[entry_id] = max(values)
    best = max(scores, key=lambda name: (scores[name], name), default=None)
    return best if best is not None and scores[best] > 0 else None


def group_sightings(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    """Group the sightings of each event as if they had arrived by day; the given order does not matter."""
    buckets: dict[str, list[tuple[str, Sighting]]] = collections.defaultdict(list)
    groups: dict[str, list[Sighting]] = {}
    for sighting in sorted(sightings, key=lambda s: (s.day or dt.date.min, s.document_id, s.event.id)):
        near = buckets[bucket_of(sighting.event)]
        name = choose_entry(sighting, near) or sighting.event.id
        near.append((name, sighting))
        groups.setdefault(name, []).append(sighting)
    return list(groups.values())


def describe_entry(
    sightings: Sequence[Sighting],
    *,
    contrary: Sequence[Sighting] = (),
    independent: Callable[[Iterable[str]], Iterable[str]] | None = None,
) -> Entry:
    """Return the entry that summarises the sightings of one event.

    Args:
        sightings: At least one.
        contrary: Sightings that state the contrary.
        independent: Selects the document ids that do not copy each other; all by default.
    """
    ids = sorted({sighting.document_id for sighting in sightings})
    days = sorted(sighting.day for sighting in sightings if sighting.day is not None)
    lead = max(
        sightings,
        key=lambda s: (
            _FIRMNESS[s.event.factuality],
            s.event.confidence,
            len(s.event.evidence.text),
            s.event.id,
        ),
    )
    found = (*_amounts_differ(sightings), *_factuality_differs(sightings), *_denied(sightings, contrary))
    return Entry(
        lead=lead.event.id,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        documents=len(ids),
        corroboration=len(list(independent(ids))) if independent is not None else len(ids),
        contradictions=found,
    )


def contrary_sightings(sightings: Sequence[Sighting], others: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings of the contrary bucket that refer to the same event."""
    return [other for other in others if any(likeness(one, other) > 0 for one in sightings)]


def _amounts_differ(sightings: Sequence[Sighting]) -> list[Contradiction]:
    told: dict[tuple[str, str | None], dict[str, list[Amount]]] = {}
    for sighting in sightings:
        for amount in sighting.event.amounts:
            told.setdefault((amount.unit, amount.of), {}).setdefault(sighting.event.id, []).append(amount)
    found = []
    for (unit, of), by_event in sorted(told.items(), key=lambda pair: (pair[0][0], pair[0][1] or "")):
        lists = list(by_event.values())
        # Two numbers of one kind in one sentence ("from 100 to 300") do not contradict a report that gives
        # one of them.
        if all(_agree(one, other) for one in lists for other in lists):
            continue
        values: dict[str, list[str]] = {}
        for event_id, amounts in sorted(by_event.items()):
            for amount in amounts:
                values.setdefault(f"{amount.value:g}", []).append(event_id)
        found.append(_contradiction("amount", of or unit, values))
    return found


def _agree(some: Sequence[Amount], others: Sequence[Amount]) -> bool:
    return any(_same_amount(one, other) for one in some for other in others)


def _same_amount(one: Amount, other: Amount) -> bool:
    slack = _ROUGHLY if one.approximate or other.approximate else _EXACTLY
    return abs(one.value - other.value) <= slack * max(abs(one.value), abs(other.value))


def _factuality_differs(sightings: Sequence[Sighting]) -> list[Contradiction]:
    values: dict[str, list[str]] = {}
    for sighting in sightings:
        values.setdefault(sighting.event.factuality, []).append(sighting.event.id)
    if "certain" not in values or not any(word in values for word in _DOUBTED):
        return []
    return [_contradiction("factuality", None, values)]


def _denied(sightings: Sequence[Sighting], contrary: Sequence[Sighting]) -> list[Contradiction]:
    if not contrary:
        return []
    values: dict[str, list[str]] = {}
    for sighting in (*sightings, *contrary):
        values.setdefault(sighting.event.polarity, []).append(sighting.event.id)
    return [_contradiction("polarity", None, values)]


def _contradiction(kind: str, what: str | None, values: dict[str, list[str]]) -> Contradiction:
    ids = {value: tuple(sorted(set(names))) for value, names in sorted(values.items())}
    return Contradiction(kind=kind, what=what, values=ids)
