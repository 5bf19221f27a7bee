"""A coder of one sentence pattern, quick and without a language model: for tests of what comes after coding.

"Arnor attacked Gondor with 500 troops in Osgiliath." gives one event; verbs are those of VERBS.
"""

from __future__ import annotations

import re

from dragoman.model.documents import Document
from dragoman.model.identity import content_id
from dragoman.model.records import ActorRef, Amount, CodedDocument, Event, Place, Span
from dragoman.model.terms import QUAD_CLASS_OF

STATES = {"Arnor": "ARN", "Gondor": "GON", "Mordor": "MOR", "Rohan": "ROH"}
# Words to type, factuality, polarity.
VERBS = {
    "attacked": ("ASSAULT", "certain", "positive"),
    "did not attack": ("ASSAULT", "certain", "negative"),
    "may have attacked": ("ASSAULT", "possible", "positive"),
    "accused": ("ACCUSE", "certain", "positive"),
    "sanctioned": ("SANCTION", "certain", "positive"),
    "helped": ("AID", "certain", "positive"),
    "met": ("CONSULT", "certain", "positive"),
}
_NAMES = "|".join(STATES)
_VERBS = "|".join(sorted(VERBS, key=len, reverse=True))
_SENTENCE = re.compile(
    rf"(?P<actor>{_NAMES}) (?P<verb>{_VERBS})(?: (?P<recipient>{_NAMES}))?"
    r"(?: with (?P<amount>[\d,]+) troops)?(?: in (?P<place>[A-Z]\w+))?[^.]*\."
)
_INTENSITY = {"verbal_cooperation": 2.0, "material_cooperation": 6.0, "verbal_conflict": -3.0,
              "material_conflict": -9.5}  # fmt: skip


def code(document: Document) -> CodedDocument:
    """Code a document; one that says "impossible" cannot be coded."""
    if "impossible" in document.text:
        raise ValueError("cannot be coded")
    events = tuple(_event(document, match) for match in _SENTENCE.finditer(document.text))
    return CodedDocument(id=document.id, document=document, events=events, attributions=())


def _event(document: Document, match: re.Match[str]) -> Event:
    event_type, factuality, polarity = VERBS[match["verb"]]
    quad = QUAD_CLASS_OF[event_type]
    amounts, place = (), None
    if match["amount"]:
        amounts = (Amount(value=float(match["amount"].replace(",", "")), unit="count", of="troops",
                          approximate=False, text=match["amount"], start=match.start("amount"),
                          end=match.end("amount")),)  # fmt: skip
    if match["place"]:
        place = Place(name=match["place"], country=None, latitude=1.0, longitude=1.0, geonames_id=None,
                      text=match["place"], start=match.start("place"), end=match.end("place"))  # fmt: skip
    return Event(
        id=content_id(document.id, event_type, match.start()), event_type=event_type, event_mode=None,
        contexts=("military",), quad_class=quad, intensity=_INTENSITY[quad], intensity_scale="PLOVER",
        cameo=None, goldstein=None, actors=(_party(match, "actor"),),
        recipients=(_party(match, "recipient"),) if match["recipient"] else (), speaker=(), cue=None,
        quoted=False, factuality=factuality, polarity=polarity, tense="past", conditional=False, issue=None,
        amounts=amounts, event_date=None, place=place, evidence=Span(match.start(), match.end(), match[0]),
        trigger=Span(match.start("verb"), match.end("verb"), match["verb"]), rule="quick", confidence=0.9,
    )  # fmt: skip


def _party(match: re.Match[str], part: str) -> ActorRef:
    name = match[part]
    return ActorRef(id=STATES[name], name=name, kind="state", country=STATES[name], sector="GOV", text=name,
                    start=match.start(part), end=match.end(part))  # fmt: skip
