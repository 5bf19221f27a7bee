"""Codebook folders laid over that of the package: what they add, change, remove, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.codebook_changes import codebook_changes
from dragoman.knowledge.codebook_checking import check_codebook
from dragoman.knowledge.codebook_layers import read_layers
from dragoman.knowledge.issues import load_issues
from dragoman.knowledge.templates import write_template

DISINFORM = """\
id: DISINFORM
new: yes
definition: Falsehoods.
quad_class: material_conflict
intensity: -4
modes: {forge: {definition: Forgeries., intensity: -5}}
patterns:
  - {id: deceive, verb: [hoodwink], recipient: [object], mode: forge}
examples:
  - {id: deceive, text: Arnor hoodwinked Gondor., expect: [{event_type: DISINFORM, event_mode: forge}]}
"""


def overlay(folder: Path, **files: str) -> Path:
    """Write a folder; `types_AID` is types/AID.yaml, `sets` is sets.yaml."""
    for name, text in files.items():
        path = folder / f"{name.replace('types_', 'types/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def rules(book: Any, event_type: str) -> dict[str, Any]:
    return {pattern.rule: pattern for pattern in book.types[event_type].patterns}


def test_a_type_of_the_users_own(tmp_path: Path) -> None:
    book = load_codebook(overlay(tmp_path, types_DISINFORM=DISINFORM))
    assert len(book.types) == len(load_codebook().types) + 1
    entry = book.entry("DISINFORM")
    assert (entry.quad_class, entry.intensity) == ("material_conflict", -4)
    assert book.intensity("DISINFORM", "forge") == -5
    assert ("verb", "hoodwink") in book.index


def test_a_pattern_is_added_replaced_or_removed_by_its_id(tmp_path: Path) -> None:
    before = rules(load_codebook(), "AID")
    kept, replaced, removed = list(before)[:3]
    text = f"""\
id: AID
patterns:
  - {{id: {replaced.partition("/")[2]}, verb: [succour]}}
  - {{id: {removed.partition("/")[2]}, remove: yes}}
  - {{id: mine, verb: [victual], recipient: [object]}}
"""
    after = rules(load_codebook(overlay(tmp_path, types_AID=text)), "AID")
    assert after.keys() == before.keys() - {removed} | {"AID/mine"}
    assert after[kept] == before[kept]
    assert after[replaced].triggers == (("succour",),)


def test_sets_are_changed_replaced_and_removed(tmp_path: Path) -> None:
    before = load_codebook().sets
    sets = "forces: {add: [trebuchet], drop: [tank]}\nweapons: [sling]\nmine: ['@forces', ram]\n"
    after = load_codebook(overlay(tmp_path, sets=sets)).sets
    assert set(after["forces"]) == {*before["forces"], "trebuchet"} - {"tank"}
    assert after["weapons"] == ["sling"]
    assert after["mine"] == [*after["forces"], "ram"]
    assert after["cities"] == before["cities"]
    # A removed set is missed where a rule of the package names it, with the place of that rule.
    (tmp_path / "sets.yaml").write_text("forces: {remove: yes}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"yaml:\d+: .*no set '@forces'"):
        load_codebook(tmp_path)


def test_modes_scores_and_definitions_of_a_known_type(tmp_path: Path) -> None:
    text = "id: CONSULT\nintensity: 2\nmodes: {informal: {definition: Chats., intensity: 1.5}}\n"
    before = load_codebook().types["CONSULT"]
    after = load_codebook(overlay(tmp_path, types_CONSULT=text)).types["CONSULT"]
    assert after.modes.keys() == {*before.modes, "informal"}
    assert (after.intensity, after.modes["informal"].intensity) == (2, 1.5)
    assert (after.definition, after.patterns, after.examples) == (
        before.definition, before.patterns, before.examples,
    )  # fmt: skip


def test_a_whole_type_is_removed_and_governors_make_nothing_of_it(tmp_path: Path) -> None:
    assert load_codebook().outcome("threaten", "ASSAULT") is not None
    book = load_codebook(overlay(tmp_path, types_THREATEN="id: THREATEN\nremove: yes\n"))
    assert "THREATEN" not in book.types
    assert all(o is None or o[0] in book.types for table in book.outcomes.values() for o in table.values())
    assert book.outcome("threaten", "ASSAULT") is None


def test_governors_and_outcomes(tmp_path: Path) -> None:
    before = load_codebook()
    text = "governors: [{id: vouch, class: undertake, verb: [vouch]}]\noutcomes: {undertake: {AID: AID}}\n"
    after = load_codebook(overlay(tmp_path, composition=text))
    assert {g.rule for g in after.governors} == {g.rule for g in before.governors} | {"composition/vouch"}
    assert after.outcome("undertake", "AID") == ("AID", None)
    for event_type in set(before.types) - {"AID"}:
        assert after.outcome("undertake", event_type) == before.outcome("undertake", event_type)
    assert after.compositions == before.compositions


def test_codes_of_compositions_replace_those_below(tmp_path: Path) -> None:
    text = 'cameo: [{classes: [demand], codes: {"07": "0231"}}]\n'
    after = load_codebook(overlay(tmp_path, composition=text)).compositions
    before = load_codebook().compositions
    assert after["demand"] == {**before["demand"], "07": "0231"}
    assert after["force"] == before["force"]


def test_contexts_are_added_changed_and_removed(tmp_path: Path) -> None:
    text = """\
sport: {new: yes, definition: Sport., strong: [goodwill match], words: [olympics]}
military: {words: {add: [trebuchet], drop: [tank]}}
gender: {remove: yes}
"""
    before, after = load_codebook(), load_codebook(overlay(tmp_path, contexts=text))
    assert after.contexts.definitions.keys() == before.contexts.definitions.keys() - {"gender"} | {"sport"}
    cues = {(" ".join(cue.words), cue.context) for found in after.contexts.cues.values() for cue in found}
    assert ("trebuchet", "military") in cues and ("tank", "military") not in cues
    assert ("olympics", "sport") in cues
    assert not any(context == "gender" for _, context in cues)


def test_a_context_of_an_overlay_may_stand_in_its_rules(tmp_path: Path) -> None:
    contexts = "sport: {new: yes, definition: Sport., strong: [goodwill match]}\n"
    text = "id: AID\npatterns: [{id: lend, verb: [umpire], contexts: [sport]}]\n"
    book = load_codebook(overlay(tmp_path, contexts=contexts, types_AID=text))
    assert rules(book, "AID")["AID/lend"].contexts == ("sport",)


def test_issues_go_with_the_codebook_and_with_the_views(tmp_path: Path) -> None:
    text = "ring-ban: {name: Ban on rings, words: [[ring*], [ban]]}\ntaiwan-arms: {remove: yes}\n"
    overlay(tmp_path, issues=text, sets="{}\n")
    for issues in (load_codebook(tmp_path).issues, load_issues((tmp_path,))):
        assert "ring-ban" in issues.issues and "taiwan-arms" not in issues.issues
        assert "nato-enlargement" in issues.issues


def test_later_folders_lie_over_earlier_ones(tmp_path: Path) -> None:
    one = overlay(tmp_path / "one", sets="mine: [ram]\n", types_DISINFORM=DISINFORM)
    changed = "id: DISINFORM\nintensity: -6\n"
    two = overlay(tmp_path / "two", sets="mine: {add: [sling]}\n", types_DISINFORM=changed)
    book = load_codebook([one, two])
    assert book.sets["mine"] == ["ram", "sling"]
    assert book.types["DISINFORM"].intensity == -6
    assert "DISINFORM/deceive" in rules(book, "DISINFORM")
    with pytest.raises(KnowledgeError, match="there already"):
        load_codebook([two, one])


def test_a_whole_codebook_replaces_all_below_it(tmp_path: Path) -> None:
    whole = overlay(
        tmp_path / "whole", codebook="extends: nothing\n", sets="{}\n", composition="{}\n",
        types_DISINFORM=DISINFORM,
    )  # fmt: skip
    book = load_codebook(whole)
    assert list(book.types) == ["DISINFORM"]
    assert (book.governors, book.sets) == ((), {})
    # Contexts, issues and codes that it does not have are those of the package.
    assert book.contexts.definitions == load_codebook().contexts.definitions
    over = overlay(tmp_path / "over", sets="mine: [ram]\n")
    assert load_codebook([whole, over]).sets == {"mine": ["ram"]}
    assert load_codebook([over, whole]).sets == {}


def test_a_copy_of_a_whole_codebook_says_whether_it_is_one(tmp_path: Path) -> None:
    types = {f"types_{name}": f"id: {name}\n" for name in load_codebook().types}
    with pytest.raises(KnowledgeError, match="extends: nothing"):
        load_codebook(overlay(tmp_path, **types))
    assert load_codebook(overlay(tmp_path, codebook="extends: package\n")).types == load_codebook().types


# Files of the folder, what the error names, what it says.
# fmt: off
# ruff: noqa: E501
WRONG = [
    ({"sets": "forces: {add: [ram], without: [tank]}\n"}, "sets.yaml:1", "{add: [...], drop: [...]}"),
    ({"sets": "forces: {drop: [tanks]}\n"}, "sets.yaml:1", "did you mean tank"),
    ({"sets": "force: {remove: yes}\n"}, "sets.yaml:1", "no set 'force' to remove; did you mean forces"),
    ({"sets": "one: ['@two']\ntwo: ['@one']\n"}, "sets.yaml", "hold each other"),
    ({"sets": "- ram\n"}, "sets.yaml", "not a mapping"),
    ({"types_AID": "id: AID\npatterns:\n  - {id: nothing, remove: yes}\n"}, "AID.yaml:3", "no pattern 'nothing'"),
    ({"types_AID": "id: AID\npatterns:\n  - {id: x, remove: no}\n"}, "AID.yaml:3", "write remove: yes"),
    ({"types_AID": "id: AID\npatterns:\n  - {id: x, remove: yes, verb: [a]}\n"}, "AID.yaml:3", "key 'verb'"),
    ({"types_AID": "id: AID\npatterns:\n  - {verb: [a]}\n"}, "AID.yaml:3", "mapping with an id"),
    ({"types_AID": "id: AID\npatterns: {verb: [a]}\n"}, "AID.yaml:1", "not a list"),
    ({"types_AID": "id: AID\nmodes: {navy: {remove: yes}}\n"}, "AID.yaml:2", "no mode 'navy'"),
    ({"types_AID": "id: AID\ncolour: red\n"}, "AID.yaml:1", "unknown key 'colour'"),
    ({"types_AID": "id: AID\nnew: yes\n"}, "AID.yaml:1", "there already"),
    ({"types_AID": "id: AIDE\n"}, "AID.yaml:1", "id is 'AIDE'"),
    ({"types_AIDE": "id: AID\n"}, "AIDE.yaml:1", "AID.yaml"),
    ({"types_AID": "intensity: 3\n"}, "AID.yaml", "no id"),
    ({"types_DISINFORM": "id: DISINFORM\nremove: yes\n"}, "DISINFORM.yaml:1", "no event type 'DISINFORM'"),
    ({"types_DISINFORM": "id: DISINFORM\nnew: yes\n"}, "DISINFORM.yaml:1", "no definition"),
    ({"types_DISINFORM": DISINFORM.replace("_conflict", "_war")}, "DISINFORM.yaml:1", "quad_class"),
    ({"types_DISINFORM": DISINFORM.replace("mode: forge", "mode: fake")}, "DISINFORM.yaml:8", "mode 'fake'"),
    ({"types_DISINFORM": DISINFORM.replace("event_mode: forge", "event_mode: fake")}, "DISINFORM.yaml:10", "'fake'"),
    ({"types_DISINFORM": DISINFORM.replace("-4", "-40")}, "DISINFORM.yaml:1", "from -10 to 10"),
    ({"composition": "governors: [{id: promise, remove: yes, class: demand}]\n"}, "composition.yaml:1", "'class'"),
    ({"composition": "outcomes: {undertake: {AID: AGREE/never}}\n"}, "composition.yaml:1", "mode of AGREE"),
    ({"composition": "outcomes: {undertake: {AIDS: AGREE}}\n"}, "composition.yaml:1", "no event type 'AIDS'"),
    ({"composition": 'cameo: [{classes: [demand], codes: {"07": "0999"}}]\n'}, "composition.yaml:1", "'0999'"),
    ({"contexts": "militray: {words: [ram]}\n"}, "contexts.yaml:1", "did you mean military"),
    ({"contexts": "military: {words: {drop: [ring]}}\n"}, "contexts.yaml:1", "drops 'ring'"),
    ({"contexts": "militray: {remove: yes}\n"}, "contexts.yaml:1", "did you mean military"),
    ({"issues": "ring-ban: {name: Ban}\n"}, "issues.yaml:1", "no words"),
    ({"codebook": "extends: packages\n"}, "codebook.yaml:1", "use one of package, nothing"),
    ({"codebook": "extend: package\n"}, "codebook.yaml:1", "unknown key 'extend'"),
    ({"set": "{}\n"}, "set.yaml", "did you mean sets.yaml"),
    ({"AID": "id: AID\n"}, "AID.yaml", "would not be read"),
]
# fmt: on


@pytest.mark.parametrize(("files", "where", "message"), WRONG)
def test_what_cannot_be_laid_over_is_refused(
    tmp_path: Path, files: dict[str, str], where: str, message: str
) -> None:
    with pytest.raises(KnowledgeError) as raised:
        load_codebook(overlay(tmp_path, **files))
    assert where in str(raised.value)
    assert message in str(raised.value)


@pytest.mark.parametrize("name", ["sets.yml", "Sets.yaml", "types.yaml", "types/AID.yml"])
def test_a_file_that_would_not_be_read_is_an_error_that_names_the_others(tmp_path: Path, name: str) -> None:
    overlay(tmp_path, types_CONSULT="id: CONSULT\n")
    (tmp_path / name).write_text("{}\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("Mine.", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"would not be read: .*\*?\.yaml"):
        load_codebook(tmp_path)
    (tmp_path / name).unlink()
    assert load_codebook(tmp_path)


@pytest.mark.parametrize("made", ["nothing", "file", "empty"])
def test_a_path_that_is_no_codebook_folder(tmp_path: Path, made: str) -> None:
    path = tmp_path / "mine"
    if made == "file":
        path.write_text("", encoding="utf-8")
    elif made == "empty":
        path.mkdir()
    with pytest.raises(KnowledgeError, match="a codebook folder holds"):
        load_codebook(path)


# Every key of a type file with values of the wrong shape.
SHAPES = ["x", "[x]", "{x: y}", "[{x: y}]", "''"]
KEYS = [
    "definition", "includes", "excludes", "quad_class", "intensity", "cameo", "cameo_roots", "cameo_by_word",
    "modes", "sets", "patterns", "examples", "new", "id",
]  # fmt: skip
PATTERN_KEYS = [
    "verb", "noun", "object", "not_object", "prep", "complement", "words", "not_words", "passive", "need",
    "actor_is", "recipient_is", "actor", "recipient", "mutual", "mode", "contexts", "cameo", "strength",
]  # fmt: skip
ROW_KEYS = [
    "event_type", "event_mode", "actors", "speaker", "factuality", "polarity", "tense", "conditional",
    "contexts", "amount", "trigger", "place",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_values_of_any_shape_are_read_or_refused(tmp_path: Path, shape: str) -> None:
    """A type file of any shape loads or is refused by one of our own errors, never by another."""
    refused = 0
    files = [DISINFORM.replace(f"\n{key}:", f"\n{key}: {shape}\nnote:") for key in KEYS]
    plain = DISINFORM.replace(", recipient: [object], mode: forge", "")
    files += [plain.replace("verb: [hoodwink]", f"verb: [a], {key}: {shape}") for key in PATTERN_KEYS[1:]]
    files += [DISINFORM.replace("event_mode: forge", f"{key}: {shape}") for key in ROW_KEYS]
    whole = overlay(tmp_path, codebook="extends: nothing\n", sets="{}\n", composition="{}\n")
    for text in files:
        overlay(whole, types_DISINFORM=text)
        try:
            load_codebook(whole)
        except KnowledgeError as error:
            refused += 1
            assert "DISINFORM.yaml" in str(error)
    assert refused > len(files) / 3


def test_the_template_loads_and_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert write_template("codebook", folder)
    assert check_codebook(folder) == []
    changes = {(change.how, change.what, change.name): change.detail for change in codebook_changes(folder)}
    assert ("added", "type", "DISINFORM") in changes
    assert ("added", "pattern", "DISINFORM/deceive") in changes
    assert ("added", "mode", "CONSULT/informal") in changes
    assert changes["changed", "set", "talks"] == "+powwow"
    assert changes["changed", "context", "military"] == "words: +trebuchet"
    with pytest.raises(UsageError, match="is there already"):
        write_template("codebook", folder)


def test_changes_name_what_is_removed_and_how_a_rule_differs(tmp_path: Path) -> None:
    pattern = load_codebook().types["AID"].patterns[0].rule
    text = f"id: AID\npatterns: [{{id: {pattern.partition('/')[2]}, verb: [succour]}}]\n"
    overlay(tmp_path, types_AID=text, types_PROTEST="id: PROTEST\nremove: yes\n")
    changes = codebook_changes(tmp_path)
    assert next(c for c in changes if c.what == "pattern" and c.how == "changed").name == pattern
    assert "+succour" in next(c for c in changes if c.name == pattern).detail
    assert ("removed", "type", "PROTEST", "") in changes
    assert not any(c.how == "added" for c in changes)
    assert codebook_changes(()) == []


def test_own_examples_are_those_of_the_folder(tmp_path: Path) -> None:
    layers = read_layers([overlay(tmp_path, types_DISINFORM=DISINFORM)])
    assert layers.own_examples[tmp_path] == {("DISINFORM", "deceive")}
