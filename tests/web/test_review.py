"""Review on pages: access, saved verdicts, hidden verdicts of others, and conflicting saves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import open_record
from dragoman.coding.coder import Coder
from dragoman.coding.decision.calibration import FORMAT, Calibration, Line, ModelLines
from dragoman.model.readings import EventReading
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record, StoredEvent
from dragoman.web.app import Settings, create_app

TOKEN = "a-token-of-reviewers"
BASE = "http://127.0.0.1"


@pytest.fixture
def path(record_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(record_file, tmp_path / "review.sqlite"))


@pytest.fixture
def app(path: Path, settings: Settings, coder: Coder):
    return create_app(msgspec.structs.replace(settings, record=path, review_token=TOKEN), coder=coder)


class Reviewer:
    """A browser of a reviewer: keeps cookies, sends the forms of pages."""

    def __init__(self, app, name: str = "", token: str = TOKEN) -> None:
        self.client = TestClient(app, base_url=BASE, follow_redirects=False)
        if token:
            assert self.client.get("/review/enter", params={"token": token}).status_code == 303
        if name:
            self.form_token = self.field(self.client.get("/review").text, "form_token")
            done = self.client.post("/review/name", data={"form_token": self.form_token, "name": name})
            assert done.status_code == 303

    @staticmethod
    def field(page: str, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        assert found is not None, page
        return found[1]

    def judge(self, event: str, verdict: str = "accept", *, seen: int = 0, **more):
        data = {"form_token": self.form_token, "event": event, "verdict": verdict, "seen": seen, **more}
        return self.client.post("/review/verdict", data=data)

    def page(self, url: str) -> str:
        answer = self.client.get(url)
        assert answer.status_code == 200, answer.text
        return answer.text.replace("<bdi>", "").replace("</bdi>", "")

    def queued(self) -> str:
        return self.field(self.page("/review"), "event")


@pytest.fixture
def anna(app) -> Iterator[Reviewer]:
    yield Reviewer(app, "anna")


@pytest.fixture
def ben(app) -> Iterator[Reviewer]:
    yield Reviewer(app, "ben")


def readings(path: Path, **given):
    with Record.open(path) as record:
        return record.readings(**given)


def first(path: Path, **wanted) -> StoredEvent:
    with Record.open(path) as record:
        return next(record.events(EventFilter(**wanted)))


# Access ---------------------------------------------------------------------------------------------


def test_without_review_there_is_nothing(client: TestClient) -> None:
    for url in ("/review", "/review/enter", "/review/adjudicate", "/review/edit?event=x"):
        assert client.get(url).status_code == 403
    assert (
        client.post("/review/verdict", data={"event": "x", "verdict": "accept", "seen": "0"}).status_code
        == 403
    )
    for url in ("/ledger", "/report?id=council"):
        assert "/review" not in client.get(url).text.lower()


def test_a_wrong_token_opens_nothing(app, path: Path) -> None:
    other = Reviewer(app, token="")
    assert other.client.get("/review/enter", params={"token": TOKEN + "x"}).status_code == 403
    assert other.client.post("/review/enter", data={"token": "wrong"}).status_code == 403
    assert other.client.cookies.get("dragoman_review") is None
    assert "Token" in other.page("/review")
    event = first(path).event.id
    other.form_token = ""
    assert other.judge(event).status_code == 403
    assert readings(path) == []


@pytest.mark.parametrize("cookie", ["", "x", "x.y", ".", "nonce.", ".signature", "a.b.c"])
def test_a_made_up_session_opens_nothing(app, path: Path, cookie: str) -> None:
    other = Reviewer(app, token="")
    other.client.cookies.set("dragoman_review", cookie)
    other.client.cookies.set("dragoman_reader", "anna")
    other.form_token = cookie
    assert other.judge(first(path).event.id).status_code == 403
    assert "verdicts" not in other.page("/ledger")
    assert readings(path) == []


def test_a_form_of_another_session_is_refused(anna: Reviewer, ben: Reviewer, path: Path) -> None:
    event = first(path).event.id
    for wrong in ("", "x", ben.form_token):
        anna.form_token = wrong
        assert anna.judge(event).status_code == 403
    assert readings(path) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    ],
)  # fmt: skip
def test_another_site_cannot_send(anna: Reviewer, path: Path, headers: dict[str, str]) -> None:
    anna.client.headers.update(headers)
    assert anna.judge(first(path).event.id).status_code == 403
    assert readings(path) == []


def test_cookies_are_for_this_site_alone(app) -> None:
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    kept = client.get("/review/enter", params={"token": TOKEN}).headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=strict" in kept
    assert TOKEN not in kept


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\u202eb"])
def test_names_that_are_none(app, name: str) -> None:
    reviewer = Reviewer(app)
    form_token = reviewer.field(reviewer.page("/review"), "form_token")
    done = reviewer.client.post("/review/name", data={"form_token": form_token, "name": name})
    assert done.status_code == 422
    assert reviewer.client.cookies.get("dragoman_reader") is None


def test_a_hostile_name_is_shown_as_words(app, path: Path) -> None:
    one = Reviewer(app, "<script>alert(1)</script>")
    one.judge(first(path).event.id, note="<img src=x onerror=alert(2)>")
    ben = Reviewer(app, "ben")
    ben.judge(first(path).event.id, "reject")
    for url in ("/review", "/ledger", "/review/adjudicate"):
        page = ben.page(url)
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "evil", "/a\nb"]
)
def test_nobody_is_led_away(anna: Reviewer, path: Path, back: str) -> None:
    done = anna.judge(first(path).event.id, back=back)
    assert done.headers["location"] == "/review"


# Verdicts -------------------------------------------------------------------------------------------


def test_queue_goes_from_the_least_sure_to_the_end(anna: Reviewer, path: Path) -> None:
    with Record.open(path) as record:
        expected = [item.stored.event.id for item in record.review_queue(reader="anna", limit=100)]
    found = []
    for _ in expected:
        found.append(anna.queued())
        anna.judge(found[-1], "reject" if len(found) % 2 else "accept")
    assert found == expected
    assert "Nothing is left to judge" in anna.page("/review")
    assert len(readings(path, reader="anna")) == len(expected)


def test_skipping_goes_on_and_can_be_looked_at_again(anna: Reviewer) -> None:
    page = anna.page("/review?type=ACCUSE")
    skip = re.search(r'href="([^"]*)" data-key="n"', page)
    assert skip is not None
    following = anna.page(skip[1].replace("&amp;", "&"))
    assert "Nothing is left" in following or anna.field(following, "event") != anna.field(page, "event")


def test_undo_asks_the_event_again(anna: Reviewer, path: Path) -> None:
    event = anna.queued()
    anna.judge(event)
    page = anna.page("/review")
    data = {
        "form_token": anna.form_token,
        "reading": readings(path)[0].id,
        "ask_again": "yes",
        "back": "/review",
    }
    assert anna.field(page, "ask_again") == "yes"
    done = anna.client.post("/review/undo", data=data)
    assert urlsplit(done.headers["location"]).path == "/review"
    assert anna.field(anna.page(done.headers["location"]), "event") == event
    assert readings(path) == []


def test_nobody_undoes_what_another_said(anna: Reviewer, ben: Reviewer, path: Path) -> None:
    anna.judge(first(path).event.id)
    number = readings(path)[0].id
    done = ben.client.post("/review/undo", data={"form_token": ben.form_token, "reading": number})
    assert done.status_code == 404
    assert len(readings(path)) == 1


def test_beside_events_on_ledger_and_reader(anna: Reviewer, path: Path) -> None:
    event = first(path, document="council").event.id
    for url in ("/ledger", "/report?id=council"):
        page = anna.page(url)
        assert f'name="event" value="{event}"' in page
        assert "<kbd>a</kbd> accept" in page
    anna.judge(event, "reject", back="/ledger")
    assert "You rejected." in anna.page("/ledger")
    assert "You rejected." in anna.page("/report?id=council")


def edit_form(reviewer: Reviewer, event: str, **fields: str) -> dict[str, str]:
    page = reviewer.page(f"/review/edit?event={event}")
    given = {
        name: reviewer.field(page, name) for name in ("event", "seen", "form_token", "actors", "recipients")
    }
    return {"factuality": "certain", "polarity": "positive", "speaker": "", "day": "", **given, **fields}


def test_edit(anna: Reviewer, path: Path) -> None:
    stored = first(path, event_type="ACCUSE", actor="ARN")
    form = edit_form(anna, stored.event.id, event_type="REJECT", actors="Rohan", day="2022-02-01")
    assert anna.client.post("/review/edit", data=form).status_code == 303
    (reading,) = readings(path)
    assert {"event_type", "actors", "day"} <= set(reading.changed)
    with open_record(path, reviewed=True) as after:
        (found,) = after.events(EventFilter(event_type="REJECT", actor="ROH"))
        assert found.event.id == stored.event.id
    assert "You edited: type REJECT" in anna.page("/ledger")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"event_type": "NOTHING"}, "NOTHING"), ({"actors": "No One Known"}, "No One Known"),
        ({"day": "soon"}, "YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_a_wrong_edit_says_so_and_keeps_what_was_typed(
    anna: Reviewer, path: Path, fields: dict[str, str], says: str
) -> None:
    stored = first(path, event_type="ACCUSE")
    form = edit_form(anna, stored.event.id, **{"event_type": "ACCUSE", "note": "my note", **fields})
    done = anna.client.post("/review/edit", data=form)
    assert done.status_code == 422
    assert says in done.text
    assert "my note" in done.text
    assert readings(path) == []


def test_add(anna: Reviewer, path: Path) -> None:
    assert "/review/add?document=council" in anna.page("/report?id=council")
    form = {
        "form_token": anna.form_token, "document": "council", "words": "sheltering", "event_type": "AID",
        "actors": "Gondor", "factuality": "certain", "polarity": "positive",
    }  # fmt: skip
    assert anna.client.post("/review/add", data=form).status_code == 303
    (reading,) = readings(path)
    assert reading.verdict == "add"
    with open_record(path, reviewed=True) as after:
        assert reading.event in [s.event for s in after]
        assert after.check() == []
    wrong = anna.client.post("/review/add", data={**form, "words": "not in it"})
    assert (wrong.status_code, len(readings(path))) == (422, 1)
    assert anna.client.post("/review/add", data={**form, "document": "none"}).status_code == 404


# Two reviewers --------------------------------------------------------------------------------------


def test_blind_until_he_has_said_it_himself(anna: Reviewer, ben: Reviewer, path: Path) -> None:
    stored = first(path, document="council")
    anna.judge(stored.event.id, "reject", note="invented by the paper")
    for url in ("/ledger", "/report?id=council", f"/review?event={stored.event.id}"):
        page = ben.page(url)
        assert "anna" not in page
        assert "invented by the paper" not in page
    ben.judge(stored.event.id, "accept")
    for url in ("/ledger", "/report?id=council"):
        assert "invented by the paper" in ben.page(url)


def test_two_windows_of_one_reviewer(anna: Reviewer, path: Path) -> None:
    event = first(path).event.id
    assert anna.judge(event, "accept").status_code == 303
    conflict = anna.judge(event, "reject")
    assert conflict.status_code == 409
    assert "anna has saved another reading" in conflict.text
    assert [each.verdict for each in readings(path)] == ["accept"]
    # Sending the same verdict again is no conflict, and it is saved once.
    assert anna.judge(event, "accept").status_code == 303
    assert len(readings(path)) == 1
    assert anna.judge(event, "reject", seen=readings(path)[0].id).status_code == 303


def test_adjudication(app, anna: Reviewer, ben: Reviewer, path: Path) -> None:
    one, other, *_ = {item.id for item in _events(path)}
    for event in (one, other):
        anna.judge(event, "accept")
    ben.judge(one, "reject")
    ben.judge(other, "accept")
    chief = Reviewer(app, "chief")
    page = chief.page("/review/adjudicate")
    assert "1 open, 0 decided" in page
    assert "50.0 %" in page
    (taken,) = readings(path, reader="ben", event_id=one)
    form = {
        "form_token": chief.form_token,
        "event": one,
        "take": taken.id,
        "seen": "0",
        "note": "ben is right",
    }
    assert chief.client.post("/review/adjudicate", data=form).status_code == 303
    assert "0 open, 1 decided" in chief.page("/review/adjudicate")
    with Record.open(path) as record:
        assert record.current_event(one).shown is None
        assert record.current_event(other).shown is not None
    # A second adjudicator who has not seen this decision gets a conflict.
    assert anna.client.post(
        "/review/adjudicate", data={**form, "form_token": anna.form_token}
    ).status_code == 409  # fmt: skip


def add_form(reviewer: Reviewer, **fields: str) -> dict[str, str]:
    return {
        "form_token": reviewer.form_token, "document": "council", "words": "sheltering", "actors": "Gondor",
        "factuality": "certain", "polarity": "positive", **fields,
    }  # fmt: skip


def test_adjudication_of_added_events(app, anna: Reviewer, ben: Reviewer, path: Path) -> None:
    assert anna.client.post("/review/add", data=add_form(anna, event_type="AID")).status_code == 303
    page = anna.page("/review/adjudicate")
    assert "0 open, 0 decided" in page
    assert ben.client.post("/review/add", data=add_form(ben, event_type="SUPPORT")).status_code == 303
    page = Reviewer(app, "chief").page("/review/adjudicate")
    assert "1 open, 0 decided" in page and "as anna: AID" in page and "none of them" in page
    chief = Reviewer(app, "chief")
    about = Reviewer.field(page, "about")
    anna_reading, ben_reading = (reading.id for reading in readings(path, verdict="add"))
    form = {"form_token": chief.form_token, "about": about, "take": str(ben_reading), "seen": "0"}
    assert chief.client.post("/review/adjudicate/added", data=form).status_code == 303
    with open_record(path, reviewed=True) as after:
        types = {s.event.event_type for s in after.events(EventFilter(document="council"))}
        assert "SUPPORT" in types and "AID" not in types
    page = chief.page("/review/adjudicate")
    assert "0 open, 1 decided" in page and "chose:" in page
    # Decided meanwhile by another: the second form is refused and not stored.
    before = len(readings(path))
    again = chief.client.post("/review/adjudicate/added", data={**form, "take": str(anna_reading)})
    assert (again.status_code, len(readings(path))) == (409, before)
    seen = Reviewer.field(page, "seen")
    done = chief.client.post("/review/adjudicate/added", data={**form, "take": "0", "seen": seen})
    assert done.status_code == 303
    assert "rejected all of them" in chief.page("/review/adjudicate")
    with open_record(path, reviewed=True) as after:
        types = {s.event.event_type for s in after.events(EventFilter(document="council"))}
        assert not {"SUPPORT", "AID"} & types
    missing = chief.client.post("/review/adjudicate/added", data={**form, "about": "999999"})
    assert missing.status_code == 404


def test_a_reading_of_another_event_cannot_be_taken(anna: Reviewer, ben: Reviewer, path: Path) -> None:
    one, other, *_ = {item.id for item in _events(path)}
    anna.judge(one)
    (reading,) = readings(path)
    form = {"form_token": ben.form_token, "event": other, "take": reading.id, "seen": "0"}
    assert ben.client.post("/review/adjudicate", data=form).status_code == 404
    assert readings(path, kind="adjudicator") == []


@pytest.mark.parametrize(
    "data",
    [
        {"event": "none"}, {"verdict": "maybe"}, {"verdict": "edit"}, {"seen": "-1"}, {"seen": "x"},
        {"seen": "9" * 40}, {"event": ""}, {"event": "x" * 500},
    ],
)  # fmt: skip
def test_odd_forms_are_refused(anna: Reviewer, path: Path, data: dict[str, str]) -> None:
    given = {"event": first(path).event.id, "verdict": "accept", "seen": "0", "form_token": anna.form_token}
    assert anna.client.post("/review/verdict", data=given | data).status_code in (400, 404, 422)
    assert readings(path) == []


def _events(path: Path):
    with Record.open(path) as record:
        return [stored.event for stored in record.events()]


def test_the_interface_gives_events_as_reviewed(anna: Reviewer, path: Path) -> None:
    event = first(path).event.id
    anna.judge(event, "reject")
    coded = anna.client.get("/api/events").json()["items"]
    shown = anna.client.get("/api/events?reviewed=true").json()["items"]
    assert [item for item in coded if item["event"]["id"] != event] == shown


def test_pages_after_review_say_so_and_can_be_left(anna: Reviewer, path: Path) -> None:
    event = first(path).event.id
    coded = anna.page("/ledger?rows=events")
    anna.judge(event, "reject")
    shown = anna.page("/ledger?rows=events&reviewed=true")
    rows = [int(re.search(r'data-rows="(\d+)"', page)[1]) for page in (coded, shown)]  # type: ignore[index]
    assert rows == [rows[0], rows[0] - 1]
    assert "Events after review" in shown and "Events after review" not in coded
    assert 'href="/ledger?rows=events" title="without this filter"' in shown
    assert anna.client.get(f"/event?id={event}&reviewed=true").status_code == 404
    assert anna.client.get(f"/event?id={event}").status_code == 200
    wrong = anna.client.get("/dossiers?reader=nobody")
    assert wrong.status_code == 422
    assert "first" in wrong.text
    assert anna.client.get("/review?reviewed=true").status_code == 422


def test_what_a_model_added_is_judged_on_the_pages(anna: Reviewer, path: Path) -> None:
    stored = first(path, document="council")
    event = msgspec.structs.replace(stored.event, id="theirs", event_type="THREATEN")
    with Record.open(path) as record:
        record.add_readings([EventReading(
            document_id="council", reader="llm", kind="model", verdict="add", event_id=None,
            event_type="THREATEN", trigger_start=event.trigger.start, trigger_end=event.trigger.end,
            event=event,
        )])  # fmt: skip
    page = anna.page("/ledger?reader=second")
    assert "theirs" in page
    anna.judge("theirs", "accept")
    assert "You accepted." in anna.page("/ledger?reader=second")
    assert "theirs" in anna.page("/ledger?reviewed=true")
    form = edit_form(anna, "theirs", event_type="THREATEN", actors="Rohan", recipients="")
    assert anna.client.post("/review/edit", data=form).status_code == 303
    with open_record(path, reviewed=True) as after:
        assert [ref.id for ref in after.event("theirs").event.actors] == ["ROH"]
    anna.judge("theirs", "reject", seen=str(readings(path)[-1].id))
    assert "theirs" not in anna.page("/ledger?reviewed=true")


def test_the_event_page_shows_what_a_models_agreement_is_worth(
    path: Path, settings: Settings, coder: Coder, tmp_path: Path
) -> None:
    line = Line(slope=1.0, shift=0.0)
    raised, lowered = Line(slope=1.0, shift=1.0), Line(slope=1.0, shift=-1.0)
    calibration = Calibration(
        format=FORMAT, line=line, threshold=None, verdicts=200, accepted=150,
        models=ModelLines(accepted=raised, not_accepted=lowered),
    )  # fmt: skip
    file = tmp_path / "calibration.json"
    file.write_bytes(msgspec.json.encode(calibration))
    with Record.open(path) as record:
        confirmed, other, *_ = record.events(EventFilter(document="council"))
        event = confirmed.event
        record.add_readings([EventReading(
            document_id="council", reader="llm", kind="model", verdict="accept", event_id=event.id,
            event_type=event.event_type, trigger_start=event.trigger.start, trigger_end=event.trigger.end,
        )])  # fmt: skip
    app = create_app(msgspec.structs.replace(settings, record=path, calibration=file), coder=coder)
    client = TestClient(app, base_url=BASE)
    page = client.get(f"/event?id={event.id}").text.replace("<bdi>", "").replace("</bdi>", "")
    value = calibration.confidence(event.confidence, model_accepts=True)
    assert f"{value:.2f} by the verdicts of reviewers, found by llm too" in page
    value = calibration.confidence(other.event.confidence, model_accepts=False)
    assert f"{value:.2f} by the verdicts of reviewers" in client.get(f"/event?id={other.event.id}").text
