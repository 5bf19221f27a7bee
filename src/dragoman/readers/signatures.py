"""Descriptions of file types by their first bytes, with advice, for error messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.errors import UnknownKindError, WrongKindError
from dragoman.readers.sources import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word, Excel, PowerPoint or Outlook file of the old kind"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"AT&TFORM", "a DjVu file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a recording"),
    (b"PAR1", "a Parquet file"),
    (b"WARC/", "a web archive"),
    (b"PK\x03\x04", "a zip archive or a document packed like one"),
    (b"\x1f\x8b", "a gzip file"),
    (b"!BDN", "an Outlook mailbox (.pst)"),
)
_LATER = ((257, b"ustar", "a tar archive"), (4, b"ftyp", "a film or a sound recording"))
_PDF_WITHIN = 1024
# Text can also begin with these, but contains no zero bytes.
_NEEDS_ZEROS = (b"MZ", b"ID3")

# Office files that are zip archives: a required member, the kind ("": not read) and the name of each.
_PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("word/document.xml", "docx", "a Word document"),
    ("xl/workbook.xml", "xlsx", "an Excel workbook"),
    ("xl/workbook.bin", "", "a binary Excel workbook (.xlsb)"),
    ("ppt/presentation.xml", "", "a PowerPoint presentation"),
    ("META-INF/container.xml", "", "an EPUB book"),
    ("Index/Document.iwa", "", "a Pages, Numbers or Keynote document"),
    ("META-INF/MANIFEST.MF", "", "a Java program"),
)
_OPEN_DOCUMENTS = {
    "text": ("odt", "an OpenDocument text"),
    "spreadsheet": ("", "an OpenDocument spreadsheet"),
    "presentation": ("", "an OpenDocument presentation"),
}
_ADVICE = {
    "a Word, Excel, PowerPoint or Outlook file of the old kind": "save it as .docx, .xlsx or .eml",
    "a PowerPoint presentation": "save its text as .docx or .txt",
    "an OpenDocument spreadsheet": "save it as .xlsx or .csv",
    "a binary Excel workbook (.xlsb)": "save it as .xlsx or .csv",
    "an Outlook mailbox (.pst)": "export its messages as .mbox or .eml",
    "a tar archive": "unpack it and give the folder",
    "a RAR archive": "unpack it and give the folder",
    "a 7-Zip archive": "unpack it and give the folder",
    "an EPUB book": "save its text as .html or .txt",
}


def describe(head: bytes) -> str | None:
    """Return a description of a file by its first bytes; None if they could be text."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            if signature in _NEEDS_ZEROS and b"\x00" not in head:
                continue
            return name
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "a PDF file"
    for offset, signature, name in _LATER:
        if head[offset : offset + len(signature)] == signature:
            return name
    return None


def package_of(names: Collection[str], mimetype: bytes) -> tuple[str, str] | None:
    """Return the kind ("" if not supported) and the name of a zip archive that is an office file.

    Args:
        names: Its members.
        mimetype: The content of its member `mimetype`, if any.
    """
    opened = re.match(rb"application/vnd\.oasis\.opendocument\.([a-z]+)", mimetype)
    if opened:
        other = ("", "an OpenDocument file")
        return _OPEN_DOCUMENTS.get(opened[1].decode("ascii"), other)
    for member, kind, name in _PACKAGES:
        if member in names:
            return kind, name
    return None


def unknown_kind(where: str, suffix: str, head: bytes) -> UnknownKindError:
    """Return the error for a file of an unsupported kind, with what its first bytes indicate."""
    what = describe(head)
    seen = f" (this one is {what}: {advice_for(what)})" if what else ""
    return UnknownKindError(where=where, what=suffix or "such", seen=seen)


def wrong_kind(where: str, content: bytes, *, wanted: str) -> WrongKindError:
    """Return the error for a file that is not of the kind that its name or the caller indicates.

    Args:
        where: The file.
        content: Its first bytes, or all of it.
        wanted: The expected kind: "a PDF file".
    """
    what = describe(content[:HEAD_BYTES]) or "a text or something unknown"
    return WrongKindError(where=where, what=f"{what}, not {wanted}", advice="give it its right name")


def advice_for(description: str) -> str:
    """Return advice for a file that cannot be read."""
    return _ADVICE.get(description, "leave it out")
