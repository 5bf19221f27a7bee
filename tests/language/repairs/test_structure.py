"""Words hung on the head they belong to; what the model has right stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.knowledge.loading import data_folder
from dragoman.language.repairs.contrast import is_denied

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Parsed
    from dragoman.coding.coder import Coder

    Parse = Callable[[str], Parsed]

pytestmark = pytest.mark.pipeline

# Text, then the words that must hang so: word, label, head.
LISTS = [
    ("The presidents of Arnor, Gondor, and Rohan met in Dale.", [("Rohan", "conj", "Arnor")]),
    (
        "Talks between Arnor, Gondor, and Rohan failed.",
        [("Rohan", "conj", "Arnor"), ("Talks", "nsubj", "failed")],
    ),
    ("Nine people were killed in Osgiliath, Ithilien, Gondor.", [("Ithilien", "appos", "Osgiliath")]),
    ("A bus crashed in Bree County, Eriador, Arnor, killing nine people.", [("Eriador", "appos", "County")]),
    (
        "A bomb exploded in Osgiliath District, Ithilien Province, Gondor, on Monday.",
        [("Province", "appos", "District")],
    ),
]
CLAUSES = [
    (
        "Arnor accused Gondor of spying; Gondor expelled two diplomats.",
        [("accused", "ROOT", "accused"), ("expelled", "conj", "accused")],
    ),
    ("Nine orcs were killed; the captain fled.", [("fled", "conj", "killed")]),
    ("Arnor said Gondor had fired first, Gondor denied it.", [("denied", "conj", "said")]),
    ("Arnor says Gondor struck first, Mordor blames both.", [("says", "ROOT", "says")]),
    ("Arnor said it had shot down a drone, while Gondor denied it.", [("denied", "advcl", "said")]),
    ("Arnor says it freed ten captives, while Umbar demands their return.", [("demands", "advcl", "says")]),
    (
        "The queen announces that, with aid from Dale, the wounded have been moved.",
        [("that", "mark", "moved")],
    ),
    ("Bree votes to join the alliance.", [("Bree", "nsubj", "votes")]),
    (
        "Dale expelled an envoy, Bree urged calm.",
        [("expelled", "ROOT", "expelled"), ("urged", "conj", "expelled")],
    ),
    (
        "Arnor said Harad had broken the truce, while Gondor expelled two envoys.",
        [("expelled", "advcl", "said")],
    ),
    (
        "Mordor, said the king of Gondor, has attacked Bree.",
        [("Mordor", "nsubj", "attacked"), ("king", "nsubj", "said"), ("said", "parataxis", "attacked")],
    ),
    (
        "Mordor, the king of Gondor said, attacked Bree.",
        [("Mordor", "nsubj", "attacked"), ("king", "nsubj", "said")],
    ),
    ('"Our friends," said the king, "were attacked by Mordor."', [("friends", "nsubjpass", "attacked")]),
    (
        "Corsairs attacked the harbour, burned ships, and captured barges, killing nine guards.",
        [("killing", "advcl", "burned")],
    ),
]
CONTRASTS = [
    (
        "Arnor imposed sanctions on Gondor but not Rohan.",
        [("Rohan", "conj", "Gondor"), ("not", "neg", "Rohan")],
    ),
    ("Arnor imposed sanctions on Gondor, not Rohan.", [("Rohan", "conj", "Gondor"), ("not", "neg", "Rohan")]),
    ("Arnor, not Gondor, attacked Rohan.", [("not", "neg", "Gondor")]),
    ("Arnor attacked Rohan, but not Gondor.", [("Gondor", "conj", "Rohan")]),
    ("Arnor blamed not Mordor but Gondor for the attack.", [("not", "neg", "Mordor")]),
    ("The pact binds Arnor and Gondor but not Mordor.", [("not", "neg", "Mordor")]),
]
PHRASES = [
    ("Twelve people were killed in an Arnor airstrike on a market in Gondor.", [("on", "prep", "airstrike")]),
    ("Ten guards were wounded in a Mordor assault on a mill.", [("on", "prep", "assault")]),
    ("Twelve people were killed in a drone strike on a convoy by Arnor.", [("by", "prep", "strike")]),
    ("Two soldiers were hurt in an attack on a base by rebels in Gondor.", [("by", "prep", "attack")]),
]
OFFICES = [
    (
        "Foreign Minister of Gondor Ann Smith met the president of Rohan Karl Brown.",
        [("Smith", "nsubj", "met"), ("Gondor", "pobj", "of"), ("Brown", "dobj", "met")],
    ),
    ("President of Gondor Ann Smith condemned the attack.", [("Smith", "nsubj", "condemned")]),
    ("The envoy for Gondor Ann Smith spoke.", [("Gondor", "pobj", "for"), ("envoy", "nmod", "Smith")]),
    (
        '"Gondor will answer," said the foreign minister of Gondor, Ann Smith.',
        [("Smith", "appos", "minister")],
    ),
    (
        "The king of Rohan, Theoden, met the president of Gondor, Denethor.",
        [("Theoden", "appos", "king"), ("Denethor", "appos", "president")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [*LISTS, *CLAUSES, *CONTRASTS, *PHRASES, *OFFICES])
def test_words_hang_where_they_belong(parse: Parse, text: str, wanted: list[tuple[str, str, str]]) -> None:
    parsed = parse(text)
    assert parsed.changes(), "the model alone is right: the row proves nothing"
    found = [(form, parsed.word(form).dep_, parsed.word(form).head.text) for form, _, _ in wanted]
    assert found == wanted


UNTOUCHED = [
    "Arnor, Gondor, and Rohan signed the treaty.",
    "Arnor's capital, Annuminas, was shelled.",
    "The president, John Smith, resigned.",
    "Annuminas, the capital of Arnor, was shelled.",
    "Gunmen attacked a bus in Minas Tirith, Gondor, and fled.",
    "Troops met in Osgiliath, Edoras and Dale on Monday.",
    "The pact was signed in Arnor, Gondor, and Rohan.",
    "Arnor, Gondor sign accord in Dale",
    "Rebels from Arnor, Gondor, Rohan, and Mordor signed the pact.",
    "Talks between Arnor, Gondor and Rohan failed.",
    "The president of Gondor, Rohan and Arnor's ally, spoke.",
    "Arnor, the king said, would help Gondor.",
    "Arnor said that Gondor had left the talks, and Rohan confirmed it.",
    "Arnor told Gondor to leave while Rohan watched.",
    "Gondor said it would stay while talks went on.",
    "Dale expelled an envoy, Bree told reporters.",
    "Dale expelled an envoy, Bree said on Monday.",
    "Arnor said that nine men were dead, while six others were missing.",
    "Arnor said that the pass was closed, while the truce holds.",
    "Thousands fled as the fight went on, forcing Arnor to send tents.",
    '"We will not yield," said King Theoden of Rohan.',
    "Arnor announced that, with help from Gondor, the captives had been freed.",
    "Gondor did not sign, but Rohan did.",
    "Arnor will not attack Gondor, but it will help Rohan.",
    "Arnor is not a member of the alliance.",
    "Arnor attacked not only Gondor but also Rohan.",
    "Mordor trades with Gondor but not with Rohan.",
    "A man, wearing a mask, shot two officers.",
    "A drone hit a bus carrying workers, killing four people.",
    "Arnor sent a convoy carrying food to Gondor.",
    "Nine people were killed in a strike on Monday.",
    "Rohan heard Harad's threats of war against Gondor.",
    "Three people were killed in an attack by Mordor on Monday.",
    "Four people died in a crash on a road in Gondor.",
    "A book on Arnor by Ann Smith was banned in Gondor.",
    "The king of Gondor visited Arnor.",
    "The chief of Gondor Defence Force resigned.",
    "The chairman of the Gondorian Prisoners Club spoke in Dale.",
    "The Gondorian minister of defence said on Monday that troops would leave.",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_right_stays(parse: Parse, text: str) -> None:
    assert parse(text).changes() == []


DENIED = [
    ("Arnor imposed sanctions on Gondor but not Rohan.", ["Rohan"]),
    ("Arnor imposed sanctions on Gondor, not Rohan.", ["Rohan"]),
    ("Arnor, not Gondor, attacked Rohan.", ["Gondor"]),
    ("Arnor sanctioned not Gondor but Rohan.", ["Gondor"]),
    ("Gondor and Rohan, but not Mordor, signed the pact.", ["Mordor"]),
    ("Arnor did not attack Gondor but Rohan did.", []),
    ("Arnor attacked not only Gondor but also Rohan.", []),
    ("Arnor imposed sanctions on Gondor and Rohan.", []),
]


@pytest.mark.parametrize(("text", "left_out"), DENIED)
def test_what_is_left_out_is_known(parse: Parse, text: str, left_out: list[str]) -> None:
    assert [token.text for token in parse(text).repaired if is_denied(token)] == left_out


# Who does it to whom, in the events of a sentence.
EVENTS = [
    ("Arnor imposed sanctions on Gondor but not Rohan.", {("ARN", "GON")}),
    ("Arnor imposed sanctions on Gondor, not Rohan.", {("ARN", "GON")}),
    ("Arnor, not Gondor, attacked Rohan.", {("ARN", "ROH")}),
]


@pytest.mark.parametrize(("text", "wanted"), EVENTS)
def test_what_is_left_out_takes_no_part(coder: Coder, text: str, wanted: set[tuple[str, str]]) -> None:
    events = coder.code(text).events
    assert {(a.id, r.id) for event in events for a in event.actors for r in event.recipients} == wanted


def test_one_deed_told_twice_is_one_event(coder: Coder) -> None:
    """*Killed in an airstrike on a hospital*: the noun says how, no second time what."""
    (event,) = coder.code("Nine people were killed in a Mordor airstrike on a hospital in Gondor.").events
    assert (event.event_type, event.trigger.text) == ("ASSAULT", "killed")


def test_a_place_is_in_the_land_behind_it(coder: Coder) -> None:
    (event,) = coder.code("Mordor rebels killed six traders in Pelargir, Lebennin, Gondor.").events
    assert [ref.country for ref in event.recipients][-1] == "GON"


def test_trees_stay_trees(parse: Parse) -> None:
    """Each sentence is one tree with one root, whatever was moved in it."""
    reports = [path.read_text(encoding="utf-8") for path in sorted((data_folder() / "reports").glob("*.txt"))]
    rows = [text for text, *_ in (*LISTS, *CLAUSES, *CONTRASTS, *PHRASES, *OFFICES)]
    for text in [*reports, "\n\n".join(rows)]:
        for sentence in parse(text).repaired.sents:
            roots = [token for token in sentence if token.head == token]
            assert [token.dep_ for token in roots] == ["ROOT"]
            assert [token.dep_ for token in sentence].count("ROOT") == 1
            assert sorted(token.i for token in roots[0].subtree) == [token.i for token in sentence]
