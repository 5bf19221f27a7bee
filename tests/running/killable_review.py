"""A review to be killed: python killable_review.py RECORD prints each reading once it is kept.

Every third verdict is taken back, which is printed too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.model.readings import EventReading
from dragoman.record.store import Record


def main() -> None:
    """Judge all that is left, one event after another."""
    with Record.open(Path(sys.argv[1]), create=False) as record:
        turn = 0
        while found := record.review_queue(reader="anna"):
            stored, turn = found[0].stored, turn + 1
            event = stored.event
            verdict = "accept" if turn % 2 else "reject"
            (number,) = record.add_readings([EventReading(
                document_id=stored.document_id, reader="anna", kind="person", verdict=verdict,
                event_id=event.id, event_type=event.event_type, trigger_start=event.trigger.start,
                trigger_end=event.trigger.end,
            )])  # fmt: skip
            say(f"kept {number} {verdict} {event.id}")
            if turn % 3 == 0:
                record.undo_reading(number, reader="anna")
                say(f"undone {number} {verdict} {event.id}")


def say(line: str) -> None:
    """Tell what is done."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
