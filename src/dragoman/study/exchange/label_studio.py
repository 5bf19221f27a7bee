"""Label Studio: a list of tasks with regions and relations, as in its JSON import and export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.errors import BadAnnotationError
from dragoman.study.exchange.annotations import (
    LABELS,
    ROLES,
    AnnotatedText,
    Relation,
    Span,
    place_of,
    reading,
    string,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def labelling_config() -> str:
    """Return the labelling interface of a project for these tasks (Settings, Labeling Interface, Code)."""
    labels = "\n".join(f'    <Label value="{name}"/>' for name in LABELS)
    roles = "\n".join(f'    <Relation value="{name}"/>' for name in ROLES)
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        f'  <Relations>\n{roles}\n  </Relations>\n  <Text name="text" value="$text"/>\n</View>\n'
    )


def write_tasks(texts: Iterable[AnnotatedText]) -> list[dict[str, Any]]:
    """Return tasks with the coded events as predictions, which annotators accept or correct."""
    tasks = []
    for text in texts:
        result: list[dict[str, Any]] = [
            {
                "id": span.id, "from_name": "label", "to_name": "text", "type": "labels",
                "value": {"start": span.start, "end": span.end, "text": text.text[span.start : span.end],
                          "labels": [span.label]},
                "meta": {"text": [span.value]} if span.value else {},
            }
            for span in text.spans
        ]  # fmt: skip
        result += [
            {
                "type": "relation",
                "from_id": r.head,
                "to_id": r.child,
                "direction": "right",
                "labels": [r.label],
            }
            for r in text.relations
        ]
        data = {
            "text": text.text,
            "document_id": text.id,
            "title": text.title,
            "published_on": text.published_on,
        }
        tasks.append({"data": data, "predictions": [{"model_version": "dragoman", "result": result}]})
    return tasks


def read_tasks(tasks: Any) -> Iterator[AnnotatedText]:
    """Read exported tasks: for each, the first annotation that was not cancelled, else its prediction.

    Raises:
        BadAnnotationError: A task is not in Label Studio's format.
    """
    if not isinstance(tasks, list):
        raise BadAnnotationError(where="the file", why="not a list of tasks; export as JSON, not JSON-MIN")
    for number, task in enumerate(tasks, 1):
        with reading("a task of Label Studio", f"task {number}"):
            data = task["data"]
            done = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
            result = (done or task.get("predictions") or [{"result": []}])[0]["result"]
            text = _text(data, result, number)
        yield text


def _text(data: dict[str, Any], result: list[dict[str, Any]], number: int) -> AnnotatedText:
    text = data["text"]
    spans, relations = [], []
    for region in result:
        if region["type"] == "labels":
            value = region["value"]
            start, end = place_of(text, value["start"], value["end"], value.get("text"))
            note = (region.get("meta") or {}).get("text") or [""]
            spans.append(Span(id=region["id"], start=start, end=end, label=value["labels"][0], value=note[0]))
        elif region["type"] == "relation":
            label = (region.get("labels") or [""])[0]
            relations.append(Relation(head=region["from_id"], child=region["to_id"], label=label))
    return AnnotatedText(
        id=string(data, "document_id") or f"task-{number}", text=text, title=string(data, "title"),
        published_on=string(data, "published_on"), spans=tuple(spans), relations=tuple(relations),
    )  # fmt: skip
