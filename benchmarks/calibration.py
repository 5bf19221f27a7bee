"""Gain of a calibration, with verdicts simulated from annotated items, as a careful reviewer would give them.

    python benchmarks/calibration.py GOLD_FOLDER

GOLD_FOLDER contains items.jsonl (docs/accuracy.md). Items of days 25 to 31 of a month are blind and excluded;
debatable ones get no verdict. The figures are from cross-validation by report.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from dragoman.analysis.event_scoring import pair
from dragoman.coding.coder import Coder
from dragoman.model.readings import EventReading
from dragoman.record.store import Record
from dragoman.running.gold_lines import document_of, read_gold
from dragoman.study.calibrating import calibrate, judged_events

FIRST_BLIND_DAY = 25
SAMPLES = (200, 500)


def simulate(record: Record, gold: Path) -> int:
    """Code the items and judge each event; return the number of verdicts."""
    coder, run, given = Coder(), record.begin_run("calibration"), 0
    for line in read_gold(gold):
        document = document_of(line)
        if document.published_on is None or document.published_on.day >= FIRST_BLIND_DAY:
            continue
        coded = coder.code_document(document)
        record.add(coded, run_id=run)
        fates = pair(line.row["events"], line.row.get("optional", []), coded.events).fates
        readings = [
            EventReading(
                document_id=document.id, reader="simulated", kind="person", event_id=event.id,
                verdict="accept" if fate == "right" else "reject", event_type=event.event_type,
                trigger_start=event.trigger.start, trigger_end=event.trigger.end,
            )
            for event, fate in zip(coded.events, fates, strict=True)
            if fate != "neutral"
        ]  # fmt: skip
        record.add_readings(readings)
        given += len(readings)
    return given


def main() -> None:
    """Simulate the verdicts, fit the calibration and print the figures."""
    gold = Path(sys.argv[1]) / "items.jsonl" if len(sys.argv) > 1 else None
    if gold is None or not gold.exists():
        sys.stdout.write("skipped: no gold folder with items.jsonl was given\n")
        return
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "r.sqlite") as record:
        simulate(record, gold)
        judged = judged_events(record)
    for size in (*SAMPLES, len(judged)):
        # Distributed over all reports.
        chosen = judged[:: max(1, len(judged) // size)][:size]
        report = calibrate(chosen)
        before, after, line = report.before, report.after, report.calibration.line
        sys.stdout.write(
            f"{len(chosen)} verdicts, {report.calibration.accepted} right: expected calibration error"
            f" {before.calibration_error:.4f} -> {after.calibration_error:.4f}, Brier {before.brier:.4f} ->"
            f" {after.brier:.4f}; slope {line.slope:.2f}, shift {line.shift:+.2f}, threshold"
            f" {report.calibration.threshold}\n"
        )


if __name__ == "__main__":
    main()
