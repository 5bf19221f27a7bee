"""A report is coded again when anything that decides its coding changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model.documents import Document
from dragoman.running.fingerprint import fingerprint, input_hash


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "states.yaml").write_text("ARN: {name: Arnor}\n", encoding="utf-8")
    return tmp_path


def test_the_same_twice(folder: Path) -> None:
    assert fingerprint() == fingerprint()
    assert fingerprint(actors=[folder]) == fingerprint(actors=[folder])


def test_own_actors_and_own_codebook_count(folder: Path) -> None:
    plain = fingerprint()
    assert fingerprint(actors=[folder]) != plain
    assert fingerprint(codebook=folder) != plain


@pytest.mark.parametrize("given", ["actors", "codebook"])
def test_a_changed_word_in_an_own_file_counts(folder: Path, given: str) -> None:
    chosen = {"actors": [folder]} if given == "actors" else {"codebook": folder}
    before = fingerprint(**chosen)
    (folder / "states.yaml").write_text("ARN: {name: Arnos}\n", encoding="utf-8")
    changed = fingerprint(**chosen)
    assert changed != before
    (folder / "groups.yaml").write_text("", encoding="utf-8")
    assert fingerprint(**chosen) not in (before, changed)


def test_a_moved_folder_is_the_same_coder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "states.yaml").write_text("ARN: {name: Arnor}\n", encoding="utf-8")
    assert fingerprint(actors=[folder]) == fingerprint(actors=[other])


@pytest.mark.parametrize("changed", ["text", "title", "publisher", "url"])
def test_every_field_of_a_document_counts(changed: str) -> None:
    fields = {"id": "a", "text": "Arnor left.", "title": "Left", "publisher": "Herald", "url": "u"}
    before = input_hash(Document(**fields), "coder")
    assert input_hash(Document(**fields | {changed: "other"}), "coder") != before
    assert input_hash(Document(**fields), "other coder") != before
