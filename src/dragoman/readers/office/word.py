"""Word documents (.docx): paragraphs and rows of tables in order, without headers, footers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import BrokenFileError
from dragoman.readers.documents import reason_of
from dragoman.readers.office.packages import open_package
from dragoman.readers.office.paragraphs import missing, read_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Source

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _ROW, _CELL = f"{_WORD}p", f"{_WORD}tr", f"{_WORD}tc"
# Tracked deletions have their own elements, which are not read.
_PIECES = {
    f"{_WORD}t": None,
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}
_HEADINGS = ("Title", "Heading1", "Heading 1")


def read_docx(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a Word file, or the articles of an export.

    Raises:
        DocumentError: The file is of another kind, broken, too large or empty, or python-docx is not
            installed.
    """
    try:
        import docx
    except ModuleNotFoundError as error:
        raise missing("a Word document", source) from error
    file = open_package(source, kind="docx", wanted="a Word document")
    try:
        opened = docx.Document(file)
        paragraphs = _paragraphs(opened.element.body)
        title = _title(opened)
    # The library raises KeyError, ValueError, XMLSyntaxError, AttributeError and others on broken files.
    except Exception as error:
        raise BrokenFileError(where=source.name, what="Word document", why=reason_of(error)) from error
    yield from read_paragraphs(paragraphs, source, facts={"title": title})


def _title(opened: Any) -> str | None:
    """Return the first paragraph that is styled as a title."""
    for paragraph in opened.paragraphs[:5]:
        style = paragraph.style
        if style is not None and style.name in _HEADINGS and paragraph.text.strip():
            return str(paragraph.text)
    return None


def _paragraphs(body: Any) -> list[str]:
    lines: list[str] = []
    for element in body.iter(_PARAGRAPH, _ROW):
        above = {ancestor.tag for ancestor in element.iterancestors()}
        if _ROW in above or _FALLBACK in above or _PARAGRAPH in above:
            continue
        if element.tag == _ROW:
            lines.append("\t".join(_text(cell).replace("\n", " ") for cell in element.iter(_CELL)))
        else:
            lines += _text(element).split("\n")
    return lines


def _text(element: Any) -> str:
    return "".join(
        piece.text or "" if (fixed := _PIECES[piece.tag]) is None else fixed
        for piece in element.iter(*_PIECES)
    )
