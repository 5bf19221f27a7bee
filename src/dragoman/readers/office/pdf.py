"""PDF files with a text layer: column after column, without running heads and end-of-line hyphens."""

from __future__ import annotations

import io
import logging
import re
import zlib
from typing import IO, TYPE_CHECKING, Any

from dragoman.errors import BrokenFileError, NoArticleError, OversizeError, PackedTooTightError
from dragoman.readers.documents import reason_of
from dragoman.readers.office.page_layout import PageLine, join_lines, ordered_lines, without_running_heads
from dragoman.readers.office.paragraphs import missing, read_paragraphs
from dragoman.readers.signatures import wrong_kind
from dragoman.settings import FREE_UNPACKED_BYTES, MAX_BYTES, MAX_PACKING_RATIO, MAX_PDF_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

# The output of pdfminer for a glyph that its font does not map to a character.
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_STREAM = re.compile(rb"stream\r?\n")
# A stream may be compressed twice.
_DEEPEST = 3


def read_pdf(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a PDF file, or the articles of an export.

    Raises:
        DocumentError: The file is of another kind, broken, locked, too large or a scan, or pdfminer.six is
            missing.
    """
    try:
        import pdfminer.high_level
    except ModuleNotFoundError as error:
        raise missing("a PDF file", source) from error
    content = source.read_whole(MAX_BYTES, what="one PDF file", advice="save it in parts")
    _check(content, source.name)
    pages = _pages(io.BytesIO(content), pdfminer, source.name)
    paragraphs = join_lines([line for page in without_running_heads(pages) for line in ordered_lines(page)])
    if not any(paragraphs):
        raise NoArticleError(
            where=source.name,
            why="a PDF file without a text layer (a scan?)",
            advice="run it through text recognition first",
        )
    yield from read_paragraphs(paragraphs, source)


def _check(content: bytes, where: str) -> None:
    """Reject files that are not PDF, or that unpack to far more than a document does."""
    if b"%PDF-" not in content[:1024]:
        raise wrong_kind(where, content, wanted="a PDF file")
    allowed = max(FREE_UNPACKED_BYTES, MAX_PACKING_RATIO * len(content))
    for found in _STREAM.finditer(content):
        start = found.end()
        end = content.find(b"endstream", start)
        allowed -= _unpacked_size(content[start : end if end > 0 else None], allowed)
        if allowed < 0:
            raise PackedTooTightError(where=where, ratio=MAX_PACKING_RATIO)


def _unpacked_size(data: bytes, allowed: int, depth: int = 0) -> int:
    """Return the unpacked size of a stream; unpacking stops when the limit is exceeded."""
    try:
        unpacked = zlib.decompressobj().decompress(data, allowed + 1)
    except zlib.error:
        return 0
    inner = _unpacked_size(unpacked, allowed, depth + 1) if depth < _DEEPEST and unpacked[:1] == b"x" else 0
    return len(unpacked) + inner


def _pages(file: IO[bytes], pdfminer: Any, where: str) -> list[list[PageLine]]:
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # pdfminer logs a line for every irregularity of a file; errors are raised.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[list[PageLine]] = []
    try:
        # Without `boxes_flow` it does not order the boxes, which takes quadratic time.
        for number, page in enumerate(
            pdfminer.high_level.extract_pages(file, laparams=LAParams(boxes_flow=None))
        ):
            if number >= MAX_PDF_PAGES:
                raise OversizeError(
                    where=where,
                    limit=MAX_PDF_PAGES,
                    what="one PDF file",
                    unit="pages",
                    advice="save it in parts",
                )
            pages.append(list(_lines(page)))
    except OversizeError:
        raise
    except PDFPasswordIncorrect as error:
        raise BrokenFileError(where=where, what="PDF file", why="it is locked with a password") from error
    # The library raises many kinds of errors, RecursionError and AssertionError among them.
    except Exception as error:
        raise BrokenFileError(where=where, what="PDF file", why=reason_of(error)) from error
    return pages


def _lines(page: Any) -> Iterator[PageLine]:
    from pdfminer.layout import LTTextContainer, LTTextLineHorizontal

    for box in page:
        if not isinstance(box, LTTextContainer):
            continue
        for line in box:
            text = _UNMAPPED.sub("", line.get_text()) if isinstance(line, LTTextLineHorizontal) else ""
            if text.strip():
                yield PageLine(
                    text=text.rstrip("\n"), left=line.x0, right=line.x1,
                    top=page.y1 - line.y1, bottom=page.y1 - line.y0, page_height=page.height,
                )  # fmt: skip
