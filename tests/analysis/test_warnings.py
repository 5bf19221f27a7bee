"""Who threatens or warns whom, from events made by hand."""

from __future__ import annotations

import pytest

from dragoman.analysis.warnings import find_warnings

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


@pytest.mark.parametrize(("marked", "changed", "row"), THREATS)
def test_threats(told, marked: str, changed: dict[str, object], row: tuple[str, str, bool] | None) -> None:
    found = find_warnings([told(marked, "THREATEN", **changed)])
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
