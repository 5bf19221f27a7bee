"""Who or what a word stands for, wider than what rules take: towns, unlisted names, groups of a country."""

from __future__ import annotations

import dataclasses

import pytest

from dragoman.coding.candidates.party_mention import PartyMention
from dragoman.coding.coder import Coder
from dragoman.coding.passing_over import Cut
from dragoman.model.documents import Document

pytestmark = pytest.mark.pipeline


def mentions(coder: Coder, text: str, **fields: object) -> dict[str, PartyMention]:
    """Return the mentions of a text by the word they stand at."""
    annotated = coder.annotate(Document(id="t", text=text, **fields))
    return {annotated.doc[m.token].text: m for m in coder.mentions_of(annotated)}


TWO = "The attackers fled Gondor and Rohan to Rohan. Villagers hid."
# Text, the word, id, how it was found, whether its country was inferred.
FOUND = [
    ("Arnor shelled Kharkiv.", "Arnor", "ARN", "name", False),
    ("Gondorian rangers shelled the fort.", "Gondorian", "GON", "name", False),
    ("Arnor shelled Kharkiv.", "Kharkiv", "UKR", "place", False),
    ("The government of Arnor condemned the attack in Aleppo.", "Aleppo", "SYR", "place", False),
    ("The government of Arnor condemned the attack in Aleppo.", "government", "ARN:GOV", "group", False),
    # A name that nobody knows is a body without a country.
    ("The Varanth Circle attacked a garrison.", "Circle", "N:varanth-circle", "capital", False),
    ("Militants of the Red Hand seized a bridge in Mali.", "Hand", "N:red-hand", "capital", False),
    ("Denethor said he would attack Mordor.", "he", "P:denethor", "pronoun", False),
    # Groups take the country of the nearest place of the sentence, else the nearest party, else the report's.
    ("Police fired at protesters in Khartoum.", "Police", "SDN:COP", "group", True),
    ("Militants of the Red Hand seized a bridge in Mali.", "Militants", "MLI:REB", "group", True),
    ("Militants shelled Gondor, and Aleppo burned.", "Militants", "SYR:REB", "group", True),
    ("Arnor hid. Soldiers fired at Gondor.", "Soldiers", "GON:MIL", "group", True),
    (TWO, "attackers", "GON:UAF", "group", True),
    (TWO, "Villagers", "ROH:CVL", "group", True),
    ("Gondor closed the port. Police arrested two editors.", "Police", "GON:COP", "group", True),
    ("Police arrested two editors. The rally in Gondor ended.", "editors", "GON:JRN", "group", True),
    # What the sentence says of where it was goes before the nearest name.
    ("People marched against Gondor on the streets of Khartoum.", "People", "SDN:CVL", "group", True),
    ("Soldiers who hate Gondor fired at protesters in Rohan.", "Soldiers", "ROH:MIL", "group", True),
    # A group of several countries has none.
    ("Faramir and other European leaders met in Rohan.", "leaders", "G:GOV:leader", "group", False),
    ("Foreign soldiers left Gondor.", "soldiers", "G:MIL:soldier", "group", False),
    # A group that says its country is not inferred, and one of a report that names none has none.
    ("Police fired at protesters in Khartoum.", "protesters", "SDN:OPP", "group", False),
    ("Police in Khartoum arrested a Gondorian reporter.", "reporter", "GON:JRN", "group", False),
    ("Soldiers fired at the crowd.", "Soldiers", "G:MIL:soldier", "group", False),
]


@pytest.mark.parametrize(("text", "word", "id", "found_by", "inferred"), FOUND)
def test_mention(coder: Coder, text: str, word: str, id: str, found_by: str, inferred: bool) -> None:
    found = mentions(coder, text)[word]
    assert (found.party.id, found.found_by, found.is_inferred) == (id, found_by, inferred)
    # The words of a mention are those of the text, and a country that is inferred is in the party.
    assert text[found.party.start : found.party.end] == found.party.text
    assert not inferred or found.party.country == id.partition(":")[0]


# Text, a word that stands for nobody.
NOBODY = [
    # Towns of these names are read only where something is put there.
    ("Federal police arrested two men in Gondor.", "Federal"),
    ("Save the Children opened an office in Gondor.", "Save"),
    ("Airport staff left work in Gondor.", "Airport"),
    ("On Friday Arnor met Gondor.", "Friday"),
    ("Shells fell on Kharkiv on Monday.", "Monday"),
    ("The Mk42 hit Gondor.", "Mk42"),
    ("Al met Gondor.", "Al"),
    ("He accused Arnor of spying.", "He"),
    ("The Kingdom of Arnor met Gondor.", "Kingdom"),  # a name of several words is one mention, at the last
    ("The Varanth Circle attacked a garrison.", "Varanth"),
]


@pytest.mark.parametrize(("text", "word"), NOBODY)
def test_no_mention(coder: Coder, text: str, word: str) -> None:
    found = mentions(coder, text)
    assert found
    assert word not in found


def test_mentions_come_in_the_order_of_the_text(coder: Coder) -> None:
    annotated = coder.annotate_text("The Varanth Circle left Aleppo. Police in Gondor met Arnor.")
    found = [(m.token, m.party.id) for m in coder.mentions_of(annotated)]
    assert found == sorted(found)
    assert [id for _, id in found] == ["N:varanth-circle", "SYR", "GON:COP", "GON", "ARN"]


WE = "We condemn the attack on Gondor."
PUBLISHERS = [
    ({"publisher": "Ministry of Foreign Affairs of Arnor"}, "ARN"),
    ({"publisher": "US State Department"}, "USA"),
    ({"publisher": "NATO"}, "NATO"),
    ({"url": "https://www.gov.uk/statement"}, "GBR"),
    ({"publisher": "France 24"}, None),
    ({"publisher": "Arnor Today"}, None),
    ({"url": "http://[bad"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("fields", "id"), PUBLISHERS)
def test_we_are_the_publisher_where_it_is_a_government(
    coder: Coder, fields: dict[str, str], id: str | None
) -> None:
    found = mentions(coder, WE, **fields).get("We")
    assert (found and found.party.id) == id
    if found is not None:
        assert (found.found_by, found.party.text) == ("first", "We")


def test_we_in_a_quotation_are_its_speaker(coder: Coder) -> None:
    text = '"We condemn the attack," the Gondorian foreign minister said.'
    found = mentions(coder, text, publisher="Government of Arnor")["We"]
    assert (found.party.id, found.found_by) == ("GON", "first")


@pytest.mark.parametrize(
    ("publisher", "id", "inferred"),
    [("Government of Arnor", "ARN:GOV", True), ("Arnor Today", "GON:GOV", True)],
)
def test_ministers_are_those_of_a_publishing_government(
    coder: Coder, publisher: str, id: str, inferred: bool
) -> None:
    found = mentions(coder, "Ministers praised Gondor.", publisher=publisher)["Ministers"]
    assert (found.party.id, found.is_inferred) == (id, inferred)


# A government without its country: text, the word, the country.
GOVERNMENTS = [
    ("BOGOTA - The government called on the ELN to release the kidnapped soldiers.", "government", "COL"),
    ("MANILA (Reuters) - The government accused the New People's Army of murder.", "government", "PHL"),
    ("NAIROBI - Police arrested four members of al-Shabaab.", "Police", "KEN"),
    ("The government urged the New People's Army to lay down its weapons.", "government", "PHL"),
    ("The government demanded that the PKK disband.", "government", "TUR"),
    ("The army bombed a camp of the ELN near the Venezuelan border.", "army", "COL"),
    ("The military accused the Allied Democratic Forces of burning a village.", "military", "UGA"),
    ("The government signed a truce with the Moro Islamic Liberation Front.", "government", "PHL"),
    ("The government condemned the kidnapping of two nurses by the FARC.", "government", "COL"),
    # Those who rule, and those whose state has no army, say nothing of who faces them.
    ("The authorities urged the Taliban to halt attacks.", "authorities", None),
    ("The government condemned Hamas.", "government", None),
    # Rebels of two countries say nothing either.
    ("The government condemned Boko Haram and the FARC.", "government", None),
    # What is named time and again goes before where it was written.
    ("LAGOS (AP) - Gondor fined Gondor Steel. Gondor wept. The government hid.", "government", "GON"),
]


@pytest.mark.parametrize(("text", "word", "country"), GOVERNMENTS)
def test_a_government_without_its_country(coder: Coder, text: str, word: str, country: str | None) -> None:
    cut = Cut(Document(id="t", text=text))
    annotated = dataclasses.replace(
        coder.annotate(cut.document),
        dateline_places=tuple(text[slice(*line.place)] for line in cut.datelines),
    )
    found = {annotated.doc[m.token].text: m.party.country for m in coder.mentions_of(annotated)}
    assert found[word] == country


# Text, a word that is part of another name.
PARTS = [
    ("The government signed a truce with the Moro Islamic Liberation Front.", "Moro"),
    ("He stood trial for the murder of Nancy Harris.", "Nancy"),
    ("President Trump left Arnor.", "President"),
    ("A suspected sectarian attack shook Gondor.", "suspected"),
]


@pytest.mark.parametrize(("text", "word"), PARTS)
def test_a_part_of_a_name_is_no_party(coder: Coder, text: str, word: str) -> None:
    assert word not in mentions(coder, text)
