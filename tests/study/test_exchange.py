"""What goes to an annotation tool comes back the same; what is wrong in a file is said by place."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import cassis
import pytest

from dragoman.errors import BadAnnotationError, UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.loading import data_folder
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.study.exchange.annotations import LABELS, AnnotatedText, Relation, Span, gold_of, texts_of
from dragoman.study.exchange.tools import TOOLS, read_from, write_for

ACCUSED = AnnotatedText(
    id="a", text="\U0001f600 Arnor accused Gondor of spying.", title="T", published_on="2022-02-01",
    spans=(
        Span(id="1", start=2, end=7, label="actor"),
        Span(id="2", start=8, end=15, label="ACCUSE", value="allege"),
        Span(id="3", start=16, end=22, label="recipient", value="GON"),
    ),
    relations=(
        Relation(head="2", child="1", label="actor"), Relation(head="2", child="3", label="recipient"),
    ),
)  # fmt: skip


def content(texts) -> list:
    """Spans and relations without the ids, which each tool gives anew."""
    found = []
    for text in texts:
        by_id = {span.id: (span.start, span.end, span.label, span.value) for span in text.spans}
        relations = {(by_id[r.head], by_id[r.child], r.label) for r in text.relations}
        found.append((text.id, text.text, text.title, text.published_on, set(by_id.values()), relations))
    return sorted(found, key=lambda each: each[0])


@pytest.mark.parametrize("tool", TOOLS)
def test_there_and_back(record: Record, tmp_path: Path, tool: str) -> None:
    texts = [*texts_of(record), ACCUSED]
    assert len(texts) > 4
    assert sum(len(text.spans) for text in texts) > 40
    assert write_for(tool, texts, tmp_path / "out") == len(texts)
    assert content(read_from(tool, tmp_path / "out")) == content(texts)


def test_only_what_a_filter_lets_through(record: Record) -> None:
    (text,) = texts_of(record, EventFilter(event_type="THREATEN"))
    assert {span.label for span in text.spans} == {"THREATEN", "actor", "recipient"}


def test_label_studio_has_what_its_import_asks_for(record: Record, tmp_path: Path) -> None:
    write_for("label-studio", texts_of(record), tmp_path / "tasks.json")
    config = ElementTree.fromstring((tmp_path / "tasks.config.xml").read_text())
    assert {each.get("value") for each in config.iter("Label")} == set(LABELS)
    names = {config.find("Labels").get("name"), config.find("Text").get("name")}
    for task in json.loads((tmp_path / "tasks.json").read_text()):
        regions = [r for r in task["predictions"][0]["result"] if r["type"] == "labels"]
        ids = {region["id"] for region in regions}
        for region in regions:
            assert {region["from_name"], region["to_name"]} == names
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        for relation in (r for r in task["predictions"][0]["result"] if r["type"] == "relation"):
            assert {relation["from_id"], relation["to_id"]} <= ids


def test_label_studio_counts_in_utf16(tmp_path: Path) -> None:
    write_for("label-studio", [ACCUSED], tmp_path / "tasks.json")
    tasks = json.loads((tmp_path / "tasks.json").read_text())
    (prediction,) = tasks[0].pop("predictions")
    for region in prediction["result"]:
        if region["type"] == "labels":
            # The emoji before them is two units in a browser.
            region["value"]["start"] += 1
            region["value"]["end"] += 1
    tasks[0]["annotations"] = [{"was_cancelled": True, "result": []}, prediction]
    (tmp_path / "tasks.json").write_text(json.dumps(tasks))
    assert content(read_from("label-studio", tmp_path / "tasks.json")) == content([ACCUSED])


def test_prodigy_tokens_cover_the_spans(tmp_path: Path) -> None:
    write_for("prodigy", [ACCUSED], tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text())
    for span in line["spans"]:
        assert line["tokens"][span["token_start"]]["start"] == span["start"]
        assert line["tokens"][span["token_end"]]["end"] == span["end"]
    line["answer"] = "reject"
    (tmp_path / "out.jsonl").write_text(json.dumps(line))
    assert list(read_from("prodigy", tmp_path / "out.jsonl")) == []


def test_inception_files_hold_sentences_and_tokens(tmp_path: Path) -> None:
    write_for("inception", [ACCUSED], tmp_path / "out")
    with (tmp_path / "out" / "TypeSystem.xml").open("rb") as source:
        system = cassis.load_typesystem(source)
    with (tmp_path / "out" / "00001.xmi").open("rb") as source:
        cas = cassis.load_cas_from_xmi(source, typesystem=system)
    base = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
    assert [t.get_covered_text() for t in cas.select(base + "Token")][1:4] == ["Arnor", "accused", "Gondor"]
    assert len(list(cas.select(base + "Sentence"))) >= 1


def test_gold_names_parties_by_country(tmp_path: Path) -> None:
    actors = load_actors(extra=(data_folder() / "actors_invented",))
    gold = gold_of(ACCUSED, actors=actors)
    (event,) = gold["events"]
    assert (event["types"], event["mode"]) == (["ACCUSE"], "allege")
    # The one by its words, the other by its id.
    assert (event["actors"], event["recipients"]) == (["ARN"], ["GON"])
    assert event["evidence"]["text"].endswith("Arnor accused Gondor of spying.")


WRONG = [
    ("prodigy", '{"text": "a", "spans": [{"start": 0, "end": 9, "label": "ACCUSE"}]}', "outside the text"),
    ("prodigy", '{"text": "abc", "spans": [{"start": 0, "end": 1, "label": "BLAME"}]}', "no label 'BLAME'"),
    ("prodigy", "{", "not JSON"),
    ("doccano", '{"text": "a"}', "line 1"),
    ("label-studio", '{"a": 1}', "not a list of tasks"),
    ("label-studio", '[{"id": 1}]', "task 1"),
]


@pytest.mark.parametrize(("tool", "words", "says"), WRONG)
def test_wrong_files_say_where(tmp_path: Path, tool: str, words: str, says: str) -> None:
    (tmp_path / "x").write_text(words)
    with pytest.raises(BadAnnotationError) as caught:
        list(read_from(tool, tmp_path / "x"))
    assert says in str(caught.value)


def test_wrong_tools_and_folders(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="doccano"):
        list(read_from("brat", tmp_path))
    with pytest.raises(UsageError, match="no such file"):
        list(read_from("prodigy", tmp_path / "none"))
    with pytest.raises(UsageError, match=r"no \.xmi file"):
        list(read_from("inception", tmp_path))
    with pytest.raises(UsageError, match="already exists"):
        write_for("inception", [], tmp_path)
