"""The closed vocabularies of the record: one term per concept."""

from __future__ import annotations

from typing import Literal, get_args

# The types of PLOVER; a user codebook may have more.
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
QuadClass = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
Factuality = Literal["certain", "probable", "possible", "unknown"]
Polarity = Literal["positive", "negative"]
Tense = Literal["past", "present", "future"]
ActorKind = Literal["state", "territory", "organisation", "armed_group", "person", "office", "group"]
Precision = Literal["day", "month", "year", "range"]
# How a report presents an event: as its news, as background, or as planned.
ToldAs = Literal["current", "background", "planned"]
# Basis of an event's date: the words state it ("stated"); the event is news of the report's day
# ("publication") or still to come ("planned"); the report has no date ("undated"); or the event is background
# without a date, and the value is the kind of background.
TimeBasis = Literal[
    "stated", "publication", "planned", "undated", "background_distance", "background_era",
    "background_anniversary", "background_obituary", "background_period", "background_since",
    "background_habit", "background_pluperfect",
]  # fmt: skip
# Precision of a place: a site or the town itself; near a town or in a small district; a region; a country.
PlacePrecision = Literal["exact", "town", "region", "country", "none"]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
QUAD_CLASSES: tuple[str, ...] = get_args(QuadClass)
FACTUALITIES: tuple[str, ...] = get_args(Factuality)
POLARITIES: tuple[str, ...] = get_args(Polarity)
TENSES: tuple[str, ...] = get_args(Tense)
ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)

QUAD_CLASS_OF: dict[str, QuadClass] = {
    "AGREE": "verbal_cooperation", "CONSULT": "verbal_cooperation", "SUPPORT": "verbal_cooperation",
    "CONCEDE": "verbal_cooperation", "COOPERATE": "material_cooperation", "AID": "material_cooperation",
    "RETREAT": "material_cooperation", "REQUEST": "verbal_conflict", "ACCUSE": "verbal_conflict",
    "REJECT": "verbal_conflict", "THREATEN": "verbal_conflict", "PROTEST": "material_conflict",
    "SANCTION": "material_conflict", "MOBILIZE": "material_conflict", "COERCE": "material_conflict",
    "ASSAULT": "material_conflict",
}  # fmt: skip

# What found an event: a rule of the codebook, the learned model, or both.
CarriedBy = Literal["rule", "model", "both"]
# Reading methods: rules and the sentence encoder, rules and the log-linear reader, rules alone.
Reading = Literal["full", "fast", "rules"]
READINGS: tuple[Reading, ...] = get_args(Reading)
DEFAULT_READING: Reading = "full"

CONTEXTS: tuple[str, ...] = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
    "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
    "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration",
    "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
    "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip
