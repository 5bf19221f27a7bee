"""Series of pairs and the network, from daily counts and from events: both must say the same."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.errors import UsageError
from dragoman.model.records import CodedDocument
from dragoman.record.answers import Edge
from dragoman.record.pairs import Period, next_period, period_of, periods_between
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record

Day = tuple[int, int, int]
# A filter that lets everything through but that daily counts do not know.
ALL_SLOWLY = EventFilter(context="military")


def test_a_series_by_day_week_and_month(small: Record) -> None:
    days = small.dyad_series("ARN", "GON")
    assert [(point.start.day, point.events) for point in days] == [(1, 1), (2, 3), (9, 1)]
    assert days[0].counts == {"verbal_conflict": 1}
    assert days[0].intensity == -3.0
    (monday, next_monday) = small.dyad_series("ARN", "GON", by="week")
    assert (monday.start, monday.events) == (dt.date(2022, 1, 31), 4)
    assert next_monday.start == dt.date(2022, 2, 7)
    (month,) = small.dyad_series("ARN", "GON", by="month")
    assert month.counts == {"verbal_conflict": 1, "material_conflict": 4}
    assert month.intensity == pytest.approx((-3.0 - 9.5 * 4) / 5)


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
def test_series_agree_with_the_events(small: Record, by: str) -> None:
    assert small.dyad_series("ARN", "GON", by=by) == small.dyad_series("ARN", "GON", by=by, wanted=ALL_SLOWLY)


def test_series_of_a_span_and_of_firm_events_alone(small: Record) -> None:
    day = dt.date(2022, 2, 2)
    assert [p.events for p in small.dyad_series("ARN", "GON", since=day, until=day)] == [3]
    assert [p.events for p in small.dyad_series("ARN", "GON", wanted=EventFilter(firm=True))] == [1, 2]
    assert small.dyad_series("GON", "MOR") == []
    with pytest.raises(UsageError, match="by="):
        small.dyad_series("ARN", "GON", by="hour")


def test_the_network(small: Record) -> None:
    edges = {(edge.actor, edge.recipient): edge.events for edge in small.network()}
    assert edges == {
        ("ARN", "GON"): 5, ("GON", "ARN"): 1, ("ROH", "GON"): 1, ("MOR", "ROH"): 2
    }  # fmt: skip
    assert small.network()[0].actor == "ARN"
    assert small.network() == small.network(wanted=ALL_SLOWLY)
    assert len(small.network(limit=2)) == 2
    assert [edge.events for edge in small.network(since=dt.date(2022, 2, 9))] == [1, 1]
    assert small.network(wanted=EventFilter(one_a_day=True))[0].events == 3


def test_a_mutual_act_counts_in_both_directions(small: Record, reports: list[CodedDocument]) -> None:
    event = reports[0].events[0]
    mutual = msgspec.structs.replace(event, id="m", actors=event.actors + event.recipients, recipients=())
    document = msgspec.structs.replace(reports[0].document, id="m", published_on=dt.date(2030, 1, 1))
    coded = msgspec.structs.replace(reports[0], id="m", document=document, events=(mutual,))
    small.add(coded, run_id=1)
    edges = small.network(since=dt.date(2030, 1, 1))
    assert [(edge.actor, edge.recipient) for edge in edges] == [("ARN", "GON"), ("GON", "ARN")]
    assert isinstance(edges[0], Edge)
    assert edges == small.network(since=dt.date(2030, 1, 1), wanted=ALL_SLOWLY)
    for pair in (("ARN", "GON"), ("GON", "ARN")):
        quick = small.dyad_series(*pair, by="year")
        assert quick == small.dyad_series(*pair, by="year", wanted=ALL_SLOWLY)
        assert [point.start.year for point in quick] == [2022, 2030]
        assert small.total(EventFilter(dyad=">".join(pair), since=dt.date(2030, 1, 1))) == 1
    # It has no recipient, so one who asks for a recipient does not mean it.
    assert small.total(EventFilter(actor="ARN", recipient="GON", since=dt.date(2030, 1, 1))) == 0


def test_what_a_state_does_to_itself_and_what_persons_do(small: Record, reports: list[CodedDocument]) -> None:
    event = reports[0].events[0]
    (actor,) = event.actors
    minister = msgspec.structs.replace(actor, id="P:minister", kind="person")
    own = msgspec.structs.replace(event, id="own", actors=(minister,), recipients=(actor,))
    document = msgspec.structs.replace(reports[0].document, id="own")
    small.add(msgspec.structs.replace(reports[0], id="own", document=document, events=(own,)), run_id=1)
    assert small.total(EventFilter(actor="ARN", recipient="ARN")) == 1
    assert small.total(EventFilter(actor="P:minister")) == 1
    assert [point.events for point in small.dyad_series("P:minister", "ARN")] == [1]
    assert small.dyad_series("P:minister", "GON") == []
    assert ("ARN", "ARN") not in {(edge.actor, edge.recipient) for edge in small.network()}


def test_counts_follow_what_is_replaced_and_removed(small: Record, reports: list[CodedDocument]) -> None:
    before = small.network()
    fewer = msgspec.structs.replace(reports[1], events=reports[1].events[:1])
    small.add(fewer, run_id=1)
    assert small.network()[0].events == 4
    small.add(reports[1], run_id=1)
    assert small.network() == before
    for coded in reports:
        assert small.remove(coded.id)
    assert small.network() == []
    assert small.counts(by="event_type") == {}
    assert small._connection.execute("SELECT count(*) FROM daily").fetchone() == (0,)
    assert small._connection.execute("SELECT count(*) FROM event_keys").fetchone() == (0,)
    assert small.check() == []


def test_a_filled_series_has_every_period_once(small: Record) -> None:
    days = small.dyad_series("ARN", "GON", zeros=True)
    assert [point.start.day for point in days] == list(range(1, 10))
    assert [point.events for point in days] == [1, 3, 0, 0, 0, 0, 0, 0, 1]
    assert (days[2].intensity, days[2].counts) == (0.0, {})
    span = {"since": dt.date(2021, 11, 15), "until": dt.date(2022, 3, 1)}
    months = small.dyad_series("ARN", "GON", by="month", zeros=True, **span)
    assert [(point.start.month, point.events) for point in months] == [
        (11, 0),
        (12, 0),
        (1, 0),
        (2, 5),
        (3, 0),
    ]
    assert small.dyad_series("GON", "MOR", zeros=True) == []


@pytest.mark.parametrize(
    ("by", "day", "first", "following"),
    [
        ("day", (2024, 2, 29), (2024, 2, 29), (2024, 3, 1)),
        ("week", (2024, 12, 31), (2024, 12, 30), (2025, 1, 6)),
        ("month", (2024, 1, 31), (2024, 1, 1), (2024, 2, 1)),
        ("year", (2024, 12, 31), (2024, 1, 1), (2025, 1, 1)),
    ],
)
def test_periods_follow_each_other(by: Period, day: Day, first: Day, following: Day) -> None:
    start = period_of(dt.date(*day), by)
    assert (start, next_period(start, by)) == (dt.date(*first), dt.date(*following))
    assert list(periods_between(dt.date(*day), dt.date(*following), by)) == [start, dt.date(*following)]


def test_a_panel_agrees_with_the_network(small: Record) -> None:
    rows = list(small.dyad_panel(by="year"))
    edges = {(edge.actor, edge.recipient): (edge.events, edge.counts) for edge in small.network()}
    # The network has the report without a day, too; a panel has no place for it.
    edges["MOR", "ROH"] = (1, edges["MOR", "ROH"][1] | {"verbal_conflict": 0})
    for row in rows:
        events, counts = edges[row.actor, row.recipient]
        assert (row.start, row.events) == (dt.date(2022, 1, 1), events)
        assert row.counts == {quad: count for quad, count in counts.items() if count}
    assert len(rows) == len(edges)
    assert {row.reports for row in rows} == {4}


def test_a_panel_with_zeros_has_every_dyad_in_every_period(small: Record) -> None:
    sparse, full = (list(small.dyad_panel(by="day", zeros=zeros)) for zeros in (False, True))
    dyads = {(row.actor, row.recipient) for row in sparse}
    assert len(full) == len(dyads) * 9
    assert [row for row in full if row.events] == sparse
    assert {row.goldstein_mean for row in full if not row.events} == {0.0}
    assert {row.start.day: row.reports for row in full} == {1: 1, 2: 2, 9: 1} | dict.fromkeys(range(3, 9), 0)
    assert list(small.dyad_panel(wanted=EventFilter(actor="HAR"), zeros=True)) == []
    with pytest.raises(UsageError, match="by="):
        list(small.dyad_panel(by="hour"))  # type: ignore[arg-type]


def test_a_panel_of_one_actor_has_no_rows_of_others(small: Record, reports: list[CodedDocument]) -> None:
    event = reports[0].events[0]
    both = msgspec.structs.replace(event, actors=(*event.actors, *event.recipients), recipients=())
    small.add(msgspec.structs.replace(reports[0], events=(both,)), run_id=small.begin_run("test"))
    rows = list(small.dyad_panel(by="year", wanted=EventFilter(actor="GON")))
    assert {(row.actor, row.recipient) for row in rows} == {("GON", "ARN")}
    rows = list(small.dyad_panel(by="year", wanted=EventFilter(recipient="GON")))
    assert {row.recipient for row in rows} == {"GON"}


def test_the_last_period_of_all_ends() -> None:
    assert list(periods_between(dt.date(9999, 11, 30), dt.date.max, "month"))[-1] == dt.date(9999, 12, 1)


# A filter, and the events of each month of 2022 and of each pair; answered from counts and from events alike.
@pytest.mark.parametrize(
    ("wanted", "months", "pairs"),
    [
        (EventFilter(), {2: 8}, {("ARN", "GON"): 6, ("GON", "ROH"): 1, ("MOR", "ROH"): 2}),
        (EventFilter(quad_class="material_conflict"), {2: 5}, {("ARN", "GON"): 5}),
        (EventFilter(firm=False), {2: 2}, {("ARN", "GON"): 2}),
        (EventFilter(event_type="ACCUSE"), {2: 1}, {("ARN", "GON"): 1, ("MOR", "ROH"): 1}),
        (EventFilter(publisher="Gazette"), {2: 2}, {("ARN", "GON"): 2, ("MOR", "ROH"): 1}),
        (EventFilter(context="cyber"), {}, {}),
    ],
)
def test_series_of_a_filter_and_ties(
    small: Record, wanted: EventFilter, months: dict[int, int], pairs: dict[tuple[str, str], int]
) -> None:
    assert {point.start.month: point.events for point in small.event_series(wanted)} == months
    assert {(tie.one, tie.other): tie.events for tie in small.ties(wanted=wanted)} == pairs


def test_ties_count_both_directions_and_the_busiest_first(small: Record) -> None:
    found = small.ties()
    assert [(tie.one, tie.other, tie.events) for tie in found] == [
        ("ARN", "GON", 6), ("MOR", "ROH", 2), ("GON", "ROH", 1),
    ]  # fmt: skip
    assert found[0].counts == {"verbal_conflict": 1, "material_conflict": 5}
    assert small.ties(limit=1) == found[:1]
    day = dt.date(2022, 2, 2)
    assert [(tie.one, tie.events) for tie in small.ties(since=day, until=day)] == [("ARN", 3), ("MOR", 1)]


def test_places_are_counted(small: Record) -> None:
    (osgiliath,) = small.places()
    assert (osgiliath.name, osgiliath.events, osgiliath.counts) == ("Osgiliath", 1, {"material_conflict": 1})
    assert (osgiliath.latitude, osgiliath.longitude, osgiliath.country) == (1.0, 1.0, None)
    assert small.places(wanted=ALL_SLOWLY) == [osgiliath]
    assert small.places(wanted=EventFilter(event_type="AID")) == []
    assert small.places(since=dt.date(2022, 2, 3)) == []


def test_a_party_has_the_events_of_both_sides(small: Record) -> None:
    assert [(p.start, p.events) for p in small.party_series("GON")] == [(dt.date(2022, 2, 1), 7)]
    assert [(p.start.day, p.events) for p in small.party_series("ROH", by="day")] == [(1, 1), (2, 1)]
    until = dt.date(2022, 2, 1)
    assert [p.events for p in small.party_series("GON", until=until)] == [2]
    assert [p.events for p in small.party_series("GON", since=dt.date(2022, 2, 2))] == [5]


def test_sums_of_a_panel(small: Record, reports: list[CodedDocument]) -> None:
    def scored(coded: CodedDocument, goldstein: float | None) -> CodedDocument:
        events = tuple(msgspec.structs.replace(event, goldstein=goldstein) for event in coded.events)
        return msgspec.structs.replace(coded, events=events)

    for coded, goldstein in ((reports[0], -2.0), (reports[1], -10.0)):
        small.add(scored(coded, goldstein), run_id=small.begin_run("test"))
    (row,) = [row for row in small.dyad_panel() if (row.actor, row.recipient) == ("ARN", "GON")]
    assert (row.start, row.events, row.reports) == (dt.date(2022, 2, 1), 5, 4)
    assert row.counts == {"verbal_conflict": 1, "material_conflict": 4}
    assert (row.goldstein_sum, row.goldstein_mean) == (-22.0, -7.333333)
    assert row.intensity_mean == pytest.approx((-3.0 - 9.5 * 4) / 5)
    (other,) = [row for row in small.dyad_panel() if (row.actor, row.recipient) == ("GON", "ARN")]
    assert (other.goldstein_sum, other.goldstein_mean, other.intensity_mean) == (0.0, 0.0, -9.5)
