"""The columns of judgement sheets: the coded fields, and the judgements to fill in."""

from __future__ import annotations

from dragoman.model.terms import EVENT_TYPES

# Columns that a judge reads next to the coded fields.
READING_COLUMNS = (
    "sample_id", "event_id", "document_id", "title", "publisher", "published_on", "url", "before", "sentence",
    "after",
)  # fmt: skip
CODED_COLUMNS = (
    "actors", "actor_names", "event_type", "event_mode", "recipients", "recipient_names", "speaker", "day",
    "place", "issue", "contexts", "factuality", "polarity", "conditional", "quad_class", "cameo",
    "confidence", "carried_by", "evidence", "trigger",
)  # fmt: skip
STRATUM_COLUMNS = ("stratum", "stratum_events", "stratum_drawn")
RIGHT, PARTLY, WRONG = "right", "partly", "wrong"
VERDICTS = (RIGHT, PARTLY, WRONG)
MARKS = ("right", "wrong", "unclear")
# Judged column, its question, and the values of its drop-down list; none for free text.
EVENT_JUDGEMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "judged_event": (
        "Does the sentence report this event: right, partly (a field is wrong), wrong?",
        VERDICTS,
    ),
    "judged_type": ("The type.", MARKS),
    "judged_actors": ("The actors.", MARKS),
    "judged_recipients": ("The recipients.", MARKS),
    "judged_factuality": ("Whether it is told as fact, denied, or a condition.", MARKS),
    "judged_day": ("The day.", MARKS),
    "judged_place": ("The place.", MARKS),
    "judged_speaker": ("According to whom.", MARKS),
    "true_type": ("The right type, where the coded one is wrong.", EVENT_TYPES),
    "judge": ("Who judges.", ()),
    "note": ("A remark.", ()),
}
SENTENCE_COLUMNS = (
    "sample_id", "document_id", "title", "publisher", "published_on", "url", "before", "sentence", "after",
    "coded_events", "coded",
)  # fmt: skip
_COUNTS = tuple(str(number) for number in range(10))
SENTENCE_JUDGEMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "right_events": ("How many of the coded events the sentence does report.", _COUNTS),
    "missed_events": ("How many events it reports that are not coded.", _COUNTS),
    "missed_types": ("Their types.", ()),
    "judge": ("Who judges.", ()),
    "note": ("A remark.", ()),
}
EVENT_SHEET = (*READING_COLUMNS, *CODED_COLUMNS, *STRATUM_COLUMNS, *EVENT_JUDGEMENTS)
SENTENCE_SHEET = (*SENTENCE_COLUMNS, *SENTENCE_JUDGEMENTS)
# Judgements on which the agreement of two judges is measured.
AGREED = tuple(name for name, (_, values) in (EVENT_JUDGEMENTS | SENTENCE_JUDGEMENTS).items() if values)
