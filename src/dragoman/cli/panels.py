"""Prints or writes panels of dyads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dragoman.analysis.panels import COLUMNS, panel_rows, write_panel
from dragoman.cli.exporting import writing
from dragoman.cli.rows import print_rows
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dragoman.record.answers import DyadPeriod

_FORMS = {".csv": "csv", ".parquet": "parquet"}


def print_panel(periods: Iterable[DyadPeriod], output: Path | None, form: str) -> None:
    """Print a panel, or write it to a file and say on standard error how much.

    Args:
        periods: The panel.
        output: The file, CSV or Parquet by its ending; None for standard output.
        form: table, jsonl or csv, for standard output.

    Raises:
        UsageError: The file has another ending.
    """
    if output is None:
        print_rows(panel_rows(periods), tuple(COLUMNS), form)
        return
    ending = output.suffix.lower()
    if ending not in _FORMS:
        raise UsageError(message=f"--output {output}: name a file that ends in {' or '.join(_FORMS)}")
    with writing(output) as out:
        count = write_panel(periods, out, form=_FORMS[ending])
    sys.stderr.write(f"{count} rows written to {output}\n")
