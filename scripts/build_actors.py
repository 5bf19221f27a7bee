"""Build the tables of offices in data/actors from the chains of holders in scripts/tables.

Run it after a change of the chains: python scripts/build_actors.py
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "scripts" / "tables"
TARGETS = ROOT / "src" / "dragoman" / "data" / "actors"

# Source, target, content, origin of the facts.
TABLES = (
    (
        "leaders.txt",
        "offices_world.tsv",
        "leaders of all states since 1990",
        "REIGN 1945-2021 (dates and surnames of effective leaders), completed from common knowledge",
    ),
    (
        "heads.txt",
        "offices_heads.tsv",
        "heads of state beside the leaders, and heads of government",
        "public record",
    ),
    (
        "ministers.txt",
        "offices_ministers.tsv",
        "foreign and defence ministers since 1990",
        "public record; foreign ministers of autumn 2022 seen in a list of Wikidata (CC0), "
        "names of 2001-2013 with the Open Event Data Alliance dictionaries (MIT)",
    ),
    (
        "officials.txt",
        "offices_officials.tsv",
        "other ministers, governors, speakers, envoys, heads of international bodies, leaders of groups",
        "public record",
    ),
)
HEAD = """\
# Offices held: {what}. Built by scripts/build_actors.py; edit its table, not this.
# Columns, tab-separated: country or organisation, office, person, other names (by ";"), first day, last day.
# A date without its day is the whole month: both the old and the new holder are known in it.
# Facts: {source}.
# as of {as_of}
"""
# Tables whose persons are known by the surname, except those in whole_names.txt.
HELD_BACK = frozenset({"heads.txt", "ministers.txt"})
CHAIN = re.compile(r"^(\S+) ([A-Z]+): (.+)$")
# Tables whose persons are known by the full name unless a surname is marked.
WHOLE_NAMES = frozenset({"officials.txt"})
# Two-digit years from this one on belong to the twentieth century.
CENTURY = 40


def day(written: str) -> str:
    """Convert yymmdd to YYYY-MM-DD and yymm to YYYY-MM."""
    year = int(written[:2])
    parts = (written[2:4], written[4:6])
    return "-".join((str(1900 + year if year >= CENTURY else 2000 + year), *(part for part in parts if part)))


def whole_names() -> frozenset[str]:
    """Return the surnames and persons that are known by the full name only."""
    lines = (SOURCES / "whole_names.txt").read_text(encoding="utf-8").splitlines()
    words = ",".join(line for line in lines if not line.startswith("#")).split(",")
    return frozenset(word.strip().lower() for word in words)


def marked(name: str, whole: frozenset[str]) -> str:
    """Mark the full name as the surname if the surname alone would be too common."""
    plain = name.replace("/", "")
    surname = name.split("/")[1] if "/" in name else plain.split()[-1]
    return f"/{plain}/" if {plain.lower(), surname.lower()} & whole else name


def rows(line: str, where: str, whole: frozenset[str], *, is_whole: bool = False) -> list[str]:
    """Convert one chain to rows of the table."""
    chain = CHAIN.match(line)
    if chain is None:
        sys.exit(f"{where}: not a chain; write CODE OFFICE: yymmdd Name; yymmdd Name")
    country, office, rest = chain.groups()
    links = [link.strip().split(" ", 1) for link in rest.split(";") if link.strip()]
    found = []
    for i, (start, names) in enumerate(links):
        if not re.fullmatch(r"\d{4}(\d\d)?", start):
            sys.exit(f"{where}: {start!r} is no date; write yymmdd, or yymm for a month")
        if names == "-":
            continue
        name, *others = names.split("=")
        if office != "MONARCH":
            name = f"/{name}/" if is_whole and "/" not in name else marked(name, whole)
        end = day(links[i + 1][0]) if i + 1 < len(links) else ""
        others = [other.replace("/", "") for other in others]
        found.append("\t".join((country, office, name, ";".join(others), day(start), end)))
    return found


def build(source: str, target: str, what: str, facts: str) -> None:
    """Write one table."""
    text = (SOURCES / source).read_text(encoding="utf-8")
    as_of = re.search(r"as of (\d{4}-\d{2}-\d{2})", text)
    if as_of is None:
        sys.exit(f"{source}: a comment must say `as of YYYY-MM-DD`")
    whole = whole_names() if source in HELD_BACK else frozenset()
    table = [
        row
        for number, line in enumerate(text.splitlines(), start=1)
        if line and not line.startswith("#")
        for row in rows(line, f"{source}:{number}", whole, is_whole=source in WHOLE_NAMES)
    ]
    head = HEAD.format(what=what, source=facts, as_of=as_of[1])
    (TARGETS / target).write_text(head + "\n".join(table) + "\n", encoding="utf-8")
    print(f"{target}: {len(table)} rows")


if __name__ == "__main__":
    for one in TABLES:
        build(*one)
