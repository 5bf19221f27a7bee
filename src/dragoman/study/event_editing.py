"""Manual corrections of events: typed fields, checked against codebook, actors and text."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

from dragoman.analysis.filters import near, read_term
from dragoman.errors import UsageError
from dragoman.model.identity import content_id
from dragoman.model.records import ActorRef, Event, EventDate, Span
from dragoman.model.terms import FACTUALITIES, POLARITIES
from dragoman.study.sampling import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.knowledge.actors import ActorBook
    from dragoman.knowledge.codebook import Codebook
    from dragoman.model.documents import Document

# The fields that can be corrected, and their labels.
EDITABLE: dict[str, str] = {
    "event_type": "type",
    "event_mode": "mode",
    "actors": "actors",
    "recipients": "recipients",
    "speaker": "according to",
    "factuality": "factuality",
    "polarity": "polarity",
    "day": "day",
}
PARTY_FIELDS = ("actors", "recipients", "speaker")
# Two versions of an event are the same if they agree on these.
COMPARED = ("event_type", "event_mode", "actors", "recipients", "factuality", "polarity", "event_date")
_RULE = "READER/added"


class EventEditor:
    """An editor that makes corrected and added events.

    Args:
        codebook: Returns modes, quad classes, codes and scores of a type.
        actors: Resolves names to actors.
    """

    def __init__(self, *, codebook: Codebook, actors: ActorBook) -> None:
        self._codebook = codebook
        self._actors = actors

    def edit(
        self, event: Event, document: Document, typed: Mapping[str, str], *, known: Sequence[ActorRef] = ()
    ) -> tuple[Event, tuple[str, ...]]:
        """Return the corrected event, and the fields that differ.

        Args:
            event: The event as coded.
            document: Its report.
            typed: New values by the names of `EDITABLE`; missing ones are unchanged. Parties are names or ids
                separated by ";"; an empty mode, day or list of parties removes it.
            known: Parties of the other events of the report, which can also be named.

        Raises:
            UsageError: A value is not known, or nothing differs.
        """
        unknown = typed.keys() - EDITABLE.keys()
        if unknown:
            raise UsageError(message=f"no field {min(unknown)!r}; {near(min(unknown), EDITABLE)}")
        before = values_of(event)
        changed = tuple(
            name for name in EDITABLE if name in typed and _bare(typed[name]) != _bare(before[name])
        )
        if not changed:
            raise UsageError(message="nothing differs from the event as it is; accept it instead")
        found: dict[str, object] = {}
        for name in changed:
            found |= self._value(name, typed[name], event, document, known)
        edited = msgspec.structs.replace(event, **found)
        if "event_type" in changed or "event_mode" in changed:
            edited = self._scored(edited, keeps_mode="event_mode" in changed)
        return edited, changed

    def add(
        self,
        document: Document,
        words: str,
        typed: Mapping[str, str],
        *,
        known: Sequence[ActorRef] = (),
        nth: int = 0,
    ) -> Event:
        """Return an event that the coder did not find.

        Args:
            document: The report.
            words: Its trigger, as written in the report.
            typed: As for `edit`; the type is needed.
            known: As for `edit`.
            nth: Which of several occurrences of these words, from 0.

        Raises:
            UsageError: The words are not in the report, the type is missing, or a value is not known.
        """
        places = [match.span() for match in re.finditer(re.escape(words.strip()), document.text)]
        if not words.strip() or not places:
            raise UsageError(message=f"{words.strip()!r} is not in the report; copy the words from it")
        if not typed.get("event_type", "").strip():
            raise UsageError(message="an added event needs a type")
        start, end = places[min(nth, len(places) - 1)]
        name = read_term(typed["event_type"], "event_type", tuple(self._codebook.types))
        trigger = Span(start, end, document.text[start:end])
        blank = Event(
            id=content_id(document.id, name, start, end, _RULE), event_type=name,
            event_mode=None, contexts=(), quad_class=self._codebook.types[name].quad_class,  # type: ignore[arg-type]
            intensity=0.0, intensity_scale="PLOVER", cameo=None, goldstein=None, actors=(), recipients=(),
            speaker=(), cue=None, quoted=False, factuality="certain", polarity="positive", tense="past",
            conditional=False, issue=None, amounts=(), event_date=None, place=None,
            evidence=_sentence(document.text, start, end), trigger=trigger, rule=_RULE, confidence=1.0,
        )  # fmt: skip
        rest = {key: value for key, value in typed.items() if key != "event_type" and value.strip()}
        found: dict[str, object] = {}
        for key, value in rest.items():
            if key not in EDITABLE:
                raise UsageError(message=f"no field {key!r}; {near(key, EDITABLE)}")
            found |= self._value(key, value, blank, document, known)
        return self._scored(msgspec.structs.replace(blank, **found), keeps_mode=True)

    def _value(
        self, name: str, typed: str, event: Event, document: Document, known: Sequence[ActorRef]
    ) -> dict[str, object]:
        bare = typed.strip()
        if name == "event_type":
            return {name: read_term(bare, name, tuple(self._codebook.types))}
        if name == "event_mode":
            return {name: bare.casefold().replace(" ", "_") or None}
        if name == "factuality":
            return {name: read_term(bare, name, FACTUALITIES)}
        if name == "polarity":
            return {name: read_term(bare, name, POLARITIES)}
        if name == "day":
            return {"event_date": _date(bare)}
        pieces = [piece.strip() for piece in bare.split(";") if piece.strip()]
        return {name: tuple(self._party(piece, event, document, known) for piece in pieces)}

    def _party(self, typed: str, event: Event, document: Document, known: Sequence[ActorRef]) -> ActorRef:
        """Return a party of the report's events, or a known actor, with its words in the report."""
        for ref in (*event.actors, *event.recipients, *event.speaker, *known):
            if typed.casefold() in (ref.id.casefold(), ref.name.casefold(), ref.text.casefold()):
                return ref
        entry = self._actors.get(typed) or self._actors.get(typed.upper())
        found = self._actors.resolve(entry.name if entry is not None else typed, on=document.published_on)
        if found is None or (entry is not None and found.id != entry.id):
            message = f"nobody known is called {typed!r}; `dragoman list actors --search` finds ids"
            raise UsageError(message=message)
        names = [typed, found.name, *(entry.names if entry is not None else ())]
        start, end = _mention(document.text, names, event.evidence, event.trigger)
        return ActorRef(
            id=found.id, name=found.name, kind=found.kind, country=found.country, sector=found.sector,
            text=document.text[start:end], start=start, end=end,
        )  # fmt: skip

    def _scored(self, event: Event, *, keeps_mode: bool) -> Event:
        """Return an event with the class, the codes and the scores of its type and mode."""
        entry = self._codebook.types[event.event_type]
        mode = event.event_mode
        if mode is not None and mode not in entry.modes:
            if keeps_mode:
                raise UsageError(
                    message=f"{event.event_type} has no mode {mode!r}; {near(mode, entry.modes)}"
                )
            mode = None
        cameo = self._codebook.cameo(event.event_type, mode)
        return msgspec.structs.replace(
            event,
            event_mode=mode,
            quad_class=entry.quad_class,
            intensity=self._codebook.intensity(event.event_type, mode),
            cameo=cameo,
            goldstein=self._codebook.goldstein(cameo),
        )


def parties_of(events: Iterable[Event]) -> tuple[ActorRef, ...]:
    """Return the parties of several events."""
    return tuple(ref for event in events for ref in (*event.actors, *event.recipients, *event.speaker))


def values_of(event: Event) -> dict[str, str]:
    """Return the fields that can be corrected, in their typed form."""
    values = {name: "; ".join(ref.id for ref in getattr(event, name)) for name in PARTY_FIELDS}
    return {
        "event_type": event.event_type, "event_mode": event.event_mode or "", **values,
        "factuality": event.factuality, "polarity": event.polarity,
        "day": event.event_date.start.isoformat() if event.event_date else "",
    }  # fmt: skip


def compared_values(event: Event) -> dict[str, str]:
    """Return the values on which two readers must agree for their events to be the same."""
    values = values_of(event)
    return {name: values["day" if name == "event_date" else name] for name in COMPARED}


def _bare(value: str) -> str:
    return ";".join(piece.strip() for piece in value.split(";"))


def _date(typed: str) -> EventDate | None:
    if not typed:
        return None
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        raise UsageError(message=f"day {typed!r}: write it as YYYY-MM-DD") from None
    return EventDate(start=day, end=day, precision="day")


def _mention(text: str, names: Sequence[str], evidence: Span, trigger: Span) -> tuple[int, int]:
    """Return where a party is named: in the evidence, else first in the report, else the trigger."""
    named = [re.compile(rf"\b{re.escape(name)}\b") for name in names if name]
    for low, high in ((evidence.start, evidence.end), (0, len(text))):
        for pattern in named:
            match = pattern.search(text, low, high)
            if match is not None:
                return match.span()
    return trigger.start, trigger.end


def _sentence(text: str, start: int, end: int) -> Span:
    sentences = sentence_spans(text)
    low = max((s for s, _ in sentences if s <= start), default=start)
    high = min((e for _, e in sentences if e >= end), default=end)
    return Span(low, high, text[low:high])
