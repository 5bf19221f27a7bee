"""Worked examples of factuality, as data: how firmly a text holds that something happened."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.factuality.assessment import assess
from dragoman.knowledge.loading import data_folder

pytestmark = pytest.mark.pipeline


def _examples() -> list[object]:
    rows = []
    for line in (data_folder() / "examples" / "factuality.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, factuality, polarity, *known = (cell.strip() for cell in line.split("|"))
        marks = [pytest.mark.xfail(reason=known[0])] if known else []
        rows.append(pytest.param(marked, factuality, polarity, id=marked, marks=marks))
    return rows


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], reading="rules")


@pytest.mark.parametrize(("marked", "factuality", "polarity"), _examples())
def test_a_predicate_is_as_firm_as_it_says(coder, marked, factuality, polarity):
    annotated = coder.annotate_text(marked.replace("[", "").replace("]", ""))
    token = next(t for t in annotated.doc if t.idx == marked.index("["))
    found = assess(token, annotated, lexicon=coder.modality)
    assert (found.factuality, found.polarity) == (factuality, polarity)


def test_there_are_as_many_examples_as_told():
    assert len(_examples()) >= 120
