"""An index of character spans by position, so that only nearby spans are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from dragoman.coding.attribution.spans import Span

Item = TypeVar("Item")

# Characters per block: about three sentences.
_BLOCK = 512


class SpanIndex(Generic[Item]):
    """Items with their character spans; two that share a character always share a block."""

    def __init__(self) -> None:
        self._blocks: dict[int, dict[int, Item]] = {}
        self._count = 0

    def add(self, item: Item, spans: tuple[Span, ...]) -> None:
        """Add an item with the spans that it covers."""
        for start, end in spans:
            for block in range(start // _BLOCK, end // _BLOCK + 1):
                self._blocks.setdefault(block, {})[self._count] = item
        self._count += 1

    def near(self, spans: tuple[Span, ...]) -> list[Item]:
        """Return all items that may share a character with some spans, in the order they were added."""
        found: dict[int, Item] = {}
        for start, end in spans:
            for block in range(start // _BLOCK, end // _BLOCK + 1):
                found.update(self._blocks.get(block, {}))
        return [item for _, item in sorted(found.items(), key=lambda pair: pair[0])]
