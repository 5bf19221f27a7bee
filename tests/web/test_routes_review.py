"""Review pages over the small record: entering, the queue, forms, and what each saves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman.errors import ConflictError
from dragoman.model.readings import EventReading
from dragoman.record.store import Record
from dragoman.web.routes_review import _keep, _local

from .quick_record import client_of, html_of, stated, title_of, words_of, write_small

TOKEN = "a-token-of-reviewers"
FILTERS = (
    "Filters <get /review: Order {{order={order} of 3}} Words {{text=}} Actor {{actor=}} Recipient "
    "{{recipient=}} "
    "Type {{type={type} of 17}} Publisher {{publisher=}} Since {{since=}} Until {{until=}} Confidence from "
    "{{min_confidence=}} Show > The verdicts of others on an event are shown once you have given your own. "
    "[Change your name](/review/name)"
)
TOKEN_PAGE = (
    "# Review {problem} Verdicts are kept for reviewers only. The token is printed by dragoman serve "
    "--review, "
    "or given to you by the person who runs the server. <post /review/enter: Token {{token=}} Enter >"
)
NAME_PAGE = (
    "# Review {problem} Enter the name under which your verdicts are saved. It is kept in this browser. "
    "<post /review/name: {{form_token=#}} Name {{name={name}}} Go on >"
)
AID = (
    "Arnor accused Gondor of spying. Rohan helped Gondor with 500 troops in Edoras on 4 February. "
    'The court of Rohan said: "Gondor met Arnor." who Rohan what AID toward whom Gondor according to '
    "the publisher how firmly certain, past how much 500 troops when 2022-02-04 where Edoras, Rohan contexts "
    "military intensity +6 (PLOVER), CAMEO 072, Goldstein +8.3 rule quick, confidence 0.75, found by a rule "
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_small(tmp_path / "review.sqlite")


@pytest.fixture
def visitor(path: Path) -> TestClient:
    return client_of(path, review_token=TOKEN)


@pytest.fixture
def anna(visitor: TestClient) -> TestClient:
    return enter(visitor, "anna")


def enter(client: TestClient, name: str) -> TestClient:
    """Open a session and give a name."""
    client.get("/review/enter", params={"token": TOKEN})
    client.post("/review/name", data={"form_token": token_of(client), "name": name})
    return client


def token_of(client: TestClient) -> str:
    """Return the form token of a session."""
    return str(html_of(client.get("/review/name").text).xpath("//input[@name='form_token']/@value")[0])


def send(client: TestClient, place: str, **fields: Any) -> Any:
    """Send a form of a session."""
    return client.post(f"/review/{place}", data={"form_token": token_of(client), **fields})


def readings(path: Path) -> list[EventReading]:
    with Record.open(path) as record:
        return record.readings()


# Entering ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["/review", "/review/enter", "/review/name"])
def test_page_for_the_token(visitor: TestClient, place: str) -> None:
    answer = visitor.get(place)
    assert (answer.status_code, title_of(answer.text)) == (200, "Review · Dragoman")
    assert words_of(answer.text) == stated(TOKEN_PAGE.format(problem=""))


def test_wrong_token(visitor: TestClient) -> None:
    answer = visitor.post("/review/enter", data={"token": "wrong"})
    assert answer.status_code == 403
    assert words_of(answer.text) == stated(TOKEN_PAGE.format(problem="this is not the review token"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_token_then_name(visitor: TestClient, method: str) -> None:
    given = {"params": {"token": TOKEN}} if method == "get" else {"data": {"token": TOKEN}}
    answer = getattr(visitor, method)("/review/enter", **given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    for place in ("/review", "/review/name", "/review/enter"):
        assert words_of(visitor.get(place).text) == stated(NAME_PAGE.format(problem="", name=""))
    answer = send(visitor, "name", name=" ")
    assert answer.status_code == 422
    problem = "a reviewer's name has 1 to 60 letters"
    assert words_of(answer.text) == stated(NAME_PAGE.format(problem=problem, name=""))
    answer = send(visitor, "name", name="anna")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert words_of(visitor.get("/review/name").text) == stated(NAME_PAGE.format(problem="", name="anna"))


def test_server_without_review(path: Path) -> None:
    answer = client_of(path).get("/review")
    assert answer.status_code == 403
    assert "this server keeps no verdicts; start it with --review to allow it" in answer.text


def test_pages_for_reviewers_only(visitor: TestClient) -> None:
    for place in ("edit?event=river-1", "add?document=river", "adjudicate"):
        answer = visitor.get(f"/review/{place}")
        assert answer.status_code == 403
        assert (
            "verdicts are kept for reviewers only: open /review, give the token and your name" in answer.text
        )
    # A name without a session is not enough.
    visitor.cookies.set("dragoman_reader", "anna")
    assert visitor.get("/review/adjudicate").status_code == 403
    assert words_of(visitor.get("/review").text) == stated(TOKEN_PAGE.format(problem=""))


# The queue --------------------------------------------------------------------------------------------


def test_queue(anna: TestClient) -> None:
    page = anna.get("/review").text
    assert title_of(page) == "Review · Dragoman"
    assert words_of(page) == stated(
        "# Review 0 of 6 judged 2022-02-09 · The Gazette · [Council of the "
        "north](/report?id=council#e-council-2) "
        + AID
        + "<post /review/verdict: {form_token=#} {back=/review} {event=council-2} {seen=0} accept "
        "[edit](/review/edit?event=council-2 &back=%2Freview) reject [add](/review/add?document=council "
        "&back=%2Freview)> [skip](/review?cursor=0.75_2) " + FILTERS.format(order="least_sure", type="")
    )


def test_one_event_with_filters(anna: TestClient) -> None:
    url = "/review?event=council-2&type=ASSAULT&order=newest"
    back = "%2Freview%3Fevent%3Dcouncil-2%26type%3DASSAULT%26order%3Dnewest"
    assert words_of(anna.get(url).text) == stated(
        "# Review 0 of 2 judged [type ASSAULT ×, remove](/review?order=newest) 2022-02-09 · The Gazette · "
        "[Council of the north](/report?id=council#e-council-2) " + AID
        + "<post /review/verdict: {form_token=#} {back=" + url + "} {event=council-2} {seen=0} accept "
        "[edit](/review/edit?event=council-2 &back=" + back + ") reject [add](/review/add?document=council "
        "&back=" + back + ")> [skip](/review?type=ASSAULT &order=newest) "
        + FILTERS.format(order="newest", type="ASSAULT")
    )  # fmt: skip


def test_order_and_skipping(anna: TestClient) -> None:
    seen = []
    place = "/review?order=oldest"
    for _ in range(3):
        page = html_of(anna.get(place).text)
        seen.append(page.xpath("//input[@name='event']/@value")[0])
        (place,) = page.xpath("//a[@data-key='n']/@href")
        assert place.startswith("/review?order=oldest&cursor=")
    assert len(set(seen)) == 3
    # Of all skipped events the page offers the return to them.
    for _ in range(3):
        page = html_of(anna.get(place).text)
        place = (page.xpath("//a[@data-key='n']/@href") or [place])[0]
    words = " ".join(words_of(anna.get(place).text))
    assert "## Nothing is left to judge [Return to the skipped events](/review?order=oldest)." in words


def test_last_verdict_can_be_undone(anna: TestClient, path: Path) -> None:
    send(anna, "verdict", event="council-2", seen=0, verdict="accept")
    words = " ".join(words_of(anna.get("/review?order=newest&cursor=2022-02-09_1").text))
    assert words.startswith("# Review 1 of 6 judged")
    undo = (
        "<post /review/undo: {form_token=#} {back=/review?order=newest&cursor=2022-02-09_1} {reading=1} "
        "{ask_again=yes} Last: AID accepted. undo >"
    )
    assert undo in words
    for back, to in (
        ("/review", "/review?event=council-2"),
        ("/review?order=newest", "/review?order=newest&event=council-2"),
    ):
        number = readings(path)[-1].id
        answer = send(anna, "undo", reading=number, back=back, ask_again="yes")
        assert (answer.status_code, answer.headers["location"]) == (303, to)
        assert readings(path) == []
        send(anna, "verdict", event="council-2", seen=0, verdict="accept")
    answer = send(anna, "undo", reading=readings(path)[-1].id, back="/ledger")
    assert answer.headers["location"] == "/ledger"


# Verdicts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_verdict(anna: TestClient, path: Path, verdict: str) -> None:
    answer = send(anna, "verdict", event="river-1", seen=0, verdict=verdict, note=" sure ", back="/ledger")
    assert (answer.status_code, answer.headers["location"]) == (303, "/ledger")
    (found,) = readings(path)
    assert msgspec.structs.replace(found, made_at="", id=0) == EventReading(
        document_id="river", reader="anna", kind="person", verdict=verdict, event_id="river-1",
        event_type="ASSAULT", trigger_start=6, trigger_end=14, note="sure",
    )  # fmt: skip


def test_verdict_that_is_none(anna: TestClient, path: Path) -> None:
    answer = send(anna, "verdict", event="river-1", seen=0, verdict="edit")
    assert answer.status_code == 400
    assert "use accept or reject" in answer.text
    assert readings(path) == []
    assert send(anna, "verdict", event="none", seen=0, verdict="accept").status_code == 404


def test_same_form_twice_is_saved_once(anna: TestClient, path: Path) -> None:
    for _ in range(2):
        answer = send(anna, "verdict", event="river-1", seen=0, verdict="accept", note="x")
        assert answer.status_code == 303
    assert len(readings(path)) == 1
    for changed in ({"verdict": "reject", "note": "x"}, {"verdict": "accept", "note": "y"}):
        assert send(anna, "verdict", event="river-1", seen=0, **changed).status_code == 409
    assert len(readings(path)) == 1


def test_another_event_in_the_same_form_is_a_conflict(path: Path) -> None:
    with Record.open(path) as record:
        stored = record.event("river-1")
        made = EventReading(
            document_id="river", reader="anna", kind="person", verdict="edit", event_id="river-1",
            event_type="ASSAULT", trigger_start=6, trigger_end=14, event=stored.event,
        )  # fmt: skip
        _keep(record, made, seen=0)
        _keep(record, made, seen=0)
        changed = msgspec.structs.replace(stored.event, factuality="possible")
        with pytest.raises(ConflictError):
            _keep(record, msgspec.structs.replace(made, event=changed), seen=0)
        assert len(record.readings()) == 1


# Forms ------------------------------------------------------------------------------------------------

EDIT = (
    "# Edit the event {problem} Arnor accused Gondor of spying. Rohan helped Gondor with 500 troops in "
    "Edoras on "
    '4 February. The court of Rohan said: "Gondor met Arnor." <post /review/edit: {{form_token=#}} '
    "{{back={back}}} "
    "{{event=council-1}} {{seen={seen}}} Type {{event_type={type} of 17}} Mode {{event_mode={mode} of "
    "{modes}}} "
    "Actors {{actors={actors}}} Recipients {{recipients={recipients}}} According to {{speaker=}} Factuality "
    "{{factuality=certain of 4}} Polarity {{polarity=positive of 2}} Day {{day=}} Note {{note={note}}} "
    "Parties are names or ids, with a semicolon between them. Save [Cancel]({back}) >"
)
CODED = {
    "type": "ACCUSE",
    "mode": "allege",
    "actors": "ARN",
    "recipients": "GON",
    "note": "",
    "seen": "0",
}


def modes_of(client: TestClient) -> int:
    """Return the number of choices of a mode: all modes, and none."""
    return 1 + sum(len(entry.modes) for entry in client.app.state.site.codebook.types.values())


@pytest.mark.parametrize(
    ("back", "to"), [("", "/review"), ("&back=/ledger", "/ledger"), ("&back=x", "/review")]
)
def test_form_of_an_edit(anna: TestClient, back: str, to: str) -> None:
    page = anna.get(f"/review/edit?event=council-1{back}").text
    assert title_of(page) == "Edit the event · Dragoman"
    assert words_of(page) == stated(EDIT.format(problem="", back=to, modes=modes_of(anna), **CODED))


def test_modes_in_order(anna: TestClient) -> None:
    page = html_of(anna.get("/review/edit?event=council-1").text)
    types = anna.app.state.site.codebook.types
    groups = page.xpath("//select[@name='event_mode']/optgroup")
    assert [group.get("label") for group in groups] == [name for name, entry in types.items() if entry.modes]
    for group in groups:
        assert group.xpath("option/@value") == sorted(types[group.get("label")].modes)


def test_wrong_edit(anna: TestClient, path: Path) -> None:
    typed = {"event_type": "REJECT", "actors": "Nobody at all", "note": "hm"}
    answer = send(anna, "edit", event="council-1", seen=7, back="//evil", **typed)
    assert answer.status_code == 422
    problem = "nobody known is called 'Nobody at all'; `dragoman list actors --search` finds ids"
    assert words_of(answer.text) == stated(EDIT.format(
        problem=problem, back="/review", modes=modes_of(anna), type="REJECT", mode="", actors="Nobody at all",
        recipients="", note="hm", seen="7",
    ))  # fmt: skip
    assert readings(path) == []


def test_edit(anna: TestClient, path: Path) -> None:
    typed = {"event_type": "REJECT", "event_mode": "", "actors": "ARN", "recipients": "Mordor; Gondor",
             "speaker": "", "factuality": "certain", "polarity": "positive", "day": ""}  # fmt: skip
    answer = send(anna, "edit", event="council-1", seen=0, back="/ledger", note=" why ", **typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ledger")
    (found,) = readings(path)
    assert found.event is not None
    assert (found.verdict, found.note) == ("edit", "why")
    assert (found.event_id, found.event_type) == ("council-1", "ACCUSE")
    assert (found.event.event_type, [ref.id for ref in found.event.recipients]) == ("REJECT", ["MOR", "GON"])
    assert set(found.changed) == {"event_type", "event_mode", "recipients"}
    # The form now has the reviewer's own values and the number of the reading.
    assert words_of(anna.get("/review/edit?event=council-1").text) == stated(EDIT.format(
        problem="", back="/review", modes=modes_of(anna), type="REJECT", mode="", actors="ARN",
        recipients="MOR; GON", note="", seen=str(found.id),
    ))  # fmt: skip
    # An accepted event is edited from its coded values.
    send(anna, "verdict", event="council-1", seen=found.id, verdict="accept")
    latest = readings(path)[-1]
    given = CODED | {"seen": str(latest.id)}
    assert words_of(anna.get("/review/edit?event=council-1").text) == stated(
        EDIT.format(problem="", back="/review", modes=modes_of(anna), **given)
    )


ADD = (
    "# Add an event {problem} <post /review/add: {{form_token=#}} {{back={back}}} {{document=river}} Words "
    "that "
    "report it, as in the text {{words={words}}} Type {{event_type= of 17}} Mode {{event_mode= of "
    "{modes}}} Actors "
    "{{actors={actors}}} Recipients {{recipients=}} According to {{speaker=}} Factuality "
    "{{factuality=certain of 4}} "
    "Polarity {{polarity=positive of 2}} Day {{day=}} Note {{note={note}}} Parties are names or ids, with a "
    "semicolon between them. Save [Cancel]({back}) > ## The report Arnor attacked Gondor in Osgiliath. "
    "Gondor "
    "threatened Mordor: if the river is closed, war will follow."
)


def test_form_of_an_addition(anna: TestClient) -> None:
    page = anna.get("/review/add?document=river").text
    assert title_of(page) == "Add an event · Dragoman"
    assert words_of(page) == stated(
        ADD.format(problem="", back="/review", words="", actors="", note="", modes=modes_of(anna))
    )


def test_wrong_addition(anna: TestClient, path: Path) -> None:
    given = {"words": "closed", "actors": "Gondor", "note": "hm"}
    answer = send(anna, "add", document="river", back="/ledger", **given)
    assert answer.status_code == 422
    assert words_of(answer.text) == stated(
        ADD.format(problem="an added event needs a type", back="/ledger", modes=modes_of(anna), **given)
    )
    assert readings(path) == []


def test_addition(anna: TestClient, path: Path) -> None:
    given = {"words": "closed", "actors": "Gondor", "event_type": "COERCE", "factuality": "possible",
             "polarity": "positive"}  # fmt: skip
    answer = send(anna, "add", document="river", note=" missed ", **given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    (found,) = readings(path)
    assert found.event is not None
    assert (found.document_id, found.reader, found.kind, found.verdict) == ("river", "anna", "person", "add")
    assert (found.event_type, found.note, found.event.factuality) == ("COERCE", "missed", "possible")
    assert (found.trigger_start, found.trigger_end) == (78, 84)
    assert (found.event.trigger.start, found.event.trigger.end) == (78, 84)


@pytest.mark.parametrize(
    ("back", "to"),
    [("/ledger?a=b", "/ledger?a=b"), ("//evil", "/review"), ("http://evil", "/review"), ("", "/review"),
     ("/\\evil", "/review"), ("/a\nb", "/review")],
)  # fmt: skip
def test_way_back(back: str, to: str) -> None:
    assert _local(back) == to
