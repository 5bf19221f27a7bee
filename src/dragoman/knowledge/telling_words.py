"""Words that mark information as background, from lexicon/<language>/telling.yaml."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.wordlists import load_lists

if TYPE_CHECKING:
    from pathlib import Path


class TellingWords(msgspec.Struct, frozen=True, kw_only=True):
    """Lists of words and phrases; the file explains the use of each."""

    eras: tuple[str, ...]
    era_openers: tuple[str, ...]
    periods: tuple[str, ...]
    distances: tuple[str, ...]
    distance_openers: tuple[str, ...]
    far_adverbs: tuple[str, ...]
    after_words: tuple[str, ...]
    before_words: tuple[str, ...]
    anniversary_nouns: tuple[str, ...]
    commemorating_verbs: tuple[str, ...]
    memory_keepers: tuple[str, ...]
    recollecting_verbs: tuple[str, ...]
    wars: tuple[str, ...]
    beginning_verbs: tuple[str, ...]
    war_phases: tuple[str, ...]
    habit_adverbs: tuple[str, ...]
    before_adverbs: tuple[str, ...]
    not_after_once: tuple[str, ...]
    ranking_words: tuple[str, ...]
    dying: tuple[str, ...]
    ages: tuple[str, ...]
    violent: tuple[str, ...]
    update_marks: tuple[str, ...]
    ordinals: dict[str, int]


@functools.cache
def load_telling_words(path: Path | None = None) -> TellingWords:
    """Load these words; cached.

    Raises:
        KnowledgeError: A list is missing, unknown or empty, or contains something other than words.
    """
    source = path or data_folder() / "lexicon" / "en" / "telling.yaml"
    names = {field.name for field in msgspec.structs.fields(TellingWords)}
    content, _ = load_lists(source, names=names)
    empty = sorted(name for name in names if not content[name])
    if empty:
        raise KnowledgeError(where=source.name, message=f"{empty[0]}: is empty; give words")
    try:
        return msgspec.convert(content, TellingWords, strict=False)
    except msgspec.ValidationError as error:
        raise KnowledgeError(where=source.name, message=f"{error}; write `name: [word, word]`") from error
