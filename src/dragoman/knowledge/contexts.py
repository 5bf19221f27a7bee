"""The contexts of the codebook: the subject matter of an event, and the words that indicate it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown
from dragoman.model.terms import CONTEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.knowledge.loading import Lines

_KEYS = frozenset({"definition", "strong", "words", "not"})


class Cue(NamedTuple):
    """A word or phrase that indicates a context; `is_strong` ones do so alone, also outside the clause.

    `context` is None for a phrase that only blocks the shorter cues it contains. `blocks` are the contexts
    that a phrase must not indicate.
    """

    words: tuple[str, ...]
    context: str | None
    is_strong: bool
    blocks: str | None = None


class ContextLexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Definitions of the contexts, and their cues by first word, longest first."""

    definitions: dict[str, str]
    cues: dict[str, tuple[Cue, ...]]


@functools.cache
def load_contexts(path: Path | None = None) -> ContextLexicon:
    """Load the contexts; cached.

    Raises:
        KnowledgeError: A context is missing or unknown, a key is unknown, a cue is duplicated, or a "not"
            phrase contains none of its context's cues.
    """
    source = path or data_folder() / "codebook" / "contexts.yaml"
    content, lines = load_yaml(source)
    if not isinstance(content, dict):
        raise KnowledgeError(
            where=source.name, message="not a mapping of contexts; see the file of the package"
        )
    refuse_unknown(lines.at(content), content, set(CONTEXTS))
    missing = [name for name in CONTEXTS if name not in content]
    if missing:
        raise KnowledgeError(where=source.name, message=f"the context {missing[0]!r} is missing; add it")
    return read_contexts(content, lines)


def read_contexts(content: dict[str, Any], lines: Lines) -> ContextLexicon:
    """Validate contexts, from a file or as changed by overlays.

    Args:
        content: Records by the name of the context.
        lines: The location of each.

    Raises:
        KnowledgeError: A key is unknown, a cue is duplicated, or a context has no strong cue.
    """
    by_first: dict[str, list[Cue]] = {}
    for name, record in content.items():
        for cue in _cues(name, record, lines):
            by_first.setdefault(cue.words[0], []).append(cue)
    return ContextLexicon(
        definitions={name: record["definition"] for name, record in content.items()},
        cues={
            first: tuple(sorted(cues, key=lambda cue: (-len(cue.words), not cue.is_strong)))
            for first, cues in by_first.items()
        },
    )


def _cues(name: str, record: Any, lines: Lines) -> Iterator[Cue]:
    where = lines.at(record)
    if not isinstance(record, dict):
        raise KnowledgeError(
            where=lines.name, message=f"{name}: not a mapping; give definition, strong, words"
        )
    refuse_unknown(where, record, _KEYS)
    if not isinstance(record.get("definition"), str) or not record["definition"]:
        raise KnowledgeError(where=where, message=f"{name}: no definition; give one line")
    lists = {key: _phrases(name, key, record.get(key, []), where) for key in ("strong", "words", "not")}
    doubled = set(lists["strong"]) & set(lists["words"])
    if doubled:
        message = f"{name}: {' '.join(min(doubled))!r} is both strong and not; keep one"
        raise KnowledgeError(where=where, message=message)
    if not lists["strong"]:
        raise KnowledgeError(where=where, message=f"{name}: no strong cue; give at least one")
    for words in lists["strong"]:
        yield Cue(words, name, True)
    for words in lists["words"]:
        yield Cue(words, name, False)
    for words in lists["not"]:
        yield Cue(words, None, False, name)


def _phrases(name: str, key: str, value: object, where: str) -> list[tuple[str, ...]]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise KnowledgeError(where=where, message=f"{name}: {key} is not a list of phrases; write [one, two]")
    phrases = [tuple(split_cue(item)) for item in value]
    doubled = sorted({phrase for phrase in phrases if phrases.count(phrase) > 1})
    if doubled:
        raise KnowledgeError(where=where, message=f"{name}: {' '.join(doubled[0])!r} is given twice in {key}")
    return phrases


def split_cue(phrase: str) -> list[str]:
    """Split a cue as the tokeniser splits text: hyphens and possessives are separate tokens."""
    spaced = phrase.replace("'s ", " 's ").replace("-", " - ")
    return spaced.split()
