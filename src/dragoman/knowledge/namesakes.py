"""Names shared with other things: a town in Ohio, a ferry, a firm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dragoman.knowledge.loading import data_folder, load_yaml, refuse_unknown

_KEYS = {"inside", "vessels", "firms", "bodies", "honouring", "lengthening"}
_NEAR = 24
# Number of last letters of a word for a vessel that are tested, and of first characters of one for a firm.
_ENDING = 2
_BEGINNING = 3
_OWNED = re.compile(r" of (?:the )?")
_FOR_MORE = re.compile(r" for (?:the )?[A-Z]")


class Namesakes(NamedTuple):
    """Context patterns of names that refer to something else."""

    inside: re.Pattern[str]
    vessels: frozenset[str]
    firms: re.Pattern[str]
    bodies: frozenset[str]
    vessel_ends: frozenset[str]
    firm_starts: frozenset[str]
    honouring: re.Pattern[str]
    lengthening: re.Pattern[str]

    def may_go_on(self, name: str) -> bool:
        """Return True for a name of common words that ends longer names: *Democratic Party*."""
        return name.rpartition(" ")[2] in self.bodies

    def goes_on(self, text: str, end: int) -> bool:
        """Return True if a name is the beginning of a longer one: *National Rally **for Peace***."""
        return _FOR_MORE.match(text, end) is not None

    def is_lengthened(self, text: str, end: int) -> bool:
        """Return True if the name of a body begins another name: *Metropolitan Police **Department***."""
        return self.lengthening.match(text, end) is not None

    def is_honouring(self, text: str, end: int) -> bool:
        """Return True for a thing named after a person: *the Clinton **Foundation***."""
        return self.honouring.match(text, end) is not None

    def owner_at(self, text: str, end: int) -> int:
        """Return where an owner's name would begin after a name: *Security Council **of the** ...*."""
        found = _OWNED.match(text, end)
        return found.end() if found else -1

    def is_town_abroad(self, text: str, end: int, *, own: str, is_town: bool) -> bool:
        """Return True if a name is that of a town: *Lebanon, Ohio*, *Athens, Georgia*.

        Args:
            text: The whole text.
            end: End offset of the name.
            own: The country of the named actor: "Tbilisi, Georgia" is not abroad.
            is_town: It is a capital: only after one can "Georgia" be more than the next item in a list of
                states.
        """
        found = self.inside.match(text, end)
        return found is not None and found[1] != own and (is_town or found[1] != "Georgia")

    def is_thing(self, text: str, start: int, end: int) -> bool:
        """Return True if a name is that of a ship or a firm: *the ferry Queen Elizabeth*, *Merkel & Sons*."""
        # Most names have neither next to them, which two letters suffice to show.
        if text[start - _ENDING - 1 : start] in self.vessel_ends:
            word = text[max(0, start - _NEAR) : start - 1].rpartition(" ")[2]
            if word in self.vessels:
                return True
        return text[end : end + _BEGINNING] in self.firm_starts and self.firms.match(text, end) is not None


def load_namesakes(path: Path | None = None) -> Namesakes:
    """Load the namesake patterns.

    Raises:
        KnowledgeError: The file has an unknown key.
    """
    content, lines = load_yaml(path or data_folder() / "lexicon" / "en" / "namesakes.yaml")
    refuse_unknown(lines.at(content), content, _KEYS)
    inside, firms = ("|".join(map(re.escape, content[key])) for key in ("inside", "firms"))
    return Namesakes(
        inside=re.compile(rf", ({inside})\b(?!,? (?:and|or) )"),
        vessels=frozenset(content["vessels"]),
        firms=re.compile(rf" (?:{firms})(?!\w)"),
        bodies=frozenset(content["bodies"]),
        vessel_ends=frozenset(f"{word[-_ENDING:]} " for word in content["vessels"]),
        firm_starts=frozenset(f" {word}"[:_BEGINNING] for word in content["firms"]),
        honouring=_capitalised_after(content["honouring"]),
        lengthening=_capitalised_after(content["lengthening"]),
    )


def _capitalised_after(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches one of some words directly after a name."""
    return re.compile(rf" (?:{'|'.join(map(re.escape, words))})\b")
