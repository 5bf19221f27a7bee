"""The page shows a hostile report as text, rests on nothing outside itself, and keeps every character."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import lxml.html
import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.model.escaping import policy_hash
from dragoman.model.records import CodedDocument
from dragoman.web import page as web_page
from dragoman.web.marks import fields_of, spans_of
from dragoman.web.page import render_page

from .quick_record import small_reports

pytestmark = pytest.mark.pipeline

HOSTILE = (
    "Arnor accused Gondor <script>alert(1)</script> of spying on Monday.\n"
    'Gondor denied it. "</script><img src=x onerror=alert(2)>" Rohan attacked Mordor \u202egnil\u202c now.'
)


def test_hostile_text_is_shown_not_run(coder: Coder) -> None:
    page = render_page(coder.code(HOSTILE, id="<b>", title="<svg onload=alert(3)>"))
    assert page.count("<script") == 2  # the data and our own
    assert "<img" not in page
    assert "<svg" not in page
    assert "\u202e" not in page
    assert "U+202E" in page


def test_nothing_outside_is_asked_for(coded: CodedDocument) -> None:
    page = render_page(coded)
    assert not re.search(r"(?:src|href)\s*=|https?://|url\(|@import", page)
    assert "default-src 'none'" in page


def test_every_character_of_the_report_is_there(coded: CodedDocument) -> None:
    page = render_page(coded)
    article = re.search(r"<article[^>]*>(.*?)</article>", page, re.DOTALL)
    assert article is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", article.group(1))) == coded.document.text


def test_each_event_has_a_mark_and_an_entry(coded: CodedDocument) -> None:
    page = render_page(coded)
    for number in range(len(coded.events)):
        assert f'id="event-{number}"' in page
    assert page.count('class="mark ') == len({event.trigger.start for event in coded.events})


@pytest.mark.parametrize(
    ("carried_by", "words"), [("rule", "a rule"), ("model", "the model"), ("both", "rule and model")]
)
def test_an_entry_says_what_found_its_event(coded: CodedDocument, carried_by: str, words: str) -> None:
    event = msgspec.structs.replace(coded.events[0], carried_by=carried_by, confidence=0.873, rule="ACCUSE/x")
    page = render_page(msgspec.structs.replace(coded, events=(event,)))
    told = f"ACCUSE/x, confidence 0.87, found by {words}"
    assert told in page
    assert ("trigger", "rule", told) in fields_of(event)


# Pages of the small record, without a language model.


def small_page(number: int, **changed: Any) -> Any:
    coded = msgspec.structs.replace(small_reports()[number], **changed)
    return lxml.html.fromstring(render_page(coded)), coded


def test_head_of_the_page() -> None:
    page, _ = small_page(0)
    assert page.findtext(".//title") == page.findtext(".//h1") == "Council of the north"
    assert page.xpath("string(//p[@class='facts'])") == "2022-02-09 · The Gazette · 3 events"
    bare, _ = small_page(3)
    assert bare.findtext(".//title") == "denial"
    assert bare.xpath("string(//p[@class='facts'])") == "2 events"
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script, style = (page.xpath(f"string(//{name}[not(@type)])") for name in ("script", "style"))
    static = Path(web_page.__file__).parent / "static"
    assert script == (static / "page.js").read_text("utf-8")
    assert style == (static / "page.css").read_text("utf-8")
    assert policy == (f"default-src 'none'; script-src {policy_hash(script)}; style-src {policy_hash(style)}")


def test_marks_of_the_page() -> None:
    page, coded = small_page(1)
    article = page.xpath("//article")[0]
    assert article.text_content() == coded.document.text
    buttons = [(each.get("class"), each.get("data-event"), each.get("data-at"), each.text_content(),
                each.get("aria-label")) for each in article.findall("button")]  # fmt: skip
    assert buttons == [
        ("mark material_conflict", "0", "6", "attacked", "Arnor: assault toward Gondor; certain, past"),
        ("mark verbal_conflict", "1", "43", "threatened",
         "Gondor: threaten toward Mordor; possible, future, inside an if"),
    ]  # fmt: skip
    starts = [int(each.get("data-at")) for each in article]
    assert starts == sorted({0, 5, 6, 14, 15, 21, 25, 34, 35, 36, 42, 43, 53, 54, 60, 62, 84, 86, 101})
    data = json.loads(page.xpath("string(//script[@type='application/json'])"))
    assert data == {"events": [{"spans": [list(span) for span in spans_of(event)]} for event in coded.events]}


def test_trigger_of_two_events_is_that_of_the_first() -> None:
    coded = small_reports()[2]
    page, _ = small_page(2, events=coded.events * 2)
    assert page.xpath("//article/button/@data-event") == ["0"]


def test_entries_of_the_page() -> None:
    page, _ = small_page(0)
    items = page.xpath("//ol[@id='events']/li")
    assert [(item.get("id"), item.get("class")) for item in items] == [
        ("event-0", "verbal_conflict"), ("event-1", "material_cooperation"),
        ("event-2", "verbal_cooperation"),
    ]  # fmt: skip
    told = [
        [(row.get("data-field"), row.findtext("dt"), row.findtext("dd")) for row in item.findall("dl/div")]
        for item in items
    ]
    assert told[0] == [
        ("actors", "who", "Arnor"), ("recipients", "toward whom", "Gondor"),
        ("speaker", "according to", "the publisher"), ("trigger", "how firmly", "certain, past"),
        ("issue", "about", "spying"), ("evidence", "contexts", "intelligence, human_rights"),
        ("trigger", "rule", "quick, confidence 0.90, found by a rule"),
    ]  # fmt: skip
    assert told[1] == [
        ("actors", "who", "Rohan"), ("recipients", "toward whom", "Gondor"),
        ("speaker", "according to", "the publisher"), ("trigger", "how firmly", "certain, past"),
        ("amounts", "how much", "500 troops"), ("date", "when", "2022-02-04"),
        ("place", "where", "Edoras ROH"),
        ("evidence", "contexts", "military"), ("trigger", "rule", "quick, confidence 0.75, found by a rule"),
    ]  # fmt: skip
    assert told[2][2] == ("speaker", "according to", "court of Rohan (ROH JUD)")
    heads = [item.find("button").text_content() for item in items]
    assert heads[0] == "ACCUSE / allege Arnor accused Gondor of spying."
    assert heads[2] == "CONSULT Gondor met Arnor."
    assert [item.find("button").get("data-event") for item in items] == ["0", "1", "2"]


def test_place_without_a_country() -> None:
    coded = small_reports()[2]
    where = msgspec.structs.replace(coded.events[0].place, country=None)
    page, _ = small_page(2, events=(msgspec.structs.replace(coded.events[0], place=where),))
    (row,) = page.xpath("//div[@data-field='place']/dd/text()")
    assert row.strip() == "Osgiliath"
