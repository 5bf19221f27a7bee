"""Filters take what people type; what means nothing is an error with the near ones."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator

import pytest

from dragoman.analysis.filters import FilterReader, explain_empty, read_day
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.issues import load_issues
from dragoman.model.documents import Document
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

TEXTS = (
    (
        "North Korea threatened South Korea with a strike. Japan condemned North Korea.",
        "2022-02-01",
        "Daily Bree",
    ),
    ("The United States imposed sanctions on Iran over its missiles.", "2022-03-01", "The Shire Post"),
    ("Russia attacked Kharkiv on Tuesday. Emmanuel Macron condemned Russia.", "2022-03-02", "The Shire Post"),
    ("China opposes arms sales to Taiwan, Beijing said.", "2022-04-02", "Daily Bree"),
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    coder = Coder(reading="rules")
    with Record.open(tmp_path_factory.mktemp("filters") / "r.sqlite") as record:
        run = record.begin_run("test")
        for number, (text, day, publisher) in enumerate(TEXTS):
            document = Document(
                id=f"d{number}", text=text, published_on=dt.date.fromisoformat(day), publisher=publisher
            )
            record.add(coder.code_document(document), run_id=run)
        yield record


@pytest.fixture(scope="module")
def reader(record: Record) -> FilterReader:
    return FilterReader(
        record,
        actors=functools.cache(load_actors),
        codebook=functools.cache(load_codebook),
        issues=functools.cache(load_issues),
    )


READ = [
    ({"actor": "North Korea"}, {"actor": "PRK"}),
    ({"actor": "prk"}, {"actor": "PRK"}),
    ({"actor": "dprk"}, {"actor": "PRK"}),
    ({"actor": "Korea, Dem. Rep."}, {"actor": "PRK"}),
    ({"actor": "the Kremlin"}, {"actor": "RUS"}),
    ({"recipient": "european union"}, {"recipient": "EUR"}),
    ({"party": "NATO"}, {"party": "NATO"}),
    ({"speaker": "emmanuel macron"}, {"speaker": "P:emmanuel-macron"}),
    ({"dyad": "North Korea>South Korea"}, {"dyad": "PRK>KOR"}),
    ({"between": "russia,ukraine"}, {"between": ("RUS", "UKR")}),
    ({"between": "russia > ukraine"}, {"between": ("RUS", "UKR")}),
    ({"between": ("russia", "ukraine")}, {"between": ("RUS", "UKR")}),
    ({"event_type": "threats"}, {"event_type": "THREATEN"}),
    ({"event_type": "Sanctions"}, {"event_type": "SANCTION"}),
    ({"event_type": "accuse"}, {"event_type": "ACCUSE"}),
    ({"event_type": "condemnation"}, {"event_type": "ACCUSE"}),
    ({"event_type": "protesting"}, {"event_type": "PROTEST"}),
    ({"event_mode": "Restrict"}, {"event_mode": "restrict"}),
    ({"quad_class": "verbal conflict"}, {"quad_class": "verbal_conflict"}),
    ({"quad_class": "4"}, {"quad_class": "material_conflict"}),
    ({"factuality": "Certain"}, {"factuality": "certain"}),
    ({"polarity": "denied"}, {"polarity": "negative"}),
    ({"context": "human rights"}, {"context": "human_rights"}),
    ({"publisher": "daily bree"}, {"publisher": "Daily Bree"}),
    ({"place": "ukraine"}, {"place": "UKR"}),
    ({"cameo": "13"}, {"cameo": "13"}),
    ({"since": "2022-02", "until": "2022"}, {"since": dt.date(2022, 2, 1), "until": dt.date(2022, 12, 31)}),
    ({"firm": False}, {"firm": False}),
    ({"issue": "grain"}, {"issue": "grain"}),
    ({"actor": None, "text": "", "background": False}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), READ, ids=[str(asked) for asked, _ in READ])
def test_what_is_typed_is_understood(reader: FilterReader, asked: dict, expected: dict) -> None:
    assert reader.read(asked) == EventFilter(**expected)


def test_a_known_issue_is_its_words_and_other_words_are_words(reader: FilterReader, record: Record) -> None:
    by_id, by_name = reader.read({"issue": "taiwan-arms"}), reader.read({"issue": "arms for taiwan"})
    assert by_id == by_name
    assert by_id.matter
    assert record.total(by_id) == 1


def test_a_town_of_the_record_is_a_place(reader: FilterReader, record: Record) -> None:
    wanted = reader.read({"place": "kharkiv"})
    events = list(record.events(wanted))
    assert events
    assert {stored.event.place.name for stored in events if stored.event.place} == {"Kharkiv"}


WRONG = [
    ({"actor": "Rusia"}, "Russia (RUS)"),
    ({"actor": "qqqqq"}, "no actor 'qqqqq'"),
    ({"actor": "rebels"}, "no actor 'rebels'"),
    ({"event_type": "threten"}, "THREATEN"),
    ({"event_type": "xyzzy"}, "use one of ACCUSE, AGREE"),
    ({"event_mode": "restric"}, "restrict"),
    ({"quad_class": "verbal konflict"}, "verbal_conflict"),
    ({"factuality": "sure"}, "use one of certain, possible, probable, unknown"),
    ({"context": "militari"}, "military"),
    ({"publisher": "dayli bree"}, "Daily Bree"),
    ({"place": "karkiv"}, "Kharkiv"),
    ({"cameo": "99"}, "no CAMEO code '99'"),
    ({"since": "2022-03-01", "until": "2022-02-01"}, "swap them"),
    ({"since": "01.03.2022"}, "YYYY-MM-DD"),
    ({"until": "2022-13"}, "YYYY-MM-DD"),
    ({"between": "RUS"}, "RUS,UKR"),
    ({"acter": "RUS"}, "actor"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "says"), WRONG, ids=[str(asked) for asked, _ in WRONG])
def test_what_is_not_known_is_an_error_with_the_near_ones(
    reader: FilterReader, asked: dict, says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        reader.read(asked)
    assert says in str(caught.value)


def test_a_cameo_code_covers_what_begins_with_it(record: Record, reader: FilterReader) -> None:
    codes = {stored.event.cameo for stored in record.events()} - {None}
    root = max(codes)[:2]
    found = list(record.events(reader.read({"cameo": root})))
    assert {stored.event.cameo for stored in found} == {code for code in codes if code.startswith(root)}


def test_an_empty_answer_says_which_filter_is_to_blame(record: Record, reader: FilterReader) -> None:
    wanted = reader.read({"actor": "PRK", "event_type": "assault"})
    assert list(record.events(wanted)) == []
    lines = explain_empty(record, wanted)
    assert any(line.startswith("without event type ASSAULT: ") for line in lines)
    assert any(line.startswith("without actor PRK: ") for line in lines)
    both = reader.read({"since": "1990", "until": "1991", "entry": "E-none"})
    assert "each filter taken away by itself changes nothing" in explain_empty(record, both)


def test_months_and_years_are_whole() -> None:
    assert read_day("2024-02", "until") == dt.date(2024, 2, 29)
    assert read_day("2023", "since") == dt.date(2023, 1, 1)
