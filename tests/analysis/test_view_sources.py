"""What all views share: sides, sources, and which lines tell the same."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.analysis.view_sources import (
    Party,
    first_and_last,
    in_order,
    is_told_firmly,
    matter_words,
    own_party,
    parties_of,
    party_of,
    same_amounts,
    source_of,
    tell_the_same,
)
from dragoman.model.records import ActorRef, Amount


def ref(id: str, kind: str, country: str | None = None, sector: str | None = None) -> ActorRef:
    return ActorRef(
        id=id, name=id.title(), kind=kind, country=country, sector=sector, text=id, start=0, end=1
    )


# A party; for whom it stands.
PARTIES = [
    (ref("ARN", "state", "ARN"), Party("ARN", "Arn")),
    (ref("ISLE", "territory", "ARN"), Party("ARN", "Isle")),
    (ref("ARN:GOV", "group", "ARN", "GOV"), Party("ARN", "ARN")),
    (ref("ARN:MIL", "group", "ARN", "MIL"), Party("ARN", "ARN")),
    (ref("ARN:SPY", "group", "ARN", "SPY"), Party("ARN", "ARN")),
    (ref("ARN:COP", "group", "ARN", "COP"), Party("ARN", "ARN")),
    (ref("king", "office", "ARN"), Party("ARN", "ARN")),
    (ref("court", "group", "ARN", "JUD"), Party("court", "Court", "ARN")),
    (ref("bard", "person", "ARN"), Party("bard", "Bard", "ARN")),
    (ref("nato", "organisation"), Party("nato", "Nato")),
    (ref("army", "group", None, "MIL"), Party("army", "Army")),
]


@pytest.mark.parametrize(("party", "side"), PARTIES)
def test_sides(party: ActorRef, side: Party) -> None:
    assert party_of(party) == side
    assert own_party(party) == Party(party.id, party.name, party.country)


def test_names_of_states_and_each_side_once() -> None:
    names = {"ARN": "Kingdom of Arnor"}
    both = [ref("ARN", "state", "ARN"), ref("ARN:GOV", "group", "ARN", "GOV"), ref("nato", "organisation")]
    assert parties_of(both, names) == (Party("ARN", "Kingdom of Arnor"), Party("nato", "Nato"))


@pytest.mark.parametrize(
    ("factuality", "conditional", "firm"),
    [("certain", False, True), ("probable", False, True), ("possible", False, False),
     ("unknown", False, False),
     ("certain", True, False)],
)  # fmt: skip
def test_firmly(told, factuality: str, conditional: bool, firm: bool) -> None:
    event = told("Arnor *backed* Gondor.", "SUPPORT", factuality=factuality, conditional=conditional).event
    assert is_told_firmly(event) is firm


def test_a_source_has_the_words_and_who_says_so(told) -> None:
    stored = told("Rohan said Arnor *backed* Gondor.", "SUPPORT", said_by="Rohan", day=3)
    source = source_of(stored)
    assert (source.document_id, source.event_id, source.publisher) == ("d", stored.event.id, None)
    assert (source.day, source.speaker, source.factuality) == (dt.date(2022, 2, 3), ("Rohan",), "certain")
    assert (source.text, source.start, source.end) == ("Rohan said Arnor backed Gondor.", 0, 31)
    assert (source.cue.text, source.confidence) == ("backed", 0.9)


WORDS = [
    ("the attack on the port of Bree", {"attack", "port", "bree"}),
    ("attacks, attacking, attacked", {"attack"}),
    ("He said it was 500 not 5,000", {"500", "5", "000"}), ("is as", set()), ("uses bus", {"uses", "bus"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_of_a_matter(text: str, words: set[str]) -> None:
    assert matter_words(text) == words


# Two sets of words; whether one line can stand for both: three in five of the smaller.
SAME = [
    ("a b c d e", "a b c x y", True), ("a b c d e", "a b x y z", False), ("a", "a b c d e f", True),
    ("", "", True),
    ("a", "", False), ("", "a", False), ("a b", "a c", False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "same"), SAME)
def test_telling_the_same(first: str, second: str, same: bool) -> None:
    assert tell_the_same(frozenset(first.split()), frozenset(second.split())) is same


def amount(value: float, unit: str = "count", of: str | None = "troops") -> Amount:
    return Amount(value=value, unit=unit, of=of, approximate=False, text=str(value), start=0, end=1)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [([], [], True), ([amount(5)], [amount(5)], True), ([amount(5)], [amount(6)], False),
     ([amount(5)], [], True),
     ([amount(5)], [amount(6, of="tanks")], True), ([amount(5)], [amount(6, unit="USD")], True),
     ([amount(5), amount(7, of="tanks")], [amount(5), amount(8, of="tanks")], False)],
)  # fmt: skip
def test_amounts(first: list[Amount], second: list[Amount], same: bool) -> None:
    assert same_amounts(first, second) is same


def test_sources_in_order_and_once(told) -> None:
    late, early = (
        source_of(told("Arnor *backed* Gondor.", "SUPPORT", document=d, day=n))
        for d, n in (("b", 3), ("a", 1))
    )
    undated = msgspec.structs.replace(early, event_id="x", day=None)
    same_day = msgspec.structs.replace(early, event_id="y", start=9)
    found = in_order([late, undated, same_day, early, late])
    assert [source.event_id for source in found] == [early.event_id, "y", late.event_id, "x"]
    assert first_and_last(found) == (dt.date(2022, 2, 1), dt.date(2022, 2, 3))
    assert first_and_last([undated]) == (None, None)
