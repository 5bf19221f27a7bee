"""Precision and recall of each type on the annotated texts, where they are at hand: `make gold`.

Takes minutes, so these tests run only when asked for. Floors: tests/gold/floors.json, set by
scripts/gold_floors.py a little below what was measured.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.coding.coder import Coder
from dragoman.model.terms import EVENT_TYPES

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"
FLOORS = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def gold_floors() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_floors", ROOT / "scripts" / "gold_floors.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.gold
@pytest.mark.pipeline
@pytest.mark.skipif(not GOLD.is_dir(), reason=f"no annotated texts in {GOLD}")
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_type_falls_below_its_floor(gold_floors: ModuleType, coder: Coder, name: str) -> None:
    counts = gold_floors.measured(GOLD / f"{name}.jsonl", coder)
    assert gold_floors.below(counts, FLOORS[name]) == []


def test_every_type_has_a_floor() -> None:
    assert {"all", *EVENT_TYPES} <= set(FLOORS["items"]), "run scripts/gold_floors.py --write"


def test_a_floor_is_a_little_below(gold_floors: ModuleType) -> None:
    counts = {
        "AID": {"precision": [80, 100], "recall": [12, 20]},
        "COERCE": {"precision": [9, 9], "recall": [0, 10]},
    }
    floors = gold_floors.floors_of(counts)
    assert floors == {"AID": {"precision": 0.77, "recall": 0.5}, "COERCE": {"recall": 0.0}}
    assert gold_floors.below(counts, floors) == []


@pytest.mark.parametrize(
    ("counts", "faults"),
    [
        ({"AID": {"recall": [7, 10]}}, []),
        ({"AID": {"recall": [6, 10]}}, ["AID: recall 6/10, floor 0.7"]),
        ({"AID": {"recall": [0, 0]}}, ["AID: recall 0/0, floor 0.7"]),
        ({}, ["AID: recall 0/0, floor 0.7"]),
    ],
)
def test_what_falls_below_a_floor_is_told(
    gold_floors: ModuleType, counts: dict[str, dict[str, list[int]]], faults: list[str]
) -> None:
    assert gold_floors.below(counts, {"AID": {"recall": 0.7}}) == faults


@pytest.mark.pipeline
def test_right_and_wrong_events_are_counted(gold_floors: ModuleType, coder: Coder, tmp_path: Path) -> None:
    text = "France accused Mali of theft. Japan condemned Russia."
    told = {
        "evidence": {"start": 0, "end": 29},
        "types": ["ACCUSE"],
        "actors": ["FRA"],
        "recipients": ["MLI"],
    }
    other = {**told, "evidence": {"start": 30, "end": 53}, "actors": ["NOR"], "recipients": ["RUS"]}
    row = {"id": "a", "text": text, "events": [told, other], "optional": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    counts = gold_floors.measured(path, coder)
    figures = {"precision": [1, 2], "recall": [1, 2]}
    assert counts == {"ACCUSE": figures, "all": figures}
