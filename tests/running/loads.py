"""What worker processes load in tests: importable by its name in a fresh process."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))
from killable import reports as reports

import quick_coder
from dragoman.errors import KnowledgeError
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.running.job import Prepare, one_by_one
from dragoman.running.local import Workers
from dragoman.running.shard import CoderSettings

SETTINGS = CoderSettings()
DEADLY = "r0012"


def quick(settings: CoderSettings) -> Prepare:
    return one_by_one(quick_coder.code)


def slow(settings: CoderSettings) -> Prepare:
    return one_by_one(_slowly)


def _slowly(document: Document) -> CodedDocument:
    time.sleep(0.01)
    return quick_coder.code(document)


def deadly(settings: CoderSettings) -> Prepare:
    return one_by_one(_dying)


def _dying(document: Document) -> CodedDocument:
    if document.id == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return quick_coder.code(document)


def faulty(settings: CoderSettings) -> Prepare:
    raise KnowledgeError(where="actors.yaml:3", message="no such state")


def ending(settings: CoderSettings) -> Prepare:
    os._exit(7)


def main() -> None:
    """Tell the ids of two workers once they have begun, and go on for long."""
    with Workers(2, load=slow) as workers:
        documents = reports(4000)
        for number, _ in enumerate(workers([document] for document in documents)):
            if number == 10:
                sys.stdout.write(" ".join(map(str, workers.pids)) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
