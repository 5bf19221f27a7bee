"""Contexts: three examples of each, and what must not be taken for one."""

from __future__ import annotations

import pytest

from dragoman.coding.topics.contexts import MOST_CONTEXTS, contexts_of
from dragoman.knowledge.contexts import load_contexts
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document
from dragoman.model.terms import CONTEXTS

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def contexts():
    nlp = load_pipeline()
    lexicon = load_contexts()

    def _contexts(text, trigger):
        annotated = next(iter(annotate(nlp, [Document(id="t", text=text)])))
        token = next(t for t in annotated.doc if t.text == trigger)
        return contexts_of(token, annotated, lexicon)

    return _contexts


EXAMPLES = {
    "military": [
        "Arnor *massed* troops near Gondor.",
        "Arnor *sold* fighter jets to Gondor.",
        "Arnor and Rohan *held* joint exercises.",
    ],
    "intelligence": [
        "Arnor *expelled* two spies.",
        "Arnor *shared* satellite intelligence with Rohan.",
        "The FSB *detained* an agent of Gondor.",
    ],
    "executive": [
        "The king *appointed* a new cabinet.",
        "The president *signed* a decree.",
        "Rohan *congratulated* him on his inauguration.",
    ],
    "legislative": [
        "Parliament *approved* the pact.",
        "Lawmakers *urged* Gondor to pay.",
        "The senate *ratified* the accord.",
    ],
    "election": [
        "Arnor *rejected* the result of the election.",
        "Gondor *monitored* the referendum.",
        "Voters *backed* the candidate.",
    ],
    "political_institutions": [
        "The army *staged* a coup.",
        "Arnor *changed* its constitution.",
        "The ruling party *split*.",
    ],
    "pro_democracy": [
        "Gondor *backed* the democracy movement.",
        "Thousands *marched* for free elections and democracy.",
        "Rohan *funded* civil society groups.",
    ],
    "pro_autocracy": [
        "The king *dissolved* parliament and ruled by decree, like a dictator.",
        "Gondor *condemned* the dictatorship.",
        "The junta *tightened* military rule.",
    ],
    "economic": [
        "Arnor *imposed* tariffs on Gondor.",
        "Arnor *lent* Gondor money through its central bank.",
        "They *signed* a trade agreement.",
    ],
    "legal": [
        "A court in Arnor *sentenced* the trader.",
        "Arnor *extradited* him to Gondor.",
        "The tribunal *issued* an arrest warrant.",
    ],
    "reparations": [
        "Arnor *paid* compensation to the victims.",
        "Gondor *demanded* reparations.",
        "Arnor *returned* the looted artefacts.",
    ],
    "human_rights": [
        "Officials *rejected* accusations of human rights abuse.",
        "Rohan *accused* Arnor of torture.",
        "A rights group *condemned* Arnor.",
    ],
    "rights_freedoms": [
        "Arnor *imposed* censorship.",
        "Gondor *defended* freedom of speech.",
        "Arnor *blocked* press freedom laws.",
    ],
    "repression": [
        "Police *fired* tear gas at the crowd.",
        "Arnor *arrested* dissidents.",
        "Rohan *condemned* the crackdown.",
    ],
    "human_security": [
        "Arnor *opened* a humanitarian corridor.",
        "Rohan *sent* food aid.",
        "Shells *hit* an aid convoy.",
    ],
    "gender": [
        "Arnor *banned* female education.",
        "A soldier *raped* a prisoner and sexual violence spread.",
        "Gondor *passed* a law on gender equality.",
    ],
    "lgbt": [
        "Arnor *outlawed* same-sex marriage.",
        "Police *raided* a gay club.",
        "Gondor *backed* LGBT rights.",
    ],
    "religion_ethnicity": [
        "A mob *burned* a mosque.",
        "Arnor *jailed* a cleric.",
        "Rohan *condemned* the sectarian killings.",
    ],
    "inequality": [
        "They *marched* against poverty.",
        "Arnor *banned* discrimination.",
        "The league *fought* inequality.",
    ],
    "diplomatic": [
        "Arnor *recalled* its ambassador.",
        "The foreign ministers *met*.",
        "Arnor *closed* its embassy.",
    ],
    "territory": [
        "Arnor *annexed* the disputed island.",
        "Gondor *opposed* Rohan's independence.",
        "Arnor *reaffirmed* its sovereignty.",
    ],
    "peacekeeping": [
        "Gunmen *killed* two peacekeepers.",
        "Arnor *joined* the peacekeeping mission.",
        "The council *renewed* the UN mission.",
    ],
    "health": [
        "Arnor *donated* vaccines.",
        "Gondor *sent* doctors.",
        "Arnor *closed* its border over the epidemic.",
    ],
    "asylum": [
        "Arnor *granted* him asylum.",
        "Gondor *took* in refugees.",
        "A diplomat *sought* political asylum.",
    ],
    "migration": [
        "Arnor *deported* hundreds of migrants.",
        "Gondor *tightened* visa rules.",
        "They *agreed* to curb migration.",
    ],
    "disasters": [
        "Rohan *sent* rescue teams after the earthquake.",
        "The flood *killed* 30.",
        "Arnor *offered* help after the cyclone.",
    ],
    "natural_resource": [
        "They *signed* a gas deal.",
        "Arnor *cut* oil supplies.",
        "Gondor *seized* a fishing boat.",
    ],
    "environment": [
        "They *agreed* to cooperate on climate change.",
        "Arnor *cut* emissions.",
        "Rohan *sued* over pollution.",
    ],
    "technology": [
        "They will *work* together on space and artificial intelligence.",
        "Arnor *banned* exports of semiconductors.",
        "Arnor *launched* a satellite.",
    ],
    "terrorism": [
        "A suicide bomber *killed* ten.",
        "Arnor *struck* Islamic State.",
        "They *pledged* to fight terrorism.",
    ],
    "cbrn": [
        "Arnor *tested* a nuclear weapon.",
        "Rohan *accused* Arnor of using chemical weapons.",
        "Arnor *enriched* uranium with centrifuges.",
    ],
    "cyber": [
        "Hackers *attacked* the ministry.",
        "Gondor *blamed* Arnor for a cyberattack.",
        "They will *work* together on internet control.",
    ],
    "misinformation": [
        "Arnor *spread* disinformation.",
        "Gondor *banned* a propaganda channel.",
        "Rohan *denied* the fake news.",
    ],
    "crime": [
        "Police *arrested* a gang.",
        "Pirates *seized* a ship for ransom.",
        "A court *tried* him for murder.",
    ],
    "corruption": [
        "Arnor *charged* the minister with bribery.",
        "Prosecutors *probed* the embezzlement.",
        "Thousands *protested* against corruption.",
    ],
    "illegal_drugs": [
        "Police *seized* cocaine.",
        "Gondor *extradited* a drug lord.",
        "They *agreed* to fight drug trafficking.",
    ],
    "trafficking": [
        "Police *broke* a human trafficking ring.",
        "Arnor *accused* Gondor of arms smuggling.",
        "They *fought* the slave trade.",
    ],
}


def _split(marked):
    trigger = marked.split("*")[1]
    return marked.replace("*", ""), trigger


@pytest.mark.parametrize(
    ("context", "marked"), [(name, text) for name, texts in EXAMPLES.items() for text in texts]
)
def test_an_example_of_a_context(contexts, context, marked):
    assert context in contexts(*_split(marked))


def test_every_context_has_three_examples():
    assert set(EXAMPLES) == set(CONTEXTS)
    assert all(len(texts) >= 3 for texts in EXAMPLES.values())


NOT_ABOUT = [
    ("Arnor *invested* in artificial intelligence.", "intelligence"),
    ("Police *fired* tear gas.", "natural_resource"),
    ("Settlers *burned* cars in the West Bank.", "economic"),
    ("The European Union *met* Arnor.", "inequality"),
    ("Arnor *struck* Islamic State.", "religion_ethnicity"),
    ("A trade war *began*.", "military"),
    ("The secretary general *spoke*.", "military"),
    ("The Democratic Republic of Rohan *signed*.", "pro_democracy"),
    ("Arnor *sent* water cannon.", "natural_resource"),
]


@pytest.mark.parametrize(("marked", "context"), NOT_ABOUT)
def test_phrases_that_mean_something_else(contexts, marked, context):
    assert context not in contexts(*_split(marked))


def test_the_order_is_by_evidence_and_there_are_at_most_four(contexts):
    text = (
        "Arnor signed a gas deal, freed a spy, fought corruption, banned cocaine, sent vaccines and troops."
    )
    assert len(contexts(text, "signed")) <= MOST_CONTEXTS
    assert contexts("Arnor signed a gas deal with Gondor.", "signed") == ("economic", "natural_resource")


def test_another_clause_gives_a_context_only_when_the_own_gives_none(contexts):
    text = "Arnor sent troops to the border, and the court freed a trader."
    assert "legal" not in contexts(text, "sent")
    assert contexts("Arnor agreed.", "agreed") == ()
