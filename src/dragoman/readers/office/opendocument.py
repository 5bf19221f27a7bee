"""OpenDocument texts (.odt) of LibreOffice and others."""

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

_OUTSIDE = (
    "not(ancestor::text:tracked-changes) and not(ancestor::office:annotation) and not(ancestor::text:note)"
)
_PARAGRAPHS = (
    f"//office:body//text:p[{_OUTSIDE} and not(ancestor::table:table-row)]"
    f"|//office:body//text:h[{_OUTSIDE} and not(ancestor::table:table-row)]"
    f"|//office:body//table:table-row[{_OUTSIDE} and not(ancestor::table:table-row)]"
)


def read_odt(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of an OpenDocument text, or the articles of an export.

    Raises:
        DocumentError: The file is of another kind, broken, too large or empty, or odfdo is not installed.
    """
    try:
        import odfdo
    except ModuleNotFoundError as error:
        raise missing("an OpenDocument text", source) from error
    file = open_package(source, kind="odt", wanted="an OpenDocument text")
    try:
        body: Any = odfdo.Document(file).body
        elements = body.xpath(_PARAGRAPHS)
        paragraphs = [line for element in elements for line in _text(element)]
        title = next(
            (str(e.text_recursive) for e in elements[:5] if e.tag == "text:h" and e.text_recursive.strip()),
            None,
        )
    # The library raises many kinds of errors for broken files.
    except Exception as error:
        raise BrokenFileError(where=source.name, what="OpenDocument text", why=reason_of(error)) from error
    yield from read_paragraphs(paragraphs, source, facts={"title": title})


def _text(element: Any) -> list[str]:
    if element.tag == "table:table-row":
        return [
            "\t".join(" ".join(_text_of(p) for p in cell.xpath(".//text:p")) for cell in element.children)
        ]
    return _text_of(element).split("\n")


def _text_of(element: Any) -> str:
    return str(element.text_recursive)
