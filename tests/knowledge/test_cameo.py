"""CAMEO codes: every code of the codebook exists, is as long as it can be and agrees with its type."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dragoman.knowledge.cameo import load_cameo, longest_beginning
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.codebook_checking import check_codebook
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_every_code_of_the_table_has_a_name_and_the_quad_class_of_its_root() -> None:
    codes = load_cameo()
    assert len(codes) == 312
    assert all(code.name and code.name != code.code for code in codes.values())
    assert {codes[root].quad_class for root in ("01", "05")} == {"verbal_cooperation"}
    assert {codes[root].quad_class for root in ("06", "09")} == {"material_cooperation"}
    assert {codes[root].quad_class for root in ("10", "14")} == {"verbal_conflict"}
    assert {codes[root].quad_class for root in ("15", "20")} == {"material_conflict"}
    assert codes["0231"].name == "Appeal for economic aid"


def test_the_codebook_has_no_contradiction() -> None:
    assert check_codebook() == []


# The file, what is changed in it, into what, and what the check says.
CONTRADICTIONS = [
    ("types/AID.yaml", 'cameo: "070"', 'cameo: "07"', "'07' is a root; write 070"),
    ("types/AID.yaml", 'cameo: "070"', 'cameo: "040"', "is verbal_cooperation, AID is material_cooperation"),
    ("types/AID.yaml", 'cameo: "070"', 'cameo: "090"', "has Goldstein -2.0"),
    ("types/CONCEDE.yaml", 'cameo_roots: ["08"]', "cameo_roots: []", "is material_cooperation, CONCEDE"),
    ("types/REQUEST.yaml", '"020": "100"', '"020": "190"', "by word: CAMEO 190"),
    ("types/REQUEST.yaml", 'cameo_roots: ["02"]', "cameo_roots: []", "is verbal_cooperation, REQUEST"),
    ("composition.yaml", '"07": "023"', '"07": "033"', "composition.yaml: demand of 070: CAMEO 033"),
    ("composition.yaml", '"14": "133"', '"14": "14"', "future of 14"),
    ("composition.yaml", 'cameo: "113"', 'cameo: "163"', "composition/call-for-punishment: CAMEO 163"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "message"), CONTRADICTIONS)
def test_a_contradiction_is_found(tmp_path: Path, file: str, right: str, wrong: str, message: str) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(data_folder() / "codebook", folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert any(message in fault for fault in check_codebook(folder)), check_codebook(folder)


def test_the_longest_beginning_of_a_code_counts() -> None:
    table = {"07": "023", "073": "0233"}
    assert longest_beginning("0731", table) == "0233"
    assert longest_beginning("071", table) == "023"
    assert longest_beginning("06", table) is None


# class of governor, type and code of the act below, code of what becomes of it.
COMPOSED = [
    ("demand", "AID", "073", "0233"),
    ("demand", "CONSULT", "045", "028"),
    ("demand", "RETREAT", "085", "0254"),
    ("demand", "ASSAULT", "195", "020"),
    ("demand", None, None, "020"),
    ("undertake", "AID", "072", "0332"),
    ("future", "RETREAT", "0874", "0356"),
    ("threaten", "COERCE", "163", "1312"),
    ("threaten", "ASSAULT", "2041", "1385"),
    ("refuse", "RETREAT", "0841", "1243"),
    ("refuse", "REQUEST", "0232", "1222"),
    ("end", "CONSULT", "040", "164"),
    ("end", "COERCE", "163", "085"),
    ("begin", "AID", "075", "075"),
    ("deny", "ASSAULT", "190", "120"),
]  # fmt: skip


@pytest.mark.parametrize(("class_name", "event_type", "inner", "code"), COMPOSED)
def test_composition_gives_the_code_of_what_is_meant(
    class_name: str, event_type: str | None, inner: str | None, code: str
) -> None:
    assert load_codebook().composed_cameo(class_name, event_type, inner) == code


def test_words_tell_demands_from_appeals() -> None:
    book = load_codebook()
    assert book.cameo_for_words("REQUEST", "0233", {"urge"}) == "0233"
    assert book.cameo_for_words("REQUEST", "0233", {"demand"}) == "1033"
    assert book.cameo_for_words("REQUEST", "025", {"leave", "must"}) == "105"
    assert book.cameo_for_words("CONSULT", "040", {"negotiate"}) == "046"
    assert book.cameo_for_words("CONSULT", None, {"negotiate"}) is None
