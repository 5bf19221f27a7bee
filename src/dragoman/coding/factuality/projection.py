"""Projection of factuality from the matrix predicates of a sentence to an embedded predicate.

Every token gets a reading: the effect of its governors composed with its own markers. Nothing here is
learned; each step adds its reason, innermost first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.factuality.cues import Cues, is_definite, read_noun, read_verb
from dragoman.coding.factuality.embedding import VERBAL, Embedding, find_embedding
from dragoman.knowledge.modality import Modal, ModalityLexicon, Outcome

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.model.terms import Tense

_MAX_DEPTH = 25
_QUOTE_MARKS = frozenset("\"'“”‘’»«)]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The state of one predicate, with its reasons; input of the learned score."""

    strength: int = 3
    sign: int = 1
    tense: Tense | None = None
    conditional: bool = False
    reasons: tuple[str, ...] = ()
    cues: tuple[Token, ...] = ()
    kind: str = "top"
    group: str = ""
    matrix_strength: int = 3
    matrix_sign: int = 1
    matrix_tense: Tense | None = None
    own_strength: int = 3
    own_sign: int = 1


def read(token: Token, lexicon: ModalityLexicon, depth: int = 0) -> Reading:
    """Return the reading of one token: its own markers composed with the effect of its governors."""
    if depth > _MAX_DEPTH:
        return Reading()
    if token.dep_ in ("aux", "auxpass") and token.head != token:
        return read(token.head, lexicon, depth + 1)
    incoming = _incoming(token, lexicon, depth)
    is_verbal = token.pos_ in VERBAL or (token.dep_ == "conj" and token.head.pos_ in VERBAL)
    cues = read_verb(token, lexicon) if is_verbal or token.dep_ == "acomp" else read_noun(token, lexicon)
    if is_verbal:
        _apply_sentence_type(token, cues, incoming)
        _apply_future_in_past(token, cues, incoming, lexicon)
    else:
        incoming = _settle_determiner(cues, incoming)
        if token.dep_ in ("compound", "ROOT") and token.lemma_.lower() in lexicon.eventive_nouns:
            _apply_bare_question(token, cues)
    return _combine(incoming, cues)


def _has_a_day_to_come(token: Token) -> bool:
    """Return True if a clause has a future date: *would meet Gondor **next month***."""
    near = [t for child in token.children if child.dep_ in ("npadvmod", "prep") for t in child.subtree]
    return any(t.lower_ in ("next", "tomorrow", "coming") for t in near)


def _apply_future_in_past(token: Token, cues: Cues, incoming: Reading, lexicon: ModalityLexicon) -> None:
    """Treat "said it would attack" as "says it will attack"."""
    if cues.modal is None or cues.modal.name != "would" or cues.is_perfect:
        return
    reported = incoming.kind == "that" and incoming.matrix_tense == "past"
    if (reported or _has_a_day_to_come(token)) and cues.condition is None:
        will = lexicon.modals["will"]
        outcome = will.negated if cues.negations else will.plain
        cues.strength = max(cues.strength, outcome.strength)
        cues.names[cues.names.index("modal would")] = "future in the past"


def _settle_determiner(cues: Cues, incoming: Reading) -> Reading:
    """Count "no" once when it negates both the noun and its clause; let "any" follow its clause."""
    if cues.sign < 0 and any(cue in incoming.cues for cue in cues.used):
        return replace(incoming, sign=1, strength=incoming.matrix_strength)
    if cues.is_free_choice:
        if incoming.matrix_sign < 0:
            return replace(incoming, sign=-1, strength=incoming.matrix_strength)
        cues.strength = 0
    return incoming


def _combine(incoming: Reading, cues: Cues) -> Reading:
    strength, conditional = cues.strength, incoming.conditional or cues.is_conditional
    names = list(cues.names)
    used = list(cues.used)
    if cues.condition is not None:
        strength = min(strength, 1)
        conditional = True
        names.append("consequence of a condition")
    return replace(
        incoming,
        strength=min(incoming.strength, strength),
        sign=incoming.sign * cues.sign,
        tense=cues.tense or incoming.tense,
        conditional=conditional,
        reasons=(*names, *incoming.reasons),
        cues=(*incoming.cues, *used),
        own_strength=cues.strength,
        own_sign=cues.sign,
    )


def _incoming(token: Token, lexicon: ModalityLexicon, depth: int) -> Reading:
    """Return the effect of the governors on a predicate, before its own markers."""
    embedding = find_embedding(token, lexicon)
    if depth == 0 and _in_inverted_condition(token):
        return Reading(
            strength=0, conditional=True, tense="future", reasons=("inverted condition",), kind="adverbial"
        )
    if embedding is None:
        return _at_top(token)
    if embedding.kind == "conj":
        return _incoming(embedding.governor, lexicon, depth + 1) if depth < _MAX_DEPTH else Reading()
    matrix = read(embedding.governor, lexicon, depth + 1)
    return replace(_under_matrix(token, embedding, matrix, lexicon), matrix_tense=matrix.tense)


def _under_matrix(token: Token, embedding: Embedding, matrix: Reading, lexicon: ModalityLexicon) -> Reading:
    semi = _semi_modal(token, embedding, lexicon)
    if semi is not None:
        return _under_semi_modal(semi, matrix, embedding)
    if embedding.effect is not None:
        return _under_effect(embedding, matrix)
    return _under_structure(token, embedding, matrix, lexicon)


def _at_top(token: Token) -> Reading:
    if token.tag_ == "VB" and token.pos_ == "VERB":
        before = [child for child in token.children if child.dep_ in ("aux", "nsubj", "nsubjpass", "csubj")]
        if not before:
            return Reading(strength=0, tense="future", reasons=("imperative",), kind="imperative")
        if all(child.tag_ == "TO" for child in before if child.dep_ == "aux") and any(
            child.dep_ == "aux" for child in before
        ):
            return Reading(strength=2, tense="future", reasons=("headline future",), kind="headline")
    return Reading(tense=None if token.pos_ in VERBAL else "past")


def _apply_sentence_type(token: Token, cues: Cues, incoming: Reading) -> None:
    """Suspend the factuality of the predicate of a yes-no question."""
    if token.dep_ not in ("ROOT", "ccomp", "conj", "parataxis"):
        return
    end = token.right_edge.i
    doc = token.doc
    last = doc[end]
    if last.text in _QUOTE_MARKS and end > 0:
        last = doc[end - 1]
    if last.text != "?" and not (end + 1 < len(doc) and doc[end + 1].text == "?"):
        return
    if token.dep_ == "ccomp" and not any(child.dep_ in ("aux", "auxpass") for child in token.children):
        return
    asks = any(child.tag_ in ("WP", "WDT", "WRB", "WP$") and child.i < token.i for child in token.subtree)
    if not asks:
        cues.weaken(0, "question", last)


def _semi_modal(token: Token, embedding: Embedding, lexicon: ModalityLexicon) -> Modal | None:
    if embedding.kind.split(" ")[0] not in ("to", "purpose") and embedding.kind != "that":
        return None
    governor = embedding.governor
    if governor.lower_ == "used" and (governor.tag_ != "VBD" or token.dep_ != "xcomp"):
        return None
    if governor.lower_ in ("going", "about", "supposed", "got", "used"):
        return lexicon.semi_modals.get(governor.lower_)
    if governor.lemma_ == "have" and token.dep_ in ("xcomp", "ccomp"):
        if any(child.lower_ == "yet" for child in (*governor.children, *token.children)):
            return lexicon.semi_modals.get("have yet")
        if not any(child.dep_ == "dobj" for child in governor.children):
            return lexicon.semi_modals.get("have")
    elif governor.lemma_ == "be" and token.dep_ == "xcomp" and embedding.effect is None:
        return lexicon.semi_modals.get("be")
    return None


def _under_semi_modal(semi: Modal, matrix: Reading, embedding: Embedding) -> Reading:
    outcome = semi.plain if matrix.sign > 0 else semi.negated
    if semi.past is not None and matrix.tense == "past":
        outcome = semi.past if matrix.sign > 0 else Outcome(semi.past.strength, -semi.past.sign)
    return replace(
        matrix,
        strength=min(matrix.strength, outcome.strength),
        sign=outcome.sign,
        tense=matrix.tense if semi.past is not None and matrix.tense == "past" else semi.tense,
        reasons=(f"{semi.name} to", *matrix.reasons),
        cues=(*matrix.cues, embedding.governor),
        kind="to",
        group=f"semi {semi.name}",
        matrix_strength=matrix.strength,
        matrix_sign=matrix.sign,
    )


def _under_effect(embedding: Embedding, matrix: Reading) -> Reading:
    effect = embedding.effect
    assert effect is not None
    in_vain = "in vain" in matrix.reasons[:2] and effect.affirmed.sign > 0
    outcome = effect.affirmed if matrix.sign > 0 and not in_vain else effect.negated
    strength = outcome.strength if effect.is_presupposing else min(matrix.strength, outcome.strength)
    word = embedding.word or embedding.governor
    return Reading(
        strength=strength,
        sign=outcome.sign,
        tense=effect.tense or matrix.tense,
        conditional=matrix.conditional and not effect.is_presupposing,
        reasons=(f"{effect.group}: {word.lower_}", *matrix.reasons),
        cues=(*matrix.cues, word),
        kind=embedding.kind,
        group=effect.group,
        matrix_strength=matrix.strength,
        matrix_sign=matrix.sign,
    )


def _under_structure(
    token: Token, embedding: Embedding, matrix: Reading, lexicon: ModalityLexicon
) -> Reading:
    """Return the effect of a construction on a predicate, when no cue word decides."""
    base = replace(
        matrix,
        kind=embedding.kind,
        group=embedding.opening or "",
        matrix_strength=matrix.strength,
        matrix_sign=matrix.sign,
    )
    known = Reading(
        tense=matrix.tense,
        kind=embedding.kind,
        group=embedding.opening or "",
        matrix_strength=matrix.strength,
        matrix_sign=matrix.sign,
    )
    if embedding.kind in ("predicative", "part", "appos"):
        return base
    if embedding.kind == "adverbial" or embedding.opening:
        return _under_opening(embedding, matrix, base, known)
    if embedding.kind in ("purpose", "to of noun"):
        strength = min(matrix.strength, 1) if matrix.sign > 0 else 0
        return replace(
            known, strength=strength, tense="future", conditional=matrix.conditional, reasons=("purpose",)
        )
    if embedding.kind == "to":
        return replace(base, strength=0 if matrix.sign > 0 else 1, reasons=("infinitive", *matrix.reasons))
    if embedding.kind == "whether":
        return replace(known, strength=0, reasons=("whether",))
    if embedding.kind in ("that", "that of noun", "ing", "prep clause"):
        if matrix.sign > 0:
            return base
        return replace(base, strength=0, sign=1)
    if embedding.kind in ("object", "prep", "subject"):
        if embedding.kind == "subject" and _follows_condition(token, embedding):
            return replace(known, strength=0, conditional=True, reasons=("condition",))
        return _under_argument(token, embedding, matrix, base, known, lexicon)
    if embedding.kind in ("amod", "relative", "participle of noun"):
        if matrix.own_sign < 0 or "any" in matrix.reasons[:1]:
            return base
        return replace(known, conditional=False, tense=None)
    return known


def _under_opening(embedding: Embedding, matrix: Reading, base: Reading, known: Reading) -> Reading:
    opening = embedding.opening
    if opening == "conditional":
        return replace(known, strength=0, conditional=True, reasons=("condition",))
    if opening == "open":
        return replace(known, strength=0, reasons=("open clause",))
    if opening == "no":
        if matrix.sign < 0:
            return replace(known, strength=0, reasons=("not without",))
        marked = (embedding.preposition,) if embedding.preposition is not None else ()
        return replace(known, sign=-1, strength=max(matrix.strength, 1), reasons=("without",), cues=marked)
    if opening == "host":
        return base if matrix.sign > 0 else replace(base, sign=1)
    return replace(known, tense=None if embedding.kind == "adverbial" else matrix.tense)


def _under_argument(
    token: Token,
    embedding: Embedding,
    matrix: Reading,
    base: Reading,
    known: Reading,
    lexicon: ModalityLexicon,
) -> Reading:
    governor = embedding.governor
    is_light = governor.lemma_ in lexicon.light_verbs and embedding.kind in ("object", "subject")
    if is_light and not (embedding.kind == "subject" and is_definite(token)):
        return base
    if governor.pos_ not in VERBAL:
        return base if not is_definite(token) else known
    if is_definite(token):
        return known
    if matrix.strength == 3 and matrix.sign > 0:
        return known
    if matrix.sign < 0:
        return replace(base, strength=0, sign=1)
    return base


def _follows_condition(token: Token, embedding: Embedding) -> bool:
    """Return True if "if" or "should" precedes a mistagged noun that is the verb of a condition."""
    governor = embedding.governor
    if governor.lower_ == "should" and governor.i < token.i:
        return True
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in governor.children) and (
        governor.dep_ == "ROOT"
    )


def _in_inverted_condition(token: Token) -> bool:
    """Return True for an inverted condition: "Should Arnor attack, ..." or "Were Arnor to attack, ..."."""
    first = token.sent.start
    opener = token.doc[first]
    if opener.lower_ not in ("should", "were", "had") or opener == token or token.sent[-1].text == "?":
        return False
    comma = next((t.i for t in token.doc[first : first + 15] if t.text == ","), first)
    return token.i < comma and (token.pos_ in VERBAL or not is_definite(token))


def _apply_bare_question(token: Token, cues: Cues) -> None:
    """Suspend a mistagged noun that is the verb of a yes-no question: "Will Arnor attack Gondor?"."""
    sent = token.sent
    if sent[-1].text == "?" and (sent[0].tag_ == "MD" or sent[0].lemma_.lower() == "do"):
        cues.weaken(0, "question", sent[-1])
