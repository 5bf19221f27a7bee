from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import UnreadableError
from dragoman.knowledge.actors import ActorBook, load_actors
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.office_exports import BadRow, OfficeRow, country_of, read_export

SIMPLE = "id,schema,name,aliases,birth_date,countries,dataset\n"


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return load_actors(extra=[data_folder() / "actors_invented"])


def read(tmp_path: Path, book: ActorBook, text: str) -> list[OfficeRow | BadRow]:
    path = tmp_path / "f"
    path.write_text(text, encoding="utf-8")
    return list(read_export(path, book))


def told(row: OfficeRow | BadRow) -> tuple[str | None, ...]:
    assert isinstance(row, OfficeRow), row
    return (row.country, row.office, row.person, row.start, row.end)


BINDING = {
    "country": "GON", "position": "http://www.wikidata.org/entity/Q1",
    "positionLabel": "President of Gondor",
    "person": "http://www.wikidata.org/entity/Q2",
    "personLabel": "Jane Doe", "aliases": "Jane M. Doe|Джейн|Doe",
    "start": "2020-01-01T00:00:00Z", "startPrecision": "9",
    "end": "2024-05-09T00:00:00Z", "endPrecision": "10",
}  # fmt: skip


def of_shape(shape: str) -> str:
    """Write the same row in the shapes that query.wikidata.org hands out."""
    if shape == "sparql":
        cells = {key: {"type": "literal", "value": value} for key, value in BINDING.items()}
        return json.dumps({"head": {"vars": []}, "results": {"bindings": [cells]}}, indent=1)
    if shape == "simple":
        return json.dumps([BINDING], indent=1)
    separator = "\t" if shape == "tsv" else ","
    return separator.join(BINDING) + "\r\n" + separator.join(BINDING.values()) + "\r\n"


@pytest.mark.parametrize("shape", ["sparql", "simple", "csv", "tsv"])
def test_wikidata_in_every_shape(tmp_path: Path, book: ActorBook, shape: str) -> None:
    (row,) = read(tmp_path, book, of_shape(shape))
    assert told(row) == ("GON", "HOS", "Jane Doe", "2020", "2024-05")
    assert isinstance(row, OfficeRow)
    assert row.names == ("Jane M. Doe",)


PLAIN = "country,office,person,other_names,from,to\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("GON,FM,Jane Doe,,2025-01-02,", ("GON", "FM", "Jane Doe", "2025-01-02", "")),
        (
            "Gondor,Minister of Defence,Jane Doe,,2025-01,2025-02",
            ("GON", "DM", "Jane Doe", "2025-01", "2025-02"),
        ),
        (",Prime Minister of Gondor,Jane Doe,,2025,", ("GON", "HOG", "Jane Doe", "2025", "")),
        ("fr,President,Jane Doe,,2025,", ("FRA", "HOS", "Jane Doe", "2025", "")),
        ("NLD,Secretary General of NATO,Jane Doe,,2025,", ("NATO", "SG", "Jane Doe", "2025", "")),
        ("GON,HOS,Jane/Doe (politician),,2025,", ("GON", "HOS", "Jane Doe", "2025", "")),
    ],
)
def test_plain_tables(tmp_path: Path, book: ActorBook, line: str, expected: tuple[str, ...]) -> None:
    (row,) = read(tmp_path, book, f"{PLAIN}{line}\n")
    assert told(row) == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Atlantis,HOS,Jane Doe,,2025,", "unknown country 'Atlantis'"),
        ("GON,Beekeeper,Jane Doe,,2025,", "unknown office 'Beekeeper'"),
        (",Prime Minister,Jane Doe,,2025,", "does not name a country"),
        ("GON,HOS,Jane Doe,,,", "no first day"),
        ("GON,HOS,Jane Doe,,_:b0,", "no first day"),
        ("GON,HOS,Jane Doe,,soon,", "'soon' is not a date"),
        ("GON,HOS,Jane Doe,,2025-13,", "not a date"),
        ("GON,HOS,Jane Doe,,2025,2024", "before 2025"),
        ("GON,HOS,Q42,,2025,", "no English name"),
        ("GON,HOS,,,2025,", "no English name"),
        ("GON,HOS,Jane Doe", "3 cells; the head line has 6"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(
    tmp_path: Path, book: ActorBook, line: str, why: str
) -> None:
    bad, good = read(tmp_path, book, f"# mine\n{PLAIN}{line}\nGON,HOS,John Roe,,2025,\n")
    assert isinstance(bad, BadRow)
    assert why in bad.why
    assert bad.where == "f:3"
    assert told(good)[2] == "John Roe"


def test_opensanctions_with_nested_offices(tmp_path: Path, book: ActorBook) -> None:
    post = {"schema": "Position", "properties": {"name": ["Minister of Foreign Affairs"], "country": ["fr"]}}
    office = {"schema": "Occupancy", "properties": {"startDate": ["2025-03-01"], "post": [post]}}
    person = {
        "schema": "Person", "caption": "Jane Doe",
        "properties": {"name": ["Jane Doe"], "alias": ["Jane M. Doe", "Джейн Доу"],
                       "positionOccupancies": [office]},
    }  # fmt: skip
    undated = {"schema": "Person", "caption": "John Roe", "properties": {"position": ["Senator"]}}
    company = {"schema": "Company", "caption": "Roe Ltd"}
    lines = [json.dumps(entity) for entity in (person, company, undated)]
    row, without, broken = read(tmp_path, book, "\n".join([*lines, "{broken"]) + "\n")
    assert told(row) == ("FRA", "FM", "Jane Doe", "2025-03-01", "")
    assert isinstance(row, OfficeRow)
    assert row.names == ("Jane M. Doe",)
    assert without == BadRow("f:3", "John Roe: no dated office in the file (positionOccupancies)")
    assert isinstance(broken, BadRow)
    assert broken.where == "f:4"


def test_opensanctions_simple_targets_have_names_only(tmp_path: Path, book: ActorBook) -> None:
    lines = 'Q1,Person,Jane Doe,"Jane M. Doe;Джейн",,fr;xx,peps\nQ2,Company,Roe Ltd,,,fr,peps\n'
    row, bad = read(tmp_path, book, SIMPLE + lines)
    assert told(row) == ("FRA", None, "Jane Doe", "", "")
    assert isinstance(bad, BadRow)
    assert "unknown country 'xx'" in bad.why


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "[1, 2", '{"a": 1}'])
def test_other_files_are_refused(tmp_path: Path, book: ActorBook, text: str) -> None:
    with pytest.raises(UnreadableError):
        read(tmp_path, book, text)


@pytest.mark.parametrize(
    ("written", "id"),
    [("GON", "GON"), ("gb", "GBR"), ("Gondor", "GON"), ("NATO", "NATO"), ("Atlantis", None), ("zz", None)],
)
def test_countries(book: ActorBook, written: str, id: str | None) -> None:
    assert country_of(written, book) == id
