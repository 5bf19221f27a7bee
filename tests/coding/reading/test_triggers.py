"""The rules that a word sets off, and the first condition that fails for those that do not hold."""

from __future__ import annotations

import pytest

from dragoman.coding.reading.triggers import (
    TriggerContext,
    lemma_of,
    match_rules,
    noun_names,
    words_with_rules,
)
from dragoman.knowledge.codebook import load_codebook

pytestmark = pytest.mark.pipeline

RULES = """\
id: AID
definition: Help.
quad_class: material_cooperation
intensity: "7"
patterns:
  - {id: plain, verb: [help]}
  - {id: object, verb: [send], object: [aid]}
  - {id: no-object, verb: [rest], object: none}
  - {id: not-object, verb: [give], not_object: [blame]}
  - {id: prep, verb: [work], prep: {for: [peace]}}
  - {id: complement, verb: [vow], complement: [defend]}
  - {id: passive, verb: [feed], passive: "yes"}
  - {id: words, verb: [stand], words: [together]}
  - {id: not-words, verb: [nurse], not_words: [grudge]}
  - {id: particle, verb: [bail out]}
  - {id: compound, noun: [aid package]}
"""

# The word in brackets; its rule, what failed (None: it holds); no rule at all.
TRIED = [
    ("Arnor [helped] Gondor.", "plain", None),
    ("Arnor [sent] aid to Gondor.", "object", None),
    ("Arnor [sent] a package of aid.", "object", None),
    ("Arnor [sent] troops.", "object", "object"),
    ("Arnor [rested].", "no-object", None),
    ("Arnor [rested] its horses.", "no-object", "object: none"),
    ("Arnor [gave] bread.", "not-object", None),
    ("Arnor [gave] Gondor the blame.", "not-object", "not_object"),
    ("Arnor [worked] for peace.", "prep", None),
    ("Arnor [worked] for money.", "prep", "prep"),
    ("Arnor [vowed] to defend Gondor.", "complement", None),
    ("Arnor [vowed] to leave.", "complement", "complement"),
    ("Gondor was [fed] by Arnor.", "passive", None),
    ("Arnor [fed] Gondor.", "passive", "passive"),
    ("Arnor and Gondor [stand] together.", "words", None),
    ("Arnor and Gondor [stand] here.", "words", "words"),
    ("Arnor [nursed] a grudge.", "not-words", "not_words"),
    ("Arnor [bailed] out Gondor.", "particle", None),
    ("Arnor [bailed].", None, None),
    ("The aid [package] came.", "compound", None),
    ("The food [package] came.", None, None),
    ("The [help] came.", None, None),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    (folder / "types").mkdir()
    (folder / "types" / "AID.yaml").write_text(RULES, encoding="utf-8")
    (folder / "codebook.yaml").write_text("extends: nothing\n", encoding="utf-8")
    (folder / "sets.yaml").write_text("{}\n", encoding="utf-8")
    (folder / "composition.yaml").write_text("governors: []\noutcomes: {}\n", encoding="utf-8")
    return load_codebook(folder)


@pytest.mark.parametrize(("text", "rule", "failed"), TRIED)
def test_a_rule_and_its_conditions(reading, book, text, rule, failed):
    found = [(match.rule.rule, match.failed) for match in match_rules(reading(text).word, book)]
    assert found == ([(f"AID/{rule}", failed)] if rule else [])


def test_the_more_is_asked_the_more_specific(reading, book):
    (plain,) = match_rules(reading("Arnor [helped] Gondor.").word, book)
    (asking,) = match_rules(reading("Arnor [sent] aid to Gondor.").word, book)
    (phrase,) = match_rules(reading("Arnor [bailed] out Gondor.").word, book)
    assert plain.specificity < asking.specificity
    assert plain.specificity < phrase.specificity


NAMES = [
    ("An air [strike] began.", {"strike", "air strike"}),
    ("A series of [attacks] began.", {"attack"}),
    ("A [series] of attacks began.", {"series", "attack"}),
    ("A [suspension] of aid began.", {"suspension"}),
    ("Defence Minister [Bain] left.", {"bain", "minister"}),
    ("The [road] was long.", {"road"}),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_what_a_noun_can_be_asked_for_as(reading, text, names):
    found = set(noun_names(reading(text).word))
    assert names <= found
    assert "aid" not in found


def test_what_stands_around_a_word(reading):
    found = reading("Arnor [sent] food aid to Gondor.")
    around = TriggerContext(found.word, "verb")
    assert {"aid", "food aid"} <= around.object_names
    assert ("to", "Gondor") in [(word, noun.text) for word, noun in around.phrases]
    assert TriggerContext(found.word, "noun").object_names == set()
    assert lemma_of(found.word) == "send"


# *Call* by a name is no ring; a governor with a particle is another verb.
OTHERWISE = [
    ("Bard [called] Eomer a liar.", False),
    ('Bard [called] it "shameful".', False),
    ("King Bard [called] King Eomer of Rohan.", True),
    ("King Bard [called] King Eomer of Rohan on Monday.", True),
    ("Bard [backed] down.", False),
    ("Bard [backed] Eomer.", True),
]


@pytest.mark.parametrize(("text", "holds"), OTHERWISE)
def test_a_verb_that_means_something_else(reading, coder, text, holds):
    rules = [m.rule for m in match_rules(reading(text).word, coder.book) if m.failed is None]
    meant = [
        r for r in rules if getattr(r, "event_type", None) == "CONSULT" or r.rule == "composition/support"
    ]
    assert bool(meant) is holds


@pytest.mark.parametrize(("text", "rule", "failed"), TRIED)
def test_a_word_with_rules_is_known_by_the_columns(book, reading, text, rule, failed):
    word = reading(text).word
    assert word.i in words_with_rules(word.doc, book) or not match_rules(word, book)
    assert (word.i in words_with_rules(word.doc, book)) or rule is None


@pytest.mark.parametrize("text", ["In Gondorian [helping] it rained.", "The [bread] came."])
def test_words_without_rules_are_passed_over(book, reading, text):
    word = reading(text).word
    assert bool(match_rules(word, book)) <= (word.i in words_with_rules(word.doc, book))
    assert next(t.i for t in word.doc if t.text in ("In", "The")) not in words_with_rules(word.doc, book)
