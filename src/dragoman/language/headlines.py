"""Headlines in Title Case, written down in sentence case so that the parser can read them.

A tagger takes "Announce" in "Arnor, Gondor Announce Accord" for a name. Here such a line is lowered word
by word before it is parsed: names of actors keep their capitals, words of the dictionary lose them. No
character is added or taken away, so every offset stays true.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SUFFIXES = ("", "s", "es", "d", "ed", "ing", "ies", "ied", "er", "ers", "ly")
# Words the dictionary of open classes leaves out.
_FUNCTION_WORD_LIST = (
    "a an the and or but nor for of in on at to from by with without over under after before against amid "
    "as into than that this these those is are was were be been will would may might could should must can "
    "not no its his her their our it he she they we who which what when where why how if while about up out "
    "off down near across all any both each more most other some such only own same so too very new first"
)
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())
MIN_WORDS = 4


class CommonWords:
    """Tells a dictionary word from a name, by the word lists that the lemmatizer carries."""

    def __init__(self, nlp: Language) -> None:
        self._known: set[str] = set(_FUNCTION_WORDS)
        if "lemmatizer" not in nlp.pipe_names:
            return
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        lookups = lemmatizer.lookups
        index = lookups.get_table("lemma_index", {})
        for part_of_speech in ("verb", "noun", "adj", "adv"):
            self._known.update(str(word) for word in index.get(part_of_speech, ()))
        for part_of_speech in ("verb", "noun"):
            self._known.update(lookups.get_table("lemma_exc", {}).get(part_of_speech, {}))

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        lower = word.lower()
        if lower in self._known:
            return True
        for suffix in _SUFFIXES[1:]:
            if lower.endswith(suffix) and len(lower) > len(suffix) + 2:
                stem = lower[: -len(suffix)]
                if stem in self._known or stem + "e" in self._known or stem + "y" in self._known:
                    return True
                if stem[-1:] == stem[-2:-1] and stem[:-1] in self._known:
                    return True
        return False


def is_headline(line: str) -> bool:
    """Tell whether a line is written in Title Case: most of its longer words have a capital."""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    if len(_WORD.findall(line)) < MIN_WORDS or line.rstrip()[-1:] in (".", "”", '"'):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capitals >= 0.75 * len(words)


def lower_headlines(
    text: str, *, common: CommonWords, names: Callable[[str], Iterable[tuple[int, int]]] | None
) -> str:
    """Return the text with its Title Case lines in sentence case; the length never changes."""
    if not any(is_headline(line) for line in text.split("\n")):
        return text
    kept = {i for start, end in (names(text) if names else ()) for i in range(start, end)}
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(_lowered(line, at, kept, common) if is_headline(line) else line)
        at += len(line) + 1
    return "\n".join(lines)


def _lowered(line: str, at: int, kept: set[int], common: CommonWords) -> str:
    def lower(match: re.Match[str]) -> str:
        word = match.group()
        if at + match.start() in kept or word.isupper() or word not in common:
            return word
        lowered = word.lower()
        return lowered if len(lowered) == len(word) else word

    return _WORD.sub(lower, line)
