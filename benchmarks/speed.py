"""Speed of coding reports into a record, compared with the language model alone on the same text.

    python benchmarks/speed.py [REPORTS.jsonl]        (without a file: the bundled reports, ten times over)

The model alone is `en_core_web_sm` with all its components and nothing else: it loads and parses. Dragoman is
`dragoman ingest`: it loads, reads, codes, groups stories and writes the record. Both run in their own
processes, three times alternately in the same run, so that a busy machine affects both equally; figures are
medians.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.loading import data_folder
from dragoman.language.threads import keep_to_one_thread

RUNS = 3
REPORTS_TEN_TIMES = 10
MODEL_ALONE = """
import json, sys, time, spacy
from dragoman.settings import MODEL_PACKAGES
package = next(name for name in MODEL_PACKAGES if spacy.util.is_package(name))
nlp = spacy.load(package)
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
began = time.process_time()
sentences = sum(len(list(doc.sents)) for doc in nlp.pipe(texts))
print(sentences, time.process_time() - began)
"""


@dataclass(frozen=True)
class Run:
    """CPU and wall seconds of one process, its peak memory in MB, and its output."""

    cpu: float
    wall: float
    memory: int
    told: str


def run(*words: str) -> Run:
    """Run a process of this Python to its end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, *words], stdout=told, stderr=told)  # noqa: S603 - ours
        # Includes the workers of the process, once it has waited for them; memory is that of the largest.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        told.seek(0)
        text = told.read()
    if status:
        raise SystemExit(f"{' '.join(words[:4])} failed: {text}")
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss // 1024, text)


def median(runs: list[Run], field: str) -> float:
    """Return the median of one figure."""
    return statistics.median(getattr(each, field) for each in runs)


def reports(folder: Path) -> Path:
    """Return a JSONL file of the requested reports."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    texts = [path.read_text(encoding="utf-8") for path in sorted((data_folder() / "reports").glob("*.txt"))]
    path = folder / "bundled.jsonl"
    lines = (json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts * REPORTS_TEN_TIMES))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def end_to_end(source: Path, folder: Path) -> None:
    """Print complete runs of the model, of one process and of two."""
    texts = [json.loads(line)["text"] for line in source.read_text(encoding="utf-8").splitlines()]
    words = sum(len(text.split()) for text in texts)
    empty = folder / "one.txt"
    empty.write_text("Arnor attacked Gondor.\n", encoding="utf-8")

    def ingest(number: int, what: Path, *more: str) -> Run:
        record = folder / f"{len(list(folder.iterdir()))}.sqlite"
        return run(
            "-m", "dragoman", "ingest", str(what), "--record", str(record), "--workers", str(number), *more
        )

    alone, one, two, start = [], [], [], []
    for _ in range(RUNS):
        alone.append(run("-c", MODEL_ALONE, str(source)))
        one.append(ingest(1, source))
        two.append(ingest(2, source))
        start.append(ingest(1, empty))
    sentences = int(alone[0].told.split()[0])
    print(f"{len(texts)} reports, {sentences} sentences, {words} words; processes from start to end")
    header = (
        f"{'':28} {'CPU s':>7} {'wall s':>7} {'reports/s':>10} {'sentences/s':>12} {'words/s':>9} {'MB':>5}"
    )
    print(header)
    for name, runs in (("model alone", alone), ("dragoman ingest", one), ("dragoman ingest, 2 workers", two)):
        cpu, wall = median(runs, "cpu"), median(runs, "wall")
        rates = f"{len(texts) / wall:10.1f} {sentences / wall:12.0f} {words / wall:9,.0f}"
        print(f"{name:28} {cpu:7.1f} {wall:7.1f} {rates} {median(runs, 'memory'):5.0f}")
    print(f"start alone (one short report): {median(start, 'cpu'):.1f} s of CPU")
    against = median(alone, "cpu") / median(one, "cpu")
    started = statistics.median(float(each.told.split()[1]) for each in alone)
    behind = started / (median(one, "cpu") - median(start, "cpu"))
    print(
        f"as fast as the model alone: {against:.2f} times in CPU, start included; {behind:.2f} without start"
    )
    print(f"two workers against one: {median(one, 'wall') / median(two, 'wall'):.2f} times in wall time")


def by_stage(source: Path) -> None:
    """Print the time of each stage of coding, in one process."""
    from dragoman.coding.coder import Coder
    from dragoman.model.documents import Document

    lines = source.read_text(encoding="utf-8").splitlines()
    documents = [Document(id=str(n), text=json.loads(line)["text"]) for n, line in enumerate(lines)]
    shards = [documents[start : start + 16] for start in range(0, len(documents), 16)]
    coder = Coder()
    coder.code("Arnor attacked Gondor.")
    parsing = coding = 0.0
    for shard in shards:
        began = time.process_time()
        ways = coder.prepare(shard)
        parsed = time.process_time()
        for way in ways:
            way()
        parsing += parsed - began
        coding += time.process_time() - parsed
    whole = parsing + coding
    print(f"of {whole:.1f} s without start: parsing {parsing / whole:.0%}, coding {coding / whole:.0%}")


def start_up() -> None:
    """Print the time of a command that does nothing."""
    run("-m", "dragoman", "--help")
    seconds = statistics.median(run("-m", "dragoman", "--help").wall for _ in range(5))
    print(f"dragoman --help: {seconds:.2f} s")


def main() -> None:
    """Measure and print."""
    keep_to_one_thread()
    with tempfile.TemporaryDirectory() as name:
        source = reports(Path(name))
        end_to_end(source, Path(name))
        by_stage(source)
    start_up()


if __name__ == "__main__":
    main()
