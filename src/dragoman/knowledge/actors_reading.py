"""Reading and validation of the actor data files: states, organisations, armed groups."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import (
    Lines,
    data_folder,
    load_yaml,
    refuse_unknown,
    refuse_unknown_files,
)
from dragoman.knowledge.names import Surface, fold, is_acronym
from dragoman.knowledge.roles import SECTORS
from dragoman.model.terms import ACTOR_KINDS, ActorKind

_COMMON = {
    "name",
    "names",
    "kind",
    "country",
    "sector",
    "from",
    "to",
    "person_like",
    "unless",
    "members",
    "short",
    "tables",
    "active",
    "given_like",
    "parent",
}
_STATE = _COMMON | {"demonyms", "capital", "seats", "claimed_by", "recognised", "successor"}
_ALLOWED = {"states": _STATE, "organisations": _STATE, "groups": _COMMON | {"demonyms"}}
_KINDS: dict[str, ActorKind] = {"states": "state", "organisations": "organisation", "groups": "armed_group"}

FILES = ("states", "organisations", "groups")
# Files allowed in an actor folder; that of the package also has tables for other uses.
FOLDER_FILES = (*(f"{stem}.yaml" for stem in FILES), "not_actors.yaml", "places.yaml", "offices*.tsv")

# The type of each key's value; keys not listed are text.
_LISTS = frozenset({
    "names", "short", "tables", "active", "unless", "person_like", "given_like", "members", "demonyms",
    "capital", "claimed_by",
})  # fmt: skip
_RECOGNISED = ("partly",)


class Membership(msgspec.Struct, frozen=True):
    """Membership of a country in an organisation from `start` to `end`; None is unlimited."""

    country: str
    start: dt.date | None
    end: dt.date | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A state, territory, organisation or group in the data files.

    `sectors` are pairs of first day (None: always) and sector; the last one begun applies.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[tuple[dt.date | None, str | None], ...]
    names: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    parent: str | None = None
    successor: str | None = None
    claimed_by: tuple[str, ...] = ()
    partly_recognised: bool = False
    members: tuple[Membership, ...] = ()
    person_like: frozenset[str] = frozenset()
    unless: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    given_like: frozenset[str] = frozenset()

    @property
    def countries(self) -> frozenset[str]:
        """The countries that are evidence for a shared name: its own, and those it is active in."""
        return frozenset(self.active) | ({self.country} if self.country else frozenset())

    def sector_on(self, day: dt.date | None) -> str | None:
        """Return the sector on a day; without a day, the latest."""
        fitting = [s for first, s in self.sectors if first is None or day is None or first <= day]
        return fitting[-1] if fitting else None


class Gazette(msgspec.Struct):
    """The content of one or more folders: entries by id, and all their spellings."""

    entries: dict[str, Entry]
    surfaces: list[tuple[Surface, str | None]]
    blocked: list[str]
    places: dict[str, str]


def read_folder(folder: Path, into: Gazette) -> None:
    """Read states, organisations, groups and not_actors of one folder; later entries replace earlier ones.

    Raises:
        KnowledgeError: A file breaks the schema, or two entries of the folder share an id.
    """
    if folder.resolve() != (data_folder() / "actors").resolve():
        refuse_unknown_files(folder, FOLDER_FILES, what="a folder of actors")
    seen: dict[str, str] = {}
    for stem in FILES:
        path = folder / f"{stem}.yaml"
        if not path.exists():
            continue
        content, lines = load_yaml(path)
        if content is not None and not isinstance(content, dict):
            raise KnowledgeError(where=path.name, message="is not a mapping; write ID: {name: ...}")
        for key, given in (content or {}).items():
            if key in seen:
                message = f"the id {key!r} is also in {seen[key]}; give one of them another id"
                raise KnowledgeError(where=lines.at(given), message=message)
            seen[key] = path.name
            if key in into.entries:
                into.surfaces = [pair for pair in into.surfaces if pair[0].target != key]
            _read_entry(key, given, stem, lines, into)
    blockers = folder / "not_actors.yaml"
    if blockers.exists():
        content, lines = load_yaml(blockers)
        into.blocked.extend(_texts(content or [], lines.at(content), "not_actors"))
    places = folder / "places.yaml"
    if places.exists():
        content, lines = load_yaml(places)
        if not isinstance(content, dict):
            raise KnowledgeError(where=places.name, message="is not a mapping; write GON: [Ithilien]")
        for country, names in content.items():
            read = _texts(names, lines.at(content if isinstance(names, str) else names), country)
            into.places.update((fold(name), country) for name in read)


def _read_entry(key: str, given: Any, stem: str, lines: Lines, into: Gazette) -> None:
    where = lines.at(given)
    if not isinstance(given, dict) or not given.get("name"):
        raise KnowledgeError(where=where, message=f"{key}: an entry needs a name; write NAME under it")
    refuse_unknown(f"{where}: {key}", given, _ALLOWED[stem])
    _check_shapes(key, given, where)
    kind: ActorKind = given.get("kind") or _KINDS[stem]
    country = given.get("country")
    if country is None and stem == "states":
        country = key
    default = "REB" if stem == "groups" else ""
    sectors = _sectors(given.get("sector", default), f"{where}: {key}")
    names = (given["name"], *given.get("names", ()))
    into.entries[key] = Entry(
        id=key,
        name=given["name"],
        kind=kind,
        country=country or None,
        sectors=sectors,
        names=names,
        start=_day(given.get("from"), where),
        end=_day(given.get("to"), where),
        parent=given.get("parent"),
        successor=given.get("successor"),
        claimed_by=tuple(given.get("claimed_by", ())),
        partly_recognised=given.get("recognised") == "partly",
        members=tuple(_membership(m, where) for m in given.get("members", ())),
        person_like=frozenset(given.get("person_like", ())),
        unless=tuple(given.get("unless", ())),
        tables=tuple(given.get("tables", ())),
        active=tuple(given.get("active", ())),
        given_like=frozenset(given.get("given_like", ())),
    )
    into.surfaces.extend(_surfaces(key, given, names))


def _check_shapes(key: str, given: dict[str, Any], where: str) -> None:
    """Reject values of the wrong type and values that are not in the closed list of their key."""
    for name, value in given.items():
        if name in _LISTS:
            _texts(value, where, f"{key}: {name}")
        elif name == "seats":
            _check_seats(key, value, where)
        elif name != "sector" and not isinstance(value, str):
            raise KnowledgeError(where=where, message=f"{key}: {name} is {value!r}; write words")
    for name, allowed in (("kind", ACTOR_KINDS), ("recognised", _RECOGNISED)):
        if name in given and given[name] not in allowed:
            message = f"{key}: {name} is {given[name]!r}; use one of {', '.join(allowed)}"
            raise KnowledgeError(where=where, message=message)


def _check_seats(key: str, value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise KnowledgeError(where=where, message=f"{key}: seats is {value!r}; write {{White Tower: GOV}}")
    for seat, sector in value.items():
        if sector not in SECTORS:
            message = f"{key}: {seat}: unknown sector {sector!r}; use one of {', '.join(sorted(SECTORS))}"
            raise KnowledgeError(where=where, message=message)


def _texts(value: Any, where: str, what: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise KnowledgeError(where=where, message=f"{what} is {value!r}; write a list: [one, two]")
    return value


def _surfaces(key: str, given: dict[str, Any], names: tuple[str, ...]) -> list[tuple[Surface, str | None]]:
    """Return every spelling of an entry; the second of each pair is the sector a seat stands for."""
    found: list[tuple[Surface, str | None]] = []
    for name in names:
        form = "acronym" if is_acronym(name) else "name"
        found.append((Surface(_bare(name), form, key), None))
    found.extend((Surface(name, "short", key), None) for name in given.get("short", ()))
    for word in given.get("demonyms", ()):
        forms = [word, word + "s"] if _takes_s(word) else [word]
        found.extend((Surface(form, "demonym", key), None) for form in forms)
    for city in given.get("capital", ()):
        found.append((Surface(city, "capital", key), "GOV"))
    for seat, sector in (given.get("seats") or {}).items():
        found.append((Surface(seat, "seat", key), sector))
    return found


def _bare(name: str) -> str:
    """Strip a leading article, unless the article is part of the name ("the West")."""
    if fold(name).startswith("the ") and len(name.split()) > 2:
        return name[4:]
    return name


def _takes_s(word: str) -> bool:
    return not is_acronym(word) and not word.endswith(("ese", "sh", "ch", "s", "z", "x", "men", "man", "."))


def _sectors(written: Any, where: str) -> tuple[tuple[dt.date | None, str | None], ...]:
    """Read `GOV`, nothing, or a list of `SECTOR` and `SECTOR from`."""
    parts = written if isinstance(written, list) else [written]
    read: list[tuple[dt.date | None, str | None]] = []
    for part in parts:
        code, _, first = str(part).partition(" ")
        if code and code not in SECTORS:
            message = f"unknown sector {code!r}; use one of {', '.join(sorted(SECTORS))}"
            raise KnowledgeError(where=where, message=message)
        read.append((_day(first or None, where), code or None))
    return tuple(read)


def _membership(written: str, where: str) -> Membership:
    """Read `CODE`, `CODE from`, `CODE ..to` or `CODE from..to`."""
    code, _, time = written.partition(" ")
    first, _, last = time.partition("..")
    return Membership(code, _day(first or None, where), _day(last or None, where))


def _day(written: str | None, where: str) -> dt.date | None:
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise KnowledgeError(where=where, message=f"{written!r} is not a date; write YYYY-MM-DD") from error
