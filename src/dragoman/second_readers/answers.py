"""Cache of answers in a folder, keyed by text, prompt and model, so that a run can resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import UsageError
from dragoman.files import replacing
from dragoman.model.identity import content_id

if TYPE_CHECKING:
    from pathlib import Path


class AnswerCache:
    """A folder of cached answers.

    Args:
        folder: Created if it does not exist; None disables caching.

    Raises:
        UsageError: It cannot be created.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UsageError(message=f"--cache {folder}: cannot be made ({error})") from error

    def get(self, key: str) -> str | None:
        """Return a cached answer, or None."""
        if self._folder is None:
            return None
        try:
            return (self._folder / f"{key}.json").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, answer: str) -> None:
        """Store an answer atomically."""
        if self._folder is None:
            return
        with replacing(self._folder / f"{key}.json") as out:
            out.write(answer.encode("utf-8"))


def answer_key(*, model: str, system: str, user: str) -> str:
    """Return the cache key of a question."""
    return content_id(model, system, user, length=32)
