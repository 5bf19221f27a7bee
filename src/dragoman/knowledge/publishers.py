"""Publishers that speak for a state or a body: the referent of "we" in texts of a ministry or an army."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dragoman.knowledge.actors import ActorBook, NameMatch

_OFFICIAL_SECTORS = frozenset({None, "GOV", "MIL", "IGO"})
# Country codes of intergovernmental bodies in the tables.
_NO_STATE = "IGO"
_OFFICIAL_KINDS = frozenset({"state", "territory", "organisation"})


class Publishers(msgspec.Struct, frozen=True):
    """Official publishers. `hosts` maps endings of host names, `names` full names to an actor id.

    `words` turn the name of a state into that of its government ("Government of Norway", never "France 24").
    """

    hosts: dict[str, str]
    names: dict[str, str]
    words: tuple[str, ...]

    def id_of(
        self, *, publisher: str | None, url: str | None, actors: ActorBook, on: dt.date | None = None
    ) -> str | None:
        """Return the id of the state or body that a report's publisher speaks for, or None.

        Args:
            publisher: The publisher's name.
            url: The address of the report.
            actors: The known actors, used to look up the publisher's name.
            on: The day of the report.
        """
        if publisher and publisher in self.names:
            return self.names[publisher]
        for match in actors.find_in_phrase(publisher, on=on) if publisher else ():
            official = match.sector in _OFFICIAL_SECTORS and match.kind in _OFFICIAL_KINDS
            if official and (match.kind == "organisation" or self._is_government(publisher or "")):
                return _speaks_for(match)
        host = _host_of(url)
        endings = [ending for ending in self.hosts if host and f".{host}".endswith(_dotted(ending))]
        return self.hosts[max(endings, key=len)] if endings else None

    def _is_government(self, publisher: str) -> bool:
        return any(f" {word}" in f" {publisher.lower()}" for word in self.words)


def _speaks_for(match: NameMatch) -> str:
    """Return the state of an office or army; an intergovernmental body speaks for itself."""
    return match.id if match.country in (None, _NO_STATE) else match.country


def _host_of(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        # A URL field may be invalid.
        return None


def _dotted(ending: str) -> str:
    return ending if ending.startswith(".") else f".{ending}"


@functools.cache
def load_publishers(path: Path | None = None) -> Publishers:
    """Load the official publishers; cached.

    Raises:
        KnowledgeError: A part is missing, unknown or of the wrong type.
    """
    source = path or data_folder() / "actors" / "publishers.yaml"
    content, lines = load_yaml(source)
    if not isinstance(content, dict):
        raise KnowledgeError(where=source.name, message="not a mapping; give hosts, names and words")
    refuse_unknown(lines.at(content), content, {"hosts", "names", "words"})
    try:
        return msgspec.convert(content, Publishers)
    except msgspec.ValidationError as error:
        raise KnowledgeError(where=source.name, message=f"{error}; see the file of the package") from error
