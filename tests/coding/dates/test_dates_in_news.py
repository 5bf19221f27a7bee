"""Dates as news writes them, each beside a sentence that looks like it and means another day or none."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.dates.binding import bind_date
from dragoman.coding.dates.extraction import find_dates
from dragoman.language.annotated import AnnotatedDocument
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline

# The act in brackets, first and last day; the report is of Wednesday, 9 February 2022.
WEDNESDAY = dt.date(2022, 2, 9)
ROWS = [
    ("A week ago on Monday, Arnor [shelled] Gondor.", "2022-01-31", "2022-01-31"),
    ("On Monday, Arnor [shelled] Gondor.", "2022-02-07", "2022-02-07"),
    ("Two weeks ago on Friday, Arnor [shelled] Gondor.", "2022-01-28", "2022-01-28"),
    ("Two weeks ago, Arnor [shelled] Gondor.", "2022-01-24", "2022-01-30"),
    ("On New Year’s Eve, Arnor [attacked] Gondor.", "2021-12-31", "2021-12-31"),
    ("On New Year's Day, Arnor [attacked] Gondor.", "2022-01-01", "2022-01-01"),
    ("Arnor [attacked] Gondor on Christmas Eve.", "2021-12-24", "2021-12-24"),
    ("Arnor [attacked] Gondor over Christmas.", "2021-12-25", "2021-12-25"),
    ("Arnor [attacked] the Christmas market of Gondor.", None, None),
    ("Arnor [banned] Christmas trees from Gondor.", None, None),
    ("Elrond to [visit] Gondor in May", "2022-05-01", "2022-05-31"),
    ("Elrond [visited] Gondor in May", "2021-05-01", "2021-05-31"),
    ("Elrond may [visit] Gondor.", None, None),
    ("Elrond is due to [visit] Gondor in January.", "2023-01-01", "2023-01-31"),
    ("Elrond [visited] Gondor in January.", "2022-01-01", "2022-01-31"),
    ("Arnor [protested] to Gondor on March 7.", "2021-03-07", "2021-03-07"),
    ("Thousands march as Arnor [protested] to Gondor.", None, None),
    ("March of thousands: Arnor [protested] to Gondor.", None, None),
    ("Shells [fell] on Gondor between Monday and Wednesday.", "2022-02-07", "2022-02-09"),
    ("Shells [fell] on Gondor from Feb. 3 to Feb. 5.", "2022-02-03", "2022-02-05"),
    ("Shells [fell] on Gondor on Feb. 3 and 5.", "2022-02-03", "2022-02-05"),
    ("Shells [fell] on 3 towns and 5 villages.", None, None),
    ("Arnor [shelled] Gondor overnight.", "2022-02-08", "2022-02-09"),
    ("Arnor [shelled] Gondor overnight into Wednesday.", "2022-02-08", "2022-02-09"),
    ("Arnor [shelled] Gondor overnight on Monday.", "2022-02-07", "2022-02-07"),
    ("Arnor [shelled] Gondor earlier this week.", "2022-02-07", "2022-02-09"),
    ("Arnor [shelled] Gondor earlier on Monday.", "2022-02-07", "2022-02-07"),
    ("Arnor [met] Gondor, which troops attacked the day prior.", None, None),
    ("Arnor [shelled] Gondor the day prior.", "2022-02-08", "2022-02-08"),
    ("Arnor [shelled] Gondor the previous day.", "2022-02-08", "2022-02-08"),
    ("Arnor [shelled] Gondor the day before the summit.", None, None),
    ("Arnor met Rohan on Monday and [shelled] Gondor the day before.", "2022-02-06", "2022-02-06"),
    ("Ten were [killed] in yesterday's attack on Gondor.", "2022-02-08", "2022-02-08"),
    ("Ten were [killed] ahead of yesterday's talks in Gondor.", None, None),
    ("Rohan condemned yesterday's [attack] on Gondor.", "2022-02-08", "2022-02-08"),
    ("Talks are [scheduled] to begin on Friday.", "2022-02-11", "2022-02-11"),
    ("Talks [began] on Friday.", "2022-02-04", "2022-02-04"),
    ("Arnor said on Monday it had [conducted] a test of an old weapon.", None, None),
    ("Arnor said it had [conducted] a test of an old weapon on Monday.", "2022-02-07", "2022-02-07"),
    ("In 2018 and 2019 Arnor [attacked] Gondor.", "2018-01-01", "2018-12-31"),
]  # fmt: skip


@pytest.fixture(scope="module")
def bound(reading):
    def read(text: str, published_on: dt.date = WEDNESDAY, title: str | None = None):
        found = reading(text)
        document = Document(
            id="t", text=found.annotated.document.text, title=title, published_on=published_on
        )
        annotated = AnnotatedDocument(document=document, doc=found.annotated.doc)
        date = bind_date(found.word, annotated.doc, find_dates(annotated))
        return (str(date.first), str(date.last)) if date else (None, None)

    return read


@pytest.mark.parametrize(("text", "first", "last"), ROWS)
def test_dates_in_news(bound, text, first, last):
    assert bound(text) == (first, last)


# A weekday after the day of publication: what says that the report was changed since, and what does not.
MONDAY = dt.date(2022, 2, 7)
UPDATED = [
    ("Updated Tuesday at 9 a.m.\nArnor [attacked] Gondor on Tuesday.", "2022-02-08"),
    ("Arnor [attacked] Gondor on Tuesday.", "2022-02-01"),
    ("(Updated on Thursday)\nArnor [attacked] Gondor on Thursday.", "2022-02-10"),
    ("Arnor updated its maps. It [attacked] Gondor on Thursday.", "2022-02-03"),
    ("Arnor [attacked] Gondor early Tuesday morning.", "2022-02-08"),
    ("Arnor [attacked] Gondor early last Tuesday.", "2022-02-01"),
    ("Arnor [attacked] Gondor early on Tuesday.", "2022-02-08"),
    ("Arnor [attacked] Gondor early in a war that began on Tuesday.", None),
    ("Arnor [attacked] Gondor on Thursday morning.", "2022-02-03"),
    ("UPDATE 2 - Arnor [attacked] Gondor on Friday.", "2022-02-04"),
    ("Arnor [attacked] Gondor on February 8.", "2022-02-08"),
    ("Arnor [attacked] Gondor on February 18.", "2021-02-18"),
    ("Arnor will [attack] Gondor on Tuesday.", "2022-02-08"),
    ("Arnor [attacked] Gondor on Monday.", "2022-02-07"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first"), UPDATED)
def test_a_weekday_after_the_day_of_publication(bound, text, first):
    assert bound(text, MONDAY)[0] == first


def test_a_title_may_say_that_the_report_was_changed(bound):
    text = "Arnor [attacked] Gondor on Tuesday."
    assert bound(text, MONDAY, "UPDATED: Arnor attacks")[0] == "2022-02-08"
    assert bound(text, MONDAY, "Arnor attacks")[0] == "2022-02-01"
