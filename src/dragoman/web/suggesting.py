"""Search suggestions while typing: actors by any name, dyads, issues, event types and reports."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.errors import UsageError
from dragoman.knowledge.names import fold
from dragoman.web.links import link
from dragoman.web.marks import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record.store import Record
    from dragoman.web.site import Site

# Separators between the two parties of a dyad.
_BETWEEN = re.compile(r"\s*(?:>|→|,|\s(?:toward|towards|and|vs\.?|against)\s)\s*", re.IGNORECASE)
_PARTNERS = 3


class Suggestion(msgspec.Struct, frozen=True):
    """A search suggestion.

    Attributes:
        kind: actor, dyad, issue, type or report.
        label: Its name.
        detail: A short description.
        href: The address of its page.
    """

    kind: str
    label: str
    detail: str
    href: str


class _Name(NamedTuple):
    folded: str
    id: str
    written: str


class Suggester:
    """Finder of suggestions by the beginning of a name. Created once per server.

    Args:
        site: Provides the names.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._names = list(_all_names(site))

    def suggest(self, record: Record, typed: str, *, limit: int = 8) -> list[Suggestion]:
        """Return a few suggestions of each kind, the most likely first."""
        words = fold(typed.strip())
        if not words:
            return []
        actors = self.actors(record, words, limit=limit)
        dyads = self.dyads(record, typed, actors)
        found = [*actors[: limit - _PARTNERS], *dyads, *self.topics(words)[:2]]
        return found[:limit] + self.reports(record, typed, limit=2)

    def actors(self, record: Record, words: str, *, limit: int) -> list[Suggestion]:
        """Return actors with a name in which a word begins with `words`; those on record first."""
        counts, unlisted = self._site.cached(("party counts",), lambda: self._parties(record))
        best: dict[str, tuple[int, int, str]] = {}
        for name in itertools.chain(self._names, unlisted):
            place = _place_in(words, name.folded)
            if place is None:
                continue
            rank = (place, -counts.get(name.id, 0), name.written)
            if name.id not in best or rank < best[name.id]:
                best[name.id] = rank
        on_record = sorted(best, key=lambda id: (best[id][1] == 0, best[id]))
        return [self._actor(id, best[id], counts.get(id, 0)) for id in on_record[:limit]]

    def _parties(self, record: Record) -> tuple[dict[str, int], list[_Name]]:
        """Return the events of each party on record, and the names of parties known only from reports."""
        counts = record.counts(by="party")
        names = {key: self._site.name(key) for key in counts if self._site.actors.get(key) is None}
        return counts, [_Name(fold(name), key, name) for key, name in names.items()]

    def _actor(self, id: str, rank: tuple[int, int, str], count: int) -> Suggestion:
        name = self._site.name(id)
        also = f"{rank[2]}; " if fold(rank[2]) != fold(name) else ""
        detail = f"{also}{_events(count)}" if count else f"{also}not on record"
        return Suggestion("actor", name, detail, link("/dossiers/actor", id=id))

    def dyads(self, record: Record, typed: str, actors: list[Suggestion]) -> list[Suggestion]:
        """Return the dyads of two names, or the most active dyads of the first actor found."""
        parts = [part for part in _BETWEEN.split(typed.strip()) if part]
        if len(parts) == 2:
            reader = self._site.filters(record)
            try:
                one, other = (reader.party(part.strip()) for part in parts)
            except UsageError:
                return []
            return [self._dyad(one, other), self._dyad(other, one)]
        if not actors or fold(actors[0].label) != fold(typed.strip()):
            return []
        edges = self._site.cached(("all edges",), lambda: record.network(limit=2000))
        own = [edge for edge in edges if self._site.name(edge.actor) == actors[0].label]
        return [self._dyad(edge.actor, edge.recipient, edge.events) for edge in own[:_PARTNERS]]

    def _dyad(self, one: str, other: str, events: int | None = None) -> Suggestion:
        name = self._site.name
        detail = "what the first did toward the second" if events is None else _events(events)
        return Suggestion(
            "dyad", f"{name(one)} → {name(other)}", detail, link("/dossiers/dyad", actor=one, recipient=other)
        )

    def topics(self, words: str) -> list[Suggestion]:
        """Return issues and event types by name."""
        issues = [
            Suggestion("issue", issue.name, "an issue", link("/dossiers/issue", id=issue.id))
            for issue in self._site.issues.issues.values()
            if _place_in(words, fold(issue.name)) is not None
        ]
        types = [
            Suggestion("type", name, shorten(entry.definition, 60), f"/codebook/{name}")
            for name, entry in self._site.codebook.types.items()
            if name.lower().startswith(words)
        ]
        return types + issues

    def reports(self, record: Record, typed: str, *, limit: int) -> list[Suggestion]:
        """Return reports that contain all words, the last of which may be incomplete."""
        try:
            found = record.search(f"{typed.strip().rstrip('*')}*", limit=limit)
        except UsageError:
            return []
        return [
            Suggestion(
                "report", shorten(each.title or each.document_id, 70),
                " · ".join(str(part) for part in (each.published_on, each.publisher) if part),
                link("/report", id=each.document_id),
            )
            for each in found
        ]  # fmt: skip


def _all_names(site: Site) -> Iterator[_Name]:
    for entry in site.actors.entries.values():
        for written in dict.fromkeys((entry.name, *entry.names, entry.id)):
            yield _Name(fold(written), entry.id, written)
    for person in site.actors.persons.values():
        for written in dict.fromkeys((person.name, *person.names)):
            yield _Name(fold(written), person.id, written)


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"


def _place_in(words: str, name: str) -> int | None:
    """Return 0 if a name equals the words, 1 if it begins with them, 2 if a later word does, else None."""
    if name == words:
        return 0
    if name.startswith(words):
        return 1
    return 2 if f" {words}" in name else None
