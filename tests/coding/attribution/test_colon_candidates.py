"""What stands behind a colon, in the quote of another sentence, or before the last comma of a sentence."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.colon_candidates import behind_a_colon, behind_a_quote, said_at_the_end

pytestmark = pytest.mark.pipeline

# The verb in brackets, its speaker in angle brackets; what stands behind the colon, "-" for nothing said.
COLONS = [
    ("<Faramir> [wrote] on X: Mordor has attacked Bree.", "Mordor has attacked Bree"),
    ('<Faramir> [took] to Twitter: "Mordor has attacked Bree."', '"Mordor has attacked Bree."'),
    ("<Faramir> [said]: Mordor has attacked Bree.", "Mordor has attacked Bree"),
    ("<Faramir> [counted] three towns: Bree, Dale and Laketown.", "-"),
    ("<Faramir> [took] three maps to the captain: of Bree and of Dale.", "-"),
    ("<Faramir> [said] the road was closed: Mordor has attacked Bree.", "-"),
    ("<Faramir> may [write] on X: Mordor has attacked Bree.", "-"),
    ('"<Faramir> [said]: go home," Bard told us.', "-"),
    # A text below: to the last paragraph in the first person, not beyond.
    ("<Faramir> [said]:\nMordor has attacked Bree.\nWe will not forget it.\nIt rained.",
     "Mordor has attacked Bree.\nWe will not forget it"),
    ("<Faramir> [said]:\nMordor has attacked Bree.\nIt rained.", "Mordor has attacked Bree"),
    ("<Faramir> [said]:\nMordor has attacked Bree.\nThe US is far.\nIt rained.", "Mordor has attacked Bree"),
    ('<Faramir> [said]:\nMordor has attacked Bree.\n"We are safe," Bard said.', "Mordor has attacked Bree"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content"), COLONS)
def test_what_stands_behind_a_colon(reading, text, content):
    found = reading(text)
    told = behind_a_colon(found.word, found.expected[0], found.annotated)
    words = found.annotated.document.text
    assert (words[slice(*told.content[0])] if told else "-") == content
    if told:
        assert (told.frame, told.cue, told.speaker) == ("colon", found.word, found.expected[0])


def test_without_a_speaker_nothing_is_said_behind_a_colon(reading):
    found = reading("<Faramir> [wrote] on X: Mordor has attacked Bree.")
    assert behind_a_colon(found.word, None, found.annotated) is None


QUOTES = [
    ('"Who will pay for the bridge?" <Bard> [asked].', '"Who will pay for the bridge?"'),
    ('"Who will pay for the bridge?" the tired <captain> [asked].', '"Who will pay for the bridge?"'),
    ('"Who will pay?" The rain fell. <Bard> [asked].', "-"),
    ('<Bard> [asked]. "Who will pay for the bridge?"', "-"),
]


@pytest.mark.parametrize(("text", "content"), QUOTES)
def test_the_quote_right_before(reading, text, content):
    found = reading(text)
    words = found.annotated.document.text
    told = list(behind_a_quote(found.word, found.expected[0], found.annotated))
    if found.word.head != found.word:  # the parse has one sentence: read elsewhere
        assert told == []
        return
    assert [words[slice(*c.content[0])] for c in told] == ([content] if content != "-" else [])


ENDS = [
    ("The fort has fallen, Faramir, the captain of the guard, [said] on Friday.", ("Faramir",
     "The fort has fallen")),
    ("The fort has fallen, a captain [said].", ("captain", "The fort has fallen")),
    ("The fort has fallen, the old captain [said].", ("captain", "The fort has fallen")),
    ("The fort has fallen, Faramir [saw].", None),
    ("The fort has fallen, Faramir may [say].", None),
    ("Now, Faramir [said].", None),
    ("The fort fell and Faramir [said] so.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ENDS)
def test_what_is_said_at_the_end(reading, text, told):
    found = reading(text)
    words = found.annotated.document.text
    given = [
        (c.speaker.text, words[slice(*c.content[0])]) for c in said_at_the_end(found.word, found.annotated)
    ]
    assert given == ([told] if told else [])
