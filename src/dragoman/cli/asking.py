"""Query commands: the record, the coding of a sentence, the actors.

Modules that only some commands need are imported where needed, so that queries to a record start fast.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.analysis.spreadsheet_cells import to_cell
from dragoman.cli.filters import open_shown, say_why_empty
from dragoman.cli.output import console, print_events, print_failure
from dragoman.cli.rows import print_json_lines
from dragoman.cli.terminal import standard_output
from dragoman.errors import NotFoundError, UsageError
from dragoman.model.documents import Failure
from dragoman.model.records import CodedDocument
from dragoman.record.store import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.cli.filters import Asked
    from dragoman.coding.explanation import ExplainedProposal
    from dragoman.record.store import StoredEvent

# Maximum number of rows of a table, which is meant to be read.
_SCREEN = 200
_COLUMNS = ("event_id", "document_id", "published_on", "day", "starts_on", "event_type",
            "event_mode", "quad_class", "intensity",
            "cameo", "actors", "recipients", "speaker", "factuality", "conditional", "evidence", "rule",
            "confidence", "carried_by", "told_as", "time_basis")  # fmt: skip


def ask_events(path: Path, asked: Asked, *, limit: int | None, form: str) -> None:
    """Print the events of a record that match a filter."""
    with asked.open(path) as record:
        wanted = asked.read(record, limit=limit)
        found: Iterator[StoredEvent] = record.events(wanted)
        first = next(found, None)
        if first is None:
            say_why_empty(record, wanted)
            if form == "table":
                return
        found = itertools.chain([] if first is None else [first], found)
        if form == "jsonl":
            print_json_lines(found)
        elif form == "csv":
            writer = csv.DictWriter(standard_output(), _COLUMNS)
            writer.writeheader()
            writer.writerows(_row(stored) for stored in found)
        elif form == "table":
            shown = list(itertools.islice(found, wanted.limit or _SCREEN))
            print_events(None, [each.event for each in shown], days=[each.day for each in shown])
            if wanted.limit is None and next(found, None) is not None:
                sys.stderr.write(f"only the first {_SCREEN}; use --limit or --format csv for more\n")
        else:
            raise UsageError(message=f"--format {form!r}: use table, jsonl or csv")


def _row(stored: StoredEvent) -> dict[str, object]:
    event = stored.event
    return {
        "event_id": event.id,
        "document_id": stored.document_id,
        "published_on": stored.published_on,
        "day": stored.day,
        "starts_on": event.event_date.start if event.event_date else None,
        "event_type": event.event_type,
        "event_mode": event.event_mode,
        "quad_class": event.quad_class,
        "intensity": event.intensity,
        "cameo": event.cameo,
        "actors": " ".join(ref.id for ref in event.actors),
        "recipients": " ".join(ref.id for ref in event.recipients),
        "speaker": " ".join(ref.id for ref in event.speaker),
        "factuality": event.factuality,
        "conditional": event.conditional,
        "evidence": to_cell(event.evidence.text),
        "rule": event.rule,
        "confidence": event.confidence,
        "carried_by": event.carried_by,
        "told_as": event.told_as,
        "time_basis": event.time_basis,
    }


class Shown(NamedTuple):
    """Options for coding a document now, or for selecting its events from a record."""

    codebook: list[Path]
    actors: list[Path]
    calibration: Path | None
    reviewed: bool = False
    reader: str | None = None
    negations: bool = False


def find_coded(name: str, record: Path | None, shown: Shown) -> CodedDocument:
    """Return a coded document: by its id from the record, or from a path coded now.

    Raises:
        NotFoundError: There is no such document or path.
        UsageError: An option does not apply.
    """
    if record is None and (shown.reviewed or shown.reader is not None):
        raise UsageError(
            message="--reviewed and --reader need --record FILE: a report coded now has no readings"
        )
    if record is not None:
        with open_shown(
            record, reviewed=shown.reviewed, reader=shown.reader, calibration=shown.calibration
        ) as kept:
            name = kept.find_id("document", name) or name
            document = kept.document(name)
            from dragoman.record.queries import whole_document

            found = (stored.event for stored in kept.events(whole_document(name)))
            events = tuple(sorted(found, key=lambda event: event.trigger.start))
            attributions = tuple(kept.attributions(name))
            return CodedDocument(id=document.id, document=document, events=events, attributions=attributions)
    from dragoman.coding.coder import Coder
    from dragoman.readers.base import read

    if not Path(name).exists():
        raise NotFoundError(what="document", name=name, hint="give a path, or an id with --record FILE")
    items = iter(read([name]))
    for item in items:
        if isinstance(item, Failure):
            raise UsageError(message=item.message)
        if next(items, None) is not None:
            sys.stderr.write(
                f"{name} holds several reports, and this is the first; `dragoman ingest` keeps all\n"
            )
        coder = Coder(
            codebook=shown.codebook, actors=shown.actors, calibration=shown.calibration,
            negations=shown.negations,
        )  # fmt: skip
        return coder.code_document(item)
    raise NotFoundError(what="document", name=name, hint="the path holds no report")


def list_documents(path: Path) -> None:
    """Print the id, date and title of each document."""
    with Record.open_to_read(path) as record:
        for document in record.documents():
            cells = (document.id, str(document.published_on or ""), document.title or "")
            standard_output().write("\t".join(cells) + "\n")


def list_failures(path: Path) -> None:
    """Print each failure."""
    with Record.open_to_read(path) as record:
        for failure in record.failures():
            print_failure(failure, with_file=True)


def explain_text(
    text: str, *, codebook: list[Path], actors: list[Path], calibration: Path | None = None,
    negations: bool = False,
) -> None:  # fmt: skip
    """Print how a sentence is read."""
    from dragoman.coding.coder import Coder
    from dragoman.coding.examples import describe
    from dragoman.coding.explanation import explain

    coder = Coder(codebook=codebook, actors=actors, calibration=calibration, negations=negations)
    found = explain(text, coder)
    for clause in found.clauses:
        console.print(f"clause: {clause.text}   [{clause.predicate}]", markup=False, style="bold")
        for tried in clause.tried:
            verdict = "matched" if tried.failed is None else f"failed: {tried.failed}"
            console.print(f"    {tried.word:16} {tried.rule:40} {verdict}", markup=False)
    for words, identifier, reason in found.parties:
        console.print(f"party: {words} = {identifier or f'nobody ({reason})'}", markup=False)
    for proposal in found.proposals:
        _print_proposal(proposal)
    for drop in found.drops:
        kind = f"{drop.event_type or '-'} [{drop.rule}]" if drop.rule else "-"
        console.print(f"no event: {drop.word}: {kind}: {drop.reason}", markup=False)
    for event in found.events:
        firmly = f"{event.factuality} {event.tense}{' conditional' if event.conditional else ''}"
        negated = "negated: " if event.polarity == "negative" else ""
        console.print(f"event: {negated}{describe(event)} {firmly}", markup=False, style="green")
    if not found.events:
        console.print("no event")


def _print_proposal(proposal: ExplainedProposal) -> None:
    """Print one proposed event word: its parties, probability, governing words and outcome."""
    actors, recipients = (",".join(side) or "-" for side in (proposal.actors, proposal.recipients))
    fate = f"dropped ({proposal.dropped})" if proposal.dropped else "kept"
    against = f"; against it: {', '.join(proposal.objections)}" if proposal.objections else ""
    found = f"; the gate: {', '.join(proposal.gate)}" if proposal.gate else ""
    console.print(
        f"proposal: {proposal.word}: {actors} {proposal.event_type} {recipients}, probability "
        f"{proposal.probability:.2f}, by {proposal.carried_by} [{proposal.rule}]: {fate}{against}{found}",
        markup=False,
    )


def resolve_phrase(phrase: str, *, on: dt.date | None, actors: list[Path]) -> None:
    """Print the actor that a phrase refers to; for a shared name, all its actors."""
    from dragoman.knowledge.actors import load_actors

    book = load_actors(extra=tuple(actors))
    found = book.resolve(phrase, on=on)
    # "National Liberation Army" resolves to rebels in general, which is less specific than the list of its
    # actors.
    rivals = book.rivals(phrase, on=on) if found is None or found.kind == "group" else []
    if rivals:
        shown = [{"id": one.id, "name": one.name, "country": one.country} for one in rivals]
        told = {"candidates": shown, "why": "several actors go by this name; a report tells which it means"}
        console.print_json(msgspec.json.encode(told).decode("utf-8"))
        return
    if found is None:
        raise NotFoundError(what="actor", name=phrase, hint="the phrase names no known actor")
    console.print_json(msgspec.json.encode(found).decode("utf-8"))
