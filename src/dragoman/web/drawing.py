"""Timelines as SVG: counts by quad class above and below a line, mean intensity under them.

No style stands in the drawing: classes name the quad classes, the style sheet colours them, light or dark.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from dragoman.model.days import shift_days
from dragoman.web.questions import period_end
from dragoman.web.site import QUAD_WORDS, link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record.answers import DyadPoint

_WIDTH, _LEFT, _RIGHT = 760.0, 40.0, 8.0
_TOP, _BARS, _LINE = 10.0, 150.0, 70.0
_ABOVE = ("material_cooperation", "verbal_cooperation")
_BELOW = ("material_conflict", "verbal_conflict")


def draw_timeline(
    points: Sequence[DyadPoint], *, by: str, path: str, query: dict[str, str], what: str
) -> Markup:
    """Draw counts and mean intensity over time; each bar leads to its events.

    Args:
        points: The series, in order.
        by: The length of a period: day, week, month or year.
        path: Where the events of a bar are listed.
        query: The filter of that list, to which the days are added.
        what: What is counted, for who cannot see the drawing.
    """
    if not points:
        return Markup("")
    starts = _starts(points, by)
    step = (_WIDTH - _LEFT - _RIGHT) / len(starts)
    where = {start: _LEFT + n * step for n, start in enumerate(starts)}
    top = max(sum(p.counts.get(q, 0) for q in _ABOVE) for p in points)
    bottom = max(sum(p.counts.get(q, 0) for q in _BELOW) for p in points)
    scale = _BARS / max(top + bottom, 1)
    zero = _TOP + top * scale
    height = _TOP + _BARS + 30 + _LINE + 22
    out = [
        f'<svg class="timeline" viewBox="0 0 {_WIDTH:g} {height:g}" role="group" '
        f'aria-label="{escape(what)}: counts and mean intensity by {by}">'
    ]
    out += _count_axis(top, bottom, zero, scale)
    width = max(min(step * 0.82, 26), 0.8)
    for point in points:
        x = where[point.start] + (step - width) / 2
        href = link_of(point, by=by, path=path, query=query)
        told = ", ".join(f"{count} {QUAD_WORDS[quad]}" for quad, count in point.counts.items())
        label = f"{_period_words(point.start, by)}: {told}; mean intensity {point.intensity:+.1f}"
        out.append(
            f'<a href="{escape(href)}" data-count="{point.events}" aria-label="{escape(label)}">'
            f"<title>{escape(label)}</title>"
        )
        out.append(
            f'<rect class="reach" x="{where[point.start]:.1f}" y="{_TOP:g}"'
            f' width="{step:.1f}" height="{_BARS:g}"/>'
        )
        out += _bars(point, x, width, zero, scale)
        out.append("</a>")
    out += _intensity(points, where, step, _TOP + _BARS + 30)
    out += _days(starts, where, step, by, height - 4)
    out.append("</svg>")
    # All words went through `escape`; the rest is numbers.
    return Markup("".join(out))  # noqa: S704


def link_of(point: DyadPoint, *, by: str, path: str, query: dict[str, str]) -> str:
    """Return where the events of a point are listed."""
    return link(path, **query, since=point.start, until=period_end(point.start, by))


def _bars(point: DyadPoint, x: float, width: float, zero: float, scale: float) -> list[str]:
    out = []
    y = zero
    for quad in _ABOVE:
        size = point.counts.get(quad, 0) * scale
        y -= size
        if size:
            out.append(
                f'<rect class="bar {quad}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{size:.1f}"/>'
            )
    y = zero
    for quad in _BELOW:
        size = point.counts.get(quad, 0) * scale
        if size:
            out.append(
                f'<rect class="bar {quad}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{size:.1f}"/>'
            )
        y += size
    return out


def _count_axis(top: int, bottom: int, zero: float, scale: float) -> list[str]:
    out = [f'<line class="axis" x1="{_LEFT:g}" y1="{zero:.1f}" x2="{_WIDTH - _RIGHT:g}" y2="{zero:.1f}"/>']
    for value, sign in ((top, -1), (bottom, 1)):
        if value:
            y = zero + sign * value * scale
            out.append(
                f'<line class="rule" x1="{_LEFT:g}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT:g}" y2="{y:.1f}"/>'
            )
            out.append(
                f'<text class="tick" x="{_LEFT - 6:g}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>'
            )
    out.append(f'<text class="tick" x="{_LEFT - 6:g}" y="{zero + 4:.1f}" text-anchor="end">0</text>')
    return out


def _intensity(
    points: Sequence[DyadPoint], where: dict[dt.date, float], step: float, top: float
) -> list[str]:
    middle, half = top + _LINE / 2, _LINE / 2

    def y_of(value: float) -> float:
        return middle - max(-10.0, min(10.0, value)) / 10 * half

    spots = [(where[p.start] + step / 2, y_of(p.intensity)) for p in points]
    out = [
        f'<line class="axis" x1="{_LEFT:g}" y1="{middle:.1f}" x2="{_WIDTH - _RIGHT:g}" y2="{middle:.1f}"/>'
    ]
    for value in (10, -10):
        out.append(
            f'<text class="tick" x="{_LEFT - 6:g}" y="{y_of(value) + 4:.1f}"'
            f' text-anchor="end">{_signed(value)}</text>'
        )
    path = " ".join(f"{'L' if n else 'M'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(spots))
    out.append(f'<path class="intensity" d="{path}"/>')
    if len(spots) <= 60:
        out += [f'<circle class="intensity-spot" cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>' for x, y in spots]
    return out


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}"


def _starts(points: Sequence[DyadPoint], by: str) -> list[dt.date]:
    day, last = points[0].start, points[-1].start
    starts = [day]
    while day < last and len(starts) < 4000:
        day = shift_days(period_end(day, by), 1)
        starts.append(day)
    return starts


def _days(
    starts: Sequence[dt.date], where: dict[dt.date, float], step: float, by: str, y: float
) -> list[str]:
    every = max(1, math.ceil(len(starts) / 8))
    out = []
    for start in starts[::every]:
        x = min(where[start] + step / 2, _WIDTH - 40)
        out.append(
            f'<text class="tick" x="{x:.1f}" y="{y:.1f}"'
            f' text-anchor="middle">{_period_words(start, by)}</text>'
        )
    return out


def _period_words(start: dt.date, by: str) -> str:
    if by == "year":
        return str(start.year)
    if by == "month":
        return f"{start:%b} {start.year}"
    return f"{start.day} {start:%b} {start.year}" if by == "day" else f"{start.day} {start:%b %Y}"
