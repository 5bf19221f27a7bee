"""The layouts of the news databases, from `data/exports/layouts.yaml`."""

from __future__ import annotations

import functools
import re
from typing import Any

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown

VENDORS = ("nexis", "factiva", "proquest", "gale", "newsbank", "westlaw")
IGNORED = "ignored"
FIELDS = ("title", "publisher", "day", "section", "byline", "words", "text", IGNORED)
_KEYS = frozenset({
    "title", "needs", "signs", "begins", "ends", "opens", "implied", "labels", "closing", "closes", "passed",
    "cover", "codes",
})  # fmt: skip
# Lines that mark a boundary are shorter than this; longer ones are not tested.
_LONGEST_MARK = 300
_LABEL = re.compile(r"\s*([A-Za-z][\w/() -]{0,39}?)\s*:(?!//)\s*")


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The layout of the articles of one database; the data file describes each part.

    Attributes:
        name: Its name in `--kind`.
        title: Its name in messages.
        needs: Words of which at least one is in every export.
        signs: Patterns that identify a file as an export of this database.
        begins: A line that begins an article, if there is one.
        ends: A line that ends an article, if there is one.
        opens: Lines that begin the text.
        implied: Whether the text begins after the labels if there is no such line.
        labels: The field of each label, in lower case.
        closing: The labels that end the text, as written.
        closes: Lines that end the text.
        passed: Lines to skip.
        cover: Lines of a cover page before the first article.
        codes: The field of each two-letter code.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    signs: tuple[tuple[re.Pattern[str], ...], ...]
    begins: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    opens: tuple[re.Pattern[str], ...]
    implied: bool
    labels: dict[str, str]
    closing: frozenset[str]
    closes: re.Pattern[str] | None
    passed: re.Pattern[str] | None
    cover: re.Pattern[str] | None
    codes: dict[str, str]

    def label(self, line: str) -> tuple[str, str, str] | None:
        """Return a line's label as written, its field and its value; None if it has no known label."""
        found = _LABEL.match(line)
        if found is None:
            return None
        field = self.labels.get(found[1].lower())
        return None if field is None else (found[1], field, line[found.end() :].strip())

    def is_passed(self, line: str) -> bool:
        """Return True if a line is to be skipped."""
        return _fits(self.passed, line)

    def is_cover(self, line: str) -> bool:
        """Return True if a line belongs to the cover page before the first article."""
        return _fits(self.cover, line)

    def closes_text(self, line: str, following: str = "") -> bool:
        """Return True if the text ends before a line.

        Args:
            line: The line.
            following: The next line that is not empty; a paragraph may begin like a label, but rarely two.
        """
        if _fits(self.closes, line):
            return True
        found = self.label(line)
        if found is None or found[0] not in self.closing:
            return False
        return (
            not following
            or not found[2]
            or self.label(following) is not None
            or self.is_passed(following)
            or _fits(self.closes, following)
        )

    def begins_article(self, line: str) -> bool:
        """Return True if an article begins with a line."""
        return _fits(self.begins, line)

    def ends_article(self, line: str) -> bool:
        """Return True if an article ends with a line."""
        return _fits(self.ends, line)

    def opening(self, line: str) -> str | None:
        """Return the text in an opening line itself, "" for none; None if the line opens no text."""
        for pattern in self.opens:
            found = pattern.fullmatch(line.strip())
            if found:
                return (found[1] if pattern.groups else "").strip()
        return None


def _fits(pattern: re.Pattern[str] | None, line: str) -> bool:
    return pattern is not None and len(line) <= _LONGEST_MARK and bool(pattern.fullmatch(line.strip()))


@functools.cache
def load_layouts() -> dict[str, Layout]:
    """Read the layouts; the result is cached.

    Raises:
        KnowledgeError: The file does not follow the format described at its beginning.
    """
    path = data_folder() / "exports" / "layouts.yaml"
    content, lines = load_yaml(path)
    layouts: dict[str, Layout] = {}
    for name in VENDORS:
        given = content.get(name)
        if not isinstance(given, dict):
            raise KnowledgeError(where=path.name, message=f"{name!r} is missing")
        where = lines.at(given)
        refuse_unknown(where, given, _KEYS)
        layouts[name] = _layout(name, given, where)
    return layouts


def _layout(name: str, given: dict[str, Any], where: str) -> Layout:
    try:
        return Layout(
            name=name,
            title=given["title"],
            needs=tuple(given["needs"]),
            signs=tuple(tuple(re.compile(s, _SIGN) for s in group) for group in given["signs"]),
            begins=_pattern([given["begins"]]) if "begins" in given else None,
            ends=_pattern([given["ends"]]) if "ends" in given else None,
            opens=tuple(re.compile(f"(?is){pattern}") for pattern in given.get("opens", ())),
            implied=given.get("implied") == "yes",
            labels=_fields(given.get("labels", {}), where, lower=True),
            closing=frozenset(given.get("closing", ())),
            closes=_pattern(given.get("closes")),
            passed=_pattern(given.get("passed")),
            cover=_pattern(given.get("cover")),
            codes=_fields(given.get("codes", {}), where, lower=False),
        )
    except (KeyError, re.error) as error:
        raise KnowledgeError(where=where, message=f"{name}: {error}") from error


_SIGN = re.MULTILINE | re.IGNORECASE


def _pattern(given: list[str] | None) -> re.Pattern[str] | None:
    return re.compile("(?i)(?:" + "|".join(f"(?:{p})" for p in given) + ")") if given else None


def _fields(given: dict[str, list[str]], where: str, *, lower: bool) -> dict[str, str]:
    refuse_unknown(where, given, set(FIELDS))
    return {(label.lower() if lower else label): field for field, labels in given.items() for label in labels}
