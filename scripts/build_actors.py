"""Build data/actors/offices_world.tsv from the chains of holders in scripts/tables/leaders.txt.

Run it after a change of the chains: python scripts/build_actors.py
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "tables" / "leaders.txt"
TARGET = ROOT / "src" / "dragoman" / "data" / "actors" / "offices_world.tsv"

HEAD = """\
# Offices held: leaders of all states since 1990. Built by scripts/build_actors.py; edit its table, not this.
# Columns, tab-separated: country or organisation, office, person, other names (by ";"), first day, last day.
# Facts: REIGN 1945-2021 (dates and surnames of effective leaders), completed from common knowledge.
# as of {as_of}
"""
CHAIN = re.compile(r"^(\S+) ([A-Z]+): (.+)$")
# Years of two digits from this one on belong to the twentieth century.
CENTURY = 40


def day(written: str) -> str:
    """Turn yymmdd into YYYY-MM-DD."""
    year = int(written[:2])
    return f"{1900 + year if year >= CENTURY else 2000 + year}-{written[2:4]}-{written[4:6]}"


def rows(line: str, number: int) -> list[str]:
    """Turn one chain into rows of the table."""
    chain = CHAIN.match(line)
    if chain is None:
        sys.exit(f"{SOURCE.name}:{number}: not a chain; write CODE OFFICE: yymmdd Name; yymmdd Name")
    country, office, rest = chain.groups()
    links = [link.strip().split(" ", 1) for link in rest.split(";") if link.strip()]
    found = []
    for i, (start, names) in enumerate(links):
        if names == "-":
            continue
        name, *others = names.split("=")
        end = day(links[i + 1][0]) if i + 1 < len(links) else ""
        if not re.fullmatch(r"\d{6}", start):
            sys.exit(f"{SOURCE.name}:{number}: {start!r} is no date; write yymmdd")
        others = [other.replace("/", "") for other in others]
        found.append("\t".join((country, office, name, ";".join(others), day(start), end)))
    return found


def main() -> None:
    """Write the table."""
    text = SOURCE.read_text(encoding="utf-8")
    as_of = re.search(r"as of (\d{4}-\d{2}-\d{2})", text)
    if as_of is None:
        sys.exit(f"{SOURCE.name}: a comment must say `as of YYYY-MM-DD`")
    table = [
        row
        for number, line in enumerate(text.splitlines(), start=1)
        if line and not line.startswith("#")
        for row in rows(line, number)
    ]
    TARGET.write_text(HEAD.format(as_of=as_of[1]) + "\n".join(table) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {len(table)} rows")


if __name__ == "__main__":
    main()
