"""Token of reviewers for `serve`."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

# Not an option, because all users of the machine can see the command line.
VARIABLE = "DRAGOMAN_REVIEW_TOKEN"


def given_token(path: Path | None) -> str | None:
    """Return the token from a file or the environment, or None.

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
    """Return the token that reviewers must know, and whether it was generated.

    Args:
        path: File with the token.
        is_here: Whether only this machine can reach the server.

    Raises:
        UsageError: No token was given, and other machines can reach the server.
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
