"""Count the reports of general English news that contain a word, as a background for rare words.

    python scripts/build_word_spread.py ../shared/gold > src/dragoman/data/lexicon/en/word_spread.tsv

Only counts, of lower-case words, so that a name that was in the news when the reports were written does not
count as common. The stories set is excluded: stories are evaluated on it.
"""

from __future__ import annotations

import collections
import json
import re
import sys
from pathlib import Path

WORD = re.compile(r"(?<![\w'’-])[a-z]+(?:['’-][a-z]+)*(?![\w'’-])")
ARTICLES = ("attribution.jsonl", "attribution_dev.jsonl")
SENTENCES = ("relations.jsonl", "factuality.jsonl")
# Number of isolated sentences treated as one report.
SENTENCES_A_REPORT = 20
# A word in fewer reports is treated as unknown.
LEAST = 3


def texts(path: Path) -> list[str]:
    """Return the texts of a gold file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file if line.strip()]


def main() -> None:
    """Print the table: the number of reports, then word and count."""
    folder = Path(sys.argv[1])
    reports = [text for name in ARTICLES for text in texts(folder / name)]
    loose = [text for name in SENTENCES for text in texts(folder / name)]
    reports += [" ".join(loose[i : i + SENTENCES_A_REPORT]) for i in range(0, len(loose), SENTENCES_A_REPORT)]
    counts = collections.Counter(word for text in reports for word in set(WORD.findall(text)))
    print("# In how many reports a word turns up in small letters; made by scripts/build_word_spread.py.")
    print("# Counted over PolNeAR (train and dev), PLV (train), UW and MEANTIME (train): no text is kept.")
    print("*", len(reports), sep="\t")
    for word, count in sorted(counts.items()):
        if count >= LEAST:
            print(word, count, sep="\t")


if __name__ == "__main__":
    main()
