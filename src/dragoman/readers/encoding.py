"""Bytes to text: byte-order mark, strict UTF-8, then what the bytes look like."""

from __future__ import annotations

import codecs

from dragoman.errors import NotTextError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A text has next to no control characters; a picture or an archive has many.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}
_MOST_CONTROLS = 0.002


def decode(content: bytes, *, where: str) -> str:
    """Decode the bytes of a report.

    Line ends stay as they are, so that offsets stay true to the text as read.

    Raises:
        NotTextError: The bytes are not text in any encoding known.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise NotTextError(where=where, why=f"marked {encoding} but broken") from error
    controls = sum(content.count(bytes([code])) for code in _CONTROLS)
    if controls > max(len(content) * _MOST_CONTROLS, 0):
        raise NotTextError(where=where, why="binary bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_guessed(content, where)


def _decode_guessed(content: bytes, where: str) -> str:
    import chardet

    guess = chardet.detect(content[:100_000])
    for encoding in (guess.get("encoding"), "cp1252"):
        if not encoding:
            continue
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise NotTextError(where=where, why="no encoding fits its bytes")
