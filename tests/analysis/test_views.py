"""Views: what becomes a position, a pledge, a demand, a deal, a dispute, a warning - and what does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.analysis.disputes import find_disputes
from dragoman.analysis.positions import find_positions
from dragoman.analysis.undertakings import find_deals, find_demands, find_pledges
from dragoman.analysis.views import VIEWS, make_view
from dragoman.analysis.warnings import find_warnings
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.knowledge.issues import load_issues
from dragoman.model.documents import Document
from dragoman.record.store import StoredEvent

pytestmark = pytest.mark.pipeline

Events = Callable[..., list[StoredEvent]]


@pytest.fixture(scope="module")
def events_of(coder: Coder) -> Events:
    def read(*texts: str, day: dt.date = dt.date(2022, 2, 9)) -> list[StoredEvent]:
        found = []
        for number, text in enumerate(texts):
            document = Document(id=f"d{number}", text=text, published_on=day, publisher=f"Paper {number}")
            for event in coder.code_document(document).events:
                found.append(
                    StoredEvent(
                        document_id=document.id, published_on=day, publisher=document.publisher, event=event
                    )
                )
        return found

    return read


# Text, actor, issue or matter, stance; None when nobody takes a side.
POSITIONS = [
    ("China opposed the enlargement of NATO.", "CHN", "nato-enlargement", "against"),
    (
        "China backed Russia's demand that Georgia not be included in NATO.",
        "CHN",
        "nato-enlargement",
        "against",
    ),
    ("France welcomed Albania's accession to NATO.", "FRA", "nato-enlargement", "for"),
    ("Beijing has opposed any form of Taiwan independence.", "CHN", "taiwan-independence", "against"),
    (
        "Russia supports the peaceful reunification of Taiwan and China.",
        "RUS",
        "taiwan-independence",
        "against",
    ),
    (
        "Iran demanded an end to the sanctions on Iran from the United States.",
        "IRN",
        "iran-sanctions",
        "against",
    ),
    ("Germany rejected calls for a ceasefire in Gaza.", "DEU", "gaza-ceasefire", "against"),
    ("Germany supports a ceasefire in Gaza.", "DEU", "gaza-ceasefire", "for"),
    ("Iran might support a ceasefire in Gaza.", "IRN", None, None),
    ("China denied accusations of genocide in Xinjiang.", "CHN", None, None),
]


@pytest.mark.parametrize(("text", "actor", "issue", "stance"), POSITIONS)
def test_positions(events_of: Events, text: str, actor: str, issue: str | None, stance: str | None) -> None:
    found = find_positions(events_of(text), issues=load_issues())
    held = [(p.issue, p.stance) for p in found if p.actor.id == actor]
    assert held == ([(issue, stance)] if issue else [])


def test_a_position_told_by_two_papers_has_two_sources(events_of: Events) -> None:
    events = events_of("China opposed the enlargement of NATO.", "China's government rejects NATO expansion.")
    (position,) = find_positions(events, issues=load_issues())
    assert position.matter == "NATO enlargement"
    assert [source.publisher for source in position.sources] == ["Paper 0", "Paper 1"]
    assert (position.first_day, position.last_day) == (dt.date(2022, 2, 9), dt.date(2022, 2, 9))


def test_issues_of_the_users_own(events_of: Events, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "ring-road:\n  name: The ring road\n  words: [[ring road, ring-road]]\n", encoding="utf-8"
    )
    events = events_of("Arnor opposed Gondor's plan for a ring road through Ithilien.")
    (position,) = make_view("positions", events, issues=(tmp_path,))
    assert (position.issue, position.stance) == ("ring-road", "against")


def test_pledges_are_promises_of_own_acts(events_of: Events) -> None:
    events = events_of(
        "Arnor promised to send 500 tons of grain to Rohan. Arnor sent troops to the border. "
        "Gondor threatened to attack Rohan."
    )
    (pledge,) = find_pledges(events)
    assert [p.id for p in pledge.actors] == ["ARN"]
    assert [p.id for p in pledge.recipients] == ["ROH"]
    assert pledge.matter == "send 500 tons of grain to Rohan"


def test_the_same_pledge_in_two_papers_is_one(events_of: Events) -> None:
    events = events_of(
        "Arnor promised to send grain to Rohan.", "Arnor has pledged to send grain to Rohan by winter."
    )
    (pledge,) = find_pledges(events)
    assert len(pledge.sources) == 2


def test_demands(events_of: Events) -> None:
    (demand,) = find_demands(events_of("Arnor demanded that Gondor withdraw its troops from Rohan."))
    assert [p.id for p in (*demand.actors, *demand.recipients)] == ["ARN", "GON"]
    assert "withdraw its troops" in demand.matter


# Text, stage, value of the amount.
DEALS = [
    ("Arnor and Gondor signed a trade agreement worth $3 billion.", "agreed", 3e9),
    ("Arnor and Gondor will sign a fishing treaty next month.", "planned", None),
    ("Arnor tore up its treaty with Gondor.", "ended", None),
    ("Arnor and Gondor agreed to meet in Bree.", None, None),
    ("If the talks succeed, Arnor and Gondor will sign a treaty.", None, None),
]


@pytest.mark.parametrize(("text", "stage", "value"), DEALS)
def test_deals(events_of: Events, text: str, stage: str | None, value: float | None) -> None:
    found = find_deals(events_of(text))
    assert [deal.stage for deal in found] == ([stage] if stage else [])
    assert [amount.value for deal in found for amount in deal.amounts] == ([value] if value else [])


# Text, whether the denial answers the accusation.
DISPUTES = [
    ("Arnor accused Gondor of sheltering rebels. Gondor denied it.", True),
    ("Arnor accused Gondor of torturing prisoners. Gondor rejected accusations of torture.", True),
    ("Arnor accused Gondor of spying. Gondor denied the allegations.", True),
    ("Arnor accused Gondor of spying. Rohan denied the allegations.", False),
    ("Arnor accused Gondor of spying. Gondor rejected Arnor's offer of talks.", False),
]


@pytest.mark.parametrize(("text", "joined"), DISPUTES)
def test_disputes(events_of: Events, text: str, joined: bool) -> None:
    found = find_disputes(events_of(text))
    assert [([p.id for p in d.accusers], [p.id for p in d.accused]) for d in found] == (
        [(["ARN"], ["GON"])] if joined else []
    )
    assert all(d.accusations and d.denials for d in found)


def test_an_accusation_that_nobody_answers_is_told_when_asked(events_of: Events) -> None:
    events = events_of("Arnor accused Gondor of spying.")
    assert find_disputes(events) == []
    (dispute,) = find_disputes(events, unanswered=True)
    assert dispute.denials == ()


def test_warnings_show_the_if_and_what_follows(events_of: Events) -> None:
    (warning,) = find_warnings(events_of("Gondor threatened to attack Rohan if Rohan closed its border."))
    assert warning.is_own_threat
    assert warning.condition is not None
    assert warning.condition.text == "if Rohan closed its border"
    assert warning.consequence is not None


def test_a_view_can_be_asked_for_one_party(events_of: Events) -> None:
    events = events_of("Arnor promised to send grain to Rohan. Gondor promised to send ships to Rohan.")
    assert [p.actors[0].id for p in make_view("pledges", events, party="GON")] == ["GON"]
    assert make_view("pledges", events, party="MOR") == []


def test_a_view_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="warnings"):
        make_view("prophecies", [])


def test_a_promise_not_to_do_something(events_of: Events) -> None:
    (pledge,) = find_pledges(events_of("Arnor said it would never abandon its commitment to Rohan."))
    assert (pledge.is_negative, pledge.matter) == (True, "abandon its commitment to Rohan")


def test_what_is_denied_is_no_line(events_of: Events) -> None:
    assert make_view("pledges", events_of("Arnor promised to send grain to Rohan."))
    assert make_view("pledges", events_of("Arnor denied that it had promised to send grain to Rohan.")) == []


def test_unlikely_events_make_no_line(events_of: Events) -> None:
    events = events_of("Arnor imposed sanctions on Gondor.")
    assert make_view("sanctions", events)
    assert make_view("sanctions", events, min_confidence=1.0) == []


def test_sanctions_hit_a_person_who_is_found_by_country_too(events_of: Events) -> None:
    events = events_of("The United States imposed sanctions on Vladimir Putin.")
    (line,) = make_view("sanctions", events, party="RUS")
    assert [p.id for p in line.recipients] == ["P:vladimir-putin"]
    assert line.measure is not None
    assert line.measure.text == "sanctions"


def test_a_source_points_at_the_word_it_rests_on(events_of: Events) -> None:
    text = "Arnor promised to send grain to Rohan."
    (pledge,) = make_view("pledges", events_of(text))
    cue = pledge.sources[0].cue
    assert text[cue.start : cue.end] == cue.text == "promised"


@pytest.mark.parametrize("name", VIEWS)
def test_every_line_rests_on_words_of_the_report(events_of: Events, name: str) -> None:
    text = (
        "Arnor promised to send grain to Rohan. Arnor demanded that Gondor withdraw. Arnor opposed the "
        "treaty of Bree. Arnor and Gondor signed a treaty. Rohan imposed sanctions on Mordor. Rohan "
        "mediates between Arnor and Gondor. Arnor accused Gondor of torture. Gondor rejected "
        "accusations of torture. Gondor will attack Arnor if Arnor closes the border."
    )
    lines = make_view(name, events_of(text))
    assert lines
    for line in lines:
        sources = (*line.accusations, *line.denials) if name == "disputes" else line.sources
        assert all(text[s.start : s.end] == s.text for s in sources)
