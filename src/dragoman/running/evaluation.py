"""Predictions for evaluation tasks of the field, one JSON object per line, in their scorers' format.

Gold lines contain `id` and `text`; further fields depend on the task. An invalid line, or one whose text
cannot be coded, is a fault with its file and line; the others are still processed. `scoring` compares
predictions with gold.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.stories import StoryIndex
from dragoman.errors import BadLineError, KnowledgeError, MissingModelError, UsageError
from dragoman.knowledge.article_titles import whole_of
from dragoman.running.gold_lines import convert, document_of, read_gold, why_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.knowledge.actors import ActorBook, NameMatch
    from dragoman.model.records import CodedDocument, Event
    from dragoman.running.gold_lines import GoldLine, Row

TASKS: dict[str, str] = {
    "events": "text, optional published_on, title, publisher, url -> the coded document",
    "relations": "text, actor [start, end], recipient [start, end] -> event_type",
    "tuples": "text, optional published_on -> events of the sentence",
    "cameo": "text, optional published_on -> events of the sentence",
    "attribution": "text -> attributions with speaker, cue and content spans",
    "factuality": "text, predicates [{start, end}] -> predicates with score -3..+3",
    "actors": "text (a phrase), optional on -> country, sector",
    "links": "text, links [start, end, title of an article], optional published_on -> actors at each link",
    "stories": "text, optional title, lead, published_on, publisher -> story, over the whole file",
}


# Kinds of actors for which their state is a right answer if the name is linked to the state.
_OF_STATES = frozenset({"state", "territory", "organisation", "person"})


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The result for one line of a gold file.

    Attributes:
        line: The line.
        prediction: Its output, matched to the line by id; None if the line has no id.
        events: The coded events, for the task "events"; empty if the text could not be coded.
        fault: Why there is no real prediction.
    """

    line: GoldLine
    prediction: Row | CodedDocument | None
    events: tuple[Event, ...] = ()
    fault: str | None = None


def predict(task: str, gold: Path, coder: Coder) -> Iterator[Answer]:
    """Yield an answer for each line of a gold file that is not blank, including invalid ones.

    Args:
        task: One of `TASKS`.
        gold: JSONL, one case per line, each with an `id`.
        coder: Codes the texts.

    Raises:
        UsageError: There is no such task.
        UnreadableError: The file cannot be opened.
    """
    if task == "stories":
        yield from _stories(gold)
        return
    answer = _ANSWERS.get(task)
    if answer is None:
        raise UsageError(message=f"no task {task!r}; use one of {', '.join(TASKS)}")
    for line in read_gold(gold):
        if line.fault is not None:
            yield Answer(line=line, prediction=None, fault=line.fault)
            continue
        try:
            yield answer(line, coder)
        except (KnowledgeError, MissingModelError):
            raise
        except Exception as error:  # noqa: BLE001 - one bad case must not stop a measurement
            yield _failed(line, error)


def _failed(line: GoldLine, error: Exception) -> Answer:
    why = why_of(error, line.where)
    return Answer(line=line, prediction={"id": line.id, "error": why}, fault=why)


def _of_row(answer: Callable[[GoldLine, Coder], Row]) -> Callable[[GoldLine, Coder], Answer]:
    return lambda line, coder: Answer(line=line, prediction={"id": line.id, **answer(line, coder)})


def _coded_document(line: GoldLine, coder: Coder) -> Answer:
    coded = coder.code_document(document_of(line))
    return Answer(line=line, prediction=coded, events=coded.events)


class _SpanPair(msgspec.Struct):
    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]


def _relation(line: GoldLine, coder: Coder) -> Row:
    given = convert(line, _SpanPair)
    for start, end in (given.actor, given.recipient):
        if not 0 <= start < end <= len(given.text):
            raise BadLineError(where=line.where, why=f"[{start}, {end}] is not a span of the text")
    found = coder.relation(given.text, actor=given.actor, recipient=given.recipient)
    return {"event_type": found.event_type if found else None}


def _events(line: GoldLine, coder: Coder) -> Row:
    coded = coder.code_document(document_of(line))
    return {"events": msgspec.to_builtins([e for e in coded.events if e.polarity == "positive"])}


def _attributions(line: GoldLine, coder: Coder) -> Row:
    coded = coder.code_document(document_of(line))
    found = []
    for attribution in coded.attributions:
        speaker, cue = attribution.speaker_span, attribution.cue
        found.append(
            {
                "speaker": [[speaker.start, speaker.end]] if speaker else [],
                "cue": [[cue.start, cue.end]] if cue else [],
                "content": [list(span) for span in attribution.content],
            }
        )
    return {"attributions": found}


class _PredicateSpan(msgspec.Struct):
    start: int
    end: int


class _Predicates(msgspec.Struct):
    text: str
    predicates: list[_PredicateSpan]


def _factuality(line: GoldLine, coder: Coder) -> Row:
    given = convert(line, _Predicates)
    spans = [(p.start, p.end) for p in given.predicates]
    scores = coder.scores(coder.annotate_text(given.text), spans)
    return {
        "predicates": [{"start": s, "end": e, "score": v} for (s, e), v in zip(spans, scores, strict=True)]
    }


class _Phrase(msgspec.Struct):
    text: str
    on: dt.date | None = None


def _actor(line: GoldLine, coder: Coder) -> Row:
    given = convert(line, _Phrase)
    country, sector = coder.actors.code(given.text, on=given.on)
    return {"country": country or "", "sector": sector or ""}


class _Linked(msgspec.Struct):
    text: str
    links: list[tuple[int, int, str]]
    published_on: dt.date | None = None


def _links(line: GoldLine, coder: Coder) -> Row:
    given = convert(line, _Linked)
    names = coder.actors.find(given.text, on=given.published_on)
    return {
        "links": [
            [_named(m, coder.actors) for m in names if m.start < end and start < m.end]
            for start, end, _ in given.links
        ]
    }


def _named(match: NameMatch, book: ActorBook) -> Row:
    """Return the actor at a name, and the whole that it is a part of."""
    whole = match.country if match.kind in _OF_STATES else whole_of(book, match.id)
    return {"id": match.id, "whole": whole}


class _Lead(msgspec.Struct):
    lead: str | None = None


def _stories(gold: Path) -> Iterator[Answer]:
    # An article's story is only known after all are read, so this task is not answered line by line.
    index = StoryIndex()
    answers: list[Answer | GoldLine] = []
    for line in read_gold(gold):
        if line.fault is not None:
            answers.append(Answer(line=line, prediction=None, fault=line.fault))
            continue
        try:
            document, lead = document_of(line), convert(line, _Lead).lead
            # Some data sets write a missing lead as the word None.
            index.add(document, lead=None if lead == "None" else lead)
        except Exception as error:  # noqa: BLE001 - one bad case must not stop a measurement
            answers.append(_failed(line, error))
        else:
            answers.append(line)
    index.rebuild()
    for item in answers:
        if isinstance(item, Answer):
            yield item
        else:
            story = index.story_of(item.id or "")
            yield Answer(line=item, prediction={"id": item.id, "story": story})


_ANSWERS: dict[str, Callable[[GoldLine, Coder], Answer]] = {
    "events": _coded_document,
    "relations": _of_row(_relation),
    "tuples": _of_row(_events),
    "cameo": _of_row(_events),
    "attribution": _of_row(_attributions),
    "factuality": _of_row(_factuality),
    "actors": _of_row(_actor),
    "links": _of_row(_links),
}
