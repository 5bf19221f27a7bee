"""YAML files read as strings, with the line of every key; duplicate keys are rejected.

A plain YAML load turns CAMEO code 0311 into 201 and `no` into False. Here every scalar stays as written; the
schemas define the types.
"""

from __future__ import annotations

import difflib
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.errors import KnowledgeError
from dragoman.files import open_regular

# Maximum file size; the largest file of the package is a tenth of this.
_MOST_BYTES = 64 * 1024 * 1024
# Maximum nesting; the most deeply nested file of the package has seven levels.
_DEEPEST = 50

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lines:
    """Line at which each mapping and list begins, by identity of the loaded object."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._place_of: dict[int, str] = {}
        self._kept: list[object] = []

    def note(self, node: object, line: int) -> None:
        """Store the 1-based line at which a loaded dict or list begins."""
        self._place(node, f"{self.name}:{line}")

    def copy(self, node: object, origin: object) -> None:
        """Copy the location of a loaded dict or list to an object made from it."""
        self._place(node, self.at(origin))

    def absorb(self, other: Lines) -> None:
        """Add the locations of another file."""
        self._place_of |= other._place_of
        self._kept += other._kept

    def at(self, node: object) -> str:
        """Return "file:line" for a loaded dict or list, or the file name alone."""
        return self._place_of.get(id(node), self.name)

    def _place(self, node: object, place: str) -> None:
        self._place_of[id(node)] = place
        self._kept.append(node)


def load_yaml(path: Path, *, name: str | None = None) -> tuple[Any, Lines]:
    """Read one YAML file as dicts, lists and strings.

    Args:
        path: The file.
        name: The name used in error messages; the file's name if None.

    Returns:
        The content (None for an empty file) and the location of each part.

    Raises:
        KnowledgeError: The file is missing, too large or too deeply nested, is not YAML, repeats a key or
            contains an alias; the message gives file and line.
    """
    try:
        with open_regular(path) as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(where=str(path), message=f"cannot be read: {error}") from error
    if len(content) > _MOST_BYTES:
        raise KnowledgeError(where=path.name, message=f"more than {_MOST_BYTES:,} bytes; split the file")
    lines = Lines(name or path.name)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        # The files of the package are known to be safe; they are large, and read at every start.
        if not path.resolve().is_relative_to(data_folder()):
            _check_structure(text, loader, lines)
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{lines.name}:{mark.line + 1}" if mark else lines.name
        raise KnowledgeError(where=where, message=f"not YAML: {getattr(error, 'problem', error)}") from error
    return (None if node is None else _build(node, lines)), lines


def _check_structure(text: str, loader: type[Any], lines: Lines) -> None:
    """Reject excessive nesting and aliases, which expand few lines to millions or create cycles."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        where = f"{lines.name}:{event.start_mark.line + 1}" if event.start_mark else lines.name
        if isinstance(event, yaml.AliasEvent):
            raise KnowledgeError(where=where, message=f"refers to {event.anchor!r} (*); write it out again")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise KnowledgeError(where=where, message=f"nested more than {_DEEPEST} deep; make it flatter")


def _build(node: yaml.Node, lines: Lines) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    built: Any
    if isinstance(node, yaml.SequenceNode):
        built = [_build(child, lines) for child in node.value]
    else:
        built = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if key in built:
                where = f"{lines.name}:{key_node.start_mark.line + 1}"
                raise KnowledgeError(where=where, message=f"the key {key!r} is given twice; keep one")
            built[key] = _build(value_node, lines)
    lines.note(built, node.start_mark.line + 1)
    return built


def data_folder() -> Path:
    """Return the folder of the package's data files."""
    return Path(__file__).resolve().parent.parent / "data"


def refuse_unknown(where: str, given: dict[str, Any], allowed: frozenset[str] | set[str]) -> None:
    """Raise KnowledgeError if a mapping has a key that is not in the schema."""
    unknown = sorted(set(given) - set(allowed))
    if unknown:
        message = f"unknown key {unknown[0]!r}; use one of {', '.join(sorted(allowed))}"
        raise KnowledgeError(where=where, message=message)


def refuse_unknown_files(folder: Path, allowed: Iterable[str], *, what: str) -> None:
    """Reject a path that is not a folder, and files in it that would not be read.

    Hidden files and documentation (README, LICENSE, *.md) are allowed anywhere.

    Args:
        folder: The folder.
        allowed: Patterns of the file names that are read ("types", "offices*.tsv").
        what: The kind of folder: "a codebook folder".

    Raises:
        KnowledgeError: It is not a folder, contains no file that is read, or contains one that is not.
    """
    patterns = tuple(allowed)
    expected = f"{what} holds {', '.join(patterns)}"
    if not folder.is_dir():
        kind = "is a file, not a folder" if folder.exists() else "no such folder"
        raise KnowledgeError(where=str(folder), message=f"{kind}; {expected}")
    names = sorted(path.name for path in folder.iterdir() if not _is_for_people(path.name))
    for name in names:
        if not any(fnmatch(name, pattern) for pattern in patterns):
            close = difflib.get_close_matches(name, patterns, n=1)
            meant = f"did you mean {close[0]}? " if close else ""
            message = f"would not be read: {meant}{expected}; rename or remove it"
            raise KnowledgeError(where=str(folder / name), message=message)
    if not names:
        raise KnowledgeError(where=str(folder), message=f"holds nothing to read; {expected}")


def _is_for_people(name: str) -> bool:
    return name.startswith((".", "README", "LICENSE", "NOTICE")) or name.endswith((".md", "~"))
