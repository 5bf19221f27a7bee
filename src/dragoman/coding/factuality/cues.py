"""Modality cues at a predicate itself: its modal, its negation, its adverbs, its tense.

Everything here depends on the children of one token. The effect of words further up the sentence is in
`embedding` and `projection`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.knowledge.modality import Outcome

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.knowledge.modality import Modal, ModalityLexicon
    from dragoman.model.terms import Tense

CERTAIN = Outcome(3, 1)
NOT = Outcome(3, -1)
OPEN = Outcome(0, 1)
_STRENGTH_OF = {"probably": 2, "possibly": 1, "open": 0, "upcoming": 2}
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_OBJECTS = frozenset({"dobj", "attr", "dative"})


@dataclass(slots=True)
class Cues:
    """The markers found at one predicate. `own` is their combined factuality."""

    modal: Modal | None = None
    negations: list[Token] = field(default_factory=list)
    auxiliaries: list[Token] = field(default_factory=list)
    marks: list[Token] = field(default_factory=list)
    used: list[Token] = field(default_factory=list)
    strength: int = 3
    sign: int = 1
    tense: Tense | None = None
    names: list[str] = field(default_factory=list)
    is_infinitive: bool = False
    is_perfect: bool = False
    is_almost: bool = False
    has_subject: bool = False
    is_negated_by_object: bool = False
    is_free_choice: bool = False
    is_conditional: bool = False
    condition: Token | None = None

    def weaken(self, strength: int, name: str, *tokens: Token) -> None:
        """Limit the factuality to this strength, and record the cause."""
        self.strength = min(self.strength, strength)
        self.note(name, *tokens)

    def note(self, name: str, *tokens: Token) -> None:
        """Record a marker and its position."""
        self.names.append(name)
        self.used.extend(tokens)


def read_verb(token: Token, lexicon: ModalityLexicon) -> Cues:
    """Find the markers at a verb, or at an adjective that has its own copula."""
    cues = Cues()
    for child in token.children:
        _read_child(child, token, cues, lexicon)
    if not cues.has_subject and token.dep_ == "conj":
        _share_with_conjunct(token, cues, lexicon)
    _apply_modal(token, cues)
    cues.tense = _tense_of_verb(token, cues)
    return cues


def _read_child(child: Token, token: Token, cues: Cues, lexicon: ModalityLexicon) -> None:
    dep = child.dep_
    lower = child.lower_
    if dep in ("aux", "auxpass"):
        _read_auxiliary(child, cues, lexicon)
    elif dep in _SUBJECTS:
        cues.has_subject = True
        _read_negative_argument(child, cues, lexicon)
    elif dep in _OBJECTS:
        before = len(cues.negations)
        _read_negative_argument(child, cues, lexicon)
        cues.is_negated_by_object = len(cues.negations) > before
    elif dep in ("mark", "prep") and child.i < token.i:
        cues.marks.append(child)
    if dep in ("neg", "advmod", "preconj", "cc", "npadvmod"):
        _read_adverb(child, token, cues, lexicon)
    elif dep == "advcl" and cues.condition is None and _is_condition(child, lexicon):
        cues.condition = child
    elif (
        dep == "prep"
        and lower in ("in", "by", "on", "under")
        and child.i < token.i + 3
        and "no" in (c.lower_ for p in child.children for c in p.children)
    ):
        cues.negations.append(child)


def _read_auxiliary(child: Token, cues: Cues, lexicon: ModalityLexicon) -> None:
    cues.auxiliaries.append(child)
    lower = child.lower_
    if lower == "to" and child.tag_ == "TO":
        cues.is_infinitive = True
    elif child.tag_ == "MD" and lower in lexicon.modals:
        cues.modal = lexicon.modals[lower]
        cues.used.append(child)
    elif child.lemma_ == "have":
        cues.is_perfect = True


def _read_adverb(child: Token, token: Token, cues: Cues, lexicon: ModalityLexicon) -> None:
    kind = lexicon.adverbs.get(child.lower_)
    if child.lower_ == "longer" and any(word.lower_ == "no" for word in child.children):
        kind = "negation"
    if kind is None:
        return
    if kind == "negation":
        after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
        if child.dep_ == "cc" and child.lower_ != "nor":
            return
        if child.dep_ == "cc" and child.i > token.i:
            return
        if after not in lexicon.not_negating_before:
            cues.negations.append(child)
    elif kind == "almost":
        cues.is_almost = child.i < token.i
        if cues.is_almost:
            cues.used.append(child)
    else:
        cues.weaken(_STRENGTH_OF[kind], kind, child)


def _read_negative_argument(child: Token, cues: Cues, lexicon: ModalityLexicon) -> None:
    if child.lower_ in lexicon.negative_pronouns:
        cues.negations.append(child)
        return
    for word in child.children:
        if word.dep_ in ("det", "neg", "advmod", "preconj") and word.lower_ in lexicon.negative_determiners:
            cues.negations.append(word)
            return


def _is_condition(child: Token, lexicon: ModalityLexicon) -> bool:
    return clause_opening(child, lexicon) == "conditional"


def clause_opening(verb: Token, lexicon: ModalityLexicon) -> str | None:
    """Return the effect of the subordinator of an adverbial clause, or None if it has none."""
    inverted = None
    for child in verb.children:
        if child.i > verb.i:
            break
        if child.dep_ in ("mark", "advmod", "prep", "case"):
            before = child.nbor(-1).lower_ if child.i else ""
            found = lexicon.subordinators.get(f"{before} {child.lower_}") or lexicon.subordinators.get(
                child.lower_
            )
            if found:
                return found
        elif (
            child.dep_ in ("aux", "auxpass")
            and child.lower_ in ("should", "had", "were")
            and inverted is None
        ):
            inverted = child.lower_
        elif child.dep_ in _SUBJECTS:
            if inverted:
                return "conditional"
            inverted = ""
    return _misplaced_opening(verb, lexicon)


def _misplaced_opening(verb: Token, lexicon: ModalityLexicon) -> str | None:
    """Find the "if" before a clause that the parse attaches to the main verb."""
    first = verb.left_edge.i
    if first == 0:
        return None
    before = verb.doc[first - 1]
    if before.dep_ == "mark" and before.head == verb.head:
        return lexicon.subordinators.get(before.lower_)
    return None


def _share_with_conjunct(token: Token, cues: Cues, lexicon: ModalityLexicon) -> None:
    """Let "may attack or invade" share its modal, and "did not attack or invade" its negation."""
    head = token.head
    if head.pos_ not in ("VERB", "AUX") or cues.auxiliaries:
        return
    shared = read_verb(head, lexicon)
    joined_by = next((c.lower_ for c in head.children if c.dep_ == "cc"), "")
    if joined_by == "nor" and token.tag_ != head.tag_:
        # "Has neither confirmed nor denied": negated also where the tags differ.
        cues.negations.extend(c for c in head.children if c.lower_ == "nor" and c.i < token.i)
    if token.tag_ != head.tag_ and not (token.tag_ == "VBN" and head.tag_ == "VBN"):
        return
    cues.auxiliaries = list(shared.auxiliaries)
    cues.is_infinitive, cues.is_perfect = shared.is_infinitive, shared.is_perfect
    if cues.modal is None and shared.modal is not None:
        cues.modal = shared.modal
        cues.used.extend(t for t in shared.auxiliaries if t.tag_ == "MD")
    if joined_by in ("or", "nor"):
        cues.negations.extend(n for n in shared.negations if n.i < head.i)
    if shared.condition is not None:
        cues.condition = shared.condition


def _apply_modal(token: Token, cues: Cues) -> None:
    negated = len(cues.negations) % 2 == 1
    cues.used.extend(cues.negations)
    modal = cues.modal
    if modal is None:
        if negated:
            cues.sign = -1
            cues.names.append("negated object" if cues.is_negated_by_object else "negation")
    else:
        if cues.is_perfect:
            outcome = modal.negated_perfect if negated else modal.perfect
        else:
            outcome = modal.negated if negated else modal.plain
        cues.sign = outcome.sign
        cues.weaken(outcome.strength, f"modal {modal.name}")
        if negated:
            cues.names.append("negation")
    if cues.is_almost:
        cues.sign = -cues.sign
        cues.weaken(2, "almost")


def _tense_of_verb(token: Token, cues: Cues) -> Tense | None:
    """Return the tense marked on a verb itself, or None when it has that of its governor."""
    if cues.modal is not None:
        return "past" if cues.is_perfect else cues.modal.tense
    if cues.is_infinitive:
        return "past" if cues.is_perfect else None
    tags = {a.tag_ for a in cues.auxiliaries}
    if "VBD" in tags or cues.is_perfect:
        return "past"
    if tags & {"VBZ", "VBP"}:
        return "present"
    if token.tag_ == "VBD":
        return "past"
    if token.tag_ in ("VBZ", "VBP"):
        return "present"
    if token.tag_ == "VBN" and token.dep_ in ("amod", "acl"):
        return "past"
    return None


def read_noun(token: Token, lexicon: ModalityLexicon) -> Cues:
    """Find the markers inside the noun phrase of an event: "no attack", "the alleged attack"."""
    cues = Cues()
    for child in token.children:
        if child.i > token.i:
            break
        lower = child.lower_
        if child.dep_ == "neg" and lower in ("not", "n't") and token.pos_ in ("ADJ", "VERB"):
            cues.sign = -1
            cues.note("not", child)
        if child.dep_ in ("det", "neg", "preconj") and lower in lexicon.negative_determiners:
            cues.sign = -1
            cues.note("no", child)
        elif child.dep_ == "det" and lower in lexicon.free_choice_determiners:
            cues.is_free_choice = True
            cues.note("any", child)
        elif child.dep_ in ("amod", "compound", "nmod", "advmod"):
            _read_modifier(child, cues, lexicon)
    return cues


def _read_modifier(child: Token, cues: Cues, lexicon: ModalityLexicon) -> None:
    word = child.lower_
    if word == "called" and child.i > 1 and child.nbor(-1).lower_ == "-":
        word = "so-called"
    kind = lexicon.modifiers.get(word) or lexicon.adverbs.get(word)
    if kind in ("negation", None):
        return
    if kind == "no":
        cues.sign = -1
        cues.note(word, child)
    elif kind == "vain":
        cues.note("in vain", child)
    elif kind == "past":
        cues.tense = "past"
        cues.note(word, child)
    elif kind == "almost":
        cues.sign = -1
        cues.weaken(2, word, child)
    else:
        cues.weaken(_STRENGTH_OF[kind], word, child)
        if kind in ("upcoming", "open"):
            cues.tense = "future"


def is_definite(token: Token) -> bool:
    """Return True if a noun phrase presupposes its referent: "the attack", "its attack"."""
    for child in token.children:
        if child.i > token.i:
            break
        if child.dep_ == "poss" or (
            child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those")
        ):
            return True
    return False
