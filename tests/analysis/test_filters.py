"""Filters take what people type; what means nothing is an error with the near ones."""

# ruff: noqa: E501 - one case a line reads best

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator

import pytest

from dragoman.analysis.filters import FilterReader, explain_empty, near, read_day, read_term
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.issues import load_issues
from dragoman.model.documents import Document
from dragoman.model.terms import EVENT_TYPES
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


@pytest.mark.parametrize(
    ("typed", "key"),
    [("the Russian army", "RUS:MIL"), ("French police", "FRA:COP"), ("Russians", "RUS"), ("Kyiv", "UKR")],
)
def test_a_part_of_a_state_is_not_all_of_it(reader: FilterReader, typed: str, key: str) -> None:
    assert reader.read({"actor": typed}).actor == key


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
    ({"publisher": "shire"}, "The Shire Post"),
    ({"actor": "Lyon"}, "no actor 'Lyon'"),
    ({"party": "Osaka"}, "no party 'Osaka'"),
    ({"place": "Odesa"}, "no place 'Odesa'"),
    ({"document": "d9"}, "dragoman documents"),
    ({"document": "d"}, "no document 'd'"),
    ({"story": "S-none"}, "dragoman stories list"),
    ({"entry": "E-none"}, "dragoman entries"),
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
    both = EventFilter(since=dt.date(1990, 1, 1), until=dt.date(1991, 1, 1), entry="E-none")
    assert "each filter taken away by itself changes nothing" in explain_empty(record, both)


def test_months_and_years_are_whole() -> None:
    assert read_day("2024-02", "until") == dt.date(2024, 2, 29)
    assert read_day("2023", "since") == dt.date(2023, 1, 1)


# Values as typed, whether they are for `until`; the day.
READ_DAYS = [
    ("2024-02-29", "since", dt.date(2024, 2, 29)), ("2024-02-29", "until", dt.date(2024, 2, 29)),
    ("2024-02", "since", dt.date(2024, 2, 1)), ("2023-12", "until", dt.date(2023, 12, 31)),
    ("2023", "until", dt.date(2023, 12, 31)), (dt.date(2020, 5, 6), "until", dt.date(2020, 5, 6)),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "name", "day"), READ_DAYS)
def test_days(typed: str | dt.date, name: str, day: dt.date) -> None:
    assert read_day(typed, name) == day


@pytest.mark.parametrize(
    "typed",
    ["", "24", "024", "02024", "2024-13", "2024-1-1-1", "2023-02-29", "2024-1-1", "x", "24-02", "2024-00"],
)
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(UsageError, match=f"since '{typed}' is no day; write YYYY-MM-DD, YYYY-MM or YYYY"):
        read_day(typed, "since")


# What is typed, known values, their meanings, the longest list; the hint.
HINTS = [
    ("x", [], None, 12, "the record has none"), ("alph", ["alpha", "beta"], None, 12, "did you mean alpha?"),
    ("LPH", ["alpha", "beta"], None, 12, "did you mean alpha?"),
    ("be", ["alphabeta", "xyz"], None, 12, "use one of alphabeta, xyz"),
    ("bet", ["alphabetagamma", "xyz"], None, 12, "did you mean alphabetagamma?"),
    ("abc", ["abc1", "abc2", "abc3", "abc4"], None, 12, "did you mean abc1 or abc2 or abc3?"),
    ("abcd", ["xabcd", "abce", "abcf", "abcg"], None, 12, "did you mean xabcd or abcg or abcf?"),
    ("zzz", ["c", "b", "a", "b"], None, 3, "use one of a, b, c"),
    ("zzz", ["c", "b", "a", "d"], None, 3, "use one of a, b, c, ..."),
    ("plee", ["plea", "plead"], {"plea": "REQUEST", "plead": "REQUEST"}, 12, "did you mean REQUEST?"),
    ("zzz", ["plea", "x"], {"plea": "REQUEST"}, 12, "use one of REQUEST, x"),
    ("abcde", ["abzzz", "abcxy"], None, 12, "did you mean abcxy?"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "known", "means", "most", "hint"), HINTS)
def test_hints(typed: str, known: list[str], means: dict[str, str] | None, most: int, hint: str) -> None:
    assert near(typed, known, means=means, most=most) == hint


def test_twelve_values_are_listed() -> None:
    values = [f"v{n:02}" for n in range(13)]
    assert near("zzz", values[:12]) == f"use one of {', '.join(values[:12])}"
    assert near("zzz", values) == f"use one of {', '.join(values[:12])}, ..."


# What is typed for an event type; the value.
TERMS = [
    ("ACCUSE", "ACCUSE"), (" accuse ", "ACCUSE"), ("accuses", "ACCUSE"), ("protesting", "PROTEST"),
    ("air-strike", "ASSAULT"),
    ("AIR_STRIKES", "ASSAULT"), ("attacks", "ASSAULT"), ("condemnations", "ACCUSE"), ("clashes", "ASSAULT"),
    ("urge", "REQUEST"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), TERMS)
def test_terms(typed: str, value: str) -> None:
    assert read_term(typed, "event_type", EVENT_TYPES) == value


def test_an_unknown_term_names_similar_ones() -> None:
    with pytest.raises(UsageError, match="no event type 'accuze'; did you mean ACCUSE"):
        read_term("accuze", "event_type", EVENT_TYPES)
    with pytest.raises(UsageError, match="no speed 'fast'; use one of high, low"):
        read_term("fast", "speed", ["low", "high"])


class _Counted:
    """A record that counts the events of a filter from a table of its values."""

    def __init__(self, totals: dict[str, int]) -> None:
        self.totals = totals

    def total(self, wanted: EventFilter) -> int:
        default = EventFilter()
        names = [n for n in EventFilter.__struct_fields__ if getattr(wanted, n) != getattr(default, n)]
        return self.totals.get(" ".join(sorted(names)), 0)


# A filter, the number of events with only some of its parts; the explanation.
EMPTY = [
    (EventFilter(), {}, ["the record holds no event"]),
    (EventFilter(limit=3, background=True, negations=False, one_a_day=True), {}, ["the record holds no event"]),
    (EventFilter(actor="ARN", recipient="GON"), {"actor": 1, "recipient": 2000},
     ["without actor ARN: 2,000 events", "without recipient GON: 1 event"]),
    (EventFilter(actor="ARN", recipient="GON"), {"actor": 5, "recipient": 5},
     ["without actor ARN: 5 events", "without recipient GON: 5 events"]),
    (EventFilter(actor="ARN", event_type="AID"), {"actor": 0, "event_type": 3}, ["without actor ARN: 3 events"]),
    (EventFilter(actor="ARN", event_type="AID", between=("A", "B")), {"actor": 1234},
     ["each filter taken away by itself changes nothing", "actor ARN alone: 1,234", "event type AID alone: 0",
      "between A,B alone: 0"]),
    (EventFilter(matter=(("grain",),)), {"": 4}, ["without the issue: 4 events"]),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "totals", "lines"), EMPTY)
def test_explanations_of_empty_results(wanted: EventFilter, totals: dict[str, int], lines: list[str]) -> None:
    found = explain_empty(_Counted(totals), wanted)  # type: ignore[arg-type]
    assert found[:1] + sorted(found[1:]) == lines[:1] + sorted(lines[1:])
