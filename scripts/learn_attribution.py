"""Weigh what tells an attribution, on articles with attributions marked, and cross-validate by article.

    python scripts/learn_attribution.py GOLD.jsonl

GOLD holds one article a line: id, text, attributions [{speaker, cue, content}] as spans. Writes
src/dragoman/data/lexicon/en/attribution_weights.tsv. Needs the build extra.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dragoman import Coder
from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.features import features_of
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.reporting import load_reporting
from dragoman.model.documents import Document

FOLDS = 5
STRENGTH = 0.4
# Features seen less often tell nothing of other articles.
LEAST_SEEN = 3
SMALLEST_WEIGHT = 0.05


def characters(spans: Any) -> set[int]:
    """Return the characters that spans cover."""
    pairs = [(s["start"], s["end"]) if isinstance(s, dict) else s for s in spans or []]
    return {i for start, end in pairs for i in range(start, end)}


def rows_of(path: Path) -> tuple[list[dict[str, int]], list[int], list[int]]:
    """Return features, labels and articles of every candidate; right when half of it and its cue fit."""
    coder, cues = Coder(), load_reporting()
    features, labels, articles = [], [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        wanted = [(characters(a["content"]), characters(a["cue"])) for a in row["attributions"]]
        annotated = coder.annotate(Document(id=row["id"], text=row["text"]))
        for candidate in candidates(annotated):
            if not candidate.content:
                continue
            mine = characters(candidate.content)
            cue = characters([candidate.cue_span] if candidate.cue_span else [])
            # The right words around the wrong verb teach the wrong speaker: the cue must be the one marked.
            alike = (
                len(mine & words) / len(mine | words)
                for words, marked in wanted
                if words and (not marked or cue & marked)
            )
            best = max(alike, default=0.0)
            kind = cues.class_of.get(candidate.cue.lemma_.lower(), "none")
            features.append(dict.fromkeys(features_of(candidate, annotated, cue_class=kind), 1))
            labels.append(int(best >= 0.5))
            articles.append(number)
    return features, labels, articles


def main() -> None:
    """Train, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    features, labels, articles = rows_of(parser.parse_args().gold)
    seen = collections.Counter(name for row in features for name in row)
    features = [{name: 1 for name in row if seen[name] >= LEAST_SEEN} for row in features]
    vectorizer = DictVectorizer()
    x, y, of = vectorizer.fit_transform(features), np.array(labels), np.array(articles)
    held = np.zeros(len(y))
    for fold in range(FOLDS):
        test = of % FOLDS == fold
        model = LogisticRegression(C=STRENGTH, max_iter=400).fit(x[~test], y[~test])
        held[test] = model.predict_proba(x[test])[:, 1]
    for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        said = held >= least
        right = int((said & (y == 1)).sum())
        precision, recall = right / max(said.sum(), 1), right / y.sum()
        print(f"from {least}: precision {precision:.3f}, recall of candidates {recall:.3f}")
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(x, y)
    # Single words that were seen once or twice tell nothing of other articles.
    out = data_folder() / "lexicon" / "en" / "attribution_weights.tsv"
    rows = [
        f"{name}\t{weight:.3f}"
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST_WEIGHT and not any(letter.isspace() for letter in name)
    ]
    head = "# Learned by scripts/learn_attribution.py: feature, weight. The first row is the constant."
    out.write_text("\n".join([head, f"*\t{model.intercept_[0]:.3f}", *rows]) + "\n", encoding="utf-8")
    print(f"{out.name}: {len(rows)} weights, {out.stat().st_size:,} bytes, {len(y)} candidates")


if __name__ == "__main__":
    main()
