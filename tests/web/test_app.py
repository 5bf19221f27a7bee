"""Every page and answer: there, escaped, under a strict policy, refused in one shape when it cannot be."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.coding.coder import Coder
from dragoman.errors import NotFoundError, UsageError
from dragoman.record.store import Record
from dragoman.web.app import Settings, create_app

pytestmark = pytest.mark.pipeline

PAGES = (
    "/", "/reports", "/reports?q=sanctions", "/reports?q=nowhere", "/report?id=council", "/ledger",
    "/ledger?actor=ARN&type=ACCUSE", "/ledger?between=ARN,GON", "/ledger?actor=ISL",
    "/ledger?text=rebel*&order=oldest", "/dossiers", "/ledger?min_confidence=0.8",
    "/map?min_confidence=0.8", "/dossiers/actor?id=ARN", "/dossiers/dyad?actor=ARN&recipient=GON",
    "/dossiers/issue?id=sanctions", "/dossiers/issue?id=rebels", "/network",
    "/network?quad=verbal_conflict&since=2022-01-01", "/map", "/map?type=AGREE",
    "/map?since=1999-01-01&until=1999-02-01", "/paste", "/codebook", "/codebook/threaten", "/actors",
    "/actors?q=gondor", "/actors?kind=state", "/search", "/search?q=arnor", "/search?q=nobody+here",
    "/compare", "/compare?a=Arnor&b=ARN>GON&measure=intensity&layout=multiples", "/map?show=part",
    "/network?ego=Arnor&sort=bloc", "/ledger?rows=events&look=table", "/ledger?order=oldest&party=arnor",
    "/dossiers/actor?id=arnor&by=day", "/stories", "/api",
)  # fmt: skip
ANSWERS = (
    "/api/documents", "/api/document?id=council", "/api/events", "/api/counts?by=actor",
    "/api/attributions?document=council", "/api/stories", "/api/entries", "/api/search?q=sanctions",
    "/api/views/positions", "/api/views/disputes?unanswered=true", "/api/views/pledges?party=ROH",
    "/api/views/sanctions", "/api/views/mediation",
    "/api/dyads/series?actor=ARN&recipient=GON", "/api/network", "/api/openapi.json",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.text.count("<h1") == 1
    assert "style=" not in response.text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", response.text)
    # Words of reports stand between tags and, escaped, inside quoted attributes; the rest is our own.
    tags = re.sub(r'"[^"<>]*"', '""', re.sub(r">[^<]*<", "><", response.text))
    assert not re.search(r"\son[a-z]+=", tags)


@pytest.mark.parametrize("path", [*PAGES, *ANSWERS, "/static/app.css", "/nothing", "/api/nothing"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ANSWERS)
def test_answer_with_its_tag(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, response.text
    assert response.json() is not None
    again = client.get(path, headers={"if-none-match": f'"other", W/{response.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/nothing", 404, "not_found"),
        ("/api/document?id=nobody", 404, "not_found"),
        ("/api/event?id=nobody", 404, "not_found"),
        ("/api/events?type=SHOUT", 400, "bad_request"),
        ("/api/events?acter=RUS", 422, "not_valid"),
        ("/api/events?since=soon", 400, "bad_request"),
        ("/api/events?actor=Gondorrr", 400, "bad_request"),
        ("/api/counts?by=day&publisher=The+Bree+Currier", 400, "bad_request"),
        ("/api/events?limit=0", 422, "not_valid"),
        ("/api/events?min_confidence=1.5", 422, "not_valid"),
        ("/api/events?min_confidence=nan", 422, "not_valid"),
        ("/api/events?cursor=%00", 400, "bad_request"),
        ("/api/events?text=%21", 400, "bad_request"),
        ("/api/events?text=%22", 400, "bad_request"),
        ("/api/events.csv?text=%22", 400, "bad_request"),
        ("/api/events.jsonl?issue=%22", 400, "bad_request"),
        ("/api/search?q=%22", 400, "bad_request"),
        ("/api/search?q=" + "+".join(f"{letter}*" for letter in "abcdefg"), 400, "bad_request"),
        (f"/api/events?cursor=-_{'9' * 30}", 400, "bad_request"),
        (f"/api/documents?cursor=2022-02-02_{'9' * 30}", 400, "bad_request"),
        ("/api/documents?cursor=2022-02-02_-1", 400, "bad_request"),
        ("/api/events?since=2022-02-02&until=2021-01-01", 400, "bad_request"),
        ("/api/events?between=ARN", 400, "bad_request"),
        ("/api/views/dreams", 422, "not_valid"),
        ("/api/counts?by=colour", 422, "not_valid"),
        ("/api/code", 405, "not_allowed"),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, status: int, code: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.json()["error"].keys() == {"code", "message", "hint"}
    assert response.json()["error"]["code"] == code


@pytest.mark.parametrize("path", ["/nothing", "/report?id=nobody", "/ledger?since=soon", "/codebook/SHOUT"])
def test_errors_are_pages_for_people(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (400, 404, 422)
    assert "<h1>" in response.text


@pytest.mark.parametrize("query", ["text=rebels", "type=ACCUSE", "quad=verbal_conflict"])
def test_a_network_is_of_the_events_that_its_filter_finds(client: TestClient, query: str) -> None:
    events = client.get(f"/api/events?limit=500&{query}").json()["items"]
    pairs = {
        (actor["country"] or actor["id"], recipient["country"] or recipient["id"])
        for stored in events
        for actor in stored["event"]["actors"]
        for recipient in stored["event"]["recipients"]
    }
    whole = {(edge["actor"], edge["recipient"]) for edge in client.get("/api/network").json()}
    found = {(edge["actor"], edge["recipient"]) for edge in client.get(f"/api/network?{query}").json()}
    assert found
    assert found <= pairs
    assert found <= whole


def test_a_network_about_words_leads_to_their_events(client: TestClient) -> None:
    assert "text=rebels" in client.get("/network?text=rebels").text
    assert "No tie in this period" in client.get("/network?text=nobodywrotethis").text


def test_hostile_report_is_text_everywhere(client: TestClient) -> None:
    name = "bad/<b>&\"'"
    for path in ("/", "/ledger", "/?q=gondor", "/stories", "/dossiers/actor?id=GON"):
        assert_tame(client.get(path).text)
    page = client.get("/report", params={"id": name})
    assert page.status_code == 200
    assert_tame(page.text)
    assert "U+202E" in page.text
    assert "&lt;script&gt;alert(1)" in re.sub(r"<[^>]+>", "", page.text)


def assert_tame(page: str) -> None:
    for sign in ("<script>alert", "<img", "<svg onload", "<style", "<i>x", "\u202e", "\u202c"):
        assert sign not in page


def test_every_character_of_a_report_is_in_its_page(client: TestClient, record_file: Path) -> None:
    import html

    with Record.open(record_file) as record:
        text = record.document("council").text
    page = client.get("/report?id=council").text
    paragraphs = re.findall(r'<p class="text" dir="auto">(.*?)</p>', page, re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", "".join(paragraphs))) == text


def test_only_web_addresses_become_links(client: TestClient) -> None:
    assert (
        'href="https://example.org/council" rel="noopener noreferrer nofollow"'
        in client.get("/report?id=council").text
    )
    page = client.get("/report?id=river").text
    assert 'href="javascript' not in page
    assert "javascript:alert(4)" in page


def test_foreign_hosts_and_origins_are_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1.evil.example:8765"}).status_code == 421
    assert client.get("/", headers={"host": "[::1]:8765"}).status_code == 200
    foreign = {"origin": "http://evil.example"}
    assert client.post("/paste", data={"text": "x"}, headers=foreign).status_code == 403
    assert client.post("/api/code", json={"text": "x"}, headers={"origin": "null"}).status_code == 403
    for broken in ("http://[", "http://127.0.0.1:99999999999", "://", ""):
        refused = client.post("/api/code", json={"text": "x"}, headers={"origin": broken})
        assert refused.status_code == 403, broken
        assert "content-security-policy" in refused.headers
    # Another site may link here, but its scripts may not request anything.
    behind = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/api/search?q=Gondor", headers=behind).status_code == 403
    led = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/reports?q=Gondor", headers=led).status_code == 200
    cross = {"sec-fetch-site": "cross-site"}
    assert client.post("/api/code", json={"text": "x"}, headers=cross).status_code == 403


def test_code_a_text(client: TestClient) -> None:
    answer = client.post("/api/code", json={"text": "Arnor threatened Gondor.", "published_on": "2022-02-01"})
    assert answer.status_code == 200
    (event,) = answer.json()["events"]
    assert (event["event_type"], event["actors"][0]["id"]) == ("THREATEN", "ARN")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": ""}, 422), ({"text": "   "}, 422), ({}, 422), ({"text": "x" * 60_001}, 422),
        ({"text": "x", "colour": "red"}, 422), ({"text": "x", "published_on": "soon"}, 422),
    ],
)  # fmt: skip
def test_texts_that_cannot_be_coded(client: TestClient, body: dict[str, str], status: int) -> None:
    answer = client.post("/api/code", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_half_characters_and_long_bodies(client: TestClient) -> None:
    half = client.post("/api/code", content=b'{"text": "Arnor \\ud800 met Gondor."}')
    assert half.status_code in (400, 422)
    assert client.post("/api/code", content=b"x" * 1_100_000).status_code == 413
    lies = client.post("/api/code", content=iter([b"x" * 600_000, b"y" * 600_000]))
    assert lies.status_code in (400, 413, 422)


def test_too_many_texts(settings: Settings, coder: Coder) -> None:
    import msgspec

    app = create_app(msgspec.structs.replace(settings, rate=2), coder=coder)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        found = [client.post("/api/code", json={"text": "Arnor met Gondor."}).status_code for _ in range(3)]
    assert found == [200, 200, 429]


def test_pasted_report_is_shown_and_not_kept(client: TestClient, record_file: Path) -> None:
    before = record_state(record_file)
    text = "Arnor accused Gondor of spying.\r\n\r\n<script>alert(1)</script>"
    page = client.post("/paste", data={"text": text, "title": "<b>"})
    assert page.status_code == 200
    assert 'class="mark verbal_conflict"' in page.text
    assert "<script>alert" not in page.text
    assert client.post("/paste", data={"text": text, "keep": "yes"}).status_code == 403
    assert record_state(record_file) == before


def record_state(path: Path) -> dict[str, int]:
    with Record.open(path) as record:
        return record.stats()


def test_pasted_report_is_kept_when_asked(record_file: Path, coder: Coder, tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    shutil.copy(record_file, path)
    app = create_app(Settings(record=path, keep=True, patience=60.0), coder=coder)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        page = client.post("/paste", data={"text": "Arnor met Gondor in Bree.", "keep": "yes"})
        assert "Kept in the record" in page.text
    assert record_state(path)["documents"] == record_state(record_file)["documents"] + 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": " "}, "no text yet"),
        ({"text": "x" * 60_001}, "the limit is"),
        ({"text": "Arnor", "published_on": "soon"}, "not a day of a report"),
        ({"text": "Arnor", "published_on": "0001-01-03"}, "not a day of a report"),
        ({"text": "Arnor", "published_on": "9999-12-27"}, "not a day of a report"),
    ],
)
def test_paste_says_what_is_wrong(client: TestClient, data: dict[str, str], words: str) -> None:
    page = client.post("/paste", data=data)
    assert page.status_code == 422
    assert words in page.text


@pytest.mark.parametrize(
    "data",
    [
        {"text": "Der Außenminister warnte am Montag vor einem neuen Krieg und vor dessen Folgen für alle."},
        {"text": "Arnor met Gondor.\x00 Rohan came too."},
    ],
)
def test_what_is_kept_is_checked_as_readers_check(
    record_file: Path, coder: Coder, tmp_path: Path, data: dict[str, str]
) -> None:
    path = tmp_path / "kept.sqlite"
    shutil.copy(record_file, path)
    app = create_app(Settings(record=path, keep=True, patience=60.0), coder=coder)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        page = client.post("/paste", data={**data, "keep": "yes"})
        assert page.status_code == 422
        title = {"text": "Arnor met Gondor in Bree.", "title": "a\x1b[31m\nb", "keep": "yes"}
        assert client.post("/paste", data=title).status_code == 200
    assert record_state(path)["documents"] == record_state(record_file)["documents"] + 1
    with Record.open(path) as record:
        assert {document.title for document in record.documents()} >= {"a [31m b"}


@pytest.mark.parametrize("day", ["0001-01-03", "9999-12-27", "9999-12-31"])
def test_a_day_that_cannot_be_is_refused(client: TestClient, day: str) -> None:
    answer = client.post("/api/code", json={"text": "Arnor met Gondor.", "published_on": day})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_valid")
    for path in ("/ledger", "/map", "/network", "/api/views/pledges", "/api/network"):
        assert client.get(path, params={"since": day}).status_code == 200


def test_nothing_is_kept_of_what_failed(settings: Settings, coder: Coder) -> None:
    site = create_app(settings, coder=coder).state.site

    def fail() -> None:
        raise UsageError(message="no")

    for number in range(50):
        with pytest.raises(UsageError):
            site.cached(("x", number), fail)
    assert (len(site._cache), len(site._making)) == (0, 0)
    assert site.cached(("x", 0), lambda: 1) == 1


def test_nobody_waits_for_an_answer_that_is_made_anew(
    settings: Settings, coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = create_app(settings, coder=coder).state.site
    stamps = iter(range(100))
    # The record changes all the time.
    monkeypatch.setattr(site, "_stamp", lambda: (next(stamps),))
    for _ in range(3):
        site.cached(("y",), lambda: None)
    assert site.cached(("x",), lambda: "old") == "old"
    assert site.cached(("x",), lambda: "new") == "old"
    monkeypatch.setattr("dragoman.web.site._FRESH", 0.0)
    begun, go_on = threading.Event(), threading.Event()

    def make() -> str:
        begun.set()
        assert go_on.wait(10)
        return "new"

    thread = threading.Thread(target=site.cached, args=(("x",), make))
    thread.start()
    assert begun.wait(10)
    assert site.cached(("x",), lambda: "mine") == "old"
    go_on.set()
    thread.join()
    monkeypatch.setattr("dragoman.web.site._FRESH", 5.0)
    assert site.cached(("x",), lambda: "mine") == "new"


def test_a_fault_of_ours_carries_the_policy(
    settings: Settings, coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Record, *given: object, **more: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(Record, "stories", fail)
    app = create_app(settings, coder=coder)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/api/stories")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "broken")
    assert "content-security-policy" in answer.headers


def test_no_more_requests_than_can_be_served(settings: Settings, coder: Coder) -> None:
    app = create_app(settings, coder=coder)
    app.state.limits._most = 0
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/api/documents")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        app.state.limits._most = 1
        assert client.get("/api/documents").status_code == 200
        assert len(app.state.limits) == 0


def test_pages_of_events_follow_each_other(client: TestClient) -> None:
    everything = client.get("/api/events?limit=500").json()["items"]
    found, cursor = [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = client.get("/api/events", params=query).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == everything
    assert len(found) > 4


def test_exports_hold_what_the_filter_lets_through(client: TestClient) -> None:
    expected = {item["event"]["id"] for item in client.get("/api/events?party=GON&limit=500").json()["items"]}
    lines = client.get("/api/events.jsonl?party=GON").text.splitlines()
    assert {json.loads(line)["event"]["id"] for line in lines} == expected
    rows = list(csv.DictReader(io.StringIO(client.get("/api/events.csv?party=GON").text)))
    assert {row["event_id"] for row in rows} == expected
    assert all(row["evidence"][:1] not in "=+-@" for row in rows)
    assert {row["carried_by"] for row in rows} == {"rule"}


def test_events_below_the_confidence_are_left_out(client: TestClient) -> None:
    events = client.get("/api/events?limit=500").json()["items"]
    least = max(item["event"]["confidence"] for item in events)
    sure = {item["event"]["id"] for item in events if item["event"]["confidence"] >= least}
    assert 0 < len(sure) < len(events)
    found = client.get(f"/api/events?min_confidence={least}&limit=500").json()["items"]
    assert {item["event"]["id"] for item in found} == sure
    assert client.get("/api/counts?by=event_type&min_confidence=1").json() == {}
    page = client.get(f"/ledger?rows=events&min_confidence={least}").text
    assert page.count('class="event-line') == len(sure)
    assert "confidence from" in page
    assert client.get("/api/network?min_confidence=1").json() == []
    assert "No tie in this period" in client.get("/network?min_confidence=1").text


def test_pair_in_both_directions(client: TestClient) -> None:
    items = client.get("/api/events?between=GON,ARN").json()["items"]
    assert {item["event"]["event_type"] for item in items} >= {"ACCUSE"}


@pytest.mark.parametrize(
    ("phrase", "id"), [("Gondor", "GON"), ("gon", "GON"), ("the Gondorian government", "GON")]
)
def test_find_a_dossier(client: TestClient, phrase: str, id: str) -> None:
    response = client.get("/dossiers/find", params={"q": phrase})
    assert response.status_code == 303
    assert response.headers["location"].startswith(f"/dossiers/actor?id={id}")


def test_empty_record(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "empty.sqlite"
    Record.open(path).close()
    with TestClient(create_app(Settings(record=path), coder=coder), base_url="http://127.0.0.1") as client:
        for page in ("/", "/ledger", "/dossiers", "/network", "/map", "/stories", "/dossiers/actor?id=RUS"):
            response = client.get(page)
            assert response.status_code == 200
            assert "empty" in response.text


def test_no_record(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="record"):
        create_app(Settings(record=tmp_path / "none.sqlite"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/actors/one?id=GON", "/dossiers/actor?id=GON"),
        ("/?q=sanctions", "/reports?q=sanctions"),
    ],
)
def test_old_addresses_lead_on(client: TestClient, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["location"]) == (301, new)


@pytest.mark.parametrize(
    ("typed", "chip", "link"),
    [
        ("actor=gondor", "Gondor", "actor=GON"),
        ("dyad=Arnor>GON", "Arnor toward Gondor", "dyad=ARN%3EGON"),
        ("quad=4", "material conflict", "quad=material_conflict"),
        ("type=sanctions", "SANCTION", "type=SANCTION"),
        ("about=Taiwan+independence", "Taiwan independence", "about=taiwan-independence"),
        ("since=2022-02", "2022-02-01", "since=2022-02-01"),
    ],
)
def test_filters_take_names_and_chips_show_them(client: TestClient, typed: str, chip: str, link: str) -> None:
    page = client.get(f"/ledger?{typed}")
    assert page.status_code == 200
    chips = re.search(r'<ul class="chips".*?</ul>', page.text, re.DOTALL)
    assert chips is not None and chip in chips[0]
    assert f"/api/events.csv?{link}" in page.text


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("actor=Gondorr", "Gondor (GON)"), ("type=SANCTIN", "SANCTION"), ("context=militry", "military"),
        ("publisher=The+Bree+Currier", "The Bree Courier"), ("about=taiwan-arm", "taiwan-arms"),
        ("place=Geneav", "Geneva"), ("quad=material_conflct", "material_conflict"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/ledger", "/network", "/map", "/api/events"])
def test_an_unknown_value_is_an_error_with_the_near_ones(
    client: TestClient, path: str, typed: str, near: str
) -> None:
    answer = client.get(f"{path}?{typed}")
    assert answer.status_code == 400
    assert near in answer.text


def test_an_event_has_a_page(client: TestClient) -> None:
    stored = client.get("/api/events?type=ACCUSE").json()["items"][-1]
    event = stored["event"]
    page = client.get("/event", params={"id": event["id"]})
    assert page.status_code == 200
    assert "<mark>" in page.text
    for words in (event["rule"], f"{event['confidence']:.2f}", event["id"], "the publisher"):
        assert words in page.text
    assert client.get("/event?id=nothing").status_code == 404


def test_the_ledger_lists_each_thing_once(client: TestClient) -> None:
    once = client.get("/api/entries?limit=500").json()["items"]
    page = client.get("/ledger").text
    assert page.count('class="event-line') == min(len(once), 50)
    single = client.get("/ledger?rows=events").text
    assert f'data-rows="{len(client.get("/api/events?limit=500").json()["items"])}"' in single


def test_the_ledger_oldest_first_is_the_newest_first_turned_round(client: TestClient) -> None:
    def ids(order: str) -> list[str]:
        found, cursor = [], ""
        while True:
            page = client.get(f"/ledger?limit=3&order={order}{cursor}").text
            found += re.findall(r'class="type" href="/event\?id=([^"]+)"', page)
            following = re.search(r'rel="next" href="[^"]*?cursor=([^&"]+)', page)
            if following is None:
                return found
            cursor = f"&cursor={following[1]}"

    assert len(ids("newest")) > 6
    assert ids("oldest") == ids("newest")[::-1]


def test_denials_and_ifs_are_marked(client: TestClient) -> None:
    page = client.get("/ledger?rows=events&text=attacks").text
    assert '<span class="flag">if</span>' in page


def test_no_bare_codes_of_countries_and_sectors(client: TestClient) -> None:
    page = client.get("/report?id=council").text + client.get("/ledger").text
    assert not re.search(r"\b(ARN|GON|ROH|IGO) (GOV|MIL|IGO)\b", page)
    assert "government" in page


@pytest.mark.parametrize("path", ["/reports", "/search"])
def test_words_found_in_a_report_are_highlighted(client: TestClient, path: str) -> None:
    page = client.get(path, params={"q": "sanctions"}).text
    marked = re.findall(r'<p class="found">.*?</p>', page, re.DOTALL)
    assert marked
    assert all(re.search(r"<mark>(<bdi>)?[Ss]anctions", words) for words in marked)
    assert not any("[" in words for words in marked)
