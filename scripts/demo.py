"""Code the bundled reports, show the record, and write one report as a page (run by `make demo`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dragoman.knowledge.loading import data_folder

OUT = Path("out")
RECORD = OUT / "demo.sqlite"
PAGE = OUT / "demo.html"
SHOWN = "2022-02-24-invasion"


def dragoman(*words: str) -> None:
    """Print and run one command as a user would."""
    print(f"\n$ dragoman {' '.join(words)}", flush=True)
    subprocess.run([sys.executable, "-m", "dragoman", *words], check=True)  # noqa: S603


def main() -> None:
    """Run the demonstration."""
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("demo.sqlite*"):
        old.unlink()
    dragoman("code", str(data_folder() / "reports"), "--record", str(RECORD))
    dragoman("events", "--record", str(RECORD), "--actor", "RUS", "--recipient", "UKR")
    dragoman("show", SHOWN, "--record", str(RECORD))
    dragoman("page", SHOWN, "--record", str(RECORD), "-o", str(PAGE))
    print(f"\nThe record: {RECORD.resolve()}\nThe page:   {PAGE.resolve()}")


if __name__ == "__main__":
    main()
