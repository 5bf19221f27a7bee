"""Layered codebook folders: the codebook of the package and overlays that change parts of it.

A folder adds, changes or removes single parts by their ids; its `codebook.yaml` states whether it extends the
layers below it (`extends: package`) or is standalone (`extends: nothing`). Parts are merged as plain data,
each with its file and line; `codebook` then reads and validates the result as if it were one folder.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge.cameo import FILE as CAMEO_FILE
from dragoman.knowledge.cameo import CameoCode, read_cameo
from dragoman.knowledge.loading import Lines, data_folder, load_yaml, refuse_unknown, refuse_unknown_files
from dragoman.model.terms import CONTEXTS, EVENT_TYPES

# Files allowed in a codebook folder.
FILES = (
    "codebook.yaml", "sets.yaml", "composition.yaml", "contexts.yaml", "issues.yaml", CAMEO_FILE, "types",
)  # fmt: skip
EXTENDS = ("package", "nothing")
_HEAD_KEYS = {"extends", "name", "note"}
_COMPOSITION_KEYS = {"governors", "outcomes", "cameo", "sets"}
_BY_ID = ("patterns", "examples")
_LIST_CHANGE = {"add", "drop"}
_CONTEXT_LISTS = ("strong", "words", "not")

# One folder, or several in the order in which they are applied.
Folders = Path | str | Iterable[Path | str] | None


@dataclass(slots=True)
class Layers:
    """The merged parts of a codebook as plain data.

    `removed_contexts` are contexts of the package that an overlay removes; `own_examples` are type and id of
    the worked examples in the files of each folder.
    """

    lines: Lines
    sets: dict[str, Any] = field(default_factory=dict)
    types: dict[str, dict[str, Any]] = field(default_factory=dict)
    composition: dict[str, Any] = field(default_factory=dict)
    contexts: dict[str, Any] = field(default_factory=dict)
    issues: dict[str, Any] = field(default_factory=dict)
    cameo_codes: dict[str, CameoCode] = field(default_factory=dict)
    removed_contexts: set[str] = field(default_factory=set)
    own_examples: dict[Path, set[tuple[str, str]]] = field(default_factory=dict)


def package_codebook() -> Path:
    """Return the folder of the package's codebook."""
    return data_folder() / "codebook"


def folders_of(given: Folders) -> tuple[Path, ...]:
    """Return codebook folders as a tuple; empty for the codebook of the package alone."""
    if given is None:
        return ()
    return (Path(given),) if isinstance(given, (str, Path)) else tuple(Path(folder) for folder in given)


def read_layers(folders: Sequence[Path] = ()) -> Layers:
    """Read the codebook of the package and apply overlay folders in order.

    Raises:
        KnowledgeError: A folder or one of its files is invalid, or changes a part that does not exist; the
            message gives file and line.
    """
    base = _package_layers()
    # Parts are never modified in place, only replaced.
    layers = Layers(
        Lines("codebook"), dict(base.sets), dict(base.types), dict(base.composition), dict(base.contexts),
        dict(base.issues), dict(base.cameo_codes), set(), {},
    )  # fmt: skip
    layers.lines.absorb(base.lines)
    for folder in folders:
        if not is_overlay(folder):
            whole = Layers(layers.lines, contexts=layers.contexts, issues=layers.issues)
            whole.cameo_codes, whole.own_examples = layers.cameo_codes, layers.own_examples
            layers = whole
        _Merger(layers, folder).merge()
    return layers


@functools.cache
def _package_layers() -> Layers:
    layers = Layers(Lines("codebook"))
    layers.issues, lines = load_yaml(data_folder() / "issues" / "issues.yaml")
    layers.lines.absorb(lines)
    _Merger(layers, package_codebook(), is_package=True).merge()
    return layers


def is_overlay(folder: Path) -> bool:
    """Return True if a codebook folder extends the layers below it, False if it is standalone.

    Raises:
        KnowledgeError: It is not a codebook folder, or does not state which of the two it is.
    """
    refuse_unknown_files(folder, FILES, what="a codebook folder")
    path = folder / "codebook.yaml"
    if not path.exists():
        if {f"{name}.yaml" for name in EVENT_TYPES} <= {p.name for p in (folder / "types").glob("*.yaml")}:
            message = (
                "has a file for every event type: write codebook.yaml with extends: nothing if it is a "
                "whole codebook, extends: package if it changes that of the package"
            )
            raise KnowledgeError(where=str(folder), message=message)
        return True
    content, lines = load_yaml(path, name=str(path))
    if not isinstance(content, dict):
        raise KnowledgeError(where=str(path), message="is not a mapping; write extends: package")
    refuse_unknown(lines.at(content), content, _HEAD_KEYS)
    extends = content.get("extends", "package")
    if extends not in EXTENDS:
        message = f"extends is {extends!r}; use one of {', '.join(EXTENDS)}"
        raise KnowledgeError(where=lines.at(content), message=message)
    return bool(extends == "package")


class _Merger:
    """Merger of one folder into the layers below it."""

    def __init__(self, layers: Layers, folder: Path, *, is_package: bool = False) -> None:
        self._layers = layers
        self._folder = folder
        self._is_package = is_package
        # Parts that are optional in an overlay are required in a standalone codebook.
        self._is_whole = not layers.types and not layers.composition

    def merge(self) -> None:
        layers = self._layers
        if self._is_package:
            refuse_unknown_files(self._folder, FILES, what="a codebook folder")
        layers.sets = self._sets(layers.sets, self._load("sets.yaml", required=self._is_whole) or {})
        self._types()
        composition = self._load("composition.yaml", required=self._is_whole)
        if composition is not None:
            self._composition(composition)
        contexts = self._load("contexts.yaml", required=self._is_package)
        if contexts is not None:
            self._contexts(contexts)
        issues = self._load("issues.yaml")
        if issues is not None:
            self._issues(issues)
        if (self._folder / CAMEO_FILE).exists():
            layers.cameo_codes = layers.cameo_codes | read_cameo(self._folder / CAMEO_FILE)

    # Files ------------------------------------------------------------------------------------------

    def _load(self, name: str, *, required: bool = False) -> dict[str, Any] | None:
        path = self._folder / name
        if not required and not path.exists():
            return None
        content, lines = load_yaml(path, name=name if self._is_package else str(path))
        self._layers.lines.absorb(lines)
        content = {} if content is None else content
        if not isinstance(content, dict):
            raise KnowledgeError(where=lines.name, message="is not a mapping; see docs/codebook-format.md")
        return content

    def _fail(self, node: object, message: str) -> KnowledgeError:
        return KnowledgeError(where=self._layers.lines.at(node), message=message)

    # Parts ------------------------------------------------------------------------------------------

    def _types(self) -> None:
        folder = self._folder / "types"
        if folder.exists():
            refuse_unknown_files(folder, ("*.yaml",), what="the folder types")
        elif self._is_whole:
            raise KnowledgeError(
                where=str(self._folder), message="no type files in its folder types/; see docs"
            )
        for path in sorted(folder.glob("*.yaml")):
            node = self._load(f"types/{path.name}") or {}
            if self._is_package or "id" in node:
                self._type(path, node)
            else:
                raise KnowledgeError(where=str(path), message="no id; every type file begins with one")

    def _type(self, path: Path, node: dict[str, Any]) -> None:
        types, name = self._layers.types, str(node.get("id"))
        if path.stem != name and name in types:
            raise self._fail(node, f"id is {name!r}; the file of a type is called as its id: {name}.yaml")
        base = types.get(name)
        if _is_removed(node):
            self._removal(node, name, types, "event type", besides={"id"})
            return
        if base is not None and "new" in node:
            raise self._fail(node, f"{name} is there already; leave out new to change it")
        merged = self._copy(node, dict(base or {}))
        for key, value in node.items():
            if key in _BY_ID:
                merged[key] = self._by_id(merged.get(key, []), value, node, key[:-1])
            elif key == "modes":
                merged[key] = self._by_name(merged.get(key, {}), value, node, "mode")
            elif key == "sets":
                merged[key] = self._sets(merged.get(key, {}), value)
            else:
                merged[key] = value
        types[name] = merged
        examples = [e for e in node.get("examples") or [] if isinstance(e, dict)]
        own = self._layers.own_examples.setdefault(self._folder, set())
        own |= {(name, str(e.get("id"))) for e in examples if not _is_removed(e)}

    def _composition(self, node: dict[str, Any]) -> None:
        refuse_unknown(self._layers.lines.at(node), node, _COMPOSITION_KEYS)
        base = self._layers.composition
        merged = self._copy(node, dict(base))
        merged["governors"] = self._by_id(
            base.get("governors", []), node.get("governors", []), node, "governor"
        )
        merged["sets"] = self._sets(base.get("sets", {}), node.get("sets", {}))
        outcomes = dict(base.get("outcomes", {}))
        for class_name, row in self._mapping(node, "outcomes").items():
            outcomes[class_name] = self._copy(row, {**outcomes.get(class_name, {}), **self._checked(row)})
        merged["outcomes"] = outcomes
        merged["cameo"] = [*base.get("cameo", []), *self._list(node, "cameo")]
        self._layers.composition = merged

    def _contexts(self, node: dict[str, Any]) -> None:
        contexts = self._layers.contexts if not self._is_whole else {}
        merged = dict(contexts)
        for name, record in node.items():
            if _is_removed(record):
                self._removal(record, name, merged, "context")
                self._layers.removed_contexts.add(name)
                continue
            record = self._copy(record, dict(self._checked(record, name)))
            is_new = record.pop("new", None)
            if is_new is None and name not in contexts and name not in CONTEXTS:
                hint = _near(name, contexts)
                raise self._fail(record, f"no context {name!r}{hint}; a context of your own says new: yes")
            base = contexts.get(name, {})
            for key in set(_CONTEXT_LISTS) & set(record):
                record[key] = self._changed(base.get(key, []), record[key], record, f"{name}: {key}")
            merged[name] = self._copy(record, {**base, **record})
        self._layers.contexts = merged

    def _issues(self, node: dict[str, Any]) -> None:
        self._layers.issues = self._by_name(self._layers.issues, node, node, "issue")

    # Kinds of merging -------------------------------------------------------------------------------

    def _sets(self, base: dict[str, Any], given: Any) -> dict[str, Any]:
        merged = dict(base)
        for name, words in self._checked(given, "sets").items():
            if _is_removed(words):
                self._removal(words, name, merged, "set")
            else:
                merged[name] = self._changed(base.get(name, []), words, given, name)
        return self._copy(given, merged)

    def _changed(self, base: list[str], given: Any, node: object, what: str) -> Any:
        """Return a list of words: the new one, or the existing one with words added and removed."""
        if not isinstance(given, dict):
            return given
        if not given or set(given) - _LIST_CHANGE:
            raise self._fail(given, f"{what}: write a list of words, or {{add: [...], drop: [...]}}")
        add, drop = (self._list(given, key) for key in ("add", "drop"))
        for word in drop:
            if word not in base:
                raise self._fail(given, f"{what}: drops {word!r}, which is not in it{_near(word, base)}")
        return [word for word in base if word not in drop] + [word for word in add if word not in base]

    def _by_id(self, base: list[Any], given: Any, node: object, what: str) -> list[Any]:
        """Merge rules or examples by id: one with a known id replaces the existing one."""
        if not isinstance(given, list):
            raise self._fail(node, f"{what}s is not a list; write - id: ...")
        merged = {item["id"]: item for item in base}
        seen: set[str] = set()
        for item in given:
            name = item.get("id") if isinstance(item, dict) else None
            if not isinstance(name, str):
                raise self._fail(
                    item if isinstance(item, (dict, list)) else node, f"a {what} is a mapping with an id"
                )
            if name in seen:
                raise self._fail(item, f"the {what} id {name!r} is given twice; ids are never reused")
            seen.add(name)
            if _is_removed(item):
                self._removal(item, name, merged, what, besides={"id"})
            else:
                merged[name] = item
        return list(merged.values())

    def _by_name(self, base: dict[str, Any], given: Any, node: object, what: str) -> dict[str, Any]:
        merged = dict(base)
        for name, item in self._checked(given, f"{what}s", node).items():
            if _is_removed(item):
                self._removal(item, name, merged, what)
            else:
                merged[name] = item
        return self._copy(given, merged)

    def _removal(
        self,
        node: dict[str, Any],
        name: str,
        found: dict[str, Any],
        what: str,
        *,
        besides: Iterable[str] = (),
    ) -> None:
        if node["remove"] != "yes":
            raise self._fail(node, f"remove is {node['remove']!r}; write remove: yes, or leave it out")
        refuse_unknown(self._layers.lines.at(node), node, {"remove", *besides})
        if name not in found:
            raise self._fail(node, f"no {what} {name!r} to remove{_near(name, found)}")
        del found[name]

    # Plain data -------------------------------------------------------------------------------------

    def _copy(self, origin: object, made: dict[str, Any]) -> dict[str, Any]:
        self._layers.lines.copy(made, origin)
        return made

    def _checked(self, node: Any, what: str = "this", within: object = None) -> dict[str, Any]:
        if not isinstance(node, dict):
            raise self._fail(
                within if within is not None else node,
                f"{what} is not a mapping; see docs/codebook-format.md",
            )
        return node

    def _mapping(self, node: dict[str, Any], key: str) -> dict[str, Any]:
        return self._checked(node.get(key, {}), key, node)

    def _list(self, node: dict[str, Any], key: str) -> list[Any]:
        found = node.get(key, [])
        if not isinstance(found, list):
            raise self._fail(node, f"{key} is {found!r}; write a list")
        return found


def _is_removed(node: object) -> bool:
    return isinstance(node, dict) and "remove" in node


def _near(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""
