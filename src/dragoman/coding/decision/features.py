"""Features of a proposal for the decision model."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from dragoman.coding.decision.confidence import confidence_of
from dragoman.coding.decision.proposals import PARTY_THRESHOLD, Proposal, best_scores
from dragoman.coding.parties.sides import OFFICIAL_SECTORS, PUBLIC_KINDS, sides
from dragoman.coding.reading.trigger_reading import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.coding.factuality.assessment import Modality
    from dragoman.coding.reading.trigger_reading import RoleScores

Features = dict[str, float]
_WORD_CLASSES = ("VERB", "AUX", "NOUN", "PROPN", "ADJ")
_DEPENDENCIES = ("relcl", "advcl", "ccomp", "xcomp", "conj", "pobj", "dobj", "compound", "acl", "nsubj")
_TINY = 1e-4
# The minimum number of sentences of a long text.
_LONG_TEXT = 6


def features_of(
    proposals: Sequence[Proposal],
    modalities: Sequence[Modality],
    objections: Sequence[Sequence[str]],
    *,
    is_quoted: Sequence[bool],
) -> list[Features]:
    """Return the features of each proposal of one document.

    Args:
        proposals: All proposals of the document; each one's features include its neighbours.
        modalities: The factuality of each.
        objections: The objections to each, from `objections.objections_to`.
        is_quoted: Whether each is in a quotation.
    """
    about = _document_features(proposals)
    sentence_of = {p.token.i: p.token.sent.start for p in proposals}
    numbers = {start: number for number, start in enumerate(sorted({*sentence_of.values()}))}
    by_sentence: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_sentence[sentence_of[proposal.token.i]].append(proposal)
    found = []
    for proposal, modality, against, quoted in zip(proposals, modalities, objections, is_quoted, strict=True):
        start = sentence_of[proposal.token.i]
        found.append(
            {
                **_reading_features(proposal),
                **_rule_features(proposal, modality),
                **_party_features(proposal),
                **_word_features(proposal),
                **_neighbour_features(proposal, by_sentence[start]),
                **_modality_features(modality, against),
                **about,
                "is_official": float(_is_official(proposal)),
                "is_out_of_scope": float("out of scope" in against),
                "sentence": float(numbers[start]),
                "is_quoted": float(quoted),
            }
        )
    return found


def _document_features(proposals: Sequence[Proposal]) -> Features:
    """Return features of the kind of text: a short report of events, or a long one with few events."""
    if not proposals:
        return {}
    sentences = sum(1 for _ in proposals[0].token.doc.sents)
    ruled = sum(p.rule is not None for p in proposals)
    likely = sum(p.reading is not None and p.reading.probability > 0.5 for p in proposals)
    return {
        "document_sentences": math.log1p(sentences),
        "document_ruled": ruled / sentences,
        "document_likely": likely / sentences,
    }


def is_unaided(features: Mapping[str, float]) -> bool:
    """Return True for a proposal of the reader alone in a long text, where it is right less often.

    Most of its training texts are short reports of events.
    """
    return not features.get("has_rule") and features.get("document_sentences", 0.0) >= math.log1p(_LONG_TEXT)


def is_long(sentences: int) -> bool:
    """Return True if a text has enough sentences to be a report, not a news item."""
    return sentences >= _LONG_TEXT


def _is_official(proposal: Proposal) -> bool:
    """Return True if a state, a body, or a person who speaks or fights for one takes part."""
    everyone = (*proposal.candidate.actors, *proposal.candidate.recipients)
    return any(ref.kind in PUBLIC_KINDS or ref.sector in OFFICIAL_SECTORS for ref in everyone)


def _reading_features(proposal: Proposal) -> Features:
    reading, event_type = proposal.reading, proposal.candidate.event_type
    if reading is None:
        return {"has_reading": 0.0}
    chance, of_type = reading.probability, reading.type_probability(event_type)
    others = sorted(reading.types[1:], reverse=True)
    return {
        "has_reading": 1.0,
        "event_chance": chance,
        "type_chance": of_type,
        "type_share": of_type / max(chance, _TINY),
        "event_odds": math.log(chance + _TINY) - math.log(reading.types[0] + _TINY),
        "second_type": others[1],
        "firm": reading.firm,
        **{f"type_{name}": float(name == event_type) for name in EVENT_TYPES},
    }


def _rule_features(proposal: Proposal, modality: Modality) -> Features:
    rule = proposal.rule
    if rule is None:
        return {"has_rule": 0.0, "rule_confidence": 0.0}
    return {
        "has_rule": 1.0,
        "rule_confidence": confidence_of(rule, modality),
        "is_composed": float(rule.class_name is not None),
        "rule_has_actor": float(bool(rule.actors)),
        "rule_has_recipient": float(bool(rule.recipients)),
    }


def _party_features(proposal: Proposal) -> Features:
    candidate = proposal.candidate
    everyone = (*candidate.actors, *candidate.recipients)
    doers, others = sides(candidate.actors), sides(candidate.recipients)
    found = {
        "actors": float(len(candidate.actors)),
        "recipients": float(len(candidate.recipients)),
        "is_same_side": float(bool(doers) and doers == others),
        "is_between": float(bool(doers and others and doers != others) or len(doers) > 1),
        "is_public": float(any(ref.kind in PUBLIC_KINDS for ref in everyone)),
        "has_country": float(any(ref.country for ref in everyone)),
    }
    roles = proposal.reading.roles if proposal.reading else ()
    for role in ("actor", "recipient"):
        found.update(_role_features(role, roles))
    return found


def _role_features(role: str, roles: Sequence[RoleScores]) -> Features:
    best = best_scores(roles, role)
    inside = [score for score in best.values() if score >= PARTY_THRESHOLD]
    chosen = [s for s in roles if getattr(s, role) >= PARTY_THRESHOLD]
    return {
        f"{role}_best": max(best.values(), default=0.0),
        f"{role}_least": min(inside, default=0.0),
        f"{role}_sum": sum(best.values()),
        # How close the doubtful scores are to one half: the parties may be wrong even if the type is right.
        f"{role}_doubt": max((min(score, 1.0 - score) for score in best.values()), default=0.0),
        f"{role}_inferred": float(any(s.mention.is_inferred for s in chosen)),
        f"{role}_from_place": float(any(s.mention.found_by == "place" for s in chosen)),
        f"{role}_unlisted": float(any(s.mention.found_by == "capital" for s in chosen)),
    }


def _word_features(proposal: Proposal) -> Features:
    token = proposal.token
    return {
        **{f"pos_{name}": float(token.pos_ == name) for name in _WORD_CLASSES},
        **{f"dep_{name}": float(token.dep_ == name) for name in _DEPENDENCIES},
        "is_gerund": float(token.tag_ == "VBG"),
        "is_base_form": float(token.tag_ == "VB"),
        "is_root": float(token.dep_ == "ROOT"),
    }


def _neighbour_features(proposal: Proposal, near: Sequence[Proposal]) -> Features:
    """Return the strength of other proposals in the sentence: the strongest of similar ones is meant."""
    others = [p for p in near if p is not proposal]
    same = [p for p in others if p.candidate.event_type == proposal.candidate.event_type]
    chance = [p.reading.probability for p in others if p.reading]
    return {
        "others": float(len(others)),
        "others_chance": max(chance, default=0.0),
        "others_same_type": max((p.reading.probability for p in same if p.reading), default=0.0),
        "others_ruled": float(any(p.rule for p in others)),
        "same_type_ruled": float(any(p.rule for p in same)),
        "at_same_word": float(sum(p.token.i == proposal.token.i for p in others)),
    }


def _modality_features(modality: Modality, against: Sequence[str]) -> Features:
    return {
        "is_certain": float(modality.factuality == "certain"),
        "is_doubtful": float(modality.factuality in ("possible", "unknown")),
        "is_negative": float(modality.polarity == "negative"),
        "is_future": float(modality.tense == "future"),
        "is_conditional": float(modality.conditional),
        "objections": float(len(against)),
    }
