"""The coder: what it takes, what it refuses, what it gives back."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.coding.coder import Coder
from dragoman.errors import EmptyDocumentError, KnowledgeError, TooLargeError
from dragoman.model.documents import Document
from dragoman.settings import MAX_CHARACTERS

pytestmark = pytest.mark.pipeline

TEXT = "Arnor attacked Gondor on Monday."


@pytest.mark.parametrize("text", ["", " ", "\n\t\n"])
def test_no_text_is_refused(coder, text):
    with pytest.raises(EmptyDocumentError):
        coder.code(text)
    with pytest.raises(EmptyDocumentError):
        coder.annotate_text(text)


@pytest.mark.parametrize("text", ["x" * (MAX_CHARACTERS + 1), "Arnor. " * MAX_CHARACTERS])
def test_too_much_text_is_refused(coder, text):
    with pytest.raises(TooLargeError):
        coder.code(text)


def test_what_is_wrong_with_one_document_concerns_no_other(coder):
    codes = coder.prepare(
        [Document(id=name, text=text) for name, text in (("a", TEXT), ("b", " "), ("c", TEXT))]
    )
    assert codes[0]().events
    assert codes[2]().id == "c"
    with pytest.raises(EmptyDocumentError):
        codes[1]()


def test_one_by_one_and_together_are_the_same(coder):
    documents = [
        Document(id=str(n), text=text) for n, text in enumerate([TEXT, "Rohan helped Gondor.", "Rain."])
    ]
    together = [code() for code in coder.prepare(documents)]
    assert together == list(coder.code_documents(documents))


def test_a_document_without_a_name_is_named_by_its_text(coder):
    assert coder.code(TEXT).id == coder.code(TEXT).id != coder.code("Rain.").id
    assert coder.code(TEXT, id="mine").id == "mine"


@pytest.mark.parametrize("published", ["2022-02-09", dt.date(2022, 2, 9)])
def test_a_weekday_is_counted_from_the_day_of_the_report(coder, published):
    (event,) = coder.code(TEXT, published_on=published).events
    assert event.event_date.start == dt.date(2022, 2, 7)


def test_predicates_only_when_asked_for(coder):
    assert coder.code(TEXT).predicates is None


def test_scores_run_from_no_to_yes(coder):
    text = "Arnor attacked Gondor. Arnor did not attack Rohan. Arnor may attack Dale."
    spans = [(text.index(word), text.index(word) + 6) for word in ("attacked G", "attack R", "attack D")]
    yes, no, open_ = coder.scores(coder.annotate_text(text), spans)
    assert -3 <= no < open_ < yes <= 3


def test_the_recipient_of_a_relation_is_not_its_actor(coder):
    text = "Arnor attacked Gondor."
    relation = coder.relation(text, actor=(0, 5), recipient=(15, 21))
    assert (relation.event_type, relation.quad_class) == ("ASSAULT", "material_conflict")


def test_a_wrong_folder_is_refused(tmp_path):
    with pytest.raises(KnowledgeError):
        Coder(codebook=tmp_path)
