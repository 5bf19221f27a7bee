"""Run the commands in the README and the tutorials, and compare or update their output.

Run: python scripts/tutorial.py [--write]
"""

from __future__ import annotations

import contextlib
import re
import shlex
import sys
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from dragoman.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
TUTORIALS = (
    ROOT / "README.md",
    ROOT / "docs" / "index.md",
    ROOT / "docs" / "first-steps.md",
    ROOT / "docs" / "tutorial-questions.md",
)
_BLOCK = re.compile(r"```console\n\$ (?P<command>dragoman [^\n]+)\n(?P<output>.*?)```", re.DOTALL)


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the commands of a tutorial, each with the output in the text."""
    return [(match["command"], match["output"]) for match in _BLOCK.finditer(text)]


def run(command: str, folder: Path) -> str:
    """Run one command with its record in a folder; return its output without trailing spaces."""
    words = shlex.split(command.removeprefix("dragoman "))
    words = [str(folder / word) if word.endswith(".sqlite") else word for word in words]
    with contextlib.chdir(ROOT):
        done = CliRunner().invoke(app, words)
    if done.exit_code:
        raise RuntimeError(f"{command}: {done.output}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def written(text: str, folder: Path) -> str:
    """Return a page with the current output of its commands."""
    return _BLOCK.sub(
        lambda match: f"```console\n$ {match['command']}\n{run(match['command'], folder)}```", text
    )


def main() -> None:
    """Compare the pages with the output of their commands; with --write, update them."""
    for page in TUTORIALS:
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            new = written(text, Path(folder))
        if "--write" in sys.argv:
            page.write_text(new, encoding="utf-8")
        elif new != text:
            sys.exit(f"{page.relative_to(ROOT)} shows other outputs; run python scripts/tutorial.py --write")


if __name__ == "__main__":
    main()
