"""Lines that only wrap are joined; headings, lists, verse, labels, tables and paragraphs stay apart."""

from __future__ import annotations

import pytest

from dragoman.language.line_wrapping import paragraph_breaks, wrapped_ends

# "¶" is a line end that parts, "⏎" one that only wraps.
WRAPPED = [
    "Arnor's foreign minister said on Monday that his state had accused⏎Gondor of it.",
    "Arnor accused Gondor of sheltering⏎rebels on Monday.",
    "The president⏎said that he would go to Moscow.",
    "Arnor⏎and Gondor signed an accord.",
    "He met the⏎King of Rohan.",
    "The govern-⏎ment fell.",
    "Anglo-⏎Irish talks began.",
    "He spoke to Mr.⏎Smith.",
    "He went to see Gen.⏎Patton at the ford.",
    "Arnor, which had closed its border on⏎Monday, opened it again.",
    "The talks between Arnor and Gondor, which began in the spring of last year,⏎Rohan said, are over.",
    "The two states signed the accord. Arnor had long refused to give up the⏎Ford of Isen.",
    "Arnor's foreign minister said on Monday that his country would not withdraw⏎its troops. Gondor's"
    " chancellor demanded that Arnor keep the accord that both⏎Kings had signed, and recalled its envoy.",
    "Arnor's foreign minister said on Monday that his country would not withdraw⏎its troops.¶"
    "Gondor's chancellor demanded that Arnor keep the accord.",
    "Arnor's foreign minister said on Monday that his country would not withdraw⏎its troops from the"
    " ford. A spokesman for the chancellor in Minas Tirith said⏎that it was news to him.¶¶Rohan was silent.",
    '"We will not go. We will stay where we are, whatever they say of it. We⏎will fight," he said.',
    "- Arnor recalled its envoy from the⏎court of Gondor¶- Gondor did the same",
    "Rohan sent 500 riders, 300 foot soldiers and⏎20 wagons to the ford.",
    "killed the men of the⏎King",
    "Arnor said the deal was off\r⏎and Gondor agreed.",
    "Trade between the two states rose by a third to 12 million crowns in the past⏎year, and the envoy —"
    " who left on Monday — said that it would rise again. The⏎Council agreed.",
]
APART = [
    "Arnor's Foreign Minister Says Rohan and Gondor Sheltered Rebels in Spring¶Gondor denies it.",
    "Arnor's foreign minister says that Rohan sheltered rebels in spring¶Gondor denies it",
    "The minister of Arnor was in Rohan. He has seen the king of the land.¶Gondor denies it.",
    "Talks in Geneva¶Russia and Ukraine met on Monday.",
    "Arnor, Gondor Sign Accord¶Arnor and Gondor signed an accord on Monday after talks.",
    "ARNOR SIGNS ACCORD¶the two states agreed on Monday",
    "The harvest was good.¶It rained on most days.",
    "Arnor left the ford.¶¶Gondor stayed.",
    "He said that it¶¶was over",
    "From: Jane Doe¶To: John Roe¶Subject: the talks at the ford",
    "Place: Geneva¶Day: Monday",
    "What was agreed:¶- one ford¶- two bridges",
    "• Arnor leaves¶• Gondor stays",
    "* Arnor leaves¶* Gondor stays",
    "1. Arnor leaves the ford¶2. Gondor stays at the ford",
    "a) the ford¶b) the bridge",
    "Arnor agreed to do this¶a) leave the ford¶b) stay at home",
    "They met for the talks of¶Place: Geneva",
    "The ford after the attack of Monday¶google shows where Arnor's men crossed the river on the day before,"
    " as they said, and where those of Gondor stood when they came, which is not the same as what was told.",
    "(1) the ford¶(2) the bridge",
    "flour¶milk¶butter",
    "roses are red¶violets are blue¶sugar is sweet¶and so are you",
    "Under the hill,¶Over the water,¶Beside the mill¶He met the daughter",
    "I went to the sea¶to watch the waves¶roll over the sand¶until the night came",
    "The minister was asked about it¶Arnor denied it",
    "Year   Troops¶2021   500¶2022   700",
    "Arnor\t500¶Gondor\t700",
    "Arnor attacked Gondor, and the men at the ford fled into the hills.¶Rohan sent riders to them.",
    "By Jane Doe¶Arnor attacked Gondor.",
    "Is it war?¶They say no.",
    "He said: “No.”¶Then he left.",
    "Photo¶Arnor attacked Gondor.",
    "A soldier of Arnor at the ford, in a picture that was taken on the day on which the men came back¶"
    "Gondor denied on Monday that it had sheltered rebels in its northern provinces, as Arnor had claimed"
    " before the council of the two states and in a letter to the king of Rohan, who had asked for it.",
    "    He left in the morning, and the others left in the evening of the day.¶    She stayed.",
    "",
    "¶",
    "One line.",
    "¶¶One line.¶",
]


@pytest.mark.parametrize("marked", [*WRAPPED, *APART])
def test_line_ends_wrap_or_part(marked: str) -> None:
    text = marked.replace("¶", "\n").replace("⏎", "\n")
    wanted = tuple(at for at, mark in enumerate(marked) if mark == "⏎")
    assert wrapped_ends(text) == wanted


@pytest.mark.parametrize("marked", [*WRAPPED, *APART])
def test_paragraphs_begin_at_all_other_line_ends(marked: str) -> None:
    text = marked.replace("¶", "\n").replace("⏎", "\n")
    parting = {at + 1 for at, mark in enumerate(marked) if mark == "¶"}
    assert set(paragraph_breaks(text)) == parting


def test_a_heading_over_a_wrapped_text_stays_apart() -> None:
    text = (
        "Arnor and Gondor sign\n"
        "Arnor's foreign minister said on Monday that his country would not withdraw\n"
        "its troops."
    )
    assert paragraph_breaks(text) == [text.index("Arnor's")]
