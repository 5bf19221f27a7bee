"""The gazetteer: place names and their locations.

One compressed table, read completely at the first lookup (see `load_gazetteer`). Its rows stay lines of text
until needed: most reports need a dozen of sixty thousand. GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import functools
import gzip
import re
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder
from dragoman.model.caching import kept_for_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_APOSTROPHES = str.maketrans("", "", "'’‘`ʼʻ´.")
_DASHES = re.compile(r"[-‐‑–—\s]+")
_COLUMNS = 8


class GazetteerPlace(NamedTuple):
    """One place of the table; `kind` is country, capital, city, province, sea, disputed and so on."""

    name: str
    kind: str
    country: str | None
    admin: str | None
    latitude: float | None
    longitude: float | None
    population: int
    geonames_id: int | None


class Candidate(NamedTuple):
    """A place that a name may refer to; `is_own_name` is False for foreign-language or former names."""

    place: GazetteerPlace
    is_own_name: bool


@functools.partial(kept_for_words, 4096)
def fold_name(name: str) -> str:
    """Return the table key of a name: without accents, apostrophes, dots or case; "St" is "Saint"."""
    plain = name if name.isascii() else _without_accents(name)
    folded = _DASHES.sub(" ", plain.translate(_APOSTROPHES)).strip().lower()
    return "saint " + folded[3:] if folded.startswith("st ") else folded


def _without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Gazetteer:
    """Places by name. Build it with `load_gazetteer`."""

    def __init__(self, rows: list[str], names: dict[str, str], demonyms: dict[str, str]) -> None:
        self._rows = rows
        self._names = names
        self._demonyms = demonyms
        self._words = max((key.count(" ") for key in names), default=0) + 1

    @property
    def longest_name(self) -> int:
        """The number of words of the longest name, at most eight."""
        return min(self._words, 8)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, name: str) -> bool:
        return fold_name(name) in self._names

    def lookup(self, name: str) -> list[Candidate]:
        """Return the places with a name, best known first; empty if there are none."""
        return self._candidates(self._names.get(fold_name(name)))

    def lookup_abbreviation(self, short: str) -> list[Candidate]:
        """Return the expansion of an abbreviation written with its full stop: "Pa.", "Calif."."""
        return self._candidates(self._names.get(short.lower())) if short.endswith(".") else []

    def _candidates(self, entry: str | None) -> list[Candidate]:
        if entry is None:
            return []
        return [
            Candidate(self._row(int(part.lstrip("~"))), not part.startswith("~")) for part in entry.split()
        ]

    def country_of_demonym(self, word: str) -> str | None:
        """Return the alpha-3 code of an adjective such as "Lebanese"."""
        return self._demonyms.get(fold_name(word))

    def _row(self, index: int) -> GazetteerPlace:
        return read_place(self._rows[index])


@contextmanager
def unpacked(path: Path, *, script: str) -> Iterator[bytes]:
    """Yield the content of a packed table.

    Raises:
        KnowledgeError: It is missing or corrupt, or the caller's decoding fails; the message names the script
            that rebuilds it.
    """
    try:
        yield gzip.decompress(path.read_bytes())
    except (OSError, EOFError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}; make it again with scripts/{script}"
        raise KnowledgeError(where=str(path), message=message) from error


def read_place(line: str) -> GazetteerPlace:
    """Return the place in a line of a table."""
    name, kind, country, admin, latitude, longitude, population, number = line.split("\t")
    known = kind != "country_only"
    return GazetteerPlace(
        name=name,
        kind="country" if not known else kind,
        country=country or None,
        admin=admin or None,
        latitude=float(latitude) if known else None,
        longitude=float(longitude) if known else None,
        population=int(population),
        geonames_id=int(number) if number else None,
    )


@functools.cache
def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """Load the table; cached.

    Args:
        path: A table made by scripts/build_gazetteer.py; by default that of the package.

    Raises:
        KnowledgeError: The table is missing or corrupt.
    """
    source = path or data_folder() / "gazetteer" / "places.tsv.gz"
    with unpacked(source, script="build_gazetteer.py") as content:
        parts = content.decode("utf-8").split("\n\n")
    if len(parts) != 4 or parts[1].count("\t") != (_COLUMNS - 1) * (parts[1].count("\n") + 1):
        message = "not a table of places; make it again with scripts/build_gazetteer.py"
        raise KnowledgeError(where=source.name, message=message)
    _, rows, names, demonyms = parts
    return Gazetteer(rows.split("\n"), _pairs(names), _pairs(demonyms))


def _pairs(block: str) -> dict[str, str]:
    flat = block.replace("\n", "\t").rstrip("\t").split("\t")
    return dict(zip(flat[::2], flat[1::2], strict=True))
