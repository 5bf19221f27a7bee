"""Event candidates: acts stated by one clause, with actors and recipients, before they become events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.factuality.assessment import Modality
    from dragoman.knowledge.codebook import Codebook
    from dragoman.model.records import ActorRef
    from dragoman.model.terms import Polarity, Tense


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """One thing done, with the parties as they stand in its clause; or with polarity negative not done."""

    event_type: str
    mode: str | None
    rule: str
    trigger: Token
    actors: tuple[ActorRef, ...]
    recipients: tuple[ActorRef, ...]
    strength: str = "sure"
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    need: str = "any"
    absorbed: tuple[Token, ...] = ()
    class_name: str | None = None
    inner: EventCandidate | None = field(default=None)
    polarity: Polarity = "positive"

    @property
    def is_mutual(self) -> bool:
        """Return True if the actors act on each other."""
        return not self.recipients and len({a.id for a in self.actors}) > 1


def as_type(
    act: EventCandidate, event_type: str, mode: str | None, suffix: str, *, cameo: str | None = None
) -> EventCandidate:
    """Return the act as another type, with the reason added to the rule's name.

    Args:
        act: The act.
        event_type: The new type.
        mode: The mode of that type.
        suffix: The reason, added to the rule's name.
        cameo: Its CAMEO code; None uses that of the mode or the type.
    """
    return replace(act, event_type=event_type, mode=mode, rule=f"{suffix}+{act.rule}", cameo=cameo)


def composed_code(act: EventCandidate | None, class_name: str, book: Codebook) -> str | None:
    """Return the CAMEO code of a class of governors composed with the act below it.

    Args:
        act: The act; None if there is no act below.
        class_name: The class.
        book: The codebook.
    """
    if act is None:
        return book.composed_cameo(class_name, None, None)
    own = act.cameo or book.cameo(act.event_type, act.mode)
    return book.composed_cameo(class_name, act.event_type, own)


def tense_of(act: EventCandidate, modality: Modality) -> Tense:
    """Return the tense of an act; that of a pledge, made in the past, is the tense of what is pledged."""
    infinitive = any(child.dep_ == "xcomp" for child in act.trigger.children)
    pledged = act.class_name == "undertake" or (act.event_type == "AGREE" and infinitive)
    return "future" if pledged else modality.tense
