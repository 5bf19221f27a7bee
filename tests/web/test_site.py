"""State of a server: names in words, the cache, and what is read from the settings."""

from __future__ import annotations

import itertools
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup
from starlette.testclient import TestClient

from dragoman.errors import UsageError
from dragoman.model.documents import Document
from dragoman.record.store import Record
from dragoman.web import shown, site
from dragoman.web.coding_jobs import Progress
from dragoman.web.shown import Shown
from dragoman.web.site import Settings, Site, kind_words, sector_words, unlisted_name

from .quick_record import write_small

# Identifier and name of a party that the actor files do not list.
UNLISTED = [
    ("IGO", "international organisations"),
    ("jan-jansen", "Jan Jansen"),
    ("Jan-Jansen", "Jan-Jansen"),
    ("jansen", "jansen"),
    ("XYZ", "XYZ"),
    ("ROH:GOV", "Rohan: government"),
    ("ROH:GOV:MIL", "Rohan: military"),
    ("G:GOV:officials", "officials"),
    ("G:GOV:senior-officials", "senior officials"),
    ("ROH:", "ROH:"),
    ("G:", "G:"),
]


@pytest.mark.parametrize(("identifier", "name"), UNLISTED)
def test_names_of_unlisted_parties(identifier: str, name: str) -> None:
    assert unlisted_name(identifier, {"ROH": "Rohan"}) == name


def test_words_of_codes(small: TestClient) -> None:
    here = small.app.state.site
    assert (sector_words("MIL"), sector_words("x")) == ("military", "x")
    assert (here.code_words("MIL"), here.code_words("ROH")) == ("military", "Rohan")
    assert (here.name("ROH"), here.name(None), here.name("")) == ("Rohan", "", "")
    assert here.name("ROH:JUD") == "Rohan: courts"
    assert kind_words("a_b_c") == "a b c"
    assert here.type_names() == list(here.codebook.types)
    assert here.issues is here.codebook.issues
    assert here.state_names["ROH"] == "Rohan"


def test_names_of_places(small: TestClient) -> None:
    here = small.app.state.site
    with here.record() as record:
        key = next(place.key for place in record.places() if place.name == "Edoras")
        assert [here.place_name(record, each) for each in (key, "ROH", "x")] == ["Edoras", "Rohan", "x"]


def test_settings() -> None:
    given = Settings(record=Path("x"))
    assert given.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert (given.codebook, given.actors, given.keep, given.rate) == ((), (), False, 30)
    assert (given.review_token, given.calibration, given.patience) == (None, None, 1.5)


def test_settings_of_the_coding_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record = tmp_path / "r.sqlite"
    made = Site(Settings(record=record, codebook=(Path("a"),), actors=(Path("b"),), calibration=Path("c")))
    folders = made._pool._settings
    assert folders.codebook == (str(tmp_path / "a"),)
    assert folders.actors == (str(tmp_path / "b"),)
    assert folders.calibration == str(tmp_path / "c")
    assert Site(Settings(record=record))._pool._settings.calibration is None
    assert made.review_access is None
    with_review = Site(Settings(record=record, review_token="a-token-of-reviewers"))
    assert with_review.review_access is not None
    with pytest.raises(UsageError):
        Site(Settings(record=record, review_token="short"))


def test_coding_with_a_given_coder(tmp_path: Path) -> None:
    coder = SimpleNamespace(code_document=lambda document: document.text.upper())
    made = Site(Settings(record=tmp_path / "r.sqlite"), coder=coder)
    progress = Progress()
    assert made.code(Document(id="a", text="b"), progress) == "B"
    assert progress.state == "coding"
    assert made.code(Document(id="a", text="b")) == "B"


def test_coding_in_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Site(Settings(record=tmp_path / "r.sqlite"))
    given: list[Any] = []
    monkeypatch.setattr(made._pool, "code", lambda *parts: given.append(parts) or "coded")
    document, progress = Document(id="a", text="b"), Progress()
    assert made.code(document, progress) == "coded"
    assert given == [(document, progress)]


def test_keeping_a_report(tmp_path: Path, quick_code: Any) -> None:
    path = tmp_path / "r.sqlite"
    Record.open(path).close()
    made = Site(Settings(record=path))
    assert made.cached(("total",), lambda: _total(made)) == 0
    made.keep(quick_code(Document(id="a", text="Arnor met Gondor.")))
    assert made.cached(("total",), lambda: _total(made)) == 1
    with Record.open(path) as record:
        assert record.stats()["runs"] == 1
        (run,) = record._connection.execute("SELECT documents, failures, ended_at FROM runs").fetchall()
        assert tuple(run)[:2] == (1, 0)
        assert run[2]


def _total(made: Site) -> int:
    with made.record() as record:
        return record.total()


# The cache --------------------------------------------------------------------------------------------


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(site, "time", made)
    return made


@pytest.fixture
def here(tmp_path: Path) -> Site:
    path = tmp_path / "r.sqlite"
    path.write_bytes(b"record")
    return Site(Settings(record=path))


STAMPS = itertools.count(10**9)


def change(here: Site) -> None:
    """Change the record: its time of change is another."""
    at = next(STAMPS)
    os.utime(here.settings.record, ns=(at, at))


def counted(here: Site, key: str = "a") -> int:
    """Return how often the answer of a key has been computed."""
    made = here.__dict__.setdefault("made", {})

    def make() -> int:
        made[key] = made.get(key, 0) + 1
        return int(made[key])

    return here.cached((key,), make)


def test_answers_are_kept_until_the_record_changes(here: Site, clock: Clock) -> None:
    assert [counted(here), counted(here), counted(here, "b")] == [1, 1, 1]
    clock.now += 10_000
    assert counted(here) == 1
    change(here)
    assert [counted(here), counted(here)] == [2, 2]
    here.forget()
    assert counted(here) == 3


def test_answers_are_kept_by_what_is_shown(here: Site) -> None:
    assert counted(here) == 1
    token = shown._current.set(Shown(reviewed=True))
    try:
        assert counted(here) == 2
    finally:
        shown._current.reset(token)


def test_while_the_record_changes_often_answers_may_be_old(here: Site, clock: Clock) -> None:
    assert counted(here) == 1
    for number in (2, 3):
        change(here)
        assert counted(here) == number
    # The third change within five seconds: answers of less than five seconds are returned.
    change(here)
    assert counted(here) == 3
    clock.now += 4.9
    change(here)
    # Three changes within five seconds: those of the start and this one.
    assert counted(here) == 3
    clock.now += 0.2
    change(here)
    assert counted(here) == 4


def test_changes_long_ago_do_not_count(here: Site, clock: Clock) -> None:
    counted(here)
    for number in (2, 3, 4, 5):
        change(here)
        clock.now += 2.5
        assert counted(here) == number


def test_write_ahead_log_counts_if_it_is_not_empty(here: Site) -> None:
    path = here.settings.record
    log = path.with_name(path.name + "-wal")
    first = here._stamp()
    assert first == (path.stat().st_mtime_ns, 6)
    log.write_bytes(b"")
    assert here._stamp() == first
    log.write_bytes(b"x")
    assert here._stamp() == (*first, log.stat().st_mtime_ns, 1)
    path.unlink()
    assert here._stamp() == (log.stat().st_mtime_ns, 1)


def test_no_more_answers_than_the_limit(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "_KEPT", 2)
    counted(here, "a"), counted(here, "b")
    assert counted(here, "a") == 1
    counted(here, "c")
    # "b" was used least recently.
    assert (len(here._cache), len(here._making)) == (2, 2)
    assert [counted(here, "a"), counted(here, "c"), counted(here, "b")] == [1, 1, 2]


def test_errors_are_not_kept(here: Site) -> None:
    def fail() -> None:
        raise UsageError(message="no")

    for _ in range(2):
        with pytest.raises(UsageError):
            here.cached(("a",), fail)
    assert here._making == {}
    counted(here)
    change(here)
    with pytest.raises(UsageError):
        here.cached(("a",), fail)
    assert len(here._making) == 1
    assert counted(here) == 2


def test_old_answer_while_another_request_computes_it(here: Site, clock: Clock) -> None:
    assert counted(here) == 1
    for _ in range(3):
        change(here)
        here._kept(("x",), 0)
    lock = here._making[(Shown(), "a")]
    clock.now += 4.0
    change(here)
    with lock:
        assert counted(here) == 1
    # It is older than five seconds: only while another computes it, is it returned.
    clock.now += 1.0
    for _ in range(3):
        change(here)
        here._kept(("x",), 0)
    with lock:
        assert counted(here) == 1
    assert counted(here) == 2


def test_others_wait_for_the_first_answer(here: Site) -> None:
    begun, go = threading.Event(), threading.Event()
    found: list[int] = []

    def slow() -> int:
        begun.set()
        assert go.wait(5)
        return 7

    first = threading.Thread(target=lambda: found.append(here.cached(("a",), slow)))
    first.start()
    assert begun.wait(5)
    second = threading.Thread(target=lambda: found.append(here.cached(("a",), lambda: 8)))
    second.start()
    second.join(0.05)
    assert found == []
    go.set()
    first.join(5)
    second.join(5)
    assert found == [7, 7]


def test_parts_that_take_long(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def result(key: tuple[object, ...], make: Any, seconds: float) -> None:
        asked.append((key, make(), seconds))

    monkeypatch.setattr(here.background, "result", result)
    assert here.soon(("a",), lambda: 5) is None
    assert asked == [((Shown(), "a"), 5, 0.25)]
    # It was computed in the background; now it is returned at once.
    assert here.soon(("a",), lambda: 6) == 5
    assert here.soon(("b",), lambda: 6, wait=True) == 6
    assert len(asked) == 1


def test_closing(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    monkeypatch.setattr(here.background, "close", lambda: closed.append("background"))
    monkeypatch.setattr(here._pool, "close", lambda: closed.append("pool"))
    counted(here)
    here._copies[Shown(reviewed=True)] = object()
    here.close()
    assert closed == ["background", "pool"]
    assert (len(here._cache), here._copies) == (0, {})


def test_copy_of_what_is_shown_is_made_once(tmp_path: Path) -> None:
    made = Site(Settings(record=write_small(tmp_path / "r.sqlite")))
    token = shown._current.set(Shown(reviewed=True))
    try:
        with made.record() as record:
            assert record.total() == 6
        (copy,) = made._copies.values()
        made.forget()
        made.record().close()
        assert [*made._copies.values()] == [copy]
        made.coded_record().close()
    finally:
        shown._current.reset(token)


def test_templates_escape_text(small: TestClient) -> None:
    made = small.app.state.site.templates.from_string
    assert made("{{ a }}").render(a="<b>\u202e") == "&lt;b&gt;[U+202E]"
    assert made("{{ a }}").render(a=Markup("<b>")) == "<b>"
    assert made("{{ a | text }}").render(a="<b>") == "<bdi>&lt;b&gt;</bdi>"
    assert (
        made("{{ a | kind }} {{ 'MIL' | sector }} {{ 'ROH' | actor }}").render(a="x_y")
        == "x y military Rohan"
    )
    assert made("  {% if true %}\na\n  {% endif %}\n").render() == "a\n"
