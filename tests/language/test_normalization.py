"""What printing and saving did to a text is undone; what is as it should be stays; offsets are true."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.normalization import normalize

WORDS = frozenset({"government", "well", "known", "financial", "report", "nonsense", "elected"})

CHANGED = [
    # Hyphens at line ends.
    ("The govern-\nment fell.", "The government fell."),
    ("The govern-\r\nment fell.", "The government fell."),
    ("The govern- \n  ment fell.", "The government fell."),
    ("The Anglo-\nIrish talks began.", "The Anglo-Irish talks began."),
    ("It was a well-\nknown fact.", "It was a well-known fact."),
    ("It was non-\nfinancial aid.", "It was non-financial aid."),
    ("It was all non-\nsense.", "It was all nonsense."),
    ("A two-\nand a three-day talk.", "A two- and a three-day talk."),
    ("The 17th-\ncentury fort fell.", "The 17th-century fort fell."),
    ("The Secretary-\nGeneral left.", "The Secretary-General left."),
    # Wrapped lines.
    ("Arnor accused\nGondor of it.", "Arnor accused\nGondor of it."),
    ("Arnor has accused the\nking of it.", "Arnor has accused the king of it."),
    ("Arnor said so \r\n and left.", "Arnor said so and left."),
    # Ligatures, unseen marks, spaces.
    ("The o\ufb03ce \ufb01led it.", "The office filed it."),
    ("re\u00adbels", "rebels"),
    ("Ro\u200bhan \ufeffleft\u200e.", "Rohan left."),
    ("500\u00a0men and 20\u202fwagons", "500 men and 20 wagons"),
    ("Annu\u0301minas", "Ann\u00faminas"),
    # UTF-8 that was read as Windows-1252.
    ("Arnorâ€™s army", "Arnor’s army"),
    ("â€œWe left,â€\x9d he said.", "“We left,” he said."),
    ("â€œWe left,â€ he said.", "“We left,” he said."),
    ("The cafÃ© in CÃ´te", "The café in Côte"),
    # A stop that hangs on the next sentence.
    ("Arnor left .Then Gondor came.", "Arnor left. Then Gondor came."),
    ("Arnor fell .Rohan rose .Gondor wept.", "Arnor fell. Rohan rose. Gondor wept."),
    # Entities and tags.
    ("Arnor &amp; Gondor", "Arnor & Gondor"),
    ("Arnor&#8217;s king", "Arnor’s king"),
    ("Arnor&rsquo;s king", "Arnor’s king"),
    ("Arnor&#x2019;s king", "Arnor’s king"),
    ("Arnor&amp;#8217;s king", "Arnor’s king"),
    ("500&nbsp;men", "500 men"),
    ("&quot;No,&quot; he said.", '"No," he said.'),
    ("re&shy;bels", "rebels"),
    ("<p>Arnor left.</p><p>Gondor stayed.</p>", "\n\nArnor left.\n\n\n\nGondor stayed.\n\n"),
    ("Arnor left.<br/>Gondor stayed.", "Arnor left.\n\nGondor stayed."),
    ("Arnor <b>left</b> the <a href='http://x.org'>ford</a>.", "Arnor left the ford."),
    ("Arnor <!-- a note --> left.", "Arnor  left."),
    # Glued sentences.
    ("He said so.The minister left.", "He said so. The minister left."),
    ("He left on Monday.Gondor stayed.", "He left on Monday. Gondor stayed."),
    ("Is it war?They say no.", "Is it war? They say no."),
    ("He left the U.S.The president stayed.", "He left the U.S. The president stayed."),
    ("He left at 5 p.m.The president stayed.", "He left at 5 p.m. The president stayed."),
    ("It was in 2019.The minister left.", "It was in 2019. The minister left."),
    ("“We left.”He stayed.", "“We left.” He stayed."),
    ("He left.“We stay.”", "He left. “We stay.”"),
    ('He left."We stay," he said.', 'He left. "We stay," he said.'),
    ('"We left."He stayed.', '"We left." He stayed.'),
    ("It rose by 5%.The king left.", "It rose by 5%. The king left."),
    # Datelines and credits.
    ("KYIV, Ukraine (AP) — Arnor left.", "Arnor left."),
    ("Arnor left.\n\nGENEVA - The talks began.", "Arnor left.\n\nThe talks began."),
    ("Arnor left. (Reporting by Jane Doe; Editing by John Roe)", "Arnor left."),
    ("Arnor left. (Additional reporting by Jane Doe in Annuminas.)\n\nEnd.", "Arnor left.\n\nEnd."),
    ("Arnor left. [Writing by Jane Doe]", "Arnor left."),
]
KEPT = [
    "Arnor left the ford. Gondor stayed.",
    "He wrote to AT&T and R&D; it was Q&A time.",
    "See &unknown; and &c. and a & b.",
    "If a < b and c > d, then 3 <4.",
    "<3 to all, and <john@example.org> wrote",
    "<unknown> said <nothing here>",
    "x<y and z>w",
    "The U.S.Senate met J.R.Smith.",
    "It is written in Node.js and ASP.NET.",
    "See http://example.org/A.Page or www.Example.Com for more.",
    "Write to Jane.Doe@example.org for it.",
    "It was Booking.Com that paid.",
    "The file is foo.bar.Baz of the set.",
    "At 5 p.m. Arnor left.",
    "It rose by 1.5 per cent, to 3.25 crowns.",
    "Mr.Smith left.",
    "Prof.Smith left.",
    "Arnor.Gondor.Rohan",
    "Wait... No.",
    "The Anglo-Irish talks and the well-known fact.",
    "A long - very long - day",
    "Talks in Geneva\nRussia and Ukraine met.",
    "From: Jane\nTo: John",
    "- one\n- two",
    "The minister (reporting by night) left.",
    "It was late (reporting by the council was late).",
    "Arnor left (the king stayed).",
    "Edited by Jane Doe, the book says so.",
    "NATO - The alliance met.",
    "FILE - In this picture Arnor's king is seen.",
    "",
    "\n\n",
    "Ça va, señor? Ø, æ and ß stay. So do “marks” — and dashes…",
]


@pytest.mark.parametrize(("text", "wanted"), CHANGED)
def test_it_is_normalised(text: str, wanted: str) -> None:
    assert normalize(text, known_words=WORDS).text == wanted


@pytest.mark.parametrize("text", KEPT)
def test_it_stays(text: str) -> None:
    normalized = normalize(text, known_words=WORDS)
    assert normalized.text == text
    assert normalized.text_map.is_identity
    assert normalized.datelines == ()


@pytest.mark.parametrize(("text", "wanted"), CHANGED)
def test_once_is_enough(text: str, wanted: str) -> None:
    assert normalize(wanted, known_words=WORDS).text == wanted


def test_a_dateline_is_known_by_its_place_in_the_text_as_given() -> None:
    text = "<p>KYIV,&nbsp;Ukraine, March 7 (AP) — Arnor left.</p>"
    (line,) = normalize(text).datelines
    assert text[slice(*line.place)] == "KYIV,&nbsp;Ukraine"
    assert line.date is not None and text[slice(*line.date)] == "March 7"
    assert line.agency is not None and text[slice(*line.agency)] == "AP"


def test_without_a_dictionary_a_word_is_joined_unless_it_begins_with_a_prefix() -> None:
    assert normalize("The govern-\nment gave non-\nfinancial aid.").text == (
        "The government gave non-financial aid."
    )


# Words that no edit changes, and what may stand between two of them.
PLAIN = st.sampled_from(["Arnor", "accused", "Gondor", "of", "war", "the", "king", "said", "1,500", "Rohan"])
BETWEEN = st.sampled_from(
    [" ", " ", " ", "\n", "\n\n", ". ", ".", ".\n", "\u00a0", " \u200b", " &amp; ", "<p>", "<br/>",
     " \ufb01x ", " go-\nvern ", ", ", '." ', ' "', "&nbsp;", "&#8217; ", "\r\n", " (AP) — ", "\nGENEVA - ",
     " (Reporting by X Y)\n"]
)  # fmt: skip


@given(st.lists(st.tuples(PLAIN, BETWEEN), max_size=40))
def test_words_that_stay_go_back_to_themselves(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + between for word, between in pieces)
    normalized = normalize(text)
    last = 0
    for start, end in _words(normalized.text):
        first, stop = normalized.text_map.original_span(start, end)
        assert last <= first <= stop <= len(text)
        last = first
        word = normalized.text[start:end]
        if word in {plain for plain, _ in pieces} and "\u200b" not in text[first:stop]:
            assert text[first:stop] == word


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[\w,]*\w", text)]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    normalized = normalize(text)
    last = 0
    for at in range(len(normalized.text)):
        start, end = normalized.text_map.original_span(at, at + 1)
        assert last <= start <= end <= len(text)
        last = start


@given(st.text('<>&#;a p/-\n."A()0\u00ad\ufb01', max_size=80))
def test_no_markup_breaks_it(text: str) -> None:
    normalized = normalize(text)
    whole = normalized.text_map.original_span(0, len(normalized.text))
    assert 0 <= whole[0] <= whole[1] <= len(text)
