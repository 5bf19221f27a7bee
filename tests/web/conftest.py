"""A small record of invented states, the application over it, and a client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.readers.base import read
from dragoman.record.store import Record
from dragoman.running.grouping import regroup
from dragoman.web.app import Settings, create_app

from .quick_record import client_of, write_crowded, write_small

ARDA = data_folder() / "actors_invented"
HOSTILE = (
    "Arnor accused Gondor <script>alert(1)</script> of spying on Monday.\n\n"
    'Gondor denied it. "</script><img src=x onerror=alert(2)>" Rohan attacked Mordor \u202egnil\u202c now.'
    "\n\n"
    "<style>body{display:none}</style> " + "x" * 3000
)
REPORTS = (
    Document(
        id="council", title="Arnor and Gondor", publisher="Minas Tirith Gazette",
        text=(
            "On Monday, Arnor accused Gondor of sheltering rebels. Gondor denied it.\n\n"
            '"If Gondor attacks us, Rohan will impose sanctions on it," the Arnorian foreign minister said in'
            " Paris.\n\nRohan has promised to send 500 troops to Arnor."
        ),
        url="https://example.org/council",
    ),
    Document(
        id="river", title="Sanctions over the river", publisher="The Bree Courier",
        text="Gondor imposed sanctions on Mordor over the closing of the river.\n\n"
        "Rohan and Arnor signed an agreement on the supply of grain in Geneva.",
        url="javascript:alert(4)",
    ),
    Document(id="bad/<b>&\"'", title="<svg onload=alert(3)> \u202eevil", text=HOSTILE, publisher="<i>x</i>"),
)  # fmt: skip

PLEDGES = {
    "2022-05-02": "France promised to send 500 troops to Ukraine.\n\n"
    "Germany pledged to lift its sanctions on Iran.",
    "2022-05-20": "France sent 500 troops to Ukraine.",
    "2022-06-01": "Turkey promised not to attack Syria.",
    "2022-06-20": "Turkey attacked Syria.",
}


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    import datetime as dt

    import msgspec

    path = tmp_path_factory.mktemp("web") / "arda.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        for number, document in enumerate(REPORTS):
            dated = msgspec.structs.replace(document, published_on=dt.date(2022, 2, 9 + number))
            record.add(coder.code_document(dated), run_id=run)
        regroup(record)
    return path


@pytest.fixture(scope="session")
def bundled_file(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A record of the reports that come with the package, with pledges and what became of them."""
    import datetime as dt

    path = tmp_path_factory.mktemp("bundled") / "world.sqlite"
    with Record.open(path) as record:
        run = record.begin_run("test")
        documents = [*read([str(data_folder() / "reports")])]
        for day, text in PLEDGES.items():
            documents.append(
                Document(id=f"pledge-{day}", text=text, title=text.partition(".")[0], publisher="The Courier",
                         published_on=dt.date.fromisoformat(day))
            )  # fmt: skip
        for document in documents:
            assert isinstance(document, Document)
            record.add(coder.code_document(document), run_id=run)
        regroup(record)
    return path


@pytest.fixture(scope="session")
def settings(record_file: Path) -> Settings:
    return Settings(record=record_file, actors=(ARDA,), rate=1000, patience=60.0)


@pytest.fixture(scope="session")
def client(settings: Settings, coder: Coder) -> Iterator[TestClient]:
    app = create_app(settings, coder=coder)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium; only for tests with the marks of `browsing`."""
    from .browsing import chromium

    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(scope="module")
def bundled_base(bundled_file: Path, coder: Coder) -> Iterator[str]:
    """Serve the bundled reports and yield the address, for tests in a browser."""
    # Imported here: it needs Selenium, which only those tests have.
    from .browsing import serving

    with serving(create_app(Settings(record=bundled_file, rate=1000), coder=coder)) as address:
        yield address


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of eight events of `quick_record`, made without a language model."""
    return write_small(tmp_path_factory.mktemp("small") / "small.sqlite")


@pytest.fixture(scope="session")
def small(small_file: Path) -> TestClient:
    return client_of(small_file)


@pytest.fixture(scope="session")
def crowded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_crowded(tmp_path_factory.mktemp("crowded") / "crowded.sqlite")


@pytest.fixture(scope="session")
def crowded(crowded_file: Path) -> TestClient:
    """Client over the record with more rows than any list shows."""
    return client_of(crowded_file)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Client over a record without reports."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    Record.open(path).close()
    return client_of(path)
