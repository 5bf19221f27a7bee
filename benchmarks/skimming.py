"""Events missed and time saved by skimming.

    python benchmarks/skimming.py REPORTS.jsonl [--list]

Codes each report whole and skimmed (`Coder(skim=True)`), and prints the number of events that only one of the
two yields, of attributions, and the CPU time of both. `--list` prints the words of each such event.
"""

from __future__ import annotations

import collections
import json
import sys
import time
from pathlib import Path

from dragoman.coding.coder import Coder
from dragoman.language.threads import keep_to_one_thread
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument, Event

SHARD = 16
Key = tuple[object, ...]


def key(coded: CodedDocument, event: Event) -> Key:
    """Return the key by which two events are identical."""
    parties = (tuple(ref.id for ref in event.actors), tuple(ref.id for ref in event.recipients))
    return coded.id, event.trigger.start, event.event_type, *parties


def code(coder: Coder, documents: list[Document]) -> tuple[dict[Key, Event], int, float]:
    """Return the events, the number of attributions, and the CPU seconds."""
    began = time.process_time()
    coded = [
        way()
        for start in range(0, len(documents), SHARD)
        for way in coder.prepare(documents[start : start + SHARD])
    ]
    seconds = time.process_time() - began
    events = {key(each, event): event for each in coded for event in each.events}
    return events, sum(len(each.attributions) for each in coded), seconds


def main() -> None:
    """Code both ways and compare."""
    keep_to_one_thread()
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    documents = [Document(id=str(n), text=json.loads(line)["text"]) for n, line in enumerate(lines)]
    coders = {"whole": Coder(), "skimmed": Coder(skim=True)}
    for coder in coders.values():
        coder.code("Arnor attacked Gondor.")
    found = {name: code(coder, documents) for name, coder in coders.items()}
    for name, (events, attributions, seconds) in found.items():
        print(f"{name:8} {len(events)} events, {attributions} attributions, {seconds:.1f} s of CPU")
    (whole, _, slow), (skimmed, _, quick) = found.values()
    only = {"lost": whole.keys() - skimmed.keys(), "only when skimmed": skimmed.keys() - whole.keys()}
    counts = collections.Counter({name: len(keys) for name, keys in only.items()})
    print(
        f"lost {counts['lost']}, only when skimmed {counts['only when skimmed']},"
        f" {slow / quick:.2f} times as fast"
    )
    if "--list" in sys.argv:
        for name, keys in only.items():
            for each in sorted(keys, key=str):
                event = (whole | skimmed)[each]
                print(f"{name}: {event.event_type} {each[3:]} {event.evidence.text[:150]!r}")


if __name__ == "__main__":
    main()
