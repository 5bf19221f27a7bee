"""Code reports, keep the record, count what each party did: where most work begins.

Run: python docs/examples/code_and_count.py [FOLDER]     (without a folder: the bundled reports)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from dragoman import Coder, Failure, Record
from dragoman.knowledge.loading import data_folder
from dragoman.readers.base import read


def main(folder: str) -> None:
    """Code a folder and print counts."""
    coder = Coder()
    with tempfile.TemporaryDirectory() as place, Record.open(Path(place) / "record.sqlite") as record:
        run = record.begin_run("example")
        for item in read([folder]):
            if isinstance(item, Failure):
                print("could not be read:", item.message)
            else:
                record.add(coder.code_document(item), run_id=run)
        print(record.stats())
        print("by type:", record.counts(by="event_type"))
        for stored in list(record.events())[:5]:
            event = stored.event
            who = ", ".join(actor.name for actor in event.actors)
            whom = ", ".join(recipient.name for recipient in event.recipients) or "-"
            print(f"{who} {event.event_type} {whom} ({event.factuality}): {event.evidence.text!r}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(data_folder() / "reports"))
