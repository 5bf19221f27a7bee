"""Time and memory of coding by length of text: prose and adversarial text, each length in its own process.

    python benchmarks/lengths.py REPORTS.jsonl
    python benchmarks/lengths.py REPORTS.jsonl --lengths 5000 400000 --only prose emoji

Prose is the texts of the reports, one after another, as many characters for each length: one text of 400,000
or 80 of 5,000, so that lengths are compared by the same words. Give reports of 400,000 characters or more, in
an order in which their lengths are mixed. Time is user time of the processor, without start.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
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


def pieces_of(prose: str, length: int) -> list[str]:
    """Cut prose at ends of paragraphs into texts of about so many characters."""
    pieces, piece = [], ""
    for paragraph in prose.split("\n\n"):
        piece = f"{piece}\n\n{paragraph}" if piece else paragraph
        if len(piece) >= length:
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def measure(texts: list[str], answers: multiprocessing.Queue[tuple[float, float, str]]) -> None:
    """Code texts; answer with their seconds, the megabytes at most, and what went wrong."""
    from dragoman.coding.coder import Coder
    from dragoman.errors import DragomanError

    coder = Coder(time_budget=None)
    coder.code("Arnor attacked Gondor on Monday.")
    fault, began = "", resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for text in texts:
        try:
            coder.code(text, published_on="2022-02-15")
        except DragomanError as error:
            fault = type(error).__name__
    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - began
    answers.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, fault))


def main() -> None:
    """Measure each kind at each length and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--lengths", type=int, nargs="*", default=LENGTHS)
    parser.add_argument("--only", nargs="*", default=["prose", *HOSTILE])
    given = parser.parse_args()
    longest = max(given.lengths)
    lines = given.reports.read_text(encoding="utf-8").splitlines()
    prose = "\n\n".join(json.loads(line)["text"] for line in lines)
    context = multiprocessing.get_context("spawn")
    print(f"{'kind':<16}{'characters':>11}{'CPU s':>8}{'µs each':>9}{'MB':>7}")
    for kind in given.only:
        for length in given.lengths:
            answers = context.Queue()
            whole = text_of(kind, longest if kind == "prose" else length, prose)
            texts = pieces_of(whole, length) if kind == "prose" else [whole]
            process = context.Process(target=measure, args=(texts, answers))
            process.start()
            seconds, megabytes, fault = answers.get()
            process.join()
            each = seconds / sum(map(len, texts)) * 1e6
            print(f"{kind:<16}{length:>11,}{seconds:>8.1f}{each:>9.0f}{megabytes:>7.0f} {fault}", flush=True)


if __name__ == "__main__":
    main()
