"""Mail: messages (.eml) and mailboxes (.mbox), with their attached files."""

from __future__ import annotations

import email
import email.policy
import email.utils
import io
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dragoman.errors import (
    BrokenFileError,
    DocumentError,
    EmptyDocumentError,
    NoArticleError,
    OversizeError,
)
from dragoman.readers.documents import make_failure, reason_of
from dragoman.readers.encoding import decode
from dragoman.readers.fragments import fragment_paragraphs
from dragoman.readers.kinds import choose
from dragoman.readers.office.paragraphs import read_paragraphs
from dragoman.readers.signatures import unknown_kind, wrong_kind
from dragoman.readers.sources import HEAD_BYTES, Source
from dragoman.readers.vendors.markup import bare_text, markup_lines
from dragoman.readers.vendors.reading import named_layout, recognise
from dragoman.settings import MAX_MESSAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from dragoman.model.documents import Document, Failure
    from dragoman.readers.sources import Reader

_ADVICE = "save its text as .txt"
_MOST_PARTS = 200
_DEEPEST = 3
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_DECORATION = frozenset({"image", "video", "audio", "font"})


def read_eml(source: Source, *, reader_of: Callable[[str], Reader]) -> Iterator[Document | Failure]:
    """Yield the document of a message, or the articles of an export in it; then those of its attachments.

    The subject is the title, the sender is the publisher, and the day is that of the Date header as written.

    Args:
        source: The stream.
        reader_of: Returns the reader of a kind, for attachments.

    Raises:
        DocumentError: The stream is not a message, or too large.
    """
    content = source.read_whole(MAX_MESSAGE_BYTES, what="one message", advice=_ADVICE)
    if not _HEADER.match(content.lstrip()):
        raise wrong_kind(source.name, content, wanted="a message")
    yield from _read_message(content, source, reader_of)


def read_mbox(source: Source, *, reader_of: Callable[[str], Reader]) -> Iterator[Document | Failure]:
    """Yield the documents of the messages of a mailbox, with one message in memory at a time.

    Args:
        source: The stream.
        reader_of: Returns the reader of a kind, for attachments.

    Raises:
        DocumentError: The stream is not a mailbox.
    """
    if not source.head.startswith(b"From "):
        raise wrong_kind(source.name, source.head, wanted="a mailbox")
    for number, content in enumerate(_messages(source.stream), start=1):
        where = f"{source.name}, message {number}"
        try:
            if content is None:
                raise OversizeError(where=where, limit=MAX_MESSAGE_BYTES, what="one message", advice=_ADVICE)
            yield from _read_message(content, _inner(source, where), reader_of)
        except DocumentError as error:
            yield make_failure(error, name=where)


def _messages(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """Yield the messages of a mailbox, each after a line "From ..."; None for one that is too large."""
    lines: list[bytes] = []
    size = 0
    blank, begun = True, False
    while line := stream.readline(1 << 20):
        if blank and line.startswith(b"From "):
            if begun:
                yield _message_of(lines, size)
            lines, size, begun, blank = [], 0, True, False
            continue
        size += len(line)
        if size <= MAX_MESSAGE_BYTES:
            lines.append(line)
        else:
            lines = []
        blank = not line.strip()
    if begun:
        yield _message_of(lines, size)


def _message_of(lines: list[bytes], size: int) -> bytes | None:
    return _QUOTED_FROM.sub(rb"\1", b"".join(lines)) if size <= MAX_MESSAGE_BYTES else None


def _inner(source: Source, name: str, content: bytes = b"", suffix: str = "") -> Source:
    return Source(
        name=name, stream=io.BufferedReader(io.BytesIO(content)), head=content[:HEAD_BYTES], suffix=suffix,
        options=source.options, depth=source.depth + 1,
    )  # fmt: skip


def _read_message(
    content: bytes, source: Source, reader_of: Callable[[str], Reader]
) -> Iterator[Document | Failure]:
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        facts = _facts(message)
        parts = list(_attached(message))
        paragraphs = _body(message, source)
    except DocumentError:
        raise
    # The header parser raises many kinds of errors for broken headers.
    except Exception as error:
        raise BrokenFileError(where=source.name, what="message", why=reason_of(error)) from error
    if any(line.strip() for line in paragraphs):
        try:
            yield from read_paragraphs(paragraphs, source, facts=facts)
        except DocumentError as error:
            yield make_failure(error, name=source.name)
    elif not parts:
        raise EmptyDocumentError(where=source.name)
    for name, data in parts[:_MOST_PARTS]:
        yield from _read_attached(name, data, source, reader_of)


def _facts(message: EmailMessage) -> dict[str, Any]:
    sender, address = email.utils.parseaddr(str(message.get("From", "")))
    written = message.get("Date")
    day = getattr(written, "datetime", None)
    return {
        "title": str(message.get("Subject", "")) or None,
        "publisher": sender or address.rpartition("@")[2] or None,
        "published_on": day.date() if day is not None else None,
    }


def _body(message: EmailMessage, source: Source) -> list[str]:
    """Return the lines of the text that a mail program would show."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return []
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return []
    text = decode(data, where=source.name, declared=part.get_content_charset())
    if part.get_content_subtype() != "html":
        return text.splitlines()
    if named_layout(source) or recognise(bare_text(text)):
        return markup_lines(text, where=source.name)
    return fragment_paragraphs(text, where=source.name)


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Yield the attached files, except pictures, sound, video and fonts."""
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() != "attachment":
            continue
        if part.get_content_maintype() in _DECORATION:
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            yield part.get_filename() or "attachment", data


def _read_attached(
    name: str, data: bytes, source: Source, reader_of: Callable[[str], Reader]
) -> Iterator[Document | Failure]:
    file = PurePosixPath(name).name
    where = f"{source.name}/{file}"
    inner = _inner(source, where, data, PurePosixPath(file).suffix.lower())
    try:
        if inner.depth > _DEEPEST:
            raise BrokenFileError(
                where=where, what="message", why="files in files more than three times over"
            )
        kind = choose(inner.suffix, inner.head, kind=source.options.kind)
        if kind == "zip":
            kind = inner.suffix.removeprefix(".")
            if kind not in ("docx", "odt", "xlsx"):
                raise NoArticleError(
                    where=where, why="an archive in a message", advice="save it and give it by itself"
                )
        if kind is None:
            raise unknown_kind(where, inner.suffix, inner.head)
        yield from reader_of(kind)(inner)
    except DocumentError as error:
        yield make_failure(error, name=where)
