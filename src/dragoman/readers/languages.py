"""Which language a text is in; only English can be coded."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dragoman.errors import LanguageError

if TYPE_CHECKING:
    from collections.abc import Callable

_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]")
# Below this many letters a guess is worth little (58 of 60 headlines are told right above it).
MIN_LETTERS = 60
# Enough to tell a language; the rest of a long report is not looked at.
_SAMPLE = 3_000


@cache
def _identifier() -> Callable[[str], tuple[str, float]]:
    import py3langid

    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify


def require_english(text: str, *, where: str) -> str:
    """Return "en" when a text is English or too short to tell.

    Raises:
        LanguageError: The text is in another language.
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTERS.findall(sample))
    latin = len(_LATIN.findall(sample))
    if letters and latin < 0.5 * letters:
        raise LanguageError(where=where, language=_identifier()(sample)[0])
    if letters < MIN_LETTERS:
        return "en"
    language = _identifier()(sample)[0]
    if language != "en":
        raise LanguageError(where=where, language=language)
    return "en"
