"""Who is quoted where no verb of saying stands beside the quote."""

from __future__ import annotations

import pytest

from dragoman.coding.attribution.beside_quotes import speaker_before, speaker_behind

pytestmark = pytest.mark.pipeline

QUOTE = '"Mordor attacked Bree at dawn."'

BEFORE = [
    (f"Faramir was blunt. {QUOTE}", "Faramir"),
    (f"Faramir disagreed. {QUOTE}", "Faramir"),
    (f"The minister was blunt. {QUOTE}", "minister"),
    (f"He was blunt. {QUOTE}", "He"),
    (f"Faramir walked home. {QUOTE}", None),
    (f"The road was muddy. {QUOTE}", None),
    (f"Faramir disagreed.\n{QUOTE}", None),
    (f'Faramir disagreed with "some of it". {QUOTE}', None),
    (QUOTE, None),
]

BEHIND = [
    (f"{QUOTE} Faramir was angry.", "Faramir"),
    (f"{QUOTE} Those were the words of Faramir.", "Faramir"),
    (f"{QUOTE} Those were Faramir's words.", "Faramir"),
    (f"{QUOTE} That is what Bard told reporters.", "Bard"),
    (f"{QUOTE} That was the message from Bard.", "Bard"),
    (f"{QUOTE} That was the price of bread.", None),
    (f"{QUOTE} Faramir walked home.", None),
    (f"{QUOTE}\nFaramir was angry.", None),
    (QUOTE, None),
]


@pytest.mark.parametrize(("text", "speaker"), BEFORE)
def test_who_leads_up_to_a_quote(reading, text, speaker):
    annotated = reading(text).annotated
    found = speaker_before(annotated.quotes[-1], annotated)
    assert (found.text if found else None) == speaker


@pytest.mark.parametrize(("text", "speaker"), BEHIND)
def test_whose_words_a_quote_was(reading, text, speaker):
    annotated = reading(text).annotated
    found = speaker_behind(annotated.quotes[0], annotated)
    assert (found.text if found else None) == speaker
