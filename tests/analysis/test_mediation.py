"""Mediation, from events made by hand: the stage of each act, mediators and sides, what is no mediation."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.mediation import TYPES, find_mediation
from dragoman.model.records import Span

BETWEEN = "between Arnor and Gondor."


def _rows(events) -> list[tuple[str, str, str | None]]:
    return [
        (" ".join(p.id for p in line.actors), " ".join(p.id for p in line.recipients), line.stage)
        for line in find_mediation(events)
    ]


def _of(told, marked: str, kind: str = "CONSULT", *, by: str = "Rohan", to: str = "Arnor Gondor", **changed):
    return _rows([told(marked, kind, by=by, to=to, **changed)])


# ruff: noqa: E501 - one case a line reads best

# A sentence, its type, what is changed; the stage, None for no row.
STAGES = [
    (f"Rohan *mediated* {BETWEEN}", "CONSULT", {}, "mediates"),
    (f"Rohan *mediated* {BETWEEN}", "CONSULT", {"factuality": "possible"}, "mediates"),
    (f"Rohan *mediated* {BETWEEN}", "CONSULT", {"factuality": "unknown"}, None),
    (f"Rohan *mediated* {BETWEEN}", "ASSAULT", {}, None),
    (f"Rohan *mediated* {BETWEEN}", "REJECT", {}, "refused"),
    (f"Rohan *mediated* {BETWEEN}", "REQUEST", {}, "asked for"),
    (f"Rohan *mediated* {BETWEEN}", "SANCTION", {}, "ended"),
    (f"Rohan *mediated* {BETWEEN}", "CONSULT", {"tense": "future"}, "offered"),
    (f"Rohan declined to *broker* talks {BETWEEN}", "CONSULT", {}, None),
    (f"Rohan never *mediated* {BETWEEN}", "CONSULT", {}, None),
    (f"Rohan may *mediate* {BETWEEN}", "CONSULT", {}, None),
    (f"Rohan *mediated* {BETWEEN}", "CONSULT", {"conditional": True}, None),
    # The word of mediation follows the trigger.
    (f"Rohan *rejected* mediation {BETWEEN}", "CONSULT", {}, "refused"),
    (f"Rohan *sought* mediation {BETWEEN}", "CONSULT", {}, "asked for"),
    (f"Rohan *halted* mediation {BETWEEN}", "CONSULT", {}, "ended"),
    (f"Rohan *offered* mediation {BETWEEN}", "CONSULT", {}, "offered"),
    (f"Rohan *began* mediation {BETWEEN}", "CONSULT", {}, "mediates"),
    (f"Rohan *rested* after mediation {BETWEEN}", "CONSULT", {}, None),
    (f"Rohan *rested* {BETWEEN}", "CONSULT", {}, None),
    # Words that name mediation only beside words of peace, and words that only look like it.
    (f"Rohan *facilitated* trade {BETWEEN}", "CONSULT", {}, None),
    (f"Rohan *facilitated* a truce {BETWEEN}", "CONSULT", {}, "mediates"),
    (f"Rohan *is* a power broker {BETWEEN}", "CONSULT", {}, None),
    (f"Rohan *is* an honest broker {BETWEEN}", "CONSULT", {}, "mediates"),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "stage"), STAGES)
def test_stages(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], stage: str | None
) -> None:
    assert _of(told, marked, kind, offset=offset, **changed) == ([("ROH", "ARN GON", stage)] if stage else [])


@pytest.mark.parametrize("kind", TYPES)
def test_types_of_mediation(told, kind: str) -> None:
    assert len(_of(told, f"Rohan *mediated* {BETWEEN}", kind)) == 1


# Words before and behind the word of mediation: 15 characters on each side can show that it is none.
BESIDE = [
    ("Rohan of arms brokers a *mediated* between Arnor and Gondor.", False),
    ("Rohan of arms brokers in *mediated* between Arnor and Gondor.", True),
    ("Rohan *mediated*, a drug broker, between Arnor and Gondor.", False),
    ("Rohan *mediated*, as drug broker, between Arnor and Gondor.", True),
]


@pytest.mark.parametrize(("marked", "is_row"), BESIDE)
def test_words_beside_the_word_of_mediation(told, marked: str, is_row: bool) -> None:
    assert bool(_of(told, marked)) is is_row


# A sentence, its type, actors and recipients; mediators and sides, None for no row.
ROLES = [
    ("Talks of Arnor and Gondor *mediated* by Rohan.", "CONSULT", "Arnor Gondor", "Rohan", "ROH", "ARN GON"),
    ("Talks *mediated* by Rohan between Arnor and Gondor.", "CONSULT", "Rohan", "Arnor Gondor", "ROH",
     "ARN GON"),
    # A party inside the name of the mediator is no side.
    ("Talks of Gondor *mediated* by Rohan, envoy to Arnor.", "CONSULT", "Rohan", "Arnor Gondor", "ROH", "GON"),
    ("Talks *mediated* by both Rohan and Mordor.", "CONSULT", "Rohan Mordor", "", "ROH MOR", ""),
    # Other words lie between the act and its mediator.
    ("Arnor *mediated* talks held by Rohan.", "CONSULT", "Arnor", "Rohan", "ARN", "ROH"),
    ("Arnor *mediated* by and praised Rohan.", "CONSULT", "Arnor", "Rohan", "ARN", "ROH"),
    ("Arnor *mediated* by talks between Rohan.", "CONSULT", "Arnor", "Rohan", "ARN", "ROH"),
    (f"Arnor *mediated* by {'x' * 85} Rohan.", "CONSULT", "Arnor", "Rohan", "ROH", "ARN"),
    (f"Arnor *mediated* by {'x' * 86} Rohan.", "CONSULT", "Arnor", "Rohan", "ARN", "ROH"),
    # Who is asked, or whose offer is rejected.
    ("Arnor *asked* Rohan for mediation with Gondor.", "REQUEST", "Arnor", "Rohan Gondor", "ROH", "ARN GON"),
    ("Arnor *asked* Rohan for mediation with Gondor.", "CONSULT", "Arnor", "Rohan Gondor", "ARN ROH", "GON"),
    ("Arnor *rejected* Rohan for mediation with Gondor.", "REJECT", "Arnor", "Rohan Gondor", "ROH", "ARN GON"),
    ("Arnor *asked* envoys between Rohan for mediation.", "REQUEST", "Arnor", "Rohan", "ARN", "ROH"),
    # "Between" makes a side within forty characters.
    (f"Between {'x' * 31} Rohan *mediated*.", "CONSULT", "Rohan", "", "", ""),
    (f"Between {'x' * 32} Rohan *mediated*.", "CONSULT", "Rohan", "", "ROH", ""),
    # The mediator is named outside the clause, or nobody is named.
    ("*Mediated* between Arnor and Gondor.", "CONSULT", "", "Arnor Gondor", "", ""),
    ("*Mediating* between Arnor and Gondor.", "CONSULT", "", "Arnor Gondor", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "by", "to", "mediators", "sides"), ROLES)
def test_roles(
    told, offset: int, marked: str, kind: str, by: str, to: str, mediators: str, sides: str
) -> None:
    found = _of(told, marked, kind, by=by, to=to, offset=offset)
    assert [row[:2] for row in found] == ([(mediators, sides)] if mediators else [])


# Where the words of the preceding event end, before the mediation; whether its parties are the sides.
@pytest.mark.parametrize(
    ("gap", "text", "is_side"),
    [(0, "truce", True), (3, "truce", True), (4, "truce", False), (-1, "truce", False), (0, "Truce", False)],
)
def test_sides_of_the_preceding_event(told, gap: int, text: str, is_side: bool) -> None:
    other = told("Arnor *met* Gondor and Rohan.", "CONSULT", to="Gondor Rohan")
    moved = _moved(told(f"{text} *brokered* by Rohan.", "AGREE", by="Rohan"), 27 + gap)
    assert _rows([other, moved]) == [("ROH", "ARN GON" if is_side else "", "mediates")]


def test_sides_are_of_the_same_report(told) -> None:
    other = told("Arnor *met* Gondor.", "CONSULT", to="Gondor", document="e")
    moved = _moved(told("truce *brokered* by Rohan.", "AGREE", by="Rohan"), 20)
    assert _rows([other, moved]) == [("ROH", "", "mediates")]


def _moved(stored, by: int):
    """Return an event whose words stand further behind in the report."""

    def span(each: Span) -> Span:
        return Span(each.start + by, each.end + by, each.text)

    event = stored.event
    actors = tuple(msgspec.structs.replace(r, start=r.start + by, end=r.end + by) for r in event.actors)
    event = msgspec.structs.replace(
        event, evidence=span(event.evidence), trigger=span(event.trigger), actors=actors
    )
    return msgspec.structs.replace(stored, event=event)


def test_names_of_states(told) -> None:
    (line,) = find_mediation(
        [told(f"Rohan *mediated* {BETWEEN}", "CONSULT", by="Rohan", to="Arnor Gondor")],
        names={"ROH": "the Mark", "ARN": "the North"},
    )
    assert [p.name for p in (*line.actors, *line.recipients)] == ["the Mark", "the North", "Gondor"]
