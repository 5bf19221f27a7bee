"""Answers already given, kept in a folder by text, prompt and model: a run resumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.errors import UsageError
from dragoman.files import replacing
from dragoman.model.identity import content_id

if TYPE_CHECKING:
    from pathlib import Path


class AnswerCache:
    """A folder of answers.

    Args:
        folder: Made when it is not there; None keeps nothing.

    Raises:
        UsageError: It cannot be made.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UsageError(message=f"--cache {folder}: cannot be made ({error})") from error

    def get(self, key: str) -> str | None:
        """Return an answer, or None when it was not given yet."""
        if self._folder is None:
            return None
        try:
            return (self._folder / f"{key}.json").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer; it is there completely or not at all."""
        if self._folder is None:
            return
        with replacing(self._folder / f"{key}.json") as out:
            out.write(answer.encode("utf-8"))


def answer_key(*, model: str, system: str, user: str) -> str:
    """Return the key of what was asked."""
    return content_id(model, system, user, length=32)
