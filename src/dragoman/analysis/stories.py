"""Stories: articles of different outlets that report the same thing, grouped as they arrive.

A new article is compared with those that share its rarest words. Its part of the graph of similar articles is
regrouped by average linkage, so the result hardly depends on the order of arrival. The number of stories is
never specified.
"""

from __future__ import annotations

import collections
import datetime as dt
import heapq
import math
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.copies import CopyIndex, Report, credited_agency, independent_reports
from dragoman.analysis.story_features import Features, features_of, weigh
from dragoman.analysis.story_linkage import connected, group
from dragoman.errors import NotFoundError, UsageError
from dragoman.model.identity import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.model.documents import Document

STATE_VERSION = 1
# Pairs less similar than this are dropped; dropping them changed no figure on the development stories.
_FLOOR = 0.05
# Words used to look up candidates, the rarest first; articles examined for each word, the latest first;
# candidates compared in full.
_LOOKUP_WORDS = 40
_LOOKUP_ARTICLES = 500
_CANDIDATES = 150
# A part of the graph up to this size is regrouped with each article, a larger one in `settle`.
_AT_ONCE = 60
_SETTLE_AT_MOST = 1500
_SETTLE_EVERY = 100
# Rarity is counted again each time the collection has doubled, up to this size; then it hardly moves.
_FIRST_REBUILD = 32
_LAST_REBUILD = 2048


class StorySettings(msgspec.Struct, frozen=True, kw_only=True):
    """Similarity settings of stories; docs/stories.md describes how the figures were chosen.

    Attributes:
        least: Minimum mean similarity of two groups that are one story.
        near_days: Days between two articles that do not reduce their similarity.
        fading_days: How fast similarity decreases beyond those days.
        fading: How much it decreases; 0 ignores dates.
    """

    least: float = 0.12
    near_days: int = 7
    fading_days: int = 7
    fading: float = 0.2


# For single happenings: separates two missile tests a fortnight apart, but also many late reports of one.
NARROW = StorySettings(least=0.22, near_days=2, fading_days=3, fading=0.35)


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """The current state of a story; it can grow, be merged with another or be split.

    Attributes:
        id: Stays with the larger part of its articles when stories are regrouped.
        document_ids: Its articles, by day.
        first_day: The day of its first dated article.
        last_day: The day of its last.
        publishers: Its publishers, in alphabetical order.
        independent: Articles of which no two share a source or a text: their number counts as
            corroboration.
    """

    id: str
    document_ids: tuple[str, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    publishers: tuple[str, ...]
    independent: tuple[str, ...]


class _Article(msgspec.Struct):
    features: Features
    weights: dict[str, float]
    publisher: str | None
    agency: str | None
    story: str = ""


class _State(msgspec.Struct):
    version: int
    settings: StorySettings
    articles: dict[str, _Article]
    seen: dict[str, int]
    counted: int
    next_rebuild: int
    likeness: list[tuple[str, str, float]]
    unsettled: list[str]
    changed: list[str]
    copies: list[tuple[str, bytes]]
    copy_matches: list[tuple[str, str, float]]


class StoryIndex:
    """An index that groups articles: add one at a time, get the id of its story."""

    def __init__(self, settings: StorySettings | None = None) -> None:
        self.settings = settings or StorySettings()
        self.copies = CopyIndex()
        self._articles: dict[str, _Article] = {}
        self._seen: collections.Counter[str] = collections.Counter()
        self._holders: dict[str, dict[str, float]] = collections.defaultdict(dict)
        self._likeness: dict[str, dict[str, float]] = {}
        self._members: dict[str, set[str]] = collections.defaultdict(set)
        self._unsettled: set[str] = set()
        self._changed: set[str] = set()
        self._next_rebuild = _FIRST_REBUILD
        # Number of articles whose words `_seen` counts, including retired ones.
        self._counted = 0

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._articles

    def document_ids(self) -> list[str]:
        """Return the ids of all articles in the index."""
        return sorted(self._articles)

    def newest_day(self) -> dt.date | None:
        """Return the day of the latest article that is in; None if none has a day."""
        days = (article.features.day for article in self._articles.values())
        newest = max((day for day in days if day is not None), default=None)
        return dt.date.fromordinal(newest) if newest is not None else None

    # Adding and removing -----------------------------------------------------------------------

    def add(self, document: Document, *, lead: str | None = None) -> str:
        """Add an article and return the id of its current story.

        Other articles may change their story with it; `take_changes` returns them. An article that is already
        in the index is unchanged; one whose words, day or publisher differ replaces it.
        """
        features = features_of(document, lead=lead)
        known = self._articles.get(document.id)
        if known is not None:
            if known.features == features and known.publisher == document.publisher:
                return known.story
            self.remove(document.id)
        self._seen.update(features.words())
        self._counted += 1
        article = _Article(features, {}, document.publisher, credited_agency(document.text))
        self._articles[document.id] = article
        self.copies.add(document.id, document.text)
        if len(self._articles) >= self._next_rebuild and self._next_rebuild <= _LAST_REBUILD:
            self._next_rebuild *= 2
            self.rebuild()
        else:
            self._enter(document.id)
            self._regroup_around(document.id)
        return article.story

    def remove(self, document_id: str) -> None:
        """Remove an article; the rest of its story is regrouped by the next call of `settle`."""
        article = self._articles.pop(document_id, None)
        if article is None:
            return
        self._seen.subtract(article.features.words())
        self._counted -= 1
        for word in article.weights:
            self._holders[word].pop(document_id, None)
        for other in self._likeness.pop(document_id, {}):
            self._likeness[other].pop(document_id, None)
            self._unsettled.add(other)
        self._leave_story(document_id, article.story)
        self.copies.remove(document_id)
        self._unsettled.discard(document_id)
        self._changed.discard(document_id)

    def retire(self, before: dt.date, *, most: int) -> list[str]:
        """Remove the articles before a day, so that the index stays small; return their ids.

        They still count in word frequencies. Their stories are for the caller to keep.

        Args:
            before: The day.
            most: Maximum number of articles kept, whatever their day: the oldest are removed first.
        """
        oldest_first = sorted(self._articles, key=lambda name: self._articles[name].features.day or 0)
        spare = len(oldest_first) - most
        old = [
            name
            for place, name in enumerate(oldest_first)
            if place < spare or 0 < (self._articles[name].features.day or 0) < before.toordinal()
        ]
        for name in old:
            words = self._articles[name].features.words()
            self.remove(name)
            self._seen.update(words)
        self._counted += len(old)
        return old

    # Grouping ---------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Do all postponed regrouping."""
        while self._unsettled:
            start = min(self._unsettled)
            part = connected(start, self._likeness, self.settings.least, _SETTLE_AT_MOST)
            if len(part) > _SETTLE_AT_MOST:
                part = self._nearby(start)
            self._unsettled -= part
            if len(part) <= _SETTLE_AT_MOST:
                self._regroup(part)

    def rebuild(self) -> None:
        """Weigh all words and group all articles again, as if all had arrived at once."""
        self._holders.clear()
        self._likeness.clear()
        for name in sorted(self._articles, key=lambda name: (self._articles[name].features.day or 0, name)):
            self._enter(name)
        self._unsettled = set(self._articles)
        self.settle()

    def _enter(self, name: str) -> None:
        article = self._articles[name]
        article.weights = weigh(article.features, self._seen, self._counted)
        row: dict[str, float] = {}
        for other in self._candidates(article.weights):
            value = self._alike(article, self._articles[other])
            if value >= _FLOOR:
                row[other] = self._likeness[other][name] = value
        self._likeness[name] = row
        for word, weight in article.weights.items():
            self._holders[word][name] = weight

    def _candidates(self, weights: dict[str, float]) -> list[str]:
        scores: dict[str, float] = collections.defaultdict(float)
        for word in heapq.nlargest(_LOOKUP_WORDS, weights, key=lambda word: (weights[word], word)):
            holders = self._holders.get(word)
            if holders is None:
                continue
            names = reversed(holders) if len(holders) > _LOOKUP_ARTICLES else iter(holders)
            for name, _ in zip(names, range(_LOOKUP_ARTICLES), strict=False):
                scores[name] += weights[word] * holders[name]
        return heapq.nlargest(_CANDIDATES, scores, key=lambda name: (scores[name], name))

    def _alike(self, one: _Article, other: _Article) -> float:
        ours, theirs = one.weights, other.weights
        # The sum is exact, so it does not depend on the order of the words.
        value = math.fsum([ours[word] * theirs[word] for word in ours.keys() & theirs.keys()])
        if one.features.day is None or other.features.day is None:
            return value
        settings = self.settings
        apart = max(0, abs(one.features.day - other.features.day) - settings.near_days)
        return value / (1 + settings.fading * math.log1p(apart / settings.fading_days))

    def _regroup_around(self, name: str) -> None:
        part = connected(name, self._likeness, self.settings.least, _AT_ONCE)
        if len(part) <= _AT_ONCE:
            self._regroup(part)
            return
        self._move(name, self._best_story(name) or self._new_story(name))
        self._unsettled.add(name)
        if len(self._unsettled) >= _SETTLE_EVERY:
            self.settle()

    def _best_story(self, name: str) -> str | None:
        totals: dict[str, float] = collections.defaultdict(float)
        for other, value in self._likeness[name].items():
            totals[self._articles[other].story] += value
        means = {story: total / len(self._members[story]) for story, total in totals.items() if story}
        best = max(means, key=lambda story: (means[story], story), default=None)
        return best if best is not None and means[best] >= self.settings.least else None

    def _nearby(self, name: str) -> set[str]:
        # In a part of the graph that is too large to regroup as a whole: the stories adjacent to the article.
        stories = {self._articles[name].story}
        row = self._likeness[name].items()
        stories |= {self._articles[other].story for other, value in row if value >= self.settings.least}
        part = {name}.union(*(self._members[story] for story in stories if story))
        return part

    def _regroup(self, part: set[str]) -> None:
        groups = group(part, self._likeness, self.settings.least)
        claims = []
        for number, members in enumerate(groups):
            stories = collections.Counter(self._articles[name].story for name in members)
            claims += [(-count, story, number) for story, count in stories.items() if story]
        kept: dict[int, str] = {}
        for _, story, number in sorted(claims):
            if number not in kept and story not in kept.values() and self._members[story] <= part:
                kept[number] = story
        for number, members in enumerate(groups):
            story = kept.get(number) or self._new_story(min(members))
            for name in members:
                self._move(name, story)

    def _move(self, name: str, story: str) -> None:
        article = self._articles[name]
        if article.story != story:
            self._leave_story(name, article.story)
            article.story = story
            self._changed.add(name)
        self._members[story].add(name)

    def _leave_story(self, name: str, story: str) -> None:
        self._members[story].discard(name)
        if not self._members[story]:
            del self._members[story]

    def _new_story(self, name: str) -> str:
        turn = 0
        while (story := f"S-{content_id('story', name, turn, length=12)}") in self._members:
            turn += 1
        return story

    # Queries -----------------------------------------------------------------------------------------

    def story_of(self, document_id: str) -> str:
        """Return the id of an article's story.

        Raises:
            NotFoundError: The article is not in the index.
        """
        article = self._articles.get(document_id)
        if article is None:
            raise NotFoundError(what="article", name=document_id, hint="add it to the index first")
        return article.story

    def take_changes(self) -> dict[str, str]:
        """Return the articles whose story is new or has changed since the last call, with the story."""
        changed = {name: self._articles[name].story for name in sorted(self._changed)}
        self._changed.clear()
        return changed

    def story(self, story_id: str) -> Story:
        """Return a story.

        Raises:
            NotFoundError: There is no story with this id now.
        """
        if story_id not in self._members:
            raise NotFoundError(what="story", name=story_id, hint="it may have been merged with another")
        names = self._members[story_id]
        days = {name: self._articles[name].features.day for name in names}
        dated = [day for day in days.values() if day is not None]
        return Story(
            id=story_id,
            document_ids=tuple(sorted(names, key=lambda name: (days[name] or math.inf, name))),
            first_day=dt.date.fromordinal(min(dated)) if dated else None,
            last_day=dt.date.fromordinal(max(dated)) if dated else None,
            publishers=tuple(sorted({p for name in names if (p := self._articles[name].publisher)})),
            independent=tuple(self.independent(names)),
        )

    def stories(self) -> list[Story]:
        """Return all stories, the largest first, after all postponed regrouping."""
        self.settle()
        found = [self.story(story_id) for story_id in self._members]
        return sorted(found, key=lambda story: (-len(story.document_ids), story.id))

    def independent(self, document_ids: Iterable[str]) -> list[str]:
        """Return the largest set of these articles of which no two share a source or a text.

        For an event reported by several articles, their number is its corroboration.
        """
        names = sorted(set(document_ids) & self._articles.keys())
        groups = self.copies.groups(names)
        articles = ((name, self._articles[name]) for name in names)
        return independent_reports(
            Report(document_id=name, publisher=a.publisher, agency=a.agency, copy_group=groups[name])
            for name, a in articles
        )

    # Storage ----------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """Return the whole state, to resume later, as MessagePack."""
        rows = self._likeness.items()
        state = _State(
            version=STATE_VERSION, settings=self.settings, articles=self._articles,
            seen={word: count for word, count in sorted(self._seen.items()) if count > 0},
            counted=self._counted, next_rebuild=self._next_rebuild,
            likeness=sorted((a, b, value) for a, row in rows for b, value in row.items() if a < b),
            unsettled=sorted(self._unsettled), changed=sorted(self._changed),
            copies=sorted(self.copies.rows()), copy_matches=sorted(self.copies.match_rows()),
        )  # fmt: skip
        return msgspec.msgpack.encode(state)

    @classmethod
    def from_bytes(cls, body: bytes) -> StoryIndex:
        """Restore an index from the output of `to_bytes`.

        Raises:
            UsageError: The bytes are not such an index, or one of another version.
        """
        try:
            state = msgspec.msgpack.decode(body, type=_State)
        except msgspec.MsgspecError as error:
            raise UsageError(message=f"no story index in these bytes ({error}); rebuild it") from error
        if state.version != STATE_VERSION:
            message = f"a story index of version {state.version}, this is {STATE_VERSION}; rebuild it"
            raise UsageError(message=message)
        index = cls(state.settings)
        index._articles = state.articles
        index._seen.update(state.seen)
        index._counted, index._next_rebuild = state.counted, state.next_rebuild
        index._unsettled, index._changed = set(state.unsettled), set(state.changed)
        index.copies = CopyIndex.from_rows(state.copies, state.copy_matches)
        index._likeness = {name: {} for name in state.articles}
        for name, other, value in state.likeness:
            index._likeness[name][other] = index._likeness[other][name] = value
        for name, article in state.articles.items():
            index._members[article.story].add(name)
            for word, weight in article.weights.items():
                index._holders[word][name] = weight
        return index
