"""Pictures of a dyad: where bars, axis, labels and breaks stand."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest

from dragoman.analysis.changes import Change
from dragoman.analysis.plots import plot_dyad
from dragoman.record.answers import DyadPoint

# The drawing is 860 by 380 and its axis runs from 56 to 840; zero is at 196, the largest count at 58 and 334.
LEFT, RIGHT, TOP, MIDDLE, BOTTOM = 56, 840, 58, 196, 334


def point(start: dt.date, **counts: int) -> DyadPoint:
    return DyadPoint(start=start, events=sum(counts.values()), intensity=-1.25, counts=counts)


def shapes(picture: str, tag: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(picture)
    return [
        dict(each.attrib, text=each.text or "") for each in root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    ]


def bars(picture: str) -> list[tuple[float, float, float, float, str]]:
    found = [each for each in shapes(picture, "rect") if "." in each.get("x", "")]
    return [(float(b["x"]), float(b["y"]), float(b["width"]), float(b["height"]), b["fill"]) for b in found]


def labels(picture: str) -> dict[str, tuple[float, float]]:
    return {each["text"]: (float(each["x"]), float(each["y"])) for each in shapes(picture, "text")}


def test_bars_are_stacked_away_from_the_line() -> None:
    first = point(dt.date(2022, 1, 1), verbal_cooperation=1, material_cooperation=2)
    second = point(dt.date(2022, 1, 2), verbal_conflict=1, material_conflict=3)
    found = bars(plot_dyad([first, second], title="t", by="day"))
    width, unit = (RIGHT - LEFT) / 2, (MIDDLE - TOP) / 4
    assert [bar[:4] for bar in found] == [
        pytest.approx((LEFT, MIDDLE - unit, width * 0.8, unit), abs=0.01),
        pytest.approx((LEFT, MIDDLE - 3 * unit, width * 0.8, 2 * unit), abs=0.01),
        pytest.approx((LEFT + width, MIDDLE, width * 0.8, unit), abs=0.01),
        pytest.approx((LEFT + width, MIDDLE + unit, width * 0.8, 3 * unit), abs=0.01),
    ]
    assert len({bar[4] for bar in found}) == 4


def test_the_axis_has_the_largest_count_on_both_sides() -> None:
    picture = plot_dyad([point(dt.date(2022, 1, 1), verbal_conflict=7)], title="t", by="day")
    found = [(float(t["x"]), float(t["y"])) for t in shapes(picture, "text") if t["text"] == "7"]
    assert found == [(LEFT - 8, TOP + 4), (LEFT - 8, BOTTOM + 4)]
    lines = [each["d"] for each in shapes(picture, "path")]
    assert f"M{LEFT} {MIDDLE:.1f}H{RIGHT}" in lines
    assert {f"M{LEFT - 4} {TOP:.1f}H{LEFT}", f"M{LEFT - 4} {BOTTOM:.1f}H{LEFT}"} <= set(lines)


# The length of a period, how many there are; the labels, at even distances.
LABELS = [
    ("day", 3, ["2022-01-01", "2022-01-02", "2022-01-03"]),
    ("year", 2, ["2022", "2023"]),
    ("month", 9, [f"2022-0{month}" for month in range(1, 10)]),
    ("month", 10, ["2022-01", "2022-03", "2022-05", "2022-07", "2022-09"]),
    ("month", 19, ["2022-01", "2022-04", "2022-07", "2022-10", "2023-01", "2023-04", "2023-07"]),
]


@pytest.mark.parametrize(("by", "count", "told"), LABELS)
def test_labels(by: str, count: int, told: list[str]) -> None:
    starts = {
        "day": [dt.date(2022, 1, 1 + n) for n in range(count)],
        "month": [dt.date(2022 + n // 12, 1 + n % 12, 1) for n in range(count)],
        "year": [dt.date(2022 + n, 1, 1) for n in range(count)],
    }[by]
    picture = plot_dyad([point(start, verbal_conflict=1) for start in starts], title="t", by=by)
    found = {words: at for words, at in labels(picture).items() if re.fullmatch(r"\d{4}(-\d\d)*", words)}
    assert list(found) == told
    assert found[told[0]] == (LEFT, BOTTOM + 20)
    ticks = [each["d"] for each in shapes(picture, "path") if each["d"].endswith("v5")]
    assert len(ticks) == len(told)
    assert ticks[0] == f"M{LEFT:.1f} {BOTTOM}v5"


def test_words_and_breaks() -> None:
    days = [point(dt.date(2022, 1, day), verbal_conflict=1) for day in (1, 2, 3, 4)]
    change = Change(start=dt.date(2022, 1, 3), before=1.0, after=-2.25, events=2)
    picture = plot_dyad(days, title="A & B", changes=[change], by="day")
    titles = [each["text"] for each in shapes(picture, "title")]
    assert titles == [
        "A & B", *(f"2022-01-0{day}: 1 events, mean intensity -1.2" for day in (1, 2, 3, 4)),
        "2022-01-03: mean intensity +1.0 to -2.2",
    ]  # fmt: skip
    (told,) = shapes(picture, "desc")
    assert told["text"] == "4 events by day; cooperation above the line, conflict below."
    (line,) = [each["d"] for each in shapes(picture, "path") if "stroke-dasharray" in each]
    assert line == f"M{(LEFT + RIGHT) / 2:.1f} {TOP}V{BOTTOM}"
    assert labels(picture)["A & B"] == (LEFT, 24)


def test_the_legend_names_the_four_classes_from_left_to_right() -> None:
    found = [(words, x) for words, (x, y) in labels(plot_dyad([], title="t")).items() if y == 43]
    assert [words for words, _ in found] == [
        "verbal cooperation", "material cooperation", "verbal conflict", "material conflict",
    ]  # fmt: skip
    places = [x for _, x in found]
    assert places[0] == LEFT + 15
    # No words run into the next square.
    assert all(b - 15 - a > 6.4 * len(words) for (words, a), b in zip(found, places[1:], strict=False))


def test_without_events() -> None:
    picture = plot_dyad([], title="t")
    assert labels(picture)["no events"] == (LEFT + 10, MIDDLE - 10)
    assert bars(picture) == []
    # The largest count is 1 where there is none.
    assert [each["text"] for each in shapes(picture, "text")].count("1") == 2


def test_a_bar_is_never_too_thin_to_see() -> None:
    days = [point(dt.date(2000, 1, 1) + dt.timedelta(days=n), verbal_conflict=1) for n in (0, 5000)]
    assert [width for _, _, width, _, _ in bars(plot_dyad(days, title="t", by="day"))] == [0.6, 0.6]


def test_between_the_shapes_stands_nothing() -> None:
    picture = plot_dyad([point(dt.date(2022, 1, 1), verbal_conflict=1)], title="t", by="day")
    root = ElementTree.fromstring(picture)
    assert {(each.tail or "").strip() for each in root.iter()} == {""}
    assert (root.text or "").strip() == ""
    assert picture.startswith("<svg ")
    assert picture.endswith("</svg>\n")
