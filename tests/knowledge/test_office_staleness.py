from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.office_staleness import stale_offices

HEAD = "# as of 2024-01-01\n"


@pytest.mark.parametrize(
    ("table", "on", "stale"),
    [
        ("GON\tFM\tJane Doe\t\t2019-01-01\t\n", "2025-12-31", []),
        ("GON\tFM\tJane Doe\t\t2019-01-01\t\n", "2026-01-02", ["GON FM 2024-01-01"]),
        ("GON\tFM\tJane Doe\t\t2019-01-01\t2020-01-01\n", "2023-01-01", ["GON FM 2020-01-01"]),
        ("GON\tFM\tA B\t\t2019-01-01\t2020-01-01\nGON\tFM\tC D\t\t2020-01-01\t\n", "2023-01-01", []),
        # Of many at a time nobody can say who is the newest.
        ("GON\tMINISTER\tJane Doe\t\t2019-01-01\t2020-01-01\n", "2023-01-01", []),
        # A head of state is enough where there is no head of government any more.
        ("GON\tHOG\tA B\t\t2010\t2015\nGON\tHOS\tC D\t\t2015\t\n", "2023-01-01", []),
        ("GON\tHOG\tA B\t\t2010\t2015\nGON\tHOS\tC D\t\t2015\t2016\n", "2023-01-01",
         ["GON HOG 2015-12-31", "GON HOS 2016-12-31"]),
        # The state is gone.
        ("OLD\tFM\tJane Doe\t\t2019-01-01\t2020-01-01\n", "2023-01-01", []),
    ],
)  # fmt: skip
def test_offices_out_of_date(tmp_path: Path, table: str, on: str, stale: list[str]) -> None:
    (tmp_path / "states.yaml").write_text("GON: {name: Gondor}\nOLD: {name: Beleriand, to: 2021-01-01}\n")
    (tmp_path / "offices.tsv").write_text(HEAD + table)
    found = stale_offices(load_actors(tmp_path), dt.date.fromisoformat(on))
    assert [f"{office.country} {office.office} {office.known_to}" for office in found] == stale
