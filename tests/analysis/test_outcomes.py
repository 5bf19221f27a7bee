"""What became of pledges: a later act keeps or breaks only the pledge that it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from dragoman.analysis.views import make_view
from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.record.store import StoredEvent

pytestmark = pytest.mark.pipeline

Tell = Callable[[str, int], list[StoredEvent]]
# What is promised, what is reported 20 days later, and what became of the promise.
CASES = (
    ("Arnor promised to send 500 troops to Rohan.", "Arnor sent 500 troops to Rohan.", "kept"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor sent troops to Rohan.", "kept"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor sent 200 troops to Rohan.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor sent 500 troops to Mordor.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Gondor sent 500 troops to Rohan.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor will send 500 troops to Rohan in May.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor did not send troops to Rohan.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Rohan asked Arnor to send 500 troops.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor condemned the attack on Rohan.", "open"),
    ("Arnor promised to send 500 troops to Rohan.", "Arnor refused to send troops to Rohan.", "broken"),
    ("Arnor pledged to lift its sanctions on Gondor.", "Arnor lifted its sanctions on Gondor.", "kept"),
    ("Arnor pledged to lift its sanctions on Gondor.", "Arnor imposed sanctions on Gondor.", "open"),
    ("Arnor pledged to lift its sanctions on Gondor.", "Arnor lifted its sanctions on Mordor.", "open"),
    ("Arnor pledged to lift its sanctions on Gondor.", "Mordor lifted its sanctions on Gondor.", "open"),
    ("Arnor vowed to withdraw its forces from Rohan.", "Arnor withdrew its forces from Rohan.", "kept"),
    ("Arnor vowed to withdraw its forces from Rohan.", "Arnor sent its forces to Rohan.", "open"),
    ("Arnor vowed to withdraw its forces from Rohan.", "Arnor's forces attacked Rohan.", "open"),
    ("Arnor pledged to open its border with Rohan.", "Arnor closed its border with Rohan.", "open"),
    ("Arnor pledged to open its border with Rohan.", "Arnor opened its border with Rohan.", "kept"),
    ("Arnor pledged to open its border with Rohan.", "Arnor broke its promise to open its border with Rohan.",
     "broken"),
    ("Arnor pledged to open its border with Rohan.",
     "Mordor accused Arnor of breaking its promise to open its border with Rohan.", "open"),
    ("Arnor will provide $2 billion in aid to Rohan.", "Arnor delivered $2 billion in aid to Rohan.", "kept"),
    ("Arnor will provide $2 billion in aid to Rohan.", "Arnor cut its aid to Rohan.", "open"),
    ("Arnor promised to buy 900 tons of wheat from Rohan.", "Arnor bought 900 tons of wheat from Rohan.",
     "kept"),
    ("Arnor promised to buy 900 tons of wheat from Rohan.", "Arnor refused to buy wheat from Rohan.",
     "broken"),
    ("Arnor promised to buy 900 tons of wheat from Rohan.", "Rohan refused to sell wheat to Arnor.", "open"),
    ("Arnor promised to release three prisoners from Rohan.", "Arnor released three prisoners from Rohan.",
     "kept"),
    ("Arnor promised to release three prisoners from Rohan.", "Arnor arrested three people from Rohan.",
     "open"),
    ("Arnor and Gondor agreed to resume talks.", "Arnor and Gondor resumed talks.", "kept"),
    ("Arnor and Gondor agreed to resume talks.", "Arnor suspended talks with Gondor.", "open"),
    ("Arnor promised to send grain to Rohan.", "", "open"),
    ("Arnor promised to send 1200 troops to Rohan.", "Arnor sent 1200 tons of wheat to Rohan.", "open"),
    ("Arnor promised to send grain to Rohan.", "Arnor sent doctors to Rohan.", "open"),
    ("Arnor pledged not to send troops to Rohan.", "Arnor sent troops to Rohan.", "broken"),
    ("Arnor pledged not to send troops to Rohan.", "Rohan sent troops to Arnor.", "open"),
    ("Arnor pledged not to send troops to Rohan.", "Arnor sent doctors to Rohan.", "open"),
    ("Arnor pledged not to send troops to Rohan.", "Arnor refused to send troops to Rohan.", "open"),
    ("Arnor pledged not to send troops to Rohan.", "Arnor withdrew its troops from Rohan.", "open"),
    ("Arnor pledged not to send troops to Rohan.", "Arnor denied that it had sent troops to Rohan.", "open"),
    ("Arnor pledged not to send troops to Rohan.", "Rohan accused Arnor of sending troops.", "open"),
    ("Arnor vowed never to sell weapons to Rohan.", "Arnor sold weapons to Rohan.", "broken"),
    ("Arnor vowed never to sell weapons to Rohan.", "Arnor sold wheat to Rohan.", "open"),
    ("Arnor vowed never to sell weapons to Rohan.", "If asked, Arnor will sell weapons to Rohan.", "open"),
)  # fmt: skip


@pytest.fixture(scope="module")
def tell(coder: Coder) -> Tell:
    def told(text: str, days: int) -> list[StoredEvent]:
        day = dt.date(2022, 2, 9) + dt.timedelta(days=days)
        document = Document(id=f"report-{days}", text=text or "Nothing.", published_on=day)
        return [
            StoredEvent(document_id=document.id, published_on=day, publisher=None, event=event)
            for event in coder.code_document(document).events
        ]

    return told


@pytest.mark.parametrize(("pledge", "later", "outcome"), CASES)
def test_outcome(tell: Tell, pledge: str, later: str, outcome: str) -> None:
    line = make_view("pledges", [*tell(pledge, 0), *tell(later, 20)], min_confidence=0.0)[0]
    assert line.outcome == outcome  # type: ignore[union-attr]
    sources = line.outcome_sources  # type: ignore[union-attr]
    assert bool(sources) == (outcome != "open")
    assert all(source.document_id == "report-20" for source in sources)


@pytest.mark.parametrize("days", [-20, 0, 800])
def test_only_what_is_told_later_counts(tell: Tell, days: int) -> None:
    pledge = tell("Arnor promised to send 500 troops to Rohan.", 0)
    later = tell("Arnor sent 500 troops to Rohan.", days)
    assert make_view("pledges", [*pledge, *later])[0].outcome == "open"  # type: ignore[union-attr]


def test_a_breach_outweighs_an_act(tell: Tell) -> None:
    events = [
        *tell("Arnor promised to send 500 troops to Rohan.", 0),
        *tell("Arnor sent 500 troops to Rohan.", 20),
        *tell("Arnor broke its promise to send 500 troops to Rohan.", 30),
    ]
    (line,) = make_view("pledges", events, min_confidence=0.0)
    assert line.outcome == "broken"  # type: ignore[union-attr]
    assert {source.document_id for source in line.outcome_sources} == {"report-30"}  # type: ignore[union-attr]
