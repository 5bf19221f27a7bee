"""Frames in which nothing happens: a film, a game, a simulation, a dream; and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.content_path import content_path, opens_inside
from dragoman.coding.syntax.verb_phrases import OBJECT_LABELS, SUBJECT_LABELS, children_labelled, is_verb
from dragoman.knowledge.wordlists import is_gate_word, load_gate_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_SET_IN = frozenset({"in", "inside", "throughout", "within"})
# A statement made in a film may be real: acts of words count as fiction only if the film precedes them.
_WORDS = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AGREE", "CONSULT", "THREATEN", "CONCEDE"})
# How a verb belongs to a question that is asked about the verb above.
_ASKED_WITH = frozenset({"ccomp", "xcomp", "conj"})
_OPENING = 12
_QUESTION_MARKS = frozenset("\"'”’)")


def fiction_of(trigger: Token, event_type: str) -> Token | None:
    """Return the noun or verb that makes the act of a trigger fiction."""
    opening = _opening_frame(trigger.sent)
    if opening is not None and opening.i < trigger.i:
        return opening
    if is_verb(trigger) and is_gate_word(trigger.lemma_.lower(), "pretending"):
        # "Simulated an attack", with the verb read as the attack.
        return trigger
    found = _scene_of(trigger, event_type)
    for node, head in content_path(trigger):
        found = found or _teller(node, head) or _holder(node, head, trigger) or _scene_of(head, event_type)
    return found


def _opening_frame(sentence: Span) -> Token | None:
    """Return the scene that a sentence opens with: ***In the film**, ...*, ***Set in** 2050, ...*."""
    doc, first = sentence.doc, sentence.start
    if doc[first].lower_ == "set" and first + 1 < sentence.end and doc[first + 1].lower_ == "in":
        return doc[first]
    if doc[first].lower_ not in _SET_IN:
        return None
    for token in doc[first + 1 : min(first + _OPENING, sentence.end)]:
        if token.text == "," or is_verb(token):
            return None
        if token.pos_ in _NOUNS and token.dep_ not in ("compound", "poss") and is_fiction(token):
            return token
    return None


def is_fiction(noun: Token) -> bool:
    """Return True if a noun denotes something in which nothing really happens."""
    lemma = noun.lemma_.lower()
    if noun.text[:1].isupper() and noun.i > noun.sent.start:
        return False  # A name: the Georgian Dream.
    if any(is_gate_word(c.lower_, "fictional") for c in noun.children if c.i < noun.i and c.dep_ != "poss"):
        return True
    before = [c for c in noun.children if c.dep_ in ("compound", "amod") and c.i < noun.i]
    phrases = load_gate_words()["fiction_phrases"]
    if any(f"{c.lower_} {lemma}" in phrases for c in before):
        return True
    if not is_gate_word(lemma, "fictions"):
        is_part = is_gate_word(lemma, "parts_of_fiction")
        return is_part and any(is_gate_word(c.lemma_.lower(), "fictions") for c in before)
    return not (
        is_gate_word(lemma, "loose_fictions") and any(c.lower_ == "of" for c in noun.children if c.i > noun.i)
    )


def _scene_of(word: Token, event_type: str) -> Token | None:
    """Return the scene of *invades **in the film***, or the noun of a relative clause that is the scene."""
    if word.dep_ == "relcl" and word.head.pos_ in _NOUNS and opens_inside(word) and is_fiction(word.head):
        return word.head
    if not is_verb(word):
        return None
    for child in word.children:
        if child.dep_ != "prep" or child.lower_ not in _SET_IN:
            continue
        if child.i > word.i and event_type in _WORDS:
            continue
        for noun in child.children:
            if noun.dep_ == "pobj" and is_fiction(noun):
                return noun
    return None


def _teller(node: Token, head: Token) -> Token | None:
    """Return the governor of *the **film** shows how Arnor ...*, *soldiers **simulated** an attack*."""
    if not is_verb(head):
        return None
    is_content = node.dep_ in ("ccomp", "xcomp", "pcomp", "prep") or node.dep_ in OBJECT_LABELS
    if not is_content:
        return None
    if is_gate_word(head.lemma_.lower(), "pretending"):
        return head
    if not is_gate_word(head.lemma_.lower(), "telling"):
        return None
    if node.dep_ == "prep" and node.lower_ not in ("about", "around", "of", "on", "with"):
        return None
    subjects = children_labelled(head, SUBJECT_LABELS)
    return next((s for s in subjects if s.pos_ in _NOUNS and is_fiction(s)), None)


def _holder(node: Token, head: Token, trigger: Token) -> Token | None:
    """Return the noun of *a **novel** about Arnor's invasion*, *a **film** showing Arnor invade*."""
    if head.pos_ == "ADP" and head.lower_ in ("about", "on", "of"):
        noun = head.head
        about = head.lower_ == "about" or noun.lemma_.lower() in (
            "simulation",
            "scenario",
            "satire",
            "parody",
        )
        return noun if about and noun.pos_ in _NOUNS and is_fiction(noun) else None
    shows = node != trigger and (node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ == "VBG"))
    return head if shows and head.pos_ in _NOUNS and is_fiction(head) else None


def question_about(trigger: Token) -> Token | None:
    """Return the mark of a question that asks whether the act happened, or who did it."""
    sentence = trigger.sent
    last = _last_mark(sentence)
    if last is None or _stands_beside(trigger):
        return None
    first = _first_word(sentence)
    if first is None or first.i > trigger.i:
        return None
    is_yes_no = first.pos_ == "AUX" or first.tag_ == "MD" or first.lemma_.lower() in ("do", "be", "have")
    asks_who = first.tag_ in ("WP", "WDT", "WP$") and _is_subject_of(first, trigger)
    return last if is_yes_no or asks_who else None


def asked_whether(trigger: Token) -> Token | None:
    """Return the *whether* of an indirect question that contains an act: *unclear **whether** A struck*.

    A clause beside it, or about a noun in it, is not asked.
    """
    node = trigger
    while is_verb(node):
        for child in node.children:
            if child.dep_ == "mark" and is_gate_word(child.lower_, "indirect_questions"):
                return child
        if node.head == node or node.dep_ not in _ASKED_WITH:
            return None
        node = node.head
    return None


def _last_mark(sentence: Span) -> Token | None:
    for token in reversed(sentence):
        if token.text == "?":
            return token
        if not token.is_space and token.text not in _QUESTION_MARKS:
            return None
    return None


def _first_word(sentence: Span) -> Token | None:
    """Return the first word, without *Q:* and quotation marks."""
    words = [t for t in sentence if t.is_alpha]
    openers = load_gate_words()["question_openers"]
    while words and words[0].lower_ in openers and words[0].i + 1 < sentence.end:
        if words[0].nbor(1).text not in (":", ".", "-", "–", "—"):
            break
        words.pop(0)
    return words[0] if words else None


def _stands_beside(trigger: Token) -> bool:
    """Return True for a clause that a question presupposes: *after Arnor attacked*."""
    node = trigger
    while node.head != node:
        if node.dep_ in ("advcl", "relcl", "parataxis") or (node.dep_ == "acl" and node.head.i > 0):
            return node.head.lemma_.lower() not in load_gate_words()["question_openers"]
        node = node.head
    return False


def _is_subject_of(word: Token, trigger: Token) -> bool:
    head = word.head if word.dep_ in ("det", "poss") else word
    return head.dep_ in ("nsubj", "nsubjpass") and (head.head == trigger or head.head.is_ancestor(trigger))
