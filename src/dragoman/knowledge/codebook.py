"""The codebook: event types, their rules and examples, and what governors make of acts.

Loading checks everything a reader of the files could get wrong and says file and line.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.errors import KnowledgeError, NotFoundError
from dragoman.knowledge.cameo import CameoCode, load_cameo, longest_beginning
from dragoman.knowledge.cameo_checking import cameo_faults
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.patterns import CLASSES, Governor, Pattern, Reader, read_outcome
from dragoman.model.terms import EVENT_TYPES, QUAD_CLASS_OF, QUAD_CLASSES

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_TYPE_KEYS = {
    "id", "definition", "includes", "excludes", "quad_class", "intensity", "cameo", "cameo_roots",
    "cameo_by_word", "modes", "sets", "patterns", "examples", "note",
}  # fmt: skip
_MODE_KEYS = {"definition", "intensity", "cameo"}
_EXAMPLE_KEYS = {"id", "text", "expect", "partial", "published_on", "known_failure", "note"}
_EXPECT_KEYS = {
    "event_type", "event_mode", "actors", "recipients", "speaker", "factuality", "polarity", "tense",
    "conditional", "quoted", "contexts", "amount", "trigger", "place",
}  # fmt: skip

Outcome = tuple[str, str | None]
Rule = Pattern | Governor


@dataclass(frozen=True, slots=True)
class Mode:
    """One way in which an event type is done."""

    id: str
    definition: str
    intensity: float
    cameo: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a text and what must be coded from it, `where` in the files."""

    id: str
    text: str
    expect: tuple[dict[str, Any], ...]
    where: str
    partial: bool = False
    published_on: str | None = None
    known_failure: str | None = None


@dataclass(frozen=True, slots=True)
class CameoByWord:
    """Words that turn one CAMEO code of a type into another: *demand* makes an appeal a demand."""

    words: frozenset[str]
    codes: dict[str, str]


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One of the 16 event types.

    `cameo_roots` are the roots whose codes it takes although CAMEO counts them to another quad class.
    """

    id: str
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[tuple[str, str], ...]
    quad_class: str
    intensity: float
    cameo: str | None
    modes: dict[str, Mode]
    patterns: tuple[Pattern, ...]
    examples: tuple[Example, ...]
    cameo_roots: tuple[str, ...] = ()
    cameo_by_word: tuple[CameoByWord, ...] = ()


@dataclass(slots=True)
class Codebook:
    """All types and governors, with an index from (kind, first word) to the rules it may set off."""

    types: dict[str, TypeEntry]
    governors: tuple[Governor, ...]
    outcomes: dict[str, dict[str, Outcome | None]]
    sets: dict[str, list[str]]
    cameo_codes: dict[str, CameoCode]
    compositions: dict[str, dict[str, str]] = field(default_factory=dict)
    index: dict[tuple[str, str], list[tuple[tuple[str, ...], Rule]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        index: dict[tuple[str, str], list[tuple[tuple[str, ...], Rule]]] = defaultdict(list)
        rules: list[Rule] = [p for entry in self.types.values() for p in entry.patterns]
        rules.extend(self.governors)
        for rule in rules:
            for phrase in rule.triggers:
                # A compound noun is found by its head, the last word; a phrasal verb by its verb.
                first = phrase[-1] if rule.kind == "noun" else phrase[0]
                index[rule.kind, first].append((phrase, rule))
        self.index = dict(index)

    def entry(self, event_type: str) -> TypeEntry:
        """Return one type's entry.

        Raises:
            NotFoundError: There is no such type.
        """
        if event_type not in self.types:
            raise NotFoundError(
                what="event type", name=event_type, hint=f"use one of {', '.join(self.types)}"
            )
        return self.types[event_type]

    def outcome(self, class_name: str, event_type: str | None) -> Outcome | None:
        """Say what a governor of this class makes of an act of this type (None: not understood)."""
        table = self.outcomes.get(class_name, {})
        if event_type is not None and event_type in table:
            return table[event_type]
        return table.get("default")

    def intensity(self, event_type: str, mode: str | None) -> float:
        """Return the PLOVER conflict-cooperation score of a type and mode."""
        entry = self.types[event_type]
        return entry.modes[mode].intensity if mode in entry.modes else entry.intensity

    def cameo(self, event_type: str, mode: str | None) -> str | None:
        """Return the CAMEO code that fits a type and mode."""
        entry = self.types[event_type]
        return (entry.modes[mode].cameo if mode in entry.modes else None) or entry.cameo

    def composed_cameo(self, class_name: str, event_type: str | None, cameo: str | None) -> str | None:
        """Return the CAMEO code of what a governor makes of an act; None: that of the type it becomes.

        Args:
            class_name: The class of the governor.
            event_type: The type of the act below it, None when it is not understood.
            cameo: The code of that act.
        """
        table = self.compositions.get(class_name, {})
        found = longest_beginning(cameo, table) if cameo else None
        if found is not None:
            return found
        outcome = self.outcome(class_name, event_type)
        if cameo and outcome and outcome[0] == event_type:
            return cameo
        return table.get("default")

    def cameo_for_words(self, event_type: str, cameo: str | None, words: Collection[str]) -> str | None:
        """Return the CAMEO code of an event after what its words make of it.

        Args:
            event_type: Its type.
            cameo: The code by its rule or mode.
            words: Lemmas of its trigger and of the auxiliaries of the trigger.
        """
        for change in self.types[event_type].cameo_by_word:
            if cameo in change.codes and not change.words.isdisjoint(words):
                return change.codes[cameo]
        return cameo

    def goldstein(self, cameo: str | None) -> float | None:
        """Return the Goldstein value of a CAMEO code, None when there is no code."""
        return self.cameo_codes[cameo].goldstein if cameo in self.cameo_codes else None


def load_codebook(folder: Path | None = None) -> Codebook:
    """Load and check the codebook in a folder; the one that comes with the package when None.

    Raises:
        KnowledgeError: A file is missing or wrong; says file and line and what is allowed.
    """
    folder = folder or data_folder() / "codebook"
    sets = _load_sets(folder / "sets.yaml")
    types = {}
    for path in sorted((folder / "types").glob("*.yaml")):
        entry = _load_type(path, sets)
        types[entry.id] = entry
    if not types:
        raise KnowledgeError(where=str(folder), message="no type files in its folder types/; see docs")
    composition = _load_composition(folder / "composition.yaml", sets)
    return Codebook(
        types=types,
        governors=tuple(composition.governors),
        outcomes=composition.outcomes,
        sets=sets,
        cameo_codes=load_cameo(folder),
        compositions=composition.cameo,
    )


def _load_sets(path: Path) -> dict[str, list[str]]:
    content, lines = load_yaml(path)
    return _read_sets(content or {}, Reader(lines), {})


def _read_sets(given: Any, reader: Reader, known: dict[str, list[str]]) -> dict[str, list[str]]:
    if not isinstance(given, dict):
        raise reader.fail(given, "sets is not a mapping; write name: [words]")
    sets = dict(known)
    for name, words in given.items():
        sets[name] = Reader(reader.lines, sets).words(given, name, words)
    return sets


def _load_type(path: Path, shared: dict[str, list[str]]) -> TypeEntry:
    content, lines = load_yaml(path)
    if not isinstance(content, dict):
        raise KnowledgeError(where=path.name, message="is not a mapping; see docs/codebook-format.md")
    refuse_unknown(lines.at(content), content, _TYPE_KEYS)
    reader = Reader(lines, {})
    reader = Reader(lines, _read_sets(content.get("sets", {}), reader, shared))
    for key in ("id", "definition", "quad_class", "intensity"):
        if key not in content:
            raise reader.fail(content, f"no {key}; every type has one")
    type_id, quad = content["id"], content["quad_class"]
    if type_id not in EVENT_TYPES:
        raise reader.fail(content, f"id is {type_id!r}; use one of {', '.join(EVENT_TYPES)}")
    if quad != QUAD_CLASS_OF[type_id]:
        allowed = QUAD_CLASS_OF[type_id] if quad in QUAD_CLASSES else f"one of {', '.join(QUAD_CLASSES)}"
        raise reader.fail(content, f"{type_id}: quad_class is {quad!r}; use {allowed}")
    modes = _read_modes(reader, content)
    patterns = [p for node in content.get("patterns", []) for p in reader.pattern(node, type_id, set(modes))]
    _refuse_repeats(reader, content.get("patterns", []), "pattern")
    _refuse_repeats(reader, content.get("examples", []), "example")
    return TypeEntry(
        id=type_id,
        definition=content["definition"].strip(),
        includes=tuple(content.get("includes", [])),
        excludes=tuple(_read_exclude(reader, node) for node in content.get("excludes", [])),
        quad_class=quad,
        intensity=_number(reader, content, content["intensity"]),
        cameo=content.get("cameo"),
        modes=modes,
        patterns=tuple(patterns),
        examples=tuple(_read_example(reader, node) for node in content.get("examples", [])),
        cameo_roots=tuple(content.get("cameo_roots", [])),
        cameo_by_word=tuple(_read_by_word(reader, node) for node in content.get("cameo_by_word", [])),
    )


def _number(reader: Reader, node: object, text: str) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        raise reader.fail(node, f"intensity is {text!r}; write a number such as -3.5") from None


def _read_modes(reader: Reader, content: dict[str, Any]) -> dict[str, Mode]:
    modes = {}
    for mode_id, node in (content.get("modes") or {}).items():
        refuse_unknown(reader.lines.at(node), node, _MODE_KEYS)
        intensity = _number(reader, node, node.get("intensity", content["intensity"]))
        modes[mode_id] = Mode(mode_id, node.get("definition", ""), intensity, node.get("cameo"))
    return modes


def _read_by_word(reader: Reader, node: Any) -> CameoByWord:
    if not isinstance(node, dict) or set(node) != {"words", "codes"} or not isinstance(node["codes"], dict):
        raise reader.fail(node, "an item of cameo_by_word is {words: [...], codes: {CODE: CODE}}")
    return CameoByWord(frozenset(reader.words(node, "words", node["words"])), dict(node["codes"]))


def _read_exclude(reader: Reader, node: Any) -> tuple[str, str]:
    if not isinstance(node, dict) or set(node) - {"what", "instead"} or "what" not in node:
        raise reader.fail(node, "an exclude is {what: ..., instead: TYPE or nothing}")
    instead = node.get("instead", "nothing")
    if instead != "nothing" and instead not in EVENT_TYPES:
        raise reader.fail(node, f"instead is {instead!r}; use an event type or nothing")
    return node["what"], instead


def _refuse_repeats(reader: Reader, nodes: list[Any], what: str) -> None:
    seen: set[str] = set()
    for node in nodes:
        if isinstance(node, dict) and node.get("id") in seen:
            raise reader.fail(node, f"the {what} id {node['id']!r} is given twice; ids are never reused")
        if isinstance(node, dict) and "id" in node:
            seen.add(node["id"])


def _read_example(reader: Reader, node: Any) -> Example:
    if not isinstance(node, dict) or not {"id", "text", "expect"} <= set(node):
        raise reader.fail(node, "an example has id, text and expect ([] when nothing may be coded)")
    refuse_unknown(reader.lines.at(node), node, _EXAMPLE_KEYS)
    rows = node["expect"]
    if not isinstance(rows, list):
        raise reader.fail(node, "expect is not a list; write a row per event, or []")
    for row in rows:
        refuse_unknown(reader.lines.at(row), row, _EXPECT_KEYS)
        if row.get("event_type") not in EVENT_TYPES:
            raise reader.fail(row, f"event_type is {row.get('event_type')!r}; use an event type")
    return Example(
        id=node["id"],
        text=node["text"].strip(),
        expect=tuple(rows),
        where=reader.lines.at(node),
        partial=node.get("partial") == "yes",
        published_on=node.get("published_on"),
        known_failure=node.get("known_failure"),
    )


class _Composition(NamedTuple):
    governors: list[Governor]
    outcomes: dict[str, dict[str, Outcome | None]]
    cameo: dict[str, dict[str, str]]


def _load_composition(path: Path, sets: dict[str, list[str]]) -> _Composition:
    content, lines = load_yaml(path)
    if not isinstance(content, dict):
        raise KnowledgeError(where=path.name, message="is not a mapping with governors and outcomes")
    refuse_unknown(lines.at(content), content, {"governors", "outcomes", "cameo", "sets"})
    reader = Reader(lines, _read_sets(content.get("sets", {}), Reader(lines), sets))
    governors = [g for node in content.get("governors", []) for g in reader.governor(node)]
    outcomes = {
        class_name: _read_outcomes(reader, class_name, row)
        for class_name, row in content.get("outcomes", {}).items()
    }
    return _Composition(governors, outcomes, _read_composed_cameo(reader, content.get("cameo", [])))


def _read_composed_cameo(reader: Reader, nodes: list[Any]) -> dict[str, dict[str, str]]:
    """Read class -> beginning of the code of the act below -> code of what becomes of it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for node in nodes:
        if not isinstance(node, dict) or set(node) != {"classes", "codes"}:
            raise reader.fail(node, "an item of cameo is {classes: [...], codes: {BEGINNING: CODE}}")
        for class_name in node["classes"]:
            if class_name not in CLASSES:
                raise reader.fail(node, f"no class {class_name!r}; use one of {', '.join(CLASSES)}")
            if repeated := set(node["codes"]) & set(found[class_name]):
                raise reader.fail(node, f"{class_name}: {min(repeated)} is given twice")
            found[class_name].update(node["codes"])
    return dict(found)


def _read_outcomes(reader: Reader, class_name: str, row: dict[str, str]) -> dict[str, Outcome | None]:
    if class_name not in CLASSES:
        raise reader.fail(row, f"no class {class_name!r}; use one of {', '.join(CLASSES)}")
    found: dict[str, Outcome | None] = {}
    for event_type, text in row.items():
        if event_type == "same":
            found.update({name: (name, None) for name in EVENT_TYPES if name not in row})
        elif event_type != "default" and event_type not in EVENT_TYPES:
            raise reader.fail(row, f"{class_name}: no event type {event_type!r}")
        else:
            found[event_type] = read_outcome(reader, row, text)
    return found


def check_codebook(folder: Path | None = None) -> list[str]:
    """Load a codebook and compare its files; return one line for each fault found."""
    book = load_codebook(folder)
    faults = [f"{name}: no file for this event type" for name in EVENT_TYPES if name not in book.types]
    for entry in book.types.values():
        sign = 1 if "cooperation" in entry.quad_class else -1
        scores = [entry.intensity, *(mode.intensity for mode in entry.modes.values())]
        if entry.id != "REQUEST" and any(score * sign < 0 for score in scores):
            faults.append(f"{entry.id}: a score's sign is against its quad class {entry.quad_class}")
        hits = sum(bool(example.expect) for example in entry.examples)
        if hits < 3 or hits == len(entry.examples):
            faults.append(f"{entry.id}: needs at least three examples that hit and one that does not")
    for class_name, table in book.outcomes.items():
        for outcome in table.values():
            entry_of = book.types.get(outcome[0]) if outcome else None
            if outcome and outcome[1] and entry_of and outcome[1] not in entry_of.modes:
                faults.append(f"composition.yaml: {class_name}: {outcome[0]} has no mode {outcome[1]!r}")
    return [*faults, *cameo_faults(book)]


__all__ = [
    "Codebook", "Example", "Mode", "Outcome", "TypeEntry", "check_codebook", "load_codebook",
]  # fmt: skip
