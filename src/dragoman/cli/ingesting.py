"""Implementation of `ingest`; progress and the summary are printed to standard error."""

from __future__ import annotations

import collections
import signal
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from dragoman.cli.output import errors
from dragoman.cli.terminal import standard_output
from dragoman.coding.decision.calibration import load_calibration
from dragoman.errors import UsageError
from dragoman.language.models import find_model
from dragoman.model.checks import check_probability, check_seconds
from dragoman.model.terms import DEFAULT_READING
from dragoman.readers.base import read
from dragoman.readers.fields import parse_columns
from dragoman.record.store import Record
from dragoman.running.estimating import count_reports
from dragoman.running.fingerprint import fingerprint, run_version
from dragoman.running.grouping import Grouper
from dragoman.running.ingest import ingest, keep_coded
from dragoman.running.local import Workers
from dragoman.running.parts import code_into_parts
from dragoman.running.shard import CoderSettings, in_process, load_coder
from dragoman.settings import MAX_CODING_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import FrameType

    from dragoman.model.documents import Document, Failure
    from dragoman.model.terms import Reading
    from dragoman.running.ingest import Outcome
    from dragoman.running.shard import Engine

# What a shell gives for a command that Ctrl-C ended.
_INTERRUPTED = 130
ENGINES = ("local", "dask", "ray")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, kw_only=True)
class How:
    """Mode of coding: in this process, in several processes, or on a cluster."""

    workers: int = 1
    engine: str = "local"
    address: str | None = None
    parquet: str | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise UsageError(message=f"--engine {self.engine!r}: use one of {', '.join(ENGINES)}")
        if self.engine == "local" and self.address:
            raise UsageError(message="--address is for --engine dask or ray")


class Tally:
    """Counts of the outcomes of a run."""

    def __init__(self) -> None:
        self.outcomes: collections.Counter[str] = collections.Counter()
        self.failures: collections.Counter[str] = collections.Counter()
        self.events = 0
        self._began = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.outcomes[outcome.status] += 1
        self.events += outcome.events
        if outcome.failure is not None:
            self.failures[outcome.failure.error] += 1

    @property
    def rate(self) -> float:
        """Return the number of reports per second."""
        return self.outcomes.total() / max(time.monotonic() - self._began, 1e-9)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the summary."""
        seconds = time.monotonic() - self._began
        yield (
            f"{self.outcomes['coded']} coded ({self.events} events), {self.outcomes['unchanged']} unchanged,"
            f" {self.outcomes['failed']} failed in {seconds:.1f} s ({self.rate:.1f} a second)"
        )
        for name, count in self.failures.most_common():
            yield f"  {name}: {count}"


def ingest_sources(
    sources: list[str],
    *,
    record: Path,
    stories: bool,
    listing: bool,
    kind: str | None,
    columns: list[str],
    codebook: list[Path],
    actors: list[Path],
    how: How,
    negations: bool = False,
    skim: bool = False,
    fast: bool = False,
    min_confidence: float | None = None,
    language_model: str | None = None,
    calibration: Path | None = None,
    time_budget: float | None = MAX_CODING_SECONDS,
    date_form: str | None = None,
) -> None:
    """Code new reports, store them and print a summary."""
    check_probability(min_confidence, "min_confidence")
    if calibration is not None:
        load_calibration(calibration)
    tally = Tally()
    reading: Reading = "fast" if fast else DEFAULT_READING
    settings = CoderSettings(
        codebook=tuple(str(folder.absolute()) for folder in codebook),
        actors=tuple(str(folder.absolute()) for folder in actors),
        negations=negations,
        skim=skim,
        reading=reading,
        min_confidence=min_confidence,
        # Workers may run in another folder: a path must not depend on the working directory.
        language_model=str(find_model(language_model).absolute()) if language_model is not None else None,
        calibration=str(calibration.absolute()) if calibration is not None else None,
        time_budget=check_seconds(time_budget, "time_budget"),
    )
    hashed = fingerprint(
        codebook=codebook, actors=actors, negations=negations, skim=skim, reading=reading,
        min_confidence=min_confidence, language_model=language_model, calibration=calibration,
    )  # fmt: skip
    with Record.open(record) as kept, _stoppable() as stop, ExitStack() as open_things:
        run_id = kept.begin_run(run_version(calibration))
        grouper = open_grouper(kept) if stories else None
        options = _Keeping(coder=hashed, record=kept, run_id=run_id, grouper=grouper, stop=stop)
        documents = read(sources, columns=parse_columns(columns), kind=kind, remote=True, date_form=date_form)
        outcomes = _outcomes(documents, how, settings, options, open_things)
        for outcome in _shown(outcomes, sources, tally):
            if listing:
                standard_output().write(f"{outcome.document_id}\t{outcome.status}\t{outcome.events}\n")
                sys.stdout.flush()
        if grouper is not None:
            grouper.close()
        kept.end_run(run_id, documents=tally.outcomes["coded"], failures=tally.outcomes["failed"])
    for line in tally.lines():
        errors.print(Text(line))
    if tally.failures:
        errors.print(Text(f"see why: dragoman failures --record {record}"))
    if stop():
        errors.print(Text("stopped; run the same command again to resume"))
        sys.exit(_INTERRUPTED)
    if tally.outcomes["failed"] and tally.outcomes["failed"] == tally.outcomes.total():
        sys.exit(1)


class _Keeping(TypedDict):
    coder: str
    record: Record
    run_id: int
    grouper: Grouper | None
    stop: Callable[[], bool]


def _outcomes(
    documents: Iterator[Document | Failure], how: How, settings: CoderSettings, options: _Keeping,
    open_things: ExitStack,
) -> Iterator[Outcome]:  # fmt: skip
    engine = _engine(how, settings, open_things)
    if how.parquet is None:
        return ingest(documents, engine=engine, **options)
    coded = code_into_parts(documents, engine, how.parquet, coder=options["coder"], stop=options["stop"])
    return keep_coded(coded, **options)


def _engine(how: How, settings: CoderSettings, open_things: ExitStack) -> Engine:
    if how.engine == "dask":
        from dragoman.running.cluster import Cluster

        return open_things.enter_context(Cluster(how.address, workers=how.workers, settings=settings))
    if how.engine == "ray":
        from dragoman.running.ray_cluster import RayCluster

        return open_things.enter_context(RayCluster(how.address, workers=how.workers, settings=settings))
    if how.workers > 1:
        return open_things.enter_context(Workers(how.workers, settings))
    return in_process(load_coder(settings))


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Make the first Ctrl-C end after the current report, and the second at once."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = [(number, signal.signal(number, ask)) for number in _SIGNALS]
    try:
        yield lambda: asked
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def open_grouper(record: Record) -> Grouper:
    """Resume the grouping of a record; show progress if many of its reports are in no story yet."""
    told = "putting reports that are in no story into stories (not with --no-stories)"
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(told, total=None, visible=False)

        def tell(done: int, total: int) -> None:
            if not done and bar.disable:
                errors.print(Text(f"{told}: {total:,}"))
            bar.update(task, completed=done, total=total, visible=True)

        return Grouper.open(record, tell=tell)


def _shown(outcomes: Iterable[Outcome], sources: list[str], tally: Tally) -> Iterator[Outcome]:
    if not sys.stderr.isatty():
        for outcome in outcomes:
            tally.add(outcome)
            yield outcome
        return
    columns = (
        TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:.1f}/s"),
        TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(), TextColumn("{task.fields[told]}"),
    )  # fmt: skip
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("reports", total=count_reports(sources), rate=0.0, told="")
        for outcome in outcomes:
            tally.add(outcome)
            failed = tally.outcomes["failed"]
            told = f"{tally.events} events" + (f", {failed} failed" if failed else "")
            bar.update(task, advance=1, rate=tally.rate, told=told)
            yield outcome
