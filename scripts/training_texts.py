"""The annotated texts for training and scoring readers, and the fold of each."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.model.documents import Document

TRAINING = Path(__file__).parent.parent / "training"
FIRST_BLIND_DAY = 25


@dataclass(frozen=True)
class Text:
    """A document with its annotated events.

    `fold` is a number that texts of one day, story or document share (take it modulo the number of folds);
    None for texts written for this project, which are always in training. `is_gold` is True if it is scored.
    """

    document: Document
    events: list[dict[str, Any]]
    optional: list[dict[str, Any]]
    source: str
    fold: int | None
    is_gold: bool
    is_blind: bool = False


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def document_of(row: dict[str, Any]) -> Document:
    day = row.get("published_on")
    return Document(
        id=row["id"], text=row["text"], title=row.get("title"), publisher=row.get("publisher"),
        url=row.get("url"), published_on=dt.date.fromisoformat(day[:10]) if day else None,
    )  # fmt: skip


def load_texts(gold: Path) -> list[Text]:
    """Load the development gold and, from training/, the annotations of this project."""
    stories = {row["id"]: row for row in lines_of(gold / "stories.jsonl")}
    texts = [_text(row, "items", _day(row), is_gold=True) for row in lines_of(gold / "items.jsonl")]
    for row in lines_of(gold / "reports.jsonl"):
        texts.append(_text(row, "reports", int(stories[row["id"]]["story"]), is_gold=True))
    for row in lines_of(gold / "statements.jsonl"):
        texts.append(_text(row, "statements", zlib.crc32(row["id"].encode()), is_gold=True))
    sources = {row["id"]: row for row in lines_of(gold / "news_2025.jsonl")}
    articles = {
        row["id"]: row
        for name in ("attribution", "attribution_dev")
        for row in lines_of(gold / f"{name}.jsonl")
    }
    for path in sorted(TRAINING.glob("*.jsonl")):
        for row in lines_of(path):
            if "text" in row:
                texts.append(_text(row, path.stem, None, is_gold=False))
                continue
            source = sources.get(row["id"]) or stories.get(row["id"]) or articles[row["id"]]
            whole = {**source, **row, "text": source["text"][: row["length"]]}
            if row["id"] in sources:
                fold = _day(source)
            else:
                fold = int(source["story"]) if "story" in source else zlib.crc32(row["id"].encode())
            texts.append(_text(_with_words(whole), path.stem, fold, is_gold=False))
    return texts


def _day(row: dict[str, Any]) -> int:
    return int(row["published_on"][8:10])


def _with_words(row: dict[str, Any]) -> dict[str, Any]:
    for event in (*row["events"], *row["optional"]):
        evidence = event["evidence"]
        evidence["text"] = row["text"][evidence["start"] : evidence["end"]]
    return row


def _text(row: dict[str, Any], source: str, fold: int | None, *, is_gold: bool) -> Text:
    blind = source == "items" and _day(row) >= FIRST_BLIND_DAY
    return Text(document_of(row), row["events"], row["optional"], source, fold, is_gold, blind)
