"""Filters of a request: read, written back as links, and their labels."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from dragoman.analysis.filters import FilterReader
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.issues import load_issues
from dragoman.record.queries import EventFilter
from dragoman.web.filtering import LABELS, FilterQuery, ReviewQuery, known_issue


@pytest.fixture(scope="module")
def reader() -> FilterReader:
    return FilterReader(None, actors=load_actors, codebook=load_codebook, issues=load_issues)


def test_every_filter_has_a_label() -> None:
    assert set(LABELS) == set(FilterQuery.model_fields)
    assert all(LABELS.values())


# Parameters as they are typed; what is asked of the record, and the query of a link with ids.
QUERIES = [
    ({}, {}, {}),
    ({"actor": "Russia"}, {"actor": "RUS"}, {"actor": "RUS"}),
    ({"type": "threats"}, {"event_type": "THREATEN"}, {"type": "THREATEN"}),
    ({"quad": "4"}, {"quad_class": "material_conflict"}, {"quad": "material_conflict"}),
    ({"mode": "withdraw"}, {"event_mode": "withdraw"}, {"mode": "withdraw"}),
    ({"between": "Russia,Ukraine"}, {"between": ("RUS", "UKR")}, {"between": "RUS,UKR"}),
    ({"dyad": "Russia,Ukraine"}, {"dyad": "RUS>UKR"}, {"dyad": "RUS>UKR"}),
    ({"firm": "true"}, {"firm": True}, {"firm": "true"}),
    ({"firm": "false"}, {"firm": False}, {"firm": "false"}),
    ({"background": "true"}, {"background": True}, {"background": "true"}),
    ({"negations": "true"}, {"negations": True}, {"negations": "true"}),
    ({"polarity": "negative"}, {"polarity": "negative"}, {"polarity": "negative"}),
    ({"since": "2022-02"}, {"since": dt.date(2022, 2, 1)}, {"since": "2022-02-01"}),
    ({"until": "2022"}, {"until": dt.date(2022, 12, 31)}, {"until": "2022-12-31"}),
    ({"min_confidence": "0.5"}, {"min_confidence": 0.5}, {"min_confidence": "0.5"}),
    ({"text": "grain", "one_a_day": "true"}, {"text": "grain", "one_a_day": True},
     {"text": "grain", "one_a_day": "true"}),
    ({"actor": "", "text": ""}, {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "asked", "link"), QUERIES)
def test_queries(reader: FilterReader, typed: dict, asked: dict, link: dict[str, str]) -> None:
    query = FilterQuery(**typed)
    wanted = query.wanted(reader)
    assert wanted == EventFilter(**asked)
    assert query.query(wanted, load_issues()) == link


def test_without_what_was_read_a_link_has_what_was_typed() -> None:
    assert FilterQuery(actor="Russia", firm=True).query() == {"actor": "Russia", "firm": "true"}
    assert FilterQuery(firm=False).query() == {"firm": "false"}


def test_a_known_issue_by_id_or_name(reader: FilterReader) -> None:
    issues = load_issues()
    issue = next(iter(issues.issues.values()))
    assert known_issue(issue.id, issues) == known_issue(issue.name.upper(), issues) == issue
    wanted = FilterQuery(about=issue.id).wanted(reader)
    assert wanted.matter == issue.alternatives
    assert FilterQuery(about=issue.id).query(wanted, issues) == {"about": issue.id}
    # Its name as words of an issue is the issue as well.
    named = FilterQuery(issue=issue.name)
    assert named.query(named.wanted(reader), issues) == {"about": issue.id}
    with pytest.raises(UsageError, match="no known issue"):
        known_issue("no such thing", issues)
    with pytest.raises(UsageError, match="either"):
        FilterQuery(about=issue.id, issue="grain").wanted(reader)


@pytest.mark.parametrize(
    "given",
    [
        {"nothing": "x"},
        {"min_confidence": 1.5},
        {"min_confidence": "nan"},
        {"actor": "x" * 201},
        {"firm": "perhaps"},
    ],
)
def test_what_cannot_be_asked(given: dict) -> None:
    with pytest.raises(ValidationError):
        FilterQuery(**given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, {}), ({"order": "newest"}, {"order": "newest"}),
     ({"actor": "RUS", "order": "least_sure"}, {"actor": "RUS"}),
     ({"cursor": "x", "event": "y"}, {})],
)  # fmt: skip
def test_a_queue_keeps_its_filter_and_order(given: dict, kept: dict[str, str]) -> None:
    assert ReviewQuery(**given).kept() == kept


@pytest.mark.parametrize(
    "given", [{"reviewed": "true"}, {"reader": "second"}, {"reviewed": "true", "reader": "both"}]
)
def test_the_queue_has_coded_events_only(given: dict[str, str]) -> None:
    with pytest.raises(
        ValidationError, match="the queue has the coded events; leave reviewed and reader out"
    ):
        ReviewQuery(**given)
    assert ReviewQuery(reviewed="false", reader="first").kept() == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [({}, {}), ({"order": "newest"}, {"order": "newest"}),
     ({"order": "least_sure", "text": "a"}, {"text": "a"}),
     ({"type": "AID", "order": "oldest", "event": "x"}, {"type": "AID", "order": "oldest"})],
)  # fmt: skip
def test_what_the_queue_keeps(given: dict[str, str], kept: dict[str, str]) -> None:
    assert ReviewQuery(**given).kept() == kept


def test_issues_by_id_and_name() -> None:
    book = load_issues()
    issue = book.issues["taiwan-arms"]
    for typed in ("taiwan-arms", "TAIWAN-ARMS", "Arms for Taiwan", "arms FOR taiwan"):
        assert known_issue(typed, book) is issue
    with pytest.raises(UsageError, match=r"no known issue 'taiwan-armz'; .*taiwan-arms"):
        known_issue("taiwan-armz", book)


def test_an_issue_as_words_and_as_a_known_one(reader: FilterReader) -> None:
    with pytest.raises(UsageError, match="give either a known issue"):
        FilterQuery(about="taiwan-arms", issue="arms").wanted(reader)
    for given in ({"about": "Arms for Taiwan"}, {"issue": "Arms for Taiwan"}):
        query = FilterQuery(**given)
        wanted = query.wanted(reader)
        assert wanted.matter == load_issues().issues["taiwan-arms"].alternatives
        assert query.query(wanted, load_issues()) == {"about": "taiwan-arms"}
        # Without the parsed filter, the link has what was typed.
        assert query.query() == query.query(wanted) == given
