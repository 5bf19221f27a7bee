"""A dyad over time as a data frame, its breaks, and a picture.

Run: python docs/examples/dyad_series.py RECORD ACTOR RECIPIENT [PICTURE.svg|png|pdf|html]
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman import Record
from dragoman.analysis.changes import find_changes
from dragoman.analysis.frames import to_frame
from dragoman.analysis.plot_files import write_plot
from dragoman.analysis.plots import plot_series


def main(path: str, actor: str, recipient: str, picture: str | None = None) -> None:
    """Print the series and its breaks; draw them when asked."""
    with Record.open_to_read(Path(path)) as record:
        series = record.dyad_series(actor, recipient, by="month", zeros=True)
    print(to_frame(series, library="polars"))
    changes = find_changes(series)
    for change in changes:
        print(f"{change.start}: mean intensity {change.before:+.1f} -> {change.after:+.1f}")
    if picture is not None:
        write_plot(plot_series(series, title=f"{actor} toward {recipient}", changes=changes), Path(picture))


if __name__ == "__main__":
    main(*sys.argv[1:])
