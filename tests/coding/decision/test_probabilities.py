"""Where the rules correct the probabilities of the decision model."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dragoman.coding.decision import probabilities
from dragoman.coding.decision.probabilities import probabilities_of

RULE = 0.8


def proposal(event_type: str, *, ruled: str | None, at: int = 0) -> SimpleNamespace:
    return SimpleNamespace(
        token=SimpleNamespace(i=at),
        candidate=SimpleNamespace(event_type=event_type),
        rule=SimpleNamespace(event_type=ruled) if ruled else None,
    )


def modality(*, conditional: bool = False, tense: str = "past", reason: str = "") -> SimpleNamespace:
    return SimpleNamespace(conditional=conditional, tense=tense, reason=reason)


HEADLINE = {"tense": "future", "reason": "headline future"}


@pytest.mark.parametrize(
    ("event_type", "ruled", "told", "chance", "expected"),
    [
        # The model knows the type, and nothing is special: its probability stands, with and without a rule.
        ("ASSAULT", "ASSAULT", {}, 0.3, 0.3),
        ("ASSAULT", None, {}, 0.3, 0.3),
        # A type of the user's own.
        ("OWN", "OWN", {}, 0.3, RULE),
        ("OWN", "OWN", {}, 0.9, RULE),
        # A conditional threat is at least as likely as its rule.
        ("THREATEN", "THREATEN", {"conditional": True}, 0.3, RULE),
        ("THREATEN", "THREATEN", {"conditional": True}, 0.9, 0.9),
        ("THREATEN", "THREATEN", {}, 0.3, 0.3),
        ("ASSAULT", "ASSAULT", {"conditional": True}, 0.3, 0.3),
        # An act announced by a headline, unless the reading took it for another type.
        ("AGREE", "AGREE", HEADLINE, 0.3, RULE),
        ("CONSULT", "AGREE", HEADLINE, 0.3, 0.3),
        ("AGREE", "AGREE", {"tense": "future"}, 0.3, 0.3),
    ],
)
def test_the_probability_of_one(
    monkeypatch: pytest.MonkeyPatch,
    event_type: str,
    ruled: str | None,
    told: dict,
    chance: float,
    expected: float,
) -> None:
    monkeypatch.setattr(probabilities, "confidence_of", lambda rule, modality: RULE)
    model = SimpleNamespace(probabilities=lambda features: [chance])
    assert probabilities_of([proposal(event_type, ruled=ruled)], [modality(**told)], [{}], model) == [
        expected
    ]


def test_a_threat_takes_precedence_over_the_act_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probabilities, "confidence_of", lambda rule, modality: RULE)
    model = SimpleNamespace(probabilities=lambda features: [0.3, 0.9, 0.9])
    proposals = [
        proposal("THREATEN", ruled="THREATEN", at=4),
        proposal("ASSAULT", ruled=None, at=4),
        proposal("ASSAULT", ruled=None, at=7),
    ]
    modalities = [modality(conditional=True), modality(), modality()]
    assert probabilities_of(proposals, modalities, [{}, {}, {}], model) == [RULE, RULE / 2, 0.9]
