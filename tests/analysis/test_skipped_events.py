"""An event that makes no row does not keep the following ones from making theirs, in any view."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.analysis.disputes import find_disputes
from dragoman.analysis.mediation import find_mediation
from dragoman.analysis.positions import find_positions
from dragoman.analysis.sanctions import find_sanctions
from dragoman.analysis.undertakings import find_deals, find_demands, find_pledges
from dragoman.analysis.warnings import find_warnings
from dragoman.knowledge.issues import load_issues

# ruff: noqa: E501 - one case a line reads best

Marked = tuple[str, str, dict[str, Any]]
FUTURE = {"tense": "future"}
PLEDGE: Marked = ("Arnor *promised* to help Gondor.", "AGREE", FUTURE)
DEMAND: Marked = ("Arnor *urged* Gondor to leave.", "REQUEST", {})
DEAL: Marked = ("Arnor *signed* a treaty with Gondor.", "AGREE", {})
SANCTION: Marked = ("Arnor *imposed* sanctions on Gondor.", "SANCTION", {})
MEDIATION: Marked = ("Arnor *mediated* between Rohan and Gondor.", "CONSULT", {"to": "Rohan Gondor"})
THREAT: Marked = ("Arnor *threatened* to attack Gondor.", "THREATEN", {})
CHARGE: Marked = ("Arnor *accused* Gondor of theft.", "ACCUSE", {})
POSITION: Marked = ("Arnor *backed* {the grain corridor}.", "SUPPORT", {"to": ""})
OTHER: Marked = ("Arnor *met* Gondor.", "CONSULT", {})


def _find_charges(events: Any) -> list[Any]:
    return find_disputes(events, unanswered=True)


def _find_positions(events: Any) -> list[Any]:
    return find_positions(events, issues=load_issues())


# A view, an event that makes a row, and events that make none.
VIEWS = [
    (find_pledges, PLEDGE, [OTHER, ("Will it *help*?", "AGREE", {"by": "", "to": "", **FUTURE})]),
    (find_demands, DEMAND, [OTHER, ("Arnor *urged* Gondor.", "REQUEST", {}), (DEMAND[0], "REQUEST", {"by": ""})]),
    (find_deals, DEAL, [OTHER, (DEAL[0], "AGREE", {"by": ""})]),
    (find_sanctions, SANCTION, [OTHER, ("Arnor *imposed* silence on Gondor.", "SANCTION", {}),
                                (SANCTION[0], "SANCTION", {"by": ""})]),
    (find_mediation, MEDIATION, [
        ("Arnor *attacked* Gondor.", "ASSAULT", {}), OTHER, ("Arnor never *mediated* in Gondor.", "CONSULT", {}),
        ("*Mediated* in Gondor.", "CONSULT", {"by": ""}),
    ]),
    (find_warnings, THREAT, [OTHER, ("Arnor *threatened* Gondor.", "THREATEN", {}), (THREAT[0], "THREATEN", {"by": ""})]),
    (_find_charges, CHARGE, [
        OTHER, (CHARGE[0], "ACCUSE", {"factuality": "unknown"}), (CHARGE[0], "ACCUSE", {"by": ""}),
        ("Arnor never *accused* Gondor of theft.", "ACCUSE", {}), ("Arnor may *accuse* Gondor.", "ACCUSE", {}),
    ]),
    (_find_positions, POSITION, [OTHER, ("Arnor never *backed* {the grain corridor}.", "SUPPORT", {"to": ""})]),
]  # fmt: skip


@pytest.mark.parametrize(("find", "good", "skipped"), VIEWS)
def test_skipped_events(told, find: Any, good: Marked, skipped: list[Marked]) -> None:
    def stored(marked: Marked, document: str) -> Any:
        text, kind, changed = marked
        return told(text, kind, **{"to": "Gondor", "document": document, **changed})

    wanted = stored(good, "good")
    assert len(find([wanted])) == 1
    for number, each in enumerate(skipped):
        other = stored(each, f"skipped{number}")
        assert find([other]) == []
        for events in ([other, wanted], [wanted, other], [other, wanted, other]):
            (row,) = find(events)
            sources = row.accusations if find is _find_charges else row.sources
            assert [source.document_id for source in sources] == ["good"]
