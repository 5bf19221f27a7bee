"""The relation between two given spans: rules where they hold, the model elsewhere."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder

pytestmark = pytest.mark.pipeline

# Text with the actor and the recipient, the type, whether a rule gives it.
RELATIONS = [
    ("Arnor accused Gondor of spying.", "Arnor", "Gondor", "ACCUSE", True),
    ("Arnor bombed a village in Gondor.", "Arnor", "Gondor", "ASSAULT", True),
    ("Arnor gave 3 million crowns to promote farming in Gondor.", "Arnor", "Gondor", "AID", True),
    ("Gondor was shelled by Mordor.", "Mordor", "Gondor", "ASSAULT", True),
    ("The tall Bree people like the old Dale people.", "Bree people", "Dale people", None, False),
]


@pytest.mark.parametrize(("text", "actor", "recipient", "event_type", "by_rule"), RELATIONS)
def test_relation(
    coder: Coder, text: str, actor: str, recipient: str, event_type: str | None, by_rule: bool
) -> None:
    spans = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    found = coder.relation(text, actor=spans[0], recipient=spans[1])
    assert found is not None
    assert event_type in (None, found.event_type)
    assert (found.rule != "model") is by_rule
    assert 0 < found.confidence <= 1
