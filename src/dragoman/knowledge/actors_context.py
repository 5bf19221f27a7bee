"""Tests on the context of a name: whether it is part of another name, a headline or a hyphenated word."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.names import Hit, fold
from dragoman.knowledge.roles import RoleLexicon
from dragoman.knowledge.word_spread import load_word_spread
from dragoman.model.caching import kept_for_words

# Courtesy titles: unlike a title of office they do not distinguish one Mr Smith from another.
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "doctor"})
_BEFORE_MONTH = frozenset(
    {"in", "since", "until", "till", "by", "early", "late", "mid", "last", "this", "next"}
)
_PARTICLES = frozenset({"de", "bin", "al", "el", "van", "von", "ben", "ibn", "da", "di", "del", "la"})
_HYPHENED = re.compile(r"(?<!pro)(?<!anti)[-‑]$", re.IGNORECASE)
_SURNAME_AFTER = re.compile(r" (?:May )?([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?=[.,;:!?]| [a-z]|['’]s|$)")
_HALF = re.compile(r"[-‑][A-Z][\w'’]*")
_THING_AFTER = re.compile(r" [a-z]")
_CAPITAL_AFTER = re.compile(r" [A-Z][a-z]")
_NAME_AFTER = re.compile(r" ([A-Z][\w'’-]*|de|von|van|bin|del|da|\d+)\b(?! of)")

# Pronouns that never begin a line: the US of "US SLAPS SANCTIONS ON ARNOR" is the state.
_NEVER_FIRST = frozenset({"us"})

# Maximum number of characters a test looks back; searching the whole text made long reports slow.
_NEAR = 12
# Maximum share of reports in which a word occurs that still counts as a name.
_COMMON = 0.03
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_WORD = re.compile(r"\w[\w'’-]*")
# Words hyphenated with a name that make it a modifier of another actor.
_HYPHENS = ("-", "‑", "–")
_COMPOUND = re.compile(r"[-‑–](?:\w+)")
_PREFIX = re.compile(r"\b(?:pro|anti|non|trans|post|pre|mid)[-‑–]$", re.IGNORECASE)


class NameContext:
    """Tests on the words next to a name."""

    def __init__(
        self,
        roles: RoleLexicon,
        demonyms: Collection[str],
        given_names: Collection[str],
        surnames: Collection[str] = (),
    ) -> None:
        self._roles = roles
        self._surnames = surnames
        self._demonyms = demonyms
        self._given_names = given_names
        self._is_known_word = kept_for_words(8192, self._is_known)

    def stands_alone(self, hit: Hit, text: str, *, is_common: bool) -> bool:
        """Return True if a surname is not part of another person's name, and has a title if it is common."""
        before, _ = self._word_before(text, hit.start)
        low = fold(before)
        titled = low in self._roles.titles and low not in _HONORIFICS
        if is_common and not titled:
            return False
        if low in _BEFORE_MONTH and is_calendar_name(fold(text[hit.start : hit.end])):
            return False
        if _HYPHENED.search(text[max(0, hit.start - _NEAR) : hit.start]) or low in _PARTICLES:
            return False
        if before[:1].isupper() and _is_headline(text, hit.start):
            return titled or low not in self._given_names
        if before[:1].isupper() and not (titled or low in _HONORIFICS or self._may_precede(before)):
            return False
        after = _NAME_AFTER.match(text, hit.end)
        return after is None or _is_headline(text, hit.start) or self._is_known_word(after[1])

    def _word_before(self, text: str, start: int) -> tuple[str, bool]:
        """Return the word before an offset and whether it begins a sentence; empty at a boundary."""
        end = start - 1
        if text[end : end + 1] != " " or start == 0:
            return "", False
        has_point = text[end - 1 : end] == "."
        end -= has_point
        at, limit = end, max(0, start - 40)
        while at > limit and (text[at - 1].isalnum() or text[at - 1] in "_'’-"):
            at -= 1
        word = text[at:end]
        # The full stop of "Gen. Smith" and "J. Smith" does not end a sentence; that of "in Ankara. Smith
        # said" does.
        if not word or (has_point and len(word) > 1 and not self._is_title(fold(word))):
            return "", False
        lead = text[max(0, at - _NEAR) : at].rstrip(" \"“'‘(")
        return word, not lead or lead[-1] in ".!?:\n"

    def _is_title(self, low: str) -> bool:
        return low in self._roles.titles or low in _HONORIFICS

    def _may_precede(self, word: str) -> bool:
        """Return True if a capitalised word before a name is not part of it: "When Putin"."""
        low = fold(word)
        if len(word) == 1 and word != "A":
            return False
        return low in self._roles.openers or low.endswith("ly") or self._is_known_word(word)

    def _is_known(self, word: str) -> bool:
        low = fold(word)
        words = (self._demonyms, self._roles.roles, self._roles.titles)
        return is_calendar_name(low) or any(low in known for known in words)

    def is_in_person_name(self, hit: Hit, text: str) -> bool:
        """Return True if a place name is part of a person's name ("Michael Jordan", "Chad Smith")."""
        before, is_opening = self._word_before(text, hit.start)
        if before[:1].isupper() and not _is_headline(text, hit.start):
            if fold(before) in self._given_names or fold(before) in self._surnames:
                return True
            if not is_opening and not self._may_precede(before) and fold(before) not in self._roles.titles:
                return True
        after = _NAME_AFTER.match(text, hit.end)
        if after is None or _is_headline(text, hit.start):
            return False
        return not self._is_known_word(after[1])

    def is_end_of_name(self, hit: Hit, text: str, known_until: Collection[int]) -> bool:
        """Return True if a name is the end of a longer one: ***United** Democratic Party*.

        Args:
            hit: The name.
            text: The whole text.
            known_until: End offsets of the known names of the text; before a name they are separate words.
        """
        if text[hit.start - 1 : hit.start] != " " or hit.start - 1 in known_until:
            return False
        before, _ = self._word_before(text, hit.start)
        if not before[:1].isupper() or _is_headline(text, hit.start):
            return False
        owner = _POSSESSIVE.sub("", before)
        if owner != before:
            # "People's Democratic Party", but "Biden's Democratic Party".
            return fold(owner) in self._roles.roles or load_word_spread().share(owner.lower()) > _COMMON
        return not self._is_own_word(before)

    def _is_own_word(self, word: str) -> bool:
        """Return True if a capitalised word before the name of a body is not part of it."""
        low = fold(word)
        words = (self._roles.openers, self._roles.former, self._roles.titles, self._demonyms)
        return low.endswith(("ly", "ing")) or is_calendar_name(low) or any(low in known for known in words)

    def is_before_capital(self, hit: Hit, text: str) -> bool:
        """Return True if a capitalised word follows outside a headline: ***Western** Australia*."""
        return _CAPITAL_AFTER.match(text, hit.end) is not None and not _is_headline(text, hit.start)

    def is_given_name_of(self, hit: Hit, text: str, names: Collection[str]) -> bool:
        """Return True if a state's name is a first name: exactly one capitalised, rare word follows.

        "Israel Folau was" is a person; "Israel Defense said" and "Israel Antiquities Authority" are not.
        """
        if text[hit.start : hit.end] not in names or _is_headline(text, hit.start):
            return False
        after = _SURNAME_AFTER.match(text, hit.end)
        if after is None or self._is_known_word(after[1]):
            return False
        return load_word_spread().share(after[1].lower()) == 0


def is_half_of_word(hit: Hit, text: str, starts: Collection[int]) -> bool:
    """Return True if a surname is the first half of another name: *Achi-Su*; not in *Trump-Putin talks*.

    Args:
        hit: The surname.
        text: The whole text.
        starts: Start offsets of the known names of the text.
    """
    half = _HALF.match(text, hit.end)
    is_pair = half is not None and hit.end + 1 in starts and _THING_AFTER.match(text, half.end())
    return half is not None and not is_pair


def is_shouted_word(hit: Hit, text: str, roles: RoleLexicon) -> bool:
    """Return True if an abbreviation is an ordinary word in an all-capitals line ("WHO IS TO BLAME")."""
    word = fold(text[hit.start : hit.end])
    if word not in roles.unknown and word not in roles.openers:
        return False
    if word in _NEVER_FIRST and (hit.start == 0 or text[hit.start - 1] in "\n:;"):
        return False
    near = _WORD.findall(text[max(0, hit.start - 12) : hit.start])[-1:]
    after = _WORD.search(text, hit.end)
    near += [after.group()] if after else []
    return bool(near) and all(word.isupper() and len(word) > 1 for word in near)


def is_compound(hit: Hit, text: str) -> bool:
    """Return True if a name is only part of a hyphenated word ("Russian-backed", "pro-Moscow")."""
    is_joined = text[hit.end : hit.end + 1] in _HYPHENS and _COMPOUND.match(text, hit.end)
    if is_joined and text[hit.end + 1].islower():
        return True
    return text[hit.start - 1 : hit.start] in _HYPHENS and bool(
        _PREFIX.search(text[max(0, hit.start - _NEAR) : hit.start])
    )


def _is_headline(text: str, at: int) -> bool:
    """Return True if the line is in headline capitals."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)].rstrip()
    return not line.endswith((".", ".”", '."')) and _has_capitals(line)


@functools.partial(kept_for_words, 1024)
def _has_capitals(line: str) -> bool:
    """Return True if most longer words of a line are capitalised; called for every name of the line."""
    words = [w for w in _WORD.findall(line) if len(w) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.7 * len(words)
