"""A whole study: reports in; record, panel, sample, agreement, precision, a CSV for a regression out.

Run: python docs/examples/study.py REPORTS OUT [SHEET_A SHEET_B]

Without judged sheets the sample is written and a stand-in fills two copies, so that all steps can be seen;
what it says of precision then means nothing. With the sheets of two people it says what they found.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq

# What the regression needs of a dyad-month, beside the dyad and the month.
COLUMNS = (
    "dyad", "actor", "recipient", "actor_cow", "recipient_cow", "month", "reports", "events",
    "material_conflict", "verbal_conflict", "material_cooperation", "verbal_cooperation", "goldstein_mean",
    "conflict_per_report", "conflict_per_report_lag",
)  # fmt: skip


def main(reports: str, out: str, *sheets: str) -> None:
    """Go through all steps; everything is written into the folder `out`."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    record, panel, sample = (folder / name for name in ("record.sqlite", "panel.parquet", "sample.csv"))
    dragoman("ingest", reports, "--record", record, "--fast")
    dragoman("series", "--panel", "--zeros", "--by", "month", "--firm", "--record", record, "-o", panel)
    dragoman("sample", "--record", record, "--n", "60", "--stratify", "quad", "--seed", "7", "-o", sample)
    judged = [Path(sheet) for sheet in sheets] or [
        fill(sample, folder / f"sample-{judge}.csv", least)
        for judge, least in (("stand-in-a", 0.7), ("stand-in-b", 0.75))
    ]
    agreed = dragoman("agreement", *judged, "--format", "csv", "-o", folder / "disagreements.csv")
    (folder / "agreement.csv").write_text(agreed, encoding="utf-8")
    for form, name in (("markdown", "precision.md"), ("latex", "precision.tex"), ("csv", "precision.csv")):
        dragoman("score", judged[0], "--format", form, "-o", folder / name)
    count = write_regression(panel, folder / "regression.csv")
    print(f"{count} dyad-months in {folder / 'regression.csv'}; precision in {folder / 'precision.md'}")


def dragoman(*words: object) -> str:
    """Run a command and return what it prints."""
    command = [sys.executable, "-m", "dragoman", *map(str, words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def fill(sample: Path, judged: Path, least: float) -> Path:
    """Stand in for a judge: events of a probability from `least` on are called right, others wrong."""
    with sample.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        row["judged_event"] = "right" if float(row["confidence"]) >= least else "wrong"
        row["judge"] = judged.stem
    with judged.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return judged


def write_regression(panel: Path, target: Path) -> int:
    """Write the panel with shares of the reports and those of the month before; return how many rows."""
    dyads: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in pq.read_table(panel).sort_by([("start", "ascending")]).to_pylist():
        conflict = row["material_conflict"] + row["verbal_conflict"]
        row["dyad"] = f"{row['actor']}>{row['recipient']}"
        row["month"] = f"{row['start']:%Y-%m}"
        row["conflict_per_report"] = conflict / row["reports"] if row["reports"] else None
        dyads.setdefault((row["actor"], row["recipient"]), []).append(row)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for months in dyads.values():
            for before, row in pairwise(months):
                writer.writerow(row | {"conflict_per_report_lag": before["conflict_per_report"]})
    return sum(len(months) - 1 for months in dyads.values())


if __name__ == "__main__":
    main(*sys.argv[1:])
