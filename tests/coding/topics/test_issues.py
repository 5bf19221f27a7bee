"""What an act is about, in the words of the report."""

from __future__ import annotations

import pytest

from dragoman.coding.topics.issues import issue_of

pytestmark = pytest.mark.pipeline

# The act in brackets, its type, the words of its issue.
ISSUES = [
    ("Arnor and Gondor [met] over the border dispute.", "CONSULT", "border dispute"),
    ("Arnor [criticized] Gondor over its tariffs.", "ACCUSE", "its tariffs"),
    ("Arnor [rejected] the peace plan.", "REJECT", "peace plan"),
    ("Arnor [supports] a new treaty.", "SUPPORT", "new treaty"),
    ("Arnor [promised] to withdraw from Bree.", "AGREE", "withdraw from Bree"),
    ("Arnor [demanded] that Gondor leave Bree.", "REQUEST", "Gondor leave Bree"),
    ("Arnor [threatened] to close the border.", "THREATEN", "close the border"),
    ("Arnor [attacked] Gondor.", "ASSAULT", None),
    ("Arnor [met] Gondor on Monday.", "CONSULT", None),
    ("Arnor [rejected] Gondor.", "REJECT", None),
    ("Arnor [criticized] Gondor for Monday.", "ACCUSE", None),
    ("Arnor [attacked] the fort.", "ASSAULT", None),
]


@pytest.mark.parametrize(("text", "event_type", "words"), ISSUES)
def test_what_an_act_is_about(reading, text, event_type, words):
    found = reading(text)
    issue = issue_of(found.word, event_type, annotated=found.annotated, parties=found.parties)
    assert (issue and issue.text) == words
    if issue is not None:
        assert found.annotated.text_of(issue.start, issue.end) == words


def test_a_long_issue_is_cut(reading):
    text = "Arnor [promised] to withdraw from Bree " + "and from the hills beyond the river " * 8 + "soon."
    found = reading(text)
    issue = issue_of(found.word, "AGREE", annotated=found.annotated, parties=found.parties)
    assert issue.text.startswith("withdraw from Bree")
    assert len(issue.text) <= 120
