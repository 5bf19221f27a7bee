"""Speed of name search: 50,000 names over running text, and the loading time of the actors.

Run with `make bench`. The text is the bundled reports, repeated; pass a JSONL file with `text` for other
text. Prints medians of five runs, one core.
"""

from __future__ import annotations

import json
import random
import statistics
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.names import NameIndex, Surface

NAMES = 50_000
RUNS = 5


def texts() -> list[str]:
    """Return the texts to search: from the given file, or the bundled reports fifty times."""
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    return [
        path.read_text(encoding="utf-8") for path in sorted((data_folder() / "reports").glob("*.txt"))
    ] * 50


def invented(count: int) -> list[Surface]:
    """Return plausible names of two words; the same in every run."""
    rng = random.Random(1)

    def word() -> str:
        return "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(4, 9))).title()

    return [Surface(text=f"{word()} {word()}", target=f"X{n}", form="name") for n in range(count)]


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median time of several runs."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    loading = median_seconds(load_actors)
    book = load_actors()
    given = texts()
    size = sum(len(text.encode()) for text in given) / 1e6
    index = NameIndex([*book.names.surfaces, *invented(NAMES)])
    matching = median_seconds(lambda: [index.hits(text) for text in given])
    finding = median_seconds(lambda: [book.find(text) for text in given])
    print(f"actors loaded in {loading:.2f} s")
    print(f"{index.size} names over {size:.1f} MB: {size / matching:.1f} MB/s")
    print(f"the same text with every name looked up in its context: {size / finding:.1f} MB/s")


if __name__ == "__main__":
    main()
