"""Escaping of report text for HTML, where direction controls are made visible, and content for scripts."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from typing import Any

# Characters that change the text direction: shown as codes, never passed through.
TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_PLAIN_TURNING = {ord(char): f"[U+{ord(char):04X}]" for char in TURNING} | {0: "\ufffd"}


def visible(text: str) -> str:
    """Escape text for HTML; direction controls become visible codes."""
    escaped = html.escape(text, quote=True)
    for char in TURNING:
        escaped = escaped.replace(char, f'<span class="control">U+{ord(char):04X}</span>')
    return escaped.replace("\x00", "\ufffd")


def plain(text: str) -> str:
    """Make direction controls visible in text that is escaped elsewhere (attributes, titles)."""
    return text.translate(_PLAIN_TURNING)


def attribute(text: str) -> str:
    """Escape text for an HTML attribute; direction controls become visible codes."""
    return html.escape(plain(text), quote=True)


def script_json(data: Any) -> str:
    """Return JSON that is safe in a script element: ASCII, without "<", ">" and "&"."""
    text = json.dumps(data, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def policy_hash(content: str) -> str:
    """Return the source expression of an inline script or style for a content security policy."""
    digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
