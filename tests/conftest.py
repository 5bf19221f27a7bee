"""What several tests share: one coder with the invented states, loaded once."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.records import CodedDocument

REPORT = (
    "On Monday, Arnor accused Gondor of sheltering rebels. Gondor denied it.\n"
    '"If Gondor attacks us, Rohan will impose sanctions on it," the Arnorian foreign minister said.\n'
    "Rohan has promised to send 500 troops to Arnor."
)


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"])


@pytest.fixture(scope="session")
def coded(coder: Coder) -> CodedDocument:
    return coder.code(REPORT, published_on="2022-02-09", id="arnor", title="Arnor and Gondor")
