"""Lists parsed as appositions, and places parsed as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import is_place_word
from dragoman.language.repairs.tree import NAME_TAGS, attach

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.language.repairs.known_names import KnownNames

# Word lists of prepositions that precede a place.
_PLACING = ("at", "from", "to")
# "A, B and" precede the last member of a list.
_FEWEST_BEFORE = 3


def join_list(second: Token, named: KnownNames) -> bool:
    """Make a list of *Arnor, Gondor, and Rohan* if the second was parsed as an apposition to the first."""
    first = second.head
    if first.i > second.i or not _has_third(second) or not _follows_comma(second, first):
        return False
    if first not in named or second not in named:
        return False
    if first.dep_ == "pobj" and is_place_word(first.head.lower_, *_PLACING):
        # "In Annuminas, Arnor, and Edoras".
        return False
    return attach(second, first, "conj")


def _has_third(second: Token) -> bool:
    """Return True if *and* or *or* joins another noun to the second member of a list."""
    joined = [
        c for c in second.children if c.dep_ == "conj" and c.pos_ in ("PROPN", "NOUN") and c.i > second.i
    ]
    words = [c for c in second.children if c.dep_ == "cc" and c.lower_ in ("and", "or", "&")]
    return bool(joined and words)


def join_last(last: Token, named: KnownNames) -> bool:
    """Attach the last member of a list: *talks between Arnor, Gondor, **and Rohan** failed*.

    A list of names with a comma alone must go on; what follows with *and* belongs to it, not to its head.
    """
    if last.tag_ not in NAME_TAGS or last.left_edge.i < _FEWEST_BEFORE:
        return False
    word = last.doc[last.left_edge.i - 1]
    if word.dep_ != "cc":
        return False
    first_of_all = last.head if last.dep_ == "conj" else _subject_before(last)
    if first_of_all is None or word.head != first_of_all:
        return False
    end = word.i - 2 if last.doc[word.i - 1].text == "," else word.i - 1
    second = last.doc[end]
    while second.dep_ == "compound":
        second = second.head
    first = second.head
    if second.dep_ != "conj" or second.tag_ not in NAME_TAGS or first.dep_ != "pobj":
        return False
    is_below = first_of_all.is_ancestor(first)
    if not is_below or any(c.dep_ == "cc" for c in (*first.children, *second.children)):
        return False
    return attach(word, first, "cc") and attach(last, first, "conj")


def _subject_before(last: Token) -> Token | None:
    """Return the first of two subjects of a verb."""
    return next((c for c in last.head.children if c.dep_ == last.dep_ and c.i < last.i), None)


def part_place(second: Token, named: KnownNames) -> bool:
    """Make *Annuminas, Arnor* one place if the second was parsed as conjoined with the first."""
    first = second.head
    if first.tag_ not in NAME_TAGS or second.tag_ not in NAME_TAGS or not _follows_comma(second, first):
        return False
    if not _is_at_a_place(first) or _is_in_list(second):
        return False
    return attach(second, first, "appos")


def _is_at_a_place(noun: Token) -> bool:
    """Return True if a name, or a phrase that contains it, is the object of *in*, *near* or similar."""
    while noun.dep_ in ("appos", "conj") and noun.head.tag_ in NAME_TAGS and noun.head.i < noun.i:
        noun = noun.head
    above = noun.head
    if noun.dep_ == "dobj":
        return is_place_word(above.lemma_, "visits", "strikes")
    return noun.dep_ == "pobj" and is_place_word(above.lower_, *_PLACING)


def _is_in_list(second: Token) -> bool:
    """Return True if a name is a member of a list: one with *and*, or one of four or more members."""
    first, length = second, 1
    while first.dep_ in ("conj", "appos") and first.head.i < first.i:
        first, length = first.head, length + 1
    last = second
    while True:
        following = next((c for c in last.rights if c.dep_ == "conj" and c.pos_ in ("PROPN", "NOUN")), None)
        if following is None:
            break
        last, length = following, length + 1
    end = last.right_edge.i + 1
    behind = [token.lower_ for token in second.doc[end : end + 2]]
    members = [first, second, last, *first.children, *second.children]
    has_and = any(c.dep_ == "cc" for member in members for c in member.children) or "and" in behind
    return has_and or length > 4


def _follows_comma(second: Token, first: Token) -> bool:
    """Return True if a comma directly precedes a name phrase, and the first name precedes the comma."""
    left = second.left_edge.i
    return left - 2 >= 0 and second.doc[left - 1].text == "," and second.doc[left - 2].i >= first.i
