"""Differences between codebook folders and the codebook of the package: added, changed and removed parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.knowledge.codebook import read_codebook
from dragoman.knowledge.codebook_layers import folders_of, read_layers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.knowledge.codebook_layers import Folders, Layers

# Parts of a type that are listed individually.
_LISTED = ("patterns", "examples", "modes", "sets")
_HOW = ("added", "changed", "removed")


class Change(NamedTuple):
    """One part of a codebook that differs from the package.

    `how` is "added", "changed" or "removed"; `what` its kind ("pattern"); `name` its id, preceded by its
    type; `detail` its new content, or the changed keys and how they changed.
    """

    how: str
    what: str
    name: str
    detail: str


def codebook_changes(folders: Folders) -> list[Change]:
    """Return the parts that folders add, change and remove, by kind.

    Raises:
        KnowledgeError: A folder or one of its files is invalid; the message gives file and line.
    """
    layers = read_layers(folders_of(folders))
    # Validated as a whole: a comparison with a codebook that cannot be loaded is useless.
    read_codebook(layers)
    before, after = dict(_parts(read_layers())), dict(_parts(layers))
    found = []
    for key in dict.fromkeys((*before, *after)):
        what, name = key
        if key not in before:
            found.append(Change("added", what, name, _shown(after[key])))
        elif key not in after:
            found.append(Change("removed", what, name, ""))
        elif before[key] != after[key]:
            found.append(Change("changed", what, name, _difference(before[key], after[key])))
    return sorted(found, key=lambda change: (_HOW.index(change.how), change.what))


def _parts(layers: Layers) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield every part with its kind and name."""
    yield from _named("set", layers.sets)
    for type_id, entry in layers.types.items():
        yield from _parts_of_type(type_id, entry)
    for node in layers.composition.get("governors", []):
        yield ("governor", node["id"]), _without_id(node)
    yield from _named("set", layers.composition.get("sets", {}), within="composition/")
    yield from _named("outcome", layers.composition.get("outcomes", {}))
    yield from _composed(layers)
    yield from _named("context", layers.contexts)
    yield from _named("issue", layers.issues)
    for code, known in layers.cameo_codes.items():
        yield ("CAMEO code", code), {"name": known.name, "goldstein": str(known.goldstein)}


def _parts_of_type(type_id: str, entry: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    own = {key: value for key, value in entry.items() if key not in (*_LISTED, "new", "id")}
    yield ("type", type_id), own
    for kind in ("patterns", "examples"):
        for node in entry.get(kind, []):
            yield (kind[:-1], f"{type_id}/{node['id']}"), _without_id(node)
    for kind in ("modes", "sets"):
        yield from _named(kind[:-1], entry.get(kind) or {}, within=f"{type_id}/")


def _named(what: str, nodes: dict[str, Any], *, within: str = "") -> Iterator[tuple[tuple[str, str], Any]]:
    for name, node in nodes.items():
        yield (what, f"{within}{name}"), node


def _composed(layers: Layers) -> Iterator[tuple[tuple[str, str], Any]]:
    codes: dict[str, dict[str, str]] = {}
    for node in layers.composition.get("cameo", []):
        for class_name in node["classes"]:
            codes.setdefault(class_name, {}).update(node["codes"])
    for class_name, row in codes.items():
        yield ("composed code", class_name), row


def _without_id(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "id"}


def _difference(before: Any, after: Any) -> str:
    if isinstance(before, list) and isinstance(after, list):
        gone = [f"-{_shown(item)}" for item in before if item not in after]
        come = [f"+{_shown(item)}" for item in after if item not in before]
        return " ".join((*gone, *come)) or "another order"
    if isinstance(before, dict) and isinstance(after, dict):
        keys = dict.fromkeys((*before, *after))
        return "; ".join(
            f"{key}: {_difference(before.get(key), after.get(key))}"
            for key in keys
            if before.get(key) != after.get(key)
        )
    shown = (_shown(part) if part is not None else "nothing" for part in (before, after))
    return " -> ".join(shown)


def _shown(part: Any) -> str:
    """Return plain data formatted on one line."""
    if isinstance(part, dict):
        return ", ".join(f"{key}: {_shown(value)}" for key, value in part.items())
    if isinstance(part, list):
        return f"[{', '.join(_shown(item) for item in part)}]"
    return " ".join(str(part).split())
