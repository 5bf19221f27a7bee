"""One mention of a party: a word of a report that stands for somebody, with who that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.model.records import ActorRef

# How a mention was resolved: by the tables, as a group noun, a place, a pronoun, the first person, a name
# that no table knows but whose surroundings say whose it is, or a capitalised name alone.
FoundBy = Literal["name", "group", "place", "pronoun", "first", "unknown", "capital"]
FOUND_BY: tuple[FoundBy, ...] = ("name", "group", "place", "pronoun", "first", "unknown", "capital")


@dataclass(frozen=True, slots=True)
class PartyMention:
    """One word that stands for a party.

    `token` is its index in the document. `is_inferred` is true when the country is not said by the words
    but taken from the sentence, else from the report.
    """

    token: int
    party: ActorRef
    found_by: FoundBy
    is_inferred: bool = False


def is_known_party(mention: PartyMention) -> bool:
    """Return True if a mention names or means a country or a known body; unknown names do not count."""
    return bool(mention.party.country) or mention.found_by not in ("capital", "unknown", "group")
