"""The sector of a noun phrase in a sentence, by the same word lists as for a phrase alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax import noun_phrases
from dragoman.knowledge.actors_phrases import holder_of, sector_of_words
from dragoman.knowledge.roles import LEFT_WITH_OFFICE
from dragoman.knowledge.wordlists import is_party_word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container

    from spacy.tokens import Token

    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.offices import Person

_HYPHENS = frozenset({"-", "‑", "–"})
_NO_WORDS_OF_ROLES = frozenset({"det", "punct", "case", "cc", "predet"})


def sector_of_noun(head: Token, actors: ActorBook, named: Container[int]) -> str | None:
    """Return the sector implied by a noun and the words before it; None if they imply no party.

    Args:
        head: The head of a noun phrase.
        actors: The known actors.
        named: The indices of words that are part of known names.
    """
    # "Media" is listed in this form, not as "medium".
    words = dict.fromkeys((head.lemma_.lower(), head.lower_))
    modifiers = noun_phrases.modifiers(head)
    is_compound = any(actors.role(f"{m.lower_} {word}") for m in modifiers for word in words)
    is_no_noun = head.tag_ == "VBG" or (head.pos_ == "ADJ" and head.dep_ == "amod")
    if not is_compound and (is_no_noun or not any(map(actors.role, words))):
        return None
    before = _words_before(head, named)
    sectors = (sector_of_words(actors, [*before, word]) for word in words)
    sector = _sector_served(head, actors, named) or next((sector for sector in sectors if sector), None)
    is_former = any(word in actors.roles.former for word in before)
    return "ELI" if is_former and sector in LEFT_WITH_OFFICE else sector


def _sector_served(head: Token, actors: ActorBook, named: Container[int]) -> str | None:
    """Return the sector of the body that an office without its own serves: *the chief **of police***."""
    role = actors.roles.roles.get(head.lemma_.lower())
    if role is None or role.is_strong:
        return None
    served = (noun for preposition, noun in noun_phrases.prepositions(head) if preposition == "of")
    sectors = (sector_of_noun(noun, actors, named) for noun in served if noun.i not in named)
    return next((sector for sector in sectors if sector), None)


def sector_of_title(head: Token, actors: ActorBook, start: int) -> str | None:
    """Return the sector implied by the title right before a person's name: *Senator Doe*.

    Args:
        head: The head of the name.
        actors: The known actors.
        start: The index of the first word of the name.
    """
    lefts = [left for left in head.lefts if left.dep_ in ("compound", "amod")]
    before = [t.lower_.rstrip(".") for left in lefts for t in left.subtree if t.i < start and _is_word(t)]
    if not before or not (actors.role(before[-1]) or before[-1] in actors.roles.titles):
        return None
    if any(word in actors.roles.former for word in before):
        return "ELI"
    sector = sector_of_words(actors, before)
    return None if sector == "IGO" else sector


def office_held(
    head: Token, owner: str, actors: ActorBook, named: Container[int], on: dt.date
) -> tuple[Person, str | None, str] | None:
    """Return the holder of the office that a noun names, with country and sector; None for *a president*.

    Args:
        head: The head of a noun phrase.
        owner: The state whose office it is.
        actors: The known actors.
        named: The indices of words that are part of known names.
        on: The date of the report.
    """
    if any(is_party_word(c.lower_, "indefinite") for c in head.children if c.dep_ == "det"):
        return None
    behind = head.nbor(1) if head.i + 1 < len(head.doc) else None
    if behind is not None and behind.text in _HYPHENS:
        # "The president-elect" does not hold the office.
        return None
    ministry = [
        noun for word, noun in noun_phrases.prepositions(head) if word == "of" and noun.i not in named
    ]
    words = [*_words_before(head, named), head.lower_]
    return holder_of(actors, owner, words, on) if not ministry else None


def is_role_in_capitals(head: Token, actors: ActorBook, named: Container[int]) -> bool:
    """Return True if a word written like a name is a role, not part of a name: *Prime **Minister***."""
    words = [t.lower_ for t in head.lefts if t.dep_ == "compound" and t.i not in named] + [head.lower_]
    if actors.role(" ".join(words)):
        return True
    return all(actors.role(word) or word in actors.roles.titles for word in words)


def _words_before(head: Token, named: Container[int]) -> list[str]:
    """Return the words of a phrase before its head, excluding names and articles."""
    found: list[str] = []
    for left in head.lefts:
        if _is_word(left):
            found += [t.lower_ for t in left.subtree if t.i not in named and _is_word(t)]
    return found


def _is_word(token: Token) -> bool:
    return token.dep_ not in _NO_WORDS_OF_ROLES
