"""The log-linear reader: typed triggers, roles and firmness from weights over sparse features.

Faster but less accurate than the encoder: it needs no onnxruntime and little time compared with the parse.
Trained by scripts/train_linear_reader.py; its training data is described in
src/dragoman/data/models/reader_linear.md.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from dragoman.coding.candidates.party_mention import is_known_party
from dragoman.coding.reading import linear_features
from dragoman.coding.reading.linear_features import TRIGGER_CLASSES, TriggerPaths, WordTable
from dragoman.coding.reading.linear_model import LinearModel, load_linear_model, word_number
from dragoman.coding.reading.probabilities import sigmoid, softmax
from dragoman.coding.reading.trigger_reading import EVENT_TYPES, RoleScores, TriggerReading
from dragoman.coding.reading.triggers import match_rules
from dragoman.model.caching import kept_for_words
from dragoman.model.time_budget import check_time

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Token

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.knowledge.codebook import Codebook
    from dragoman.language.annotated import AnnotatedDocument

    Floats = NDArray[np.float32]

# Words below this probability of any event are not returned, unless requested.
LINEAR_FLOOR = 0.15
# Maximum number of mentions of the previous sentence used: the last of each party.
_MOST_EARLIER = 6
# Number of triggers whose parties are scored together; this bounds the memory for a long report.
_PLACES_TOGETHER = 256
_KIND_OF_CLASS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
# When a word is read: always, if a rule is tried on it or holds, or never.
_Way = Literal["always", "rule tried", "rule holds", "never"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number, first word, the word after its last, and its mentions in order.

    `earlier` are mentions in the previous sentence of parties that this one does not name.
    """

    number: int
    start: int
    end: int
    mentions: tuple[PartyMention, ...]
    earlier: tuple[PartyMention, ...]


def sentences_of(table: WordTable) -> Iterator[Sentence]:
    """Yield the sentences of a document."""
    before: tuple[PartyMention, ...] = ()
    for number, sent in enumerate(table.doc.sents):
        mentions = tuple(m for k in range(sent.start, sent.end) for m in table.at.get(k, ()))
        named = {mention.party.id for mention in mentions}
        earlier = {m.party.id: m for m in before if m.party.id not in named}
        yield Sentence(number, sent.start, sent.end, mentions, tuple(earlier.values())[-_MOST_EARLIER:])
        before = mentions


class TriggerWords:
    """Selection of possible trigger words.

    Args:
        book: The codebook.
        triggers: Numbers of the words that are always read.
        others: Numbers of the words that are read only if a rule of the codebook holds.
    """

    def __init__(self, book: Codebook, triggers: Container[int], others: Container[int]) -> None:
        self._book = book
        self._triggers = triggers
        self._others = others
        self._way = kept_for_words(65_536, self._find_way)

    def words(self, table: WordTable, sentence: Sentence) -> Iterator[int]:
        """Yield the words of a sentence that are read."""
        for word in range(sentence.start, sentence.end):
            word_class = table.classes[word]
            if word_class not in TRIGGER_CLASSES:
                continue
            way = self._way(table.lemmas[word], word_class)
            if way == "always" or (way != "never" and self._is_ruled(table.doc[word], way)):
                yield word

    def _find_way(self, lemma: str, word_class: str) -> _Way:
        number = word_number(lemma, word_class)
        if number in self._triggers:
            return "always"
        if (_KIND_OF_CLASS[word_class], lemma) not in self._book.index:
            return "never"
        return "rule holds" if number in self._others else "rule tried"

    def _is_ruled(self, token: Token, way: _Way) -> bool:
        matches = match_rules(token, self._book)
        return any(match.failed is None for match in matches) or (way == "rule tried" and bool(matches))


def pair_features(table: WordTable, sentence: Sentence, word: int, event_type: str) -> Iterator[list[str]]:
    """Yield the features of a trigger with each mention: those in its sentence, then the earlier ones."""
    paths = TriggerPaths(table, word, event_type)
    place = bisect.bisect_left([m.token for m in sentence.mentions], word)
    for k, mention in enumerate(sentence.mentions):
        yield paths.features(mention, k - place if k >= place else place - 1 - k)
    for mention in sentence.earlier:
        yield linear_features.earlier_features(table, word, event_type, mention)


def mention_features(table: WordTable, sentence: Sentence) -> Iterator[list[str]]:
    """Yield the trigger-independent features of each mention of a sentence, in the same order."""
    everyone = (*sentence.mentions, *sentence.earlier)
    for mention in everyone:
        yield [
            *linear_features.mention_features(table, mention),
            *linear_features.country_features(table, mention, everyone),
        ]


class LinearReader:
    """Reader of documents with the log-linear model.

    Args:
        book: The codebook; the rules that hold for a word are evidence for its type.
        folder: Contains reader_linear.npz; None for the bundled model.

    Raises:
        KnowledgeError: The file is missing or is not a valid model.
    """

    def __init__(self, book: Codebook, folder: Path | None = None) -> None:
        self._book = book
        self._model: LinearModel = load_linear_model(folder)
        self._words = TriggerWords(book, self._model.triggers, self._model.others)

    def read(
        self, annotated: AnnotatedDocument, mentions: Sequence[PartyMention], *, wanted: Iterable[int] = ()
    ) -> dict[int, TriggerReading]:
        """Return the readings of possible trigger words; sentences without parties are skipped."""
        table = WordTable(annotated.doc, mentions, self._book)
        asked = frozenset(wanted)
        places = list(self._places(table, asked))
        if not places:
            return {}
        types = self._types(table, places)
        kept = [
            (sentence, word, row)
            for (sentence, word), row in zip(places, types, strict=True)
            if 1.0 - row[0] > LINEAR_FLOOR or word in asked
        ]
        best = [EVENT_TYPES[int(row[1:].argmax())] for _, _, row in kept]
        firm = self._firm(table, [word for _, word, _ in kept], best)
        roles = self._roles(table, [(sentence, word) for sentence, word, _ in kept], best)
        return {
            word: TriggerReading(token=word, types=tuple(row.tolist()), firm=chance, roles=scores)
            for (_, word, row), chance, scores in zip(kept, firm, roles, strict=True)
        }

    def _places(self, table: WordTable, asked: frozenset[int]) -> Iterator[tuple[Sentence, int]]:
        """Yield the words to read, each with its sentence."""
        in_order = sorted(asked)
        for sentence in sentences_of(table):
            check_time()
            first = bisect.bisect_left(in_order, sentence.start)
            words = set(in_order[first : bisect.bisect_left(in_order, sentence.end, first)])
            if any(map(is_known_party, (*sentence.mentions, *sentence.earlier))):
                words.update(self._words.words(table, sentence))
            for word in sorted(words):
                yield sentence, word

    def _types(self, table: WordTable, places: Sequence[tuple[Sentence, int]]) -> Floats:
        weights = self._model.type
        numbers: dict[int, int] = {}
        shared: list[list[int]] = []
        own: list[list[int]] = []
        for sentence, word in places:
            if sentence.number not in numbers:
                numbers[sentence.number] = len(shared)
                features = linear_features.sentence_features(
                    table, sentence.start, sentence.end, sentence.number
                )
                shared.append(weights.rows(features))
            features = linear_features.trigger_features(table, word, sentence.start, sentence.end)
            own.append(weights.rows(features))
        of_sentence = weights.sums(shared)[[numbers[sentence.number] for sentence, _ in places]]
        return softmax(weights.sums(own) + of_sentence + weights.bias)

    def _firm(self, table: WordTable, words: Sequence[int], types: Sequence[str]) -> list[float]:
        weights = self._model.firm
        rows = [
            weights.rows(linear_features.firm_features(table, word, event_type))
            for word, event_type in zip(words, types, strict=True)
        ]
        chances: list[float] = sigmoid(weights.sums(rows) + weights.bias)[:, 0].tolist()
        return chances

    def _roles(
        self, table: WordTable, places: Sequence[tuple[Sentence, int]], types: Sequence[str]
    ) -> Iterator[tuple[RoleScores, ...]]:
        """Yield the scores of the mentions around each trigger."""
        for start in range(0, len(places), _PLACES_TOGETHER):
            check_time()
            end = start + _PLACES_TOGETHER
            yield from self._roles_together(table, places[start:end], types[start:end])

    def _roles_together(
        self, table: WordTable, places: Sequence[tuple[Sentence, int]], types: Sequence[str]
    ) -> Iterator[tuple[RoleScores, ...]]:
        weights = self._model.role
        starts: dict[int, int] = {}
        alone: list[list[int]] = []
        pairs: list[list[int]] = []
        which: list[int] = []
        for (sentence, word), event_type in zip(places, types, strict=True):
            if sentence.number not in starts:
                starts[sentence.number] = len(alone)
                alone += map(weights.rows, mention_features(table, sentence))
            found = [weights.rows(each) for each in pair_features(table, sentence, word, event_type)]
            pairs += found
            which += range(starts[sentence.number], starts[sentence.number] + len(found))
        scores = sigmoid(weights.sums(pairs) + weights.sums(alone)[which] + weights.bias).tolist()
        rows = iter(scores)
        for sentence, _ in places:
            yield tuple(
                RoleScores(mention, *next(rows)) for mention in (*sentence.mentions, *sentence.earlier)
            )
