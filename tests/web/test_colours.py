"""The colours of the classes: distinguishable with deuteranopia, light for verbal, dark for material."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman import web

CSS = (Path(web.__file__).parent / "static" / "app.css").read_text(encoding="utf-8")
# Machado, Oliveira and Fernandes (2009), deuteranopia.
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
XYZ = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8730))
Triple = tuple[float, ...]


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme; the light ones come first in the file."""
    blocks = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.split(r"\n\s+color-scheme:", CSS)
    ]
    return blocks[{"light": 1, "dark": 2}[theme]]


def linear(colour: str) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def times(matrix: tuple[Triple, ...], values: Triple) -> Triple:
    return tuple(min(1, max(0, sum(a * b for a, b in zip(row, values, strict=True)))) for row in matrix)


def lab(colour: str, *, deuteranopia: bool) -> Triple:
    """Return a colour in CIELAB, as seen."""
    seen = times(DEUTERANOPIA, linear(colour)) if deuteranopia else linear(colour)
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in times(XYZ, seen))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str) -> float:
    pairs = zip(lab(one, deuteranopia=True), lab(other, deuteranopia=True), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("cooperation", "conflict"),
    [(("vc-fill", "mc-fill"), ("vx-fill", "mx-fill")), (("b4", "b5"), ("b2", "b1"))],
)
def test_cooperation_and_conflict_differ(
    theme: str, cooperation: tuple[str, str], conflict: tuple[str, str]
) -> None:
    colours = tokens(theme)
    for light, dark in (cooperation, conflict):
        assert distance(colours[light], colours[dark]) > 20
        assert lab(colours[light], deuteranopia=False)[0] > lab(colours[dark], deuteranopia=False)[0] + 15
    for one in cooperation:
        for other in conflict:
            assert distance(colours[one], colours[other]) > 55


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_differs_from_either(theme: str) -> None:
    colours = tokens(theme)
    assert all(distance(colours["b3"], colours[other]) > 25 for other in ("b1", "b2", "b4", "b5"))
