"""The CAMEO code of an event says what was asked, promised, refused or ended, not only that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

# A sentence, and the CAMEO code of its first event.
CODES = [
    ("Arnor urged Gondor to stay calm.", "020"),
    ("Arnor urged Gondorian residents to take shelter.", "020"),
    ("Arnor demanded that Gondor change its laws.", "100"),
    ("Arnor urged Gondor to withdraw its troops.", "0256"),
    ("Arnor demanded that Gondor withdraw its troops.", "1056"),
    ("Rohan called on Mordor to release the prisoners.", "0253"),
    ("Rohan demanded that Mordor lift its sanctions.", "1054"),
    ("Lorien urged Arnor and Mordor to hold talks.", "026"),
    ("Bree asked Rohan to mediate in its quarrel with Dale.", "028"),
    ("Rohan asked Gondor for weapons.", "023"),
    ("Arnor asked Umbar to extradite a merchant.", "0213"),
    ("Rohan promised to send food to Arnor.", "0333"),
    ("Gondor refused to release the Rohirric sailors.", "1243"),
    ("Gondor threatened to impose sanctions on Mordor.", "1312"),
    ("Gondor halted talks with Mordor.", "164"),
    ("Gondor and Mordor negotiated on Monday.", "046"),
    ("Arnor vetoed a resolution by Gondor.", "129"),
    ("Arnor issued a demand to Gondor.", "100"),
    ("Arnor sent a request to Gondor.", "020"),
    ("Arnor put pressure on Gondor.", "100"),
    ('"Gondor must leave our islands," the Arnorian foreign minister said.', "100"),
    ("Arnor massacred Haradrim villagers.", "202"),
]


@pytest.mark.parametrize(("sentence", "code"), CODES)
def test_the_code_says_what_is_asked(coder: Coder, sentence: str, code: str) -> None:
    events = coder.code(sentence, published_on="2022-02-09").events
    assert [event.cameo for event in events[:1]] == [code]


def test_an_appeal_is_no_demand_by_its_goldstein_value(coder: Coder) -> None:
    (event,) = coder.code(
        "Arnor urged Gondorian residents to take shelter.", published_on="2022-02-09"
    ).events
    assert event.event_type == "REQUEST"
    assert event.goldstein == 3.0
