"""Hostile inputs through all readers and the coder, in worker processes with bounded memory and time.

    make fuzz COUNT=100000
    python benchmarks/fuzz.py --count 1000 --seed 7

Files are made by mutation (see fuzz_readers.py), texts by a small grammar of names, verbs, marks and dates
that repeats its pieces; one input in ten is a text for the coder. A finding is an exception that is none of
ours, an item that breaks what the readers promise, memory over the limit, or an input that takes too long.
Inputs with findings are kept in the folder given with --keep. Ends with exit code 1 when there are findings.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fuzz_readers import check_item, make_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.coder import Coder

# The coder itself takes 0.4 GB; memory reserved but unused counts towards the address-space limit.
MEMORY_BYTES = 3 * 1024**3
RESIDENT_MB = 1024
# Of processor time. Waiting, which other work on the machine lengthens, may take much longer.
SECONDS = 10
_REAL_SECONDS = 600
_BATCH = 50
_CODED = 10
_PIECES = (
    "Putin", "China", "the president", "he", "they", "said", "attacked", "accused", "that", "if", "and", "of",
    "in Paris", "on Monday", "05/04/2023", "two years ago", "$5 billion", "Jan", "U.S.",
    '"', "“", "”", "'", "(",
    "\U0001f600", "-", "/", ",", ".", ":", ";", "\n", "\n\n", "…", "@a", "#b", "https://a.b/c?d=e",
    "1,000", "’s",
    "\u202e", "\u0301", "x" * 300, "www.", "&amp;", "<p>", "|", "•", "Q:", "ARNOR:", "—", "not", "will", "to",
)  # fmt: skip


class Finding(NamedTuple):
    """What was wrong with an input."""

    name: str
    why: str
    content: bytes


class Done(NamedTuple):
    """What a worker returns for a batch: outcomes, findings, and the slowest input."""

    counts: Counter[str]
    findings: list[Finding]
    slowest: tuple[float, str]
    megabytes: float


class TooSlowError(BaseException):
    """An input took longer than it may; no `except Exception` stops it."""


def hostile_text(rng: random.Random) -> str:
    """Return a text that repeats some pieces, with or without blanks between."""
    pieces = [rng.choice(_PIECES) for _ in range(rng.choice((1, 2, 3, 5, 9)))]
    blank = rng.choice(("", " ", " ", "\n"))
    whole = blank.join(pieces) + blank
    text = whole * rng.choice((1, 3, 30, 300, 3000))
    if rng.random() < 0.3:
        cut = rng.randrange(len(text) + 1)
        text = text[:cut] + hostile_text(rng)[:2000] + text[cut:]
    return text[: rng.choice((200, 2_000, 10_000))]


def _inputs(first: int, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents; the same for the same seed and place."""
    rng = random.Random(f"{seed} {first}")
    files = make_inputs(count, seed=seed * 1_000_003 + first)
    for number, (name, content) in enumerate(files, start=first):
        if number % _CODED == 0:
            yield f"{number}.coded", hostile_text(rng).encode("utf-8", "surrogatepass")
        else:
            yield f"{number}-{name}", content


_coder: Coder | None = None


def _start() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    signal.signal(signal.SIGALRM, _too_slow)
    signal.signal(signal.SIGPROF, _too_slow)


def _too_slow(number: int, frame: object) -> None:
    raise TooSlowError


def _set_timers(processor: float, real: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, processor)
    signal.setitimer(signal.ITIMER_REAL, real)


def _code(content: bytes, counts: Counter[str]) -> None:
    global _coder
    from dragoman.coding.coder import Coder
    from dragoman.errors import DocumentError

    if _coder is None:
        _set_timers(0, 0)
        _coder = Coder(time_budget=SECONDS)
        _coder.code("Arnor attacked Gondor.")
        _set_timers(3 * SECONDS, _REAL_SECONDS)
    text = content.decode("utf-8", "replace")
    try:
        coded = _coder.code(text, published_on="2022-02-15")
    except DocumentError as error:
        counts[f"coder: {type(error).__name__}"] += 1
        return
    counts["coded"] += 1
    for event in coded.events:
        assert text[event.evidence.start : event.evidence.end] == event.evidence.text, "offsets"


def _read(path: Path, counts: Counter[str]) -> None:
    from dragoman.model.documents import Document
    from dragoman.readers.base import read

    for item in read([str(path)]):
        check_item(item)
        counts["document" if isinstance(item, Document) else item.error] += 1


def run_batch(job: tuple[int, int, int]) -> Done:
    """Read and code the inputs of one batch."""
    first, count, seed = job
    counts: Counter[str] = Counter()
    findings: list[Finding] = []
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _inputs(first, count, seed):
            path = Path(folder) / name
            began = time.process_time()
            _set_timers(3 * SECONDS, _REAL_SECONDS)
            try:
                if name.endswith(".coded"):
                    _code(content, counts)
                else:
                    path.write_bytes(content)
                    _read(path, counts)
            except (Exception, TooSlowError) as error:  # noqa: BLE001 - that is what is looked for
                findings.append(Finding(name, f"{type(error).__name__}: {str(error)[:200]}", content))
            finally:
                _set_timers(0, 0)
                path.unlink(missing_ok=True)
            took = time.process_time() - began
            slowest = max(slowest, (took, name))
            if took > SECONDS and not (findings and findings[-1].name == name):
                findings.append(Finding(name, f"took {took:.1f} s", content))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if megabytes > RESIDENT_MB:
        findings.append(Finding(f"batch-{first}", f"{megabytes:.0f} MB at most", b""))
    return Done(counts, findings, slowest, megabytes)


def main() -> None:
    """Run all batches and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    given = parser.parse_args()
    jobs = [(first, min(_BATCH, given.count - first), given.seed) for first in range(0, given.count, _BATCH)]
    counts: Counter[str] = Counter()
    found, slowest, most, began = 0, (0.0, ""), 0.0, time.monotonic()
    context = multiprocessing.get_context("spawn")
    with context.Pool(given.workers, initializer=_start, maxtasksperchild=40) as pool:
        for number, done in enumerate(pool.imap_unordered(run_batch, jobs), start=1):
            counts.update(done.counts)
            slowest, most = max(slowest, done.slowest), max(most, done.megabytes)
            for finding in done.findings:
                found += 1
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / finding.name).write_bytes(finding.content)
                print(f"{finding.name}: {finding.why}", flush=True)
            if number % 20 == 0:
                print(f"{number * _BATCH:,} in {time.monotonic() - began:.0f} s", flush=True)
    print(f"{given.count:,} inputs in {time.monotonic() - began:.0f} s; {found} findings")
    print(f"slowest {slowest[0]:.1f} s ({slowest[1]}); {most:.0f} MB at most")
    for name, count in itertools.islice(counts.most_common(), 40):
        print(f"  {name}: {count:,}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
