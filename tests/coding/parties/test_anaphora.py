"""References back, in running text: who is meant, and when nobody is, why."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder

pytestmark = pytest.mark.pipeline

# ruff: noqa: E501 - one case a line reads best

# text, the trigger of an event, who does it, to whom
MEANT = [
    ("King Bard of Dale met Gondor's envoy. He promised to send grain to Rohan.", "promised", ["P:bard"], ["ROH"]),
    ("Queen Arwen of Gondor visited Rohan. She praised Rohan.", "praised", ["P:queen-arwen"], ["ROH"]),
    ("Arnor and Gondor held talks. The two countries signed a treaty.", "signed", ["ARN", "GON"], []),
    ("Arnor and Gondor held talks. Both sides signed a treaty.", "signed", ["ARN", "GON"], []),
    ("Mordor, Harad and Umbar met. The three countries signed a treaty.", "signed", ["HAR", "MOR", "UMB"], []),
    ("NATO met on Monday. The alliance condemned Russia.", "condemned", ["NATO"], ["RUS"]),
    ("The Arnorian government banned rallies. The regime arrested protesters.", "arrested", ["ARN"], None),
    ("President Bard of Dale spoke. The president accused Umbar of piracy.", "accused", ["P:bard"], ["UMB"]),
    ("The Turkish foreign ministry was closed. The ministry condemned Greece.", "condemned", ["TUR:GOV"], ["GRC"]),
    ("Arnor said its neighbor Gondor had attacked Rohan.", "attacked", ["GON"], ["ROH"]),
    ("Gondor attacked Rohan. Its neighbor Arnor accused Gondor of murder.", "accused", ["ARN"], ["GON"]),
    ("Mordor massed its troops. It attacked Gondor.", "attacked", ["MOR"], ["GON"]),
    (
        "Daniel Brown, the US State Department's top diplomat, arrived. Brown urged China to stop.",
        "urged", ["P:daniel-brown"], ["CHN"],
    ),
    (
        "Daniel Brown, the US State Department's top diplomat, arrived. He accused China of spying.",
        "accused", ["P:daniel-brown"], ["CHN"],
    ),
]  # fmt: skip

# text, the word that is left empty, and the reason given
EMPTY = [
    ("Denethor of Gondor and Theoden of Rohan met. He condemned Mordor.", "He", "two people named together before"),
    ("Rain fell in the valley. It worried Mordor.", "It", "no country or body named before"),
    ("The road was long. The two countries signed a treaty.", "countries", "not so many countries named before"),
    ("The road was long. She condemned Mordor.", "She", "no person named before"),
]  # fmt: skip


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"])


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), MEANT)
def test_a_reference_carries_the_event(coder, text, trigger, actors, recipients):
    events = [e for e in coder.code(text).events if e.trigger.text == trigger]
    assert [sorted(ref.id for ref in e.actors) for e in events] == [actors]
    if recipients is not None:
        assert [ref.id for ref in events[0].recipients] == recipients


@pytest.mark.parametrize(("text", "word", "reason"), EMPTY)
def test_a_reference_left_empty_has_a_reason(coder, text, word, reason):
    annotated = coder.annotate_text(text)
    parties = coder.parties_of(annotated)
    token = next(t for t in annotated.doc if t.text == word)
    assert parties.resolve(token) == ()
    assert parties.reasons[token.i] == reason
