"""The slots of a codebook rule: which nouns stand in each."""

from __future__ import annotations

import pytest

from dragoman.coding.syntax.slots import carrier, inside, nouns_in

pytestmark = pytest.mark.pipeline

LIGHT = frozenset({"launch", "hold", "make", "carry", "engage"})
TRANSPARENT = frozenset({"series", "round"})

# The trigger in brackets, its kind, the slot, the nouns there.
SLOTS = [
    ("Arnor [attacked] Gondor.", "verb", "subject", ["Arnor"]),
    ("Arnor [attacked] Gondor.", "verb", "object", ["Gondor"]),
    ("Gondor was [attacked] by Arnor.", "verb", "subject", ["Arnor"]),
    ("Arnor [gave] Gondor two ships.", "verb", "indirect", ["Gondor"]),
    ("Arnor [traded] with Gondor.", "verb", "with", ["Gondor"]),
    ("Arnor [traded] with Gondor.", "verb", "to", []),
    ("Arnor [lifted] its ban on Gondor.", "verb", "object.on", ["Gondor"]),
    ("Arnor [lifted] its ban on Gondor.", "verb", "on", ["Gondor"]),
    ("Arnor [rejected] Gondor's offer.", "verb", "object.possessor", ["Gondor"]),
    ("Arnor [rejected] the Gondorian offer.", "verb", "object.modifier", ["Gondorian"]),
    ("Arnor [rejected] an offer by Gondor.", "verb", "object.any", ["Gondor"]),
    ("Arnor [urged] Gondor to free Bard.", "verb", "complement.object", ["Bard"]),
    ("Arnor [urged] Gondor to free Bard.", "verb", "complement.subject", ["Gondor"]),
    ("Arnor's [attack] on Gondor failed.", "noun", "possessor", ["Arnor"]),
    ("Arnor's [attack] on Gondor failed.", "noun", "on", ["Gondor"]),
    ("The Arnorian [attack] failed.", "noun", "modifier", ["Arnorian"]),
    ("Arnor's [attack] on Gondor failed.", "noun", "object", []),
    ("Arnor is [hostile] to Gondor.", "adjective", "subject", ["Arnor"]),
    ("Arnor is [hostile] to Gondor.", "adjective", "to", ["Gondor"]),
]


@pytest.mark.parametrize(("text", "kind", "slot", "nouns"), SLOTS)
def test_the_nouns_in_a_slot(reading, text, kind, slot, nouns):
    assert [t.text for t in nouns_in(slot, reading(text).word, kind, None)] == nouns


# The event noun in brackets, the light verb that carries it, its subject and what it is directed at.
CARRIED = [
    ("Arnor launched an [attack] on Gondor.", "launched", ["Arnor"]),
    ("Arnor launched a series of [attacks] on Gondor.", "launched", ["Arnor"]),
    ("An [attack] was launched by Arnor.", "launched", ["Arnor"]),
    ("Arnor engaged in [talks] with Gondor.", "engaged", ["Arnor"]),
    ("Arnor condemned the [attack] on Gondor.", None, []),
    ("The [attack] on Gondor failed.", None, []),
    ("Arnor launched boats and [attacks] on Gondor.", "launched", ["Arnor"]),
]


@pytest.mark.parametrize(("text", "verb", "doers"), CARRIED)
def test_the_light_verb_of_an_event_noun(reading, text, verb, doers):
    noun = reading(text).word
    support = carrier(noun, light=LIGHT, transparent=TRANSPARENT)
    assert (support and support.text) == verb
    assert [t.text for t in nouns_in("subject", noun, "noun", support)] == doers


INSIDE = [
    ("Arnor's [offer] failed.", ["Arnor"]),
    ("The [offer] of Arnor failed.", ["Arnor"]),
    ("The Arnorian [offer] failed.", ["Arnorian"]),
    ("The [offer] failed.", []),
    ("The [offer] of the king of Arnor failed.", ["king", "Arnor"]),
    ("The [offer] that Arnor made failed.", []),
]


@pytest.mark.parametrize(("text", "nouns"), INSIDE)
def test_the_nouns_inside_a_phrase(reading, text, nouns):
    assert [t.text for t in inside(reading(text).word)] == nouns


def test_a_list_without_end_is_looked_through_once(coder):
    doc = coder.annotate_text("attacked \u202e #b " * 120).doc
    assert max(len(inside(token)) for token in doc) < len(doc) ** 2
