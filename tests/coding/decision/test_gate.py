"""The gate's parts: which words are left out, which conditions are seen, what a verdict says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.coding.decision.gate.left_out import left_out_in
from dragoman.coding.decision.gate.supposed import suppositions_in
from dragoman.coding.decision.gate.verdict import Finding, Verdict
from dragoman.coding.syntax.phrases import find_phrases
from dragoman.knowledge.wordlists import is_gate_word, load_gate_words

if TYPE_CHECKING:
    from spacy.tokens import Span

    from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline

EXACT = "gate"


def sentence_of(coder: Coder, text: str) -> Span:
    return next(iter(coder.annotate_text(text).doc.sents))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Arnor condemned Gondor but not Rohan.", ["Rohan"]),
        ("Arnor condemned Gondor, but not Rohan or Dale.", ["Rohan or Dale"]),
        ("Arnor did not condemn Gondor.", []),
        ("Not only Arnor condemned Gondor.", []),
        ("All members but Harad and Umbar condemned Mordor.", ["All members", "Harad and Umbar"]),
        ("No state except Harad condemned Mordor.", []),
        ("Rather than Arnor, Gondor attacked Mordor.", ["Arnor"]),
        ("Arnor left; Gondor did not.", ["Gondor"]),
        ("Whether or not Arnor attacks, Gondor will stay.", []),
    ],
)
def test_words_left_out(coder: Coder, text: str, words: list[str]) -> None:
    sentence = sentence_of(coder, text)
    found = [sentence.doc[stretch.start : stretch.end].text for stretch in left_out_in(sentence)]
    assert sorted(found) == sorted(words)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Should Arnor be attacked, Gondor would respond.", [("Should Arnor be attacked", False)]),
        ("Had Mordor attacked, Gondor would have left.", [("Had Mordor attacked", True)]),
        ("Mordor had attacked, and Gondor left.", []),
        ("As long as it attacks, Gondor will stay.", [("As long as it attacks", False)]),
        ("The bridge is as long as a mile.", []),
        ("Arnor asked if Gondor had attacked.", []),
    ],
)
def test_conditions(coder: Coder, text: str, conditions: list[tuple[str, bool]]) -> None:
    sentence = sentence_of(coder, text)
    found = [(s.words(sentence.doc), s.is_counterfactual) for s in suppositions_in(sentence)]
    assert found == conditions


def test_one_adverb_may_stand_inside_a_phrase(coder: Coder) -> None:
    phrases = frozenset({"stop short of"})
    near = sentence_of(coder, "Arnor stopped just short of it.")
    assert [near.doc[a:b].text for a, b in find_phrases(near, phrases)] == ["stopped just short of"]
    far = sentence_of(coder, "Arnor stopped the train short of it.")
    assert not list(find_phrases(far, phrases))


def test_only_what_bars_bars() -> None:
    struck, barred = Finding("left out", "Rohan", "struck"), Finding("fiction", "film", "barred")
    assert Verdict(None, None, (struck,)).barred is None  # type: ignore[arg-type]
    assert Verdict(None, None, (struck, barred)).barred == "fiction"  # type: ignore[arg-type]
    assert str(barred) == "fiction: film (barred)"


def test_words_of_the_gate_are_lower_case() -> None:
    assert is_gate_word("hoax", "untruths")
    assert not is_gate_word("hoax", "fictions")
    assert all(word == word.lower() for words in load_gate_words().values() for word in words)


def test_everything_found_in_a_sentence(found_lines: list[str], exact_lines: list[str]) -> None:
    """See exact_rows.py in the folder above."""
    assert found_lines == exact_lines
