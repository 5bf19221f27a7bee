"""Prodigy: lines with tokens, spans and relations between tokens, as in its recipe rel.manual."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Any

from dragoman.study.exchange.annotations import AnnotatedText, Relation, Span, reading, string, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def write_lines(texts: Iterable[AnnotatedText]) -> Iterator[dict[str, Any]]:
    """Yield one line for each text."""
    for text in texts:
        tokens = tokens_of(text.text)
        spans = {span.id: _span(span, tokens) for span in text.spans}
        yield {
            "text": text.text,
            "meta": {"document_id": text.id, "title": text.title, "published_on": text.published_on},
            "tokens": [
                {"text": text.text[start:end], "start": start, "end": end, "id": number,
                 "ws": text.text[end : end + 1].isspace()}
                for number, (start, end) in enumerate(tokens)
            ],
            "spans": list(spans.values()),
            "relations": [
                {"head": spans[r.head]["token_end"], "child": spans[r.child]["token_end"], "label": r.label,
                 "head_span": spans[r.head], "child_span": spans[r.child]}
                for r in text.relations
            ],
        }  # fmt: skip


def _span(span: Span, tokens: list[tuple[int, int]]) -> dict[str, Any]:
    first = max(0, bisect.bisect_right([start for start, _ in tokens], span.start) - 1)
    last = max(first, bisect.bisect_left([end for _, end in tokens], span.end))
    return {
        "start": span.start, "end": span.end, "token_start": first, "token_end": min(last, len(tokens) - 1),
        "label": span.label, "id": span.value,
    }  # fmt: skip


def read_lines(lines: Iterable[dict[str, Any]]) -> Iterator[AnnotatedText]:
    """Read lines of db-out; rejected and ignored ones are skipped.

    Raises:
        BadAnnotationError: A line is not in Prodigy's format.
    """
    for number, line in enumerate(lines, 1):
        with reading("a line of Prodigy", f"line {number}"):
            text = _text(line, number) if line.get("answer", "accept") == "accept" else None
        if text is not None:
            yield text


def _text(line: dict[str, Any], number: int) -> AnnotatedText:
    meta = line.get("meta") or {}
    ids: dict[tuple[int, int, str], str] = {}
    spans = []
    for span in line.get("spans") or []:
        key = (span["start"], span["end"], span["label"])
        ids[key] = f"s{len(ids) + 1}"
        spans.append(Span(id=ids[key], start=key[0], end=key[1], label=key[2], value=string(span, "id")))
    relations = []
    for relation in line.get("relations") or []:
        head, child = (
            ids[side["start"], side["end"], side["label"]]
            for side in (relation["head_span"], relation["child_span"])
        )
        relations.append(Relation(head=head, child=child, label=relation["label"]))
    return AnnotatedText(
        id=string(meta, "document_id") or f"line-{number}", text=line["text"], title=string(meta, "title"),
        published_on=string(meta, "published_on"), spans=tuple(spans), relations=tuple(relations),
    )  # fmt: skip
