"""Acts that the text itself calls untrue: a fake video, a claim that proved false, a lie, a rumour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.content_path import content_path, is_content_clause
from dragoman.coding.syntax.phrases import is_form_of
from dragoman.coding.syntax.verb_phrases import (
    OBJECT_LABELS,
    PASSIVE_SUBJECT_LABELS,
    SUBJECT_LABELS,
    children_labelled,
    is_passive,
    is_verb,
)
from dragoman.knowledge.wordlists import is_gate_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = SUBJECT_LABELS | PASSIVE_SUBJECT_LABELS
_MODIFYING = frozenset({"amod", "compound", "nmod"})
_PREDICATIVE = frozenset({"acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "prep", "prt", "amod", "dobj"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
_DEPTH = 3


def untruth_of(trigger: Token) -> tuple[Token, bool] | None:
    """Return the word that calls the act of a trigger untrue, and whether this is certain.

    A rumour or an allegation alone is not certain: it may be true.
    """
    doubt: Token | None = None
    for node, head in content_path(trigger):
        found = _of_noun(node, head, trigger) or _of_verb(node, head)
        if found is not None:
            return found, True
        doubt = doubt or _doubt(node, head)
    return (doubt, False) if doubt is not None else None


def untrue_subject(trigger: Token) -> Token | None:
    """Return the word that calls the subject of a verb untrue: *the claim **proved false***."""
    for subject in children_labelled(trigger, _SUBJECTS | {"expl"}) if is_verb(trigger) else ():
        if subject.lower_ == "it" and is_gate_word(trigger.lemma_.lower(), "linking"):
            return _false_predicate(trigger, subject)
        if subject.pos_ not in _NOUNS or not is_gate_word(subject.lemma_.lower(), "reports", "untruths"):
            continue
        if is_gate_word(subject.lemma_.lower(), "untruths"):
            return subject
        return _false_modifier(subject) or _false_predicate(trigger, subject)
    return None


def _of_noun(node: Token, head: Token, trigger: Token) -> Token | None:
    """Return the word that calls a noun above false: *a **false** report*, ***disinformation** that*."""
    for noun in (head, node if node != trigger else None):
        if noun is None or noun.pos_ not in _NOUNS:
            continue
        if is_gate_word(noun.lemma_.lower(), "untruths") and not _is_denied(noun):
            return noun
        if is_gate_word(noun.lemma_.lower(), "reports"):
            false = _false_modifier(noun)
            if false is not None:
                return false
    return None


def _false_modifier(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ not in _MODIFYING or child.i > noun.i:
            continue
        if child.lower_ == "false" and child.nbor(1).lower_ in ("-", "flag"):
            continue  # A false-flag attack is an attack.
        if is_gate_word(_whole(child), "false_words") and not _is_denied(child):
            return child
    return None


def _whole(token: Token) -> str:
    """Return a word with the parts hyphenated to it: *AI-**generated***."""
    if token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-1).idx + 1 == token.idx:
        return f"{token.nbor(-2).lower_}-{token.lower_}"
    return token.lower_


def _of_verb(node: Token, head: Token) -> Token | None:
    """Return the word that, with a verb above, calls its subject, object or clause false."""
    if not is_verb(head):
        return None
    lemma = head.lemma_.lower()
    falsely = next((c for c in head.children if is_gate_word(c.lower_, "falsely")), None)
    if falsely is None and head.tag_ == "VBZ" and head.i > head.sent.start:
        # "Baseless claims that ..." at the head of a sentence, with claims treated as a verb.
        before = head.nbor(-1)
        falsely = before if is_gate_word(before.lower_, "false_words") else None
    is_content = node.dep_ in ("ccomp", "xcomp") or (
        node.dep_ == "prep" and is_gate_word(node.lower_, "charged_with")
    )
    is_charge = node.dep_ in OBJECT_LABELS and is_gate_word(lemma, "charging")
    if falsely is not None and (is_content or is_charge):
        return falsely
    shown = node.dep_ in OBJECT_LABELS and any(c.dep_ == "acl" and c.tag_ == "VBG" for c in node.children)
    if shown or node.dep_ in ("ccomp", "xcomp", "csubj", "csubjpass", "acl", "relcl"):
        said = _false_teller(head) or (_false_predicate(head, node) if head.lemma_ == "be" else None)
        if said is not None:
            return said
    is_report = node.pos_ in _NOUNS and is_gate_word(node.lemma_.lower(), "reports", "doubts")
    undergoes = node.dep_ in OBJECT_LABELS or node.dep_ in PASSIVE_SUBJECT_LABELS
    if is_report and undergoes and not _is_denied(head):
        if is_gate_word(lemma, "disproving"):
            return head
        if lemma == "make" and any(c.lower_ == "up" for c in head.children):
            return head
    if is_report and node.dep_ in _SUBJECTS and is_gate_word(lemma, "linking"):
        return _false_predicate(head, node)
    return None


def _false_teller(verb: Token) -> Token | None:
    """Return the word that calls the report false that makes a statement: ***a fake video** showed*."""
    for subject in children_labelled(verb, SUBJECT_LABELS):
        if subject.pos_ in _NOUNS and is_gate_word(subject.lemma_.lower(), "reports", "untruths"):
            false = _false_modifier(subject)
            if false is not None:
                return false
            if is_gate_word(subject.lemma_.lower(), "untruths"):
                return subject
    return None


def _false_predicate(verb: Token, subject: Token, depth: int = 0) -> Token | None:
    """Return the predicate of a subject after its verb: *proved **false***, *turned out to be **untrue***."""
    if depth > _DEPTH or _is_denied(verb):
        return None
    for child in verb.children:
        if child.i < verb.i or child == subject or child.dep_ not in _PREDICATIVE:
            continue
        if is_gate_word(_whole(child), "false_words") or is_gate_word(child.lemma_.lower(), "false_words"):
            return None if _is_denied(child) else child
        if is_verb(child) or child.dep_ == "prep":
            deeper = _false_predicate(child, subject, depth + 1) if not _has_own_subject(child) else None
            if deeper is not None:
                return deeper
    return None


def _has_own_subject(verb: Token) -> bool:
    return bool(children_labelled(verb, _SUBJECTS))


def _is_denied(token: Token) -> bool:
    return any(c.lower_ in _NEGATIONS for c in token.children if c.i < token.i + 3)


def _doubt(node: Token, head: Token) -> Token | None:
    """Return the word for a rumour of the act, or for a claim that is dismissed as false."""
    is_clause = node.dep_ in ("acl", "ccomp") or (node.dep_ == "relcl" and is_content_clause(node))
    about = node.dep_ == "pobj" and node.head.lower_ in ("of", "about")
    noun = node.head.head if about else head
    if (is_clause or about) and noun.pos_ in _NOUNS and is_gate_word(noun.lemma_.lower(), "doubts"):
        return noun
    is_report = node.pos_ in _NOUNS and is_gate_word(node.lemma_.lower(), "reports", "doubts")
    if not is_report or not is_verb(head) or not is_gate_word(head.lemma_.lower(), "dismissing"):
        return None
    undergoes = node.dep_ in OBJECT_LABELS or (is_passive(head) and node.dep_ in PASSIVE_SUBJECT_LABELS)
    as_what = next((c for c in head.children if is_form_of(c, "as") and c.i > head.i), None)
    if as_what is not None or undergoes:
        return _false_predicate(head, node)
    return None
