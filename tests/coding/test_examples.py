"""Worked examples against what is coded: every difference is told, nothing more."""

from __future__ import annotations

import pytest

from dragoman.coding.examples import describe, faults_of
from dragoman.knowledge.codebook import Example

pytestmark = pytest.mark.pipeline

TEXT = "Arnor attacked Gondor."
RIGHT = {"event_type": "ASSAULT", "actors": ["ARN"], "recipients": ["GON"]}

# What is expected, whether it is only a part; how the faults begin.
EXPECTED = [
    ([RIGHT], False, []),
    ([], False, ["not wanted: ARN ASSAULT GON [attacked; "]),
    ([], True, []),
    ([RIGHT, RIGHT], False, ["ASSAULT wanted; nothing coded"]),
    ([RIGHT | {"recipients": ["ROH"]}], True, ["ASSAULT wanted; nearest differs in recipients (GON)"]),
    ([RIGHT | {"recipients": []}], True, ["ASSAULT wanted; nearest differs in recipients (GON)"]),
    ([RIGHT | {"recipients": ["GON", "ROH"]}], True, ["ASSAULT wanted; nearest differs in recipients (GON)"]),
    ([RIGHT | {"factuality": "possible"}], True, ["ASSAULT wanted; nearest differs in factuality (certain)"]),
    ([RIGHT | {"tense": "past", "trigger": "attacked", "conditional": "no", "quoted": "no"}], False, []),
    ([RIGHT | {"conditional": "yes"}], True, ["ASSAULT wanted; nearest differs in conditional (False)"]),
    ([RIGHT | {"event_mode": "none"}], False, []),
    ([RIGHT | {"speaker": ["ARN"]}], True, ["ASSAULT wanted; nearest differs in speaker (none)"]),
    ([RIGHT | {"amount": "5"}], True, ["ASSAULT wanted; nearest differs in amount"]),
    ([RIGHT | {"place": "FRA"}], True, ["ASSAULT wanted; nearest differs in place (None)"]),
]


@pytest.mark.parametrize(("expect", "partial", "faults"), EXPECTED)
def test_what_differs_is_told(coder, expect, partial, faults):
    example = Example(id="x", text=TEXT, expect=tuple(expect), where="x.yaml:1", partial=partial)
    found = faults_of(example, coder)
    assert len(found) == len(faults)
    assert all(fault.startswith(begin) for fault, begin in zip(found, faults, strict=True))


DESCRIBED = [
    ("Arnor attacked Gondor.", "ARN ASSAULT GON [attacked; "),
    ("The Arnorian army attacked Gondor.", "ARN ASSAULT GON [attacked; "),
    ("Arnor and Rohan attacked Gondor.", "ARN+ROH ASSAULT GON [attacked; "),
    ("King Bard accused Umbar of piracy.", "P:bard ACCUSE/allege UMB [accused; "),
    ("NATO condemned Russia.", "NATO ACCUSE/disapprove RUS [condemned; "),
    ("Gondor was attacked by Mordor.", "MOR ASSAULT GON [attacked; "),
]


@pytest.mark.parametrize(("text", "line"), DESCRIBED)
def test_an_event_in_one_line(reading, text, line):
    (event,) = reading(text).coded.events
    assert describe(event).startswith(line)
