"""Quantity words of one language: numbers, currencies, measures and counted nouns."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.knowledge.loading import Lines

_LISTS = ("approximate", "approximate_after", "people_verbs", "people_adjectives", "peoples")
_NUMBERS = ("numbers", "magnitudes", "short_magnitudes")
_FORMS = ("currencies", "measures", "counted")


class UnitWords(msgspec.Struct, frozen=True, kw_only=True):
    """Quantity words. Mappings are from a form, as written or as a lemma, to its value.

    `currencies` and `symbols` give ISO 4217 codes; `codes` are the codes themselves; `measures` and
    `counted` give the plural that is stored in the record.
    """

    numbers: dict[str, int]
    magnitudes: dict[str, int]
    short_magnitudes: dict[str, int]
    symbols: dict[str, str]
    currencies: dict[str, str]
    codes: frozenset[str]
    measures: dict[str, str]
    counted: dict[str, str]
    approximate: frozenset[str]
    approximate_after: frozenset[str]
    people_verbs: frozenset[str]
    people_adjectives: frozenset[str]
    peoples: frozenset[str]


@functools.cache
def load_units(path: Path | None = None) -> UnitWords:
    """Load the quantity words; cached.

    Raises:
        KnowledgeError: A part is missing, unknown or of the wrong type, or a form has two values.
    """
    source = path or data_folder() / "lexicon" / "en" / "units.yaml"
    content, lines = load_yaml(source)
    if not isinstance(content, dict):
        raise KnowledgeError(where=source.name, message="not a mapping; see the file of the package")
    refuse_unknown(lines.at(content), content, {*_LISTS, *_NUMBERS, *_FORMS, "symbols"})
    for name in (*_LISTS, *_NUMBERS, *_FORMS, "symbols"):
        kind = list if name in _LISTS else dict
        if not isinstance(content.get(name), kind):
            raise KnowledgeError(where=source.name, message=f"{name!r} is not a {kind.__name__}; write one")
    codes = frozenset(content["currencies"])
    _check_codes({*content["symbols"].values()} - codes, "symbols", lines.at(content["symbols"]))
    _check_codes({code for code in codes if len(code) != 3}, "currencies", lines.at(content["currencies"]))
    numbers = {name: _integers(name, content, lines) for name in _NUMBERS}
    lists = {name: frozenset(map(str, content[name])) for name in _LISTS}
    return UnitWords(
        numbers=numbers["numbers"],
        magnitudes=numbers["magnitudes"],
        short_magnitudes=numbers["short_magnitudes"],
        symbols=content["symbols"],
        codes=codes,
        currencies=_forms("currencies", content, lines, keep_key=False),
        measures=_forms("measures", content, lines),
        counted=_forms("counted", content, lines),
        approximate=lists["approximate"],
        approximate_after=lists["approximate_after"],
        people_verbs=lists["people_verbs"],
        people_adjectives=lists["people_adjectives"],
        peoples=lists["peoples"],
    )


def _check_codes(wrong: set[str], name: str, where: str) -> None:
    if wrong:
        message = f"{name}: {min(wrong)!r} is not among the currencies; use an ISO 4217 code that is"
        raise KnowledgeError(where=where, message=message)


def _forms(name: str, content: dict[str, Any], lines: Lines, *, keep_key: bool = True) -> dict[str, str]:
    entries = content[name]
    found: dict[str, str] = {}
    for key, forms in entries.items():
        for form in {key.lower(), *map(str.lower, forms)} if keep_key else set(map(str.lower, forms)):
            if found.get(form, key) != key:
                message = f"{name}: {form!r} stands for both {found[form]!r} and {key!r}; keep one"
                raise KnowledgeError(where=lines.at(forms), message=message)
            found[form] = key
    return found


def _integers(name: str, content: dict[str, Any], lines: Lines) -> dict[str, int]:
    try:
        return {word: int(value) for word, value in content[name].items()}
    except (TypeError, ValueError) as error:
        raise KnowledgeError(
            where=lines.at(content[name]), message=f"{name}: {error}; give a number"
        ) from error
