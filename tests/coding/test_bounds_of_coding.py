"""Text made to do harm: sentences, words and time have bounds, and work grows with length alone."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import pytest

from dragoman.coding.attribution.span_index import SpanIndex
from dragoman.coding.coder import Coder
from dragoman.errors import TookTooLongError, UsageError
from dragoman.language import parsing_in_pieces
from dragoman.language.sentences import MOST_WORDS
from dragoman.language.tokenizing import LONGEST_RUN, make_doc
from dragoman.model.documents import Document
from dragoman.model.time_budget import check_time, time_budget
from dragoman.running.job import code_several

HOSTILE = [
    "Putin said ",
    "he said that ",
    "\U0001f600",
    "Jan-",
    "a/b/",
    '"',
    "(",
    '"China" said ',
    "attacked China ",
]


@pytest.mark.pipeline
@pytest.mark.parametrize("piece", HOSTILE)
def test_no_sentence_is_longer_than_the_bound(coder: Coder, piece: str) -> None:
    annotated = coder.annotate_text((piece * 600)[:2400])
    assert max(len(sentence) for sentence in annotated.doc.sents) <= MOST_WORDS


@pytest.mark.pipeline
@pytest.mark.parametrize("piece", ["x", '"', "\U0001f600", "a/b/", "((", "don't"])
def test_a_run_without_a_space_is_tokenized_in_parts(coder: Coder, piece: str) -> None:
    text = f"Arnor {piece * 800} left."
    doc = make_doc(coder.nlp, text)
    assert doc.text == text
    assert max(map(len, doc)) < LONGEST_RUN


@pytest.mark.pipeline
def test_a_short_run_is_tokenized_as_ever(coder: Coder) -> None:
    text = f"Arnor left https://arnor.example/{'a' * 400} on Friday."
    assert [t.text for t in make_doc(coder.nlp, text)] == [t.text for t in coder.nlp.make_doc(text)]


@pytest.mark.pipeline
def test_a_long_document_is_parsed_in_pieces(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Arnor attacked Gondor on Friday. Rohan sent its envoy home. " * 12
    whole = coder.annotate_text(text).doc
    monkeypatch.setattr(parsing_in_pieces, "MOST_TOGETHER", 40)
    again = coder.annotate_text(text).doc
    assert [(t.tag_, t.dep_, t.head.i) for t in again] == [(t.tag_, t.dep_, t.head.i) for t in whole]


def test_what_is_used_up_is_told() -> None:
    with time_budget(5.0, where="a.txt"):
        check_time()
    with pytest.raises(TookTooLongError, match=r"a\.txt: not coded within 5 seconds"):  # noqa: SIM117
        with time_budget(5.0, where="a.txt", used=6.0):
            check_time()
    check_time()


@pytest.mark.pipeline
def test_a_report_that_takes_too_long_fails_and_the_next_is_coded(invented_slow_coder: Coder) -> None:
    documents = [
        Document(id="bad", text="if China attacks Russia, " * 2000),
        Document(id="good", text="Russia attacked China."),
    ]
    bad, good = code_several(documents, invented_slow_coder.prepare)
    assert getattr(bad, "error", None) == "TookTooLongError"
    assert getattr(good, "id", None) == "good"
    assert getattr(good, "error", None) is None


@pytest.fixture(scope="module")
def invented_slow_coder() -> Coder:
    coder = Coder(reading="fast", time_budget=1.0)
    coder.nlp("Arnor left.")
    return coder


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_budget_is_above_nothing(seconds: float) -> None:
    with pytest.raises(UsageError, match="time_budget"):
        Coder(time_budget=seconds)


def test_spans_are_compared_only_with_what_is_near() -> None:
    index: SpanIndex[int] = SpanIndex()
    for number in range(10_000):
        index.add(number, ((number * 100, number * 100 + 90),))
    near = index.near(((500_000, 500_050),))
    assert 5_000 in near
    assert len(near) < 20
    assert near == sorted(near)


@pytest.fixture(scope="module")
def fast_coder() -> Coder:
    coder = Coder(reading="fast")
    coder.code("Russia attacked Ukraine.")
    return coder


@pytest.fixture
def little_stack() -> Iterator[None]:
    """Leave a third of Python's usual stack, as calls from a server or a notebook may."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 330)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.pipeline
@pytest.mark.usefixtures("little_stack")
@pytest.mark.parametrize(
    "repeated",
    [
        "the president\n", "the president, ", "President Putin accused ", "Putin the president ", "to ",
        "refused to ", "denied that ", "help to stop to ", "who accused ", "of accused ", "the head of ",
        "and ", "Russia's ", "he said that ", "asked by ", "Russia, China, ",
    ],
)  # fmt: skip
def test_chains_of_words_do_not_exceed_the_stack(fast_coder: Coder, repeated: str) -> None:
    text = f"Russia attacked Ukraine.\n\n{repeated * 150}"
    found = fast_coder.code(text, published_on="2022-02-15").events
    assert any(event.event_type == "ASSAULT" and event.evidence.start == 0 for event in found)
