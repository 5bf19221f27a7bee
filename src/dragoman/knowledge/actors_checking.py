"""Consistency checks of the actor data that loading does not perform."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors_reading import Entry, Gazette, read_folder
from dragoman.knowledge.loading import data_folder
from dragoman.knowledge.names import is_acronym
from dragoman.knowledge.offices import OVERLAP, SINGLE_OFFICES, Person, load_persons

_ID = re.compile(r"[A-Z0-9][A-Z0-9-]*")
_COUNTRY = re.compile(r"[A-Z]{3}")
# Codes in country fields that are not countries: organisations, the United Nations, the Union, the West.
_BLOCS = frozenset({"IGO", "UNO", "EUR", "WST"})


def check_actors(folder: Path | None = None) -> list[str]:
    """Check the files of an actor folder for consistency.

    Finds errors that the schema cannot express: a strong name shared by two actors, members and successors
    that do not exist, dates out of order, two simultaneous holders of one office.

    Args:
        folder: The folder; None for that of the package.

    Returns:
        One line per error: location, problem, remedy. Empty if there are none.
    """
    place = folder or data_folder() / "actors"
    gazette = Gazette({}, [], [], {})
    try:
        read_folder(place, gazette)
        persons, _ = load_persons(sorted(place.glob("offices*.tsv")))
    except KnowledgeError as error:
        return [str(error)]
    # A user's folder may refer to the states and bodies of the package.
    known = gazette.entries if folder is None else {**_packaged(), **gazette.entries}
    return [
        *_shared_names(gazette),
        *(fault for entry in gazette.entries.values() for fault in _entry_faults(entry, known)),
        *_person_faults(persons, known),
        *_overlaps(persons),
    ]


def _packaged() -> dict[str, Entry]:
    gazette = Gazette({}, [], [], {})
    read_folder(data_folder() / "actors", gazette)
    return gazette.entries


def _shared_names(gazette: Gazette) -> list[str]:
    """Find case-sensitive names shared by two actors that exist at the same time."""
    owners: dict[str, set[str]] = defaultdict(set)
    for surface, _ in gazette.surfaces:
        if surface.form == "short":
            continue
        owners[surface.text if is_acronym(surface.text) else surface.text.lower()].add(surface.target)
    return [
        f"{name!r} names {' and '.join(sorted(keys))}: leave it to one, or write the other out in full"
        for name, keys in sorted(owners.items())
        if len(keys) > 1 and _coexist([gazette.entries[key] for key in keys])
    ]


def _coexist(entries: list[Entry]) -> bool:
    starts = [entry.start or dt.date.min for entry in entries]
    ends = [entry.end or dt.date.max for entry in entries]
    return max(starts) <= min(ends)


def _entry_faults(entry: Entry, known: dict[str, Entry]) -> list[str]:
    faults = []
    if not _ID.fullmatch(entry.id):
        faults.append(f"{entry.id}: an id is made of capitals, figures and hyphens")
    if entry.country and entry.country not in known and entry.country not in _BLOCS:
        faults.append(f"{entry.id}: country {entry.country!r} is no state of states.yaml")
    if entry.start and entry.end and entry.end < entry.start:
        faults.append(f"{entry.id}: ends on {entry.end}, before it begins on {entry.start}")
    others = [m.country for m in entry.members] + list(entry.claimed_by)
    others += [key for key in (entry.parent, entry.successor) if key]
    faults += [f"{entry.id}: {key!r} is not in states.yaml" for key in others if key not in known]
    for member in entry.members:
        if member.country and member.country in known and not _COUNTRY.fullmatch(member.country):
            faults.append(f"{entry.id}: member {member.country!r} is not an alpha-3 code")
        if member.start and member.end and member.end < member.start:
            faults.append(f"{entry.id}: {member.country} leaves before it joins")
    return faults


def _person_faults(persons: dict[str, Person], known: dict[str, Entry]) -> list[str]:
    faults = []
    owners: dict[str, set[str]] = defaultdict(set)
    for person in persons.values():
        for name in person.names:
            owners[name.lower()].add(person.id)
        for tenure in person.tenures:
            if tenure.country not in known:
                faults.append(f"{person.id}: {tenure.country!r} is neither a state nor an organisation")
    faults += [
        f"{name!r} names {' and '.join(sorted(keys))}: leave it to one, or write the other out in full"
        for name, keys in sorted(owners.items())
        if len(keys) > 1
    ]
    return faults


def _overlaps(persons: dict[str, Person]) -> list[str]:
    """Find two simultaneous holders of one office of one country."""
    held = defaultdict(list)
    for person in persons.values():
        for tenure in person.tenures:
            if tenure.office in SINGLE_OFFICES:
                end = tenure.end or dt.date.max
                held[tenure.country, tenure.office].append((tenure.start, end, person.name))
    faults = []
    for (country, office), spells in held.items():
        spells.sort()
        for (_, end, name), (start, _, other) in pairwise(spells):
            if end - start > OVERLAP:
                faults.append(
                    f"{country} {office}: {name} and {other} both hold it on {start}: see the dates"
                )
    return faults
