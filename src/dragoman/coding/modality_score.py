"""The score of a predicate: what readers said of like readings, kept as a few small trees.

The rules decide factuality and polarity; this only places the outcome between -3 and +3. The trees were
grown by `scripts/train_factuality.py` and are plain numbers, read without any learning library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Token

    from dragoman.coding.modality_reading import Reading

_GENERIC_SUBJECTS = frozenset({"you", "one", "we", "people", "anyone", "someone", "everyone", "they"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True)
class ScoreTrees:
    """Boosted trees over yes-no features. A node is (feature, no, yes); leaves have feature -1."""

    base: float
    index: dict[str, int]
    trees: tuple[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[float, ...]], ...]

    def score(self, features: set[str]) -> float:
        """Return the score of a reading with these features, between -3 and +3."""
        known = {self.index[name] for name in features if name in self.index}
        total = self.base
        for feature, left, right, value in self.trees:
            node = 0
            while (tested := feature[node]) >= 0:
                node = right[node] if tested in known else left[node]
            total += value[node]
        return max(-3.0, min(3.0, total))


def load_trees(path: Path | None = None) -> ScoreTrees:
    """Load the trees.

    Raises:
        KnowledgeError: The file is missing or not as the training script writes it.
    """
    path = path or data_folder() / "lexicon" / "en" / "modality_score.json"
    try:
        content: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        return ScoreTrees(
            base=content["base"],
            index={name: number for number, name in enumerate(content["features"])},
            trees=tuple(
                (tuple(t["feature"]), tuple(t["no"]), tuple(t["yes"]), tuple(t["value"]))
                for t in content["trees"]
            ),
        )
    except (OSError, KeyError, TypeError, msgspec.DecodeError) as error:
        message = f"cannot be used ({error}); write it anew with scripts/train_factuality.py"
        raise KnowledgeError(where=path.name, message=message) from error


def features_of(reading: Reading, token: Token) -> set[str]:
    """Name the features of one reading."""
    head = token.head
    names = {
        f"out={reading.strength * reading.sign}",
        f"tense={reading.tense}",
        f"kind={reading.kind}",
        f"group={reading.group}",
        f"kind-group={reading.kind}/{reading.group}",
        f"host={reading.host_strength * reading.host_sign}",
        f"own={reading.own_strength * reading.own_sign}",
        f"tag={token.tag_}",
        f"pos={token.pos_}",
        f"dep={token.dep_}",
        f"governor={head.lemma_.lower()}" if head != token else "governor=",
        f"governor tag={head.tag_}",
        f"word={token.lemma_.lower()}",
        f"suffix={token.lower_[-4:]}" if len(token.text) > 5 else "suffix=",
        f"length={min(len(reading.reasons), 3)}",
    }
    names.update(f"reason={reason}" for reason in reading.reasons)
    names.update(f"first={reason}" for reason in reading.reasons[:1])
    if reading.conditional:
        names.add("conditional")
    for ancestor in _some_ancestors(token):
        names.add(f"above={ancestor.lemma_.lower()}")
        names.add(f"above tag={ancestor.tag_}")
    _add_children(token, names)
    return names


def _some_ancestors(token: Token) -> list[Token]:
    found = []
    node = token.head
    for _ in range(3):
        if node.head == node:
            break
        node = node.head
        found.append(node)
    return found


def _add_children(token: Token, names: set[str]) -> None:
    nominal = token.pos_ in _NOMINAL
    for child in token.children:
        names.add(f"has {child.dep_}")
        if child.dep_ in ("aux", "auxpass", "det", "mark", "neg", "poss"):
            names.add(f"{child.dep_}={child.lower_}")
        elif child.dep_ in ("nsubj", "nsubjpass"):
            if child.lower_ in _GENERIC_SUBJECTS:
                names.add(f"subject={child.lower_}")
            names.add(f"subject tag={child.tag_}")
    if nominal and not any(child.i < token.i for child in token.children):
        names.add("bare noun")
