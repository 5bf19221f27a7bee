"""State shared by all requests: the record's path, knowledge, coder, templates and a small cache."""

from __future__ import annotations

import collections
import functools
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import dragoman
from dragoman.analysis.filters import FilterReader
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.codebook import load_codebook
from dragoman.knowledge.loading import data_folder, load_yaml
from dragoman.model.escaping import plain, visible
from dragoman.model.terms import FACTUALITIES, QUAD_CLASSES
from dragoman.record.store import Record
from dragoman.running.job import attempt
from dragoman.running.shard import CoderSettings
from dragoman.web.assets import asset_link
from dragoman.web.background_work import BackgroundWork
from dragoman.web.coding_jobs import CodingJobs
from dragoman.web.coding_pool import CodingPool
from dragoman.web.links import events_link, link, safe_url
from dragoman.web.marks import firmness_of, names_of, sentence_of, shorten, signed
from dragoman.web.request_limits import current_limit
from dragoman.web.review_access import ReviewAccess
from dragoman.web.shown import CODED, current_shown, shown_query
from dragoman.web.shown_copies import ShownCopy
from dragoman.web.verdict_words import reading_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dragoman.coding.coder import Coder
    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.codebook import Codebook
    from dragoman.knowledge.issues import IssueBook
    from dragoman.model.documents import Document, Failure
    from dragoman.model.records import CodedDocument
    from dragoman.web.coding_jobs import Progress
    from dragoman.web.shown import Shown
    from dragoman.web.suggesting import Suggester

_FOLDER = Path(__file__).parent
Made = TypeVar("Made")
# Maximum number of cached answers: each has the counts of a page, a few hundred kilobytes at most.
_KEPT = 128
# Maximum age, in seconds, of a cached answer while the record changes repeatedly, as during an ingest: at
# least this often within this many seconds. After fewer changes no outdated answer is returned.
_FRESH, _MANY_CHANGES, _BUSY = 5.0, 3, 5.0
# The same while another request is recomputing the answer.
_OLDEST = 30.0
# Maximum time, in seconds, that a page waits for an optional part.
_SOON = 0.25
# A pasted report: four times the longest of the development articles' tenth decile.
MAX_PASTED = 60_000
QUAD_WORDS = {
    "verbal_cooperation": "verbal cooperation",
    "material_cooperation": "material cooperation",
    "verbal_conflict": "verbal conflict",
    "material_conflict": "material conflict",
}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of a server.

    Attributes:
        record: The record file.
        hosts: Allowed host names of requests, without ports; others are refused.
        codebook: Codebook folders of the user's own, in the order in which they are overlaid.
        actors: Actor folders of the user's own.
        keep: Whether a pasted report may be stored in the record when the user requests it.
        rate: Maximum number of texts coded per minute for one address.
        review_token: The token that reviewers must enter; None to disable review.
        calibration: Calibration file from `dragoman calibrate`, for the confidence of pasted reports.
        patience: Number of seconds to wait for a pasted report before its progress is shown.
    """

    record: Path
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    codebook: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()
    keep: bool = False
    rate: int = 30
    review_token: str | None = None
    calibration: Path | None = None
    patience: float = 1.5


class _Kept(NamedTuple):
    """Cached answer, with its time and the state of the record it was computed from."""

    stamp: tuple[int, ...]
    at: float
    made: Any


class Site:
    """State shared by all requests of one server. Knowledge is loaded when first needed."""

    def __init__(self, settings: Settings, *, coder: Coder | None = None) -> None:
        self.settings = settings
        self._coder = coder
        self._coding = threading.Lock()
        self._pool = CodingPool(CoderSettings(
            codebook=tuple(str(folder.absolute()) for folder in settings.codebook),
            actors=tuple(str(folder.absolute()) for folder in settings.actors),
            calibration=str(settings.calibration.absolute()) if settings.calibration is not None else None,
        ))  # fmt: skip
        self._cache: collections.OrderedDict[tuple[object, ...], _Kept] = collections.OrderedDict()
        self._making: dict[tuple[object, ...], threading.Lock] = {}
        self._cache_lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._changes: collections.deque[float] = collections.deque(maxlen=_MANY_CHANGES)
        self.background = BackgroundWork()
        self._copies: dict[Shown, ShownCopy] = {}
        self.jobs = CodingJobs(self.code, self.keep)
        self.templates = _environment(self)
        token = settings.review_token
        self.review_access = ReviewAccess(token) if token is not None else None

    def record(self) -> Record:
        """Open the record with the events selected by the current request; close it when done.

        Raises:
            DragomanError: The record, or a copy of it, cannot be opened.
        """
        shown = current_shown()
        if shown == CODED:
            return self.coded_record()
        copy = self.cached(("shown record",), lambda: self._shown_copy(shown))
        return Record.open_to_read(copy.path, limit=current_limit())

    def _shown_copy(self, shown: Shown) -> ShownCopy:
        copy = self._copies.get(shown)
        if copy is None or not copy.update(self.settings.record):
            copy = self._copies[shown] = ShownCopy(self.settings.record, shown)
        return copy

    def coded_record(self) -> Record:
        """Open the record as coded, regardless of the current request; close it when done."""
        return Record.open_to_read(self.settings.record, limit=current_limit())

    def record_to_write(self) -> Record:
        """Open the record for writing; close it when done."""
        return Record.open(self.settings.record, create=False)

    @functools.cached_property
    def actors(self) -> ActorBook:
        """The actor book."""
        return load_actors(extra=self.settings.actors)

    @functools.cached_property
    def codebook(self) -> Codebook:
        """The codebook."""
        return load_codebook(self.settings.codebook)

    @functools.cached_property
    def issues(self) -> IssueBook:
        """The known issues."""
        return self.codebook.issues

    def type_names(self) -> list[str]:
        """Return the event types of the codebook."""
        return list(self.codebook.types)

    @functools.cached_property
    def state_names(self) -> dict[str, str]:
        """Return the names of states and organisations by id."""
        return {key: entry.name for key, entry in self.actors.entries.items()}

    def name(self, identifier: str | None) -> str:
        """Return the name of an actor, or its id if it is unknown."""
        if not identifier:
            return ""
        found = self.actors.get(identifier)
        if found is not None:
            return found.name
        return unlisted_name(identifier, self.state_names)

    def code_words(self, code: str) -> str:
        """Return the name of a sector or country code."""
        words = sector_words(code)
        return words if words != code else self.name(code)

    def filters(self, record: Record) -> FilterReader:
        """Return the parser of filters for a record."""
        return FilterReader(
            record, actors=lambda: self.actors, codebook=lambda: self.codebook, issues=lambda: self.issues
        )

    @functools.cached_property
    def suggester(self) -> Suggester:
        """The suggester of actors, dyads, issues and reports by the beginning of a name."""
        from dragoman.web.suggesting import Suggester

        return Suggester(self)

    def place_name(self, record: Record, key: str) -> str:
        """Return the name of a place key or country code."""
        names = self.cached(
            ("place names",), lambda: {place.key: place.name for place in record.places() if place.name}
        )
        return names.get(key) or self.name(key)

    def code(self, document: Document, progress: Progress | None = None) -> CodedDocument | Failure:
        """Code a pasted report, in a separate process or with the coder given to this site.

        Raises:
            RefusedError: Too many reports are being coded, this one took too long or was cancelled.
        """
        if self._coder is None:
            return self._pool.code(document, progress)
        with self._coding:
            if progress is not None:
                progress.enter("coding")
            return attempt(document, functools.partial(self._coder.code_document, document))

    def keep(self, coded: CodedDocument) -> None:
        """Save a coded report in the record."""
        with self.record_to_write() as record:
            run = record.begin_run(dragoman.__version__)
            record.add(coded, run_id=run)
            record.end_run(run, documents=1, failures=0)
        self.forget()

    def close(self) -> None:
        """End the coding process and background computation."""
        self.background.close()
        self._pool.close()
        self.forget()
        self._copies.clear()

    def cached(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """Return the result of `make`, cached while the record has not changed.

        While the record changes repeatedly, answers may be a few seconds old instead of being
        recomputed after each commit. If several requests need the same answer at once, one computes it;
        the others get the cached one if it is recent enough, or wait.
        """
        key = (current_shown(), *key)
        with self._cache_lock:
            lock = self._making.setdefault(key, threading.Lock())
        try:
            return self._made(key, make, lock)
        except BaseException:
            # Keep no lock for a key without a cached answer.
            with self._cache_lock:
                if key not in self._cache:
                    self._making.pop(key, None)
            raise

    def soon(self, key: tuple[object, ...], make: Callable[[], Made], *, wait: bool = False) -> Made | None:
        """Return the result of `cached`, or None if it takes too long and the page should not wait for it.

        It is then computed in the background, and a later request gets it.

        Args:
            key: As for `cached`.
            make: As for `cached`.
            wait: Whether to wait for the result without a limit.
        """
        shown = (current_shown(), *key)
        kept = self._kept(shown, _FRESH)
        if kept is not None:
            return kept.made  # type: ignore[no-any-return]
        if wait:
            return self.cached(key, make)
        return self.background.result(shown, lambda: self.cached(key, make), _SOON)

    def _made(self, key: tuple[object, ...], make: Callable[[], Made], lock: threading.Lock) -> Made:
        if not lock.acquire(blocking=False):
            kept = self._kept(key, _OLDEST)
            if kept is not None:
                return kept.made  # type: ignore[no-any-return]
            lock.acquire()
        try:
            stamp, kept = self._stamp(), self._kept(key, _FRESH)
            if kept is not None:
                return kept.made  # type: ignore[no-any-return]
            made = make()
            with self._cache_lock:
                self._cache[key] = _Kept(stamp, time.monotonic(), made)
                self._cache.move_to_end(key)
                while len(self._cache) > _KEPT:
                    gone, _ = self._cache.popitem(last=False)
                    self._making.pop(gone, None)
            return made
        finally:
            lock.release()

    def _kept(self, key: tuple[object, ...], seconds: float) -> _Kept | None:
        """Return the cached answer if the record has not changed since.

        While the record changes repeatedly, an answer younger than `seconds` is also returned.
        """
        stamp, now = self._stamp(), time.monotonic()
        with self._cache_lock:
            if stamp != self._seen:
                if self._seen is not None:
                    self._changes.append(now)
                self._seen = stamp
            kept = self._cache.get(key)
            if kept is None:
                return None
            is_busy = len(self._changes) == _MANY_CHANGES and now - self._changes[0] < _BUSY
            if kept.stamp != stamp and not (is_busy and now - kept.at < seconds):
                return None
            self._cache.move_to_end(key)
            return kept

    def forget(self) -> None:
        """Clear the cache after this server has changed the record."""
        with self._cache_lock:
            self._cache.clear()
            self._making.clear()

    def _stamp(self) -> tuple[int, ...]:
        stamp: list[int] = []
        path = self.settings.record
        for file in (path, path.with_name(path.name + "-wal")):
            try:
                found = file.stat()
            except OSError:
                continue
            # An empty WAL file does not indicate a change.
            if found.st_size:
                stamp += (found.st_mtime_ns, found.st_size)
        return tuple(stamp)


def unlisted_name(identifier: str, states: Mapping[str, str]) -> str:
    """Return a readable name for a party that the actor files do not list.

    Args:
        identifier: A group without a name ("G:GOV:officials"), the sector of a state ("ROH:GOV"), or the key
            of a person known only from reports ("jan-jansen").
        states: Names of states and organisations by id.
    """
    if identifier == "IGO":
        return "international organisations"
    first, _, rest = identifier.partition(":")
    if not rest:
        is_key = "-" in identifier and identifier == identifier.lower()
        return " ".join(part.capitalize() for part in identifier.split("-")) if is_key else identifier
    words = [sector_words(part) for part in rest.split(":")]
    if first in states:
        return f"{states[first]}: {words[-1]}"
    return words[-1].replace("-", " ") if words[-1] else identifier


@functools.cache
def _sector_names() -> dict[str, str]:
    content, _ = load_yaml(data_folder() / "lexicon" / "en" / "sector_names.yaml")
    return dict(content)


def sector_words(code: str) -> str:
    """Return the name of a sector code; any other value is returned unchanged."""
    return _sector_names().get(code, code)


def _environment(site: Site) -> Environment:
    found = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    found.filters.update(
        text=lambda words: Markup(f"<bdi>{visible(str(words))}</bdi>"),  # noqa: S704
        names=lambda refs: names_of(refs, site.code_words),
        sentence=lambda event: sentence_of(event, site.code_words),
        firmness=firmness_of, shorten=shorten, signed=signed, actor=site.name,
        safe_url=safe_url, kind=kind_words, sector=sector_words, verdict=reading_words,
    )  # fmt: skip
    found.globals.update(
        version=dragoman.__version__, shown=current_shown, shown_query=shown_query, quad_words=QUAD_WORDS,
        quads=QUAD_CLASSES, types=site.type_names, factualities=FACTUALITIES, link=link,
        events_at=events_link, asset=asset_link,
    )  # fmt: skip
    return found


def _finalize(value: object) -> object:
    """Replace direction controls in all template output, even if a template does not filter them."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def kind_words(name: str) -> str:
    """Return a code with underscores replaced by spaces."""
    return name.replace("_", " ")
