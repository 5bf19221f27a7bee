"""Acts inside a condition of any form: *should Arnor attack*, *had it attacked*, *as long as*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.syntax.phrases import find_phrases
from dragoman.coding.syntax.verb_phrases import is_passive
from dragoman.knowledge.wordlists import is_gate_word, load_gate_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_INVERTING = frozenset({"had", "should", "were"})
_NOMINAL = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"})
_WOULD = frozenset({"would", "could", "might", "'d", "’d"})
_WILL = frozenset({"will", "shall", "would", "may", "might", "could", "must", "'ll", "’ll"})
_BEFORE_INVERSION = frozenset({",", '"', "“", "that", "but", "and", "—", "–", "'", "‘", ":", ";"})
_LONGEST_SUBJECT = 8
_STOPS = frozenset({",", ";", ".", "!", '"', "”", "—", "–"})


@dataclass(frozen=True, slots=True)
class Supposition:
    """A condition, from `start` to before `end`, and what follows from it, up to before `last`.

    `is_counterfactual` is true if neither happened: *had it attacked, they would have*.
    """

    start: int
    end: int
    last: int
    is_counterfactual: bool

    def words(self, doc: object) -> str:
        """Return the condition's words."""
        return doc[self.start : self.end].text  # type: ignore[index,no-any-return]


def suppositions_in(sentence: Span) -> Iterator[Supposition]:
    """Yield the conditions of a sentence that are marked by inversion or by a phrase."""
    if sentence.text.rstrip().endswith("?"):
        return
    yield from _inverted(sentence)
    yield from _with_phrase(sentence)


def _inverted(sentence: Span) -> Iterator[Supposition]:
    doc = sentence.doc
    for token in sentence:
        if token.lower_ not in _INVERTING or not _opens_clause(token, sentence):
            continue
        verb = _verb_behind(token, sentence)
        if verb is None:
            continue
        end = _end_of(verb.i, sentence)
        last = _end_of(end, sentence, clause=True)
        behind = [t.lower_ for t in doc[end:last]]
        if token.lower_ == "had" and not set(behind) & _WOULD:
            continue
        yield Supposition(token.i, end, last, token.lower_ == "had")


def _opens_clause(token: Token, sentence: Span) -> bool:
    return token.i == sentence.start or token.nbor(-1).lower_ in _BEFORE_INVERSION


def _verb_behind(auxiliary: Token, sentence: Span) -> Token | None:
    """Return the verb after an auxiliary and its subject: *had Arnor **attacked***."""
    wanted = {"had": ("VBN", "VBD"), "should": ("VB", "NN", "NNP"), "were": ("VB",)}[auxiliary.lower_]
    doc, seen = auxiliary.doc, False
    for token in doc[auxiliary.i + 1 : min(auxiliary.i + 1 + _LONGEST_SUBJECT, sentence.end)]:
        is_verb_form = token.tag_ in wanted and (token.pos_ in ("VERB", "AUX") or token.dep_ == "ROOT")
        if seen and is_verb_form:
            return token
        if token.pos_ in _NOMINAL or token.tag_ == "POS" or token.lower_ in ("of", "and"):
            seen = True
        elif token.lower_ not in ("to", "not", "ever"):
            return None
    return None


def _end_of(place: int, sentence: Span, *, clause: bool = False) -> int:
    """Return the end of a condition: the next comma, or for a clause the next full stop."""
    doc = sentence.doc
    at = place + 1 if clause and place < sentence.end and doc[place].text == "," else place
    while at < sentence.end and doc[at].text not in _STOPS:
        at += 1
    return at


def _with_phrase(sentence: Span) -> Iterator[Supposition]:
    """Yield *provided that ...*, *as long as ...*, *in case ...* up to the next comma, and what follows."""
    words, doc = load_gate_words(), sentence.doc
    for start, end in find_phrases(sentence, words["conditions"]):
        if start > sentence.start and doc[start - 1].lemma_.lower() in words["not_conditions"]:
            continue
        stop = _end_of(end, sentence)
        inside = doc[end:stop]
        if not any(t.tag_ in ("VBD", "VBZ", "VBP", "VB", "VBN") for t in inside):
            continue
        # "Provided" and "lest" alone are verbs and nouns elsewhere.
        if doc[start].lower_ == "provided" and end - start == 1 and doc[start].dep_ not in ("mark", "prep"):
            continue
        perfect = any(t.lower_ in ("had", "'d") for t in inside)
        main = {t.lower_ for t in (*doc[sentence.start : start], *doc[stop : sentence.end])}
        last = _end_of(stop, sentence, clause=True) if start == sentence.start else stop
        yield Supposition(start, stop, last, perfect and bool(main & _WOULD) and "have" in main)


def when_to_come(trigger: Token) -> Token | None:
    """Return the *when* of a future event: ***when** Arnor attacks, Gondor will ...*."""
    if trigger.dep_ != "advcl" or trigger.tag_ not in ("VBZ", "VBP"):
        return None
    opener = next((c for c in trigger.children if c.lower_ in ("when", "once") and c.i < trigger.i), None)
    modal = any(c.dep_ == "aux" and c.lower_ in _WILL for c in trigger.head.children)
    return opener if modal else None


def expecting(trigger: Token) -> Token | None:
    """Return the passive that presents an act as expected: *Arnor **is expected** to sanction Gondor*."""
    for verb in (trigger, trigger.head):
        if not is_gate_word(verb.lemma_.lower(), "expecting") or verb.tag_ not in ("VBN", "JJ"):
            continue
        looks_ahead = verb == trigger or trigger.dep_ == "xcomp"
        has_infinitive = any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
        if looks_ahead and has_infinitive and is_passive(verb):
            return verb
    return None
