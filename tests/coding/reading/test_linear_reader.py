"""The log-linear reader: which words it reads, how weights become readings, what the model says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dragoman.coding.candidates.party_mention import PartyMention
from dragoman.coding.coder import Coder
from dragoman.coding.reading.linear_features import TriggerPaths, WordTable, firm_features, trigger_features
from dragoman.coding.reading.linear_model import FILE, LinearTable, load_linear_model, number_of, word_number
from dragoman.coding.reading.linear_reader import LINEAR_FLOOR, LinearReader, sentences_of
from dragoman.coding.reading.trigger_reading import EVENT_TYPES, TYPE_NUMBER, TriggerReading
from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.language.annotated import AnnotatedDocument
from dragoman.running.fingerprint import fingerprint

pytestmark = pytest.mark.pipeline

Weights = dict[str, tuple[str, float]]


def parsed(coder: Coder, text: str) -> tuple[AnnotatedDocument, list[PartyMention]]:
    annotated = coder.annotate_text(text)
    return annotated, coder.mentions_of(annotated)


def table_of(coder: Coder, text: str) -> WordTable:
    annotated, mentions = parsed(coder, text)
    return WordTable(annotated.doc, mentions, coder.book)


def word_at(table: WordTable, text: str) -> int:
    return next(token.i for token in table.doc if token.text == text)


def small_model(folder: Path, **tables: dict[str, dict[int, float]]) -> Path:
    """Write a model of a few weights: table -> feature -> column -> weight."""
    arrays: dict[str, np.ndarray] = {
        "triggers": np.array([word_number("attack", "VERB")], dtype=np.uint32),
        "others": np.array([word_number("deny", "VERB")], dtype=np.uint32),
    }
    for name, outputs in (("type", 17), ("role", 4), ("firm", 1)):
        given = tables.get(name, {})
        cells = [(row, column, weight) for row, columns in enumerate(given.values())
                 for column, weight in columns.items()]  # fmt: skip
        arrays[f"{name}_features"] = np.array([number_of(feature) for feature in given], dtype=np.uint32)
        arrays[f"{name}_rows"] = np.array([cell[0] for cell in cells], dtype=np.uint32)
        arrays[f"{name}_columns"] = np.array([cell[1] for cell in cells], dtype=np.uint8)
        arrays[f"{name}_values"] = np.array([cell[2] for cell in cells], dtype=np.float16)
        arrays[f"{name}_bias"] = np.zeros(outputs, dtype=np.float32)
    np.savez_compressed(folder / FILE, **arrays)
    return folder


def read(coder: Coder, folder: Path, text: str, wanted: tuple[str, ...] = ()) -> dict[str, TriggerReading]:
    annotated, mentions = parsed(coder, text)
    asked = [token.i for token in annotated.doc if token.text in wanted]
    found = LinearReader(coder.book, folder).read(annotated, mentions, wanted=asked)
    return {annotated.doc[index].text: reading for index, reading in found.items()}


# The model ------------------------------------------------------------------------------------------------


def test_features_go_by_the_same_number_on_every_machine() -> None:
    assert number_of("lemma attack") == 0xDBC5218E
    assert word_number("attack", "VERB") != word_number("attack", "NOUN")


def test_weights_of_known_features_are_summed() -> None:
    weights = np.array([[0, 0], [1, 2], [10, 20]], dtype=np.float32)
    table = LinearTable({number_of("a"): 1, number_of("b"): 2}, weights, np.zeros(2, dtype=np.float32))
    cases = [table.rows(features) for features in (["a", "b", "unheard of"], ["unheard of"], ["a", "a"])]
    assert table.sums(cases).tolist() == [[11, 22], [0, 0], [2, 4]]
    assert table.sums([]).shape == (0, 2)


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(KnowledgeError, match="train_linear_reader"):
        load_linear_model(tmp_path)


# Reading with a few weights -------------------------------------------------------------------------------


def test_a_weight_makes_a_reading(coder: Coder, tmp_path: Path) -> None:
    small_model(
        tmp_path,
        type={"lemma attack": {TYPE_NUMBER["ASSAULT"]: 6.0}},
        role={"path |nsubj": {0: 5.0}, "path |dobj": {1: 5.0}},
        firm={"near aux may": {0: -4.0}},
    )
    reading = read(coder, tmp_path, "Arnor attacked Gondor.")["attacked"]
    assert reading.best_type == "ASSAULT"
    assert sum(reading.types) == pytest.approx(1.0, abs=1e-5)
    assert reading.probability > 0.9
    assert {s.mention.party.name: (s.actor > 0.9, s.recipient > 0.9) for s in reading.roles} == {
        "Arnor": (True, False),
        "Gondor": (False, True),
    }
    assert reading.firm == pytest.approx(0.5)
    assert read(coder, tmp_path, "Arnor may attack Gondor.")["attack"].firm < 0.1


def test_what_is_no_trigger_is_read_only_when_asked_for(coder: Coder, tmp_path: Path) -> None:
    small_model(tmp_path, type={"lemma attack": {0: 6.0}})
    text = "Arnor attacked Gondor on the river."
    assert read(coder, tmp_path, text) == {}
    readings = read(coder, tmp_path, text, wanted=("attacked", "river"))
    assert set(readings) == {"attacked", "river"}
    assert readings["attacked"].probability < LINEAR_FLOOR


def test_sentences_without_parties_are_passed_over(coder: Coder, tmp_path: Path) -> None:
    small_model(tmp_path, type={"lemma attack": {TYPE_NUMBER["ASSAULT"]: 6.0}})
    assert read(coder, tmp_path, "The dogs attacked the sheep.") == {}
    assert set(read(coder, tmp_path, "The dogs attacked the sheep.", wanted=("attacked",))) == {"attacked"}


def test_words_that_never_told_an_event_are_read_where_a_rule_holds(coder: Coder, tmp_path: Path) -> None:
    small_model(tmp_path)
    assert "denied" in read(coder, tmp_path, "Arnor denied the claims of Gondor.")


def test_mentions_of_the_sentence_before_are_offered_once(coder: Coder, tmp_path: Path) -> None:
    small_model(tmp_path, type={"lemma attack": {TYPE_NUMBER["ASSAULT"]: 6.0}}, role={"earlier": {0: 5.0}})
    text = "Arnor met Rohan in Rohan. Then the soldiers attacked Gondor. It was late. They attacked Dale."
    annotated, mentions = parsed(coder, text)
    readings = LinearReader(coder.book, tmp_path).read(annotated, mentions)
    first, second = (readings[token.i] for token in annotated.doc if token.text == "attacked")
    earlier = [s.mention.party.name for s in first.roles if s.actor > 0.9]
    assert sorted(earlier) == ["Arnor", "Rohan"]
    assert "Rohan" not in {s.mention.party.name for s in second.roles}


# Features -------------------------------------------------------------------------------------------------

TOLD = [
    ("Arnor did not attack Gondor with troops.", "attack", "small attack not"),
    ("Arnor did not attack Gondor with troops.", "attack", "phrase attack with troop"),
    ("Arnor backed down over the border.", "backed", "small back down"),
    ("Arnorian troops shelled a village.", "shelled", "subject kind group MIL"),
    ("Gondor was shelled by Mordor.", "shelled", "subject kind state None"),
    ("Gondor was shelled by Mordor.", "shelled", "object kind state None"),
    ("Arnor held talks with Gondor.", "talks", "carried talk hold"),
    ("Arnor held talks with Gondor.", "talks", "phrase with state None"),
    ("Arnor accused Gondor of spying.", "accused", "rule ACCUSE None"),
]


@pytest.mark.parametrize(("text", "word", "feature"), TOLD)
def test_trigger_features(coder: Coder, text: str, word: str, feature: str) -> None:
    table = table_of(coder, text)
    assert feature in trigger_features(table, word_at(table, word), 0, len(table.doc))


def test_a_rule_that_nearly_holds_says_what_failed(coder: Coder) -> None:
    table = table_of(coder, "Arnor held a party in the town.")
    features = trigger_features(table, word_at(table, "held"), 0, len(table.doc))
    assert any(f.startswith("rule ") and not f.endswith(" None") for f in features)


PATHS = [
    ("Arnor attacked Gondor.", "attacked", "Arnor", "path |nsubj"),
    ("Arnor attacked Gondor.", "attacked", "Gondor", "object ASSAULT"),
    ("Gondor was attacked by Arnor.", "attacked", "Arnor", "path |agent:by/pobj"),
    ("Gondor was attacked by Arnor.", "attacked", "Arnor", "subject ASSAULT"),
    ("Arnor wants to attack Gondor.", "attack", "Arnor", "subject attack"),
    ("Arnor wants to attack Gondor.", "attack", "Arnor", "path xcomp|nsubj"),
]


@pytest.mark.parametrize(("text", "word", "party", "feature"), PATHS)
def test_paths_to_mentions(coder: Coder, text: str, word: str, party: str, feature: str) -> None:
    table = table_of(coder, text)
    (sentence,) = sentences_of(table)
    paths = TriggerPaths(table, word_at(table, word), "ASSAULT")
    mention = next(m for m in sentence.mentions if m.party.name == party)
    assert feature in paths.features(mention, 0)


def test_firmness_looks_at_the_clauses_above(coder: Coder) -> None:
    table = table_of(coder, "Arnor might refuse to attack Gondor.")
    features = firm_features(table, word_at(table, "attack"), "ASSAULT")
    assert {"first xcomp refuse", "far aux might", "near aux to"} <= set(features)


# The package's model --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fast() -> Coder:
    return Coder(actors=[data_folder() / "actors_invented"], reading="fast")


READ = [
    ("Arnor attacked Gondor on Monday.", "attacked", "ASSAULT", "Arnor", "Gondor"),
    ("Gondor was attacked by Arnor on Monday.", "attacked", "ASSAULT", "Arnor", "Gondor"),
    ("Rohan urged Mordor to withdraw.", "urged", "REQUEST", "Rohan", "Mordor"),
    ("Gondor imposes a blockade on Mordor.", "imposes", "COERCE", "Gondor", "Mordor"),
    ("The foreign minister of Arnor condemned Mordor.", "condemned", "ACCUSE", "Arnor", "Mordor"),
]


@pytest.mark.parametrize(("text", "word", "event_type", "actor", "recipient"), READ)
def test_package_model_reads_types_and_roles(
    fast: Coder, text: str, word: str, event_type: str, actor: str, recipient: str
) -> None:
    annotated, mentions = parsed(fast, text)
    found = LinearReader(fast.book).read(annotated, mentions)
    reading = next(r for index, r in found.items() if annotated.doc[index].text == word)
    assert reading.best_type == event_type
    scores = {s.mention.party.country: s for s in reading.roles}
    countries = {m.party.name: m.party.country for m in mentions}
    doer, other = scores[countries[actor]], scores[countries[recipient]]
    assert doer.actor > 0.5 > doer.recipient
    assert other.recipient > 0.5 > other.actor


def test_fast_coder_gives_events_with_their_reading(fast: Coder) -> None:
    coded = fast.code("Arnor attacked Gondor on Monday.")
    (event,) = coded.events
    assert (event.event_type, event.carried_by) == ("ASSAULT", "both")
    assert 0.5 < event.confidence <= 1.0


def test_fast_needs_no_onnxruntime() -> None:
    script = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from dragoman.coding.coder import Coder\n"
        "print(len(Coder(reading='fast').code('Russia attacked Ukraine on Monday.').events))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_the_way_of_reading_is_part_of_the_fingerprint() -> None:
    assert len({fingerprint(reading="fast"), fingerprint(reading="rules"), fingerprint(reading="full")}) == 3
    assert len(EVENT_TYPES) + 1 == load_linear_model().type.weights.shape[1]
