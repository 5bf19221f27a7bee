"""Events out of the server: every page, every column, and no formulas."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from types import SimpleNamespace

import msgspec
import pytest

from dragoman.errors import UsageError
from dragoman.model.documents import Document
from dragoman.model.records import Place, Span
from dragoman.record.queries import EventFilter
from dragoman.record.store import Record
from dragoman.web import exporting
from dragoman.web.exporting import CSV_COLUMNS, begun, export_csv, export_jsonl


@pytest.fixture
def site(tmp_path, quick_code):
    coded = quick_code(Document(id="=a", text="Arnor attacked Gondor. Rohan met Arnor. Arnor helped Rohan.",
                                published_on=dt.date(2022, 2, 1), publisher="+Gazette"))  # fmt: skip
    first = msgspec.structs.replace(
        coded.events[0], speaker=coded.events[0].recipients, issue=Span(0, 5, "@oil"), cameo="190",
        place=Place(name="-Bree", country=None, latitude=None, longitude=None, geonames_id=None, text="B",
                    start=0, end=1, precision="town"),
    )  # fmt: skip
    path = tmp_path / "r.sqlite"
    with Record.open(path) as record:
        coded = msgspec.structs.replace(coded, events=(first, *coded.events[1:]))
        record.add(coded, run_id=record.begin_run("test"))
    return SimpleNamespace(record=lambda: Record.open_to_read(path))


@pytest.mark.parametrize("at_once", [1, 2, 3, 1000])
def test_all_pages_are_in_it(site, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(exporting, "_AT_ONCE", at_once)
    lines = b"".join(export_jsonl(site, EventFilter())).splitlines()
    assert sorted(json.loads(line)["event"]["event_type"] for line in lines) == ["AID", "ASSAULT", "CONSULT"]
    rows = list(csv.DictReader(io.StringIO("".join(export_csv(site, EventFilter(), CSV_COLUMNS)))))
    assert len(rows) == 3
    assert len({row["event_id"] for row in rows}) == 3


def test_a_row(site) -> None:
    text = "".join(export_csv(site, EventFilter(event_type="ASSAULT"), CSV_COLUMNS))
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == CSV_COLUMNS
    row.pop("event_id")
    assert row == {
        "document_id": "'=a", "published_on": "2022-02-01", "publisher": "'+Gazette", "day": "2022-02-01",
        "event_type": "ASSAULT", "event_mode": "", "quad_class": "material_conflict", "intensity": "-9.5",
        "cameo": "190", "actors": "ARN", "recipients": "GON", "speaker": "GON", "factuality": "certain",
        "polarity": "positive", "conditional": "False", "issue": "'@oil", "place": "'-Bree",
        "place_precision": "town", "evidence": "Arnor attacked Gondor.", "rule": "quick", "confidence": "0.9",
        "carried_by": "rule", "told_as": "current", "time_basis": "",
    }  # fmt: skip


def test_without_events_there_is_the_heading_alone(site) -> None:
    nothing = EventFilter(event_type="THREATEN")
    assert "".join(export_csv(site, nothing, CSV_COLUMNS)).splitlines() == [",".join(CSV_COLUMNS)]
    assert b"".join(export_jsonl(site, nothing)) == b""


def test_a_wrong_filter_is_told_before_anything_is_sent(site) -> None:
    with pytest.raises(UsageError):
        begun(export_jsonl(site, EventFilter(min_confidence=2.0)))
    assert list(begun(iter([b"a", b"b"]))) == [b"a", b"b"]
    assert list(begun(iter([]))) == []


def test_a_row_of_an_event_with_little(quick_code) -> None:
    (event,) = quick_code(Document(id="a", text="Arnor attacked Gondor.")).events
    ref = event.actors[0]
    event = msgspec.structs.replace(event, actors=(ref, msgspec.structs.replace(ref, id="ROH")), speaker=(),
                                    recipients=())  # fmt: skip
    stored = SimpleNamespace(event=event, document_id="a", published_on=None, publisher=None, day=None)
    row = exporting._row(stored)
    assert tuple(row) == CSV_COLUMNS
    assert (row["actors"], row["recipients"], row["speaker"]) == ("ARN ROH", "", "")
    assert (row["issue"], row["place"], row["place_precision"], row["publisher"]) == ("", "", "none", "")
    assert (row["published_on"], row["day"], row["event_id"]) == (None, None, event.id)
