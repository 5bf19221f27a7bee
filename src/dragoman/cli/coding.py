"""Implementation of `code`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from dragoman.cli.output import print_events, print_failure, progress
from dragoman.cli.terminal import standard_output
from dragoman.coding.coder import Coder
from dragoman.errors import UsageError
from dragoman.model.documents import Failure
from dragoman.model.terms import DEFAULT_READING
from dragoman.readers.base import read
from dragoman.readers.fields import parse_columns
from dragoman.record.store import Record
from dragoman.running.fingerprint import fingerprint, run_version
from dragoman.running.job import code_all
from dragoman.running.memory import loading_to_stay
from dragoman.settings import MAX_CODING_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dragoman.model.records import CodedDocument
    from dragoman.model.terms import Reading

FORMATS = ("table", "jsonl")


def code_paths(
    paths: list[str], *, form: str, record: Path | None, full: bool, codebook: list[Path],
    actors: list[Path], columns: list[str] | None = None, kind: str | None = None, fast: bool = False,
    negations: bool = False, min_confidence: float | None = None, language_model: str | None = None,
    calibration: Path | None = None,
    date_form: str | None = None,
    time_budget: float | None = MAX_CODING_SECONDS,
) -> None:  # fmt: skip
    """Code the reports at the paths, print them, and store them if a record is given."""
    if form not in FORMATS:
        raise UsageError(message=f"--format {form!r}: use one of {', '.join(FORMATS)}")
    documents = read(paths, columns=parse_columns(columns or []), kind=kind, date_form=date_form)
    reading: Reading = "fast" if fast else DEFAULT_READING
    with loading_to_stay():
        coder = Coder(
            codebook=codebook, actors=actors, full=full, negations=negations, reading=reading,
            min_confidence=min_confidence, language_model=language_model, calibration=calibration,
            time_budget=time_budget,
        )  # fmt: skip
        _ = coder.nlp
    kept = Record.open(record) if record is not None else None
    try:
        hashed = None
        if kept is not None:
            hashed = fingerprint(
                codebook=codebook, actors=actors, negations=negations, reading=reading,
                min_confidence=min_confidence, language_model=language_model, calibration=calibration,
            )  # fmt: skip
        run_id = kept.begin_run(run_version(calibration)) if kept else 0
        results = code_all(documents, code=coder.code_document, record=kept, run_id=run_id, coder=hashed)
        done, failed = _print_results(progress(results, "coding"), form)
        if kept is not None:
            kept.end_run(run_id, documents=done, failures=failed)
    finally:
        if kept is not None:
            kept.close()
    if failed and not done:
        sys.exit(1)


def _print_results(results: Iterable[CodedDocument | Failure], form: str) -> tuple[int, int]:
    done = failed = 0
    encoder = msgspec.json.Encoder()
    for result in results:
        if isinstance(result, Failure):
            failed += 1
            print_failure(result)
        elif form == "jsonl":
            done += 1
            standard_output().write(encoder.encode(result).decode("utf-8") + "\n")
            sys.stdout.flush()
        else:
            done += 1
            print_events(result.id, result.events)
    return done, failed
