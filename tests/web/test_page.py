"""The page shows a hostile report as text, rests on nothing outside itself, and keeps every character."""

from __future__ import annotations

import html
import re

import msgspec
import pytest

from dragoman.coding.coder import Coder
from dragoman.model.records import CodedDocument
from dragoman.web.marks import fields_of
from dragoman.web.page import render_page

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
