"""Features of a pair of parties for the typing model: words, the path between them, near matches."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.coding.syntax import arguments, subordination, verb_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

_OPEN = frozenset({"VERB", "NOUN", "ADJ", "ADV", "ADP", "PART", "AUX", "SCONJ"})
_NEAR = 12


def pair_features(
    doc: Doc, actor: tuple[int, int], recipient: tuple[int, int], rules: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the features of a pair of spans in one sentence.

    Args:
        doc: The parsed text.
        actor: Characters of the actor.
        recipient: Characters of the recipient.
        rules: (type, match quality) of the rules that were tried.
    """
    first, second = _tokens(doc, actor), _tokens(doc, recipient)
    features = [f"rule:{how}:{kind}" for kind, how in rules]
    if not first or not second:
        return features
    a, b = _head(first), _head(second)
    inside = {t.i for t in (*first, *second)}
    features += _words(doc, inside, a, b)
    features += _path(a, b)
    features += _around(a, "a")
    features += _around(b, "r")
    features += _inside(first, "a") + _inside(second, "r")
    return features


def _tokens(doc: Doc, span: tuple[int, int]) -> list[Token]:
    found = doc.char_span(*span, alignment_mode="expand")
    return list(found) if found is not None else []


def _head(tokens: list[Token]) -> Token:
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def _words(doc: Doc, inside: set[int], a: Token, b: Token) -> list[str]:
    low, high = min(a.i, b.i), max(a.i, b.i)
    features, last = [], ""
    for token in doc:
        if token.i in inside or token.pos_ not in _OPEN:
            continue
        lemma = token.lemma_.lower()
        features.append(f"w:{lemma}")
        if low <= token.i <= high:
            features.append(f"between:{lemma}")
        if abs(token.i - a.i) <= _NEAR and token.i > a.i:
            features.append(f"after-a:{lemma}")
        if last:
            features.append(f"ww:{last}_{lemma}")
        last = lemma
    return features


def _chain(token: Token) -> list[Token]:
    found = [token]
    while token.head != token and len(found) < 25:
        token = token.head
        found.append(token)
    return found


def _path(a: Token, b: Token) -> list[str]:
    up, down = _chain(a), _chain(b)
    shared = next((t for t in up if t in down), None)
    if shared is None:
        return ["path:none"]
    rise, fall = up[: up.index(shared)], down[: down.index(shared)]
    labels = [t.dep_ for t in rise] + ["^"] + [t.dep_ for t in reversed(fall)]
    lemmas = [t.lemma_.lower() for t in (*rise[1:], shared, *reversed(fall[1:]))]
    features = [
        f"path:{'/'.join(labels)}",
        f"top:{shared.lemma_.lower()}",
        f"topdep:{rise[-1].dep_ if rise else '-'}",
    ]
    features += [f"on-path:{lemma}" for lemma in lemmas]
    features += [f"on-path2:{x}_{y}" for x, y in itertools.pairwise(lemmas)]
    return features


def _around(head: Token, name: str) -> list[str]:
    verb = next((t for t in _chain(head)[1:] if t.pos_ in ("VERB", "AUX")), None)
    features = [f"{name}-dep:{head.dep_}", f"{name}-head:{head.head.lemma_.lower()}"]
    if verb is None:
        return features
    lemma = verb.lemma_.lower()
    features.append(f"{name}-verb:{lemma}")
    features += [f"{name}-obj:{lemma}_{t.lemma_.lower()}" for t in arguments.objects(verb)]
    features += [f"{name}-below:{lemma}_{t.lemma_.lower()}" for t in subordination.complements(verb)]
    features += list(_form(verb, name))
    return features


def _form(verb: Token, name: str) -> Iterator[str]:
    for child in verb.children:
        if child.dep_ in ("aux", "neg", "mark", "prt"):
            yield f"{name}-{child.dep_}:{child.lower_}"
    if verb_phrases.is_passive(verb):
        yield f"{name}-passive"


def _inside(tokens: list[Token], name: str) -> list[str]:
    return [f"{name}-in:{t.lemma_.lower()}" for t in tokens if t.pos_ in ("NOUN", "ADJ", "VERB")]
