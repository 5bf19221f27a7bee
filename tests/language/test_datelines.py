"""Datelines and their parts; what only looks like one stays."""

from __future__ import annotations

import pytest

from dragoman.language.datelines import find_datelines

# Text, place, date, agency, what follows.
DATELINES = [
    ("BEIJING, March 7 (Xinhua) -- China said so.", "BEIJING", "March 7", "Xinhua", "China"),
    ("KYIV, Ukraine (AP) — Arnor left.", "KYIV, Ukraine", None, "AP", "Arnor"),
    ("GENEVA - The talks began.", "GENEVA", None, None, "The"),
    ("MOSCOW. Jan 5 (Interfax) Arnor left.", "MOSCOW", "Jan 5", "Interfax", "Arnor"),
    ("MOSCOW. Jan 5 (Interfax) - Arnor left.", "MOSCOW", "Jan 5", "Interfax", "Arnor"),
    ("SEOUL, South Korea — Arnor left.", "SEOUL, South Korea", None, None, "Arnor"),
    ("WASHINGTON — “We left,” he said.", "WASHINGTON", None, None, "“We"),
    ("NEW DELHI: Arnor left.", "NEW DELHI", None, None, "Arnor"),
    ("London (CNN)The minister left.", "London", None, "CNN", "The"),
    ("Beirut (dpa) - The minister left.", "Beirut", None, "dpa", "The"),
    ("SEOUL/TOKYO, Aug 30 (Reuters) - Arnor left.", "SEOUL/TOKYO", "Aug 30", "Reuters", "Arnor"),
    ("ERIE, Pa. — Snow fell.", "ERIE, Pa.", None, None, "Snow"),
    ("UNITED NATIONS -- The council met.", "UNITED NATIONS", None, None, "The"),
    ("NEW YORK, Oct. 3, 2017 /PRNewswire/ -- Arnor left.", "NEW YORK", "Oct. 3, 2017", "PRNewswire", "Arnor"),
    ("LONDON, 7 March — The talks began.", "LONDON", "7 March", None, "The"),
    ("  PARIS – 500 men left.", "PARIS", None, None, "500"),
]
NONE = [
    "FILE - In this picture Arnor's king is seen.",
    "NATO - The alliance met.",
    "FILE (AP) — In this picture Arnor's king is seen.",
    "Jane Doe (AP) — The king left.",
    "US - China talks began.",
    "PARIS - the city of light - was dark.",
    "Geneva - The talks began.",
    "RENEE MONTAGNE: That was Arnor's king.",
    "JANE DOE, HOST: Good morning.",
    "WHO IS THE KING? - He is from Arnor.",
    "Arnor (AP) said nothing.",
    "The king (CNN) The queen",
    "Arnor - Gondor talks began.",
    "ANALYSIS - The king is gone.",
    "KYIV-based officials left.",
    "KYIV, Ukraine",
    "WASHINGTON officials said - In vain - that they left.",
    "PUTIN, Trump - What comes next",
]


@pytest.mark.parametrize(("text", "place", "date", "agency", "follows"), DATELINES)
def test_a_dateline_and_its_parts(
    text: str, place: str, date: str | None, agency: str | None, follows: str
) -> None:
    (found,) = find_datelines(text, [0])
    assert text[slice(*found.place)] == place
    assert (found.date and text[slice(*found.date)]) == date
    assert (found.agency and text[slice(*found.agency)]) == agency
    assert text[found.end :].startswith(follows)
    assert text[: found.start].strip() == ""


@pytest.mark.parametrize("text", NONE)
def test_no_dateline(text: str) -> None:
    assert find_datelines(text, [0]) == []


def test_only_at_the_given_beginnings() -> None:
    text = "It began.\nGENEVA - The talks began."
    assert find_datelines(text, [0]) == []
    assert len(find_datelines(text, [0, 10])) == 1
    assert find_datelines("He said GENEVA - The talks began.", [0]) == []
