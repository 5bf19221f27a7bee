"""Patterns and governors: the rules of the codebook, validated and compiled from plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import refuse_unknown
from dragoman.knowledge.roles import SECTORS
from dragoman.model.terms import ACTOR_KINDS, CONTEXTS, EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dragoman.knowledge.loading import Lines

TRIGGERS = ("verb", "noun", "adjective")
STRENGTHS = ("sure", "likely", "weak")
NEEDS = ("any", "actor", "recipient", "both")
CLASSES = (
    "undertake", "refuse", "demand", "threaten", "deny", "accuse", "end", "begin", "propose",
    "help", "allow", "force", "support", "oppose", "future", "negated", "fail", "consider",
)  # fmt: skip
_CONDITION_KEYS = {
    "object", "not_object", "prep", "complement", "words", "not_words", "passive", "need",
    "actor_is", "recipient_is",
}  # fmt: skip
_PATTERN_KEYS = {
    *TRIGGERS, *_CONDITION_KEYS, "id", "actor", "recipient", "mutual", "mode", "contexts", "cameo",
    "strength", "note",
}  # fmt: skip
_GOVERNOR_KEYS = {*TRIGGERS, *_CONDITION_KEYS, "id", "class", "actor", "recipient", "cameo", "note"}

VERB_RECIPIENT = ("object", "indirect", "to", "against", "on", "with", "object.any")
NOUN_ACTOR = ("possessor", "by", "between", "modifier", "from")
NOUN_RECIPIENT = ("against", "on", "to", "with", "of", "into")
_PREPOSITION_SLOTS = (
    "to with on against from into over at for in by between among of towards toward about near around "
    "through off out upon under before behind across inside within via alongside outside after along "
    "regarding despite amid onto as beyond throughout during without above below beside amongst versus past "
    "opposite beneath like than since until per besides except concerning aboard amidst atop because"
)
# Words allowed in `prep`: prepositions, and words that the parse treats as such.
_PREPOSITIONS = (*_PREPOSITION_SLOTS.split(), "as", "back", "home", "close", "that")
_NAMED_SLOTS = (
    "subject object indirect possessor modifier object.possessor object.any object.modifier "
    "complement.subject complement.object complement.any"
)
_SLOT_WORDS = frozenset(f"{_NAMED_SLOTS} {_PREPOSITION_SLOTS}".split()) | frozenset(
    f"object.{preposition}" for preposition in _PREPOSITION_SLOTS.split()
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on the context of a trigger. None means no condition."""

    objects: frozenset[str] | None = None
    no_object: bool = False
    not_objects: frozenset[str] = frozenset()
    preps: tuple[tuple[str, frozenset[str] | None], ...] = ()
    complements: frozenset[str] | None = None
    any_complement: bool = False
    words: frozenset[str] | None = None
    not_words: frozenset[str] = frozenset()
    passive: bool | None = None
    need: str = ""
    actor_is: frozenset[str] = frozenset()
    recipient_is: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """Number of conditions; more conditions make a rule more specific."""
        asked = (self.objects, self.preps, self.complements, self.words, self.not_words, self.not_objects)
        return sum(bool(part) for part in asked) + self.any_complement + self.no_object


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule of an event type: a trigger, conditions, positions of the parties, and result."""

    rule: str
    event_type: str
    kind: str
    triggers: tuple[tuple[str, ...], ...]
    conditions: Conditions
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    mutual: bool = False
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    strength: str = "sure"


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that governs another act, and the class that determines the result."""

    rule: str
    class_name: str
    kind: str
    triggers: tuple[tuple[str, ...], ...]
    conditions: Conditions
    actor: tuple[str, ...]
    recipient: tuple[str, ...] = ()
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms that rules of a codebook may use in addition to those of their own file.

    `removed_contexts` are contexts that an overlay has removed: rules of the package may still name them.
    """

    types: tuple[str, ...] = EVENT_TYPES
    contexts: tuple[str, ...] = CONTEXTS
    removed_contexts: frozenset[str] = frozenset()
    cameo_codes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reader of the rules of one file, with the word sets that `@name` stands for."""

    lines: Lines
    sets: dict[str, list[str]] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)

    def fail(self, node: object, message: str) -> KnowledgeError:
        """Return the error for an invalid node of the file."""
        return KnowledgeError(where=self.lines.at(node), message=message)

    def words(self, node: object, key: str, given: Any) -> list[str]:
        """Read a list of lemmas, with its sets expanded.

        Raises:
            KnowledgeError: It is not a list, or names an unknown set.
        """
        if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
            raise self.fail(node, f"{key} is {given!r}; write a list of words: [{given}]")
        found: list[str] = []
        for word in given:
            if word.startswith("@"):
                if word[1:] not in self.sets:
                    known = ", ".join(sorted(self.sets))
                    raise self.fail(node, f"{key}: no set {word!r}; the sets are {known}")
                found.extend(self.sets[word[1:]])
            else:
                found.append(word.lower())
        return found

    def mapping(self, node: object, key: str, given: Any) -> dict[str, Any]:
        """Return a node that must be a mapping.

        Raises:
            KnowledgeError: The value is invalid; the message gives its location and the allowed values.
        """
        if not isinstance(given, dict):
            raise self.fail(node, f"{key} is {given!r}; write a mapping: {{name: ...}}")
        return given

    def items(self, node: object, key: str, given: Any) -> list[Any]:
        """Return a node that must be a list.

        Raises:
            KnowledgeError: The value is invalid; the message gives its location and the allowed values.
        """
        if not isinstance(given, list):
            raise self.fail(node, f"{key} is {given!r}; write a list: [...]")
        return given

    def text(self, node: object, key: str, given: Any) -> str:
        """Return a node that must be a non-empty text.

        Raises:
            KnowledgeError: The value is invalid; the message gives its location and the allowed values.
        """
        if not isinstance(given, str) or not given.strip():
            raise self.fail(node, f"{key} is {given!r}; write words")
        return given.strip()

    def texts(self, node: object, key: str, given: Any) -> tuple[str, ...]:
        """Return a node that must be a list of texts."""
        return tuple(self.text(node, key, item) for item in self.items(node, key, given))

    def one_of(self, node: object, key: str, given: Any, allowed: Iterable[str]) -> str:
        """Return a word that must be in a closed list.

        Raises:
            KnowledgeError: The value is invalid; the message gives its location and the allowed values.
        """
        known = list(allowed)
        if not isinstance(given, str) or given not in known:
            raise self.fail(node, f"{key} is {given!r}; use one of {', '.join(known)}")
        return given

    def cameo(self, node: object, given: Any) -> str | None:
        """Return a CAMEO code, which must be in the table of codes, or None.

        Raises:
            KnowledgeError: The value is invalid; the message gives its location and the allowed values.
        """
        if given is None:
            return None
        known = self.terms.cameo_codes
        if not isinstance(given, str) or (known is not None and given not in known):
            raise self.fail(node, f"no CAMEO code {given!r} in cameo.tsv; write one of it, in quotes")
        return given

    def contexts(self, node: object, given: Any) -> tuple[str, ...]:
        """Return contexts, except those that an overlay has removed.

        Raises:
            KnowledgeError: The value is invalid; the message gives its location and the allowed values.
        """
        found = []
        for context in self.texts(node, "contexts", given):
            if context in self.terms.contexts:
                found.append(context)
            elif context not in self.terms.removed_contexts:
                raise self.fail(node, f"no context {context!r}; use one of {', '.join(self.terms.contexts)}")
        return tuple(found)

    def triggers(self, node: dict[str, Any]) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
        """Read the triggers of a rule: (kind, phrases) for each kind that is given.

        Raises:
            KnowledgeError: None is given, or one is not a list of words.
        """
        found = []
        for kind in TRIGGERS:
            if kind in node:
                phrases = tuple(tuple(phrase.split()) for phrase in self.words(node, kind, node[kind]))
                found.append((kind, phrases))
        if not found:
            raise self.fail(node, f"no trigger; give one of {', '.join(TRIGGERS)}")
        return found

    def conditions(self, node: dict[str, Any]) -> Conditions:
        """Read the conditions of a rule.

        Raises:
            KnowledgeError: A condition has an unknown value.
        """
        need = node.get("need", "")
        if need and need not in NEEDS:
            raise self.fail(node, f"need is {need!r}; use one of {', '.join(NEEDS)}")
        objects, complement = node.get("object"), node.get("complement")
        return Conditions(
            objects=None if objects in (None, "none", "any") else self._set(node, "object"),
            no_object=objects == "none",
            not_objects=self._set(node, "not_object") or frozenset(),
            preps=self._preps(node),
            complements=None if complement in (None, "any") else self._set(node, "complement"),
            any_complement=complement == "any",
            words=self._set(node, "words"),
            not_words=self._set(node, "not_words") or frozenset(),
            passive=self._yes(node, "passive"),
            need=need,
            actor_is=self._kinds(node, "actor_is"),
            recipient_is=self._kinds(node, "recipient_is"),
        )

    def _set(self, node: dict[str, Any], key: str) -> frozenset[str] | None:
        return frozenset(self.words(node, key, node[key])) if key in node else None

    def _kinds(self, node: dict[str, Any], key: str) -> frozenset[str]:
        allowed = (*ACTOR_KINDS, *sorted(SECTORS))
        return frozenset(self.one_of(node, key, word, allowed) for word in self._plain(node, key))

    def _plain(self, node: dict[str, Any], key: str) -> list[str]:
        given = node.get(key, [])
        if not isinstance(given, list):
            raise self.fail(node, f"{key} is {given!r}; write a list")
        if not all(isinstance(word, str) for word in given):
            raise self.fail(node, f"{key} is {given!r}; write a list of words")
        return given

    def _yes(self, node: dict[str, Any], key: str) -> bool | None:
        if key not in node:
            return None
        if node[key] not in ("yes", "no"):
            raise self.fail(node, f"{key} is {node[key]!r}; write yes or no")
        return bool(node[key] == "yes")

    def _preps(self, node: dict[str, Any]) -> tuple[tuple[str, frozenset[str] | None], ...]:
        given = node.get("prep", {})
        if not isinstance(given, dict):
            raise self.fail(node, "prep is not a mapping; write {against: any} or {for: [war]}")
        return tuple(
            (
                self.one_of(node, "prep", prep, _PREPOSITIONS),
                None if nouns == "any" else frozenset(self.words(node, "prep", nouns)),
            )
            for prep, nouns in given.items()
        )

    def _slots(self, node: dict[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        if key not in node:
            return default
        slots = tuple(self._plain(node, key))
        for slot in slots:
            if slot not in _SLOT_WORDS:
                raise self.fail(
                    node,
                    f"{key}: no slot {slot!r}; use a preposition, object.PREPOSITION, or {_NAMED_SLOTS}",
                )
        return slots

    def pattern(self, node: Any, event_type: str, modes: set[str]) -> list[Pattern]:
        """Read one pattern; one Pattern per kind of trigger.

        Raises:
            KnowledgeError: A key, mode, strength, context or slot is unknown; the message gives file and
                line.
        """
        if not isinstance(node, dict) or "id" not in node:
            raise self.fail(node, "a pattern is a mapping with an id")
        refuse_unknown(self.lines.at(node), node, _PATTERN_KEYS)
        self.text(node, "id", node["id"])
        mode, strength = node.get("mode"), node.get("strength", "sure")
        if mode is not None and (not isinstance(mode, str) or mode not in modes):
            raise self.fail(node, f"mode {mode!r} is not one of this type: {', '.join(sorted(modes))}")
        if strength not in STRENGTHS:
            raise self.fail(node, f"strength is {strength!r}; use one of {', '.join(STRENGTHS)}")
        contexts = self.contexts(node, node.get("contexts", []))
        return [
            Pattern(
                rule=f"{event_type}/{node['id']}",
                event_type=event_type,
                kind=kind,
                triggers=phrases,
                conditions=self.conditions(node),
                actor=self._slots(node, "actor", NOUN_ACTOR if kind == "noun" else ("subject",)),
                recipient=self._slots(node, "recipient", _recipient_default(kind)),
                mutual=bool(self._yes(node, "mutual")),
                mode=mode,
                contexts=contexts,
                cameo=self.cameo(node, node.get("cameo")),
                strength=strength,
            )
            for kind, phrases in self.triggers(node)
        ]

    def governor(self, node: Any) -> list[Governor]:
        """Read one governor; one Governor per kind of trigger.

        Raises:
            KnowledgeError: A key, class or slot is unknown; the message gives file and line.
        """
        if not isinstance(node, dict) or "id" not in node:
            raise self.fail(node, "a governor is a mapping with an id")
        refuse_unknown(self.lines.at(node), node, _GOVERNOR_KEYS)
        self.text(node, "id", node["id"])
        if node.get("class") not in CLASSES:
            raise self.fail(node, f"class is {node.get('class')!r}; use one of {', '.join(CLASSES)}")
        return [
            Governor(
                rule=f"composition/{node['id']}",
                class_name=node["class"],
                kind=kind,
                triggers=phrases,
                conditions=self.conditions(node),
                actor=self._slots(node, "actor", NOUN_ACTOR if kind == "noun" else ("subject",)),
                recipient=self._slots(node, "recipient", ()),
                cameo=self.cameo(node, node.get("cameo")),
            )
            for kind, phrases in self.triggers(node)
        ]


def _recipient_default(kind: str) -> tuple[str, ...]:
    return NOUN_RECIPIENT if kind == "noun" else VERB_RECIPIENT


def read_outcome(
    reader: Reader, node: object, text: Any, modes: Mapping[str, Collection[str]]
) -> tuple[str, str | None] | None:
    """Read "TYPE", "TYPE/mode" or "none" of the composition table.

    Args:
        reader: The reader with the allowed event types.
        node: The row, for error messages.
        text: The text to read.
        modes: The modes of each type of the codebook; a type not in it is coded as nothing.

    Raises:
        KnowledgeError: The value is invalid; the message gives its location and the allowed values.
    """
    if text == "none":
        return None
    event_type, _, mode = text.partition("/") if isinstance(text, str) else (text, "", "")
    if event_type not in reader.terms.types:
        known = ", ".join(reader.terms.types)
        raise reader.fail(node, f"no event type {event_type!r}; use one of {known}, or none")
    if event_type not in modes:
        return None
    if mode:
        reader.one_of(node, f"mode of {event_type}", mode, sorted(modes[event_type]))
    return event_type, mode or None
