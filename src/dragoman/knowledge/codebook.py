"""The codebook: event types, their rules and examples, and the composition of governors with acts.

Loading validates all content of the files; errors give file and line.
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
    """All types and governors, with an index from (kind, first word) to the rules it may trigger."""

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
                # A compound noun is indexed by its head, the last word; a phrasal verb by its verb.
                first = phrase[-1] if rule.kind == "noun" else phrase[0]
                index[rule.kind, first].append((phrase, rule))
        self.index = dict(index)

    def entry(self, event_type: str) -> TypeEntry:
        """Return the entry of a type.

        Raises:
            NotFoundError: The type does not exist.
        """
        if event_type not in self.types:
            raise NotFoundError(
                what="event type", name=event_type, hint=f"use one of {', '.join(self.types)}"
            )
        return self.types[event_type]

    def outcome(self, class_name: str, event_type: str | None) -> Outcome | None:
        """Return the outcome of a governor class for an act of this type (None: unrecognised)."""
        table = self.outcomes.get(class_name, {})
        if event_type is not None and event_type in table:
            return table[event_type]
        return table.get("default")

    def intensity(self, event_type: str, mode: str | None) -> float:
        """Return the PLOVER conflict-cooperation score of a type and mode."""
        entry = self.types[event_type]
        return entry.modes[mode].intensity if mode in entry.modes else entry.intensity

    def cameo(self, event_type: str, mode: str | None) -> str | None:
        """Return the CAMEO code of a type and mode."""
        entry = self.types[event_type]
        return (entry.modes[mode].cameo if mode in entry.modes else None) or entry.cameo

    def composed_cameo(self, class_name: str, event_type: str | None, cameo: str | None) -> str | None:
        """Return the CAMEO code of a governor with its act; None: use that of the resulting type.

        Args:
            class_name: The class of the governor.
            event_type: The type of the governed act; None if unrecognised.
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
        """Return the CAMEO code of an event, adjusted for its words.

        Args:
            event_type: Its type.
            cameo: The code of its rule or mode.
            words: Lemmas of the trigger and its auxiliaries.
        """
        for change in self.types[event_type].cameo_by_word:
            if cameo in change.codes and not change.words.isdisjoint(words):
                return change.codes[cameo]
        return cameo

    def goldstein(self, cameo: str | None) -> float | None:
        """Return the Goldstein value of a CAMEO code; None without a code."""
        return self.cameo_codes[cameo].goldstein if cameo in self.cameo_codes else None


def load_codebook(folders: Folders = None) -> Codebook:
    """Load and validate the codebook of the package with overlay folders applied in order.

    Args:
        folders: One or more folders; None for the codebook of the package alone. A folder whose codebook.yaml
            has `extends: nothing` replaces all layers below it.

    Raises:
        KnowledgeError: A file is missing or invalid; the message gives file, line and allowed values.
    """
    return read_codebook(read_layers(folders_of(folders)))


def read_codebook(layers: Layers) -> Codebook:
    """Validate the merged parts of a codebook and build it."""
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
