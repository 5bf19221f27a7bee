"""Where sentences begin and where not, in rows: "|" stands where a sentence begins, for sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.language.sentences import BEGINS, GOES_ON, SentenceStarts, sentence_starts

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

BEGUN = [
    "Arnor left.| Gondor stayed.",
    "Is it war?| They say no.",
    "It is war!| They say no.",
    "He left the U.S.| The president stayed.",
    "He left the U.N.| But it met again.",
    "He left at 5 p.m.| The president stayed.",
    "They trade with Arnor Inc.| It pays well.",
    "It was sold to Arnor Ltd.| He was glad.",
    "It was in 2019.| Arnor left.",
    "It was in 2019.| 500 men left.",
    "It was on Jan. 5.| Arnor left.",
    "They came in Jan.| The king stayed.",
    "They came in March.| Arnor left.",
    "They came on Sunday.| Arnor left.",
    'He said, "We will stay."| The king left.',
    "He said: “We will stay.”| The king left.",
    '"We will stay.| We will fight," he said.',
    '"We will stay," he said.| "We will fight."',
    "“We will stay.| Will they?| No,” he said.",
    "“Who is it?”| He said he did not know.",
    "He left (so they say).| The king stayed.",
    "We won...| The king stayed.",
    "It is over …| The king stayed.",
    "It rose by 1.5 per cent.| Arnor left.",
    "He told me no.| Arnor left.",
    "It made him ill.| Arnor left.",
    "Arnor left\n|Gondor stayed",
    "Arnor left.\n\n|Gondor stayed.",
    "These were agreed: |• Arnor leaves. |• Gondor stays.",
    "They met at the ford.| “Stay,” he said.",
    "It was plan B.| The king left.",
    "It was he and I.| They left.",
    "GENEVA - |The talks began.",
    "KYIV, Ukraine (AP) — |Arnor left.",
    "He spoke of the men of St. Petersburg.| It was late.",
    "They said so, etc.| The king left.",
]
NOT_BEGUN = [
    "The U.S. Senate met.",
    "The U.N. Security Council met.",
    "The U.K. and the E.U. met.",
    "The U.S. said so.",
    "He came on Nov. 5 to Arnor.",
    "He came on Sept. 11, 2001, to Arnor.",
    "Since Jan. 2019 they have met.",
    "Mr. Smith left.",
    "Mrs. Smith met Ms. Jones.",
    "Dr. Smith and Gen. Jones met Lt. Col. Brown.",
    "Sen. Smith met Rep. Jones and Gov. Brown.",
    "MR. SMITH left.",
    "It is No. 5 of 7.",
    "He lives in St. Petersburg.",
    "It was Arnor vs. Gondor.",
    "It was Arnor v. Gondor.",
    "At 5 p.m. on Monday they left.",
    "At 5 a.m. he left.",
    "J. D. Vance left.",
    "J. A. Smith left.",
    "George W. Bush met J.K. Rowling.",
    "Arnor Inc. said so.",
    "Arnor Co., Ltd. said so.",
    "He met Bashar al-Assad, e.g. in Damascus, i.e. Syria.",
    '"We will stay," he said.',
    '"Will we stay?" he said.',
    '"We will stay!" the king said.',
    "“Will we stay?” Mr Smith asked.",
    "“We stay!” Jane Doe told them.",
    '"We will stay." he said.',
    "He said that... he would stay.",
    "He said that … he would stay.",
    "It rose to 3.25 crowns.",
    "It was 1. and 2. of the list.",
    "1. Arnor leaves",
    "It was Arnor Corp. , he said.",
    "He went to Arnor, Gondor and Rohan; the rest stayed.",
    "The king of Arnor met the Chancellor Of Gondor on Monday",
    "He said Yahoo! and left.",
    "a.k.a. the king",
    "Arnor has accused the\nking of it.",
    "approx. 5 men and pp. 7 to 9",
]


@pytest.mark.parametrize("marked", [*BEGUN, *NOT_BEGUN])
def test_a_sentence_begins_or_not(marked: str) -> None:
    text = marked.replace("|", "")
    wanted, shift = set(), 0
    for at, letter in enumerate(marked):
        if letter == "|":
            wanted.add(_next_word(text, at - shift))
            shift += 1
    found = {_next_word(text, at) for at, value in dict(sentence_starts(text)).items() if value == BEGINS}
    assert found == wanted


def _next_word(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


SURELY_NOT = [
    ("The U.S. Senate met.", "Senate"),
    ("MR. SMITH left.", "SMITH"),
    ("They came in Nov. Arnor", "Arnor"),
    ("He met J. Smith.", "Smith"),
    ("“Will we stay?” Mr Smith asked.", "Mr"),
    ("1. Arnor leaves", "Arnor"),
    ("It is No. 5 of 7.", "5"),
]


@pytest.mark.parametrize(("text", "word"), SURELY_NOT)
def test_it_surely_does_not_begin(text: str, word: str) -> None:
    assert dict(sentence_starts(text)).get(text.index(word), GOES_ON) == GOES_ON


# Left to the parser: it may be both.
OPEN = [
    ("They met Arnor Inc. Gondor stayed.", "Gondor"),
    ("He said: We stay.", "We"),
    ("They left it… Arnor stayed.", "Arnor"),
    ("They left it. (Gondor stayed.)", "(Gondor"),
    ("They met Sgmt. Smith.", "Smith"),
    ("they left. they stayed", "they stayed"),
    ("They left on Sunday.Jane Doe / Arnor Times", "Jane"),
]


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_it_is_left_to_the_parser(text: str, words: str) -> None:
    assert dict(sentence_starts(text))[text.index(words)] not in (BEGINS, GOES_ON)


SENTENCES = [
    ("He left the U.S. The president stayed.", ["He left the U.S.", "The president stayed."]),
    ("The U.S. Senate met Gen. Smith on Nov. 5.", ["The U.S. Senate met Gen. Smith on Nov. 5."]),
    ('"Stay. Fight," he said. "We go."', ['"Stay.', 'Fight," he said.', '"We go."']),
    ("Arnor left.\n\n\nGondor stayed.", ["Arnor left.", "Gondor stayed."]),
    (
        "Arnor has accused the\nking of it. Gondor left.",
        ["Arnor has accused the\nking of it.", "Gondor left."],
    ),
    ("  Arnor left. ", ["Arnor left."]),
    ("KYIV, Ukraine (AP) — Arnor left.", ["KYIV, Ukraine (AP) —", "Arnor left."]),
]


@pytest.mark.pipeline
@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_the_parser_keeps_to_it(coder: Coder, text: str, wanted: list[str]) -> None:
    annotated = coder.annotate_text(text)
    found = [text[sent.start_char : sent.end_char].strip() for sent in annotated.doc.sents]
    assert [sentence for sentence in found if sentence] == wanted


@pytest.mark.pipeline
def test_where_nothing_is_sure_for_long_the_parser_decides(coder: Coder) -> None:
    doc = SentenceStarts()(coder.nlp.make_doc("Arnor left Gondor " * 60))
    assert {token.is_sent_start for token in doc[1:]} == {None}
    short = SentenceStarts()(coder.nlp.make_doc("Arnor left Gondor " * 10))
    assert {token.is_sent_start for token in short[1:]} == {False}


@pytest.mark.pipeline
@pytest.mark.parametrize("text", ["", "\n", "Arnor", " . ", "“", "\n\n.\n\n"])
def test_little_texts(coder: Coder, text: str) -> None:
    assert len(SentenceStarts()(coder.nlp.make_doc(text))) >= 0
