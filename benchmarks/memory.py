"""Memory use over a long run, which must stay flat.

    python benchmarks/memory.py REPORTS.jsonl [--documents 1000 20000] [--workers 2] [--engine local]

Repeats the reports under new ids and days up to the given number, ingests them, and prints the memory of the
command and its workers, in MB, after each tenth of the run, and the peak.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS_BETWEEN = 1.0
FIRST_DAY = dt.date(2020, 1, 1)


def repeat(reports: Path, count: int, target: Path) -> None:
    """Write a given number of reports as JSONL, one round of all of them every 30 days."""
    lines = [json.loads(line) for line in reports.read_text(encoding="utf-8").splitlines()]
    with target.open("w", encoding="utf-8") as out:
        for number, report in enumerate(itertools.islice(itertools.cycle(lines), count)):
            round_number = number // len(lines)
            day = FIRST_DAY + dt.timedelta(days=30 * round_number)
            again = {**report, "id": f"{report.get('id', '')}-{number}", "published_on": day.isoformat()}
            out.write(json.dumps(again) + "\n")


def held(root: int) -> list[int]:
    """Return the resident memory of a process and of its descendants, in MB, its own first."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except (OSError, ValueError):
            continue
        pid = int(status.parent.name)
        parents[pid] = int(fields["PPid"])
        sizes[pid] = int(fields.get("VmRSS", "0 kB").split()[0]) // 1024
    below = [root]
    for pid in below:
        below += [child for child, parent in parents.items() if parent == pid]
    return [sizes.get(pid, 0) for pid in below]


def run(reports: Path, count: int, words: list[str]) -> None:
    """Ingest the reports and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "many.jsonl"
        repeat(reports, count, source)
        command = [sys.executable, "-m", "dragoman", "ingest", str(source), "--list", *words]
        began = time.monotonic()
        done, samples = Path(folder) / "done.txt", []
        with done.open("wb") as told, (Path(folder) / "errors.txt").open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, "--record", str(Path(folder) / "news.sqlite")], stdout=told, stderr=errors
            )
            while process.poll() is None:
                samples.append((done.read_bytes().count(b"\n"), held(process.pid)))
                time.sleep(SECONDS_BETWEEN)
        seconds = time.monotonic() - began
        print(f"{count} reports in {seconds:.0f} s; {(Path(folder) / 'errors.txt').read_text().strip()}")
    print("reports done   this process   workers together")
    for tenth in range(1, 11):
        found = next((s for s in samples if s[0] >= count * tenth / 10), samples[-1])
        print(f"{found[0]:12} {found[1][0]:14} {sum(found[1][1:]):18}")
    most = max(samples, key=lambda sample: sum(sample[1]))
    print(f"most at once: {sum(most[1])} MB, at {most[0]} reports", flush=True)


def main() -> None:
    """Run each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 20_000])
    parser.add_argument("--workers", default="2")
    parser.add_argument("--engine", default="local")
    given = parser.parse_args()
    for count in given.documents:
        run(given.reports, count, ["--workers", given.workers, "--engine", given.engine])


if __name__ == "__main__":
    main()
