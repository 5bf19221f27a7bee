"""One mention of a party: a word of a report with the actor that it denotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.model.records import ActorRef

# How a mention was resolved: by the tables, as a group noun, a place, a pronoun, the first person, a name in
# no table whose context gives its country, or only a capitalised name.
FoundBy = Literal["name", "group", "place", "pronoun", "first", "unknown", "capital"]
FOUND_BY: tuple[FoundBy, ...] = ("name", "group", "place", "pronoun", "first", "unknown", "capital")


@dataclass(frozen=True, slots=True)
class PartyMention:
    """One word that denotes a party.

    `token` is its index in the document. `is_inferred` is true if the country is not given by the words but
    inferred from the sentence, else from the report.
    """

    token: int
    party: ActorRef
    found_by: FoundBy
    is_inferred: bool = False


def is_known_party(mention: PartyMention) -> bool:
    """Return True if a mention denotes a country or a known body; unknown names do not count."""
    return bool(mention.party.country) or mention.found_by not in ("capital", "unknown", "group")
