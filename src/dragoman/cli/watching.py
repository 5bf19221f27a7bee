"""The `watch` command: poll a feed, code its new items and store them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import (
    ActorFolders,
    CalibrationOption,
    CodebookFolders,
    NegationsOption,
    RecordOption,
)
from dragoman.cli.terminal import visible
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.errors import DragomanError
    from dragoman.model.documents import Document, Failure

_INTERRUPTED = 130
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST = 10


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(watch)


def watch(
    feed: Annotated[str, typer.Argument(help="URL of an RSS or Atom feed (http or https).")],
    record: RecordOption,
    every: Annotated[
        str, typer.Option("--every", help="Interval between two fetches: 15m, 1h, 90s.")
    ] = "15m",
    once: Annotated[
        bool, typer.Option("--once", help="Fetch once and exit, for use with cron or a timer.")
    ] = False,
    codebook: CodebookFolders = None,
    actors: ActorFolders = None,
    calibration: CalibrationOption = None,
    negations: NegationsOption = False,
) -> None:
    """Poll a feed; code its new items and add them to the record.

    Requests are conditional (ETag, Last-Modified); after an error the interval grows, and Retry-After is
    respected. The state of the feed is stored in FILE.feeds.json next to the record. Ctrl-C stops the
    command; everything reported as stored is in the record.

    Example:
      dragoman watch https://news.example/feed.xml --record news.sqlite --every 30m
    """
    from dragoman.coding.decision.calibration import load_calibration
    from dragoman.readers.watch import watch as watch_feed

    seconds = read_seconds(every)
    if calibration is not None:
        # The coder is loaded only when there is something to code; a wrong file raises an error before that.
        load_calibration(calibration)

    try:
        watch_feed(
            feed, state_path=record.with_name(f"{record.name}.feeds.json"), every=seconds, once=once,
            keep=_Keeper(
                feed,
                record, codebook=codebook or [], actors=actors or [], calibration=calibration,
                negations=negations,
            ).keep, tell=_tell,
        )  # fmt: skip
    except KeyboardInterrupt:
        sys.stderr.write("stopped; run the same command again to resume\n")
        sys.exit(_INTERRUPTED)


def read_seconds(given: str) -> float:
    """Parse a duration such as 90s, 15m, 1h.

    Raises:
        UsageError: It is not a duration, or too short to be fair to the server.
    """
    found = re.fullmatch(r"(\d{1,6})\s*([smhd]?)", given.strip())
    seconds = int(found[1]) * _SECONDS[found[2] or "s"] if found else 0
    if seconds < _SHORTEST:
        raise UsageError(message=f"--every {given!r}: write a number and s, m, h or d; at least {_SHORTEST}s")
    return seconds


class _Keeper:
    """Coder and writer of feed items; the coder is loaded when there is first something to code."""

    def __init__(
        self,
        feed: str,
        record: Path,
        *,
        codebook: list[Path],
        actors: list[Path],
        calibration: Path | None = None,
        negations: bool = False,
    ) -> None:
        self._feed = feed
        self._record = record
        self._codebook = codebook
        self._actors = actors
        self._calibration = calibration
        self._negations = negations
        self._loaded: tuple[Coder, str] | None = None

    def _coder(self) -> tuple[Coder, str]:
        from dragoman.coding.coder import Coder
        from dragoman.running.fingerprint import fingerprint

        if self._loaded is None:
            options = {"calibration": self._calibration, "negations": self._negations}
            coder = Coder(codebook=self._codebook, actors=self._actors, **options)  # type: ignore[arg-type]
            hashed = fingerprint(codebook=self._codebook, actors=self._actors, **options)  # type: ignore[arg-type]
            self._loaded = coder, hashed
        return self._loaded

    def keep(self, documents: list[Document | Failure]) -> None:
        """Code and store new items; print the outcome."""
        from dragoman.cli.ingesting import open_grouper
        from dragoman.cli.output import print_failure
        from dragoman.readers.origins import in_stream
        from dragoman.record.store import Record
        from dragoman.running.fingerprint import run_version
        from dragoman.running.ingest import ingest

        if not documents:
            sys.stderr.write("nothing new\n")
            return
        coder, hashed = self._coder()
        counts = dict.fromkeys(("coded", "unchanged", "failed"), 0)
        events = 0
        with Record.open(self._record) as kept:
            run_id = kept.begin_run(run_version(self._calibration))
            grouper = open_grouper(kept)
            for outcome in ingest(
                in_stream(self._feed, documents), code=coder.code_document, coder=hashed, record=kept,
                run_id=run_id, grouper=grouper,
            ):  # fmt: skip
                counts[outcome.status] += 1
                events += outcome.events
                if outcome.failure is not None:
                    print_failure(outcome.failure)
            grouper.close()
            kept.end_run(run_id, documents=counts["coded"], failures=counts["failed"])
        told = ", ".join(f"{count} {status}" for status, count in counts.items())
        sys.stderr.write(f"{told}; {events} events\n")


def _tell(error: DragomanError, wait: float) -> None:
    sys.stderr.write(f"{visible(' '.join(str(error).split()))}; trying again in {wait:.0f} s\n")
