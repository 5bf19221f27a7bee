"""The report of an evaluation of events: all figures, by heading, with missed and wrong events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.analysis.event_scoring import EventScores

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.analysis.event_scoring import Annotation, Pairing
    from dragoman.model.records import ActorRef, Event

FATES = ("right", "wrong", "again", "neutral")
FIELDS = ("firm", "speaker", "place_country", "date")
_LISTED = ("wrong", "again")
_NO_HEADING = "all"


@dataclass(slots=True)
class EventReport:
    """Scores of events over many texts.

    Attributes:
        whole: The scores of all texts.
        by_heading: The scores of the texts of each heading; those without one are under "all".
        detail: One line for each event that was missed, coded wrong or repeated.
    """

    whole: EventScores = field(default_factory=EventScores)
    by_heading: dict[str, EventScores] = field(default_factory=dict)
    detail: list[str] = field(default_factory=list)

    def add(
        self,
        name: str,
        heading: str | None,
        annotations: Sequence[Annotation],
        optional: Sequence[Annotation],
        events: Sequence[Event],
        *,
        is_listed: bool = False,
    ) -> None:
        """Score one more text.

        Args:
            name: Its id.
            heading: Its heading.
            annotations: Its annotated events.
            optional: Those that are neither rewarded nor penalised.
            events: The coded events.
            is_listed: Add a line to `detail` for each error.
        """
        pairing = self.whole.add(annotations, optional, events)
        self.by_heading.setdefault(heading or _NO_HEADING, EventScores()).add(annotations, optional, events)
        if is_listed:
            self.detail += _errors(name, annotations, events, pairing)

    def figures(self) -> dict[str, Any]:
        """Return all figures as plain objects, rounded to four decimals; 0 if nothing was coded."""
        whole = self.whole
        return {
            **_main_figures(whole),
            **{fate: whole.fates[fate] for fate in FATES},
            "texts_without_events": whole.texts_without_events,
            "of_them_coded": whole.of_them_coded,
            "fields": {name: _share(whole.fields[name]) for name in FIELDS if name in whole.fields},
            "confidence": {
                f"{band / 10:.1f}-{(band + 1) / 10:.1f}": _share(whole.bands[band])
                for band in sorted(whole.bands)
            },
            "by_heading": {name: _main_figures(self.by_heading[name]) for name in sorted(self.by_heading)},
        }


def _main_figures(scores: EventScores) -> dict[str, Any]:
    return {
        "items": scores.texts,
        "annotated": scores.annotated,
        "coded": scores.coded,
        "precision": round(scores.precision or 0.0, 4),
        "recall": round(scores.recall or 0.0, 4),
        "f1": round(scores.f1 or 0.0, 4),
        "type_recall": None if scores.type_recall is None else round(scores.type_recall, 4),
    }


def _share(verdicts: Sequence[bool]) -> dict[str, Any]:
    return {"n": len(verdicts), "right": round(sum(verdicts) / len(verdicts), 4)}


def _errors(
    name: str, annotations: Sequence[Annotation], events: Sequence[Event], pairing: Pairing
) -> Iterable[str]:
    """Yield a line for each annotated event that was missed and each coded one that is wrong or repeated."""
    for number, annotation in enumerate(annotations):
        if number not in pairing.found:
            actors, recipients = " ".join(annotation["actors"]), " ".join(annotation["recipients"])
            words = annotation["evidence"].get("text", "")
            yield f"{name} missed {'/'.join(annotation['types'])} {actors} > {recipients} | {words}"
    for event, fate in zip(events, pairing.fates, strict=True):
        if fate in _LISTED:
            yield (
                f"{name} {fate} {event.event_type} {_ids(event.actors)} > {_ids(event.recipients)}"
                f" | {event.evidence.text} | {event.rule}, {event.carried_by}, {event.confidence:.2f}"
            )


def _ids(parties: Iterable[ActorRef]) -> str:
    return " ".join(party.id for party in parties)
