"""Charts of query results, made with Altair (Vega-Lite); `plot_files` writes them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from dragoman.analysis.plot_files import altair
from dragoman.errors import UsageError
from dragoman.model.days import shift_days
from dragoman.model.terms import QUAD_CLASSES
from dragoman.record.pairs import check_period, next_period, periods_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.analysis.changes import Change
    from dragoman.record.answers import DyadPoint
    from dragoman.record.pairs import Period

# The fills of the pages (app.css, light theme).
QUAD_COLOURS = {
    "verbal_cooperation": "#74aadc", "material_cooperation": "#1a4f91",
    "verbal_conflict": "#f0993f", "material_conflict": "#a8231d",
}  # fmt: skip
SERIES_COLOURS = ("#0072b2", "#b34c00", "#00704f", "#8f4a7a", "#7a6400", "#333333")
MEASURES = {
    "events": "events",
    **{quad: f"events of {quad.replace('_', ' ')}" for quad in QUAD_CLASSES},
    "intensity": "mean intensity",
}
MOST_SERIES = len(SERIES_COLOURS)
_WIDTH, _HEIGHT, _LOW_HEIGHT = 760, 260, 110
_INK, _FAINT, _LINE, _PAPER = "#1d1b18", "#5c574e", "#dcd7ca", "#fbfaf6"
_INTENSITY = "mean intensity"


def plot_series(
    series: Sequence[DyadPoint], *, title: str, changes: Sequence[Change] = (), by: str = "month"
) -> Any:
    """Draw events over time: cooperation above the axis, conflict below it, mean intensity underneath.

    The axis is a time axis: each bar is at its period, and periods without events leave a gap.

    Args:
        series: As returned by `Record.dyad_series`, `party_series` or `event_series`, with zeros or without.
        title: Heading of the chart.
        changes: As returned by `find_changes`; drawn as dashed lines.
        by: The length of a period: day, week, month or year.

    Returns:
        An `altair.VConcatChart`.

    Raises:
        UsageError: `by` is not one of these.
        MissingExtraError: Altair is not installed.
    """
    alt = altair()
    check_period(by)
    period = cast("Period", by)
    points = [point for point in series if point.events]
    breaks = _breaks(changes)
    above = _bars(alt, points, period) + _rules(alt, breaks, is_named=True)
    below = _intensity_line(alt, points, period) + _rules(alt, breaks, is_named=False)
    whole = alt.vconcat(
        above.properties(width=_WIDTH, height=_HEIGHT),
        below.properties(width=_WIDTH, height=_LOW_HEIGHT),
        spacing=12,
    ).resolve_scale(x="shared")
    told = ["Cooperation above the line, conflict below."]
    if breaks:
        told.append("Dashed lines: mean intensity before and after a change point.")
    return _finished(alt, whole, title, [_told(points, period), " ".join(told)])


def plot_comparison(
    series: Mapping[str, Sequence[DyadPoint]], *, title: str, measure: str = "events", by: str = "month"
) -> Any:
    """Draw up to six series in one chart, one line each; periods without events are zeros.

    Args:
        series: The points of each series by its label, with zeros or without.
        title: Heading of the chart.
        measure: events, a quad class or intensity; periods without events have no intensity.
        by: The length of a period: day, week, month or year.

    Returns:
        An `altair.LayerChart`.

    Raises:
        UsageError: The measure or `by` is unknown, or there are more than six series.
        MissingExtraError: Altair is not installed.
    """
    alt = altair()
    check_period(by)
    if measure not in MEASURES:
        raise UsageError(message=f"measure={measure!r}: use one of {', '.join(MEASURES)}")
    if len(series) > MOST_SERIES:
        raise UsageError(message=f"{len(series)} series; a chart takes up to {MOST_SERIES}")
    period = cast("Period", by)
    rows = [row for label, points in _aligned(series, period) for row in _values(label, points, measure)]
    words = MEASURES[measure] if measure == "intensity" else f"{MEASURES[measure]} per {by}"
    scale = alt.Scale(domain=[-10, 10]) if measure == "intensity" else alt.Scale(nice=True, zero=True)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=_time(alt, "start", period, title=by),
        y=alt.Y("value:Q", title=words, scale=scale, axis=_counts(alt, rows, measure)),
        color=_colours(alt, {label: SERIES_COLOURS[at] for at, label in enumerate(series)}, field="series"),
        tooltip=[
            alt.Tooltip("series:N", title="of"), alt.Tooltip("period:N", title="period"),
            alt.Tooltip("value:Q", title=words),
        ],
    )  # fmt: skip
    shapes = alt.Shape("series:N", title=None, sort=None, scale=alt.Scale(domain=list(series)))
    chart = base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=42, opacity=1).encode(
        shape=shapes
    )
    told = (
        f"By {by}, {min(row['start'] for row in rows)} to {_last_of(rows, period)}" if rows else "No events"
    )
    return _finished(alt, chart.properties(width=_WIDTH, height=_HEIGHT + 60), title, [told])


def _last_of(rows: Sequence[dict[str, Any]], by: Period) -> dt.date:
    return _last_day(dt.date.fromisoformat(max(row["start"] for row in rows)), by)


def _told(points: Sequence[DyadPoint], by: Period) -> str:
    """Return a description of a chart's data."""
    if not points:
        return "No events"
    total = sum(point.events for point in points)
    last = _last_day(points[-1].start, by)
    return f"{total:,} event{'' if total == 1 else 's'} by {by}, {points[0].start} to {last}"


def _last_day(start: dt.date, by: Period) -> dt.date:
    return shift_days(next_period(start, by), -1)


def _period_words(start: dt.date, by: Period) -> str:
    return str(start) if by == "day" else f"{start} to {_last_day(start, by)}"


def _bars(alt: Any, points: Sequence[DyadPoint], by: Period) -> Any:
    rows = [row for point in points for row in _stack(point, by)]
    most = max((max(abs(row["low"]), abs(row["high"])) for row in rows), default=1)
    whole = most < 10
    axis = alt.Axis(labelExpr="format(abs(datum.value), ',d')", tickMinStep=1, **_few(whole, most))
    colours = {quad.replace("_", " "): colour for quad, colour in QUAD_COLOURS.items()}
    bars = alt.Chart(alt.Data(values=rows)).mark_bar().encode(
        x=_time(alt, "start", by, title=None),
        x2="until",
        y=alt.Y(
            "low:Q", title=f"events per {by}", scale=alt.Scale(domain=[-most, most], nice=True), axis=axis
        ),
        y2="high",
        color=_colours(alt, colours, field="class"),
        tooltip=[
            alt.Tooltip("period:N", title="period"), alt.Tooltip("class:N", title="class"),
            alt.Tooltip("events:Q", title="events"),
        ],
    )  # fmt: skip
    line = alt.Chart(alt.Data(values=[{}])).mark_rule(color=_INK).encode(y=alt.datum(0))
    return bars + line


def _few(is_few: bool, most: float) -> dict[str, Any]:
    """Return the ticks of a short axis: every whole number, so that no label is repeated."""
    return {"values": list(range(-int(most), int(most) + 1))} if is_few else {}


def _stack(point: DyadPoint, by: Period) -> list[dict[str, Any]]:
    """Return the segments of the bar of a period, from the axis outward."""
    found, up, down = [], 0, 0
    for quad in QUAD_COLOURS:
        count = point.counts.get(quad, 0)
        if not count:
            continue
        if quad.endswith("cooperation"):
            low, high = up, up + count
            up = high
        else:
            low, high = down, down - count
            down = high
        found.append({
            "start": str(point.start), "until": str(next_period(point.start, by)), "low": low, "high": high,
            "class": quad.replace("_", " "), "events": count, "period": _period_words(point.start, by),
        })  # fmt: skip
    return found


def _intensity_line(alt: Any, points: Sequence[DyadPoint], by: Period) -> Any:
    rows = [
        {
            "middle": str(_middle(point.start, by)), "value": round(point.intensity, 2),
            "events": point.events, "period": _period_words(point.start, by),
        }
        for point in points
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=_time(alt, "middle", by, title=by),
        y=alt.Y(
            "value:Q", title=_INTENSITY, scale=alt.Scale(domain=[-10, 10]),
            axis=alt.Axis(values=[-10, 0, 10]),
        ),
        tooltip=[
            alt.Tooltip("period:N", title="period"), alt.Tooltip("value:Q", title=_INTENSITY, format="+.2f"),
            alt.Tooltip("events:Q", title="events"),
        ],
    )  # fmt: skip
    return base.mark_line(color=_FAINT, strokeWidth=1) + base.mark_point(
        filled=True, size=22, opacity=1, color=_INK
    )


def _middle(start: dt.date, by: Period) -> dt.date:
    return shift_days(start, (next_period(start, by) - start).days // 2)


def _breaks(changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {
            "day": str(change.start),
            "words": f"{change.before:+.1f} to {change.after:+.1f}".replace("-", "\N{MINUS SIGN}"),
        }
        for change in changes
    ]


def _rules(alt: Any, breaks: Sequence[dict[str, Any]], *, is_named: bool) -> Any:
    base = alt.Chart(alt.Data(values=list(breaks))).encode(
        x=alt.X("day:T", scale=alt.Scale(type="utc")),
        tooltip=[alt.Tooltip("day:N", title="change point"), alt.Tooltip("words:N", title=_INTENSITY)],
    )
    rule = base.mark_rule(color=_INK, strokeDash=[4, 4])
    if not is_named:
        return rule
    words = base.mark_text(align="left", dx=4, dy=6, baseline="top", color=_INK, fontSize=11)
    return rule + words.encode(text="words:N", y=alt.value(0))


def _aligned(
    series: Mapping[str, Sequence[DyadPoint]], by: Period
) -> list[tuple[str, list[tuple[dt.date, DyadPoint | None, str]]]]:
    """Return every series over the same periods, with None for periods without events."""
    days = [point.start for points in series.values() for point in points]
    starts = list(periods_between(min(days), max(days), by)) if days else []
    found = []
    for label, points in series.items():
        known = {point.start: point for point in points if point.events}
        found.append((label, [(start, known.get(start), _period_words(start, by)) for start in starts]))
    return found


def _values(
    label: str, points: Sequence[tuple[dt.date, DyadPoint | None, str]], measure: str
) -> list[dict[str, Any]]:
    rows = []
    for start, point, words in points:
        value: float
        if measure == "intensity":
            if point is None:
                continue
            value = round(point.intensity, 2)
        elif measure == "events":
            value = point.events if point else 0
        else:
            value = point.counts.get(measure, 0) if point else 0
        rows.append({"series": label, "start": str(start), "value": value, "period": words})
    return rows


def _counts(alt: Any, rows: Sequence[dict[str, Any]], measure: str) -> Any:
    if measure == "intensity":
        return alt.Axis(values=[-10, -5, 0, 5, 10])
    most = max((row["value"] for row in rows), default=1)
    return alt.Axis(
        format=",d", tickMinStep=1, **({"values": list(range(int(most) + 1))} if most < 10 else {})
    )


def _time(alt: Any, field: str, by: Period, *, title: str | None) -> Any:
    form = "%Y" if by == "year" else "%Y-%m" if by == "month" else "%Y-%m-%d"
    axis = alt.Axis(format=form, labelOverlap="greedy", tickCount=8, grid=False)
    return alt.X(f"{field}:T", title=title, scale=alt.Scale(type="utc"), axis=axis)


def _colours(alt: Any, colours: Mapping[str, str], *, field: str) -> Any:
    return alt.Color(
        f"{field}:N", title=None, sort=None,
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=alt.Legend(orient="top", symbolType="square", labelLimit=260, columns=4),
    )  # fmt: skip


def _finished(alt: Any, chart: Any, title: str, told: Sequence[str]) -> Any:
    """Add the heading and the look that all charts share."""
    head = alt.TitleParams(
        title, subtitle=list(told), anchor="start", offset=10, fontSize=17, subtitleFontSize=12,
        color=_INK, subtitleColor=_FAINT, subtitlePadding=5,
    )  # fmt: skip
    return (
        chart.properties(title=head, background=_PAPER, padding=16)
        .configure(font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_FAINT, titleColor=_FAINT, titleFontWeight="normal", domainColor=_LINE,
            tickColor=_LINE, gridColor=_LINE, labelFontSize=11, titleFontSize=12,
        )
        .configure_legend(labelColor=_INK, labelFontSize=12)
    )  # fmt: skip
