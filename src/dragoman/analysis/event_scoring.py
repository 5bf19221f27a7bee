"""Scores of coded events against completely annotated texts: precision, recall, fields, confidence bands.

An annotated event (see docs/accuracy.md) names the required parties, all types that a careful coder could
defend, and the clause that reports it. Debatable events are `optional`: neither rewarded nor penalised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.model.records import ActorRef, Event

Fate = Literal["right", "neutral", "again", "wrong"]

# Types whose parties act with each other, so that an annotated party may be on either side.
MUTUAL_TYPES = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
# Ids in the tables of bodies that annotators spell out.
_IDS_OF_NAMES: Mapping[str, frozenset[str]] = {
    "european union": frozenset({"EUR", "EU"}),
    "united nations": frozenset({"UNO", "UN"}),
    "rapid support forces": frozenset({"RSF"}),
    "islamic state": frozenset({"ISIS", "ISIL"}),
    "international criminal court": frozenset({"ICC"}),
    "african union": frozenset({"AFU", "AU"}),
    "world health organization": frozenset({"WHO"}),
}
_CODE_LENGTH = 3


class EvidenceSpan(TypedDict):
    """The annotated clause."""

    start: int
    end: int
    text: NotRequired[str]


class Annotation(TypedDict):
    """One annotated event; missing fields are not scored."""

    evidence: EvidenceSpan
    types: list[str]
    actors: list[str]
    recipients: list[str]
    firm: NotRequired[bool]
    speaker: NotRequired[list[str]]
    date: NotRequired[str]
    place_country: NotRequired[str | None]


def _folded(words: str | None) -> str:
    """Return words in lower case, only letters and digits, separated by single spaces."""
    kept = (words or "").lower().replace("-", " ")
    return "".join(char for char in kept if char.isalnum() or char == " ").strip()


def stands_for(label: str, parties: Iterable[ActorRef]) -> bool:
    """Return True if an annotated party is among coded ones.

    Args:
        label: An alpha-3 code, matched by country or id; or a name, matched by a party's name, words or id if
            one contains the other.
        parties: The coded parties of one side.
    """
    is_code = len(label) == _CODE_LENGTH and label.isupper()
    name = _folded(label)
    for party in parties:
        codes = {party.country, party.id}
        if label in codes or _IDS_OF_NAMES.get(label.lower(), frozenset()) & codes:
            return True
        if is_code:
            continue
        written = (_folded(party.name), _folded(party.text), _folded(party.id))
        if any(w and (name.removesuffix("s") in w or (len(w) > _CODE_LENGTH and w in name)) for w in written):
            return True
    return False


def has_parties(annotation: Annotation, event: Event) -> bool:
    """Return True if each annotated party is coded on its side; for mutual acts on either."""
    shared = event.event_type in MUTUAL_TYPES
    both = (*event.actors, *event.recipients)
    actors, recipients = (both, both) if shared else (event.actors, event.recipients)
    return all(stands_for(label, actors) for label in annotation["actors"]) and all(
        stands_for(label, recipients) for label in annotation["recipients"]
    )


def closeness(annotation: Annotation, event: Event) -> int:
    """Return 2 if the trigger is in the annotated clause, 1 if half of the shorter one is shared, else 0."""
    start, end = annotation["evidence"]["start"], annotation["evidence"]["end"]
    if start <= event.trigger.start < end:
        return 2
    shared = min(end, event.evidence.end) - max(start, event.evidence.start)
    shorter = min(end - start, event.evidence.end - event.evidence.start)
    return 1 if shared > 0 and shared * 2 >= shorter else 0


def is_alike(annotation: Annotation, event: Event) -> bool:
    """Return True if an event is at the annotated place and of an annotated type."""
    return closeness(annotation, event) > 0 and event.event_type in annotation["types"]


def is_right(annotation: Annotation, event: Event) -> bool:
    """Return True if an event is the annotated one: place, type and parties."""
    return is_alike(annotation, event) and has_parties(annotation, event)


@dataclass(frozen=True, slots=True)
class Pairing:
    """The one-to-one matching of coded and annotated events, and the result for each coded event."""

    found: dict[int, int]
    fates: tuple[Fate, ...]


def pair(
    annotations: Sequence[Annotation], optional: Sequence[Annotation], events: Sequence[Event]
) -> Pairing:
    """Pair annotated and coded events of one text, the closest first."""
    order = sorted(
        (-closeness(annotation, event), i, j)
        for i, annotation in enumerate(annotations)
        for j, event in enumerate(events)
        if is_right(annotation, event)
    )
    found: dict[int, int] = {}
    for _, i, j in order:
        if i not in found and j not in found.values():
            found[i] = j
    paired = set(found.values())
    fates: list[Fate] = []
    for j, event in enumerate(events):
        if j in paired:
            fates.append("right")
        elif any(is_alike(annotation, event) for annotation in optional):
            fates.append("neutral")
        elif any(is_right(annotation, event) for annotation in annotations):
            fates.append("again")
        else:
            fates.append("wrong")
    return Pairing(found, tuple(fates))


@dataclass(slots=True)
class EventScores:
    """Counts over scored texts; figures with a denominator of 0 are None."""

    texts: int = 0
    annotated: int = 0
    coded: int = 0
    found: int = 0
    type_found: int = 0
    texts_without_events: int = 0
    of_them_coded: int = 0
    fates: Counter[str] = field(default_factory=Counter)
    fields: dict[str, list[bool]] = field(default_factory=dict)
    bands: dict[int, list[bool]] = field(default_factory=dict)

    def add(
        self, annotations: Sequence[Annotation], optional: Sequence[Annotation], events: Sequence[Event]
    ) -> Pairing:
        """Score one more text."""
        pairing = pair(annotations, optional, events)
        self.texts += 1
        self.annotated += len(annotations)
        self.coded += len(events)
        self.found += len(pairing.found)
        self.type_found += sum(any(is_alike(one, event) for event in events) for one in annotations)
        if not annotations and not optional:
            self.texts_without_events += 1
            self.of_them_coded += bool(events)
        self.fates.update(pairing.fates)
        for i, j in pairing.found.items():
            for name, right in _fields(annotations[i], events[j]):
                self.fields.setdefault(name, []).append(right)
        for event, fate in zip(events, pairing.fates, strict=True):
            if fate != "neutral":
                self.bands.setdefault(min(int(event.confidence * 10), 9), []).append(fate == "right")
        return pairing

    @property
    def precision(self) -> float | None:
        """Share of right events among those that are right, wrong or repeated."""
        judged = self.fates["right"] + self.fates["wrong"] + self.fates["again"]
        return self.fates["right"] / judged if judged else None

    @property
    def recall(self) -> float | None:
        """Share of annotated events that were found."""
        return self.found / self.annotated if self.annotated else None

    @property
    def type_recall(self) -> float | None:
        """Share of annotated events for which an event of the right type was coded, regardless of parties."""
        return self.type_found / self.annotated if self.annotated else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _fields(annotation: Annotation, event: Event) -> Iterable[tuple[str, bool]]:
    """Yield each annotated field of a found event with whether it is right."""
    told_as_fact = event.factuality == "certain" and not event.conditional
    yield "firm", told_as_fact == annotation.get("firm", True)
    if "speaker" in annotation:
        yield "speaker", all(stands_for(label, event.speaker) for label in annotation["speaker"])
    if "place_country" in annotation:
        country = event.place.country if event.place else None
        yield "place_country", country == annotation["place_country"]
    if "date" in annotation:
        start = event.event_date.start.isoformat() if event.event_date else None
        yield "date", start == annotation["date"]
