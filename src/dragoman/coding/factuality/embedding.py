"""The matrix predicate that embeds a predicate, and the construction that links them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.factuality.cues import clause_opening
from dragoman.coding.syntax.subordination import stands_alone

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.knowledge.modality import Effect, ModalityLexicon

VERBAL = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acl"})
_PREPOSITIONAL = frozenset({"pobj", "pcomp", "prep", "agent"})
_STRUCTURAL = {
    "aux": "part", "auxpass": "part", "prt": "part", "relcl": "relative", "appos": "appos",
    "amod": "amod", "parataxis": "loose", "dep": "loose", "intj": "loose", "meta": "loose",
}  # fmt: skip
_WH_TAGS = frozenset({"WP", "WDT", "WRB", "WP$"})


@dataclass(frozen=True, slots=True)
class Embedding:
    """One step up: `kind`, a complement of the lexicon or a structural name; `effect`, that of a cue word."""

    governor: Token
    kind: str
    effect: Effect | None = None
    word: Token | None = None
    opening: str | None = None
    preposition: Token | None = None


def find_embedding(token: Token, lexicon: ModalityLexicon) -> Embedding | None:
    """Return the step from a predicate to its governor, or None at the top of the sentence."""
    dep, head = token.dep_, token.head
    if head == token or dep == "ROOT":
        return None
    if dep == "conj":
        return Embedding(_conjunct_of(token, head), "conj")
    if dep in _STRUCTURAL:
        return Embedding(head, _STRUCTURAL[dep])
    if dep in ("acomp", "attr", "oprd") and head.pos_ in VERBAL:
        return Embedding(head, "predicative", *_effect_of(head, "object", lexicon))
    if dep in _CLAUSAL:
        if stands_alone(token):
            return None
        return _clausal_embedding(token, head, lexicon)
    if dep == "advcl":
        return _adverbial_embedding(token, head, lexicon)
    if dep in _PREPOSITIONAL:
        return _prepositional_embedding(token, head, lexicon)
    return _nominal_embedding(dep, head, lexicon)


def _conjunct_of(token: Token, head: Token) -> Token:
    """Return the first conjunct of a conjunct; never an infinitive for a finite verb, despite the parse."""
    if token.tag_ not in ("VBD", "VBZ", "VBP") or head.tag_ != "VB":
        return head
    node = head
    while node.head != node and node.tag_ == "VB":
        node = node.head
    return node if node.pos_ in VERBAL and node.tag_ != "VB" else head


def _nominal_embedding(dep: str, head: Token, lexicon: ModalityLexicon) -> Embedding:
    if dep in ("dobj", "nsubjpass", "dative"):
        return Embedding(head, "object", *_effect_of(head, "object", lexicon))
    if dep in ("nsubj", "expl"):
        return Embedding(head, "subject", *_effect_of(predicate_of(head), "subject", lexicon))
    if dep in ("compound", "nmod"):
        return Embedding(head, "compound", *_effect_of(head, "of", lexicon))
    if dep == "poss":
        return Embedding(head, "poss")
    return Embedding(head, "other")


def predicate_of(head: Token) -> Token:
    """Return the adjective or noun of a copula, or the word itself."""
    if head.lemma_ == "be":
        for child in head.children:
            if child.dep_ in ("acomp", "attr", "oprd"):
                return child
    return head


def _effect_of(word: Token, kind: str, lexicon: ModalityLexicon) -> tuple[Effect | None, Token | None]:
    effects = lexicon.effects
    lemma = word.lemma_.lower()
    if word.pos_ == "VERB":
        for child in word.children:
            if child.dep_ == "prt":
                lemma = f"{lemma}_{child.lower_}"
                found = effects.get((lemma, kind))
                return (found, word) if found else (None, None)
    found = effects.get((word.lower_, kind)) or effects.get((lemma, kind))
    return (found, word) if found else (None, None)


def _clausal_embedding(token: Token, head: Token, lexicon: ModalityLexicon) -> Embedding:
    kind = clause_kind(token)
    if token.dep_ == "acl" and head.dep_ == "nsubj" and head.head.lemma_ == "be":
        verdict, word = _effect_of(predicate_of(head.head), kind, lexicon)
        if verdict:
            return Embedding(head.head, kind, verdict, word)
    candidates = [head]
    if head.lemma_ == "be":
        candidates = [c for c in head.children if c.dep_ in ("acomp", "attr", "nsubj") and c != token] or [
            head
        ]
    elif head.pos_ in VERBAL:
        candidates += [c for c in head.children if c.dep_ in ("acomp", "oprd")]
        if token.dep_ != "acl":
            candidates += [c for c in head.children if c.dep_ == "dobj" and c.i < token.i][-1:]
    for word in candidates:
        effect, found = _effect_of(word, kind, lexicon)
        if effect:
            return Embedding(word if word.dep_ != "nsubj" else head, kind, effect, found)
    name = f"{kind} of noun" if token.dep_ == "acl" else kind
    return Embedding(head, name)


def clause_kind(token: Token) -> str:
    """Return the form of a clause: to, whether, wh, ing, participle or that."""
    is_finite = token.tag_ in ("VBD", "VBZ", "VBP", "MD")
    has_wh = False
    for child in token.children:
        if child.dep_ in ("aux", "auxpass"):
            if child.tag_ == "TO":
                return "to"
            is_finite = is_finite or child.tag_ in ("VBD", "VBZ", "VBP", "MD")
        elif child.dep_ == "mark" and child.lower_ in ("whether", "if"):
            return "whether"
        elif child.tag_ in _WH_TAGS and child.i < token.i:
            has_wh = True
        elif child.dep_ == "nsubj" and child.i < token.i and token.tag_ == "VB":
            is_finite = is_finite or False
    if has_wh and token.dep_ != "acl":
        return "wh"
    if is_finite or token.pos_ not in VERBAL:
        return "that"
    if token.tag_ == "VBG":
        return "ing" if token.dep_ != "acl" else "participle"
    if token.tag_ == "VBN":
        return "participle"
    return "to"


def _adverbial_embedding(token: Token, head: Token, lexicon: ModalityLexicon) -> Embedding:
    opening = clause_opening(token, lexicon)
    kind = clause_kind(token)
    if opening in (None, "open") and kind == "to":
        effect, word = _effect_of(head, "to", lexicon)
        if effect is None and head.lemma_ == "be":
            effect, word = _effect_of(predicate_of(head), "to", lexicon)
        return Embedding(head, "purpose" if effect is None else "to", effect, word, opening)
    return Embedding(
        head, "adverbial", None, None, opening or ("host" if kind in ("ing", "participle") else "factual")
    )


def _prepositional_embedding(token: Token, head: Token, lexicon: ModalityLexicon) -> Embedding:
    """Return the embedding by the word that governs a chain of prepositions."""
    preposition = token if token.dep_ in ("prep", "agent") else head
    governor = preposition.head
    while (
        governor.pos_ in ("ADP", "SCONJ") and governor.dep_ in ("prep", "pcomp") and governor.head != governor
    ):
        governor = governor.head
    if token.dep_ in ("prep", "agent"):
        return Embedding(governor, "other")
    if token.dep_ == "pcomp" and clause_kind(token) == "whether":
        return Embedding(governor, "whether")
    kind = "to_noun" if preposition.lower_ == "to" else preposition.lower_
    effect, word = _effect_of(governor, kind, lexicon)
    if (
        effect is None
        and governor.dep_ in ("dobj", "nsubjpass")
        and governor.pos_ in ("NOUN", "PROPN", "PRON")
    ):
        effect, word = _effect_of(governor.head, kind, lexicon)
        if effect is not None:
            governor = governor.head
    kind = preposition.lower_
    before = preposition.nbor(-1).lower_ if preposition.i else ""
    after = preposition.nbor(1).lower_ if preposition.i + 1 < len(preposition.doc) else ""
    table = lexicon.prepositions
    earlier = preposition.nbor(-2).lower_ if preposition.i > 1 else ""
    phrase = table.get(f"{earlier} {before} {kind}")
    if phrase:
        return Embedding(governor, "prep", None, None, phrase, preposition)
    opening = table.get(f"{before} {kind}") or table.get(f"{kind} {after}") or table.get(kind)
    name = "prep" if token.dep_ == "pobj" else "prep clause"
    return Embedding(governor, name, effect, word, opening, preposition)
