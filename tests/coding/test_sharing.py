"""Threads may share a coder; what users keep with a document stays; what is given wrong is our error."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from spacy.tokens import Doc

from dragoman.coding.coder import Coder
from dragoman.errors import BadDateError
from dragoman.language.remembering import forget
from dragoman.model.documents import Document

TEXTS = [
    f"Arnor accused Gondor of sheltering rebels. Rohan sent {number} troops to Arnor." for number in range(8)
]


def test_threads_share_a_coder(coder: Coder) -> None:
    alone = {text: coder.code(text, published_on="2022-02-09") for text in TEXTS}
    found: dict[str, object] = {}
    failed: list[Exception] = []

    def code(text: str) -> None:
        try:
            found[text] = coder.code(text, published_on="2022-02-09")
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=code, args=(text,)) for text in TEXTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert found == alone


@pytest.mark.parametrize("day", ["soon", "2022-02-31", "", "0001-01-03", "9999-12-27", "9" * 4000])
def test_a_day_that_is_none_is_our_error(coder: Coder, day: str) -> None:
    with pytest.raises(BadDateError, match="published_on"):
        coder.code("Arnor met Gondor.", published_on=day)


@pytest.mark.parametrize("day", [dt.date(1, 1, 3), dt.date(9999, 12, 31)])
def test_a_document_of_such_a_day_is_a_failure_of_its_own(coder: Coder, day: dt.date) -> None:
    good = Document(id="a", text="Arnor met Gondor.", published_on=dt.date(2022, 2, 9))
    bad = Document(id="b", text="Arnor met Gondor on Monday.", published_on=day)
    first, second = coder.prepare([good, bad])
    assert len(first().events) == 1
    with pytest.raises(BadDateError):
        second()


@pytest.mark.parametrize(
    "words",
    [
        "in the past 202 decades",
        "over the next 9999 years",
        "99999999 weeks ago",
        "two thousand centuries ago",
        "in the past 999999999 days",
        "900000 months ago",
    ],
)
@pytest.mark.parametrize("day", ["1600-01-01", "2022-02-09", "2199-12-31"])
def test_times_that_leave_the_calendar_are_no_days(coder: Coder, words: str, day: str) -> None:
    coded = coder.code(f"Arnor attacked Gondor {words}. Gondor will leave Arnor on Monday.", published_on=day)
    assert coded.events
    for event in coded.events:
        date = event.event_date
        assert date is None or 1500 <= date.start.year <= date.end.year <= 2199


def test_forgetting_leaves_what_users_keep(coder: Coder) -> None:
    Doc.set_extension("rating", default=None, force=True)
    try:
        annotated = coder.annotate_text("Arnor accused Gondor of sheltering rebels.")
        annotated.doc._.rating = 5
        annotated.doc.user_data["mine"] = "kept"
        before = set(annotated.doc.user_data)
        coder.code_annotated(annotated)
        assert annotated.doc._.rating == 5
        assert annotated.doc.user_data["mine"] == "kept"
        forget(annotated.doc)
        assert set(annotated.doc.user_data) <= before
    finally:
        Doc.remove_extension("rating")
