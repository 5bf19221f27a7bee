"""Skipping of text that is not part of the report: captions, "Read more", datelines, a repeated paragraph.

A text kept verbatim still contains them, and wrapped lines, entities, ligatures and similar. It is normalised
and cut before it is parsed, so that the same report gives the same events; then every offset is mapped back
to its words in the original text.
"""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.language.line_wrapping import paragraph_breaks
from dragoman.language.normalization import normalize
from dragoman.language.text_map import Edit, TextMap
from dragoman.readers.cleaning import report_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from dragoman.language.datelines import Dateline
    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument

Span = tuple[int, int]
_OFFSETS = (("start", "end"), ("start_char", "end_char"))


class Cut:
    """A document reduced to the report for parsing, with the mapping back to the whole text.

    A document that contains nothing else is kept whole: it was provided to be read.

    Args:
        whole: The document.
        named: Function that returns the character spans of names in a text; if given, paragraphs without a
            name are also removed, and the result may be empty.
        known_words: Words of the dictionary; see `dragoman.language.normalization`.

    Attributes:
        whole: The document.
        document: The document to be coded.
        text_map: Mapping from the text to be coded to the whole one.
        datelines: The datelines removed, as character spans of the whole text.
    """

    def __init__(
        self,
        whole: Document,
        named: Callable[[str], Iterable[Span]] | None = None,
        *,
        known_words: Container[str] = frozenset(),
    ) -> None:
        self.whole = whole
        normalized = normalize(whole.text, known_words=known_words)
        self.datelines: tuple[Dateline, ...] = normalized.datelines
        pieces = _report_pieces(normalized.text, named)
        self.text_map: TextMap = normalized.text_map.edited(_edits_around(pieces, len(normalized.text)))
        self.document = whole
        if not self.text_map.is_identity:
            self.document = msgspec.structs.replace(whole, text=self.text_map.text)

    def restore(self, coded: CodedDocument) -> CodedDocument:
        """Return the coded document with offsets into the whole text."""
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
            fields["content"] = tuple(
                self.text_map.original_span(start, end) for start, end in fields["content"]
            )
        for first, last in _OFFSETS:
            if isinstance(fields.get(first), int):
                start, end = fields[first], fields[last] = self.text_map.original_span(
                    fields[first], fields[last]
                )
                fields["text"] = self.whole.text[start:end]
        return type(value)(**fields)


def _report_pieces(text: str, named: Callable[[str], Iterable[Span]] | None) -> list[Span]:
    breaks = paragraph_breaks(text)
    pieces = report_spans(text, breaks)
    if not any(text[start:end].strip() for start, end in pieces):
        pieces = [(0, len(text))]
    return pieces if named is None else _with_a_name(pieces, breaks, list(named(text)))


def _edits_around(pieces: list[Span], length: int) -> Iterator[Edit]:
    """Yield edits that remove the text between the pieces."""
    at = 0
    for start, end in [*pieces, (length, length)]:
        if at < start:
            yield Edit(at, start)
        at = end


def _with_a_name(pieces: list[Span], breaks: list[int], names: list[Span]) -> list[Span]:
    """Return the parts of the pieces in paragraphs that contain a name."""
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
