"""Every worked example of the codebook is a test; a known failure is a strict one."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.examples import faults_of
from dragoman.knowledge.codebook import Example, load_codebook
from dragoman.knowledge.loading import data_folder


def _cases() -> list[object]:
    cases = []
    for entry in load_codebook().types.values():
        for example in entry.examples:
            marks = [pytest.mark.xfail(reason=example.known_failure)] if example.known_failure else []
            cases.append(pytest.param(example, id=f"{entry.id}-{example.id}", marks=marks))
    return cases


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], reading="rules")


@pytest.mark.pipeline
@pytest.mark.parametrize("example", _cases())
def test_example_codes_as_it_says(example: Example, coder: Coder) -> None:
    assert faults_of(example, coder) == []
