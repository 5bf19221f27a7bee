"""Build the table of CAMEO codes: Goldstein value, PLOVER type, mode, context.

    python scripts/build_crosswalk.py CAMEO_CODES.csv CAMEO_TO_PLOVER.csv > cameo.tsv

The first file contains code,name,goldstein (figures of the ICEWS R package, MIT); the second
cameo,event_type,event_mode,context (the PLOVER manual of 2021, CC BY-SA 4.0). Only codes are retained.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HEADER = (
    "# CAMEO codes. goldstein: the ICEWS R package (MIT). event_type, event_mode, context: crosswalk of the\n"
    "# PLOVER manual, 2021 (CC BY-SA 4.0). Codes are strings: 0311 is not 311.\n"
    "# name: the same package. quad_class: by root, as GDELT and the ICEWS package have it (01-05, 06-09,"
    " 10-14, 15-20).\n"
    "code\tgoldstein\tevent_type\tevent_mode\tcontext\tquad_class\tname"
)
# The last root of each quad class.
QUAD_CLASSES = (
    (5, "verbal_cooperation"), (9, "material_cooperation"), (14, "verbal_conflict"),
    (20, "material_conflict"),
)  # fmt: skip


def main() -> None:
    """Join the two tables by code and print the result."""
    codes_path, crosswalk_path = map(Path, sys.argv[1:3])
    with crosswalk_path.open(newline="") as file:
        plover = {row["cameo"]: row for row in csv.DictReader(file)}
    print(HEADER)
    with codes_path.open(newline="") as file:
        for row in csv.DictReader(file):
            code = row["code"]
            found = plover.get(code) or plover.get(code[:3]) or plover.get(code[:2]) or {}
            cells = [
                code,
                row["goldstein"],
                *(found.get(k) or "" for k in ("event_type", "event_mode", "context")),
                next(quad for last, quad in QUAD_CLASSES if int(code[:2]) <= last),
                row["name"],
            ]
            print("\t".join(cells))


if __name__ == "__main__":
    main()
