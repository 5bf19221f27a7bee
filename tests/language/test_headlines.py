"""Headlines in Title Case or capitals are parsed in sentence case; names keep theirs, sentences stay."""

from __future__ import annotations

import pytest

from dragoman.language.headlines import lower_headlines

COMMON = frozenset(
    {"announce", "announces", "new", "accord", "fires", "missile", "over", "says", "warns", "of", "war",
     "talks", "end", "and", "may", "sign", "deal", "on", "it", "is", "a", "for", "the", "in", "with", "meets",
     "president", "foreign", "minister", "loudspeaker", "warnings", "host", "its", "leave"}
)  # fmt: skip
NAMES = (
    "North Korea",
    "Japan",
    "NORTH KOREA",
    "JAPAN",
    "NATO",
    "SADC",
    "Turkey",
    "TURKEY",
    "Arnor",
    "ARNOR",
    "US",
)

RECASED = [
    ("Arnor, Gondor Announce New Accord", "Arnor, Gondor announce new accord"),
    ("NORTH KOREA FIRES MISSILE OVER JAPAN", "North Korea fires missile over Japan"),
    ("NATO WARNS OF WAR", "NATO warns of war"),
    ("SADC WARNS OF WAR", "SADC warns of war"),
    ("US SAYS TURKEY MAY SIGN DEAL", "US says Turkey may sign deal"),
    ("MINSK TALKS END. ZELENSKIY LEAVES", "Minsk talks end. Zelenskiy Leaves"),
    ("IT IS A DEAL FOR THE E.U.", "It is a deal for the E.U."),
    ("PRESIDENT OF ARNOR: WAR IS OVER", "President of Arnor: War is over"),
    ("“TALKS END,” ARNOR SAYS", "“Talks end,” Arnor says"),
    ("J. SMITH MEETS FOREIGN MINISTER", "J. Smith meets foreign minister"),
    ("One.\nTALKS OVER WAR END\nTwo.", "One.\nTalks over war end\nTwo."),
]
KEPT = [
    "Arnor announced a new accord with Gondor.",
    "NATO",
    "REUTERS",
    "LOUDSPEAKER WARNINGS",
    "U.S. AND U.N.",
    "NATO warns of WAR in the North",
    "ARNOR ANNOUNCES new accord with Gondor",
    "1,500 - 2,000",
    "",
    "\n\n",
    "TV: ABC, NBC",
    "Arnor Said It Would Leave The Ford.",
]


def names(text: str) -> list[tuple[int, int]]:
    return [(at, at + len(n)) for n in NAMES for at in range(len(text)) if text.startswith(n, at)]


@pytest.mark.parametrize(("line", "wanted"), RECASED)
def test_a_headline_in_sentence_case(line: str, wanted: str) -> None:
    assert lower_headlines(line, common=COMMON, names=names) == wanted


@pytest.mark.parametrize("text", KEPT)
def test_it_stays(text: str) -> None:
    assert lower_headlines(text, common=COMMON, names=names) == text


@pytest.mark.parametrize("text", [line for line, _ in RECASED])
def test_the_length_stays(text: str) -> None:
    assert len(lower_headlines(text, common=COMMON, names=None)) == len(text)
    long_when_lower = text.replace("A", "\u0130")
    assert len(lower_headlines(long_when_lower, common=COMMON, names=None)) == len(text)
