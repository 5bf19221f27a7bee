"""Comparison of actors and dyads: labels, fields, tables and data of the chart."""

from __future__ import annotations

import html

import pytest
from starlette.testclient import TestClient

from .quick_record import data_of, stated, title_of, words_of

# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/compare",
        "Compare",
        """
        # Compare Up to six actors or dyads over time. A dyad is two actors with “>” between them:
        what the first did toward the second. <get /compare: 1 {a=} 2 {b=} 3 {c=} 4 {d=} 5 {e=} 6
        {f=} Measure {measure=events of 6} Layout {layout=overlay of 2} From {since=} To {until=} By
        {by= of 5} Compare >
        """,
    ),
    (
        "/compare?a=Arnor&c=Gondor%20%3E%20Mordor&e=ARN",
        "Compare: Arnor, Gondor → Mordor",
        """
        # Compare Up to six actors or dyads over time. A dyad is two actors with “>” between them:
        what the first did toward the second. <get /compare: 1 {a=Arnor} 2 {b=Gondor > Mordor} 3
        {c=} 4 {d=} 5 {e=} 6 {f=} Measure {measure=events of 6} Layout {layout=overlay of 2} From
        {since=} To {until=} By {by= of 5} Compare > Arnor Gondor → Mordor Save as SVG PNG CSV All
        events by day, 2022-02-09 to 2022-02-10. from | Arnor | Gondor → Mordor | 2022-02-10 |
        [2](/ledger?rows=events &party=ARN &since=2022-02-10 &until=2022-02-10 = 2) |
        [1](/ledger?rows=events &dyad=GON%3EMOR &since=2022-02-10 &until=2022-02-10 = 1) |
        2022-02-09 | [2](/ledger?rows=events &party=ARN &since=2022-02-09 &until=2022-02-09 = 2) | 0
        | The newest first; periods in which none has an event are not listed.
        """,
    ),
    (
        "/compare?a=Mordor%E2%86%92Gondor&measure=intensity&layout=multiples",
        "Compare: Mordor → Gondor",
        """
        # Compare Up to six actors or dyads over time. A dyad is two actors with “>” between them:
        what the first did toward the second. <get /compare: 1 {a=Mordor > Gondor} 2 {b=} 3 {c=} 4
        {d=} 5 {e=} 6 {f=} Measure {measure=intensity of 6} Layout {layout=multiples of 2} From
        {since=} To {until=} By {by= of 5} Compare > ## Nothing to compare None of these has a dated
        event on record.
        """,
    ),
    (
        "/compare?b=Gondor&d=Rohan&measure=verbal_conflict&since=2022-02-10"
        "&until=2022-02-10&by=day&reviewed=true",
        "Compare: Gondor, Rohan",
        """
        # Compare Up to six actors or dyads over time. A dyad is two actors with “>” between them:
        what the first did toward the second. <get /compare: {reviewed=true} 1 {a=Gondor} 2
        {b=Rohan} 3 {c=} 4 {d=} 5 {e=} 6 {f=} Measure {measure=verbal_conflict of 6} Layout
        {layout=overlay of 2} From {since=2022-02-10} To {until=2022-02-10} By {by=day of 5} Compare
        > Gondor Rohan Save as SVG PNG CSV Verbal conflict by day, 2022-02-10 to 2022-02-10. 4 of
        all events lie outside this span. from | Gondor | Rohan | 2022-02-10 |
        [1](/ledger?rows=events &party=GON &since=2022-02-10 &until=2022-02-10 &quad=verbal_conflict
        &reviewed=true = 1) | 0 | The newest first; periods in which none has an event are not
        listed.
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(words)


def test_data_of_the_chart(small: TestClient) -> None:
    data = data_of(small.get("/compare?a=Arnor&c=Gondor > Mordor").text)
    series = data.pop("series")
    assert data == {"title": "Comparison", "by": "day", "layout": "overlay", "measure": "events",
                    "words": "all events a day"}  # fmt: skip
    assert [each["label"] for each in series] == ["Arnor", "Gondor → Mordor"]
    assert [[bar["value"] for bar in each["bars"]] for each in series] == [[2, 2], [0, 1]]
    assert series[1]["bars"][1] == {
        "start": "2022-02-10", "end": "2022-02-10", "value": 1,
        "href": "/ledger?rows=events&dyad=GON%3EMOR&since=2022-02-10&until=2022-02-10",
    }  # fmt: skip


# Measure, values of Gondor on 4, 5 and 10 February, end of the links, words.
MEASURES = [
    ("events", [1, 0, 3], "", "all events a day"),
    ("verbal_conflict", [0, 0, 1], "&quad=verbal_conflict", "verbal conflict a day"),
    ("material_conflict", [0, 0, 2], "&quad=material_conflict", "material conflict a day"),
    ("material_cooperation", [1, 0, 0], "&quad=material_cooperation", "material cooperation a day"),
    ("intensity", [6.0, None, -22 / 3], "", "mean intensity"),
]


@pytest.mark.parametrize(("measure", "values", "link", "words"), MEASURES)
def test_measures(small: TestClient, measure: str, values: list[float | None], link: str, words: str) -> None:
    data = data_of(small.get(f"/compare?a=GON&measure={measure}&layout=multiples").text)
    (series,) = data["series"]
    bars = [series["bars"][number] for number in (0, 1, 6)]
    assert [bar["value"] for bar in bars] == values
    assert bars[2]["href"] == f"/ledger?rows=events&party=GON&since=2022-02-10&until=2022-02-10{link}"
    assert (data["words"], data["measure"], data["layout"]) == (words, measure, "multiples")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a=Gondor%20%3E", "Gondor"),
        ("a=nobody-of-this-name", "nobody-of-this-name"),
        ("by=decade&a=GON", "by 'decade': use one of day, week, month, year"),
        ("since=2022-03-01&until=2022-02-01&a=GON", "since 2022-03-01 is after until 2022-02-01; swap them"),
        ("measure=joy", "measure"),
        ("g=GON", "g"),
    ],
)
def test_refused(small: TestClient, query: str, words: str) -> None:
    answer = small.get(f"/compare?{query}")
    assert answer.status_code in (400, 422)
    assert words in html.unescape(answer.text)
