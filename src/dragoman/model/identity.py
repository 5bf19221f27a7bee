"""Content hashes: the same content has the same id on any machine and in any run."""

from __future__ import annotations

import hashlib

_SEPARATOR = "\x1f"


def content_id(*parts: object, length: int = 16) -> str:
    """Return a hexadecimal id of `length` characters computed from the parts.

    Parts are separated by a character that does not occur in news text, so ("ab", "c") and ("a", "bc")
    differ. None and "" are the same.
    """
    joined = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()[:length]
