"""The position of a place name in its sentence: whether it locates an event, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.wordlists import is_place_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.places.containers import Name

Position = Literal["at", "from", "to", "visited", "dateline"]


def position_of(doc: Doc, name: Name, named: set[int]) -> tuple[Position, int | None] | None:
    """Return the locative position of a name in its sentence, or None if it has none."""
    if _is_part_of_longer_name(doc, name):
        return None
    preposition = _preposition_before(doc, name.first, named)
    if preposition is not None:
        how = _how(preposition)
        return (how, preposition.i) if how is not None else None
    head = doc[name.last]
    while head.head != head and name.first <= head.head.i <= name.last:
        head = head.head
    if _is_scene(_named_noun(head), name):
        return "visited", None
    if head.dep_ in ("conj", "appos") and head.head != head:
        return _joined_position(doc, head)
    return None


def _how(preposition: Token) -> Position | None:
    """Return the relation of a preposition; *from* and *to* count only after words of motion."""
    word, above = preposition.lower_, preposition.head.lemma_.lower()
    if is_place_word(word, "at") or word in ("on", "over"):
        return None if word == "in" and is_place_word(above, "attitudes") else "at"
    if is_place_word(word, "from"):
        return "from" if is_place_word(above, "moves_from", "leavings") else None
    return "to" if preposition.dep_ == "prep" and is_place_word(above, "moves_to") else None


def _named_noun(head: Token) -> Token:
    """Return "city" for the name in "the city of Homs", else the name itself."""
    above = head.head
    if head.dep_ == "pobj" and above.lower_ == "of" and is_place_word(above.head.lower_, "kinds_of_place"):
        return above.head
    return head


def _is_scene(noun: Token, name: Name) -> bool:
    """Return True if a verb makes its object the scene: "visited Minsk", "shelled the port of Tartus"."""
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    if is_place_word(noun.head.lemma_, "visits"):
        return True
    # A state that is attacked is a party; a town is the location.
    kinds = {candidate.place.kind for candidate in name.candidates}
    if "country" in kinds:
        return False
    # What hits a capital often refers to its government: "tariffs hit Beijing".
    return is_place_word(noun.head.lemma_, "strikes") or (
        "capital" not in kinds and is_place_word(noun.head.lemma_, "strikes_towns")
    )


def _joined_position(doc: Doc, head: Token) -> tuple[Position, int | None] | None:
    """Return the position of a conjunct or an apposition: "in Homs and Hama", "in the capital, Damascus"."""
    first = head.head
    while first.dep_ in ("conj", "appos") and first.head != first:
        first = first.head
    if first.dep_ != "pobj" or not (
        first.text[:1].isupper() or is_place_word(first.lower_, "kinds_of_place")
    ):
        return None
    how = _how(first.head)
    return (how, first.head.i) if how is not None else None


def _preposition_before(doc: Doc, first: int, named: set[int]) -> Token | None:
    """Return the preposition to the left of a name, skipping words such as "the eastern city of"."""
    index = first - 1
    passed_of = False
    while index >= 0 and index >= first - 9 and not doc[index + 1].is_sent_start:
        token = doc[index]
        word = token.lower_
        if word == "of" and not passed_of and _is_place_of(doc, index):
            passed_of = True
        elif is_place_word(word, "at", "from", "to") or (word == "on" and passed_of) or _moves_on(token):
            # "on the outskirts of Homs", "marched on Homs", but not "on Homs".
            return token
        elif word == "," and index >= 1 and is_place_word(doc[index - 1].lower_, "kinds_of_place"):
            pass
        elif not (_may_stand_before(token) or (passed_of and index in named)):
            return None
        index -= 1
    return None


def _moves_on(preposition: Token) -> bool:
    above = preposition.head.lemma_.lower()
    return preposition.lower_ in ("on", "over") and is_place_word(above, "moves_on")


def _is_place_of(doc: Doc, index: int) -> bool:
    """Return True if the word before an *of* forms a locative: "the city of", "south of", "outside of"."""
    if index < 1:
        return False
    before = doc[index - 1].lower_
    return is_place_word(before, "kinds_of_place", "directions") or before in (
        "outside",
        "inside",
        "out",
        "parts",
    )


def _may_stand_before(token: Token) -> bool:
    if is_place_word(token.lower_, "directions", "kinds_of_place", "before_names"):
        return True
    # Demonyms and possessors: "the Syrian city of", "Syria's Idlib".
    if token.pos_ == "ADJ" and token.text[:1].isupper():
        return True
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    # "Syria's Idlib", "Houthi-controlled Yemen".
    is_tied = following is not None and (following.tag_ == "POS" or following.text == "-")
    return token.pos_ == "PROPN" and is_tied


def _is_part_of_longer_name(doc: Doc, name: Name) -> bool:
    """Return True if a name is part of a longer phrase: "Paris Hilton", "Beijing's view", "Ukraine talks"."""
    if name.first > 0 and doc[name.first - 1].dep_ == "compound" and doc[name.first - 1].text[:1].isupper():
        before = doc[name.first - 1]
        is_joined = name.first <= before.head.i <= name.last and before.pos_ == "PROPN"
        if is_joined and not is_place_word(before.lower_, "directions"):
            return True
    following = doc[name.last + 1] if name.last + 1 < len(doc) else None
    if following is None or following.is_punct:
        return False
    if following.tag_ == "POS":
        owned = doc[name.last].head
        return not (is_place_word(owned.lower_, "kinds_of_place", "directions") or owned.pos_ == "PROPN")
    token = doc[name.last]
    if token.dep_ not in ("compound", "amod", "nmod", "poss") or token.head.i <= name.last:
        return False
    if is_place_word(token.head.lower_, "kinds_of_place", "region_kinds", "town_kinds", "directions"):
        return False
    # The parser attaches a place to a following weekday or month: "in Beijing Friday".
    return not (_is_of_calendar(token.head) or _is_of_calendar(following))


def _is_of_calendar(word: Token) -> bool:
    return is_place_word(word.lower_, "calendar") or is_calendar_name(word.lower_)
