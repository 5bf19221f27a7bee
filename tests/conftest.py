"""What several tests share: one coder with the invented states, loaded once."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument

REPORT = (
    "On Monday, Arnor accused Gondor of sheltering rebels. Gondor denied it.\n"
    '"If Gondor attacks us, Rohan will impose sanctions on it," the Arnorian foreign minister said.\n'
    "Rohan has promised to send 500 troops to Arnor."
)


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The rules of the codebook alone: what they give does not move when models are trained anew."""
    return Coder(actors=[data_folder() / "actors_invented"], reading="rules")


@pytest.fixture(scope="session")
def coded(coder: Coder) -> CodedDocument:
    return coder.code(REPORT, published_on="2022-02-09", id="arnor", title="Arnor and Gondor")


@pytest.fixture(scope="session")
def quick_code() -> Callable[[Document], CodedDocument]:
    """A coder of one sentence pattern that needs no language model; see quick_coder.py."""
    spec = importlib.util.spec_from_file_location("quick_coder", Path(__file__).with_name("quick_coder.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.code
