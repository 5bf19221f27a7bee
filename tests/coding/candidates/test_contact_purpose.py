"""A call or a letter with a purpose is that purpose carried out."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates.contact_purpose import contact_above, done_by_contact, is_only_contact

pytestmark = pytest.mark.pipeline

ABOVE = [
    ("Arnor called Gondor to [congratulate] it.", "called"),
    ("Arnor wrote to Gondor to [thank] it.", "wrote"),
    ("Arnor made a call to [congratulate] Gondor.", "made"),
    pytest.param(
        "Arnor sent a letter to [congratulate] Gondor.",
        "sent",
        marks=pytest.mark.xfail(reason="the purpose of a letter is parsed as a relative clause"),
    ),
    ("Arnor sent ships to [help] Gondor.", None),
    ("Arnor wants to [help] Gondor.", None),
    ("Arnor [called] Gondor.", None),
    ("Arnor met Gondor to [thank] it.", None),
]


@pytest.mark.parametrize(("text", "verb"), ABOVE)
def test_the_contact_above_its_purpose(reading, text, verb):
    found = contact_above(reading(text).word)
    assert (found and found.text) == verb


# The purpose in brackets; type and recipients of what is done by the contact.
DONE = [
    ("King Bard called Gondor to [congratulate] it.", ("SUPPORT", ["GON"])),
    ("King Bard called Queen Arwen of Gondor to [thank] her.", ("SUPPORT", ["GON"])),
    ("King Bard wrote to Gondor to [condemn] Mordor.", ("ACCUSE", ["MOR"])),
    ("King Bard called Gondor to [ask] it for help.", None),
    ("King Bard called Gondor to [visit] Rohan.", None),
    ("King Bard wants to [congratulate] Gondor.", None),
]


@pytest.mark.parametrize(("text", "done"), DONE)
def test_what_is_done_by_a_contact(reading, sides_of, text, done):
    found = reading(text)
    act = found.matcher.candidate_at(found.word, governed=True)
    act = act and done_by_contact(found.word, act, found.parties)
    assert (act and (act.event_type, sides_of(act.recipients))) == done


ONLY = [
    ("King Bard [called] King Eomer of Rohan to congratulate him.", True),
    ("King Bard [called] King Eomer of Rohan.", False),
    ("King Bard [phoned] King Eomer of Rohan to visit Dale.", False),
    ("King Bard [met] King Eomer of Rohan to congratulate him.", False),
    ("King Bard [condemned] King Eomer of Rohan to thank Gondor.", False),
    ("King Bard [phoned] King Eomer of Rohan to condemn Mordor.", True),
]


@pytest.mark.parametrize(("text", "only"), ONLY)
def test_the_contact_itself_is_then_no_event(reading, text, only):
    found = reading(text)
    act = found.matcher.candidate_at(found.word)
    assert act is not None

    def purpose(token):
        return found.matcher.candidate_at(token, governed=True)

    assert is_only_contact(act, purpose, found.parties) is only
