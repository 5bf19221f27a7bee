"""Accusations and denials: how far apart they may lie, and what a denial alone says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from dragoman.analysis.disputes import find_disputes
from dragoman.coding.coder import Coder
from dragoman.model.documents import Document
from dragoman.record.store import StoredEvent

pytestmark = pytest.mark.pipeline

DAY = dt.date(2022, 6, 1)
CHARGE = "Arnor accused Gondor of sheltering armed rebels in the northern mountains."
DENIAL = "Gondor denied Arnor's accusations of sheltering armed rebels in the northern mountains."


@pytest.fixture(scope="module")
def told(coder: Coder) -> Callable[..., list[StoredEvent]]:
    def read(*reports: tuple[str, dt.date | None]) -> list[StoredEvent]:
        return [
            StoredEvent(document_id=f"d{number}", published_on=day, publisher=None, event=event)
            for number, (text, day) in enumerate(reports)
            for event in coder.code_document(Document(id=f"d{number}", text=text, published_on=day)).events
        ]

    return read


# Days from the charge to the denial in another report; whether it answers the charge.
APART = [(0, True), (60, True), (61, False), (-3, True), (-4, False), (400, False)]


@pytest.mark.parametrize(("days", "answers"), APART)
def test_how_far_apart_a_charge_and_its_denial_may_lie(told, days: int, answers: bool) -> None:
    disputes = find_disputes(told((CHARGE, DAY), (DENIAL, DAY + dt.timedelta(days=days))))
    assert any(dispute.accusations and dispute.denials for dispute in disputes) is answers


def test_without_a_day_only_the_same_report_answers(told) -> None:
    assert not any(d.accusations and d.denials for d in find_disputes(told((CHARGE, None), (DENIAL, DAY))))
    (dispute,) = find_disputes(told((f"{CHARGE} {DENIAL}", None)))
    assert (len(dispute.accusations), len(dispute.denials)) == (1, 1)


def test_a_denial_alone_names_its_accuser_wherever_it_stands(told) -> None:
    for before in ("", "It rained in Bree all day. "):
        (dispute,) = find_disputes(told((before + DENIAL, DAY)))
        assert [party.id for party in dispute.accusers] == ["ARN"]
        assert [party.id for party in dispute.accused] == ["GON"]
        assert dispute.accusations == ()
