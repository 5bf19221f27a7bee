"""Word classes from tags by the model's own rules, at a tenth of their cost.

The model has 179 rules that derive word class, lemma and morphology from a tag. Nearly all of them examine
one
word: its tag, lower-case form and dependency label. Their result is computed once by the model's component
    and cached; words whose form no rule mentions share one result. The few rules over two words run
    unchanged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc


class WordClasses:
    """Replaces the model's attribute ruler with the same results.

    The cache key of a word is its tag, lower-case form, label and whether it is white space.
    """

    def __init__(self, nlp: Language, ruler: AttributeRuler) -> None:
        from spacy.matcher import Matcher

        self._ruler = ruler
        self._vocab = nlp.vocab
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._made: dict[tuple[int, ...], tuple[int, int, int]] = {}
        self._pairs = Matcher(nlp.vocab)
        self._single: set[int] = set()
        self._forms, self._shapes = _forms_in(ruler.patterns)
        self._is_named: dict[int, bool] = {}
        rules: Any = ruler.patterns
        pairs = [pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1]
        first = [{"patterns": [[pattern[0]]]} for pattern in pairs if "LOWER" in pattern[0]]
        self._first_forms, self._first_shapes = _forms_in(first)
        self._first_labels = {nlp.vocab.strings.add(label) for label in _labels_in(pairs)}
        self._may_be_first: dict[int, bool] = {0: False}
        for number, rule in enumerate(rules):
            if all(len(pattern) == 1 for pattern in rule["patterns"]):
                self._single.add(number)
            else:
                self._pairs.add(str(number), rule["patterns"])

    def __call__(self, doc: Doc) -> Doc:
        """Set word class, lemma and morphology of every word."""
        from spacy.attrs import (  # type: ignore[import-not-found]
            DEP,
            IS_SPACE,
            LEMMA,
            LOWER,
            MORPH,
            POS,
            TAG,
        )  # fmt: skip

        named, known = self._is_named, self._known
        keys = []
        for tag, lower, dep, is_space in doc.to_array([TAG, LOWER, DEP, IS_SPACE]).tolist():
            is_named = named[lower] if lower in named else self._ask_whether_named(lower)
            keys.append((tag, lower if is_named else 0, dep, is_space))
        rules = [known.get(key) or self._rules_of(key, doc, i) for i, key in enumerate(keys)]
        for match, start, _ in self._pairs(doc, allow_missing=True) if self._may_hold_pairs(keys) else ():
            number = int(self._vocab.strings[match])
            at = start + self._ruler.indices[number]
            rules[at] = tuple(sorted((*rules[at], number)))
        made = self._made
        rows = [made.get(numbers) or self._attributes(numbers) for numbers in rules]
        table: Any = np.array(rows, dtype="uint64").reshape(-1, 3)
        doc.from_array([POS, LEMMA, MORPH], table)
        for i, key in enumerate(keys):
            if key[3]:
                self._set_space(doc, i, rules[i])
        return doc

    def _may_hold_pairs(self, keys: Sequence[tuple[int, ...]]) -> bool:
        """Return True if a word could be the first of the two words of a rule."""
        first, labels = self._may_be_first, self._first_labels
        return any(
            label in labels or (first[lower] if lower in first else self._ask_whether_first(lower))
            for _, lower, label, _ in keys
        )

    def _ask_whether_first(self, lower: int) -> bool:
        form = self._vocab.strings[lower]
        found = form in self._first_forms or any(shape.search(form) for shape in self._first_shapes)
        self._may_be_first[lower] = found
        return found

    def _ask_whether_named(self, lower: int) -> bool:
        """Return True if a rule mentions a word's form; other words of a tag and label share a result."""
        form = self._vocab.strings[lower]
        found = form in self._forms or any(shape.search(form) for shape in self._shapes)
        self._is_named[lower] = found
        return found

    def _rules_of(self, key: tuple[int, ...], doc: Doc, i: int) -> tuple[int, ...]:
        token = doc[i]
        found = self._known[key] = self._ask(token.text, token.tag_, token.dep_)
        return found

    def _ask(self, text: str, tag: str, dep: str) -> tuple[int, ...]:
        """Return the rules of the model's component that match one word."""
        from spacy.tokens import Doc

        alone = Doc(self._vocab, words=[text], tags=[tag], deps=[dep], heads=[0])
        numbers = (number for number, _, _, _ in self._ruler.match(alone))
        return tuple(number for number in numbers if number in self._single)

    def _attributes(self, numbers: tuple[int, ...]) -> tuple[int, int, int]:
        """Return word class, lemma and morphology as numbers; later rules take precedence."""
        made = self._made.get(numbers)
        if made is None:
            values: dict[str, Any] = {}
            for number in numbers:
                values.update(_by_name(self._ruler.attrs[number]))
            made = (_pos(values.get("POS")), self._text(values.get("LEMMA")), self._form(values.get("MORPH")))
            self._made[numbers] = made
        return made

    def _text(self, value: Any) -> int:
        return 0 if not value else int(self._vocab.strings.add(value) if isinstance(value, str) else value)

    def _form(self, value: Any) -> int:
        if value is None:
            return 0
        return int(
            self._vocab.morphology.add(value if isinstance(value, str) else self._vocab.strings[value])
        )

    def _set_space(self, doc: Doc, i: int, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            values = _by_name(self._ruler.attrs[number])
            if "TAG" in values:
                doc[i].tag_ = _word(values["TAG"], doc)
            if "DEP" in values:
                doc[i].dep_ = _word(values["DEP"], doc)


def _labels_in(patterns: Sequence[Any]) -> frozenset[str]:
    """Return the labels of first words that are identified by their label alone."""
    return frozenset(pattern[0]["DEP"] for pattern in patterns if "LOWER" not in pattern[0])


def _forms_in(rules: Sequence[Any]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the lower-case forms in rules, and the regular expressions for others."""
    forms: set[str] = set()
    shapes: list[re.Pattern[str]] = []
    for word in (word for rule in rules for pattern in rule["patterns"] for word in pattern):
        wanted = word.get("LOWER", {"IN": []})
        if isinstance(wanted, str):
            forms.add(wanted)
        elif "IN" in wanted:
            forms.update(wanted["IN"])
        else:
            shapes.append(re.compile(wanted["REGEX"]))
    return frozenset(forms), tuple(shapes)


def _by_name(attrs: dict[Any, Any]) -> dict[str, Any]:
    from spacy.attrs import IDS

    names = {number: name for name, number in IDS.items()}
    return {(key if isinstance(key, str) else names[key]): value for key, value in attrs.items()}


def _pos(value: Any) -> int:
    from spacy.parts_of_speech import IDS  # type: ignore[import-not-found]

    return int(IDS[value] if isinstance(value, str) else value or 0)


def _word(value: Any, doc: Doc) -> str:
    return value if isinstance(value, str) else str(doc.vocab.strings[value])
