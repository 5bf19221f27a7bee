"""The purpose of a call or letter: "called the king **to congratulate him**" congratulates him.

A call, a letter or a message with a verbal purpose is coded as that purpose. The contact itself is then not
an event: a consultation is coded only if nothing else was done by it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments, noun_phrases, subordination
from dragoman.knowledge.wordlists import is_act_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from dragoman.coding.candidates.event_candidate import EventCandidate
    from dragoman.coding.parties.resolver import Parties

# Acts done by stating them; a request made to be helped later is not.
_SAID = frozenset({"SUPPORT", "ACCUSE", "CONCEDE", "REJECT", "THREATEN"})


def contact_above(token: Token) -> Token | None:
    """Return the verb of a contact whose purpose a word heads, or None."""
    if token.dep_ not in ("advcl", "xcomp", "acl"):
        return None
    if not any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children):
        return None
    verb = token.head
    if token.dep_ == "acl" and is_act_word(verb.lemma_, "messages"):
        verb = verb.head
    elif token.dep_ == "acl":
        return None
    if verb.pos_ != "VERB":
        return None
    if is_act_word(verb.lemma_, "contacting"):
        return verb if arguments.objects(verb) or any(noun_phrases.prepositions(verb)) else None
    sends = is_act_word(verb.lemma_, "sending") and any(
        is_act_word(head.lemma_, "messages") for head in arguments.objects(verb)
    )
    return verb if sends else None


def done_by_contact(token: Token, act: EventCandidate, parties: Parties) -> EventCandidate | None:
    """Return the act done by a contact, directed at the person contacted; None if it is not one."""
    verb = contact_above(token)
    if verb is None or act.event_type not in _SAID:
        return None
    if act.recipients:
        return act
    taken = {ref.id for ref in act.actors}
    heads = [
        *arguments.objects(verb),
        *[noun for word, noun in noun_phrases.prepositions(verb) if word == "to"],
    ]
    reached = tuple(
        ref
        for head in heads
        for ref in parties.resolve(head, include_possessors=False)
        if ref.id not in taken
    )
    return replace(act, recipients=reached) if reached else None


def is_only_contact(
    act: EventCandidate, purpose: Callable[[Token], EventCandidate | None], parties: Parties
) -> bool:
    """Return True if a consultation is only the means of another act of words.

    Args:
        act: The act read from the verb of contact.
        purpose: Function that reads the act at a word.
        parties: The parties of the document.
    """
    if act.event_type != "CONSULT":
        return False
    for child in subordination.purposes(act.trigger):
        if contact_above(child) is not None:
            found = purpose(child)
            if found is not None and done_by_contact(child, found, parties) is not None:
                return True
    return False
