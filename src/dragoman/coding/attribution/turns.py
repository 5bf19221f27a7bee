"""Attributions without a speech verb: turns of a transcript, questions and answers, signed posts.

*MACRON: ...* and *MR. PRICE: ...* begin a turn; it extends to the next label or, if a text has only one
label, to the end of its line. *Q:* has no speaker; *A:* is the person interviewed.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.knowledge.wordlists import load_saying_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from dragoman.language.annotated import AnnotatedDocument

_WORD = r"[^\W\d_][\w.'’-]*"
_LABEL = re.compile(
    rf"^[ \t]*(?P<label>{_WORD}(?: {_WORD}){{0,5}})(?: ?\([^)\n]{{1,40}}\))?:[ \t]+(?=\S)", re.MULTILINE
)
# Below a post: — Name (@handle).
_SIGNED = re.compile(r"[—–-]{1,2}[ \t]*(?P<name>[^\n()—–]{3,60}?) \(@\w{2,30}\)")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Content without a speech verb; `speaker` is None if none is named."""

    speaker: Token | None
    label: tuple[int, int]
    content: tuple[int, int]


def find_turns(annotated: AnnotatedDocument) -> Iterator[Turn]:
    """Yield the turns of a transcript and the signed posts of a document."""
    text = annotated.document.text
    if ":" in text:
        yield from _labelled(annotated)
    if "(@" in text:
        yield from _signed(annotated)


def _labelled(annotated: AnnotatedDocument) -> Iterator[Turn]:
    text, doc = annotated.document.text, annotated.doc
    labels = [match for match in _LABEL.finditer(text) if _is_label(match["label"])]
    answering = _interviewed(doc, labels)
    for number, match in enumerate(labels):
        if _key(match) in load_saying_words()["question_labels"]:
            continue
        speaker = answering if _key(match) in load_saying_words()["answer_labels"] else _last(doc, match)
        end = text.find("\n", match.end())
        if len(labels) > 1:
            end = labels[number + 1].start() if number + 1 < len(labels) else _end_of_last(text, match.end())
        content = _stripped(text, match.end(), len(text) if end < 0 else end)
        yield Turn(speaker, match.span("label"), content)


def _is_label(label: str) -> bool:
    """Return True for names in capitals, one or two names in Title Case, *Q* and *A*."""
    words = load_saying_words()
    lower = label.lower().rstrip(".")
    if lower in words["question_labels"] or lower in words["answer_labels"]:
        return True
    if lower in words["no_labels"] or lower.split()[-1] in words["no_labels"]:
        return False
    parts = [part for part in label.split() if part.lower().rstrip(".") not in words["label_titles"]]
    if len(label) > 2 and label.upper() == label:
        return True
    return 0 < len(parts) <= 2 and all(part[0].isupper() for part in label.split())


def _key(match: re.Match[str]) -> str:
    return match["label"].lower().rstrip(".")


def _end_of_last(text: str, start: int) -> int:
    """Return the end of the last turn: that of its paragraph, since what follows may be the reporter's."""
    end = text.find("\n\n", start)
    return len(text) if end < 0 else end


def _interviewed(doc: Doc, labels: list[re.Match[str]]) -> Token | None:
    """Return who answers: the first person named in a label, else the one mentioned in the text above."""
    words = load_saying_words()
    plain = words["question_labels"] | words["answer_labels"]
    named = next((match for match in labels if _key(match) not in plain), None)
    if named is not None:
        return _last(doc, named)
    above = [
        t for t in doc if labels and t.idx < labels[0].start() and t.dep_ in _SUBJECTS and t.pos_ == "PROPN"
    ]
    return above[-1] if above else None


def _signed(annotated: AnnotatedDocument) -> Iterator[Turn]:
    text = annotated.document.text
    for match in _SIGNED.finditer(text):
        above = text[: match.start()].rstrip()
        content = _stripped(text, above.rfind("\n") + 1, len(above))
        if content[1] > content[0]:
            yield Turn(_at_end(annotated.doc, match.end("name")), match.span("name"), content)


def _last(doc: Doc, match: re.Match[str]) -> Token | None:
    return _at_end(doc, match.end("label"))


def _at_end(doc: Doc, end: int) -> Token | None:
    """Return the last word that begins before an offset."""
    found = bisect.bisect_left(doc, end, key=lambda token: token.idx) - 1
    return doc[found] if found >= 0 else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())
