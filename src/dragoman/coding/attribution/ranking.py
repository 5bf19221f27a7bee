"""How likely each possible attribution of a document is: first taken alone, then among the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.attribution.candidates import candidates
from dragoman.coding.attribution.context_features import context_features
from dragoman.coding.attribution.features import features_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.coding.attribution.candidate import Candidate
    from dragoman.knowledge.reporting import ReportingCues
    from dragoman.language.annotated import AnnotatedDocument

# Log-odds from which on a place is looked at among the others: one chance in twenty.
LEAST_ODDS = -2.94


def likely_candidates(
    annotated: AnnotatedDocument, cues: ReportingCues
) -> tuple[list[Candidate], list[float]]:
    """Return the candidates of a document that are not hopeless, with their log-odds taken alone."""
    found, odds = [], []
    for candidate in candidates(annotated, may_report=cues.may_report):
        kind = cues.class_of.get(candidate.cue.lemma_.lower(), "none")
        alone = cues.log_odds(features_of(candidate, annotated, cue_class=kind))
        if alone >= LEAST_ODDS:
            found.append(candidate)
            odds.append(alone)
    return found, odds


def ranked_candidates(
    annotated: AnnotatedDocument, cues: ReportingCues
) -> Iterable[tuple[float, Candidate]]:
    """Return the candidates of a document that are not hopeless, each with its log-odds among the others."""
    found, odds = likely_candidates(annotated, cues)
    if not found:
        return []
    return zip(cues.trees.log_odds(context_features(found, odds, annotated)), found, strict=True)
