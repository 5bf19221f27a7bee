"""Count how often a word in a frame is the cue of an attribution, on articles with gold attributions.

    python scripts/learn_cues.py ATTRIBUTION.jsonl > src/dragoman/data/lexicon/en/cues.tsv

Gold lines hold text and attributions (speaker, cue, content as spans). Only counts of lemmas are kept.
"""

from __future__ import annotations

import collections
import json
import sys
from pathlib import Path

from dragoman.coding.attribution.candidates import candidates
from dragoman.language.pipeline import annotate, load_pipeline
from dragoman.model.documents import Document

# A lemma seen less often than this says little; its frame's rate is used.
LEAST = 2


def main() -> None:
    """Print lemma, frame, times a cue, times seen."""
    nlp = load_pipeline()
    counts: dict[tuple[str, str], list[int]] = collections.defaultdict(lambda: [0, 0])
    for line in Path(sys.argv[1]).read_text().splitlines():
        case = json.loads(line)
        cues = {i for a in case["attributions"] for s, e in (a["cue"] or []) for i in range(s, e)}
        (annotated,) = annotate(nlp, [Document(id=case["id"], text=case["text"])])
        for found in candidates(annotated):
            for key in ((found.cue.lemma_.lower(), found.frame), ("*", found.frame)):
                counts[key][0] += found.cue.idx in cues
                counts[key][1] += 1
    print("# How often a lemma in a frame was the cue of an attribution in PolNeAR's training articles:")
    print("# lemma, frame, times a cue, times seen. Counts only; made by scripts/learn_cues.py.")
    for (lemma, frame), (hits, seen) in sorted(counts.items()):
        if seen >= LEAST:
            print(lemma, frame, hits, seen, sep="\t")


if __name__ == "__main__":
    main()
