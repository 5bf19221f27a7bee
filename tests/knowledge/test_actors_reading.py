"""Folders of actors: what is read, and what is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.actors_reading import Gazette, read_folder


def read(folder: Path) -> Gazette:
    gazette = Gazette({}, [], [], {})
    read_folder(folder, gazette)
    return gazette


# File, its text, what the error says.
WRONG = [
    ("states.yaml", "XAR: {names: [Arnor]}\n", "states.yaml:1: XAR: an entry needs a name"),
    ("states.yaml", "\nXAR: {name: Arnor, nmaes: [A]}\n", "states.yaml:2: XAR: unknown key 'nmaes'"),
    ("states.yaml", "XAR: {name: Arnor, names: Arnor}\n", "names is 'Arnor'; write a list"),
    ("states.yaml", "XAR: {name: [Arnor]}\n", "name is ['Arnor']; write words"),
    ("states.yaml", "XAR: {name: Arnor, kind: kingdom}\n", "kind is 'kingdom'; use one of state"),
    ("states.yaml", "XAR: {name: Arnor, sector: KING}\n", "unknown sector 'KING'"),
    ("states.yaml", "XAR: {name: Arnor, seats: [Tower]}\n", "seats is ['Tower']"),
    ("states.yaml", "XAR: {name: Arnor, seats: {Tower: KING}}\n", "Tower: unknown sector 'KING'"),
    ("states.yaml", "XAR: {name: Arnor, recognised: half}\n", "recognised is 'half'"),
    ("states.yaml", "XAR: {name: Arnor, from: 1900}\n", "'1900' is not a date"),
    ("states.yaml", "- XAR\n", "states.yaml: is not a mapping"),
    ("groups.yaml", "X: {name: Orcs, capital: [Moria]}\n", "unknown key 'capital'"),
    ("not_actors.yaml", "Arnor: Airways\n", "write a list"),
    ("places.yaml", "XAR: Evendim\n", "XAR is 'Evendim'; write a list"),
    ("offices.tsv", "XAR\tHOS\n", "offices.tsv:1"),
    ("states.yml", "XAR: {name: Arnor}\n", "did you mean states.yaml"),
    ("sates.yaml", "XAR: {name: Arnor}\n", "did you mean states.yaml"),
    ("offices.csv", "XAR,HOS\n", "would not be read"),
    ("publishers.yaml", "hosts: {}\n", "would not be read"),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_what_an_actor_file_does_not_know_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_actors(extra=[tmp_path])
    assert message in str(raised.value)


@pytest.mark.parametrize("made", ["nothing", "file", "empty"])
def test_a_path_that_is_no_folder_of_actors(tmp_path: Path, made: str) -> None:
    path = tmp_path / "mine"
    if made == "file":
        path.write_text("", encoding="utf-8")
    elif made == "empty":
        path.mkdir()
    with pytest.raises(KnowledgeError, match=r"a folder of actors holds states\.yaml"):
        load_actors(extra=[path])


def test_files_for_people_may_stand_beside(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Mine.", encoding="utf-8")
    (tmp_path / ".DS_Store").write_text("", encoding="utf-8")
    (tmp_path / "offices_mine.tsv").write_text("# as of 2026-01-01\n", encoding="utf-8")
    (tmp_path / "states.yaml").write_text("XAR: {name: Arnor, seats: {Tower: GOV}}\n", encoding="utf-8")
    assert set(read(tmp_path).entries) == {"XAR"}
