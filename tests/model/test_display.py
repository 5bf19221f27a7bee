"""Reports and events as HTML for notebooks."""

from __future__ import annotations

import re

import pytest

from dragoman import EventTable
from dragoman.model.display import MOST_ROWS, document_html, events_html, say
from dragoman.model.documents import Document


@pytest.fixture
def coded(quick_code):
    text = "Arnor attacked Gondor. Gondor accused Arnor. <script>x</script> \u202eRohan helped Gondor."
    return quick_code(Document(id="d", title='A "title" <i>', text=text, publisher="Herald"))


def test_a_coded_report_marks_the_words_that_carry_events(coded) -> None:
    shown = coded._repr_html_()
    assert re.findall(r"<mark [^>]*>([^<]*)</mark>", shown) == ["attacked", "accused", "helped"]
    assert 'title="Arnor ASSAULT Gondor · certain"' in shown
    assert shown.count("<tr>") == 4
    assert "Herald" in shown


def test_a_report_is_hostile(coded) -> None:
    shown = coded._repr_html_() + coded.document._repr_html_() + coded.events[0]._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown
    assert "<i>" not in shown
    assert "\u202e" not in shown and "U+202E" in shown


def test_marks_leave_the_text_as_it_is(coded) -> None:
    shown = document_html(Document(id="d", text="Arnor attacked Gondor."), coded.events[:1])
    assert re.sub(r"<[^>]+>", "", shown).endswith("Arnor attacked Gondor.")


def test_a_long_table_says_how_many_there_are(coded) -> None:
    table = EventTable(coded.events * 40)
    assert table._repr_html_().count("<tr>") == MOST_ROWS + 1
    assert f"{MOST_ROWS} of 120 events" in table._repr_html_()
    assert "3 events" in events_html(coded.events)
    assert len(table) == 120


def test_a_denied_and_attributed_event_in_words(quick_code) -> None:
    (event,) = quick_code(Document(id="d", text="Arnor did not attack Gondor.")).events
    assert say(event) == "Arnor ASSAULT Gondor · not certain"
