"""Retention of verdicts when reports are recoded after a change of the codebook.

    python benchmarks/review_recoding.py [TYPE]

Codes the ten bundled reports, judges every event, removes a type (AID by default) with an overlay of the
codebook, renames every rule, and recodes the reports. Prints how many ids changed, how many
verdicts belong to an event that is still coded, and how many are listed as unmatched.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import msgspec

from dragoman.coding.coder import Coder
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Failure
from dragoman.model.readings import EventReading
from dragoman.model.records import Event
from dragoman.readers.base import read
from dragoman.record.store import Record


def renamed(event: Event) -> Event:
    """Return an event as coded by a renamed rule: with another rule, and therefore another id."""
    return msgspec.structs.replace(event, id=f"{event.id}-renamed", rule=f"renamed.{event.rule}")


def is_same(one: Event, other: Event) -> bool:
    """Return True if a verdict on one event can belong to another: type and overlapping trigger."""
    apart = one.trigger.end <= other.trigger.start or other.trigger.end <= one.trigger.start
    return one.event_type == other.event_type and not apart


def main() -> None:
    """Code, judge, change the codebook, recode and count."""
    gone = sys.argv[1] if len(sys.argv) > 1 else "AID"
    found = [each for each in read([str(data_folder() / "reports")]) if not isinstance(each, Failure)]
    with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "r.sqlite") as record:
        first, run = Coder(), record.begin_run("before")
        for document in found:
            record.add(first.code_document(document), run_id=run)
        before = {stored.event.id: stored for stored in record}
        for number, stored in enumerate(before.values()):
            event = stored.event
            record.add_readings([EventReading(
                document_id=stored.document_id, reader="anna", kind="person", event_id=event.id,
                verdict=("accept", "reject")[number % 2], event_type=event.event_type,
                trigger_start=event.trigger.start, trigger_end=event.trigger.end,
            )])  # fmt: skip
        overlay = Path(folder) / "overlay"
        (overlay / "types").mkdir(parents=True)
        (overlay / "types" / f"{gone}.yaml").write_text(f"id: {gone}\nremove: yes\n")
        second, run = Coder(codebook=overlay), record.begin_run("after")
        for document in found:
            coded = second.code_document(document)
            events = tuple(renamed(event) for event in coded.events)
            record.add(msgspec.structs.replace(coded, events=events), run_id=run)
        after = list(record)
        still = {
            name
            for name, stored in before.items()
            if any(s.document_id == stored.document_id and is_same(s.event, stored.event) for s in after)
        }
        ids = {stored.event.id for stored in after}
        kept = sum(reading.event_id in ids for reading in record.readings())
        sys.stdout.write(
            f"{len(before)} events judged; {len(before.keys() - ids)} ids changed; {len(still)} events still"
            f" coded, {kept} verdicts kept, {len(record.unmatched_readings())} listed as unmatched\n"
        )


if __name__ == "__main__":
    main()
