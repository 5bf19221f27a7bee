"""Ingest codes only what is new, keeps stories and entries in step, and survives what goes wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import RecordError
from dragoman.model.documents import Document, Failure
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record
from dragoman.running.grouping import Grouper, regroup
from dragoman.running.ingest import Batch, Outcome, ingest
from dragoman.running.job import code_all

Code = Callable[[Document], CodedDocument]
WIRE = (
    "Arnor attacked Gondor with 500 troops in Osgiliath. The raiders came over the river before sunrise"
    " and burned"
    " granaries, mills and boats along the eastern bank, and the garrison lost its bridge to them after"
    " a short fight."
    " Shepherds saw smoke over the marshes until noon and heard horns from the hills behind the town"
    " all day long."
)
OWN = (
    "Arnor attacked Gondor with 900 troops in Osgiliath. Our correspondent in the garrison counted"
    " burned boats and"
    " mills by the river bridge at Osgiliath and spoke to raiders who were taken on the eastern bank."
)
DENIAL = (
    "Arnor did not attack Gondor in Osgiliath, its council said. The raiders at the river, the burned"
    " granaries and"
    " boats and the lost bridge of the garrison were the work of bandits from the marshes."
)
OTHER = "Mordor met Rohan. Horse traders agreed on saddle prices at the autumn fair of the plains."


def report(name: str, text: str, *, day: int = 2, publisher: str | None = None) -> Document:
    title = "Raid on Osgiliath bridge" if "Osgiliath" in text else "Horse fair"
    return Document(
        id=name, text=text, title=title, published_on=dt.date(2022, 2, day), publisher=publisher or name
    )


NEWS = [
    report("herald", WIRE),
    report("gazette", WIRE),
    report("courier", WIRE, day=3),
    report("mail", OWN, day=3),
    report("fair", OTHER),
]


class Counting:
    """A coder that notes what it was asked to code."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.asked: list[str] = []

    def __call__(self, document: Document) -> CodedDocument:
        self.asked.append(document.id)
        return self.code(document)


@pytest.fixture
def counting(quick_code: Code) -> Counting:
    return Counting(quick_code)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.sqlite") as kept:
        yield kept


def run(
    record: Record, documents: list[Document | Failure], code: Code, *, coder: str = "1", **options: object
) -> list[Outcome]:
    grouper = Grouper.open(record)
    outcomes = list(
        ingest(
            documents, code=code, coder=coder, record=record, run_id=record.begin_run("test"),
            grouper=grouper, **options,
        )
    )  # fmt: skip
    grouper.close()
    assert record.check() == []
    return outcomes


def test_what_is_there_is_not_coded_again(record: Record, counting: Counting) -> None:
    assert [outcome.status for outcome in run(record, NEWS, counting)] == ["coded"] * 5
    before = record.stats()
    assert [outcome.status for outcome in run(record, NEWS, counting)] == ["unchanged"] * 5
    assert len(counting.asked) == 5
    assert {**record.stats(), "runs": 1} == before


CHANGES = [
    {"text": WIRE + " More later."}, {"title": "Another"}, {"published_on": dt.date(2022, 2, 4)},
    {"publisher": "another"}, {"url": "https://example.org/1"},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[next(iter(change)) for change in CHANGES])
def test_what_changed_is_coded_again_and_replaces(record: Record, counting: Counting, change: dict) -> None:
    run(record, NEWS, counting)
    changed = msgspec.structs.replace(NEWS[0], **change)
    outcomes = run(record, [changed, *NEWS[1:]], counting)
    assert [outcome.status for outcome in outcomes] == ["coded"] + ["unchanged"] * 4
    assert record.document("herald") == changed
    assert record.stats()["documents"] == 5


def test_another_coder_codes_all_again(record: Record, counting: Counting) -> None:
    run(record, NEWS, counting)
    first = record.stats()
    assert [o.status for o in run(record, NEWS, counting, coder="2")] == ["coded"] * 5
    assert {**record.stats(), "runs": 1} == first
    assert [o.status for o in run(record, NEWS, counting, coder="2")] == ["unchanged"] * 5


def test_failures_are_kept_and_tried_again(record: Record, counting: Counting) -> None:
    bad = report("bad", "This is impossible. Arnor met Gondor.")
    unread = Failure(document_id="x.txt", error="EmptyDocumentError", message="x.txt: no text")
    outcomes = run(record, [NEWS[0], bad, unread, NEWS[1]], counting)
    assert [outcome.status for outcome in outcomes] == ["coded", "failed", "failed", "coded"]
    assert record.failure_classes() == {"EmptyDocumentError": 1, "ValueError": 1}
    mended = msgspec.structs.replace(bad, text="Arnor met Gondor.")
    assert [outcome.status for outcome in run(record, [mended], counting)] == ["coded"]
    assert record.failure_classes() == {"EmptyDocumentError": 1}


def test_what_cannot_be_stored_fails_alone(record: Record, quick_code: Code) -> None:
    def code(document: Document) -> CodedDocument:
        coded = quick_code(document)
        if document.id == "gazette":
            return msgspec.structs.replace(coded, events=coded.events * 2)
        if document.id == "mail":
            return msgspec.structs.replace(coded, document=msgspec.structs.replace(document, title="\ud800"))
        return coded

    outcomes = run(record, NEWS, code)
    assert [outcome.status for outcome in outcomes] == ["coded", "failed", "coded", "failed", "coded"]
    assert [document.id for document in record.documents()] == ["courier", "fair", "herald"]
    assert set(record.failure_classes()) == {"UnkeepableError"}


def test_what_was_told_is_written(record: Record, tmp_path: Path, quick_code: Code) -> None:
    with Record.open(tmp_path / "r.sqlite") as reader:
        outcomes = ingest(NEWS, code=quick_code, coder="1", record=record, run_id=record.begin_run("test"),
                          batch=Batch(documents=2))  # fmt: skip
        for outcome in outcomes:
            assert reader.document(outcome.document_id).id == outcome.document_id


def test_stopping_writes_what_was_coded(record: Record, counting: Counting) -> None:
    outcomes = run(record, NEWS, counting, stop=lambda: len(counting.asked) == 3)
    assert [outcome.document_id for outcome in outcomes] == ["herald", "gazette", "courier"]
    assert record.stats()["documents"] == 3
    assert len(run(record, NEWS, counting)) == 5
    assert len(counting.asked) == 5


def entry(record: Record) -> object:
    (found,) = [e for e in record.entries()[0] if e.lead.event.event_type == "ASSAULT" and e.documents > 1]
    return found


def test_one_raid_told_by_five_is_one_entry_with_two_sources(record: Record, quick_code: Code) -> None:
    run(record, [*NEWS, report("council", DENIAL, day=3)], quick_code)
    raid = entry(record)
    assert (raid.documents, raid.events) == (4, 4)
    # Three printed one text.
    assert raid.corroboration == 2
    assert {c.kind for c in raid.contradictions} == {"amount", "polarity"}
    assert record.story_of("herald") == record.story_of("mail") == record.story_of("council")
    assert record.story_of("fair") != record.story_of("herald")
    story = record.story(record.story_of("herald"))
    assert (story.documents, story.publishers, story.independent) == (5, 5, 3)
    assert len(record.entry_events(raid.id)) == 4
    assert [e.id for e in record.entries(story=story.id, contradicted=True)[0]].count(raid.id) == 1
    assert record.entries(least=2)[0] == [raid]


def test_replacing_a_report_takes_it_out_of_its_entry(record: Record, quick_code: Code) -> None:
    run(record, NEWS, quick_code)
    run(record, [report("mail", OTHER, day=3)], quick_code)
    assert entry(record).documents == 3
    assert entry(record).corroboration == 1
    assert entry(record).contradictions == ()
    assert record.story_of("mail") == record.story_of("fair")


def groups(record: Record) -> set[frozenset[str]]:
    found = record.entries(limit=500)[0]
    stories = record.stories(limit=500)[0]
    return {frozenset(stored.event.id for stored in record.entry_events(each.id)) for each in found} | {
        frozenset(record.story_document_ids(story.id)) for story in stories
    }


def test_pieces_interruptions_and_one_go_come_to_the_same(tmp_path: Path, quick_code: Code) -> None:
    texts = [WIRE, OWN, DENIAL, OTHER]
    news = [report(f"n{i}", texts[i % 4], day=1 + i % 5, publisher=f"p{i % 7}") for i in range(40)]
    with Record.open(tmp_path / "whole.sqlite") as whole, Record.open(tmp_path / "pieces.sqlite") as pieces:
        run(whole, news, quick_code)
        for start in range(0, 40, 7):
            grouper = Grouper.open(pieces)
            # Never closed: as after a crash, the index that was kept is behind.
            run_id = pieces.begin_run("test")
            list(ingest(news[: start + 7], code=quick_code, coder="1", record=pieces, run_id=run_id,
                        grouper=grouper, batch=Batch(documents=3)))  # fmt: skip
            if start == 14:
                grouper.close()
        assert groups(pieces) == groups(whole)
        assert pieces.check() == []
        before = groups(whole)
        regroup(whole)
        assert groups(whole) == before
        assert whole.check() == []


def test_documents_coded_without_grouping_are_grouped_later(record: Record, quick_code: Code) -> None:
    run_id = record.begin_run("test")
    for document in NEWS:
        record.add(quick_code(document), run_id=run_id)
    assert record.stats()["stories"] == 0
    run(record, [], quick_code)
    assert entry(record).documents == 4


def test_what_was_coded_into_the_record_is_not_coded_again(record: Record, counting: Counting) -> None:
    list(code_all(NEWS, code=counting, record=record, run_id=record.begin_run("test"), coder="1"))
    assert {outcome.status for outcome in run(record, NEWS, counting)} == {"unchanged"}
    assert len(counting.asked) == 5
    assert entry(record).documents == 4


def test_a_removed_document_leaves_its_story(record: Record, quick_code: Code) -> None:
    run(record, NEWS, quick_code)
    record.remove("mail")
    assert record.check() == []
    run(record, [], quick_code)
    assert entry(record).documents == 3


def test_a_state_of_another_version_is_made_anew(record: Record, quick_code: Code) -> None:
    run(record, NEWS, quick_code)
    before = groups(record)
    record.keep_story_state(b"nothing of the kind")
    run(record, [report("late", WIRE, day=4)], quick_code)
    assert len(groups(record)) == len(before)
    assert record.story_of("late") == record.story_of("herald")


def test_a_record_that_cannot_be_written_stops_the_run(record: Record, quick_code: Code) -> None:
    run_id = record.begin_run("test")
    (pages,) = record._connection.execute("PRAGMA page_count").fetchone()
    record._connection.execute(f"PRAGMA max_page_count = {pages + 40}")
    many = [report(f"n{i}", f"{WIRE} {i}", day=1 + i % 20) for i in range(400)]
    told = []
    with pytest.raises(RecordError, match="full"):
        for outcome in ingest(many, code=quick_code, coder="1", record=record, run_id=run_id,
                              batch=Batch(documents=5),
                              grouper=Grouper.open(record)):  # fmt: skip
            told.append(outcome.document_id)
    assert told
    assert sorted(told) == [document.id for document in record.documents()]
    assert record.check() == []
    record._connection.execute("PRAGMA max_page_count = 1000000")
    assert {o.status for o in run(record, many, quick_code)} == {"coded", "unchanged"}
    assert record.stats()["documents"] == 400


def test_old_reports_leave_the_index_and_keep_their_stories(
    record: Record, quick_code: Code, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_MOST_ARTICLES", 10), ("_KEEP_EVERY", 5), ("_DAYS_KEPT", 3)):
        monkeypatch.setattr(f"dragoman.running.grouping.{name}", value)
    news = [report(f"n{day:02}{turn}", (WIRE, OWN)[turn], day=day) for day in range(1, 28) for turn in (0, 1)]
    run(record, news[:30], quick_code)
    run(record, news, quick_code)
    index = Grouper.open(record)._index
    assert 0 < len(index) < 20
    assert record.stats()["story_documents"] == len(news)
    assert record.stats()["entry_events"] == len(news)
    assert all(story.independent >= 1 for story in record.stories()[0])
    # A report of long ago that is replaced, and one that is removed.
    run(record, [msgspec.structs.replace(news[0], text=OTHER)], quick_code)
    record.remove("n011")
    run(record, [], quick_code)
    assert record.stats()["story_documents"] == len(news) - 1
