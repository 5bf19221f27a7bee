"""Pledges, demands and agreements, from events made by hand."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.undertakings import find_deals, find_demands, find_pledges
from dragoman.model.records import Amount, Span

# ruff: noqa: E501 - one case a line reads best

# A sentence, its type, what is changed; whether it is a pledge not to, None for no pledge.
PLEDGES = [
    ("Arnor *promised* to help Gondor.", "AGREE", {}, False),
    ("Arnor *promised* to help Gondor.", "AGREE", {"tense": "past"}, None),
    ("Arnor *promised* to help Gondor.", "CONCEDE", {"tense": "past"}, False),
    ("Arnor *promised* to help Gondor.", "SUPPORT", {}, None),
    ("Arnor *promised* to help Gondor.", "AGREE", {"factuality": "possible"}, False),
    ("Arnor *promised* to help Gondor.", "AGREE", {"factuality": "unknown"}, None),
    ("Arnor *promised* to help Gondor.", "AGREE", {"polarity": "negative"}, None),
    ("Arnor did not *promise* to help Gondor.", "AGREE", {}, None),
    ("Arnor *promised* not to attack Gondor.", "AGREE", {}, True),
    ("Arnor *promised* that it would never attack Gondor.", "AGREE", {}, True),
    ("Arnor will *help* Gondor.", "AGREE", {}, False),
    ("Arnor *helped* Gondor.", "AGREE", {}, None),
    ("Arnor will *help* Gondor.", "AGREE", {"tense": "past"}, None),
    ("Rohan said Arnor will *help* Gondor.", "AGREE", {"said_by": "Rohan"}, None),
    ("Arnor said Arnor will *help* Gondor.", "AGREE", {"said_by": "Arnor"}, False),
    ("Arnor broke its *promise* to help Gondor.", "AGREE", {}, None),
    ("Arnor would never break its *promise* to help Gondor.", "AGREE", {}, True),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "is_negative"), PLEDGES)
def test_pledges(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], is_negative: bool | None
) -> None:
    found = find_pledges([told(marked, kind, offset=offset, to="Gondor", **{"tense": "future", **changed})])
    assert [line.is_negative for line in found] == ([] if is_negative is None else [is_negative])


# A sentence, what is changed; what is demanded and of whom, None for no demand.
DEMANDS = [
    ("Arnor *urged* Gondor to leave.", {}, ("Gondor to leave.", "GON")),
    ("Arnor *demanded* that Gondor leave the pass.", {}, ("that Gondor leave the pass.", "GON")),
    ("Arnor *urged* Gondor to leave.", {"factuality": "probable"}, ("Gondor to leave.", "GON")),
    ("Arnor *urged* Gondor to leave.", {"factuality": "possible"}, None),
    ("Arnor *urged* Gondor to leave.", {"conditional": True}, None),
    ("Arnor *urged* Gondor to leave.", {"event_type": "SUPPORT"}, None),
    ("Arnor did not *urge* Gondor to leave.", {}, None),
    ("Arnor might *urge* Gondor to leave.", {}, None),
    ("Arnor would *urge* Gondor to leave.", {}, None),
    ("Arnor *urged* Gondor.", {}, None),
    ("Arnor *urged* Rohan to attack Gondor.", {"to": "Rohan Gondor"}, ("Rohan to attack Gondor.", "ROH")),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "changed", "row"), DEMANDS)
def test_demands(
    told, offset: int, marked: str, changed: dict[str, object], row: tuple[str, str] | None
) -> None:
    given = {"to": "Gondor", **changed}
    kind = str(given.pop("event_type", "REQUEST"))
    found = find_demands([told(marked, kind, offset=offset, **given)])
    assert [(line.matter, " ".join(p.id for p in line.recipients)) for line in found] == (
        [row] if row else []
    )


# A sentence, its type, what is changed; the stage, None for no deal.
DEALS = [
    ("Arnor *signed* a treaty with Gondor.", "SUPPORT", {}, "agreed"),
    ("Arnor *signed* a statue with Gondor.", "SUPPORT", {}, None),
    ("Arnor *signed* a treaty with Gondor.", "ASSAULT", {}, None),
    ("Arnor *signed* a treaty with Gondor.", "SUPPORT", {"factuality": "unknown"}, None),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "stage"), DEALS)
def test_deals(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], stage: str | None
) -> None:
    found = find_deals([told(marked, kind, offset=offset, to="Gondor", **changed)])
    assert [line.stage for line in found] == ([stage] if stage else [])


# What is promised not to be done, without the words that deny it.
MATTERS = [
    ("Arnor *promised* {not to attack Gondor}.", "attack Gondor"),
    ("Arnor *promised* {that it would never attack Gondor}.", "attack Gondor"),
    ("Arnor *promised* {to help Gondor}.", "to help Gondor"),
]


@pytest.mark.parametrize(("marked", "matter"), MATTERS)
def test_what_is_promised(told, marked: str, matter: str) -> None:
    (line,) = find_pledges([told(marked, "AGREE", to="Gondor", tense="future")])
    assert line.matter == matter


# More pledges: a sentence, its type, what is changed; whether it is a pledge not to, None for no pledge.
MORE_PLEDGES = [
    ("Arnor *agreed* to attack Gondor.", "AGREE", {}, None),
    ("Arnor *agreed* not to attack Gondor.", "AGREE", {}, True),
    ("Arnor *agreed* that towns of the long coast will not help Gondor.", "AGREE", {}, False),
    ("Arnor *agreed* that it will not help Gondor.", "AGREE", {}, True),
    ("Arnor will never *help* Gondor.", "AGREE", {}, True),
    ("Arnor will *attack* Gondor.", "AGREE", {}, None),
    ("Arnor will *send* gifts to punish Gondor.", "AGREE", {}, None),
    ("Arnor will *send* gifts, not to punish Gondor.", "AGREE", {}, False),
    ("Arnor dropped its *help*, said Gondor.", "AGREE", {}, None),
    ("Arnor will *help* Gondor.", "CONCEDE", {}, False),
    ("Will it *help*, asked Arnor.", "AGREE", {"said_by": "Arnor"}, None),
    ("Rohan *promised* that gifts will come.", "AGREE", {"by": "", "to": ""}, None),
    ("Arnor and its towns will, *helping* Gondor, go.", "AGREE", {}, False),
    ("Its towns will be *helping* Gondor and Arnor.", "AGREE", {}, None),
    ("Arnor refused to *offer* help to Gondor.", "AGREE", {}, None),
    ("Arnor would break its *promise* to help Gondor.", "AGREE", {}, None),
    ("Arnor never broke its *promise* to help Gondor.", "AGREE", {}, None),
    ("Arnor will not drop its *help* of Gondor.", "AGREE", {}, None),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "is_negative"), MORE_PLEDGES)
def test_more_pledges(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], is_negative: bool | None
) -> None:
    given = {"tense": "future", "to": "Gondor" if "Gondor" in marked else "", **changed}
    found = find_pledges([told(marked, kind, offset=offset, **given)])
    assert [line.is_negative for line in found] == ([] if is_negative is None else [is_negative])


# More demands: a sentence, what is changed; what is demanded and of whom, None for no demand.
MORE_DEMANDS = [
    ("The truce was *demanded* by Arnor.", {"to": ""}, ("The truce was", "")),
    ("Gondor was *urged* by Arnor to leave the pass.", {}, ("by Arnor to leave the pass.", "GON")),
    ("Arnor said Gondor must *leave* the pass.", {}, ("leave the pass.", "GON")),
    ("Arnor said Gondor must soon *leave* the pass.", {}, ("leave the pass.", "GON")),
    ("Arnor *called* Gondor home.", {}, None),
    ("Arnor *called* for peace of Gondor.", {}, ("for peace of Gondor.", "")),
    ("Arnor *called* in Gondor.", {}, None), ("Arnor *sang* to Gondor.", {}, None),
    ("Arnor *urged* talks with Gondor to end.", {}, ("talks with Gondor to end.", "")),
    ("Arnor *urged* sanctions on Gondor to end.", {}, ("sanctions on Gondor to end.", "")),
    ("Arnor *urged* that Gondor be heard.", {}, ("that Gondor be heard.", "")),
    ("Arnor *urged* that Gondor, on all of its coasts, be heard.", {}, ("that Gondor, on all of its coasts, be heard.", "GON")),
    ("Arnor *demanded* the release of captives.", {"to": ""}, ("the release of captives.", "")),
    ("Arnor *demanded* by the river.", {"to": ""}, None), ("Arnor *demanded* it.", {"to": ""}, None),
    ("Arnor *demanded* demands.", {"to": ""}, None), ("Arnor *urged* people.", {"to": ""}, None),
    ("Rallies *demanding* bread hit Arnor.", {"to": ""}, None),
    ("Arnor *urged* Gondor to leave.", {"by": ""}, None),
    ("Arnor *urged* Gondor to leave.", {"carried_by": "model"}, ("Gondor to leave.", "GON")),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "changed", "row"), MORE_DEMANDS)
def test_more_demands(
    told, offset: int, marked: str, changed: dict[str, object], row: tuple[str, str] | None
) -> None:
    given = {"to": "Gondor", **changed}
    found = find_demands([told(marked, "REQUEST", offset=offset, **given)])
    assert [(line.matter, " ".join(p.id for p in line.recipients)) for line in found] == (
        [row] if row else []
    )


# Where the actor of a demand of the model alone stands, with evidence from 20; whether it speaks.
@pytest.mark.parametrize(
    ("start", "speaks", "carried_by", "is_demand"),
    [
        (19, False, "model", False),
        (20, False, "model", True),
        (19, True, "model", True),
        (19, False, "rule", True),
    ],
)
def test_demands_of_the_model_alone(told, start: int, speaks: bool, carried_by: str, is_demand: bool) -> None:
    stored = told(
        "Now Arnor *urged* Gondor to leave.",
        "REQUEST",
        carried_by=carried_by,
        said_by="Arnor" if speaks else "",
    )
    event = stored.event
    actors = tuple(msgspec.structs.replace(ref, start=start, end=start + 1) for ref in event.actors)
    event = msgspec.structs.replace(event, actors=actors, evidence=Span(20, 53, event.evidence.text),
                                    trigger=Span(30, 35, "urged"))  # fmt: skip
    assert bool(find_demands([msgspec.structs.replace(stored, event=event)])) is is_demand


MONEY = (Amount(value=5.0, unit="money", of=None, approximate=False, text="x", start=0, end=1),)
TROOPS = (Amount(value=5.0, unit="count", of="troops", approximate=False, text="x", start=0, end=1),)
# More deals: a sentence, its type, what is changed; the stage, None for no deal.
MORE_DEALS = [
    ("Arnor *agreed* on a treaty with Gondor.", "AGREE", {}, "agreed"),
    ("Arnor did not *sign* a treaty with Gondor.", "AGREE", {}, None),
    ("Arnor may *sign* a treaty with Gondor.", "AGREE", {}, None),
    ("Arnor will *sign* a treaty with Gondor.", "AGREE", {}, "planned"),
    ("Arnor *plans* a treaty with Gondor.", "AGREE", {}, "planned"),
    ("Arnor *agreed* to sign a treaty with Gondor.", "AGREE", {}, "planned"),
    ("Arnor *agreed* to breach a treaty with Gondor.", "AGREE", {}, None),
    ("Arnor *signed* a draft treaty with Gondor.", "AGREE", {}, None),
    ("Arnor hopes to *sign* a treaty with Gondor.", "AGREE", {}, None),
    ("Arnor *sang* of a treaty with Gondor.", "AGREE", {}, None),
    ("Arnor *signed* talks on a treaty with Gondor.", "AGREE", {}, None),
    ("Arnor *signed* a plea deal with Gondor.", "AGREE", {}, None),
    ("Arnor *signed* a treaty.", "AGREE", {"to": ""}, None),
    ("Arnor and Gondor *signed* a treaty.", "AGREE", {"by": "Arnor Gondor", "to": ""}, "agreed"),
    ("A treaty was *signed* by Arnor with Gondor.", "AGREE", {}, "agreed"),
    ("Arnor kept its *treaty* with Gondor.", "AGREE", {}, None),
    ("Arnor kept a *treaty* with Gondor.", "AGREE", {}, "agreed"),
    ("Arnor kept Rohan's *treaty* with Gondor.", "AGREE", {}, None),
    # Money of two parties needs no document.
    ("Arnor and Gondor *agreed* on gifts.", "AGREE", {"by": "Arnor Gondor", "to": "", "amounts": MONEY}, "agreed"),
    ("Arnor and Gondor *agreed* on gifts.", "AGREE", {"by": "Arnor Gondor", "to": "", "amounts": TROOPS}, None),
    ("Arnor and Gondor *agreed* on gifts.", "SUPPORT", {"by": "Arnor Gondor", "to": "", "amounts": MONEY}, None),
    ("Arnor *agreed* on gifts with Gondor.", "AGREE", {"amounts": MONEY}, None),
    # Deals that end or are refused.
    ("Arnor *ended* its treaty with Gondor.", "SANCTION", {}, "ended"),
    ("Arnor *rejected* a treaty with Gondor.", "REJECT", {}, "refused"),
    ("Arnor *ended* its treaty with Gondor.", "REJECT", {}, None),
    ("Arnor *rejected* a treaty with Gondor.", "SANCTION", {}, None),
    ("Arnor will *end* its treaty with Gondor.", "SANCTION", {"tense": "future"}, None),
    ("Arnor did not *end* its treaty with Gondor.", "SANCTION", {}, None),
    ("Arnor may *end* its treaty with Gondor.", "SANCTION", {}, None),
    ("Arnor *denied* claims of a treaty with Gondor.", "REJECT", {}, None),
    ("Arnor *ended* its treaty with Gondor.", "CONSULT", {}, None),
    ("Arnor *ended* its treaty with Gondor.", "RETREAT", {}, "ended"),
    ("Arnor *ended* its treaty with Gondor.", "COERCE", {}, "ended"),
    ("It *ended* its treaty with Gondor.", "SANCTION", {"by": ""}, None),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "stage"), MORE_DEALS)
def test_more_deals(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], stage: str | None
) -> None:
    found = find_deals([told(marked, kind, offset=offset, **{"to": "Gondor", **changed})])
    assert [line.stage for line in found] == ([stage] if stage else [])


def test_the_matter_of_a_deal(told) -> None:
    (line,) = find_deals([told("Arnor *signed* {a grain treaty} with Gondor.", "AGREE", to="Gondor")])
    assert line.matter == "a grain treaty"
    (line,) = find_deals([told("Arnor *signed* a treaty with {Gondor on Monday}.", "AGREE", to="Gondor")])
    assert line.matter == "Arnor signed a treaty with Gondor on Monday."


def test_names_of_states_in_undertakings(told) -> None:
    names = {"ARN": "the North", "GON": "the South"}
    for find, marked, kind in (
        (find_deals, "Arnor *signed* a treaty with Gondor.", "AGREE"),
        (find_demands, "Arnor *urged* Gondor to leave.", "REQUEST"),
        (find_pledges, "Arnor *promised* to help Gondor.", "AGREE"),
    ):
        (line,) = find(
            [told(marked, kind, to="Gondor", tense="future" if find is find_pledges else "past")], names=names
        )
        assert [p.name for p in (*line.actors, *line.recipients)] == ["the North", "the South"]
