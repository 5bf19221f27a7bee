"""Content hashes: the same content gets the same id, on any machine, in any run."""

from __future__ import annotations

import hashlib

_SEPARATOR = "\x1f"


def content_id(*parts: object, length: int = 16) -> str:
    """Return a hexadecimal id of `length` characters made from the parts.

    Parts are joined by a character that news text does not hold, so ("ab", "c") and ("a", "bc")
    differ. None and "" are the same.
    """
    joined = _SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()[:length]
