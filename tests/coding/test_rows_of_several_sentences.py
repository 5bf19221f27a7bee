"""Enough reports of several sentences show references back, implied recipients and speakers."""

from __future__ import annotations

import re
from pathlib import Path

FILES = {
    "parties/test_anaphora.py": 100,
    "candidates/test_implicit_recipients.py": 80,
    "attribution/test_speaker_index.py": 60,
    "attribution/test_who_says_it.py": 10,
}
# A row marks the word that it asks about; a stop and a capital behind it begin another sentence.
_SENTENCE_END = re.compile(r"[.!?][\"”]? +[\"“<\[]*[A-Z]")


def test_there_are_rows_of_several_sentences():
    counts = {}
    for name in FILES:
        lines = Path(__file__).with_name(name.split("/")[0]).joinpath(name.split("/")[1]).read_text("utf-8")
        rows = {
            line.split(" | ")[0] for line in lines.splitlines() if "[" in line and not line.startswith("#")
        }
        counts[name] = sum(bool(_SENTENCE_END.search(row)) for row in rows)
    assert {name: count for name, count in counts.items() if count < FILES[name]} == {}
    assert sum(counts.values()) >= 300
