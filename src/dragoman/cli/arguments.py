"""Checks of the arguments of all commands before they run.

Values that would be ignored or cause damage are refused: an option given twice of which only the last would
apply, an empty value, a number too large for databases, an output that is the input file or a record.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typer

# Range of integers accepted by SQLite, Parquet and random number generators.
_LARGEST = 2**63 - 1
_OUTPUT = "output"
_SQLITE = b"SQLite format 3\x00"


class CheckedCommand(TyperCommand):
    """Command that refuses arguments which would be ignored or cause damage."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments of a call.

        Raises:
            UsageError: An argument is refused; the message names it.
        """
        if args and not ctx.resilient_parsing:
            _, _, given = self.make_parser(ctx).parse_args(args=list(args))
            _refuse_repeated(given)
        rest = super().parse_args(ctx, args)
        for param in self.params:
            _refuse_value(_written(param), ctx.params.get(str(param.name)))
        _refuse_overwriting(ctx.params)
        return rest


def check_commands(app: typer.Typer) -> None:
    """Make all commands of an app, and of its groups, check their arguments."""
    for command in app.registered_commands:
        command.cls = CheckedCommand
    for group in app.registered_groups:
        if group.typer_instance is not None:
            check_commands(group.typer_instance)


def _written(param: Any) -> str:
    """Return the longest option of a parameter, or its name."""
    options = [str(each) for each in param.opts if str(each).startswith("-")]
    return max(options, key=len) if options else str(param.name)


def _refuse_repeated(given: list[Any]) -> None:
    seen = set()
    for param in given:
        if param.name in seen and not param.multiple and not getattr(param, "is_flag", False):
            message = f"{_written(param)} is given twice, and takes one value; run the command once for each"
            raise UsageError(message=message)
        if param.param_type_name == "option":
            seen.add(param.name)


def _refuse_value(written: str, value: object) -> None:
    if value == "" and written.startswith("-"):
        raise UsageError(message=f"{written} is empty; give a value, or leave the option out")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise UsageError(message=f"{written} {value}: too large a number; use {_LARGEST} at most")


def _refuse_overwriting(params: Mapping[str, Any]) -> None:
    output = params.get(_OUTPUT)
    if not isinstance(output, Path) or not output.is_file():
        return
    if any(
        _is_same(each, output) for name, value in params.items() if name != _OUTPUT for each in _all(value)
    ):
        raise UsageError(message=f"--output {output}: is the file that is read from; give another name")
    if _is_record(output):
        message = f"--output {output}: is a record, and nothing is written over one; give another name"
        raise UsageError(message=message)


def _all(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _is_same(given: Any, output: Path) -> bool:
    """Return True if a value names the output file."""
    if not isinstance(given, str | Path):
        return False
    try:
        return Path(given).samefile(output)
    except (OSError, ValueError):
        return False


def _is_record(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False
