"""One thing that happened is one entry; its reversal, another place, another week are others."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable

import msgspec
import pytest

from dragoman.analysis.entries import (
    Sighting,
    bucket_of,
    choose_entry,
    contrary_bucket,
    contrary_sightings,
    days_to_compare,
    describe_entry,
    group_sightings,
    likeness,
    places_differ,
)
from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.model.records import Amount, CodedDocument, Event, EventDate, Place

Code = Callable[[Document], CodedDocument]
Row = tuple[str, int, str | None]


@pytest.fixture
def see(quick_code: Code) -> Callable[..., list[Sighting]]:
    """Make the sightings of rows of text, day of February and story, one document each."""

    def made(*rows: Row) -> list[Sighting]:
        found = []
        for number, (text, day, story) in enumerate(rows):
            document = Document(id=f"d{number}", text=text, published_on=dt.date(2022, 2, day))
            found += [
                Sighting(
                    event=event, document_id=document.id, published_on=document.published_on, story=story
                )
                for event in quick_code(document).events
            ]
        return found

    return made


SAME = [
    ("one story, two days", [("Arnor attacked Gondor at dawn.", 2, "S"), ("Arnor attacked Gondor.", 3, "S")]),
    ("no story, but the words", [
        ("Arnor accused Gondor of sheltering northern rebels.", 2, None),
        ("Arnor accused Gondor of sheltering the rebels.", 2, None),
    ]),
    ("late in the story", [("Arnor attacked Gondor.", 2, "S"), ("Arnor attacked Gondor.", 8, "S")]),
    ("less firmly told", [("Arnor attacked Gondor.", 2, "S"), ("Arnor may have attacked Gondor.", 2, "S")]),
    ("other amounts", [
        ("Arnor attacked Gondor with 500 troops.", 2, "S"), ("Arnor attacked Gondor with 900 troops.", 2, "S")
    ]),
]  # fmt: skip
APART = [
    ("its denial", [("Arnor attacked Gondor.", 2, "S"), ("Arnor did not attack Gondor.", 2, "S")]),
    ("the other way round", [("Arnor attacked Gondor.", 2, "S"), ("Gondor attacked Arnor.", 2, "S")]),
    ("another type", [("Arnor attacked Gondor.", 2, "S"), ("Arnor sanctioned Gondor.", 2, "S")]),
    ("another place", [
        ("Arnor attacked Gondor in Osgiliath.", 2, "S"), ("Arnor attacked Gondor in Pelargir.", 2, "S")
    ]),
    ("another week", [("Arnor attacked Gondor.", 2, "S"), ("Arnor attacked Gondor.", 12, "S")]),
    ("another thing said", [
        ("Arnor accused Gondor of sheltering rebels.", 2, "S"),
        ("Arnor accused Gondor of poisoning northern wells.", 2, "S"),
    ]),
    ("another act of the same kind, told as the past", [
        ("Arnor attacked Gondor with siege engines before sunrise.", 2, "S"),
        ("Arnor attacked Gondor from its ships last winter.", 2, "S"),
    ]),
    ("no story, other words", [
        ("Arnor attacked Gondor near the river crossing.", 2, "S"),
        ("Arnor attacked Gondor with a virus, said its treasury.", 2, "T"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "count"), [(r, 1) for _, r in SAME] + [(r, 2) for _, r in APART],
                         ids=[name for name, _ in SAME + APART])  # fmt: skip
def test_what_is_one_and_what_is_two(see: Callable[..., list[Sighting]], rows: list[Row], count: int) -> None:
    for order in itertools.permutations(see(*rows)):
        assert len(group_sightings(order)) == count


def test_a_day_told_in_words_parts_two_attacks(see: Callable[..., list[Sighting]]) -> None:
    one, other = see(("Arnor attacked Gondor.", 4, "S"), ("Arnor attacked Gondor.", 4, "S"))

    def on(sighting: Sighting, day: int) -> Sighting:
        date = EventDate(start=dt.date(2022, 2, day), end=dt.date(2022, 2, day), precision="day", text="then")
        event = msgspec.structs.replace(sighting.event, event_date=date)
        return msgspec.structs.replace(sighting, event=event)

    assert likeness(on(one, 1), on(other, 4)) == 0
    assert likeness(on(one, 3), on(other, 4)) > 0
    assert likeness(on(one, 3), other) > 0
    assert likeness(on(one, 1), msgspec.structs.replace(other, published_on=dt.date(2022, 2, 9))) == 0


def test_daily_shelling_does_not_grow_into_one_event(see: Callable[..., list[Sighting]]) -> None:
    groups = group_sightings(see(*[("Arnor attacked Gondor.", day, "S") for day in range(1, 28)]))
    spans = [max(s.day for s in group) - min(s.day for s in group) for group in groups]
    assert len(groups) >= 4
    assert max(spans) <= dt.timedelta(days=7)


def test_forty_reports_in_any_order_are_one_entry(see: Callable[..., list[Sighting]]) -> None:
    sightings = see(*[("Arnor attacked Gondor at dawn.", 2 + n % 2, "S") for n in range(40)])
    for seed in range(5):
        random.Random(seed).shuffle(sightings)
        (group,) = group_sightings(sightings)
        assert describe_entry(group).documents == 40


def test_what_a_group_amounts_to(see: Callable[..., list[Sighting]]) -> None:
    sightings = see(
        ("Arnor may have attacked Gondor with 500 troops.", 1, "S"),
        ("Arnor attacked Gondor with 1,300 troops.", 2, "S"),
        ("Arnor attacked Gondor with 1,300 troops.", 3, "S"),
    )
    (denial,) = see(("Arnor did not attack Gondor.", 2, "S"))
    assert contrary_bucket(sightings[0].event) == bucket_of(denial.event)
    contrary = contrary_sightings(sightings, [denial])
    found = describe_entry(
        sightings, contrary=contrary, independent=lambda ids: [i for i in ids if i != "d2"]
    )
    assert (found.first_day, found.last_day) == (dt.date(2022, 2, 1), dt.date(2022, 2, 3))
    assert (found.documents, found.corroboration) == (3, 2)
    assert found.lead in {sightings[1].event.id, sightings[2].event.id}
    kinds = {(c.kind, c.what): c.values for c in found.contradictions}
    assert set(kinds) == {("amount", "troops"), ("factuality", None), ("polarity", None)}
    assert {value: len(ids) for value, ids in kinds["amount", "troops"].items()} == {"500": 1, "1300": 2}
    assert kinds["polarity", None]["negative"] == (denial.event.id,)


def test_numbers_that_agree_roughly_are_no_contradiction(see: Callable[..., list[Sighting]]) -> None:
    one, other = see(
        ("Arnor attacked Gondor with 1,000 troops.", 2, "S"),
        ("Arnor attacked Gondor with 1,050 troops.", 2, "S"),
    )
    assert [c.kind for c in describe_entry([one, other]).contradictions] == ["amount"]
    (amount,) = other.event.amounts
    about = msgspec.structs.replace(other.event, amounts=(msgspec.structs.replace(amount, approximate=True),))
    assert describe_entry([one, msgspec.structs.replace(other, event=about)]).contradictions == ()


def test_a_minister_and_the_capital_are_their_state(see: Callable[..., list[Sighting]]) -> None:
    (one,) = see(("Arnor attacked Gondor.", 2, "S"))
    (actor,) = one.event.actors
    minister = msgspec.structs.replace(actor, id="P:minister", kind="person", name="The Minister")
    rebels = msgspec.structs.replace(actor, id="ARNREB", kind="armed_group", sector="REB")
    assert bucket_of(msgspec.structs.replace(one.event, actors=(minister,))) == bucket_of(one.event)
    assert bucket_of(msgspec.structs.replace(one.event, actors=(rebels,))) != bucket_of(one.event)


ONE = [
    ("girls and schoolgirls", [
        ("Boko Haram abducted 150 girls from a dormitory in Kano, Nigeria, on April 14.", "2014-04-15"),
        ("Boko Haram abducted more than 90 schoolgirls from a dormitory in northern Nigeria on April 14.",
         "2014-04-19"),
    ]),
    ("recalled one month after, and years after", [
        ("Boko Haram abducted 150 girls from a dormitory in Kano, Nigeria, on April 14.", "2014-04-15"),
        ("Boko Haram abducted schoolgirls from a dormitory in Kano one month ago.", "2014-05-15"),
        ("Boko Haram abducted girls from a dormitory in Kano ten years ago.", "2024-04-15"),
    ]),
    ("figures that differ", [
        ("Israel killed 12 Palestinians in an air strike on a bakery in Gaza on Monday.", "2025-03-04"),
        ("An Israeli air strike on a bakery in Gaza killed some 15 Palestinians on Monday.", "2025-03-04"),
    ]),
    ("a country and a town in it", [
        ("Turkey shelled Kurdish villages in Syria on Monday, destroying an orchard.", "2022-02-08"),
        ("Turkey shelled Kurdish villages near Kobani on Monday, destroying an orchard.", "2022-02-08"),
    ]),
]  # fmt: skip
TWO = [
    ("soldiers and girls", [
        ("Boko Haram killed 12 Nigerian girls on April 14.", "2014-04-15"),
        ("Boko Haram killed 12 Nigerian soldiers on April 14.", "2014-04-15"),
    ]),
    ("recalled, but another thing", [
        ("Boko Haram abducted 150 girls from a dormitory in Kano, Nigeria, on April 14.", "2014-04-15"),
        ("Boko Haram abducted girls at a market near the border of Nigeria one month ago.", "2014-05-15"),
    ]),
    ("two towns", [
        ("Russia killed 12 Ukrainians in a missile strike on a bakery in Kharkiv on Monday.", "2025-03-04"),
        ("Russia killed 12 Ukrainians in a missile strike on a bakery in Odesa on Monday.", "2025-03-04"),
    ]),
]  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Coder:
    return Coder()


@pytest.mark.parametrize(("rows", "count"), [(r, 1) for _, r in ONE] + [(r, 2) for _, r in TWO],
                         ids=[name for name, _ in ONE + TWO])  # fmt: skip
def test_other_words_for_one_thing(world: Coder, rows: list[tuple[str, str]], count: int) -> None:
    """Reports of different papers name people, figures and places differently."""
    found = []
    for number, (text, day) in enumerate(rows):
        printed = dt.date.fromisoformat(day)
        document = Document(id=f"d{number}", text=text, published_on=printed)
        coded = world.code_document(document)
        events = [event for event in coded.events if event.event_type == "ASSAULT"]
        assert len(events) == 1
        found.append(Sighting(event=events[0], document_id=document.id, published_on=printed))
    assert len(group_sightings(found)) == count


# Words of two reports without a story, whether one only names the month; how alike they are.
LIKE = [
    ("alpha bravo gamma delta omega", "alpha bravo kappa sigma theta", False, 0.4),
    ("alpha bravo gamma delta omega", "alpha bravo kappa sigma theta", True, 0.0),
    ("alpha bravo gamma delta", "alpha bravo kappa sigma", True, 0.5),
    ("alpha gamma delta omega epsilon", "alpha kappa sigma theta lambda", False, 0.0),
    ("alpha bravo", "alpha bravo", True, 1.0),
]


@pytest.mark.parametrize(("words", "others", "coarse", "alike"), LIKE)
def test_likeness_of_reports_without_a_story(
    see: Callable[..., list[Sighting]], words: str, others: str, coarse: bool, alike: float
) -> None:
    day = EventDate(start=dt.date(2022, 2, 2), end=dt.date(2022, 2, 2), precision="day", text="then")
    month = EventDate(start=dt.date(2022, 2, 1), end=dt.date(2022, 2, 28), precision="month", text="then")
    told = see(*((f"Arnor accused Gondor of {each}.", 2, None) for each in (words, others)))
    one, other = (
        msgspec.structs.replace(s, event=msgspec.structs.replace(s.event, event_date=date))
        for s, date in zip(told, (day, month if coarse else day), strict=True)
    )
    assert likeness(one, other) == pytest.approx(alike)
    assert likeness(other, one) == pytest.approx(alike)


def test_events_without_parties_are_alike_in_one_report_only(see: Callable[..., list[Sighting]]) -> None:
    one, other = see(("Arnor accused Gondor of theft.", 2, "S"), ("Arnor accused Gondor of theft.", 2, "S"))
    nobody = [
        msgspec.structs.replace(s, event=msgspec.structs.replace(s.event, actors=(), recipients=()))
        for s in (one, other)
    ]
    assert likeness(*nobody) == 0.0
    same = msgspec.structs.replace(nobody[1], document_id=nobody[0].document_id)
    assert likeness(nobody[0], same) > 1.0


# Entries without a language model: each row is one field that two events may differ in.


def _event(see: Callable[..., list[Sighting]], text: str = "Arnor accused Gondor of alpha bravo.", **changed):
    (sighting,) = see((text, 10, None))
    return msgspec.structs.replace(sighting.event, **changed)


def _date(
    first: int, last: int | None = None, precision: str = "day", text: str | None = "then"
) -> EventDate:
    start = dt.date(2022, 2, first)
    return EventDate(start=start, end=dt.date(2022, 2, last or first), precision=precision, text=text)


def _sighted(event: Event, day: int | None = 10, document: str = "d", story: str | None = None) -> Sighting:
    published = dt.date(2022, 2, day) if day is not None else None
    return Sighting(event=event, document_id=document, published_on=published, story=story)


def _place(name: str = "Bree", country: str | None = "ARN", **changed: object) -> Place:
    given = {"latitude": 1.0, "longitude": 2.0, "geonames_id": None, "text": name, "start": 0, "end": 1,
             "precision": "town"}  # fmt: skip
    return Place(name=name, country=country, **{**given, **changed})  # type: ignore[arg-type]


# A changed field; whether the event is still in the same bucket.
BUCKETS = [
    ({"event_type": "REJECT"}, False), ({"event_mode": "allege"}, False), ({"polarity": "negative"}, False),
    ({"conditional": True}, False), ({"tense": "future"}, False), ({"tense": "present"}, True),
    ({"factuality": "possible"}, True), ({"actors": ()}, False), ({"recipients": ()}, False),
    ({"told_as": "background"}, False), ({"told_as": "background", "event_date": _date(9)}, True),
    ({"confidence": 0.1}, True), ({"place": _place()}, True),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "same"), BUCKETS)
def test_fields_of_a_bucket(see, changed: dict[str, object], same: bool) -> None:
    event = _event(see)
    assert (bucket_of(event) == bucket_of(msgspec.structs.replace(event, **changed))) is same


def test_the_contrary_of_the_contrary_is_the_event(see) -> None:
    event = _event(see)
    negative = msgspec.structs.replace(event, polarity="negative")
    assert contrary_bucket(event) == bucket_of(negative) != bucket_of(event) == contrary_bucket(negative)


# Kind, country, sector and id of an actor, the country of the place; a party that has the same key, if any.
WHO = [
    ("group", "ARN", "CVL", "girls", None, ("group", "ARN", "EDU", "schoolgirls"), True),
    ("group", None, "CVL", "girls", "ARN", ("group", "ARN", "EDU", "schoolgirls"), True),
    ("group", None, "CVL", "girls", None, ("group", None, "EDU", "schoolgirls"), False),
    ("group", "ARN", "MIL", "army", None, ("group", "ARN", "MIL", "navy"), False),
    ("office", "ARN", "GOV", "king", None, ("state", "ARN", None, "ARN"), True),
    ("office", "ARN", "CVL", "king", None, ("state", "ARN", None, "ARN"), True),
    ("armed_group", "ARN", "REB", "rebels", None, ("state", "ARN", None, "ARN"), False),
    ("organisation", "ARN", None, "league", None, ("state", "ARN", None, "ARN"), False),
    ("person", None, None, "bard", "ARN", ("state", "ARN", None, "ARN"), False),
    ("person", None, None, "bard", "ARN", ("office", None, None, "bard"), True),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "country", "sector", "id", "where", "other", "same"), WHO)
def test_keys_of_parties(see, kind, country, sector, id, where, other, same: bool) -> None:
    place = _place(country=where) if where else None
    event = _event(see, place=place)

    def with_actor(kind: str, country: str | None, sector: str | None, id: str) -> Event:
        ref = event.actors[0]
        ref = msgspec.structs.replace(ref, kind=kind, country=country, sector=sector, id=id)
        return msgspec.structs.replace(event, actors=(ref,))

    assert (bucket_of(with_actor(kind, country, sector, id)) == bucket_of(with_actor(*other))) is same


def test_the_order_of_parties_does_not_matter(see) -> None:
    event = _event(see)
    both = (*event.actors, *event.recipients)
    one = msgspec.structs.replace(event, actors=both, recipients=both)
    other = msgspec.structs.replace(event, actors=both[::-1], recipients=both[::-1])
    assert bucket_of(one) == bucket_of(other)


# Dates of two events that are told in words (None: only the days of publication), these days, whether in one
# story; whether they can be the same.
DAYS = [
    (None, None, 10, 13, None, True), (None, None, 10, 14, None, False), (None, None, 13, 10, None, True),
    (None, None, 10, 16, "S", True), (None, None, 10, 17, "S", False), (None, None, 16, 10, "S", True),
    (None, None, None, 10, None, False), (None, None, None, 10, "S", True),
    (_date(9), _date(10), 20, 10, None, True), (_date(8), _date(10), 20, 10, None, False),
    (_date(10), _date(8), 20, 10, None, False), (_date(10), _date(9), 20, 10, None, True),
    (_date(5, 9), _date(10), 20, 10, None, True), (_date(5, 8), _date(10), 20, 10, None, False),
    # One day told, the other that of publication: up to a day before it, up to three after.
    (_date(11), None, 20, 10, None, True), (_date(12), None, 20, 10, None, False),
    (_date(7), None, 20, 10, None, True), (_date(6), None, 20, 10, None, False),
    (_date(4), None, 20, 10, "S", True), (_date(3), None, 20, 10, "S", False),
    (None, _date(11), 10, 20, None, True), (None, _date(12), 10, 20, None, False),
    (None, _date(7), 10, 20, None, True), (None, _date(6), 10, 20, None, False),
    (_date(5, 7), None, 20, 10, None, True), (_date(5, 6), None, 20, 10, None, False),
    # A date that no words give is that of publication.
    (_date(12, text=None), None, 20, 10, None, True),
    # Months and years.
    (_date(1, 28, "month"), _date(20), 20, 10, None, True),
    (_date(1, 28, "year"), _date(20), 20, 10, None, True),
    (_date(1, 19, "month"), _date(20), 20, 10, None, True),
    (_date(1, 18, "month"), _date(20), 20, 10, None, False),
    (_date(1, 19, "week"), _date(20), 20, 10, None, False),
    (_date(10, 10, "month"), None, 10, 10, None, False), (None, _date(10, 10, "month"), 10, 10, None, False),
]  # fmt: skip


@pytest.mark.parametrize(("date", "other_date", "day", "other_day", "story", "same"), DAYS)
def test_days_of_one_event(see, date, other_date, day, other_day, story, same: bool) -> None:
    one = _sighted(_event(see, event_date=date), day, "a", story)
    other = _sighted(_event(see, event_date=other_date), other_day, "b", story)
    alike = (1.0 + (story is not None)) if same else 0.0
    assert likeness(one, other) == likeness(other, one) == alike


# Words of two events, whether their reports are near and both tell the day; how alike they are.
SHARED = [
    ("alpha", "alpha", None, False, 1.0), ("alpha", "gamma", None, False, 0.0),
    ("alpha", "gamma", "S", False, 0.0),
    ("alpha gamma", "alpha delta", "S", False, 1.5), ("", "alpha", None, False, 0.0),
    ("", "", "S", False, 1.0),
    ("alpha", "", "S", False, 1.0), ("a b c d", "e f g", "S", False, 1.0),
    ("alpha bravo gamma delta omega", "alpha x y z kappa sigma theta rival", "S", False, 1.2),
    ("alpha bravo gamma delta omega crown", "alpha kappa sigma theta rival metal", "S", False, 0.0),
    # Words alike in their first six letters, or compounds.
    ("military", "militant", None, False, 1.0), ("milita", "militant", None, False, 1.0),
    ("milit", "militant", None, False, 0.0), ("girl", "schoolgirls", None, False, 1.0),
    ("schoolgirl", "girls", None, False, 1.0), ("monday", "monday", None, False, 0.0),
    ("Arnor", "Arnor", None, False, 0.0), ("accused", "accused", None, False, 0.0),
    ("alpha bravo", "ALPHA", None, False, 1.0), ("alpha2beta", "alpha", None, False, 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("words", "others", "story", "told", "alike"), SHARED)
def test_shared_words(see, words: str, others: str, story: str | None, told: bool, alike: float) -> None:
    one, other = (
        _sighted(_event(see, f"Arnor accused Gondor of {each}."), 10, name, story)
        for each, name in ((words, "a"), (others, "b"))
    )
    assert likeness(one, other) == likeness(other, one) == pytest.approx(alike)


# Quad class, whether one story, whether both tell the day; whether other words are compared at all.
@pytest.mark.parametrize(
    ("quad", "story", "date", "alike"),
    [
        ("material_conflict", "S", _date(10), 1.0), ("material_cooperation", "S", _date(10), 1.0),
        ("verbal_conflict", "S", _date(10), 0.0), ("material_conflict", None, _date(10), 0.0),
        ("material_conflict", "S", None, 0.0),
    ],
)  # fmt: skip
def test_material_acts_of_one_day_and_story(see, quad: str, story, date, alike: float) -> None:
    one = _sighted(_event(see, event_date=date, quad_class=quad), 10, "a", story)
    text = "Arnor accused Gondor of gamma delta."
    other = _sighted(_event(see, text, event_date=date, quad_class=quad), 10, "b", story)
    assert likeness(one, other) == alike


# Two places; whether they differ.
PLACES = [
    (_place(), None, False), (_place(), _place(), False), (_place(), _place("Dale"), True),
    (_place(geonames_id=1), _place("Dale", geonames_id=1), False),
    (_place(geonames_id=1), _place(geonames_id=2), True), (_place(geonames_id=1), _place(), False),
    (_place(geonames_id=1), _place("Dale"), True),
    (_place(), _place("Arnor", precision="country"), False),
    (_place(), _place("The North", precision="region"), False),
    (_place(), _place("Gondor", "GON", precision="country"), True),
    (_place(), _place("X", latitude=None), False),
    (_place(), _place("X", precision="exact"), True),
]  # fmt: skip


@pytest.mark.parametrize(("place", "other", "differ"), PLACES)
def test_places(see, place: Place, other: Place | None, differ: bool) -> None:
    one, another = _event(see, place=place), _event(see, place=other)
    assert places_differ(one, another) is places_differ(another, one) is differ


# Date and day of publication; the first and last day to compare.
COMPARED = [
    (None, 10, ((2022, 1, 1), (2022, 2, 17))), (_date(5), 10, ((2022, 1, 1), (2022, 2, 12))),
    (_date(1, 20, "month"), 28, ((2022, 1, 1), (2022, 2, 27))),
    (_date(1, 20, "week"), 28, ((2022, 1, 1), (2022, 2, 8))),
    (None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("date", "day", "span"), COMPARED)
def test_days_to_compare(see, date, day: int | None, span) -> None:
    found = days_to_compare(_sighted(_event(see, event_date=date), day))
    assert found == (span and tuple(dt.date(*each) for each in span))


def test_days_to_compare_at_the_start_of_a_year(see) -> None:
    sighting = Sighting(event=_event(see), document_id="d", published_on=dt.date(2022, 1, 3))
    assert days_to_compare(sighting) == (dt.date(2021, 12, 27), dt.date(2022, 1, 10))


# Sightings of entries as "entry day words"; the entry of one of day 10 with the words alpha bravo.
CHOICES = [
    ([], None), ([("e", 10, "alpha bravo")], "e"), ([("e", 10, "gamma delta")], None),
    ([("e", 10, "alpha gamma"), ("f", 10, "alpha bravo")], "f"),
    ([("e", 10, "alpha bravo"), ("f", 10, "alpha bravo")], "f"),
    ([("f", 10, "alpha bravo"), ("e", 10, "alpha bravo")], "f"),
    # Within seven days of all members.
    ([("e", 3, "gamma"), ("e", 10, "alpha bravo")], "e"),
    ([("e", 2, "gamma"), ("e", 10, "alpha bravo")], None),
    ([("e", 17, "gamma"), ("e", 10, "alpha bravo")], "e"),
    ([("e", 18, "gamma"), ("e", 10, "alpha bravo")], None),
    ([("e", 2, "gamma"), ("f", 10, "alpha gamma")], "f"),
]  # fmt: skip


@pytest.mark.parametrize(("near", "entry"), CHOICES)
def test_the_entry_of_an_event(see, near: list[tuple[str, int, str]], entry: str | None) -> None:
    sighting = _sighted(_event(see), 10, "new")
    others = [
        (name, _sighted(_event(see, f"Arnor accused Gondor of {words}."), day, f"d{number}"))
        for number, (name, day, words) in enumerate(near)
    ]
    assert choose_entry(sighting, others) == entry


def test_an_event_elsewhere_is_not_of_the_entry(see) -> None:
    sighting = _sighted(_event(see, place=_place()), 10, "new")
    here, there = (_sighted(_event(see, place=_place(name)), 10, name) for name in ("Bree", "Dale"))
    assert choose_entry(sighting, [("e", here), ("e", there)]) is None
    assert choose_entry(sighting, [("e", here), ("f", there)]) == "e"


def test_a_month_does_not_widen_an_entry(see) -> None:
    """Days that only name a month are not part of the span of an entry."""
    month, day = _event(see, event_date=_date(1, 28, "month")), _event(see, event_date=_date(10))
    near = [("e", _sighted(month, 28, "a")), ("e", _sighted(day, 10, "b"))]
    assert choose_entry(_sighted(day, 10, "new"), near) == "e"
    assert (
        choose_entry(
            _sighted(month, 28, "new"), [("e", _sighted(_event(see, event_date=_date(20)), 20, "b"))]
        )
        == "e"
    )


# Factuality, confidence and length of the words of two events; the one that leads.
LEADS = [
    (("certain", 0.1, ""), ("probable", 0.9, "longer"), 0), (("probable", 0.1, ""), ("possible", 0.9, ""), 0),
    (("possible", 0.1, ""), ("unknown", 0.9, ""), 0), (("certain", 0.8, "longer"), ("certain", 0.9, ""), 1),
    (("certain", 0.9, ""), ("certain", 0.9, "longer"), 1), (("certain", 0.9, ""), ("certain", 0.9, ""), 1),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "lead"), LEADS)
def test_the_event_that_leads(see, one, other, lead: int) -> None:
    events = [
        _event(
            see,
            f"Arnor accused Gondor of alpha{more}.",
            id=f"e{number}",
            factuality=factuality,
            confidence=confidence,
        )
        for number, (factuality, confidence, more) in enumerate((one, other))
    ]
    for order in (events, events[::-1]):
        assert describe_entry([_sighted(event) for event in order]).lead == f"e{lead}"


def test_an_entry_of_one_event(see) -> None:
    entry = describe_entry([_sighted(_event(see), None, "a")])
    assert (entry.first_day, entry.last_day, entry.documents, entry.corroboration) == (None, None, 1, 1)
    assert entry.contradictions == ()


# Factualities of the events of an entry; whether they contradict each other.
@pytest.mark.parametrize(
    ("factualities", "differ"),
    [("certain possible", True), ("certain unknown", True), ("certain probable", False),
     ("probable possible", False),  ("certain certain", False)],
)  # fmt: skip
def test_factualities_that_differ(see, factualities: str, differ: bool) -> None:
    sightings = [_sighted(_event(see, id=f"e{n}", factuality=f)) for n, f in enumerate(factualities.split())]
    found = describe_entry(sightings).contradictions
    assert [(c.kind, c.what) for c in found] == ([("factuality", None)] if differ else [])
    if differ:
        one, other = factualities.split()
        assert found[0].values == {one: ("e0",), other: ("e1",)}


def _amount(
    value: float, unit: str = "count", of: str | None = "troops", approximate: bool = False
) -> Amount:
    return Amount(value=value, unit=unit, of=of, approximate=approximate, text="x", start=0, end=1)


# Amounts of two events; what they contradict each other in, with the values.
AMOUNTS = [
    ([_amount(1000)], [_amount(1010)], []),
    ([_amount(1000)], [_amount(1011)], [("troops", ["1000", "1011"])]),
    ([_amount(-1000)], [_amount(-1010)], []), ([_amount(1000, approximate=True)], [_amount(1111)], []),
    ([_amount(1000)], [_amount(1112, approximate=True)], [("troops", ["1000", "1112"])]),
    ([_amount(100), _amount(300)], [_amount(300)], []), ([_amount(5)], [], []),
    ([_amount(0)], [_amount(0)], []),
    ([_amount(5)], [_amount(9, of="tanks")], []), ([_amount(5)], [_amount(9, unit="money")], []),
    ([_amount(5, "money", None)], [_amount(9, "money", None)], [("money", ["5", "9"])]),
    ([_amount(5), _amount(5, of="aid")], [_amount(9), _amount(9, of="aid")],
     [("aid", ["5", "9"]), ("troops", ["5", "9"])]),
]  # fmt: skip


@pytest.mark.parametrize(("some", "others", "found"), AMOUNTS)
def test_amounts_that_differ(see, some: list[Amount], others: list[Amount], found) -> None:
    sightings = [_sighted(_event(see, id=f"e{n}", amounts=tuple(a))) for n, a in enumerate((some, others))]
    contradictions = describe_entry(sightings).contradictions
    assert [(c.what, sorted(c.values, key=float)) for c in contradictions] == found
    assert all(c.kind == "amount" and list(c.values.values()) == [("e0",), ("e1",)] for c in contradictions)


def test_denials_are_listed_beside_what_they_deny(see) -> None:
    event = _event(see, id="e0")
    denial = msgspec.structs.replace(event, id="e1", polarity="negative")
    (found,) = describe_entry([_sighted(event)], contrary=[_sighted(denial), _sighted(denial)]).contradictions
    assert (found.kind, found.what, found.values) == (
        "polarity",
        None,
        {"positive": ("e0",), "negative": ("e1",)},
    )
    apart = _sighted(msgspec.structs.replace(denial, event_date=_date(20)), 20, "b")
    near = _sighted(denial, 10, "b")
    assert contrary_sightings([_sighted(event)], [apart, near]) == [near]


def test_groups_begin_with_the_earliest(see) -> None:
    later, first, undated = (_sighted(_event(see, id=f"e{d}"), d, f"d{d}") for d in (12, 10, None))
    groups = group_sightings([later, undated, first])
    assert [[s.document_id for s in group] for group in groups] == [["dNone"], ["d10", "d12"]]
