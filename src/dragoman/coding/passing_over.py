"""What is no part of the report passed over: captions, "Read more", a repeated paragraph, unseen marks.

A text that is kept to the letter has them still. They are cut out before it is parsed, as a page's reader
cuts them out, so that the same report gives the same events; then every offset is moved to where its words
stand in the text that is kept.
"""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.language.pipeline import paragraph_breaks
from dragoman.readers.cleaning import report_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument

Span = tuple[int, int]
_OFFSETS = (("start", "end"), ("start_char", "end_char"))


class Cut:
    """A document without what is no part of the report, and the way back to the whole one.

    A document that has nothing else is left as it is: somebody gave just that to be read.

    Args:
        whole: The document.
        named: Finds the characters of names in a text; when given, paragraphs that name nobody are cut out
            too, and nothing may be left.

    Attributes:
        whole: The document.
        document: What is to be coded.
    """

    def __init__(self, whole: Document, named: Callable[[str], Iterable[Span]] | None = None) -> None:
        self.whole = whole
        self.document = whole
        text, breaks = whole.text, paragraph_breaks(whole.text)
        self._pieces = report_spans(text, breaks)
        if not any(text[start:end].strip() for start, end in self._pieces):
            self._pieces = [(0, len(text))]
        if named is not None:
            self._pieces = _with_a_name(self._pieces, breaks, list(named(text)))
        left = "".join(text[start:end] for start, end in self._pieces)
        if left != text:
            self.document = msgspec.structs.replace(whole, text=left)
            lengths = (end - start for start, end in self._pieces)
            self._begins = list(itertools.accumulate(lengths, initial=0))[:-1]

    def restore(self, coded: CodedDocument) -> CodedDocument:
        """Return what was coded with offsets into the whole text."""
        if self.document is self.whole:
            return coded
        moved: CodedDocument = self._move(msgspec.structs.replace(coded, document=self.whole))
        return moved

    def _move(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._move(item) for item in value)
        if not isinstance(value, msgspec.Struct) or value is self.whole:
            return value
        fields: dict[str, Any] = {name: self._move(getattr(value, name)) for name in value.__struct_fields__}
        if "content" in fields:
            fields["content"] = tuple(self._span(start, end) for start, end in fields["content"])
        for first, last in _OFFSETS:
            if isinstance(fields.get(first), int):
                start, end = fields[first], fields[last] = self._span(fields[first], fields[last])
                fields["text"] = self.whole.text[start:end]
        return type(value)(**fields)

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return (self._at(start), self._at(end - 1) + 1) if end > start else (self._at(start),) * 2

    def _at(self, offset: int) -> int:
        piece = bisect.bisect_right(self._begins, offset) - 1
        return self._pieces[piece][0] + offset - self._begins[piece]


def _with_a_name(pieces: list[Span], breaks: list[int], names: list[Span]) -> list[Span]:
    """Return what lies in paragraphs that hold a name."""
    ends = [*breaks, max((end for _, end in pieces), default=0)]
    named = {bisect.bisect_right(breaks, start) for start, _ in names}
    kept: list[Span] = []
    for start, end in pieces:
        for number in range(bisect.bisect_right(breaks, start), len(ends)):
            stop = min(end, ends[number])
            if number in named and start < stop:
                kept.append((start, stop))
            start = max(start, stop)
            if start >= end:
                break
    return kept
