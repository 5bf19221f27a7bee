"""The features from which the factuality score of a predicate is learned.

The rules decide factuality and polarity; the score only maps the outcome to the scale from -3 to +3 as
annotators did. The features name constructions and groups of the lexicon, not topics: words of the text are
excluded, except the governing words of the lexicon. The trees are in `dragoman.knowledge.modality_score`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import is_function_word

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.factuality.projection import Reading

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def features_of(reading: Reading, token: Token) -> set[str]:
    """Return the names of the features of one reading."""
    head = token.head
    names = {
        f"out={reading.strength * reading.sign}",
        f"sign={reading.sign}",
        f"strength={reading.strength}",
        f"tense={reading.tense}",
        f"kind={reading.kind}",
        f"group={reading.group}",
        f"kind-group={reading.kind}/{reading.group}",
        f"host={reading.matrix_strength * reading.matrix_sign}",
        f"own={reading.own_strength * reading.own_sign}",
        f"tag={token.tag_}",
        f"pos={token.pos_}",
        f"dep={token.dep_}",
        f"governor tag={head.tag_}",
        f"length={min(len(reading.reasons), 3)}",
    }
    names.update(f"reason={reason}" for reason in reading.reasons)
    names.update(f"first={reason}" for reason in reading.reasons[:1])
    if reading.conditional:
        names.add("conditional")
    for ancestor in _some_ancestors(token):
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
            if is_function_word(child.lower_, "generic_subjects"):
                names.add(f"subject={child.lower_}")
            names.add(f"subject tag={child.tag_}")
    if nominal and not any(child.i < token.i for child in token.children):
        names.add("bare noun")
