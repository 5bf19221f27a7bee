"""Checks that the CAMEO codes of a codebook agree with the codes' definitions and with its types."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.model.terms import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.knowledge.codebook import Codebook, TypeEntry


class _Use(NamedTuple):
    """One use of a code: its type and its location in the files."""

    where: str
    event_type: str
    code: str


def cameo_faults(book: Codebook) -> list[str]:
    """Return one line for each code that does not exist, is too short or contradicts its type.

    A code's root must be of its type's quad class, unless the type lists it among its `cameo_roots`; the
    sign of its Goldstein value must be that of the quad class, unless the root is such an exception.
    """
    uses = dict.fromkeys((*_of_types(book), *_of_compositions(book)))
    return [f"{use.where}: {fault}" for use in uses if (fault := _fault(book, use))]


def _of_types(book: Codebook) -> Iterator[_Use]:
    for entry in book.types.values():
        for where, code in _codes(entry):
            yield _Use(where, entry.id, code)
            for change in entry.cameo_by_word:
                if code in change.codes:
                    yield _Use(f"{where}, by word", entry.id, change.codes[code])


def _codes(entry: TypeEntry) -> Iterator[tuple[str, str]]:
    if entry.cameo:
        yield entry.id, entry.cameo
    yield from ((f"{entry.id}: mode {mode.id}", mode.cameo) for mode in entry.modes.values() if mode.cameo)
    yield from ((pattern.rule, pattern.cameo) for pattern in entry.patterns if pattern.cameo)
    for change in entry.cameo_by_word:
        yield from ((f"{entry.id}: cameo_by_word", code) for code in change.codes)


def _of_compositions(book: Codebook) -> Iterator[_Use]:
    """Yield the composed codes of each class for each code of each type, and for an unrecognised act."""
    for class_name in book.outcomes:
        for event_type in (None, *EVENT_TYPES):
            outcome = book.outcome(class_name, event_type)
            if outcome is None or outcome[0] not in book.types:
                continue
            entry = book.types.get(event_type) if event_type else None
            inner = [code for _, code in _codes(entry)] if entry else [None]
            for code in inner:
                made = book.composed_cameo(class_name, event_type, code)
                if made:
                    yield _Use(f"composition.yaml: {class_name} of {code or 'anything'}", outcome[0], made)
    for governor in book.governors:
        outcome = book.outcome(governor.class_name, None)
        if governor.cameo and outcome:
            yield _Use(governor.rule, outcome[0], governor.cameo)


def _fault(book: Codebook, use: _Use) -> str | None:
    code, entry = book.cameo_codes.get(use.code), book.types[use.event_type]
    if code is None:
        return f"no CAMEO code {use.code!r} in cameo.tsv"
    if len(use.code) < 3 and f"{use.code}0" in book.cameo_codes:
        return f"CAMEO {use.code!r} is a root; write {use.code}0 or a code below it"
    if use.code[:2] in entry.cameo_roots:
        return None
    if code.quad_class and code.quad_class != entry.quad_class:
        return f"CAMEO {use.code} ({code.name}) is {code.quad_class}, {entry.id} is {entry.quad_class}"
    if code.goldstein * entry.sign < 0:
        return f"CAMEO {use.code} ({code.name}) has Goldstein {code.goldstein}, against {entry.quad_class}"
    return None
