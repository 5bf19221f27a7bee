"""Paths to documents: files, folders, globs and standard input; one bad file never stops the rest."""

from __future__ import annotations

import glob
import io
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, cast

import msgspec

from dragoman.errors import (
    BrokenFileError,
    DocumentError,
    DuplicateIdError,
    EmptyDocumentError,
    NoArticleError,
    OversizeError,
    ReaderFaultError,
    UnreadableError,
    WrongKindError,
)
from dragoman.files import open_regular
from dragoman.model.documents import Document, DocumentAt, Failure
from dragoman.model.identity import content_id
from dragoman.readers.dates import check_date_form
from dragoman.readers.documents import make_failure, printable
from dragoman.readers.fields import check_columns
from dragoman.readers.format_readers import reader_of
from dragoman.readers.kinds import SUFFIXES, check_kind, choose, sniff
from dragoman.readers.office.packages import kind_of_package
from dragoman.readers.origins import OriginTracker, Reports, Step
from dragoman.readers.parquet import spooled
from dragoman.readers.remote import is_remote, open_remote
from dragoman.readers.signatures import advice_for, describe, unknown_kind
from dragoman.readers.sources import HEAD_BYTES, Options, Source, look_ahead
from dragoman.readers.text import META_SUFFIX
from dragoman.readers.unpacking import PACKED_SUFFIXES, Allowance, Bounded, packing, unpack
from dragoman.settings import FREE_UNPACKED_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.model.origins import Origin

STANDARD_INPUT = "-"
# Text kinds: a file that begins with a binary signature is of another kind, regardless of its name.
_TEXTUAL = frozenset({"text", "html", "feed", "json", "jsonl", "csv"})
# A compressed file in a zip in a compressed file is read; deeper nesting indicates an attack.
_DEEPEST = 3
_MOST_MEMBERS = 200_000
# A small zip may unpack to this many bytes in total; each file in it has its own limit.
_FREE_ZIP_BYTES = 16 * FREE_UNPACKED_BYTES
# Maximum number of failures of one kind listed for a file; for the others only the number is given.
MOST_OF_A_KIND = 100


def read(
    paths: Iterable[str],
    *,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    remote: bool = False,
    date_form: str | None = None,
) -> Reports:
    """Yield the documents of files, folders, globs and `-`, in order, and a failure for each bad one.

    The suffix says what kind a file is, unless its first bytes say otherwise; compressed files are unpacked
    as they are read. A second document with the id of an earlier one and another text is a failure, so that
    none is lost silently. Nothing is fetched unless requested.

    Args:
        paths: What to read.
        columns: Our field to a caller's column, for tables and JSON (`{"text": "body"}`).
        kind: The kind of every file, one of `kinds.KINDS`; None to detect it.
        date_form: How dates in tables, JSON and feeds are written: "day first" or "month first" for those
            that are ambiguous (03/04/2022), or a format for all of them (%d.%m.%Y). Without it such
            dates are refused.
        remote: Open addresses such as `s3://bucket/news/*.jsonl` with fsspec too.

    Returns:
        An iterator; `ingest` also uses the origins of its reports.

    Raises:
        UsageError: The columns, the kind or the form of dates are unknown.
    """
    options = Options(
        columns=check_columns(columns), kind=check_kind(kind), remote=remote,
        date_form=check_date_form(date_form),
    )  # fmt: skip
    return Reports(_read_all(paths, options))


def _read_all(paths: Iterable[str], options: Options) -> Iterator[Step]:
    # Digests instead of texts, because a run may have millions of reports.
    seen: dict[str, str] = {}
    for given in paths:
        for step in _read_one(given, options):
            if isinstance(step, DocumentAt):
                name, digest = step.document.id, content_id(step.document.text, length=12)
                if seen.setdefault(name, digest) != digest:
                    yield _duplicate(given, name, step.origin)
                    continue
            yield step
    yield options.origins.end()


def _duplicate(given: str, name: str, origin: Origin) -> Failure:
    error = DuplicateIdError(where=given, id=name, first="an earlier place")
    # Not the id alone, which is the name of the earlier report.
    failure = make_failure(error, name=f"{given}: {name}")
    return msgspec.structs.replace(failure, origin=origin)


def _read_one(given: str, options: Options) -> Iterator[Step]:
    where = options.origins
    if given == STANDARD_INPUT:
        stream = cast("io.BufferedReader", sys.stdin.buffer)
        where.enter_stream("standard input")
        yield from _steps("standard input", _standard_input(stream, options), options)
        return
    if is_remote(given) and options.remote:
        where.enter_address(given)
        yield from _steps(given, _remote(given, options), options)
        return
    path = Path(given)
    try:
        if path.is_dir():
            where.enter_tree(path)
            for inner in _files_within(path):
                reader = _file if _is_report(inner.name, options) else _stray_file
                where.enter_file(inner)
                yield from _steps(inner.name, reader(inner, options), options)
        elif path.exists() or not glob.has_magic(given):
            where.enter_file(path)
            yield from _steps(path.name or given, _file(path, options), options, guard=path.stem or given)
        else:
            for match in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - takes absolute patterns too
                yield from _read_one(match, options)
    # A name with a NUL, or one that is too long.
    except (ValueError, OSError) as error:
        yield make_failure(UnreadableError(where=given[:200], why=str(error)), name=given[:200])


def _steps(
    name: str, items: Iterator[Document | Failure], options: Options, *, guard: str | None = None
) -> Iterator[Step]:
    """Yield the items of one file with their origins; an error of the file itself is also a failure."""
    where = options.origins
    yield from _limited(name, where.located(_guarded(guard or name, items, where)), where)


def _files_within(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not path.name.startswith(".") and not path.name.endswith(META_SUFFIX) and path.is_file():
            yield path


def _stray_file(path: Path, options: Options) -> Iterator[Document | Failure]:
    """Read a file in a folder whose suffix is unknown if its first bytes show its kind; else fail."""
    with _opened(path) as file:
        head = file.read(HEAD_BYTES)
    if packing(head) is None and sniff(head) in (None, "xml"):
        raise unknown_kind(path.name, path.suffix.lower(), head)
    yield from _file(path, options)


def _is_report(name: str, options: Options) -> bool:
    """Return True if a file in a folder is to be read, judging by its name."""
    if name.startswith(".") or name.endswith(META_SUFFIX):
        return False
    suffix, _, packed = _suffixes(name)
    known = bool(suffix) and (suffix in SUFFIXES or (packed and not suffix))
    return known or options.kind is not None


def _limited(name: str, steps: Iterator[Step], where: OriginTracker) -> Iterator[Step]:
    """Yield steps; limit the failures of each kind, and report the number of the others at the end."""
    counts: Counter[str] = Counter()
    for step in steps:
        if isinstance(step, Failure):
            counts[step.error] += 1
            if counts[step.error] > MOST_OF_A_KIND:
                continue
        yield step
    for kind, count in counts.items():
        if count > MOST_OF_A_KIND:
            more = (
                f"{name}: {count - MOST_OF_A_KIND:,} more failures like the {MOST_OF_A_KIND} before ({kind})"
            )
            yield Failure(
                document_id=f"{name} ({kind}, more)"[:256],
                error=kind,
                message=printable(more),
                origin=where.whole(),
            )


def _guarded(
    name: str, items: Iterator[Document | Failure], where: OriginTracker
) -> Iterator[Document | Failure]:
    try:
        yield from items
        return
    except DocumentError as error:
        failure = make_failure(error, name=name)
    # An internal error, not one of the file: it is reported as such, and the run continues. Fuzzing counts it
    # as a finding.
    except Exception as error:  # noqa: BLE001
        why = f"{type(error).__name__}: {error}"[:300]
        failure = make_failure(ReaderFaultError(where=name, why=why), name=name)
    yield msgspec.structs.replace(failure, origin=where.break_off())


def _remote(address: str, options: Options) -> Iterator[Document | Failure]:
    for name, file in open_remote(address):
        inner = PurePosixPath(name).name
        if _is_report(inner, options) or inner == PurePosixPath(address).name:
            before = options.origins.enter_member(name)
            yield from _guarded(inner, _stream(file, inner, options), options.origins)
            options.origins.leave_member(before)


def _file(path: Path, options: Options) -> Iterator[Document | Failure]:
    with _opened(path) as file:
        yield from _stream(file, path.name, options, path=path)


def _opened(path: Path) -> io.BufferedReader:
    try:
        return open_regular(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(where=str(path), why=why) from error


def _stream(
    file: io.BufferedReader, name: str, options: Options, *, path: Path | None = None
) -> Iterator[Document | Failure]:
    head, stream = look_ahead(file, where=name)
    suffix, stem, _ = _suffixes(name)
    source = Source(name=name, stream=stream, head=head, suffix=suffix, stem=stem, path=path, options=options)
    yield from read_source(source)


def _standard_input(stream: io.BufferedReader, options: Options) -> Iterator[Document | Failure]:
    head, joined = look_ahead(stream, where="standard input", live=True)
    yield from read_source(Source(name="standard input", stream=joined, head=head, options=options))


def _suffixes(name: str) -> tuple[str, str, bool]:
    """Return the suffix without compression, the stem, and whether the name indicates compression."""
    path = PurePosixPath(name)
    packed = path.suffix.lower() in PACKED_SUFFIXES
    inner = PurePosixPath(path.stem) if packed else path
    return inner.suffix.lower(), inner.stem, packed


def read_source(source: Source) -> Iterator[Document | Failure]:
    """Yield the documents of one stream, decompressed if necessary, with the reader of its kind.

    Raises:
        DocumentError: The stream is empty, of unknown kind, or broken from the first byte.
    """
    if not source.head:
        raise EmptyDocumentError(where=source.name)
    form = packing(source.head)
    if form is not None:
        yield from read_source(_unpacked(source, form))
        return
    kind = choose(source.suffix, source.head, kind=source.options.kind)
    if source.options.kind is None and source.suffix in PACKED_SUFFIXES:
        kind = None
    if kind == "zip" or (kind is not None and source.head.startswith(b"PK\x03\x04")):
        yield from _zip(source)
        return
    foreign = describe(source.head)
    if kind is None:
        raise unknown_kind(source.name, source.suffix, source.head)
    if foreign is not None and kind in _TEXTUAL:
        raise WrongKindError(where=source.name, what=foreign, advice=advice_for(foreign))
    yield from reader_of(kind)(source)


def _unpacked(source: Source, form: str) -> Source:
    if source.depth >= _DEEPEST:
        raise BrokenFileError(where=source.name, what="archive", why="packed more than three times over")
    inner = unpack(source.stream, form=form, where=source.name, allowance=source.allowance)
    head, stream = look_ahead(inner, where=source.name)
    return replace(
        source, stream=stream, head=head, path=None, depth=source.depth + 1, allowance=inner.allowance
    )


def _zip(source: Source) -> Iterator[Document | Failure]:
    if source.depth >= _DEEPEST:
        raise BrokenFileError(where=source.name, what="archive", why="packed more than three times over")
    with spooled(source) as file:
        try:
            archive = zipfile.ZipFile(file)
            members = archive.infolist()
        # zipfile raises ValueError, struct.error, NotImplementedError and others on broken directories.
        except Exception as error:
            why = str(error) or type(error).__name__
            raise BrokenFileError(where=source.name, what="zip", why=why) from error
        package = kind_of_package(archive)
        if package is not None:
            yield from _package(file, package, source)
            return
        wanted = [member for member in members if _is_wanted(member, source.options)]
        if not wanted:
            raise NoArticleError(where=source.name, why="no report in the zip", advice="see docs/readers.md")
        size = file.seek(0, io.SEEK_END)
        allowance = source.allowance or Allowance(lambda: size, free=_FREE_ZIP_BYTES)
        where = source.options.origins
        for member in wanted[:_MOST_MEMBERS]:
            name = f"{source.name}/{member.filename}"
            before = where.enter_member(member.filename)
            yield from _guarded(name, _member(archive, member, replace(source, allowance=allowance)), where)
            where.leave_member(before)
        if len(wanted) > _MOST_MEMBERS:
            raise OversizeError(
                where=source.name,
                limit=_MOST_MEMBERS,
                what="one zip",
                unit="files",
                advice="unpack it yourself",
            )


def _package(file: IO[bytes], package: tuple[str, str], source: Source) -> Iterator[Document | Failure]:
    """Read an archive that is one office document."""
    kind, name = package
    if not kind:
        raise WrongKindError(where=source.name, what=name, advice=advice_for(name))
    file.seek(0)
    yield from reader_of(kind)(replace(source, stream=cast("io.BufferedReader", file)))


def _is_wanted(member: zipfile.ZipInfo, options: Options) -> bool:
    path = PurePosixPath(member.filename)
    if (
        not member.filename
        or member.is_dir()
        or path.name.startswith(".")
        or path.name.endswith(META_SUFFIX)
        or "__MACOSX" in path.parts
    ):
        return False
    suffix, _, packed = _suffixes(path.name)
    return options.kind is not None or packed or not suffix or suffix in SUFFIXES


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source
) -> Iterator[Document | Failure]:
    name = f"{source.name}/{member.filename}"
    try:
        opened: IO[bytes] = archive.open(member)
    except Exception as error:
        raise BrokenFileError(where=name, what="zip member", why=str(error)) from error
    allowance = Allowance(lambda: member.compress_size, above=source.allowance)
    with opened:
        bounded = Bounded(
            cast("io.BufferedIOBase", opened), allowance=allowance, what="zip member", where=name
        )
        head, stream = look_ahead(bounded, where=name)
        suffix, stem, _ = _suffixes(member.filename)
        inner = Source(
            name=name, stream=stream, head=head, suffix=suffix, stem=stem, options=source.options,
            depth=source.depth + 1, allowance=allowance,
        )  # fmt: skip
        # The size in the directory is not trusted: the limit applies to the decompressed bytes.
        yield from read_source(inner)
