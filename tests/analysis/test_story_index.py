"""The index of stories at its limits: candidates, distance in days, regrouping of large parts, retirement."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import msgspec
import pytest

from dragoman.analysis import stories
from dragoman.analysis.stories import StoryIndex, StorySettings, _Article
from dragoman.analysis.story_features import Features
from dragoman.errors import NotFoundError, UsageError
from dragoman.model.documents import Document

DAY = dt.date(2031, 3, 2)
NAMES = ("omega", "kappa", "sigma")


def article(
    name: str, words: str = "alpha bravo gamma", day: int | None = 0, publisher: str | None = None
) -> Document:
    published = DAY + dt.timedelta(days=day) if day is not None else None
    return Document(id=name, text=words, published_on=published, publisher=publisher)


def filled(*articles: Document, settings: StorySettings | None = None) -> StoryIndex:
    index = StoryIndex(settings)
    for each in articles:
        index.add(each)
    return index


def grouped(index: StoryIndex) -> list[str]:
    return sorted("".join(sorted(story.document_ids)) for story in index.stories())


# Days between two equal articles, the settings; their similarity.
ALIKE = [
    (0, StorySettings(), 1.0), (7, StorySettings(), 1.0),
    (8, StorySettings(), 1 / (1 + 0.2 * math.log1p(1 / 7))),
    (-8, StorySettings(), 1 / (1 + 0.2 * math.log1p(1 / 7))),
    (21, StorySettings(), 1 / (1 + 0.2 * math.log1p(2))),
    (5, stories.NARROW, 1 / (1 + 0.35 * math.log1p(1))), (None, StorySettings(), 1.0),
    (400, StorySettings(fading=0.0), 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("days", "settings", "alike"), ALIKE)
def test_distance_in_days(days: int | None, settings: StorySettings, alike: float) -> None:
    index = StoryIndex(settings)
    weights = {"alpha": 0.6, "bravo": 0.8}
    one, other = (
        _Article(Features({}, {}, day), weights, None, None)
        for day in (100, 100 + days if days is not None else None)
    )
    assert index._alike(one, other) == pytest.approx(alike)
    assert index._alike(other, one) == pytest.approx(alike)


def test_only_shared_words_make_articles_alike() -> None:
    index = StoryIndex()
    one = _Article(Features({}, {}, 1), {"alpha": 0.6, "bravo": 0.8}, None, None)
    other = _Article(Features({}, {}, 1), {"bravo": 0.5, "gamma": 0.7}, None, None)
    assert index._alike(one, other) == pytest.approx(0.4)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set all limits of size low."""
    monkeypatch.setattr(stories, "_AT_ONCE", 3)
    monkeypatch.setattr(stories, "_SETTLE_EVERY", 2)
    yield


def test_a_large_part_is_regrouped_later(small: None) -> None:
    index = filled(*(article(name) for name in "abc"))
    index.take_changes()
    first = index.story_of("a")
    assert index.add(article("d")) == first
    assert index._unsettled == {"d"}
    assert index.add(article("e")) == first
    assert index._unsettled == set()
    assert grouped(index) == ["abcde"]


def test_an_article_joins_the_story_with_the_highest_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(
        article("a", "alpha bravo"), article("b", "gamma delta"), settings=StorySettings(least=0.3)
    )
    index._likeness["n"] = {"a": 0.4, "b": 0.5}
    index._articles["n"] = index._articles["a"]
    assert index._best_story("n") == index.story_of("b")
    index._members[index.story_of("b")].add("far")
    assert index._best_story("n") == index.story_of("a")
    index._likeness["n"] = {"a": 0.29}
    assert index._best_story("n") is None
    index._likeness["n"] = {"a": 0.3}
    assert index._best_story("n") == index.story_of("a")
    index._likeness["n"] = {}
    assert index._best_story("n") is None


def test_the_stories_beside_an_article() -> None:
    index = filled(
        article("a", "alpha"), article("b", "bravo"), article("c", "gamma"), settings=StorySettings(least=0.3)
    )
    index._likeness["a"] = {"b": 0.3, "c": 0.29}
    assert index._nearby("a") == {"a", "b"}


def test_a_part_above_the_limit_is_regrouped_by_its_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "_SETTLE_AT_MOST", 3)
    index = filled(*(article(name) for name in "abcd"))
    index._unsettled = set("abcd")
    before = grouped(index)
    assert before == ["abcd"]
    assert index._unsettled == set()


def test_candidates_are_looked_up_by_the_rarest_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "_LOOKUP_WORDS", 2)
    monkeypatch.setattr(stories, "_LOOKUP_ARTICLES", 2)
    monkeypatch.setattr(stories, "_CANDIDATES", 2)
    index = StoryIndex()
    index._holders["x"] = {"a": 0.5, "b": 0.4}
    index._holders["y"] = {"b": 0.3, "c": 0.9}
    index._holders["z"] = {"d": 1.0}
    # x and y weigh most: a 0.45, b 0.36 + 0.24, c 0.72; the two best are returned.
    assert index._candidates({"x": 0.9, "y": 0.8, "z": 0.1}) == ["c", "b"]
    assert index._candidates({"x": 0.9, "none": 2.0}) == ["a", "b"]
    # Of a word with more than two articles the latest two are examined.
    index._holders["x"]["e"] = 0.1
    assert index._candidates({"x": 1.0}) == ["b", "e"]
    assert index._candidates({"z": 1.0, "w": 1.0}) == ["d"]
    assert index._candidates({}) == []


def test_pairs_below_the_floor_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(article("a"), article("b"))
    assert index._likeness["a"].keys() == {"b"}
    values = iter([0.05, 0.049])
    monkeypatch.setattr(index, "_alike", lambda one, other: next(values))
    index._likeness = {"a": {}, "b": {}}
    index._articles["n"] = index._articles["a"]
    index._enter("n")
    assert sorted(index._likeness["n"].values()) == [0.05]


def test_rarity_is_counted_again_when_the_index_has_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    monkeypatch.setattr(stories, "_FIRST_REBUILD", 2)
    monkeypatch.setattr(stories, "_LAST_REBUILD", 4)
    monkeypatch.setattr(StoryIndex, "rebuild", lambda index: counted.append(len(index)))
    filled(*(article(str(number), f"w{number} v{number}") for number in range(20)))
    assert counted == [2, 4]


# Days of the articles, the day before which they retire and how many may stay; what is removed.
RETIRED = [
    ([0, 1, 2], 1, 9, "0"), ([0, 1, 2], 0, 9, ""), ([0, 1, 2], 2, 9, "01"), ([0, 1, 2], 0, 2, "0"),
    ([2, 1, 0], 0, 1, "21"), ([None, 1, 2], 2, 9, "1"), ([None, 1, 2], 0, 2, "0"), ([0, 1, 2], 0, 0, "012"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "before", "most", "gone"), RETIRED)
def test_retired(days: list[int | None], before: int, most: int, gone: str) -> None:
    index = filled(*(article(str(n), NAMES[n], day) for n, day in enumerate(days)))
    assert sorted(index.retire(DAY + dt.timedelta(days=before), most=most)) == sorted(gone)
    assert len(index) == len(days) - len(gone)
    # Retired articles still count in the frequencies of words.
    assert index._counted == len(days)
    assert all(index._seen[NAMES[n]] == 1 for n in range(len(days)))


def test_a_removed_article_leaves_the_counts_and_its_story_open() -> None:
    index = filled(article("a"), article("b"), article("c", "delta omega"))
    index.remove("a")
    assert (index._counted, index._seen["alpha"], len(index)) == (2, 1, 2)
    assert index._unsettled == {"b"}
    assert index._likeness["b"] == {}
    assert "a" not in index.take_changes()
    index.remove("b")
    assert index._unsettled == set()
    assert grouped(index) == ["c"]


def test_an_article_is_replaced_if_its_words_or_its_publisher_differ() -> None:
    index = filled(article("a", publisher="gazette"))
    index.take_changes()
    index.add(article("a", publisher="gazette"))
    assert index.take_changes() == {}
    index.add(article("a", publisher="herald"))
    assert index.take_changes().keys() == {"a"}
    assert index.story(index.story_of("a")).publishers == ("herald",)
    assert index._counted == 1


def test_the_newest_day() -> None:
    assert StoryIndex().newest_day() is None
    assert filled(article("a", day=None)).newest_day() is None
    assert filled(
        article("a", day=3), article("b", day=None), article("c", day=1)
    ).newest_day() == DAY + dt.timedelta(days=3)


def test_the_larger_part_keeps_the_id() -> None:
    index = filled(*(article(name) for name in "abc"))
    story = index.story_of("a")
    index.add(article("c", "omega delta kappa"))
    assert index.story_of("a") == index.story_of("b") == story
    assert index.story_of("c") != story
    assert set(index.take_changes()) == {"a", "b", "c"}


def test_a_story_lists_its_articles_by_day() -> None:
    index = filled(
        article("a", day=None),
        article("b", day=4, publisher="x"),
        article("c", day=2, publisher="w"),
        article("d", day=2),
    )
    story = index.story(index.story_of("a"))
    assert story.document_ids == ("c", "d", "b", "a")
    assert (story.first_day, story.last_day) == (DAY + dt.timedelta(days=2), DAY + dt.timedelta(days=4))
    assert story.publishers == ("w", "x")
    with pytest.raises(NotFoundError, match="merged with another"):
        index.story("S-none")
    with pytest.raises(NotFoundError, match="add it to the index"):
        index.story_of("none")


def test_stories_come_by_size() -> None:
    index = filled(article("z", "omega delta"), article("a"), article("b"), article("c", "kappa sigma"))
    sizes = [len(story.document_ids) for story in index.stories()]
    assert sizes == [2, 1, 1]
    assert [s.id for s in index.stories()[1:]] == sorted(s.id for s in index.stories()[1:])


def test_a_free_id_is_found_for_a_new_story() -> None:
    index = StoryIndex()
    first = index._new_story("a")
    index._members[first].add("a")
    second = index._new_story("a")
    assert first != second
    assert [len(each) for each in (first, second)] == [14, 14]
    assert first.startswith("S-")


def test_independent_reports_of_the_index_only() -> None:
    index = filled(article("a", publisher="x"), article("b", publisher="y"), article("c", publisher="x"))
    assert index.independent(["c", "b", "none", "b"]) == ["b", "c"]
    assert index.independent(["a", "c"]) == ["a"]


def test_a_stored_index_of_another_version_is_refused() -> None:
    state = msgspec.msgpack.decode(filled(article("a")).to_bytes())
    state["version"] += 1
    with pytest.raises(UsageError, match="version 2, this is 1"):
        StoryIndex.from_bytes(msgspec.msgpack.encode(state))


def test_a_stored_index_holds_everything() -> None:
    index = filled(
        article("a", publisher="x"),
        article("b"),
        article("c", "delta omega"),
        settings=StorySettings(least=0.2),
    )
    index.remove("b")
    again = StoryIndex.from_bytes(index.to_bytes())
    names = (
        "settings",
        "_articles",
        "_holders",
        "_likeness",
        "_members",
        "_unsettled",
        "_changed",
        "_counted",
        "_next_rebuild",
    )
    for name in names:
        kept = {k: v for k, v in vars(index)[name].items() if v} if name == "_holders" else vars(index)[name]
        assert vars(again)[name] == kept, name
    assert +again._seen == +index._seen
