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
    contrary_bucket,
    contrary_sightings,
    describe_entry,
    group_sightings,
    likeness,
)
from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument, EventDate

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
