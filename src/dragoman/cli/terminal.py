"""What comes from reports reaches a terminal as text only: control characters are shown, not obeyed.

Escape sequences can move the cursor, rewrite what stands above, set titles, and fill the clipboard; marks of
writing direction can make a title say something else.
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

# All controls but tabs and ends of lines, and the marks of writing direction.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHOWN = "\ufffd"


def visible(text: str) -> str:
    """Return a text with a sign in the place of each control character."""
    return text if text.isprintable() else _CONTROLS.sub(_SHOWN, text)


class SafeConsole(Console):
    """rich's console; what it is given to print cannot control the terminal, only its own styles can."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the pieces to print, each made visible."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(visible(piece.text), piece.style)


class _Visible:
    """Standard output for lines of our own making, where it is a terminal."""

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
    """Return where a command writes its lines: a file or pipe gets all, a terminal what can be shown."""
    return _Visible(sys.stdout) if sys.stdout.isatty() else sys.stdout
