"""What a coding depends on changes its hash, and what it does not depend on leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding import coder as coder_module
from dragoman.running.fingerprint import fingerprint
from dragoman.running.shard import CoderSettings, load_coder


def test_every_choice_of_the_user_changes_the_hash(tmp_path: Path) -> None:
    (tmp_path / "groups.yaml").write_text("X: {name: X}\n")
    choices: list[dict[str, object]] = [
        {}, {"skim": True}, {"actors": [tmp_path]}, {"codebook": tmp_path}, {"min_confidence": 0.5},
        {"min_confidence": 0.6}, {"min_confidence": 0.0}, {"reading": "rules"},
        {"skim": True, "min_confidence": 0.5}, {"negations": True}, {"negations": True, "skim": True},
    ]  # fmt: skip
    hashes = [fingerprint(**choice) for choice in choices]  # type: ignore[arg-type]
    # A codebook and actors of the same content are told apart by nothing but their content.
    hashes.remove(hashes[3])
    assert len(set(hashes)) == len(hashes)
    assert fingerprint(min_confidence=1) == fingerprint(min_confidence=1.0)


def test_a_calibration_counts_by_its_content(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    one.write_text("1")
    other.write_text("2")
    hashes = {fingerprint(), fingerprint(calibration=one), fingerprint(calibration=other)}
    assert len(hashes) == 3
    other.write_text("1")
    assert fingerprint(calibration=other) == fingerprint(calibration=one)


def test_what_is_in_a_folder_of_actors_changes_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "groups.yaml"
    path.write_text("X: {name: X}\n")
    before = fingerprint(actors=[tmp_path])
    path.write_text("X: {name: Y}\n")
    assert fingerprint(actors=[tmp_path]) != before


def test_workers_make_their_coder_of_all_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, object]] = []

    class Recorded:
        nlp = None
        prepare = None

        def __init__(self, **given: object) -> None:
            made.append(given)

    monkeypatch.setattr(coder_module, "Coder", Recorded)
    load_coder(
        CoderSettings(
            codebook=("/c",),
            actors=("/a",),
            negations=True,
            skim=True,
            min_confidence=0.7,
            language_model="/m",
            calibration="/k.json",
            time_budget=9.0,
        )
    )
    load_coder.cache_clear()
    assert made == [
        {
            "codebook": [Path("/c")],
            "actors": [Path("/a")],
            "negations": True,
            "skim": True,
            "reading": "full",
            "min_confidence": 0.7,
            "language_model": "/m",
            "calibration": Path("/k.json"),
            "time_budget": 9.0,
        }
    ]
