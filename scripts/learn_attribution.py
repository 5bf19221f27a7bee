"""Train the attribution model on articles with annotated attributions, and cross-validate by article.

    python scripts/learn_attribution.py GOLD.jsonl

GOLD contains one article per line: id, text, attributions [{speaker, cue, content}] as spans. First a
logistic regression scores each candidate alone by its words and syntax; then boosted trees score it in the
context of adjacent candidates, from log-odds that were fitted without its article. Writes
attribution_weights.tsv, cues.tsv and attribution_trees.json to src/dragoman/data/lexicon/en. Needs the build
extra.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from dragoman import Coder
from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.context_features import context_features
from dragoman.coding.attribution.features import features_of
from dragoman.coding.attribution.ranking import LEAST_ODDS, is_plain_saying
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.reporting import ANY, CueCounts, load_classes
from dragoman.model.documents import Document

sys.path.insert(0, str(Path(__file__).parent))
from tree_numbers import tree_numbers

if TYPE_CHECKING:
    from dragoman.coding.attribution.candidate import Candidate
    from dragoman.language.annotated import AnnotatedDocument

FOLDS = 5
STRENGTH = 0.25
# Rarer features do not generalise to other articles.
LEAST_SEEN = 3
LEAST_COUNTED = 2
SMALLEST_WEIGHT = 0.02


@dataclass
class Article:
    """One article: its candidates, the features of each candidate alone, and which are right."""

    annotated: AnnotatedDocument
    found: list[Candidate] = field(default_factory=list)
    features: list[dict[str, int]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


def characters(spans: Any) -> set[int]:
    """Return the characters covered by spans."""
    pairs = [(s["start"], s["end"]) if isinstance(s, dict) else s for s in spans or []]
    return {i for start, end in pairs for i in range(start, end)}


def articles_of(path: Path) -> list[Article]:
    """Read the articles; a candidate is right when half of its content and its cue match."""
    coder, classes = Coder(reading="rules"), load_classes()
    articles = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted = [(characters(a["content"]), characters(a["cue"])) for a in row["attributions"]]
        article = Article(coder.annotate(Document(id=row["id"], text=row["text"])))
        for candidate in candidates(article.annotated):
            mine, cue = characters(candidate.content), characters([candidate.cue_span])
            # The right words around the wrong verb train the wrong speaker: the cue must be the annotated
            # one.
            alike = (
                len(mine & words) / len(mine | words)
                for words, marked in wanted
                if words and (not marked or cue & marked)
            )
            kind = classes.get(candidate.cue.lemma_.lower(), "none")
            article.found.append(candidate)
            article.features.append(
                dict.fromkeys(features_of(candidate, article.annotated, cue_class=kind), 1)
            )
            article.right.append(int(max(alike, default=0.0) >= 0.5))
        articles.append(article)
    return articles


def odds_without_own(
    articles: list[Article], x: Any, y: np.ndarray, names: dict[str, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the out-of-fold log-odds of each candidate, and whether it goes to the second stage."""
    of = np.repeat(np.arange(len(articles)), [len(a.found) for a in articles])
    cues = [candidate.cue for article in articles for candidate in article.found]
    is_noun = np.array([cue.pos_ in ("NOUN", "ADJ") for cue in cues])
    lemma = np.array([names.get(f"lemma={cue.lemma_.lower()}", -1) for cue in cues])
    classes = load_classes()
    is_listed = np.array([cue.lemma_.lower() in classes for cue in cues])
    is_plain = np.array([is_plain_saying(candidate) for article in articles for candidate in article.found])
    odds, looked_at = np.zeros(len(y)), np.zeros(len(y), dtype=bool)
    for fold in range(FOLDS):
        test = of % FOLDS == fold
        model = LogisticRegression(C=STRENGTH, max_iter=400).fit(x[~test], y[~test])
        odds[test] = model.decision_function(x[test])
        weights = np.append(model.coef_[0], 0.0)
        looked_at[test] = ~is_noun[test] | is_listed[test] | (weights[lemma[test]] > 0.0)
    return odds, looked_at & (is_plain | (odds >= LEAST_ODDS))


def counts_of(articles: list[Article]) -> CueCounts:
    """Count how often each lemma was a cue, in each frame and in total."""
    hits: collections.Counter[tuple[str, str]] = collections.Counter()
    seen: collections.Counter[tuple[str, str]] = collections.Counter()
    for article in articles:
        for candidate, right in zip(article.found, article.right, strict=True):
            lemma = candidate.cue.lemma_.lower()
            for key in ((lemma, candidate.frame), (lemma, ANY), (ANY, ANY)):
                seen[key] += 1
                hits[key] += right
    return CueCounts({key: (hits[key], n) for key, n in seen.items() if n >= LEAST_COUNTED})


def in_context(
    articles: list[Article], odds: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the context features, labels and articles of the candidates of the second stage."""
    rows, labels, of, start = [], [], [], 0
    folds = range(FOLDS)
    counts = [counts_of([a for n, a in enumerate(articles) if n % FOLDS != fold]) for fold in folds]
    for number, article in enumerate(articles):
        chosen = [i for i in range(len(article.found)) if kept[start + i]]
        if chosen:
            alone = [float(odds[start + i]) for i in chosen]
            found, of_others = [article.found[i] for i in chosen], counts[number % FOLDS]
            rows.append(context_features(found, alone, article.annotated, counts=of_others))
            labels += [article.right[i] for i in chosen]
            of += [number] * len(chosen)
        start += len(article.found)
    return np.vstack(rows), np.array(labels), np.array(of)


def trees(seed: int = 0) -> HistGradientBoostingClassifier:
    """Return the untrained second model."""
    return HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=5.0,
        early_stopping=False, random_state=seed,
    )  # fmt: skip


def report(held: np.ndarray, labels: np.ndarray, right: int) -> None:
    """Print the accuracy of classifying candidates in the folds."""
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45):
        said = held >= least
        hits = int((said & (labels == 1)).sum())
        print(f"from {least}: precision {hits / max(said.sum(), 1):.3f}, recall {hits / right:.3f}")


def main() -> None:
    """Train, cross-validate and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    articles = articles_of(parser.parse_args().gold)
    seen = collections.Counter(name for a in articles for row in a.features for name in row)
    rows = [{name: 1 for name in row if seen[name] >= LEAST_SEEN} for a in articles for row in a.features]
    vectorizer = DictVectorizer()
    x, y = vectorizer.fit_transform(rows), np.array([right for a in articles for right in a.right])
    odds, kept = odds_without_own(articles, x, y, vectorizer.vocabulary_)
    context, labels, of = in_context(articles, odds, kept)
    held = np.zeros(len(labels))
    for fold in range(FOLDS):
        test = of % FOLDS == fold
        held[test] = trees().fit(context[~test], labels[~test]).predict_proba(context[test])[:, 1]
    report(held, labels, int(y.sum()))
    model = LogisticRegression(C=STRENGTH, max_iter=400).fit(x, y)
    folder = data_folder() / "lexicon" / "en"
    weights = [
        f"{name}\t{weight:.3f}"
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST_WEIGHT and not any(letter.isspace() for letter in name)
    ]
    head = "# Learned by scripts/learn_attribution.py: feature, weight. The first row is the constant."
    text = "\n".join([head, f"*\t{model.intercept_[0]:.3f}", *weights]) + "\n"
    (folder / "attribution_weights.tsv").write_text(text, encoding="utf-8")
    counted = [
        f"{lemma}\t{frame}\t{hits}\t{seen}"
        for (lemma, frame), (hits, seen) in sorted(counts_of(articles).counts.items())
        if not any(letter.isspace() for letter in lemma)
    ]
    head = "# Counted by scripts/learn_attribution.py: lemma, frame, times a cue, times seen; * is any."
    (folder / "cues.tsv").write_text("\n".join([head, *counted]) + "\n", encoding="utf-8")
    grown = json.dumps(tree_numbers(trees().fit(context, labels), digits=5), separators=(",", ":"))
    (folder / "attribution_trees.json").write_text(grown + "\n", encoding="utf-8")
    print(f"{len(weights)} weights, {len(y)} candidates, {len(labels)} of them looked at twice")


if __name__ == "__main__":
    main()
