"""Time and memory of coding by length of text: prose and adversarial text, each length in its own process.

    python benchmarks/lengths.py REPORTS.jsonl
    python benchmarks/lengths.py REPORTS.jsonl --lengths 5000 400000 --only prose emoji

Prose is the concatenated texts of the reports. Time is CPU time without start-up.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from pathlib import Path

HOSTILE = {
    "name and verb": "Putin said ",
    "clauses": "he said that ",
    "emoji": "\U0001f600",
    "months": "Jan-",
    "slashes": "a/b/",
    "conditions": "if China attacks ",
    "deeds": "attacked China ",
    "quotes": '"China" said ',
    "quotation marks": '"',
    "brackets": "(",
    "one letter": "x",
    "dates": "05/04/2023 ",
    "weekdays": "on Monday ",
}
LENGTHS = (5_000, 20_000, 80_000, 400_000)


def text_of(kind: str, length: int, prose: str) -> str:
    """Return a given number of characters of one kind."""
    piece = prose if kind == "prose" else HOSTILE[kind]
    return (piece * (length // len(piece) + 1))[:length]


def measure(text: str, answers: multiprocessing.Queue[tuple[float, float, str]]) -> None:
    """Code a text; send its seconds, its peak memory in megabytes, and the error if any."""
    from dragoman.coding.coder import Coder
    from dragoman.errors import DragomanError

    coder = Coder()
    coder.code("Arnor attacked Gondor on Monday.")
    fault, began = "", time.process_time()
    try:
        coder.code(text)
    except DragomanError as error:
        fault = type(error).__name__
    seconds = time.process_time() - began
    answers.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, fault))


def main() -> None:
    """Measure each kind at each length and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--lengths", type=int, nargs="*", default=LENGTHS)
    parser.add_argument("--only", nargs="*", default=["prose", *HOSTILE])
    given = parser.parse_args()
    lines = given.reports.read_text(encoding="utf-8").splitlines()
    prose = "\n\n".join(json.loads(line)["text"] for line in lines)
    context = multiprocessing.get_context("spawn")
    print(f"{'kind':<16}{'characters':>11}{'CPU s':>8}{'µs each':>9}{'MB':>7}")
    for kind in given.only:
        for length in given.lengths:
            answers = context.Queue()
            process = context.Process(target=measure, args=(text_of(kind, length, prose), answers))
            process.start()
            seconds, megabytes, fault = answers.get()
            process.join()
            each = seconds / length * 1e6
            print(f"{kind:<16}{length:>11,}{seconds:>8.1f}{each:>9.0f}{megabytes:>7.0f} {fault}", flush=True)


if __name__ == "__main__":
    main()
