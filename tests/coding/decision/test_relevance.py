"""Which acts are in scope: between states and public bodies, never a government against itself."""

from __future__ import annotations

import dataclasses

import pytest

from dragoman.coding.candidates.event_candidate import EventCandidate
from dragoman.coding.decision.relevance import is_between_countries, is_domestic_talk, is_in_scope
from dragoman.model.records import ActorRef

pytestmark = pytest.mark.pipeline


def party(key: str) -> ActorRef:
    """A party by its key: ARN, ARN:MIL, P:bard, P:bard@DAL:GOV, G:CVL:man."""
    key, _, told = key.partition("@")
    country, _, sector = (told or key).partition(":")
    if key.startswith("P:"):
        kind, country = "person", country if told else None
    elif key.startswith("G:"):
        kind, country, sector = "group", None, key.split(":")[1]
    else:
        kind = "group" if sector else "state"
    return ActorRef(
        id=key, name=key, kind=kind, country=country, sector=sector or None, text=key, start=0, end=1
    )


@pytest.fixture
def act(reading):
    trigger = reading("Arnor [threatened] Gondor.").word

    def make(event_type: str, actors: list[str], recipients: list[str], strength: str = "sure"):
        return EventCandidate(
            event_type=event_type, mode=None, rule=f"{event_type}/x", trigger=trigger,
            actors=tuple(map(party, actors)), recipients=tuple(map(party, recipients)), strength=strength,
        )  # fmt: skip

    return make


# What takes two is never done by a government to itself; nor is anything done by one to the same one.
TO_ITSELF = [
    ("THREATEN", ["ARN"], ["ARN:GOV"]),
    ("THREATEN", ["ARN:GOV"], ["ARN"]),
    ("SANCTION", ["ARN"], ["ARN:GOV"]),
    ("MOBILIZE", ["ARN:GOV"], ["ARN"]),
    ("ASSAULT", ["ARN"], ["ARN:GOV"]),
    ("THREATEN", ["P:elendur@ARN:GOV"], ["ARN"]),
    ("ACCUSE", ["ARN"], ["ARN"]),
    ("AID", ["P:bard"], ["P:bard"]),
]


@pytest.mark.parametrize(("event_type", "actors", "recipients"), TO_ITSELF)
def test_nobody_does_it_to_himself(act, event_type, actors, recipients):
    assert not is_in_scope(act(event_type, actors, recipients))


IN_SCOPE = [
    ("THREATEN", ["ARN"], ["GON"]),
    ("THREATEN", ["ARN"], ["ARN:OPP"]),
    ("ASSAULT", ["ARN:MIL"], ["GON"]),
    ("SANCTION", ["ARN"], ["GON:GOV"]),
    ("ACCUSE", ["P:bard@DAL:GOV"], ["UMB"]),
    ("AGREE", ["ARN", "GON"], []),
    ("COERCE", ["ARN:COP"], ["ARN:OPP"]),
]


@pytest.mark.parametrize(("event_type", "actors", "recipients"), IN_SCOPE)
def test_what_is_in_scope(act, event_type, actors, recipients):
    assert is_in_scope(act(event_type, actors, recipients))


OUT_OF_SCOPE = [
    ("ACCUSE", ["P:bard"], ["P:bain"], "sure"),
    ("ASSAULT", ["G:CVL:man"], ["G:CVL:man2"], "sure"),
    ("ACCUSE", ["P:bard@DAL:CVL"], [], "sure"),
    ("ACCUSE", ["ARN"], [], "weak"),
    ("CONSULT", ["P:bard@DAL:CVL"], ["G:CVL:man"], "sure"),
    ("ASSAULT", ["G:CVL:man"], ["ARN"], "likely"),
]


@pytest.mark.parametrize(("event_type", "actors", "recipients", "strength"), OUT_OF_SCOPE)
def test_what_is_not(act, event_type, actors, recipients, strength):
    assert not is_in_scope(act(event_type, actors, recipients, strength))


BETWEEN = [
    (["ARN"], ["GON"], True),
    (["ARN"], ["ARN:OPP"], False),
    (["ARN", "GON"], [], True),
    (["ARN"], [], False),
    (["ARN:MIL"], ["P:bard@DAL:GOV"], True),
    (["P:bard"], ["ARN"], False),
    (["ARN", "ARN:MIL"], [], False),
]


@pytest.mark.parametrize(("actors", "recipients", "between"), BETWEEN)
def test_acts_between_countries(act, actors, recipients, between):
    assert is_between_countries(act("ACCUSE", actors, recipients)) is between


def body(
    key: str, kind: str = "organisation", country: str | None = None, sector: str | None = "IGO"
) -> ActorRef:
    """A body, or who speaks for one."""
    return ActorRef(
        id=key, name=key, kind=kind, country=country, sector=sector, text=key, start=0, end=1
    )  # fmt: skip


COUNCIL, ENVOY = body("COUNCIL"), body("P:haldir", "person")
GUILD, SINGER = body("GUILD", country="ARN", sector="BUS"), body("P:lindir", "person", "ARN", "CVL")
MINISTER, LEADER = body("P:elendur", "person", "ARN", "GOV"), body("P:isilme", "person", "ARN", "OPP")
STATE = party("ARN")

# Type, actors, recipients, whether it is mostly home politics.
AT_HOME = [
    ("ACCUSE", [LEADER], [MINISTER], True),
    ("ACCUSE", [GUILD], [STATE], True),
    ("CONSULT", [MINISTER], [], True),
    ("ACCUSE", [STATE], [party("GON")], False),
    ("COERCE", [STATE], [LEADER], False),
    # Bodies of several countries are at home in none.
    ("CONSULT", [COUNCIL], [SINGER], False),
    ("AGREE", [COUNCIL], [], False),
    ("REQUEST", [COUNCIL], [STATE], False),
    ("ACCUSE", [STATE], [COUNCIL], False),
    ("REQUEST", [ENVOY], [STATE], False),
    # A man of a country that is not known is no body.
    ("ACCUSE", [body("P:bard", "person", None, None)], [STATE], True),
]


@pytest.mark.parametrize(("event_type", "actors", "recipients", "expected"), AT_HOME)
def test_home_politics(act, event_type, actors, recipients, expected):
    said = dataclasses.replace(
        act(event_type, [], []), actors=tuple(actors), recipients=tuple(recipients), mode=None
    )
    assert is_domestic_talk(said) is expected


# Actors, recipients, mode: who charges his state with harm tells of repression.
HARM = [
    ([SINGER], [MINISTER], "allege", False),
    ([SINGER], [STATE], "allege", False),
    ([SINGER], [MINISTER], "disapprove", True),
    ([SINGER], [GUILD, SINGER], "allege", False),
    ([SINGER], [SINGER], "allege", True),
    ([LEADER], [MINISTER], "allege", True),
    ([MINISTER], [STATE], "allege", True),
    ([], [STATE], "allege", True),
]


@pytest.mark.parametrize(("actors", "recipients", "mode", "expected"), HARM)
def test_charges_of_harm_are_no_home_politics(act, actors, recipients, mode, expected):
    said = dataclasses.replace(
        act("ACCUSE", [], []), actors=tuple(actors), recipients=tuple(recipients), mode=mode
    )
    assert is_domestic_talk(said) is expected
