"""Safe terminal output: control characters in report text are shown, not interpreted.

Escape sequences can move the cursor, overwrite earlier output, set titles, and fill the clipboard; direction
marks can make a title appear as a different text.
"""

from __future__ import annotations

import re
import sys
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions

# All control characters except tabs and line ends, and the direction marks.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHOWN = "\ufffd"


def visible(text: str) -> str:
    """Return a text with each control character replaced by a visible sign."""
    return text if text.isprintable() else _CONTROLS.sub(_SHOWN, text)


class SafeConsole(Console):
    """Console of rich whose printed text cannot control the terminal; only its own styles can."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments to print, with control characters made visible."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(visible(piece.text), piece.style)


class _Visible:
    """Wrapper of standard output, if it is a terminal, for lines that are not printed by rich."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self._stream.flush()


def standard_output() -> Any:
    """Return the output stream for lines: unchanged for files and pipes, made visible for terminals."""
    return _Visible(sys.stdout) if sys.stdout.isatty() else sys.stdout
