"""Short names that several actors share, distinguished by the report: RSF, SDF, the Labour Party.

Of two actors of one name the report means the one it names in full, else the one whose country stands
beside the name, else the one whose country is the only one of theirs that it names, else the one of them it
usually is, unless the report names only other countries. Else nobody: a name that may be several is not
guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.knowledge.actors_reading import Entry
    from dragoman.knowledge.name_match import NameMatch

# How far before a country a preposition is looked for, in characters.
_NEAR = 16
_IN_BRACKETS = re.compile(r" \(([A-Z][\w.&-]{1,9})\)")
_EXPANDED = re.compile(
    r"((?:[A-Z][\w'’-]*[ -](?:(?:of|for|the|and|in|de|to|on)[ -])*){2,8}) ?\(([A-Z][A-Za-z]{1,8})\)"
)
# What every expanded name ends in: looking for that first is quicker.
_SHORT = re.compile(r"\([A-Z][A-Za-z]{1,8}\)")
# Between a country and what is its own: "Jamaica's Labour Party", "the Labour Party of Norway".
_OWNING = re.compile(r"['’]?s? (?:ruling |main |opposition |governing )?")
_OWNED = re.compile(r" (?:of|in|from) (?:the )?")
# Before a country: "in Kenya", "Nairobi, Kenya"; and behind its adjective: "two Kenyan towns".
_PLACING = re.compile(r"(?:\b(?:in|at|from|near|across) (?:[a-z]+ )?|, )$")
_PLACED = re.compile(r" (?:cit(?:y|ies)|towns?|villages?|provinces?|soil|territory)\b")
# Sectors of bodies that texts of other countries seldom speak of without naming their own.
_AT_HOME = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY"})
# What bodies of several states have for a country.
BODIES_OF_STATES = frozenset({"IGO", "UNO", "EUR", "WST"})


class Report(NamedTuple):
    """What one text says of its names.

    `learned` are the short names it explains: the actor, or the words of an actor of no table. `named` are
    actors and `countries` countries that it names in words that nobody shares.
    """

    learned: dict[str, NameMatch | str]
    named: frozenset[str]
    countries: frozenset[str]
    sure: tuple[NameMatch, ...]


def report_of(text: str, sure: Sequence[NameMatch]) -> Report:
    """Gather what a text says of its names from those that are beyond doubt."""
    return Report(
        learned=_learned(text, sure) if "(" in text else {},
        named=frozenset(match.id for match in sure),
        countries=frozenset(match.country for match in sure if match.country),
        sure=tuple(sure),
    )


def _learned(text: str, sure: Sequence[NameMatch]) -> dict[str, NameMatch | str]:
    """Read the short names that a text puts in brackets after a name in full."""
    found: dict[str, NameMatch | str] = {}
    for known in _EXPANDED.finditer(text) if _SHORT.search(text) else ():
        if _spells(known[2], known[1]):
            found[known[2]] = known[1]
    for match in sure:
        short = _IN_BRACKETS.match(text, match.end)
        if not short or match.form != "name" or match.kind == "person":
            continue
        if _abbreviates(short[1], match.text) or short[1] in found:
            found[short[1]] = match
    return found


def is_same_body(words: str, entry: Entry) -> bool:
    """Return True if a name in full is another spelling of an actor's: *World Trade Organisation*."""
    told = _stems(words)
    return any(len(told & _stems(name)) * 2 > len(told) for name in entry.names)


def _stems(words: str) -> set[str]:
    return {fold(word)[:4] for word in re.findall(r"[A-Z][\w'’]+", words)}


def _spells(short: str, words: str) -> bool:
    """Return True if the capitals at the end of some words spell an abbreviation."""
    capitals = "".join(word[0] for word in re.findall(r"[A-Z][\w'’]*", words))
    return capitals.endswith(short.upper()) and short.upper() == short


def _abbreviates(short: str, words: str) -> bool:
    """Return True if the letters of an abbreviation stand in a name in their order, from its first on."""
    low, at = fold(words), 0
    if low[:1] != short[:1].lower():
        return False
    for letter in fold(short):
        at = low.find(letter, at) + 1
        if at == 0:
            return False
    return True


def choose(
    text: str, start: int, end: int, rivals: Sequence[Entry], owner: Entry | None, report: Report
) -> Entry | None:
    """Choose among the actors that share a name at a place of a text.

    Args:
        text: The whole text.
        start: Where the name begins.
        end: Where it ends.
        rivals: The actors of this name that exist on the day.
        owner: The one of them that the name means where nothing speaks against it, if any.
        report: What the text says of its names.
    """
    by_name = [entry for entry in rivals if entry.id in report.named]
    if len(by_name) == 1:
        return by_name[0]
    beside = _countries_beside(text, start, end, report.sure)
    if beside:
        return _only(entry for entry in rivals if entry.countries & beside)
    of_countries = [entry for entry in rivals if entry.countries & report.countries]
    if len(of_countries) == 1:
        only = of_countries[0]
        return only if only is owner or _is_at_home(text, start, only, report) else None
    if of_countries:
        # Armed groups act in the countries of their namesakes too; a body is not guessed.
        is_group = owner is not None and owner.kind == "armed_group"
        return owner if is_group and owner in of_countries else None
    return None if owner is not None and _is_abroad(owner, report) else owner


def _is_at_home(text: str, start: int, entry: Entry, report: Report) -> bool:
    """Return True if a report names the country of an actor as where it is, not only as the other side.

    "The Supreme Court allowed the deportation of Venezuelan migrants" is not Venezuela's. Armed groups are
    where their enemies are.
    """
    if entry.kind != "organisation":
        return True
    told = (match for match in report.sure if match.country in entry.countries)
    return any(match.end <= start or _is_place(text, match) for match in told)


def _is_place(text: str, match: NameMatch) -> bool:
    """Return True unless a name is that of a state which is not named as the place of something."""
    if match.kind not in ("state", "territory"):
        return True
    before = text[max(0, match.start - _NEAR) : match.start]
    return bool(_PLACING.search(before) or _PLACED.match(text, match.end))


def _is_abroad(owner: Entry, report: Report) -> bool:
    """Return True if a report names other countries and not that of a body: its name is another's there.

    Armed groups cross borders, the press and firms are at work abroad, and bodies of no country have no
    namesakes there.
    """
    if owner.kind != "organisation" or owner.country in (None, *BODIES_OF_STATES):
        return False
    if owner.sector_on(None) not in _AT_HOME:
        return False
    return bool(report.countries - BODIES_OF_STATES) and not owner.countries & report.countries


def _countries_beside(text: str, start: int, end: int, sure: Iterable[NameMatch]) -> set[str]:
    """Return the countries of the names right before or behind a place: whose the name there is."""
    found = set()
    for match in sure:
        before = match.end <= start and _OWNING.fullmatch(text, match.end, start)
        after = match.start >= end and _OWNED.fullmatch(text, end, match.start)
        if match.country and match.kind in ("state", "territory") and (before or after):
            found.add(match.country)
    return found


def _only(entries: Iterable[Entry]) -> Entry | None:
    found = list(entries)
    return found[0] if len(found) == 1 else None
