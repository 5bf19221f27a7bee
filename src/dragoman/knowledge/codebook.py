"""The codebook: event types, their rules and examples, and what governors make of acts.

Loading checks everything a reader of the files could get wrong and says file and line.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.errors import NotFoundError
from dragoman.knowledge.cameo import longest_beginning
from dragoman.knowledge.codebook_layers import Folders, Layers, folders_of, read_layers
from dragoman.knowledge.codebook_reading import (
    Example,
    Mode,
    Outcome,
    TypeEntry,
    check_expected_modes,
    read_composition,
    read_sets,
    read_type,
)
from dragoman.knowledge.contexts import ContextLexicon, read_contexts
from dragoman.knowledge.issues import IssueBook, read_issues
from dragoman.knowledge.patterns import Governor, Pattern, Reader, Terms
from dragoman.model.terms import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from dragoman.knowledge.cameo import CameoCode

Rule = Pattern | Governor


@dataclass(slots=True)
class Codebook:
    """All types and governors, with an index from (kind, first word) to the rules it may set off."""

    types: dict[str, TypeEntry]
    governors: tuple[Governor, ...]
    outcomes: dict[str, dict[str, Outcome | None]]
    sets: dict[str, list[str]]
    cameo_codes: dict[str, CameoCode]
    contexts: ContextLexicon
    issues: IssueBook
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


def load_codebook(folders: Folders = None) -> Codebook:
    """Load and check the codebook of the package with folders laid over it, in order.

    Args:
        folders: A folder or several; None for the codebook of the package alone. A folder whose
            codebook.yaml says `extends: nothing` replaces all that is below it.

    Raises:
        KnowledgeError: A file is missing or wrong; says file and line and what is allowed.
    """
    return read_codebook(read_layers(folders_of(folders)))


def read_codebook(layers: Layers) -> Codebook:
    """Check the merged parts of a codebook and make it of them."""
    contexts = read_contexts(layers.contexts, layers.lines)
    terms = Terms(
        types=tuple(dict.fromkeys((*EVENT_TYPES, *layers.types))),
        contexts=tuple(contexts.definitions),
        removed_contexts=frozenset(layers.removed_contexts),
        cameo_codes=frozenset(layers.cameo_codes),
    )
    reader = read_sets(layers.sets, Reader(layers.lines, {}, terms))
    types = {name: read_type(content, reader) for name, content in layers.types.items()}
    check_expected_modes(types, reader)
    modes = {entry.id: entry.modes for entry in types.values()}
    composition = read_composition(layers.composition, reader, modes)
    return Codebook(
        types=types,
        governors=tuple(composition.governors),
        outcomes=composition.outcomes,
        sets=reader.sets,
        cameo_codes=layers.cameo_codes,
        contexts=contexts,
        issues=read_issues(layers.issues, layers.lines),
        compositions=composition.cameo,
    )


__all__ = [
    "Codebook", "Example", "Folders", "Mode", "Outcome", "TypeEntry", "folders_of",
    "load_codebook", "read_codebook",
]  # fmt: skip
