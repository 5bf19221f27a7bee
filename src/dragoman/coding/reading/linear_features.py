"""Features of the log-linear reader: the context of a word, and the path between a word and a party mention.

A feature is a short string; the model stores only the row that it is hashed to. Words are accessed through
`WordTable`, plain lists built once per document, which are several times faster than spaCy's tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.reading.triggers import match_rules, mended_lemma
from dragoman.coding.syntax import arguments
from dragoman.knowledge.patterns import Pattern
from dragoman.language.word_columns import word_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dragoman.coding.candidates.party_mention import PartyMention
    from dragoman.knowledge.codebook import Codebook

# Possible word classes of a trigger.
TRIGGER_CLASSES = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_PHRASES = frozenset({"prep", "agent", "dative"})
_SMALL = frozenset({"aux", "auxpass", "neg", "mark", "prt", "expl"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
_CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
# Maximum steps of a path between trigger and mention; of a longer one only the beginning is used.
LONGEST_PATH = 4
# Maximum number of governing clauses searched for cues that an event is not a fact.
_ABOVE = 4


class WordTable:
    """The words of a document as lists, with the party mentions at each.

    Args:
        doc: The parsed text.
        mentions: The party mentions of the text.
        book: The codebook, whose rules are applied to triggers.
    """

    def __init__(self, doc: Doc, mentions: Sequence[PartyMention], book: Codebook) -> None:
        self.doc = doc
        self.book = book
        columns = word_columns(doc)
        self.heads, self.labels, self.classes = columns.heads, columns.labels, columns.classes
        self.tags, self.lowers = columns.tags, columns.lowers
        self.lemmas = list(map(mended_lemma, columns.lemmas, columns.lowers, columns.classes))
        self.children: list[list[int]] = [[] for _ in self.heads]
        for child, head in enumerate(self.heads):
            if head != child:
                self.children[head].append(child)
        self.at: dict[int, list[PartyMention]] = {}
        for mention in mentions:
            self.at.setdefault(mention.token, []).append(mention)
        self._kinds_at = {word: [kind_of(mention) for mention in found] for word, found in self.at.items()}
        self._kind_of = {id(mention): kind_of(mention) for mention in mentions}

    def kind(self, mention: PartyMention) -> str:
        """Return the kind of party of a mention; see `kind_of`."""
        return self._kind_of[id(mention)]

    def kinds(self, word: int) -> list[str]:
        """Return the kinds of the parties at a word, or at its dependents: *troops of **Arnor***."""
        found = self._kinds_at.get(word)
        if found is None:
            found = [
                f"{self.labels[child]} {kind}"
                for child in self.children[word]
                for kind in self._kinds_at.get(child, ())
            ]
        return found[:3] or ["nobody"]


def kind_of(mention: PartyMention) -> str:
    """Return the kind of party of a mention: its kind and sector, or that it is unknown."""
    if mention.found_by == "capital":
        return "unlisted"
    return f"{mention.party.kind} {mention.party.sector}"


# Triggers --------------------------------------------------------------------------------------------------


def sentence_features(table: WordTable, start: int, end: int, number: int) -> list[str]:
    """Return the features that all words of a sentence share.

    Args:
        table: The words of the document.
        start: The first word of the sentence.
        end: The word after its last.
        number: Its index in the document.
    """
    found = [f"in {table.lemmas[k]}" for k in range(start, end) if table.classes[k] in _CONTENT]
    countries = {
        mention.party.country
        for k in range(start, end)
        for mention in table.at.get(k, ())
        if mention.party.country
    }
    found.append(f"countries {min(len(countries), 3)}")
    found.append(f"sentence {min(number, 4)}")
    return found


def trigger_features(table: WordTable, word: int, start: int, end: int) -> list[str]:
    """Return the features of a possible trigger word.

    Args:
        table: The words of the document.
        word: The word.
        start: The first word of its sentence.
        end: The word after the last.
    """
    lemma, word_class, label = table.lemmas[word], table.classes[word], table.labels[word]
    token, head = table.doc[word], table.heads[word]
    tag, above = table.tags[word], table.lemmas[head]
    found = [
        f"lemma {lemma}",
        f"class {lemma} {word_class}",
        f"tag {tag} {label}",
        f"label {lemma} {label}",
        f"above {label} {above}",
        f"above {lemma} {above}",
    ]
    for step in (-2, -1, 1, 2):
        if start <= word + step < end:
            found.append(f"beside {step} {table.lemmas[word + step]}")
            if step in (-1, 1):
                found.append(f"beside {step} {lemma} {table.lemmas[word + step]}")
    _add_children(table, word, found)
    if word_class in ("VERB", "AUX"):
        _add_arguments(table, word, found)
    elif label == "dobj" or label == "pobj":
        _add_carrier(table, word, found)
    for match in match_rules(token, table.book):
        rule = match.rule
        name = rule.event_type if isinstance(rule, Pattern) else rule.class_name
        found.append(f"rule {name} {match.failed}")
        if match.failed is None:
            found.append(f"rule {name} {rule.rule}")
    return found


def _add_children(table: WordTable, word: int, found: list[str]) -> None:
    lemma = table.lemmas[word]
    for child in table.children[word]:
        label, below = table.labels[child], table.lemmas[child]
        if label in _PHRASES:
            found.append(f"phrase {lemma} {below}")
            for noun in table.children[child]:
                name = table.lemmas[noun]
                found.append(f"phrase {below} {name}")
                found.append(f"phrase {lemma} {below} {name}")
                if table.labels[noun] == "pobj":
                    found += [f"phrase {below} {kind}" for kind in table.kinds(noun)]
                    found += [f"phrase {lemma} {below} {kind}" for kind in table.kinds(noun)]
        elif label in _SMALL:
            found.append(f"small {below}")
            found.append(f"small {lemma} {below}")
        elif label in _MODIFIERS:
            found.append(f"modifier {below}")
            found.append(f"modifier {lemma} {below}")
            found += [f"modifier {label} {lemma} {kind}" for kind in table.kinds(child)]
        elif label in _CLAUSES:
            found.append(f"clause {label} {below}")
            found.append(f"clause {lemma} {below}")
        elif label != "punct" and label not in _SUBJECTS and label != "dobj":
            found.append(f"child {label} {below}")


def _add_arguments(table: WordTable, word: int, found: list[str]) -> None:
    lemma, token = table.lemmas[word], table.doc[word]
    for slot, tokens in (("subject", arguments.subjects(token)), ("object", arguments.objects(token))):
        if not tokens:
            found.append(f"no {slot} {lemma}")
        for each in tokens[:3]:
            name = table.lemmas[each.i]
            found.append(f"{slot} {name}")
            found.append(f"{slot} {lemma} {name}")
            for kind in table.kinds(each.i):
                found.append(f"{slot} kind {kind}")
                found.append(f"{slot} kind {lemma} {kind}")
            if slot == "object":
                found += [f"{slot} of {table.lemmas[c]}" for c in table.children[each.i]]


def _add_carrier(table: WordTable, word: int, found: list[str]) -> None:
    """Add the features of a noun's governor: *held **talks** with Gondor*, *stopped by **force***."""
    lemma, verb = table.lemmas[word], table.heads[word]
    if table.labels[word] == "pobj":
        verb = table.heads[verb]
    found.append(f"carried {table.lemmas[verb]}")
    found.append(f"carried {lemma} {table.lemmas[verb]}")
    for child in table.children[verb]:
        if table.labels[child] in _SUBJECTS:
            found += [f"carried by {kind}" for kind in table.kinds(child)]
        elif table.labels[child] in _PHRASES:
            found.append(f"carried {lemma} {table.lemmas[child]}")


# Firmness --------------------------------------------------------------------------------------------------


def firm_features(table: WordTable, word: int, event_type: str) -> list[str]:
    """Return cues that an event is not a fact: its auxiliaries and its governing clauses.

    Args:
        table: The words of the document.
        word: The trigger.
        event_type: The likeliest type.
    """
    found = [f"type {event_type}", f"tag {table.tags[word]} {table.labels[word]}"]
    found += [f"type {event_type} {table.tags[word]}", f"word {table.lemmas[word]}"]
    current = word
    for step in range(_ABOVE):
        near = "near" if step == 0 else "far"
        for child in table.children[current]:
            label = table.labels[child]
            if label in _SMALL or (label == "advmod" and child != word):
                found.append(f"{near} {label} {table.lowers[child]}")
        head = table.heads[current]
        if head == current:
            break
        found.append(f"above {table.labels[current]} {table.lemmas[head]}")
        if step == 0:
            found.append(f"first {table.labels[current]} {table.lemmas[head]}")
        current = head
    return found


# Roles -----------------------------------------------------------------------------------------------------


def mention_features(table: WordTable, mention: PartyMention) -> list[str]:
    """Return the features of a mention's role that are independent of the event."""
    word = mention.token
    label, head = table.labels[word], table.heads[word]
    found = [
        f"kind {table.kind(mention)}",
        f"found {mention.found_by} {mention.is_inferred}",
        f"label {label} {table.classes[word]}",
        f"head {label} {table.lemmas[head]}",
        f"word {table.lemmas[word]}",
    ]
    if label == "pobj":
        found.append(f"phrase {table.lemmas[head]} {table.lemmas[table.heads[head]]}")
    country = mention.party.country
    found.append(f"country {'some' if country else 'none'}")
    return found


class TriggerPaths:
    """The paths from one trigger to the mentions of its sentence, and other features of the pairs."""

    def __init__(self, table: WordTable, word: int, event_type: str) -> None:
        self._table = table
        self._word = word
        self._type = event_type
        self._lemma = table.lemmas[word]
        self._up: dict[int, int] = {word: 0}
        self._rise: list[str] = []
        current = word
        while table.heads[current] != current and len(self._rise) <= LONGEST_PATH:
            self._rise.append(table.labels[current])
            current = table.heads[current]
            self._up[current] = len(self._rise)
        token = table.doc[word]
        verbal = table.classes[word] in ("VERB", "AUX")
        self._subjects = {t.i for t in arguments.subjects(token)} if verbal else set()
        self._objects = {t.i for t in arguments.objects(token)} if verbal else set()

    def features(self, mention: PartyMention, others: int) -> list[str]:
        """Return the features of the trigger with a mention of its own sentence.

        Args:
            mention: The mention.
            others: Number of mentions between the two.
        """
        event_type, lemma = self._type, self._lemma
        path, top = self._path(mention.token)
        kind = self._table.kind(mention)
        side = "before" if mention.token < self._word else "behind"
        found = [
            f"path {path}",
            f"path {path} {event_type}",
            f"path {path} {lemma}",
            f"path {path} {kind}",
            f"path {path} {self._table.classes[self._word]}",
            f"side {side} {event_type} {kind}",
            f"side {side} {self._table.labels[self._word]}",
            f"side {side} {lemma}",
            f"between {side} {min(others, 4)}",
            f"distance {side} {_distance(abs(mention.token - self._word))}",
            f"type {event_type} {kind}",
            f"type {event_type} {mention.found_by}",
            f"top {top}",
        ]
        slot = self._slot(mention.token)
        if slot is not None:
            found += [f"{slot}", f"{slot} {event_type}", f"{slot} {lemma}", f"{slot} {kind}"]
        return found

    def _slot(self, word: int) -> str | None:
        """Return the argument that a mention fills or is part of, including inherited ones."""
        for far in ("", "of ", "of of "):
            if word in self._subjects:
                return f"{far}subject"
            if word in self._objects:
                return f"{far}object"
            if self._table.heads[word] == word or word == self._word:
                return None
            word = self._table.heads[word]
        return None

    def _path(self, word: int) -> tuple[str, str]:
        """Return the path down to a word from the common ancestor with the trigger, and that ancestor."""
        table, steps = self._table, []
        current = word
        while current not in self._up:
            label, head = table.labels[current], table.heads[current]
            # The preposition itself is more informative than its label.
            steps.append(f"{label}:{table.lemmas[current]}" if label in _PHRASES else label)
            if head == current or len(steps) > LONGEST_PATH + 1:
                return f"far {steps[-1]}", "far"
            current = head
        rise = self._up[current]
        if rise + len(steps) > LONGEST_PATH + 1:
            last = steps[-1] if steps else "self"
            return f"far {rise} {last}", f"{table.lemmas[current]} {last}"
        up = "^".join(self._rise[:rise])
        top = f"{table.lemmas[current]} {steps[-1] if steps else 'self'} {rise > 0}"
        return f"{up}|{'/'.join(reversed(steps))}", top


def earlier_features(table: WordTable, word: int, event_type: str, mention: PartyMention) -> list[str]:
    """Return the features of a trigger with a mention of the previous sentence.

    Args:
        table: The words of the document.
        word: The trigger.
        event_type: Its likeliest type.
        mention: The mention.
    """
    kind, label = table.kind(mention), table.labels[mention.token]
    has_subject = any(table.labels[child] in _SUBJECTS for child in table.children[word])
    return [
        "earlier",
        f"earlier {kind}",
        f"earlier {label}",
        f"earlier {label} {event_type}",
        f"earlier {event_type} {kind}",
        f"earlier {mention.found_by}",
        f"earlier {has_subject} {label}",
        f"earlier {table.labels[word]} {table.classes[word]}",
    ]


def country_features(table: WordTable, mention: PartyMention, near: Sequence[PartyMention]) -> list[str]:
    """Return whether a mention's country occurs again nearby, and the kind of that mention."""
    country = mention.party.country
    if country is None:
        return []
    same = [m for m in near if m is not mention and m.party.country == country]
    other = {m.party.country for m in near if m.party.country and m.party.country != country}
    found = [f"others {min(len(other), 3)} {table.labels[mention.token]}"]
    found += [f"same {table.kind(mention)} {table.kind(m)}" for m in same[:2]]
    if same:
        found.append(f"same {mention.found_by} {same[0].found_by}")
    return found


_DISTANCES = (1, 2, 4, 8, 16, 32)


def _distance(words: int) -> int:
    return next((k for k, limit in enumerate(_DISTANCES) if words <= limit), len(_DISTANCES))
