"""Where a party stands, whom it disputes with, and on which words each line rests.

Run: python docs/examples/positions_and_disputes.py RECORD PARTY
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman import Record, make_view


def main(path: str, party: str) -> None:
    """Print positions and disputes of one party with their sources."""
    with Record.open_to_read(Path(path)) as record:
        for position in make_view("positions", record.events(), party=party):
            print(f"{position.stance} {position.matter} ({len(position.sources)} sources)")
            for source in position.sources[:3]:
                print(f"    {source.day} {source.publisher}: {source.text!r}")
        for dispute in make_view("disputes", record.events(), party=party, unanswered=True):
            accusers = ", ".join(accuser.name for accuser in dispute.accusers) or "others"
            answer = dispute.denials[0].text if dispute.denials else "nobody answers"
            print(f"{accusers} accuse: {dispute.matter!r} - {answer!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
