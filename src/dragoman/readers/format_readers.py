"""The reader function of each kind of stream."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.readers.sources import Reader

_OFFICE = frozenset({"docx", "rtf", "odt", "pdf", "xlsx", "eml", "mbox"})


def reader_of(kind: str) -> Reader:
    """Return the function that reads streams of a kind; its module is imported when it is first needed."""
    if kind in _OFFICE:
        return _office_reader(kind)
    if kind == "html":
        from dragoman.readers.vendors.streams import read_page_or_export as reader
    elif kind == "feed":
        from dragoman.readers.feeds import read_feed as reader
    elif kind == "jsonl":
        from dragoman.readers.jsonl import read_jsonl as reader
    elif kind == "json":
        from dragoman.readers.jsonl import read_json as reader
    elif kind == "csv":
        from dragoman.readers.tables import read_table as reader
    elif kind == "parquet":
        from dragoman.readers.parquet import read_parquet as reader
    elif kind == "warc":
        from dragoman.readers.warc import read_warc as reader
    else:
        from dragoman.readers.vendors.streams import read_text_or_export as reader
    return reader


def _office_reader(kind: str) -> Reader:
    if kind == "docx":
        from dragoman.readers.office.word import read_docx as reader
    elif kind == "rtf":
        from dragoman.readers.office.rtf import read_rtf as reader
    elif kind == "odt":
        from dragoman.readers.office.opendocument import read_odt as reader
    elif kind == "pdf":
        from dragoman.readers.office.pdf import read_pdf as reader
    elif kind == "xlsx":
        from dragoman.readers.office.workbook import read_xlsx as reader
    elif kind == "eml":
        from dragoman.readers.office.mail import read_eml

        reader = partial(read_eml, reader_of=reader_of)
    else:
        from dragoman.readers.office.mail import read_mbox

        reader = partial(read_mbox, reader_of=reader_of)
    return reader
