"""README, docs, help texts, error messages and pages are in plain technical English."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import dragoman.errors
from dragoman.cli.main import app

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "src" / "dragoman" / "web" / "templates"
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
_CODE = re.compile(r"```.*?```|`[^`\n]*`|^ {4,}\S.*$", re.DOTALL | re.MULTILINE)
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


def read_phrases(text: str) -> dict[str, str]:
    """Return the phrases of a list as regular expressions, each with what to write instead."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return dict(line.split(" -> ", 1) for line in lines)  # type: ignore[misc]


PHRASES = read_phrases((ROOT / "tests" / "quirky_phrases.txt").read_text(encoding="utf-8"))
_ANY = re.compile(r"\b(?:" + "|".join(f"(?:{phrase})" for phrase in PHRASES) + r")(?!\w)", re.IGNORECASE)


def quirks(text: str) -> list[str]:
    """Return the refused phrases of a text, each with its surroundings."""
    flat = " ".join(text.split())
    return [flat[max(0, match.start() - 40) : match.end() + 40] for match in _ANY.finditer(flat)]


def without_code(text: str) -> str:
    """Return a page of Markdown without its code, which quotes reports and programs."""
    return _CODE.sub(" ", text)


def help_texts(command: Any, path: str = "dragoman") -> Iterator[tuple[str, str]]:
    """Yield the help of a command, of its options and arguments, and of all commands below it."""
    yield path, command.help or ""
    for param in command.params:
        yield f"{path} {param.name}", getattr(param, "help", None) or ""
    for name, below in getattr(command, "commands", {}).items():
        yield from help_texts(below, f"{path} {name}")


def error_templates() -> Iterator[tuple[str, str]]:
    for name, kind in inspect.getmembers(dragoman.errors, inspect.isclass):
        if issubclass(kind, dragoman.errors.DragomanError):
            yield name, f"{kind.template} {inspect.getdoc(kind)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages_are_plain(page: Path) -> None:
    assert quirks(without_code(page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(("path", "text"), list(help_texts(get_command(app))), ids=lambda value: value[:60])
def test_help_texts_are_plain(path: str, text: str) -> None:
    assert quirks(text) == [], path


@pytest.mark.parametrize(("name", "text"), list(error_templates()), ids=lambda value: value[:40])
def test_error_messages_are_plain(name: str, text: str) -> None:
    assert quirks(text) == [], name


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_are_plain(template: Path) -> None:
    assert quirks(_TAGS.sub(" ", template.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Only what is told as a fact (or is not): certain or probable, no if.",
        "Also what is not told as fact, in shapes that cannot say so.",
        "The views are told in docs/views.md.",
        "It tells what failed by class.",
        "At least so many independent reports.",
        "A matter that is wanted away turns the stance too.",
        "It is no machinery of its own.",
        "What was mended on the way, largest first.",
        "Bad documents are told on standard error.",
        "Nothing is said of what the report does not say.",
        "Values beside the page are believed more than the page.",
        "The list counts how many of them stand on their own feet.",
        "A codebook of one's own.",
        "The older reports are\nlet go of.",
        "A name that stands near is taken for an actor.",
    ],
)
def test_quirky_sentences_are_refused(sentence: str) -> None:
    assert quirks(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The record stores told_as and time_basis of each event.",
        "Only events asserted as fact: certain or probable, not denied, unconditional.",
        "The spokesman told reporters that the talks had ended.",
        "Minimum number of independent reports.",
    ],
)
def test_plain_sentences_pass(sentence: str) -> None:
    assert quirks(sentence) == []


def test_every_phrase_says_what_to_write_instead() -> None:
    assert len(PHRASES) > 80
    assert all(phrase.strip() and instead.strip() for phrase, instead in PHRASES.items())
