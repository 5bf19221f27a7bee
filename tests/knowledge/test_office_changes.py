"""An import beside the invented holders of office, loaded alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.actors_checking import check_actors
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.office_changes import TABLE, compare, write_folder
from dragoman.knowledge.office_exports import BadRow, OfficeRow

FOLDER = data_folder() / "actors_invented"
TODAY = dt.date(2026, 11, 30)


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors(FOLDER)


def rows(*lines: str) -> list[OfficeRow]:
    found = []
    for number, line in enumerate(lines, start=1):
        country, office, person, start, end = (cell.strip() for cell in line.split(","))
        found.append(OfficeRow(f"f:{number}", country, office, person, (), start, end))
    return found


def kinds(book: ActorBook, *lines: str) -> list[tuple[str, str, str]]:
    compared = compare(rows(*lines), book)
    return [(change.kind, change.row.person, change.row.end) for change in compared.changes]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("GON, HOS, Aragorn, 2019-05-01,", []),
        ("GON, HOS, Aragorn Elessar, 2019-05,", []),
        ("GON, HOS, Aragorn, 2019-05-20,", []),
        ("GON, HOS, Aragorn, 2020-05-01,", [("changed", "Aragorn", "")]),
        ("GON, HOS, Aragorn, 2019-05-01, 2026-02-01", [("ended", "Aragorn", "2026-02-01")]),
        ("GON, HOG, Denethor, 1984-01-01,", []),
        ("GON, HOG, Denethor, 1984-01-01, 2018-01-01", [("changed", "Denethor", "2018-01-01")]),
        ("MOR, HOS, Sauron, 1951-01-01, 2026-03-25", [("ended", "Sauron", "2026-03-25")]),
        ("GON, FINANCE, Jane Doe, 2025-01-01,", [("new", "Jane Doe", "")]),
        ("GON, FINANCE, Faramir, 2025-01-01,", [("new", "Faramir", "")]),
        ("ARN, FINANCE, Barliman Butterbur, 2025-01-01,", [("clash", "Barliman Butterbur", "")]),
        ("LAM, SG, Barliman Butterbur, 1990, 1995", [("new", "Barliman Butterbur", "1995")]),
    ],
)  # fmt: skip
def test_one_row(book: ActorBook, line: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(book, line) == expected


def test_whoever_follows_ends_the_one_before(book: ActorBook) -> None:
    assert kinds(book, "GON, HOS, Jane Doe, 2026-02-01,") == [
        ("ended", "Aragorn", "2026-02-01"),
        ("new", "Jane Doe", ""),
    ]


def test_a_row_of_holders_without_last_days(book: ActorBook) -> None:
    found = kinds(book, "GON, HOS, Jane Doe, 2024-02-01,", "GON, HOS, John Roe, 2026-02-01,")
    assert found == [
        ("ended", "Aragorn", "2024-02-01"),
        ("new", "Jane Doe", "2026-02-01"),
        ("new", "John Roe", ""),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        # Within the time of another, who came before and is still there.
        ["GON, HOS, Jane Doe, 2021-01-01, 2022-01-01"],
        ["GON, HOS, Jane Doe, 2018-01-01, 2020-01-01"],
        # Two of the file at once.
        ["DAL, HOS, Jane Doe, 2021-01-01, 2023-01-01", "DAL, HOS, John Roe, 2022-01-01, 2023-06-01"],
        # One person twice.
        ["GON, FINANCE, Jane Doe, 2021, 2023", "GON, FINANCE, Jane Doe, 2022, 2024"],
    ],
)
def test_clashes(book: ActorBook, lines: list[str]) -> None:
    assert [kind for kind, _, _ in kinds(book, *lines)] == ["clash"] * len(lines)


def test_a_month_together_is_no_clash(book: ActorBook) -> None:
    lines = ("DAL, HOS, Jane Doe, 2021-01-01, 2023-01-31", "DAL, HOS, John Roe, 2023-01-10, 2024-01-01")
    assert [kind for kind, _, _ in kinds(book, *lines)] == ["new", "new"]


def test_other_names_of_somebody_known(book: ActorBook) -> None:
    told = OfficeRow("f:1", "GON", None, "Aragorn", ("Aragorn Elessar", "Aragorn of Gondor"), "", "")
    nobody = OfficeRow("f:2", "GON", None, "Jane Doe", (), "", "")
    compared = compare([told, nobody, BadRow("f:3", "bad")], book)
    ((kind, row, why),) = compared.changes
    assert (kind, row.office, row.names) == ("changed", "HOS", ("Aragorn of Gondor",))
    assert "Aragorn of Gondor" in why
    assert [bad.where for bad in compared.bad] == ["f:2", "f:3"] or [b.where for b in compared.bad] == [
        "f:3",
        "f:2",
    ]


def test_the_folder_is_loaded_beside_the_others(tmp_path: Path, book: ActorBook) -> None:
    lines = (
        "GON, HOS, Jane Doe, 2026-02-01,",
        "GON, FINANCE, John Roe, 2025,",
        "GON, HOS, Mary Poe, 2021, 2022",
    )
    changes = compare(rows(*lines), book).changes
    assert write_folder(changes, tmp_path, book, as_of=TODAY) == 3
    own = load_actors(FOLDER, extra=[tmp_path])
    names = [getattr(own.holder("GON", "HOS", day), "name", None) for day in (dt.date(2025, 1, 1), TODAY)]
    assert names == ["Aragorn", "Jane Doe"]
    assert own.get("P:mary-poe") is None
    assert own.as_of == TODAY
    # Ministers are looked for by the whole name, chiefs by the surname too.
    assert own.code("Doe", on=TODAY) == ("GON", "GOV")
    assert own.code("Roe", on=TODAY) == ("", "UNK")
    assert compare(rows(*lines[:2]), own) == ([], 2, [])


def test_a_second_import_keeps_what_the_first_wrote(tmp_path: Path, book: ActorBook) -> None:
    write_folder(compare(rows("GON, FINANCE, John Roe, 2025,"), book).changes, tmp_path, book, as_of=TODAY)
    own = load_actors(FOLDER, extra=[tmp_path])
    lines = ("GON, FINANCE, John Roe, 2025, 2026-03-01", "GON, FINANCE, Jane Doe, 2026-03-01,")
    write_folder(compare(rows(*lines), own).changes, tmp_path, own, as_of=TODAY)
    table = (tmp_path / TABLE).read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[2:] for line in table if not line.startswith("#")] == [
        ["/Jane Doe/", "", "2026-03-01", ""],
        ["John Roe", "", "2025", "2026-03-01"],
    ]


def test_a_folder_of_offices_alone_is_checked_against_the_states_of_the_package(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_text("FRA\tFINANCE\tJane Doe\t\t2025\t\n", encoding="utf-8")
    assert check_actors(tmp_path) == []
    (tmp_path / TABLE).write_text("KHA\tFINANCE\tJane Doe\t\t2025\t\n", encoding="utf-8")
    assert len(check_actors(tmp_path)) == 1


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("GON\tHOS\tAragorn\t\t2019-05-01\t2020-01-01\n", None),
        ("GON\tHOS\tAragorn\t\t2019-05-01\t\n", "Aragorn"),
        ("GON\tHOS\tAragorn\t\t2001-01-01\t2002-01-01\n", "Aragorn"),
    ],
)
def test_a_later_folder_replaces_the_spell_it_tells_anew(tmp_path: Path, line: str, name: str | None) -> None:
    (tmp_path / "offices.tsv").write_text(line, encoding="utf-8")
    holder = load_actors(FOLDER, extra=[tmp_path]).holder("GON", "HOS", TODAY)
    assert (holder.name if holder else None) == name
