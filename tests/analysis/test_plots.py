"""Charts: every bar lies on its period with its count, in the colours of the pages."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis.changes import Change
from dragoman.analysis.plots import QUAD_COLOURS, SERIES_COLOURS, plot_comparison, plot_series
from dragoman.errors import UsageError
from dragoman.files import __file__ as package_file
from dragoman.record.answers import DyadPoint


def point(start: str, intensity: float = -1.0, **counts: int) -> DyadPoint:
    day = dt.date.fromisoformat(start)
    return DyadPoint(start=day, events=sum(counts.values()), counts=counts, intensity=intensity)


POINTS = [
    point("2022-01-01", verbal_cooperation=2, material_cooperation=1, material_conflict=3),
    point("2022-02-01", intensity=0.0),
    point("2022-12-01", 4.5, verbal_conflict=12),
]


def layers(chart: Any) -> list[dict[str, Any]]:
    """Return all layers of a chart with their data in place."""
    spec = chart.to_dict()
    found = []

    def walk(part: dict[str, Any], data: dict[str, Any]) -> None:
        data = part.get("data", data)
        for below in (*part.get("vconcat", ()), *part.get("layer", ())):
            walk(below, data)
        if "mark" in part:
            rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
            found.append({**part, "rows": rows})

    walk(spec, {})
    return found


def of_mark(chart: Any, kind: str) -> list[dict[str, Any]]:
    return [layer for layer in layers(chart) if layer["mark"]["type"] == kind]


def test_bars_lie_on_their_periods_with_their_counts() -> None:
    (bars,) = of_mark(plot_series(POINTS, title="t"), "bar")
    drawn = [(row["start"], row["until"], row["class"], row["low"], row["high"]) for row in bars["rows"]]
    assert drawn == [
        ("2022-01-01", "2022-02-01", "verbal cooperation", 0, 2),
        ("2022-01-01", "2022-02-01", "material cooperation", 2, 3),
        ("2022-01-01", "2022-02-01", "material conflict", 0, -3),
        ("2022-12-01", "2023-01-01", "verbal conflict", 0, -12),
    ]
    assert bars["encoding"]["x"]["scale"]["type"] == "utc"
    assert bars["encoding"]["y"]["title"] == "events per month"


def test_zeros_change_nothing() -> None:
    without = [each for each in POINTS if each.events]
    assert layers(plot_series(POINTS, title="t")) == layers(plot_series(without, title="t"))


@pytest.mark.parametrize(
    ("by", "start", "until", "words"),
    [
        ("day", "2022-01-01", "2022-01-02", "2022-01-01"),
        ("week", "2022-01-03", "2022-01-10", "2022-01-03 to 2022-01-09"),
        ("month", "2022-01-01", "2022-02-01", "2022-01-01 to 2022-01-31"),
        ("year", "2022-01-01", "2023-01-01", "2022-01-01 to 2022-12-31"),
    ],
)
def test_a_period_has_its_length(by: str, start: str, until: str, words: str) -> None:
    (bars,) = of_mark(plot_series([point(start, verbal_conflict=1)], title="t", by=by), "bar")
    assert (bars["rows"][0]["until"], bars["rows"][0]["period"]) == (until, words)


def test_mean_intensity_and_change_points_are_drawn() -> None:
    change = Change(start=dt.date(2022, 6, 1), before=-1.25, after=-5.0, events=9)
    chart = plot_series(POINTS, title="t", changes=[change])
    assert [row["value"] for row in of_mark(chart, "line")[0]["rows"]] == [-1.0, 4.5]
    (words,) = of_mark(chart, "text")
    assert words["rows"] == [{"day": "2022-06-01", "words": "−1.2 to −5.0"}]
    assert "change point" in " ".join(chart.to_dict()["title"]["subtitle"])
    assert "change point" not in " ".join(plot_series(POINTS, title="t").to_dict()["title"]["subtitle"])


def test_the_heading_says_what_is_counted() -> None:
    title = plot_series(POINTS, title="Arnor toward Gondor").to_dict()["title"]
    assert title["text"] == "Arnor toward Gondor"
    assert title["subtitle"][0] == "18 events by month, 2022-01-01 to 2022-12-31"
    assert plot_series([], title="t").to_dict()["title"]["subtitle"][0] == "No events"


def test_colours_are_those_of_the_pages() -> None:
    sheet = (Path(package_file).parent / "web" / "static" / "app.css").read_text(encoding="utf-8")
    light = sheet[sheet.index(":root {") : sheet.index("@media screen")]
    known = dict(re.findall(r"--([\w-]+): (#\w+)", light))
    names = ("vc-fill", "mc-fill", "vx-fill", "mx-fill")
    assert list(QUAD_COLOURS.values()) == [known[name] for name in names]
    assert list(SERIES_COLOURS) == [known[f"s{at}"] for at in range(1, 7)]
    (bars,) = of_mark(plot_series(POINTS, title="t"), "bar")
    assert bars["encoding"]["color"]["scale"]["range"] == list(QUAD_COLOURS.values())


@pytest.mark.parametrize(
    ("measure", "values"),
    [("events", [6, 0, 12]), ("material_conflict", [3, 0, 0]), ("intensity", [-1.0, 4.5])],
)
def test_a_comparison_has_zeros_but_no_intensity_of_nothing(measure: str, values: list[float]) -> None:
    given = [
        point("2022-10-01", verbal_cooperation=2, material_cooperation=1, material_conflict=3),
        POINTS[2],
    ]
    chart = plot_comparison({"Arnor": given, "Gondor": []}, title="t", measure=measure)
    rows = of_mark(chart, "line")[0]["rows"]
    assert [row["value"] for row in rows if row["series"] == "Arnor"] == values
    assert {row["value"] for row in rows if row["series"] == "Gondor"} <= {0}


def test_a_comparison_of_nothing_is_a_chart() -> None:
    assert plot_comparison({"Arnor": []}, title="t").to_dict()["title"]["subtitle"] == ["No events"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plot_series([], title="t", by="hour"), "day, week, month, year"),
        (lambda: plot_comparison({}, title="t", measure="war"), "intensity"),
        (lambda: plot_comparison({str(n): [] for n in range(7)}, title="t"), "up to 6"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(call: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call()
