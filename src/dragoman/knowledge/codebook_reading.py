"""Reading event types and compositions from plain data: every key, set, slot, mode and value is validated.

Errors give the file, the line and the valid values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.knowledge.loading import refuse_unknown
from dragoman.knowledge.patterns import CLASSES, Governor, Pattern, Reader, read_outcome
from dragoman.model.terms import (
    EVENT_TYPES,
    FACTUALITIES,
    POLARITIES,
    QUAD_CLASS_OF,
    QUAD_CLASSES,
    TENSES,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_TYPE_KEYS = {
    "id", "new", "definition", "includes", "excludes", "quad_class", "intensity", "cameo", "cameo_roots",
    "cameo_by_word", "modes", "sets", "patterns", "examples", "note",
}  # fmt: skip
_REQUIRED = ("definition", "quad_class", "intensity")
_MODE_KEYS = {"definition", "intensity", "cameo"}
_EXAMPLE_KEYS = {"id", "text", "expect", "partial", "published_on", "known_failure", "note"}
_PARTY_ROWS = ("actors", "recipients", "speaker")
_YES_NO = ("yes", "no", "true", "false")
# Keys of an expected row with a closed list of values.
_CLOSED_ROWS = {
    "factuality": FACTUALITIES, "polarity": POLARITIES, "tense": TENSES, "conditional": _YES_NO,
    "quoted": _YES_NO,
}  # fmt: skip
_EXPECT_KEYS = {
    "event_type", "event_mode", *_PARTY_ROWS, *_CLOSED_ROWS, "contexts", "amount", "trigger", "place",
}  # fmt: skip
_TYPE_ID = re.compile(r"[A-Z][A-Z_]*")

Outcome = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Mode:
    """One mode of an event type."""

    id: str
    definition: str
    intensity: float
    cameo: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: a text and its expected coding; `where` is its location in the files."""

    id: str
    text: str
    expect: tuple[dict[str, Any], ...]
    where: str
    partial: bool = False
    published_on: str | None = None
    known_failure: str | None = None


@dataclass(frozen=True, slots=True)
class CameoByWord:
    """Words that change one CAMEO code of a type to another: *demand* makes an appeal a demand."""

    words: frozenset[str]
    codes: dict[str, str]


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One event type: one of the 16 PLOVER types, or a user-defined one.

    `cameo_roots` are the roots whose codes it accepts although CAMEO assigns them to another quad class.
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

    @property
    def sign(self) -> int:
        """The sign of scores that agree with the quad class."""
        return 1 if "cooperation" in self.quad_class else -1


class Composition(NamedTuple):
    """Composition of governors with acts: the governors, and by class the outcome and the CAMEO code."""

    governors: list[Governor]
    outcomes: dict[str, dict[str, Outcome | None]]
    cameo: dict[str, dict[str, str]]


def read_sets(given: Any, reader: Reader) -> Reader:
    """Return a reader with further word sets; a set may contain others (`@name`).

    Raises:
        KnowledgeError: The value is invalid; the message gives its location and the allowed values.
    """
    given = reader.mapping(given, "sets", given)
    within = {
        name: {
            w[1:] for w in words if isinstance(w, str) and w[:1] == "@" and w[1:] in given and w[1:] != name
        }
        for name, words in given.items()
        if isinstance(words, list)
    }
    try:
        order = list(TopologicalSorter(within).static_order())
    except CycleError as error:
        raise reader.fail(given, f"sets hold each other: {', '.join(error.args[1])}") from None
    sets = dict(reader.sets)
    for name in [*order, *(name for name in given if name not in within)]:
        sets[name] = Reader(reader.lines, sets).words(given, name, given[name])
    return Reader(reader.lines, sets, reader.terms)


def read_type(content: dict[str, Any], reader: Reader) -> TypeEntry:
    """Read one event type.

    Raises:
        KnowledgeError: The value is invalid; the message gives its location and the allowed values.
    """
    refuse_unknown(reader.lines.at(content), content, _TYPE_KEYS)
    reader = read_sets(content.get("sets", {}), reader)
    type_id = _read_id(reader, content)
    for key in _REQUIRED:
        if key not in content:
            raise reader.fail(content, f"no {key}; every type has one")
    modes = _read_modes(reader, content)
    # The rules and examples of a type may name only its modes.
    patterns = reader.items(content, "patterns", content.get("patterns", []))
    examples = reader.items(content, "examples", content.get("examples", []))
    excludes = reader.items(content, "excludes", content.get("excludes", []))
    by_word = reader.items(content, "cameo_by_word", content.get("cameo_by_word", []))
    return TypeEntry(
        id=type_id,
        definition=reader.text(content, "definition", content["definition"]),
        includes=reader.texts(content, "includes", content.get("includes", [])),
        excludes=tuple(_read_exclude(reader, node) for node in excludes),
        quad_class=_read_quad_class(reader, content),
        intensity=_number(reader, content, content["intensity"]),
        cameo=reader.cameo(content, content.get("cameo")),
        modes=modes,
        patterns=tuple(p for node in patterns for p in reader.pattern(node, type_id, set(modes))),
        examples=tuple(_read_example(reader, node) for node in examples),
        cameo_roots=reader.texts(content, "cameo_roots", content.get("cameo_roots", [])),
        cameo_by_word=tuple(_read_by_word(reader, node) for node in by_word),
    )


def _read_id(reader: Reader, content: dict[str, Any]) -> str:
    type_id, is_new = content["id"], content.get("new")
    if is_new is not None and is_new != "yes":
        raise reader.fail(content, f"new is {is_new!r}; write new: yes, or leave it out")
    if not isinstance(type_id, str) or (type_id not in EVENT_TYPES and is_new is None):
        known = ", ".join(EVENT_TYPES)
        message = f"id is {type_id!r}; use one of {known}, or write new: yes for a type of your own"
        raise reader.fail(content, message)
    if not _TYPE_ID.fullmatch(type_id):
        raise reader.fail(content, f"id is {type_id!r}; write it in capitals: DISINFORM")
    return type_id


def _read_quad_class(reader: Reader, content: dict[str, Any]) -> str:
    type_id, quad = content["id"], content["quad_class"]
    allowed: tuple[str, ...] = QUAD_CLASSES
    if quad in QUAD_CLASSES and type_id in QUAD_CLASS_OF:
        allowed = (QUAD_CLASS_OF[type_id],)
    return reader.one_of(content, "quad_class", quad, allowed)


def _number(reader: Reader, node: object, text: Any) -> float:
    try:
        number = float(text)
    except (TypeError, ValueError):
        number = float("nan")
    if not -10 <= number <= 10:
        raise reader.fail(node, f"intensity is {text!r}; write a number from -10 to 10, such as -3.5")
    return number


def _read_modes(reader: Reader, content: dict[str, Any]) -> dict[str, Mode]:
    modes = {}
    for mode_id, node in reader.mapping(content, "modes", content.get("modes") or {}).items():
        reader.mapping(content, f"mode {mode_id}", node)
        refuse_unknown(reader.lines.at(node), node, _MODE_KEYS)
        intensity = _number(reader, node, node.get("intensity", content["intensity"]))
        definition = node.get("definition", "")
        modes[mode_id] = Mode(
            mode_id,
            reader.text(node, "definition", definition) if definition else "",
            intensity,
            reader.cameo(node, node.get("cameo")),
        )
    return modes


def _read_by_word(reader: Reader, node: Any) -> CameoByWord:
    if not isinstance(node, dict) or set(node) != {"words", "codes"} or not isinstance(node["codes"], dict):
        raise reader.fail(node, "an item of cameo_by_word is {words: [...], codes: {CODE: CODE}}")
    codes = {
        str(reader.cameo(node, key)): str(reader.cameo(node, code)) for key, code in node["codes"].items()
    }
    return CameoByWord(frozenset(reader.words(node, "words", node["words"])), codes)


def _read_exclude(reader: Reader, node: Any) -> tuple[str, str]:
    if not isinstance(node, dict) or set(node) - {"what", "instead"} or "what" not in node:
        raise reader.fail(node, "an exclude is {what: ..., instead: TYPE or nothing}")
    instead = node.get("instead", "nothing")
    if instead != "nothing" and instead not in reader.terms.types:
        raise reader.fail(node, f"instead is {instead!r}; use an event type or nothing")
    return reader.text(node, "what", node["what"]), instead


def _read_example(reader: Reader, node: Any) -> Example:
    if not isinstance(node, dict) or not {"id", "text", "expect"} <= set(node):
        raise reader.fail(node, "an example has id, text and expect ([] when nothing may be coded)")
    refuse_unknown(reader.lines.at(node), node, _EXAMPLE_KEYS)
    rows = node["expect"]
    if not isinstance(rows, list):
        raise reader.fail(node, "expect is not a list; write a row per event, or []")
    for row in rows:
        _check_row(reader, node, row)
    published_on, known_failure = node.get("published_on"), node.get("known_failure")
    if published_on is not None and not (isinstance(published_on, str) and _is_day(published_on)):
        raise reader.fail(node, f"published_on is {published_on!r}; write YYYY-MM-DD")
    return Example(
        id=reader.text(node, "id", node["id"]),
        text=reader.text(node, "text", node["text"]),
        expect=tuple(rows),
        where=reader.lines.at(node),
        partial=reader.one_of(node, "partial", node.get("partial", "no"), ("yes", "no")) == "yes",
        published_on=published_on,
        known_failure=None if known_failure is None else reader.text(node, "known_failure", known_failure),
    )


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text) is not None


def _check_row(reader: Reader, example: dict[str, Any], row: Any) -> None:
    """Reject an expected row that no event could match."""
    row = reader.mapping(example, "a row of expect", row)
    refuse_unknown(reader.lines.at(row), row, _EXPECT_KEYS)
    reader.one_of(row, "event_type", row.get("event_type"), reader.terms.types)
    for key, allowed in _CLOSED_ROWS.items():
        if key in row:
            reader.one_of(row, key, row[key], allowed)
    for key in _PARTY_ROWS:
        if key in row:
            reader.texts(row, key, row[key])
    for key in ("event_mode", "trigger", "place"):
        if key in row:
            reader.text(row, key, row[key])
    reader.contexts(row, row.get("contexts", []))
    try:
        float(row.get("amount", 0))
    except (TypeError, ValueError):
        raise reader.fail(row, f"amount is {row['amount']!r}; write a number") from None


def check_expected_modes(types: Mapping[str, TypeEntry], reader: Reader) -> None:
    """Reject an example that expects a mode its type does not have."""
    for entry in types.values():
        for example in entry.examples:
            for row in example.expect:
                mode, expected = row.get("event_mode", "none"), types.get(row["event_type"])
                if expected is not None and mode != "none":
                    reader.one_of(
                        row, f"event_mode of {expected.id}", mode, (*sorted(expected.modes), "none")
                    )


def read_composition(
    content: dict[str, Any], reader: Reader, modes: Mapping[str, Collection[str]]
) -> Composition:
    """Read the composition of governors with the acts they govern.

    Args:
        content: Governors, outcomes, codes and sets.
        reader: The reader with the shared sets and the allowed event types.
        modes: The modes of each type of the codebook.
    """
    reader = read_sets(content.get("sets", {}), reader)
    outcomes = reader.mapping(content, "outcomes", content.get("outcomes", {}))
    cameo = reader.items(content, "cameo", content.get("cameo", []))
    return Composition(
        [g for node in content.get("governors", []) for g in reader.governor(node)],
        {class_name: _read_outcomes(reader, class_name, row, modes) for class_name, row in outcomes.items()},
        _read_composed_cameo(reader, cameo),
    )


def _read_composed_cameo(reader: Reader, nodes: list[Any]) -> dict[str, dict[str, str]]:
    """Read class -> prefix of the governed act's code -> resulting code.

    An item of an overlay replaces that of the lower layers for a class and prefix; within a file each is
    unique.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    seen: set[tuple[str, str, str]] = set()
    for node in nodes:
        if not isinstance(node, dict) or set(node) != {"classes", "codes"}:
            raise reader.fail(node, "an item of cameo is {classes: [...], codes: {BEGINNING: CODE}}")
        file = reader.lines.at(node).rpartition(":")[0]
        codes = reader.mapping(node, "codes", node["codes"])
        for class_name in reader.texts(node, "classes", node["classes"]):
            reader.one_of(node, "class", class_name, CLASSES)
            for beginning, code in codes.items():
                if (file, class_name, beginning) in seen:
                    raise reader.fail(node, f"{class_name}: {beginning} is given twice")
                seen.add((file, class_name, beginning))
                found[class_name][beginning] = str(reader.cameo(node, code))
    return dict(found)


def _read_outcomes(
    reader: Reader, class_name: str, row: Any, modes: Mapping[str, Collection[str]]
) -> dict[str, Outcome | None]:
    if class_name not in CLASSES:
        raise reader.fail(row, f"no class {class_name!r}; use one of {', '.join(CLASSES)}")
    found: dict[str, Outcome | None] = {}
    for event_type, text in row.items():
        if event_type == "same":
            found.update({name: (name, None) for name in modes if name not in row})
        elif event_type != "default" and event_type not in reader.terms.types:
            raise reader.fail(row, f"{class_name}: no event type {event_type!r}")
        else:
            found[event_type] = read_outcome(reader, row, text, modes)
    return found
