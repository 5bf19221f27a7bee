"""Implementation of `calibrate`: fit a calibration, compare before and after, write it if better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import typer

from dragoman.cli.rows import print_table
from dragoman.errors import UsageError
from dragoman.files import replacing
from dragoman.record.store import Record
from dragoman.study.calibrating import FOLDS, calibrate, judged_additions, judged_events

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.cli.filters import Asked
    from dragoman.coding.decision.calibration import Calibration
    from dragoman.study.calibrating import CalibrationReport

# Confidence values at which the effect of the calibration is shown.
_SHOWN = (0.3, 0.5, 0.7, 0.9)


def calibrate_record(path: Path, asked: Asked, output: Path, *, needs_agreement: bool = False) -> None:
    """Fit a calibration to the verdicts in a record and write it.

    Raises:
        UsageError: There are too few verdicts, or the calibration would be no better.
    """
    with Record.open_to_read(path) as record:
        wanted = asked.read(record)
        judged, added = judged_events(record, wanted), judged_additions(record, wanted)
    report = calibrate(judged, added, needs_agreement=needs_agreement)
    _print(report)
    if not report.improves:
        message = "confidence is as good as it is: nothing was written"
        raise UsageError(message=message)
    with replacing(output) as out:
        out.write(msgspec.json.format(msgspec.json.encode(report.calibration)) + b"\n")
    typer.echo(f"written: {output}; use it with: dragoman ingest ... --calibration {output}")


def _print(report: CalibrationReport) -> None:
    fitted = report.calibration
    typer.echo(f"{fitted.verdicts} events judged, {fitted.accepted} right; {FOLDS} folds by report")
    rows = [
        ("expected calibration error", report.before.calibration_error, report.after.calibration_error),
        ("Brier score", report.before.brier, report.after.brier),
    ]
    print_table(("", "before", "after"), [(name, f"{one:.4f}", f"{two:.4f}") for name, one, two in rows])
    _print_agreement(report)
    typer.echo(f"threshold: {'as it is' if fitted.threshold is None else f'{fitted.threshold:.3f}'}")
    columns, lines = _lines(fitted)
    print_table(columns, lines)


def _print_agreement(report: CalibrationReport) -> None:
    gain, agreement = report.agreement, report.calibration.agreement
    if gain is None:
        return
    if agreement is None:
        typer.echo(
            f"agreement with a second reader: no gain in folds ({gain.events} events, Brier score"
            f" {gain.before.brier:.4f} -> {gain.after.brier:.4f}); it is left out"
        )
        return
    shares = (
        ("both", agreement.both),
        ("only the coder", agreement.first),
        ("only a model", agreement.second),
    )
    rows = [
        (name, str(each.judged), str(each.right), f"{each.share:.3f}", f"{each.low:.3f} to {each.high:.3f}")
        for name, each in shares
    ]
    print_table(("found by", "judged", "right", "share", "95 % interval"), rows)
    typer.echo(
        f"agreement in folds, {gain.events} events: expected calibration error"
        f" {gain.before.calibration_error:.4f} -> {gain.after.calibration_error:.4f}, Brier score"
        f" {gain.before.brier:.4f} -> {gain.after.brier:.4f}"
    )


def _lines(fitted: Calibration) -> tuple[list[str], list[list[str]]]:
    columns = ["confidence as coded", "calibrated"]
    if fitted.models is not None:
        columns += ["a model has it too", "a model has it not"]
    lines = []
    for given in _SHOWN:
        values = [given, fitted.confidence(given)]
        if fitted.models is not None:
            values += [fitted.confidence(given, model_accepts=accepts) for accepts in (True, False)]
        lines.append([f"{value:.2f}" for value in values])
    return columns, lines
