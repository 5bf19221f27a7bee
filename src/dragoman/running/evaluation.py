"""Predictions for the field's measuring tasks, one JSON object a line, as their scorers read them.

This writes predictions; it does not score. Gold lines hold `id` and `text`; what else, the task says.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.analysis.stories import StoryIndex
from dragoman.errors import BadLineError, UnreadableError, UsageError
from dragoman.model.documents import Document
from dragoman.readers.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dragoman.coding.coder import Coder

Row = dict[str, Any]

TASKS: dict[str, str] = {
    "relations": "text, actor [start, end], recipient [start, end] -> event_type",
    "tuples": "text, optional published_on -> events of the sentence",
    "cameo": "text, optional published_on -> events of the sentence",
    "attribution": "text -> attributions with speaker, cue and content spans",
    "factuality": "text, predicates [{start, end}] -> predicates with score -3..+3",
    "actors": "text (a phrase), optional on -> country, sector",
    "stories": "text, optional title, lead, published_on, publisher -> story, over the whole file",
}


def predict(task: str, gold: Path, coder: Coder) -> Iterator[Row]:
    """Yield a prediction for each line of a gold file.

    Args:
        task: One of `TASKS`.
        gold: JSONL, one case a line, each with an `id`.
        coder: Codes the texts.

    Raises:
        UsageError: There is no such task.
        UnreadableError: The file cannot be opened.
        BadLineError: A line is not JSON or lacks a field that the task needs.
    """
    if task == "stories":
        yield from _stories(gold)
        return
    answer = _ANSWERS.get(task)
    if answer is None:
        raise UsageError(message=f"no task {task!r}; use one of {', '.join(TASKS)}")
    for number, row in _lines(gold):
        try:
            yield {"id": row["id"], **answer(row, coder)}
        except KeyError as error:
            raise BadLineError(where=f"{gold.name}:{number}", why=f"no field {error} for {task}") from error


def _lines(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableError(where=str(path), why=error.strerror or str(error)) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except json.JSONDecodeError as error:
            raise BadLineError(where=f"{path.name}:{number}", why=f"not JSON: {error.msg}") from error


def _relation(row: Row, coder: Coder) -> Row:
    found = coder.relation(row["text"], actor=tuple(row["actor"]), recipient=tuple(row["recipient"]))
    return {"event_type": found.event_type if found else None}


def _events(row: Row, coder: Coder) -> Row:
    coded = coder.code(row["text"], published_on=row.get("published_on"), id=row["id"])
    return {"events": msgspec.to_builtins([e for e in coded.events if e.polarity == "positive"])}


def _attributions(row: Row, coder: Coder) -> Row:
    coded = coder.code(row["text"], published_on=row.get("published_on"), id=row["id"])
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


def _predicates(row: Row, coder: Coder) -> Row:
    annotated = coder.annotate_text(row["text"])
    spans = [(p["start"], p["end"]) for p in row["predicates"]]
    scores = coder.scores(annotated, spans)
    return {
        "predicates": [{"start": s, "end": e, "score": v} for (s, e), v in zip(spans, scores, strict=True)]
    }


def _actor(row: Row, coder: Coder) -> Row:
    on = row.get("on")
    country, sector = coder.actors.code(row["text"], on=dt.date.fromisoformat(on) if on else None)
    return {"country": country or "", "sector": sector or ""}


def _stories(gold: Path) -> Iterator[Row]:
    # An article's story is known only when all are in, so this task is not answered line by line.
    index, names = StoryIndex(), []
    for number, row in _lines(gold):
        where = f"{gold.name}:{number}"
        try:
            name, text = row["id"], row["text"]
        except KeyError as error:
            raise BadLineError(where=where, why=f"no field {error} for stories") from error
        day = read_date(row.get("published_on"), where=where)
        document = Document(
            id=name, text=text, title=row.get("title"), published_on=day, publisher=row.get("publisher")
        )
        lead = row.get("lead")
        # Some sets write a missing lead as the word None.
        index.add(document, lead=None if lead == "None" else lead)
        names.append(name)
    index.rebuild()
    yield from ({"id": name, "story": index.story_of(name)} for name in names)


_ANSWERS: dict[str, Callable[[Row, Coder], Row]] = {
    "relations": _relation,
    "tuples": _events,
    "cameo": _events,
    "attribution": _attributions,
    "factuality": _predicates,
    "actors": _actor,
}
