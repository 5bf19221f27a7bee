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


# What is drawn how: each layer of a chart, without its data.

INK, FAINT, LINE = "#1d1b18", "#5c574e", "#dcd7ca"
LEGEND = {"columns": 4, "labelLimit": 260, "orient": "top", "symbolType": "square"}
PERIOD = {"field": "period", "title": "period", "type": "nominal"}


def _time(field: str, title: str | None, form: str = "%Y-%m") -> dict[str, Any]:
    axis = {"format": form, "grid": False, "labelOverlap": "greedy", "tickCount": 8}
    return {"axis": axis, "field": field, "scale": {"type": "utc"}, "title": title, "type": "temporal"}


def _colour(field: str, colours: dict[str, str]) -> dict[str, Any]:
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"field": field, "legend": LEGEND, "scale": scale, "sort": None, "title": None, "type": "nominal"}


def _number(field: str, title: str, **more: str) -> dict[str, Any]:
    return {"field": field, "title": title, "type": "quantitative", **more}


def _plain(layer: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return layer["mark"], layer["encoding"]


CHANGE = Change(start=dt.date(2022, 6, 1), before=-1.25, after=5.0, events=9)


def test_how_a_series_is_drawn() -> None:
    bars, zero, rule, words, line, dots, below = map(
        _plain, layers(plot_series(POINTS, title="t", changes=[CHANGE]))
    )
    colours = {quad.replace("_", " "): colour for quad, colour in QUAD_COLOURS.items()}
    assert bars == (
        {"type": "bar"},
        {
            "color": _colour("class", colours), "x": _time("start", None), "x2": {"field": "until"},
            "y2": {"field": "high"},
            "y": {
                "axis": {"labelExpr": "format(abs(datum.value), ',d')", "tickMinStep": 1}, "field": "low",
                "scale": {"domain": [-12, 12], "nice": True}, "title": "events per month",
                "type": "quantitative",
            },
            "tooltip": [
                PERIOD, {"field": "class", "title": "class", "type": "nominal"}, _number("events", "events"),
            ],
        },
    )  # fmt: skip
    assert zero == ({"type": "rule", "color": INK}, {"y": {"datum": 0}})
    of_break = {
        "tooltip": [
            {"field": "day", "title": "change point", "type": "nominal"},
            {"field": "words", "title": "mean intensity", "type": "nominal"},
        ],
        "x": {"field": "day", "scale": {"type": "utc"}, "type": "temporal"},
    }
    assert rule == below == ({"type": "rule", "color": INK, "strokeDash": [4, 4]}, of_break)
    assert words == (
        {"type": "text", "align": "left", "baseline": "top", "color": INK, "dx": 4, "dy": 6, "fontSize": 11},
        {**of_break, "text": {"field": "words", "type": "nominal"}, "y": {"value": 0}},
    )
    of_intensity = {
        "tooltip": [
            PERIOD, _number("value", "mean intensity", format="+.2f"), _number("events", "events"),
        ],
        "x": _time("middle", "month"),
        "y": {
            "axis": {"values": [-10, 0, 10]}, "field": "value", "scale": {"domain": [-10, 10]},
            "title": "mean intensity", "type": "quantitative",
        },
    }  # fmt: skip
    assert line == ({"type": "line", "color": FAINT, "strokeWidth": 1}, of_intensity)
    assert dots == (
        {"type": "point", "color": INK, "filled": True, "opacity": 1, "size": 22}, of_intensity,
    )  # fmt: skip


def test_how_charts_look() -> None:
    chart = plot_series(POINTS, title="t", changes=[CHANGE]).to_dict()
    assert [(part["width"], part["height"]) for part in chart["vconcat"]] == [(760, 260), (760, 110)]
    assert (chart["spacing"], chart["resolve"]) == (12, {"scale": {"x": "shared"}})
    comparison = plot_comparison({"a": POINTS}, title="t").to_dict()
    assert (comparison["width"], comparison["height"]) == (760, 320)
    for each in (chart, comparison):
        assert (each["background"], each["padding"]) == ("#fbfaf6", 16)
        assert each["config"]["view"]["stroke"] is None
        assert {name: each["config"][name] for name in ("axis", "font", "legend")} == {
            "axis": {
                "domainColor": LINE, "gridColor": LINE, "labelColor": FAINT, "labelFontSize": 11,
                "tickColor": LINE, "titleColor": FAINT, "titleFontSize": 12, "titleFontWeight": "normal",
            },
            "font": "sans-serif",
            "legend": {"labelColor": INK, "labelFontSize": 12},
        }  # fmt: skip
        title = {name: value for name, value in each["title"].items() if name not in ("text", "subtitle")}
        assert title == {
            "anchor": "start", "color": INK, "fontSize": 17, "offset": 10, "subtitleColor": FAINT,
            "subtitleFontSize": 12, "subtitlePadding": 5,
        }  # fmt: skip
    assert chart["title"]["subtitle"][1] == (
        "Cooperation above the line, conflict below. "
        "Dashed lines: mean intensity before and after a change point."
    )
    assert comparison["title"]["subtitle"] == ["By month, 2022-01-01 to 2022-12-31"]


# A measure; the title of its axis, the axis and the scale.
MEASURED = [
    ("events", "events per year", {"format": ",d", "tickMinStep": 1}, {"nice": True, "zero": True}),
    ("verbal_cooperation", "events of verbal cooperation per year",
     {"format": ",d", "tickMinStep": 1, "values": [0, 1, 2]}, {"nice": True, "zero": True}),
    ("intensity", "mean intensity", {"values": [-10, -5, 0, 5, 10]}, {"domain": [-10, 10]}),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "title", "axis", "scale"), MEASURED)
def test_how_a_comparison_is_drawn(measure: str, title: str, axis: dict, scale: dict) -> None:
    given = {
        "Arnor": [point("2022-01-01", verbal_cooperation=2), point("2023-01-01", verbal_conflict=10)],
        "Gondor": [],
    }
    chart = plot_comparison(given, title="t", measure=measure, by="year")
    line, dots = map(_plain, layers(chart))
    encoding = {
        "color": _colour("series", {"Arnor": "#0072b2", "Gondor": "#b34c00"}),
        "tooltip": [
            {"field": "series", "title": "of", "type": "nominal"}, PERIOD, _number("value", title),
        ],
        "x": _time("start", "year", "%Y"),
        "y": {"axis": axis, "field": "value", "scale": scale, "title": title, "type": "quantitative"},
    }  # fmt: skip
    shape = {
        "field": "series", "scale": {"domain": ["Arnor", "Gondor"]}, "sort": None, "title": None,
        "type": "nominal",
    }  # fmt: skip
    assert line == ({"type": "line", "strokeWidth": 2}, encoding)
    assert dots == (
        {"type": "point", "filled": True, "opacity": 1, "size": 42}, {**encoding, "shape": shape},
    )  # fmt: skip


# The most events of a period, in one class or two; the ticks of both charts.
@pytest.mark.parametrize(
    ("counts", "most", "is_few"),
    [({"verbal_conflict": 9}, 9, True), ({"verbal_conflict": 10}, 10, False),
     ({"verbal_cooperation": 9}, 9, True), ({"verbal_cooperation": 6, "material_cooperation": 4}, 10, False),
     ({"verbal_cooperation": 2, "material_conflict": 7}, 7, True)],
)  # fmt: skip
def test_few_events_have_a_tick_for_each_number(counts: dict[str, int], most: int, is_few: bool) -> None:
    (bars,) = of_mark(plot_series([point("2022-01-01", **counts)], title="t"), "bar")
    y = bars["encoding"]["y"]
    assert y["scale"]["domain"] == [-most, most]
    assert y["axis"].get("values") == (list(range(-most, most + 1)) if is_few else None)
    (line,) = of_mark(plot_comparison({"a": [point("2022-01-01", **counts)]}, title="t"), "line")
    total = sum(counts.values())
    values = line["encoding"]["y"]["axis"].get("values")
    assert values == (list(range(total + 1)) if total < 10 else None)


@pytest.mark.parametrize(
    ("by", "form", "middle"),
    [("day", "%Y-%m-%d", "2022-01-03"), ("week", "%Y-%m-%d", "2022-01-06"), ("month", "%Y-%m", "2022-01-17"),
     ("year", "%Y", "2022-07-03")],
)  # fmt: skip
def test_points_stand_in_the_middle_of_their_period(by: str, form: str, middle: str) -> None:
    start = "2022-01-03"
    chart = plot_series([point(start, 1.256, verbal_conflict=1)], title="t", by=by)
    line = of_mark(chart, "line")[0]
    assert line["encoding"]["x"]["axis"]["format"] == form
    assert line["encoding"]["x"]["title"] == by
    (row,) = line["rows"]
    assert (row["middle"], row["value"], row["events"]) == (middle, 1.26, 1)
    assert chart.to_dict()["title"]["subtitle"][0].startswith(f"1 event by {by}, 2022-01-03 to ")


def test_nothing_has_an_axis_of_one() -> None:
    (bars,) = of_mark(plot_series([], title="t"), "bar")
    assert bars["encoding"]["y"]["scale"]["domain"] == [-1, 1]
    (line,) = of_mark(plot_comparison({"a": []}, title="t"), "line")
    assert line["encoding"]["y"]["axis"]["values"] == [0, 1]


def test_six_series_are_drawn_in_order() -> None:
    given = {str(n): [point("2022-01-01", verbal_conflict=n + 1)] for n in range(6)}
    (line,) = of_mark(plot_comparison(given, title="t"), "line")
    assert [(row["series"], row["value"]) for row in line["rows"]] == [(str(n), n + 1) for n in range(6)]
    assert line["encoding"]["color"]["scale"] == {"domain": list("012345"), "range": list(SERIES_COLOURS)}
    intensity = plot_comparison({"a": [point("2022-01-01", 1.256, verbal_conflict=1)]}, title="t",
                                measure="intensity")  # fmt: skip
    assert of_mark(intensity, "line")[0]["rows"][0]["value"] == 1.26
