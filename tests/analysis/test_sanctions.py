"""Sanctions by stage, from events made by hand."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.sanctions import find_sanctions
from dragoman.model.records import Span

# A sentence, its type, what is changed; the stage and whom it hits; None for no row.
STAGES = [
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {}, ("imposed", "GON")),
    ("Arnor *imposed* sanctions on Gondor.", "COERCE", {}, ("imposed", "GON")),
    ("Arnor *imposed* sanctions on Gondor.", "CONSULT", {}, None),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"factuality": "probable"}, ("imposed", "GON")),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"factuality": "possible"}, None),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"factuality": "unknown"}, None),
    ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {"conditional": True}, None),
    ("Arnor did not *impose* sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor might *impose* sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *imposed* silence on Gondor.", "SANCTION", {}, None),
    ("Arnor will *impose* sanctions on Gondor.", "SANCTION", {"tense": "future"}, ("planned", "GON")),
    ("Arnor *lifted* sanctions on Gondor.", "CONCEDE", {}, ("eased", "GON")),
    ("Arnor will *lift* sanctions on Gondor.", "CONCEDE", {"tense": "future"}, ("easing planned", "GON")),
    ("Arnor *threatened* sanctions on Gondor.", "THREATEN", {}, ("threatened", "GON")),
    (
        "Arnor *threatened* sanctions on Gondor.",
        "THREATEN",
        {"factuality": "possible"},
        ("threatened", "GON"),
    ),
    ("Arnor *threatened* sanctions on Gondor.", "THREATEN", {"factuality": "unknown"}, None),
    ("Arnor *urged* sanctions on Gondor.", "REQUEST", {}, ("called for", "GON")),
    ("Arnor *urged* sanctions on Gondor.", "SUPPORT", {}, ("supported", "GON")),
    ("Arnor *urged* lifting sanctions on Gondor.", "REQUEST", {}, ("easing called for", "GON")),
    ("Arnor *opposed* sanctions on Gondor.", "REJECT", {}, ("opposed", "GON")),
    ("Arnor *opposed* lifting sanctions on Gondor.", "REJECT", {}, ("easing opposed", "GON")),
]


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "row"), STAGES)
def test_stages(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], row: tuple[str, str] | None
) -> None:
    found = find_sanctions([told(marked, kind, to="Gondor", offset=offset, **changed)])
    assert [(line.stage, " ".join(p.id for p in line.recipients)) for line in found] == ([row] if row else [])
    if row:
        assert found[0].measure.text == "sanctions"
        assert found[0].matter == marked.replace("*", "")


def test_who_is_asked_is_not_hit(told) -> None:
    (line,) = find_sanctions(
        [told("Arnor *urged* Rohan to back sanctions on Gondor.", "REQUEST", to="Rohan Gondor")]
    )
    assert [party.id for party in line.recipients] == ["GON"]


def test_a_measure_without_a_taker_is_no_row(told) -> None:
    assert find_sanctions([told("Gondor faces the *sanctions*.", "SANCTION", by="", to="Gondor")]) == []


# More stages: a sentence, its type, what is changed; the stage, None for no row.
MORE_STAGES = [
    ("Arnor *sanctioned* Gondor.", "SANCTION", {}, "imposed"),
    ("Arnor *sanctioned* Gondor.", "AID", {}, None),
    ("Arnor *lifted* sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *lifted* sanctions on Gondor.", "THREATEN", {}, None),
    ("Arnor *lifted* sanctions on Gondor.", "AGREE", {}, "eased"),
    ("Arnor vowed to *lift* sanctions on Gondor.", "AGREE", {}, "easing planned"),
    ("Arnor plans to *lift* sanctions on Gondor.", "AGREE", {}, "easing planned"),
    ("Arnor *signed* a deal to lift sanctions on Gondor.", "AGREE", {}, "easing planned"),
    ("Arnor *signed* a deal lifting sanctions on Gondor.", "AGREE", {}, "eased"),
    ("Arnor plans to *impose* sanctions on Gondor.", "SANCTION", {}, "planned"),
    ("Arnor *impose* sanctions on Gondor.", "THREATEN", {"tense": "future"}, "planned"),
    ("Arnor *impose* sanctions on Gondor.", "THREATEN", {}, "threatened"),
    ("Arnor *greeted* sanctions on Gondor.", "THREATEN", {}, None),
    ("Arnor *greeted* sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *impose* sanctions on Gondor.", "AGREE", {}, None),
    ("Arnor warned it would *impose* sanctions on Gondor.", "SANCTION", {}, "threatened"),
    ("Arnor warned it would *consider* lifting sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *threatened* lifting sanctions on Gondor.", "THREATEN", {}, None),
    ("Arnor *refused* sanctions on Gondor.", "REJECT", {}, "opposed"),
    ("Arnor *ended* sanctions on Gondor.", "REJECT", {}, None),
    ("Arnor *opposed* sanctions on Gondor.", "AGREE", {}, None),
    ("Arnor *urged* sanctions on Gondor.", "AGREE", {}, "called for"),
    ("Arnor *urged* sanctions on Gondor.", "ACCUSE", {}, "called for"),
    ("Arnor *urged* sanctions on Gondor.", "CONCEDE", {}, None),
    ("Arnor *slammed* sanctions on Gondor.", "PROTEST", {}, "opposed"),
    ("Arnor *slammed* sanctions on Gondor.", "ACCUSE", {}, "opposed"),
    ("Arnor *slammed* sanctions on Gondor.", "SUPPORT", {}, "opposed"),
    ("Arnor *imposed* rules regarding sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *imposed* rules after sanctions on Gondor.", "SANCTION", {}, None),
    ("Arnor *imposed* sanctions relief on Gondor.", "SANCTION", {}, None),
    ("Arnor *imposed* a ban on nuclear arms of Gondor.", "SANCTION", {}, None),
    ("Sanctions on Gondor were *imposed* by Arnor.", "SANCTION", {}, "imposed"),
    ("Sanctions on Gondor *imposed* by Arnor.", "SANCTION", {}, None),
    ("Gondor sanctions were *lifted* by Arnor.", "CONCEDE", {}, "eased"),
    ("The new *sanctions* imposed by Arnor hit Gondor.", "SANCTION", {"tense": "future"}, "imposed"),
    ("The new *sanctions* by Arnor hit Gondor.", "SANCTION", {"tense": "future"}, "planned"),
    ("Arnor will *sanction* Gondor.", "SANCTION", {}, "planned"),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "changed", "stage"), MORE_STAGES)
def test_more_stages(
    told, offset: int, marked: str, kind: str, changed: dict[str, object], stage: str | None
) -> None:
    found = find_sanctions([told(marked, kind, to="Gondor", offset=offset, **changed)])
    assert [line.stage for line in found] == ([stage] if stage else [])


# A noun that names a measure, and how far the party that takes it stands from it; whether it is a row.
AT_HAND = [
    (f"Arnor {'x' * 24} the *sanctions* bite.", True), (f"Arnor {'x' * 25} the *sanctions* bite.", False),
    ("Arnor and the *sanctions* bite.", True), (f"{'x' * 9} the *sanctions* of towns with Arnor bite.", True),
    (f"In the *sanctions* {'x' * 23} by Arnor.", True), (f"In the *sanctions* {'x' * 26} by Arnor.", False),
    (f"Arnor {'x' * 30} *sanctions* the towns.", True), (f"Arnor {'x' * 30} *sanctions* towns.", False),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "is_row"), AT_HAND)
def test_a_party_near_a_noun(told, offset: int, marked: str, is_row: bool) -> None:
    assert bool(find_sanctions([told(marked, "SANCTION", offset=offset)])) is is_row


# Kind, country and id of a recipient; the target, None for no target.
TARGETS = [
    ("state", "GON", "GON", ("GON", None)), ("territory", "GON", "ISLE", ("GON", None)),
    ("office", "GON", "P:king", ("P:king", "GON")), ("group", "GON", "GON:GOV", ("GON:GOV", "GON")),
    ("person", None, "P:bard", ("P:bard", None)), ("office", "ARN", "P:queen", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "country", "id", "target"), TARGETS)
def test_targets_are_persons_of_other_countries(
    told, kind: str, country: str | None, id: str, target
) -> None:
    stored = told("Arnor *imposed* sanctions on Gondor.", "SANCTION", to="Gondor")
    ref = msgspec.structs.replace(stored.event.recipients[0], kind=kind, country=country, id=id, sector="GOV")
    event = msgspec.structs.replace(stored.event, recipients=(ref, ref))
    (line,) = find_sanctions([msgspec.structs.replace(stored, event=event)])
    assert [(p.id, p.country) for p in line.recipients] == ([target] if target else [])


# What is only discussed has targets behind the words of the measure, in the evidence.
TALKED_OF = [
    ("Arnor *urged* Gondor to back sanctions on Rohan.", "REQUEST", "ROH"),
    ("Arnor *supported* Gondor in sanctions on Rohan.", "SUPPORT", "ROH"),
    ("Arnor *opposed* sanctions of Gondor on Rohan.", "REJECT", "GON ROH"),
    ("Arnor *imposed* on Gondor sanctions on Rohan.", "SANCTION", "GON ROH"),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "kind", "hit"), TALKED_OF)
def test_targets_of_measures(told, offset: int, marked: str, kind: str, hit: str) -> None:
    found = find_sanctions([told(marked, kind, to="Gondor Rohan", offset=offset)])
    assert [" ".join(p.id for p in line.recipients) for line in found] == [hit]


def test_the_words_of_the_measure(told) -> None:
    (line,) = find_sanctions([told("Arnor *imposed* a travel ban on Gondor.", "SANCTION", to="Gondor")])
    assert line.measure == Span(16, 26, "travel ban")
    (line,) = find_sanctions(
        [told("A travel ban on Gondor was *imposed* by Arnor.", "SANCTION", to="Gondor")]
    )
    assert line.measure == Span(2, 12, "travel ban")
    (line,) = find_sanctions([told("Arnor *sanctioned* Gondor.", "SANCTION", to="Gondor")],
                             names={"GON": "the South", "ARN": "the North"})  # fmt: skip
    assert line.measure == Span(6, 16, "sanctioned")
    assert [p.name for p in (*line.actors, *line.recipients)] == ["the North", "the South"]
