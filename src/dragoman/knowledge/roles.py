"""Role nouns: the sector that a word implies ("soldiers": MIL)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import KnowledgeError
from dragoman.knowledge.loading import Lines, data_folder, load_yaml, refuse_unknown
from dragoman.knowledge.names import fold

SECTORS = frozenset({
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "IGO", "NGO", "CVL", "BUS", "MED", "EDU", "REL",
    "CRM", "REF", "LAB", "AGR", "LEG", "JRN", "UAF", "PRM", "PRE", "ELI", "HLH", "SOC", "MNC", "UNK",
})  # fmt: skip
# Sectors that end with the office; others (rebels, opposition) do not.
LEFT_WITH_OFFICE = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP", "IGO"})
# "Women's group" is looked up as "women group", "miners' union" as "miners union".
_POSSESSIVE = re.compile(r"'s?(?= )")
_KEYS = {
    "strong", "weak", "unknown", "junk", "former", "partitive", "offices", "titles", "openers",
    "common_surnames", "private_titles", "ranks", "given_names", "serving",
    "bodies",
}  # fmt: skip


class Role(NamedTuple):
    """The sector of a role noun; a weak one yields to a more specific neighbour."""

    sector: str
    is_strong: bool


class RoleLexicon(NamedTuple):
    """The role words of one language, with folded keys; phrases have single spaces."""

    roles: dict[str, Role]
    longest_phrase: int
    unknown: frozenset[str]
    junk: frozenset[str]
    former: frozenset[str]
    partitive: frozenset[str]
    offices: dict[str, str]
    titles: frozenset[str]
    openers: frozenset[str]
    common_surnames: frozenset[str]
    private_titles: frozenset[str]
    ranks: frozenset[str]
    given_names: frozenset[str]
    serving: frozenset[str]
    bodies: dict[str, str]


def load_roles(path: Path | None = None) -> RoleLexicon:
    """Load the role nouns.

    Raises:
        KnowledgeError: The file has an unknown key or sector, or one word with two sectors.
    """
    content, lines = load_yaml(path or data_folder() / "lexicon" / "en" / "roles.yaml")
    refuse_unknown(lines.at(content), content, _KEYS)
    roles: dict[str, Role] = {}
    for strength in ("strong", "weak"):
        _read_roles(content.get(strength, {}), strength == "strong", roles, lines)
    offices = {fold(word): code for code, words in content["offices"].items() for word in words}
    lists = {
        key: frozenset(fold(word) for word in content[key])
        for key in _KEYS - {"strong", "weak", "offices", "bodies"}
    }
    return RoleLexicon(
        roles=roles,
        longest_phrase=max(len(phrase.split()) for phrase in roles),
        offices=offices,
        bodies=content["bodies"],
        **lists,
    )


def _read_roles(table: dict[str, Any], is_strong: bool, roles: dict[str, Role], lines: Lines) -> None:
    for sector, words in table.items():
        if sector not in SECTORS:
            message = f"unknown sector {sector!r}; use one of {', '.join(sorted(SECTORS))}"
            raise KnowledgeError(where=lines.at(table), message=message)
        for word in words:
            for form in _forms(word):
                earlier = roles.get(form)
                if earlier and earlier.sector != sector and earlier.is_strong == is_strong:
                    message = f"{word!r} is given as {earlier.sector} and as {sector}; keep one"
                    raise KnowledgeError(where=lines.at(words), message=message)
                roles.setdefault(form, Role(sector, is_strong))


def _forms(word: str) -> list[str]:
    """Return a phrase and its regular plural, folded, also with possessives stripped."""
    written = fold(word)
    return [
        form
        for singular in dict.fromkeys((written, _POSSESSIVE.sub("", written)))
        for form in (singular, plural_of(singular))
    ]


def plural_of(word: str) -> str:
    """Return the regular English plural of a noun or a phrase that ends in one."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
