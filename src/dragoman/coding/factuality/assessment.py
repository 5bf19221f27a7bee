"""Factuality: whether, and with what certainty, a text asserts that an event happened.

A predicate starts as certain. Each word on the path to the root of the sentence may weaken, reverse or
suspend it: "did not deny that it failed to attack" is traversed from `attack` up to `deny` and composed
downward. The effect of each word is data (`data/lexicon/en/modality*.yaml`); the score between -3 and +3
comes from a small table of learned trees over the same readings (`score_features`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.factuality.projection import read
from dragoman.coding.factuality.score_features import features_of
from dragoman.knowledge.modality import ModalityLexicon, load_modality
from dragoman.language.annotated import span_of
from dragoman.model.records import Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.factuality.projection import Reading
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.terms import Factuality, Polarity, Tense

__all__ = ["Modality", "ModalityLexicon", "assess", "find_predicates", "load_modality", "score"]

_FACTUALITY: tuple[Factuality, ...] = ("unknown", "possible", "probable", "certain")


@dataclass(frozen=True, slots=True)
class Modality:
    """The factuality of a predicate, and the words that determine it.

    `factuality` applies to the polarity that holds: certain and negative means certainly false.
    """

    factuality: Factuality
    polarity: Polarity
    tense: Tense
    conditional: bool
    cues: tuple[tuple[int, int], ...]
    reason: str


def assess(token: Token, annotated: AnnotatedDocument, *, lexicon: ModalityLexicon) -> Modality:
    """Return the factuality of the predicate at a token.

    Args:
        token: Verb, noun or adjective of the document.
        annotated: The document it belongs to.
        lexicon: The modality cues.

    Returns:
        The modality of the predicate; every token gets one.
    """
    return _modality(read(token, lexicon))


def score(token: Token, *, lexicon: ModalityLexicon) -> float:
    """Return the factuality of the predicate at a token as one number.

    It ranges from -3 (it did not happen) to +3 (it did); 0 is undetermined. Events do not need it, and it
    takes as long as the rest of an assessment.
    """
    return _score(read(token, lexicon), token, lexicon)


def _modality(reading: Reading) -> Modality:
    cues = tuple(dict.fromkeys(span_of(cue) for cue in sorted(reading.cues, key=lambda cue: cue.i)))
    return Modality(
        factuality=_FACTUALITY[reading.strength],
        polarity="positive" if reading.sign > 0 else "negative",
        tense=reading.tense or "present",
        conditional=reading.conditional,
        cues=cues,
        reason=" < ".join(reading.reasons) or "plain statement",
    )


def _score(reading: Reading, token: Token, lexicon: ModalityLexicon) -> float:
    if lexicon.trees is None:
        return float(reading.strength * reading.sign)
    return lexicon.trees.score(features_of(reading, token))


def find_predicates(annotated: AnnotatedDocument, *, lexicon: ModalityLexicon) -> list[Predicate]:
    """Find every verb, and every noun or adjective that denotes an event, with its modality."""
    found = []
    for token in annotated.doc:
        if not _is_predicate(token, lexicon):
            continue
        reading = read(token, lexicon)
        modality = _modality(reading)
        start, end = span_of(token)
        found.append(
            Predicate(
                start=start,
                end=end,
                text=token.text,
                factuality=modality.factuality,
                polarity=modality.polarity,
                tense=modality.tense,
                conditional=modality.conditional,
                score=_score(reading, token, lexicon),
            )
        )
    return found


def _is_predicate(token: Token, lexicon: ModalityLexicon) -> bool:
    if token.pos_ == "VERB":
        return token.dep_ not in ("aux", "auxpass", "case")
    if token.pos_ == "AUX":
        return token.dep_ not in ("aux", "auxpass") and not any(
            child.dep_ in ("acomp", "attr") for child in token.children
        )
    if token.pos_ == "ADJ":
        return token.dep_ == "acomp"
    return token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.eventive_nouns
