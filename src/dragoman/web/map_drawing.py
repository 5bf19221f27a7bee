"""Where events happened: outlines of countries from a package, projected once, and a spot for each place."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WIDTH, HEIGHT = 960.0, 500.0
# Degrees of a country's outline that are left out as too small to see at this size.
_TINY = 0.35
_STEPS = 5


class Spot(NamedTuple):
    """A place and what happened there."""

    key: str
    name: str
    country: str | None
    latitude: float
    longitude: float
    events: int
    quad: str


@functools.cache
def country_shapes() -> dict[str, str]:
    """Return the outline of each country as an SVG path, by alpha-3 code."""
    from countryinfo import CountryInfo, all_countries

    shapes: dict[str, str] = {}
    for name in sorted(country.name() for country in all_countries()):
        try:
            info = CountryInfo(name)
            code, shape = info.iso(3), info.geo_json()
        except Exception:  # noqa: BLE001, S112 - the package raises several kinds of its own for a gap
            continue
        path = "".join(_ring(ring) for ring in _rings(shape))
        if code and path:
            shapes.setdefault(str(code), path)
    return shapes


def _rings(shape: Any) -> Iterator[Sequence[Sequence[float]]]:
    for feature in (shape or {}).get("features", []):
        geometry = feature.get("geometry") or {}
        found = geometry.get("coordinates", [])
        for polygon in [found] if geometry.get("type") == "Polygon" else found:
            yield from polygon


def _ring(ring: Sequence[Sequence[float]]) -> str:
    kept: list[tuple[float, float]] = []
    for longitude, latitude, *_ in ring:
        if not kept or abs(kept[-1][0] - longitude) + abs(kept[-1][1] - latitude) > _TINY:
            kept.append((longitude, latitude))
    if len(kept) < 4:
        return ""
    spots = [project(longitude, latitude) for longitude, latitude in kept]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "Z"


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees by Natural Earth (B. Jenny and others, 2011), to the drawing's units."""
    phi = math.radians(latitude)
    p2 = phi * phi
    p4 = p2 * p2
    across = 0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))
    up = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    scale = WIDTH / (2 * 0.8707 * math.pi)
    return WIDTH / 2 + math.radians(longitude) * across * scale, HEIGHT / 2 + 8 - up * scale


def draw_map(
    spots: Sequence[Spot],
    countries: dict[str, int],
    *,
    name: Callable[[str], str],
    href: Callable[[str], str],
) -> Markup:
    """Draw the world: countries tinted by how much happened there, places as spots.

    Args:
        spots: The places, the busiest first.
        countries: Events by alpha-3 code.
        name: Names a country.
        href: Where the events of a country or a place are listed.
    """
    most = max(countries.values(), default=1)
    out = [
        f'<svg id="world" class="world" viewBox="0 0 {WIDTH:g} {HEIGHT - 62:g}" role="group" '
        'aria-label="Where events happened; the table below says the same"><g class="scene">'
    ]
    for code, path in country_shapes().items():
        count = countries.get(code, 0)
        if not count:
            out.append(f'<path class="land" d="{path}"/>')
            continue
        step = max(1, math.ceil(math.log1p(count) / math.log1p(most) * _STEPS))
        words = f"{name(code)}: {count:,} events"
        out.append(
            f'<a href="{escape(href(code))}" data-count="{count}" tabindex="-1" aria-label="{escape(words)}">'
            f"<title>{escape(words)}</title>"
            f'<path class="land tint-{step}" d="{path}"/></a>'
        )
    largest = max((spot.events for spot in spots), default=1)
    for spot in spots:
        x, y = project(spot.longitude, spot.latitude)
        radius = 2.2 + 9 * math.sqrt(spot.events / largest)
        words = f"{spot.name}: {spot.events:,} events"
        out.append(
            f'<a href="{escape(href(spot.key))}" data-count="{spot.events}" tabindex="-1"'
            f' aria-label="{escape(words)}"><title>{escape(words)}</title>'
            f'<circle class="spot {spot.quad}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/></a>'
        )
    out.append("</g></svg>")
    # All words went through `escape`; the rest is numbers and our own paths.
    return Markup("".join(out))  # noqa: S704
