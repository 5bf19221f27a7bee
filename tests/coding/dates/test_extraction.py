"""Dates: a table of phrases with the days they mean, and which date is an event's."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.dates.binding import bind_date
from dragoman.coding.dates.extraction import find_dates
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline
WEDNESDAY = dt.date(2022, 2, 9)


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()

    def _read(text, published_on=WEDNESDAY):
        return next(iter(annotate(nlp, [Document(id="t", text=text, published_on=published_on)])))

    return _read


# Text, the words found, first and last day, precision, kind. The report is of Wednesday, 9 February 2022.
DATES = [
    # weekdays
    ("Arnor attacked on Friday.", "Friday", "2022-02-04", "2022-02-04", "day", "on"),
    ("Arnor attacked on Wednesday.", "Wednesday", "2022-02-09", "2022-02-09", "day", "on"),
    ("Arnor attacked Thursday.", "Thursday", "2022-02-03", "2022-02-03", "day", "on"),
    ("Arnor will attack on Friday.", "Friday", "2022-02-11", "2022-02-11", "day", "on"),
    ("Arnor is meeting Gondor on Monday.", "Monday", "2022-02-14", "2022-02-14", "day", "on"),
    ("Arnor said it would leave on Monday.", "Monday", "2022-02-14", "2022-02-14", "day", "on"),
    ("Arnor plans to open the border on Saturday.", "Saturday", "2022-02-12", "2022-02-12", "day", "on"),
    ("The talks set for Monday were called off.", "Monday", "2022-02-14", "2022-02-14", "day", "on"),
    ("The summit opens on Friday.", "Friday", "2022-02-11", "2022-02-11", "day", "on"),
    ("Arnor resigned last Friday.", "last Friday", "2022-02-04", "2022-02-04", "day", "on"),
    ("Arnor attacked last Wednesday.", "last Wednesday", "2022-02-02", "2022-02-02", "day", "on"),
    ("They will meet next Wednesday.", "next Wednesday", "2022-02-16", "2022-02-16", "day", "on"),
    ("Friday's attack killed 20.", "Friday", "2022-02-04", "2022-02-04", "day", "on"),
    ("They fought on Monday morning.", "Monday morning", "2022-02-07", "2022-02-07", "day", "on"),
    ("They met on Tuesday last week.", "Tuesday last week", "2022-02-01", "2022-02-01", "day", "on"),
    # words for days
    ("Arnor attacked yesterday.", "yesterday", "2022-02-08", "2022-02-08", "day", "on"),
    ("Arnor attacked today.", "today", "2022-02-09", "2022-02-09", "day", "on"),
    ("They will meet tomorrow.", "tomorrow", "2022-02-10", "2022-02-10", "day", "on"),
    ("They fought the day before yesterday.",
     "the day before yesterday", "2022-02-07", "2022-02-07", "day", "on"),
    ("Shells fell overnight.", "overnight", "2022-02-08", "2022-02-09", "range", "on"),
    ("Shells fell last night.", "last night", "2022-02-08", "2022-02-08", "day", "on"),
    ("They clashed over the weekend.", "over the weekend", "2022-02-05", "2022-02-06", "range", "on"),
    ("They will meet over the weekend.", "over the weekend", "2022-02-12", "2022-02-13", "range", "on"),
    # full dates
    ("It was on Friday, February 4, 2022.",
     "Friday, February 4, 2022", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was February 4 February 2022.", "February 4 February 2022", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was signed on 4 Feb 2022.", "4 Feb 2022", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was signed on Feb. 4, 2022.", "Feb. 4, 2022", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was signed on the 4th of February 2022.",
     "the 4th of February 2022", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was signed on 2022-02-04.", "2022-02-04", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was signed on 13/02/2021.", "13/02/2021", "2021-02-13", "2021-02-13", "day", "on"),
    ("It was signed on 4.2.2022.", "4.2.2022", "2022-02-04", "2022-02-04", "day", "on"),
    ("It was signed on January 15.", "January 15", "2022-01-15", "2022-01-15", "day", "on"),
    ("It was signed on December 24.", "December 24", "2021-12-24", "2021-12-24", "day", "on"),
    ("It will be signed on March 3.", "March 3", "2022-03-03", "2022-03-03", "day", "on"),
    ("It will be signed on January 3.", "January 3", "2023-01-03", "2023-01-03", "day", "on"),
    # weeks, months, years
    ("They fought last week.", "last week", "2022-01-31", "2022-02-06", "range", "on"),
    ("They fought this week.", "this week", "2022-02-07", "2022-02-13", "range", "on"),
    ("They will meet next week.", "next week", "2022-02-14", "2022-02-20", "range", "on"),
    ("They fought earlier this week.", "earlier this week", "2022-02-07", "2022-02-09", "range", "on"),
    ("They fought earlier this year.", "earlier this year", "2022-01-01", "2022-02-09", "range", "on"),
    ("They will meet later this year.", "later this year", "2022-02-09", "2022-12-31", "range", "on"),
    ("They fought last month.", "last month", "2022-01-01", "2022-01-31", "month", "on"),
    ("They will meet next month.", "next month", "2022-03-01", "2022-03-31", "month", "on"),
    ("They fought last year.", "last year", "2021-01-01", "2021-12-31", "year", "on"),
    ("They fought late last year.", "late last year", "2021-09-01", "2021-12-31", "range", "on"),
    ("They fought in November.", "November", "2021-11-01", "2021-11-30", "month", "on"),
    ("They will meet in November.", "November", "2022-11-01", "2022-11-30", "month", "on"),
    ("They fought in May.", "May", "2021-05-01", "2021-05-31", "month", "on"),
    ("They fought in June last year.", "June last year", "2021-06-01", "2021-06-30", "month", "on"),
    ("They fought in March 2014.", "March 2014", "2014-03-01", "2014-03-31", "month", "on"),
    ("They fought in early March 2014.", "early March 2014", "2014-03-01", "2014-03-10", "range", "on"),
    ("They fought in 2014.", "2014", "2014-01-01", "2014-12-31", "year", "on"),
    ("The 2014 annexation angered Gondor.", "2014", "2014-01-01", "2014-12-31", "year", "on"),
    ("They fought in late 2014.", "late 2014", "2014-09-01", "2014-12-31", "range", "on"),
    ("They fought in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", "range", "on"),
    ("They fought in the early 1990s.", "the early 1990s", "1990-01-01", "1993-12-31", "range", "on"),
    ("They fought in the summer of 2014.", "the summer of 2014", "2014-06-01", "2014-08-31", "range", "on"),
    ("They fought last summer.", "last summer", "2021-06-01", "2021-08-31", "range", "on"),
    ("It fell in the first quarter of 2021.",
     "the first quarter of 2021", "2021-01-01", "2021-03-31", "range", "on"),
    ("It fell in Q3 2021.", "Q3 2021", "2021-07-01", "2021-09-30", "range", "on"),
    ("It fell in the third quarter.", "the third quarter", "2021-07-01", "2021-09-30", "range", "on"),
    # counted from the report
    ("They fought two days ago.", "two days ago", "2022-02-07", "2022-02-07", "day", "on"),
    ("They fought a week ago.", "a week ago", "2022-01-31", "2022-02-06", "range", "on"),
    ("They fought three months ago.", "three months ago", "2021-11-01", "2021-11-30", "month", "on"),
    ("They fought 10 years ago.", "10 years ago", "2012-01-01", "2012-12-31", "year", "on"),
    ("They fought in the past three days.",
     "in the past three days", "2022-02-06", "2022-02-09", "range", "on"),
    ("They will leave in two weeks.", "in two weeks", "2022-02-21", "2022-02-27", "range", "on"),
    # open and closed ranges
    ("They have fought since 2016.", "since 2016", "2016-01-01", "2022-02-09", "range", "since"),
    ("They have fought since Monday.", "since Monday", "2022-02-07", "2022-02-09", "range", "since"),
    ("They must leave by March.", "by March", "2022-02-09", "2022-03-31", "range", "by"),
    ("They met from 3 to 5 May.", "from 3 to 5 May", "2021-05-03", "2021-05-05", "range", "on"),
    ("They met on May 3-5, 2014.", "May 3-5, 2014", "2014-05-03", "2014-05-05", "range", "on"),
    ("Between 2014 and 2016 they fought.",
     "Between 2014 and 2016", "2014-01-01", "2016-12-31", "range", "between"),
    ("They fought from March to May 2014.",
     "from March to May 2014", "2014-03-01", "2014-05-31", "range", "between"),
    ("They met from Monday to Wednesday.",
     "from Monday to Wednesday", "2022-02-07", "2022-02-09", "range", "between"),
    ("After the 2014 war they left.", "After the 2014", "2014-01-01", "2014-12-31", "year", "after"),
    ("Ahead of Sunday's summit they left.", "Ahead of Sunday", "2022-02-13", "2022-02-13", "day", "before"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "first", "last", "precision", "kind"), DATES)
def test_dates_mean_these_days(read, text, words, first, last, precision, kind):
    (found,) = find_dates(read(text))
    assert text[found.start : found.end] == words
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert (found.precision, found.kind) == (precision, kind)


NO_DATES = [
    "Arnor and Gondor fought for four decades.",
    "Arnor may leave the pact.",
    "Troops march on the city.",
    "The council passed Resolution 2014.",
    "Some 2,014 soldiers fell.",
    "It was signed on 04/02/2022.",
    "It fell on February 30, 2022.",
    "They fought in recent weeks.",
    "The five-year plan ended.",
    "He reads The Sun.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_or_cannot_be_told(read, text):
    assert find_dates(read(text)) == []


def test_without_a_day_of_publication_only_absolute_dates(read):
    text = "On Friday, Arnor said it left in 2014, last month and on February 4, 2022, and since 2016."
    found = find_dates(read(text, published_on=None))
    assert [text[date.start : date.end] for date in found] == ["2014", "February 4, 2022"]
    assert all(date.is_absolute for date in found)


def test_every_weekday_of_a_year(read):
    past, future = read("Arnor attacked on Friday."), read("Arnor will attack on Friday.")
    for offset in range(366):
        day = dt.date(2023, 1, 1) + dt.timedelta(days=offset)
        for annotated, sign in ((past, -1), (future, 1)):
            moved = type(annotated)(
                document=Document(id="t", text=annotated.document.text, published_on=day), doc=annotated.doc
            )
            (found,) = find_dates(moved)
            assert found.first.weekday() == 4
            assert 0 <= (found.first - day).days * sign <= 6


# Text, trigger, the words of its date (None: it has none).
BOUND = [
    ("Arnor said on Friday that it had withdrawn its troops.", "withdrawn", None),
    ("Arnor said on Friday that it had withdrawn its troops.", "said", "Friday"),
    ("Arnor said it had withdrawn its troops on Friday.", "withdrawn", "Friday"),
    ("On Friday, Arnor imposed sanctions on Gondor, officials said on Monday.", "imposed", "Friday"),
    ("On Friday, Arnor imposed sanctions on Gondor, officials said on Monday.", "said", "Monday"),
    ("Arnor vowed on Friday to withdraw its troops by March.", "withdraw", "by March"),
    ("Arnor vowed on Friday to withdraw its troops.", "withdraw", None),
    ("Arnor vowed on Friday to withdraw its troops.", "vowed", "Friday"),
    ("Arnor condemned Friday's attack on Gondor.", "attack", "Friday"),
    ("Arnor condemned Friday's attack on Gondor.", "condemned", None),
    ("The 2014 annexation of Ithilien angered Gondor.", "annexation", "2014"),
    ("The 2014 annexation of Ithilien angered Gondor.", "angered", None),
    ("Arnor signed a deal with Gondor on Friday and opened an embassy.", "opened", "Friday"),
    ("Arnor began withdrawing troops on Friday.", "began", "Friday"),
    ("Arnor began withdrawing troops on Friday.", "withdrawing", "Friday"),
    ("Ahead of Sunday's summit, Arnor expelled two envoys.", "expelled", None),
    ("Arnor launched an attack on Monday, killing 20 people.", "killing", "Monday"),
    ("Arnor met Gondor on Monday to discuss the border.", "discuss", "Monday"),
    ("Gondor, which left the pact in 2019, rejected the offer on Tuesday.", "left", "2019"),
    ("Gondor, which left the pact in 2019, rejected the offer on Tuesday.", "rejected", "Tuesday"),
    ("Rohan accused Arnor on Monday of bombing the city last week.", "accused", "Monday"),
    ("Rohan accused Arnor on Monday of bombing the city last week.", "bombing", "last week"),
    ("Talks scheduled for Monday were cancelled on Friday.", "cancelled", "Friday"),
    ("Arnor has occupied the island since 2016.", "occupied", "since 2016"),
]


@pytest.mark.parametrize(("text", "trigger", "words"), BOUND)
def test_the_date_of_an_event(read, text, trigger, words):
    annotated = read(text)
    token = next(t for t in annotated.doc if t.text == trigger)
    date = bind_date(token, annotated.doc, find_dates(annotated))
    assert (text[date.start : date.end] if date else None) == words
