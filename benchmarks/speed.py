"""How fast reports are coded, against the language model alone with all its components on the same text.

    python benchmarks/speed.py [REPORTS.jsonl]        (without a file: the bundled reports, ten times over)

Prints CPU seconds, words and reports a second, the share of each stage, and memory. Each figure is the
median of three runs that take turns, so that a busy machine weighs on both alike.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document
from dragoman.settings import MODEL_PACKAGES

RUNS = 3


def texts() -> list[str]:
    """Return the reports to code."""
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    return [
        path.read_text(encoding="utf-8") for path in sorted((data_folder() / "reports").glob("*.txt"))
    ] * 10


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this process for some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def whole_model() -> Callable[[list[str]], object]:
    """Load the model with every component."""
    for package in MODEL_PACKAGES:
        try:
            nlp = spacy.load(package)
        except OSError:
            continue
        return lambda given: [len(doc) for doc in nlp.pipe(given)]
    raise SystemExit("no model")


def main() -> None:
    """Measure and print."""
    given = texts()
    documents = [Document(id=str(number), text=text) for number, text in enumerate(given)]
    words = sum(len(text.split()) for text in given)
    coder, model = Coder(), whole_model()
    coder.code_document(documents[0])
    model(given[:1])
    alone, parsing, whole = [], [], []
    for _ in range(RUNS):
        alone.append(cpu_seconds(lambda: model(given)))
        parsing.append(cpu_seconds(lambda: [coder.annotate(document) and None for document in documents]))
        whole.append(cpu_seconds(lambda: [coder.code_document(document) and None for document in documents]))
    model_time, parse_time, all_time = map(statistics.median, (alone, parsing, whole))
    print(f"{len(given)} reports, {words} words, one process")
    print(f"model alone, all components: {model_time:.1f} s, {words / model_time:,.0f} words/s")
    print(f"coded: {all_time:.1f} s, {words / all_time:,.0f} words/s, {len(given) / all_time:.1f} reports/s")
    print(f"of that parsing {parse_time / all_time:.0%}, coding {1 - parse_time / all_time:.0%}")
    print(f"as fast as the model alone: {model_time / all_time:.2f} times")
    print(
        f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, both models loaded"
    )


if __name__ == "__main__":
    main()
