"""Refusals of valid requests: over a limit, not allowed, or not now."""

from __future__ import annotations

from dragoman.errors import DragomanError


class RefusedError(DragomanError):
    """Error for a valid request that is refused."""

    template = "{message}"
