"""Pictures of answers as SVG that stands alone: no style sheet, no script, nothing fetched."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from dragoman.model.days import shift_days
from dragoman.record.pairs import PERIODS, next_period, periods_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.analysis.changes import Change
    from dragoman.record.answers import DyadPoint
    from dragoman.record.pairs import Period

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 380, 56, 20, 58, 46
# Colours that stay apart for colour-blind readers and in grey print; conflict hangs below the line.
_COLOURS = {
    "verbal_cooperation": "#7fb7a3", "material_cooperation": "#1f6e5a",
    "verbal_conflict": "#e0a458", "material_conflict": "#9c2f2f",
}  # fmt: skip
_MOST_LABELS = 9


def plot_dyad(
    series: Sequence[DyadPoint], *, title: str, changes: Sequence[Change] = (), by: str = "month"
) -> str:
    """Draw a dyad's series: cooperation above the line, conflict below, breaks as dashed lines.

    The axis is a time axis: each bar is at its period, and periods without events leave a gap.

    Args:
        series: As `Record.dyad_series` gives it, with zeros or without.
        title: Shown above, and read out.
        changes: As `find_changes` gives them.
        by: The length of a period.

    Returns:
        An SVG document.
    """
    ups = [_count(point, "cooperation") for point in series]
    downs = [_count(point, "conflict") for point in series]
    most = max([*ups, *downs, 1])
    middle = _TOP + (_HEIGHT - _TOP - _BOTTOM) / 2
    scale = (middle - _TOP) / most
    axis = _TimeAxis(series, by)
    total = sum(point.events for point in series)
    told = f"{total} events by {by}; cooperation above the line, conflict below."
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="t d" font-family="Georgia, serif" font-size="12">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fffdf7"/>',
        f'<text x="{_LEFT}" y="24" font-size="17" fill="#222">{escape(title)}</text>',
        *_legend(),
    ]
    for point in series:
        left, right = axis.span(point.start)
        out += _bar(point, left, right - left, middle, scale)
    out.append(f'<path d="M{_LEFT} {middle:.1f}H{_WIDTH - _RIGHT}" stroke="#222"/>')
    out += _axis(most, middle, scale)
    out += axis.labels()
    for change in changes:
        x = axis.at(change.start)
        words = f"{change.start}: mean intensity {change.before:+.1f} to {change.after:+.1f}"
        out.append(
            f'<g><title>{escape(words)}</title><path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" '
            'stroke="#444" stroke-dasharray="4 4"/></g>'
        )
    if not series:
        out.append(f'<text x="{_LEFT + 10}" y="{middle - 10:.1f}" fill="#555">no events</text>')
    return "\n".join([*out, "</svg>\n"])


class _TimeAxis:
    """Where days lie between the first day of a series and the last day of its last period."""

    def __init__(self, series: Sequence[DyadPoint], by: str) -> None:
        self._by: Period = next((known for known in PERIODS if known == by), "month")
        self._starts = [point.start for point in series]
        first = min(self._starts, default=dt.date(2000, 1, 1))
        end = next_period(max(self._starts, default=first), self._by)
        self._first, self._end = first, end
        self._scale = (_WIDTH - _LEFT - _RIGHT) / max((end - first).days, 1)

    def at(self, day: dt.date) -> float:
        """Return the place of a day."""
        return _LEFT + (day - self._first).days * self._scale

    def span(self, start: dt.date) -> tuple[float, float]:
        """Return where a period begins and ends."""
        return self.at(start), self.at(next_period(start, self._by))

    def labels(self) -> list[str]:
        """Write the first days of periods at even distances, each with its tick."""
        if not self._starts:
            return []
        length = {"year": 4, "month": 7}.get(self._by, 10)
        periods = list(periods_between(self._first, shift_days(self._end, -1), self._by))
        every = max(1, -(-len(periods) // _MOST_LABELS))
        out = []
        for day in periods[::every]:
            x = self.at(day)
            out.append(f'<path d="M{x:.1f} {_HEIGHT - _BOTTOM}v5" stroke="#222"/>')
            out.append(
                f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}" fill="#444">{str(day)[:length]}</text>'
            )
        return out


def _count(point: DyadPoint, side: str) -> int:
    return sum(count for quad, count in point.counts.items() if quad.endswith(side))


def _bar(point: DyadPoint, x: float, step: float, middle: float, scale: float) -> list[str]:
    width, out, up, down = max(step * 0.8, 0.6), [], middle, middle
    for quad, colour in _COLOURS.items():
        height = point.counts.get(quad, 0) * scale
        if not height:
            continue
        if quad.endswith("cooperation"):
            up -= height
            y = up
        else:
            y = down
            down += height
        out.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"/>'
        )
    words = f"{point.start}: {point.events} events, mean intensity {point.intensity:+.1f}"
    return [f"<g><title>{escape(words)}</title>", *out, "</g>"] if out else []


def _legend() -> list[str]:
    out, x = [], float(_LEFT)
    for quad, colour in _COLOURS.items():
        words = quad.replace("_", " ")
        out.append(f'<rect x="{x:.0f}" y="34" width="10" height="10" fill="{colour}"/>')
        out.append(f'<text x="{x + 15:.0f}" y="43" fill="#444">{words}</text>')
        x += 40 + 6.4 * len(words)
    return out


def _axis(most: int, middle: float, scale: float) -> list[str]:
    out = []
    for count in (most, -most):
        y = middle - count * scale
        out.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{abs(count)}</text>')
        out.append(f'<path d="M{_LEFT - 4} {y:.1f}H{_LEFT}" stroke="#222"/>')
    return out
