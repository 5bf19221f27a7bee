from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.actors_checking import check_actors
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.roles import load_roles

STATE = "ARN: {name: Arnor}\nGON: {name: Gondor}\n"


def folder(tmp_path: Path, **files: str) -> Path:
    for stem, text in files.items():
        suffix = "tsv" if stem.startswith("offices") else "yaml"
        (tmp_path / f"{stem}.{suffix}").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["actors", "actors_invented"])
def test_the_data_of_the_package_have_no_faults(name: str) -> None:
    assert check_actors(data_folder() / name) == []


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"states": STATE + "ROH: {name: Rohan, names: [Gondor]}"}, "'gondor' names GON and ROH"),
        ({"states": STATE, "organisations": "WCL: {name: Council, members: [KHA]}"}, "'KHA' is not in"),
        ({"states": STATE + "ROH: {name: Rohan, successor: KHA}"}, "'KHA' is not in"),
        ({"states": STATE + "ROH: {name: Rohan, from: 2000-01-01, to: 1999-01-01}"}, "before it begins"),
        ({"states": STATE + "roh: {name: Rohan}"}, "an id is made of"),
        ({"states": STATE, "offices": "KHA\tHOS\tJane Doe\t\t2000\t\n"}, "neither a state nor"),
        (
            {"states": STATE, "offices": "ARN\tHOS\tJane Doe\t\t2000\t2005\nARN\tHOS\tJohn Roe\t\t2003\t\n"},
            "both hold it on 2003-01-01",
        ),
        ({"states": STATE, "offices": "ARN\tHOS\tJane Doe\t\t2005\t2001\n"}, "offices.tsv:1"),
        ({"states": STATE + "ROH: {nam: Rohan}"}, "states.yaml:3"),
    ],
)
def test_faults_are_told(tmp_path: Path, files: dict[str, str], fault: str) -> None:
    faults = check_actors(folder(tmp_path, **files))
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"states": "ARN: {name: Arnor, colour: blue}"}, "unknown key 'colour'"),
        ({"states": "ARN: {name: Arnor, sector: XYZ}"}, "unknown sector 'XYZ'"),
        ({"states": "ARN: {name: Arnor, from: yesterday}"}, "not a date"),
        ({"states": STATE, "groups": "ARN: {name: Band}"}, "the id 'ARN' is also in states.yaml"),
        ({"states": STATE, "offices": "ARN\tBOSS\tJane Doe\t\t2000\t\n"}, "unknown office 'BOSS'"),
        ({"states": STATE, "offices": "ARN\tHOS\tJane Doe\t2000\n"}, "4 cells"),
        ({"states": STATE, "offices": "ARN\tHOS\tJane Doe\t\t2000-13\t\n"}, "not a date"),
    ],
)
def test_wrong_files_are_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load_actors(folder(tmp_path, **files))


def test_a_role_has_one_sector(tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text("strong: {MIL: [soldier], COP: [soldier]}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="given as MIL and as COP"):
        load_roles(path)
