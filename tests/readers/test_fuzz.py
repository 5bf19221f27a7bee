"""A slice of the broken inputs of `benchmarks/fuzz_readers.py`, and texts that chance makes up."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model.documents import Document, Failure
from dragoman.readers.base import read

from .conftest import FORMATS
from .office_files import pdf_file
from .test_office import PARAGRAPHS, columns, message, workbook
from .test_vendors import FILES

OFFICE = {
    **FILES,
    "columns.pdf": pdf_file([columns(1), columns(2)]),
    "plain.pdf": pdf_file([columns(1)], packed=False),
    "table.xlsx": workbook({"A": [["text", "date"], [PARAGRAPHS[0], "2022-03-07"]]}),
    "message.eml": message(html="<p>Arnor waits.</p>").as_bytes(),
    "box.mbox": b"From a@b.example Mon Mar  7 23:30:00 2022\n" + message().as_bytes(),
}

Write = Callable[[str, bytes], str]
COUNT = 200
ANYTHING = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def fuzz() -> Any:
    path = Path(__file__).parents[2] / "benchmarks" / "fuzz_readers.py"
    spec = importlib.util.spec_from_file_location("fuzz_readers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_broken_inputs_give_documents_and_failures_and_nothing_else(write: Write, fuzz: Any) -> None:
    kinds = set()
    for name, content in fuzz.make_inputs(COUNT, seed=20_221):
        for item in read([write(name, content)]):
            fuzz.check_item(item)
            kinds.add(type(item))
    assert kinds == {Document, Failure}


@ANYTHING
@given(text=st.text(min_size=1, max_size=300))
def test_any_text_is_kept_as_it_is_or_refused(write: Write, fuzz: Any, text: str) -> None:
    for suffix, content in (
        (".txt", text.encode("utf-8", "replace")),
        (".jsonl", json.dumps({"text": text}).encode()),
    ):
        for item in read([write(f"a{suffix}", content)]):
            fuzz.check_item(item)
            if isinstance(item, Document) and suffix == ".jsonl":
                assert item.text == text


@ANYTHING
@given(content=st.binary(max_size=400), name=st.sampled_from(sorted(FORMATS)), at=st.integers(0, 2000))
def test_any_bytes_in_any_format(write: Write, fuzz: Any, content: bytes, name: str, at: int) -> None:
    given_bytes = FORMATS[name]
    for item in read([write(name, given_bytes[:at] + content + given_bytes[at:])]):
        fuzz.check_item(item)


@ANYTHING
@given(
    content=st.binary(max_size=60),
    name=st.sampled_from(sorted(OFFICE)),
    at=st.floats(0, 1),
    gone=st.integers(0, 60),
)
def test_any_damage_to_an_office_file_or_an_export(
    write: Write, fuzz: Any, content: bytes, name: str, at: float, gone: int
) -> None:
    whole = OFFICE[name]
    place = int(at * len(whole))
    for item in read([write(name, whole[:place] + content + whole[place + gone :])]):
        fuzz.check_item(item)
