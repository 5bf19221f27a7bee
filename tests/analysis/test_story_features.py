"""Words of articles with their weights, worked out with a small table of common words."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from dragoman.analysis import story_features
from dragoman.analysis.story_features import Features, features_of, weigh
from dragoman.knowledge.word_spread import WordSpread
from dragoman.model.documents import Document

SPREAD = WordSpread(reports=1000, counts={"the": 301, "king": 300, "of": 900, "war": 10})


@pytest.fixture(autouse=True)
def spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_features, "load_word_spread", lambda: SPREAD)


def _features(text: str, **fields: object) -> Features:
    lead = fields.pop("lead", None)
    return features_of(Document(id="a", text=text, **fields), lead=lead)  # type: ignore[arg-type]


# A text; its words with their counts, without those in more than 30 % of all reports.
COUNTS = [
    ("The king of war", {"king": 1, "war": 1}), ("War, war! WAR", {"war": 3}),
    ("Arnor's Arnor’s king", {"arnor": 2, "king": 1}),
    ("well-known o'hara's", {"well-known": 1, "o'hara": 1}),
    ("1,300 troops, 5 tanks, 2.5", {"1,300": 1, "troops": 1, "5": 1, "tanks": 1, "2.5": 1}),
    ("...", {}), ("", {}), ("a_b", {"a": 1, "b": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counts"), COUNTS)
def test_counts(text: str, counts: dict[str, int]) -> None:
    assert _features(text) == Features(head=counts, whole=counts, day=None)


def test_the_head_is_the_title_and_the_lead() -> None:
    text = "x" * 298 + " ab cd"
    found = _features(text, title="Crown")
    assert found.head == {"crown": 1, "x" * 298: 1, "a": 1}
    assert found.whole == {"crown": 1, "x" * 298: 1, "ab": 1, "cd": 1}
    with_lead = _features("grain crown", title="Crown", lead="Fire")
    assert with_lead.head == {"crown": 1, "fire": 1}
    assert with_lead.whole == {"crown": 2, "fire": 1, "grain": 1}
    assert with_lead.words() == {"crown", "fire", "grain"}


def test_the_day_is_an_ordinal() -> None:
    day = dt.date(2022, 2, 1)
    assert _features("war", published_on=day).day == day.toordinal()


def test_only_the_rarest_words_of_the_whole_are_kept() -> None:
    words = [f"q{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
    found = _features(" ".join([*words, "king"]))
    assert list(found.whole) == sorted(words)
    # A word that occurs often counts more; of equally rare ones, the first in the alphabet is kept.
    often = _features(" ".join([*words, "zz", "zz"]))
    assert list(often.whole) == ["zz", *sorted(words)[:199]]
    # Three times a common word: (1 + log 3) log(1 + 1000 / 300.5) is less than log(1 + 1000 / 0.5).
    assert "king" not in _features(" ".join([*words, "king", "king", "king"])).whole


def test_weights_are_those_of_head_and_whole() -> None:
    features = Features(head={"war": 1}, whole={"war": 2, "king": 1}, day=None)
    # The background has 1000 reports, so its counts are taken as they are.
    war = math.log(1 + (9 + 1000) / (0.5 + 4 + 10))
    king = math.log(1 + (9 + 1000) / (0.5 + 300))
    length = math.hypot((1 + math.log(2)) * war, king)
    mixed = {"war": 1 + (1 + math.log(2)) * war / length, "king": king / length}
    size = math.hypot(*mixed.values())
    assert weigh(features, {"war": 4}, 9) == pytest.approx(
        {word: weight / size for word, weight in mixed.items()}
    )


def test_weights_scale_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    small = WordSpread(reports=500, counts={"war": 10})
    monkeypatch.setattr(story_features, "load_word_spread", lambda: small)
    features = Features(head={"war": 1, "king": 1}, whole={}, day=None)
    war, king = math.log(1 + 1000 / (0.5 + 2 * 10)), math.log(1 + 1000 / 0.5)
    size = math.hypot(war, king)
    assert weigh(features, {}, 0) == pytest.approx({"king": king / size, "war": war / size})


def test_the_heaviest_words_are_compared() -> None:
    counts = {f"w{n:03}": 1 for n in range(151)} | {"w150": 2}
    found = weigh(Features(head={}, whole=counts, day=None), {}, 0)
    assert list(found) == ["w150", *(f"w{n:03}" for n in range(149))]
    assert math.hypot(*found.values()) == pytest.approx(1.0)


def test_an_article_without_words_has_no_weights() -> None:
    assert weigh(Features(head={}, whole={}, day=None), {}, 0) == {}
