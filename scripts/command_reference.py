"""Write the reference of all commands as Markdown, from the Typer application itself.

The documentation build writes it to docs/reference/commands.md (docs/conf.py).

Run: python scripts/command_reference.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Markup of rich in help texts, such as [bold] and [/bold]; an escaped bracket is not markup.
_MARKUP = re.compile(r"(?<!\\)\[/?(?:bold|dim|italic)\]")


def command_reference() -> str:
    """Return the reference of all commands as Markdown, generated from the Typer application."""
    from typer.main import get_command

    from dragoman.cli.main import app

    return "\n".join(
        line for path, command in leaf_commands(get_command(app)) for line in _section(path, command)
    )


def leaf_commands(group: Any, path: str = "dragoman") -> Iterator[tuple[str, Any]]:
    """Yield every executable command, with the words that invoke it."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from leaf_commands(command, f"{path} {name}")
        elif not command.hidden:
            yield f"{path} {name}", command


def _section(path: str, command: Any) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join([path, *(_placeholder(p) for p in arguments), "[OPTIONS]" if options else ""]).strip()
    yield from (f"## {path}", "", "```text", usage, "```", "", _help_as_markdown(command.help or ""), "")
    for title, params, name in (("Argument", arguments, _placeholder), ("Option", options, _option_name)):
        if params:
            yield from (f"| {title} | Meaning | Default |", "|---|---|---|")
            yield from (f"| `{name(p)}` | {_cell(p.help or '')} | {_default(p)} |" for p in params)
            yield ""


def _placeholder(param: Any) -> str:
    name = param.name.upper() + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _option_name(param: Any) -> str:
    return ", ".join([*param.opts, *param.secondary_opts])


def _default(param: Any) -> str:
    if param.required:
        return "required"
    default = param.default
    is_value = isinstance(default, str | int | float | Path) and not isinstance(default, bool)
    return f"`{default}`" if is_value and str(default) else ""


def _cell(text: str) -> str:
    plain = _MARKUP.sub("", text).replace("\\[", "[")
    return " ".join(plain.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _help_as_markdown(text: str) -> str:
    """Return a help text with its example commands and indented lines as code blocks."""
    lines: list[str] = []
    in_code = False
    for line in _MARKUP.sub("", text).replace("\b", "").replace("\\[", "[").splitlines():
        is_code = line.startswith("  ") and bool(line.strip())
        if is_code != in_code and (line.strip() or not in_code):
            lines.extend(["", "```text"] if is_code else ["```", ""])
            in_code = is_code
        if line.strip() or not in_code:
            lines.append(line.strip() if is_code else line)
    return "\n".join([*lines, "```"] if in_code else lines)


if __name__ == "__main__":
    print(command_reference())
