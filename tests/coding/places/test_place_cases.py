"""Places of the news: 150 named ones in sentences of our own, 60 that were set apart, 65 and 100 more."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dragoman.coding.places.extraction import find_places
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline

_NEAR_KM = 50
_EARTH_KM = 12_742


def cases(name):
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def distance(one, other):
    (north, east), (to_north, to_east) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((to_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return _EARTH_KM * math.asin(math.sqrt(half))


def shares(name):
    """Return the shares of cases with the right country, and with a place within 50 km."""
    rows = cases(name)
    documents = [Document(id=str(number), text=row[5]) for number, row in enumerate(rows)]
    country = near = 0
    for row, annotated in zip(rows, annotate(load_pipeline(), documents), strict=True):
        begin = row[5].rindex(row[0])
        found = [
            f.place
            for f in find_places(annotated)
            if f.place.start < begin + len(row[0]) and f.place.end > begin
        ]
        if not found:
            continue
        country += found[0].country == row[2]
        at = (found[0].latitude, found[0].longitude)
        near += None not in at and distance(at, (float(row[3]), float(row[4]))) <= _NEAR_KM
    return country / len(rows), near / len(rows)


@pytest.mark.parametrize(
    ("name", "number", "country", "near"),
    [
        ("place_cases.tsv", 150, 0.97, 0.95),
        ("place_cases_apart.tsv", 60, 0.95, 0.87),
        ("place_cases_third.tsv", 65, 0.92, 0.86),
        ("place_cases_fourth.tsv", 100, 0.94, 0.80),
    ],
)
def test_places_of_the_news(name, number, country, near):
    assert len(cases(name)) == number
    found = shares(name)
    assert found[0] >= country
    assert found[1] >= near


def test_distance():
    assert distance((48.86, 2.35), (52.52, 13.4)) == pytest.approx(878, abs=5)
