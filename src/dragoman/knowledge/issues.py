"""Issues on which states take positions, and matching of a report's words to them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.view_words import compile_words, load_view_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.knowledge.loading import Lines

_KEYS = frozenset({"name", "words", "opposite"})
_CODEBOOK_FILES = ("codebook.yaml", "types", "sets.yaml", "composition.yaml", "contexts.yaml")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Between the words that name the issue only a negation reverses it: "Arnor not be included in the league".
_NEGATIONS = re.compile(r"\b(?:not|never|no longer|n't)(?!\w)", re.IGNORECASE)
# Maximum distance between the words of an issue, in characters.
_REACH = 60
# Maximum distance of a reversing word before the issue, in characters.
_TURN_REACH = 60
_WORD = re.compile(r"\w+")
_KEY_LETTERS = 3


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One issue.

    Attributes:
        id: Its id in the record: hyphenated lower-case words.
        name: Display name.
        words: Lists of words; the text must contain a word of each.
        opposite: The same for the opposite position; empty if there is none.
    """

    id: str
    name: str
    words: tuple[tuple[str, ...], ...]
    opposite: tuple[tuple[str, ...], ...] = ()

    @property
    def alternatives(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The word lists that identify the issue, for either position."""
        return tuple(groups for groups in (self.words, self.opposite) if groups)


class Match(NamedTuple):
    """An issue in a text.

    Attributes:
        issue: The issue.
        is_turned: Whether the text names its opposite or opposes it.
        start: Offset of the first character of its words.
        end: Offset after the last character.
        is_opposite: Whether the words themselves name the opposite position, or negate it.
    """

    issue: Issue
    is_turned: bool
    start: int
    end: int
    is_opposite: bool


class IssueBook:
    """All known issues."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = {issue.id: issue for issue in issues}
        self._tests: list[tuple[Issue, list[re.Pattern[str]], bool]] = []
        # Most texts match no issue: only tests whose first list may have a word in the text are tried.
        self._begins: dict[str, list[tuple[str, int]]] = {}
        self._short: set[int] = set()
        self._always: set[int] = set()
        for issue in issues:
            for groups, turned in ((issue.words, False), (issue.opposite, True)):
                if groups:
                    self._index(groups[0], len(self._tests))
                    self._tests.append((issue, [compile_words(group) for group in groups], turned))

    def _index(self, group: Sequence[str], test: int) -> None:
        for word in group:
            first = _WORD.match(word)
            if first is None:
                self._always.add(test)
                continue
            self._begins.setdefault(first[0][:_KEY_LETTERS], []).append((first[0], test))
            if len(first[0]) < _KEY_LETTERS:
                self._short.add(len(first[0]))

    def _candidates(self, text: str) -> list[int]:
        """Return the tests, in order, whose first list may have a word in the text."""
        words = set(_WORD.findall(text.lower()))
        keys = {word[:_KEY_LETTERS] for word in words}
        keys |= {key[:length] for key in keys for length in self._short}
        found = {
            test
            for key in keys & self._begins.keys()
            for begin, test in self._begins[key]
            if any(word.startswith(begin) for word in words)
        }
        return sorted(found | self._always)

    def match(self, text: str) -> Match | None:
        """Return the issue that a text is about, or None.

        Among several, the one named with the most words is chosen, then the one named first.
        """
        best: tuple[int, int, Match] | None = None
        turns = load_view_words()
        for issue, groups, turned in map(self._tests.__getitem__, self._candidates(text)):
            hits = [hit for hit in (group.search(text) for group in groups) if hit]
            if len(hits) < len(groups):
                continue
            begin = min(hit.start() for hit in hits)
            end = max(hit.end() for hit in hits)
            if end - begin > _REACH + len(hits[0][0]):
                continue
            opposite = turned != bool(len(_NEGATIONS.findall(text[begin:end])) % 2)
            away = sum(1 for _ in turns.finds("turns", text[max(0, begin - _TURN_REACH) : begin]))
            size = sum(len(hit[0]) for hit in hits) + 10 * len(hits)
            if best is None or (size, -begin) > best[:2]:
                match = Match(issue, opposite != bool(away % 2), begin, end, opposite)
                best = (size, -begin, match)
        return best[2] if best else None


@functools.cache
def load_issues(extra: tuple[Path, ...] = ()) -> IssueBook:
    """Load the issues of the package and those of user folders; cached.

    Raises:
        KnowledgeError: A file or an entry is invalid; the message gives file, line and allowed values.
    """
    found: dict[str, Issue] = {}
    for folder in (data_folder() / "issues", *extra):
        if not folder.is_dir():
            raise KnowledgeError(where=str(folder), message="no such folder; --issues takes a folder of YAML")
        # In a codebook folder, only this file defines issues.
        is_codebook = any((folder / name).exists() for name in _CODEBOOK_FILES)
        files = sorted(folder.glob("issues.yaml" if is_codebook else "*.yaml"))
        if not files:
            raise KnowledgeError(
                where=str(folder), message="holds no .yaml file of issues; see docs/views.md"
            )
        for path in files:
            content, lines = load_yaml(path)
            if not isinstance(content, dict):
                raise KnowledgeError(where=path.name, message="not a mapping of issues; see docs/views.md")
            for name, entry in content.items():
                if entry == {"remove": "yes"}:
                    found.pop(name, None)
                else:
                    found[name] = _issue(name, entry, lines)
    return IssueBook(list(found.values()))


def read_issues(content: dict[str, Any], lines: Lines) -> IssueBook:
    """Validate issues, as changed by codebook folders.

    Args:
        content: Entries by the id of the issue.
        lines: The location of each.

    Raises:
        KnowledgeError: An entry is invalid; the message gives file, line and allowed values.
    """
    return IssueBook([_issue(name, entry, lines) for name, entry in content.items()])


def _issue(name: str, entry: object, lines: Lines) -> Issue:
    where = lines.at(entry)
    if not isinstance(entry, dict):
        raise KnowledgeError(where=where, message=f"{name}: not a mapping; give name and words")
    refuse_unknown(where, entry, _KEYS)
    if not _ID.fullmatch(name):
        raise KnowledgeError(where=where, message=f"{name!r}: write an id as lower-case words and hyphens")
    if not isinstance(entry.get("name"), str) or not entry["name"]:
        raise KnowledgeError(where=where, message=f"{name}: no name; give one")
    if not entry.get("words"):
        raise KnowledgeError(where=where, message=f"{name}: no words; give lists of words")
    groups = {key: _groups(name, key, entry.get(key, []), where) for key in ("words", "opposite")}
    return Issue(id=name, name=entry["name"], words=groups["words"], opposite=groups["opposite"])


def _groups(name: str, key: str, value: object, where: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) and group for group in value):
        raise KnowledgeError(
            where=where, message=f"{name}: {key} is not a list of lists; write [[a, b], [c]]"
        )
    return tuple(tuple(str(word).lower() for word in group) for group in value)
