"""Probabilities of the possible attributions of a document: first alone, then in context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.context_features import context_features
from dragoman.coding.attribution.features import features_of
from dragoman.knowledge.wordlists import is_saying_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.coding.attribution.candidate import Candidate
    from dragoman.knowledge.reporting import ReportingCues
    from dragoman.language.annotated import AnnotatedDocument

_TOLD = frozenset({"ccomp", "quote", "around"})
# The minimum log-odds of a candidate, scored alone, to be scored in context: a probability of 0.05.
LEAST_ODDS = -2.94


def likely_candidates(
    annotated: AnnotatedDocument, cues: ReportingCues
) -> tuple[list[Candidate], list[float]]:
    """Return the candidates of a document worth scoring, with their log-odds alone."""
    found, odds = [], []
    for candidate in candidates(annotated, may_report=cues.may_report):
        kind = cues.class_of.get(candidate.cue.lemma_.lower(), "none")
        alone = cues.log_odds(features_of(candidate, annotated, cue_class=kind))
        if alone >= LEAST_ODDS or is_plain_saying(candidate):
            found.append(candidate)
            odds.append(alone)
    return found, odds


def ranked_candidates(annotated: AnnotatedDocument, cues: ReportingCues) -> Iterable[tuple[float, Candidate]]:
    """Return the candidates of a document worth scoring, each with its probability in context."""
    found, odds = likely_candidates(annotated, cues)
    if not found:
        return []
    rows = context_features(found, odds, annotated, counts=cues.counts)
    return zip(cues.trees.chances(rows), found, strict=True)


def is_plain_saying(candidate: Candidate) -> bool:
    """Return True for *Arnor said it had*, against which context is weak evidence."""
    if candidate.extent or candidate.speaker is None:
        return False
    if candidate.frame == "according":
        return True
    cue = candidate.cue
    return candidate.frame in _TOLD and cue.pos_ == "VERB" and is_saying_word(cue.lemma_, "splitting")
