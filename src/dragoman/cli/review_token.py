"""What reviewers must know, as `serve` is given it."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

# On the command line every user of the machine would see it.
VARIABLE = "DRAGOMAN_REVIEW_TOKEN"


def given_token(path: Path | None) -> str | None:
    """Return the token of a file or of the environment; None when there is none.

    Raises:
        UsageError: The file cannot be read or is empty.
    """
    if path is None:
        return os.environ.get(VARIABLE, "").strip() or None
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(message=f"--review-token-file {path}: cannot be read ({error})") from error
    if not token:
        raise UsageError(message=f"--review-token-file {path}: the file is empty")
    return token


def choose_token(path: Path | None, *, is_here: bool) -> tuple[str, bool]:
    """Return the token that reviewers must know, and whether it was made up.

    Args:
        path: The file that it stands in.
        is_here: Only this machine reaches the server.

    Raises:
        UsageError: None was given, and others reach the server.
    """
    token = given_token(path)
    if token is not None:
        return token, False
    if not is_here:
        message = (
            "others reach this server: give what reviewers must know with --review-token-file FILE or"
            f" {VARIABLE}, or leave --review out"
        )
        raise UsageError(message=message)
    return secrets.token_urlsafe(24), True
