"""Which date of a sentence is that of an act; never the day on which it was told."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.dates.binding import bind_date
from dragoman.coding.dates.extraction import find_dates
from dragoman.language.annotated import AnnotatedDocument
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline

# The act in brackets, the words of its date.
BOUND = [
    ("Arnor [attacked] Gondor on Friday.", "Friday"),
    ("On Friday, Arnor [attacked] Gondor.", "Friday"),
    ("Arnor condemned Friday's [attack] on Gondor.", "Friday"),
    ("Arnor crossed the river on Friday and [attacked] Gondor.", "Friday"),
    ("Arnor began [bombing] Gondor on Friday.", "Friday"),
    ("Arnor launched an [attack] on Friday.", "Friday"),
    ("Arnor said on Friday that it [supports] Gondor.", "Friday"),
    # The day of the telling is not that of what is told.
    ("Arnor said on Friday that Gondor [attacked] Dale.", None),
    ("Arnor said Friday it had [attacked] Gondor.", None),
    ("Rohan accused Arnor on Monday of [bombing] the city.", None),
    ("Rohan blamed Arnor on Monday for [killing] Bard.", None),
    ("On Monday, Rohan denied [bombing] the city.", None),
    ("Arnor spoke on Friday of its [attack] on Gondor.", None),
    ("On Friday, Arnor denied the [attack] on Gondor.", None),
    ("Arnor told Gondor on Monday that Rohan had [left].", None),
    ("Gondor was [attacked], Arnor said on Friday.", None),
    ("Arnor threatened on Monday to [attack] Gondor.", None),
    ("Arnor agreed on Friday to [withdraw] its troops.", None),
    ("Arnor prepared on Friday to [attack] Gondor.", None),
    ("Arnor said on Monday it tested a missile and [attacked] Bree.", None),
    ("Gondor announced on Monday it [expelled] an envoy and closed the pass.", None),
    # Nor is one before or after which it was done.
    ("Ahead of Friday's talks, Arnor [attacked] Gondor.", None),
    ("Arnor met Gondor on Friday. Rohan [left].", None),
]


@pytest.fixture(scope="module")
def dated(reading):
    def read(text: str):
        found = reading(text)
        document = Document(id="t", text=found.annotated.document.text, published_on=dt.date(2022, 2, 9))
        return found, AnnotatedDocument(document=document, doc=found.annotated.doc)

    return read


@pytest.mark.parametrize(("text", "words"), BOUND)
def test_the_date_of_an_act(dated, text, words):
    found, annotated = dated(text)
    date = bind_date(found.word, annotated.doc, find_dates(annotated))
    assert (date and annotated.text_of(date.start, date.end)) == words


# The same of a whole report: whenever the act is coded, it has not the day of the telling.
TOLD = [
    "Arnor said on Monday that Mordor had attacked Gondor.",
    "Rohan accused Mordor on Monday of attacking Gondor.",
    "On Monday, Arnor said Mordor had attacked Gondor.",
    "Mordor attacked Gondor, Arnor said on Monday.",
    "Arnor told reporters on Monday that Mordor attacked Gondor.",
    pytest.param(
        "According to a report on Monday, Mordor attacked Gondor.",
        marks=pytest.mark.xfail(
            reason="the day of a source named by *according to* is taken for that of the act"
        ),
    ),
]


@pytest.mark.parametrize("text", TOLD)
def test_the_day_of_the_telling_stays_with_the_telling(coder, text):
    events = coder.code(text, published_on="2022-02-09").events
    attacks = [event for event in events if event.event_type == "ASSAULT"]
    assert all(event.event_date is None for event in attacks)
