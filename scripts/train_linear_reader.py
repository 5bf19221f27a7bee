"""Train the log-linear reader: typed triggers, roles, firmness, on annotated reports.

    python scripts/train_linear_reader.py GOLD_FOLDER OUT_FOLDER [--folds 2] [--only fold0]

Uses the texts and folds of scripts/train_reader.py: for each fold a model is trained on the other days,
documents and stories and written to OUT_FOLDER/fold<N>/reader_linear.npz; the last, OUT_FOLDER/final, is
trained on all but the blind days (25th to 31st). Needs the extra `train`; some minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dragoman.coding.candidates.party_mention import is_known_party
from dragoman.coding.coder import Coder
from dragoman.coding.reading import linear_features
from dragoman.coding.reading.linear_features import TRIGGER_CLASSES, WordTable
from dragoman.coding.reading.linear_model import FILE, number_of, word_number
from dragoman.coding.reading.linear_reader import (
    Sentence,
    TriggerWords,
    mention_features,
    pair_features,
    sentences_of,
)
from dragoman.coding.reading.trigger_reading import EVENT_TYPES, ROLES, TYPE_NUMBER
from dragoman.coding.reading.triggers import lemma_of

sys.path.insert(0, str(Path(__file__).parent))
from training_targets import RoleTargets, role_targets, root_of
from training_texts import Text, load_texts

if TYPE_CHECKING:
    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.language.annotated import AnnotatedDocument

# Regularisation of the weights for types, roles and firmness; see --help of the scripts for the folds'
# figures.
TYPE_PENALTY, ROLE_STRENGTH, FIRM_STRENGTH = 1.0, 1.0, 0.3
ITERATIONS = 60
LEAST_USES = 2
NO_EVENT_WEIGHT = 0.6
# Minimum share of events among the uses of a word that is read, smoothed by additional counts.
LEAST_SHARE, PRIOR_USES = 0.03, 3
# A word seen this often that was never a trigger is read only where a rule holds.
OFTEN = 15
# Weights of misses and false positives of each role: actor, recipient, speaker, place.
INSIDE = (1.0, 1.0, 1.0, 1.0)
OUTSIDE = (0.5, 0.4, 0.5, 0.5)
ROLE_ROUNDS = 3
# Weights with a smaller absolute value are not stored in the file.
NEGLIGIBLE = {"type": 0.02, "role": 0.01, "firm": 0.005}


# Training examples ------------------------------------------------------------------------------------


@dataclass
class Word:
    """A possible trigger word, with its allowed types and its weight."""

    number: int
    rows: array[int]
    allowed: list[int]
    weight: float
    # Whether a rule of the codebook is tried on the word, and whether it holds.
    ruled: bool
    holds: bool


@dataclass
class Told:
    """One annotated event at a word: its firmness, and rows and targets of each nearby mention."""

    firm: float | None
    firm_rows: array[int]
    pair_rows: list[array[int]]
    targets: RoleTargets


@dataclass
class Example:
    """The training example of one text."""

    words: list[Word] = field(default_factory=list)
    events: list[Told] = field(default_factory=list)


def triggers_in(text: Text, annotated: AnnotatedDocument) -> dict[int, list[dict[str, Any]]]:
    """Return the annotated events by trigger word."""
    found: dict[int, list[dict[str, Any]]] = {}
    for event in text.events:
        root = root_of(annotated.doc, event["evidence"])
        if root is not None and annotated.doc[root].pos_ in TRIGGER_CLASSES:
            found.setdefault(root, []).append(event)
    return found


def example_of(
    text: Text, annotated: AnnotatedDocument, mentions: list[PartyMention], coder: Coder, known: set[int]
) -> Example:
    """Return the example of one annotated text.

    Args:
        text: The text.
        annotated: Its parse.
        mentions: The party mentions of the text.
        coder: The coder, for its codebook.
        known: Numbers of all words that are triggers in any text.
    """
    table = WordTable(annotated.doc, mentions, coder.book)
    told = triggers_in(text, annotated)
    by_rule, by_holding_rule = TriggerWords(coder.book, (), ()), TriggerWords(coder.book, (), _Everything())
    example = Example()
    for sentence in sentences_of(table):
        ruled = {*by_rule.words(table, sentence)}
        holding = {*by_holding_rule.words(table, sentence)}
        inside = {word for word in told if sentence.start <= word < sentence.end}
        words = inside | ruled | {
            k for k in range(sentence.start, sentence.end)
            if table.classes[k] in TRIGGER_CLASSES and _number(table, k) in known
        }  # fmt: skip
        if not inside and not any(map(is_known_party, (*sentence.mentions, *sentence.earlier))):
            continue
        shared = linear_features.sentence_features(table, sentence.start, sentence.end, sentence.number)
        for word in sorted(words):
            own = linear_features.trigger_features(table, word, sentence.start, sentence.end)
            types = sorted({TYPE_NUMBER[name] for event in told.get(word, ()) for name in event["types"]})
            optional = not types and any(
                event["evidence"]["start"] <= annotated.doc[word].idx < event["evidence"]["end"]
                for event in text.optional
            )
            weight = 1.0 if types else 0.0 if optional else NO_EVENT_WEIGHT
            example.words.append(
                Word(_number(table, word), numbers_of([*shared, *own]), types or [0], weight,
                     word in ruled, word in holding)
            )  # fmt: skip
            for event in told.get(word, ()):
                example.events.append(_told(event, table, sentence, word))
    return example


class _Everything:
    def __contains__(self, number: object) -> bool:
        return True


def _number(table: WordTable, word: int) -> int:
    return word_number(table.lemmas[word], table.classes[word])


def _told(event: dict[str, Any], table: WordTable, sentence: Sentence, word: int) -> Told:
    event_type = event["types"][0]
    firm = event.get("firm", True)
    alone = mention_features(table, sentence)
    pairs = pair_features(table, sentence, word, event_type)
    return Told(
        firm=None if firm is None else float(firm),
        firm_rows=numbers_of(linear_features.firm_features(table, word, event_type)),
        pair_rows=[numbers_of([*a, *b]) for a, b in zip(alone, pairs, strict=True)],
        targets=role_targets(event, (*sentence.mentions, *sentence.earlier)),
    )


def numbers_of(features: list[str]) -> array[int]:
    """Return the numbers of features as a compact array."""
    return array("L", map(number_of, features))


# Training ------------------------------------------------------------------------------------------------


@dataclass
class Design:
    """Matrix with cases as rows and used features as columns, with the number of each feature.

    A feature that occurs twice in a case counts twice, as in the reader.
    """

    given: csr_matrix
    features: np.ndarray


def design_of(cases: list[array[int]]) -> Design:
    """Return the matrix; a feature of a single case does not generalise and is excluded."""
    flat = np.concatenate([np.asarray(case, dtype=np.uint32) for case in cases])
    features, columns = np.unique(flat, return_inverse=True)
    starts = np.cumsum([0, *(len(case) for case in cases)])
    given = csr_matrix(
        (np.ones(len(flat), dtype=np.float32), columns, starts), shape=(len(cases), len(features))
    )
    used = np.flatnonzero(given.getnnz(axis=0) >= LEAST_USES)
    return Design(given[:, used], features[used])


@dataclass
class Fitted:
    """A fitted table: the number of each row's feature, the weights, the bias."""

    features: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Return the table as stored in the file: only non-negligible weights, with row and column."""
        matters = np.abs(self.weights) >= NEGLIGIBLE[name]
        kept = matters.any(axis=1)
        rows, columns = np.nonzero(matters[kept])
        return {
            f"{name}_features": self.features[kept].astype(np.uint32),
            f"{name}_rows": rows.astype(np.uint32),
            f"{name}_columns": columns.astype(np.uint8),
            f"{name}_values": self.weights[kept][rows, columns].astype(np.float16),
            f"{name}_bias": self.bias.astype(np.float32),
        }


def fit_types(words: list[Word], penalty: float) -> Fitted:
    """Fit the softmax; of an event with several allowed types, any counts as right."""
    design = design_of([word.rows for word in words])
    given, transposed = design.given, design.given.T.tocsr()
    weights = np.array([word.weight for word in words], dtype=np.float32)
    classes = len(EVENT_TYPES) + 1
    barred = np.full((len(words), classes), -1e9, dtype=np.float32)
    for k, word in enumerate(words):
        barred[k, word.allowed] = 0.0

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(-1, classes).astype(np.float32)
        scores = given @ table[:-1] + table[-1]
        everything, everywhere = _chances(scores)
        among, inside = _chances(scores + barred)
        lost = float((weights * (everything - among)).sum())
        slope = (everywhere - inside) * weights[:, None]
        gradient = np.vstack([transposed @ slope + penalty * table[:-1], slope.sum(axis=0)])
        lost += 0.5 * penalty * float((table[:-1] ** 2).sum())
        return lost, gradient.ravel().astype(np.float64)

    start = np.zeros((len(design.features) + 1) * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 5})
    table = found.x.reshape(-1, classes).astype(np.float32)
    return Fitted(design.features, table[:-1], table[-1])


def _chances(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-sum-exp, and the softmax probabilities."""
    top = scores.max(axis=1, keepdims=True)
    powers = np.exp(scores - top)
    total = powers.sum(axis=1, keepdims=True)
    return (np.log(total) + top)[:, 0], powers / total


def fit_roles(events: list[Told], strength: float) -> Fitted:
    """Fit the roles one by one. The mention of an annotated party is chosen again in each round."""
    cases, starts = [], []
    for event in events:
        starts.append(len(cases))
        cases += event.pair_rows
    design = design_of(cases)
    given = design.given
    table, bias = np.zeros((len(design.features), len(ROLES)), np.float32), np.zeros(len(ROLES), np.float32)
    for role in range(len(ROLES)):
        scores = np.zeros(len(cases), np.float32)
        for number in range(ROLE_ROUNDS):
            inside, outside = [], []
            shares = []
            for start, event in zip(starts, events, strict=True):
                for hit in event.targets.inside[role]:
                    places = [start + k for k in hit]
                    if number:
                        places = [max(places, key=lambda k: scores[k])]
                    inside += places
                    shares += [INSIDE[role] / len(places)] * len(places)
                outside += [start + k for k in event.targets.outside[role]]
            labels = np.array([1] * len(inside) + [0] * len(outside))
            weights = np.array(shares + [OUTSIDE[role]] * len(outside))
            model = LogisticRegression(C=strength, max_iter=200)
            model.fit(given[inside + outside], labels, sample_weight=weights)
            scores = model.decision_function(given)
        table[:, role], bias[role] = model.coef_[0], model.intercept_[0]
    return Fitted(design.features, table, bias)


def fit_firm(events: list[Told], strength: float) -> Fitted:
    """Fit the firmness of events."""
    chosen = [event for event in events if event.firm is not None]
    model = LogisticRegression(C=strength, max_iter=200)
    design = design_of([event.firm_rows for event in chosen])
    model.fit(design.given, [event.firm for event in chosen])
    return Fitted(design.features, model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))


def word_lists(examples: list[Example]) -> tuple[set[int], set[int]]:
    """Return the numbers of words that are always read, and of frequent words that are never triggers."""
    uses, told = Counter[int](), Counter[int]()
    for example in examples:
        for word in example.words:
            uses[word.number] += 1
            told[word.number] += word.allowed != [0]
    triggers = {n for n in told if told[n] and told[n] / (uses[n] + PRIOR_USES) >= LEAST_SHARE}
    return triggers, {n for n in uses if not told[n] and uses[n] >= OFTEN}


def train(examples: list[Example]) -> dict[str, np.ndarray]:
    """Train everything; return the arrays of the file."""
    triggers, others = word_lists(examples)
    words = [
        word
        for example in examples
        for word in example.words
        if word.weight
        and (word.number in triggers or word.allowed != [0] or word.holds
             or (word.ruled and word.number not in others))
    ]  # fmt: skip
    events = [event for example in examples for event in example.events]
    arrays = {
        "triggers": np.array(sorted(triggers), dtype=np.uint32),
        "others": np.array(sorted(others), dtype=np.uint32),
    }
    fitted = {
        "type": fit_types(words, TYPE_PENALTY),
        "role": fit_roles(events, ROLE_STRENGTH),
        "firm": fit_firm(events, FIRM_STRENGTH),
    }
    for name, table in fitted.items():
        arrays |= table.arrays(name)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--only", help="train this one alone: fold0, fold1 ..., final")
    options = parser.parse_args()
    coder = Coder(reading="rules")
    texts = [text for text in load_texts(options.gold) if not text.is_blind]
    parsed = [(text, annotated, coder.mentions_of(annotated)) for text in texts
              for annotated in [coder.annotate(text.document)]]  # fmt: skip
    examples = examples_of(parsed, coder)
    for name in [*(f"fold{k}" for k in range(options.folds)), "final"]:
        if options.only in (None, name):
            chosen = chosen_for(name, parsed, examples, options.folds)
            began = time.time()
            path = options.out / name / FILE
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(path, **train(chosen))
            events = sum(len(example.events) for example in chosen)
            size = path.stat().st_size / 1e6
            print(f"{name}: {len(chosen)} texts, {events} events, {time.time() - began:.0f} s, {size:.1f} MB",
                  flush=True)  # fmt: skip


Parsed = list[tuple[Text, "AnnotatedDocument", "list[PartyMention]"]]


def examples_of(parsed: Parsed, coder: Coder) -> list[Example]:
    """Return the examples of all texts."""
    known = {
        word_number(lemma_of(annotated.doc[word]), annotated.doc[word].pos_)
        for text, annotated, _ in parsed
        for word in triggers_in(text, annotated)
    }
    return [example_of(text, annotated, mentions, coder, known) for text, annotated, mentions in parsed]


def chosen_for(name: str, parsed: Parsed, examples: list[Example], folds: int) -> list[Example]:
    """Return the examples that a fold, or the final model, is trained on."""
    return [
        example
        for (text, _, _), example in zip(parsed, examples, strict=True)
        if name == "final" or text.fold is None or text.fold % folds != int(name[4:])
    ]


if __name__ == "__main__":
    main()
