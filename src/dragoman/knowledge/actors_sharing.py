"""Disambiguation of short names that several actors share: RSF, SDF, the Labour Party.

Among the actors that share a name, the report refers to the one it names in full, else the one whose country
is adjacent to the name, else the one whose country is the only one of theirs that it names, else the default
one, unless the report names only other countries. Otherwise the name stays unresolved: an ambiguous name is
not guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dragoman.knowledge.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.knowledge.actors_reading import Entry
    from dragoman.knowledge.name_match import NameMatch

# Maximum distance of a preposition before a country, in characters.
_NEAR = 16
_IN_BRACKETS = re.compile(r" \(([A-Z][\w.&-]{1,9})\)")
_EXPANDED = re.compile(
    r"((?:[A-Z][\w'’-]*[ -](?:(?:of|for|the|and|in|de|to|on)[ -])*){2,8}) ?\(([A-Z][A-Za-z]{1,8})\)"
)
# The ending of every expanded name: searching for it first is faster.
_SHORT = re.compile(r"\([A-Z][A-Za-z]{1,8}\)")
# Between a country and its body: "Jamaica's Labour Party", "the Labour Party of Norway".
_OWNING = re.compile(r"['’]?s? (?:ruling |main |opposition |governing )?")
_OWNED = re.compile(r" (?:of|in|from) (?:the )?")
# Before a country: "in Kenya", "Nairobi, Kenya"; and after its adjective: "two Kenyan towns".
_PLACING = re.compile(r"(?:\b(?:in|at|from|near|across) (?:[a-z]+ )?|, )$")
_PLACED = re.compile(r" (?:cit(?:y|ies)|towns?|villages?|provinces?|soil|territory)\b")
# Sectors of bodies that foreign reports seldom mention without naming their country.
_AT_HOME = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY"})
# Country codes of intergovernmental bodies.
BODIES_OF_STATES = frozenset({"IGO", "UNO", "EUR", "WST"})


class Report(NamedTuple):
    """The evidence of one text about its names.

    `learned` maps the short names it introduces to the actor, or to the words of an actor in no table.
    `named` are the actors and `countries` the countries that it names unambiguously.
    """

    learned: dict[str, NameMatch | str]
    named: frozenset[str]
    countries: frozenset[str]
    sure: tuple[NameMatch, ...]


def report_of(text: str, sure: Sequence[NameMatch]) -> Report:
    """Collect the evidence of a text from its unambiguous names."""
    return Report(
        learned=_learned(text, sure) if "(" in text else {},
        named=frozenset(match.id for match in sure),
        countries=frozenset(match.country for match in sure if match.country),
        sure=tuple(sure),
    )


def _learned(text: str, sure: Sequence[NameMatch]) -> dict[str, NameMatch | str]:
    """Read the short names in brackets after a full name."""
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
    """Return True if a full name is another spelling of an actor's name: *World Trade Organisation*."""
    told = _stems(words)
    return any(len(told & _stems(name)) * 2 > len(told) for name in entry.names)


def _stems(words: str) -> set[str]:
    return {fold(word)[:4] for word in re.findall(r"[A-Z][\w'’]+", words)}


def _spells(short: str, words: str) -> bool:
    """Return True if the initial capitals at the end of a word sequence spell an abbreviation."""
    capitals = "".join(word[0] for word in re.findall(r"[A-Z][\w'’]*", words))
    return capitals.endswith(short.upper()) and short.upper() == short


def _abbreviates(short: str, words: str) -> bool:
    """Return True if a name contains the letters of an abbreviation in order, beginning with its first."""
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
    """Choose among the actors that share a name at an offset of a text.

    Args:
        text: The whole text.
        start: Start offset of the name.
        end: End offset of the name.
        rivals: The actors with this name that exist on the day.
        owner: The default actor in the absence of contrary evidence, if any.
        report: The evidence of the text about its names.
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
        # Armed groups also act in the countries of their namesakes; a body is not guessed.
        is_group = owner is not None and owner.kind == "armed_group"
        return owner if is_group and owner in of_countries else None
    return None if owner is not None and _is_abroad(owner, report) else owner


def _is_at_home(text: str, start: int, entry: Entry, report: Report) -> bool:
    """Return True if a report names an actor's country as its location, not only as the other side.

    In "The Supreme Court allowed the deportation of Venezuelan migrants" the court is not Venezuela's. Armed
    groups are located where their enemies are.
    """
    if entry.kind != "organisation":
        return True
    found = (match for match in report.sure if match.country in entry.countries)
    # The table lists the other countries in which it acts.
    return any(
        match.country != entry.country or match.end <= start or _is_place(text, match) for match in found
    )


def _is_place(text: str, match: NameMatch) -> bool:
    """Return True unless a name is that of a state that is not used as a location."""
    if match.kind not in ("state", "territory"):
        return True
    before = text[max(0, match.start - _NEAR) : match.start]
    return bool(_PLACING.search(before) or _PLACED.match(text, match.end))


def _is_abroad(owner: Entry, report: Report) -> bool:
    """Return True if a report names other countries but not that of a body: there the name is another's.

    Armed groups cross borders, the press and firms operate abroad, and bodies without a country have no
    namesakes there.
    """
    if owner.kind != "organisation" or owner.country in (None, *BODIES_OF_STATES):
        return False
    if owner.sector_on(None) not in _AT_HOME:
        return False
    return bool(report.countries - BODIES_OF_STATES) and not owner.countries & report.countries


def _countries_beside(text: str, start: int, end: int, sure: Iterable[NameMatch]) -> set[str]:
    """Return the countries of the names directly before or after a span, which may own the name there."""
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
