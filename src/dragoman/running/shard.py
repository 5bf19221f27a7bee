"""Coding of one shard of documents, independent of process and machine.

An engine takes shards and returns their results, in order. `in_process` is the engine of one process;
`local` uses worker processes, `cluster` uses Dask.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.model.documents import Document, Failure
from dragoman.model.origins import FileEnd, Origin, ReadingEnd
from dragoman.model.records import CodedDocument
from dragoman.model.terms import DEFAULT_READING, Reading
from dragoman.running.job import Prepare, code_several
from dragoman.running.memory import loading_to_stay
from dragoman.settings import MAX_CODING_SECONDS

Coded = CodedDocument | Failure


class CodingAt(msgspec.Struct, frozen=True):
    """The coding of a document, and the origin of the document."""

    coded: CodedDocument
    origin: Origin


Result = Coded | CodingAt | FileEnd | ReadingEnd
Engine = Callable[[Iterable[Sequence[Document]]], Iterator[Sequence[Coded]]]

# A shard is sent when it has this many documents or characters: about a second of coding, so that processes
# end together and little is repeated if one is lost; parsing more together would gain a twentieth.
SHARD_DOCUMENTS = 8
SHARD_CHARACTERS = 30_000

Item = TypeVar("Item")


class CoderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings that a process needs to make the coder.

    Attributes:
        codebook: The user's codebook folders, in the order of their layers.
        actors: Folders with user-defined actors.
        negations: Also keep firm negations as events with polarity negative.
        skim: Skip paragraphs that name no actor.
        reading: How text is read; see `Coder`.
        min_confidence: Minimum probability of events to keep; None for the coder's own threshold.
        language_model: The package or the path of another language model.
        calibration: The user's calibration.
        time_budget: Seconds of CPU time for one report; None for no limit.
    """

    codebook: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    negations: bool = False
    skim: bool = False
    reading: Reading = DEFAULT_READING
    min_confidence: float | None = None
    language_model: str | None = None
    calibration: str | None = None
    time_budget: float | None = MAX_CODING_SECONDS


Load = Callable[[CoderSettings], Prepare]
# A coder serves one thread at a time; workers of a cluster may have several.
_ONE_AT_A_TIME = threading.Lock()


@functools.cache
def load_coder(settings: CoderSettings) -> Prepare:
    """Return the function that prepares documents for coding; loaded once per process.

    Raises:
        KnowledgeError: A data file is invalid.
        MissingModelError: The language model is not installed.
    """
    from dragoman.coding.coder import Coder

    with loading_to_stay():
        coder = Coder(
            codebook=[Path(folder) for folder in settings.codebook],
            actors=[Path(folder) for folder in settings.actors],
            negations=settings.negations,
            skim=settings.skim,
            reading=settings.reading,
            min_confidence=settings.min_confidence,
            language_model=settings.language_model,
            calibration=Path(settings.calibration) if settings.calibration is not None else None,
            time_budget=settings.time_budget,
        )
        _ = coder.nlp
    return coder.prepare


def code_shard(
    documents: Sequence[Document], settings: CoderSettings, *, load: Load = load_coder
) -> list[Coded]:
    """Code documents; an error in one becomes its failure.

    Args:
        documents: The shard.
        settings: Settings of the coder.
        load: Returns the function that prepares documents; must be importable in the coding process.
    """
    with _ONE_AT_A_TIME:
        return list(code_several(documents, load(settings)))


def in_process(prepare: Prepare) -> Engine:
    """Return the engine that codes in this process."""

    def run(shards: Iterable[Sequence[Document]]) -> Iterator[Sequence[Coded]]:
        for shard in shards:
            yield list(code_several(shard, prepare))

    return run


def cut(
    items: Iterable[Item],
    size: Callable[[Item], int],
    *,
    counts: Callable[[Item], bool] = lambda item: True,
    documents: int = SHARD_DOCUMENTS,
    characters: int = SHARD_CHARACTERS,
) -> Iterator[list[Item]]:
    """Yield items in shards, in order: the same items always form the same shards.

    Args:
        items: The items.
        size: Returns the number of characters of an item to be coded.
        counts: Whether an item counts as a document.
        documents: Maximum number of documents of a shard.
        characters: Number of characters from which a shard is full.
    """
    shard: list[Item] = []
    held = counted = 0
    for item in items:
        shard.append(item)
        held += size(item)
        counted += counts(item)
        if counted >= documents or held >= characters:
            yield shard
            shard, held, counted = [], 0, 0
    if shard:
        yield shard
