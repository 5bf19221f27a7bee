"""Worked examples of attribution, as data: who says what, and what nobody says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.language.quotes import find_quotes

pytestmark = pytest.mark.pipeline


def _examples() -> list[object]:
    rows = []
    for line in (data_folder() / "examples" / "attribution.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, *cells = (cell.strip() for cell in line.split("|"))
        known = [cell.removeprefix("known failure: ") for cell in cells if cell.startswith("known failure")]
        marks = [pytest.mark.xfail(reason=known[0])] if known else []
        rows.append(
            pytest.param(text, [c for c in cells if not c.startswith("known")], id=text[:60], marks=marks)
        )
    return rows


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], reading="rules")


@pytest.mark.parametrize(("text", "wanted"), _examples())
def test_who_says_what(coder, text, wanted):
    found = coder.code(text).attributions
    told = [
        (
            a.speaker_span.text if a.speaker_span else "-",
            a.cue.text if a.cue else "-",
            " ".join(text[start:end] for start, end in a.content),
            "quoted" if a.quoted else "plain",
        )
        for a in found
    ]
    if wanted == ["none"]:
        assert told == []
        return
    speaker, cue, content, quoted = wanted
    assert any(t[:2] == (speaker, cue) and content.strip('"') in t[2] and t[3] == quoted for t in told), told


def test_there_are_as_many_examples_as_told():
    assert len(_examples()) >= 60


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab .,\n\"'“”‘’„«»!?", max_size=80))
def test_odd_quote_marks_never_raise(text):
    for quote in find_quotes(text):
        assert 0 <= quote.start < quote.end <= len(text)
