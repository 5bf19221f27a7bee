"""The arguments of a predicate: its subjects and objects, inherited ones included.

spaCy's labels give the surface dependents of a verb. This module gives its logical arguments: the subject of
a passive is its object, a *by*-phrase its subject; subjects are inherited through infinitives, participles,
conjunctions and relative clauses. Nothing here depends on parties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.syntax.noun_phrases import coordinated, first_conjunct, possessors, prepositions
from dragoman.coding.syntax.verb_phrases import (
    OBJECT_LABELS,
    PASSIVE_SUBJECT_LABELS,
    SUBJECT_LABELS,
    children_labelled,
    is_passive,
    is_verb,
)
from dragoman.knowledge.calendar_words import is_calendar_name
from dragoman.knowledge.wordlists import is_act_word, is_function_word
from dragoman.language.remembering import remembered

if TYPE_CHECKING:
    from spacy.tokens import Token


def own_subjects(verb: Token) -> list[Token]:
    """Return the subjects of a verb itself, without inherited ones."""
    return children_labelled(verb, SUBJECT_LABELS)


@remembered
def subjects(verb: Token) -> list[Token]:
    """Return the heads of the logical subject: active subject, passive *by*-phrase, or inherited."""
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    if depth > 8:
        return []
    if is_passive(verb):
        return _agents(verb)
    own = children_labelled(verb, SUBJECT_LABELS)
    if own:
        found = [token for head in own for token in coordinated(_antecedent(head, verb))]
        return [t for t in (*_listed_before(own[0], verb), *found) if not _follows_preposition(t)]
    return _inherited(verb, depth)


def _follows_preposition(noun: Token) -> bool:
    """Return True for a phrase before a comma wrongly parsed as subject: *In Kyiv, Zelensky ...*."""
    first, doc = noun.left_edge.i, noun.doc
    before_comma = noun.i + 1 < len(doc) and doc[noun.i + 1].text == ","
    return first > 0 and doc[first - 1].pos_ == "ADP" and before_comma and noun.dep_ not in ("conj", "pobj")


def is_time(noun: Token) -> bool:
    """Return True if a name is a day or a month: *Earlier **Tuesday**, Arnor said*; never *Theresa May*."""
    return is_calendar_name(noun.lower_) and not any(c.tag_ == "NNP" and c.i < noun.i for c in noun.children)


def _listed_before(subject: Token, verb: Token) -> list[Token]:
    """Return names conjoined with a subject by commas only, as in headlines: *Arnor, Gondor sign accord*."""
    if subject.pos_ != "PROPN":
        return []
    found: list[Token] = []
    left = subject.left_edge.i
    for child in reversed([c for c in verb.lefts if c.i < left]):
        is_comma = child.i + 1 < left and child.doc[child.i + 1].text == ","
        if (
            child.pos_ == "PROPN"
            and is_comma
            and not is_time(child)
            and child.dep_ in ("npadvmod", "dep", "nsubj", "nmod", "dislocated")
        ):
            found.insert(0, child)
            left = child.left_edge.i
        elif child.text != ",":
            break
    return found


def _agents(verb: Token) -> list[Token]:
    found = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [t for noun in child.children if noun.dep_ == "pobj" for t in coordinated(noun)]
    return found


def _antecedent(head: Token, verb: Token) -> Token:
    """Return the antecedent of a relative pronoun; other nouns unchanged."""
    if is_function_word(head.lower_, "relatives") and verb.dep_ == "relcl":
        before = head.nbor(-1).text if head.i else ""
        if verb.head.dep_ == "conj" and before == "," and verb.lemma_ in _TAKES_TWO:
            return first_conjunct(verb.head)
        return verb.head
    if is_function_word(head.lower_, "relatives"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return head


# "Bard and Bain, who met in Dale": both are antecedents.
_TAKES_TWO = frozenset({"meet", "agree", "sign", "talk"})


def _inherited(verb: Token, depth: int) -> list[Token]:
    head, label = verb.head, verb.dep_
    if head == verb:
        return []
    if label == "conj" and is_verb(head):
        return _surface_subject(head, depth)
    if label in ("xcomp", "advcl", "ccomp", "dep") and is_verb(head):
        if (label == "ccomp" and not _is_infinitive_or_gerund(verb)) or _is_noun_after_all(verb):
            return []
        return controller(head, depth, infinitive=verb)
    if label == "pcomp" and head.dep_ in ("prep", "agent"):
        return _through_preposition(verb, head, depth)
    if label in ("acl", "relcl"):
        return _of_noun_clause(verb, head, depth)
    if label == "xcomp" and head.pos_ in ("ADJ", "NOUN"):
        return _subjects(head.head, depth + 1) if head.dep_ in ("acomp", "attr") else []
    if label == "prep":
        return _subjects(head, depth + 1) if is_verb(head) else []
    return []


def _is_noun_after_all(verb: Token) -> bool:
    """Return True if the parse splits *in Gondorian shelling*, making the noun a clause of its own."""
    before = verb.nbor(-1) if verb.i else verb
    cut = verb.tag_ == "VBG" and before.dep_ == "pobj" and before.head.head == verb.head
    return cut and not children_labelled(verb, OBJECT_LABELS)


def _is_infinitive_or_gerund(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBG") and not children_labelled(verb, SUBJECT_LABELS)


def _surface_subject(verb: Token, depth: int) -> list[Token]:
    """Return the surface subject, active or passive: *was seized and burned*, *came and saw*."""
    passive = children_labelled(verb, PASSIVE_SUBJECT_LABELS)
    if passive:
        return [token for head in passive for token in coordinated(_antecedent(head, verb))]
    return _subjects(verb, depth + 1)


def controller(head: Token, depth: int = 0, *, infinitive: Token | None = None) -> list[Token]:
    """Return the subject of an infinitive or gerund governed by a verb."""
    if is_act_word(head.lemma_, "object_control") and (infinitive is None or infinitive.dep_ != "advcl"):
        # "Called the king to thank him" is a phone call; only *called on him to* makes him the subject.
        theirs = _objects(head, depth + 1) if head.lemma_ != "call" or is_passive(head) else []
        if theirs:
            return theirs
        if head.lemma_ == "call":
            asked = [noun for prep, noun in prepositions(head) if prep in ("on", "upon", "for")]
            if asked:
                return asked
    if is_passive(head):
        return _surface_subject(head, depth)
    return _subjects(head, depth + 1)


def _through_preposition(verb: Token, preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    if is_verb(governor):
        if (
            is_passive(governor)
            and is_act_word(governor.lemma_, "hurting")
            and preposition.lower_ in ("in", "during", "by")
        ):
            # "Killed in Gondorian shelling": the subject of "killed" did not shell.
            return []
        if is_act_word(governor.lemma_, "object_control") and preposition.lower_ in (
            "of",
            "for",
            "from",
            "into",
            "over",
        ):
            return _objects(governor, depth + 1)
        return _surface_subject(governor, depth)
    if governor.pos_ == "NOUN" and governor.dep_ in OBJECT_LABELS and is_verb(governor.head):
        # "threatened Gondor with ..." is attached to the verb; "accused of" may be wrongly attached to the
        # object.
        if is_act_word(governor.head.lemma_, "object_control") and preposition.lower_ in (
            "of",
            "for",
            "from",
        ):
            return [governor]
        return _subjects(governor.head, depth + 1)
    if governor.pos_ == "PROPN" and preposition.lower_ in ("of", "for", "from"):
        return [governor]
    return possessors(governor)


def _of_noun_clause(verb: Token, noun: Token, depth: int) -> list[Token]:
    if verb.dep_ == "acl" and verb.tag_ == "VB":
        # "a pledge to withdraw": the owner of the pledge.
        own = possessors(noun)
        if own:
            return own
        governor = noun.head
        if noun.dep_ in OBJECT_LABELS and is_verb(governor):
            return _subjects(governor, depth + 1)
        if noun.dep_ == "pobj" and is_verb(governor.head):
            return _subjects(governor.head, depth + 1)
        return coordinated(noun) if noun.pos_ == "PROPN" else []
    if verb.dep_ == "relcl" and children_labelled(verb, SUBJECT_LABELS):
        return []
    return coordinated(noun)


@remembered
def objects(verb: Token) -> list[Token]:
    """Return the heads of the logical object: direct object, passive subject, or antecedent."""
    return _objects(verb, 0)


def _objects(verb: Token, depth: int) -> list[Token]:
    if depth > 8:
        return []
    if is_passive(verb):
        own = children_labelled(verb, PASSIVE_SUBJECT_LABELS)
        if own:
            return [token for head in own for token in coordinated(_antecedent(head, verb))]
        if verb.dep_ == "conj" and is_verb(verb.head):
            return _objects(verb.head, depth + 1) if is_passive(verb.head) else subjects(verb.head)
        if verb.dep_ in ("acl", "relcl"):
            return coordinated(verb.head)
        if verb.dep_ in ("xcomp", "advcl") and is_verb(verb.head):
            return _subjects(verb.head, depth + 1)
        return []
    own = [
        token
        for head in children_labelled(verb, OBJECT_LABELS)
        for token in coordinated(_antecedent(head, verb))
    ]
    if own:
        return own
    shared = [c for c in verb.children if c.dep_ == "conj" and is_verb(c)]
    if (
        shared
        and verb.tag_ in ("VBD", "VBN", "VBZ", "VBP", "VB")
        and not children_labelled(verb, frozenset({"prep"}))
    ):
        # "occupied and annexed the town": the object is attached to the last verb.
        return [t for head in children_labelled(shared[0], OBJECT_LABELS) for t in coordinated(head)]
    if verb.dep_ == "relcl" and children_labelled(verb, SUBJECT_LABELS) and not _relative_subject(verb):
        return coordinated(verb.head)
    if is_verb(verb) and any(c.dep_ == "ccomp" for c in verb.children):
        # "urged Gondor to withdraw" parsed as a clause with Gondor as its subject.
        lower = next(c for c in verb.children if c.dep_ == "ccomp")
        if lower.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in lower.children):
            return [t for head in children_labelled(lower, SUBJECT_LABELS) for t in coordinated(head)]
    return []


def _relative_subject(verb: Token) -> bool:
    return any(is_function_word(s.lower_, "relatives") for s in children_labelled(verb, SUBJECT_LABELS))


def indirect_objects(verb: Token) -> list[Token]:
    """Return the heads of the indirect object: *gave **Gondor** aid*."""
    return [t for head in children_labelled(verb, frozenset({"dative"})) for t in _dative(head)]


def _dative(head: Token) -> list[Token]:
    if head.pos_ == "ADP":
        return [t for noun in head.children if noun.dep_ == "pobj" for t in coordinated(noun)]
    return coordinated(head)


def object_phrases(verb: Token) -> list[tuple[str, Token]]:
    """Return the (preposition, noun) pairs attached to a verb's objects, or to the nouns after *of* there.

    *Returned dozens of vases **to Gondor***, *a package of aid **for Rohan***.
    """
    found = []
    for head in objects(verb):
        for preposition, noun in prepositions(head):
            found.append((preposition, noun))
            if preposition == "of" and noun.pos_ == "NOUN":
                found += prepositions(noun)
        # "Lifted sanctions imposed on Gondor": the phrase is attached to the participle.
        carried = [c for c in head.children if c.dep_ == "acl" and c.tag_ == "VBN"]
        found += [pair for clause in carried for pair in prepositions(clause) if pair[0] in _DIRECTED]
    return found


_DIRECTED = frozenset({"on", "against", "upon"})
