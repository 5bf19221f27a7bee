"""Reports of which one says that something was done and another that it was not."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.analysis.differing_reports import REPORTS_DIFFER, find_differing_reports
from dragoman.analysis.views import VIEWS, make_view
from dragoman.model.documents import Document
from dragoman.record.answers import StoredEvent


@pytest.fixture
def see(quick_code):
    """Return the events of reports, each given as its text and its day of February 2022."""

    def stored(*reports: tuple[str, int]) -> list[StoredEvent]:
        found = []
        for number, (text, day) in enumerate(reports):
            document = Document(id=f"d{number}", text=text, published_on=dt.date(2022, 2, day))
            found += [
                StoredEvent(document_id=document.id, published_on=document.published_on, publisher=None,
                            event=event)
                for event in quick_code(document).events
            ]  # fmt: skip
        return found

    return stored


# Reports with their days; the documents that say it was done, and those that say it was not, of each line.
DIFFERING = [
    ([("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 2)], [("d0", "d1")]),
    ([("Arnor did not attack Gondor.", 1), ("Arnor attacked Gondor.", 2)], [("d1", "d0")]),
    (
        [("Arnor attacked Gondor.", 1), ("Arnor attacked Gondor.", 2), ("Arnor did not attack Gondor.", 2)],
        [("d0 d1", "d2")],
    ),
    (
        [("Arnor attacked Gondor.", 1), *[("Arnor did not attack Gondor.", day) for day in (2, 3)]],
        [("d0", "d1 d2")],
    ),
    ([("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 8)], [("d0", "d1")]),
    # Another party, another direction, another type, too far apart, nothing to differ from.
    ([("Arnor attacked Gondor.", 1), ("Rohan did not attack Gondor.", 2)], []),
    ([("Gondor attacked Arnor.", 1), ("Arnor did not attack Gondor.", 2)], []),
    ([("Arnor helped Gondor.", 1), ("Arnor did not attack Gondor.", 2)], []),
    ([("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 9)], []),
    ([("Arnor may have attacked Gondor.", 1), ("Arnor did not attack Gondor.", 2)], []),
    ([("Arnor attacked Gondor in Osgiliath.", 1), ("Arnor did not attack Gondor in Annuminas.", 2)], []),
    ([("Arnor did not attack Gondor.", 2)], []),
    ([("Arnor attacked Gondor.", 2)], []),
    ([], []),
]  # fmt: skip


@pytest.mark.parametrize(("reports", "lines"), DIFFERING)
def test_who_says_so_and_who_says_not(see, reports, lines):
    found = find_differing_reports(see(*reports))
    assert [
        (" ".join(s.document_id for s in line.accusations), " ".join(s.document_id for s in line.denials))
        for line in found
    ] == lines
    assert all(line.shared == (REPORTS_DIFFER,) for line in found)


def test_the_line(see):
    (line,) = find_differing_reports(
        see(("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 3)), names={"ARN": "Arnor"}
    )
    assert (line.first_day, line.last_day) == (dt.date(2022, 2, 1), dt.date(2022, 2, 3))
    assert [party.name for party in line.accused] == ["Arnor"]
    assert (line.accusers, line.matter) == ((), "Arnor attacked Gondor.")


def test_an_event_without_a_day_differs_from_nothing(see):
    done, not_done = see(("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 2))
    assert find_differing_reports([msgspec.structs.replace(done, published_on=None), not_done]) == []
    assert find_differing_reports([done, msgspec.structs.replace(not_done, published_on=None)]) == []


@pytest.mark.parametrize("name", VIEWS)
def test_only_disputes_take_negations(see, name):
    done, not_done = see(("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 2))
    found = make_view(name, [done, not_done])
    assert len(found) == (1 if name == "disputes" else 0)
    assert make_view(name, [not_done]) == []


def test_a_negation_is_no_line_of_any_view(see):
    texts = ("sanctioned", "threatened", "accused", "helped", "met")
    events = see(*((f"Arnor {verb} Gondor over the border forts.", 1) for verb in texts))
    negated = [
        msgspec.structs.replace(s, event=msgspec.structs.replace(s.event, polarity="negative"))
        for s in events
    ]
    assert all(make_view(name, negated, unanswered=True) == [] for name in VIEWS)
    assert any(make_view(name, events, unanswered=True) for name in VIEWS)


@pytest.mark.parametrize(("party", "lines"), [("ARN", 1), ("GON", 0), ("ROH", 0)])
def test_lines_of_a_party(see, party, lines):
    events = see(("Arnor attacked Gondor.", 1), ("Arnor did not attack Gondor.", 2))
    assert len(make_view("disputes", events, party=party)) == lines
