"""Evidence in a sentence that a party says what a word reports: a speech verb, *according to*, a quote.

A learned reader may propose any nearby party as the speaker; without such evidence no speaker is assigned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.arguments import objects
from dragoman.coding.syntax.verb_phrases import SUBJECT_LABELS, is_verb
from dragoman.knowledge.wordlists import is_saying_word
from dragoman.language.clauses import is_below

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.knowledge.reporting import ReportingCues

_SAYING = frozenset({"say", "deny", "ask", "think", "fear"})
_SOURCES = frozenset({"per", "via"})


def saying_of(speaker: Token, trigger: Token, cues: ReportingCues) -> Token | None:
    """Return the word that attributes what a trigger reports to a speaker; None if there is none.

    Args:
        speaker: The head of the possible speaker.
        trigger: The word that carries the event.
        cues: The reporting words.
    """
    below = speaker
    for above in (speaker, *speaker.ancestors):
        if above.lower_ in _SOURCES or (above.lower_ == "to" and above.head.lower_ == "according"):
            return above
        if is_verb(above) and below.dep_ in SUBJECT_LABELS:
            return above if _tells(above, trigger, cues) else None
        below = above
    return _right_behind(speaker, trigger, cues)


def _right_behind(speaker: Token, trigger: Token, cues: ReportingCues) -> Token | None:
    """Return a speech verb right after a name that is its subject but is not parsed as such."""
    if speaker.i + 1 >= len(speaker.doc):
        return None
    verb = speaker.nbor(1)
    has_subject = any(child.dep_ in SUBJECT_LABELS and child.pos_ == "PROPN" for child in verb.children)
    if not is_verb(verb) or has_subject or cues.class_of.get(verb.lemma_.lower()) != "say":
        return None
    return verb if verb.i < trigger.i and is_below(trigger, verb) else None


def _tells(verb: Token, trigger: Token, cues: ReportingCues) -> bool:
    """Return True if a speech verb, or a verb whose object is a statement, governs the trigger.

    *Arnor **claims** to have taken Bree*; *Arnor **released a statement** saying that ...*.
    """
    is_saying = cues.class_of.get(verb.lemma_.lower()) in _SAYING
    if not is_saying and not any(
        is_saying_word(noun.lemma_.lower(), "things_said") for noun in objects(verb)
    ):
        return False
    return is_below(trigger, verb) or (verb.dep_ in ("parataxis", "ccomp") and is_below(trigger, verb.head))
