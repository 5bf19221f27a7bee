"""Precision and recall of each event type on annotated texts, and their minimum values (floors).

Usage: python scripts/gold_floors.py GOLD_FOLDER FLOORS.json [--write]

Prints the figures, each with its floor. With --write the floors are updated to slightly below the current
figures: by 0.03, or by two events if that is more. Types of fewer than ten events have none. An annotated
event counts under the first of its types.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.analysis.event_scoring import EventScores
from dragoman.coding.coder import Coder
from dragoman.running.gold_lines import document_of, read_gold

if TYPE_CHECKING:
    from collections.abc import Iterable

SETS = ("items", "reports")
_MARGIN = 0.03
_EVENTS_OF_MARGIN = 2
_FEWEST = 10

# By type: number right, and total.
Counts = dict[str, dict[str, list[int]]]


def measured(path: Path, coder: Coder) -> Counts:
    """Code a gold file and count the right events, by type and overall.

    Args:
        path: JSON Lines with text, events and optional events.
        coder: The coder to evaluate.

    Returns:
        By type, and under "all": for precision and recall, the number right and the number judged.
    """
    right, judged, found, annotated = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for line in read_gold(path):
        events = coder.code_document(document_of(line)).events
        wanted = line.row.get("events", [])
        pairing = EventScores().add(wanted, line.row.get("optional", []), events)
        for event, fate in zip(events, pairing.fates, strict=True):
            for name in (event.event_type, "all"):
                judged[name] += fate != "neutral"
                right[name] += fate == "right"
        for number, one in enumerate(wanted):
            for name in (one["types"][0], "all"):
                annotated[name] += 1
                found[name] += number in pairing.found
    return {
        name: {"precision": [right[name], judged[name]], "recall": [found[name], annotated[name]]}
        for name in sorted({*judged, *annotated})
    }


def floors_of(counts: Counts) -> dict[str, dict[str, float]]:
    """Return the floors for the current counts."""
    floors: dict[str, dict[str, float]] = {}
    for name, figures in counts.items():
        for figure, (hits, total) in figures.items():
            if total >= _FEWEST:
                floor = hits / total - max(_MARGIN, _EVENTS_OF_MARGIN / total)
                floors.setdefault(name, {})[figure] = max(0.0, round(floor, 3))
    return floors


def below(counts: Counts, floors: dict[str, dict[str, float]]) -> list[str]:
    """Return a line for each figure that is below its floor, or that is no longer measured."""
    faults = []
    for name, wanted in floors.items():
        for figure, floor in wanted.items():
            hits, total = counts.get(name, {}).get(figure, [0, 0])
            if not total or hits / total < floor:
                faults.append(f"{name}: {figure} {hits}/{total}, floor {floor}")
    return faults


def _rows(name: str, counts: Counts, floors: dict[str, dict[str, float]]) -> Iterable[str]:
    for kind, figures in counts.items():
        cells = [
            f"{figure} {hits}/{total} = {hits / total if total else 0:.3f}"
            f" (floor {floors.get(kind, {}).get(figure, 'none')})"
            for figure, (hits, total) in figures.items()
        ]
        yield f"{name} {kind}: {', '.join(cells)}"


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("floors", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    floors = json.loads(arguments.floors.read_text("utf-8")) if arguments.floors.exists() else {}
    coder, faults = Coder(), []
    for name in SETS:
        counts = measured(arguments.gold / f"{name}.jsonl", coder)
        if arguments.write:
            floors[name] = floors_of(counts)
        print(*_rows(name, counts, floors.get(name, {})), sep="\n", flush=True)
        faults += [f"{name} {fault}" for fault in below(counts, floors.get(name, {}))]
    if arguments.write:
        arguments.floors.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
