"""Detection of the kind of a stream, by its suffix unless its first bytes indicate otherwise."""

from __future__ import annotations

import re

from dragoman.errors import UsageError
from dragoman.readers.vendors.layouts import VENDORS

KINDS = (
    "text", "html", "feed", "json", "jsonl", "csv", "parquet", "warc", "zip",
    "docx", "rtf", "odt", "pdf", "xlsx", "eml", "mbox", *VENDORS,
)  # fmt: skip
SUFFIXES = {
    ".txt": "text", ".text": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".rdf": "feed",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc", ".wet": "warc",
    ".zip": "zip",
    ".docx": "docx", ".rtf": "rtf", ".odt": "odt", ".pdf": "pdf", ".xlsx": "xlsx",
    ".eml": "eml", ".mbox": "mbox", ".mbx": "mbox",
}  # fmt: skip
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|title|p)\b", re.IGNORECASE
)
_PAGE_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf:rdf|rdf)\b", re.IGNORECASE)
_BEFORE_ROOT = re.compile(rb"(?:\s+|<\?[^>]*\?>|<!--.*?-->|<!doctype\s+[^>\[]*>)*", re.DOTALL | re.IGNORECASE)
_MAILBOX = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_MESSAGE = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject|To|X-[\w-]+)[ ]?:", re.I
)
_MESSAGE_NEEDS = re.compile(
    rb"^From[ ]?:.*\n(?:.*\n)*?(?:Date|Subject)[ ]?:|^(?:Date|Subject)[ ]?:.*\n(?:.*\n)*?From[ ]?:",
    re.M | re.I,
)
_WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def sniff(head: bytes) -> str | None:
    """Return the kind of a stream by its first bytes; None if they could be plain text or a table."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if _MAILBOX.match(head):
        return "mbox"
    start = _narrow(head).lstrip()
    if start.startswith(b"<"):
        return _sniff_markup(start)
    if start.startswith(b"{"):
        return _sniff_object(start)
    if re.match(rb"\[\s*\{", start):
        return "json"
    return None


def _is_message(head: bytes) -> bool:
    """Return True if a text begins with the header of a message."""
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].replace(b"\r\n", b"\n")
    return bool(_MESSAGE.match(header) and _MESSAGE_NEEDS.search(header))


def _narrow(head: bytes) -> bytes:
    for mark, encoding in _WIDE_MARKS.items():
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _sniff_markup(start: bytes) -> str | None:
    passed = _BEFORE_ROOT.match(start)
    rest = start[passed.end() :] if passed else start
    if _FEED.match(rest):
        return "feed"
    if _PAGE_ROOT.search(start[:2048]) or _HTML.match(rest):
        return "html"
    return "xml" if start.startswith(b"<?xml") else None


def _sniff_object(start: bytes) -> str | None:
    """Return JSONL for a line that contains a whole object, JSON for an object over several lines."""
    if not re.match(rb"\{\s*[\"}]", start):
        return None
    first, newline, rest = start.partition(b"\n")
    whole = first.rstrip().endswith(b"}") and rest.lstrip()[:1] in (b"{", b"")
    return "jsonl" if whole or not newline else "json"


def choose(suffix: str, head: bytes, *, kind: str | None = None) -> str | None:
    """Return the kind to read a stream as, None if it cannot be read.

    Args:
        suffix: The file suffix, in lower case; "" if there is none.
        head: The first bytes.
        kind: The kind given by the caller, which always applies; a database does not determine the file
            format.
    """
    if kind is not None and kind not in VENDORS:
        return kind
    known = SUFFIXES.get(suffix)
    seen = sniff(head)
    if known is None and suffix:
        return seen if seen != "xml" else None
    if known in (None, "text"):
        # A text may begin with a brace or a tag; only an obvious page or non-text is excluded.
        if seen in ("parquet", "warc", "zip", "feed", "pdf", "rtf", "mbox") or (
            seen == "html" and _PAGE_ROOT.search(head[:1024])
        ):
            return seen
        if known is None and seen is None and _is_message(head):
            return "eml"
        return "text" if known or seen in (None, "xml") else seen
    if seen is None or known == seen:
        return known or None
    if {known, seen} == {"json", "jsonl"}:
        # One object on one line may be either, and is the same in both.
        return "jsonl" if known == "jsonl" or re.search(rb"\}\s*\n\s*\{", head) else "json"
    if known == "jsonl" and seen == "xml":
        return known
    # Their readers inspect the archive, or what precedes the header.
    if seen == "zip" and known in ("docx", "odt", "xlsx"):
        return "zip"
    if known in ("eml", "mbox") and seen not in ("pdf", "rtf", "zip", "mbox"):
        return known
    return "feed" if seen == "xml" else seen


def check_kind(kind: str | None) -> str | None:
    """Check a kind given by a caller.

    Raises:
        UsageError: There is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(message=f"kind {kind!r}: use one of {', '.join(KINDS)}")
    return kind
