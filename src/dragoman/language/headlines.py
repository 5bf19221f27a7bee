"""Headlines in Title Case or in capitals, converted to sentence case for the parser.

A tagger takes "Announce" in "Arnor, Gondor Announce Accord" for a name. Such a line is converted to lower
case word by word before parsing: names of actors keep their capitals, dictionary words lose them. In a line
that is entirely in capitals, a word that is not in the dictionary keeps its first capital. The length never
changes, so offsets remain valid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dragoman.language.text_words import load_text_words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from spacy.language import Language

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
MIN_WORDS = 4
MIN_WORDS_IN_CAPITALS = 3
# Size at which the cache is cleared, so that memory does not grow with the length of a run.
_MOST_ANSWERS = 50_000
_SENTENCE_START = re.compile(r"(?:\A|[.!?:]\s)[\s\"“‘'(\[]*\Z")


class CommonWords:
    """Distinguishes dictionary words from names by the word lists of the lemmatizer."""

    def __init__(self, nlp: Language) -> None:
        words = load_text_words()
        self._answers: dict[str, bool] = {}
        self._known: set[str] = set(words["function_words"])
        self._suffixes = sorted(words["suffixes"])
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
        answer = self._answers.get(word)
        if answer is None:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            answer = self._answers[word] = self._is_common(word.lower())
        return answer

    def _is_common(self, lower: str) -> bool:
        if lower in self._known:
            return True
        for suffix in self._suffixes:
            if lower.endswith(suffix) and len(lower) > len(suffix) + 2:
                stem = lower[: -len(suffix)]
                if stem in self._known or stem + "e" in self._known or stem + "y" in self._known:
                    return True
                if stem[-1:] == stem[-2:-1] and stem[:-1] in self._known:
                    return True
        return False


def is_headline(line: str) -> bool:
    """Return True if a line is written in Title Case: most of its longer words have a capital."""
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    if len(_WORD.findall(line)) < MIN_WORDS or line.rstrip()[-1:] in (".", "”", '"'):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capitals >= 0.75 * len(words)


def is_in_capitals(line: str) -> bool:
    """Return True if a line of several words is entirely in capitals."""
    return line.isupper() and sum(len(word) > 2 for word in _WORD.findall(line)) >= MIN_WORDS_IN_CAPITALS


def lower_headlines(
    text: str, *, common: Container[str], names: Callable[[str], Iterable[tuple[int, int]]] | None
) -> str:
    """Return the text with its headlines in sentence case; the length never changes.

    Args:
        text: The text.
        common: Dictionary words.
        names: Finds the spans of names in a text.
    """
    lines = text.split("\n")
    capitals = [is_in_capitals(line) for line in lines]
    if not any(in_capitals or is_headline(line) for line, in_capitals in zip(lines, capitals, strict=True)):
        return text
    kept = _characters(names, text)
    titled = _characters(names, _titled(lines, capitals)) if any(capitals) else set()
    made, at = [], 0
    for line, in_capitals in zip(lines, capitals, strict=True):
        if in_capitals:
            made.append(_recased(line, at, kept - titled, kept | titled, common))
        else:
            made.append(_lowered(line, at, kept, common) if is_headline(line) else line)
        at += len(line) + 1
    return "\n".join(made)


def _characters(names: Callable[[str], Iterable[tuple[int, int]]] | None, text: str) -> set[int]:
    return {i for start, end in (names(text) if names else ()) for i in range(start, end)}


def _titled(lines: list[str], capitals: list[bool]) -> str:
    titled = [_WORD.sub(_as_name, a) if b else a for a, b in zip(lines, capitals, strict=True)]
    return "\n".join(titled)


def _as_name(match: re.Match[str]) -> str:
    word = match.group()
    return word[0] + _same_length_lower(word[1:])


def _same_length_lower(word: str) -> str:
    lowered = word.lower()
    return lowered if len(lowered) == len(word) else word


def _recased(line: str, at: int, short: set[int], named: set[int], common: Container[str]) -> str:
    """Convert a line in capitals to sentence case.

    Args:
        line: The line.
        at: Its offset in the text.
        short: Offsets of names that the actor files give in capitals only: "NATO".
        named: Offsets of all names.
        common: Dictionary words.
    """
    acronyms = load_text_words()["acronyms"]

    def recase(match: re.Match[str]) -> str:
        word, place = match.group(), at + match.start()
        is_initial = len(word) == 1 and line[match.end() : match.end() + 1] == "."
        if place in short or word in acronyms or is_initial:
            return word
        begins = _SENTENCE_START.search(line, max(0, match.start() - 4), match.start())
        if place in named or begins or word.lower() not in common:
            return _as_name(match)
        return _same_length_lower(word)

    return _WORD.sub(recase, line)


def _lowered(line: str, at: int, kept: set[int], common: Container[str]) -> str:
    def lower(match: re.Match[str]) -> str:
        word = match.group()
        if at + match.start() in kept or word.isupper() or word.lower() not in common:
            return word
        return _same_length_lower(word)

    return _WORD.sub(lower, line)
