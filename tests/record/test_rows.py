"""What is counted as told firmly: an if, a denial or a mere possibility is not."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from dragoman.analysis.export_pairs import is_told_as_fact
from dragoman.analysis.view_sources import is_told_firmly
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument
from dragoman.record.queries import EventFilter
from dragoman.record.rows import is_firm, party_key
from dragoman.record.store import Record

# Factuality, polarity, in an if; told as a fact; told firmly, as a fact or as its denial.
TOLD = [
    ("certain", "positive", False, True, True),
    ("probable", "positive", False, True, True),
    ("possible", "positive", False, False, False),
    ("unknown", "positive", False, False, False),
    ("certain", "negative", False, False, True),
    ("certain", "positive", True, False, False),
    ("probable", "positive", True, False, False),
    ("unknown", "positive", True, False, False),
]


@pytest.mark.parametrize(("factuality", "polarity", "conditional", "fact", "firm"), TOLD)
def test_an_if_is_never_firm(reports, factuality, polarity, conditional, fact, firm) -> None:
    event = msgspec.structs.replace(
        reports[0].events[0], factuality=factuality, polarity=polarity, conditional=conditional
    )
    assert is_firm(event) is fact
    assert is_told_as_fact(event) is fact
    assert is_told_firmly(event) is firm


def test_an_if_is_not_counted_among_what_is_firm(
    quick_code: Callable[[Document], CodedDocument], tmp_path
) -> None:
    coded = quick_code(Document(id="a", text="Arnor attacked Gondor. Arnor accused Gondor."))
    attack, accusation = coded.events
    supposed = msgspec.structs.replace(attack, conditional=True)
    record = Record.open(tmp_path / "r.sqlite")
    record.add(msgspec.structs.replace(coded, events=(supposed, accusation)), run_id=record.begin_run("t"))
    firm = record.events(EventFilter(firm=True))
    assert [stored.event.event_type for stored in firm] == ["ACCUSE"]
    assert record.total(EventFilter(firm=False)) == 1
    record.close()


def test_a_party_is_counted_under_its_country(reports) -> None:
    party = reports[0].events[0].actors[0]
    assert party_key(party) == "ARN"
    assert party_key(msgspec.structs.replace(party, country=None, id="P:bard")) == "P:bard"
