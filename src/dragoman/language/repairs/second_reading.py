"""Present-tense verbs that were tagged as nouns, and nouns that were tagged as verbs.

News tells what happened in the present: *Arnor deports activists*, *police clash with miners*. Half of such
forms are nouns as well, and a parser that takes them so leaves a sentence without a verb. Where the tree
already has a subject on the word, the tag alone is mended. Where it does not, the sentence is read again
with the word made plain, *deported* for *deports*; what comes out counts only if it then has a verb with a
subject. In the same way *strikes* of *Arnor strikes kill 12* is read again as *bombings*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_grammar_words
from dragoman.language.parsing_in_pieces import parse_in_pieces
from dragoman.language.repairs.plain_order import make_verb, subject_before
from dragoman.language.repairs.table import columns, number_of, numbers_of
from dragoman.language.repairs.tree import (
    AUXILIARY_LABELS,
    CLAUSE_LABELS,
    FINITE_TAGS,
    NAME_TAGS,
    NOUN_TAGS,
    SUBJECT_LABELS,
    has_child,
    is_finite,
    rebuild,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc, Span, Token

    from dragoman.language.repairs.known_names import KnownNames
    from dragoman.language.repairs.verb_forms import VerbForms

    Parse = Callable[[list[Doc]], list[Doc]]

# Tags that the tagger wrongly gives to present-tense verbs.
_MISTAKEN = frozenset({*NOUN_TAGS, "JJ", "VB"})
_TRIED = frozenset({*_MISTAKEN, "VBP", "VBZ"})
_SUBJECT_TAGS = frozenset({*NOUN_TAGS, "PRP", "WP", "WDT", "DT", "EX", "CD"})
# A word with one of these dependents is a noun: *his **pledge***.
_NOUN_PARTS = frozenset({"det", "amod", "poss", "nummod", "compound", "cop"})
_ENDS_SUBJECT = frozenset({*NOUN_TAGS, "-RRB-", ",", "RB"})
_BEGINS_REST = frozenset(
    {
        "DT", "PRP", "PRP$", "CD", "JJ", "JJR", "IN", "TO", "RB", "NNP", "NNPS", "NN", "NNS", "WRB", "WP",
        "``", "VBG", "VBN", "RP", "$", "PDT", "_SP",
        "VB",
    }
)  # fmt: skip
_VERB_TAGS = frozenset({"VB", "VBD", "VBP", "VBZ", "MD"})
_FULL_STOPS = frozenset({".", "”", '"', "''"})
_MOST_TRIED = 2
_SHORTEST = 4
# Unambiguous words that replace doubtful ones.
_PLAIN_DEED = "bombings"


@dataclass(frozen=True, slots=True)
class _Trial:
    """A sentence to be parsed again with one of its words replaced.

    `at` is the place of the word in the sentence, `tag` what it has when the reading is taken.
    """

    sentence: Span
    at: int
    word: str
    tag: str


class SecondReading:
    """Corrects tags and trees of sentences whose verb was not recognised.

    Args:
        verbs: The known verbs.
        parse: Tags and parses documents, without word classes and lemmas.
    """

    def __init__(self, verbs: VerbForms, parse: Parse) -> None:
        self._verbs = verbs
        self._parse = parse
        self._subject, self._root = number_of("nsubj"), number_of("ROOT")
        self._mistaken, self._finite = numbers_of(_MISTAKEN), numbers_of(FINITE_TAGS)
        self._deeds = numbers_of(load_grammar_words()["deeds"])

    def __call__(self, docs: Sequence[Doc], names: Sequence[KnownNames]) -> None:
        """Correct tagged and parsed documents in place, given the known names of each."""
        if not self._verbs:
            return
        waiting: list[list[_Trial]] = []
        for doc, named in zip(docs, names, strict=True):
            waiting += [trials for trials in self._trials(doc, named) if trials]
        while waiting:
            readings = parse_in_pieces([_replaced(trials[0]) for trials in waiting], self._parse)
            pairs = zip(waiting, readings, strict=True)
            waiting = [trials[1:] for trials, reading in pairs if not _take(trials[0], reading)]
            waiting = [trials for trials in waiting if trials]

    def _trials(self, doc: Doc, named: KnownNames) -> list[list[_Trial]]:
        """Correct tags; return the alternative readings of each doubtful sentence, likeliest first."""
        forms, tags, labels = columns(doc)
        subject, root, finite, deeds = self._subject, self._root, self._finite, self._deeds
        for i in [i for i, label in enumerate(labels) if label == subject]:
            self._mend_tag(doc[i])
        doubtful = [i for i, form in enumerate(forms) if form in deeds and tags[i] in finite]
        found = [self._as_noun(doc[i]) for i in doubtful]
        for i in [i for i, label in enumerate(labels) if label == root and tags[i] not in finite]:
            if _has_no_verb(doc[i]) and not self._mend_plain(doc[i], named):
                found.append(self._as_verbs(doc[i].sent, named)[:_MOST_TRIED])
        return found

    def _mend_tag(self, subject: Token) -> None:
        """Retag a word with a subject from noun to verb."""
        if subject.tag_ == "NNP" and subject.text.islower():
            # "The Gondorian prime **minister**": not a name, although names precede it.
            subject.tag_ = "NN"
        verb = subject.head
        if verb.tag not in self._mistaken or verb.i < subject.i or subject.tag_ not in _SUBJECT_TAGS:
            return
        tag = self._verb_tag(verb)
        if tag is None or self._hides_verb(verb):
            return
        # A base form was already tagged as a verb; a noun must agree with its subject to become one.
        if verb.tag_ != "VB" and not _agrees(subject, is_singular=tag == "VBZ"):
            return
        verb.tag_ = tag

    def _verb_tag(self, word: Token) -> str | None:
        """Return the correct tag of a word with a subject; None if its tag is acceptable."""
        if word.tag_ not in _MISTAKEN or word.dep_ not in CLAUSE_LABELS or not word.text[:1].islower():
            return None
        # *Made it clear*: an adjective with a subject is a verb only if it is the root.
        if has_child(word, _NOUN_PARTS) or (word.tag_ == "JJ" and word.dep_ != "ROOT"):
            return None
        if word.tag_ == "VB":
            # In *demanded that Arnor withdraw* the base form is correct.
            return "VBP" if word.dep_ == "ROOT" and not has_child(word, frozenset({"aux"})) else None
        if has_child(word, frozenset({"aux"})):
            return "VB" if self._verbs.of_plural(word.lower_) else None
        if self._verbs.of_singular(word.lower_):
            return "VBZ"
        return "VBP" if self._verbs.of_plural(word.lower_) else None

    def _hides_verb(self, word: Token) -> bool:
        """Return True if the preceding word is as likely the verb: *Arnor **issues** arrest warrants*."""
        before = word.nbor(-1)
        is_form = before.text[:1].islower() and self._verbs.of_singular(before.lower_) is not None
        return is_form and before.tag_ in ("NNS", "VBZ") and before.head == word

    def _noun_like(self, word: Token, verb: str) -> int:
        """Return how unlike a verb a word is: 1 for *security **forces***, 2 for ***strikes** on Arnor*."""
        words = load_grammar_words()
        if word.lower_ in words["deeds"] and word.nbor(1).lower_ in words["behind_deeds"]:
            return 2
        return 1 if verb in words["collective_nouns"] or self._hides_verb(word) else 0

    def _mend_plain(self, word: Token, named: KnownNames) -> bool:
        """Turn the root of a sentence into a verb if its subject directly precedes it."""
        subject = subject_before(word)
        if subject is None or word.tag_ not in NOUN_TAGS or not word.text[:1].islower():
            return False
        if subject.tag_ not in NOUN_TAGS and subject.text[:1].islower() and subject.tag_ != "JJ":
            return False
        verb = self._verbs.of_singular(word.lower_)
        tag = "VBZ" if verb else "VBP"
        verb = verb or self._verbs.of_plural(word.lower_)
        if verb is None or word.i + 1 >= word.sent.end or self._noun_like(word, verb):
            return False
        if not _may_follow(word.nbor(1), word.sent, named):
            return False
        if word in named or not _agrees(subject, is_singular=tag == "VBZ"):
            return False
        make_verb(word, subject, tag)
        return True

    def _as_verbs(self, sentence: Span, named: KnownNames) -> list[_Trial]:
        if len(sentence) < _SHORTEST:
            return []
        found = []
        for at, word in enumerate(sentence[1:-1], start=1):
            if word.tag_ not in _TRIED or not word.text[:1].islower():
                continue
            is_root, before = word == sentence.root, sentence[at - 1]
            verb = self._verbs.of_singular(word.lower_)
            tag = "VBZ" if verb else "VBP"
            if verb is None and (is_root or _may_be_plural(before, named)):
                verb = self._verbs.of_plural(word.lower_)
            if verb is None or not _may_follow(sentence[at + 1], sentence, named) or word in named:
                continue
            if is_root or before.tag_ in _ENDS_SUBJECT or before in named:
                rank = (self._noun_like(word, verb), not is_root, tag != "VBZ", before not in named, at)
                found.append((rank, _Trial(sentence, at, self._verbs.past(verb), tag)))
        return [trial for _, trial in sorted(found, key=lambda pair: pair[0])]

    def _as_noun(self, word: Token) -> list[_Trial]:
        """Return the reading of a verb as a noun of an act, if there is evidence for it."""
        sentence = word.sent
        at = word.i - sentence.start
        if not 0 < at < len(sentence) - 2 or sentence[at - 1].tag_ not in (*NOUN_TAGS, "JJ"):
            return []
        behind = sentence[at + 1]
        if behind.lower_ not in load_grammar_words()["behind_deeds"] and behind.tag_ not in _VERB_TAGS:
            return []
        return [_Trial(sentence, at, _PLAIN_DEED, "NNS")] if _another_verb_waits(word) else []


def _has_no_verb(root: Token) -> bool:
    """Return True if the root of a sentence is not a verb that could head it."""
    if root.tag_ == "VBN" or is_finite(root):
        return False
    # "Sign up now": an imperative needs no subject.
    return root.tag_ != "VB" or root.i != root.sent.start


def _may_be_plural(noun: Token, named: KnownNames) -> bool:
    """Return True if a word may end a plural subject."""
    words = load_grammar_words()
    if noun.tag_ in ("NNS", "NNPS", "NNP", ",", "-RRB-"):
        return True
    return noun.lower_ in words["plural_nouns"] or noun.lower_ in words["collective_nouns"] or noun in named


def _may_follow(behind: Token, sentence: Span, named: KnownNames) -> bool:
    """Return True if a word may follow a verb; in a heading without a full stop the rules are stricter."""
    if behind.tag_ not in _BEGINS_REST:
        return False
    last = next((token for token in reversed(list(sentence)) if not token.is_space), behind)
    if last.text in _FULL_STOPS:
        return True
    return (
        behind.tag_ in ("DT", "CD", "PRP", "PRP$", "TO", "JJ") or behind.tag_ in NAME_TAGS or behind in named
    )


def _another_verb_waits(word: Token) -> bool:
    """Return True if a finite verb that has no subject follows a word: *strikes on Arnor **kill** 12*."""
    for verb in word.doc[word.i + 1 : word.sent.end]:
        if verb.tag_ not in ("VBD", "VBP", "VBZ", "VB") and not is_finite(verb):
            continue
        if verb.dep_ in ("aux", "auxpass", "amod") or has_child(verb, SUBJECT_LABELS):
            continue
        joined = verb.dep_ == "conj" and any(c.dep_ == "cc" and c.i < verb.i for c in verb.head.children)
        if not joined and not (verb.tag_ == "VB" and has_child(verb, frozenset({"aux"}))):
            return True
    return False


def _replaced(trial: _Trial) -> Doc:
    from spacy.tokens import Doc

    words = [token.text for token in trial.sentence]
    words[trial.at] = trial.word
    return Doc(
        trial.sentence.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in trial.sentence],
        sent_starts=[i == 0 for i in range(len(words))],
    )


def _take(trial: _Trial, reading: Doc) -> bool:
    """Adopt the tree and tags of a trial reading if it is consistent."""
    word = reading[trial.at]
    makes_sense = _is_deed(word) if trial.tag == "NNS" else _is_predicate(word, trial)
    if not makes_sense:
        return False
    word.tag_ = trial.tag
    rebuild(trial.sentence, reading)
    return True


def _is_deed(word: Token) -> bool:
    verb = word.head
    return word.tag_ == "NNS" and word.dep_ in ("nsubj", "nsubjpass") and is_finite(verb) and verb.i > word.i


def _is_predicate(word: Token, trial: _Trial) -> bool:
    """Return True if a replaced word is the verb of its sentence, with a subject that agrees."""
    if word.tag_ not in ("VBD", "VBN") or word.dep_ != "ROOT" or has_child(word, AUXILIARY_LABELS):
        return False
    subject = next((c for c in word.lefts if c.dep_ == "nsubj"), None)
    if subject is None or any(
        not (token.is_punct or token.tag_ in ("RB", "_SP"))
        for token in word.doc[subject.right_edge.i + 1 : word.i]
    ):
        return False
    if trial.tag == "VBP" and trial.sentence[subject.i].tag_ == "JJ":
        # "Gondorian pressure on Mordor": an adjective, not a people.
        return False
    return _agrees(subject, is_singular=trial.tag == "VBZ")


def _agrees(subject: Token, *, is_singular: bool) -> bool:
    """Return True if a verb form fits the number of its subject: *police clash*, *Arnor clashes*."""
    words = load_grammar_words()
    is_joined = any(c.dep_ == "cc" for c in subject.subtree)
    is_name = subject.tag_ in NAME_TAGS
    if is_singular:
        is_plural = subject.lower_ in words["plural_nouns"] or subject.tag_ in ("NNS", "CD")
        return not is_plural or subject.lower_ in words["collective_nouns"]
    if is_joined or subject.tag_ in ("NNS", "NNPS", "CD", "PRP"):
        return True
    return is_name or subject.lower_ in words["plural_nouns"] or subject.lower_ in words["collective_nouns"]
