"""Matching of codebook rules to a word by its lemma, its form and the conditions around it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.coding.syntax import arguments, noun_phrases, subordination, verb_phrases
from dragoman.knowledge.calendar_words import is_calendar_name, load_calendar_words
from dragoman.knowledge.patterns import Pattern
from dragoman.knowledge.wordlists import is_act_word, is_party_word
from dragoman.language.clauses import clause_tokens
from dragoman.language.remembering import own_key
from dragoman.language.word_columns import word_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from dragoman.knowledge.codebook import Codebook, Rule
    from dragoman.knowledge.patterns import Conditions

_KIND_OF_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
# Tags of participles and past forms, which may be tagged adjectives.
_OF_VERBS = frozenset({"VBN", "VBD", "VBG"})


_HANGING = frozenset({"compound", "amod", "pobj"})
# Particles that change the meaning of a governor.
_TURNING = frozenset({"down", "away", "off", "over"})


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule tried on a word: `failed` is the name of the first condition that did not hold, or None."""

    rule: Rule
    token: Token
    failed: str | None

    @property
    def specificity(self) -> tuple[int, int]:
        """Sort key: number of conditions of the rule, then length of its longest trigger."""
        longest = max(len(phrase) for phrase in self.rule.triggers)
        return self.rule.conditions.count, longest


def lemma_of(token: Token) -> str:
    """Return the lower-case lemma; forms that the model gets wrong in headlines are stripped by rule."""
    return mended_lemma(token.lemma_.lower(), token.lower_, token.pos_)


def mended_lemma(lemma: str, lower: str, word_class: str) -> str:
    """Return the lemma of a word whose lower-case lemma, form and class are known."""
    if word_class == "VERB" and lemma == lower and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-1]
    return lemma


def match_rules(token: Token, book: Codebook) -> Sequence[RuleMatch]:
    """Return every rule that this word could trigger, with the failed condition of those that do not hold.

    Used by the rule pass, the readers and the decision, so the result is cached with the document.
    """
    known: dict[Any, Any] = token.doc.user_data
    key = own_key("match_rules", token.i, id(book))
    if key not in known:
        known[key] = tuple(_match_rules(token, book))
    found: tuple[RuleMatch, ...] = known[key]
    return found


def words_with_rules(doc: Doc, book: Codebook) -> set[int]:
    """Return the words for which `match_rules` may find a rule, by their lemmas and tags only."""
    columns, index = word_columns(doc), book.index
    found = set()
    for word, word_class in enumerate(columns.classes):
        kind = _KIND_OF_POS.get(word_class)
        if kind is None:
            continue
        lower, tag = columns.lowers[word], columns.tags[word]
        lemma = mended_lemma(columns.lemmas[word], lower, word_class)
        if (
            (kind, lemma) in index
            or (tag == "VBG" and ("noun", lower) in index)
            or (kind == "adjective" and tag in _OF_VERBS and ("verb", lemma) in index)
        ):
            found.add(word)
    return found


def _match_rules(token: Token, book: Codebook) -> list[RuleMatch]:
    kind = _KIND_OF_POS.get(token.pos_)
    if kind is None or _is_month(token):
        return []
    found = []
    for tried_kind, lemma in _readings(token, kind):
        rules = book.index.get((tried_kind, lemma))
        if rules is None:
            continue
        around = TriggerContext(token, tried_kind)
        for phrase, rule in rules:
            if not _phrase_holds(token, phrase, tried_kind):
                continue
            if _means_otherwise(token, phrase, rule):
                continue
            found.append(RuleMatch(rule, token, _failed_condition(around, rule.conditions)))
    return found


def _is_month(token: Token) -> bool:
    """Return True for *March* and *May* used as months: *on **March** 7*, *in **March***."""
    if token.tag_ != "NNP" or not token.text.istitle() or not is_calendar_name(token.text):
        return False
    doc, words = token.doc, load_calendar_words()
    before = doc[token.i - 1] if token.i else None
    behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
    is_numbered = any(near is not None and near.text[:1].isdigit() for near in (before, behind))
    return is_numbered or (
        before is not None and before.pos_ == "ADP" and before.lower_ in words.before_months
    )


def _readings(token: Token, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the possible kinds and lemmas of a word; participles may be tagged adjectives."""
    lemma = lemma_of(token)
    yield kind, lemma
    if token.tag_ == "VBG" and any(c.dep_ in ("amod", "poss", "compound") for c in token.lefts):
        # "In Gondorian shelling": a noun, whatever the tagger says.
        yield "noun", token.lower_
    if kind == "adjective" and token.tag_ in _OF_VERBS and token.dep_ != "amod":
        yield "verb", lemma


def _phrase_holds(token: Token, phrase: tuple[str, ...], kind: str) -> bool:
    if len(phrase) == 1:
        return True
    if kind == "noun":
        before = {lemma_of(t) for t in noun_phrases.modifiers(token)} | {
            t.lower_ for t in noun_phrases.modifiers(token)
        }
        return all(word in before for word in phrase[:-1])
    small = verb_phrases.particles(token)
    return all(word in small for word in phrase[1:])


def _means_otherwise(token: Token, phrase: tuple[str, ...], rule: Rule) -> bool:
    """Return True if the verb has another sense here: *backed down* is not support, *call him a liar*."""
    if isinstance(rule, Pattern):
        return rule.event_type == "CONSULT" and _names_somebody(token)
    return len(phrase) == 1 and any(c.dep_ == "prt" and c.lower_ in _TURNING for c in token.children)


def _names_somebody(verb: Token) -> bool:
    """Return True if *call* means naming, not telephoning: *calls him a liar*, *calling it "shameful"*."""
    if verb.lemma_ != "call":
        return False
    if any(c.dep_ in ("oprd", "acomp", "ccomp", "attr") and c.i > verb.i for c in verb.children):
        return True
    last = max((head.right_edge.i for head in arguments.objects(verb) if head.i > verb.i), default=verb.i)
    doc = verb.doc
    return last + 1 < len(doc) and doc[last + 1].text in {'"', "\u201c", "\u2018", "'", "``", "a", "an"}


class TriggerContext:
    """Context of a word as one kind; computed once for all rules."""

    def __init__(self, token: Token, kind: str) -> None:
        self.token = token
        self._kind = kind

    @functools.cached_property
    def object_names(self) -> set[str]:
        """The names by which conditions can refer to each object."""
        heads = arguments.objects(self.token) if self._kind == "verb" else []
        return {name for head in heads for name in noun_names(head)}

    @functools.cached_property
    def phrases(self) -> list[tuple[str, Token]]:
        """The prepositions with their nouns and gerunds, attached to the word and to its dependents."""
        token = self.token
        found = list(noun_phrases.prepositions(token))
        if self._kind == "verb":
            found += arguments.object_phrases(token)
        elif token.dep_ in verb_phrases.OBJECT_LABELS:
            found += list(noun_phrases.prepositions(token.head))
        for child in token.children:
            if child.dep_ == "prep":
                found += [(child.lower_, lower) for lower in child.children if lower.dep_ == "pcomp"]
        return found

    @functools.cached_property
    def words(self) -> set[str]:
        """The lemmas of the clause and of the dependents of the word."""
        columns = word_columns(self.token.doc)
        around = {t.i for t in clause_tokens(self.token)}
        around.update(t.i for t in self.token.subtree if columns.labels[t.i] in _HANGING)
        around.discard(self.token.i)
        doc = self.token.doc
        around = {word for word in around if columns.tags[word] != "NNP" or not _is_month(doc[word])}
        return {
            mended_lemma(columns.lemmas[word], columns.lowers[word], columns.classes[word]) for word in around
        }

    @functools.cached_property
    def words_beyond(self) -> set[str]:
        """The lemmas of inherited subjects, and of the objects of verbs below."""
        token = self.token
        beyond = [*arguments.subjects(token)] if token.pos_ == "VERB" else []
        below = [*subordination.complements(token), *subordination.purposes(token)]
        beyond += [head for verb in below for head in arguments.objects(verb)]
        return {lemma_of(head) for head in beyond}


def _failed_condition(around: TriggerContext, asked: Conditions) -> str | None:
    """Return the first condition that does not hold for a word, or None when all do."""
    token = around.token
    if asked.objects is not None or asked.not_objects or asked.no_object:
        heads = around.object_names
        if asked.no_object and heads:
            return "object: none"
        if asked.objects is not None and not heads & asked.objects:
            return "object"
        if heads & asked.not_objects:
            return "not_object"
    if asked.preps and not _has_prep(around.phrases, asked.preps):
        return "prep"
    if (asked.complements is not None or asked.any_complement) and not _has_complement(token, asked):
        return "complement"
    if asked.passive is not None and verb_phrases.is_passive(token) != asked.passive:
        return "passive"
    return _failed_words(around, asked)


def _failed_words(around: TriggerContext, asked: Conditions) -> str | None:
    if asked.words is not None and not (around.words | around.words_beyond) & asked.words:
        return "words"
    if asked.not_words and around.words & asked.not_words:
        return "not_words"
    return None


def noun_names(head: Token) -> Iterator[str]:
    """Yield the names of a noun for conditions: its lemma, and each modifier with it (*air strike*)."""
    lemma = lemma_of(head)
    yield lemma
    if any(token.is_currency for token in head.doc[head.left_edge.i : head.i]):
        # "£5m", "$1.2bn": money, however the number is written.
        yield "money"
    for modifier in noun_phrases.modifiers(head):
        yield f"{lemma_of(modifier)} {lemma}"
    if head.pos_ == "PROPN" and head.i and head.nbor(-1).head == head:
        # "Sent Defence Minister Bain": a name with its office is a minister.
        yield from (
            lemma_of(c) for c in head.lefts if c.dep_ == "compound" and is_party_word(c.lower_, "offices")
        )
    for preposition, noun in noun_phrases.prepositions(head):
        if preposition == "of" and not is_act_word(lemma, "undoing"):
            # "a package of sanctions", "a series of attacks"
            yield lemma_of(noun)


def _has_prep(
    phrases: Iterable[tuple[str, Token]], asked: Iterable[tuple[str, frozenset[str] | None]]
) -> bool:
    for preposition, nouns in asked:
        for found, noun in phrases:
            if found == preposition and (nouns is None or set(noun_names(noun)) & nouns):
                return True
    return False


def _has_complement(token: Token, asked: Conditions) -> bool:
    below = subordination.complements(token)
    if asked.any_complement:
        return bool(below)
    below = [*below, *subordination.purposes(token)]
    return any(lemma_of(verb) in (asked.complements or ()) for verb in below)
