"""An ingest to be killed: python killable.py RECORD REPORTS prints each report once it is kept."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import quick_coder
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper
from dragoman.running.ingest import Batch, ingest

DEEDS = (
    "Arnor attacked Gondor with {} troops in Osgiliath at the river bridge.",
    "Arnor accused Gondor of hiding rebels.",
    "Mordor met Rohan about the price of horses. Rohan helped Gondor.",
    "Gondor sanctioned Arnor over the raid.",
)


def reports(count: int) -> list[Document]:
    """Make up reports: always the same."""
    return [
        Document(
            id=f"r{number:04}",
            title=DEEDS[number % 4][:20],
            published_on=dt.date(2022, 2, 1 + number // 40 % 28),
            publisher=f"paper-{number % 9}",
            text=" ".join(DEEDS[(number + turn) % 4].format(500 + number) for turn in (0, 1)),
        )
        for number in range(count)
    ]


def slowly(document: Document) -> CodedDocument:
    """Code as slowly as a quick real coder would."""
    time.sleep(0.001)
    return quick_coder.code(document)


def main() -> None:
    """Ingest, group, tell."""
    with Record.open(Path(sys.argv[1])) as record:
        run_id, grouper = record.begin_run("killable"), Grouper.open(record)
        outcomes = ingest(
            reports(int(sys.argv[2])), code=slowly, coder="1", record=record, run_id=run_id, grouper=grouper,
            batch=Batch(documents=5),
        )  # fmt: skip
        for outcome in outcomes:
            sys.stdout.write(f"{outcome.document_id} {outcome.status}\n")
            sys.stdout.flush()
        grouper.close()


if __name__ == "__main__":
    main()
