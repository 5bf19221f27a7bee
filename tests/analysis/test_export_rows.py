"""Rows of GDELT, ICEWS and POLECAT, and annotations, whole: every field of a row made by hand."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest

from dragoman.analysis import export_gdelt, export_icews, export_polecat
from dragoman.analysis.export_annotations import CONTEXT, annotate_events
from dragoman.analysis.export_sources import SourcedEvent
from dragoman.analysis.exports import SHAPES, export
from dragoman.model.documents import Document
from dragoman.model.records import CodedDocument, Place
from dragoman.record.answers import Citation, StoredEvent
from dragoman.record.store import Record

TEXT = f"{'x' * 40}. Arnor attacked Gondor with 500 troops in Osgiliath. {'y' * 40}."
DAY = dt.date(2022, 2, 1)
ISENGARD = {
    "name": "Kharkiv", "country": "UKR", "latitude": 50.0, "longitude": 36.25, "geonames_id": 706483,
    "text": "Kharkiv", "start": 0, "end": 7, "precision": "town",
}  # fmt: skip


@pytest.fixture
def make(quick_code: Callable[[Document], CodedDocument]) -> Callable[..., SourcedEvent]:
    def source(
        published_on: dt.date | None = DAY, entry: str | None = "e", **changed: object
    ) -> SourcedEvent:
        (event,) = quick_code(Document(id="a", text=TEXT)).events
        event = msgspec.structs.replace(event, **{"cameo": "195", **changed})
        stored = StoredEvent(document_id="a", published_on=published_on, publisher="Gazette", event=event)
        citation = Citation(
            number=7, document_number=3, url="https://x.example/1", title="War", language="en", entry=entry,
            mentions=5, articles=4, sources=2,
        )  # fmt: skip
        return SourcedEvent(stored, citation, 2, TEXT, False)

    return source


def place(**changed: object) -> Place:
    return Place(**{**ISENGARD, **changed})  # type: ignore[arg-type]


def given(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


def test_a_row_of_gdelt(make) -> None:
    russia = msgspec.structs.replace(make().stored.event.actors[0], id="RUS:MIL", name="Russian army",
                                     country="RUS", sector="MIL")  # fmt: skip
    source = make(actors=(russia,), place=place())
    (row,) = export_gdelt.gdelt1_rows([source])
    assert tuple(row) == export_gdelt.COLUMNS_1
    assert given(row) == {
        "GLOBALEVENTID": 701, "SQLDATE": "20220201", "MonthYear": "202202", "Year": 2022,
        "FractionDate": 2022.0877,
        "Actor1Code": "RUSMIL", "Actor1Name": "RUSSIAN ARMY", "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "MIL",
        "Actor2Code": "GONGOV", "Actor2Name": "GONDOR", "Actor2CountryCode": "GON", "Actor2Type1Code": "GOV",
        "IsRootEvent": 0, "EventCode": "195", "EventBaseCode": "195", "EventRootCode": "19", "QuadClass": 4,
        "GoldsteinScale": -10.0, "NumMentions": 5, "NumSources": 2, "NumArticles": 4,
        "Actor1Geo_Type": 0, "Actor2Geo_Type": 0, "ActionGeo_Type": 4,
        "ActionGeo_FullName": "Kharkiv, Ukraine", "ActionGeo_CountryCode": "UP", "ActionGeo_ADM1Code": "UP",
        "ActionGeo_Lat": 50.0, "ActionGeo_Long": 36.25, "ActionGeo_FeatureID": 706483,
        "DATEADDED": "20220201", "SOURCEURL": "https://x.example/1",
    }  # fmt: skip
    (second,) = export_gdelt.gdelt2_rows([source])
    assert tuple(second) == export_gdelt.COLUMNS_2
    assert given(second) == given(row) | {"DATEADDED": "20220201000000"}


def test_the_columns_of_gdelt_are_those_of_its_codebooks() -> None:
    first, second = export_gdelt.COLUMNS_1, export_gdelt.COLUMNS_2
    assert len(set(first)) == len(first) == 58
    assert len(set(second)) == len(second) == 61
    assert (first[5], first[14], first[15], first[24]) == (
        "Actor1Code", "Actor1Type3Code", "Actor2Code", "Actor2Type3Code",
    )  # fmt: skip
    assert (first[25], first[34], first[35], first[42], first[49], first[56]) == (
        "IsRootEvent", "AvgTone", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED",
    )  # fmt: skip


# CAMEO code as coded; its code, base and root in a row.
CODES = [
    ("1411", "1411", "141", "14"), ("195", "195", "195", "19"), ("02", "020", "020", "02"),
    ("0253", "0253", "025", "02"),
]  # fmt: skip


@pytest.mark.parametrize(("cameo", "code", "base", "root"), CODES)
def test_codes_of_gdelt(make, cameo: str, code: str, base: str, root: str) -> None:
    (row,) = export_gdelt.gdelt1_rows([make(cameo=cameo)])
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == (code, base, root)


# What a place is; the type and the name of it in a row.
PLACES = [
    ({}, 4, "Kharkiv, Ukraine"), ({"country": "USA"}, 3, "Kharkiv, United States"),
    ({"precision": "region"}, 5, "Kharkiv, Ukraine"),
    ({"precision": "region", "country": "USA"}, 2, "Kharkiv, United States"),
    ({"precision": "country", "name": "Ukraine"}, 1, "Ukraine"),
    ({"precision": "exact"}, 4, "Kharkiv, Ukraine"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "kind", "name"), PLACES)
def test_places_of_gdelt(make, changed: dict[str, object], kind: int, name: str) -> None:
    (row,) = export_gdelt.gdelt1_rows([make(place=place(**changed))])
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == (kind, name)


@pytest.mark.parametrize(
    "rows", [export_gdelt.gdelt1_rows, export_gdelt.gdelt2_rows, export_icews.icews_rows]
)
@pytest.mark.parametrize("changed", [{"cameo": None}, {"cameo": "999"}, {"published_on": None}])
def test_no_row_without_a_code_or_a_day(make, rows, changed: dict[str, object]) -> None:
    assert list(rows([make(**changed)])) == []


def test_one_row_of_each_entry(make) -> None:
    same, alone = [make(), make()], [make(entry=None), make(entry=None)]
    assert len(list(export_gdelt.gdelt1_rows(same))) == 1
    assert len(list(export_gdelt.gdelt1_rows(alone))) == 2
    assert len(list(export_icews.icews_rows(same))) == 2


def test_a_row_of_icews(make) -> None:
    (row,) = export_icews.icews_rows([make(place=place())])
    assert given(row) == {
        "Event ID": 701, "Event Date": DAY, "Source Name": "Arnor", "Source Sectors": "Government",
        "Source Country": "ARN", "Event Text": "Employ aerial weapons",
        "CAMEO Code": "195", "Intensity": -10.0, "Target Name": "Gondor", "Target Sectors": "Government",
        "Target Country": "GON", "Story ID": 3, "Sentence Number": 2, "Publisher": "Gazette",
        "City": "Kharkiv", "Country": "Ukraine", "Latitude": 50.0, "Longitude": 36.25,
    }  # fmt: skip


# How precise a place is; what stands as city and as province.
@pytest.mark.parametrize(
    ("precision", "city", "province"),
    [("exact", True, False), ("town", True, False), ("region", False, True), ("country", False, False)],
)
def test_cities_and_provinces(make, precision: str, city: bool, province: bool) -> None:
    source = make(place=place(precision=precision))
    (icews,) = export_icews.icews_rows([source])
    (polecat,) = export_polecat.polecat_rows([source])
    assert (icews["City"] is not None, icews["Province"] is not None) == (city, province)
    assert (polecat["City"] != "None", polecat["Province"] != "None") == (city, province)


def test_a_row_of_polecat(make) -> None:
    event = make().stored.event
    actors = (
        *event.actors,
        msgspec.structs.replace(event.actors[0], id="X", name="X", country=None, sector=None),
    )
    (row,) = export_polecat.polecat_rows([make(actors=actors, place=place(), contexts=("military", "cyber"))])
    assert tuple(row) == export_polecat.COLUMNS
    assert {name: value for name, value in row.items() if value != "None"} == {
        "Event ID": event.id, "Event Date": DAY, "Event Type": "ASSAULT", "Intensity": -9.5,
        "Quad Code": "MATERIAL CONFLICT", "Contexts": "military; cyber",
        "Actor Name": "Arnor; X", "Actor Country": "ARN; None", "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV; None", "Actor Name Raw": "Arnor; Arnor",
        "Recipient Name": "Gondor", "Recipient Country": "GON", "Primary Recipient Sector": "GOV",
        "Recipient Sectors": "GOV", "Recipient Name Raw": "Gondor",
        "Placename": "Kharkiv", "City": "Kharkiv", "Country": "UKR", "Latitude": 50.0, "Longitude": 36.25,
        "GeoNames ID": 706483, "Raw Placename": "Kharkiv", "Feature Type": "PPL", "Source": "Gazette",
        "Publication Date": DAY, "Language": "English", "Version": f"dragoman {version('dragoman')}",
    }  # fmt: skip
    assert list(export_polecat.polecat_rows([make(published_on=None)])) == []


@pytest.mark.parametrize(
    ("url", "source"),
    [("https://x.example/1", "https://x.example/1"), ("http://x.example/1", "http://x.example/1"),
     ("javascript:alert(1)", "urn:dragoman:document:a"), (None, "urn:dragoman:document:a")],
)  # fmt: skip
def test_an_annotation(make, url: str | None, source: str) -> None:
    event = make().stored.event
    event = msgspec.structs.replace(event, speaker=event.recipients)
    stored = msgspec.structs.replace(make().stored, event=event)
    (found,) = annotate_events([stored], document=lambda name: Document(id=name, text=TEXT, url=url))

    def target(role: str, start: int, end: int) -> dict[str, object]:
        quotation = {
            "type": "TextQuoteSelector", "exact": TEXT[start:end], "prefix": TEXT[start - 32 : start],
            "suffix": TEXT[end : end + 32],
        }  # fmt: skip
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {
            "type": "SpecificResource", "source": source, "role": role, "selector": [position, quotation],
        }  # fmt: skip

    def party(role: str, name: str, id: str) -> dict[str, object]:
        return {
            "type": "SpecificResource", "purpose": "identifying", "role": role, "name": name,
            "source": f"urn:dragoman:actor:{id}",
        }  # fmt: skip

    assert found == {
        "id": f"urn:dragoman:event:{event.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "ASSAULT"},
            {"type": "TextualBody", "purpose": "classifying", "value": "certain"},
            party("actor", "Arnor", "ARN"), party("recipient", "Gondor", "GON"),
            party("speaker", "Gondor", "GON"),
        ],
        "target": [
            target("evidence", 42, 93), target("trigger", 48, 56), target("actor", 42, 47),
            target("recipient", 57, 63), target("speaker", 57, 63),
        ],
    }  # fmt: skip


def test_a_quotation_at_the_edges_of_a_text(quick_code) -> None:
    document = Document(id="a", text="Arnor attacked Gondor.")
    (event,) = quick_code(document).events
    stored = StoredEvent(document_id="a", published_on=None, publisher=None, event=event)
    (found,) = annotate_events([stored], document=lambda _: document)
    quotations = {target["role"]: target["selector"][1] for target in found["target"]}
    assert (quotations["evidence"]["prefix"], quotations["evidence"]["suffix"]) == ("", "")
    assert (quotations["trigger"]["prefix"], quotations["trigger"]["suffix"]) == ("Arnor ", " Gondor.")


def test_each_report_is_read_once(quick_code) -> None:
    documents = {name: Document(id=name, text="Arnor attacked Gondor. Rohan met Arnor.") for name in "ab"}
    stored = [
        StoredEvent(document_id=name, published_on=None, publisher=None, event=event)
        for name in "ab" for event in quick_code(documents[name]).events
    ]  # fmt: skip
    asked: list[str] = []
    list(annotate_events(stored, document=lambda name: asked.append(name) or documents[name]))
    assert asked == ["a", "b"]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_export_says_how_much_it_wrote(tmp_path: Path, quick_code, shape: str) -> None:
    text = "Arnor attacked Gondor. Rohan helped Gondor. Arnor accused Mordor."
    coded = quick_code(Document(id="a", text=text, published_on=DAY))
    events = tuple(msgspec.structs.replace(event, cameo="195") for event in coded.events)
    with Record.open(tmp_path / "r.sqlite") as record:
        record.add(msgspec.structs.replace(coded, events=events), run_id=record.begin_run("test"))
        out = io.BytesIO()
        assert export(record, shape, out) == 3
    if SHAPES[shape].written in ("csv", "tsv", "bare-tsv", "jsonl"):
        headings = SHAPES[shape].written in ("csv", "tsv")
        assert len(out.getvalue().decode().splitlines()) == 3 + headings
    if SHAPES[shape].written == "page":
        page = msgspec.json.decode(out.getvalue())
        assert (page["@context"], page["type"], len(page["items"])) == (CONTEXT, "AnnotationPage", 3)
