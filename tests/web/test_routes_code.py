"""Pasted reports: forms, errors, progress in words, and the document that is made of a form."""

from __future__ import annotations

import datetime as dt
import time
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from fastapi import Request
from starlette.testclient import TestClient

from dragoman.errors import DragomanError, NotFoundError, UsageError
from dragoman.model.documents import Document, Failure
from dragoman.model.identity import content_id
from dragoman.record.store import Record
from dragoman.web import routes_code
from dragoman.web.app import Settings, create_app
from dragoman.web.coding_jobs import Job
from dragoman.web.refusals import RefusedError

from .quick_record import html_of, stated, title_of, words_of

TEXT = "Arnor attacked Gondor. Rohan helped Gondor."
FORM = (
    "# Paste a report See how a report is read. Nothing is kept. {problem} <post /paste: The report, in "
    "English {{text={text}}} Title {{title={title}}} Published on {{published_on={day}}} Publisher "
    "{{publisher={publisher}}} Read it >"
)


class QuickCoder:
    """A coder of one sentence pattern; it waits as long as it is told, and fails on "impossible"."""

    def __init__(self, quick_code: Any) -> None:
        self.seconds = 0.0
        self._code = quick_code

    def code_document(self, document: Document) -> Any:
        time.sleep(self.seconds)
        return self._code(document)


@pytest.fixture
def coder_of_words(quick_code: Any) -> QuickCoder:
    return QuickCoder(quick_code)


@pytest.fixture
def pasting(tmp_path, coder_of_words: QuickCoder) -> TestClient:
    return _client(tmp_path, coder_of_words, patience=20.0)


def _client(folder: Any, coder: Any, **changed: Any) -> TestClient:
    path = folder / "pasted.sqlite"
    Record.open(path).close()
    app = create_app(Settings(record=path, rate=1000, **changed), coder=coder)
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def test_empty_form(pasting: TestClient) -> None:
    page = pasting.get("/paste").text
    assert title_of(page) == "Paste a report · Dragoman"
    form = FORM.format(problem="", text="", title="", day="", publisher="")
    assert words_of(page) == stated(form)
    (field,) = html_of(page).xpath("//textarea")
    assert field.get("maxlength") == "60000"


# What is sent, and the problem that is shown.
PROBLEMS = [
    ({}, "There is no text yet: paste a report of at least one sentence."),
    ({"text": " \n"}, "There is no text yet: paste a report of at least one sentence."),
    ({"text": "x" * 60_001}, "The text has 60,001 characters; the limit is 60,000. Paste a single report."),
    (
        {"text": TEXT, "published_on": "soon"},
        "“soon” is not a day of a report; write it as 2022-02-05.",
    ),
    (
        {"text": TEXT, "published_on": "0022-02-05"},
        "“0022-02-05” is not a day of a report; write it as 2022-02-05.",
    ),
]


@pytest.mark.parametrize(("given", "problem"), PROBLEMS)
def test_problems_of_a_form(pasting: TestClient, given: dict[str, str], problem: str) -> None:
    given = {"title": "A title", "publisher": "A paper", **given}
    answer = pasting.post("/paste", data=given)
    assert answer.status_code == 422
    form = FORM.format(
        problem=problem, text=given.get("text", ""), title="A title", publisher="A paper",
        day=given.get("published_on", ""),
    )  # fmt: skip
    assert words_of(answer.text) == stated(form)
    (field,) = html_of(answer.text).xpath("//textarea")
    assert field.get("maxlength") == "60000"


def test_longest_text_is_coded(pasting: TestClient) -> None:
    text = TEXT.ljust(60_000, "x")
    assert pasting.post("/paste", data={"text": text}).status_code == 200


NOTICE = "Nothing of this was kept in the record; the server forgets it in ten minutes."


def test_coded_report(pasting: TestClient) -> None:
    given = {"text": TEXT, "title": " On war ", "published_on": "2022-02-05", "publisher": " The Gazette "}
    answer = pasting.post("/paste", data=given)
    assert (answer.status_code, title_of(answer.text)) == (200, "On war · Dragoman")
    words = " ".join(words_of(answer.text))
    assert words.startswith(
        f"# On war 2022-02-05 · The Gazette · 2 events {NOTICE} [Paste another](/paste) verbal cooperation"
    )
    assert "this event alone" not in words
    assert "Other reports of this story" not in words


@pytest.mark.parametrize(("keep", "notice"), [("yes", "Kept in the record."), ("", NOTICE)])
def test_kept_report(tmp_path, coder_of_words: QuickCoder, keep: str, notice: str) -> None:
    client = _client(tmp_path, coder_of_words, patience=20.0, keep=True)
    answer = client.post("/paste", data={"text": "Arnor met Rohan.\r\nIt rained.", "keep": keep})
    words = " ".join(words_of(answer.text))
    assert f"1 event{'](' if keep else ' ' + notice}" in words
    assert notice in words
    assert ("this event alone" in words) == bool(keep)
    with Record.open(tmp_path / "pasted.sqlite") as record:
        documents, _ = record.document_page()
        assert [each.text for each in documents] == (["Arnor met Rohan.\nIt rained."] if keep else [])


def test_report_of_a_server_that_keeps_nothing(pasting: TestClient) -> None:
    answer = pasting.post("/paste", data={"text": TEXT, "keep": "yes"})
    assert answer.status_code == 403
    words = " ".join(words_of(answer.text))
    assert "Not allowed this server keeps nothing; start it with --keep to allow it see /api" in words


def test_report_that_cannot_be_coded(pasting: TestClient) -> None:
    answer = pasting.post("/paste", data={"text": "impossible"})
    assert answer.status_code == 422
    assert "cannot be coded" in answer.text


def test_report_that_takes_longer(tmp_path, coder_of_words: QuickCoder) -> None:
    coder_of_words.seconds = 0.4
    client = _client(tmp_path, coder_of_words, patience=0.0)
    answer = client.post("/paste", data={"text": TEXT, "title": "On war"})
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert place.startswith("/paste/progress?id=")
    id = place.partition("=")[2]
    page = client.get(place).text
    assert title_of(page) == "Being coded · Dragoman"
    words = " ".join(words_of(page))
    assert words.startswith("# Your report is being coded On war Being coded for 0 s; 43 characters usually")
    assert f"<post /paste/cancel: {{id={id}}} Cancel>" in words
    told = client.get(f"/paste/state?id={id}").json()
    assert (told["finished"], told["share"] < 0.6) == (False, True)
    job = client.app.state.site.jobs.get(id)
    assert job.wait(5)
    assert client.get(f"/paste/state?id={id}").json()["finished"]
    assert title_of(client.get(place).text) == "On war · Dragoman"


def _ended(client: TestClient, problem: DragomanError | None) -> str:
    """Put a finished job into the list of jobs and return its id."""
    job = Job(
        Document(id="a", text=TEXT), {"text": TEXT, "title": "On war", "published_on": "", "publisher": ""}
    )
    job.progress.state = "cancelled" if problem is None else "failed"
    job.problem = problem
    job.finished.set()
    client.app.state.site.jobs._jobs[job.id] = job
    return job.id


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (None, "Cancelled; nothing was kept."),
        (RefusedError(message="the text is not a report", status=422, code="x"), "The text is not a report."),
    ],
)
def test_report_that_ended_badly(pasting: TestClient, problem: DragomanError | None, words: str) -> None:
    id = _ended(pasting, problem)
    answer = pasting.get(f"/paste/progress?id={id}")
    assert answer.status_code == 200
    form = FORM.format(problem=words, text=TEXT, title="On war", day="", publisher="")
    assert words_of(answer.text) == stated(form)
    assert html_of(answer.text).xpath("//textarea")[0].get("maxlength") == "60000"


def test_cancelling(pasting: TestClient) -> None:
    id = _ended(pasting, None)
    answer = pasting.post("/paste/cancel", data={"id": id})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/paste/progress?id={id}")
    assert pasting.app.state.site.jobs.get(id).progress.cancelled.is_set()


def test_report_that_was_forgotten(pasting: TestClient) -> None:
    for answer in (pasting.get("/paste/progress?id=x"), pasting.get("/paste/state?id=x"),
                   pasting.post("/paste/cancel", data={"id": "x"})):  # fmt: skip
        assert answer.status_code == 404
        words = " ".join(words_of(answer.text))
        assert "pasted report 'x' is not there" in words
        assert "a pasted report is forgotten ten minutes after it was coded; paste it again" in words
    with pytest.raises(NotFoundError):
        routes_code._job(pasting.app.state.site, "x")


# State, reports before, seconds since it began, expected seconds, words, share.
TOLD = [
    ("loading", 0, 0, 1, "The coder is being loaded; this takes some seconds, once.", None),
    ("waiting", 0, 0, 1, "About to begin.", None),
    ("waiting", 1, 0, 1, "Waiting: 1 other report first.", None),
    ("waiting", 2, 0, 1, "Waiting: 2 other reports first.", None),
    ("coding", 0, 2, 8, "Being coded for 2 s; 2,000 characters usually take about 8 s.", 0.25),
    ("coding", 0, 9, 8, "Being coded for 9 s; 2,000 characters usually take about 8 s.", 0.95),
    ("coding", 0, 1, 3, "Being coded for 1 s; 2,000 characters usually take about 3 s.", 0.33),
]


@pytest.mark.parametrize(("state", "before", "began", "expected", "words", "share"), TOLD)
def test_progress_in_words(
    monkeypatch: pytest.MonkeyPatch, state: str, before: int, began: int, expected: float, words: str,
    share: float | None,
) -> None:  # fmt: skip
    monkeypatch.setattr(routes_code, "time", SimpleNamespace(monotonic=lambda: 100.0))
    jobs = SimpleNamespace(before=lambda job: before, expected=lambda job: expected)
    job = SimpleNamespace(
        progress=SimpleNamespace(began=100.0 - began), state=state, document=Document(id="a", text="x" * 2000)
    )
    assert routes_code._told(SimpleNamespace(jobs=jobs), job) == {"words": words, "share": share}


def _request(client: TestClient, host: tuple[str, int] | None = ("1.2.3.4", 5)) -> Request:
    return Request({"type": "http", "app": client.app, "client": host, "headers": [], "path": "/"})


FIELDS = {"text": TEXT, "title": None, "published_on": dt.date(2022, 2, 5), "publisher": "A paper"}


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"text": "x" * 60_001}, RefusedError),
        ({"text": "x\ud800"}, UsageError),
        ({"title": "x\udfff"}, UsageError),
        ({"publisher": "x\udbff"}, UsageError),
    ],
)
def test_texts_that_are_refused(pasting: TestClient, changed: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        routes_code._document(_request(pasting), FIELDS | changed)


@pytest.mark.parametrize("text", ["x\ud7ff", "x\ue000", "x" * 60_000])
def test_document_of_a_form(pasting: TestClient, text: str) -> None:
    found = routes_code._document(_request(pasting), FIELDS | {"text": text})
    assert found == Document(
        id=content_id(text), text=text, published_on=dt.date(2022, 2, 5), publisher="A paper"
    )


def test_texts_are_counted_by_address(pasting: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(pasting.app.state, "rate", SimpleNamespace(take=taken.append))
    routes_code._document(_request(pasting), FIELDS)
    routes_code._document(_request(pasting, None), FIELDS)
    assert taken == ["1.2.3.4", ""]


def test_code_for_programs(pasting: TestClient) -> None:
    answer = pasting.post("/api/code", json={"text": TEXT, "title": "On war", "published_on": "2022-02-05"})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["document"]["title"], found["document"]["published_on"]) == ("On war", "2022-02-05")
    assert [each["event_type"] for each in found["events"]] == ["ASSAULT", "AID"]
    failed = pasting.post("/api/code", json={"text": "impossible"})
    assert (failed.status_code, failed.json()["error"]["code"]) == (422, "not_valid")


def test_failure_for_programs(pasting: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    failure = Failure(document_id="a", error="TypingError", message="cannot be read")
    monkeypatch.setattr(pasting.app.state.site, "code", lambda document: failure)
    answer = pasting.post("/api/code", json={"text": TEXT})
    assert answer.status_code == 422
    assert msgspec.json.decode(answer.content)["error"]["message"] == "cannot be read"


@pytest.mark.parametrize(
    ("text", "is_day"),
    [("2022-02-05", True), ("2022-02-30", False), ("x", False), ("0022-02-05", False), ("", False)],
)
def test_days_of_reports(text: str, is_day: bool) -> None:
    assert routes_code._is_day(text) is is_day
