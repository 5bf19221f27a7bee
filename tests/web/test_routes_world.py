"""Network and map: tables, links and the data of the drawings."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.record.answers import CountedPlace
from dragoman.record.queries import EventFilter
from dragoman.web import routes_world

from .quick_record import count_of, data_of, stated, title_of, words_of

# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/network",
        "Network",
        """
        # Network Who does what toward whom. An arrow runs from source to target; its colour says
        whether cooperation or conflict prevails, its width how many events there are. <get
        /network: From {since=} To {until=} Show More filters Type {type= of 17} Class {quad= of 5}
        About {text=} Confidence from {min_confidence=} {firm=true} asserted as fact only
        {background=true} with undated background {negations=true} with negations > mostly
        cooperation more cooperation both more conflict mostly conflict Fewest events per arrow
        {None=1} 1 Months from {None=0} to {None=0} Find a party {None=} +−whole The slider sets the
        smallest number of events of a shown arrow. Choose a party for its ties, an arrow for its
        events. Choose a party or an arrow in the drawing, or find a party by name. ## Who toward
        whom Events of the row's party toward the column's. Sorted by events,
        [name](/network?sort=name), [bloc](/network?sort=bloc). source | Gondor | Arnor | Mordor |
        Rohan | [Gondor](/network?ego=GON) | | [1](/ledger?rows=events &dyad=GON%3EARN = 1) |
        [1](/ledger?rows=events &dyad=GON%3EMOR = 1) | | [Arnor](/network?ego=ARN) |
        [3](/ledger?rows=events &dyad=ARN%3EGON = 3) | | | | [Mordor](/network?ego=MOR) | | | | |
        [Rohan](/network?ego=ROH) | [1](/ledger?rows=events &dyad=ROH%3EGON = 1) | | | | ## Blocs
        Parties that cooperate more among themselves than with others (Louvain communities of
        cooperation less conflict). [Gondor](/dossiers/actor?id=GON),
        [Rohan](/dossiers/actor?id=ROH) ## The busiest ties between | events | cooperation |
        conflict | Arnor and Gondor | [4](/ledger?rows=events &between=ARN%2CGON = 4) | 1 | 3 |
        Gondor and Mordor | [1](/ledger?rows=events &between=GON%2CMOR = 1) | 0 | 1 | Gondor and
        Rohan | [1](/ledger?rows=events &between=GON%2CROH = 1) | 1 | 0 |
        """,
    ),
    (
        "/network?ego=MOR&sort=name&quad=verbal_conflict",
        "Network of Mordor",
        """
        # Network of Mordor Who does what toward whom. An arrow runs from source to target; its
        colour says whether cooperation or conflict prevails, its width how many events there are.
        [The whole network](/network?quad=verbal_conflict) <get /network: From {since=} To {until=}
        Show More filters (1 in use) Type {type= of 17} Class {quad=verbal_conflict of 5} About
        {text=} Confidence from {min_confidence=} {firm=true} asserted as fact only
        {background=true} with undated background {negations=true} with negations {ego=MOR}
        {sort=name} > mostly cooperation more cooperation both more conflict mostly conflict Fewest
        events per arrow {None=1} 1 Months from {None=0} to {None=0} Find a party {None=} +−whole
        The slider sets the smallest number of events of a shown arrow. Choose a party for its ties,
        an arrow for its events. Choose a party or an arrow in the drawing, or find a party by name.
        ## Who toward whom Events of the row's party toward the column's. Sorted by
        [events](/network?quad=verbal_conflict &ego=MOR), name, [bloc](/network?sort=bloc
        &quad=verbal_conflict &ego=MOR). source | Gondor | Mordor | [Gondor](/network?ego=GON
        &quad=verbal_conflict) | | [1](/ledger?rows=events &quad=verbal_conflict &dyad=GON%3EMOR =
        1) | [Mordor](/network?ego=MOR &quad=verbal_conflict) | | | ## The busiest ties between |
        events | cooperation | conflict | Gondor and Mordor | [1](/ledger?rows=events
        &quad=verbal_conflict &between=GON%2CMOR = 1) | 0 | 1 |
        """,
    ),
    (
        "/network?sort=bloc&least=2&since=2022-02-10",
        "Network",
        """
        # Network Who does what toward whom. An arrow runs from source to target; its colour says
        whether cooperation or conflict prevails, its width how many events there are. <get
        /network: From {since=2022-02-10} To {until=} Show More filters Type {type= of 17} Class
        {quad= of 5} About {text=} Confidence from {min_confidence=} {firm=true} asserted as fact
        only {background=true} with undated background {negations=true} with negations {sort=bloc}
        {least=2} > mostly cooperation more cooperation both more conflict mostly conflict Fewest
        events per arrow {None=1} 1 Months from {None=0} to {None=0} Find a party {None=} +−whole
        The slider sets the smallest number of events of a shown arrow. Choose a party for its ties,
        an arrow for its events. Choose a party or an arrow in the drawing, or find a party by name.
        ## Who toward whom Events of the row's party toward the column's. Sorted by
        [events](/network?least=2 &since=2022-02-10), [name](/network?sort=name &least=2
        &since=2022-02-10), bloc. source | Gondor | Arnor | Mordor | [Gondor](/network?ego=GON
        &since=2022-02-10) | | | [1](/ledger?rows=events &since=2022-02-10 &dyad=GON%3EMOR = 1) |
        [Arnor](/network?ego=ARN &since=2022-02-10) | [2](/ledger?rows=events &since=2022-02-10
        &dyad=ARN%3EGON = 2) | | | [Mordor](/network?ego=MOR &since=2022-02-10) | | | | ## The
        busiest ties between | events | cooperation | conflict | Arnor and Gondor |
        [2](/ledger?rows=events &since=2022-02-10 &between=ARN%2CGON = 2) | 0 | 2 | Gondor and
        Mordor | [1](/ledger?rows=events &since=2022-02-10 &between=GON%2CMOR = 1) | 0 | 1 |
        """,
    ),
    (
        "/map",
        "Map",
        """
        # Map Where events happened, as far as the reports say. [where it happened](/map) [who took
        part](/map?show=part) <get /map: From {since=} To {until=} Show More filters Type {type= of
        17} Class {quad= of 5} About {text=} Confidence from {min_confidence=} {firm=true} asserted
        as fact only {background=true} with undated background {negations=true} with negations >
        verbal cooperation material cooperation verbal conflict material conflict Months from
        {None=0} to {None=0} +−whole Countries are shaded by all events in them; events located only
        by country have no marker. A spot is a town or a site, an open ring a region; its colour is
        the class that prevails there. ## Countries [Gondor 2](/ledger?rows=events &place=GON = 2)
        [Rohan 1](/ledger?rows=events &place=ROH = 1) ## Places [Osgiliath 2](/ledger?rows=events
        &place=place%3AGON%3AOsgiliath = 2) [Edoras 1](/ledger?rows=events
        &place=place%3AROH%3AEdoras = 1) Borders: Natural Earth through world-atlas, generalised;
        they say nothing about who a territory belongs to.
        """,
    ),
    (
        "/map?show=part&place=GON",
        "Map",
        """
        # Map Which countries took part in events, wherever these happened. [where it
        happened](/map?place=GON) [who took part](/map?show=part &place=GON) <get /map: From
        {since=} To {until=} Show More filters Type {type= of 17} Class {quad= of 5} About {text=}
        Confidence from {min_confidence=} {firm=true} asserted as fact only {background=true} with
        undated background {negations=true} with negations {place=GON} {show=part} > Months from
        {None=0} to {None=0} +−whole Countries are shaded by the events they took part in. ##
        Countries [Arnor 2](/ledger?rows=events &place=GON &party=ARN = 2) [Gondor
        2](/ledger?rows=events &place=GON &party=GON = 2) Borders: Natural Earth through
        world-atlas, generalised; they say nothing about who a territory belongs to.
        """,
    ),
    (
        "/map?quad=verbal_cooperation",
        "Map",
        """
        # Map Where events happened, as far as the reports say. [where it
        happened](/map?quad=verbal_cooperation) [who took part](/map?show=part
        &quad=verbal_cooperation) <get /map: From {since=} To {until=} Show More filters (1 in use)
        Type {type= of 17} Class {quad=verbal_cooperation of 5} About {text=} Confidence from
        {min_confidence=} {firm=true} asserted as fact only {background=true} with undated
        background {negations=true} with negations > ## No places No event that fits has a place in
        its report. [All of the record](/map).
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


def test_data_of_the_network(small: TestClient) -> None:
    assert data_of(small.get("/network").text) == {
        "nodes": [["GON", "Gondor", 6, 1], ["ARN", "Arnor", 4, 0], ["MOR", "Mordor", 1, 0],
                  ["ROH", "Rohan", 1, 1]],
        "edges": [[1, 0, 3, 0, 1], [0, 1, 1, 1, 5], [0, 2, 1, 0, 1], [3, 0, 1, 1, 5]],
        "base": "/ledger?rows=events", "ego": None, "months": ["2022-02"], "pages": {"ego": "/network"},
        "all": [4, 4],
    }  # fmt: skip
    data = data_of(small.get("/network?ego=Mordor&quad=verbal_conflict").text)
    assert (data["ego"], data["base"]) == ("MOR", "/ledger?rows=events&quad=verbal_conflict")
    assert data["pages"] == {"ego": "/network?quad=verbal_conflict"}
    assert [node[0] for node in data["nodes"]] == ["MOR", "GON"]


def test_network_of_some_days(small: TestClient) -> None:
    data = data_of(small.get("/network?since=2022-02-10&until=2022-02-10").text)
    assert data["edges"] == [[1, 0, 2, 0, 1], [0, 2, 1, 0, 1]]
    data = data_of(small.get("/network?until=2022-02-09").text)
    assert [edge[2] for edge in data["edges"]] == [1, 1, 1]
    assert "## No tie in this period" in " ".join(words_of(small.get("/network?since=2023-01-01").text))


def test_data_of_the_map(small: TestClient) -> None:
    assert data_of(small.get("/map").text) == {
        "months": ["2022-02"], "key": "place", "base": "/ledger?rows=events",
        "countries": {"GON": ["Gondor", 2], "ROH": ["Rohan", 1]},
        "spots": [
            ["place:GON:Osgiliath", "Osgiliath", 20.0, 10.0, 2, "material_conflict", "exact"],
            ["place:ROH:Edoras", "Edoras", 30.25, 12.5, 1, "material_cooperation", "exact"],
        ],
    }  # fmt: skip
    data = data_of(small.get("/map?show=part&place=GON&party=ARN").text)
    assert (data["key"], data["spots"]) == ("party", [])
    # The party is replaced by the one that is chosen on the map.
    assert data["base"] == "/ledger?rows=events&place=GON"
    assert data["countries"] == {"ARN": ["Arnor", 2], "GON": ["Gondor", 2]}
    assert data_of(small.get("/map?since=2022-02-10").text)["countries"] == {"GON": ["Gondor", 2]}
    assert data_of(small.get("/map?until=2022-02-09").text)["countries"] == {"ROH": ["Rohan", 1]}


def counted_place(**changed: Any) -> CountedPlace:
    given = {"key": "GON:a", "name": "a", "country": "GON", "latitude": 1.0, "longitude": 2.0, "events": 1,
             "counts": {"verbal_conflict": 1}, "precision": "exact"}  # fmt: skip
    return CountedPlace(**{name: value for name, value in (given | changed).items() if name in FIELDS})


FIELDS = CountedPlace.__struct_fields__
# Changes of a place, and whether it is drawn as a spot.
SPOTS = [
    ({}, True), ({"precision": "town"}, True), ({"precision": "region"}, True),
    ({"precision": "country"}, False),
    ({"precision": "none"}, False), ({"latitude": None}, False), ({"longitude": None}, False),
    ({"name": None}, False),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "is_drawn"), SPOTS)
def test_what_is_a_spot(changed: dict[str, Any], is_drawn: bool) -> None:
    place = counted_place(**changed)
    record = SimpleNamespace(places=lambda since, until, wanted: [place])
    site = SimpleNamespace(record=lambda: nullcontext(record))
    countries, spots = routes_world._where(site, EventFilter())
    assert spots == ([place] if is_drawn else [])
    assert countries == ({"GON:a": 1} if changed == {"name": None} else {})


def test_class_that_prevails() -> None:
    place = counted_place(counts={"verbal_conflict": 1, "verbal_cooperation": 3, "material_conflict": 2})
    assert routes_world._prevailing(place) == "verbal_cooperation"


def test_only_states_and_territories_are_shaded(small: TestClient) -> None:
    counts = {"GON": 3, "WCL": 2, "URUKS": 1, "GON:GOV": 5, "PRI": 1, "nobody": 1}
    record = SimpleNamespace(counts=lambda wanted, by: counts if by == "party" else {})
    site = SimpleNamespace(record=lambda: nullcontext(record), actors=small.app.state.site.actors)
    known = {key for key in counts if key in site.actors.entries and site.actors.entries[key].country == key}
    found, spots = routes_world._took_part(site, EventFilter())
    assert (found, spots) == ({key: counts[key] for key in counts if key in known - {"WCL"}}, [])
    assert found["GON"] == 3


LIMITS = [
    ("/network", "//table[starts-with(@class, 'matrix')]/tbody/tr", 16),
    ("/network", "//h2[.='The busiest ties']/..//tbody/tr", 40),
    ("/network?ego=ARN", "//table[starts-with(@class, 'matrix')]/tbody/tr", 2),
]


@pytest.mark.parametrize(("path", "part", "count"), LIMITS)
def test_limits(crowded: TestClient, path: str, part: str, count: int) -> None:
    assert count_of(crowded.get(path).text, part) == count


def test_whole_network_is_that_of_the_page(small: TestClient) -> None:
    found = routes_world.whole_network(small.app.state.site)
    assert [(tie.one, tie.other, tie.events) for tie in found.ties] == [
        ("ARN", "GON", 4), ("GON", "MOR", 1), ("GON", "ROH", 1),
    ]  # fmt: skip
