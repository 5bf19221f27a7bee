"""The whole coding of single sentences, one line for each thing found; the rows are in exact_rows/.

A row is a text and, indented below it, all that is found in it: attributions, predicates, parties, dates,
amounts, places, events with their fields, and why words on which a rule matched gave no event. A row that
differs shows that a rule has changed, and where; whether the change is right is to be judged by its reader.

Run as a script with the name of a file (`python tests/coding/exact_rows.py dates`) to write its rows anew.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.coding.amounts.extraction import find_amounts
from dragoman.coding.coder import Coder
from dragoman.coding.dates.extraction import find_dates
from dragoman.coding.places.extraction import find_places
from dragoman.knowledge.loading import data_folder
from dragoman.model.documents import Document

if TYPE_CHECKING:
    from dragoman.language.annotated import AnnotatedDocument
    from dragoman.model.records import ActorRef, Amount, Attribution, Event, Span

FOLDER = Path(__file__).with_name("exact_rows")
# A Wednesday.
DAY = dt.date(2025, 3, 12)
# Reasons for empty fields that most events have; others are in the rows.
_USUAL = frozenset({
    "no recipient named in the clause", "only the publisher says so", "the clause gives no date",
    "the clause gives no place", "the clause does not say",
})  # fmt: skip


def exact_coder() -> Coder:
    """Load the coder of the rows: rules alone, with predicates and firm negations."""
    return Coder(actors=[data_folder() / "actors_invented"], reading="rules", full=True, negations=True)


def read_rows(name: str) -> list[tuple[str, list[str]]]:
    """Return the texts of a file with the lines below them."""
    rows: list[tuple[str, list[str]]] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            rows[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            rows.append((line, []))
    return rows


def annotate(coder: Coder, texts: Iterable[str]) -> dict[str, AnnotatedDocument]:
    """Return texts with their parse."""
    documents = [Document(id="exact", text=text, published_on=DAY) for text in texts]
    return {found.document.text: found for found in coder._annotate(documents)}


def lines_of(coder: Coder, annotated: AnnotatedDocument) -> list[str]:
    """Return everything that is found in a text, one line each."""
    coded = coder.code_annotated(annotated)
    predicates = [
        f"{p.text} {p.factuality} {p.polarity} {p.tense}{' if' * p.conditional} {p.score:g}"
        for p in coded.predicates or ()
    ]
    lines = [f"is: {'; '.join(predicates)}"] if predicates else []
    lines += [_attribution(each, annotated) for each in coded.attributions]
    lines += _parties(coder, annotated)
    lines += [
        f"date: {annotated.text_of(d.start, d.end)} = {_days(d.first, d.last)} {d.precision} {d.kind} "
        f"{d.rule}{' absolute' * d.is_absolute}"
        for d in find_dates(annotated)
    ]
    lines += [f"amount: {_amount(amount)}" for amount in find_amounts(annotated)]
    lines += [
        f"place: {p.place.text} = {p.place.name} {p.place.country} {p.place.precision} {p.place.geonames_id}"
        f" {p.position} {p.token} {p.preposition}{' country' * p.is_country}"
        for p in find_places(annotated)
    ]
    lines += [line for event in coded.events for line in _event(event)]
    lines += [f"not: {drop.token.text}, {drop.reason}" for drop in coder.rule_drops_of(annotated)]
    return lines


def _attribution(found: Attribution, annotated: AnnotatedDocument) -> str:
    content = " ... ".join(annotated.text_of(start, end) for start, end in found.content)
    marks = f"{' quoted' * found.quoted}{f' in {found.nested_in}' if found.nested_in is not None else ''}"
    speaker = f"{_span(found.speaker_span)} ({found.speaker.id if found.speaker else None})"
    return f"said: {speaker}, {_span(found.cue)}: {content}{marks}"


def _parties(coder: Coder, annotated: AnnotatedDocument) -> Iterator[str]:
    parties = coder.parties_of(annotated)
    found = []
    for token in annotated.doc:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ != "compound":
            refs = parties.resolve(token, include_possessors=False)
            reason = parties.reasons.get(token.i, "") if not refs else ""
            if refs or reason:
                found.append(f"{token.text} = {' '.join(map(_party, refs))}{reason}")
    if found:
        yield f"who: {'; '.join(found)}"


def _event(event: Event) -> Iterator[str]:
    sides = f"{' '.join(map(_party, event.actors))} > {' '.join(map(_party, event.recipients))}"
    speaker = f" said {' '.join(map(_party, event.speaker))}" if event.speaker else ""
    modality = f"{event.factuality} {event.polarity} {event.tense}{' if' * event.conditional}"
    yield (
        f"event: {event.event_type} {event.event_mode} {sides}{speaker}, {modality}, {event.trigger.text}"
        f" in: {event.evidence.text}"
    )
    date = event.event_date
    reasons = (f"{name} {reason}" for name, reason in event.reasons.items() if reason not in _USUAL)
    fields = {
        "rule": event.rule, "confidence": f"{event.confidence:.2f}", "intensity": f"{event.intensity:g}",
        "cameo": event.cameo, "contexts": " ".join(event.contexts), "cue": event.cue and event.cue.text,
        "quoted": "yes" * event.quoted, "issue": event.issue and event.issue.text,
        "amounts": ", ".join(map(_amount, event.amounts)),
        "date": date and f"{_days(date.start, date.end)} {date.precision} {date.text}",
        "place": event.place and f"{event.place.name} {event.place.country}",
        "condition": event.condition and event.condition.text,
        "consequence": event.consequence and event.consequence.text,
        "told as": event.told_as if event.told_as != "current" else None, "time basis": event.time_basis,
        "reasons": ", ".join(reasons),
    }  # fmt: skip
    yield "; ".join(f"{name}: {value}" for name, value in fields.items() if value)


def _party(ref: ActorRef) -> str:
    return f"{ref.id}({' '.join(filter(None, (ref.kind, ref.country, ref.sector)))})"


def _amount(amount: Amount) -> str:
    return f"{amount.text} = {amount.value:g} {amount.unit} {amount.of}{' about' * amount.approximate}"


def _span(span: Span | None) -> str:
    return span.text if span is not None else "-"


def _days(first: dt.date, last: dt.date) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _rewrite(coder: Coder, name: str) -> None:
    file = FOLDER / f"{name}.txt"
    comments = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    texts = [text for text, _ in read_rows(name)]
    lines = [
        line
        for text, found in annotate(coder, texts).items()
        for line in (text, *(f"  {each}" for each in lines_of(coder, found)))
    ]
    file.write_text("\n".join([*comments, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    rules = exact_coder()
    for each in sys.argv[1:]:
        _rewrite(rules, each)
