"""Stories and entries as documents arrive: the record's rows and the index of stories, kept in sync.

Everything derived from a document is written in the document's own transaction. The index itself is large, so
it is only saved occasionally; documents added since then are added to it again when it is opened.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING

from dragoman.analysis.entries import (
    Sighting,
    bucket_of,
    choose_entry,
    contrary_bucket,
    contrary_sightings,
    days_to_compare,
    describe_entry,
)
from dragoman.analysis.stories import StoryIndex
from dragoman.errors import NotFoundError, UsageError
from dragoman.model.days import shift_days
from dragoman.model.identity import content_id
from dragoman.record.group_writing import EntryRow
from dragoman.record.queries import whole_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dragoman.model.documents import Document
    from dragoman.model.records import CodedDocument
    from dragoman.record.answers import StoredEvent
    from dragoman.record.store import Record

# Documents between two saves of the index: saving writes about 7 KB for each of its articles.
_KEEP_EVERY = 500
# Articles in the index before old ones are dropped, and the age of these: about 40 KB of memory each.
_MOST_ARTICLES = 6000
_DAYS_KEPT = 60
# Maximum number kept, regardless of age: half a gigabyte.
_AT_MOST = 12_000
# Maximum number of members of a bucket that a new event is compared with, the latest first.
_MOST_COMPARED = 200


class Grouper:
    """The assignment of documents to stories and events to entries. Create it with `open`."""

    def __init__(self, record: Record, index: StoryIndex) -> None:
        self._record = record
        self._index = index
        self._since_kept = 0
        self._stories: set[str] = set()
        self._entries: set[str] = set()

    @classmethod
    def open(cls, record: Record, *, tell: Callable[[int, int], None] | None = None) -> Grouper:
        """Resume from the state of the record, even after an interruption.

        Args:
            record: Open for writing.
            tell: Called with the number of reports done and their total while more than some thousand
                reports without a story are put into stories first; they were ingested without stories.
        """
        state = record.story_state()
        index, last = StoryIndex(), 0
        if state is not None:
            try:
                index, last = StoryIndex.from_bytes(state[1]), state[0]
            except UsageError:
                # Of another version: all articles are added again.
                index, last = StoryIndex(), 0
        grouper = cls(record, index)
        grouper._catch_up(last, tell)
        return grouper

    def _catch_up(self, last: int, tell: Callable[[int, int], None] | None) -> None:
        index, record = self._index, self._record
        names = index.document_ids()
        there = record.story_members(names)
        for name in names:
            if name not in there:
                index.remove(name)
        waiting = record.count_documents_after(last)
        if waiting > _MOST_ARTICLES:
            # Too many to be held at once: they are grouped as if they came in one after another.
            with record.batch():
                self._take_in_steps(_told(record.documents_after(last), waiting, tell))
        else:
            for documents in record.documents_after(last):
                for document in documents:
                    index.add(document)
        index.take_changes()
        members = {name: index.story_of(name) for name in index.document_ids()}
        kept = record.story_members(members)
        moved = {name: story for name, story in members.items() if kept.get(name) != story}
        loose = record.ungrouped_events()
        first = next(loose, [])
        if not moved and not first:
            return
        with record.batch():
            self._stories |= record.put_stories(moved)
            self._put_events(itertools.chain([first], loose))

    def _take_in_steps(self, steps: Iterable[Sequence[Document]]) -> None:
        """Put many documents into stories; old ones are let go of on the way."""
        for documents in steps:
            for document in documents:
                self._index.add(document)
            self._stories |= self._record.put_stories(self._index.take_changes())
            self.flush()
            self._let_go()

    def _put_events(self, steps: Iterable[Iterable[StoredEvent]]) -> None:
        for events in steps:
            for stored in events:
                self._put_event(self._sighting(stored))
            self.flush()

    def leave(self, document_id: str) -> list[str]:
        """Return the events of other documents that must be regrouped when this document is replaced."""
        return self._record.entry_mates(document_id)

    def take(self, coded: CodedDocument, *, loosened: Iterable[str] = ()) -> None:
        """Assign a document to a story and its events to entries, inside the open transaction.

        Args:
            coded: The document, already in the record.
            loosened: The result of `leave` before it was replaced.
        """
        self._index.add(coded.document)
        self._stories |= self._record.put_stories(self._index.take_changes())
        for event in coded.events:
            self._put_event(Sighting(
                event=event, document_id=coded.id, published_on=coded.document.published_on,
                story=self._index.story_of(coded.id),
            ))  # fmt: skip
        for name in loosened:
            self._put_event(self._sighting(self._record.event(name)))
        self._since_kept += 1

    def take_all(self) -> None:
        """Group all documents of the record at once, inside the open transaction."""
        if self._record.count_documents_after(0) > _MOST_ARTICLES:
            self._take_in_steps(self._record.documents_by_day())
            self._index.settle()
        else:
            for documents in self._record.documents_after(0):
                for document in documents:
                    self._index.add(document)
            self._index.rebuild()
        self._stories |= self._record.put_stories(self._index.take_changes())
        self._put_events(self._record.ungrouped_events())
        self.flush()

    def put_events(self, event_ids: Iterable[str]) -> None:
        """Assign events without an entry to entries, inside the open transaction.

        Entries whose reports differ are described again, because one of their events may have been removed.
        """
        self._entries |= self._record.contradicted_entries()
        for name in event_ids:
            self._put_event(self._sighting(self._record.event(name)))
        self.flush()

    def remove(self, document_ids: Sequence[str]) -> None:
        """Remove documents from the record and regroup the stories and entries that they were part of.

        It runs inside the open transaction.
        """
        loosened: list[str] = []
        for document_id in document_ids:
            loosened += self.leave(document_id)
            story = self._record.story_of(document_id)
            self._stories |= {story} if story is not None else set()
            for stored in list(self._record.events(whole_document(document_id))):
                # Entries that a removed event contradicted are described again without it.
                sighting = self._sighting(stored)
                near = self._near(contrary_bucket(stored.event), sighting)
                self._entries |= {entry for entry, _ in near}
        for document_id in document_ids:
            self._record.remove(document_id)
            if document_id in self._index:
                self._index.remove(document_id)
        self._index.settle()
        self._stories |= self._record.put_stories(self._index.take_changes())
        for name in dict.fromkeys(loosened):
            # Some of them may have been removed at the same time.
            with suppress(NotFoundError):
                self._put_event(self._sighting(self._record.event(name)))
        self.flush()

    def flush(self) -> None:
        """Write the changed stories and entries, before the transaction ends."""
        for story in sorted(self._stories):
            members = self._record.story_document_ids(story)
            self._record.put_independent(story, self._independent(members))
        contrary: set[str] = set()
        for entry in sorted(self._entries):
            contrary |= self._write_entry(entry)
        for entry in sorted(contrary - self._entries):
            self._write_entry(entry)
        self._stories.clear()
        self._entries.clear()
        if self._since_kept >= _KEEP_EVERY:
            self.keep()

    def keep(self) -> None:
        """Save the index in the record, inside an open transaction."""
        self._let_go()
        self._record.keep_story_state(self._index.to_bytes())
        self._since_kept = 0

    def close(self) -> None:
        """Do postponed grouping and save the index."""
        with self._record.batch():
            self._index.settle()
            self._stories |= self._record.put_stories(self._index.take_changes())
            self.flush()
            self.keep()

    def _let_go(self) -> None:
        if len(self._index) <= _MOST_ARTICLES:
            return
        newest = self._index.newest_day()
        if newest is not None:
            self._index.settle()
            self._stories |= self._record.put_stories(self._index.take_changes())
            self._index.retire(shift_days(newest, -_DAYS_KEPT), most=_AT_MOST)

    def _independent(self, document_ids: Iterable[str]) -> list[str]:
        # Articles dropped from the index keep the results from when they were in it.
        names = set(document_ids)
        gone = {name for name in names if name not in self._index}
        return [*self._index.independent(names - gone), *self._record.independent_among(gone)]

    def _sighting(self, stored: StoredEvent) -> Sighting:
        return _sighting(stored, self._record.story_of(stored.document_id))

    def _put_event(self, sighting: Sighting) -> None:
        known = self._record.entry_of(sighting.event.id)
        if known is not None:
            self._entries.add(known)
            return
        bucket = bucket_of(sighting.event)
        entry = choose_entry(sighting, list(self._near(bucket, sighting))) or self._new_entry(
            bucket, sighting
        )
        self._record.put_in_entry(sighting.event.id, entry_id=entry, bucket=bucket)
        self._entries.add(entry)

    def _new_entry(self, bucket: str, sighting: Sighting) -> str:
        turn = 0
        while True:
            name = f"E-{content_id(bucket, sighting.event.id, turn, length=14)}"
            if name not in self._entries and not self._record.has_entry(name):
                return name
            turn += 1

    def _near(self, bucket: str, sighting: Sighting) -> Iterator[tuple[str, Sighting]]:
        since, until = days_to_compare(sighting) or (None, None)
        for entry, stored, story in self._record.events_near(bucket, since, until, limit=_MOST_COMPARED):
            yield entry, _sighting(stored, story)

    def _write_entry(self, entry_id: str) -> set[str]:
        members = [self._sighting(stored) for stored in self._record.entry_events(entry_id)]
        if not members:
            return set()
        first = members[0]
        others = list(self._near(contrary_bucket(first.event), first))
        contrary = contrary_sightings(members, (other for _, other in others))
        found = describe_entry(members, contrary=contrary, independent=self._independent)
        self._record.write_entry(EntryRow(
            id=entry_id, bucket=bucket_of(first.event), lead=found.lead, first_day=found.first_day,
            last_day=found.last_day, documents=found.documents, corroboration=max(1, found.corroboration),
            contradictions=found.contradictions,
        ))  # fmt: skip
        chosen = {other.event.id for other in contrary}
        return {entry for entry, other in others if other.event.id in chosen}


def _told(
    steps: Iterable[Sequence[Document]], total: int, tell: Callable[[int, int], None] | None
) -> Iterator[Sequence[Document]]:
    """Yield the steps, and tell before each how many documents are done."""
    done = 0
    for documents in steps:
        if tell is not None:
            tell(done, total)
        yield documents
        done += len(documents)


def _sighting(stored: StoredEvent, story: str | None) -> Sighting:
    return Sighting(
        event=stored.event, document_id=stored.document_id, published_on=stored.published_on, story=story
    )


def remove_documents(record: Record, document_ids: Sequence[str]) -> None:
    """Remove documents and everything derived from them, in one transaction.

    Raises:
        NotFoundError: One of them is not in the record; then none is removed.
    """
    wanted = list(dict.fromkeys(document_ids))
    with record.batch():
        for name in wanted:
            # A report that could not be coded has only a failure.
            if not record.has_failure(name):
                record.document(name)
        if record.story_state() is None:
            for name in wanted:
                record.remove(name)
            return
        grouper = Grouper.open(record)
        grouper.remove(wanted)
        grouper.keep()


def regroup(record: Record) -> None:
    """Delete all stories and entries and rebuild them from the documents, in one transaction."""
    with record.batch():
        record.forget_groups()
        grouper = Grouper(record, StoryIndex())
        grouper.take_all()
        grouper.keep()
