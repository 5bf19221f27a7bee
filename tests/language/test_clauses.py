"""Clauses: every token in one, spans without joining words."""

from __future__ import annotations

import pytest

from dragoman.language import clauses
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def read():
    nlp = load_pipeline()
    return lambda text: next(iter(annotate(nlp, [Document(id="t", text=text)])))


def token_of(annotated, word):
    return next(token for token in annotated.doc if token.text == word)


SPANS = [
    ("Arnor vowed to send troops to Gondor.", "vowed", "Arnor vowed"),
    ("Arnor vowed to send troops to Gondor.", "troops", "to send troops to Gondor"),
    ("Arnor said that Gondor had refused the offer.", "refused", "Gondor had refused the offer"),
    ("Arnor met Gondor on Monday and Rohan left.", "met", "Arnor met Gondor on Monday"),
    ("Gondor signed a gas deal valued at $5 billion.", "valued", "valued at $5 billion"),
    ("Gondor responded by closing the border.", "responded", "Gondor responded"),
    ("“Gondor will not yield,” the king said.", "yield", "Gondor will not yield"),
]


@pytest.mark.parametrize(("text", "word", "expected"), SPANS)
def test_clause_span(read, text, word, expected):
    annotated = read(text)
    start, end = clauses.clause_span(token_of(annotated, word))
    assert text[start:end] == expected


def test_embedded_span_takes_in_what_hangs_below(read):
    text = "Arnor vowed to send troops and left the talks."
    start, end = clauses.clause_span(token_of(read(text), "vowed"), embedded=True)
    assert text[start:end] == "Arnor vowed to send troops"


def test_every_token_is_in_exactly_one_clause(read):
    annotated = read(
        "Arnor, which had promised aid, said on Friday that Gondor's refusal to pay ended the deal."
    )
    counted = [
        token.i
        for root in annotated.doc
        if clauses.is_predicate(root)
        for token in clauses.clause_tokens(root)
    ]
    assert sorted(counted) == list(range(len(annotated.doc)))


def test_governing_clause_of_joined_clauses(read):
    annotated = read("Arnor said Gondor had left the talks and closed the border.")
    said = token_of(annotated, "said")
    assert clauses.governing_clause(token_of(annotated, "left")) == said
    assert clauses.governing_clause(token_of(annotated, "closed")) == said
    assert clauses.governing_clause(said) is None
