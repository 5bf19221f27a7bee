"""A codebook of one's own: what is misspelled in it is refused, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError, NotFoundError
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.codebook_checking import check_codebook

SETS = "arms: [gun, sword]\n"
COMPOSITION = """\
governors:
  - {id: promise, verb: [promise], class: undertake, recipient: [indirect, to]}
outcomes:
  undertake: {AID: AGREE/support, default: AGREE}
"""
AGREE = """\
id: AGREE
definition: Consent.
quad_class: verbal_cooperation
intensity: "4"
modes:
  support: {definition: To help.}
"""
AID = """\
id: AID
definition: Help.
quad_class: material_cooperation
intensity: "7"
cameo: "07"
modes:
  military: {definition: Arms., intensity: "8", cameo: "072"}
patterns:
  - {id: arm, verb: [arm], actor: [subject], recipient: [object], mode: military}
  - {id: send, verb: [send], object: ["@arms"], recipient: [to, object.to], contexts: [military]}
examples:
  - {id: arms, text: Arnor armed Gondor., expect: [{event_type: AID, actors: [ARN]}]}
"""


def written(folder: Path, *, aid: str = AID, sets: str = SETS, composition: str = COMPOSITION) -> Path:
    (folder / "types").mkdir()
    (folder / "types" / "AID.yaml").write_text(aid, encoding="utf-8")
    (folder / "types" / "AGREE.yaml").write_text(AGREE, encoding="utf-8")
    (folder / "codebook.yaml").write_text("extends: nothing\n", encoding="utf-8")
    (folder / "sets.yaml").write_text(sets, encoding="utf-8")
    (folder / "composition.yaml").write_text(composition, encoding="utf-8")
    return folder


def test_a_small_codebook_is_read(tmp_path: Path) -> None:
    book = load_codebook(written(tmp_path))
    arm, send = book.types["AID"].patterns
    assert (arm.rule, arm.actor, arm.recipient, arm.mode) == (
        "AID/arm",
        ("subject",),
        ("object",),
        "military",
    )
    assert (send.conditions.objects, send.contexts) == ({"gun", "sword"}, ("military",))
    assert book.outcome("undertake", "AID") == ("AGREE", "support")
    assert book.outcome("undertake", None) == ("AGREE", None)
    assert book.intensity("AID", "military") == 8
    assert book.intensity("AID", None) == 7
    assert book.cameo("AID", "military") == "072"
    assert book.goldstein("07") is not None
    with pytest.raises(NotFoundError):
        book.entry("WAR")


# What is changed in the type file, into what, what the error says.
WRONG_TYPE = [
    ("definition: Help.", "definition: Help.\ncolour: red", "AID.yaml:1", "unknown key 'colour'"),
    ("{id: arm, verb: [arm],", "{id: arm, verb: [arm], subject: [x],", "AID.yaml:9", "unknown key 'subject'"),
    ("{definition: Arms.,", "{definition: Arms., score: 1,", "AID.yaml:7", "unknown key 'score'"),
    ("text: Arnor armed Gondor.,", "text: Arnor armed Gondor., because: x,", "AID.yaml", "key 'because'"),
    ("event_type: AID, actors", "event_type: AID, doer", "AID.yaml", "unknown key 'doer'"),
    ("actor: [subject]", "actor: [subjekt]", "AID.yaml:9", "no slot 'subjekt'"),
    ("recipient: [object]", "recipient: [objects]", "AID.yaml:9", "no slot 'objects'"),
    ("object.to]", "object.too]", "AID.yaml:10", "no slot 'object.too'"),
    ("object.to]", "subject.to]", "AID.yaml:10", "no slot 'subject.to'"),
    ("mode: military}", "mode: naval}", "AID.yaml:9", "mode 'naval'"),
    ("contexts: [military]", "contexts: [army]", "AID.yaml:10", "no context 'army'"),
    ('"@arms"', '"@weapons"', "AID.yaml:10", "no set '@weapons'"),
    ("verb: [send]", "verb: send", "AID.yaml:10", "write a list of words"),
    ("verb: [send], ", "", "AID.yaml:10", "no trigger"),
    ("{id: send,", "{id: arm,", "AID.yaml:10", "given twice"),
    ("mode: military}", "strength: strong}", "AID.yaml:9", "strength is 'strong'"),
    ("mode: military}", "need: nobody}", "AID.yaml:9", "need is 'nobody'"),
    ("mode: military}", "passive: true}", "AID.yaml:9", "write yes or no"),
    ("id: AID", "id: HELP", "AID.yaml:1", "id is 'HELP'"),
    ("material_cooperation", "material_conflict", "AID.yaml:1", "quad_class is 'material_conflict'"),
    ('"7"', "seven", "AID.yaml:1", "intensity is 'seven'"),
    ("event_type: AID", "event_type: HELP", "AID.yaml", "event_type is 'HELP'"),
    ("definition: Help.\n", "", "AID.yaml:1", "no definition"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "where", "message"), WRONG_TYPE)
def test_what_a_type_file_does_not_know_is_refused(
    tmp_path: Path, right: str, wrong: str, where: str, message: str
) -> None:
    assert right in AID
    with pytest.raises(KnowledgeError) as raised:
        load_codebook(written(tmp_path, aid=AID.replace(right, wrong, 1)))
    assert where in str(raised.value)
    assert message in str(raised.value)


WRONG_COMPOSITION = [
    ("class: undertake", "class: undertake, mode: x", "unknown key 'mode'"),
    ("class: undertake", "class: pledge", "class is 'pledge'"),
    ("[indirect, to]", "[indirekt]", "no slot 'indirekt'"),
    ("  undertake: {AID", "  pledge: {AID", "no class 'pledge'"),
    ("AID: AGREE/support", "HELP: AGREE", "no event type 'HELP'"),
    ("default: AGREE", "default: CONSENT", "no event type 'CONSENT'"),
    ("outcomes:", "results: {}\noutcomes:", "unknown key 'results'"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), WRONG_COMPOSITION)
def test_what_the_composition_does_not_know_is_refused(
    tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    assert right in COMPOSITION
    with pytest.raises(KnowledgeError) as raised:
        load_codebook(written(tmp_path, composition=COMPOSITION.replace(right, wrong, 1)))
    assert "composition.yaml" in str(raised.value)
    assert message in str(raised.value)


def test_a_folder_without_types_is_refused(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text("extends: nothing\n", encoding="utf-8")
    (tmp_path / "sets.yaml").write_text(SETS, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no type files"):
        load_codebook(tmp_path)


def test_faults_between_files_are_listed(tmp_path: Path) -> None:
    faults = check_codebook(written(tmp_path))
    assert "ACCUSE: no file for this event type" in faults
    assert "AID: needs at least three examples that hit and one that does not" in faults
