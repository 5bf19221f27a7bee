"""Who threatens or warns whom, from events made by hand."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.analysis.warnings import find_warnings
from dragoman.model.records import Span

# ruff: noqa: E501 - one case a line reads best

# A sentence, what is changed; actors, recipients, whether they are to do it themselves; None for no row.
THREATS = [
    ("Arnor *threatened* to attack Gondor.", {"to": "Gondor"}, ("ARN", "GON", True)),
    ("Arnor *threatened* Gondor with war.", {"to": "Gondor"}, ("ARN", "GON", True)),
    ("Arnor *threatened* Gondor.", {"to": "Gondor"}, None),
    ("Arnor did not *threaten* to attack Gondor.", {"to": "Gondor"}, None),
    (
        "Arnor *threatened* to attack Gondor.",
        {"to": "Gondor", "factuality": "probable"}, ("ARN", "GON", True),
    ),
    ("Arnor *threatened* to attack Gondor.", {"to": "Gondor", "factuality": "possible"}, None),
    ("Arnor *threatened* to attack Gondor.", {"to": "Gondor", "factuality": "unknown"}, None),
    ("Arnor *warned* Gondor of war.", {"to": "Gondor"}, ("ARN", "GON", True)),
    ("Arnor *warned* Gondor of floods.", {"to": "Gondor"}, ("ARN", "GON", False)),
    ("Arnor *warned* of the plans of Gondor.", {"to": "Gondor"}, ("ARN", "", False)),
    ("Gondor was *warned* by Arnor of floods.", {"to": "Gondor"}, ("ARN", "GON", False)),
    # A word that only carries the threat.
    ("Arnor *issued* an ultimatum to Gondor.", {"to": "Gondor"}, ("ARN", "GON", True)),
    ("Arnor *issued* a warning to Gondor.", {"to": "Gondor"}, ("ARN", "GON", False)),
    ("Arnor *issued* a statement to Gondor.", {"to": "Gondor"}, None),
    ("Arnor *read* an ultimatum to Gondor.", {"to": "Gondor"}, None),
    # Things, not parties.
    ("Arnor has rockets that *threaten* to attack Gondor.", {"to": "Gondor"}, None),
    # A conditional act of one's own.
    (
        "Arnor will *attack* Gondor if it closes the road.",
        {"to": "Gondor", "if_": "if it closes the road"}, ("ARN", "GON", True),
    ),
    (
        "Arnor will *help* Gondor if it opens the road.",
        {"to": "Gondor", "if_": "if it opens the road"}, None,
    ),
    (
        "Arnor will not *attack* Gondor if it closes the road.",
        {"to": "Gondor", "if_": "if it closes the road"}, None,
    ),
    ("Arnor will *attack* Gondor.", {"to": "Gondor"}, None),
    # According to another, who is then the one that warns.
    (
        "Rohan said Arnor will *attack* Gondor if it closes the road.",
        {"to": "Gondor", "if_": "if it closes the road", "said_by": "Rohan"}, ("ROH", "GON", False),
    ),
    (
        "Rohan said Arnor will *attack* Rohan if it closes the road.",
        {"to": "Rohan", "if_": "if it closes the road", "said_by": "Rohan"}, ("ROH", "", False),
    ),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "changed", "row"), THREATS)
def test_threats(
    told, offset: int, marked: str, changed: dict[str, object], row: tuple[str, str, bool] | None
) -> None:
    found = find_warnings([told(marked, "THREATEN", offset=offset, **changed)])
    rows = [
        (" ".join(p.id for p in line.actors), " ".join(p.id for p in line.recipients), line.is_own_threat)
        for line in found
    ]
    assert rows == ([row] if row else [])


IF, THEN = "If Gondor attacks", "Rohan will strike back"
TEXT = f"{IF}, {THEN}, Arnor said."


def test_an_event_inside_a_condition_is_a_warning_of_who_says_so(told) -> None:
    inside = told("If Gondor *attacks*, Rohan will strike back, Arnor said.", "ASSAULT", by="Gondor",
                  said_by="Arnor", if_=IF, then=THEN, conditional=True)  # fmt: skip
    (line,) = find_warnings([inside])
    assert ([p.id for p in line.actors], [p.id for p in line.recipients]) == (["ARN"], ["GON"])
    assert (line.condition.text, line.consequence.text, line.is_own_threat) == (IF, THEN, False)


# What is changed in it, so that nobody warns.
@pytest.mark.parametrize(
    "changed",
    [
        {"said_by": ""},
        {"if_": ""},
        {"then": ""},
        {"then": "Arnor said"},
        {"conditional": False},
        {"by": "Arnor"},
    ],
)
def test_without_a_speaker_a_condition_or_harm_nobody_warns(told, changed: dict[str, object]) -> None:
    given = {"by": "Gondor", "said_by": "Arnor", "if_": IF, "then": THEN, "conditional": True, **changed}
    assert find_warnings([told(f"If Gondor *attacks*, {THEN}, Arnor said.", "ASSAULT", **given)]) == []


def test_of_one_condition_the_threat_is_kept(told) -> None:
    given = {"said_by": "Arnor", "if_": IF, "then": THEN, "conditional": True}
    inside = told(f"If Gondor *attacks*, {THEN}, Arnor said.", "ASSAULT", by="Gondor", **given)
    threat = told("If Gondor attacks, Rohan will *strike* back, Arnor said.", "THREATEN", by="Rohan",
                  to="Gondor", **given)  # fmt: skip
    for events in ([inside, threat], [threat, inside]):
        (line,) = find_warnings(events)
        assert line.event_type == "THREATEN"


# More threats: a sentence, what is changed; actors, recipients, whether they are to do it; None for no row.
MORE_THREATS = [
    ("Arnor *warned* of retaliation by Gondor.", {"to": "Gondor"}, ("ARN", "", False)),
    ("Arnor *warned* of retaliation.", {}, ("ARN", "", True)),
    ("Arnor *warned* against war.", {}, ("ARN", "", True)),
    ("Arnor *warned* a b c d e f of war.", {}, ("ARN", "", True)),
    ("Arnor *warned* a b c d e f g of war.", {}, ("ARN", "", False)),
    (f"Arnor *warned* of {'x' * 52} war.", {}, ("ARN", "", True)),
    (f"Arnor *warned* of {'x' * 53} war.", {}, ("ARN", "", False)),
    ("Arnor *warned* it would strike.", {}, ("ARN", "", True)),
    ("Arnor *warned* it would sing.", {}, ("ARN", "", False)),
    (f"Arnor *warned* {'x' * 40} it would strike.", {}, ("ARN", "", True)),
    (f"Arnor *warned* {'x' * 41} it would strike.", {}, ("ARN", "", False)),
    ("Arnor *sent* an ultimatum.", {}, ("ARN", "", True)),
    ("Arnor *sent* a caution.", {}, ("ARN", "", False)),
    # A party is warned before the word only if it is passive or a threat.
    ("To Gondor Arnor *warned* of floods.", {"to": "Gondor"}, ("ARN", "", False)),
    ("To Gondor Arnor *threatened* to go.", {"to": "Gondor"}, ("ARN", "GON", True)),
    ("Arnor *warned* about Gondor.", {"to": "Gondor"}, ("ARN", "", False)),
    ("Arnor *warned* over Gondor.", {"to": "Gondor"}, ("ARN", "", False)),
    ("Arnor *warned* in the Gondor report.", {"to": "Gondor"}, ("ARN", "", False)),
    # What a threat is to do.
    ("Arnor *threatened* a b c d war.", {}, ("ARN", "", True)),
    ("Arnor *threatened* a b c d e war.", {}, None),
    ("Arnor *threatened* the truce to go.", {}, ("ARN", "", True)),
    ("Arnor *threatened* not to go.", {}, ("ARN", "", True)),
    ("Arnor *threatened* the truce.", {}, None),
    ("Arnor *threatened* a b c d e f with it.", {}, ("ARN", "", True)),
    ("Arnor *threatened* a b c d e f g with it.", {}, None),
    # A relative clause is of a party beside it.
    ("that *threaten* to attack Arnor.", {}, None), ("Rockets that *threaten* to attack Arnor.", {}, None),
    # Forcible acts in the future, a warning before, nobody who does it.
    ("Arnor will *attack* Gondor.", {"to": "Gondor", "event_mode": "violence"}, ("ARN", "GON", True)),
    ("Arnor will *greet* Gondor.", {"to": "Gondor", "event_mode": "violence"}, None),
    ("Arnor warned it would *attack* Gondor.", {"to": "Gondor"}, ("ARN", "GON", True)),
    ("Arnor will *attack* towns in Gondor.", {"to": "Gondor", "event_mode": "violence"}, ("ARN", "", True)),
    ("It will *attack* Gondor.", {"by": "", "to": "Gondor", "event_mode": "violence"}, None),
    ("Rohan said Arnor will *attack*.", {"said_by": "Rohan", "event_mode": "violence"}, None),
    ("Rohan said Arnor will *attack* Gondor.", {"said_by": "Rohan", "to": "Gondor", "event_mode": "violence"}, ("ROH", "GON", False)),
    ("Arnor said Arnor will *attack* Gondor.", {"said_by": "Arnor", "to": "Gondor", "event_mode": "violence"}, ("ARN", "GON", True)),
    ("Rohan said the group of Arnor will *attack* Gondor.", {"said_by": "Rohan", "to": "Gondor", "event_mode": "violence"}, ("ARN", "GON", True)),
]  # fmt: skip


@pytest.mark.parametrize("offset", [0, 1000])
@pytest.mark.parametrize(("marked", "changed", "row"), MORE_THREATS)
def test_more_threats(
    told, offset: int, marked: str, changed: dict[str, object], row: tuple[str, str, bool] | None
) -> None:
    kind = {"event_type": "THREATEN", **changed}
    found = find_warnings([told(marked, kind.pop("event_type"), offset=offset, **kind)])
    rows = [
        (" ".join(p.id for p in line.actors), " ".join(p.id for p in line.recipients), line.is_own_threat)
        for line in found
    ]
    assert rows == ([row] if row else [])


def _threat(told, marked: str = "Arnor *threatened* to attack.", **changed: object):
    return told(marked, "THREATEN", **changed)


@pytest.mark.parametrize(("gap", "is_row"), [(0, True), (1, True), (2, False), (-1, False)])
def test_a_relative_clause_of_a_party_beside_it(told, gap: int, is_row: bool) -> None:
    stored = told("that *threatened* to attack.", "THREATEN", by="")
    actor = told("Arnor *left*.", "RETREAT").event.actors[0]
    actor = msgspec.structs.replace(actor, start=95 - gap, end=100 - gap)
    event = stored.event
    event = msgspec.structs.replace(
        event, actors=(actor,), evidence=Span(100, 127, event.evidence.text),
        trigger=Span(105, 115, "threatened"),
    )  # fmt: skip
    assert bool(find_warnings([msgspec.structs.replace(stored, event=event)])) is is_row


def test_what_follows_a_threat(told) -> None:
    (line,) = find_warnings([_threat(told)])
    assert line.consequence == Span(17, 27, "to attack.")
    (line,) = find_warnings([_threat(told, "Arnor *threatened* {to attack} Gondor.")])
    assert line.consequence == Span(17, 26, "to attack")
    (line,) = find_warnings(
        [_threat(told, "Arnor *threatened* to attack Gondor.", if_="Gondor", then="to attack")]
    )
    assert (line.condition.text, line.consequence.text) == ("Gondor", "to attack")
    # The threat itself is inside the condition.
    (line,) = find_warnings(
        [_threat(told, "Arnor *threatened* to attack Gondor.", if_="threatened to", then="Gondor")]
    )
    assert (line.condition, line.consequence.text) == (None, "to attack Gondor.")
    (line,) = find_warnings([_threat(told, "{Arnor} *threatened* to attack Gondor.")])
    assert line.consequence.text == "to attack Gondor."


def test_who_stands_in_the_condition_of_a_threat_is_warned(told) -> None:
    text = "Arnor *warned* of floods if Gondor digs with Rohan."
    (line,) = find_warnings([_threat(told, text, to="Gondor Rohan", if_="if Gondor digs")])
    assert [p.id for p in line.recipients] == ["GON"]
    (line,) = find_warnings([_threat(told, text, to="Gondor Rohan", if_="Gondor")])
    assert [p.id for p in line.recipients] == ["GON"]
    (line,) = find_warnings(
        [_threat(told, text, to="Gondor", by="Gondor", said_by="Gondor", if_="if Gondor digs")]
    )
    assert ([p.id for p in line.actors], line.recipients) == (["GON"], ())


# Where the evidence of a threat ends and that of a condition begins; whether both are one warning.
@pytest.mark.parametrize(
    ("start", "document", "lines"), [(29, "d", 1), (176, "d", 1), (177, "d", 2), (29, "e", 2)]
)
def test_a_threat_and_a_condition_in_one_sentence(told, start: int, document: str, lines: int) -> None:
    other = told(f"If Gondor *attacks*, {THEN}, Arnor said.", "ASSAULT", by="Gondor", said_by="Arnor", if_=IF, then=THEN,
                 conditional=True, document=document)  # fmt: skip
    event = other.event
    condition = Span(start, start + len(IF), IF)
    trigger = Span(start + 10, start + 17, "attacks")
    event = msgspec.structs.replace(event, condition=condition, trigger=trigger, consequence=Span(900, 924, THEN),
                                    evidence=Span(start, start + 53, event.evidence.text))  # fmt: skip
    event = msgspec.structs.replace(event, actors=tuple(
        msgspec.structs.replace(r, start=start + 3, end=start + 9) for r in event.actors
    ))  # fmt: skip
    found = find_warnings([_threat(told), msgspec.structs.replace(other, event=event)])
    assert len(found) == lines


def test_the_act_in_a_consequence_is_of_who_says_so(told) -> None:
    text = "If Gondor attacks, Arnor will *strike* Gondor, Arnor said."
    given = {"said_by": "Arnor", "if_": IF, "then": "Arnor will strike Gondor", "conditional": True}
    (line,) = find_warnings([told(text, "ASSAULT", by="Arnor", to="Gondor", **given)])
    assert ([p.id for p in line.actors], [p.id for p in line.recipients]) == (["ARN"], ["GON"])
    assert line.is_own_threat is True
    text = "If Gondor attacks, Rohan will *strike* Gondor, Arnor said."
    given["then"] = "Rohan will strike Gondor"
    (line,) = find_warnings([told(text, "ASSAULT", by="Rohan", to="Gondor", **given)])
    assert ([p.id for p in line.recipients], line.is_own_threat) == (["GON"], False)


def test_of_one_condition_the_line_with_recipients_and_more_confidence_is_kept(told) -> None:
    text = "Arnor *warned* of war if Gondor digs."
    plain = _threat(told, text, if_="if Gondor digs", confidence=0.8, document="d")
    toward = _threat(told, text, if_="if Gondor digs", to="Gondor", confidence=0.6, document="d")
    sure = _threat(told, text, if_="if Gondor digs", to="Gondor", confidence=0.7, document="d")
    toward, sure = (
        msgspec.structs.replace(each, event=msgspec.structs.replace(each.event, id=name))
        for each, name in ((toward, "t"), (sure, "s"))
    )
    for events in ([plain, toward, sure], [sure, toward, plain], [toward, sure, plain]):
        (line,) = find_warnings(events)
        assert line.sources[0].event_id == "s"
    # Two threats without a condition are two lines.
    others = [_threat(told, "Arnor *threatened* to attack towns, ports, forts and bridges.")] * 2
    others[1] = _threat(told, "Arnor *threatened* to burn ships, mills, carts and barns.", document="e")
    assert len(find_warnings(others)) == 2


def test_names_of_states_in_warnings(told) -> None:
    names = {"ARN": "the North", "GON": "the South"}
    (line,) = find_warnings([_threat(told, "Arnor *threatened* to attack Gondor.", to="Gondor")], names=names)
    assert [p.name for p in (*line.actors, *line.recipients)] == ["the North", "the South"]
