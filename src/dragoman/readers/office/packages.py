"""Checks of office documents that are zip archives, made before a library opens them."""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING

from dragoman.errors import BrokenFileError, DocumentError, OversizeError, PackedTooTightError, WrongKindError
from dragoman.readers.signatures import advice_for, package_of, wrong_kind
from dragoman.settings import (
    FREE_UNPACKED_BYTES,
    MAX_PACKAGE_BYTES,
    MAX_PACKAGE_MEMBERS,
    MAX_PACKAGE_XML_BYTES,
    MAX_PACKING_RATIO,
    MAX_SPOOL_BYTES,
)

if TYPE_CHECKING:
    from dragoman.readers.sources import Source

_ADVICE = "save it in parts"
_XML = (".xml", ".rels", ".vml")
_ENTITIES = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_MIMETYPE = "mimetype"


def kind_of_package(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    """Return the kind of an archive that is an office file, and a name for messages."""
    names = set(archive.namelist()[:MAX_PACKAGE_MEMBERS])
    mimetype = b""
    if _MIMETYPE in names:
        try:
            with archive.open(_MIMETYPE) as member:
                mimetype = member.read(200)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it says nothing
            mimetype = b""
    return package_of(names, mimetype)


def open_package(source: Source, *, kind: str, wanted: str) -> io.BytesIO:
    """Return the bytes of an office file if it is of the required kind and within the size limits.

    Args:
        source: The file.
        kind: The required kind: docx, odt or xlsx.
        wanted: A name of that kind for messages.

    Raises:
        WrongKindError: The file is of another kind.
        DocumentError: The file is broken, too large, or compressed far more than news texts can be.
    """
    content = source.read_whole(MAX_SPOOL_BYTES // 8, what="one document", advice=_ADVICE)
    file = io.BytesIO(content)
    if not zipfile.is_zipfile(file):
        if content.startswith(b"PK\x03\x04"):
            raise BrokenFileError(where=source.name, what="document", why="its end is missing")
        raise wrong_kind(source.name, content, wanted=wanted)
    try:
        with zipfile.ZipFile(file) as archive:
            found = kind_of_package(archive)
            if found is None or found[0] != kind:
                what = found[1] if found else "a zip archive"
                raise WrongKindError(where=source.name, what=f"{what}, not {wanted}", advice=advice_for(what))
            _check_sizes(archive, len(content), source.name)
            _check_entities(archive, source.name)
    except DocumentError:
        raise
    # zipfile raises BadZipFile, zlib.error, EOFError, NotImplementedError and others.
    except Exception as error:
        why = str(error) or type(error).__name__
        raise BrokenFileError(where=source.name, what="document", why=why) from error
    file.seek(0)
    return file


def _check_sizes(archive: zipfile.ZipFile, packed: int, where: str) -> None:
    """Check the sizes in the directory, which `zipfile` does not exceed when it unpacks members."""
    members = archive.infolist()
    if len(members) > MAX_PACKAGE_MEMBERS:
        why = f"more than {MAX_PACKAGE_MEMBERS:,} members"
        raise BrokenFileError(where=where, what="document", why=why)
    total = sum(member.file_size for member in members)
    largest = max((m.file_size for m in members if m.filename.lower().endswith(_XML)), default=0)
    if total > max(FREE_UNPACKED_BYTES, MAX_PACKING_RATIO * packed):
        raise PackedTooTightError(where=where, ratio=MAX_PACKING_RATIO)
    if largest > MAX_PACKAGE_XML_BYTES:
        raise OversizeError(where=where, limit=MAX_PACKAGE_XML_BYTES, what="one part of it", advice=_ADVICE)
    if total > MAX_PACKAGE_BYTES:
        raise OversizeError(where=where, limit=MAX_PACKAGE_BYTES, what="all parts of it", advice=_ADVICE)


def _check_entities(archive: zipfile.ZipFile, where: str) -> None:
    """Reject XML entities: no program writes them; they only serve to expand a file or to fetch resources."""
    for member in archive.infolist():
        if not member.filename.lower().endswith(_XML):
            continue
        with archive.open(member) as file:
            if _has_entities(file):
                why = "it declares entities, as no word processor does"
                raise BrokenFileError(where=where, what="document", why=why)


def _has_entities(file: IO[bytes]) -> bool:
    tail = b""
    while chunk := file.read(1 << 20):
        if any(mark in tail + chunk for mark in _ENTITIES):
            return True
        tail = chunk[-32:]
    return False
