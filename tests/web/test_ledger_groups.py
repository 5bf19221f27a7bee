"""The ledger in groups: every number is that of its events, in every order and on every page."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app
from dragoman.web.ledger_groups import Group, in_order, make_groups

pytestmark = pytest.mark.pipeline


class Numbers(HTMLParser):
    """Collects the links of a page that have a number, and the headings of its rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self.feed(page[page.index("The ledger by") :])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "a" and given.get("data-count"):
            self.found.append((given["href"] or "", int(given["data-count"] or -1)))


def rows(client: TestClient, address: str) -> int:
    page = client.get(address)
    assert page.status_code == 200, address
    return int(re.search(r'data-rows="(\d+)"', page.text)[1])  # type: ignore[index]


@pytest.fixture(scope="module")
def pages(bundled_file: Path, coder: Coder) -> TestClient:
    return TestClient(
        create_app(Settings(record=bundled_file, rate=1000), coder=coder), base_url="http://127.0.0.1"
    )


@pytest.mark.parametrize("by", ["day", "dyad", "type"])
@pytest.mark.parametrize(
    "more",
    ["", "&party=RUS", "&quad=verbal_conflict", "&since=2022-02-05&until=2022-02-24", "&background=true",
     "&one_a_day=true", "&text=sanction*", "&dyad=RUS>UKR", "&between=RUS,UKR", "&min_confidence=0.4"],
)  # fmt: skip
def test_every_number_of_a_group_is_that_of_its_events(pages: TestClient, by: str, more: str) -> None:
    page = pages.get(f"/ledger?group={by}{more}&limit=9")
    assert page.status_code == 200
    found = Numbers(page.text).found
    assert found
    for href, count in found:
        assert rows(pages, href) == count, href


@pytest.mark.parametrize("by", ["day", "dyad", "type"])
@pytest.mark.parametrize("wanted", [EventFilter(), EventFilter(party="UKR"), EventFilter(firm=True)])
def test_groups_hold_all_events(bundled_file: Path, by: str, wanted: EventFilter) -> None:
    with Record.open(bundled_file, create=False) as record:
        groups = make_groups(record, wanted, {}, by=by, name=str)
        total = record.total(wanted)
    counted = sum(group.events for group in groups)
    assert counted == total if by == "type" else counted > 0
    for group in groups:
        assert not group.counts or sum(group.counts.values()) == group.events


def test_orders() -> None:
    groups = [Group(words, {}, events, {}) for words, events in (("b", 2), ("a", 1), ("c", 2))]
    orders = {
        order: "".join(group.words for group in in_order(groups, order, by="day"))
        for order in ("newest", "oldest", "most", "name")
    }
    assert orders == {"newest": "cba", "oldest": "abc", "most": "bca", "name": "abc"}
    assert [group.words for group in in_order(groups, "newest", by="dyad")] == ["b", "c", "a"]


def test_pages_of_groups_follow_each_other(pages: TestClient) -> None:
    whole = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', pages.get("/ledger?group=dyad&limit=500").text)
    address, seen = "/ledger?group=dyad&limit=20", []
    while address:
        page = pages.get(address).text
        seen += re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == whole and len(seen) > 20


def test_most_reported_first(pages: TestClient, bundled_file: Path) -> None:
    with Record.open(bundled_file, create=False) as record:
        entries, following = record.entries_by_reports(EventFilter(), limit=30)
        assert [entry.documents for entry in entries] == sorted((e.documents for e in entries), reverse=True)
        assert entries[0].documents > 1 and following == 30
        more, _ = record.entries_by_reports(EventFilter(), limit=30, offset=30)
        assert not {entry.id for entry in entries} & {entry.id for entry in more}
    page = pages.get("/ledger?look=table&order=most")
    assert 'aria-sort="descending"' in page.text


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/ledger?columns=dya&look=table", "no column"),
        ("/ledger?rows=events&order=most", "use newest or oldest"),
        ("/ledger?order=name", "use newest or oldest"),
        ("/ledger?group=day&cursor=x", "begin without one"),
        ("/ledger?order=most&cursor=2022", None),
        ("/ledger?group=year", "group"),
    ],
)
def test_what_cannot_be_shown_is_an_error(pages: TestClient, address: str, message: str | None) -> None:
    answer = pages.get(address)
    assert answer.status_code == (200 if message is None else 422 if message == "group" else 400)
    assert message is None or message in answer.text


# Groups of the small record, without a language model.
GROUPS = [
    ("day", EventFilter(), [
        ("2022-02-04", {"since": "2022-02-04", "until": "2022-02-04"}, 1, {"material_cooperation": 1}),
        ("2022-02-09", {"since": "2022-02-09", "until": "2022-02-09"}, 2,
         {"verbal_conflict": 1, "verbal_cooperation": 1}),
        ("2022-02-10", {"since": "2022-02-10", "until": "2022-02-10"}, 3,
         {"material_conflict": 2, "verbal_conflict": 1}),
    ]),
    ("type", EventFilter(party="MOR"), [("THREATEN", {"type": "THREATEN"}, 1, {})]),
    ("dyad", EventFilter(since=dt.date(2022, 2, 10)), [
        ("Arn → Gon", {"dyad": "ARN>GON"}, 2, {"material_conflict": 2}),
        ("Gon → Mor", {"dyad": "GON>MOR"}, 1, {"verbal_conflict": 1}),
    ]),
    ("dyad", EventFilter(until=dt.date(2022, 2, 4)), [
        ("Roh → Gon", {"dyad": "ROH>GON"}, 1, {"material_cooperation": 1}),
    ]),
    ("dyad", EventFilter(dyad="GON>MOR"), [
        ("Gon → Mor", {"dyad": "GON>MOR"}, 1, {"verbal_conflict": 1}),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("by", "wanted", "found"), GROUPS)
def test_groups_of_the_small_record(small_file: Path, by: str, wanted: EventFilter, found: list) -> None:
    with Record.open_to_read(small_file) as record:
        groups = make_groups(record, wanted, {"firm": "true"}, by=by, name=str.capitalize)
    assert groups == [
        Group(words, {"firm": "true", **query}, events, counts) for words, query, events, counts in found
    ]


@pytest.mark.parametrize(
    ("order", "by", "words"),
    [("name", "type", "abc"), ("most", "type", "bca"), ("oldest", "dyad", "bca"), ("newest", "day", "cba")],
)
def test_orders_of_other_groups(order: str, by: str, words: str) -> None:
    groups = [Group(name, {}, events, {}) for name, events in (("b", 2), ("a", 1), ("c", 2))]
    assert "".join(group.words for group in in_order(groups, order, by=by)) == words
