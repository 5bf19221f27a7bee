"""The CAMEO codes: name, Goldstein value, quad class and PLOVER type of each, from one table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "cameo.tsv"
_COLUMNS = {"code", "goldstein"}


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One code: `quad_class` is that of its root, `event_type` that of the PLOVER crosswalk."""

    code: str
    name: str
    goldstein: float
    quad_class: str
    event_type: str | None


def load_cameo(folder: Path | None = None) -> dict[str, CameoCode]:
    """Return the codes of a codebook folder's table, else of the package's table.

    Args:
        folder: The folder of a codebook; the table is optional in it.
    """
    path = (folder or data_folder() / "codebook") / FILE
    if not path.exists():
        path = data_folder() / "codebook" / FILE
    return read_cameo(path)


def read_cameo(path: Path) -> dict[str, CameoCode]:
    """Return the codes of a table: columns code, goldstein and, if known, name, quad_class, event_type.

    Raises:
        KnowledgeError: A column is missing, or a Goldstein value is not a number; the message gives file and
            line.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if not line.startswith("#")]
    reader = csv.DictReader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := _COLUMNS - set(reader.fieldnames or ()):
        raise KnowledgeError(where=str(path), message=f"no column {min(missing)}; separate columns by tabs")
    found = {}
    for row in reader:
        try:
            goldstein = float(row["goldstein"])
        except (TypeError, ValueError):
            where = f"{path}:{numbered[reader.line_num - 1][0]}"
            message = f"goldstein is {row['goldstein']!r}; write a number"
            raise KnowledgeError(where=where, message=message) from None
        found[row["code"]] = CameoCode(
            code=row["code"],
            name=row.get("name") or row["code"],
            goldstein=goldstein,
            quad_class=row.get("quad_class") or "",
            event_type=row.get("event_type") or None,
        )
    return found


def load_cameo_types() -> dict[str, str]:
    """Return the event type of each CAMEO code in the crosswalk of the package."""
    return {code: entry.event_type for code, entry in load_cameo().items() if entry.event_type}


def written_out(code: str) -> str:
    """Return a code with at least three digits: records of earlier versions contain roots (03 for 030)."""
    return f"{code}0" if len(code) == 2 else code


def longest_beginning(code: str, table: Mapping[str, str]) -> str | None:
    """Return the entry of a table for the longest prefix of a code that it contains.

    Args:
        code: A CAMEO code ("0731").
        table: Prefixes of codes ("07", "073") and the value of each.
    """
    for length in range(len(code), 1, -1):
        if code[:length] in table:
            return table[code[:length]]
    return None
