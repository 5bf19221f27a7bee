"""What takes long is shown later, with the same numbers; work in the background ends with the server."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.errors import QueryTimeError, UsageError
from dragoman.knowledge.loading import data_folder
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app
from dragoman.web.background_work import BackgroundWork


def test_what_is_quick_is_given_at_once() -> None:
    assert BackgroundWork().result(("x",), lambda: 5, 10) == 5


def test_what_takes_long_goes_on_and_is_made_once() -> None:
    work, go_on, made = BackgroundWork(), threading.Event(), list[int]()

    def make() -> int:
        assert go_on.wait(10)
        made.append(1)
        return 7

    assert work.result(("x",), make, 0.01) is None
    assert work.result(("x",), make, 0.01) is None
    go_on.set()
    assert work.result(("x",), make, 10) == 7
    assert len(made) <= 2


def test_too_much_work_is_left_to_the_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.background_work._MOST_WAITING", 1)
    work, go_on = BackgroundWork(), threading.Event()
    assert work.result(("x",), lambda: go_on.wait(10), 0.01) is None
    assert work.result(("y",), threading.current_thread, 0) is threading.current_thread()
    go_on.set()


def test_errors_are_for_those_who_wait() -> None:
    def fail() -> None:
        raise UsageError(message="no")

    with pytest.raises(UsageError):
        BackgroundWork().result(("x",), fail, 10)


def test_queries_end_with_the_server(record_file: Path) -> None:
    from dragoman.web.request_limits import current_limit

    work, begun = BackgroundWork(), threading.Event()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def make() -> None:
        with (
            Record.open_to_read(record_file, limit=current_limit()) as record,
            record.reading() as connection,
        ):
            begun.set()
            connection.execute(endless).fetchone()

    assert work.result(("x",), make, 0.01) is None
    assert begun.wait(10)
    work.close()
    with pytest.raises(QueryTimeError):
        work.result(("x",), make, 30)


@pytest.mark.parametrize(
    "path", ["/ledger?party=GON", "/ledger?rows=events&text=gondor", "/dossiers/actor?id=GON"]
)
def test_a_page_is_sent_without_what_takes_long(
    record_file: Path, coder: Coder, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(record=record_file, actors=(data_folder() / "actors_invented",))
    app = create_app(settings, coder=coder)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        whole = answer.text
        assert "data-later" not in whole
        app.state.site.forget()
        monkeypatch.setattr("dragoman.web.routes_ledger._COUNTED_AT_ONCE", -1)
        monkeypatch.setattr("dragoman.web.routes_dossiers._READ_AT_ONCE", -1)
        with monkeypatch.context() as patch:
            patch.setattr(app.state.site.background, "result", lambda *given: None)
            without = client.get(path).text
        parts = set(re.findall(r'data-later="(\w+)"', without))
        assert parts
        assert all(f'id="{part}"' in without and f'id="{part}"' in whole for part in parts)
        (address, *_) = re.findall(r'href="([^"]+wait=true)"', without)
        assert client.get(address.replace("&amp;", "&")).text.count("data-count") == whole.count("data-count")
