"""From a kept candidate to an event: what the rules say, and what the reader adds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dragoman.coding import coder as coder_module
from dragoman.coding.candidates.party_mention import PartyMention
from dragoman.coding.coder import Coder
from dragoman.coding.learned_models import LearnedModels
from dragoman.coding.reading.trigger_reading import ROLES, RoleScores
from dragoman.knowledge.loading import data_folder
from dragoman.model.records import Event

pytestmark = pytest.mark.pipeline
TEXT = "Arnor attacked Gondor near Kharkiv on Monday, witnesses said. Rohan watched."
Scores = dict[str, dict[str, float]]


class OneChance:
    """Gives every proposal one probability."""

    def __init__(self, chance: float) -> None:
        self._chance = chance

    def threshold_for(self, sentences: int) -> float:
        return 0.5 if sentences < 6 else 0.9

    def probabilities(self, rows: list[Any]) -> list[float]:
        return [self._chance for _ in rows]


class StubReader:
    """Reads one word as it is told: its reading, and scores of the mentions by their word."""

    def __init__(self, word: str, scores: Scores, reading_of: Callable[[int, list[RoleScores]], Any]) -> None:
        self._word, self._scores, self._reading_of = word, scores, reading_of
        self.wanted: set[int] = set()

    def read(self, annotated: Any, mentions: list[PartyMention], *, wanted: Any = ()) -> dict[int, Any]:
        self.wanted = set(wanted)
        token = next(token for token in annotated.doc if token.text == self._word)
        given = [(mention, self._scores.get(annotated.doc[mention.token].text, {})) for mention in mentions]
        roles = [RoleScores(mention, *(scores.get(role, 0.0) for role in ROLES)) for mention, scores in given]
        return {token.i: self._reading_of(token.i, roles)}


@pytest.fixture
def read_coder(made, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Coder]:
    """Return a coder whose reader says what a test wants."""

    def make(
        word: str, event_type: str = "ASSAULT", chance: float = 0.9, *, firm: float = 1.0,
        probability: float = 0.8, min_confidence: float | None = None, **scores: dict[str, float],
    ) -> Coder:  # fmt: skip
        reader = StubReader(
            word, scores, lambda at, roles: made.reading(at, event_type, chance, firm=firm, roles=roles)
        )
        models = LearnedModels(reader, OneChance(probability))
        monkeypatch.setattr(coder_module, "load_models", lambda reading, folder, book: models)
        return Coder(actors=[data_folder() / "actors_invented"], min_confidence=min_confidence)

    return make


def event_of(coder: Coder, text: str = TEXT, word: str = "attacked") -> Event:
    events = coder.code(text, published_on="2022-02-09").events
    return next(event for event in events if event.trigger.text == word)


def test_every_span_of_an_event_holds_its_words(read_coder) -> None:
    event = event_of(read_coder("attacked", Gondor={"recipient": 0.9}, Arnor={"actor": 0.9}))
    assert event.actors
    assert event.recipients
    for span in (event.evidence, event.trigger, *event.actors, *event.recipients):
        assert TEXT[span.start : span.end] == span.text
    assert event.evidence.start <= event.trigger.start < event.evidence.end


@pytest.mark.parametrize(("chance", "carried_by"), [(0.9, "both"), (0.2, "rule")])
def test_who_carries_it_and_how_likely_it_is(read_coder, chance: float, carried_by: str) -> None:
    scores = {"Arnor": {"actor": 0.9}, "Gondor": {"recipient": 0.9}}
    event = event_of(read_coder("attacked", "ASSAULT", chance, probability=0.8314, **scores))
    assert (event.event_type, event.carried_by, event.confidence) == ("ASSAULT", carried_by, 0.831)
    assert event.rule != "model"


def test_what_only_the_reader_sees_is_the_models(read_coder) -> None:
    coder = read_coder("watched", "MOBILIZE", Rohan={"actor": 0.9}, Gondor={"recipient": 0.1})
    event = event_of(coder, word="watched")
    assert (event.event_type, event.carried_by, event.rule) == ("MOBILIZE", "model", "model")
    assert [ref.id for ref in event.actors] == ["ROH"]
    assert event.recipients == ()
    assert event.quad_class == "material_conflict"
    assert event.reasons["recipients"] == "no recipient named in the clause"
    assert event.reasons["speaker"] == "only the publisher says so"
    assert "actors" not in event.reasons


@pytest.mark.parametrize(("firm", "factuality"), [(1.0, "certain"), (0.35, "certain"), (0.2, "possible")])
def test_no_firmer_than_the_reader_holds_it(read_coder, firm: float, factuality: str) -> None:
    coder = read_coder("watched", "MOBILIZE", firm=firm, Rohan={"actor": 0.9})
    assert event_of(coder, word="watched").factuality == factuality


@pytest.mark.parametrize(
    ("probability", "least", "kept"),
    [(0.8, None, True), (0.49, None, False), (0.49, 0.4, True), (0.8, 0.81, False), (0.8, 0.8, True)],
)
def test_events_from_a_probability_on(
    read_coder, probability: float, least: float | None, kept: bool
) -> None:
    coder = read_coder(
        "watched", "MOBILIZE", probability=probability, min_confidence=least, Rohan={"actor": 0.9}
    )
    assert ("MOBILIZE" in {event.event_type for event in coder.code(TEXT).events}) is kept


@pytest.mark.parametrize(("others", "kept"), [(4, True), (5, False)])
def test_the_threshold_is_that_of_the_length_of_the_text(read_coder, others: int, kept: bool) -> None:
    coder = read_coder("watched", "MOBILIZE", Rohan={"actor": 0.9})
    text = "Rohan watched." + " The sun shone on the river." * others
    assert bool(coder.code(text).events) is kept


def test_words_of_rules_are_read_in_any_case(read_coder) -> None:
    coder = read_coder("watched", "MOBILIZE", Rohan={"actor": 0.9})
    annotated = coder.annotate_text(TEXT)
    attacked = next(token.i for token in annotated.doc if token.text == "attacked")
    coder.code_annotated(annotated)
    assert attacked in coder._models.reader.wanted


def test_every_proposal_comes_with_features_and_event(read_coder) -> None:
    coder = read_coder("watched", "MOBILIZE", probability=0.1, Rohan={"actor": 0.9})
    rows = coder.proposals_of(coder.annotate_text(TEXT))
    assert {decision.proposal.candidate.event_type for decision, _, _ in rows} == {"ASSAULT", "MOBILIZE"}
    for decision, features, event in rows:
        assert decision.dropped == "unlikely: 0.10 below 0.50"
        assert features["has_rule"] == float(decision.proposal.rule is not None)
        assert event.event_type == decision.proposal.candidate.event_type


# Text, scores, the speaker of the event: whom the reader names, where a word or a quote shows that he speaks.
SPEAKERS = [
    ("Rohan claims that Arnor attacked Gondor.", {"Rohan": {"speaker": 0.9}}, ["ROH"]),
    ("Arnor attacked Gondor as Rohan watched.", {"Rohan": {"speaker": 0.9}}, []),
    ("Arnor attacked Gondor, according to Rohan.", {"Rohan": {"speaker": 0.5}}, ["ROH"]),
    ("Arnor attacked Gondor in sight of Rohan.", {"Rohan": {"speaker": 0.9}}, []),
    ("Rohan released a statement that Arnor attacked Gondor.", {"Rohan": {"speaker": 0.9}}, ["ROH"]),
    ("Rohan built a bridge that Arnor attacked near Gondor.", {"Rohan": {"speaker": 0.9}}, []),
    ("Arnor attacked Gondor. Rohan watched.", {"Rohan": {"speaker": 0.9}}, []),  # in another sentence
    # What the report says of its speakers goes first.
    ("Arnor attacked Gondor, Dale said, and Rohan watched.", {"Rohan": {"speaker": 0.9}}, ["DAL"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "scores", "speaker"), SPEAKERS)
def test_speaker(read_coder, text: str, scores: Scores, speaker: list[str]) -> None:
    sides = {"Arnor": {"actor": 0.9}, "Gondor": {"recipient": 0.9}}
    event = event_of(read_coder("attacked", **sides, **scores), text)
    assert [ref.id for ref in event.speaker] == speaker
    assert ("speaker" in event.reasons) is not bool(speaker)


# Text, scores, name and country of the place, whether its coordinates are known.
PLACES = [
    ("Arnor attacked Gondor. Rohan watched.", {"Rohan": {"place": 0.5}}, ("Rohan", "ROH"), False),
    ("Arnor attacked Gondor. Rohan watched.", {"Rohan": {"place": 0.49}}, None, False),
    # What the rules find goes first.
    ("Arnor attacked Gondor in Aleppo. Rohan watched.", {"Rohan": {"place": 0.9}}, ("Aleppo", "SYR"), True),
    # A town that another clause puts something in has its coordinates.
    ("Arnor attacked Gondor. Envoys met in Aleppo.", {"Aleppo": {"place": 0.9}}, ("Aleppo", "SYR"), True),
    # A town in which nothing is put has its country alone.
    ("Arnor attacked Gondor. Aleppo burned.", {"Aleppo": {"place": 0.9}}, ("Aleppo", "SYR"), False),
]


@pytest.mark.parametrize(("text", "scores", "place", "is_located"), PLACES)
def test_place(
    read_coder, text: str, scores: Scores, place: tuple[str, str] | None, is_located: bool
) -> None:
    sides = {"Arnor": {"actor": 0.9}, "Gondor": {"recipient": 0.9}}
    event = event_of(read_coder("attacked", **sides, **scores), text)
    if place is None:
        assert event.place is None
        assert event.reasons["place"] == "the clause gives no place"
        return
    assert event.place is not None
    assert (event.place.name, event.place.country) == place
    assert (event.place.latitude is not None) is is_located
    assert text[event.place.start : event.place.end] == event.place.text
    assert "place" not in event.reasons


# Text, the place of a meeting as the reader has it, where it was.
SPOKEN = [
    ("Envoys of Arnor met Gondor as Rohan watched.", "Rohan", None),  # of words it must be said where
    ("Envoys of Arnor met Gondor as bells rang in Rohan.", "Rohan", "ROH"),
    ("Envoys of Arnor met Gondor as bells rang for Rohan.", "Rohan", None),
    ("Envoys of Arnor met Gondor as Aleppo slept.", "Aleppo", "SYR"),  # what names a town alone
    ("Envoys of Arnor met Gondor. Aleppo slept.", "Aleppo", "SYR"),  # in whichever sentence
]


@pytest.mark.parametrize(("text", "word", "country"), SPOKEN)
def test_words_are_spoken_only_where_the_text_puts_something(
    read_coder, text: str, word: str, country: str | None
) -> None:
    scores = {"Arnor": {"actor": 0.9}, "Gondor": {"recipient": 0.9}, word: {"place": 0.9}}
    event = event_of(read_coder("met", "CONSULT", **scores), text, "met")
    assert (event.place.country if event.place else None) == country


def test_rules_alone_give_their_own_confidence(coder: Coder) -> None:
    event = event_of(coder)
    assert (event.carried_by, event.event_date.text if event.event_date else None) == ("rule", "Monday")
    assert 0 < event.confidence < 1


def test_modes_and_codes_are_those_of_the_codebook(coder: Coder, made) -> None:
    annotated = coder.annotate_text(TEXT)
    builder = coder._builder(coder._findings(annotated))
    token = next(token for token in annotated.doc if token.text == "attacked")
    act = made.candidate(token, "ASSAULT", mode="dream")
    event = builder.build(act, made.modality(), confidence=0.5)
    assert (event.event_mode, event.carried_by, event.confidence) == (None, "rule", 0.5)
    assert event.intensity == coder.book.intensity("ASSAULT", None)
    assert event.cameo == coder.book.cameo("ASSAULT", None)
    coded = builder.build(replace(act, cameo="190"), made.modality(), confidence=0.5)
    assert (coded.cameo, coded.goldstein) == ("190", coder.book.goldstein("190"))
