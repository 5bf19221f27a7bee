"""A record of some thirty events, for samples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.record.store import Record

PARTIES = ("Arnor", "Gondor", "Rohan", "Mordor")
ACTS = (
    "{} accused {} of spying.", "{} attacked {} at dawn.", "{} thanked {} for its help.",
    "{} threatened {} with war.", "{} did not attack {}.",
)  # fmt: skip


@pytest.fixture(scope="package")
def record(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("study") / "r.sqlite") as record:
        run = record.begin_run("test")
        for number, act in enumerate(ACTS):
            sentences = [act.format(one, other) for one in PARTIES for other in PARTIES if one != other]
            text = " ".join(["The weather was fine in the valley.", *sentences[: 12 - 2 * number]])
            document = Document(
                id=f"d{number}", text=text, title=f"Report {number}", publisher=f"Paper {number % 2}",
                published_on=dt.date(2020 + number, 3, 1), url=f"https://example.org/{number}",
            )  # fmt: skip
            record.add(coder.code_document(document), run_id=run)
        yield record
