"""What is kept of answers is bounded in number and in length."""

from __future__ import annotations

from dragoman.model.caching import LONGEST_KEPT, kept_for_words


def test_short_words_are_answered_from_memory_and_long_ones_anew() -> None:
    asked: list[str] = []

    def answer(word: str, kind: str = "") -> str:
        asked.append(word)
        return word.upper() + kind

    ask = kept_for_words(2, answer)
    long = "x" * (LONGEST_KEPT + 1)
    assert [ask("a"), ask("a"), ask("a", "!"), ask(long), ask(long)] == [
        "A",
        "A",
        "A!",
        long.upper(),
        long.upper(),
    ]
    assert asked == ["a", "a", long, long]
    ask("b")
    ask("c")
    ask("a")
    assert asked[4:] == ["b", "c", "a"]
