"""The documentation site builds without a warning, fetches nothing and describes every command."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

from dragoman.cli.main import app

ROOT = Path(__file__).parents[1]
# What a browser fetches by itself: scripts, styles, images, fonts. Ordinary links may lead elsewhere.
FETCHED = re.compile(
    r"<(?:script|img|iframe)[^>]*\ssrc=[\"']?(?:https?:)?//|<link[^>]*\shref=[\"']?(?:https?:)?//"
)
FETCHED_BY_STYLE = re.compile(r"@import\s+url\(|url\([\"']?(?:https?:)?//")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s#]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")
PAGES = sorted(ROOT.glob("docs/**/*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package, reason="the site needs: pip install 'dragoman[docs]'")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "command_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_page_is_built(site: Path) -> None:
    for page in PAGES:
        assert (site / page.relative_to(ROOT / "docs")).with_suffix(".html").is_file(), page


def test_a_browser_fetches_nothing_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert not FETCHED.search(page.read_text(encoding="utf-8")), page
    for style in site.rglob("*.css"):
        assert not FETCHED_BY_STYLE.search(style.read_text(encoding="utf-8")), style


def test_the_references_are_in_the_site(site: Path) -> None:
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    assert 'id="dragoman-ingest"' in commands
    assert "--min-confidence" in commands
    python = (site / "reference" / "python.html").read_text(encoding="utf-8")
    for name in ("dragoman.Coder.code", "dragoman.Event", "dragoman.Record.events", "dragoman.make_view"):
        assert f'id="{name}"' in python or f'id="{name.lower()}"' in python, name


def test_every_command_and_option_is_in_the_reference(reference: ModuleType) -> None:
    text = reference.command_reference()
    commands = dict(reference.leaf_commands(get_command(app)))
    assert len(commands) > 40
    for path, command in commands.items():
        section = text.split(f"## {path}\n", 1)[1].split("\n## ", 1)[0]
        for param in command.params:
            if param.param_type_name == "option" and not param.hidden:
                assert param.opts[0] in section, (path, param.opts)


def test_examples_in_help_texts_become_code(reference: ModuleType) -> None:
    section = reference.command_reference().split("## dragoman ingest\n", 1)[1].split("\n## ", 1)[0]
    code = "".join(re.findall(r"```text\n(.*?)```", section, re.DOTALL))
    assert "dragoman ingest news/ --record news.sqlite" in code


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_of_the_repository(page: Path) -> None:
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        target = match[1] or match[2]
        if not re.match(r"https?:|mailto:", target):
            assert (page.parent / target).exists(), target


# A command at the beginning of a line of code, up to a comment, a pipe or a note in brackets.
_COMMAND = re.compile(r"^(?: {4}|\$ )?(dragoman [a-z].*?)(?: +(?:#|\||>|\[).*| {3,}.*)?$", re.MULTILINE)


def commands_shown(text: str) -> list[list[str]]:
    """Return the words of each `dragoman` command that a page shows in a block of code."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^ {4}\S.*$", text, re.MULTILINE)
    return [shlex.split(match[1]) for match in _COMMAND.finditer("\n".join([*fenced, *indented]))]


def unknown_words(words: list[str]) -> list[str]:
    """Return the options of a command line that its command does not have, or the name of no command."""
    command, rest = get_command(app), words[1:]
    while hasattr(command, "commands"):
        if not rest or rest[0] not in command.commands:
            return [] if rest and rest[0].startswith("--") else rest[:1]
        command, rest = command.commands[rest[0]], rest[1:]
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
    return [word for word in rest if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in known]


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_options_exist(page: Path) -> None:
    for words in commands_shown(page.read_text(encoding="utf-8")):
        assert unknown_words(words) == [], " ".join(words)


def test_an_unknown_command_or_option_is_noticed() -> None:
    shown = commands_shown(
        "    dragoman events --record r --actr RUS   # a comment\n```text\n$ dragoman evnts\n```\n"
    )
    assert sorted(map(unknown_words, shown)) == [["--actr"], ["evnts"]]
