"""Check the offices against linked news: each link to an office directly before a link to a person.

python scripts/check_offices.py GOLD.jsonl [--blind-from 25] [--detail]

A line of GOLD has `text`, `published_on` and `links`: [start, end, article] of each linked name.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dragoman.knowledge.actors import load_actors
from dragoman.running.office_pairs import Tally, office_pairs, tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument(
        "--blind-from", type=int, default=32, help="score this day of a month and later apart"
    )
    parser.add_argument(
        "--detail", action="store_true", help="list what is wrong or unknown, but for blind texts"
    )
    parser.add_argument(
        "--actors", type=Path, action="append", default=[], help="a folder of your own actors"
    )
    given = parser.parse_args()
    book = load_actors(extra=tuple(given.actors))
    pairs = list(office_pairs(given.gold, book))
    seen = tally((p for p in pairs if p.on.day < given.blind_from), book)
    blind = tally((p for p in pairs if p.on.day >= given.blind_from), book)
    if given.detail:
        print("\n".join(seen.faults))
    show("pairs", seen)
    if blind.pairs:
        show("blind", blind)


def show(name: str, counts: Tally) -> None:
    share = counts.right / counts.pairs if counts.pairs else 0.0
    told = f"right {counts.right} ({share:.3f})  wrong {counts.wrong}  unknown {counts.unknown}"
    print(f"{name} {counts.pairs}  {told}")


if __name__ == "__main__":
    main()
