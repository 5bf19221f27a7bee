"""Typed filters: names, codes and synonyms in any case, converted to an `EventFilter`.

An unknown value is an error that names similar values, never a filter that selects nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import functools
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.loading import data_folder, load_yaml
from dragoman.knowledge.names import fold
from dragoman.model.terms import CONTEXTS, EVENT_TYPES, FACTUALITIES, POLARITIES, QUAD_CLASSES
from dragoman.record.queries import EventFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.codebook import Codebook
    from dragoman.knowledge.issues import IssueBook
    from dragoman.record.reading import By
    from dragoman.record.store import Record

# The filters that name a party, and the record's key for each.
_PARTIES = ("actor", "recipient", "party", "speaker")
_NEAR = 3
# Vocabularies that a user's codebook may extend.
_OPEN_TERMS: dict[str, By] = {"event_type": "event_type", "event_mode": "event_mode", "context": "context"}
# Filters that are used unchanged.
_AS_GIVEN = ("firm", "text", "min_confidence", "background", "negations", "one_a_day", "limit")
# Filters by an id, and the command that lists the ids.
_IDS: tuple[tuple[Literal["document", "story", "entry"], str], ...] = (
    ("document", "dragoman documents"), ("story", "dragoman stories list"), ("entry", "dragoman entries"),
)  # fmt: skip


class FilterReader:
    """A reader of typed filters for one record.

    Args:
        record: The record to filter; None for filters that need no record.
        actors: Returns the actors; only called for a name that is not a key of the record.
        codebook: Returns the codebook; only called for terms that it defines.
        issues: Returns the known issues; only called for an issue.
    """

    def __init__(
        self,
        record: Record | None,
        *,
        actors: Callable[[], ActorBook],
        codebook: Callable[[], Codebook],
        issues: Callable[[], IssueBook],
    ) -> None:
        self._record = record
        self._actors = actors
        self._codebook = codebook
        self._issues = issues

    @property
    def known_issues(self) -> IssueBook:
        """The named issues."""
        return self._issues()

    def read(self, asked: Mapping[str, Any]) -> EventFilter:
        """Return the filter for typed values.

        Args:
            asked: Values by the names of `EventFilter`; None, "" and False do not restrict. `dyad` and
                `between` are two parties separated by a comma or ">", `issue` the id or the name of a known
                issue, or words.

        Raises:
            UsageError: A value is unknown; the message names similar ones. Or `since` is after `until`.
        """
        given = {name: value for name, value in asked.items() if value not in (None, "", False)}
        given |= {"firm": False} if asked.get("firm") is False else {}
        found: dict[str, Any] = {name: given[name] for name in _AS_GIVEN if name in given}
        found |= {name: self.party(given[name], name) for name in _PARTIES if name in given}
        for name in ("dyad", "between"):
            if name in given:
                one, other = self._pair(given[name], name)
                found[name] = f"{one}>{other}" if name == "dyad" else (one, other)
        found |= self._terms(given)
        found |= {name: self._id(given[name], name, lists) for name, lists in _IDS if name in given}
        if "publisher" in given:
            found["publisher"] = self._publisher(given["publisher"])
        if "place" in given:
            found["place"] = self._place(given["place"])
        if "issue" in given:
            found |= self._issue(given["issue"])
        found |= {name: read_day(given[name], name) for name in ("since", "until") if name in given}
        if "since" in found and "until" in found and found["since"] > found["until"]:
            message = f"since {found['since']} is after until {found['until']}; swap them"
            raise UsageError(message=message)
        unknown = given.keys() - found.keys() - {"issue"}
        if unknown:
            raise UsageError(message=f"no filter {min(unknown)!r}; {near(min(unknown), FILTER_NAMES)}")
        return EventFilter(**found)

    def _terms(self, given: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        terms = (
            ("event_type", EVENT_TYPES), ("quad_class", QUAD_CLASSES), ("factuality", FACTUALITIES),
            ("polarity", POLARITIES), ("context", CONTEXTS),
        )  # fmt: skip
        for name, values in terms:
            if name in given:
                found[name] = self._term(given[name], name, values)
        if "event_mode" in given:
            types = self._codebook().types.values()
            modes = sorted({mode for entry in types for mode in entry.modes})
            found["event_mode"] = self._term(given["event_mode"], "event_mode", modes)
        if "cameo" in given:
            found["cameo"] = self._cameo(str(given["cameo"]))
        return found

    def _term(self, typed: str, name: str, values: Sequence[str]) -> str:
        """Return a term of the package, of the codebook, or one that occurs only in this record."""
        try:
            return read_term(typed, name, values)
        except UsageError:
            by = _OPEN_TERMS.get(name)
            if by is None or self._record is None:
                raise
        book = self._codebook()
        own: dict[str, list[str]] = {
            "event_type": list(book.types), "context": list(book.contexts.definitions),
        }  # fmt: skip
        return read_term(
            typed, name, dict.fromkeys((*values, *own.get(name, []), *self._record.counts(by=by)))
        )

    def _cameo(self, code: str) -> str:
        known = self._codebook().cameo_codes
        if not any(each.startswith(code) for each in known):
            raise UsageError(message=f"no CAMEO code {code!r}; {near(code, sorted(known))}")
        return code

    def party(self, typed: str, name: str = "party") -> str:
        """Return the id of a party for an id, a code or any of its names.

        Raises:
            UsageError: No party has this name; the message names similar ones.
        """
        for key in (typed, typed.upper()):
            if self._record is not None and self._record.has_party(key):
                return key
        known = self.known_party(typed)
        if known is not None:
            return known
        keys = self._record.party_keys() if self._record is not None else []
        names = {**{fold(key): key for key in keys}, **self._names}
        raise UsageError(message=f"no {name} {typed!r}; {_near_parties(typed, names, self._actors())}")

    def known_party(self, typed: str) -> str | None:
        """Return the id of a known actor by an id or a name, in any case; None if there is none."""
        actors = self._actors()
        for key in (typed, typed.upper()):
            if actors.get(key) is not None:
                return key
        named = self._names.get(fold(typed)) or self._names.get(fold(typed.removeprefix("the ")))
        if named is not None:
            return named
        entry = actors.of_table(typed)
        if entry is not None:
            return entry.id
        found = actors.resolve(typed)
        # Words for a kind of people ("rebels") or for unknown people are not the name of an actor.
        if found is None or actors.get(found.id.partition(":")[0]) is None:
            return None
        # A part of a state is not the state: "the Russian army" is RUS:MIL; a town is not an actor.
        is_town = found.kind == "group" and found.sector == "CVL" and any(load_gazetteer().lookup(typed))
        return None if is_town else found.id

    def _id(self, typed: str, kind: Literal["document", "story", "entry"], lists: str) -> str:
        assert self._record is not None
        found = self._record.find_id(kind, typed)
        if found is None:
            message = f"no {kind} {typed!r} in this record; `{lists} --record FILE` shows them"
            raise UsageError(message=message)
        return found

    @functools.cached_property
    def _names(self) -> dict[str, str]:
        """Return ids by folded name, those of states first."""
        actors = self._actors()
        found: dict[str, str] = {}
        for entry in actors.entries.values():
            for name in (entry.name, *entry.names):
                found.setdefault(fold(name), entry.id)
        for person in actors.persons.values():
            for name in person.names:
                found.setdefault(fold(name), person.id)
        return found

    def _pair(self, typed: str | tuple[str, str], name: str) -> tuple[str, str]:
        if not isinstance(typed, str):
            one, other = typed
        else:
            one, _, other = typed.replace(">", ",", 1).partition(",")
        if not one.strip() or not other.strip():
            example = "RUS>UKR" if name == "dyad" else "RUS,UKR"
            raise UsageError(message=f"{name}={typed!r}: write two parties, as in {example}")
        return self.party(one.strip(), name), self.party(other.strip(), name)

    def _publisher(self, typed: str) -> str:
        assert self._record is not None
        publishers = self._record.publishers()
        for each in publishers:
            if each.casefold() == typed.casefold():
                return each
        raise UsageError(message=f"no publisher {typed!r} in this record; {near(typed, publishers)}")

    def _place(self, typed: str) -> str:
        assert self._record is not None
        places = {place.key: place for place in self._record.places()}
        if typed in places:
            return typed
        if typed.upper() in places:
            return typed.upper()
        named = [p for p in places.values() if p.name is not None and fold(p.name) == fold(typed)]
        if named:
            return named[0].key
        country = self.known_party(typed)
        if country in places:
            return str(country)
        names = sorted({p.name for p in places.values() if p.name is not None})
        raise UsageError(message=f"no place {typed!r} in this record; {near(typed, names)}")

    def _issue(self, typed: str) -> dict[str, Any]:
        for issue in self._issues().issues.values():
            if typed.casefold() in (issue.id.casefold(), issue.name.casefold()):
                return {"matter": issue.alternatives}
        return {"issue": typed}


FILTER_NAMES = tuple(sorted(
    {field for field in EventFilter.__struct_fields__ if field != "matter"}
))  # fmt: skip


def read_term(typed: str, name: str, values: Iterable[str]) -> str:
    """Return the value of a closed vocabulary for a typed word: any case, singular or plural, or a synonym.

    Raises:
        UsageError: There is none; the message names similar ones.
    """
    known = {_plain(value): value for value in values}
    synonyms = {
        _plain(word): value for value, words in filter_names().get(name, {}).items() for word in words
    }
    bare = _plain(typed)
    for form in (bare, bare.removesuffix("s"), bare.removesuffix("es"), bare.removesuffix("ing")):
        if form in known or form in synonyms:
            return known.get(form) or synonyms[form]
    said, means = name.replace("_", " "), {**synonyms, **known}
    raise UsageError(message=f"no {said} {typed!r}; {near(bare, means, means=means)}")


def near(typed: str, known: Iterable[str], *, means: Mapping[str, str] | None = None, most: int = 12) -> str:
    """Return a hint with the values similar to a typed one, or with all values if none is similar.

    Args:
        typed: What was typed.
        known: Values, and words for them.
        means: The value that each word means; a missing word means itself.
        most: Maximum number of values listed if none is similar.
    """
    values = {each: (means or {}).get(each, each) for each in known}
    letters = typed.casefold()
    holding = [each for each in values if len(letters) >= _NEAR and letters in each.casefold()]
    found = holding + difflib.get_close_matches(typed, list(values), n=_NEAR * 2, cutoff=0.6)
    chosen = list(dict.fromkeys(values[each] for each in found))[:_NEAR]
    if chosen:
        return f"did you mean {' or '.join(chosen)}?"
    every = sorted(set(values.values()))
    if not every:
        return "the record has none"
    return f"use one of {', '.join(every[:most])}" + (", ..." if len(every) > most else "")


def _near_parties(typed: str, names: Mapping[str, str], actors: ActorBook) -> str:
    found = difflib.get_close_matches(fold(typed), list(names), n=_NEAR * 2, cutoff=0.7)
    said = []
    for key in dict.fromkeys(names[each] for each in found):
        entry = actors.get(key)
        said.append(f"{entry.name} ({key})" if entry is not None else key)
    if said:
        return f"did you mean {' or '.join(said[:_NEAR])}?"
    return "give a state, an organisation or a person by name or id; `dragoman list actors` shows them"


def read_day(typed: str | dt.date, name: str) -> dt.date:
    """Return the day for YYYY-MM-DD, YYYY-MM or YYYY: the first day of a span, for `until` the last.

    Raises:
        UsageError: The value is not a day in one of these forms.
    """
    if isinstance(typed, dt.date):
        return typed
    try:
        parts = [int(part) for part in typed.split("-")]
        if len(parts) == 3:
            return dt.date.fromisoformat(typed)
        if len(parts) > 2 or len(typed.split("-")[0]) != 4:
            raise ValueError
        first = dt.date(parts[0], parts[1] if len(parts) == 2 else 1, 1)
        if name != "until":
            return first
        if len(parts) == 2:
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return first.replace(month=12, day=31)
    except ValueError:
        message = f"{name} {typed!r} is no day; write YYYY-MM-DD, YYYY-MM or YYYY"
        raise UsageError(message=message) from None


def explain_empty(record: Record, wanted: EventFilter) -> list[str]:
    """Explain an empty result: the number of events without each of the filters.

    Args:
        record: The record.
        wanted: A filter that selects no event.
    """
    default = EventFilter()
    names = [
        name
        for name in EventFilter.__struct_fields__
        if name not in ("limit", "background", "negations", "one_a_day")
        and getattr(wanted, name) != getattr(default, name)
    ]
    if not names:
        return ["the record holds no event"]
    found = []
    for name in names:
        without = msgspec.structs.replace(wanted, **{name: getattr(default, name)})
        found.append((record.total(without), name))
    lines = [
        f"without {_said(name, wanted)}: {total:,} event{'' if total == 1 else 's'}"
        for total, name in sorted(found, key=lambda pair: (-pair[0], pair[1]))
        if total
    ]
    if lines:
        return lines
    alone = []
    for name in names:
        only = msgspec.structs.replace(default, **{name: getattr(wanted, name)})
        alone.append(f"{_said(name, wanted)} alone: {record.total(only):,}")
    return ["each filter taken away by itself changes nothing", *alone]


def _said(name: str, wanted: EventFilter) -> str:
    value = getattr(wanted, name)
    if name == "matter":
        return "the issue"
    return f"{name.replace('_', ' ')} {','.join(value) if isinstance(value, tuple) else value}"


def _plain(typed: str) -> str:
    return typed.strip().casefold().replace("-", " ").replace("_", " ")


@functools.cache
def filter_names() -> dict[str, dict[str, list[str]]]:
    """Return the synonyms of filter values, by filter and value.

    Raises:
        KnowledgeError: The file is invalid.
    """
    path = data_folder() / "lexicon" / "en" / "filter_names.yaml"
    content, _ = load_yaml(path)
    if not isinstance(content, dict):
        raise KnowledgeError(where=path.name, message="not a mapping of filters")
    return content
