"""Outcomes of pledges from events made by hand: what tells of a pledge, how far apart, with which words."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.analysis.undertakings import find_pledges
from dragoman.model.records import Amount
from dragoman.record.answers import StoredEvent

# ruff: noqa: E501 - one case a line reads best

PROMISE = "Arnor *promised* {to send grain and wheat} to Rohan."
NOT = "Arnor *promised* {not to send grain and wheat} to Rohan."
SENT = "Arnor *sent* grain and wheat to Rohan."
DAY = dt.date(2022, 2, 1)


def _pledge(told, marked: str = PROMISE, **changed: object) -> StoredEvent:
    return told(marked, "AGREE", **{"to": "Rohan", "tense": "future", **changed})


def _later(told, marked: str = SENT, kind: str = "AID", *, days: int = 20, **changed: object) -> StoredEvent:
    stored = told(
        marked, kind, **{"to": "Rohan", "document": "later", "quad_class": "material_cooperation", **changed}
    )
    return msgspec.structs.replace(stored, published_on=DAY + dt.timedelta(days=days))


def _outcome(*events: StoredEvent) -> str | None:
    lines = [line for line in find_pledges(events) if line.sources[0].document_id == "d"]
    assert len(lines) == 1
    return lines[0].outcome


@pytest.mark.parametrize(
    ("days", "outcome"), [(-1, "open"), (0, "open"), (1, "kept"), (730, "kept"), (731, "open")]
)
def test_how_much_later(told, days: int, outcome: str) -> None:
    assert _outcome(_pledge(told), _later(told, days=days)) == outcome


def test_without_a_day_nothing_is_later(told) -> None:
    undated = msgspec.structs.replace(_later(told), published_on=None)
    assert _outcome(_pledge(told), undated) == "open"
    pledge = msgspec.structs.replace(_pledge(told), published_on=None)
    assert _outcome(pledge, _later(told)) == "open"


# What is reported later, its type, what is changed; the outcome.
LATER = [
    (SENT, "AID", {}, "kept"), (SENT, "AID", {"quad_class": "material_conflict"}, "kept"),
    ("Arnor *delivered* grain and wheat to Rohan.", "AID", {}, "kept"),
    ("Arnor *delivered* grain and wheat to Rohan.", "AID", {"quad_class": "verbal_cooperation"}, "kept"),
    ("Arnor *burned* grain and wheat of Rohan.", "ASSAULT", {"quad_class": "material_conflict"}, "open"),
    (SENT, "AID", {"polarity": "negative"}, "open"), (SENT, "AID", {"factuality": "probable"}, "kept"),
    (SENT, "AID", {"factuality": "possible"}, "open"), (SENT, "AID", {"conditional": True}, "open"),
    (SENT, "AID", {"tense": "future"}, "open"), (SENT, "AID", {"by": ""}, "open"),
    ("Gondor *sent* grain and wheat to Rohan.", "AID", {"by": "Gondor"}, "open"),
    *[(SENT, kind, {}, "open") for kind in ("REQUEST", "REJECT", "THREATEN", "ACCUSE", "PROTEST", "INVESTIGATE")],
    ("Arnor did not *send* grain and wheat to Rohan.", "AID", {}, "open"),
    ("Arnor may *send* grain and wheat to Rohan.", "AID", {}, "open"),
    ("The men *sending* grain and wheat to Rohan left Arnor.", "AID", {}, "open"),
    ("Arnor *sent* grain and wheat to Gondor.", "AID", {"to": "Gondor"}, "open"),
    ("Arnor *sent* grain and wheat.", "AID", {"to": ""}, "kept"),
    ("Arnor *sent* grain.", "AID", {"to": ""}, "kept"), ("Arnor *sent* it.", "AID", {"to": ""}, "open"),
    ("Arnor *sent* stone, iron, cloth, salt, grain.", "AID", {"to": ""}, "kept"),
    ("Arnor *saw* stone, iron, cloth, salt, grain.", "AID", {"to": ""}, "open"),
    # Refusals and breaches.
    ("Arnor *refused* to send grain and wheat to Rohan.", "REJECT", {}, "broken"),
    ("Arnor *denied* grain and wheat to Rohan.", "REJECT", {}, "open"),
    ("Arnor *saw* grain and wheat of Rohan.", "REJECT", {}, "open"),
    ("Arnor never *refused* to send grain and wheat to Rohan.", "REJECT", {}, "open"),
    ("Arnor *broke* its promise to send grain and wheat to Rohan.", "SANCTION", {}, "broken"),
    ("Arnor broke its *promise* to send grain and wheat to Rohan.", "SANCTION", {}, "broken"),
    ("Arnor *broke* Gondor's promise to send grain and wheat to Rohan.", "SANCTION", {"quad_class": "material_conflict"}, "open"),
    ("Arnor never *broke* its promise to send grain and wheat to Rohan.", "SANCTION", {}, "open"),
    ("If it *broke* its promise to send grain and wheat to Rohan, Arnor would pay.", "SANCTION", {}, "open"),
    ("Arnor *broke* its very own old promise to send grain and wheat to Rohan.", "SANCTION", {"quad_class": "material_conflict"}, "open"),
    ("Arnor *broke* its bread to send grain and wheat to Rohan.", "ASSAULT", {"quad_class": "material_conflict"}, "open"),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "outcome"), LATER)
def test_what_is_reported_later(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], outcome: str
) -> None:
    assert _outcome(_pledge(told), _later(told, marked, kind, offset=offset, **changed)) == outcome


# What is reported after a pledge not to act; the outcome.
LATER_NOT = [
    (SENT, "AID", "broken"), ("Arnor *delivered* grain and wheat to Rohan.", "AID", "open"),
    ("Arnor *refused* to send grain and wheat to Rohan.", "REJECT", "open"),
    ("Arnor *broke* its promise to send grain and wheat to Rohan.", "SANCTION", "open"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "kind", "outcome"), LATER_NOT)
def test_after_a_pledge_not_to_act(told, marked: str, kind: str, outcome: str) -> None:
    assert _outcome(_pledge(told, NOT), _later(told, marked, kind)) == outcome


def _amount(value: float, of: str = "sacks") -> tuple[Amount, ...]:
    return (Amount(value=value, unit="count", of=of, approximate=False, text="x", start=0, end=1),)


@pytest.mark.parametrize(
    ("promised", "sent", "outcome"),
    [(_amount(5), _amount(5), "kept"), (_amount(5), _amount(6), "open"), (_amount(5), (), "kept"),
     (_amount(5), _amount(6, "carts"), "kept")],
)  # fmt: skip
def test_amounts_must_not_differ(told, promised, sent, outcome: str) -> None:
    assert _outcome(_pledge(told, amounts=promised), _later(told, amounts=sent)) == outcome


def test_a_breach_outweighs_an_act_and_each_has_its_sources(told) -> None:
    broken = _later(
        told, "Arnor *refused* to send grain and wheat to Rohan.", "REJECT", days=40, document="b"
    )
    kept = [_later(told, days=days, document=f"k{days}") for days in (30, 20)]
    (line,) = find_pledges([_pledge(told), broken, *kept])
    assert (line.outcome, [s.document_id for s in line.outcome_sources]) == ("broken", ["b"])
    (line,) = find_pledges([_pledge(told), *kept])
    assert (line.outcome, [s.document_id for s in line.outcome_sources]) == ("kept", ["k20", "k30"])
    (line,) = find_pledges([_pledge(told)])
    assert (line.outcome, line.outcome_sources) == ("open", ())


def test_the_pledge_itself_and_names_alone_keep_nothing(told) -> None:
    assert _outcome(_pledge(told, "Arnor *promised* {to help Rohan and Gondor}.", to="Rohan Gondor"),
                    _later(told, "Arnor *visited* Rohan and Gondor.", to="Rohan Gondor")) == "open"  # fmt: skip


def test_only_the_first_two_words_can_be_the_promised_act(told) -> None:
    pledge = _pledge(told, "Arnor *promised* {to help towns burn wood} of Rohan.")
    conflict = {"quad_class": "material_conflict"}
    assert (
        _outcome(pledge, _later(told, "Arnor *burned* wood, help of towns of Rohan.", "COERCE", **conflict))
        == "open"
    )
    assert (
        _outcome(pledge, _later(told, "Arnor *helped* towns burn wood of Rohan.", "COERCE", **conflict))
        == "kept"
    )
