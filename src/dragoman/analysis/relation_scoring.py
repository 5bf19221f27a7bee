"""Scores of relations: the type between two given spans, and whole tuples out of plain sentences.

Following the convention of the field's data sets, CONCEDE and RETREAT are one class, YIELD, which is material
cooperation.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.figures import macro_f1, precision_recall_f1, share
from dragoman.model.terms import QUAD_CLASS_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Tuple = tuple[str, ...]
_YIELD = "YIELD"
_YIELDING = frozenset({"CONCEDE", "RETREAT", _YIELD})
_CODE_LENGTH = 3


class RelationGold(msgspec.Struct):
    """The relation between two spans."""

    event_type: str
    quad_class: str | None = None


class RelationScores:
    """Macro-F1 of root, quad class and cooperation against conflict."""

    gold = RelationGold

    def __init__(self) -> None:
        self._roots: list[tuple[str, str | None]] = []
        self._quads: list[tuple[str, str | None]] = []

    def add(self, gold: RelationGold, said: Mapping[str, Any]) -> None:
        """Score one more sentence."""
        true = root_of(gold.event_type)
        answer = said.get("event_type")
        named = root_of(answer) if answer else None
        self._roots.append((true, named))
        quad = gold.quad_class or _quad_of(gold.event_type) or ""
        self._quads.append((quad, _quad_of(named) if named else None))

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        answered = sum(named is not None for _, named in self._roots)
        return {
            "n": len(self._roots),
            "root_macro_f1": macro_f1(self._roots),
            "quad_macro_f1": macro_f1(self._quads),
            "binary_macro_f1": macro_f1((_side(true), _side(named)) for true, named in self._quads),
            "answered": share(answered, len(self._roots)),
        }


def root_of(event_type: str) -> str:
    """Return the root as which a type is scored."""
    return _YIELD if event_type in _YIELDING else event_type


def _quad_of(event_type: str) -> str | None:
    return "material_cooperation" if event_type in _YIELDING else QUAD_CLASS_OF.get(event_type)


def _side(quad: str | None) -> str | None:
    return quad.rpartition("_")[2] if quad is not None else None


class PartyGold(msgspec.Struct):
    """A party of an annotated tuple."""

    id: str | None = None
    country: str | None = None


class TupleGold(msgspec.Struct):
    """One annotated event of a sentence."""

    event_type: str
    actors: list[PartyGold]
    recipients: list[PartyGold]


class TupleScores:
    """F1 of whole tuples (actor's country, recipient's country, root), of pairs alone and of roots alone."""

    gold = TupleGold

    def __init__(self) -> None:
        self._texts = 0
        self._true: dict[str, set[Tuple]] = defaultdict(set)
        self._said: dict[str, set[Tuple]] = defaultdict(set)

    def add(self, gold: TupleGold, said: Mapping[str, Any]) -> None:
        """Score one more sentence."""
        self._texts += 1
        actors, recipients = (
            {_country(msgspec.to_builtins(party)) for party in side}
            for side in (gold.actors, gold.recipients)
        )
        self._collect(self._true, root_of(gold.event_type), country_pairs(actors, recipients))
        for event in said.get("events", ()):
            self._collect(self._said, root_of(event["event_type"]), pairs_of_event(event))

    def _collect(self, into: dict[str, set[Tuple]], root: str, pairs: Iterable[tuple[str, str]]) -> None:
        text = str(self._texts)
        into["root"].add((text, root))
        for pair in pairs:
            into["dyad"].add((text, *pair))
            into["tuple"].add((text, *pair, root))

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        found = {name: _of_sets(self._true[name], self._said[name]) for name in ("tuple", "dyad", "root")}
        return {
            "n": self._texts,
            **found,
            "events_per_sentence": share(len(self._said["tuple"]), self._texts),
        }


class CodedEvent(msgspec.Struct):
    """An event of older data sets: source, target and CAMEO code."""

    source: str
    target: str
    code: str


class CameoGold(msgspec.Struct):
    """The events of a sentence."""

    events: list[CodedEvent]


class CameoScores:
    """F1 of (source, target, root) against events with CAMEO codes; codes without a root are skipped.

    Args:
        type_of: The event type of each CAMEO code.
    """

    gold = CameoGold

    def __init__(self, type_of: Mapping[str, str]) -> None:
        self._type_of = type_of
        self._texts = 0
        self._true: set[Tuple] = set()
        self._said: set[Tuple] = set()

    def add(self, gold: CameoGold, said: Mapping[str, Any]) -> None:
        """Score one more sentence."""
        self._texts += 1
        text = str(self._texts)
        for event in gold.events:
            root = self._root(event.code)
            if root is not None:
                source, target = event.source[:_CODE_LENGTH], event.target[:_CODE_LENGTH]
                self._true.add((text, source, target, root))
        for given in said.get("events", ()):
            for actor, recipient in pairs_of_event(given):
                if recipient:
                    self._said.add((text, actor, recipient, root_of(given["event_type"])))

    def _root(self, code: str) -> str | None:
        for length in (len(code), 3, 2):
            found = self._type_of.get(code[:length])
            if found:
                return root_of(found)
        return None

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        return {"n": self._texts, "tuple": _of_sets(self._true, self._said)}


def pairs_of_event(event: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return the ordered pairs of countries of a coded event given as plain objects."""
    actors, recipients = ({_country(ref) for ref in event[side]} for side in ("actors", "recipients"))
    return country_pairs(actors, recipients)


def country_pairs(actors: set[str], recipients: set[str]) -> set[tuple[str, str]]:
    """Return ordered pairs of countries; both for a mutual act, an empty recipient for a lone actor."""
    if recipients:
        return {(actor, recipient) for actor in actors for recipient in recipients}
    if len(actors) > 1:
        return {(one, other) for one in actors for other in actors if one != other}
    return {(actor, "") for actor in actors}


def _country(party: Mapping[str, Any]) -> str:
    return (party.get("country") or party.get("id") or "")[:_CODE_LENGTH].upper()


def _of_sets(true: set[Tuple], said: set[Tuple]) -> dict[str, float]:
    return precision_recall_f1(hits=len(true & said), said=len(said), true=len(true))
