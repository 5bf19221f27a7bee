"""Pledges, demands and agreements, from events made by hand."""

from __future__ import annotations

import pytest

from dragoman.analysis.undertakings import find_deals, find_demands, find_pledges

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


@pytest.mark.parametrize(("marked", "kind", "changed", "is_negative"), PLEDGES)
def test_pledges(told, marked: str, kind: str, changed: dict[str, object], is_negative: bool | None) -> None:
    found = find_pledges([told(marked, kind, to="Gondor", **{"tense": "future", **changed})])
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


@pytest.mark.parametrize(("marked", "changed", "row"), DEMANDS)
def test_demands(told, marked: str, changed: dict[str, object], row: tuple[str, str] | None) -> None:
    given = {"to": "Gondor", **changed}
    kind = str(given.pop("event_type", "REQUEST"))
    found = find_demands([told(marked, kind, **given)])
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


@pytest.mark.parametrize(("marked", "kind", "changed", "stage"), DEALS)
def test_deals(told, marked: str, kind: str, changed: dict[str, object], stage: str | None) -> None:
    found = find_deals([told(marked, kind, to="Gondor", **changed)])
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
