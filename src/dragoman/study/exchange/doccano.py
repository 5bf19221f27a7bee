"""doccano: lines with entities and relations, as in its sequence labelling with relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.study.exchange.annotations import AnnotatedText, Relation, Span, reading, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write_lines(texts: Iterable[AnnotatedText]) -> Iterator[dict[str, Any]]:
    """Yield one line for each text. doccano keeps unknown keys of a line as metadata."""
    entity, relation_number = 0, 0
    for text in texts:
        numbers: dict[str, int] = {}
        entities, relations = [], []
        for span in text.spans:
            entity += 1
            numbers[span.id] = entity
            entities.append(
                {"id": entity, "label": span.label, "start_offset": span.start, "end_offset": span.end}
            )
        for relation in text.relations:
            relation_number += 1
            relations.append({
                "id": relation_number, "from_id": numbers[relation.head], "to_id": numbers[relation.child],
                "type": relation.label,
            })  # fmt: skip
        yield {
            "text": text.text, "entities": entities, "relations": relations, "Comments": [],
            "document_id": text.id, "title": text.title, "published_on": text.published_on,
            "values": {str(numbers[span.id]): span.value for span in text.spans if span.value},
        }  # fmt: skip


def read_lines(lines: Iterable[dict[str, Any]]) -> Iterator[AnnotatedText]:
    """Read exported lines.

    Raises:
        BadAnnotationError: A line is not in doccano's format.
    """
    for number, line in enumerate(lines, 1):
        with reading("a line of doccano", f"line {number}"):
            text = _text(line, number)
        yield text


def _text(line: dict[str, Any], number: int) -> AnnotatedText:
    values = line.get("values") or {}
    spans = tuple(
        Span(
            id=str(entity["id"]), start=entity["start_offset"], end=entity["end_offset"],
            label=entity["label"], value=string(values, str(entity["id"])),
        )
        for entity in line["entities"]
    )  # fmt: skip
    relations = tuple(
        Relation(head=str(each["from_id"]), child=str(each["to_id"]), label=each["type"])
        for each in line.get("relations") or []
    )
    return AnnotatedText(
        id=string(line, "document_id") or f"line-{number}", text=line["text"], title=string(line, "title"),
        published_on=string(line, "published_on"), spans=spans, relations=relations,
    )  # fmt: skip
